"""People who have the name of an office-holder, and are somebody else.

What stands beside a name may tell so: another office, an age, where somebody lives, or what they are by calling.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from resolver.annotation.ages import dwells
from resolver.annotation.batching import Stage
from resolver.annotation.document_context import BODIES, DocumentContext, Pairs
from resolver.annotation.span import Span
from resolver.annotation.standing import Told
from resolver.annotation.told_behind import behind, bracketed, is_of_rank
from resolver.model import Entity, Match, Mention

__all__ = ["is_another", "name_of", "of_private_people"]

_YOUNGEST = 25
"""Years at which nobody holds an office yet."""
_UNTOLD = ", aged"
"""Words that no name has: they are not understood, while an age itself tells of a private person."""
_RARE, _WELL_KNOWN = 0.4, 0.5
"""Least scores of a name with words that are not understood, if hardly anybody else has it."""


_OF_PLACES = frozenset({"place", "name"})

_SOMEBODY_ELSE = frozenset({"other_sex", "lowly_title", "private_person", "another"})
"""Features that say that somebody else of the name is meant."""


class _Private(NamedTuple):
    """A person who may be another one of their name, and how they are named with the words that tell so.

    ``sure`` says that they are another one, whatever offices the text names elsewhere; ``rare`` is the
    least score of a name that hardly anybody else has, so that they are not; 0 if that tells nothing.
    """

    span: Span
    entity: Entity
    named: str
    sure: bool = False
    rare: float = 0.0


def of_private_people(document: DocumentContext, pairs: Pairs) -> Stage[Pairs]:
    """Return pairs in which a person stays open who has a known name, but is told to be somebody else.

    Trung tá Nguyễn Anh Tuấn, Trưởng Công an xã; Nguyễn Đức Trung (SN 1992); ca sĩ Trần Văn Phúc. It is the known one if
    the text has an office that they held; with an age also if the name is rare.
    """
    offices = [match.entity for _, match in pairs if match.entity and match.entity.type == "office"]
    pairs = _of_another(document, pairs, offices)
    private = list(_told(document, pairs))
    if not private:
        return pairs
    asked: dict[str, _Private] = {}
    for one in private:
        name = name_of(document, one.span)
        if one.sure or (name not in asked and not _has_office(document, one, offices, pairs)):
            asked[name] = one
    if not asked:
        return pairs
    answers = yield [Mention(one.named, ("person",), (), document.date) for one in asked.values()]
    open_ = {
        name: match
        for (name, one), match in zip(asked.items(), answers, strict=True)
        if match.status != "matched" and not (one.rare and match.score >= one.rare)
    }
    return [
        (span, open_.get(name_of(document, span), match)) if span.kind == "person" and match.entity else (span, match)
        for span, match in pairs
    ]


def is_another(match: Match) -> bool:
    """Whether the words beside a known name say that somebody else is meant: a wife, a rank too low, a private life."""
    best = None if match.entity else next(iter(match.candidates), None)
    return best is not None and any(one.feature in _SOMEBODY_ELSE for one in best.evidence)


def _of_another(document: DocumentContext, pairs: Pairs, offices: Sequence[Entity]) -> Pairs:
    """Return pairs in which a bare name is not the known person's if the text introduces somebody else by it.

    Trung úy Lê Hồng Quang báo cáo. Lê Hồng Quang về. Unless the text names an office that the known one held.
    """
    others = {name_of(document, span): match for span, match in pairs if span.kind == "person" and is_another(match)}
    if not others:
        return pairs
    return [
        (span, others[name_of(document, span)])
        if span.kind == "person"
        and match.entity
        and span.titles[0] == span.titles[1]
        and name_of(document, span) in others
        and not any(document.held(match.entity, office) for office in offices)
        else (span, match)
        for span, match in pairs
    ]


def name_of(document: DocumentContext, span: Span) -> str:
    """Return the name of a person without titles, in the form for comparison."""
    return document.folded.folded[span.start : span.end]


def _told(document: DocumentContext, pairs: Pairs) -> Iterator[_Private]:
    """Yield the people with known names whom the text tells to be somebody else."""
    known: set[int] | None = None
    for span, match in pairs:
        entity = match.entity if span.kind == "person" else None
        if entity is None or entity.type != "person":
            continue
        more = document.standing.told_behind(span)
        calling = document.standing.private_calling(span) or _behind(document, span, more, pairs)
        if more and more.age:
            yield _aged(document, span, entity, more, calling)
        elif calling:
            yield _Private(span, entity, f"{_alone(document, span)}, {calling}")
        elif entity.country == "VN" and (more or document.standing.told_before(span)):
            known = _known_offices(document, pairs) if known is None else known
            if more and more.at not in known:
                yield _Private(span, entity, f"{span.query}{more.text}")
            elif not more:
                told = document.standing.told_before(span)
                yield _Private(span, entity, f"{_alone(document, span)}, {told}", rare=_WELL_KNOWN)


def _known_offices(document: DocumentContext, pairs: Pairs) -> set[int]:
    """Return where the offices and bodies begin that the gazetteer knows."""
    return {
        span.start
        for span, match in pairs
        if BODIES & set(span.types) and match.candidates and (match.entity or not document.is_bare_role(span))
    }


def _behind(document: DocumentContext, span: Span, more: Told | None, pairs: Pairs) -> str:
    """Return what stands behind a name and tells of work, employer or home; empty also behind a title of officials."""
    plain = document.folded.plain
    told = behind(plain, more.age.end if more and more.age else span.end)
    start, end = bracketed(plain, span.end)
    if not told and end and any((one.start, one.end) == (start, end) and one.kind in _OF_PLACES for one, _ in pairs):
        told = plain[start:end]
    # The same name may be a span with the titles and one without.
    if told and any(one.end == span.end and is_of_rank(plain[slice(*one.titles)]) for one, _ in pairs):
        return ""
    return told


def _aged(document: DocumentContext, span: Span, entity: Entity, told: Told, calling: str) -> _Private:
    """Return a person whose age is told: another one if the known one held an office too early for it.

    They may be the known one if their name is rare, unless they are told to have a ``calling`` or to live somewhere.
    """
    birth = told.age.birth(document.date) if told.age else 0
    first = _first_year(document, entity)
    young = bool(birth and first and first - birth < _YOUNGEST)
    rare = 0.0 if young or calling or dwells(document.folded.plain, span.end) else _RARE
    told_so = f", {calling}" if calling else _UNTOLD
    return _Private(span, entity, f"{_alone(document, span)}{told_so}", sure=young, rare=rare)


def _alone(document: DocumentContext, span: Span) -> str:
    """Return the name of a person without titles: these would make the known one likelier."""
    return document.folded.plain[span.start : span.end]


def _first_year(document: DocumentContext, person: Entity) -> int:
    """Return the first year in which somebody held an office, as far as it is known; else 0."""
    tenures = document.index.record(document.index.numbers[person.id]).tenures
    days = [day[:4] for one in tenures for day in (one.valid_from, *one.attested) if day[:4].isdigit()]
    return int(min(days)) if days else 0


def _has_office(document: DocumentContext, one: _Private, offices: Sequence[Entity], pairs: Pairs) -> bool:
    """Whether the text names an office that somebody held, perhaps only by its word: được bầu làm Thủ tướng."""
    if any(document.held(one.entity, office) for office in offices):
        return True
    open_ = (match for span, match in pairs if span.kind != "person" and match.status == "ambiguous")
    return any(_is_one_of_each(match) and _may_be_held(document, one.entity, match) for match in open_)


def _is_one_of_each(match: Match) -> bool:
    """Whether a word for an office is of one office in each country."""
    countries = [one.entity.country for one in match.candidates]
    return len(countries) == len(set(countries))


def _may_be_held(document: DocumentContext, person: Entity, match: Match) -> bool:
    return any(one.entity.type == "office" and document.held(person, one.entity) for one in match.candidates)
