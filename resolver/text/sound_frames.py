"""The frame of a word's sounds: the consonants that nothing replaces cheaply, counted in groups.

Two words with different frames cannot sound alike, and to compare frames is much faster than to compare the sounds.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver.text import khmer_sounds

__all__ = ["Frame", "differences", "frame", "least_difference"]

_LEAST = 0.6
"""Least cost of replacing or leaving out a consonant that counts; consonants confused for less form one group."""

Floats = NDArray[np.float32]


class Frame(NamedTuple):
    """How many consonants of each group some sounds have: those that are surely heard, and all."""

    heard: tuple[int, ...]
    written: tuple[int, ...]


@lru_cache(maxsize=65_536)
def frame(sound: str) -> Frame:
    """Return the frame of the sounds of a word.

    >>> frame("kEN") == frame("kAN"), frame("kEN") == frame("kEn")
    (True, False)
    """
    groups, costs = _groups()
    heard, written = [0] * len(costs), [0] * len(costs)
    for symbol, silent in khmer_sounds.heard(sound):
        group = groups.get(symbol)
        if group is not None:
            written[group] += 1
            heard[group] += not silent
    return Frame(tuple(heard), tuple(written))


def differences(our_heard: Floats, our_written: Floats, heard: Floats, written: Floats) -> Floats:
    """Return for each of our frames (rows) and theirs (columns) a difference that their sounds surely have.

    It is never more than ``khmer_sounds.difference``. The arrays have a row for each frame.
    """
    costs = np.array(_groups()[1], np.float32)
    lacking = np.maximum(our_heard[:, None] - written, 0) @ costs
    more = np.maximum(heard - our_written[:, None], 0) @ costs
    found: Floats = np.minimum(np.maximum(lacking, more), khmer_sounds.MOST_APART)
    return found


@lru_cache(maxsize=262_144)
def least_difference(one: str, other: str) -> float:
    """Return a difference that two sounds surely have: see ``differences``.

    >>> least_difference("kEN", "kEn"), least_difference("kEN", "kAN")
    (0.75, 0.0)
    """
    ours, theirs = frame(one), frame(other)
    lacking = more = 0.0
    for cost, heard, written, their_heard, their_written in zip(_groups()[1], *ours, *theirs, strict=True):
        if heard > their_written:
            lacking += cost * (heard - their_written)
        if their_heard > written:
            more += cost * (their_heard - written)
    return min(max(lacking, more), khmer_sounds.MOST_APART)


@cache
def _groups() -> tuple[dict[str, int], tuple[float, ...]]:
    """Return the group of each consonant that counts, and what it costs at least to lose one of each group."""
    groups: list[set[str]] = []
    for symbol in sorted(khmer_sounds.CONSONANTS):
        near = [group for group in groups if any(khmer_sounds.cost(symbol, one) < _LEAST for one in group)]
        groups = [group for group in groups if group not in near] + [{symbol}.union(*near)]
    everything = khmer_sounds.CONSONANTS | khmer_sounds.VOWELS | {""}
    costs = [min(khmer_sounds.cost(one, other) for one in group for other in everything - group) for group in groups]
    kept = [(group, cost) for group, cost in zip(groups, costs, strict=True) if cost >= _LEAST]
    numbers = {symbol: number for number, (group, _) in enumerate(kept) for symbol in group}
    return numbers, tuple(cost for _, cost in kept)
