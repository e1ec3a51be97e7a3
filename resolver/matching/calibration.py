"""Map computed probabilities to observed ones: a monotone map for each way of matching.

Weights are set by hand, so their softmax is not a frequency. ``calibration.csv`` has a map for each way of matching
whose computed probabilities are far off: how often what is meant was among the candidates, given the probability of
all of them together. For whether a misspelt name is in the gazetteer at all is what the weights say badly; how the
probability divides among its candidates they say well. The map is fitted on labelled mentions by isotonic regression
(Zadrozny and Elkan, Transforming classifier scores into accurate multiclass probability estimates, KDD 2002):
``python -m tests.eval.reliability --fit``. The ratios between the candidates of a mention do not change. What is
matched does not change either: no score crosses ``MIN_SCORE``. A way of matching without a map keeps its computed
probabilities.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["GROUPS", "MIN_SCORE", "calibrate", "calibrate_one", "group_of", "observed", "read", "write"]

GROUPS = ("name", "misspelt name", "address")
"""Ways of matching that are calibrated separately."""

MIN_SCORE = 0.8
"""Least probability of a match, as computed and as calibrated."""

_BELOW = 0.799
"""The greatest score of a mention that the evidence alone does not match."""

_FILE = Path(__file__).with_name("calibration.csv")
_OF_METHOD = {"fuzzy": "misspelt name", "address": "address"}

Floats = NDArray[np.float64]


def group_of(method: str) -> str:
    """Return the way of matching that a method belongs to."""
    return _OF_METHOD.get(method, "name")


def observed(group: str, together: Floats) -> Floats:
    """Return how often what is meant is among the candidates, for the probability of all of them (0 to 1).

    >>> bool(observed("name", np.array([1.0]))[0] > observed("name", np.array([0.1]))[0])
    True
    """
    return np.interp(together, *_maps()[group])


def calibrate(group: str, best: Floats, together: Floats) -> Floats:
    """Return the factors by which the probabilities of candidates are multiplied.

    ``best`` has the probability of the best candidate of each mention, ``together`` the sum over all its candidates,
    which stays at most 1.

    >>> calibrate("name", np.array([0.0]), np.array([0.0])).tolist()
    [1.0]
    """
    factor = np.ones(len(best))
    some = best > 0
    computed, all_ = best[some], together[some]
    share = computed * (np.minimum(observed(group, all_), 1.0) / all_)
    factor[some] = np.where(computed < MIN_SCORE, np.minimum(share, _BELOW), np.maximum(share, MIN_SCORE)) / computed
    return factor


def calibrate_one(group: str, best: float, together: float) -> float:
    """Return the same factor for one mention: ``calibrate`` without the cost of arrays.

    >>> bool(calibrate_one("name", 0.9, 0.95) == calibrate("name", np.array([0.9]), np.array([0.95]))[0])
    True
    """
    if best <= 0:
        return 1.0
    share = best * (min(_observed_one(group, together), 1.0) / together)
    return (min(share, _BELOW) if best < MIN_SCORE else max(share, MIN_SCORE)) / best


def _observed_one(group: str, together: float) -> float:
    computed, shares = _knots()[group]
    at = bisect_right(computed, together) - 1
    if at < 0 or at + 1 == len(computed):
        return shares[max(at, 0)]
    slope = (shares[at + 1] - shares[at]) / (computed[at + 1] - computed[at])
    return slope * (together - computed[at]) + shares[at]


@cache
def _knots() -> dict[str, tuple[list[float], list[float]]]:
    return {group: (computed.tolist(), shares.tolist()) for group, (computed, shares) in _maps().items()}


@cache
def _maps() -> dict[str, tuple[Floats, Floats]]:
    found: dict[str, tuple[Floats, Floats]] = {}
    for group in GROUPS:
        knots = [(computed, share) for of, computed, share in read() if of == group]
        # A probability of 1 maps to the highest rate observed.
        top = knots[-1][1] if knots else 1.0
        computed, shares = zip((0.0, 0.0), *knots, (1.0, top), strict=True)
        found[group] = np.array(computed), np.array(shares)
    return found


def read() -> list[tuple[str, float, float]]:
    """Return the knots of the maps: the group, the computed probability, the observed rate."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return [(row["group"], float(row["computed"]), float(row["observed"])) for row in csv.DictReader(file)]


def write(knots: Iterable[tuple[str, float, float]]) -> None:
    """Write the knots of the maps, and use them from now on."""
    with _FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["group", "computed", "observed"])
        writer.writerows([group, f"{raw:.4f}", f"{share:.4f}"] for group, raw, share in knots)
    _maps.cache_clear()
    _knots.cache_clear()
