"""Read the unit of each official code since 2004, from NSO's dated catalogues, with their errors corrected.

A state of the catalogue is dated by the day under which an instrument is listed, or is later. ``corrected_date`` of the
list of events and the table ``snapshot_corrections.csv`` beside this module say under which day it belongs, and what
never was; ``decrees`` says on which day what is listed under a day took effect.

The states also lack the communes of some districts until the day on which the district was divided. Those whose code
is of the first list (every third number) were there all along, so that their start is not recorded; the others, and the
wards of a district that was made a town that day, came to be what they are at some time between.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from tools.vietnam.decrees import Decrees
from tools.vietnam.read import Unit
from tools.vietnam.spelling import clean, split_type, tone_key

HERE = Path(__file__).resolve().parent
FIRST_STATE = "2004-08-31"
LEVELS = {"D": "district", "W": "commune"}
# Names that the states misprint until they correct them.
MISPRINTS = {("01525", "Thông Hoè"): "Thông Huề", ("01699", "Trương Vương"): "Trưng Vương"}
# Starts before the first state, and names that the states show too early, with the instruments that say so.
STATED = HERE / "stated_spells.csv"
NEVER = ""
BEFORE = "before"
BEFORE_BUT_FOR_WARDS = "before but for wards"


@dataclass(frozen=True, slots=True)
class Spell:
    """What a code stood for from ``since`` until the day before ``until``; empty: before or after all states.

    ``attested`` is the first state that shows it, where its start is not known to the day; ``source_id`` names what
    tells of it where that is not the states.
    """

    level: str
    code: str
    local_type: str
    name: str
    parent: str
    since: str
    until: str
    attested: str = ""
    source_id: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Type and name, without regard to how the name is spelt in detail."""
        return self.local_type, tone_key(self.name)

    @property
    def unit(self) -> Unit:
        """The unit as the official lists give it."""
        return Unit(self.code, self.local_type, self.name, self.parent)

    def covers(self, day: str) -> bool:
        """Return whether it holds on a day."""
        return self.since <= day and (not self.until or day < self.until)


Code = tuple[str, str]


