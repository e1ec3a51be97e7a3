"""Doubts about namesakes: another place of that name has the type written, the name then, or is one of today."""

from __future__ import annotations

from collections.abc import Sequence

from resolver.addresses.address_words import is_as_written
from resolver.addresses.doubts.doubt import LEAST_LIKELY, Address, in_order, shifted
from resolver.addresses.matched_parts import Hit
from resolver.addresses.place_tree import COMMUNE, DISTRICT, PlaceTree
from resolver.addresses.readings import Reading

__all__ = ["of_heir", "of_longer_name", "of_renaming", "of_type"]

_AHEAD_OF_RENAMED = 2.0
"""Log-odds by which a place is at least ahead of one in it that had the same name at another time."""

_BEFORE_TYPED = 1.0
"""Log-odds by which a place whose type is not the one written is at most ahead of one that has name and type."""

_BEHIND_LONGER = 3.0
"""Log-odds by which a place that has ended is at least behind one of the day whose name is all of its words."""

_BEFORE_HEIR, _MOST_BEFORE_HEIR = 1.0, 3.0
"""Greatest lead, in log-odds, of a district that has ended over the commune of today with its name.

If the commune is further behind than the second value, its parents show which one is meant.
"""


def of_type(readings: Sequence[Reading], address: Address, places: PlaceTree) -> Sequence[Reading]:
    """Return readings, the best first, with a doubt if the best one's type word fits another place of that name better.

    ``Thị trấn Vinh Quang, Tuyên Quang`` is a commune there by name, and by its type the town of a province that became
    part of it: its parents contradict the one, its type word the other.
    """
    best = readings[0] if readings else None
    if not best or not best.hit.is_doubtful:
        return readings
    fitting = next(
        (
            one
            for one in readings
            if one.span.mask == best.span.mask
            and one.score > LEAST_LIKELY
            and (is_as_written(one.hit) or 0 < one.hit.edits <= best.hit.edits)
            and one.hit.agreement
            and not one.hit.is_doubtful
        ),
        None,
    )
    if not fitting:
        return readings
    most = fitting.score + _BEFORE_TYPED
    doubtful = [one for one in readings if one.span.mask == best.span.mask and one.hit.is_doubtful and one.score > most]
    lowered = [shifted([one], "other_type", most - one.score)[0] for one in doubtful]
    rest = [one for one in readings if one not in doubtful]
    return in_order([*lowered, *rest])


def of_renaming(readings: Sequence[Reading], address: Address, places: PlaceTree) -> Sequence[Reading]:
    """Return readings of a dated address, the best first; a name counts more for the place that had it on the date.

    ``Sông Cầu, Sông Cầu, Phú Yên`` in 2016 is the district twice: its ward Xuân Phú was called Sông Cầu until 2009.
    """
    best, days = readings[0] if readings else None, address.days
    if not best or not days or best.span.word or not _is_out_of_use(best.hit, days):
        return readings
    level = places.level[best.entity]
    still = next(
        (
            one
            for one in readings[1:]
            if one.hit.named.key == best.hit.named.key
            and places.level[one.entity] < level
            and not _is_out_of_use(one.hit, days)
            and one.score > LEAST_LIKELY
        ),
        None,
    )
    if not still:
        return readings
    most = still.score - _AHEAD_OF_RENAMED
    lowered = [
        shifted([one], "renamed", most - one.score)[0]
        if one.score > most and one.hit.named.key == best.hit.named.key and _is_out_of_use(one.hit, days)
        else one
        for one in readings
    ]
    return in_order(lowered)


def _is_out_of_use(hit: Hit, days: tuple[int, int]) -> bool:
    used_from, used_to = hit.named.days
    return used_to <= days[0] or used_from > days[1]


def of_longer_name(readings: Sequence[Reading], address: Address, places: PlaceTree) -> Sequence[Reading]:
    """Return readings of a dated address, the best first; names of what has ended may be one name of the day.

    ``Xã Tân Hà Lâm Hà`` after 2025-07-01 is the commune so called, no more Tân Hà in the district of Lâm Hà.
    """
    best, days = readings[0] if readings else None, address.days
    if not best or not days or places.days[best.entity][1] > days[0]:
        return readings
    beside = [parent.span.mask for parent in best.parents if parent.span.number == best.span.number]
    longer = next(
        (
            one
            for one in readings[1:]
            if places.days[one.entity][0] <= days[1]
            and days[0] < places.days[one.entity][1]
            and any(one.span.mask == best.span.mask | mask for mask in beside)
            and one.score > LEAST_LIKELY
        ),
        None,
    )
    if not longer:
        return readings
    most = longer.score - _BEHIND_LONGER
    ended = [one for one in readings if one.score > most and places.days[one.entity][1] <= days[0]]
    lowered = [shifted([one], "longer_name", most - one.score)[0] for one in ended]
    return in_order([*lowered, *(one for one in readings if one not in ended)])


def of_heir(readings: Sequence[Reading], address: Address, places: PlaceTree) -> Sequence[Reading]:
    """Return readings of an undated address, the best first, with the possibility that it means a place of today.

    ``Củ Chi, Hồ Chí Minh`` was the district till 2025 and is the commune since: nothing in it tells which. The
    same name misspelt, ``Củ Chj``, tells no more.
    """
    best, today = readings[0] if readings else None, address.today
    if (
        not best
        or address.days
        or address.leaves_out
        or best.remainders
        or best.span.word
        or places.level[best.entity] != DISTRICT
        or places.days[best.entity][1] > today
    ):
        return readings
    heir = next(
        (
            one
            for one in readings
            if one.span.mask == best.span.mask
            and places.level[one.entity] == COMMUNE
            and places.days[one.entity][1] > today
            and _is_written_as_well(one.hit, best.hit)
            and one.score > best.score - _MOST_BEFORE_HEIR
        ),
        None,
    )
    ahead = best.score - heir.score - _BEFORE_HEIR if heir else 0.0
    return [*shifted(readings[:1], "heir", -max(ahead, 0.0)), *readings[1:]]


def _is_written_as_well(hit: Hit, other: Hit) -> bool:
    """Whether a name is as it should be, or misspelt no more than another is."""
    return is_as_written(hit) or hit.quality >= other.quality
