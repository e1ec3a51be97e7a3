"""Districts and communes from 2004-08-31 until the reform of 2025: every version, every change, every successor.

``lives`` defines what counts as one unit. Successors come from the table of aliases (a page for each), from a
compilation of district mergers, and from a few pages entered by hand. If none of these has it, the catalogue's own
states are used: a unit of the same name that starts that day in the same district. Otherwise the successor is unknown,
and the change is ``abolished`` without a ``to_id``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tools.vietnam import lineage
from tools.vietnam.aliases import read_aliases
from tools.vietnam.day_ranges import widen
from tools.vietnam.decrees import Decrees
from tools.vietnam.law import table
from tools.vietnam.lineage import Lineage
from tools.vietnam.lives import Edge, Life, name_key
from tools.vietnam.read import Unit
from tools.vietnam.rows import CATALOGUE, REFORM, SNAPSHOTS, Facts, Row, change, unit_id
from tools.vietnam.snapshots import Spell, read_spells

HA_TAY = ("28", "vn-province-ha-tay")
LY_SON = "536"
FORMER_NAMES = {HA_TAY[0]: "Hà Tây", "46": "Thừa Thiên Huế"}
SAME_NAME = "a unit of this name starts that day; how much of the old one it took is not stated"
NO_COMMUNES = "the district has had no communes since"


@dataclass(frozen=True, slots=True)
class Piece:
    """A version to be: a spell of one unit under one parent."""

    spell: Spell
    parent_id: str


class Move(NamedTuple):
    """A commune, or a part of one, that comes from one district to another."""

    old: str
    new: str
    commune: Life


@dataclass(frozen=True, slots=True)
class UnitIds:
    """The ids of the districts and communes of 2025-06-30, by code."""

    districts: dict[str, str]
    communes: dict[str, str]


def add_history(
    facts: Facts,
    folder: Path,
    provinces: dict[str, Unit],
    districts: dict[str, Unit],
    communes: dict[str, Unit],
    province_ids: dict[str, str],
) -> UnitIds:
    """Add all districts and communes of before the reform; return the ids of its last day."""
    facts.sources += table("history_sources")
    decrees = Decrees(folder)
    spells = read_spells(folder, {"district": districts, "commune": communes}, decrees, _province_names(provinces))
    district_lines = _districts(spells["district"], folder, decrees)
    pages: dict[str, Row] = {}
    aliases = read_aliases(folder, provinces, districts, communes)
    commune_lines = _communes(spells["commune"], spells["district"], district_lines, aliases, pages, decrees)
    facts.sources += [row for _, row in sorted(pages.items())]
    writer = Writer(facts, decrees, _province_names(provinces), {**province_ids, HA_TAY[0]: HA_TAY[1]})
    writer.add_districts(district_lines, commune_lines)
    writer.add_communes(commune_lines)
    listed = {row["id"] for row in facts.instruments}
    facts.instruments += [row for number, row in sorted(writer.decrees.used.items()) if number not in listed]
    widen(facts, decrees.latest)
    return UnitIds(writer.last_ids(district_lines), writer.last_ids(commune_lines))


def _province_names(provinces: dict[str, Unit]) -> dict[str, set[str]]:
    """Return the names under which titles tell of a province, by its code."""
    names = {code: {unit.name} for code, unit in provinces.items()}
    return names | {code: names.get(code, set()) | {name} for code, name in FORMER_NAMES.items()}


def _districts(spells: list[list[Spell]], folder: Path, decrees: Decrees) -> Lineage:
    lines, rows = Lineage(spells, set()), lineage.district_rows(folder, decrees)
    for day in sorted({row["date"] for row in rows}, reverse=True):
        lineage.add_known(lines, rows, day)
        lines.form(day)
    return lines


def _communes(
    spells: list[list[Spell]],
    district_spells: list[list[Spell]],
    districts: Lineage,
    aliases: lineage.Aliases,
    pages: dict[str, Row],
    decrees: Decrees,
) -> Lineage:
    stated = table("stated_successors")
    lines = Lineage(spells, {row["old"] for row in stated})
    province_of = {spell.code: spell.parent for row in district_spells for spell in row}
    formed = {(life.since, spell.code) for life in districts.lives for spell in life.spells[:1]}
    # The table of aliases names the units of 2025, so that what a unit led to is known before what led to it.
    days = {life.until for life in lines.lives} | {row["date"] for row in stated}
    for day in sorted(days - {""}, reverse=True):
        lineage.add_known(lines, stated, day)
        lineage.add_aliases(lines, aliases, province_of, day, pages)
        _add_namesakes(lines, formed, province_of, day)
        lines.form(day)
    lineage.add_formed(lines, table("formed_from"), decrees, province_of)
    return lines


def _add_namesakes(lines: Lineage, formed: set[tuple[str, str]], province_of: dict[str, str], day: str) -> None:
    """Add an edge to the unit that takes an ended one's name that day, in its district or one formed that day."""
    told = {edge.old for edge in lines.edges}
    for old in [life for life in lines.lives if life.until == day and life not in told]:
        last = old.spells[-1]
        found = []
        for new in lines.lives:
            now = new.at(day)
            if new is old or now is None or now.since != day or name_key(now.name) != name_key(last.name):
                continue
            near = now.parent == last.parent or (day, now.parent) in formed
            renamed = province_of[now.parent] == province_of[last.parent] and new.changes_name_on(day)
            if (new.since == day and near) or renamed:
                found.append(new)
        if len(found) == 1 and not last.name.isdecimal():
            lines.add(Edge(day, old, found[0], "", SNAPSHOTS, SAME_NAME))


