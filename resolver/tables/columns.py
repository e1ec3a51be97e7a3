"""The appended columns: from a match to cells, the same for the command and for dataframes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from resolver.errors import UsageError
from resolver.filters import unknown
from resolver.matching.notes import telling_change
from resolver.model import Entity, Identifier, Match, Tenure

__all__ = [
    "COLUMNS",
    "JOINED",
    "ON_DEMAND",
    "Cells",
    "Choice",
    "candidates_in_a_cell",
    "cells",
    "choices",
    "column_names",
    "pick_columns",
    "with_note",
]

COLUMNS = (
    "status",
    "id",
    "name",
    "type",
    "country",
    "code",
    "score",
    "method",
    "dating",
    "change",
    "change_date",
    "instrument",
    "current_id",
    "current_name",
    "current_code",
    "current_path",
    "path",
    "candidates",
    "remainder",
    "best_id",
    "common_id",
    "holder_id",
    "holder_name",
    "office_id",
    "office_name",
    "iso_3166_2",
    "wikidata",
    "geonames",
    "pcode",
    "note",
)
"""Every column that can be appended, in output order."""

_SCHEMES = {"iso_3166_2": "iso3166-2", "wikidata": "wikidata", "geonames": "geonames", "pcode": "pcode"}
"""The columns with identifiers in other registers, and what these are called in the gazetteer."""

ON_DEMAND = frozenset(COLUMNS[COLUMNS.index("remainder") : COLUMNS.index("note")])
"""Columns that are appended only if they are requested by name."""

JOINED = ("current_id", "current_name", "current_code", "current_path")
"""Columns whose cells join by ``|`` the values of several successors, in the same order."""

_MOST_CANDIDATES = 5
_SHOWN = 0.005
_SEVERAL = 2

Cells = tuple[str, ...]
"""One text for each of ``COLUMNS``."""

Identifiers = Callable[[str], Sequence[Identifier]]
"""Returns the identifiers of an entity in other registers, by its id."""


def cells(match: Match, identifiers: Identifiers | None = None) -> Cells:
    """Return the cells for a match, one for each of ``COLUMNS``.

    Several entities that exist there now are joined by ``|``, in the same order in all four columns. For an ambiguous
    mention these columns are filled only if all its candidates became the same. Its candidates are written
    ``id:0.42|id:0.31``, best first, at most five. Scores have four decimals. ``identifiers`` returns the identifiers of
    an entity in other registers; without it these columns are empty.
    """
    change, entity = telling_change(match.changes), match.entity
    current = _current(match)
    return (
        match.status,
        *((entity.id, entity.name, entity.type, entity.country, entity.code) if entity else [""] * 5),
        "" if match.status == "blank" else f"{match.score:.4f}",
        match.method,
        match.dating,
        *((change.kind, change.date, change.instrument) if change else [""] * 3),
        _joined(current, "id"),
        _joined(current, "name"),
        _joined(current, "code"),
        _joined(current, "path"),
        entity.path if entity else "",
        candidates_in_a_cell(match),
        match.remainder,
        _best(match, [one.id for one in current]),
        match.common.id if match.common else "",
        *_tenures(match.holders, "person_id", "person"),
        *_tenures(match.held, "office_id", "office"),
        *_identified(match, identifiers),
        match.note,
    )


def _current(match: Match) -> Sequence[Entity]:
    if match.entity is None:
        return match.common_current
    return match.current if match.current_known else ()


def _best(match: Match, current: Sequence[str]) -> str:
    """Return the one place that has the whole of an entity, or by law its whole population, if there surely is one."""
    if match.entity is None or len(current) < _SEVERAL:
        return current[0] if match.entity and current else ""
    here, passed = match.entity.id, set[str]()
    while here not in passed:
        passed.add(here)
        steps = [change for change in match.changes if change.from_id == here and change.to_id]
        whole = {change.to_id for change in steps if change.population == "whole"}
        peopled = {change.to_id for change in steps if change.population != "none"}
        if here in current and not whole:
            peopled.add(here)
        best = whole if len(whole) == 1 else peopled
        if len(best) != 1:
            return ""
        (here,) = best
    return here if here in current else ""


def _tenures(tenures: Sequence[Tenure], id: str, name: str) -> tuple[str, str]:
    """Return the ids and names at the other end of tenures."""
    found = {str(getattr(tenure, id)): str(getattr(tenure, name)) for tenure in tenures}
    return "|".join(found), "|".join(found.values())


def _identified(match: Match, identifiers: Identifiers | None) -> list[str]:
    """Return the identifiers of an entity in other registers, at the mention's date if it has one."""
    if match.entity is None or identifiers is None:
        return [""] * len(_SCHEMES)
    date = match.mention.date
    known = [one for one in identifiers(match.entity.id) if not date or _holds(one, date)]
    return ["|".join(one.value for one in known if one.scheme == scheme) for scheme in _SCHEMES.values()]


def _holds(identifier: Identifier, date: str) -> bool:
    return identifier.valid_from[: len(date)] <= date and (not identifier.valid_to or date < identifier.valid_to)


def _joined(entities: Sequence[Entity], attribute: str) -> str:
    texts = [str(getattr(entity, attribute)) for entity in entities]
    return "|".join(texts) if any(texts) else ""


def candidates_in_a_cell(match: Match) -> str:
    """Return the best candidates of an ambiguous mention: ``id:0.42|id:0.31``, empty for others."""
    if match.status != "ambiguous":
        return ""
    best = [c for c in match.candidates[:_MOST_CANDIDATES] if c.score >= _SHOWN]
    return "|".join(f"{candidate.entity.id}:{candidate.score:.2f}" for candidate in best)


class Choice(NamedTuple):
    """A candidate from which a person may choose: its id, its name with parents, its probability."""

    id: str
    path: str
    score: float


def choices(match: Match) -> tuple[Choice, ...]:
    """Return the best candidates, from which a person can choose."""
    best = match.candidates[:_MOST_CANDIDATES]
    return tuple(Choice(c.entity.id, c.entity.path or c.entity.name, c.score) for c in best)


def pick_columns(names: Iterable[str] | None, columns: Sequence[str] = COLUMNS) -> tuple[int, ...]:
    """Return the positions of the named columns among all ``columns``, in output order.

    If ``names`` is None, all except those that are appended on request only.
    """
    if names is None:
        return tuple(place for place, name in enumerate(columns) if name not in ON_DEMAND)
    wanted = {name.strip() for name in names if name.strip()}
    for name in sorted(wanted - set(columns)):
        raise UsageError(unknown("column", name, columns))
    if not wanted:
        raise UsageError(f"no columns are named; there are: {', '.join(columns)}")
    return tuple(place for place, name in enumerate(columns) if name in wanted)


def column_names(prefix: str, picked: Iterable[int], columns: Sequence[str] = COLUMNS) -> list[str]:
    """Return the names of the appended columns: ``place`` gives ``place_status`` and so on, ``""`` the bare names."""
    return [f"{prefix}_{columns[place]}" if prefix else columns[place] for place in picked]


def with_note(row: Cells, note: str) -> Cells:
    """Return cells with a sentence added to their note."""
    return (*row[:-1], f"{row[-1]} {note}".strip())
