"""The units of today, and those that ended, with what the tables need of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tools.cambodia.read import CORRECTED, NCDD, PUMI, Row, facts, read_csv, read_pumi
from tools.cambodia.spelling import clean
from tools.tables import slug

LEVELS = {2: "province", 4: "district", 6: "commune"}


@dataclass(frozen=True)
class Step:
    """An event of a unit that went on: its date, instrument and source, and the columns that were different before."""

    date: str
    instrument: str
    source: str
    before: Row
    note: str = ""


@dataclass
class Unit:
    """A unit of today (or one that ended) with what the tables need of it."""

    code: str
    local_type: str
    khmer: str
    latin: str
    other_latin: str = ""
    other_khmer: str = ""
    iso: str = ""
    source: str = NCDD
    #: The official name as its list prints it, where that is a misprint; the id was made of it.
    misprint: str = ""
    starts: str = ""
    ends: str = ""
    steps: list[Step] = field(default_factory=list)

    @property
    def level(self) -> str:
        """Return the entity type."""
        return LEVELS[len(self.code)]

    @property
    def id(self) -> str:
        """Return the permanent id."""
        name = slug(self.misprint or self.latin)
        return f"kh-province-{name}" if self.level == "province" else f"kh-{self.level}-{name}-{self.code}"


def read_units(folder: Path) -> dict[str, Unit]:
    """Return the units of today and those that ended, by code."""
    ncdd = {row["code"]: row for row in read_csv(folder / "ncdd_2024-10-14_no_villages.csv")}
    corrected = {(row["code"], row["printed"]): row["name"] for row in facts("misprints")}
    units: dict[str, Unit] = {}
    for code, entry in read_pumi(folder):
        latin, khmer = clean(entry["name"]["latin"]), clean(entry["name"]["km"])
        official = ncdd.get(code)
        printed = capitals(clean(official["name_latin"]) if official else latin)
        name = corrected.get((code, printed), printed)
        units[code] = Unit(
            code=code,
            local_type=entry["administrative_unit"]["latin"].lower(),
            khmer=khmer,
            latin=name,
            other_latin=latin,
            other_khmer=clean(official["name_km"]) if official else "",
            iso=entry.get("iso3166_2", ""),
            source=CORRECTED if name != printed else NCDD if official else PUMI,
            misprint=printed if name != printed else "",
        )
    for row in facts("ended"):
        code = row["code"]
        units[code] = Unit(
            code, row["local_type"], row["khmer"], row["name"], source=row["source_id"], ends=row["date"]
        )
    return units


def capitals(name: str) -> str:
    """Return a name with a capital at the head of each word: the lists now and then forget one."""
    return " ".join(word[0].upper() + word[1:] for word in name.split())


def parent(units: dict[str, Unit], code: str) -> str:
    """Return the id of the unit above the one with this code."""
    return units[code[:-2]].id if len(code) > 2 else "kh-country-cambodia"
