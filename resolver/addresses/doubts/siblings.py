"""Doubts where an address names two communes of one parent: it can lie in one of them only."""

from __future__ import annotations

from collections.abc import Sequence

from resolver.addresses.doubts.doubt import Address, shifted
from resolver.addresses.place_tree import COMMUNE, PlaceTree
from resolver.addresses.readings import Reading

__all__ = ["SIBLING", "of_sibling"]

SIBLING = "sibling"
"""Feature of readings of an address that names two communes of one parent, and the kind of the other one's words."""

_LETTERS = 2
"""Most letters of a type word that may be an abbreviation of something else: ``P. 12`` is a room, too."""

_BEFORE_SIBLING = 0.5
"""Log-odds by which a commune is at most ahead of another that the address names."""


def of_sibling(readings: Sequence[Reading], address: Address, places: PlaceTree) -> Sequence[Reading]:
    """Return readings, the best first, with a doubt if the address names two communes of the same parent.

    ``Phường Mỹ Long, Phường Mỹ Bình, Thành phố Long Xuyên``: it can lie in one of them only.
    """
    best = readings[0] if readings else None
    number = best.span.number if best else -1
    if not best or number not in _parts_naming(best, places):
        return readings
    within = _larger(best, places)
    siblings = [one for one in readings[1:] if within and _larger(one, places) == within]
    sibling = next((one for one in siblings if _parts_naming(one, places) - {number}), None)
    if not sibling:
        return readings
    others = _parts_naming(sibling, places) - {number}
    named = [rest._replace(kind=SIBLING) if rest.number in others else rest for rest in best.remainders]
    ahead = best.score - sibling.score - _BEFORE_SIBLING
    return [*shifted([best._replace(remainders=tuple(named))], SIBLING, -max(ahead, 0.0)), *readings[1:]]


def _parts_naming(one: Reading, places: PlaceTree) -> set[int]:
    """Return the parts of an address that name the commune of a reading, with its type word and well spelt."""
    if places.level[one.entity] != COMMUNE:
        return set()
    spans = [one.span, *(parent.span for parent in one.parents if parent.entity == one.entity)]
    return {
        span.number
        for span in spans
        if span.hits[one.entity].agreement in ("fits", "fitted")
        and not span.hits[one.entity].is_misspelt
        and not (span.word and len(span.word.word) <= _LETTERS and span.core.isdecimal())
    }


def _larger(one: Reading, places: PlaceTree) -> set[int]:
    """Return the larger places that a reading names."""
    return {parent.entity for parent in one.parents if places.level[parent.entity] < COMMUNE}
