"""The choice among overlapping readings: those that explain most of the text.

Algorithm: weighted interval scheduling (Kleinberg and Tardos, Algorithm Design, 2005, section 6.1).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from resolver.annotation.span import Span
from resolver.model import Match

__all__ = ["Reading", "best"]

_UNKNOWN, _OPEN = 0.9, 0.6
"""How much a letter counts if the person is unknown, and if the place or body is ambiguous."""
_PER_MARK = 0.5
"""The cost of an annotation, in letters: of two readings with as many letters the one with fewer names is better."""


class Reading(NamedTuple):
    """A span of text and its match."""

    span: Span
    match: Match

    @property
    def weight(self) -> float:
        """How much the reading explains: its letters, times its certainty."""
        letters, match = self.span.end - self.span.start, self.match
        if match.status == "matched":
            return letters * (1 + match.score) / 2 + 1 - _PER_MARK
        return letters * (_UNKNOWN if self.span.kind == "person" else _OPEN) - _PER_MARK


def best(readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings of greatest weight that do not overlap, from left to right."""
    ordered = sorted(readings, key=lambda one: (one.span.end, one.span.start))
    ends = [one.span.end for one in ordered]
    weights = [0.0]
    chosen: list[int] = [-1]
    for number, one in enumerate(ordered):
        before = bisect_right(ends, one.span.start, 0, number)
        with_it = weights[before] + one.weight
        taken = with_it > weights[number]
        weights.append(with_it if taken else weights[number])
        chosen.append(before if taken else -1)
    kept: list[Reading] = []
    at = len(ordered)
    while at:
        if chosen[at] >= 0:
            kept.append(ordered[at - 1])
            at = chosen[at]
        else:
            at -= 1
    return kept[::-1]
