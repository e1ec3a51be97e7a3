"""The appended columns: from a match to cells, the same for the command and for dataframes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from resolver.errors import UsageError
from resolver.filters import unknown
from resolver.matching.notes import telling_change
from resolver.model import Entity, Match

__all__ = [
    "COLUMNS",
    "ON_DEMAND",
    "Cells",
    "candidates_in_a_cell",
    "candidates_in_words",
    "cells",
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
    "note",
)
"""Every column that can be appended, in output order."""

ON_DEMAND = frozenset({"remainder"})
"""Columns that are appended only if they are requested by name."""

_MOST_CANDIDATES = 5
_SHOWN = 0.005

Cells = tuple[str, ...]
"""One text for each of ``COLUMNS``."""


def cells(match: Match) -> Cells:
    """Return the cells for a match, one for each of ``COLUMNS``.

    Several current entities are joined by ``|``, in the same order in all four columns. Candidates of
    an ambiguous mention are written ``id:0.42|id:0.31``, best first, at most five. Scores have four decimals.
    """
    change, entity = telling_change(match.changes), match.entity
    current = match.current if entity is not None and match.current_known else ()
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
        match.note,
    )


def _joined(entities: Sequence[Entity], attribute: str) -> str:
    texts = [str(getattr(entity, attribute)) for entity in entities]
    return "|".join(texts) if any(texts) else ""


def candidates_in_a_cell(match: Match) -> str:
    """Return the best candidates of an ambiguous mention: ``id:0.42|id:0.31``, empty for others."""
    if match.status != "ambiguous":
        return ""
    best = [c for c in match.candidates[:_MOST_CANDIDATES] if c.score >= _SHOWN]
    return "|".join(f"{candidate.entity.id}:{candidate.score:.2f}" for candidate in best)


def candidates_in_words(match: Match) -> str:
    """Return the best candidates for a person to choose from: ``id (path; 0.42) | id (path; 0.31)``."""
    best = match.candidates[:_MOST_CANDIDATES]
    return " | ".join(f"{c.entity.id} ({c.entity.path}; {c.score:.2f})" for c in best)


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
