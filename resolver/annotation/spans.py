"""Spans of a text that may be a name, made from the spots found in it.

A name includes its type word (province d'An Giang, Ha Tien City). An office or body includes all its words (Deputy
Director of Kien Giang Provincial Police). After a title the capitalised words may be a name. Nothing is decided here:
spans overlap, and most of them mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from resolver.annotation.folding import UPPER, Folded
from resolver.annotation.growing import Bodies
from resolver.annotation.patterns import (
    BODY,
    DEMONYM,
    NAME,
    OFFICE,
    ORGANISATION,
    PERSON,
    PLACE,
    ROLE,
    TITLE,
    TYPE,
    WEAK,
)
from resolver.annotation.spotting import Spot
from resolver.model import PLACE_TYPES, TYPES, EntityType
from resolver.text import keys, khmer, persons, terms
from resolver.text.name_words import is_borne
from resolver.text.words import rows

__all__ = ["Span", "grown", "is_abbreviated", "titles_before", "types_of"]

_CAPITALISED = re.compile(rf"(?:[{UPPER}][^\W\d_]*(?:['’-][^\W\d_]+)*|[A-Z]\.)")
_GAP = re.compile(r"[ \n]|-(?=[^\W\d_])")
_LONGEST_RUN = 5
_LONGEST_SHORT_TYPE = 3
_SHORTEST_NAME, _LONGEST_NAME = 2, 4
_FARTHEST = 80
_RUN = re.compile(rf"(?:(?<![^\s(\"“«'’])[{UPPER}][^\W\d_]*[ -]){{1,3}}$")
_PARTED = re.compile(r"[,;:()\"\n]|\.\s*\w+\s")
_LINK = re.compile(r"\.? ?(?:(?:of|de la|de|du) |d['’])?")
_NUMBER = re.compile(r"\d{1,2}(?![\d./])")
_TITLE_GAP = re.compile(r"\.?,? |\.|")
_NAME_GAP = re.compile(r" |-(?=[^\W\d_])")
_FOLLOWING = re.compile(r"(?:['’]s)? ([^\W\d_]+)")
_LETTERS = re.compile(r"[^\W\d_]+")
_BEFORE = 30
_RUN_BEFORE = re.compile(
    rf"(?<![^\W\d_])((?:[{UPPER}][^\W\d_]* ){{1,4}}[{UPPER}][^\W\d_]*)(?:, | [-–—] )(?:(?:the|le|la) )?$"
)
_LETTER_TYPE = re.compile(r"(?<!\w)[HQPXT]\. ?$")
_SEVERAL = re.compile(r"(?:^| )(?:cac|nhung|\d{1,2}|hai|ba|bon|nam|sau|bay|tam|chin|muoi) $")
"""Words before the type word of several places: các tỉnh Kép, Kampot."""
_COMPOUND = re.compile(r"(?<![a-z])(?:nha|dat) nuoc ")
"""A word that ends like a type word: Nhà nước Campuchia."""


class Span(NamedTuple):
    """A span of the plain form that may be a name.

    ``kind`` is what it may be, ``types`` the types of entities that it may mean. ``query`` is the text to be resolved;
    for a person it has the titles too. ``bare`` says that no word beside the name announces it, ``weak`` that the name
    could mean many things, ``announced`` that a person is beside a title or an office.
    """

    start: int
    end: int
    kind: str
    query: str
    types: tuple[EntityType, ...] = ()
    bare: bool = False
    weak: bool = False
    announced: bool = False
    titles: tuple[int, int] = (0, 0)


def grown(folded: Folded, found: Sequence[Spot], bodies: Bodies) -> list[Span]:
    """Return the spans of a text that may be names of places, people, offices and bodies."""
    spans = dict.fromkeys((*_names(folded, found), *_typed(folded, found)))
    spans.update(dict.fromkeys(_bodies(folded, found, bodies)))
    known = {spot.start for spot in found if spot.found & PERSON}
    spans.update(dict.fromkeys(_people(folded, found, bodies, known)))
    offices = [span for span in spans if span.kind == "office"]
    spans.update(dict.fromkeys(_before_offices(folded, offices, bodies, known)))
    return list(spans)


def _names(folded: Folded, found: Sequence[Spot]) -> Iterator[Span]:
    """Yield the names alone, and places with the type words beside them."""
    plain = folded.plain
    ends = {spot.end for spot in found if spot.found & PLACE and not spot.found & DEMONYM}
    for spot in found:
        if not spot.found & NAME or spot.found & DEMONYM:
            continue
        if spot.found & PLACE:
            start, end = _type_before(folded, spot.start, ends), _type_behind(folded, spot.end)
            for first, last in {(start, end), (start, spot.end), (spot.start, end)} - {(spot.start, spot.end)}:
                yield Span(first, last, "place", plain[first:last], PLACE_TYPES)
        types = types_of(spot.found)
        if types != ("person",) and _stands_alone(plain, spot):
            query = plain[spot.start : spot.end]
            yield Span(spot.start, spot.end, "name", query, types, bare=True, weak=bool(spot.found & WEAK))


@cache
def types_of(found: int) -> tuple[EntityType, ...]:
    """Return the types of entities whose name a spot can be."""
    return tuple(type_ for number, type_ in enumerate(TYPES) if found & 1 << number)


def _stands_alone(plain: str, spot: Spot) -> bool:
    """Whether a name may stand alone: in lower case only if it has several words."""
    return not plain[spot.start].islower() or (not spot.found & PLACE and " " in plain[spot.start : spot.end])


def _type_before(folded: Folded, start: int, ends: Container[int]) -> int:
    """Return the start of the type word before a name, or else of the name."""
    letter = _LETTER_TYPE.search(folded.plain, max(0, start - 3), start)
    if letter:
        return letter.start()
    head = folded.folded[max(0, start - _BEFORE) : start]
    found = _leading_types().search(head)
    first = start - len(head) + found.start("word") if found else start
    if not found or (first - 1 in ends and _trailing_types().match(folded.folded, first - 1)):
        return start  # Rach Gia city of Kien Giang
    return start if _is_apart(folded, first, start, found["word"].strip()) else first


def _is_apart(folded: Folded, first: int, start: int, word: str) -> bool:
    """Whether a type word before a name does not belong to it: a plural, part of a compound, or in another sentence."""
    if _SEVERAL.search(folded.folded, max(0, first - 12), first) or _COMPOUND.match(folded.folded, max(0, first - 4)):
        return True
    if _PARTED.search(folded.plain, first, start):
        return True
    return "." in folded.plain[first:start] and len(word) > _LONGEST_SHORT_TYPE


def _type_behind(folded: Folded, end: int) -> int:
    """Return the end of the type word after a name, or else of the name."""
    found = _trailing_types().match(folded.folded, end)
    return found.end() if found and folded.plain[end] in " -" else end


@cache
def _leading_types() -> re.Pattern[str]:
    latin = "|".join(sorted((one for one in _folded_types() if len(one) > 1), key=len, reverse=True))
    native = "|".join(sorted(filter(khmer.is_khmer, terms.type_phrases()), key=len, reverse=True))
    links = "(?: (?:of the|of|de la|de l|de|du|d))?"
    return re.compile(rf"(?P<word>(?<![a-z0-9])(?:{latin}){links} {{1,2}}|(?<!\u17d2)(?:{native}) ?)$")


@cache
def _folded_types() -> frozenset[str]:
    return frozenset(phrase for phrase in terms.type_phrases() if phrase.isascii())


@cache
def _trailing_types() -> re.Pattern[str]:
    after = [p for p in _folded_types() if len(p) > 2 and (word := terms.type_word(p)) and word.after]
    return re.compile(rf" (?:{'|'.join(sorted(after, key=len, reverse=True))})(?![a-z0-9])")


def _typed(folded: Folded, found: Sequence[Spot]) -> Iterator[Span]:
    """Yield the capitalised words after or before a type word that are not a known name."""
    plain = folded.plain
    begun = {spot.start for spot in found if spot.found & PLACE}
    for spot in found:
        if not spot.found & TYPE:
            continue
        if khmer.is_khmer(plain[spot.start]):
            continue
        behind = _LINK.match(plain, spot.end)
        if plain.startswith(".", spot.end) and spot.end - spot.start > _LONGEST_SHORT_TYPE:
            behind = None  # the end of a sentence
        at = behind.end() if behind else spot.end
        number = _NUMBER.match(plain, at)
        if number:
            yield Span(spot.start, number.end(), "place", plain[spot.start : number.end()], PLACE_TYPES)
        elif at not in begun and at > spot.end:
            for end in _run_ends(plain, at, 3):
                yield Span(spot.start, end, "place", plain[spot.start : end], PLACE_TYPES, weak=True)
        word = terms.type_word(plain[spot.start : spot.end])
        if word and word.after:
            for start in _run_starts(plain, spot.start, 3):
                yield Span(start, spot.end, "place", plain[start : spot.end], PLACE_TYPES, weak=True)


def _run_ends(plain: str, at: int, most: int) -> list[int]:
    """Return the ends of the runs of capitalised words that begin at a position, the longest first."""
    ends: list[int] = []
    while len(ends) < most and (word := _CAPITALISED.match(plain, at)):
        ends.append(word.end())
        gap = _GAP.match(plain, word.end())
        if not gap:
            break
        at = gap.end()
    return ends[::-1]


def _run_starts(plain: str, end: int, most: int) -> list[int]:
    """Return the starts of the runs of capitalised words that end before a position, the longest first."""
    head = plain[max(0, end - _FARTHEST) : end]
    run = _RUN.search(head)
    if not run:
        return []
    first = end - len(head) + run.start()
    starts = [word.start() for word in _LETTERS.finditer(plain, first, end)]
    return starts[-most:]


def _bodies(folded: Folded, found: Sequence[Spot], bodies: Bodies) -> Iterator[Span]:
    """Yield offices and bodies with all words that belong to them."""
    plain = folded.plain
    starts = {spot.start for spot in found if spot.found & (ROLE | BODY | OFFICE | ORGANISATION | DEMONYM)}
    starts |= {spot.start for spot in found if spot.found & PLACE and _leads_to_body(folded.plain, spot.end, bodies)}
    starts |= {
        first
        for spot in found
        if spot.found & (ROLE | BODY) and not khmer.is_khmer(plain[spot.start])
        for first in _run_starts(plain, spot.start, 3)
    }
    roles = {spot.start for spot in found if spot.found & ROLE}
    peoples = {spot.start: spot.end for spot in found if spot.found & DEMONYM}
    places = {(spot.start, spot.end) for spot in found if spot.found & PLACE}
    for start in sorted(starts):
        for end, kind in bodies.ends(plain, start, roles):
            lower = start in peoples and not any(map(str.isupper, plain[peoples[start] : end]))
            if lower or (start, end) in places:
                continue  # "Cambodian police" is no particular body; Vương quốc Campuchia is not a king
            yield Span(start, end, kind, plain[start:end], ("office", "organisation"))


def _leads_to_body(plain: str, end: int, bodies: Bodies) -> bool:
    """Whether a word of an office or body follows a position: Kien Giang Provincial Police."""
    word = _FOLLOWING.match(plain, end)
    return word is not None and bodies.knows(word[1], telling=True)


def _people(folded: Folded, found: Sequence[Spot], bodies: Bodies, known: set[int]) -> Iterator[Span]:
    """Yield people: known names, and the capitalised words after a title."""
    plain = folded.plain
    announcing = [spot for spot in found if spot.found & (TITLE | ROLE)]
    by_end: dict[int, int] = {}
    for spot in announcing:
        by_end[spot.end] = min(by_end.get(spot.end, spot.start), spot.start)
    cuts = {
        spot.start
        for spot in found
        if spot.found & (TITLE | ROLE | BODY) or (spot.found & TYPE and len(plain[spot.start : spot.end]) > 3)
    }
    named_people = [(spot, titles_before(plain, spot.start, by_end)) for spot in found if spot.found & PERSON]
    introduced = {folded.folded[spot.start : spot.end] for spot, first in named_people if first < spot.start}
    for spot, first in named_people:
        titled = first < spot.start
        if spot.found & PLACE and not titled and folded.folded[spot.start : spot.end] not in introduced:
            continue  # as any name, of whatever type
        yield Span(
            spot.start,
            spot.end,
            "person",
            plain[first : spot.end],
            ("person",),
            bare=not titled,
            weak=bool(spot.found & WEAK),
            announced=titled,
            titles=(first, spot.start),
        )
    for spot in announcing:
        at = _behind_title(plain, spot.start, spot.end)
        if at is None or at in known or at in by_end.values():
            continue
        first = titles_before(plain, at, by_end)
        for end in run_after(plain, at, cuts):
            if any(at < start < end for start in known):
                break  # the words before the name of a known person are a title not in the tables
            if _is_personal(plain[at:end], bodies):
                yield Span(at, end, "person", plain[first:end], ("person",), announced=True, titles=(first, at))
                break


def _before_offices(folded: Folded, offices: Sequence[Span], bodies: Bodies, known: set[int]) -> Iterator[Span]:
    """Yield people not in the gazetteer, named before their office: Phan Van Mai, Chairman of ..."""
    plain = folded.plain
    for office in offices:
        run = _RUN_BEFORE.search(plain, max(0, office.start - _FARTHEST), office.start)
        if not run:
            continue
        words = [word.start() for word in _LETTERS.finditer(plain, run.start(1), run.end(1))]
        if known.intersection(words):
            continue
        for start in words[-_LONGEST_NAME:-1]:
            name = plain[start : run.end(1)]
            if _is_personal(name, bodies) and not terms.leading_title(name):
                yield Span(start, run.end(1), "person", name, ("person",), announced=True)


def _behind_title(plain: str, start: int, end: int) -> int | None:
    """Return where a name after a title may begin."""
    gap = _TITLE_GAP.match(plain, end)
    at = gap.end() if gap else end
    if plain[end:at].startswith(".") and not is_abbreviated(plain[start:end]):
        return None
    if at >= len(plain):
        return None
    if khmer.is_khmer(plain[at]):
        return at
    return at if at > end and _CAPITALISED.match(plain, at) else None


def run_after(plain: str, at: int, cuts: Iterable[int]) -> list[int]:
    """Return where the name of a person that begins at a position may end: it has two words or more, and no title."""
    stops = cuts if isinstance(cuts, set) else set(cuts)
    if khmer.is_khmer(plain[at]):
        return []
    ends: list[int] = []
    while len(ends) < _LONGEST_RUN and at not in stops and (word := _CAPITALISED.match(plain, at)):
        ends.append(word.end())
        gap = _NAME_GAP.match(plain, word.end())
        if not gap:
            break
        at = gap.end()
    return ends[1:][::-1]


def titles_before(plain: str, start: int, by_end: dict[int, int]) -> int:
    """Return the start of the titles before a name, or else of the name; ``by_end`` has the start of each title."""
    while True:
        at = next(
            (
                end
                for end in range(start, max(-1, start - 3), -1)
                if end in by_end and _joins(plain[end:start], plain[by_end[end] : end])
            ),
            None,
        )
        if at is None or by_end[at] >= start:
            return start
        start = by_end[at]


def _joins(between: str, title: str) -> bool:
    """Whether a title and the name or title after it belong together, given the text between them."""
    return between in ("", " ", ", ") or (between in (".", ". ") and is_abbreviated(title))


def is_abbreviated(title: str) -> bool:
    """Whether a full stop after a title may be part of an abbreviation: Gen., but not General."""
    return str(keys.fold(title)) in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(str(keys.fold(row["text"])) for row in rows("titles.csv") if row["text"].endswith("."))


def _is_personal(name: str, bodies: Bodies) -> bool:
    """Return whether words in capitals beside a title or an office can be a name of a person.

    A Vietnamese name begins with a family name. In any other name some word does not occur in names of bodies, and some
    word is no Vietnamese syllable or occurs in names of people.
    """
    parsed = persons.parse(name)
    if not parsed or len(parsed[0].words) < _SHORTEST_NAME or any(word.initial for word in parsed[0].words):
        return False
    words = parsed[0].words
    if parsed[0].style == "native":
        return persons.is_surname(words[0], typed=True)
    if persons.is_surname(words[0], typed=False):
        return True
    if any(bodies.knows(word.text) and not is_borne(word.text) for word in words):
        return False
    return any(not word.syllable for word in words) or all(is_borne(word.text) for word in words)
