"""Legal instruments of 2004 to 2025 as NSO lists them, and which of them an event rests on."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.tables import slug
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
}
# Provinces that the titles misprint.
TITLE_MISPRINTS = {"tỉnh Gia Lao": "tỉnh Gia Lai"}
NUMBER = re.compile(r"(\d+)[/](?:(\d{4})[/-]?)?((?:NĐ|NQ|QĐ)-[\w]+|QH\d+|TCTK-\w+)")
ADOPTED = re.compile(r"(?:ngày )(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
ASSEMBLY = "Quốc hội"
ISSUERS = {"CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "TCTK-PPCĐ": "Tổng cục Thống kê"}


@dataclass(frozen=True, slots=True)
class Decree:
    """An instrument of the list; ``words`` is its title without marks and case, to look for names in."""

    row: Row
    words: str


class Decrees:
    """The instruments by the days they took effect; remembers which were used."""

    def __init__(self, folder: Path) -> None:
        self.used: dict[str, Row] = {}
        self._by_day: dict[str, list[Decree]] = defaultdict(list)
        self._by_number: dict[tuple[str, str], Decree] = {}
        with (folder / "vn_gso_instruments_2004_2025.tsv").open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
                self._add(row["effective_date"], row["instrument"], row["title"])
        with (folder / "vn_gso_events_2004_2025.tsv").open(encoding="utf-8", newline="") as handle:
            corrected = {
                (row["corrected_date"], row["corrected_instrument"], row["province"])
                for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
                if row["corrected_date"]
            }
        self.corrected: dict[tuple[str, str], str] = {}
        for day, number, province in sorted(corrected):
            self.corrected[_iso(day), province] = number
            if (number, day[:4]) not in self._by_number:
                self._add(day, number, "")

    def numbered(self, number: str, day: str) -> str:
        """Return the id of the instrument with a number, in force on a day."""
        known = self._by_number.get((_number(number), day[:4]))
        if known is None:
            raise ValueError(f"no instrument {number} is listed for {day[:4]}")
        return self._use(known)

    def found(
        self, day: str, province_code: str, provinces: Iterable[str], names: Iterable[str], *, crosses: bool
    ) -> str:
        """Return the id of the one instrument of a day whose title names the province, empty where that is not one.

        Where several name it, that which names most of ``names`` (the district, the unit itself). ``crosses`` says
        that the unit passed from one province to another.
        """
        number = self.corrected.get((day, province_code))
        if number:
            return self.numbered(number, day)
        named = [decree for decree in self._by_day[day] if any(_says(decree, name) for name in provinces)]
        # Only the National Assembly moves a border of provinces.
        of_assembly = [decree for decree in named if decree.row["issuer"] == ASSEMBLY]
        named = of_assembly if crosses and of_assembly else named
        if len({decree.row["id"] for decree in named}) > 1:
            wanted = set(names)
            most = max(sum(_says(decree, name) for name in wanted) for decree in named)
            named = [decree for decree in named if most and sum(_says(decree, name) for name in wanted) == most]
        ids = {decree.row["id"] for decree in named}
        return self._use(named[0]) if len(ids) == 1 else ""

    def _use(self, decree: Decree) -> str:
        self.used[decree.row["id"]] = decree.row
        return decree.row["id"]

    def _add(self, day: str, listed: str, title: str) -> None:
        number, title = _number(listed), clean(title).rstrip(".")
        for wrong, right in TITLE_MISPRINTS.items():
            title = title.replace(wrong, right)
        date, adopted = _iso(day), ADOPTED.search(listed)
        # The government numbers its resolutions anew each year.
        year = f"-{date[:4]}" if number.endswith("-CP") and not re.search(r"/\d{4}/", number) else ""
        row = {
            "id": f"vn-{slug(number)}{year}",
            "number": number,
            "title": title[:1].upper() + title[1:],
            "issuer": _issuer(number),
            "adopted": f"{adopted[3]}-{int(adopted[2]):02}-{int(adopted[1]):02}" if adopted else "",
            "in_force": date,
            "source_id": SNAPSHOTS,
        }
        decree = Decree(row, f" {slug(title)} ".replace("-", " "))
        self._by_day[date].append(decree)
        self._by_number[number, date[:4]] = decree


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
