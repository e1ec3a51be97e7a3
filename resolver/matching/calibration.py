"""Map computed probabilities to observed ones: a monotone map for each way of matching.

Weights are set by hand, so their softmax is not a frequency. ``calibration.csv`` says, for each way whose computed
probabilities are far off, how often the best candidate was right, given its probability. It is fitted on labelled
mentions by isotonic regression (Zadrozny and Elkan, Transforming classifier scores into accurate multiclass probability
estimates, KDD 2002): ``python -m tests.eval.reliability --fit``. The ratios between the candidates of a mention do not
change, and neither does what is matched: the map moves a score within its side of ``MIN_SCORE``. A way without rows
keeps its computed probabilities.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["GROUPS", "MIN_SCORE", "calibrate", "group_of", "observed", "read", "write"]

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


def observed(group: str, best: Floats) -> Floats:
    """Return how often the best candidate is right, for its probability (0 to 1).

    >>> bool(observed("name", np.array([1.0]))[0] > observed("name", np.array([0.1]))[0])
    True
    """
    return np.interp(best, *_maps()[group])


def calibrate(group: str, best: Floats, together: Floats) -> Floats:
    """Return the factors by which the probabilities of candidates are multiplied.

    ``best`` has the probability of the best candidate of each mention, ``together`` the sum over all its candidates,
    which stays at most 1.

    >>> calibrate("name", np.array([0.0]), np.array([0.0])).tolist()
    [1.0]
    """
    factor = np.ones(len(best))
    some = best > 0
    computed = best[some]
    share = np.minimum(observed(group, computed), computed / together[some])
    factor[some] = np.where(computed < MIN_SCORE, np.minimum(share, _BELOW), np.maximum(share, MIN_SCORE)) / computed
    return factor


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
