"""Properties of entities: those that a query may have as context, and those that can be fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resolver.engine.resolver import Resolver
from resolver.model import Entity, Match, Tenure, Version

__all__ = ["CONTEXT", "PROPERTIES", "Property", "extend"]

Value = dict[str, Any]

_EVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Property:
    """A property; ``type`` is the type of the entities that are its values, empty if the values are texts."""

    id: str
    name: str
    description: str
    type: str = ""


CONTEXT = {
    one.id: one
    for one in (
        Property("within", "Lies in", "Parents, smallest first or in any order: names, or values reconciled before"),
        Property("date", "Date of the mention", "A day, month or year: what was in force then is meant"),
        Property("country", "Country", "ISO 3166-1 code: VN, KH"),
        Property("type", "Type", "country, province, district, commune, person, organisation, office"),
    )
}
"""Properties that are the context of a mention."""


def _text(value: str) -> list[Value]:
    return [{"str": value}] if value else []


def _entity(entity: Entity) -> Value:
    return {"id": entity.id, "name": entity.name, "description": entity.path}


def _changes(match: Match) -> list[Value]:
    return [{"str": " ".join(filter(None, (one.date, one.kind, one.instrument)))} for one in match.changes]


def _people(tenures: Iterable[Tenure]) -> list[Value]:
    return [{"id": one.person_id, "name": one.person, "description": one.office} for one in tenures]


def _offices(tenures: Iterable[Tenure]) -> list[Value]:
    return [{"id": one.office_id, "name": one.office} for one in tenures]


_LANGUAGES = {"vi": "Vietnamese", "en": "English", "fr": "French", "km": "Khmer"}
_PARENTS = "parents"
_SCHEMES = {
    "iso_3166_2": ("iso3166-2", "ISO 3166-2 code"),
    "wikidata": ("wikidata", "Wikidata item"),
    "geonames": ("geonames", "GeoNames id"),
    "pcode": ("pcode", "P-code (OCHA)"),
}
_OF_MATCH: Mapping[str, tuple[Property, Callable[[Match], list[Value]]]] = {
    property_.id: (property_, value)
    for property_, value in (
        (
            Property("code", "Official code", "GSO/NSO code in Vietnam, NCDD code in Cambodia"),
            lambda match: _text(match.entity.code if match.entity else ""),
        ),
        (
            Property("path", "Full name with parents", "As the version meant lay in"),
            lambda match: _text(match.entity.path if match.entity else ""),
        ),
        (
            Property("valid_from", "In force from", "Empty where its start is not recorded"),
            lambda match: _text(match.entity.valid_from if match.entity else ""),
        ),
        (
            Property("valid_to", "In force until", "Empty where it is in force"),
            lambda match: _text(match.entity.valid_to if match.entity else ""),
        ),
        (Property("changes", "Changes", "Date, kind and legal instrument"), _changes),
        (
            Property("current", "What stands there now", "Its successors, itself where it is in force"),
            lambda match: [_entity(one) for one in match.current],
        ),
        (
            Property("holders", "Holders", "Who holds an office", "person"),
            lambda match: _people(match.holders),
        ),
        (
            Property("offices", "Offices held", "What a person holds or held", "office"),
            lambda match: _offices(match.held),
        ),
    )
}
PROPERTIES = (
    {one.id: one for one, _ in _OF_MATCH.values()}
    | {
        f"name_{tag}": Property(f"name_{tag}", f"Name in {language}", f"The usual name in {language}")
        for tag, language in _LANGUAGES.items()
    }
    | {_PARENTS: Property(_PARENTS, "Lies in", "Its parents as it last lay, the smallest first")}
    | {id_: Property(id_, name, "Where open data give it") for id_, (_, name) in _SCHEMES.items()}
)
"""Properties that can be fetched."""


def extend(resolver: Resolver, ids: Sequence[str], properties: Sequence[str]) -> dict[str, dict[str, list[Value]]]:
    """Return the values of properties for entities, by id; unknown ids and properties have no values."""
    wanted = [one for one in properties if one in PROPERTIES]
    tags = [one.removeprefix("name_") for one in wanted if one.startswith("name_")]
    matches = resolver.resolve_many(ids)
    known = [match.method == "id" and match.entity is not None for match in matches]
    rows: dict[str, dict[str, list[Value]]] = {}
    for id_, match, is_known in zip(ids, matches, known, strict=True):
        row: dict[str, list[Value]] = {one: [] for one in properties}
        if is_known:
            row |= {one: _OF_MATCH[one][1](match) for one in wanted if one in _OF_MATCH}
            row |= {f"name_{tag}": _text(_name(resolver, id_, tag)) for tag in tags}
            if _PARENTS in row:
                row[_PARENTS] = [_entity(one) for one in _parents(resolver, id_)]
            elsewhere = resolver.identifiers(id_)
            row |= {
                one: [{"str": found.value} for found in elsewhere if found.scheme == _SCHEMES[one][0]]
                for one in wanted
                if one in _SCHEMES
            }
        rows[id_] = row
    return rows


def _parents(resolver: Resolver, id_: str) -> Iterator[Entity]:
    """Yield what an entity lies in, or last lay in, and what that lay in then, up to the country."""
    until = _EVER
    while parent := (version := _last_before(resolver.history(id_).versions, until)).parent_id:
        until = version.valid_to.partition("/")[0] or until
        then = _last_before(resolver.history(parent).versions, until)
        yield resolver.entity(parent, date=then.valid_from.partition("/")[0] or None)
        id_ = parent


def _last_before(versions: Sequence[Version], until: str) -> Version:
    return next((one for one in reversed(versions) if one.valid_from < until), versions[0])


def _name(resolver: Resolver, id_: str, tag: str) -> str:
    """Return the name of an entity in a language; empty if it has none."""
    name = resolver.entity(id_, language=tag).name
    history = resolver.history(id_)
    spelt = {one.text for one in history.names if one.language == tag}
    return name if name in spelt | {one.name for one in history.versions if one.language == tag} else ""
