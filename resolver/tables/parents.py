"""The parent columns of a column of mentions: columns of larger places, or the columns that the caller names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from resolver.errors import UsageError
from resolver.model import PLACE_TYPES, EntityType
from resolver.tables.headers import column_position
from resolver.text.terms import type_word

__all__ = ["parent_places"]

_PARTS = re.compile(r"[^\W_]+")


def parent_places(
    within: Sequence[str],
    columns: Sequence[tuple[str, Sequence[EntityType]]],
    header: Sequence[str],
    path: str,
) -> list[tuple[int, ...]]:
    """Return the positions of the parent columns for each column of mentions, given by its name and types.

    ``within`` has names of columns, which are parents of all columns of smaller places. It may also have entries like
    ``commune=district,province``, with the parents of one column. A column is never its own parent, nor the parent of a
    column of the same or a larger level; types or the words of the header show the level. Raises ``UsageError`` for
    names that are not in the header.
    """
    names = [name for name, _ in columns]
    general = [spec for spec in within if _assigned(spec, header) is None]
    own: dict[str, list[str]] = {}
    for spec in within:
        if (assigned := _assigned(spec, header)) is not None:
            column, parents = assigned
            if column not in names:
                raise UsageError(f"--within {spec}: {column!r} is not a --column; these are: {', '.join(names)}")
            own.setdefault(column, []).extend(parents)
    places = {name: column_position(header, name, path=path) for name in (*names, *general, *chain(*own.values()))}
    types = dict(columns)

    def parents_of(column: str) -> tuple[int, ...]:
        if column in own:
            wanted = own[column]
        else:
            level = _level(column, types[column])
            wanted = [name for name in general if _is_above(_level(name, types.get(name, ())), level)]
        return tuple(dict.fromkeys(places[name] for name in wanted if places[name] != places[column]))

    return [parents_of(name) for name in names]


def _assigned(spec: str, header: Sequence[str]) -> tuple[str, list[str]] | None:
    """Return the column and its parents from an entry with ``=``; None if the entry is the name of a column."""
    column, sign, parents = spec.partition("=")
    if not sign or spec in header:
        return None
    return column.strip(), [name.strip() for name in parents.split(",") if name.strip()]


def _is_above(one: int | None, other: int | None) -> bool:
    """Return whether a place of one level may contain a place of another; None is an unknown level."""
    return one is None or other is None or one < other


def _level(name: str, types: Sequence[EntityType]) -> int | None:
    """Return the level of the places in a column, by the requested types or else by its name; None if unknown."""
    levels = {PLACE_TYPES.index(one) for one in types if one in PLACE_TYPES}
    if types and len(levels) < len(PLACE_TYPES):
        return levels.pop() if len(levels) == 1 and len(types) == 1 else None
    words = [word for part in _PARTS.findall(name) if len(part) > 1 and (word := type_word(part))]
    told = {type_ for word in words for type_, _ in word.meanings if type_ in PLACE_TYPES}
    return PLACE_TYPES.index(told.pop()) if len(told) == 1 else None
