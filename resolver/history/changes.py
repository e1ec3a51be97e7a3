"""What became of an entity: changes since a day, and the entities in its area on an earlier or later day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from resolver.index.index import Edge, Index, Record, Transfer
from resolver.model import Change

__all__ = [
    "Area",
    "Share",
    "area",
    "area_at",
    "changes_between",
    "comprised_on",
    "counted_from",
    "standing",
    "version_at",
    "within",
]

# A change of a border or of the entity's own attributes has no successor.
_SUCCESSION = frozenset({"merged", "split", "absorbed", "abolished", "created"})


@dataclass(frozen=True, slots=True)
class Share:
    """The part of an entity's area that is in another entity on another day.

    ``extent`` and ``population`` say how much of the earlier of the two went into the later one, as in ``Change``;
    ``changes`` are the steps, in chronological order; ``moved`` says that only smaller units moved by themselves.
    """

    entity: int
    extent: str
    population: str
    changes: tuple[Change, ...]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """The entities that have an entity's area on another day; not ``known`` if a part of it cannot be followed.

    ``founded`` are neighbouring units formed in between from an unrecorded origin: they may have a part of it.
    """

    shares: tuple[Share, ...]
    known: bool
    founded: tuple[int, ...] = ()


def changes_between(record: Record, after: int, until: int) -> tuple[Change, ...]:
    """Return what happened to an entity after one day, up to and including another, oldest first.

    If another entity was created from a part of it, that is a split for the entity itself.
    """
    return tuple(_as_seen_from(record, edge) for edge in record.changes if after < edge.day <= until)


def _as_seen_from(record: Record, edge: Edge) -> Change:
    parted = edge.change.kind == "created" and edge.other != record.number
    return replace(edge.change, kind="split") if parted else edge.change


def version_at(record: Record, day: int) -> int:
    """Return the number of the version in force on a day, else of the nearest one; -1 if there is none."""
    last = -1
    for number, (first, end) in enumerate(record.days):
        if first <= day < end:
            return number
        if first <= day:
            last = number
    return max(last, 0) if record.days else -1


def counted_from(record: Record, version: int, days: tuple[int, int] | None, as_of: int) -> int:
    """Return the day after which changes count: the mention's, or the start of the version meant.

    If the entity had ended by the mention's date, the change that ended it counts. An undated mention that fits an
    entity in force means the entity as it is today.
    """
    if version < 0:
        return as_of
    last_end = record.days[-1][1]
    if days:
        return min(days[0], last_end - 1)
    if version == len(record.versions) - 1 and last_end > as_of:
        return as_of
    return record.days[version][0]


def comprised_on(record: Record, version: int, days: tuple[int, int] | None, as_of: int) -> int:
    """Return the day whose area a mention of a version means: its date, else the last day of the version.

    An undated mention that fits an entity in force means the entity as it is today.
    """
    if version < 0:
        return as_of
    if days:
        return min(max(days[0], record.days[0][0]), record.days[-1][1] - 1)
    return min(as_of, record.days[version][1] - 1)


def standing(index: Index, entity: int, day: int) -> tuple[int, ...]:
    """Return the entities that have the area of ``entity`` on a day: itself if it is in force.

    The same as ``area_at`` after its last day, or before its first.
    """
    first, end = _life(index, entity)
    return (entity,) if first <= day < end else area_at(index, entity, day, day)


def area_at(index: Index, entity: int, since: int, day: int) -> tuple[int, ...]:
    """Return the entities that on one day have the area that an entity had on another, as ``area``.

    Entities that only received a smaller unit are not included: that is not a change of the entity itself.
    """
    shares = area(index, entity, since, day).shares
    return tuple(share.entity for share in shares if not share.moved)


def area(index: Index, entity: int, since: int, day: int) -> Area:
    """Return the entities that on one day have the area that an entity had on another day, earlier or later.

    Successors and predecessors are followed through the graph of changes, over any number of changes. The entity itself
    comes first if it is in force, then the one that has the whole population. If a unit was dissolved without a
    successor that still exists (a district), the result is that of the units it consisted of.
    """
    first, end = _life(index, entity)
    since = min(max(since, first), end - 1)
    if since <= day:
        return _Onward(index, entity, since, day).area()
    before, known = _earlier(index, entity, since, day, frozenset())
    later = {one: _Onward(index, one, day, since).area().shares for one in dict.fromkeys(before)}
    found = [replace(share, entity=one) for one, shares in later.items() for share in shares if share.entity == entity]
    return Area(_in_order(found, entity), known and bool(found))


class _Way(NamedTuple):
    """One path by which a part of an entity came to another; ``moved`` if only a smaller unit moved by itself."""

    entity: int
    extent: str
    population: str
    changes: tuple[Change, ...]
    moved: bool = False


class _Onward:
    """Follows the area that an entity had on a day to a later day."""

    def __init__(self, index: Index, entity: int, since: int, day: int) -> None:
        self._index = index
        self._entity = entity
        self._since = since
        self._day = day
        self._founded = _founded_beside(index, entity, since, day)
        # If a neighbour was formed on the day of the entity's own change, the entity is what was left.
        own = {edge.day for edge in index.record(entity).changes if edge.other == entity}
        self._whole = own.isdisjoint(self._founded.values())
        self._known = self._whole

    def area(self) -> Area:
        """Return the entities that have the area, by all paths."""
        taken: dict[int, list[_Way]] = {}
        for way in self._from(self._entity, self._since, frozenset(), entire=True):
            taken.setdefault(way.entity, []).append(way)
        shares = [_together(one, ways) for one, ways in taken.items()]
        if not self._whole:
            shares = [
                replace(share, extent=_least("part", share.extent), population=_least("", share.population))
                for share in shares
            ]
        if self._known:
            peopled = [share for share in shares if share.population != "none"]
            shares = [
                replace(
                    share,
                    extent="whole" if len(shares) == 1 else share.extent,
                    population="whole" if peopled == [share] else share.population,
                )
                for share in shares
            ]
        return Area(_in_order(shares, self._entity), self._known and bool(shares), tuple(self._founded))

    def _from(self, entity: int, since: int, seen: frozenset[int], *, entire: bool) -> list[_Way]:
        """Return the paths from an entity on; ``entire`` if all of it is followed, and not possibly a part."""
        if entity in seen:
            self._known = False
            return []
        record = self._index.record(entity)
        first, end = _life(self._index, entity)
        since, seen = min(max(since, first), end - 1), seen | {entity}
        final = _final(record, end) if end <= self._day else []
        parted = [edge for edge in record.changes if self._parts(edge, entity, since, entire=entire)]
        given = [edge for edge in parted if edge not in final]
        handed = record.handed if entire else ()
        moved = [move for move in handed if since < move.day <= self._day and self._was_within(move.unit)]
        gone = self._followed(given, seen, entire=entire) + self._moved(moved, seen)
        if self._day < end:
            own = tuple(e.change for e in record.changes if e.other == entity and since < e.day <= self._day)
            stayed = [_Way(entity, "whole", "whole", own)]
        else:
            stayed = self._after(record, final, end, seen, entire=entire)
        if given or moved:
            rest = _rest([*given, *moved])
            stayed = [
                way._replace(extent=_least("part", way.extent), population=_least(rest, way.population))
                for way in stayed
            ]
        return stayed + gone

    def _parts(self, edge: Edge, entity: int, since: int, *, entire: bool) -> bool:
        """Whether a change moved a part of an entity that is followed."""
        if not since < edge.day <= self._day or edge.other in (-1, entity):
            return False
        # If the area went into a larger unit that later gave away a strip, it is unknown whether the strip was in it.
        return edge.change.kind != "boundary" or entire

    def _after(self, record: Record, final: list[Edge], end: int, seen: frozenset[int], *, entire: bool) -> list[_Way]:
        """Return the paths by which an entity ended."""
        outlived = any(_life(self._index, edge.other)[1] > self._day for edge in final)
        # If its successor has ended too, the units it consisted of show more exactly what became of its area.
        if final and (outlived or not record.ended_with):
            return self._followed(final, seen, entire=entire)
        self._known = self._known and bool(record.ended_with)
        return [
            way._replace(extent="part", population=_least("part", way.population))
            for unit in record.ended_with
            for way in self._from(unit, end - 1, seen, entire=entire)
        ]

    def _followed(self, edges: Iterable[Edge], seen: frozenset[int], *, entire: bool) -> list[_Way]:
        """Return the paths that begin with some changes."""
        found = []
        for edge in edges:
            came_from = {origin.other for origin in self._index.record(edge.other).origins}
            onward = self._from(edge.other, edge.day, seen, entire=entire and came_from <= seen)
            if edge.change.kind == "boundary" and len({way.entity for way in onward}) > 1:
                # A strip is in one of them, and it is not known in which.
                self._known = False
                continue
            found += [_by(edge.change, way) for way in onward]
        return found

    def _moved(self, moves: Iterable[Transfer], seen: frozenset[int]) -> list[_Way]:
        """Return the paths of smaller units to the units that they finally belong to."""
        found = []
        for move in moves:
            level = self._index.record(move.other).type
            for way in self._from(move.unit, move.day, seen, entire=False):
                larger = within(self._index, way.entity, self._day, level)
                found.append(_by(move.change, way)._replace(entity=larger, moved=True))
        return found

    def _was_within(self, unit: int) -> bool:
        """Whether a unit belonged to the entity at the start, or was formed later."""
        first, _ = _life(self._index, unit)
        level = self._index.record(self._entity).type
        return self._since < first or within(self._index, unit, self._since, level) == self._entity


def _founded_beside(index: Index, entity: int, since: int, day: int) -> dict[int, int]:
    """Return neighbouring units of the same type formed between two days from an unrecorded origin, and when."""
    record = index.record(entity)
    found: dict[int, int] = {}
    for (first, end), parent in zip(record.days, record.parents, strict=True):
        if parent >= 0:
            for formed, unit in index.record(parent).founded:
                there = max(first, since + 1) <= formed < min(end, day + 1) and unit != entity
                if there and index.entity_type[unit] == index.entity_type[entity]:
                    found[unit] = formed
    return found


def within(index: Index, entity: int, day: int, level: str) -> int:
    """Return the parent of a level (``province``) that an entity has on a day; itself if there is none."""
    record = index.record(entity)
    while record.type != level:
        parent = record.parents[version_at(record, day)] if record.versions else -1
        if parent < 0:
            return entity
        record = index.record(parent)
    return record.number


def _by(change: Change, way: _Way) -> _Way:
    """Return a path with a change added before it."""
    extent, population = _least(change.extent, way.extent), _least(_people(change), way.population)
    onward = tuple(step for step in way.changes if step.from_id != step.to_id)
    return way._replace(extent=extent, population=population, changes=(change, *onward))


def _together(entity: int, ways: list[_Way]) -> Share:
    populations = {way.population for way in ways}
    population = next((kind for kind in ("whole", "part", "") if kind in populations), "none")
    extent = "whole" if any(way.extent == "whole" for way in ways) else "part" if len(ways) > 1 else ways[0].extent
    changes = dict.fromkeys(change for way in ways for change in way.changes)
    return Share(entity, extent, population, tuple(changes), all(way.moved for way in ways))


def _in_order(shares: Iterable[Share], first: int) -> tuple[Share, ...]:
    populated = ("whole", "part", "", "none")
    return tuple(
        sorted(shares, key=lambda share: (share.entity != first, share.moved, populated.index(share.population)))
    )


def _earlier(index: Index, entity: int, since: int, day: int, seen: frozenset[int]) -> tuple[list[int], bool]:
    """Return the entities that on an earlier day may have had a part of an entity's area, and if these are all."""
    if entity in seen:
        return [], True
    record = index.record(entity)
    first, end = _life(index, entity)
    since, seen = min(max(since, first), end - 1), seen | {entity}
    steps: list[Edge | Transfer] = [*record.origins, *record.received]
    came = [step for step in steps if day < step.day <= since]
    if first > day and not came:
        came = [step for step in steps if step.day <= first]
    found = [entity] if first <= day else []
    known = bool(found or came) and all(step.other >= 0 for step in came)
    for step in came:
        if step.other >= 0:
            before, all_known = _earlier(index, step.other, step.day - 1, day, seen)
            found += before
            known = known and all_known
    return found, known


