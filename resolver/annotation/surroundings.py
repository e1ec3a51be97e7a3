"""What is known of a document while its names are read: its words, its day, its language, the countries it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from resolver.annotation.asking import Asking
from resolver.annotation.folding import Folded
from resolver.annotation.patterns import COUNTRY, DEMONYM, PERSON, PROVINCE, ROLE
from resolver.annotation.spans import Span, types_of
from resolver.annotation.spotting import Spot
from resolver.annotation.standing import Standing
from resolver.index.index import Index
from resolver.model import Entity, Match, Mention

__all__ = ["BODIES", "Around", "Pairs", "Surroundings", "again", "tell", "toned"]

_HEAD = 2_000
_KHMER = re.compile("[\u1780-\u17d3]")
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
BODIES = frozenset({"office", "organisation"})
"""The types of entities that are of a country, but no places or people."""

Pairs = list[tuple[Span, Match]]
"""Stretches of a text with what they mean, as far as that is known."""
Around = tuple[tuple[str, ...], tuple[str, ...]]
"""Parents and countries with which a stretch is asked about."""


class Surroundings:
    """The document around its names; ``countries`` is known once ``learn_countries`` was told."""

    def __init__(self, index: Index, folded: Folded, found: Sequence[Spot], date: str) -> None:
        self.index = index
        self.folded = folded
        self.date = date
        self.standing = Standing(folded, found)
        self.countries: list[tuple[int, int, str]] = []
        self._found = found
        self._roles = {(spot.start, spot.end) for spot in found if spot.found & ROLE}

    @cached_property
    def _naming(self) -> list[Spot]:
        """Where countries, their people or their provinces are named."""
        return [spot for spot in self._found if spot.found & (COUNTRY | PROVINCE) and self._is_whole(spot)]

    @property
    def asked_of_countries(self) -> list[Mention]:
        """What is to be asked of countries, their people and their provinces."""
        plain = self.folded.plain
        return [Mention(plain[one.start : one.end], types_of(one.found), (), self.date) for one in self._naming]

    def learn_countries(self, answers: Sequence[Match]) -> None:
        """Note where countries are named, from and to, and which country it is, from the answers to what was asked."""
        self.countries = [
            (spot.start, spot.end, match.entity.country)
            for spot, match in zip(self._naming, answers, strict=True)
            if match.entity and match.entity.type in ("country", "province")
        ]

    def _is_whole(self, spot: Spot) -> bool:
        """Whether the name of a country or province is no part of another name: Do Duc Duy."""
        bare = Span(spot.start, spot.end, "name", self.folded.plain[spot.start : spot.end], bare=True)
        if spot.found & (PERSON | DEMONYM):
            return not spot.found & PERSON
        return not self.standing.is_crowded(bare)

    def country_at(self, start: int) -> str:
        """Return the country that is named at a place, or whose people are; empty where none is."""
        return next((country for at, _, country in self.countries if at == start), "")

    def held(self, person: Entity, office: Entity) -> bool:
        """Whether a person ever held an office, or belonged to it."""
        return self.index.numbers[office.id] in self.index.above(self.index.numbers[person.id])

    def countries_in(self, start: int, end: int) -> set[str]:
        """Return the countries that are named between two places."""
        return {country for at, _, country in self.countries if start <= at < end}

    @cached_property
    def language(self) -> str:
        """The language of the text, as far as its letters tell: ``km``, ``vi``, or empty."""
        head = self.folded.plain[:_HEAD]
        if len(_KHMER.findall(head)) > len(head) / 3:
            return "km"
        return "vi" if len(_VIETNAMESE.findall(head)) > len(head) / 30 else ""

    def is_role(self, span: Span) -> bool:
        """Whether a stretch is the bare word for an office, as the tables have it."""
        return span[:2] in self._roles

    def is_bare_role(self, span: Span) -> bool:
        """Whether an office is no more than the word for it: Bộ trưởng, also Bộ trưởng mới."""
        if span[:2] in self._roles:
            return True
        ends = [end for start, end in self._roles if start == span.start and end < span.end]
        behind = self.folded.plain[max(ends) : span.end] if ends else ""
        return behind.islower() and toned(behind)


def toned(text: str) -> bool:
    """Whether a text has letters of Vietnamese."""
    return _VIETNAMESE.search(text) is not None


def again(pairs: Pairs, asked: dict[int, Around], date: str) -> Asking[Pairs]:
    """Return pairs with the answers of those that are matched when asked about with parents and countries."""
    if not asked:
        return pairs
    spans = [(pairs[number][0], *around) for number, around in asked.items()]
    answers = yield [Mention(span.asked, span.types, countries, date, within) for span, within, countries in spans]
    told = {number: match for number, match in zip(asked, answers, strict=True) if match.status == "matched"}
    return [(span, told.get(number, match)) for number, (span, match) in enumerate(pairs)]


def tell(entities: Iterable[tuple[str, str]], date: str) -> Asking[list[Match]]:
    """Return what is told of entities by their ids, each as the answer for a text."""
    asked = list(entities)
    answers = yield [Mention(entity, (), (), date) for entity, _ in asked]
    return [
        replace(match, mention=Mention(text, (), (), date)) for (_, text), match in zip(asked, answers, strict=True)
    ]
