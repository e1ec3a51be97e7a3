"""Doubts about a misspelt name: it may be another place's, above all if a place elsewhere has exactly this name."""

from __future__ import annotations

import math
from collections.abc import Sequence

from resolver.addresses.address_words import is_as_written
from resolver.addresses.components import Hit
from resolver.addresses.place_tree import COMMUNE, DISTRICT, PlaceTree
from resolver.addresses.readings import Reading
from resolver.addresses.remainder import OPEN

__all__ = ["ELSEWHERE", "with_contradicted", "with_doubts", "with_heirs"]

ELSEWHERE = "elsewhere"
"""Feature of readings in which the name and its parents contradict each other."""

_UNKNOWN = 4.0
"""Greatest log-odds of a place with unknown words before it: they may name a place in it."""
_MISSPELT = 5.0
"""Greatest log-odds of a misspelt name."""
_CONTRADICTED = 0.3
"""Greatest log-odds of a misspelt name if a place elsewhere has exactly the name as written."""

_CONTRADICTING = ("province", "place")

_BEFORE_HEIR, _MOST_BEFORE_HEIR = 1.0, 3.0
"""Log-odds by which a district that has ended is at most ahead of the commune of today that bears its name.

Of one that is further behind its parents tell something.
"""


def with_doubts(readings: Sequence[Reading]) -> list[Reading]:
    """Return readings, the best first, with the doubts about the best one added if its name is misspelt."""
    if not readings:
        return []
    best = readings[0]
    if not _is_misspelt(best):
        unknown = any(rest.kind in ("words", "estate") and rest.weight <= OPEN for rest in best.rests)
        return _shifted(readings, "unknown", min(_UNKNOWN - best.score, 0.0) if unknown else 0.0)
    so_called = _so_called(best, readings)
    if so_called:
        like = [one for one in readings if _is_misspelt(one) and one.span.mask & best.span.mask]
        rest = [one for one in readings if one not in like and one not in so_called]
        lowered = _shifted(like, ELSEWHERE, min(_CONTRADICTED - best.score, 0.0))
        together = math.log(sum(math.exp(one.score - so_called[0].score) for one in so_called)) + so_called[0].score
        raised = _shifted(so_called, ELSEWHERE, -together)
        return sorted([*lowered, *raised, *rest], key=lambda one: (-one.score, one.entity))
    return _shifted(readings, "misspelt", min(_MISSPELT - best.score, 0.0))


def with_contradicted(readings: Sequence[Reading]) -> list[Reading]:
    """Return readings of which none is likely, with those raised whose name is known but contradicts its parents.

    ``Xã Dương Tơ`` in Gia Lai is likely the only commune of that name, or one that nobody has in a list.
    """
    if not readings or readings[0].score > 0:
        return list(readings)
    known = [one for one in readings if _is_contradicted(one)]
    if not known:
        return list(readings)
    together = math.log(sum(math.exp(one.score - known[0].score) for one in known)) + known[0].score
    raised = _shifted(known, ELSEWHERE, max(-together, 0.0))
    return [*raised, *(one for one in readings if one not in known)]


def _is_contradicted(one: Reading) -> bool:
    """Whether a name and its type word are written as they should be, and all against it is another place's name."""
    against = [rest for rest in one.rests if rest.weight <= OPEN]
    return (
        is_as_written(one.hit)
        and not one.hit.named.lesser
        and not one.span.core.isdecimal()
        and (one.hit.agreement in ("fits", "fitted") or all(rest.around for rest in against))
        and bool(against)
        and all(rest.kind in _CONTRADICTING for rest in against)
    )


def with_heirs(readings: Sequence[Reading], places: PlaceTree, today: int) -> list[Reading]:
    """Return readings of an undated address, the best first, weighed with the doubt that it may be one of today.

    ``Củ Chi, Hồ Chí Minh`` was the district till 2025 and is the commune since: nothing in it tells which. The
    same name misspelt, ``Củ Chj``, tells no more.
    """
    best = readings[0] if readings else None
    if (
        not best
        or best.rests
        or best.span.word
        or places.level[best.entity] != DISTRICT
        or places.days[best.entity][1] > today
    ):
        return list(readings)
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
    return [*_shifted(readings[:1], "heir", -max(ahead, 0.0)), *readings[1:]]


def _is_written_as_well(hit: Hit, other: Hit) -> bool:
    """Whether a name is as it should be, or misspelt no more than another is."""
    return is_as_written(hit) or hit.quality >= other.quality


def _is_misspelt(one: Reading) -> bool:
    """Whether a name is written with other letters, or with diacritics that contradict its own."""
    return bool(one.hit.edits) or one.hit.accents == "contrast"


def _so_called(best: Reading, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings with places elsewhere that have exactly the name as written, unlike the best one."""
    return [
        one
        for one in readings
        if one.span.mask == best.span.mask
        and is_as_written(one.hit)
        and not one.hit.named.lesser
        and (one.hit.agreement == best.hit.agreement or one.hit.agreement != "level")
    ]


def _shifted(readings: Sequence[Reading], feature: str, weight: float) -> list[Reading]:
    if not weight:
        return list(readings)
    return [
        one._replace(score=one.score + weight, weights=(*one.weights, (feature, weight)), is_settled=False)
        for one in readings
    ]
