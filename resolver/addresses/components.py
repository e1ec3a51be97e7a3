"""What the words of an address may name: runs of words with the matching places, and how well they match.

Each part is looked up once, even if many addresses contain it. Whole parts are looked up first; the runs of words
inside a part are looked up only if the whole parts do not settle the address.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from resolver.addresses.place_names import PlaceName, plain
from resolver.addresses.place_tree import COMMUNE, COUNTRY, DISTRICT, PROVINCE, PlaceTree
from resolver.matching import spelling
from resolver.model import TYPES
from resolver.text import khmer, numerals, terms
from resolver.text.address import DIGIT_INSIDE, Part, part, with_sure_type
from resolver.text.terms import TypeWord

__all__ = [
    "ACCENTS",
    "BEST_QUALITY",
    "LESSER_NAME",
    "MISFITS",
    "MISSPELT_TYPE",
    "SHORTENED",
    "Hit",
    "MatchedPart",
    "Mentioned",
    "PartMatcher",
    "Span",
    "accents_of",
    "levels_of",
    "make_span",
    "names_province",
    "type_weight",
]

_LONGEST_NAME = 6
_CODE = 2
"""Letters of the code of a country."""
_MOST_KEPT = 16_384

# Log-odds.
ACCENTS = {"bare": -0.3, "partial": -1.5, "extra": -2.0, "slip": -2.5, "lost": -3.0, "contrast": -7.0}
_SPACING = {"joined": -0.6, "cut": -4.5, "doubled": -7.0}
"""``doubled``: a small letter glued on is no letter or number of the name's own, ``Móng Cáii`` no Móng Cái I."""
_JOINED_LESSER = -2.0
LESSER_NAME, _WEAK = -2.0, -1.0
_BARE_NUMBER = -1.5
_RESPELT = -0.3
_TYPE = {"": 0.0, "fits": 2.5, "fitted": 1.8, "level": -2.0, "outdated": -10.0}
_STRICT_LEVEL = -5.0
MISFITS = frozenset({"level", "outdated"})
"""How a type word agrees with a place of its level that never had that type."""
BEST_QUALITY = _TYPE["fits"]
"""What the spelling of a name and its type word weigh at most."""
_UNSURE_TYPE = 0.4
MISSPELT_TYPE, _DOUBLED_LETTER = -2.5, -1.5
SHORTENED = "shortened"
"""The agreement of diacritics for a name with words shortened to first letters."""

_ALL_LEVELS = frozenset(range(COMMUNE + 1))
_NO_NAMES: list[PlaceName] = []


class Hit(NamedTuple):
    """How well a name fits some words: the log-odds of its spelling and of the type word."""

    quality: float
    named: PlaceName
    edits: int
    accents: str
    agreement: str

    @property
    def is_doubtful(self) -> bool:
        """Whether a type word is that of another type, or the name with it is not a proper one of the place."""
        return self.agreement in MISFITS or (self.named.lesser and bool(self.agreement))


class Span(NamedTuple):
    """Some words of a part, including the type word, and the places that they may name, by level.

    ``number`` is the number of the part in the address, ``mask`` has a bit for each word of the address.
    """

    number: int
    start: int
    end: int
    mask: int
    core: str
    word: TypeWord | None
    hits: dict[int, Hit]
    communes: tuple[int, ...]
    larger: tuple[int, ...]
    countries: tuple[int, ...]

    def placed(self, number: int, offset: int) -> Span:
        """Return the span moved to the position of its part in an address."""
        return Span(number, self.start, self.end, self.mask << offset, *self[4:])


class Mentioned(NamedTuple):
    """A run of words, from and to, and the places of which it is a name."""

    start: int
    end: int
    places: frozenset[int]


