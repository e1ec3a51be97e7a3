"""Equal values of an array, each counted once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["distinct"]

_FEW = 32
"""Values that are told apart without sorting them."""


def distinct(values: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each distinct value is found first, and for every value the number of its distinct one."""
    if len(values) > _FEW:
        _, first, number = np.unique(values, return_index=True, return_inverse=True)
        return first, number
    known: dict[int, int] = {}
    every = values.tolist()
    numbers = [known.setdefault(value, len(known)) for value in every]
    return np.array([every.index(value) for value in known], np.int64), np.array(numbers, np.int64)
