"""What the words of an address may name: runs of words with the matching places, and how well they match.

Each part is looked up once, even if many addresses contain it. Whole parts are looked up first; the runs of words
inside a part are looked up only if the whole parts do not settle the address.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count, product
from typing import NamedTuple

from resolver.addresses.matched_parts import MISFITS, Hit, MatchedPart, Mentioned, Span
from resolver.addresses.place_names import PlaceName, plain
from resolver.addresses.place_tree import COMMUNE, COUNTRY, DISTRICT, PROVINCE, PlaceTree
from resolver.matching import spelling
from resolver.model import TYPES
from resolver.text import khmer, numerals, terms
from resolver.text.address import DIGIT_INSIDE, Part, part
from resolver.text.localities import has_number, nouns
from resolver.text.terms import TypeWord

__all__ = [
    "ACCENTS",
    "BEST_QUALITY",
    "LESSER_NAME",
    "MISSPELT_TYPE",
    "SHORTENED",
    "PartMatcher",
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
BEST_QUALITY = _TYPE["fits"]
"""What the spelling of a name and its type word weigh at most."""
_UNSURE_TYPE = 0.4
MISSPELT_TYPE, _DOUBLED_LETTER = -2.5, -1.5
SHORTENED = "shortened"
"""The agreement of diacritics for a name with words shortened to first letters."""

_ALL_LEVELS = frozenset(range(COMMUNE + 1))

_LETTERS = 2
"""Most letters of an abbreviated type word."""


class Fit(NamedTuple):
    """The places that some words may name: how well each fits, and by level. All spans of the same words share it."""

    hits: dict[int, Hit]
    communes: tuple[int, ...]
    larger: tuple[int, ...]
    countries: tuple[int, ...]


class PartMatcher:
    """Looks up parts of addresses among the places of an index."""

    def __init__(self, places: PlaceTree) -> None:
        self._places = places
        self.spot = lru_cache(maxsize=_MOST_KEPT)(self._spot)
        self.spot_doubled = lru_cache(maxsize=_MOST_KEPT)(self._spot_doubled)
        self._fits = lru_cache(maxsize=_MOST_KEPT)(self._fit)
        self._spellings = lru_cache(maxsize=_MOST_KEPT)(self._spellings_of)
        # No number is used twice: after its part is forgotten it stands for nothing.
        self._unused = count()
        self._number_of = lru_cache(maxsize=4 * _MOST_KEPT)(lambda _effect: next(self._unused))

    def number_of(self, effect: object) -> int:
        """Return a number that stands for the effect of a part."""
        return self._number_of(effect)

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
            hits = {entity: hit for entity, hit in span.hits.items() if hit.agreement not in MISFITS}
            if hits:
                yield make_span(self._places, span.start, span.end, span.core, span.word, hits)
        for span in self._named(one, 1, size, self._known(one, 1, size), _DOUBLED_LETTER, typed=False):
            yield make_span(self._places, 0, size, span.core, None, span.hits)

    def whole(self, one: Part) -> Iterator[Span]:
        """Yield the ways in which a whole part, including the type word, is one name."""
        size = len(one.folds)
        starts = [0, *(end for end, words in one.before.items() if words[0].start == 0)]
        ends = [size, *(start for start, word in one.after.items() if word.end == size)]
        named = False
        for start in starts:
            for end in ends:
                found = self._known(one, start, end) if start < end else ()
                named = named or bool(found)
                yield from self._wholly(one, start, end, found, 0.0)
        if not named:
            # Perhaps a name of Cambodia in another romanisation.
            for start, end in product(starts, ends):
                if start < end:
                    yield from self._wholly(one, start, end, self._respelt(one, start, end), _RESPELT)

    def _wholly(self, one: Part, start: int, end: int, found: tuple[str, ...], extra: float) -> Iterator[Span]:
        size = len(one.folds)
        return (span for span in self._named(one, start, end, found, extra) if span.end - span.start == size)

    def inner(self, one: Part, whole: tuple[Span, ...]) -> Iterator[Span]:
        """Yield the runs of words that may be names, with or without a type word, which may be misspelt."""
        size = len(one.folds)
        known = {(span.start, span.end, span.core) for span in whole}
        for start in range(size):
            for end in range(start + 1, min(size, start + _LONGEST_NAME) + 1):
                found = self._known(one, start, end)
                for span in self._named(one, start, end, found, 0.0, slips=True) if found else ():
                    is_known = (span.start, span.end, span.core) in known
                    if not is_known and not (span.countries and _is_no_code(one, end)):
                        yield span

    def mentioned(self, one: Part) -> Iterator[Mentioned]:
        """Yield the runs of words that are names of places, even if the type words beside them contradict."""
        size = len(one.folds)
        for start in range(size):
            for end in range(start + 1, min(size, start + _LONGEST_NAME) + 1):
                found = self._known(one, start, end)
                if found:
                    yield Mentioned(start, end, frozenset([named.entity for named in self._entries(found)]))

    def _of_the_type(self, fit: Fit) -> Fit:
        """Return only the places that have or had the type written.

        A misspelt type word, or the letters of a rare one, may as well begin a misspelt name: ``Đk Krong``.
        """
        if all(hit.agreement not in MISFITS for hit in fit.hits.values()):
            return fit
        return _by_level(self._places, {one: hit for one, hit in fit.hits.items() if hit.agreement not in MISFITS})

    def _known(self, one: Part, start: int, end: int) -> tuple[str, ...]:
        """Return the keys of some words that are keys of names; a Roman number has two."""
        names, folds = self._places.names, one.folds[start:end]
        if end - start > 1 and folds[0].isdecimal() and folds[1].isdecimal():
            return ()
        key = "".join(folds)
        found = (key,) if key in names else ()
        if end == start + 1 and start in one.numerals and one.numerals[start] in names:
            return (*found, one.numerals[start])
        return found

    def _entries(self, found: tuple[str, ...]) -> Sequence[PlaceName]:
        """Return the names with some keys."""
        names = self._places.names
        return names[found[0]] if len(found) == 1 else [named for key in found for named in names[key]]

    def _respelt(self, one: Part, start: int, end: int) -> tuple[str, ...]:
        core = one.slice(start, end)
        usual = terms.usual_romanisation(core)
        key = "" if usual == core else "".join(usual.lower().split())
        return (key,) if key in self._places.names else ()

    def _named(
        self,
        one: Part,
        start: int,
        end: int,
        found: tuple[str, ...],
        extra: float,
        *,
        slips: bool = False,
        typed: bool = True,
    ) -> Iterator[Span]:
        """Yield the spans of some words with their type word, or without one; ``found`` are the keys of their names.

        Only without one where not ``typed``.
        """
        if not found:
            return
        core, fold = one.slice(start, end), " ".join(one.folds[start:end])
        is_typed = False
        for word in one.before.get(start, ()) if typed else ():
            fit = self._fits(core, fold, found, word.word, extra)
            if word.word.strict and len(word.word.word) <= _LETTERS:
                fit = self._of_the_type(fit)
            if fit.hits:
                is_typed = is_typed or word.word.sure
                yield _span(word.start, end, core, word.word, fit)
        slip = one.slips.get(start) if slips else None
        if slip and start not in one.before:
            # A word like a type word is one only where the name is of this type: ``Thượng Lâm`` is no phường.
            fit = self._fits(core, fold, found, slip.word, extra + MISSPELT_TYPE)
            fit = self._of_the_type(fit)
            if fit.hits:
                yield _span(slip.start, end, core, slip.word, fit)
        after = one.after.get(end) if typed else None
        if after:
            fit = self._fits(core, fold, found, after.word, extra)
            if fit.hits:
                yield _span(start, after.end, core, after.word, fit)
        is_number = fold.isdecimal()
        if not is_typed and not (is_number and (one.is_in_house_number(start) or has_number(one, 0, end))):
            number = _BARE_NUMBER if is_number else 0.0
            fit = self._fits(core, fold, found, None, extra + number)
            if fit.hits:
                yield _span(start, end, core, None, fit)

    def _fit(self, core: str, fold: str, found: tuple[str, ...], word: TypeWord | None, extra: float) -> Fit:
        """Return how well the names with some keys fit some words after a type word."""
        return _by_level(self._places, self._hits(self._spellings(core, fold, found), word, extra))

    def _spellings_of(self, core: str, fold: str, found: tuple[str, ...]) -> list[tuple[PlaceName, float, str]]:
        """Return the names with some keys, with the weight of their spelling and how the accents agree."""
        as_spelt, entries = plain(core), self._entries(found)
        if fold in nouns():
            entries = [named for named in entries if named.fold == fold]
        return [(named, *self._spelling(core, as_spelt, fold, named)) for named in entries]

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
    return _span(start, end, core, word, _by_level(places, hits))


def _span(start: int, end: int, core: str, word: TypeWord | None, fit: Fit) -> Span:
    return Span(0, start, end, ((1 << (end - start)) - 1) << start, core, word, *fit)


def _by_level(places: PlaceTree, hits: dict[int, Hit]) -> Fit:
    """Return places that some words may name, by level."""
    levels = places.level
    communes = tuple([entity for entity in hits if levels[entity] == COMMUNE])
    if len(communes) == len(hits):
        return Fit(hits, communes, (), ())
    larger = tuple([entity for entity in hits if PROVINCE <= levels[entity] <= DISTRICT])
    return Fit(hits, communes, larger, tuple([entity for entity in hits if levels[entity] == COUNTRY]))


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