class Writer:
    """Turns units and edges into rows."""

    def __init__(
        self, facts: Facts, decrees: Decrees, provinces: dict[str, set[str]], province_ids: dict[str, str]
    ) -> None:
        self.facts = facts
        self.decrees = decrees
        self._ids: dict[Life, str] = {}
        self._provinces = provinces
        self._province_ids = province_ids
        self._holders: dict[str, list[tuple[Spell, Life]]] = defaultdict(list)

    def last_ids(self, lines: Lineage) -> dict[str, str]:
        """Return the ids of the units in force in the last snapshot, by code."""
        return {life.spells[-1].code: self._ids[life] for life in lines.lives if not life.until}

    def add_districts(self, lines: Lineage, communes: Lineage) -> None:
        """Add the districts, what became of them, and what those formed later were cut from."""
        for life in lines.lives:
            for spell in life.spells:
                self._holders[spell.code].append((spell, life))
        self._name(lines, "district")
        for life in lines.lives:
            self._add_unit(life, [Piece(spell, self._province_ids[spell.parent]) for spell in life.spells])
        pieces = {life: self._under_districts(life) for life in communes.lives}
        moves = self._moves(communes, pieces)
        for edge in self._divided(lines.edges, moves):
            self._add_edge(edge)
        taken = {edge.new for edge in lines.edges if edge.date == edge.new.since}
        for life in lines.lives:
            if life.since and life not in taken:
                moved = [(old, SNAPSHOTS) for old, new, _ in moves[life.since] if new == self._ids[life]]
                self._add_creation(life, moved or self._stated_origins(life))

    def _stated_origins(self, life: Life) -> list[tuple[str, str]]:
        """Return the districts that an instrument says a new one was cut from, and the source."""
        return [
            (self._ids[holder], row["source_id"])
            for row in table("stated_origins")
            if row["new"] == life.spells[0].code and self.decrees.day_of(row["instrument"], row["date"]) == life.since
            for spell, holder in self._holders[row["old"]]
            if spell.covers(life.since)
        ]

    def add_communes(self, lines: Lineage) -> None:
        """Add the communes and what became of them."""
        self._name(lines, "commune")
        for life in lines.lives:
            self._add_unit(life, self._under_districts(life))
        told = {edge.old for edge in lines.edges if edge.kind != "created"}
        for edge in lines.edges:
            self._add_edge(edge)
        taken = {edge.new for edge in lines.edges if edge.date == edge.new.since}
        for life in lines.lives:
            if life.since and life not in taken:
                self._add_creation(life, [])
            if life.until and life not in told:
                self._add_end(life)

    def _name(self, lines: Lineage, level: str) -> None:
        given: set[str] = set()
        kept = {(row["code"], row["until"]): row["id"] for row in table("kept_ids") if row["level"] == level}
        # Units of the last state first: theirs are the ids released before.
        for life in sorted(lines.lives, key=lambda life: (bool(life.until), life.until, life.spells[-1].code)):
            last = life.spells[-1]
            new_id = kept.get((last.code, life.until)) or unit_id(level, last.unit)
            if new_id in given:
                new_id = f"{new_id}-until-{life.until[:4]}"
            if new_id in given:
                raise ValueError(f"the id {new_id} would be given twice")
            given.add(new_id)
            self._ids[life] = new_id

    def _add_unit(self, life: Life, pieces: list[Piece]) -> None:
        entity_id = self._ids[life]
        source_id = SNAPSHOTS if life.until else CATALOGUE
        self.facts.add_entity(entity_id, life.spells[0].level, source_id)
        for piece in pieces:
            spell = piece.spell
            unsure = not spell.since and not spell.until
            self.facts.add_version(
                entity_id,
                spell.unit,
                piece.parent_id,
                spell.source_id or (CATALOGUE if unsure else SNAPSHOTS),
                since=spell.since,
                until=spell.until or REFORM,
                # What ended before a state showed it is known from the law alone.
                attested=spell.attested if spell.attested < (spell.until or REFORM) else "",
            )
        for before, after in pairwise(pieces):
            self._add_attributes(entity_id, before, after)

    def _add_attributes(self, entity_id: str, before: Piece, after: Piece) -> None:
        one, other = before.spell, after.spell
        kinds = []
        if name_key(one.name) != name_key(other.name):
            kinds.append("renamed")
        if one.local_type != other.local_type:
            kinds.append("retyped")
        if before.parent_id != after.parent_id:
            kinds.append("reparented")
        elif one.code != other.code:
            kinds.append("recoded")
        instrument = self._instrument(other.since, [one, other])
        for kind in kinds:
            row = change(kind, other.since, entity_id, entity_id, instrument_id=instrument, source_id=SNAPSHOTS)
            self.facts.changes.append(row)

    def _under_districts(self, life: Life) -> list[Piece]:
        pieces: list[Piece] = []
        for spell in life.spells:
            # The start of an interval: the parent of its last day is the one known.
            day = spell.since.rpartition("/")[2]
            while not spell.until or day < spell.until:
                held, district = self._holder(spell.parent, day, spell)
                until = min(filter(None, (held.until, spell.until)), default="")
                since = spell.since if day in spell.since else day
                attested = spell.attested if since == spell.since else ""
                piece = Piece(replace(spell, since=since, until=until, attested=attested), self._ids[district])
                last = pieces[-1] if pieces else None
                same = last and (last.parent_id, last.spell.key, last.spell.code) == (
                    piece.parent_id,
                    spell.key,
                    spell.code,
                )
                if last and same:
                    joined = replace(piece.spell, since=last.spell.since, attested=last.spell.attested)
                    pieces[-1] = Piece(joined, piece.parent_id)
                else:
                    pieces.append(piece)
                day = until
                if not until:
                    break
        return pieces

    def _holder(self, code: str, day: str, spell: Spell) -> tuple[Spell, Life]:
        for held, life in self._holders[code]:
            if held.covers(day):
                return held, life
        if not day and self._holders[code]:
            # The start of the unit is not recorded; it is known under the first district of that code.
            return min(self._holders[code], key=lambda pair: pair[0].since)
        raise ValueError(f"{spell.code} {spell.name} belongs on {day} to district {code}, which is not in force then")

    def _moves(self, communes: Lineage, pieces: dict[Life, list[Piece]]) -> dict[str, list[Move]]:
        """Return by day from which district to which a commune, or what followed it, came; an item for each."""
        moves: dict[str, list[Move]] = defaultdict(list)
        for life, own in pieces.items():
            for before, after in pairwise(own):
                if before.parent_id != after.parent_id:
                    moves[after.spell.since].append(Move(before.parent_id, after.parent_id, life))
        for edge in communes.edges:
            if edge.kind != "created":
                after = next(piece for piece in pieces[edge.new] if piece.spell.covers(edge.date))
                moves[edge.date].append(Move(pieces[edge.old][-1].parent_id, after.parent_id, edge.old))
        return moves

    def _divided(self, edges: list[Edge], moves: dict[str, list[Move]]) -> list[Edge]:
        """Return the edges of districts, with those whose communes went to several told as splits."""
        found = []
        life_of = {entity_id: life for life, entity_id in self._ids.items()}
        for old in dict.fromkeys(edge.old for edge in edges):
            own = [edge for edge in edges if edge.old is old]
            left = [move for move in moves[old.until] if move.old == self._ids[old]]
            if len({move.new for move in left}) < 2:
                found += own
                continue
            known = {self._ids[edge.new]: edge for edge in own}
            for new in dict.fromkeys(move.new for move in left):
                edge = known.get(new, Edge(old.until, old, life_of[new], "", SNAPSHOTS))
                found.append(replace(edge, kind="split", note=_share(left, new)))
        return found

    def _add_edge(self, edge: Edge) -> None:
        extent = "part" if edge.kind in {"split", "created"} else "" if edge.note == SAME_NAME else "whole"
        spells = [edge.old.spells[-1], edge.new.at(edge.date) or edge.new.spells[0]]
        instrument = (
            self.decrees.numbered(edge.instrument, edge.date)
            if edge.instrument
            else self._instrument(edge.date, spells)
        )
        self.facts.changes.append(
            change(
                edge.kind,
                edge.date,
                self._ids[edge.old],
                self._ids[edge.new],
                instrument_id=instrument,
                source_id=edge.source_id,
                extent=extent,
                note=edge.note,
            )
        )

    def _add_creation(self, life: Life, origins: list[tuple[str, str]]) -> None:
        instrument = self._instrument(life.since, life.spells[:1])
        for from_id, source in dict.fromkeys(origins) or [("", life.spells[0].source_id or SNAPSHOTS)]:
            more = {"extent": "part"} if from_id else {}
            row = change(
                "created", life.since, from_id, self._ids[life], instrument_id=instrument, source_id=source, **more
            )
            self.facts.changes.append(row)

    def _add_end(self, life: Life) -> None:
        last = life.spells[-1]
        district = self._holder(last.parent, _day_before(life.until), last)[1]
        left = last.parent == LY_SON
        row = change(
            "abolished",
            life.until,
            self._ids[life],
            self._ids[district] if left else "",
            instrument_id=self._instrument(life.until, [last]),
            source_id=SNAPSHOTS,
            extent="whole" if left else "",
            note=NO_COMMUNES if left else "",
        )
        self.facts.changes.append(row)

    def _instrument(self, day: str, spells: list[Spell]) -> str:
        above = [self._district_at(spell, day) for spell in spells]
        codes = [spell.parent for spell in above]
        provinces = {name for code in codes for name in self._provinces[code]}
        names = {spell.name for spell in [*spells, *above]}
        return self.decrees.found(day, codes[-1], provinces, names, crosses=len(set(codes)) > 1)

    def _district_at(self, spell: Spell, day: str) -> Spell:
        """Return the spell of the district of a unit that starts or ends on a day, of a district the spell itself."""
        if spell.level == "district":
            return spell
        on = day.rpartition("/")[2]
        return self._holder(spell.parent, on if spell.until != on else _day_before(on), spell)[0]


def _share(left: list[Move], new: str) -> str:
    """Return how many of the communes that left a district went to one of its successors, each commune counted once."""
    goals: dict[Life, set[str]] = defaultdict(set)
    for move in left:
        goals[move.commune].add(move.new)
    whole = sum(found == {new} for found in goals.values())
    parts = sum(new in found for found in goals.values()) - whole
    told = [f"{whole} of its {len(goals)} communes"] if whole else []
    if parts:
        told.append(f"part of {parts} more" if whole else f"part of {parts} of its {len(goals)} communes")
    return " and ".join(told)


def _day_before(day: str) -> str:
    return str(date.fromisoformat(day) - timedelta(days=1))
