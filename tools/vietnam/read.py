"""Read the official lists: the catalogue before the reform, the code lists after it, and the conversion."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path

from tools.vietnam.spelling import clean, split_type

# Official Letter 1027/CTK-CSCL gives Ia Mơ the code of Ia Mơ Nông; the conversion table has the right one.
CODE_ERRORS_1027 = {("23737", "Ia Mơ"): "23938"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of an official list: its code, legal type, name and the code of what it belongs to."""

    code: str
    local_type: str
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class Edge:
    """One line of the conversion: which unit of before went into which commune, in NSO's words.

    ``old`` is a commune's code, or ``district:`` and the code of a district without communes.
    """

    old: str
    new: str
    note: str
    resolution: str
    in_nso: bool


def old_units(folder: Path) -> tuple[dict[str, Unit], dict[str, Unit], dict[str, Unit]]:
    """Return the provinces, districts and communes in force on 2025-06-30, by code."""
    districts = _csv(folder / "gso_districts_2025-06.csv")
    communes = _csv(folder / "gso_communes_2025-06.csv")
    return (
        {row["Mã TP"]: _unit(row["Mã TP"], row["Tỉnh / Thành Phố"], "") for row in districts},
        {row["Mã"]: _unit(row["Mã"], row["Tên"], row["Mã TP"]) for row in districts},
        {row["Mã"]: _unit(row["Mã"], row["Tên"], row["Mã QH"]) for row in communes},
    )


def new_units(folder: Path) -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Return the provinces and communes in force on 2025-07-01, by code."""
    provinces = {}
    for row in _csv(folder / "nso_915_provinces_2025.csv"):
        kind, name = split_type(row["Tên 34 tỉnh sau sáp nhập"])
        provinces[row["Mã số"]] = Unit(row["Mã số"], kind or "tỉnh", name, "")
    province_of = {row["new_code"]: row["new_province"] for row in _crosswalk(folder)}
    communes = {}
    for line in (folder / "nso_1027_communes_2025.md").read_text(encoding="utf-8").splitlines():
        cells = [clean(cell.replace("<br>", " ")) for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and re.fullmatch(r"\d{5}", cells[1]):
            kind, name = split_type(cells[2])
            code = CODE_ERRORS_1027.get((cells[1], name), cells[1])
            communes[code] = Unit(code, kind, name, province_of[code])
    return provinces, communes


def edges(folder: Path) -> list[Edge]:
    """Return the conversion of 2025-07-01, checked against the resolutions."""
    return [
        Edge(
            old=row["old_code"],
            new=row["new_code"],
            note=row["nso_note"].split(" [")[0],
            resolution=row["resolution"],
            in_nso=row["in_nso"] == "1",
        )
        for row in _crosswalk(folder)
    ]


def successor_province(folder: Path) -> dict[str, str]:
    """Return for each old province's code the code of the new province; none was divided."""
    pairs = {(row["old_province"], row["new_province"]) for row in _crosswalk(folder)}
    successors = dict(pairs)
    if len(successors) != len(pairs):
        raise ValueError("the conversion divides a province")
    return successors


def nso_old_names(folder: Path) -> list[tuple[str, str]]:
    """Return (code, name) of each old commune as the conversion table spells it, with its repetitions."""
    with (folder / "nso_conversion_table_2025-10-23.csv").open(encoding="utf-8-sig", newline="") as handle:
        return [(row[4].strip(), split_type(row[3])[1]) for row in csv.reader(handle) if row[4].strip().isdigit()]


def amendments_2026(folder: Path) -> tuple[list[list[str]], dict[str, list[str]]]:
    """Return the provinces that became cities and, by resolution, the communes that became wards in 2026."""
    data = json.loads((folder / "amendments_2026.json").read_text(encoding="utf-8"))
    return data["provinces"], data["wards_commune_to_ward"]


def _unit(code: str, full: str, parent: str) -> Unit:
    kind, name = split_type(full)
    return Unit(code, kind, name, parent)


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _crosswalk(folder: Path) -> list[dict[str, str]]:
    with (folder / "crosswalk_2025_verified.tsv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
