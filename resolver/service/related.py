"""The offices of a place or an organisation, which the gazetteer links only the other way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from resolver.gazetteer.reader import bundled_path, read_tables

__all__ = ["offices_of"]


def offices_of(id_: str) -> list[str]:
    """Return the ids of the offices of a place or of an organisation: those of its bodies, and those it has itself."""
    links = _links()
    bodies = [id_, *links.bodies.get(id_, ())]
    return list(dict.fromkeys(office for body in bodies for office in links.offices.get(body, ())))


class _Links(NamedTuple):
    """The organisations of places, and the offices of places and organisations, by id."""

    bodies: Mapping[str, list[str]]
    offices: Mapping[str, list[str]]


@cache
def _links() -> _Links:
    tables = read_tables(bundled_path())
    links = _Links(defaultdict(list), defaultdict(list))
    types = {row["id"]: row["type"] for row in tables["entities"]}
    for row in tables["versions"]:
        if types[row["id"]] == "office":
            for owner in filter(None, (row["area_id"], row["parent_id"])):
                links.offices[owner].append(row["id"])
        elif types[row["id"]] == "organisation" and row["area_id"]:
            links.bodies[row["area_id"]].append(row["id"])
    return links
