"""From log-odds to statuses, as arrays: which entities each mention may mean, how probable each is, and the status.

The log-odds compare two cases: the pair is right, or the mention names nothing in the gazetteer (NIL). The
probabilities of the entities that one mention may mean, and of NIL, are the softmax of their log-odds. Two equally good
candidates get half each, and so the mention is ambiguous.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver.history.changes import version_at
from resolver.index.compiler import KINDS
from resolver.index.index import Index, Record
from resolver.matching import calibration
from resolver.matching.comparison import ACCENTS, SPACINGS, Comparisons, Floats
from resolver.matching.scoring import Scores
from resolver.mention_batch import STATUSES
from resolver.model import TYPES
from resolver.text.terms import TypeWord

__all__ = [
    "METHODS",
    "NOTHING",
    "SETTLED",
    "WORTH_NAMING",
    "WORTH_NAMING_TOGETHER",
    "Candidates",
    "Ranking",
    "best",
    "best_pairs",
    "join",
    "methods",
    "order_of",
    "rank",
    "unsettled",
]

METHODS = ("exact", "folded", "alias", "role", "address", "fuzzy", "id")
"""How a candidate was found, in one word. If several are true, the last one counts."""

_GROUPS = np.array(
    [
        [calibration.GROUPS.index(calibration.group_of(method, person=person)) for method in METHODS]
        for person in (False, True)
    ]
)
"""The group of each method, for a thing and for a person, as a position in ``calibration.GROUPS``."""

SETTLED = 1.5
"""If the best candidate with an equal key has lower log-odds than this, typing errors are searched for."""

WORTH_NAMING = 0.05
"""Least probability of the best candidate for which a mention is ambiguous and not unmatched."""

WORTH_NAMING_TOGETHER = 0.15
"""The same for the sum over all candidates."""

_OFFICE, _PERSON = TYPES.index("office"), TYPES.index("person")
_MATCHED, _AMBIGUOUS, _UNMATCHED = map(STATUSES.index, ("matched", "ambiguous", "unmatched"))

Ints = NDArray[np.int32]


class Candidates(NamedTuple):
    """The entities that mentions may mean, one element each: grouped by mention, the most probable first.

    ``version`` is the version of the entity that is meant (-1 if it has none), ``method`` a position in ``METHODS``.
    """

    mention: Ints
    entity: Ints
    version: Ints
    method: Ints
    log_odds: Floats

    def where(self, kept: NDArray[np.bool_] | NDArray[np.int64]) -> Candidates:
        """Return some of the candidates."""
        mention, entity, version, method, log_odds = self
        return Candidates(mention[kept], entity[kept], version[kept], method[kept], log_odds[kept])


NOTHING = Candidates(*(np.zeros(0, np.int32),) * 4, np.zeros(0))
"""No candidates."""


class Ranking(NamedTuple):
    """The result for some mentions: mention n has the candidates from ``start[n]`` to ``start[n + 1]``.

    ``status`` holds positions in ``STATUSES``, ``score`` the probability of each mention's best candidate.
    """

    candidates: Candidates
    start: NDArray[np.int64]
    probability: Floats
    status: NDArray[np.int8]
    score: Floats


def best(*found: Candidates) -> Candidates:
    """Return all candidates, each entity of a mention once, the most probable first; so is each set by itself."""
    some = _some(found)
    if len(some) == 1:
        return some[0]
    every = _together(some)
    return every.where(order_of(every.mention, every.entity, every.log_odds))


def join(*found: Candidates) -> Candidates:
    """Return the candidates of several sets of mentions, in the order of mentions."""
    some = _some(found)
    if len(some) == 1:
        return some[0]
    every = _together(some)
    return every.where(np.argsort(every.mention, kind="stable"))


def _some(found: Sequence[Candidates]) -> Sequence[Candidates]:
    """Return those that are not empty, at least one: each is in order already."""
    return [one for one in found if len(one.mention)] or found[:1]


def _together(found: Sequence[Candidates]) -> Candidates:
    mention, entity, version, method = (
        np.concatenate([one[column] for one in found]).astype(np.int32) for column in range(4)
    )
    return Candidates(mention, entity, version, method, np.concatenate([one.log_odds for one in found]))


def order_of(mention: Ints, entity: Ints, log_odds: Floats) -> NDArray[np.int64]:
    """Return the positions of the best pair of each mention and entity, most probable first; ties in input order."""
    if len(mention) < 2:
        return np.arange(len(mention))
    order = np.lexsort((-log_odds, entity, mention))
    of, what = mention[order], entity[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (of[1:] != of[:-1]) | (what[1:] != what[:-1])
    chosen = order[first]
    return chosen[np.lexsort((entity[chosen], -log_odds[chosen], mention[chosen]))]


def rank(candidates: Candidates, mentions: int, min_score: float, entity_type: NDArray[np.integer]) -> Ranking:
    """Divide the probability of each mention among its candidates and NIL, and set its status.

    ``entity_type`` has the type of every entity, as a position in ``TYPES``.
    """
    if mentions == 1:
        return _rank_one(candidates, min_score, entity_type)
    return _rank_all(candidates, mentions, min_score, entity_type)


def _rank_one(candidates: Candidates, min_score: float, entity_type: NDArray[np.integer]) -> Ranking:
    """Rank a single mention: the same as ``_rank_all`` without the cost of many arrays of one element."""
    count = len(candidates.mention)
    start = np.array([0, count], np.int64)
    if not count:
        return Ranking(candidates, start, np.zeros(0), np.array([_UNMATCHED], np.int8), np.zeros(1))
    highest = max(float(candidates.log_odds[0]), 0.0)
    weight = np.exp(candidates.log_odds - highest)
    # Added one after the other, as for many mentions: with another order the last digits differ.
    named = float(np.cumsum(weight)[-1])
    whole = named + float(np.exp(-highest))
    probability = weight / whole
    best, second = float(probability[0]), float(probability[1]) if count > 1 else 0.0
    together = named / whole if count > 1 else best
    person = bool(entity_type[candidates.entity[0]] == _PERSON)
    group = calibration.group_of(METHODS[candidates.method[0]], person=person)
    factors = calibration.calibrate_one(group, best, together)
    status = _AMBIGUOUS if best >= WORTH_NAMING or together >= WORTH_NAMING_TOGETHER else _UNMATCHED
    score = best * factors.best
    if best > second and score >= min_score:
        status = _MATCHED
    probability *= factors.others
    probability[0] = score
    return Ranking(candidates, start, probability, np.array([status], np.int8), np.array([score]))


def _rank_all(candidates: Candidates, mentions: int, min_score: float, entity_type: NDArray[np.integer]) -> Ranking:
    of = candidates.mention
    counts = np.bincount(of, minlength=mentions)
    ends = np.cumsum(counts)
    start = np.concatenate([np.zeros(1, np.int64), ends])
    some = counts > 0
    first = start[:-1][some]
    # The greatest log-odds (at least NIL's 0) are subtracted before exponentiation.
    highest = np.zeros(mentions)
    highest[some] = np.maximum(candidates.log_odds[first], 0.0)
    weight = np.exp(candidates.log_odds - highest[of])
    named = np.bincount(of, weight, mentions)
    whole = named + np.exp(-highest)
    probability = weight / whole[of]
    best, second = np.zeros(mentions), np.zeros(mentions)
    best[some] = probability[first]
    several = counts > 1
    second[several] = probability[start[:-1][several] + 1]
    together = np.where(several, named / whole, best)
    group = np.full(mentions, -1)
    person = entity_type[candidates.entity[first]] == _PERSON
    group[some] = _GROUPS[person.astype(np.int8), candidates.method[first]]
    factor, others = _calibration(group, best, together)
    score = best * factor
    probability *= others[of]
    probability[first] = score[some]
    status = np.full(mentions, _UNMATCHED, np.int8)
    status[(best >= WORTH_NAMING) | (together >= WORTH_NAMING_TOGETHER)] = _AMBIGUOUS
    status[some & (best > second) & (score >= min_score)] = _MATCHED
    return Ranking(candidates, start, probability, status, score)


def _calibration(groups: NDArray[np.int64], best: Floats, together: Floats) -> tuple[Floats, Floats]:
    """Return the factors of each mention: of its best candidate, and of the others."""
    factor, others = np.ones(len(groups)), np.ones(len(groups))
    for number in sorted({*groups.tolist()} - {-1}):
        group, of_group = calibration.GROUPS[number], groups == number
        factor[of_group], others[of_group] = calibration.calibrate(group, best[of_group], together[of_group])
    return factor, others


def unsettled(mention: Ints, log_odds: Floats, mentions: int) -> NDArray[np.bool_]:
    """Return the mentions for which nothing good enough was found."""
    if mentions == 1:
        return np.array([max(log_odds.tolist(), default=-np.inf) < SETTLED], np.bool_)
    best = np.full(mentions, -np.inf)
    np.maximum.at(best, mention, log_odds)
    return best < SETTLED


def best_pairs(batch: Comparisons, scores: Scores) -> Candidates:
    """Return the best pair of each mention and entity."""
    pairs, log_odds = batch.pairs, scores.log_odds
    chosen = order_of(pairs.mention, batch.entity, log_odds)
    return Candidates(
        pairs.mention[chosen],
        batch.entity[chosen],
        _versions(batch, chosen),
        methods(batch, scores)[chosen],
        log_odds[chosen],
    )


def methods(batch: Comparisons, scores: Scores) -> Ints:
    """Return how each pair was found: a position in ``METHODS``."""
    of = scores.columns
    in_context = batch.of_readings(lambda reading: bool(reading.context))
    around = of["within"] + of["nearly"] + of["lineage"] if in_context is not batch.nothing else in_context
    holds = {
        "folded": (batch.accents != ACCENTS.index("same")) | (batch.spacing != SPACINGS.index("same")),
        "alias": of["alias"] + of["demonym"] + of["respelt"] > 0,
        "role": (of["role"] != 0) | (batch.type == _OFFICE),
        "address": in_context * around > 0,
        "fuzzy": batch.edits > 0,
        "id": batch.kind == KINDS.index("identifier"),
    }
    method = np.zeros(len(batch), np.int32)
    for name, held in holds.items():
        method[held] = METHODS.index(name)
    return method


def _versions(batch: Comparisons, chosen: NDArray[np.int64]) -> Ints:
    """Return the version that each mention means: the one at its date, else the latest that fits how it is written."""
    counts: Ints = batch.index.entity_versions[batch.entity[chosen]].astype(np.int32)
    version = counts - 1
    known: dict[object, int] = {}
    for place in np.flatnonzero(counts > 1).tolist():
        pair = int(chosen[place])
        query, reading, name = batch.queries[batch.pairs.mention[pair]], batch.reading(pair), batch.name(pair)
        entity = int(batch.entity[pair])
        if query.days:
            version[place] = version_at(batch.index.record(entity), query.days[0])
            continue
        parts = (*query.mention.within, *reading.around)
        asked = (entity, reading.type_words, name, parts)
        if asked not in known:
            above = [batch.contexts[part].entities for part in parts]
            known[asked] = _fitting(batch.index, batch.index.record(entity), reading.type_words, name, above)
        version[place] = known[asked]
    return version


def _fitting(
    index: Index, record: Record, type_words: tuple[TypeWord, ...], name: str, contexts: list[frozenset[int]]
) -> int:
    official = {version.name for version in record.versions}
    meant = {local for word in type_words for type_, local in word.meanings if type_ == record.type}

    def fit(number: int) -> tuple[int, int]:
        version = record.versions[number]
        above = _above(index, record, number) if contexts else frozenset()
        agreed = sum(bool(entities & above) for entities in contexts)
        # A name that no version has officially says nothing about the version.
        named = version.name == name or name not in official
        return (not meant or version.local_type in meant) + named + 2 * agreed, number

    return max(range(len(record.versions)), key=fit)


def _above(index: Index, record: Record, version: int) -> frozenset[int]:
    parent = record.parents[version]
    return frozenset({parent}) | index.above(parent) if parent >= 0 else frozenset()
