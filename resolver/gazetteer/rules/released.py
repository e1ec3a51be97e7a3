"""Released ids are never removed."""

from __future__ import annotations

from collections.abc import Iterator

from resolver.gazetteer.description import read_bytes
from resolver.gazetteer.rules.facts import Facts, Finding

__all__ = ["RELEASED", "ids_kept"]

RELEASED = "released_ids.txt"
"""The file next to the tables with all ids ever released, sorted, one per line; without it none was released."""


def ids_kept(facts: Facts) -> Iterator[Finding]:
    """No released id is missing from the entities: others rely on it. An entity can end but is never removed."""
    if not (facts.tables.path / RELEASED).exists():
        return
    released = read_bytes(facts.tables.path, RELEASED).decode("utf-8", "replace")
    for line, id_ in enumerate(released.splitlines(), start=1):
        if id_ not in facts.entities:
            message = f"{id_} was released but is not in entities.csv; put it back, and end it in versions.csv"
            yield Finding("released_ids", line, message)
