"""Titles and offices that mean a person named before: the colonel, le ministre, Bộ trưởng.

Each person of a document has the titles before their name, the offices beside it, and the offices that they held. A
title alone means a person if exactly one has it and was named before. If it could mean somebody else, it is not
annotated.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from resolver.annotation.document_context import DocumentContext
from resolver.annotation.folding import UPPER
from resolver.annotation.patterns import COUNTRY, DEMONYM, NAME, PLACE, ROLE, TITLE
from resolver.annotation.reference_words import (
    ARTICLE_LENGTH,
    article_before,
    compared,
    goes_on,
    is_rank,
    may_stand,
    opens,
)
from resolver.annotation.spotting import Spot

__all__ = ["Bearing", "Reference", "References"]

_AHEAD = 24
_LEVELS = frozenset({"provincial", "municipal", "city", "district", "town"})
"""What may be between a place and the word for an office: Kampong Thom provincial governor."""
_ANOTHER = re.compile(rf" [^\W\d_A-Z]+ ([{UPPER}][^\W\d_]+ [{UPPER}][^\W\d_]+)")
"""An adjective and the name of somebody else behind a title."""


class Bearing(NamedTuple):
    """Who has a title, from some position on: the cluster of a person, or an office whose holder is not named."""

    who: str
    title: str
    since: int


class Reference(NamedTuple):
    """A span that may mean a person: its title in the form for comparison, and the country it is limited to."""

    start: int
    end: int
    title: str
    country: str

    def covers(self, start: int, end: int) -> bool:
        """Whether another span lies within it."""
        return self.start <= start and end <= self.end

    def may_mean(self, title: str) -> bool:
        """Whether it can mean somebody with a title: by its first words, or by the last word of an English rank.

        >>> minister, general = (Reference(0, 0, word, "") for word in ("minister", "general"))
        >>> minister.may_mean("minister"), minister.may_mean("prime minister"), general.may_mean("major general")
        (True, False, True)
        """
        if title == self.title or title.startswith(f"{self.title} "):
            return True
        return title.endswith(f" {self.title}") and is_rank(title)


class References:
    """The titles and offices of a text that may mean one of its people."""

    def __init__(self, found: Sequence[Spot], document: DocumentContext) -> None:
        self._plain = document.folded.plain
        self._document = document
        longest = _longest([spot for spot in found if spot.found & (TITLE | ROLE)])
        self._titles = [spot for spot in longest if may_stand(self._text(spot))]
        self._starts = [spot.start for spot in self._titles]
        self._named = {spot.start for spot in found if spot.found & NAME}
        self._places = {spot.start: spot.end for spot in reversed(found) if spot.found & PLACE}
        peoples = [spot for spot in found if spot.found & DEMONYM and spot.found & COUNTRY]
        self._peoples_from, self._peoples_to = ({spot[end]: spot for spot in peoples} for end in (0, 1))

    def _text(self, spot: Spot) -> str:
        return self._plain[spot.start : spot.end]

    def heads(self, start: int, end: int) -> Iterator[str]:
        """Yield the titles at the start of a span, perhaps after a place or a people: Cambodian Minister."""
        at = start
        for spot in self._titles[bisect_left(self._starts, start) :]:
            between = self._plain[self._places.get(at, at) : spot.start].strip(" .,'’s")
            if spot.start >= end or (between and between.lower() not in _LEVELS):
                return
            title = compared(self._text(spot))
            yield title
            level, _, office = title.partition(" ")
            if level in _LEVELS:
                yield office
            at = spot.end

    def linked(self, bearings: Iterable[Bearing], countries: Mapping[str, str]) -> Iterator[tuple[Reference, Bearing]]:
        """Yield references, each with the only person whom it can mean.

        ``countries`` are those of the people of the document by their clusters; empty if it is not known.
        """
        ordered = sorted(bearings, key=lambda one: one.since)
        for reference in self.all:
            fitting: dict[str, Bearing] = {}
            for bearing in ordered:
                confined = reference.country and countries.get(bearing.who, "") != reference.country
                if not confined and reference.may_mean(bearing.title):
                    fitting.setdefault(bearing.who, bearing)
            if len(fitting) == 1:
                (bearing,) = fitting.values()
                if bearing.who in countries and bearing.since < reference.start:
                    yield reference, bearing

    @cached_property
    def all(self) -> list[Reference]:
        """The titles in the text that stand alone, whoever is meant."""
        return [one for spot in self._titles for one in self._read(spot)]

    def _read(self, spot: Spot) -> Iterator[Reference]:
        """Yield a title as a reference, with its article and an adjective of country: le ministre vietnamien."""
        start, end = spot[:2]
        before = self._peoples_to.get(start - 1)
        article = article_before(self._head(before.start if before else start))
        if before and article:
            start = before.start
        behind = self._peoples_from.get(end + 1) if article else None
        if behind:
            end = behind.end
        title = self._text(spot)
        another = _ANOTHER.match(self._plain, end)
        if another and another.start(1) not in self._named:
            return  # le président bulgare Rumen Radev
        if not goes_on(self._plain[end : end + _AHEAD], title, article):
            return
        if not article and not opens(self._head(start), title):
            return
        people = behind or (before if article else None)
        country = self._document.country_at(people.start) if people else ""
        if country or not people:
            yield Reference(start - len(article), end, compared(title), country)

    def _head(self, start: int) -> str:
        return self._plain[max(0, start - ARTICLE_LENGTH) : start]


def _longest(spots: Sequence[Spot]) -> Iterator[Spot]:
    """Yield the spots that are not within another one."""
    reached = -1
    for spot in sorted(spots, key=lambda one: (one.start, -one.end)):
        if spot.end > reached:
            yield spot
            reached = spot.end
