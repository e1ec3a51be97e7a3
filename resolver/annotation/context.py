"""What stretches of a text mean, with the document as their context.

Each is asked about by itself first. What is then sure tells the countries and places that the document is about, and
with these the doubtful ones are asked about again: a namesake is the one that lies in a province named beside it, an
office the one that a person named beside it held, or that of the country named nearest.
"""

from __future__ import annotations

from collections.abc import Sequence

from resolver.annotation.asking import Asking
from resolver.annotation.bodies import is_foreign, of_country
from resolver.annotation.choice import Reading
from resolver.annotation.places import as_provinces, is_of_another_type, is_sure, of_another_type, within
from resolver.annotation.spans import Span
from resolver.annotation.surroundings import BODIES, Pairs, Surroundings, tell
from resolver.model import PLACE_TYPES, Entity, Match, Mention
from resolver.text import khmer

__all__ = ["read", "standing_alone"]

_SURE = 0.85
_GUESSED = 0.8


def standing_alone(around: Surroundings, spans: Sequence[Span]) -> list[Span]:
    """Return stretches without bare names that are a part of what stands beside them."""
    return [one for one in spans if not (one.bare and _is_misplaced(around, one))]


def _is_misplaced(around: Surroundings, span: Span) -> bool:
    if span.kind == "person":
        return around.standing.is_within_name(span)
    return around.standing.is_crowded(span) or around.standing.is_titled(span)


def read(around: Surroundings, spans: Sequence[Span]) -> Asking[list[Reading]]:
    """Return the readings of stretches that mean something, or may."""
    asked = [Mention(span.asked, span.types, (), around.date) for span in spans]
    answers = yield [*asked, *around.asked_of_countries]
    pairs: Pairs = list(zip(spans, answers[: len(spans)], strict=True))
    around.learn_countries(answers[len(spans) :])
    pairs = yield from as_provinces(around, pairs)
    numbers = around.index.numbers
    sure = [match.entity for span, match in pairs if match.entity and is_sure(span, match)]
    pairs = yield from within(around, pairs, {numbers[entity.id] for entity in sure})
    pairs = yield from _of_their_office(around, pairs)
    pairs = yield from of_country(around, pairs)
    pairs = yield from _named_elsewhere(around, pairs)
    contradicted = of_another_type(pairs)
    kept = _Kept(around, spans, {numbers[entity.id] for entity in sure if entity.type != "country"})
    return [
        Reading(span, match)
        for span, match in pairs
        if kept.has(span, match) and not (span.bare and (span.start, match.entity and match.entity.id) in contradicted)
    ]


def _of_their_office(around: Surroundings, pairs: Pairs) -> Asking[Pairs]:
    """Return pairs in which people are told by the offices named beside them, or by none if another held these."""
    offices = [(span, match.entity) for span, match in pairs if match.entity and match.entity.type == "office"]
    asked: list[tuple[int, Span]] = []
    for number, (span, match) in enumerate(pairs):
        if span.kind == "person":
            beside = [(one, what) for one, what in offices if around.standing.are_beside(span, one)]
            if match.entity and (any(around.held(match.entity, what) for _, what in beside)):
                continue  # who is meant is sure
            if match.entity:
                beside = [(one, what) for one, what in beside if not around.is_role(one)]
            asked += [(number, one) for one, _ in sorted(beside, key=lambda one: one[0].start - one[0].end)]
    if not asked:
        return pairs
    answers = yield [
        Mention(f"{pairs[number][0].asked}, {office.asked}", ("person",), (), around.date) for number, office in asked
    ]
    told: dict[int, Match] = {}
    open_: dict[int, Match] = {}
    for (number, office), match in zip(asked, answers, strict=True):
        if match.status == "matched":
            told.setdefault(number, match)
        elif pairs[number][1].status == "matched" and around.standing.is_apposed(office, pairs[number][0]):
            open_[number] = match
    # Whoever is named beside an office that another held is open, wherever the text names them.
    contradicted = {_name(around, pairs[number][0]): match for number, match in open_.items() if number not in told}
    return [
        (span, told.get(number) or contradicted.get(_name(around, span), match)) if span.kind == "person"
        else (span, match)
        for number, (span, match) in enumerate(pairs)
    ]  # fmt: skip


def _name(around: Surroundings, span: Span) -> str:
    """Return the name of a person as it is compared, without their titles."""
    return around.folded.folded[span.start : span.end]


def _named_elsewhere(around: Surroundings, pairs: Pairs) -> Asking[Pairs]:
    """Return pairs in which what is open is what the document names beyond doubt elsewhere: (CAND)."""
    sure = {match.entity.id for span, match in pairs if match.entity and not span.weak}
    found: dict[int, str] = {}
    for number, (span, match) in enumerate(pairs):
        unknown = span.kind == "person" or (span.kind == "place" and span.weak)
        if match.status == "ambiguous" and len(span.asked) > 2 and not unknown:
            candidates = [one for one in match.candidates if one.entity.id in sure]
            named = {one.entity.id for one in candidates if not is_of_another_type(one)}
            if len(named) == 1:
                found[number] = named.pop()
    if found:
        told = yield from tell([(id, pairs[number][0].asked) for number, id in found.items()], around.date)
        for number, match in zip(found, told, strict=True):
            pairs[number] = pairs[number][0]._replace(weak=False), match
    return pairs


class _Kept:
    """What is worth a mark in a document: a wrong one is worse than none."""

    def __init__(self, around: Surroundings, spans: Sequence[Span], places: set[int]) -> None:
        self._around = around
        self._places = places
        self._introduced = {span.asked for span in spans if span.kind == "person" and span.announced}

    def has(self, span: Span, match: Match) -> bool:
        """Whether what a stretch means is worth a mark."""
        return not is_foreign(self._around, span, match) and self._has(span, match)

    def _has(self, span: Span, match: Match) -> bool:
        entity = match.entity
        if span.kind == "person":
            if entity is None:
                return span.announced or any(one.endswith(span.asked) for one in self._introduced)
            return entity.type == "person" and not (span.weak and span.bare)
        if entity is None:
            bare = span.kind == "name" or self._around.is_bare_role(span)
            return match.status == "ambiguous" and not bare and not span.weak and bool(match.candidates)
        if span.kind == "place":
            return entity.type in PLACE_TYPES and (not span.weak or match.score > _GUESSED)
        if span.kind != "name":
            return entity.type in BODIES
        return self._is_evident(span, match, entity)

    def _is_evident(self, span: Span, match: Match, entity: Entity) -> bool:
        """Whether a name that stands by itself is evidently meant."""
        if entity.type in BODIES:
            return True
        if span.weak:
            return False
        several = " " in span.asked or "-" in span.asked or khmer.is_khmer(span.asked)
        if entity.type in ("country", "province"):
            # In Vietnamese any word may begin a sentence, and so with a capital: Đức tính, Pháp luật.
            doubtful = entity.type == "country" and not several and self._around.language == "vi"
            return not (doubtful and len(span.asked) < 5 and self._around.standing.begins_sentence(span.start))
        if match.dating == "not_yet":
            return False
        index = self._around.index
        number = index.numbers[entity.id]
        if self._places & (index.above(number) | index.beside(number)):
            return several or len(span.asked) > 3
        return "district" in span.types and several and match.score > _SURE
