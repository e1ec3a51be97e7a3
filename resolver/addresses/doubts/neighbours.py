"""Doubts about the name of a unit before a place that it does not lie in: ``Cam Tân, Nha Trang, Khánh Hòa``.

The post goes by way of the next town, and maps tell the nearest one: then the first name is meant. But streets and
hamlets are named like communes, too. So both stay open, unless the name is a person's, as of a street, or common. The
same holds for a district's name before another province, ``Bình Lục, Hà Nội``, unless it begins like a locality's:
``Chợ Mới``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from resolver.addresses.address_words import is_as_written
from resolver.addresses.doubts.doubt import Address, in_order, shifted
from resolver.addresses.matched_parts import MatchedPart, Span
from resolver.addresses.place_tree import COMMUNE, DISTRICT, PROVINCE, PlaceTree
from resolver.addresses.readings import Reading
from resolver.text.localities import rest_kind
from resolver.text.name_counts import surname_shares

__all__ = ["NEIGHBOUR", "of_neighbour"]

NEIGHBOUR = "neighbour"
"""Feature of readings with the name of a commune elsewhere before the smallest place, and of readings with that one."""

_BEFORE_NEIGHBOUR = 1.0
"""Greatest log-odds of a place before which stands the name of a commune elsewhere in the same larger place."""

_FEW_BEARERS = 5
"""Most units, of all times, that have a name which tells one of them."""

_COMMON_FAMILY = 0.01
"""Share of people with a family name from which on a name that begins with it is a person's: ``Nguyễn Trãi``."""


def of_neighbour(readings: Sequence[Reading], address: Address, places: PlaceTree) -> Sequence[Reading]:
    """Return readings, the best first, with the doubt that a unit is meant whose name stands before the best one."""
    best = readings[0] if readings else None
    if not best or best.score <= _BEFORE_NEIGHBOUR or (places.level[best.entity] == COMMUNE and best.span.word):
        return readings
    elsewhere = _districts_elsewhere if places.level[best.entity] == PROVINCE else _neighbours
    named = set(elsewhere(best, places, address.spotted))
    meant = [one for one in readings if one.entity in named]
    if not meant:
        return readings
    most = max(one.score for one in meant)
    together = most + math.log(sum(math.exp(one.score - most) for one in meant))
    others = [one for one in readings if one.entity not in named]
    lowered = shifted(others, NEIGHBOUR, min(_BEFORE_NEIGHBOUR - best.score, 0.0))
    raised = shifted(meant, NEIGHBOUR, -together)
    return in_order([*lowered, *raised])


def _neighbours(best: Reading, places: PlaceTree, spotted: Sequence[MatchedPart]) -> Iterator[int]:
    """Yield the communes that names before a place may mean, in what contains it or in what is named before it."""
    heads = [rest.number for rest in best.remainders if rest.number <= best.span.number and not rest.around]
    heads = [number for number in heads if spotted[number].whole]
    around = [parent.span.larger for parent in best.parents if parent.weight > 0]
    larger = {upper for uppers in (*around, best.span.larger) for upper in uppers}
    for number in heads:
        named = larger.union(*(span.larger for other in heads if other > number for span in spotted[other].whole))
        for entity in _communes(spotted[number]):
            above = places.above(entity)
            if best.entity not in above and not named.isdisjoint(above):
                yield entity


def _districts_elsewhere(best: Reading, places: PlaceTree, spotted: Sequence[MatchedPart]) -> Iterator[int]:
    """Yield the districts of other provinces that the part directly before a province may mean."""
    number = best.span.number - 1
    if not any(rest.number == number and not rest.around for rest in best.remainders):
        return
    one, there = spotted[number], places.kin(best.entity) | {best.entity}
    if rest_kind(one.part, 0, one.size):
        return
    for entity in _telling(one, [entity for span in _bare(one) for entity in span.hits if _is_exact(span, entity)]):
        if places.level[entity] == DISTRICT and there.isdisjoint(places.above(entity) | places.kin(entity)):
            yield entity


def _communes(one: MatchedPart) -> list[int]:
    """Return the communes that a part names as a whole, without a type word; none if it is a person's or common."""
    spans = _bare(one)
    if any(span.larger for span in spans):
        return []
    return _telling(one, [entity for span in spans for entity in span.communes if _is_exact(span, entity)])


def _bare(one: MatchedPart) -> list[Span]:
    """Return what a part names as a whole, without a type word."""
    return [span for span in one.whole if not span.word]


def _telling(one: MatchedPart, bearers: list[int]) -> list[int]:
    """Return the bearers of a name that is a part as a whole; none if it is a person's or common."""
    is_person = surname_shares().get(one.part.folds[0], 0.0) >= _COMMON_FAMILY
    return bearers if one.size > 1 and len(bearers) <= _FEW_BEARERS and not is_person else []


def _is_exact(span: Span, entity: int) -> bool:
    hit = span.hits[entity]
    return is_as_written(hit) and not hit.named.lesser
