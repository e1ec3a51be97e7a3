"""The days between which a mention means the same: a date counts only by which days of the gazetteer are before it.

``engine.dated`` does the same for the scores of single names. Here it holds for whole answers, so a name in the news of
a month is resolved once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from resolver.days import day_range
from resolver.index.index import Index, Record
from resolver.matching.candidates import exact
from resolver.matching.comparison import LONG_BEFORE
from resolver.matching.type_agreement import TYPE_WORD_LIVES
from resolver.model import Match, Mention
from resolver.text.reading import read

__all__ = ["Period", "Periods"]

_NONE, _FAR = -1, 1 << 30
_MOST_KEPT = 20_000
_BY_NAME, _ROLE = "exact", "role"
_AHEAD, _AFTER = (0, 1, -62), (1, 367, 5 * 366 + 1)
"""Days from the first and the last day of a date of a tenure to those on which it counts otherwise
(``history.tenures``)."""


class Period(NamedTuple):
    """Days of the calendar (proleptic Gregorian ordinals), ``end`` exclusive."""

    first: int
    end: int


_NEVER = Period(0, 0)


class Periods:
    """The periods of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        days, rows, versions = index.entity_days.astype(int), index.row_days.astype(int), index.version_days.astype(int)
        turns = (
            days.ravel(),
            days[:, 0] - LONG_BEFORE,
            days[:, 1] + LONG_BEFORE + 1,
            rows.ravel(),
            versions.ravel(),
            versions[:, 1] + TYPE_WORD_LIVES,
        )
        self._turns = np.unique(np.concatenate(turns)).tolist()
        self._turns_of = lru_cache(maxsize=_MOST_KEPT)(self._turns_of_entity)
        self._namesakes = lru_cache(maxsize=_MOST_KEPT)(self._named_alike)
        self.day = lru_cache(maxsize=4_096)(_day)

    def lasting(self, mention: Mention, match: Match) -> Period:
        """Return the days on which a dated mention has the same match, apart from its date; none if only on its own.

        How certain it is that people still hold an office changes with every day, so a match by an office counts for
        one day. For a person who is named, the tenures of all who may be meant count.
        """
        day = self.day(mention.date)
        if day == _NONE:
            return _NEVER
        numbers = self._index.numbers
        meant = {numbers[one.entity.id] for one in match.candidates}
        if match.entity:
            meant.add(numbers[match.entity.id])
        if mention.text not in numbers and (not mention.types or "person" in mention.types):
            if match.status == "matched" and match.method == _BY_NAME:
                meant |= self._namesakes(mention.text)
            elif _names_office(mention.text):
                return _NEVER
        periods = [_around(day, self._turns), *(_around(day, self._turns_of(one)) for one in meant)]
        return Period(max(one.first for one in periods), min(one.end for one in periods))

    def _turns_of_entity(self, number: int) -> list[int]:
        return sorted(set(_turns(self._index.record(number))))

    def _named_alike(self, text: str) -> set[int]:
        """Return all entities with a name that a text may be."""
        pairs = exact(self._index, [read(text)], lambda mention, _entity: np.ones(len(mention), np.bool_))
        return set(self._index.row_entity[pairs.row].tolist())


def _day(date: str) -> int:
    first, last = day_range(date) if date else (_NONE, 0)
    return first if first == last else _NONE


@lru_cache(maxsize=_MOST_KEPT)
def _names_office(text: str) -> bool:
    """Whether a text may mean a person by an office, not only by a name, a rank or a form of address."""
    parsed = read(text)
    return parsed.office or any(
        reading.context or reading.around or any(title.kind == _ROLE for title in reading.titles)
        for reading in parsed.readings
    )


def _around(day: int, turns: Sequence[int]) -> Period:
    """Return the days between two of some sorted days, around a day."""
    at = bisect_right(turns, day)
    return Period(turns[at - 1] if at else 0, turns[at] if at < len(turns) else _FAR)


def _turns(record: Record) -> Iterator[int]:
    """Yield the days on which what is told of an entity changes."""
    yield from (change.day for change in (*record.changes, *record.origins))
    yield from (transfer.day for transfer in (*record.handed, *record.received))
    for tenure in record.tenures:
        for date in filter(None, (tenure.valid_from, tenure.valid_to, *tenure.attested)):
            first, last = day_range(date)
            yield from (first + shift for shift in _AHEAD)
            yield from (last + shift for shift in _AFTER)
