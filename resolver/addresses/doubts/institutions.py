"""Doubts about a bare name behind the word for a market, school or shop: ``Chợ Tân Định, Quận 1`` is in Quận 1."""

from __future__ import annotations

from collections.abc import Sequence

from resolver.addresses.doubts.doubt import Address, in_order, shifted
from resolver.addresses.place_tree import PlaceTree
from resolver.addresses.readings import Reading
from resolver.text.localities import is_body

__all__ = ["of_institution"]

_BEHIND = 4.0
"""How much less, in log-odds, the place is meant that an institution is called after than the one it is in."""


def of_institution(readings: Sequence[Reading], _address: Address, _places: PlaceTree) -> Sequence[Reading]:
    """Return readings, the best first, with the doubt that the name of the best one is an institution's.

    Only if a later part names what contains the place. What is named after its unit, the police or a court, is no
    institution in that sense: it is not in the address that is told.
    """
    best = readings[0] if readings else None
    if not best or not _is_called(best):
        return readings
    above = {parent.entity for parent in best.parents if parent.span.number}
    others = [one for one in readings if one.span.number and one.entity in above]
    if not others:
        return readings
    most = max(one.score for one in others) - _BEHIND
    weighed = [
        next(iter(shifted([one], "institution_name", min(most - one.score, 0.0)))) if _is_called(one) else one
        for one in readings
    ]
    return in_order(weighed)


def _is_called(reading: Reading) -> bool:
    """Whether the bare name of a reading directly follows the word for an institution, in the first part."""
    span = reading.span
    return not (span.number or span.word) and any(
        rest.number == rest.start == 0
        and rest.end == span.start
        and rest.kind == "institution"
        and not is_body(rest.text)
        for rest in reading.remainders
    )
