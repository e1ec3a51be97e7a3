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
from numpy.typing import NDArray

from resolver.days import day_range
from resolver.index.index import Index, Record
from resolver.matching.candidates import exact
from resolver.matching.comparison import LONG_BEFORE
from resolver.matching.timing import FIRST_LISTED
from resolver.matching.type_agreement import TYPE_WORD_LIVES
from resolver.model import PLACE_TYPES, Match, Mention
from resolver.text import keys
from resolver.text.reading import read

__all__ = ["Period", "Periods"]

_NONE, _FAR = -1, 1 << 30
_MOST_KEPT = 20_000
_PLACES, _BODIES = frozenset(PLACE_TYPES), frozenset({"office", "organisation"})
_BY_NAME, _ROLE = "exact", "role"
_AS_WRITTEN = frozenset({"exact", "folded", "alias"})
"""How a name as written is found."""
_LIKELY, _CERTAIN = 0.45, 0.9
"""The least score of the first meaning, and of all together, for which no misspelt names are looked for."""
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
        self._turns = _sorted_turns(index.entity_days, index.row_days, index.version_days)
        self._rows = np.argsort(index.row_entity, kind="stable")
        self._row_start = np.searchsorted(index.row_entity[self._rows], np.arange(len(index.entity_days) + 1))
        self._own_turns = lru_cache(maxsize=_MOST_KEPT)(self._own_turns_of)
        self._turns_of = lru_cache(maxsize=_MOST_KEPT)(self._turns_of_entity)
        self._namesakes = lru_cache(maxsize=_MOST_KEPT)(self._named_alike)
        self.day = lru_cache(maxsize=4_096)(_day)

    def lasting(self, mention: Mention, match: Match) -> Period:
        """Return the days on which a dated mention has the same match, apart from its date; none if only on its own.

        A name as written that can be read in no other way depends only on the days of all that have this name, and of
        what they belong to. Any other depends on all days on which something happens to any place, body or office.
        """
        near = self.between_turns(mention, match)
        if near == _NEVER or not self._is_only_named(mention, match):
            return near
        day = self.day(mention.date)
        meant = self._meant(match) | self._namesakes(mention.text)
        among = meant.union(*map(self._index.above, meant))
        return _common(
            [
                *(_around(day, self._own_turns(one)) for one in among),
                *(_around(day, self._turns_of(one)) for one in meant),
            ]
        )

    def between_turns(self, mention: Mention, match: Match) -> Period:
        """Return those of the same days on which nothing happens to any place, body or office: found faster.

        How certain it is that people still hold an office changes with every day, so a match by an office counts for
        one day. For a person who is named, the tenures of all who may be meant count.
        """
        day = self.day(mention.date)
        if day == _NONE:
            return _NEVER
        meant = self._meant(match)
        if mention.text not in self._index.numbers and (not mention.types or "person" in mention.types):
            if match.status == "matched" and match.method == _BY_NAME:
                meant |= self._namesakes(mention.text)
            elif _names_office(mention.text):
                return _NEVER
        return _common([_around(day, self._turns), *(_around(day, self._turns_of(one)) for one in meant)])

    def _meant(self, match: Match) -> set[int]:
        """Return the entities that a match names."""
        meant = {self._index.numbers[one.entity.id] for one in match.candidates}
        if match.entity:
            meant.add(self._index.numbers[match.entity.id])
        return meant

    def _is_only_named(self, mention: Mention, match: Match) -> bool:
        """Whether a match is by a name as written, and no other reading of the mention is possible on another day."""
        types, text = frozenset(mention.types), mention.text
        if (
            mention.within
            or "," in text
            or not (_has_one_part(text) if types - _BODIES or not types else _is_clean(text))
        ):
            return False
        if (not types or types & _PLACES) and keys.key(text) not in self._index.key_numbers:
            return False  # perhaps an address
        if match.status != "matched" and (match.status != "ambiguous" or not types or "person" in types):
            return False
        found = match.candidates
        if not found or found[0].score < _LIKELY or sum(one.score for one in found) < _CERTAIN:
            return False
        return all(one.method in _AS_WRITTEN or (one.method == _ROLE and types <= _BODIES) for one in found)

    def _own_turns_of(self, number: int) -> list[int]:
        """Return the days on which an entity, its names and its versions begin or end, and count otherwise."""
        index, first, last = self._index, self._row_start[number], self._row_start[number + 1]
        versions = index.version_days[index.version_start[number] : index.version_start[number + 1]]
        return _sorted_turns(index.entity_days[number : number + 1], index.row_days[self._rows[first:last]], versions)

    def _turns_of_entity(self, number: int) -> list[int]:
        return sorted(set(_turns(self._index.record(number))))

    def _named_alike(self, text: str) -> set[int]:
        """Return all entities with a name that a text may be."""
        pairs = exact(self._index, [read(text)], lambda mention, _entity: np.ones(len(mention), np.bool_))
        return set(self._index.row_entity[pairs.row].tolist())


def _day(date: str) -> int:
    first, last = day_range(date) if date else (_NONE, 0)
    return first if first == last else _NONE


def _common(periods: Sequence[Period]) -> Period:
    """Return the days that are in all of some periods."""
    return Period(max(one.first for one in periods), min(one.end for one in periods))


def _sorted_turns(*days: NDArray[np.int32]) -> list[int]:
    """Return the days on which entities, names and versions begin or end, and on which these days count otherwise."""
    entities, rows, versions = (one.astype(int) for one in days)
    turns = (
        entities.ravel(),
        entities[:, 0] - LONG_BEFORE,
        entities[:, 1] + LONG_BEFORE + 1,
        rows.ravel(),
        versions.ravel(),
        versions[:, 1] + TYPE_WORD_LIVES,
        np.array([FIRST_LISTED]),
    )
    found: list[int] = np.unique(np.concatenate(turns)).tolist()
    return found


@lru_cache(maxsize=_MOST_KEPT)
def _has_one_part(text: str) -> bool:
    """Whether nothing in a text is repaired or can be read as its context."""
    parsed = read(text)
    return not parsed.notes and not any(reading.around for reading in parsed.readings)


@lru_cache(maxsize=_MOST_KEPT)
def _is_clean(text: str) -> bool:
    return not read(text).notes


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
