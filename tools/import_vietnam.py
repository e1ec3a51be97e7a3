"""Make the gazetteer's Vietnamese places from the official lists, the conversion table and the resolutions.

Run as ``python -m tools.import_vietnam SOURCES``, where SOURCES holds the folders ``vn`` and ``kh`` (the latter for
CLDR's names). Rerunning replaces exactly the rows that cite these sources.

What is one unit through time, where the sources give only codes and names, is decided by the rule in
``tools.vietnam.lives``: a unit that keeps its name takes others in and goes on; a new name on the day of a merger is a
unit formed by it.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tools import tables
from tools.vietnam import communes, districts, history, names, provinces, provinces_history, read
from tools.vietnam.law import add_law
from tools.vietnam.rows import REFORM, Facts, Row, owned

TABLES = (
    "sources",
    "instruments",
    "local_types",
    "entities",
    "versions",
    "names",
    "identifiers",
    "changes",
    "official_counts",
)


def make(sources: Path) -> Facts:
    """Return all rows made from the source folder."""
    folder = sources / "vn"
    facts = Facts()
    add_law(facts, folder)

    old_provinces, old_districts, old_communes = read.old_units(folder)
    new_provinces, new_communes = read.new_units(folder)
    edges = read.edges(folder)
    old_ids, new_ids = provinces.add_provinces(facts, old_provinces, new_provinces, read.successor_province(folder))
    provinces_history.add_history(facts)
    before = history.add_history(facts, folder, old_provinces, old_districts, old_communes, old_ids)
    district_ids = before.districts
    commune_ids = communes.add_communes(facts, before.communes, new_communes, edges, new_ids)
    communes.add_conversion(facts, edges, commune_ids)
    districts.add_abolition(facts, district_ids, communes.special_zones(edges, commune_ids))

    names.add_nso_spellings(facts, read.nso_old_names(folder), commune_ids.old)
    wof = folder / "wof_vn_country_region_county_names.csv"
    cldr = sources / "kh" / "cldr48_subdivisions_kh_vn_la.csv"
    regions = names.add_province_names(facts, old_provinces, old_ids, names.read_wof(wof, "region"), cldr)
    counties = names.read_wof(wof, "county")
    names.add_district_names(
        facts, old_districts, district_ids, provinces=old_provinces, wof=counties, province_of_region=regions
    )
    names.add_attested_names(facts)
    names.copy_names_to_successors(facts, _namesakes(facts))

    cities, wards = read.amendments_2026(folder)
    provinces.add_cities_2026(facts, cities, new_ids)
    communes.add_wards_2026(facts, wards, commune_ids)
    return facts


def check(facts: Facts) -> None:
    """Raise where the numbers are not those of the official publications."""
    levels = {row["id"]: row["type"] for row in facts.entities}
    if len(levels) != len(facts.entities):
        raise ValueError("an id was given twice")
    expected = {
        "2025-06-30": {"province": 63, "district": 696, "commune": 10_035},
        REFORM: {"province": 34, "commune": 3_321},
    }
    for date, counts in expected.items():
        found = Counter(levels[row["id"]] for row in facts.versions if _in_force(row, date))
        if found != counts:
            raise ValueError(f"units in force on {date}: {dict(found)}, not {counts}")
    edges = {
        (levels[row["from_id"]], row["from_id"], row["to_id"])
        for row in facts.changes
        if row["date"] == REFORM and row["to_id"] and levels[row["from_id"]] != "province"
    }
    if Counter(level for level, _, _ in edges) != {"commune": 10_566, "district": 5}:
        raise ValueError(f"{len(edges)} edges of the conversion, not 10,566 and 5")


def main(argv: list[str]) -> int:
    """Import from the folder named on the command line."""
    if len(argv) != 1 or not (Path(argv[0]) / "vn").is_dir():
        print("usage: python -m tools.import_vietnam SOURCES (the folder that holds vn and kh)", file=sys.stderr)
        return 2
    facts = make(Path(argv[0]))
    check(facts)
    sources = owned(facts.sources)
    for table in TABLES:
        rows: list[Row] = getattr(facts, table)
        tables.replace(table, rows, owned=sources)
        print(f"{table}: {len(rows)} rows")
    return 0


def _namesakes(facts: Facts) -> list[tuple[str, str]]:
    names_of = {row["id"]: row["name"] for row in sorted(facts.versions, key=lambda row: row["valid_from"])}
    return [
        (row["from_id"], row["to_id"])
        for row in facts.changes
        if row["kind"] == "merged" and row["from_id"].startswith("vn-province-")
        if names_of[row["from_id"]] == names_of[row["to_id"]]
    ]


def _in_force(row: Row, date: str) -> bool:
    return row["valid_from"] <= date and (not row["valid_to"] or date < row["valid_to"])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
