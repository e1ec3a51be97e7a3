"""Doubts about readings: a misspelt name may be another place's, and a known name may contradict its parents."""

from __future__ import annotations

import math
from collections.abc import Sequence

from resolver.addresses.address_words import is_as_written
from resolver.addresses.matched_parts import MISFITS, Hit
from resolver.addresses.place_tree import COMMUNE, DISTRICT, PlaceTree
from resolver.addresses.readings import Reading
from resolver.addresses.remainder import OPEN

__all__ = [
    "ELSEWHERE",
    "SIBLING",
    "shifted",
    "with_contradicted",
    "with_doubts",
    "with_heirs",
    "with_renamed",
    "with_siblings",
    "with_typed",
]

ELSEWHERE = "elsewhere"
"""Feature of readings in which the name and its parents contradict each other."""

SIBLING = "sibling"
"""Feature of readings of an address that names two communes of one parent, and the kind of the other one's words."""

_AHEAD_OF_RENAMED = 2.0
"""Log-odds by which a place is at least ahead of one in it that had the same name at another time."""

_LETTERS = 2
"""Most letters of a type word that may be an abbreviation of something else: ``P. 12`` is a room, too."""

_BEFORE_SIBLING = 0.5
"""Log-odds by which a commune is at most ahead of another that the address names."""

_UNKNOWN = 4.0
"""Greatest log-odds of a place with unknown words before it: they may name a place in it."""
_MISSPELT = 5.0
"""Greatest log-odds of a misspelt name."""
_CONTRADICTED = 0.3
"""Greatest log-odds of a misspelt name if a place elsewhere has exactly the name as written."""

_CONTRADICTING = ("province", "place")

_BEFORE_TYPED, _LEAST_TYPED = 1.0, -2.0
"""Log-odds by which a place whose type is not the one written is at most ahead of one that has name and type, and the
least that this one must have."""

_BEFORE_HEIR, _MOST_BEFORE_HEIR = 1.0, 3.0
"""Greatest lead, in log-odds, of a district that has ended over the commune of today with its name.

If the commune is further behind than the second value, its parents show which one is meant.
"""


def with_doubts(readings: Sequence[Reading]) -> list[Reading]:
    """Return readings, the best first; if the name of the best one is misspelt, with the doubts about it."""
    if not readings:
        return []
    best = readings[0]
    so_called = _so_called(best, readings) if _is_unlike(best) else []
    if not so_called and not best.hit.is_misspelt:
        unknown = any(rest.kind in ("words", "estate") and rest.weight <= OPEN for rest in best.remainders)
        return shifted(readings, "unknown", min(_UNKNOWN - best.score, 0.0) if unknown else 0.0)
    if so_called:
        like = [one for one in readings if _is_unlike(one) and one.span.mask & best.span.mask]
        rest = [one for one in readings if one not in like and one not in so_called]
        lowered = shifted(like, ELSEWHERE, min(_CONTRADICTED - best.score, 0.0))
        together = math.log(sum(math.exp(one.score - so_called[0].score) for one in so_called)) + so_called[0].score
        raised = shifted(so_called, ELSEWHERE, -together)
        return sorted([*lowered, *raised, *rest], key=lambda one: (-one.score, one.entity))
    return shifted(readings, "misspelt", min(_MISSPELT - best.score, 0.0))


def with_typed(readings: Sequence[Reading]) -> list[Reading]:
    """Return readings, the best first, with a doubt if the best one's type word fits another place of that name better.

    ``Thị trấn Vinh Quang, Tuyên Quang`` is a commune there by name, and by its type the town of a province that became
    part of it: its parents contradict the one, its type word the other.
    """
    best = readings[0] if readings else None
    if not best or not best.hit.is_doubtful:
        return list(readings)
    fitting = next(
        (
            one
            for one in readings
            if one.span.mask == best.span.mask
            and one.score > _LEAST_TYPED
            and is_as_written(one.hit)
            and one.hit.agreement
            and not one.hit.is_doubtful
        ),
        None,
    )
    if not fitting:
        return list(readings)
    most = fitting.score + _BEFORE_TYPED
    doubtful = [one for one in readings if one.span.mask == best.span.mask and one.hit.is_doubtful and one.score > most]
    lowered = [shifted([one], "other_type", most - one.score)[0] for one in doubtful]
    rest = [one for one in readings if one not in doubtful]
    return sorted([*lowered, *rest], key=lambda one: (-one.score, one.entity))


