"""The job behind ``resolver convert``: for a column of places of one day, append the places of another day.

Rows, chunks and files are those of ``resolver.normalize``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from resolver.engine.resolver import Resolver
from resolver.filters import place_types_of
from resolver.model import Conversion, Entity, Match, Mention, Place
from resolver.tables.columns import Cells, candidates_in_a_cell
from resolver.tables.distinct import Answers, Target
from resolver.tables.normalize import normalize_file
from resolver.tables.request import Kind, Request
from resolver.tables.summary import Summary

__all__ = ["CONVERSION_COLUMNS", "conversion_cells", "conversion_kind", "convert_file"]

_LEVELS = ("commune", "district", "province")

CONVERSION_COLUMNS = (
    "status",
    "conversion",
    *(f"{side}_{level}{what}" for side in ("to", "from") for level in _LEVELS for what in ("", "_code")),
    "to_id",
    "from_id",
    "from_date",
    "extent",
    "population",
    "change_date",
    "instrument",
    "legal_note",
    "score",
    "method",
    "candidates",
    "note",
)
"""Every column that can be appended, in output order."""


_JOINED = (
    *(f"to_{level}{what}" for level in _LEVELS for what in ("", "_code")),
    *("to_id", "extent", "population", "change_date", "instrument", "legal_note"),
)


def convert_file(
    source: str | Path, output: str | Path, request: Request, *, codes: bool = False, **options: Any
) -> Summary:
    """Append to a CSV table the places of another day; return the counts.

    ``codes`` says that the columns, also those of ``within``, have official codes. ``request`` and ``options`` are
    those of ``normalize_file``; only places can be converted.
    """
    return normalize_file(source, output, request, kind=conversion_kind(codes=codes), **options)


def conversion_kind(*, codes: bool) -> Kind:
    """Return what a conversion appends to a table; ``codes`` says that the columns have official codes."""
    counted, answers = ("status", "conversion", "method"), partial(_Answers, codes=codes)
    return Kind(CONVERSION_COLUMNS, counted, answers, place_types_of, _JOINED)


class _Answers(Answers):
    """Answers with the columns of a conversion."""

    def __init__(self, resolver: Resolver, target: Target, *, codes: bool) -> None:
        super().__init__(resolver, target)
        self._codes = codes

    def _matches(self, mentions: Sequence[Mention]) -> list[Match]:
        to, language, min_score = self._target.to, self._target.language, self._target.min_score
        return self._resolver.identify(mentions, codes=self._codes, to=to, language=language, min_score=min_score)

    def _cells(self, match: Match) -> Cells:
        (conversion,) = self._resolver.follow([match], to=self._target.to, language=self._target.language)
        return conversion_cells(conversion)


def conversion_cells(conversion: Conversion) -> Cells:
    """Return the cells for a conversion, one for each of ``CONVERSION_COLUMNS``.

    Several targets are joined by ``|``, in the same order in all their columns.
    """
    match, targets = conversion.match, conversion.targets
    sources = [conversion.source] if conversion.source else []
    found = match.status == "matched"
    return (
        match.status,
        conversion.status if found else "",
        *_levels([target.place for target in targets]),
        *_levels(sources),
        _joined(target.place.entity.id for target in targets),
        _joined(source.entity.id for source in sources),
        conversion.date,
        _joined(target.extent for target in targets),
        _joined(target.population for target in targets),
        _joined("; ".join(dict.fromkeys(change.date for change in target.changes)) for target in targets),
        _joined(target.instrument for target in targets),
        _joined(target.legal_note for target in targets),
        "" if match.status == "blank" else f"{match.score:.4f}",
        match.method,
        candidates_in_a_cell(match),
        " ".join(dict.fromkeys((conversion.note, *([match.note] if found and _doubtful(match) else [])))),
    )


def _levels(places: Sequence[Place]) -> Iterable[str]:
    for level in _LEVELS:
        units = [place.level(level) for place in places]
        yield _joined(worded(unit) if unit else "" for unit in units)
        yield _joined(unit.code if unit else "" for unit in units)


def worded(entity: Entity) -> str:
    """Return an entity's name in official wording, without its parents: ``Phường Hà Tiên``."""
    return entity.path.partition(", ")[0]


def _doubtful(match: Match) -> bool:
    return match.dating in ("ended", "not_yet")


def _joined(texts: Iterable[str]) -> str:
    several = [text.replace("|", "/") for text in texts]
    return "|".join(several) if any(several) else ""
