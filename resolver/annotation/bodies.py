"""Offices and bodies in a document: of which country they are, where several have one of the name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from resolver.annotation.asking import Asking
from resolver.annotation.spans import Span
from resolver.annotation.surroundings import BODIES, Around, Pairs, Surroundings, again
from resolver.model import Entity, Match

__all__ = ["is_foreign", "of_country"]

_HOME = {"vi": "VN", "km": "KH"}
_CHANCE = 0.002
_Named = Sequence[tuple[Span, Entity]]


def of_country(around: Surroundings, pairs: Pairs) -> Asking[Pairs]:
    """Return pairs in which offices and bodies of no country are of one that the text tells."""
    people = [(span, match.entity) for span, match in pairs if match.entity and match.entity.type == "person"]
    bodies = [(span, match.entity) for span, match in pairs if match.entity and match.entity.type in BODIES]
    asked: dict[int, Around] = {}
    for number, (span, match) in enumerate(pairs):
        if not BODIES & set(span.types) or not match.candidates:
            continue
        rivals = _rivals(match)
        if len(_countries_of(rivals)) > 1 or (match.status == "ambiguous" and _may_be_told(around, span)):
            country = _country(around, span, rivals, people, bodies)
            if country:
                asked[number] = (), (country,)
    return (yield from again(pairs, asked, around.date))


def _may_be_told(around: Surroundings, span: Span) -> bool:
    """Whether an office or body whose name could mean many things is one if the text tells its country."""
    return span.kind != "name" and not around.is_bare_role(span) and not span.asked.isupper()


def _country(around: Surroundings, span: Span, rivals: Sequence[Entity], people: _Named, bodies: _Named) -> str:
    """Return the country of an office or body that more than one may have: that of whom it fits, or named near.

    Where the gazetteer has but one of the name, nothing nearer may tell of another country.
    """
    start, end = around.standing.sentence(span)
    near = [(other, who) for other, who in people if start <= other.start < end]
    joined = {
        what.country for other, what in bodies if other.start > span.end and around.standing.are_beside(span, other)
    }
    countries = _countries_of(rivals)
    for fits in (
        _beside(around, span),
        {who.country for other, who in near if around.standing.are_beside(span, other)},
        joined,
        _held(around, rivals, (who for _, who in near)),
        around.countries_in(start, end),
        {_HOME.get(around.language, "")} - {""},
        _held(around, rivals, (who for _, who in people)),
        {country for _, _, country in around.countries},
    ):
        both = fits & countries
        if len(both) == 1 and (len(countries) > 1 or both == fits):
            return both.pop()
        if fits and len(countries) == 1:
            return ""
    at = min(
        ((abs(at - span.start), country) for at, _, country in around.countries if start <= at < end),
        default=(0, ""),
    )
    return at[1] if at[1] in countries else ""


def _beside(around: Surroundings, span: Span, *, listed: bool = True) -> set[str]:
    """Return the country named right beside an office or body: the US Senate, Bộ Nội vụ, Vương quốc Campuchia.

    ``listed`` says that it counts behind a comma, too, where it may also go on with a list.
    """
    return {
        country
        for start, end, country in around.countries
        if around.standing.is_right_before(span, end) or around.standing.is_right_behind(span, start, listed=listed)
    }


def _held(around: Surroundings, offices: Iterable[Entity], people: Iterable[Entity]) -> set[str]:
    """Return the countries of those offices that some of the people held, and of the bodies these belong to."""
    numbers = around.index.numbers
    held = {number for who in people for number in around.index.above(numbers[who.id])}
    return {office.country for office in offices if numbers[office.id] in held}


def is_foreign(around: Surroundings, span: Span, match: Match) -> bool:
    """Whether an office or body is of a country named beside it, and that of none whose the gazetteer knows."""
    if not BODIES & set(span.types):
        return False
    meant = [match.entity] if match.entity else _rivals(match)
    countries = {one.country for one in meant if one.type in BODIES}
    beside = _beside(around, span, listed=False) if countries and "" not in countries else set()
    return bool(beside) and not beside & countries


def _rivals(match: Match) -> list[Entity]:
    """Return the offices or bodies that an answer leaves open, alike in name."""
    entities = [one.entity for one in match.candidates if one.entity.type in BODIES and one.score > _CHANCE]
    first = match.entity or (entities[0] if entities else None)
    return [one for one in entities if first and one.type == first.type]


def _countries_of(entities: Iterable[Entity]) -> set[str]:
    return {one.country for one in entities}
