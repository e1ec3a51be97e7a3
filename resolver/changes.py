"""What became of an entity: changes since a day, what stands there at a day, before and after."""

from __future__ import annotations

from dataclasses import replace

from resolver.index import Edge, Index, Record
from resolver.model import Change

__all__ = ["area_at", "changes_between", "standing", "version_at"]

# A change that only moved a border, or the entity's own attributes, leaves nothing in its place.
_SUCCESSION = frozenset({"merged", "split", "absorbed", "abolished", "created"})


def changes_between(record: Record, after: int, until: int) -> tuple[Change, ...]:
    """Return what happened to an entity after one day, up to and including another, oldest first.

    What was created out of a part of it is, for itself, a split.
    """
    return tuple(_as_seen_from(record, edge) for edge in record.changes if after < edge.day <= until)


def _as_seen_from(record: Record, edge: Edge) -> Change:
    parted = edge.change.kind == "created" and edge.other != record.number
    return replace(edge.change, kind="split") if parted else edge.change


def area_at(index: Index, entity: int, after: int, day: int) -> tuple[int, ...]:
    """Return the entities that stand on a day on what an entity comprised after an earlier one.

    As ``standing``, and besides the parts that it gave away in between while it went on itself.
    """
    stands = standing(index, entity, day)
    if stands[:1] != (entity,):
        return stands
    later = [edge.other for edge in index.record(entity).changes if after < edge.day <= day]
    parts = [found for other in later if 0 <= other != entity for found in standing(index, other, day)]
    return tuple(dict.fromkeys((*stands, *parts)))


def version_at(record: Record, day: int) -> int:
    """Return the number of the version in force on a day, else of the nearest one; -1 where there is none."""
    last = -1
    for number, (first, end) in enumerate(record.days):
        if first <= day < end:
            return number
        if first <= day:
            last = number
    return max(last, 0) if record.days else -1


def standing(index: Index, entity: int, day: int) -> tuple[int, ...]:
    """Return the entities that stand on a day where ``entity`` stood, or stands: itself where it is in force.

    Successors and predecessors are followed through the graph of changes, however many changes lie between; the one
    that took the whole population comes first. For a unit that was dissolved without a successor that still stands (a
    district) they are those of the units it consisted of. Empty where it is not known.
    """
    return tuple(dict.fromkeys(_standing(index, entity, day, frozenset())))


def _standing(index: Index, entity: int, day: int, seen: frozenset[int]) -> list[int]:
    if entity in seen:
        return []
    first, end = (int(bound) for bound in index.entity_days[entity])
    if first <= day < end:
        return [entity]
    record = index.record(entity)
    seen |= {entity}
    if day < first:
        nearest = [edge.other for edge in record.origins if edge.other >= 0 and edge.day <= first]
    else:
        nearest = _successors(record, end)
        outlived = any(index.entity_days[other, 1] > day for other in nearest)
        # Where its successor has ended too, the units it consisted of tell more exactly what became of its area.
        nearest = nearest if outlived else list(record.ended_with) or nearest
    return [found for other in nearest for found in _standing(index, other, day, seen)]


def _successors(record: Record, end: int) -> list[int]:
    edges = [edge for edge in record.changes if _succeeds(edge, record.number)]
    last = max((edge.day for edge in edges), default=None)
    # What was cut from it while it went on has only a part of it.
    return [edge.other for edge in edges if edge.day >= end or (edge.day == last and edge.change.kind != "created")]


def _succeeds(edge: Edge, entity: int) -> bool:
    return edge.other >= 0 and edge.other != entity and edge.change.kind in _SUCCESSION
