"""What the gazetteer tells of an entity besides its own record: its ids elsewhere, and the offices of a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from resolver.gazetteer.reader import bundled_path, read_tables

__all__ = ["identifiers", "offices_of", "schemes"]


def identifiers(id_: str, scheme: str) -> list[str]:
    """Return the identifiers of an entity in another data set, in the order of the table."""
    return _facts().identifiers.get((id_, scheme), [])


def schemes(id_: str) -> dict[str, list[str]]:
    """Return all identifiers of an entity in other data sets, by data set."""
    return {scheme: identifiers(id_, scheme) for scheme in _facts().schemes.get(id_, ())}


def offices_of(id_: str) -> list[str]:
    """Return the ids of the offices of a place or of an organisation: those of its bodies, and those it has itself."""
    bodies = [id_, *_facts().bodies.get(id_, ())]
    return list(dict.fromkeys(office for body in bodies for office in _facts().offices.get(body, ())))


class _Facts(NamedTuple):
    """Rows of the gazetteer by what they are about: ids elsewhere, organisations of places, offices of either."""

    identifiers: Mapping[tuple[str, str], list[str]]
    schemes: Mapping[str, list[str]]
    bodies: Mapping[str, list[str]]
    offices: Mapping[str, list[str]]


@cache
def _facts() -> _Facts:
    tables = read_tables(bundled_path())
    facts = _Facts(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
    for row in tables["identifiers"]:
        facts.identifiers[row["id"], row["scheme"]].append(row["value"])
        facts.schemes[row["id"]].append(row["scheme"])
    types = {row["id"]: row["type"] for row in tables["entities"]}
    for row in tables["versions"]:
        if types[row["id"]] == "office":
            for owner in filter(None, (row["area_id"], row["parent_id"])):
                facts.offices[owner].append(row["id"])
        elif types[row["id"]] == "organisation" and row["area_id"]:
            facts.bodies[row["area_id"]].append(row["id"])
    return facts
