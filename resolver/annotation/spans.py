"""Spans of a text that may be a name, made from the spots found in it.

A name includes its type word (province d'An Giang, Ha Tien City). An office or body includes all its words (Deputy
Director of Kien Giang Provincial Police). After a title the capitalised words may be a name. Nothing is decided here:
spans overlap, and most of them mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from resolver.annotation.folding import UPPER, Folded
from resolver.annotation.growing import Bodies
from resolver.annotation.khmer_bodies import KhmerBodies
from resolver.annotation.khmer_people import KhmerPeople
from resolver.annotation.longer_names import without_longer
from resolver.annotation.patterns import (
    BODY,
    COUNTRY,
    DEMONYM,
    NAME,
    OFFICE,
    ORGANISATION,
    PERSON,
    PLACE,
    PROVINCE,
    ROLE,
    TITLE,
    TYPE,
    WEAK,
)
from resolver.annotation.person_spans import CAPITALISED, behind_phrases, beside_ages, beside_offices, people
from resolver.annotation.span import Span, types_of
from resolver.annotation.spotting import Spot
from resolver.annotation.type_words import LONGEST_SHORT_TYPE, type_before, type_behind
from resolver.annotation.words_beside import is_opening, is_region
from resolver.model import PLACE_TYPES
from resolver.text import khmer, terms

__all__ = ["KhmerNames", "grown"]

_GAP = re.compile(r"[ \n]|-(?=[^\W\d_])")
_FARTHEST = 80
_RUN = re.compile(rf"(?:(?<![^\s(\"“«'’])[{UPPER}][^\W\d_]*[ -]){{1,3}}$")
_LINK = re.compile(r"\.? ?(?:(?:of|de la|de|du) |d['’])?")
_NUMBER = re.compile(r"\d{1,2}(?![\d./])")
_FOLLOWING = re.compile(r"(?:['’]s)? ([^\W\d_]+)")
_SYLLABLE_BEFORE = re.compile(rf"(?<![^\W\d_])([{UPPER}][^\W\d_]*) $")
_PROVINCE_WORDS = ("tỉnh", "thành phố")
_LETTERS = re.compile(r"[^\W\d_]+")
_OF, _OF_LONGEST = re.compile(r" (?:(?:of|at|for)(?: the)? |d[eu] (?:la |l['’])?|des |của |thuộc )?$"), 9
"""What may be between a word for an office and its body."""


class KhmerNames(NamedTuple):
    """What finds names in Khmer text by the names of an index."""

    people: KhmerPeople
    bodies: KhmerBodies


def grown(folded: Folded, found: Sequence[Spot], bodies: Bodies, khmer_names: KhmerNames) -> list[Span]:
    """Return the spans of a text that may be names of places, people, offices and bodies."""
    names = list(_names(folded, found))
    all_bodies = chain(_bodies(folded, found, bodies), khmer_names.bodies.spans(folded.plain, found))
    grown_bodies = list(_of_their_type(all_bodies, names))
    spans = dict.fromkeys(_without(names, grown_bodies))
    spans.update(dict.fromkeys((*_typed(folded, found), *grown_bodies)))
    found = without_longer(folded.plain, found)
    known = {spot.start for spot in found if spot.found & PERSON}
    spans.update(dict.fromkeys(people(folded, found, bodies, known)))
    spans.update(dict.fromkeys(khmer_names.people.spans(folded, found)))
    offices = [span for span in spans if span.kind == "office"]
    led = _led(folded.plain, found, list(spans))
    spans.update(dict.fromkeys(beside_offices(folded, found, offices, bodies, known, led)))
    spans.update(dict.fromkeys(beside_ages(folded, found, bodies, known)))
    spans.update(dict.fromkeys(behind_phrases(folded, found, bodies, known)))
    return list(spans)


def _of_their_type(bodies: Iterable[Span], names: Sequence[Span]) -> Iterator[Span]:
    """Yield offices and bodies; one that is a known name has the type of what has this name."""
    types = {span[:2]: span.types for span in names if span.bare and len(span.types) == 1}
    for body in bodies:
        type_ = types.get(body[:2])
        yield body._replace(types=type_) if type_ == (body.kind,) else body


def _without(names: Iterable[Span], bodies: Sequence[Span]) -> Iterator[Span]:
    """Yield names without the offices and bodies that are among some spans as well."""
    asked = {(span.start, span.end, span.types) for span in bodies}
    return (one for one in names if (one.start, one.end, one.types) not in asked)


def _names(folded: Folded, found: Sequence[Spot]) -> Iterator[Span]:
    """Yield the names alone, and places with the type words beside them."""
    plain = folded.plain
    ends = {spot.end for spot in found if spot.found & PLACE and not spot.found & DEMONYM}
    reached = 0
    for spot in found:
        if not spot.found & NAME or spot.found & DEMONYM:
            continue
        if spot.found & PLACE:
            if spot.end <= reached:
                continue  # a part of the place before it: Hồ in Hồ Chí Minh
            if not spot.found & WEAK:
                reached = spot.end
        if spot.found & PLACE:
            start, end = type_before(folded, spot.start, ends), type_behind(folded, spot.end)
            for first, last in {(start, end), (start, spot.end), (spot.start, end)} - {(spot.start, spot.end)}:
                yield Span(first, last, "place", plain[first:last], PLACE_TYPES)
        types = types_of(spot.found)
        if types != ("person",) and _stands_alone(plain, spot):
            query = plain[spot.start : spot.end]
            yield Span(spot.start, spot.end, "name", query, types, bare=True, weak=bool(spot.found & WEAK))


def _stands_alone(plain: str, spot: Spot) -> bool:
    """Whether a name may stand alone: in lower case only if it has several words."""
    return not plain[spot.start].islower() or (not spot.found & PLACE and " " in plain[spot.start : spot.end])


def _typed(folded: Folded, found: Sequence[Spot]) -> Iterator[Span]:
    """Yield the capitalised words after or before a type word that are not a known name."""
    plain = folded.plain
    begun = {spot.start: spot.end for spot in reversed(found) if spot.found & PLACE}
    whole = {spot.start for spot in found if spot.found & (COUNTRY | PROVINCE)}
    starts = {spot.start for spot in found}
    ends = {spot.end: spot.start for spot in reversed(found) if spot.found & PLACE and not spot.found & DEMONYM}
    titled = {spot.end: spot.start for spot in reversed(found) if spot.found & (ROLE | TITLE)}
    for spot in found:
        if not spot.found & TYPE or titled.get(spot.end, spot.start) < spot.start:
            continue  # Chủ tịch nước Lương Cường
        if khmer.is_khmer(plain[spot.start]):
            continue
        behind = _LINK.match(plain, spot.end)
        written = plain[spot.start : spot.end]
        if plain.startswith(".", spot.end) and (len(written) > LONGEST_SHORT_TYPE or not written.isascii()):
            behind = None  # the end of a sentence
        at = behind.end() if behind else spot.end
        number = _NUMBER.match(plain, at)
        if number:
            yield Span(spot.start, number.end(), "place", plain[spot.start : number.end()], PLACE_TYPES)
        elif at > spot.end and at not in whole:
            known = begun.get(at, at)
            for end in _run_ends(plain, at, 3):
                if end <= known or (known > at and not starts.isdisjoint(range(known, end))):
                    continue  # the known name alone; a longer one may be misspelt: district de Choam Ksan
                yield Span(spot.start, end, "place", plain[spot.start : end], PLACE_TYPES, weak=True)
        word = terms.type_word(plain[spot.start : spot.end])
        if word and word.after:
            known = ends.get(spot.start - 1, spot.start)
            for start in _run_starts(plain, spot.start, 3):
                if start > known:
                    continue  # Meanchey province in Banteay Meanchey province
                yield Span(start, spot.end, "place", plain[start : spot.end], PLACE_TYPES, weak=True)


def _run_ends(plain: str, at: int, most: int) -> list[int]:
    """Return the ends of the runs of capitalised words that begin at a position, the longest first."""
    ends: list[int] = []
    while len(ends) < most and (word := CAPITALISED.match(plain, at)) and not _is_no_name(word.group()):
        ends.append(word.end())
        gap = _GAP.match(plain, word.end())
        if not gap:
            break
        at = gap.end()
    return ends[::-1]


def _is_no_name(word: str) -> bool:
    return is_opening(word) or is_region(word)


def _run_starts(plain: str, end: int, most: int) -> list[int]:
    """Return the starts of the runs of capitalised words that end before a position, the longest first."""
    if not _ends_capitalised(plain, end):
        return []
    head = plain[max(0, end - _FARTHEST) : end]
    run = _RUN.search(head)
    if not run:
        return []
    first = end - len(head) + run.start()
    words = list(_LETTERS.finditer(plain, first, end))
    while words and is_opening(words[0].group()):
        del words[0]
    return [word.start() for word in words[-most:]]


def _ends_capitalised(plain: str, end: int) -> bool:
    """Whether the word before a position has a capital: only then can it be capitalised, perhaps behind a quote."""
    if plain[end - 1 : end] not in (" ", "-"):
        return False
    first = 1 + max(plain.rfind(" ", 0, end - 1), plain.rfind("-", 0, end - 1), plain.rfind("\n", 0, end - 1))
    return any(map(str.isupper, plain[first : end - 1]))


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
    provinces = {spot.start: spot.end for spot in reversed(found) if spot.found & PROVINCE}
    in_text = bodies.in_text(plain, roles)
    for start in sorted(starts):
        if plain[start].islower() and _is_second_syllable(plain, start, bodies):
            continue
        for end, kind in in_text.ends(start):
            lower = start in peoples and not any(map(str.isupper, plain[peoples[start] : end]))
            if lower or (start, end) in places:
                continue  # "Cambodian police" is no particular body; Vương quốc Campuchia is not a king
            yield Span(start, end, kind, plain[start:end], ("office", "organisation"))
            if end + 1 in provinces and (query := _of_province(plain, start, end, provinces[end + 1], bodies)):
                yield Span(start, provinces[end + 1], kind, query, ("office", "organisation"))


def _of_province(plain: str, start: int, end: int, last: int, bodies: Bodies) -> str:
    """Return the name of the body of a province that is named without its type word; empty if there is none.

    Bộ đội Biên phòng An Giang is Bộ đội Biên phòng tỉnh An Giang.
    """
    if bodies.kind(plain[start:last]):
        return ""
    queries = (f"{plain[start:end]} {word} {plain[end + 1 : last]}" for word in _PROVINCE_WORDS)
    return next(filter(bodies.kind, queries), "")


def _is_second_syllable(plain: str, start: int, bodies: Bodies) -> bool:
    """Whether a word in lower case is the end of a word of names of bodies: ban in Ủy ban."""
    first = _SYLLABLE_BEFORE.search(plain, max(0, start - _OF_LONGEST), start)
    second = _LETTERS.match(plain, start)
    return first is not None and second is not None and f"{first[1]} {second.group()}" in bodies.compounds


def _led(plain: str, found: Sequence[Spot], spans: Sequence[Span]) -> list[Span]:
    """Return the bodies behind a word for an office: Người phát ngôn Bộ Ngoại giao is an office not in the tables.

    A place behind the body belongs to it, so no name begins there.
    """
    roles = {spot.end for spot in found if spot.found & ROLE}
    named = {spot.start for spot in found if spot.found & NAME and not spot.found & PERSON}
    bodies = (one for one in spans if one.kind == "organisation" and one.end + 1 not in named)
    return [
        one
        for one in bodies
        if (of := _OF.search(plain, max(0, one.start - _OF_LONGEST), one.start)) and of.start() in roles
    ]


def _leads_to_body(plain: str, end: int, bodies: Bodies) -> bool:
    """Whether a word of an office or body follows a position: Kien Giang Provincial Police."""
    word = _FOLLOWING.match(plain, end)
    return word is not None and bodies.knows(word[1], telling=True)
