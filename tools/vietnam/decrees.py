"""Legal instruments of 2004 to 2025 as NSO lists them, and which of them an event rests on.

NSO lists an instrument under a day that is not always the one on which it took effect: fifteen days after signing
where the text says fifteen days after publication, the day after signing where the text says from signing, the day of
adoption where the text names a later day. ``instrument_days.csv`` beside this module has both days as far as they were
found, the instruments that the list lacks, and, without a day in force, what it lists by mistake; ``latest`` there is
the last possible day in force where that day is not known.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.tables import slug
from tools.vietnam.day_ranges import latest_day
from tools.vietnam.law import table
from tools.vietnam.rows import SNAPSHOTS, Row
from tools.vietnam.spelling import clean

# Numbers that the list misprints in ways no rule catches, with what they are.
MISPRINTS = {
    "135/206/NĐ-CP": "135/2006/NĐ-CP",
    "137/2007N§-CP": "137/2007/NĐ-CP",
    "903/NQ-NBTVQH13": "903/NQ-UBTVQH13",
    "931/UBTVQH13": "931/NQ-UBTVQH13",
    "829/UBTVQH14": "829/NQ-UBTVQH14",
    "1192/NQ-UBTVQH": "1192/NQ-UBTVQH15",
    "14/2008/NĐ-CP": "14/2008/QH12",
}
# Provinces that the titles misprint.
TITLE_MISPRINTS = {"tỉnh Gia Lao": "tỉnh Gia Lai"}
NUMBER = re.compile(r"(\d+)[/](?:(\d{4})[/-]?)?((?:NĐ|NQ|QĐ)-[\w]+|QH\d+|TCTK-\w+|CP\b)")
ADOPTED = re.compile(r"(?:ngày )(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
ASSEMBLY = "Quốc hội"
ISSUERS = {"CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "TCTK-PPCĐ": "Tổng cục Thống kê"}


@dataclass(frozen=True, slots=True)
class Decree:
    """An instrument, the day it is listed under, and in ``words`` its title without marks and case to look names up."""

    row: Row
    listed: str
    words: str

    @property
    def in_force(self) -> str:
        """The day from which it is in force."""
        return self.row["in_force"]


class Decrees:
    """The instruments by the days they are listed under and the days they took effect; remembers which were used."""

    def __init__(self, folder: Path) -> None:
        self.used: dict[str, Row] = {}
        #: The last possible day in force, by id, of those whose day is not known.
        self.latest: dict[str, str] = {}
        self._listed: dict[str, list[Decree]] = defaultdict(list)
        self._in_force: dict[str, list[Decree]] = defaultdict(list)
        self._by_number: dict[str, list[Decree]] = defaultdict(list)
        self._days = {(row["number"], row["listed"]): row for row in table("instrument_days")}
        with (folder / "vn_gso_instruments_2004_2025.tsv").open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
                self._add(_iso(row["effective_date"]), row["instrument"], row["title"])
        with (folder / "vn_gso_events_2004_2025.tsv").open(encoding="utf-8", newline="") as handle:
            corrected = {
                (row["corrected_date"], row["corrected_instrument"], row["province"])
                for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
                if row["corrected_date"]
            }
        self.corrected: dict[tuple[str, str], str] = {}
        for day, number, province in sorted(corrected):
            self.corrected[_iso(day), province] = number
            if number not in self._by_number:
                self._add(_iso(day), number, "")
        for (number, listed), row in self._days.items():
            if row["title"] and all(decree.listed != listed for decree in self._by_number[number]):
                self._add(listed, number, row["title"])

    def numbered(self, number: str, day: str) -> str:
        """Return the id of the instrument with a number, in force on a day or listed under it."""
        return self._use(self._numbered(number, day))

    def day_of(self, number: str, listed: str) -> str:
        """Return the day in force of the instrument that is listed with a number under a day."""
        return self._numbered(number, listed).in_force

    def day_in_force(self, listed: str, provinces: Iterable[str], names: Iterable[str]) -> str:
        """Return the day in force of what is listed under a day, for a unit of a province with some names.

        That is the day itself where no instrument listed under it tells of the province or the unit.
        """
        told = _best(self._listed.get(listed, []), provinces, names)
        days = {decree.in_force for decree in told} or {listed}
        if len(days) > 1:
            raise ValueError(f"what is listed under {listed} for {set(names)} took effect on {sorted(days)}")
        return days.pop()

    def found(
        self, day: str, province_code: str, provinces: Iterable[str], names: Iterable[str], *, crosses: bool
    ) -> str:
        """Return the id of the one instrument in force from a day that tells of a unit, empty where not one does.

        ``names`` are those of the unit and its districts. ``crosses`` says that it passed from one province to another.
        """
        number = self.corrected.get((day, province_code))
        if number:
            return self.numbered(number, day)
        # Only the National Assembly moves a border of provinces, and it does nothing else.
        for by_assembly in (crosses, not crosses):
            decrees = [decree for decree in self._in_force.get(day, []) if _by_assembly(decree) == by_assembly]
            best = {decree.row["id"]: decree for decree in _best(decrees, provinces, names)}
            if best:
                return self._use(*best.values()) if len(best) == 1 else ""
        return ""

    def _numbered(self, number: str, day: str) -> Decree:
        known = self._by_number.get(_number(number), [])
        for wanted in (
            [decree for decree in known if decree.in_force == day],
            [decree for decree in known if decree.listed == day],
            [decree for decree in known if decree.in_force[:4] == day[:4]],
        ):
            if len({decree.row["id"] for decree in wanted}) == 1:
                return wanted[0]
        raise ValueError(f"no instrument {number} is listed for {day}")

    def _use(self, decree: Decree) -> str:
        self.used[decree.row["id"]] = decree.row
        return decree.row["id"]

    def _add(self, listed: str, entry: str, title: str) -> None:
        number, title = _number(entry), clean(title).rstrip(".")
        for wrong, right in TITLE_MISPRINTS.items():
            title = title.replace(wrong, right)
        printed, days = ADOPTED.search(entry), self._days.get((number, listed))
        if days and not days["in_force"]:
            return
        adopted = f"{printed[3]}-{int(printed[2]):02}-{int(printed[1]):02}" if printed else ""
        row = {
            "number": number,
            "title": title[:1].upper() + title[1:],
            "issuer": _issuer(number),
            "adopted": days["adopted"] if days else adopted,
            "in_force": days["in_force"] if days else listed,
            "source_id": days["source_id"] if days else SNAPSHOTS,
        }
        # The government numbers its resolutions anew each year.
        counted_anew = number.endswith(("-CP", "/CP")) and not re.search(r"/\d{4}/", number)
        year = f"-{(row['adopted'] or row['in_force'])[:4]}" if counted_anew else ""
        row["id"] = f"vn-{slug(number)}{year}"
        if last := days["latest"] if days else latest_day(number, listed):
            self.latest[row["id"]] = last
        decree = Decree(row, listed, f" {slug(title)} ".replace("-", " "))
        self._listed[listed].append(decree)
        self._in_force[decree.in_force].append(decree)
        self._by_number[number].append(decree)


def _best(decrees: list[Decree], provinces: Iterable[str], names: Iterable[str]) -> list[Decree]:
    """Return the instruments that name the province, of several those that name most of ``names``.

    Where none names the province, those that name the district or the unit and no province, as titles of 2004 do.
    """
    wanted, provinces = {name for name in names if not name.isdecimal()}, list(provinces)
    named = [decree for decree in decrees if any(_says(decree, name) for name in provinces)]
    if len({decree.row["id"] for decree in named}) == 1:
        return named
    unplaced = [decree for decree in decrees if not any(_says(decree, word) for word in ("tỉnh", "thành phố"))]
    counts = [(sum(_says(decree, name) for name in wanted), decree) for decree in named or unplaced]
    most = max((count for count, _ in counts), default=0)
    return [decree for count, decree in counts if count == most] if most else named


def _by_assembly(decree: Decree) -> bool:
    return decree.row["issuer"] == ASSEMBLY


def _says(decree: Decree, name: str) -> bool:
    return f" {slug(name)} ".replace("-", " ") in decree.words


def _number(listed: str) -> str:
    text = MISPRINTS.get(listed, listed).replace("NDD-CP", "NĐ-CP").replace("NĐ/CP", "NĐ-CP")
    found = NUMBER.match(re.sub(r"(\d{4})(NĐ)", r"\1/\2", text))
    if not found:
        raise ValueError(f"cannot read the number of instrument {listed!r}")
    return "/".join(part for part in found.groups() if part)


def _issuer(number: str) -> str:
    if "UBTVQH" in number:
        return "Ủy ban Thường vụ Quốc hội"
    if "/QH" in number:
        return ASSEMBLY
    return ISSUERS[number.rpartition("/")[2].removeprefix("NĐ-").removeprefix("NQ-").removeprefix("QĐ-")]


def _iso(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"
