"""A single mention is ranked as it is among many."""

from __future__ import annotations

from random import Random

import numpy as np

from resolver.matching.calibration import MIN_SCORE
from resolver.matching.ranking import METHODS, Candidates, join, rank
from resolver.model import TYPES
from tests import samples

_MENTIONS = 400
_TYPES = np.array([TYPES.index(one) for one in ("province", "person", "commune", "office", "country")], np.int8)
"""The types of the entities of candidates."""


def test_one_mention_is_ranked_as_among_many() -> None:
    rng = Random(samples.SEED)
    found = [_candidates(rng, number) for number in range(_MENTIONS)]
    many = rank(join(*found), _MENTIONS, MIN_SCORE, _TYPES)
    for number, candidates in enumerate(found):
        one = rank(candidates._replace(mention=np.zeros_like(candidates.mention)), 1, MIN_SCORE, _TYPES)
        first, end = many.start[number : number + 2].tolist()
        assert one.start.tolist() == [0, end - first]
        assert one.status[0] == many.status[number]
        assert one.score[0] == many.score[number]
        assert one.probability.tolist() == many.probability[first:end].tolist()
    assert {*many.status.tolist()} == {0, 1, 2}


def test_a_misspelt_place_is_more_likely_a_known_one_than_a_misspelt_person() -> None:
    """All units are in the gazetteer, but not all people."""
    place, person = (_alone(TYPES.index(one)) for one in ("district", "person"))
    assert person < place < 0.8


def _alone(type_: int) -> float:
    """Return the score of a misspelt name that is as likely known as not, of an entity of a type."""
    number, fuzzy = np.zeros(1, np.int32), np.array([METHODS.index("fuzzy")], np.int32)
    found = Candidates(number, number, number, fuzzy, np.zeros(1))
    return float(rank(found, 1, MIN_SCORE, np.array([type_], np.int8)).score[0])


def _candidates(rng: Random, mention: int) -> Candidates:
    """Return up to four candidates with log-odds of all sizes, the best first; some are equally good."""
    count = rng.randrange(5)
    odds = sorted((round(rng.uniform(-8, 12), rng.choice((0, 6))) for _ in range(count)), reverse=True)
    numbers = np.array(rng.sample(range(len(_TYPES)), count), np.int32)
    method = np.full(count, rng.randrange(len(METHODS)), np.int32)
    return Candidates(np.full(count, mention, np.int32), numbers, numbers * 0, method, np.array(odds, np.float64))
