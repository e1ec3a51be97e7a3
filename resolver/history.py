"""The lineage of an entity: its versions, what it came from, what became of it, who held it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from resolver.changes import standing
from resolver.describe import Describer
from resolver.index import Edge, Index
from resolver.model import Change, Entity, Name, Tenure, Version

__all__ = ["History", "Step", "history_of"]

_DEEPEST = 6
_WIDEST = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One change along a lineage: the change, the entity at its other end, and how that one's lineage goes on."""

    change: Change
    entity: Entity | None
    further: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class History:
    """All that the gazetteer tells of an entity over time, as of ``date``."""

    date: str
    entity: Entity
    versions: tuple[Version, ...]
    names: tuple[Name, ...]
    before: tuple[Step, ...]
    own: tuple[Change, ...]
    after: tuple[Step, ...]
    today: tuple[Entity, ...]
    tenures: tuple[Tenure, ...]

    def to_json(self) -> str:
        """Return the history as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def to_dict(self) -> dict[str, Any]:
        """Return the history as plain values."""
        return asdict(self)

    def __str__(self) -> str:
        """Return the history as an indented tree."""
        return "\n".join(_lines(self))


def history_of(index: Index, describer: Describer, number: int) -> History:
    """Return the history of an entity."""
    record = index.record(number)

    def steps(of: int, edges: Callable[[int], tuple[Edge, ...]], depth: int, seen: frozenset[int]) -> tuple[Step, ...]:
        if depth == _DEEPEST:
            return ()
        return tuple(
            Step(
                edge.change,
                describer.at(edge.other, edge.day) if edge.other >= 0 else None,
                steps(edge.other, edges, depth + 1, seen | {edge.other}) if edge.other >= 0 else (),
            )
            for edge in edges(of)
            if edge.other not in seen
        )

    def forward(of: int) -> tuple[Edge, ...]:
        return tuple(edge for edge in index.record(of).changes if edge.other != of)

    def backward(of: int) -> tuple[Edge, ...]:
        return index.record(of).origins

    start = frozenset({number})
    return History(
        date=index.as_of,
        entity=describer.at(number, index.as_of_day),
        versions=record.versions,
        names=record.names,
        before=steps(number, backward, 0, start),
        own=tuple(edge.change for edge in record.changes if edge.other == number),
        after=steps(number, forward, 0, start),
        today=tuple(describer.at(one, index.as_of_day) for one in standing(index, number, index.as_of_day)),
        tenures=record.tenures,
    )


def _lines(history: History) -> Iterator[str]:
    entity = history.entity
    yield f"{entity.path or entity.name}  [{entity.id}]"
    yield f"  {entity.type}" + (f", code {entity.code}" if entity.code else "")
    for version in history.versions:
        span = f"{version.valid_from or '…'} – {version.valid_to or 'today'}"
        yield f"  {span}: {version.local_type + ' ' if version.local_type else ''}{version.name}"
    if history.before:
        yield "  came from"
        yield from _tree(history.before, 2)
    if history.own:
        yield "  changed"
        yield from (f"    {_told(change)}" for change in history.own)
    if history.after:
        yield "  became"
        yield from _tree(history.after, 2)
    if [one.id for one in history.today] != [entity.id]:
        yield "  there today" if history.today else "  what is there today is not known"
        yield from (f"    {one.path}  [{one.id}]" for one in history.today)
    if history.tenures:
        yield "  offices held" if entity.type == "person" else "  held by"
        yield from (f"    {_tenure(tenure, entity.type == 'person')}" for tenure in history.tenures)
    yield f"  as of {history.date}"


def _tree(steps: tuple[Step, ...], depth: int) -> Iterator[str]:
    for step in steps[:_WIDEST]:
        end = f"{step.entity.path}  [{step.entity.id}]" if step.entity else "nothing of its own in law"
        yield f"{'  ' * depth}{_told(step.change)}: {end}"
        yield from _tree(step.further, depth + 1)
    if len(steps) > _WIDEST:
        yield f"{'  ' * depth}and {len(steps) - _WIDEST} more"


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
