"""The lineage of an entity: its versions, its origins, what became of it, who held it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from resolver.history.changes import standing
from resolver.history.describe import Describer
from resolver.index.index import Edge, Index
from resolver.model import PLACE_TYPES, Change, Entity, Name, Tenure, Version

__all__ = ["Fate", "History", "Step", "Unit", "history_of"]

WIDEST = 12
"""How many branches of a tree are shown; the others are only counted."""

_DEEPEST = 6


_NOTHING_OF_ITS_OWN = "no legal successor"


@dataclass(frozen=True, slots=True)
class Step:
    """One change in a lineage: the change, the entity at its other end, and the further lineage of that entity."""

    change: Change
    entity: Entity | None
    further: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """The successor of units of a dissolved unit: the successor, the units it took over, by which instrument."""

    date: str
    entity: Entity
    taken: tuple[Entity, ...]
    instruments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """An entity of a lineage over its whole life: its versions, with their names, parents and causes.

    ``titles`` and ``paths`` have one element for each version; ``changes`` are those that the entity survived.
    """

    id: str
    versions: tuple[Version, ...]
    titles: tuple[str, ...]
    paths: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Everything in the gazetteer about an entity over time, as of ``date``, the gazetteer's own.

    ``entity`` is the entity in its current or last version; ``versions`` and ``names`` are all of them. ``before`` and
    ``after`` are trees of changes that led to it and away from it, oldest first; ``own`` are the changes that it
    survived. ``beside`` has the changes of its partners in a merger: entities that went into the same successor on the
    same day, if all of this one did. ``parts`` says what became of the units it consisted of, if it has no successor
    itself; ``today`` what is there on ``date``, empty if that is not known. ``units`` are all of these entities, itself
    first.
    """

    date: str
    entity: Entity
    versions: tuple[Version, ...]
    names: tuple[Name, ...]
    before: tuple[Step, ...]
    own: tuple[Change, ...]
    after: tuple[Step, ...]
    beside: tuple[Change, ...]
    parts: tuple[Fate, ...]
    today: tuple[Entity, ...]
    tenures: tuple[Tenure, ...]
    units: tuple[Unit, ...]

    def to_json(self) -> str:
        """Return the history as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def to_dict(self) -> dict[str, Any]:
        """Return the history as plain values: the fields of this record and of the records in it."""
        return asdict(self)

    def to_text(self, *, widest: int | None = WIDEST) -> str:
        """Return the history as an indented tree; branches beyond ``widest`` are only counted."""
        return "\n".join(_DescriptionBuilder(widest).lines(self))

    def __str__(self) -> str:
        """Return the history as an indented tree, cut if it is wide."""
        return self.to_text()


def history_of(index: Index, describer: Describer, number: int) -> History:
    """Return the history of an entity."""
    record = index.record(number)
    tracer = _Tracer(index, describer)
    before, after = tracer.back(number), tracer.forth(number)
    beside = tuple(tracer.beside(number))
    parts = tuple(tracer.fates(number))
    return History(
        date=index.as_of,
        entity=describer.at(number, index.as_of_day),
        versions=record.versions,
        names=record.names,
        before=before,
        own=tuple(edge.change for edge in record.changes if edge.other == number),
        after=after,
        beside=beside,
        parts=parts,
        today=tuple(describer.at(one, index.as_of_day) for one in standing(index, number, index.as_of_day)),
        tenures=record.tenures,
        units=tuple(tracer.unit(one) for one in tracer.met),
    )


class _Tracer:
    """Follows the changes of one index from entity to entity, and records the entities visited."""

    def __init__(self, index: Index, describer: Describer) -> None:
        self._index = index
        self._describer = describer
        self.met: dict[int, None] = {}

    def forth(self, number: int, since: int = -1, depth: int = 0) -> tuple[Step, ...]:
        """Return what became of an entity after a day."""
        self.met[number] = None
        edges = [edge for edge in self._index.record(number).changes if edge.other != number and edge.day > since]
        return tuple(
            self._step(edge, self.forth(edge.other, edge.day, depth + 1) if self._goes_on(edge, depth) else ())
            for edge in edges
        )

    def beside(self, number: int, since: int = -1, depth: int = 0) -> Iterator[Change]:
        """Yield the changes of partners in a merger: they went into the same successor on the same day."""
        for edge in self._index.record(number).changes:
            joined = edge.other not in (number, -1) and edge.day > since and edge.change.extent != "part"
            if not joined or not self._goes_on(edge, depth):
                continue
            for other in self._index.record(edge.other).origins:
                if other.day == edge.day and other.other not in (number, -1):
                    self.met[other.other] = None
                    yield other.change
            yield from self.beside(edge.other, edge.day, depth + 1)

    def back(self, number: int, until: int | None = None, depth: int = 0) -> tuple[Step, ...]:
        """Return what an entity came from before a day."""
        self.met[number] = None
        edges = [edge for edge in self._index.record(number).origins if until is None or edge.day < until]
        return tuple(
            self._step(edge, self.back(edge.other, edge.day, depth + 1) if self._goes_on(edge, depth) else ())
            for edge in edges
        )

    def _goes_on(self, edge: Edge, depth: int) -> bool:
        # A unit that gave or received a strip of land has its own lineage.
        return edge.other >= 0 and depth < _DEEPEST - 1 and edge.change.kind != "boundary"

    def _step(self, edge: Edge, further: tuple[Step, ...]) -> Step:
        if edge.other < 0:
            return Step(edge.change, None, ())
        self.met[edge.other] = None
        return Step(edge.change, self._describer.at(edge.other, edge.day), further)

    def fates(self, number: int) -> Iterator[Fate]:
        """Yield the successors of the units of an entity that ended without a successor of its own."""
        record = self._index.record(number)
        end = int(self._index.entity_days[number][1])
        if any(edge.other >= 0 and edge.day == end for edge in record.changes if edge.other != number):
            return
        taken: dict[int, list[int]] = {}
        for child in record.ended_with:
            for successor in standing(self._index, child, end):
                taken.setdefault(successor, []).append(child)
        for successor, children in taken.items():
            self.met[successor] = None
            edges = [edge for child in children for edge in self._index.record(child).changes if edge.day == end]
            by = dict.fromkeys(edge.change.instrument for edge in edges if edge.other == successor)
            yield Fate(
                record.versions[-1].valid_to,
                self._describer.at(successor, end),
                tuple(self._describer.at(child, end - 1) for child in children),
                tuple(instrument for instrument in by if instrument),
            )

    def unit(self, number: int) -> Unit:
        """Return an entity over its whole life."""
        record = self._index.record(number)
        every = range(len(record.versions))
        return Unit(
            record.id,
            record.versions,
            tuple(self._describer.title(number, one) for one in every),
            tuple(self._describer.version(number, one, record.days[one][0]).path for one in every),
            tuple(edge.change for edge in record.changes if edge.other == number),
        )


class _DescriptionBuilder:
    """Writes a history as lines of text."""

    def __init__(self, widest: int | None) -> None:
        self._widest = widest

    def lines(self, history: History) -> Iterator[str]:
        entity = history.entity
        yield f"{entity.path or entity.name}  [{entity.id}]"
        yield f"  {entity.type}" + (f", code {entity.code}" if entity.code else "")
        yield from _versions(history)
        if history.before:
            yield "  came from"
            yield from self._tree(history.before, 2, "nothing recorded")
        if history.own:
            yield "  changed"
            yield from (f"    {_told(change)}" for change in history.own)
        if history.after:
            yield "  became"
            nothing = _NOTHING_OF_ITS_OWN if history.parts else "successor unknown"
            yield from self._tree(history.after, 2, nothing)
        if history.parts:
            yield from self._parts(history)
        told = {entity.id} if not history.parts else {part.entity.id for part in history.parts}
        if {one.id for one in history.today} != told and entity.type in PLACE_TYPES:
            yield "  there today" if history.today else "  what is there today is not known"
            yield from self._cut((f"    {one.path}  [{one.id}]" for one in history.today), 2)
        if history.tenures:
            yield "  offices held" if entity.type == "person" else "  held by"
            yield from (f"    {_tenure(tenure, entity.type == 'person')}" for tenure in history.tenures)
        yield f"  as of {history.date}"

    def _tree(self, steps: tuple[Step, ...], depth: int, nothing: str) -> Iterator[str]:
        shown = steps[: self._widest]
        for step in shown:
            end = f"{step.entity.path}  [{step.entity.id}]" if step.entity else step.change.note or nothing
            yield f"{'  ' * depth}{_told(step.change)}: {end}"
            # The successors of a dissolved district are those of its communes; a commune's successor would be recorded.
            dissolved = step.entity is not None and step.entity.type == "district"
            yield from self._tree(step.further, depth + 1, _NOTHING_OF_ITS_OWN if dissolved else "successor unknown")
        yield from _rest(len(steps) - len(shown), depth)

    def _parts(self, history: History) -> Iterator[str]:
        """Yield lines on the successors of the units of a dissolved unit."""
        parts = history.parts
        units = {unit.id: unit.type for part in parts for unit in part.taken}
        level = next(iter(units.values()))
        by = dict.fromkeys(instrument for part in parts for instrument in part.instruments)
        lead = f"its {len(units)} {level}s" if len(units) > 1 else f"its {level}"
        yield f"  {lead} became {len(parts)} on {parts[0].date}{' by ' + ', '.join(by) if by else ''}"
        yield from self._cut((line for part in parts for line in _fate(part)), 2)

    def _cut(self, lines: Iterable[str], depth: int) -> Iterator[str]:
        every = list(lines)
        shown = every[: self._widest]
        yield from shown
        yield from _rest(len(every) - len(shown), depth)


def _fate(part: Fate) -> Iterator[str]:
    itself = [unit.id for unit in part.taken] == [part.entity.id]
    whom = "went on" if itself else "from " + ", ".join(unit.path.partition(", ")[0] for unit in part.taken)
    yield f"    {part.entity.path}  [{part.entity.id}]: {whom}"


def _rest(count: int, depth: int) -> Iterator[str]:
    if count > 0:
        yield f"{'  ' * depth}and {count} more"


def _versions(history: History) -> Iterator[str]:
    """Yield lines on the names of an entity, and on its parents if they changed."""
    several = len({version.parent_id for version in history.versions}) > 1
    for version, path in zip(history.versions, history.units[0].paths, strict=True):
        span = f"{version.valid_from or '…'} – {version.valid_to or 'today'}"
        named = f"{version.local_type} {version.name}".strip()
        within = path.partition(", ")[2] if several else ""
        yield f"  {span}: {named}{', ' + within if within else ''}"


def _told(change: Change) -> str:
    extent = " (part)" if change.extent == "part" else ""
    by = f" by {change.instrument}" if change.instrument else ""
    return f"{change.date} {change.kind}{extent}{by}"


def _tenure(tenure: Tenure, of_person: bool) -> str:
    what = tenure.office if of_person else tenure.person_id
    if tenure.valid_from or tenure.valid_to:
        span = f"{tenure.valid_from or '…'} – {tenure.valid_to or 'today or not recorded'}"
    else:
        span = "seen " + ", ".join(tenure.attested)
    return f"{span}: {what}{' (acting)' if tenure.acting else ''}"
