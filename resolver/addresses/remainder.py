"""The remainder of an address: words that name no place in a reading, what they look like, and their weight.

A house before the smallest place is normal. A unit that is not found there, or a province that never contained the
place, counts against the whole reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from resolver.addresses.components import levels_of
from resolver.addresses.lone_types import commune_type_at_end, is_of_commune_beside, is_type_word
from resolver.addresses.matched_parts import MatchedPart, Span, runs_of
from resolver.addresses.place_tree import COMMUNE, COUNTRY, DISTRICT, PROVINCE, PlaceTree
from resolver.addresses.rest_beside import ends_in, is_cut_off, is_numbered_street, runs_on, weight_of_neighbour
from resolver.addresses.rest_kinds import MARKED, is_almost_there, kind_of, names_commune
from resolver.addresses.run_on_names import must_name_commune
from resolver.text.address import Part
from resolver.text.localities import is_only_mark

__all__ = [
    "MARKED",
    "OPEN",
    "PLACE_BEHIND",
    "WEIGHTS",
    "Remainder",
    "Remainders",
]

OPEN = -2.5
"""A remainder with a lower weight is searched for misspellings."""

_ENDING_IN_TYPE = frozenset({"house", "street", "hamlet"})
"""Kinds of words behind which the type word of a commune stands for its name."""

_UNSURE = frozenset({*MARKED, "words", "estate"})
"""Kinds of words that may be a misspelt name."""

_BARE_AFTER_WORDS = -9.5
"""Words that may be the smallest place, before a bare name whose direct parent is not named."""
_OUTDATED_BESIDE = -6.0
"""A type word left out before a name, and not that of the place."""
_ANYWHERE = -1
_LONG = 6
"""Least words, without numbers, of a house, street or hamlet that name more than that."""
_ANOTHER_NUMBER, _LONGEST_NUMBER = -25.0, 2
"""A name with a number is another name: ``Hải Châu 3`` is not Hải Châu."""


class _Weights(NamedTuple):
    """Log-odds of a remainder: below a commune, below a larger place, or between or above places."""

    below_commune: float
    below_other: float
    elsewhere: float


WEIGHTS = {
    "house": _Weights(-0.1, -0.5, -3.0),
    "street": _Weights(-0.1, -0.5, -3.0),
    "hamlet": _Weights(-0.1, -0.5, -3.0),
    "institution": _Weights(-0.3, -0.7, -4.0),
    "former": _Weights(0.0, 0.0, 0.0),
    "number": _Weights(-0.2, -2.0, -1.0),
    "type": _Weights(-3.0, -4.0, -3.0),
    "words": _Weights(-0.7, -3.0, -10.0),
    "near": _Weights(-4.0, -14.0, -10.0),
    "estate": _Weights(-0.7, -3.0, -12.0),
    "unit": _Weights(-8.0, -16.0, -12.0),
    "province": _Weights(-3.0, -14.0, -14.0),
    "place": _Weights(-0.7, -14.0, -14.0),
    "abroad": _Weights(-0.7, -3.0, -14.0),
    "region": _Weights(-0.7, -3.0, -0.3),
}
PLACE_BEHIND = WEIGHTS["place"].elsewhere
"""Log-odds of the name of a place after the smallest place that is not a parent of it."""
_FITTING = ("fits", "fitted", "level")
_NEAR_IN_PROVINCE = -10.5
"""In a whole province some place resembles almost any words: they make a reading doubtful, but do not exclude it."""
_PART_OF_COUNTRY = -12.0
"""A part of a country is not the country: northern Vietnam."""
_AROUND = {"province": -12.0, "place": -12.0, "abroad": -14.0, "unit": -6.0, "words": -3.0}
"""Log-odds of words in a parent's column that name no parent."""
_ONLY_AROUND = -8.0
"""The further weight of words that were not understood there, if a bare name or number has no parent: Takeo in Saga."""


class Remainder(NamedTuple):
    """Some words that name no place in a reading, their kind, and their weight.

    ``around`` says that they are in the column of a parent.
    """

    number: int
    start: int
    end: int
    kind: str
    weight: float
    text: str
    around: bool = False


def _weight_around(kind: str, span: Span, covered: int) -> float:
    """Return the weight of words of a kind in a parent's column beside the smallest place, which ``span`` names."""
    lonely = covered == span.mask and (span.word is None or span.core.isdecimal())
    return _AROUND.get(kind, 0.0) + (_ONLY_AROUND if kind in ("words", "unit") and lonely else 0.0)


