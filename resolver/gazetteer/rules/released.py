"""Ids that were once released stay."""

from __future__ import annotations

from collections.abc import Iterator

from resolver.gazetteer.rules.facts import Facts, Finding

__all__ = ["RELEASED", "ids_kept"]

RELEASED = "released_ids.txt"
"""The list of all ids ever released, sorted, one in a line, beside the tables; a folder without it released none."""


def ids_kept(facts: Facts) -> Iterator[Finding]:
    """No id that was ever released is missing from the entities: others rely on it, an entity ends but stays."""
    file = facts.tables.path / RELEASED
    if not file.is_file():
        return
    for line, id_ in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if id_ not in facts.entities:
            message = f"{id_} was released but is not in entities.csv; put it back, and end it in versions.csv"
            yield Finding("released_ids", line, message)