def read_spells(
    folder: Path, catalogue: dict[str, dict[str, Unit]], decrees: Decrees, provinces: dict[str, set[str]]
) -> dict[str, list[list[Spell]]]:
    """Return by level the unbroken rows of spells of each code, oldest first.

    ``catalogue`` gives by level the units of the last state, whose names are right where the snapshots misprint them;
    ``provinces`` the names of the provinces by code.
    """
    with (folder / "gso_unit_intervals_2004_2025.tsv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE) if row["level"] in LEVELS]
    listed = [_spell(row, catalogue) for row in rows]
    days = Days(folder, listed, decrees, provinces)
    by_code: dict[Code, list[Spell]] = defaultdict(list)
    ends = {(spell.level, spell.code, spell.until) for spell in listed}
    with STATED.open(encoding="utf-8", newline="") as handle:
        stated = {(row["level"], row["code"]): [row] for row in csv.DictReader(handle)}
    for seen in listed:
        spell = _corrected(seen, days, goes_on=(seen.level, seen.code, seen.since) in ends)
        if spell and (not spell.until or spell.since < spell.until):
            by_code[spell.level, spell.code] += _stated(spell, stated.get((spell.level, spell.code), []))
    found: dict[str, list[list[Spell]]] = {level: [] for level in LEVELS.values()}
    for (level, _), spells in sorted(by_code.items()):
        found[level] += _unbroken(sorted(spells, key=lambda spell: spell.since))
    return found


def _spell(row: dict[str, str], catalogue: dict[str, dict[str, Unit]]) -> Spell:
    level = LEVELS[row["level"]]
    kind, name = split_type(row["name"])
    name = MISPRINTS.get((row["code"], name), name)
    since, until = _iso(row["from(first_seen)"]), _iso(row["to(exclusive)"])
    listed = catalogue[level].get(row["code"])
    if not until and listed:
        name = listed.name
    # "Phường 01" and "Phường 1" are one name.
    name = str(int(name)) if name.isdecimal() else name
    return Spell(level, row["code"], kind, name, row["parent"], since, until)


def _dates_in_law(folder: Path) -> dict[tuple[str, str, str], str]:
    """Return by level, code (or ``in`` and the parent's) and date of a state the day of the law, or that none is."""
    found = {}
    with (folder / "vn_gso_events_2004_2025.tsv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["corrected_date"] and row["level"] in LEVELS:
                key = (LEVELS[row["level"]], row["gso_code"], _iso(row["effective_date"]))
                found[key] = _iso(row["corrected_date"])
    with (HERE / "snapshot_corrections.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            for code in row["codes"].split() or [f"in {row['parent']}"]:
                found[row["level"], code, row["seen"]] = row["in_law"]
    return found


class Days:
    """On which day in law a spell starts or ends that is seen to do so in the state of some day."""

    def __init__(self, folder: Path, listed: list[Spell], decrees: Decrees, provinces: dict[str, set[str]]) -> None:
        self._marks = _dates_in_law(folder)
        self._decrees, self._provinces = decrees, provinces
        self._districts: dict[str, list[Spell]] = defaultdict(list)
        self._touching: dict[tuple[Code, str], list[Spell]] = defaultdict(list)
        for spell in listed:
            if spell.level == "district":
                self._districts[spell.code].append(spell)
            for day in (spell.since, spell.until):
                self._touching[(spell.level, spell.code), day].append(spell)

    def mark(self, spell: Spell, seen: str) -> str:
        """Return what the corrections say of the day: another one, that it never was, or that it was before."""
        by_parent = self._marks.get((spell.level, f"in {spell.parent}", seen), seen)
        return self._marks.get((spell.level, spell.code, seen), by_parent)

    def in_law(self, spell: Spell, seen: str, listed: str) -> str:
        """Return the day in force of what is listed under a day and tells of the spell that starts or ends then."""
        if not listed or listed == FIRST_STATE:
            return listed
        around = self._touching[(spell.level, spell.code), seen]
        above = [
            one
            for own in around
            for one in (self._districts[own.parent] if own.level == "commune" else [own])
            if one.since <= seen and (not one.until or seen <= one.until)
        ]
        provinces = {name for one in above for name in self._provinces.get(one.parent, ())}
        return self._decrees.day_in_force(listed, provinces, {one.name for one in [*around, *above]})


def _corrected(spell: Spell, days: Days, *, goes_on: bool) -> Spell | None:
    mark, end = days.mark(spell, spell.since), days.mark(spell, spell.until)
    if mark == NEVER:
        return None
    until = days.in_law(spell, spell.until, end)
    if mark in {BEFORE, BEFORE_BUT_FOR_WARDS}:
        divided = days.in_law(spell, spell.since, spell.since)
        since = divided if goes_on else _start_before(spell, divided, wards=mark == BEFORE)
    else:
        since = days.in_law(spell, spell.since, mark)
    attested = spell.since if since == FIRST_STATE or "/" in since else ""
    return replace(spell, since="" if since == FIRST_STATE else since, until=until, attested=attested)


def _stated(spell: Spell, rows: list[dict[str, str]]) -> list[Spell]:
    """Part a spell on the day on which an instrument gave it its name or type, or start it then.

    Only a spell that has no known start gets one. A row with ``before_type`` is about a unit that the states lack
    before that day: it was there, under the district ``before_parent``, since ``before_since`` or, if that is empty, a
    day that is not recorded.
    """
    for row in rows:
        if row["name"] != spell.name:
            continue
        now = replace(spell, since=row["since"], attested="", source_id=row["source_id"])
        if row["before_type"]:
            kind, name, parent = (row[column] for column in ("before_type", "before", "before_parent"))
            began, source = row["before_since"], row["source_id"]
            before = Spell(spell.level, spell.code, kind, name, parent, began, row["since"], source_id=source)
            return [before, now]
        if spell.attested:
            return [replace(spell, name=row["before"], until=row["since"]), now] if row["before"] else [now]
    return [spell]


def _start_before(spell: Spell, day: str, *, wards: bool) -> str:
    """Return the start of a unit that the states before ``day`` lack."""
    listed_first = spell.level == "district" or int(spell.code) % 3 == 1
    if listed_first and (wards or spell.local_type != "phường"):
        return FIRST_STATE
    return f"{FIRST_STATE}/{day}"


def _unbroken(spells: Iterable[Spell]) -> list[list[Spell]]:
    """Join spells that say the same, keeping the later spelling, and part them where the code was not in use."""
    rows: list[list[Spell]] = []
    for spell in spells:
        last = rows[-1][-1] if rows else None
        if last and last.until != spell.since:
            rows.append([spell])
        elif last and (last.key, last.parent) == (spell.key, spell.parent):
            rows[-1][-1] = replace(spell, since=last.since, attested=last.attested)
        elif rows:
            rows[-1].append(spell)
        else:
            rows.append([spell])
    for row in rows:
        if any(one.until != other.since for one, other in pairwise(row)):
            raise ValueError(f"the spells of code {row[0].code} are not in order")
    return rows


def _iso(day: str) -> str:
    day = clean(day)
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if day else ""
