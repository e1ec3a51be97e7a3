"""A single mention is ranked as it is among many."""

from __future__ import annotations

from random import Random

import numpy as np

from resolver.matching.calibration import MIN_SCORE
from resolver.matching.ranking import METHODS, Candidates, join, rank
from resolver.model import TYPES
from tests import samples

_MENTIONS = 400


def test_one_mention_is_ranked_as_among_many() -> None:
    rng = Random(samples.SEED)
    found = [_candidates(rng, number) for number in range(_MENTIONS)]
    types = np.array([rng.randrange(len(TYPES)) for _ in range(4)])
    many = rank(join(*found), _MENTIONS, MIN_SCORE, types)
    for number, candidates in enumerate(found):
        one = rank(candidates._replace(mention=np.zeros_like(candidates.mention)), 1, MIN_SCORE, types)
        first, end = many.start[number : number + 2].tolist()
        assert one.start.tolist() == [0, end - first]
        assert one.status[0] == many.status[number]
        assert one.score[0] == many.score[number]
        assert one.probability.tolist() == many.probability[first:end].tolist()
    assert {*many.status.tolist()} == {0, 1, 2}


def _candidates(rng: Random, mention: int) -> Candidates:
    """Return up to four candidates with log-odds of all sizes, the best first; some are equally good."""
    count = rng.randrange(5)
    odds = sorted((round(rng.uniform(-8, 12), rng.choice((0, 6))) for _ in range(count)), reverse=True)
    numbers = np.arange(count, dtype=np.int32)
    method = np.full(count, rng.randrange(len(METHODS)), np.int32)
    return Candidates(np.full(count, mention, np.int32), numbers, numbers * 0, method, np.array(odds, np.float64))