class Remainders:
    """The remainders of the readings of one address."""

    def __init__(
        self, places: PlaceTree, spotted: list[MatchedPart], offsets: list[int], around: int, *, accented: bool
    ) -> None:
        """Score the remaining words of some parts; those from number ``around`` on are in columns of parents.

        ``accented`` says that the address is written with diacritics.
        """
        self._accented = accented
        self._places = places
        self._around = around
        self._spotted = spotted
        self._offsets = offsets
        self._unused: dict[int, tuple[Remainder, ...]] = {}
        self._below: dict[int, tuple[Remainder, ...]] = {}

    def weigh(
        self, entity: int, span: Span, covered: int, *, descending: bool, complete: bool, has_province: bool
    ) -> tuple[Remainder, ...]:
        """Return the words that are not ``covered``, scored relative to the smallest place, which ``span`` names.

        ``descending`` says that the largest place comes first; ``complete`` that a type word or the district makes it
        certain that the smallest place is a commune.
        """
        rests: list[Remainder] = []
        level = self._places.level[entity]
        first, last = covered & -covered, 1 << covered.bit_length()
        for number, spotted in enumerate(self._spotted):
            offset = self._offsets[number]
            taken = covered >> offset & spotted.everything
            if taken == spotted.everything:
                continue
            if not taken and number < self._around:
                # No word of the part is near the smallest place: all are on the same side of it.
                bit = 1 << offset
                below = bit >= last if descending else bit < first or bit < span.mask & -span.mask
                plain = level == COMMUNE and not _may_be_larger(span)
                whole = self._behind(number) if not below else self._ahead(number) if plain else None
                if whole is not None:
                    rests += whole
                    continue
            one = spotted.part
            for start, end in _parted_runs(spotted, taken):
                bit = 1 << (offset + start)
                below = bit >= last if descending else bit < first or bit < span.mask & -span.mask
                kind = kind_of(self._places, spotted, start, end)
                if below and descending and not has_province and kind == "words":
                    below = not self._may_be_province(spotted.part.folds[start:end])
                if number >= self._around:
                    weight = _weight_around(kind, span, covered)
                    rests.append(Remainder(number, start, end, kind, weight, one.slice(start, end), around=True))
                    continue
                if self._is_unit_beside(number, start, end, kind, entity, span):
                    kind, below = "unit", True
                elif kind == "type" and number != span.number and is_of_commune_beside(one, start, end, taken):
                    kind = "unit"
                elif below:
                    kind = self._kind_below(number, start, end, kind, entity, span, has_province=has_province)
                weights = WEIGHTS[kind]
                weight = weights[level != COMMUNE] if below else weights.elsewhere
                weight = _NEAR_IN_PROVINCE if kind == "near" and level == PROVINCE else weight
                weight = _PART_OF_COUNTRY if kind == "region" and level == COUNTRY else weight
                is_open = below and number != span.number and _may_be_district(span)
                if kind == "unit" and is_open and _is_commune(one, start, end):
                    # A unit before a bare name says that this is a larger one: Phường Bến Mới, Hoàn Kiếm.
                    weight = weights.below_other
                ahead_of_bare = below and not complete and level == COMMUNE
                cut_off = number == span.number and is_cut_off(one, start, end, span, self._places.names)
                weight += _BARE_AFTER_WORDS * (kind == "words" and (ahead_of_bare or cut_off))
                if number == span.number and kind != "former" and runs_on(one, span, start, end):
                    weight += self._weight_beside(one, kind, (start, end), entity, span, complete=complete)
                rests.append(Remainder(number, start, end, kind, weight, one.slice(start, end)))
        return tuple(rests)

    def weight_behind(self, covered: int, span: Span) -> float:
        """Return the weight of the parts behind a name of which no word is used; what remains weighs less still."""
        return sum(
            [
                rest.weight
                for number in range(span.number + 1, self._around)
                if not covered >> self._offsets[number] & self._spotted[number].everything
                for rest in self._behind(number)
            ]
        )

    def _behind(self, number: int) -> tuple[Remainder, ...]:
        """Return the words of a part of which none is used and that is not below the smallest place."""
        known = self._unused.get(number)
        if known is None:
            spotted = self._spotted[number]
            kinds = [(start, end, kind_of(self._places, spotted, start, end)) for start, end in spotted.runs]
            known = self._unused[number] = tuple(
                [
                    Remainder(number, start, end, kind, WEIGHTS[kind].elsewhere, spotted.part.slice(start, end))
                    for start, end, kind in kinds
                ]
            )
        return known

    def _ahead(self, number: int) -> tuple[Remainder, ...] | None:
        """Return the words of a house, street or the like below a commune; None for any other part."""
        known = self._below.get(number)
        if known is None:
            spotted = self._spotted[number]
            if spotted.head is None or not spotted.head.kind or len(spotted.runs) > 1:
                return None
            kind, text = spotted.head.kind, spotted.part.slice(0, spotted.size)
            rest = Remainder(number, 0, spotted.size, kind, WEIGHTS[kind].below_commune, text)
            known = self._below[number] = (rest,)
        return known

    def _weight_beside(
        self, one: Part, kind: str, words: tuple[int, int], entity: int, span: Span, *, complete: bool
    ) -> float:
        """Return the further weight of words that are directly next to the name of the smallest place."""
        start, end = words
        weight = weight_of_neighbour(one, kind, start, end, span)
        if kind == "type" and self._is_outdated(one, start, end, entity):
            weight += _OUTDATED_BESIDE
        if start == span.end and len(one.folds[start]) <= _LONGEST_NUMBER:
            numbered = "".join(one.folds[at] for at in range(span.end - len(span.core.split()), start + 1))
            if kind == "number" or (one.folds[start].isdecimal() and numbered in self._places.names):
                weight += _ANOTHER_NUMBER
        # A bare number after the word for an alley is the alley's number.
        doubtful = kind in MARKED and (not complete or span.core.isdecimal())
        is_end = (doubtful or ends_in(one, kind, start, end, span)) and not one.folds[end - 1].isdecimal()
        return weight + _BARE_AFTER_WORDS * (is_end or is_numbered_street(one, kind, end, span))

    def _is_outdated(self, one: Part, start: int, end: int, entity: int) -> bool:
        """Whether some words are a type word that had been abolished when a place was formed."""
        words = [
            typed.word for group in one.before.values() for typed in group if (typed.start, typed.end) == (start, end)
        ]
        return bool(words) and all(self._places.agrees(entity, word) == "outdated" for word in words)

    def _kind_below(
        self, number: int, start: int, end: int, kind: str, entity: int, span: Span, *, has_province: bool
    ) -> str:
        """Return the kind of words before the smallest place, in view of what that is."""
        if kind in ("place", "province"):
            kind = self._street_or_place(number, kind, entity, has_province=has_province)
        if self._places.level[entity] < COMMUNE:
            near = self._may_be_near(number, start, end, kind, entity, span)
        else:
            near = _may_be_larger(span) and self._may_be_in_larger(number, start, end, kind, span)
            if kind in MARKED and span.word is None and must_name_commune(self._spotted[number].part, start, end):
                return "unit"
        if near:
            return "near"
        ends_apart = kind in _ENDING_IN_TYPE and not self._agrees(entity, self._spotted[number].part, start, end)
        return "unit" if ends_apart else kind

    def _is_unit_beside(self, number: int, start: int, end: int, kind: str, entity: int, span: Span) -> bool:
        """Whether words with the name beside them are a unit that is not known: sangkat X beside krong X.

        That is a type word of units in the smallest place before the name of a parent; or before the name of the
        smallest place itself, if another part names that with its type, or if that is no commune and the type word
        beside it, before or behind, is one of communes.
        """
        if kind != "type":
            return False
        one, level = self._spotted[number].part, self._places.level[entity]
        typed = [typed for group in one.before.values() for typed in group]
        if number == span.number and not self._is_named_beside(number, entity):
            typed += one.after.values()
            words = [typed.word for typed in typed if (typed.start, typed.end) == (start, end) and typed.word.sure]
            beside = level in (PROVINCE, DISTRICT) and (end == span.start or start == span.end)
            return beside and any(levels_of(word) == {COMMUNE} for word in words)
        words = [typed.word for typed in typed if (typed.start, typed.end) == (start, end)]
        return any(word.sure and min(levels_of(word)) > level for word in words) and end - start < len(one.folds)

    def _is_named_beside(self, number: int, entity: int) -> bool:
        """Whether a part other than one names a place with a type word that fits."""
        spans = (span for other, spotted in enumerate(self._spotted) if other != number for span in spotted.whole)
        return any(span.word and entity in span.hits and span.hits[entity].agreement in _FITTING for span in spans)

    def _street_or_place(self, number: int, kind: str, entity: int, *, has_province: bool) -> str:
        """Return the kind of a name before the smallest place: streets and hamlets are named after places as well.

        A name that only another country has is a contradiction.
        """
        spans, countries = self._spotted[number].whole, self._places.country
        if any(span.word and span.word.sure for span in spans) or all(span.word for span in spans):
            return "unit"
        if all(countries[one] != countries[entity] for span in spans for one in span.hits):
            return kind
        return "province" if kind == "province" and not has_province else "words"

    def _may_be_near(self, number: int, start: int, end: int, kind: str, entity: int, span: Span) -> bool:
        """Whether words before a place larger than a commune may be a misspelt name in it.

        Words for a house, street, hamlet or institution only if they are one letter off such a name: ``bản HoJn`` is no
        hamlet where a commune is called Bản Hon, and ``Đồn Sơn`` no post where one is called Đồng Sơn.
        """
        spotted = self._spotted[number]
        if end - start == spotted.size and is_type_word(spotted.part):
            return False
        words = [fold for fold in spotted.part.folds[start:end] if not fold.isdecimal()]
        if self._places.level[entity] == COUNTRY and kind in _ENDING_IN_TYPE and len(words) >= _LONG:
            # A house or hamlet alone lies in a country; so many words name more, which was not understood.
            return True
        if kind in MARKED and names_commune(self._places, spotted.part, start, end, span.larger):
            return True
        if kind in ("words", "estate") and (
            number == span.number or self._may_be_part(number, start, end, entity, span)
        ):
            return True
        return self._is_almost(number, start, end, kind, span)

    def _may_be_in_larger(self, number: int, start: int, end: int, kind: str, span: Span) -> bool:
        """Whether words before a commune's bare name may name a commune in a larger place of that name."""
        one = self._spotted[number].part
        if kind in MARKED and names_commune(self._places, one, start, end, span.larger):
            return True
        return number != span.number and self._is_almost(number, start, end, kind, span)

    def _may_be_province(self, folds: tuple[str, ...]) -> bool:
        """Whether words behind a place may be the misspelt name of the province, so that the smallest is not first."""
        return bool(self._places.near_names("".join(folds), _ANYWHERE, PROVINCE, with_type=False))

    def _is_almost(self, number: int, start: int, end: int, kind: str, span: Span) -> bool:
        """Whether words are one letter off the name of a place in a larger one that a name may mean."""
        one = self._spotted[number].part
        unsure = kind in _UNSURE and not is_only_mark(one, start, end)
        return unsure and is_almost_there(self._places, one, start, end, span.larger)

    def _agrees(self, entity: int, one: Part, start: int, end: int) -> bool:
        """Whether a hamlet or the like does not end in the type word of a commune that is left out, or it fits."""
        word = commune_type_at_end(one, start, end)
        return word is None or self._places.agrees(entity, word) in ("fits", "fitted")

    def _may_be_part(self, number: int, start: int, end: int, entity: int, span: Span) -> bool:
        """Whether words before a place larger than a commune may be a misspelt place in it.

        Or in another place that its words may name: ``Bắc Giang`` is a province and a city. For a whole country this
        cannot be decided.
        """
        one, places = self._spotted[number].part, self._places
        if places.level[entity] == COUNTRY:
            return True
        text, folds = one.slice(start, end), one.folds[start:end]
        return any(places.resembles(text, folds, other, accented=self._accented) for other in span.larger)


