"""Ids that were once released stay."""

from __future__ import annotations

from collections.abc import Iterator

from resolver.gazetteer.description import read_bytes
from resolver.gazetteer.rules.facts import Facts, Finding

__all__ = ["RELEASED", "ids_kept"]

RELEASED = "released_ids.txt"
"""The list of all ids ever released, sorted, one in a line, beside the tables; a folder without it released none."""


def ids_kept(facts: Facts) -> Iterator[Finding]:
    """No id that was ever released is missing from the entities: others rely on it, an entity ends but stays."""
    if not (facts.tables.path / RELEASED).exists():
        return
    released = read_bytes(facts.tables.path, RELEASED).decode("utf-8", "replace")
    for line, id_ in enumerate(released.splitlines(), start=1):
        if id_ not in facts.entities:
            message = f"{id_} was released but is not in entities.csv; put it back, and end it in versions.csv"
            yield Finding("released_ids", line, message)
