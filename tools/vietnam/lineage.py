"""Find out what became of each unit that ended before the reform of 2025."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from tools.vietnam.aliases import keys_of, page_source
from tools.vietnam.decrees import Decrees
from tools.vietnam.lives import Edge, Life, continued, exchanged, parted
from tools.vietnam.rows import BAMBOO, SNAPSHOTS, Row
from tools.vietnam.snapshots import Spell

Aliases = dict[tuple[str, str], dict[str, str]]


class Lineage:
    """The units of one level and the edges between them, while they are found."""

    def __init__(self, spells: list[list[Spell]], barred: set[str]) -> None:
        self.edges: list[Edge] = []
        lives = [Life(row) for row in spells]
        exchanged(lives)
        self.lives, absorbed = continued(lives, barred)
        for day, old, new in absorbed:
            self.edges.append(Edge(day, old, new, "absorbed", SNAPSHOTS))
        self.last = {life.spells[-1].code: life for life in self.lives if not life.until}

    def holder(self, code: str, day: str) -> Life:
        """Return the unit that has a code on a day."""
        for life in self.lives:
            spell = life.at(day)
            if spell and spell.code == code:
                return life
        raise ValueError(f"no unit has the code {code} on {day}")

    def ending(self, code: str, day: str) -> Life | None:
        """Return the unit that had a code until a day and ends then, if one does."""
        return next((life for life in self.lives if life.until == day and life.spells[-1].code == code), None)

    def add(self, edge: Edge) -> None:
        """Add an edge unless the same two units have one that day."""
        if all((known.date, known.old, known.new) != (edge.date, edge.old, edge.new) for known in self.edges):
            self.edges.append(edge)

    def form(self, day: str) -> None:
        """Part the units whose name changes on a day on which others went into them, and name the kinds of that day."""
        today = [edge for edge in self.edges if edge.date == day]
        for new in {edge.new: edge for edge in today}:
            if new.since != day and new.changes_name_on(day):
                sources = sorted(edge.source_id for edge in today if edge.new is new)
                before = parted(new, day)
                self.lives.append(before)
                # What is told of the code before that day is told of the unit that had it then.
                for number, edge in enumerate(self.edges):
                    if edge.date < day and new in (edge.old, edge.new):
                        old, taker = (before if life is new else life for life in (edge.old, edge.new))
                        self.edges[number] = replace(edge, old=old, new=taker)
                self.edges.append(Edge(day, before, new, "", sources[0]))
        self.edges = [
            replace(edge, kind="merged" if edge.new.since == day else "absorbed")
            if edge.date == day and not edge.kind
            else edge
            for edge in self.edges
        ]


def add_known(lineage: Lineage, rows: list[Row], day: str) -> None:
    """Add the edges of one day that a table states, by codes.

    A unit whose code another takes over on that day is told apart first, whatever the order of the rows. A row that
    names no unit of that day is an error.
    """
    today = [row for row in rows if row["date"] == day]
    for row in sorted(today, key=lambda row: row["old"] != row["new"]):
        new = lineage.holder(row["new"], day)
        old = lineage.ending(row["old"], day)
        if old is None and row["old"] == row["new"] and new.changes_name_on(day):
            old = parted(new, day)
            lineage.lives.append(old)
        if old is None or old is new:
            _check_goes_on(row, new)
            continue
        _check_names(row, old, new)
        # What the catalogue's codes imply gives way to what the table states.
        implied = (day, old, new, SNAPSHOTS)
        lineage.edges = [edge for edge in lineage.edges if (edge.date, edge.old, edge.new, edge.source_id) != implied]
        lineage.add(Edge(day, old, new, row["kind"], row["source_id"], row["note"], row["instrument"]))


def _check_goes_on(row: Row, new: Life) -> None:
    """Raise an error unless the unit that a row says ended is the taker itself, which only got another code."""
    before = new.before(row["date"])
    if before is None or before.code != row["old"]:
        raise ValueError(
            f"no unit with the code {row['old']} ends on {row['date']}, so {row['new']} did not take it in"
        )


def _check_names(row: Row, old: Life, new: Life) -> None:
    taker = new.at(row["date"])
    for stated, found in (("old_name", old.spells[-1]), ("new_name", taker)):
        if found and row.get(stated, found.name) != found.name:
            raise ValueError(f"{found.code} is {found.name} on {row['date']}, not {row[stated]}")


def add_aliases(
    lineage: Lineage, aliases: Aliases, province_of: dict[str, str], day: str, pages: dict[str, Row]
) -> None:
    """Add the edges of one day that the table of aliases states; it names the units of June 2025."""
    told = {edge.old for edge in lineage.edges if edge.date == day and edge.source_id != SNAPSHOTS}
    for old in [life for life in lineage.lives if life.until == day and life not in told]:
        last = old.spells[-1]
        found = {
            code: page
            for key in keys_of(last.local_type, last.name)
            for code, page in aliases.get((province_of[last.parent], key), {}).items()
        }
        known = next((edge for edge in lineage.edges if edge.old is old), None)
        for code, page in found.items():
            new = _taker(lineage, old, code, day)
            if new is None or (known and known.new is not new):
                continue
            source = page_source(page)
            pages[source["id"]] = source
            if known:
                lineage.edges[lineage.edges.index(known)] = replace(known, source_id=source["id"])
            else:
                lineage.add(Edge(day, old, new, "", source["id"]))


def _taker(lineage: Lineage, old: Life, code: str, day: str) -> Life | None:
    """Return the unit of ``old``'s district that took it in, among those that led to the one with ``code`` in 2025."""
    final = lineage.last[code]
    leading = {final}
    before: dict[Life, list[Life]] = defaultdict(list)
    for edge in lineage.edges:
        if edge.date > day:
            before[edge.new].append(edge.old)
    waiting = [final]
    while waiting:
        for life in before[waiting.pop()]:
            if life not in leading:
                leading.add(life)
                waiting.append(life)
    district = old.spells[-1].parent
    found = [life for life in leading if life is not old and district in _districts(life, day)]
    changed = [life for life in found if life.since == day or life.before(day)]
    for chosen in (found, changed):
        if len(chosen) == 1:
            return chosen[0]
    return None


