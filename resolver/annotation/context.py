"""What stretches of a text mean, with the document as their context.

Each is asked about by itself first. What is then sure tells the countries and places that the document is about, and
with these the doubtful ones are asked about again: a namesake is the one that lies in a province named beside it, an
office that of the country named nearest or of the person who stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from resolver.annotation.asking import Asker
from resolver.annotation.choice import Reading
from resolver.annotation.folding import Folded
from resolver.annotation.patterns import NAME, PERSON
from resolver.annotation.spans import Span
from resolver.annotation.spotting import Spot
from resolver.index.index import Index
from resolver.model import PLACE_TYPES, Entity, Match, Mention
from resolver.text import khmer, persons
from resolver.text.persons import parse as parse_name

__all__ = ["Context"]

_SENTENCE_END = re.compile(r"[.!?។៕]\s+(?=[A-ZÀ-Ỹ\u1780-\u17b3«“\"])|\n")
_BESIDE = re.compile(r"[ ,\n]{0,3}(?:[-–—] ?)?(?:(?:the|le|la|l['’]|ông|bà|General|Gen\.) ?)?")
_HOME = {"vi": "VN", "km": "KH"}
_SURE = 0.85


class Context:
    """The document as a context: asks about stretches of text, alone and with what is known beside them."""

    def __init__(self, index: Index, asker: Asker, folded: Folded, found: Sequence[Spot], date: str) -> None:
        self._index = index
        self._asker = asker
        self._folded = folded
        self._found = found
        self.date = date
        self._starts = {spot.start for spot in found}

    def read(self, spans: Sequence[Span]) -> list[Reading]:
        """Return the readings of stretches that mean something, or may."""
        spans = [span for span in spans if not (span.bare and self._is_crowded(span))]
        matches = self.ask([(span, (), ()) for span in spans])
        sure = [one for one in zip(spans, matches, strict=True) if self._is_sure(*one)]
        places = {self._index.numbers[match.entity.id] for _, match in sure if match.entity}
        pairs = list(zip(spans, matches, strict=True))
        pairs = self._again(pairs, places)
        pairs = self._by_country(pairs)
        return [Reading(span, match) for span, match in pairs if self._is_kept(span, match, places)]

    def ask(self, asked: Sequence[tuple[Span, tuple[str, ...], tuple[str, ...]]]) -> list[Match]:
        """Return what stretches mean, each with parents and countries."""
        return self._asker.ask(
            [Mention(span.asked, span.types, countries, self.date, within) for span, within, countries in asked]
        )

    def _is_sure(self, span: Span, match: Match) -> bool:
        """Whether a stretch is a place beyond doubt, fit to tell of others."""
        entity = match.entity
        if entity is None or entity.type not in PLACE_TYPES:
            return False
        return not span.weak and match.score > _SURE and (not span.bare or entity.type in ("country", "province"))

    def _is_kept(self, span: Span, match: Match, places: set[int]) -> bool:
        """Whether what a stretch means is worth a mark: a wrong one is worse than none."""
        entity = match.entity
        if span.kind == "person":
            return span.announced if entity is None else entity.type == "person" and not (span.weak and span.bare)
        if entity is None:
            return match.status == "ambiguous" and not span.weak and not span.bare and bool(match.candidates)
        if span.kind == "place":
            return entity.type in PLACE_TYPES and (not span.weak or match.score > 0.8)
        if not span.bare:
            return entity.type in ("office", "organisation")
        return self._is_evident(span, match, entity, places)

    def _is_evident(self, span: Span, match: Match, entity: Entity, places: set[int]) -> bool:
        """Whether a name that stands by itself is evidently meant."""
        if entity.type in ("office", "organisation"):
            return True
        if entity.type in ("country", "province"):
            return not span.weak
        number = self._index.numbers[entity.id]
        if places & (self._index.above(number) | self._index.beside(number)):
            return len(span.asked) > 2
        several = " " in span.asked or khmer.is_khmer(span.asked)
        return entity.type == "district" and not span.weak and several and match.score > _SURE

    def _again(self, pairs: list[tuple[Span, Match]], places: set[int]) -> list[tuple[Span, Match]]:
        """Return what doubtful places mean beside those that are sure."""
        doubtful: list[tuple[int, str]] = []
        for number, (span, match) in enumerate(pairs):
            if match.status != "ambiguous" or not set(PLACE_TYPES) & set(span.types):
                continue
            within = self._in_common(match, places)
            if within:
                doubtful.append((number, within))
        answers = self.ask([(pairs[number][0], (within,), ()) for number, within in doubtful])
        for (number, _), match in zip(doubtful, answers, strict=True):
            if match.status == "matched":
                pairs[number] = pairs[number][0], match
        return pairs

    def _in_common(self, match: Match, places: set[int]) -> str:
        """Return the name of the one sure place in which candidates lie; empty where there is none, or several."""
        around: set[int] = set()
        for candidate in match.candidates:
            around |= places & self._index.above(self._index.numbers[candidate.entity.id])
        named = {number: self._index.record(number) for number in around}
        below = [one for one in named.values() if one.type != "country"] or list(named.values())
        return below[0].versions[-1].name if len(below) == 1 else ""

    def _by_country(self, pairs: list[tuple[Span, Match]]) -> list[tuple[Span, Match]]:
        """Return what offices and bodies of no country mean, by the person beside them or the country nearest."""
        known = [(span, match) for span, match in pairs if match.entity is not None]
        doubtful: list[tuple[int, str]] = []
        for number, (span, match) in enumerate(pairs):
            if match.status != "ambiguous" or not {"office", "organisation"} & set(span.types):
                continue
            countries = {candidate.entity.country for candidate in match.candidates}
            country = self._country_of(span, countries, known)
            if country:
                doubtful.append((number, country))
        answers = self.ask([(pairs[number][0], (), (country,)) for number, country in doubtful])
        for (number, _), match in zip(doubtful, answers, strict=True):
            if match.status == "matched":
                pairs[number] = pairs[number][0], match
        return pairs

    def _country_of(self, span: Span, countries: set[str], known: Sequence[tuple[Span, Match]]) -> str:
        beside = {
            match.entity.country
            for other, match in known
            if match.entity and match.entity.type == "person" and self.are_beside(span, other)
        }
        if len(beside & countries) == 1:
            return (beside & countries).pop()
        home = _HOME.get(self.language, "")
        if home in countries:
            return home
        start, end = self._sentence(span)
        near = sorted(
            (abs(at - span.start), country)
            for at, country in self._countries_named
            if country in countries and start <= at < end
        )
        if near:
            return near[0][1]
        named = {country for _, country in self._countries_named} & countries
        return named.pop() if len(named) == 1 else ""

    def are_beside(self, one: Span, other: Span) -> bool:
        """Whether two stretches stand beside each other, with no more than a comma, a dash or a title between them."""
        first, second = sorted((one, other), key=lambda span: span.start)
        if first.end > second.start:
            return False
        between = self._folded.plain[first.end : second.start]
        last = second.titles[0] if second.kind == "person" and second.titles[1] else second.start
        shown = self._folded.plain[first.end : max(first.end, last)]
        return bool(_BESIDE.fullmatch(shown) or _BESIDE.fullmatch(between))

    def _sentence(self, span: Span) -> tuple[int, int]:
        plain = self._folded.plain
        start = max(
            (found.end() for found in _SENTENCE_END.finditer(plain, max(0, span.start - 600), span.start)), default=0
        )
        following = _SENTENCE_END.search(plain, span.end)
        return start, following.start() if following else len(plain)

    @cached_property
    def _countries_named(self) -> list[tuple[int, str]]:
        """Where countries are named, or their people, or places of theirs that no other country has."""
        named = [(spot, self._folded.plain[spot.start : spot.end]) for spot in self._found if spot.found & NAME]
        asked = [Mention(text, (), (), self.date) for spot, text in named if not spot.found & PERSON]
        places = [spot.start for spot, _ in named if not spot.found & PERSON]
        return [
            (at, match.entity.country)
            for at, match in zip(places, self._asker.ask(asked), strict=True)
            if match.entity and match.entity.type in ("country", "province")
        ]

    @cached_property
    def language(self) -> str:
        """The language of the text, as far as its letters tell: ``km``, ``vi``, or empty."""
        plain = self._folded.plain[:4000]
        letters = sum(map(str.isalpha, plain)) or 1
        if sum("\u1780" <= letter <= "\u17d3" for letter in plain) > letters / 3:
            return "km"
        toned = sum("\u1ea0" <= letter <= "\u1ef9" or letter in "ăđơưĂĐƠƯ" for letter in plain)
        return "vi" if toned > letters / 25 else ""

    def _is_crowded(self, span: Span) -> bool:
        """Whether a bare name is a part of a longer one that is not known: words in capitals stand beside it."""
        plain = self._folded.plain
        if khmer.is_khmer(plain[span.start]):
            return False
        behind = re.compile(r" (?=[^\W\d_a-z])([^\W\d_]+)").match(plain, span.end)
        if (
            behind
            and behind.group(1)[0].isupper()
            and behind.start(1) not in self._starts
            and not plain[span.start : span.end].isupper()
        ):
            return True
        before = re.search(r"([^\W\d_]+) $", plain[max(0, span.start - 20) : span.start])
        if not before or not before.group(1)[0].isupper():
            return False
        at = max(0, span.start - 20) + before.start(1)
        if at in self._starts:
            return False
        names = parse_name(before.group(1))
        return (
            bool(names)
            and persons.is_surname(names[0].words[0], typed=names[0].style == "native")
            and not self._begins_sentence(at)
        )

    def _begins_sentence(self, at: int) -> bool:
        head = self._folded.plain[max(0, at - 3) : at]
        return not head.strip() or head.rstrip()[-1:] in '.!?:"“«(' or "\n" in head
