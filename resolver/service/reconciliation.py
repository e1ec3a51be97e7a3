"""The Reconciliation Service API 0.2 of the W3C Entity Reconciliation Community Group, without its HTTP.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.filters import types_of
from resolver.model import Candidate, Entity, Match, Mention
from resolver.service.properties import CONTEXT, PROPERTIES, Property

__all__ = [
    "TYPE_NAMES",
    "Query",
    "as_result",
    "described",
    "manifest",
    "query_of",
    "suggest_properties",
    "suggest_types",
    "suggested",
    "typed",
]

TYPE_NAMES = {
    "place": "Place",
    "country": "Country",
    "province": "Province",
    "district": "District",
    "commune": "Commune",
    "person": "Person",
    "organisation": "Organisation",
    "office": "Office",
}
"""The types that a query may have: those of entities, and ``place`` for the four levels of places."""

_SPACE = "urn:resolver-vnkh"
_FEWEST, _MOST = 1, 50
_CANDIDATES = 10
_SHOWN = 3
"""Decimals of a score."""

_BATCH = 1_000
"""Queries that a client may best send together; OpenRefine sends ten at a time to a service that names no number."""

Query = tuple[Mention, int]
"""The mention of one query, and the number of candidates that it wants."""


def manifest(base: str, version: str, most: int) -> dict[str, Any]:
    """Return what a client needs to know about the service at an address (without a slash at its end).

    ``most`` is how many queries one request may have.
    """
    suggest = {
        kind: {"service_url": base, "service_path": f"/suggest/{kind}"} for kind in ("entity", "type", "property")
    }
    return {
        "versions": ["0.2"],
        "name": "Places, people, offices and organisations of Vietnam and Cambodia",
        "identifierSpace": f"{_SPACE}:entity",
        "schemaSpace": f"{_SPACE}:type",
        "serviceVersion": version,
        "documentation": f"{base}/help",
        "batchSize": min(_BATCH, most),
        "defaultTypes": [{"id": id_, "name": name} for id_, name in TYPE_NAMES.items()],
        "view": {"url": f"{base}/{{{{id}}}}"},
        "preview": {"url": f"{base}/preview/{{{{id}}}}", "width": 420, "height": 320},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/extend/propose"},
            "property_settings": [],
        },
    }


def query_of(asked: Mapping[str, Any]) -> Query:
    """Return a query of a batch. Raises UsageError if it is not a query."""
    if not isinstance(asked, Mapping):
        raise UsageError('a query is an object with "query"')
    text, given = asked.get("query", ""), asked.get("type", [])
    types = [given] if isinstance(given, str) else given
    limit, properties = asked.get("limit", _CANDIDATES), asked.get("properties", [])
    if not isinstance(text, str) or not isinstance(types, list) or not all(isinstance(one, str) for one in types):
        raise UsageError('"query" is a text, "type" the name of a type or a list of them')
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not isinstance(properties, list):
        raise UsageError('"limit" is a number, "properties" a list')
    context = _context(properties)
    types_asked = types_of([*types, *context["type"]])
    countries = tuple(country.upper() for country in context["country"])
    date = next(iter(context["date"]), "")
    mention = Mention(text, types_asked, countries, date, tuple(context["within"]))
    return mention, int(min(max(limit, _FEWEST), _MOST))


def _context(properties: Iterable[Any]) -> dict[str, list[str]]:
    """Return the values of the properties that are context of a mention; others are ignored."""
    found: dict[str, list[str]] = {pid: [] for pid in CONTEXT}
    for one in properties:
        if not isinstance(one, Mapping) or not isinstance(one.get("pid"), str) or "v" not in one:
            raise UsageError('a property has a "pid" and a value "v"')
        values = one["v"] if isinstance(one["v"], list) else [one["v"]]
        if one["pid"] in found:
            found[one["pid"]] += [text for value in values if (text := _text(value))]
    return found


def _text(value: Any) -> str:
    # A value that was reconciled has an id, which is a mention like any other.
    told = value.get("id", "") if isinstance(value, Mapping) else value
    return "" if told is None or isinstance(told, bool) else str(told).strip()


def as_result(match: Match, limit: int) -> dict[str, Any]:
    """Return a match as the result of a query."""
    matched = match.entity.id if match.status == "matched" and match.entity else ""
    return {"result": [_candidate(one, one.entity.id == matched) for one in match.candidates[:limit]]}


def _candidate(candidate: Candidate, matched: bool) -> dict[str, Any]:
    entity = candidate.entity
    return {
        "id": entity.id,
        "name": entity.name,
        "description": described(entity),
        "score": round(100 * candidate.score, _SHOWN),
        "match": matched,
        "type": typed(entity),
        "features": [{"id": one.feature, "value": round(one.weight, _SHOWN)} for one in candidate.evidence],
    }


def typed(entity: Entity) -> list[dict[str, str]]:
    """Return the types of an entity, the narrowest first."""
    return [{"id": entity.type, "name": TYPE_NAMES[entity.type]}]


def described(entity: Entity) -> str:
    """Return a description that distinguishes an entity from its namesakes: its parents, and its last day."""
    told = [entity.path if entity.path != entity.name else TYPE_NAMES[entity.type]]
    if entity.valid_to:
        told.append(f"until {entity.valid_to}")
    return ", ".join(told)


def suggested(
    resolver: Resolver, prefix: str, types: str | Iterable[str] | None, limit: int, language: str | None = None
) -> list[Entity]:
    """Return the entities whose names begin with a text, or else those that the text may mean."""
    found = resolver.suggest(prefix, type=types, limit=limit, language=language)
    if len(found) < limit and prefix.strip():
        known = {entity.id for entity in found}
        others = (one.entity for one in resolver.resolve(prefix, type=types, language=language).candidates)
        found += [entity for entity in others if entity.id not in known]
    return found[:limit]


def suggest_types(prefix: str) -> list[dict[str, str]]:
    """Return the types whose id or name begins with a text."""
    asked = prefix.strip().casefold()
    return [{"id": id_, "name": name} for id_, name in TYPE_NAMES.items() if id_.startswith(asked)]


def suggest_properties(prefix: str) -> list[dict[str, str]]:
    """Return the properties, for queries or to be fetched, whose id or name contains a text."""
    asked = prefix.strip().casefold()
    every: list[Property] = [*CONTEXT.values(), *PROPERTIES.values()]
    return [
        {"id": one.id, "name": one.name, "description": one.description}
        for one in every
        if asked in one.id or asked in one.name.casefold()
    ]