def _districts(life: Life, day: str) -> set[str]:
    now = life.at(day)
    return {spell.parent for spell in (now, life.before(day)) if spell} if now else set()


def add_formed(lineage: Lineage, rows: list[Row], decrees: Decrees, province_of: dict[str, str]) -> None:
    """Add what the texts of instruments say units were formed of, or what an ended one went to.

    An origin that ends that day was divided or merged; one that goes on gave a part away, and its edge is ``created``.
    A unit whose name another takes over in part, under its code, is told apart from that. An origin marked ``~`` was
    divided even if no other taker is named; the unit that takes its name that day is another part of it.
    """
    told: dict[tuple[str, Life], list[tuple[Life, Row]]] = defaultdict(list)
    divided: set[tuple[str, Life]] = set()

    def renamed(row: Row) -> bool:
        own = lineage.holder(row["new"], (day := decrees.day_of(row["instrument"], row["listed"]))).before(day)
        return bool(own and own.name in row["origins"].split("|"))

    # First those that go on under the code of an origin, so that the origin is told apart when others name it.
    for row in sorted(rows, key=renamed, reverse=True):
        day = decrees.day_of(row["instrument"], row["listed"])
        new = lineage.holder(row["new"], day)
        if new.at(day).name != row["new_name"]:  # type: ignore[union-attr]
            raise ValueError(f"{row['new']} is not {row['new_name']} on {day}")
        for name in row["origins"].split("|"):
            old = _origin(lineage, new, name.rstrip("~"), day, province_of)
            told[day, old].append((new, row))
            if name.endswith("~"):
                divided.add((day, old))
    for (day, old), parts in told.items():
        implied = [edge for edge in lineage.edges if (edge.date, edge.old) == (day, old)]
        lineage.edges = [edge for edge in lineage.edges if edge not in implied]
        is_divided = len(parts) > 1 or (day, old) in divided
        for new, row in parts:
            kind = "created" if old.until != day else "split" if is_divided else ""
            kind = kind or ("merged" if new.since == day else "absorbed")
            lineage.edges.append(Edge(day, old, new, kind, row["source_id"], "", row["instrument"]))
        if (day, old) in divided:
            lineage.edges += [replace(edge, kind="split", note="") for edge in implied if edge.note]


def _origin(lineage: Lineage, new: Life, name: str, day: str, province_of: dict[str, str]) -> Life:
    """Return the unit of a name from which another was formed on a day, the nearest one of those in its province.

    ``name`` may end in ``@`` and a code where several have it.
    """
    name, _, code = name.partition("@")
    own = new.before(day)
    if own and own.name == name and new.changes_name_on(day):
        before = parted(new, day)
        lineage.lives.append(before)
        for number, edge in enumerate(lineage.edges):
            if edge.date < day and new in (edge.old, edge.new):
                old, taker = (before if life is new else life for life in (edge.old, edge.new))
                lineage.edges[number] = replace(edge, old=old, new=taker)
        return before
    here = new.at(day) or new.spells[0]
    found = [
        (spell.parent in _districts(new, day), life)
        for life in lineage.lives
        for spell in life.spells
        if life is not new and spell.since.partition("/")[0] < day <= (spell.until or "9999")
        if spell.name == name and code in {"", spell.code} and province_of[spell.parent] == province_of[here.parent]
    ]
    near = [life for close, life in found if close]
    lives = list(dict.fromkeys(near or [life for _, life in found]))
    if len(lives) != 1:
        raise ValueError(f"{len(lives)} units called {name} may be the origin of {here.code} {here.name} on {day}")
    return lives[0]


def district_rows(folder: Path, decrees: Decrees) -> list[Row]:
    """Return the mergers and splits of districts that a public compilation gives with their decrees."""
    with (folder / "district_lineage_bamboo.tsv").open(encoding="utf-8", newline="") as handle:
        return [
            {
                "date": decrees.day_of(row["decree"], row["effective"]),
                "old": row["pred"],
                "new": row["succ"],
                "kind": "split" if row["relation"] == "split" else "",
                "source_id": BAMBOO,
                "note": "",
                "instrument": row["decree"],
            }
            for row in csv.DictReader(handle, delimiter="\t")
        ]