class MatchedPart:
    """A part and what it may name: as a whole, and by runs of its words."""

    def __init__(self, matcher: PartMatcher, one: Part, *, doubled: bool = False) -> None:
        """Look up a part; ``doubled`` says that its type letter may be the first letter of the name, typed twice."""
        whole = tuple(matcher.whole_doubled(one) if doubled else matcher.whole(one))
        if whole and all(span.word for span in whole) and not any(span.word and span.word.sure for span in whole):
            # No name begins with these words, so they are a type word without its diacritics: ``Thi tran Lac Quan``.
            one = with_sure_type(one)
            whole = tuple(matcher.whole(one))
        self.part = one
        self.size = len(one.folds)
        # The kinds of runs of its words that name no place, by start and end: a cache of ``remainder.kind_of``.
        self.kinds: dict[tuple[int, int], str] = {}
        self.whole = whole
        self._namings = matcher

    @cached_property
    def inner(self) -> tuple[Span, ...]:
        """The runs of words that may name places, except the whole part."""
        return tuple(self._namings.inner(self.part, self.whole))

    @cached_property
    def is_province(self) -> bool:
        """Whether it is exactly a province's name: neither misspelt, nor a text with other names in it."""
        return any(map(self._namings.names_province, self.whole))

    @cached_property
    def alike(self) -> object:
        """A key that is equal for parts with the same effect: those that name the same places after a sure type word.

        It is the text itself if some of its words may be read in another way beside a place that it does not name.
        """
        if not any(span.word and span.word.sure for span in self.whole):
            return self.part.text
        spans = [
            (*span[1:6], tuple([(one, hit.quality, hit.named.row, *hit[2:]) for one, hit in span.hits.items()]))
            for span in self.whole
        ]
        return self.part.folds, tuple(spans)

    @cached_property
    def mentioned(self) -> tuple[Mentioned, ...]:
        """The runs of its words that are names of places, even if the type words beside them contradict."""
        return tuple(self._namings.mentioned(self.part))


