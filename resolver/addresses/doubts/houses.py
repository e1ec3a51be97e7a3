"""Doubts about bare numbers: a name behind one may be a street, and one behind a misspelt name a part of that name.

``Số 395 - Quang Trung - Uông Bí``; ``Đông Hả 2`` is rather Đông Hải 2 than ward 2 of Đông Hà.
"""

from __future__ import annotations

from collections.abc import Sequence

from resolver.addresses.address_words import is_as_written
from resolver.addresses.doubts.doubt import Address, shifted
from resolver.addresses.parents import Parent
from resolver.addresses.place_tree import COMMUNE, DISTRICT, PROVINCE, PlaceTree
from resolver.addresses.readings import Reading
from resolver.addresses.remainder import Remainder
from resolver.text import keys
from resolver.text.name_counts import surname_shares

__all__ = ["HOUSE_NUMBER", "of_house_number", "of_number_behind"]

HOUSE_NUMBER = "house_number"
"""Feature of a commune's bare name that directly follows the number of a house."""

_BEFORE_STREET, _RATHER_STREET = 2.2, 1.0
"""Greatest log-odds of such a commune, and of one that is called like a person, as streets are: ``Trần Phú``.

The second is also that of one whose number no comma sets off and of whose parents only the province is named.
"""

_OF_NAME = 0.3
"""Greatest log-odds of a number that may be a part of the name before it."""

_WORDS = frozenset({"so", "nha", "sn", "no"})
"""Folded words before the number of a house."""


def of_house_number(readings: Sequence[Reading], address: Address, places: PlaceTree) -> Sequence[Reading]:
    """Return readings, the best first, with the doubt that the name of the best one is that of a street."""
    best = readings[0] if readings else None
    if not best or best.span.word or places.level[best.entity] != COMMUNE:
        return readings
    numbers = [rest for rest in best.remainders if _is_number_before(rest, best, address)]
    if not numbers:
        return readings
    folds = str(keys.fold(best.span.core)).split()
    is_person = len(folds) > 1 and folds[0] in surname_shares()
    run_on = any(rest.number == best.span.number for rest in numbers)
    alone = run_on and not any(_is_surely_district(parent, places) for parent in best.parents)
    most = _RATHER_STREET if is_person or alone else _BEFORE_STREET
    return shifted(readings, HOUSE_NUMBER, min(most - best.score, 0.0))


def of_number_behind(readings: Sequence[Reading], address: Address, places: PlaceTree) -> Sequence[Reading]:
    """Return readings, the best first, with the doubt that the bare number of the best one ends a misspelt name."""
    best = readings[0] if readings else None
    if not best or best.span.word or not best.span.core.isdecimal():
        return readings
    beside = [one for one in best.parents if one.span.number == best.span.number and one.span.end == best.span.start]
    if not any(one.span.word is None and not is_as_written(one.hit) for one in beside):
        return readings
    return shifted(readings, HOUSE_NUMBER, min(_OF_NAME - best.score, 0.0))


def _is_surely_district(parent: Parent, places: PlaceTree) -> bool:
    """Whether a parent is a district, and its words are not as well the name of a province: ``Hải Dương``."""
    of_province = parent.span.word is None and any(places.level[one] == PROVINCE for one in parent.span.larger)
    return places.level[parent.entity] == DISTRICT and not of_province


def _is_number_before(rest: Remainder, best: Reading, address: Address) -> bool:
    """Whether words are nothing but a house's number, and the name of the place follows them."""
    if rest.around or rest.kind not in ("house", "number"):
        return False
    folds = address.spotted[rest.number].part.folds[rest.start : rest.end]
    if not folds[-1][0].isdecimal() or any(not fold[0].isdecimal() for fold in folds if fold not in _WORDS):
        return False
    span, size = best.span, address.spotted[rest.number].size
    follows = rest.number == span.number and rest.end == span.start
    return follows or (rest.number == span.number - 1 and rest.end == size and span.start == 0)