def _final(record: Record, end: int) -> list[Edge]:
    """Return the changes by which an entity ended."""
    edges = [edge for edge in record.changes if _succeeds(edge, record.number)]
    last = max((edge.day for edge in edges), default=None)
    # A unit cut from it while it continued has only a part of it.
    return [edge for edge in edges if edge.day >= end or (edge.day == last and edge.change.kind != "created")]


def _succeeds(edge: Edge, entity: int) -> bool:
    return edge.other >= 0 and edge.other != entity and edge.change.kind in _SUCCESSION


def _people(change: Change) -> str:
    """Return how much of the population a change moved; all of it with the whole area."""
    return change.population or ("whole" if change.extent == "whole" else "")


def _rest(parted: Iterable[Edge | Transfer]) -> str:
    """Return how much of the population stayed after some parts were given away."""
    given = {_people(edge.change) for edge in parted}
    return "whole" if given <= {"none"} else "none" if "whole" in given else "part" if "part" in given else ""


def _least(one: str, other: str) -> str:
    """Return how much of A is in C, given how much of A is in B and how much of B is in C."""
    return next((kind for kind in ("none", "", "part") if kind in (one, other)), "whole")


def _life(index: Index, entity: int) -> tuple[int, int]:
    first, end = index.entity_days[entity].tolist()
    return first, end
