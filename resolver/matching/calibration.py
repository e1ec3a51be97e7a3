"""Map computed probabilities to observed ones: monotone maps for each way of matching.

Weights are set by hand, so their softmax is not a frequency. ``calibration.csv`` has up to two maps for each way of
matching:

* *together*, for misspelt names: how often what is meant was among the candidates, given the probability of all of them
  together. Whether a misspelt name is in the gazetteer at all is what the weights say badly; how the probability
  divides among its candidates they say well, and those ratios do not change.
* *best*: how often the best candidate was right, at the least, given its probability, where that is enough for a match.
  Much that is matched with a low probability, since it was understood in part only, is right nearly always.

The maps are fitted on labelled mentions by isotonic regression (Zadrozny and Elkan, Transforming classifier scores into
accurate multiclass probability estimates, KDD 2002): ``python -m tests.eval.reliability --fit``. What is matched does
not change: no score crosses ``MIN_SCORE``. A way of matching without a map keeps its computed probabilities.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "GROUPS",
    "MAPS",
    "MIN_SCORE",
    "Factors",
    "Knot",
    "calibrate",
    "calibrate_one",
    "group_of",
    "observed",
    "read",
    "write",
]

GROUPS = ("name", "misspelt name", "misspelt person", "address")
"""Ways of matching that are calibrated separately."""

MAPS = ("together", "best")
"""What a map is about: all candidates of a mention together, or the best one of what is matched."""

MIN_SCORE = 0.8
"""Least probability of a match, as computed and as calibrated."""

_BELOW = 0.799
"""The greatest score of a mention that the evidence alone does not match."""

_FILE = Path(__file__).with_name("calibration.csv")

Floats = NDArray[np.float64]


class Knot(NamedTuple):
    """One knot of a map: a computed probability, and the rate observed there."""

    group: str
    map: str
    computed: float
    observed: float


class Factors(NamedTuple):
    """By what the probability of the best candidate is multiplied, and that of each of the others."""

    best: float
    others: float


def group_of(method: str, *, person: bool) -> str:
    """Return the way of matching that a method belongs to, for a person or anything else.

    >>> group_of("fuzzy", person=True)
    'misspelt person'
    """
    if method == "address":
        return method
    if method != "fuzzy":
        return "name"
    return "misspelt person" if person else "misspelt name"


def observed(group: str, map: str, computed: Floats) -> Floats:
    """Return the rates observed for computed probabilities (0 to 1).

    >>> bool(observed("name", "together", np.array([1.0]))[0] > observed("name", "together", np.array([0.1]))[0])
    True
    """
    return np.interp(computed, *_maps()[group, map])


def calibrate(group: str, best: Floats, together: Floats) -> tuple[Floats, Floats]:
    """Return the factors by which the probabilities of candidates are multiplied: of the best, and of the others.

    ``best`` has the probability of the best candidate of each mention, ``together`` the sum over all its candidates,
    which stays at most 1.

    >>> calibrate("name", np.array([0.0]), np.array([0.0]))[0].tolist()
    [1.0]
    """
    factor = np.ones(len(best))
    others = np.ones(len(best))
    some = best > 0
    computed, all_ = best[some], together[some]
    named = np.minimum(observed(group, "together", all_), 1.0)
    share = computed * (named / all_)
    matched = np.maximum(np.maximum(share, observed(group, "best", computed)), MIN_SCORE)
    score = np.where(computed < MIN_SCORE, np.minimum(share, _BELOW), matched)
    factor[some] = score / computed
    left = all_ - computed
    room = np.divide(1.0 - score, left, out=np.ones(len(left)), where=left > 0)
    others[some] = np.minimum(factor[some], room)
    return factor, others


def calibrate_one(group: str, best: float, together: float) -> Factors:
    """Return the same factors for one mention: ``calibrate`` without the cost of arrays.

    >>> bool(calibrate_one("name", 0.9, 0.95).best == calibrate("name", np.array([0.9]), np.array([0.95]))[0][0])
    True
    """
    if best <= 0:
        return Factors(1.0, 1.0)
    score = best * (min(_observed_one(group, "together", together), 1.0) / together)
    score = min(score, _BELOW) if best < MIN_SCORE else max(score, _observed_one(group, "best", best), MIN_SCORE)
    factor, left = score / best, together - best
    return Factors(factor, min(factor, (1.0 - score) / left) if left > 0 else min(factor, 1.0))


def _observed_one(group: str, map: str, together: float) -> float:
    computed, shares = _knots()[group, map]
    at = bisect_right(computed, together) - 1
    if at < 0 or at + 1 == len(computed):
        return shares[max(at, 0)]
    slope = (shares[at + 1] - shares[at]) / (computed[at + 1] - computed[at])
    return slope * (together - computed[at]) + shares[at]


@cache
def _knots() -> dict[tuple[str, str], tuple[list[float], list[float]]]:
    return {of: (computed.tolist(), shares.tolist()) for of, (computed, shares) in _maps().items()}


@cache
def _maps() -> dict[tuple[str, str], tuple[Floats, Floats]]:
    known = read()
    found: dict[tuple[str, str], tuple[Floats, Floats]] = {}
    for group in GROUPS:
        for map in MAPS:
            knots = [(knot.computed, knot.observed) for knot in known if (knot.group, knot.map) == (group, map)]
            # A probability of 1 maps to the highest rate observed.
            top = knots[-1][1] if knots else 1.0
            ends = ((0.0, 0.0), *knots, (1.0, top))
            found[group, map] = np.array([end[0] for end in ends]), np.array([end[1] for end in ends])
    return found


def read() -> list[Knot]:
    """Return the knots of the maps."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return [
            Knot(row["group"], row["map"], float(row["computed"]), float(row["observed"]))
            for row in csv.DictReader(file)
        ]


def write(knots: Iterable[Knot]) -> None:
    """Write the knots of the maps, and use them from now on."""
    with _FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Knot._fields)
        writer.writerows([*knot[:2], f"{knot.computed:.4f}", f"{knot.observed:.4f}"] for knot in knots)
    _maps.cache_clear()
    _knots.cache_clear()
