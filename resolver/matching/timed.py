"""The log-odds of a pair in two parts: what no date changes, weighed once, and what the date of a mention adds.

Names that are known in advance are weighed without a date. A date then only picks how their type words agree with the
entity on that day, and adds the features of time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from resolver.days import FIRST_DAY
from resolver.index.index import Index
from resolver.matching import timing
from resolver.matching.comparison import ACCENTS, Comparisons, Floats
from resolver.matching.features import FEATURES
from resolver.matching.scoring import DECIMALS, Scores
from resolver.matching.type_agreement import AGREEMENTS, TYPE_WORD_LIVES, type_agreement, types_on
from resolver.text.terms import TypeWord

__all__ = ["OnDays", "agreements", "depends_on_the_day_otherwise", "log_odds_on", "of_common_names", "timeless"]

_UNDATED = frozenset({"ended_since", "superseded"})
"""Features of mentions without a date."""

_DATED = {
    "name_out_of_use": timing.name_out_of_use,
    "ended_then": timing.ended_then,
    "ended_long_before": timing.ended_long_before,
    "before_lists": timing.before_lists,
    "not_yet": timing.not_yet,
    "long_before": timing.long_before,
}
"""Features that a date adds. Who was in office then counts, too: see ``depends_on_the_day_otherwise``."""

_AGREEING = frozenset(
    {"accents_contrast", "type_fits", "type_fitted", "type_level", "type_outdated", "type_contradicts"}
)
"""Features that depend on how type words agree."""

_WEIGHTS = {feature.name: feature.weight for feature in FEATURES}


@dataclass(frozen=True)
class OnDays:
    """Pairs of names known in advance and the days of mentions: first and last day for each pair."""

    index: Index
    row: NDArray[np.int32]
    entity: NDArray[np.int32]
    days: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.row)

    @property
    def any_dated(self) -> bool:
        """All mentions have dates."""
        return True

    @cached_property
    def dated(self) -> NDArray[np.bool_]:
        """All mentions have dates."""
        return np.ones(len(self), np.bool_)

    @cached_property
    def nothing(self) -> Floats:
        """Zero for each pair."""
        return np.zeros(len(self))


def timeless(batch: Comparisons, scores: Scores) -> Floats:
    """Return the log-odds of the pairs of undated mentions without what depends on the day.

    There is a column for each way in which type words may agree, in the order of ``AGREEMENTS``; all are equal where
    there are no type words.
    """
    apart = _UNDATED | _DATED.keys() | _AGREEING
    same = np.zeros(len(batch))
    for feature in FEATURES:
        if feature.name not in apart and scores.columns[feature.name] is not batch.nothing:
            same += feature.weight * scores.columns[feature.name]
    found = np.repeat(same[:, None], len(AGREEMENTS), axis=1)
    agreeing = [feature for feature in FEATURES if feature.name in _AGREEING]
    for number in range(len(AGREEMENTS)):
        one = batch.with_agreement_of(number)
        for feature in agreeing:
            found[:, number] += feature.weight * feature.values(one)
    return found


def of_common_names(batch: Comparisons, scores: Scores) -> NDArray[np.bool_]:
    """Return the mentions by a name that very many people have: it counts who was in office on the day."""
    found = np.zeros(len(batch.queries), np.bool_)
    found[batch.pairs.mention[scores.columns["common_name"] != 0]] = True
    return found


def depends_on_the_day_otherwise(batch: Comparisons, scores: Scores) -> NDArray[np.bool_]:
    """Return the mentions for which more depends on the day than ``log_odds_on`` knows.

    They may mean several people, one of a common name, or one with an office in the context: who was in office then may
    decide.
    """
    people = batch.of_type("person")
    who = np.unique(batch.pairs.mention[people].astype(np.int64) << 32 | batch.entity[people])
    count = np.bincount(who >> 32, minlength=len(batch.queries))
    around = np.array([any(one.around for one in query.parsed.readings) for query in batch.queries], np.bool_)
    return np.asarray((count > 1) | (around & (count > 0)) | of_common_names(batch, scores), np.bool_)


def depends_on_the_others(batch: Comparisons) -> NDArray[np.bool_]:
    """Return the pairs whose diacritics may count less if no other name is spelt as the mention."""
    place = batch.of_type("country") | batch.of_type("province") | batch.typed
    return np.asarray((batch.accents == ACCENTS.index("contrast")) & place, np.bool_)


def agreements(index: Index, entity: int, type_words: tuple[TypeWord, ...]) -> Iterator[tuple[int, int]]:
    """Yield how type words agree with an entity through time: a first day, and a position in ``AGREEMENTS``."""
    spans = index.record(entity).days
    turns = {day for first, end in spans for day in (first, end, end + TYPE_WORD_LIVES)}
    last = -1
    for day in sorted({FIRST_DAY, *(day for day in turns if day > FIRST_DAY)}):
        agreement = AGREEMENTS.index(type_agreement(type_words, types_on(index, entity, day)))
        if agreement != last:
            yield day, agreement
        last = agreement


def log_odds_on(pairs: OnDays, known: Floats) -> Floats:
    """Return the log-odds of pairs on the days of their mentions, given those that depend on no date."""
    log_odds = known.copy()
    for name, values in _DATED.items():
        log_odds += _WEIGHTS[name] * values(pairs)
    return np.round(log_odds, DECIMALS)