class PartMatcher:
    """Looks up parts of addresses among the places of an index."""

    def __init__(self, places: PlaceTree) -> None:
        self._places = places
        self.spot = lru_cache(maxsize=_MOST_KEPT)(self._spot)
        self.spot_doubled = lru_cache(maxsize=_MOST_KEPT)(self._spot_doubled)

    def names_province(self, span: Span) -> bool:
        """Whether some words are exactly a province's name: see ``names_province``."""
        return names_province(self._places, span)

    def _spot(self, text: str) -> MatchedPart:
        """Return what a part may name."""
        return MatchedPart(self, part(text))

    def _spot_doubled(self, text: str) -> MatchedPart:
        """Return what a part may name whose first letter is a type word, or the next letter typed twice."""
        return MatchedPart(self, part(text), doubled=True)

    def whole_doubled(self, one: Part) -> Iterator[Span]:
        """Yield the ways in which a whole part is one name: of the type of its first letter, or without this letter.

        Its type is not written then, so that no other type is contradicted: ``PPhú Tân`` may be a xã.
        """
        size = len(one.folds)
        for span in self.whole(one):
            hits = {entity: hit for entity, hit in span.hits.items() if hit.agreement in ("", "fits", "fitted")}
            if hits:
                yield make_span(self._places, span.start, span.end, span.core, span.word, hits)
        for span in self._named(one, 1, size, self._entries(one, 1, size), _DOUBLED_LETTER, typed=False):
            yield make_span(self._places, 0, size, span.core, None, span.hits)

    def whole(self, one: Part) -> Iterator[Span]:
        """Yield the ways in which a whole part, including the type word, is one name."""
        size = len(one.folds)
        starts = [0, *(end for end, words in one.before.items() if words[0].start == 0)]
        ends = [size, *(start for start, word in one.after.items() if word.end == size)]
        named = False
        for start in starts:
            for end in ends:
                entries = self._entries(one, start, end) if start < end else _NO_NAMES
                named = named or bool(entries)
                yield from self._wholly(one, start, end, entries, 0.0)
        if not named:
            # Perhaps a name of Cambodia in another romanisation.
            for start in starts if size else ():
                yield from self._wholly(one, start, size, self._respelt(one, start, size), _RESPELT)

    def _wholly(self, one: Part, start: int, end: int, entries: list[PlaceName], extra: float) -> Iterator[Span]:
        size = len(one.folds)
        return (span for span in self._named(one, start, end, entries, extra) if span.end - span.start == size)

    def inner(self, one: Part, whole: tuple[Span, ...]) -> Iterator[Span]:
        """Yield the runs of words that may be names, with or without a type word, which may be misspelt."""
        size = len(one.folds)
        known = {(span.start, span.end, span.core) for span in whole}
        for start in range(size):
            for end in range(start + 1, min(size, start + _LONGEST_NAME) + 1):
                entries = self._entries(one, start, end)
                for span in self._named(one, start, end, entries, 0.0, slips=True) if entries else ():
                    if (
                        not (span.countries and _is_no_code(one, end))
                        and (span.start, span.end, span.core) not in known
                    ):
                        yield span

    def mentioned(self, one: Part) -> Iterator[Mentioned]:
        """Yield the runs of words that are names of places, even if the type words beside them contradict."""
        size = len(one.folds)
        for start in range(size):
            for end in range(start + 1, min(size, start + _LONGEST_NAME) + 1):
                entries = self._entries(one, start, end)
                if entries:
                    yield Mentioned(start, end, frozenset([named.entity for named in entries]))

    def _entries(self, one: Part, start: int, end: int) -> list[PlaceName]:
        names = self._places.names
        folds = one.folds[start:end]
        if end - start > 1 and folds[0].isdecimal() and folds[1].isdecimal():
            return _NO_NAMES
        entries = names.get("".join(folds), _NO_NAMES)
        if end == start + 1 and start in one.numerals:
            return entries + names.get(one.numerals[start], _NO_NAMES)
        return entries

    def _respelt(self, one: Part, start: int, end: int) -> list[PlaceName]:
        core = one.slice(start, end)
        usual = terms.usual_romanisation(core)
        return _NO_NAMES if usual == core else self._places.names.get("".join(usual.lower().split()), _NO_NAMES)

    def _named(
        self,
        one: Part,
        start: int,
        end: int,
        entries: list[PlaceName],
        extra: float,
        *,
        slips: bool = False,
        typed: bool = True,
    ) -> Iterator[Span]:
        """Yield the spans of some words with their type word, or without one; only without where not ``typed``."""
        if not entries:
            return
        core, fold = one.slice(start, end), " ".join(one.folds[start:end])
        as_spelt = plain(core)
        base = [(named, *self._spelling(core, as_spelt, fold, named)) for named in entries]
        is_typed = False
        for word in one.before.get(start, ()) if typed else ():
            hits = self._hits(base, word.word, extra)
            if hits:
                is_typed = is_typed or word.word.sure
                yield make_span(self._places, word.start, end, core, word.word, hits)
        slip = one.slips.get(start) if slips else None
        if slip and start not in one.before:
            # A word like a type word is one only where the name is of this type: ``Thượng Lâm`` is no phường.
            hits = self._hits(base, slip.word, extra + MISSPELT_TYPE)
            hits = {entity: hit for entity, hit in hits.items() if hit.agreement not in MISFITS}
            if hits:
                yield make_span(self._places, slip.start, end, core, slip.word, hits)
        after = one.after.get(end) if typed else None
        if after:
            hits = self._hits(base, after.word, extra)
            if hits:
                yield make_span(self._places, start, after.end, core, after.word, hits)
        is_number = fold.isdecimal()
        if not is_typed and not (is_number and one.is_in_house_number(start)):
            number = _BARE_NUMBER if is_number else 0.0
            yield make_span(self._places, start, end, core, None, self._hits(base, None, extra + number))

    def _spelling(self, core: str, as_spelt: str, fold: str, named: PlaceName) -> tuple[float, str]:
        """Return the weight of the spelling of a name compared with the words written, and how the accents agree."""
        accents = accents_of(core, as_spelt, named)
        weight = ACCENTS.get(accents, 0.0)
        if fold != named.fold and not khmer.is_khmer(named.fold):
            spacing = spelling.spacing(fold, named.fold)
            if spacing == "joined" and core[-1].islower() and _is_letter_or_number(named.fold):
                spacing = "doubled"
            lesser = named.vietnamese and self._places.level[named.entity] > PROVINCE
            weight += _JOINED_LESSER if spacing == "joined" and lesser else _SPACING.get(spacing, 0.0)
        if named.lesser:
            weight += LESSER_NAME
        if named.weak and not named.fold.isdecimal():
            weight += _WEAK
        return weight, accents

    def _hits(self, base: list[tuple[PlaceName, float, str]], word: TypeWord | None, extra: float) -> dict[int, Hit]:
        hits: dict[int, Hit] = {}
        for named, weight, accents in base:
            entity = named.entity
            agreement = self._places.agrees(entity, word) if word else ""
            if agreement != "contradicts":
                quality = weight + extra + type_weight(agreement, word)
                known = hits.get(entity)
                # Of two spellings that fit equally well, keep the one that was in use longer.
                if known is None or (known.quality, known.named.days[1]) < (quality, named.days[1]):
                    hits[entity] = Hit(quality, named, 0, accents, agreement)
        return hits