def _may_be_larger(span: Span) -> bool:
    """Whether a name that is read as a commune's may as well be that of a larger place."""
    return span.word is None and bool(span.larger)


def _may_be_district(span: Span) -> bool:
    """Whether a name is bare, or has a word for towns of two levels and a larger place has it: ``Tịnh Biên Town``."""
    return span.word is None or (bool(span.larger) and DISTRICT in levels_of(span.word))


def _is_commune(one: Part, start: int, end: int) -> bool:
    """Whether words begin with the type word of a commune, or end in one: ``Bến Mới Ward``."""
    ahead = [typed for group in one.before.values() for typed in group if typed.start == start]
    behind = [typed for typed in one.after.values() if typed.end == end]
    return any(COMMUNE in levels_of(typed.word) for typed in (*ahead, *behind))


def _parted_runs(spotted: MatchedPart, taken: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of words that are not taken, cut where a unit is named."""
    if not taken:
        yield from spotted.runs
        return
    for start, end in _runs(taken, spotted.size):
        yield from runs_of(spotted.part, start, end)


def _runs(taken: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of words that are not used yet."""
    start = 0
    while start < size:
        if taken >> start & 1:
            start += 1
            continue
        end = start
        while end < size and not taken >> end & 1:
            end += 1
        yield start, end
        start = end
