"""Dated mentions that are correctly spelt names, scored once for each period in which they mean the same.

The effect of a date depends only on whether it is before or after certain days: the days on which the entities that the
name may mean, their versions and their names began and ended. Between two of these days all dates have the same answer,
which is cached. ``timed_forms`` answers most of these mentions without scoring them; the others come here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from resolver.days import day_range
from resolver.engine.lexicon import Lexicon
from resolver.garbage_collection import gc_paused
from resolver.index.index import Index
from resolver.matching.comparison import LONG_BEFORE, Query
from resolver.matching.matcher import Matcher
from resolver.matching.ranking import NOTHING, Candidates, best, best_pairs, join, unsettled
from resolver.matching.timed import of_common_names
from resolver.matching.timing import FIRST_LISTED, namesakes_in_office
from resolver.matching.type_agreement import TYPE_WORD_LIVES
from resolver.model import TYPES, Mention

__all__ = ["DatedNames"]

Numbers = NDArray[np.int64]

_PERSON = TYPES.index("person")
_DAY_BITS = 24
_CELL_BITS = 12
_MOST_KEPT = 400_000
_READ_AT_ONCE = 20_000


class DatedNames:
    """A cache of what names mean, by period."""

    def __init__(
        self, matcher: Matcher, only_by_name: Callable[[Query], bool], may_be_person: Callable[[Query], bool]
    ) -> None:
        """Score with a matcher. ``only_by_name`` says whether a query is neither an address nor a chain of bodies.

        ``may_be_person`` says whether it may name a person in another way.
        """
        self._matcher = matcher
        self._only_by_name = only_by_name
        self._may_be_person = may_be_person
        self._forget()

    def _forget(self) -> None:
        self._ways: dict[object, int] = {}
        self._numbers: dict[int, int] = {}
        self._start = np.zeros(1, np.int64)
        self._kept = NOTHING
        self._personal = np.zeros(0, np.bool_)

    def candidates(
        self, mentions: Sequence[Mention], places: Numbers, forms: Numbers, lexicon: Lexicon
    ) -> tuple[Candidates, set[int]]:
        """Return the candidates of dated mentions without context, and which of them may name people in another way.

        All are forms of the lexicon. Those without candidates may mean something in another way.
        """
        if len(self._numbers) > _MOST_KEPT:
            self._forget()
        asked = [mentions[place] for place in places.tolist()]
        codes = self._codes(asked, forms, lexicon)
        fresh: dict[int, Mention] = {}
        for code, mention in zip(codes.tolist(), asked, strict=True):
            if code not in self._numbers and code >= 0:
                fresh.setdefault(code, mention)
        learnt = list(fresh.items())
        for start in range(0, len(learnt), _READ_AT_ONCE):
            some = learnt[start : start + _READ_AT_ONCE]
            with gc_paused(len(some)):
                self._learn([code for code, _ in some], [mention for _, mention in some])
        numbers = np.fromiter(map(self._numbers.get, codes.tolist(), repeat(-1)), np.int64, len(codes))
        told = numbers >= 0
        places, numbers = places[told], numbers[told]
        return self._those(places, numbers), set(places[self._personal[numbers]].tolist())

    def depend_on_their_own_days(self, forms: Numbers, lexicon: Lexicon) -> NDArray[np.bool_]:
        """Return which forms have a meaning that depends only on the days of the entities that they may mean.

        If a form has several parts, a person among them depends on the days of the offices, too.
        """
        among = np.flatnonzero(forms >= len(lexicon.numbers))
        of = lexicon.candidates(among, forms[among])
        depends = np.ones(len(forms), np.bool_)
        depends[of.mention[self._matcher.index.entity_type[of.entity] == _PERSON]] = False
        return depends

    def _those(self, places: Numbers, numbers: Numbers) -> Candidates:
        first, counts = self._start[numbers], self._start[numbers + 1] - self._start[numbers]
        ends = np.cumsum(counts)
        at = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(first - (ends - counts), counts)
        return self._kept.where(at)._replace(mention=np.repeat(places, counts).astype(np.int32))

    def _codes(self, asked: Sequence[Mention], forms: Numbers, lexicon: Lexicon) -> Numbers:
        """Return a number for each mention, equal for equal mentions in one period; -1 if nothing is cached."""
        ways = self._ways
        way = np.array([ways.setdefault((one.types, one.countries), len(ways)) for one in asked], np.int64)
        days = np.array([day_range(one.date) for one in asked], np.int64).reshape(-1, 2)
        of = lexicon.candidates(np.arange(len(asked)), forms)
        entity = of.entity.astype(np.int64) << _DAY_BITS
        before = np.searchsorted(self._turns, entity)
        cells = [
            np.bincount(
                of.mention, np.searchsorted(self._turns, entity | day[of.mention], "right") - before, len(asked)
            )
            for day in (days[:, 0], days[:, 1])
        ]
        first, last = (cell.astype(np.int64) for cell in cells)
        codes = ((forms * 64 + way) << _CELL_BITS | first) << _CELL_BITS | last
        codes[(first >= 1 << _CELL_BITS) | (last >= 1 << _CELL_BITS) | (way >= 64)] = -1
        return codes

    @cached_property
    def _turns(self) -> Numbers:
        """The days on which something changes, each with its entity in the upper bits, sorted."""
        index: Index = self._matcher.index
        everyone = np.arange(len(index.entity_days))
        of_version = np.repeat(everyone, np.diff(index.version_start))
        turns = [
            (everyone, index.entity_days[:, 0]),
            (everyone, index.entity_days[:, 1]),
            (everyone, index.entity_days[:, 0].astype(np.int64) - LONG_BEFORE),
            (everyone, index.entity_days[:, 1].astype(np.int64) + LONG_BEFORE + 1),
            (everyone, np.full(len(everyone), FIRST_LISTED)),
            (index.row_entity, index.row_days[:, 0]),
            (index.row_entity, index.row_days[:, 1]),
            (of_version, index.version_days[:, 0]),
            (of_version, index.version_days[:, 1]),
            (of_version, index.version_days[:, 1].astype(np.int64) + TYPE_WORD_LIVES),
        ]
        last = (1 << _DAY_BITS) - 1
        return np.unique(
            np.concatenate([of.astype(np.int64) << _DAY_BITS | np.clip(day, 0, last) for of, day in turns])
        )

    def _learn(self, codes: Sequence[int], mentions: Sequence[Mention]) -> None:
        """Score mentions and cache the candidates of those that are matched by equal keys and in no other way."""
        queries = self._matcher.parse(mentions)
        batch, scores = next(self._matcher.score(queries))
        told = ~unsettled(batch.pairs.mention, scores.log_odds, len(queries))
        told &= ~namesakes_in_office(batch) & ~of_common_names(batch, scores)
        told &= np.array([self._only_by_name(query) for query in queries], np.bool_)
        weighed = best(best_pairs(batch, scores))
        weighed = weighed.where(told[weighed.mention])
        counts = np.bincount(weighed.mention, minlength=len(queries))
        for number, code in enumerate(codes, len(self._start) - 1):
            self._numbers[code] = number
        personal = np.array([self._may_be_person(query) for query in queries], np.bool_)
        self._personal = np.concatenate([self._personal, personal])
        kept, count = self._kept, len(self._start) - 1
        self._kept = join(kept, weighed._replace(mention=weighed.mention + np.int32(count)))
        self._start = np.concatenate([self._start, self._start[-1] + np.cumsum(counts)])
