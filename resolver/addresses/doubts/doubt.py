"""What a doubt is: a function from the readings of an address to the readings with one more weight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from resolver.addresses.matched_parts import MatchedPart
from resolver.addresses.place_tree import PlaceTree
from resolver.addresses.readings import Reading

__all__ = ["ELSEWHERE", "LEAST_LIKELY", "Address", "Doubt", "in_order", "shifted"]

ELSEWHERE = "elsewhere"
"""Feature of readings in which the name and its parents contradict each other."""

LEAST_LIKELY = -2.0
"""Least log-odds of a place that is meant instead of one that fits the words less."""


class Address(NamedTuple):
    """An address whose readings are doubted: its own parts, and the day of undated mentions.

    ``days`` are the days that it may date from, None if it has no date. ``leaves_out`` says that it begins with a
    separator: the commune before it was left empty.
    """

    spotted: Sequence[MatchedPart]
    days: tuple[int, int] | None
    today: int
    leaves_out: bool


Doubt = Callable[[Sequence[Reading], Address, PlaceTree], Sequence[Reading]]
"""Takes the readings of an address, the best first, and returns them in the order that they have with the doubt."""


def shifted(readings: Sequence[Reading], feature: str, weight: float) -> list[Reading]:
    """Return readings with one more weight, which makes them less settled; unchanged if it is 0."""
    if not weight:
        return list(readings)
    return [
        one._replace(score=one.score + weight, weights=(*one.weights, (feature, weight)), is_settled=False)
        for one in readings
    ]


def in_order(readings: Iterable[Reading]) -> list[Reading]:
    """Return readings, the best first."""
    return sorted(readings, key=lambda one: (-one.score, one.entity))
