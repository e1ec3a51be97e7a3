"""A history as bands and links through time, limited and ordered for drawing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from resolver.days import LAST_DAY, day_range
from resolver.history.history import History, Step, Unit
from resolver.model import Change

__all__ = ["MOST", "Band", "Event", "Label", "Lineage", "Link", "lineage_of"]

MOST = 12
"""Most bands in a picture; beyond that, similar bands become one."""


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a unit from a day on; no day if the start is not recorded."""

    day: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """A unit over its life, or ``count`` units; no ``start`` if it is not recorded, no ``end`` while in force."""

    id: str
    labels: tuple[Label, ...]
    start: int | None
    end: int | None
    subject: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True)
class Link:
    """A unit, or part of it, that went into another."""

    day: int
    source: str
    target: str
    part: bool


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day: the date with its known precision, the kinds of change, the instruments."""

    day: int
    date: str
    kinds: tuple[str, ...]
    instruments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """The content of a picture: bands from top to bottom, links between them, and events from left to right."""

    bands: tuple[Band, ...]
    links: tuple[Link, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class _Arrow:
    """A link with its description."""

    link: Link
    date: str
    kind: str
    instruments: tuple[str, ...]


def lineage_of(history: History) -> Lineage:
    """Return the lineage of a history, as deep as it can be shown.

    Shifts of borders are left out; they neither make nor end a unit.
    """
    for depth in (6, 4, 3, 2, 1):
        arrows = list(_arrows(history, depth))
        bands = _bands(history, arrows)
        grouped, alias = _grouped(bands, [arrow.link for arrow in arrows], by_day=depth > 1)
        if len(grouped) <= MOST:
            break
    ordered = _merged(replace(a.link, source=alias[a.link.source], target=alias[a.link.target]) for a in arrows)
    return Lineage(_in_order(grouped, ordered), ordered, _events(history, arrows, grouped))


def _arrows(history: History, depth: int) -> Iterator[_Arrow]:
    """Yield the links of a history, each once."""
    found: dict[Link, _Arrow] = {}

    def add(source: str, target: str, date: str, kind: str, instruments: tuple[str, ...], part: bool) -> None:
        link = Link(day_range(date)[0], source, target, part)
        found.setdefault(link, _Arrow(link, date, kind, instruments))

    def follow(steps: tuple[Step, ...], near: str, forward: bool, left: int) -> None:
        for step in steps:
            if step.entity is None or step.change.kind == "boundary":
                continue
            far, change = step.entity.id, step.change
            source, target = (near, far) if forward else (far, near)
            by = (change.instrument,) if change.instrument else ()
            add(source, target, change.date, change.kind, by, change.extent == "part")
            if left > 1:
                follow(step.further, far, forward, left - 1)

    follow(history.before, history.entity.id, False, depth)
    follow(history.after, history.entity.id, True, depth)
    reached = {link.target for link in found}
    for change in history.beside:
        if change.to_id in reached and change.kind != "boundary":
            by = (change.instrument,) if change.instrument else ()
            add(change.from_id, change.to_id, change.date, change.kind, by, change.extent == "part")
    for fate in history.parts:
        add(history.entity.id, fate.entity.id, fate.date, "abolished", fate.instruments, True)
    return iter(found.values())


def _merged(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return the links; links between the same two bands on one day become one, which is a part if all of them are."""
    found: dict[tuple[int, str, str], bool] = {}
    for link in links:
        key = link.day, link.source, link.target
        found[key] = found.get(key, True) and link.part
    return tuple(Link(*key, part) for key, part in sorted(found.items()))


def _bands(history: History, arrows: Iterable[_Arrow]) -> list[Band]:
    """Return the bands that the links connect, the subject first."""
    subject = history.entity.id
    met = dict.fromkeys([subject, *(id_ for arrow in arrows for id_ in (arrow.link.source, arrow.link.target))])
    units = {unit.id: unit for unit in history.units}
    return [_band(units[id_], subject=id_ == subject) for id_ in met]


def _band(unit: Unit, *, subject: bool) -> Band:
    versions = unit.versions
    labels: list[Label] = []
    for number, version in enumerate(versions):
        text = unit.titles[number]
        if number and version.parent_id != versions[number - 1].parent_id and text == unit.titles[number - 1]:
            text = unit.paths[number] if subject else ""
        elif number and text == unit.titles[number - 1]:
            text = ""
        if text:
            labels.append(Label(_start(version.valid_from), text))
    start = _start(versions[0].valid_from) if versions else None
    ends = [day_range(version.valid_to)[0] if version.valid_to else LAST_DAY for version in versions]
    end = max(ends, default=LAST_DAY)
    return Band(unit.id, tuple(labels) or (Label(None, unit.id),), start, None if end == LAST_DAY else end, subject)


