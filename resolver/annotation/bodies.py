"""Offices and bodies in a document: of which country they are, if several countries have one of this name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from resolver.annotation.batching import Stage
from resolver.annotation.document_context import BODIES, Constraints, DocumentContext, Pairs, resolve_again
from resolver.annotation.span import Span
from resolver.annotation.standing import NEAR
from resolver.model import Entity, Match

__all__ = ["HOME", "countries_beside", "is_foreign", "of_country"]

HOME = {"vi": "VN", "km": "KH"}
"""The country of a text without a country, by its language."""
_CHANCE = 0.001
_Named = Sequence[tuple[Span, Entity]]


def of_country(document: DocumentContext, pairs: Pairs) -> Stage[Pairs]:
    """Return pairs in which an office or body whose country was open has the country that the text implies."""
    people = [(span, match.entity) for span, match in pairs if match.entity and match.entity.type == "person"]
    bodies = [(span, match.entity) for span, match in pairs if match.entity and match.entity.type in BODIES]
    constraints: dict[int, Constraints] = {}
    for number, (span, match) in enumerate(pairs):
        if not BODIES & set(span.types) or not match.candidates:
            continue
        rivals = _rivals(match)
        if len(_countries_of(rivals)) > 1 or (match.status == "ambiguous" and _may_be_told(document, span)):
            country = _country(document, span, rivals, people, bodies)
            if country:
                constraints[number] = (), (country,)
    return (yield from resolve_again(pairs, constraints, document.date))


def _may_be_told(document: DocumentContext, span: Span) -> bool:
    """Whether an office or body with an ambiguous name can be identified by its country."""
    return span.kind != "name" and not document.is_bare_role(span) and not span.query.isupper()


def _country(document: DocumentContext, span: Span, rivals: Sequence[Entity], people: _Named, bodies: _Named) -> str:
    """Return the country of an office or body with an ambiguous name; empty if the text does not imply one.

    The clues are tried from the strongest to the weakest: a country named beside it, people and bodies beside it, the
    sentence, the language, the whole text. If the gazetteer has only one office of this name, a stronger clue for
    another country excludes it.
    """
    start, end = document.standing.sentence(span)
    near = [(other, who) for other, who in people if start <= other.start < end]
    joined = {
        what.country for other, what in bodies if other.start > span.end and document.standing.are_beside(span, other)
    }
    countries = _countries_of(rivals)
    several = len({country for _, _, country in document.countries} & countries) > 1
    listed = _among_others(document, countries)
    told = document.countries_in(start, end, by_name=several, without=listed)
    mixed = not (_countries_of(who for _, who in near) - document.countries_in(start, end)).isdisjoint(countries)
    if mixed:  # the sentence is about people of another country as well: who visits whom does not tell
        told = set()
    for fits in (
        countries_beside(document, span),
        {who.country for other, who in near if document.standing.are_beside(span, other)},
        joined,
        _held(document, rivals, (who for _, who in near)),
        told,
        {HOME.get(document.language, "")} - {""},
        _held(document, rivals, (who for _, who in people)),
        set() if mixed else document.countries_in(start, end, without=listed),
        {country for at, _, country in document.countries if at not in listed},
    ):
        both = fits & countries
        if len(both) == 1 and (len(countries) > 1 or both == fits):
            return both.pop()
        if fits and len(countries) == 1:
            return ""
    at = min(
        (
            (abs(at - span.start), country)
            for at, _, country in document.countries
            if not mixed and start <= at < end and at not in listed
        ),
        default=(0, ""),
    )
    return at[1] if at[1] in countries else ""


def _among_others(document: DocumentContext, countries: set[str]) -> set[int]:
    """Return where countries are named in a list with others: people from China and Viet Nam tell of no ministry."""
    lists = document.country_lists
    return {at for some in lists if not countries.issuperset(one for _, one in some) for at, _ in some}


def countries_beside(document: DocumentContext, span: Span, *, listed: bool = True) -> set[str]:
    """Return the country named directly beside an office or body: the US Senate, Bộ Nội vụ, Vương quốc Campuchia.

    With ``listed`` a country after a comma counts too, although it may be the next item of a list.
    """
    standing, first, last = document.standing, span.start - NEAR, span.end + NEAR
    return {
        country
        for start, end, country in document.countries
        if (first <= end and start <= last)
        and (standing.is_right_before(span, end) or standing.is_right_behind(span, start, listed=listed))
    }


def _held(document: DocumentContext, offices: Iterable[Entity], people: Iterable[Entity]) -> set[str]:
    """Return the countries of the offices that one of the people held, or whose body one of them belonged to."""
    numbers = document.index.numbers
    held = {number for who in people for number in document.index.above(numbers[who.id])}
    return {office.country for office in offices if numbers[office.id] in held}


def is_foreign(document: DocumentContext, span: Span, match: Match) -> bool:
    """Whether an office or body belongs to a country named beside it that is not one of its candidates' countries."""
    if not BODIES & set(span.types):
        return False
    meant = [match.entity] if match.entity else _rivals(match)
    countries = {one.country for one in meant if one.type in BODIES}
    beside = countries_beside(document, span, listed=False) if countries and "" not in countries else set()
    return bool(beside) and not beside & countries


def _rivals(match: Match) -> list[Entity]:
    """Return the offices or bodies of the same name among which a match leaves the choice open."""
    entities = [one.entity for one in match.candidates if one.entity.type in BODIES and one.score > _CHANCE]
    first = match.entity or (entities[0] if entities else None)
    return [one for one in entities if first and one.type == first.type]


def _countries_of(entities: Iterable[Entity]) -> set[str]:
    return {one.country for one in entities}
