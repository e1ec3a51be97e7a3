"""Doubts about a parent whose type word is that of another place of its name: ``Xã Hóa Thượng, TP Thái Nguyên``."""

from __future__ import annotations

from collections.abc import Sequence

from resolver.addresses.doubts.doubt import Address, shifted
from resolver.addresses.matched_parts import MISFITS
from resolver.addresses.parents import Parent
from resolver.addresses.place_tree import PlaceTree
from resolver.addresses.readings import Reading

__all__ = ["of_parents_type"]

_OPEN = 0.0
"""Greatest log-odds of a place that does not lie in the unit which its parent's type word tells."""


def of_parents_type(readings: Sequence[Reading], address: Address, places: PlaceTree) -> Sequence[Reading]:
    """Return readings, the best first, with a doubt if the best one does not lie in a city that is named beside it.

    Its province of that name contains the place, but the type word is the city's, where the place never was.
    """
    best = readings[0] if readings else None
    if not best or not any(_is_anothers(parent, best, address, places) for parent in best.parents):
        return readings
    return shifted(readings, "parents_type", min(_OPEN - best.score, 0.0))


def _is_anothers(parent: Parent, best: Reading, address: Address, places: PlaceTree) -> bool:
    """Whether the words of a parent fit another place of its name, which never contained the place."""
    word = parent.span.word
    if not word or not word.sure or parent.weight <= 0 or parent.hit.agreement not in MISFITS:
        return False
    if any(other.span.mask != parent.span.mask and other.entity == parent.entity for other in best.parents):
        return False
    latest = address.days[1] if address.days else address.today
    hits = {one: hit for one, hit in parent.span.hits.items() if places.days[one][0] <= latest}
    fitting = [one for one, hit in hits.items() if hit.agreement == "fits" and not hit.edits]
    apart = [one for one in fitting if parent.entity in places.above(one) and _coexist(one, best.entity, places)]
    return bool(apart) and places.around(best.entity).isdisjoint(fitting)


def _coexist(one: int, other: int, places: PlaceTree) -> bool:
    """Whether two places existed on one day."""
    days = places.days
    return days[one][0] < days[other][1] and days[other][0] < days[one][1]