def _start(valid_from: str) -> int | None:
    return day_range(valid_from)[0] if valid_from else None


def _grouped(bands: list[Band], links: list[Link], *, by_day: bool) -> tuple[list[Band], dict[str, str]]:
    """Return at most ``MOST`` bands if possible, by grouping units with the same fate, and the group of each unit."""
    alias = {band.id: band.id for band in bands}
    excess = len(bands) - MOST
    if excess <= 0:
        return bands, alias
    kin: dict[tuple[object, ...], list[Band]] = defaultdict(list)
    for band in bands:
        ties = {
            (link.target if link.source == band.id else link.source, link.source == band.id, link.day if by_day else 0)
            for link in links
            if band.id in (link.source, link.target)
        }
        if len(ties) == 1 and not band.subject:
            kin[ties.pop()].append(band)
    for family in sorted(kin.values(), key=len, reverse=True):
        # One band stays visible next to the group, and a group of one would save nothing.
        gone = min(excess + 1, len(family) - 1)
        if excess > 0 and gone > 1:
            group = _group(family[-gone:])
            alias |= {band.id: group.id for band in family[-gone:]}
            bands = [*(band for band in bands if band not in family[-gone:]), group]
            excess -= gone - 1
    return bands, alias


def _group(family: list[Band]) -> Band:
    starts = [band.start for band in family]
    ends = [band.end for band in family]
    start = None if None in starts else min(day for day in starts if day is not None)
    end = None if None in ends else max(day for day in ends if day is not None)
    text = f"and {len(family)} more"
    return Band(f"{family[0].id}+", (Label(start, text),), start, end, count=len(family))


def _events(history: History, arrows: list[_Arrow], bands: Iterable[Band]) -> tuple[Event, ...]:
    """Return the events shown along the axis: the links, the subject's own changes, new names of the others."""
    told: dict[int, list[tuple[str, str, tuple[str, ...]]]] = defaultdict(list)

    def tell(change: Change) -> None:
        by = (change.instrument,) if change.instrument else ()
        told[day_range(change.date)[0]].append((change.date, change.kind, by))

    for arrow in arrows:
        told[arrow.link.day].append((arrow.date, arrow.kind, arrow.instruments))
    for step in (*history.before, *history.after):
        if step.entity is None:
            tell(step.change)
    for change in history.own:
        tell(change)
    shown = {(band.id, label.day) for band in bands for label in band.labels}
    for unit in history.units:
        for change in unit.changes:
            if (unit.id, day_range(change.date)[0]) in shown and unit.id != history.entity.id:
                tell(change)
        for version in unit.versions:
            day = _start(version.valid_from)
            if (unit.id, day) in shown and day is not None and day not in told:
                told[day].append((version.valid_from, "created" if version is unit.versions[0] else "", ()))
    return tuple(
        Event(
            day,
            facts[0][0],
            tuple(dict.fromkeys(kind for _, kind, _ in facts if kind)),
            tuple(dict.fromkeys(instrument for *_, by in facts for instrument in by)),
        )
        for day, facts in sorted(told.items())
    )


def _in_order(bands: list[Band], links: tuple[Link, ...]) -> tuple[Band, ...]:
    """Return the bands from top to bottom with short links and few crossings: bands are swapped while that helps."""
    order = sorted(bands, key=lambda band: (band.end is None, band.start or 0))

    def cost(order: list[Band]) -> float:
        place = {band.id: number for number, band in enumerate(order)}
        spans = [(link.day, place[link.source], place[link.target]) for link in links]
        crossings = sum(
            one[0] == other[0] and (one[1] - other[1]) * (one[2] - other[2]) < 0
            for one, other in combinations(spans, 2)
        )
        return sum(abs(source - target) for _, source, target in spans) + 2 * crossings

    best = cost(order)
    improved = True
    while improved:
        improved = False
        for one, other in combinations(range(len(order)), 2):
            order[one], order[other] = order[other], order[one]
            tried = cost(order)
            if tried < best:
                best, improved = tried, True
            else:
                order[one], order[other] = order[other], order[one]
    return tuple(order)
