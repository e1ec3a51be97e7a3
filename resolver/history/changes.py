"""What became of an entity: changes since a day, what stands there at a day, before and after."""

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

# A change that only moved a border, or the entity's own attributes, leaves nothing in its place.
_SUCCESSION = frozenset({"merged", "split", "absorbed", "abolished", "created"})


@dataclass(frozen=True, slots=True)
class Share:
    """What of an entity's area is found in another one on another day.

    ``extent`` and ``population`` say how much of the earlier of the two went into the later one, as in ``Change``;
    ``changes`` by what steps, in the order of time; ``moved`` that it is only smaller units that went by themselves.
    """

    entity: int
    extent: str
    population: str
    changes: tuple[Change, ...]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """Where all that an entity comprised is on another day; not ``known`` where some of it cannot be followed.

    ``founded`` are units that were formed beside it in between, of what is not recorded: they may have a part of it.
    """

    shares: tuple[Share, ...]
    known: bool
    founded: tuple[int, ...] = ()


def changes_between(record: Record, after: int, until: int) -> tuple[Change, ...]:
    """Return what happened to an entity after one day, up to and including another, oldest first.

    What was created out of a part of it is, for itself, a split.
    """
    return tuple(_as_seen_from(record, edge) for edge in record.changes if after < edge.day <= until)


def _as_seen_from(record: Record, edge: Edge) -> Change:
    parted = edge.change.kind == "created" and edge.other != record.number
    return replace(edge.change, kind="split") if parted else edge.change


def version_at(record: Record, day: int) -> int:
    """Return the number of the version in force on a day, else of the nearest one; -1 where there is none."""
    last = -1
    for number, (first, end) in enumerate(record.days):
        if first <= day < end:
            return number
        if first <= day:
            last = number
    return max(last, 0) if record.days else -1


def counted_from(record: Record, version: int, days: tuple[int, int] | None, as_of: int) -> int:
    """Return the day after which changes count: the mention's, or the start of the version meant.

    Where the entity had ended by the mention's date, what ended it counts. An undated mention that fits what is in
    force means just that.
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

    An undated mention that fits what is in force means it as it is.
    """
    if version < 0:
        return as_of
    if days:
        return min(max(days[0], record.days[0][0]), record.days[-1][1] - 1)
    return min(as_of, record.days[version][1] - 1)


def standing(index: Index, entity: int, day: int) -> tuple[int, ...]:
    """Return the entities that stand on a day where ``entity`` stood, or stands: itself where it is in force.

    As ``area_at`` after its last day, or before its first.
    """
    first, end = _life(index, entity)
    return (entity,) if first <= day < end else area_at(index, entity, day, day)


def area_at(index: Index, entity: int, since: int, day: int) -> tuple[int, ...]:
    """Return the entities that on a day have what an entity comprised on another, as ``area``.

    Not those that only a smaller unit went to by itself: that is no change of the entity's own.
    """
    shares = area(index, entity, since, day).shares
    return tuple(share.entity for share in shares if not share.moved)


