"""The evidence about one reading of an address by itself: its name, its time, and the parents named beside it.

What the spelling, the parents and the remainders weigh is known before: ``components``, ``parents``, ``remainder``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from resolver.addresses.address_words import AddressQuery, AddressWords
from resolver.addresses.matched_parts import Hit, Span
from resolver.addresses.parents import Parent
from resolver.addresses.place_tree import COMMUNE, PROVINCE, PlaceTree
from resolver.addresses.remainder import Remainder
from resolver.addresses.vintage import Vintages

__all__ = ["BEST_OF_BARE_COMMUNE", "BEST_OF_LEVEL", "BEST_OF_TIME", "NAME", "Order", "ReadingEvidence"]

# Log-odds.
NAME = 6.0
_DIRECTLY = 1.0
_DISTRICT_SKIPPED = -1.5
"""A commune of three levels whose district is not named."""
_MISSPELT_THERE = -1.5
"""A misspelt name without a sure type word, if the district is not named: in a province many names are similar."""
_OUT_OF_ORDER = -3.0
_ANOTHER_THERE = -12.0
"""A name that is only similar to the text, while another place there has exactly this name."""
_SPACES = 1.0
"""How much less a name with all letters, but other spaces, may weigh than one with a wrong letter."""
_BARE_AMONG_ACCENTED = -1.5
_PROMINENCE = (4.5, 4.5, 2.8, 0.0)
"""Bare names, by level: ``Hoàn Kiếm, Hà Nội`` is more likely the district than the ward of 2025, but not certainly."""
_OF_DOUBTFUL = 0.25
"""How much of its prominence a misspelt province keeps."""
_PROVINCES_NAME = -4.5
"""A bare name of a district or commune that is also a province's: it usually means the province."""
_BEHIND_ITS_DISTRICT = 3
"""How much more that counts where what contains it stands before it: ``Tp. Hòa Bình, Hòa Bình``."""
_NUMBER_ALONE = -4.0
"""A bare number whose parent is not named: many places have this number."""
BEST_OF_BARE_COMMUNE = NAME + _DIRECTLY
"""The most that a commune without a type word can weigh, apart from its parents and “former”."""
_NOTHING_BUT_NUMBERS = -14.0
"""``090 123 45`` is not a ward in a district."""
_CALLED_FORMER = 3.0
_ANOTHER_FORMER = 9.0
"""The same against a place that stands, where a larger one of the name has ended: ``Thái Bình cũ``."""
_IN_FORMER, _IN_FORMER_ASIDE = 1.0, 3.0
"""What is called former is what contains the place: the place itself is of today, above all before brackets."""

BEST_OF_LEVEL = tuple([prominence + _DIRECTLY for prominence in _PROMINENCE])
"""What a place of each level weighs at most in an undated address besides its spelling, its parents and remainders."""
BEST_OF_TIME = _CALLED_FORMER + _IN_FORMER_ASIDE
"""How much more that is at most if a part of the address is called former."""


class Order(NamedTuple):
    """The order of the parents and the smallest place, and which parents are named."""

    has_direct: bool
    has_district: bool
    has_province: bool
    behind: bool
    ahead: bool


