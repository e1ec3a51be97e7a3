"""What stretches of a text mean, with the document as their context.

Each is asked about by itself first. What is then sure tells the countries and places that the document is about, and
with these the doubtful ones are asked about again: a namesake is the one that lies in a province named beside it, an
office the one that a person named beside it held, or that of the country named nearest.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from resolver.annotation.asking import Asker
from resolver.annotation.choice import Reading
from resolver.annotation.folding import Folded
from resolver.annotation.patterns import COUNTRY, PERSON, PROVINCE, ROLE
from resolver.annotation.spans import Span, types_of
from resolver.annotation.spotting import Spot
from resolver.annotation.standing import Standing
from resolver.index.index import Index
from resolver.model import PLACE_TYPES, Entity, Match, Mention
from resolver.text import khmer

__all__ = ["Context"]

_HOME = {"vi": "VN", "km": "KH"}
_SURE = 0.85
_GUESSED = 0.8
_CHANCE = 0.002
_YEAR = 365
_HEAD = 2_000
_KHMER = re.compile("[\u1780-\u17d3]")
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_BODIES = frozenset({"office", "organisation"})

_Pairs = list[tuple[Span, Match]]
_Named = Sequence[tuple[Span, Entity]]


class Context:
    """The document as a context: asks about stretches of text, alone and with what is known beside them."""

    def __init__(self, index: Index, asker: Asker, folded: Folded, found: Sequence[Spot], date: str) -> None:
        self._index = index
        self._asker = asker
        self._folded = folded
        self._found = found
        self.date = date
        self.standing = Standing(folded, found)
        self._roles = {(spot.start, spot.end) for spot in found if spot.found & ROLE}

    def standing_alone(self, spans: Sequence[Span]) -> list[Span]:
        """Return stretches without bare names that are a part of what stands beside them."""
        return [one for one in spans if not (one.bare and one.kind == "name" and self._is_misplaced(one))]

    def first_asked(self, spans: Sequence[Span]) -> list[Mention]:
        """Return what is asked of stretches by themselves."""
        return [Mention(span.asked, span.types, (), self.date) for span in spans]

    def read(self, spans: Sequence[Span]) -> list[Reading]:
        """Return the readings of stretches that mean something, or may."""
        pairs: _Pairs = list(zip(spans, self._asker.ask(self.first_asked(spans)), strict=True))
        pairs = self._as_provinces(pairs)
        sure = [match.entity for span, match in pairs if match.entity and _is_sure(span, match)]
        places = {self._index.numbers[entity.id] for entity in sure}
        local = {self._index.numbers[entity.id] for entity in sure if entity.type != "country"}
        self._introduced = {span.asked for span in spans if span.kind == "person" and span.announced}
        pairs = self._within(pairs, places)
        pairs = self._of_their_office(pairs)
        pairs = self._of_country(pairs)
        pairs = self._named_elsewhere(pairs)
        return [Reading(span, match) for span, match in pairs if self._is_kept(span, match, local)]

    def tell(self, entity: str, text: str) -> Match:
        """Return what is told of an entity, as the answer for a text."""
        match = self._asker.ask([Mention(entity, (), (), self.date)])[0]
        return replace(match, mention=Mention(text, (), (), self.date))

    def _is_misplaced(self, span: Span) -> bool:
        return self.standing.is_crowded(span) or self.standing.is_titled(span)

    def _ask(self, asked: Sequence[tuple[Span, tuple[str, ...], tuple[str, ...]]]) -> list[Match]:
        """Return what stretches mean, each with parents and countries."""
        return self._asker.ask(
            [Mention(span.asked, span.types, countries, self.date, within) for span, within, countries in asked]
        )

    def _again(self, pairs: _Pairs, asked: dict[int, tuple[tuple[str, ...], tuple[str, ...]]]) -> _Pairs:
        """Return pairs with the answers of those that are matched when asked about with parents and countries."""
        answers = self._ask([(pairs[number][0], *around) for number, around in asked.items()])
        told = {
            number: match for number, match in zip(asked, answers, strict=True) if match.status == "matched"
        }  # fmt: skip
        return [(span, told.get(number, match)) for number, (span, match) in enumerate(pairs)]

    def _as_provinces(self, pairs: _Pairs) -> _Pairs:
        """Return pairs in which bare names of provinces mean these, also where they have ended in the last year.

        In running text a province that was merged is named more often than a ward that took its name.
        """
        bare = [
            number
            for number, (span, match) in enumerate(pairs)
            if span.bare and "province" in span.types and not (match.entity and match.entity.type == "province")
            and (match.entity is None or match.entity.type in (*PLACE_TYPES[2:], "person"))
        ]  # fmt: skip
        days = [day for day in (self.date, _a_year_before(self.date)) if day]
        for day in days:
            open_ = [number for number in bare if not _is_province(pairs[number][1])]
            asked = [Mention(pairs[number][0].asked, ("province",), (), day) for number in open_]
            for number, match in zip(open_, self._asker.ask(asked), strict=True):
                if match.entity:
                    span = pairs[number][0]
                    pairs[number] = span, match if day == self.date else self.tell(match.entity.id, span.asked)
        return pairs

    def _within(self, pairs: _Pairs, places: set[int]) -> _Pairs:
        """Return pairs in which doubtful places are those that lie in what is sure."""
        asked: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        for number, (span, match) in enumerate(pairs):
            if match.status == "ambiguous" and set(PLACE_TYPES) & set(span.types):
                parents = self._shared(match, places)
                if parents:
                    asked[number] = parents, ()
        return self._again(pairs, asked)

    def _shared(self, match: Match, places: set[int]) -> tuple[str, ...]:
        """Return the names of the sure places in which one candidate lies, and no other in as many."""
        around = [places & self._index.above(self._index.numbers[one.entity.id]) for one in match.candidates]
        most = max(map(len, around), default=0)
        best = [one for one in around if len(one) == most]
        if not most or len(best) != 1:
            return ()
        return tuple(self._index.record(number).versions[-1].name for number in sorted(best[0]))

    def _of_their_office(self, pairs: _Pairs) -> _Pairs:
        """Return pairs in which people whom their name does not tell are told by the office named beside them."""
        offices = [(span, match) for span, match in pairs if match.entity and match.entity.type == "office"]
        asked: dict[int, Mention] = {}
        for number, (span, match) in enumerate(pairs):
            if span.kind != "person" or match.status == "matched":
                continue
            beside = max(
                (office for office, _ in offices if self.standing.are_beside(span, office)),
                key=lambda office: office.end - office.start,
                default=None,
            )
            if beside:
                asked[number] = Mention(f"{span.asked}, {beside.asked}", ("person",), (), self.date)
        answers = self._asker.ask(list(asked.values()))
        told = {number: match for number, match in zip(asked, answers, strict=True) if match.status == "matched"}
        return [(span, told.get(number, match)) for number, (span, match) in enumerate(pairs)]

    def _of_country(self, pairs: _Pairs) -> _Pairs:
        """Return pairs in which offices and bodies of no country are of one that the text tells."""
        people = [(span, match.entity) for span, match in pairs if match.entity and match.entity.type == "person"]
        bodies = [(span, match.entity) for span, match in pairs if match.entity and match.entity.type in _BODIES]
        asked: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        for number, (span, match) in enumerate(pairs):
            if not _BODIES & set(span.types) or not match.candidates:
                continue
            if match.status == "ambiguous" or len(_rivals(match)) > 1:
                country = self._country(span, match, people, bodies)
                if country:
                    asked[number] = (), (country,)
        return self._again(pairs, asked)

    def _country(self, span: Span, match: Match, people: _Named, bodies: _Named) -> str:
        """Return the country of an office or body that more than one may have: that of whom it fits, or named near."""
        rivals = _rivals(match)
        start, end = self.standing.sentence(span)
        near = [(other, who) for other, who in people if start <= other.start < end]
        joined = {
            what.country for other, what in bodies if other.start > span.end and self.standing.are_beside(span, other)
        }
        for fits in (
            {who.country for other, who in near if self.standing.are_beside(span, other)},
            joined,
            self._held(rivals, (who for _, who in near)),
            {country for at, country in self._countries if start <= at < end},
            {_HOME.get(self.language, "")},
            self._held(rivals, (who for _, who in people)),
            {country for _, country in self._countries},
        ):
            both = fits & {one.country for one in rivals}
            if len(both) == 1:
                return both.pop()
        at = min(
            ((abs(at - span.start), country) for at, country in self._countries if start <= at < end),
            default=(0, ""),
        )
        return at[1] if at[1] in {one.country for one in rivals} else ""

    def _held(self, offices: Iterable[Entity], people: Iterable[Entity]) -> set[str]:
        """Return the countries of those offices that some of the people held, and of the bodies these belong to."""
        numbers = self._index.numbers
        held = {number for who in people for number in self._index.above(numbers[who.id])}
        return {office.country for office in offices if numbers[office.id] in held}

    def _named_elsewhere(self, pairs: _Pairs) -> _Pairs:
        """Return pairs in which what is open is what the document names beyond doubt elsewhere: (CAND)."""
        sure = {match.entity.id for span, match in pairs if match.entity and not span.weak}
        for number, (span, match) in enumerate(pairs):
            if match.status == "ambiguous" and len(span.asked) > 2 and span.kind != "person":
                named = {one.entity.id for one in match.candidates} & sure
                if len(named) == 1:
                    pairs[number] = span._replace(weak=False), self.tell(named.pop(), span.asked)
        return pairs

    @cached_property
    def _countries(self) -> list[tuple[int, str]]:
        """Where countries, their people or their provinces are named."""
        named = [spot for spot in self._found if spot.found & (COUNTRY | PROVINCE) and not spot.found & PERSON]
        asked = [Mention(self._folded.plain[one.start : one.end], types_of(one.found), (), self.date) for one in named]
        return [
            (spot.start, match.entity.country)
            for spot, match in zip(named, self._asker.ask(asked), strict=True)
            if match.entity and match.entity.type in ("country", "province")
        ]

    def country_at(self, start: int) -> str:
        """Return the country that is named at a place, or whose people are; empty where none is."""
        return next((country for at, country in self._countries if at == start), "")

    @cached_property
    def language(self) -> str:
        """The language of the text, as far as its letters tell: ``km``, ``vi``, or empty."""
        head = self._folded.plain[:_HEAD]
        if len(_KHMER.findall(head)) > len(head) / 3:
            return "km"
        return "vi" if len(_VIETNAMESE.findall(head)) > len(head) / 30 else ""

    def _is_kept(self, span: Span, match: Match, places: set[int]) -> bool:
        """Whether what a stretch means is worth a mark: a wrong one is worse than none."""
        entity = match.entity
        if span.kind == "person":
            if entity is None:
                return span.announced or any(one.endswith(span.asked) for one in self._introduced)
            return entity.type == "person" and not (span.weak and span.bare)
        if entity is None:
            bare = span.kind == "name" or self._is_bare_role(span)
            return match.status == "ambiguous" and not bare and not span.weak and bool(match.candidates)
        if span.kind == "place":
            return entity.type in PLACE_TYPES and (not span.weak or match.score > _GUESSED)
        if span.kind != "name":
            return entity.type in _BODIES
        return self._is_evident(span, match, entity, places)

    def _is_bare_role(self, span: Span) -> bool:
        """Whether an office is no more than the word for it: Bộ trưởng, also Bộ trưởng mới."""
        if span[:2] in self._roles:
            return True
        ends = [end for start, end in self._roles if start == span.start and end < span.end]
        behind = self._folded.plain[max(ends) : span.end] if ends else ""
        return behind.islower() and bool(_VIETNAMESE.search(behind))

    def _is_evident(self, span: Span, match: Match, entity: Entity, places: set[int]) -> bool:
        """Whether a name that stands by itself is evidently meant."""
        if entity.type in _BODIES:
            return True
        if span.weak:
            return False
        several = " " in span.asked or "-" in span.asked or khmer.is_khmer(span.asked)
        if entity.type in ("country", "province"):
            # In Vietnamese any word may begin a sentence, and so with a capital: Đức tính, Pháp luật.
            doubtful = entity.type == "country" and not several and self.language == "vi"
            return not (doubtful and len(span.asked) < 5 and self.standing.begins_sentence(span.start))
        if match.dating == "not_yet":
            return False
        number = self._index.numbers[entity.id]
        if places & (self._index.above(number) | self._index.beside(number)):
            return several or len(span.asked) > 3
        return "district" in span.types and several and match.score > _SURE


def _is_sure(span: Span, match: Match) -> bool:
    """Whether a stretch is a place beyond doubt, fit to tell of others."""
    entity = match.entity
    if entity is None or entity.type not in PLACE_TYPES or span.weak or match.score < _SURE:
        return False
    return not span.bare or entity.type in ("country", "province")


def _is_province(match: Match) -> bool:
    return match.entity is not None and match.entity.type == "province"


def _rivals(match: Match) -> list[Entity]:
    """Return the offices or bodies that an answer leaves open: alike in name, of several countries."""
    entities = [one.entity for one in match.candidates if one.entity.type in _BODIES and one.score > _CHANCE]
    first = match.entity or (entities[0] if entities else None)
    alike = [one for one in entities if first and one.type == first.type]
    return alike if len({one.country for one in alike}) > 1 else []


def _a_year_before(day: str) -> str:
    """Return the day a year before another; empty where the day is not known to the day."""
    try:
        return (dt.date.fromisoformat(day) - dt.timedelta(days=_YEAR)).isoformat() if day else ""
    except (ValueError, OverflowError):
        return ""