def with_siblings(readings: Sequence[Reading], places: PlaceTree) -> list[Reading]:
    """Return readings, the best first, with a doubt if the address names two communes of the same parent.

    ``Phường Mỹ Long, Phường Mỹ Bình, Thành phố Long Xuyên``: it can lie in one of them only.
    """
    best = readings[0] if readings else None
    number = best.span.number if best else -1
    if not best or number not in _parts_naming(best, places):
        return list(readings)
    within = _larger(best, places)
    siblings = [one for one in readings[1:] if within and _larger(one, places) == within]
    sibling = next((one for one in siblings if _parts_naming(one, places) - {number}), None)
    if not sibling:
        return list(readings)
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


def with_renamed(readings: Sequence[Reading], places: PlaceTree, days: tuple[int, int] | None) -> list[Reading]:
    """Return readings of a dated address, the best first; a name counts more for the place that had it on the date.

    ``Sông Cầu, Sông Cầu, Phú Yên`` in 2016 is the district twice: its ward Xuân Phú was called Sông Cầu until 2009.
    """
    best = readings[0] if readings else None
    if not best or not days or best.span.word or not _is_out_of_use(best.hit, days):
        return list(readings)
    level = places.level[best.entity]
    still = next(
        (
            one
            for one in readings[1:]
            if one.hit.named.key == best.hit.named.key
            and places.level[one.entity] < level
            and not _is_out_of_use(one.hit, days)
            and one.score > _LEAST_TYPED
        ),
        None,
    )
    if not still:
        return list(readings)
    most = still.score - _AHEAD_OF_RENAMED
    lowered = [
        shifted([one], "renamed", most - one.score)[0]
        if one.score > most and one.hit.named.key == best.hit.named.key and _is_out_of_use(one.hit, days)
        else one
        for one in readings
    ]
    return sorted(lowered, key=lambda one: (-one.score, one.entity))


def _is_out_of_use(hit: Hit, days: tuple[int, int]) -> bool:
    used_from, used_to = hit.named.days
    return used_to <= days[0] or used_from > days[1]


def with_contradicted(readings: Sequence[Reading]) -> list[Reading]:
    """Return readings; if none is likely, known names that contradict their parents become candidates.

    ``Xã Dương Tơ`` in Gia Lai is either the only known commune of that name, or a commune that no list has.
    """
    if not readings or readings[0].score > 0:
        return list(readings)
    known = [one for one in readings if _is_contradicted(one)]
    if not known:
        return list(readings)
    together = math.log(sum(math.exp(one.score - known[0].score) for one in known)) + known[0].score
    raised = shifted(known, ELSEWHERE, max(-together, 0.0))
    return [*raised, *(one for one in readings if one not in known)]


def _is_contradicted(one: Reading) -> bool:
    """Whether a name and its type word are spelt correctly, and only the name of another place is against it."""
    against = [rest for rest in one.remainders if rest.weight <= OPEN]
    return (
        is_as_written(one.hit)
        and not one.hit.named.lesser
        and not one.span.core.isdecimal()
        and (one.hit.agreement in ("fits", "fitted") or all(rest.around for rest in against))
        and bool(against)
        and all(rest.kind in _CONTRADICTING for rest in against)
    )


def with_heirs(readings: Sequence[Reading], places: PlaceTree, today: int) -> list[Reading]:
    """Return readings of an undated address, the best first, with the possibility that it means a place of today.

    ``Củ Chi, Hồ Chí Minh`` was the district till 2025 and is the commune since: nothing in it tells which. The
    same name misspelt, ``Củ Chj``, tells no more.
    """
    best = readings[0] if readings else None
    if (
        not best
        or best.remainders
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
    return [*shifted(readings[:1], "heir", -max(ahead, 0.0)), *readings[1:]]


def _is_written_as_well(hit: Hit, other: Hit) -> bool:
    """Whether a name is as it should be, or misspelt no more than another is."""
    return is_as_written(hit) or hit.quality >= other.quality


def _is_unlike(one: Reading) -> bool:
    """Whether a name is misspelt, or is written with only some of its diacritics: another name may be meant."""
    return one.hit.is_misspelt or one.hit.accents == "lost"


def _so_called(best: Reading, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings with places elsewhere that have exactly the name as written, unlike the best one."""
    return [
        one
        for one in readings
        if one.span.mask == best.span.mask
        and is_as_written(one.hit)
        and not one.hit.named.lesser
        and (one.hit.agreement == best.hit.agreement or one.hit.agreement not in MISFITS or best.hit.edits)
    ]


def shifted(readings: Sequence[Reading], feature: str, weight: float) -> list[Reading]:
    """Return readings with one more weight, which makes them less settled; unchanged if it is 0."""
    if not weight:
        return list(readings)
    return [
        one._replace(score=one.score + weight, weights=(*one.weights, (feature, weight)), is_settled=False)
        for one in readings
    ]
