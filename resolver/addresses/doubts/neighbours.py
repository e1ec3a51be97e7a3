"""Doubts about a commune's name before a place that the commune does not lie in: ``Cam Tân, Nha Trang, Khánh Hòa``.

The post goes by way of the next town, and maps tell the nearest one: then the first name is meant. But streets and
hamlets are named like communes, too. So both stay open, unless the name is a person's, as of a street, or common.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from resolver.addresses.address_words import is_as_written
from resolver.addresses.doubts.doubt import Address, in_order, shifted
from resolver.addresses.matched_parts import MatchedPart
from resolver.addresses.place_tree import COMMUNE, PlaceTree
from resolver.addresses.readings import Reading
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
    """Return readings, the best first, with the doubt that a commune is meant whose name stands before the best one."""
    best = readings[0] if readings else None
    if not best or best.score <= _BEFORE_NEIGHBOUR or (places.level[best.entity] == COMMUNE and best.span.word):
        return readings
    named = set(_neighbours(best, places, address.spotted))
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


def _communes(one: MatchedPart) -> list[int]:
    """Return the communes that a part names as a whole, without a type word; none if it is a person's or common."""
    spans = [span for span in one.whole if not span.word]
    bearers = [entity for span in spans for entity in span.communes if is_as_written(span.hits[entity])]
    is_person = surname_shares().get(one.part.folds[0], 0.0) >= _COMMON_FAMILY
    is_telling = one.size > 1 and 0 < len(bearers) <= _FEW_BEARERS and not is_person
    return bearers if is_telling and not any(span.larger for span in spans) else []
