"""The names that forms of the lexicon mean, weighed without a date; a mention's date adds only what depends on time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver.index.index import Index
from resolver.matching.comparison import Comparisons
from resolver.matching.features import depends_on_other_names
from resolver.matching.ranking import Candidates, Ints, methods, order_of, unsettled
from resolver.matching.scoring import Scores
from resolver.matching.timed import (
    OnDays,
    agreements,
    depends_on_the_day_otherwise,
    depends_on_the_others,
    log_odds_on,
    timeless,
)
from resolver.text.terms import TypeWord

__all__ = ["TimedForms", "TimedPairs", "timed_pairs"]

Numbers = NDArray[np.int64]
_DAY_BITS = 24
_UNTYPED = -1


class TimedPairs(NamedTuple):
    """The pairs of some forms, as the lexicon is compiled: the form of each, its row, method, log-odds, type words.

    The log-odds have a column for each way in which type words may agree. ``otherwise`` says for each form whether
    more depends on the day, ``others`` whether the weight of a pair depends on which other names may be found.
    """

    form: Ints
    row: Ints
    method: Ints
    odds: NDArray[np.float64]
    type_words: list[tuple[TypeWord, ...]]
    otherwise: NDArray[np.bool_]
    others: NDArray[np.bool_]


def timed_pairs(batch: Comparisons, scores: Scores) -> TimedPairs:
    """Return the pairs of undated mentions in the form that is kept."""
    others = np.zeros(len(batch.queries), np.bool_)
    others[batch.pairs.mention[depends_on_other_names(batch) | depends_on_the_others(batch)]] = True
    return TimedPairs(
        batch.pairs.mention,
        batch.pairs.row,
        methods(batch, scores),
        timeless(batch, scores),
        [batch.reading(pair).type_words for pair in range(len(batch))],
        depends_on_the_day_otherwise(batch, scores),
        others,
    )


class TimedForms:
    """The pairs of all forms, and how type words agree with entities through time."""

    def __init__(self, index: Index, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Read what ``compile`` made."""
        self._index = index
        self._start = arrays["timed_start"]
        self._row = arrays["timed_row"]
        self._method = arrays["timed_method"]
        self._odds = arrays["timed_odds"]
        self._table = arrays["timed_table"]
        self._wording = arrays["timed_wording"]
        self._steps = arrays["timed_steps"]
        self._agreement = arrays["timed_agreement"]

    @staticmethod
    def compile(index: Index, found: Sequence[TimedPairs]) -> dict[str, NDArray[Any]]:
        """Return the arrays for the pairs of all forms, in their order."""
        row = np.concatenate([one.row for one in found])
        entity = index.row_entity[row].tolist()
        words = [words for one in found for words in one.type_words]
        wordings: dict[tuple[int, tuple[TypeWord, ...]], int] = {}
        wording = [
            wordings.setdefault(one, len(wordings)) if one[1] else _UNTYPED for one in zip(entity, words, strict=True)
        ]
        steps = [
            (number << _DAY_BITS | day, agreement)
            for (of, words), number in wordings.items()
            for day, agreement in agreements(index, of, words)
        ]
        table, odds = np.unique(np.concatenate([one.odds for one in found]), axis=0, return_inverse=True)
        counts = np.concatenate([np.bincount(one.form, minlength=len(one.otherwise)) for one in found])
        return {
            "timed_start": np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]),
            "timed_row": row.astype(np.int32),
            "timed_method": np.concatenate([one.method for one in found]).astype(np.int8),
            "timed_odds": odds.reshape(-1).astype(np.int32),
            "timed_table": table,
            "timed_wording": np.array(wording, np.int32),
            "timed_steps": np.array([key for key, _ in steps], np.int64),
            "timed_agreement": np.array([agreement for _, agreement in steps], np.int8),
        }

    def candidates(self, mentions: Numbers, forms: Numbers, days: Numbers) -> Candidates:
        """Return the candidates of some mentions (their numbers, ascending) that are forms, on their days.

        None for mentions for which nothing good enough is found: these may mean something in another way.
        """
        first, counts = self._start[forms], self._start[forms + 1] - self._start[forms]
        ends = np.cumsum(counts)
        at = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(first - (ends - counts), counts)
        of: Ints = np.repeat(np.arange(len(forms), dtype=np.int32), counts)
        row = self._row[at]
        pairs = OnDays(self._index, row, self._index.row_entity[row], days[of])
        known = self._table[self._odds[at], self._agreements(self._wording[at].astype(np.int64), pairs.days[:, 0])]
        log_odds = log_odds_on(pairs, known)
        chosen = order_of(of, pairs.entity, log_odds)
        told = ~unsettled(of, log_odds, len(forms))
        chosen = chosen[told[of[chosen]]]
        entity = pairs.entity[chosen]
        return Candidates(
            mentions[of[chosen]].astype(np.int32),
            entity,
            self._versions(entity, pairs.days[chosen, 0]),
            self._method[at[chosen]].astype(np.int32),
            log_odds[chosen],
        )

    def _agreements(self, wording: Numbers, day: Numbers) -> NDArray[np.int8]:
        """Return how the type words of each pair agree on a day."""
        step = np.searchsorted(self._steps, wording << _DAY_BITS | day, "right") - 1
        typed = wording != _UNTYPED
        found = np.zeros(len(wording), np.int8)
        found[typed] = self._agreement[step[typed]]
        return found

    def _versions(self, entity: Ints, day: Numbers) -> Ints:
        """Return the version of each entity on a day, as ``version_at`` does."""
        index = self._index
        start, counts = index.version_start[entity], index.entity_versions[entity].astype(np.int64)
        # An entity with one version has no other.
        found = np.minimum(counts - 1, 0)
        several = np.flatnonzero(counts > 1)
        in_force = np.zeros(len(several), np.bool_)
        for number in range(int(counts.max(initial=0))):
            has = number < counts[several]
            place = start[several] + np.where(has, number, 0)
            begins, ends = index.version_days[place, 0], index.version_days[place, 1]
            began = has & ~in_force & (begins <= day[several])
            found[several[began]] = number
            in_force |= began & (day[several] < ends)
        return found.astype(np.int32)