def _is_no_code(one: Part, end: int) -> bool:
    """Whether a part begins with two letters that are not in one case, as a code is: ``Vn Đồn`` is not in Viet Nam."""
    written = one.slice(0, 1)
    return end == 1 and len(written) == _CODE and written != written.upper() and written != written.lower()


def names_province(places: PlaceTree, span: Span) -> bool:
    """Whether some words are a province's name as it is written, with its type word or without any."""
    return any(
        not hit.edits
        and hit.accents in ("same", "bare")
        and hit.agreement not in MISFITS
        and places.level[entity] == PROVINCE
        for entity, hit in span.hits.items()
    )


def make_span(places: PlaceTree, start: int, end: int, core: str, word: TypeWord | None, hits: dict[int, Hit]) -> Span:
    """Return a span of a part that is not yet placed in an address."""
    levels = places.level
    communes = tuple([entity for entity in hits if levels[entity] == COMMUNE])
    larger: tuple[int, ...] = ()
    countries: tuple[int, ...] = ()
    if len(communes) < len(hits):
        larger = tuple([entity for entity in hits if PROVINCE <= levels[entity] <= DISTRICT])
        countries = tuple([entity for entity in hits if levels[entity] == COUNTRY])
    mask = ((1 << (end - start)) - 1) << start
    return Span(0, start, end, mask, core, word, hits, communes, larger, countries)


def _is_letter_or_number(fold: str) -> bool:
    """Whether a name ends in a letter or a Roman number by itself."""
    last = fold.rpartition(" ")[2]
    return len(last) == 1 or last in numerals.ROMAN


def levels_of(word: TypeWord | None) -> frozenset[int]:
    """Return the levels that a type word may mean; all levels if there is none."""
    if word is None:
        return _ALL_LEVELS
    return frozenset(TYPES.index(type_) for type_, _ in word.meanings if type_ in TYPES)


def type_weight(agreement: str, word: TypeWord | None, *, misspelt: bool = False) -> float:
    """Return the weight of a type word: less if its diacritics are missing or the name after it is misspelt."""
    weight = _STRICT_LEVEL if word and word.strict and agreement == "level" else _TYPE[agreement]
    unsure = misspelt or word is None or not word.sure
    return weight * _UNSURE_TYPE if unsure and agreement != "outdated" else weight


def accents_of(core: str, as_spelt: str, named: PlaceName) -> str:
    """Return how the diacritics of some words, plain ``as_spelt``, agree with those of a name."""
    if as_spelt == named.plain:
        return "same"
    if core.isascii():
        return "same" if named.text.isascii() or not named.vietnamese else "bare"
    accents = spelling.accents(core, named.text, named.vietnamese, exact=True)
    # A word that cannot be a Vietnamese syllable is a typing error, not another name.
    if accents == "words" and DIGIT_INSIDE.search(core):
        return "slip"
    return "slip" if accents == "contrast" and named.vietnamese and not spelling.good(core) else accents