def area(index: Index, entity: int, since: int, day: int) -> Area:
    """Return where on a day all that is which an entity comprised on another day, earlier or later.

    Successors and predecessors are followed through the graph of changes, however many changes lie between. Itself
    comes first where it is in force, then the one that has the whole population. For a unit that was dissolved
    without a successor that still stands (a district) they are those of the units it consisted of.
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
    """One way by which a part of an entity came to another; ``moved`` with a smaller unit that went by itself."""

    entity: int
    extent: str
    population: str
    changes: tuple[Change, ...]
    moved: bool = False


class _Onward:
    """Follows all that an entity comprised on a day to a later one."""

    def __init__(self, index: Index, entity: int, since: int, day: int) -> None:
        self._index = index
        self._entity = entity
        self._since = since
        self._day = day
        self._founded = _founded_beside(index, entity, since, day)
        # Its own change on the day on which a neighbour was formed is what was left of it.
        own = {edge.day for edge in index.record(entity).changes if edge.other == entity}
        self._whole = own.isdisjoint(self._founded.values())
        self._known = self._whole

    def area(self) -> Area:
        """Return where it is, by all ways."""
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
        """Return the ways from an entity on; ``entire`` where all of it is looked for and not perhaps a part."""
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
        """Whether by a change a part of an entity that is looked for went elsewhere."""
        if not since < edge.day <= self._day or edge.other in (-1, entity):
            return False
        # Of what went into a larger unit nobody knows whether a strip that this gave away was a part.
        return edge.change.kind != "boundary" or entire

    def _after(self, record: Record, final: list[Edge], end: int, seen: frozenset[int], *, entire: bool) -> list[_Way]:
        """Return the ways by which an entity ended."""
        outlived = any(_life(self._index, edge.other)[1] > self._day for edge in final)
        # Where its successor has ended too, the units it consisted of tell more exactly what became of its area.
        if final and (outlived or not record.ended_with):
            return self._followed(final, seen, entire=entire)
        self._known = self._known and bool(record.ended_with)
        return [
            way._replace(extent="part", population=_least("part", way.population))
            for unit in record.ended_with
            for way in self._from(unit, end - 1, seen, entire=entire)
        ]

    def _followed(self, edges: Iterable[Edge], seen: frozenset[int], *, entire: bool) -> list[_Way]:
        """Return the ways that begin with some changes."""
        found = []
        for edge in edges:
            came_from = {origin.other for origin in self._index.record(edge.other).origins}
            onward = self._from(edge.other, edge.day, seen, entire=entire and came_from <= seen)
            if edge.change.kind == "boundary" and len({way.entity for way in onward}) > 1:
                # A strip is in one of them, and nothing tells in which.
                self._known = False
                continue
            found += [_by(edge.change, way) for way in onward]
        return found

    def _moved(self, moves: Iterable[Transfer], seen: frozenset[int]) -> list[_Way]:
        """Return the ways of smaller units, to the units that they are part of in the end."""
        found = []
        for move in moves:
            level = self._index.record(move.other).type
            for way in self._from(move.unit, move.day, seen, entire=False):
                larger = within(self._index, way.entity, self._day, level)
                found.append(_by(move.change, way)._replace(entity=larger, moved=True))
        return found

    def _was_within(self, unit: int) -> bool:
        """Whether a unit belonged to the entity at first, or came to be later."""
        first, _ = _life(self._index, unit)
        level = self._index.record(self._entity).type
        return self._since < first or within(self._index, unit, self._since, level) == self._entity


def _founded_beside(index: Index, entity: int, since: int, day: int) -> dict[int, int]:
    """Return the units of its type formed beside an entity between two days, of what is not recorded, and when."""
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
    """Return what of a level (``province``) an entity is or was part of on a day: itself where nothing is."""
    record = index.record(entity)
    while record.type != level:
        parent = record.parents[version_at(record, day)] if record.versions else -1
        if parent < 0:
            return entity
        record = index.record(parent)
    return record.number


def _by(change: Change, way: _Way) -> _Way:
    """Return a way with a change before it."""
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
    """Return the entities that on an earlier day may have had a part of what one comprised on a later, and if all."""
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
    # What was cut from it while it went on has only a part of it.
    return [edge for edge in edges if edge.day >= end or (edge.day == last and edge.change.kind != "created")]


def _succeeds(edge: Edge, entity: int) -> bool:
    return edge.other >= 0 and edge.other != entity and edge.change.kind in _SUCCESSION


def _people(change: Change) -> str:
    """Return how much of the population went with a change; all of it with the whole area."""
    return change.population or ("whole" if change.extent == "whole" else "")


def _rest(parted: Iterable[Edge | Transfer]) -> str:
    """Return how much of the population stayed where some parts were given away."""
    given = {_people(edge.change) for edge in parted}
    return "whole" if given <= {"none"} else "none" if "whole" in given else "part" if "part" in given else ""


def _least(one: str, other: str) -> str:
    """Return how much of the first thing is in the third: so much of it in the second, so much of that in the third."""
    return next((kind for kind in ("none", "", "part") if kind in (one, other)), "whole")


def _life(index: Index, entity: int) -> tuple[int, int]:
    first, end = index.entity_days[entity].tolist()
    return first, end
