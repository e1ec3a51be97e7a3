"""The context of the names in a document: its words, its day, its language, and the countries named in it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from functools import cached_property

from resolver.annotation.batching import Stage
from resolver.annotation.folding import Folded
from resolver.annotation.patterns import COUNTRY, DEMONYM, PERSON, PLACE, PROVINCE, ROLE
from resolver.annotation.reference_words import ARTICLE_LENGTH
from resolver.annotation.retelling import retold
from resolver.annotation.span import Span, types_of
from resolver.annotation.spotting import Spot
from resolver.annotation.standing import Standing
from resolver.annotation.words_beside import names_feature
from resolver.index.index import Index
from resolver.model import Entity, Match, Mention

__all__ = ["BODIES", "Constraints", "DocumentContext", "Pairs", "resolve_again", "resolve_ids"]

_HEAD = 2_000
_OF = re.compile(r" (?:of|du|de la) $")
_KHMER = re.compile("[\u1780-\u17d3]")
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
BODIES = frozenset({"office", "organisation"})
"""The types of entities that belong to a country and are neither places nor people."""

Pairs = list[tuple[Span, Match]]
"""Spans of a text with the match of each so far."""
Constraints = tuple[tuple[str, ...], tuple[str, ...]]
"""Parents and countries that limit what a span may mean."""


class DocumentContext:
    """The context of the names in one document. ``countries`` is empty until ``learn_countries`` is called."""

    def __init__(self, index: Index, folded: Folded, found: Sequence[Spot], date: str) -> None:
        self.index = index
        self.folded = folded
        self.date = date
        self.standing = Standing(folded, found)
        self.countries: list[tuple[int, int, str]] = []
        self._by_name: set[int] = set()
        self._found = found
        self._roles = {(spot.start, spot.end) for spot in found if spot.found & ROLE}

    @cached_property
    def _naming(self) -> list[Spot]:
        """The spots that name a country, its people, or a province."""
        return [spot for spot in self._found if spot.found & (COUNTRY | PROVINCE) and self._is_whole(spot)]

    @property
    def country_mentions(self) -> list[Mention]:
        """The mentions of countries, their people and their provinces, to be resolved."""
        plain = self.folded.plain
        return [Mention(plain[one.start : one.end], types_of(one.found), (), self.date) for one in self._naming]

    def learn_countries(self, answers: Sequence[Match]) -> None:
        """Keep start, end and country of each name of a country in the text, from the matches of these mentions."""
        named = [
            (spot, match.entity)
            for spot, match in zip(self._naming, answers, strict=True)
            if match.entity and match.entity.type in ("country", "province")
        ]
        self.countries = [(spot.start, spot.end, entity.country) for spot, entity in named]
        self._by_name = {spot.start for spot, entity in named if entity.type == "country"}

    def _is_whole(self, spot: Spot) -> bool:
        """Whether the name of a country or province is not part of a longer name: Do Duc Duy."""
        bare = Span(spot.start, spot.end, "name", self.folded.plain[spot.start : spot.end], bare=True)
        if spot.found & (PERSON | DEMONYM):
            return not spot.found & PERSON
        if spot.found & COUNTRY and (self.language == "vi" or _OF.search(self.head(spot.start))):
            return not self.standing.is_after_word_of_name(
                bare
            )  # a person follows: Tổng Bí thư Lào Thongloun Sisoulith
        return not self.standing.is_crowded(bare)

    def country_at(self, start: int) -> str:
        """Return the country that is named, or whose people are, at a position; empty if there is none."""
        return next((country for at, _, country in self.countries if at == start), "")

    def held(self, person: Entity, office: Entity) -> bool:
        """Whether a person ever held an office, or belonged to it."""
        return self.index.numbers[office.id] in self.index.above(self.index.numbers[person.id])

    def countries_in(self, start: int, end: int, *, by_name: bool = False, without: Container[int] = ()) -> set[str]:
        """Return the countries that are named between two positions, ``without`` those that begin at some of them.

        With ``by_name`` not those named by their provinces only.
        """
        return {
            country
            for at, _, country in self.countries
            if start <= at < end and at not in without and (not by_name or at in self._by_name)
        }  # fmt: skip

    @cached_property
    def country_lists(self) -> list[list[tuple[int, str]]]:
        """The countries that are named one after the other in a list, with their positions."""
        lists: list[list[tuple[int, str]]] = []
        expected = -1
        for start, end, country in self.countries:
            if start != expected:
                lists.append([])
            lists[-1].append((start, country))
            expected = self.standing.next_listed(end)
        return lists

    @cached_property
    def features(self) -> frozenset[str]:
        """The names of places that the text has for rivers and the like: sông Kiến Giang."""
        plain = self.folded.plain
        named = (spot for spot in self._found if spot.found & PLACE and names_feature(plain, spot.start, spot.end))
        return frozenset(plain[spot.start : spot.end] for spot in named)

    @cached_property
    def language(self) -> str:
        """The language of the text by its letters: ``km``, ``vi``, or empty for any other."""
        head = self.folded.plain[:_HEAD]
        if len(_KHMER.findall(head)) > len(head) / 3:
            return "km"
        return "vi" if len(_VIETNAMESE.findall(head)) > len(head) / 30 else ""

    def head(self, start: int) -> str:
        """Return the few characters before a position."""
        return self.folded.plain[max(0, start - ARTICLE_LENGTH) : start]

    def is_role(self, span: Span) -> bool:
        """Whether a span is exactly a word for an office from the tables."""
        return span[:2] in self._roles

    def is_bare_role(self, span: Span) -> bool:
        """Whether an office is only the word for it, perhaps with an adjective: Bộ trưởng, Bộ trưởng mới."""
        if span[:2] in self._roles:
            return True
        ends = [end for start, end in self._roles if start == span.start and end < span.end]
        behind = self.folded.plain[max(ends) : span.end] if ends else ""
        return behind.islower() and _has_marks(behind)


def _has_marks(text: str) -> bool:
    """Whether a text has letters that only Vietnamese has."""
    return _VIETNAMESE.search(text) is not None


def resolve_again(pairs: Pairs, constraints: dict[int, Constraints], date: str) -> Stage[Pairs]:
    """Return pairs in which those that match with their ``constraints`` (by number) have these matches."""
    if not constraints:
        return pairs
    spans = [(pairs[number][0], *limits) for number, limits in constraints.items()]
    answers = yield [Mention(span.query, span.types, countries, date, within) for span, within, countries in spans]
    found = {number: match for number, match in zip(constraints, answers, strict=True) if match.status == "matched"}
    return [(span, found.get(number, match)) for number, (span, match) in enumerate(pairs)]


def resolve_ids(entities: Iterable[tuple[str, str]], date: str) -> Stage[list[Match]]:
    """Return the match of each entity id, as if its text had been resolved."""
    asked = list(entities)
    answers = yield [Mention(entity, (), (), date) for entity, _ in asked]
    return [retold(match, Mention(text, (), (), date)) for (_, text), match in zip(asked, answers, strict=True)]
