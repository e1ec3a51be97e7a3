"""The parents of a place that the other words of an address name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from resolver.addresses.address_words import AddressQuery, AddressWords
from resolver.addresses.components import BEST_QUALITY, type_weight
from resolver.addresses.matched_parts import MISFITS, Hit, Span
from resolver.addresses.place_tree import PROVINCE, PlaceTree
from resolver.addresses.remainder import MARKED
from resolver.text.localities import rest_kind

__all__ = ["BEST_PARENT", "Parent", "ParentFinder"]

# Log-odds.
_WITHIN, _WITHIN_COUNTRY = 4.0, 1.0
_AGAIN, _CALLED_SO_TOO = -4.5, 1.0
"""A place named twice: by the same name, or by another of its names (``Truong Sa (Spratly)``)."""
_TWICE = -2.5
_LINEAGE = -3.0
_EARLIER = 1.5
"""A province of which the place's province was formed: the place may have been there."""
_ABOVE_SHARE = 0.5
"""Weight of the spelling of a parent's name, relative to that of the place itself."""


BEST_PARENT = _WITHIN + _ABOVE_SHARE * BEST_QUALITY
"""What a parent weighs at most."""


class Parent(NamedTuple):
    """A place that contains the smallest place, or only its predecessor or successor, and the words that name it."""

    entity: int
    span: Span
    hit: Hit
    weight: float
    direct: bool