class ReadingEvidence:
    """Weighs the evidence about the readings of one address."""

    def __init__(self, places: PlaceTree, words: AddressWords, asked: AddressQuery, day: int) -> None:
        """Weigh the names found so far in the words of an address; ``day`` is its day, or that of undated mentions."""
        self._places = places
        self._words = words
        self._asked = asked
        self._day = day
        self._vintages = Vintages(places, asked, day)

    def of_name(self, entity: int, span: Span) -> Iterator[tuple[str, float]]:
        """Yield the weights of a name by itself, besides its spelling."""
        hit, level = span.hits[entity], self._places.level[entity]
        is_bare = span.word is None and hit.accents not in ("contrast", "lost")
        if is_bare and level < COMMUNE and not hit.named.lesser:
            yield "prominence", self._prominence(entity, level, hit)
        if self._words.accented and hit.accents == "bare":
            yield "accents", _BARE_AMONG_ACCENTED

    def of_time(
        self, entity: int, span: Span, parents: tuple[Parent, ...], remainders: tuple[Remainder, ...]
    ) -> Iterator[tuple[str, float]]:
        """Yield the weights of the place's time compared with the mention's."""
        time = self._vintages.weigh(entity, self._places.level[entity], span, parents)
        if time:
            yield "time", time
        if self._asked.days and span.word and len(self._places.types_of(entity)) > 1:
            yield "type_then", self._vintages.type_then(entity, span.word, span.hits[entity])
        if any(rest.kind == "former" for rest in remainders):
            yield from self._of_former(entity, span, parents, remainders)

    def _of_former(
        self, entity: int, span: Span, parents: tuple[Parent, ...], remainders: tuple[Remainder, ...]
    ) -> Iterator[tuple[str, float]]:
        """Yield the weight of a word for “former”: of the place itself, or of what contains it."""
        sign = 1 if self._places.days[entity][1] <= self._day else -1
        former = {self._words.told_of(rest.number) for rest in remainders if rest.kind == "former"}
        named = (one.span.number for one in parents if one.entity != entity)
        of_parents = {number for number in named if number != span.number} & former
        if former - of_parents:
            ended = any(self._places.days[one][1] <= self._day for one in span.larger)
            yield "former", sign * (_CALLED_FORMER if sign > 0 or not ended else _ANOTHER_FORMER)
        if of_parents:
            aside = not of_parents.isdisjoint(self._words.asides)
            yield "in_former", -sign * (_IN_FORMER_ASIDE if aside else _IN_FORMER)

    def of_parents(
        self, entity: int, span: Span, parents: tuple[Parent, ...], order: Order
    ) -> Iterator[tuple[str, float]]:
        """Yield the weights of the parents named and of their order."""
        hit, level = span.hits[entity], self._places.level[entity]
        if order.has_direct:
            yield "directly", _DIRECTLY
        elif span.word is None and hit.named.key.isdecimal():
            yield "number", _NUMBER_ALONE
        elif level == COMMUNE:
            unsure = bool(hit.edits) and hit.named.vietnamese and not (span.word and span.word.sure)
            yield "skipped", _DISTRICT_SKIPPED + _MISSPELT_THERE * unsure
        in_full = order.has_district and order.has_province
        if span.word is None and level > PROVINCE and not in_full and self._may_be_province(span, parents):
            yield "province", _PROVINCES_NAME * (_BEHIND_ITS_DISTRICT if order.ahead else 1)
        if not self._words.is_just_so(hit) and self._is_another_there(span, hit, level, parents):
            yield "another", _ANOTHER_THERE
        if _is_bare_number(span) and all(_is_bare_number(parent.span) for parent in parents):
            yield "numbers", _NOTHING_BUT_NUMBERS
        if order.behind and order.ahead:
            yield "order", _OUT_OF_ORDER

    def _is_another_there(self, span: Span, hit: Hit, level: int, parents: tuple[Parent, ...]) -> bool:
        """Whether another place of the level has exactly the name as written, and all parents fit it as well.

        Of any level, if no type word tells it and only spaces are wrong: ``AyunH a`` is Ayun Hạ, not Ayun Pa.
        """
        places = self._places
        uppers = [parent.span.hits.keys() for parent in parents if parent.weight > 0]
        if not uppers:
            return False
        latest = self._asked.days[1] if self._asked.days else self._day
        for entity, exact in self._words.so_called(span).items():
            if self._is_better(exact, hit, span, same_level=places.level[entity] == level) and (
                places.days[entity][0] <= latest
            ):
                above = places.above(entity) | places.kin(entity)
                if not any(above.isdisjoint(named) for named in uppers):
                    return True
        return False

    def _is_better(self, exact: Hit, hit: Hit, span: Span, *, same_level: bool) -> bool:
        """Whether a name that is exactly some words, perhaps with other spaces, is meant rather than a similar one."""
        if same_level and self._words.is_just_so(exact):
            return True
        return bool(hit.edits) and span.word is None and exact.quality > hit.quality - _SPACES

    def _may_be_province(self, span: Span, parents: tuple[Parent, ...]) -> bool:
        """Whether some words name a province that existed on the mention's date, or exists today.

        Not if it is the province that other words name by another of its names: ``Thủ Dầu Một, Bình Dương``.
        """
        level, days = self._places.level, self._places.days
        latest = self._asked.days[1] if self._asked.days else self._day
        otherwise = {parent.entity for parent in parents if parent.span.core != span.core}
        return any(level[one] == PROVINCE and days[one][0] <= latest and one not in otherwise for one in span.larger)

    def _prominence(self, entity: int, level: int, hit: Hit) -> float:
        """Return the weight of a bare name for a place: 0 if the place had ended or was renamed before the mention."""
        end = self._places.days[entity][1]
        if hit.named.days[1] <= self._day < end:
            return 0.0
        if self._asked.days and end <= self._asked.days[0]:
            return 0.0
        return _PROMINENCE[level] * (_OF_DOUBTFUL if hit.edits and level <= PROVINCE else 1.0)


def _is_bare_number(span: Span) -> bool:
    """Whether a span is a number without a type word."""
    return span.word is None and span.core.isdecimal()
