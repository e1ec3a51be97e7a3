"""Which stretches of a text may be a name, grown from what was spotted in it.

A name takes its type word with it (province d'An Giang, Ha Tien City), an office or body all words that belong to it
(Deputy Director of Kien Giang Provincial Police), a title the words behind it that are written as names are. Nothing
is decided here: stretches overlap, and most mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from resolver.annotation.folding import Folded
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
from resolver.text import khmer, persons, terms
from resolver.text.name_words import is_borne

__all__ = ["Span", "grown", "is_personal"]

_CAPITALISED = re.compile(r"(?:[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*|[A-Z]\.)")
_GAP = re.compile(r"[ \n]|-(?=[^\W\d_])")
_LONGEST_RUN = 5
_SHORTEST_NAME = 2
_BEFORE = 30
_RUN_BEFORE = re.compile(r"((?:[^\W\d_a-z][^\W\d_]* ){1,4}[^\W\d_a-z][^\W\d_]*)(?:, | [-–—] )(?:(?:the|le|la) )?$")
_SEVERAL = re.compile(r"(?:^| )(?:cac|nhung|\d+|hai|ba|bon|nam|sau|bay|tam|chin|muoi) $")
"""What stands before the type word of several places: các tỉnh Kép, Kampot."""


class Span(NamedTuple):
    """A stretch of the plain form that may be a name.

    ``kind`` is what it may be, ``types`` what may be found. ``asked`` is the text that is asked about, which for a
    person has the titles too; ``bare`` says that nothing beside the name announces it, ``weak`` that the name could
    mean many things, ``announced`` that a person stands beside a title or an office.
    """

    start: int
    end: int
    kind: str
    asked: str
    types: tuple[EntityType, ...] = ()
    bare: bool = False
    weak: bool = False
    announced: bool = False
    titles: tuple[int, int] = (0, 0)


def grown(folded: Folded, found: Sequence[Spot], bodies: Bodies) -> list[Span]:
    """Return the stretches of a text that may be names of places, people, offices and bodies."""
    spans = dict.fromkeys((*_names(folded, found), *_typed(folded, found)))
    spans.update(dict.fromkeys(_bodies(folded, found, bodies)))
    spans.update(dict.fromkeys(people(folded, found)))
    spans.update(dict.fromkeys(_before_offices(folded, [span for span in spans if span.kind == "office"])))
    return list(spans)


def _names(folded: Folded, found: Sequence[Spot]) -> Iterator[Span]:
    """Yield the names as they stand, and places with the type words beside them."""
    plain = folded.plain
    for spot in found:
        if not spot.found & NAME or spot.found & DEMONYM:
            continue
        if spot.found & PLACE:
            start, end = _type_before(folded, spot.start), _type_behind(folded, spot.end)
            for first, last in {(start, end), (start, spot.end), (spot.start, end)} - {(spot.start, spot.end)}:
                yield Span(first, last, "place", plain[first:last], PLACE_TYPES)
        types = tuple(type_ for number, type_ in enumerate(TYPES) if spot.found & 1 << number)
        if types != ("person",) and _stands_alone(plain, spot):
            asked = plain[spot.start : spot.end]
            yield Span(spot.start, spot.end, "name", asked, types, bare=True, weak=bool(spot.found & WEAK))


def _stands_alone(plain: str, spot: Spot) -> bool:
    """Whether a name may be meant without anything beside it: one in lower case only in several words."""
    return not plain[spot.start].islower() or (not spot.found & PLACE and " " in plain[spot.start : spot.end])


def _type_before(folded: Folded, start: int) -> int:
    """Return where a type word before a name begins, or where the name does."""
    head = folded.folded[max(0, start - _BEFORE) : start]
    found = _leading_types().search(head)
    if not found:
        return start
    first = start - len(head) + found.start("word")
    if _SEVERAL.search(folded.folded, max(0, first - 12), first):
        return start
    if re.search(r"[,;:()\"\n]|\.\s*\w+\s", folded.plain[first:start]):
        return start
    return first


def _type_behind(folded: Folded, end: int) -> int:
    """Return where a type word behind a name ends, or where the name does."""
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
    """Yield what stands behind or before a type word and is written as a name is, but is none that is known."""
    plain = folded.plain
    begun = {spot.start for spot in found if spot.found & PLACE}
    for spot in found:
        if not spot.found & TYPE:
            continue
        if khmer.is_khmer(plain[spot.start]):
            continue
        behind = re.compile(r"\.? ?(?:(?:of|de la|de|du) |d['’])?").match(plain, spot.end)
        at = behind.end() if behind else spot.end
        number = re.compile(r"\d{1,2}(?![\d./])").match(plain, at)
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
    """Return the ends of the words in capitals that follow from a place on, the longest run first."""
    ends: list[int] = []
    while len(ends) < most and (word := _CAPITALISED.match(plain, at)):
        ends.append(word.end())
        gap = _GAP.match(plain, word.end())
        if not gap:
            break
        at = gap.end()
    return ends[::-1]


def _run_starts(plain: str, end: int, most: int) -> list[int]:
    """Return the starts of the words in capitals that end before a place, the longest run first."""
    head = plain[max(0, end - 60) : end]
    run = re.search(r"(?:(?<![^\s(\"“«'’])[^\W\d_a-z][^\W\d_]*[ -]){1,3}$", head)
    if not run:
        return []
    first = end - len(head) + run.start()
    starts = [word.start() for word in re.compile(r"[^\W\d_]+").finditer(plain, first, end)]
    return starts[-most:]


def _bodies(folded: Folded, found: Sequence[Spot], bodies: Bodies) -> Iterator[Span]:
    """Yield offices and bodies with all words that belong to them."""
    plain = folded.plain
    starts = {spot.start for spot in found if spot.found & (ROLE | BODY | OFFICE | ORGANISATION | DEMONYM)}
    starts |= {spot.start for spot in found if spot.found & PLACE and _leads_to_body(folded, spot.end)}
    starts |= {
        first
        for spot in found
        if spot.found & (ROLE | BODY) and not khmer.is_khmer(plain[spot.start])
        for first in _run_starts(plain, spot.start, 3)
    }
    for start in sorted(starts):
        for end, kind in bodies.ends(plain, start):
            asked = plain[start:end]
            yield Span(start, end, kind, asked, ("office", "organisation"), bare=False)


def _leads_to_body(folded: Folded, end: int) -> bool:
    """Whether a word of an office or body may follow a place: Kien Giang Provincial Police."""
    return folded.plain[end : end + 1] in (" ", "'", "’") and bool(
        re.compile(r"(?:['’]s)? [^\W\d_]").match(folded.plain, end)
    )


def people(folded: Folded, found: Sequence[Spot]) -> Iterator[Span]:
    """Yield people: known names, and the words behind a title that are written as names are."""
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
    for spot in found:
        if spot.found & PERSON:
            first = _titles_before(plain, spot.start, by_end)
            asked = plain[first : spot.end]
            yield Span(
                spot.start,
                spot.end,
                "person",
                asked,
                ("person",),
                bare=first == spot.start,
                weak=bool(spot.found & WEAK),
                announced=first < spot.start,
                titles=(first, spot.start),
            )
    known = {spot.start for spot in found if spot.found & PERSON}
    for spot in announcing:
        at = _behind_title(plain, spot.end)
        if at is None or at in known or at in by_end.values():
            continue
        first = _titles_before(plain, at, by_end)
        for end in run_after(plain, at, cuts):
            if not is_personal(plain[at:end]):
                continue
            yield Span(at, end, "person", plain[first:end], ("person",), announced=True, titles=(first, at))


def _before_offices(folded: Folded, offices: Sequence[Span]) -> Iterator[Span]:
    """Yield people whom nobody knows before the office they hold: Phan Van Mai, Chairman of ..."""
    plain = folded.plain
    for office in offices:
        run = _RUN_BEFORE.search(plain, max(0, office.start - 80), office.start)
        if run:
            words = [word.start() for word in re.compile(r"[^\W\d_]+").finditer(plain, run.start(1), run.end(1))]
            for start in words[-4:-1]:
                name = plain[start : run.end(1)]
                if is_personal(name) and not terms.leading_title(name):
                    yield Span(start, run.end(1), "person", name, ("person",), announced=True)


def _behind_title(plain: str, end: int) -> int | None:
    """Return where a name behind a title may begin."""
    gap = re.compile(r"\.?,? |\.|").match(plain, end)
    at = gap.end() if gap else end
    if at >= len(plain):
        return None
    if khmer.is_khmer(plain[at]):
        return at
    return at if at > end and _CAPITALISED.match(plain, at) else None


def run_after(plain: str, at: int, cuts: Iterable[int]) -> list[int]:
    """Return where a name of a person that begins at a place may end: before another title, two words or more."""
    stops = cuts if isinstance(cuts, set) else set(cuts)
    if khmer.is_khmer(plain[at]):
        return []
    ends: list[int] = []
    while len(ends) < _LONGEST_RUN and at not in stops and (word := _CAPITALISED.match(plain, at)):
        ends.append(word.end())
        gap = re.compile(r" |-(?=[^\W\d_])").match(plain, word.end())
        if not gap:
            break
        at = gap.end()
    return ends[1:][::-1]


def _titles_before(plain: str, start: int, by_end: dict[int, int]) -> int:
    """Return where the titles before a name begin, or where the name does."""
    while True:
        at = next(
            (end for end in range(start, max(-1, start - 3), -1) if end in by_end and _joins(plain[end:start])), None
        )
        if at is None or by_end[at] >= start:
            return start
        start = by_end[at]


def _joins(between: str) -> bool:
    return between in ("", " ", ". ", ".", ", ")


def is_personal(name: str) -> bool:
    """Return whether words in capitals beside a title or an office can be a name of a person.

    >>> is_personal("Trần Quốc Bảo"), is_personal("Bộ Quốc"), is_personal("Emmanuel Macron"), is_personal("Sở Y")
    (True, False, True, False)
    """
    parsed = persons.parse(name)
    if not parsed or len(parsed[0].words) < _SHORTEST_NAME or any(word.initial for word in parsed[0].words):
        return False
    words = parsed[0].words
    if parsed[0].style == "native":
        return persons.is_surname(words[0], typed=True)
    return (
        not words[0].syllable or persons.is_surname(words[0], typed=False) or all(is_borne(word.text) for word in words)
    )
