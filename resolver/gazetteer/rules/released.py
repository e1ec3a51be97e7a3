"""Released ids are never removed."""

from __future__ import annotations

from collections.abc import Iterator

from resolver.gazetteer.description import read_bytes
from resolver.gazetteer.rules.facts import Facts, Finding

__all__ = ["RELEASED", "ids_kept", "ids_replaced"]

RELEASED = "released_ids.txt"
"""The file next to the tables with all ids ever released, sorted, one per line; without it none was released."""


def ids_kept(facts: Facts) -> Iterator[Finding]:
    """No released id is lost: others rely on it. An entity can end, or its id is replaced by another one's."""
    if not (facts.tables.path / RELEASED).exists():
        return
    known = {*facts.entities, *(row["id"] for row in facts["replaced_ids"])}
    released = read_bytes(facts.tables.path, RELEASED).decode("utf-8", "replace")
    for line, id_ in enumerate(released.splitlines(), start=1):
        if id_ not in known:
            message = f"{id_} was released but is not in entities.csv; put it back, and end it in versions.csv"
            yield Finding("released_ids", line, message)


def ids_replaced(facts: Facts) -> Iterator[Finding]:
    """An id that is replaced by another one has no entity of its own, so one step always leads to the entity."""
    for row in facts["replaced_ids"]:
        if row["id"] in facts.entities:
            message = f"{row['id']} is replaced but still in entities.csv; remove it there, or here"
            yield Finding("replaced_ids", row.line, message)
