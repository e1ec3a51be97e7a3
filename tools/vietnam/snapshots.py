"""Read what each official code stood for since 2004, from NSO's dated catalogues, with their errors mended.

A state of the catalogue sometimes came days after the law, or before it. ``corrected_date`` of the list of events and
the table ``snapshot_corrections.csv`` beside this module say when the law took effect, and what never was.

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

from tools.vietnam.read import Unit
from tools.vietnam.spelling import clean, split_type, tone_key

HERE = Path(__file__).resolve().parent
FIRST_STATE = "2004-08-31"
LEVELS = {"D": "district", "W": "commune"}
NEVER = ""
BEFORE = "before"
BEFORE_BUT_FOR_WARDS = "before but for wards"


@dataclass(frozen=True, slots=True)
class Spell:
    """What a code stood for from ``since`` until the day before ``until``; empty: before or after all states."""

    level: str
    code: str
    local_type: str
    name: str
    parent: str
    since: str
    until: str

    @property
    def key(self) -> tuple[str, str]:
        """Type and name, without regard to how the name is spelt in detail."""
        return self.local_type, tone_key(self.name)

    @property
    def unit(self) -> Unit:
        """The unit as the official lists give it."""
        return Unit(self.code, self.local_type, self.name, self.parent)

    def covers(self, day: str) -> bool:
        """Tell whether it holds on a day."""
        return self.since <= day and (not self.until or day < self.until)


def read_spells(folder: Path, catalogue: dict[str, dict[str, Unit]]) -> dict[str, list[list[Spell]]]:
    """Return by level the unbroken rows of spells of each code, oldest first.

    ``catalogue`` gives by level the units of the last state, whose names are right where the snapshots misprint them.
    """
    with (folder / "gso_unit_intervals_2004_2025.tsv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE) if row["level"] in LEVELS]
    in_law = _dates_in_law(folder)
    by_code: dict[tuple[str, str], list[Spell]] = defaultdict(list)
    listed = [_spell(row, catalogue) for row in rows]
    ends = {(spell.level, spell.code, spell.until) for spell in listed}
    for seen in listed:
        spell = _corrected(seen, in_law, goes_on=(seen.level, seen.code, seen.since) in ends)
        if spell and (not spell.until or spell.since < spell.until):
            by_code[spell.level, spell.code].append(spell)
    found: dict[str, list[list[Spell]]] = {level: [] for level in LEVELS.values()}
    for (level, _), spells in sorted(by_code.items()):
        found[level] += _unbroken(sorted(spells, key=lambda spell: spell.since))
    return found


def _spell(row: dict[str, str], catalogue: dict[str, dict[str, Unit]]) -> Spell:
    level = LEVELS[row["level"]]
    kind, name = split_type(row["name"])
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


def _corrected(spell: Spell, in_law: dict[tuple[str, str, str], str], *, goes_on: bool) -> Spell | None:
    def day(seen: str) -> str:
        by_parent = in_law.get((spell.level, f"in {spell.parent}", seen), seen)
        return in_law.get((spell.level, spell.code, seen), by_parent)

    since = day(spell.since)
    if since == NEVER:
        return None
    if since in {BEFORE, BEFORE_BUT_FOR_WARDS}:
        since = spell.since if goes_on else _start_before(spell, wards=since == BEFORE)
    return replace(spell, since="" if since == FIRST_STATE else since, until=day(spell.until))


def _start_before(spell: Spell, *, wards: bool) -> str:
    """Return the start of a unit that the states before ``spell.since`` lack."""
    listed_first = spell.level == "district" or int(spell.code) % 3 == 1
    if listed_first and (wards or spell.local_type != "phường"):
        return FIRST_STATE
    return f"{FIRST_STATE}/{spell.since}"


def _unbroken(spells: Iterable[Spell]) -> list[list[Spell]]:
    """Join spells that say the same, keeping the later spelling, and part them where the code was not in use."""
    rows: list[list[Spell]] = []
    for spell in spells:
        last = rows[-1][-1] if rows else None
        if last and last.until != spell.since:
            rows.append([spell])
        elif last and (last.key, last.parent) == (spell.key, spell.parent):
            rows[-1][-1] = replace(spell, since=last.since)
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
