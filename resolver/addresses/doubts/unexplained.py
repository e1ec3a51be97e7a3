"""Doubts about words that were not understood: they should name what lies in a place, or are a part of its name."""

from __future__ import annotations

from collections.abc import Sequence

from resolver.addresses.doubts.doubt import Address, shifted
from resolver.addresses.place_tree import COMMUNE, PlaceTree
from resolver.addresses.readings import Reading
from resolver.text import keys
from resolver.text.address import says_former

__all__ = ["of_former_aside", "of_parents_name", "of_unexplained"]

_OPEN = 0.3
"""Greatest log-odds of a place whose address names another, which was not found."""

_AGAINST = -10.0
"""Greatest log-odds of words that contradict a reading."""

_NAMING = frozenset({"words", "near", "unit", "estate", "place", "province"})
"""Kinds of words that may name a place."""


def of_former_aside(readings: Sequence[Reading], address: Address, places: PlaceTree) -> Sequence[Reading]:
    """Return readings, the best first, with the doubt that what is called former is not the place meant.

    ``Kim Lêin (tỉnh Nghệ An cũ)`` says what a place that was not found lay in.
    """
    best = readings[0] if readings else None
    if not best or places.level[best.entity] >= COMMUNE or best.span.number >= len(address.spotted):
        return readings
    if not says_former(address.spotted[best.span.number].part):
        return readings
    beside = [rest for rest in best.remainders if rest.number != best.span.number and not rest.around]
    if not any(rest.kind in _NAMING for rest in beside):
        return readings
    return shifted(readings, "unknown", min(_OPEN - best.score, 0.0))


def of_unexplained(readings: Sequence[Reading], address: Address, places: PlaceTree) -> Sequence[Reading]:
    """Return readings, the best first, with a doubt if the best one, a bare name, is contradicted by other words.

    ``Takeo - T-Kuk - Samraong`` names what lies in Takeo, and Samraong is a commune there as well as a district.
    """
    best = readings[0] if readings else None
    if not best or best.span.word or places.level[best.entity] >= COMMUNE:
        return readings
    if not any(rest.weight <= _AGAINST and not rest.around for rest in best.remainders):
        return readings
    return shifted(readings, "unknown", min(_OPEN - best.score, 0.0))


def of_parents_name(readings: Sequence[Reading], address: Address, places: PlaceTree) -> Sequence[Reading]:
    """Return readings, the best first, with a doubt if the best one's name with the words beside it is its parent's.

    ``Khum Moung Ruessei, Srok Moung Ruessei`` need not mean the commune of Moung there.
    """
    best = readings[0] if readings else None
    if not best or best.span.number >= len(address.spotted):
        return readings
    one = address.spotted[best.span.number].part
    if not any(rest.number == best.span.number and rest.kind in _NAMING for rest in best.remainders):
        return readings
    behind_type = [typed.end for group in one.before.values() for typed in group if not typed.start]
    whole = {keys.key(one.slice(end, len(one.folds))) for end in behind_type}
    if whole.isdisjoint(parent.hit.named.key for parent in best.parents):
        return readings
    return shifted(readings, "parents_name", min(_OPEN - best.score, 0.0))