class ParentFinder:
    """Finds the parents that the words of one address name."""

    def __init__(self, places: PlaceTree, words: AddressWords, asked: AddressQuery, today: int) -> None:
        """Search the names found so far in the words of an address; what is called former has ended by ``today``."""
        self._today = today
        self._places = places
        self._words = words
        self._asked = asked

    def find(self, entity: int, span: Span) -> tuple[tuple[Parent, ...], int]:
        """Return the parents that the other words name, the longest names first, and the words used."""
        places = self._places
        above, levels, direct = places.above(entity), places.level, places.parents_of(entity)
        covered = span.mask
        options: list[Parent] = []
        for other in self._words.spans:
            if other.mask & covered:
                continue
            hits, former = other.hits, other.number in self._words.former
            for upper in above if other.larger or other.countries else ():
                if upper in hits and not (former and places.days[upper][1] > self._today):
                    hit = hits[upper]
                    weight = _WITHIN if levels[upper] else _WITHIN_COUNTRY
                    # A recent former name of a parent fits as well.
                    quality = hit.quality
                    if hit.agreement == "fitted":
                        quality += type_weight("fits", other.word) - type_weight("fitted", other.word)
                    weight += _ABOVE_SHARE * quality
                    later = self._came_later(upper, entity)
                    options.append(
                        Parent(upper, other, hit, _LINEAGE if later else weight, upper in direct and not later)
                    )
            apart = other.number == span.number or other.word is not None or self._is_whole(other)
            if entity in hits and apart and not hits[entity].edits and not self._is_street(other):
                # A parent column names another level, not the same place by another name.
                again = other.number >= self._words.own or hits[entity].named.key == span.hits[entity].named.key
                options.append(Parent(entity, other, hits[entity], _AGAIN if again else _CALLED_SO_TOO, direct=False))
        reached = reduce(or_, [one.span.mask for one in options], covered)
        if reached != self._words.everything:
            options += self._beside(entity, reached)
        if len(options) > 1:
            options = [
                one for one in options if not (_is_part(one, options) or self._is_aside(one, options, span.number))
            ]
            options.sort(key=_preference)
        taken: list[Parent] = []
        named: set[int] = set()
        # A name that occurs twice means two levels, if possible (Thái Nguyên, Thái Nguyên).
        for twice in (False, True):
            for one in options:
                if not one.span.mask & covered and (one.entity not in named or (twice and _may_be_said_again(one))):
                    taken.append(one._replace(weight=min(one.weight, _TWICE)) if twice else one)
                    named.add(one.entity)
                    covered |= one.span.mask
            if covered == self._words.everything:
                break
        return tuple(taken), covered

    def _is_aside(self, one: Parent, options: Sequence[Parent], at: int) -> bool:
        """Whether a parent is named only in the name of a street, a building or the like, and for itself elsewhere.

        The smallest place is in part number ``at``: ``Chợ Long Xuyên, Mỹ Long, Long Xuyên``, ``Sai Gon Tower, HCMC``.
        """
        span = one.span
        if span.word or span.number == at or self._is_whole(span):
            return False
        others = [other.span for other in options if other.entity == one.entity and other.weight > 0]
        if not any(other.number != span.number and self._is_whole(other) for other in others):
            return False
        beside = (other for other in options if other.span.number == span.number and not other.span.mask & span.mask)
        return self._is_street(span) or not any(beside)

    def _is_whole(self, span: Span) -> bool:
        """Whether a name and its type word are a whole part."""
        return span.mask == self._words.spotted[span.number].everything << self._words.offsets[span.number]

    def _came_later(self, upper: int, entity: int) -> bool:
        """Whether a place did not exist yet at the mention's date, although a place in it did."""
        days, asked = self._places.days, self._asked.days
        return asked is not None and days[entity][0] <= asked[1] < days[upper][0]

    def _is_street(self, span: Span) -> bool:
        """Whether a name is a street's, judged by the number or word before it: ``15 Hàng Bạc``."""
        if span.word or not span.start:
            return False
        return rest_kind(self._words.spotted[span.number].part, 0, span.end) in MARKED

    def _beside(self, entity: int, covered: int) -> Iterator[Parent]:
        """Yield places that contain predecessors or successors: today's province written with a former commune.

        What is called a former one is what the place lay in, ``Phường Bình Trưng (Quận 2 cũ)``, or became a part of it:
        ``TP. Hồ Chí Minh (tỉnh Bình Dương cũ)``.
        """
        beside = self._places.kin(entity)
        merged = beside | self._places.merged_into(entity) if self._words.former else beside
        for other in self._words.spans:
            kin = merged if other.number in self._words.former else beside
            if not other.mask & covered and not kin.isdisjoint(other.hits):
                upper = max(kin & other.hits.keys(), key=lambda one: (other.hits[one].quality, -one))
                hit = other.hits[upper]
                earlier = upper in self._places.earlier_provinces(entity)
                if hit.edits or not self._may_be_meant(entity, upper, other, earlier=earlier):
                    continue
                if other.number in self._words.former:
                    weight = _WITHIN + _ABOVE_SHARE * hit.quality
                else:
                    weight = (_EARLIER if earlier else _LINEAGE) + _ABOVE_SHARE * min(hit.quality, 0.0)
                yield Parent(upper, other, hit, weight, direct=False)

    def _may_be_meant(self, entity: int, upper: int, span: Span, *, earlier: bool) -> bool:
        """Whether a related place can be named instead of the parent of ``entity``, given their days and the mention's.

        It cannot if it did not exist yet. It cannot if both existed on these days: then it must contain the entity. An
        ``earlier`` province contained it, must still have existed, and a later province of the same name is preferred.
        """
        days, asked = self._places.days, self._asked.days
        if asked and days[upper][0] > asked[1]:
            return False
        if not earlier:
            both = (entity, upper)
            return not asked or not all(days[one][0] <= asked[0] and asked[1] < days[one][1] for one in both)
        later = any(days[one][1] > days[upper][1] and self._places.level[one] == PROVINCE for one in span.hits)
        return not later and not (asked and days[upper][1] <= asked[0])


def _may_be_said_again(parent: Parent) -> bool:
    """Whether a name that occurs twice may mean the same parent again: not if its type word fits another place."""
    hits = parent.span.hits.values()
    return parent.hit.agreement not in MISFITS or not any(hit.agreement in ("fits", "fitted") for hit in hits)


def _is_part(one: Parent, options: Sequence[Parent]) -> bool:
    """Whether a parent's name stands behind its type word, with which it counts for a reading too."""
    return any(
        other.entity == one.entity
        and other.span.core == one.span.core
        and other.weight > 0
        and one.span.mask != other.span.mask
        and one.span.mask & other.span.mask == one.span.mask
        for other in options
    )


def _preference(one: Parent) -> tuple[bool, bool, int, float, bool, int]:
    """Return a sort key: evidence for a reading before evidence against it, the longest names first."""
    misfits = one.hit.agreement in MISFITS
    return one.weight <= 0, misfits, one.span.start - one.span.end, -one.weight, not one.direct, one.entity
