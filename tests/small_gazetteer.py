"""A small gazetteer of real rows, for tests that damage tables or compile them."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

from resolver.gazetteer.reader import bundled_path, read_tables
from resolver.gazetteer.rules.released import RELEASED

__all__ = ["KEYS", "PACKAGE", "Gazetteer", "Row", "small_gazetteer", "write"]

Row = dict[str, str]
Gazetteer = dict[str, list[Row]]

SEEDS = {
    "int-organisation-interpol",
    "kh-commune-khsem-khsant-050905",
    "kh-commune-ream-180601",
    "kh-district-odongk-0505",
    "kh-district-pursat-1505",
    "kh-organisation-kampot-provincial-police",
    "kh-person-chhit-sokhon",
    "vn-commune-binh-san-30772",
    "vn-commune-bui-huu-nghia-31178",
    "vn-commune-ta-si-lang-04603",
    "vn-organisation-cong-an-tinh-kien-giang",
    "vn-person-pham-binh-minh",
    "vn-person-pham-minh-chinh",
    "vn-person-to-lam",
    "vn-person-vo-van-thuong",
    "vn-province-hue",
}
"""A unit that was renamed, one merged, split, moved, of imprecise dates, overruled; persons with their offices."""

COUNT = {
    "date": "2026-01-01",
    "country": "VN",
    "type": "province",
    "local_type": "",
    "count": "5",
    "source_id": "vn-gso-2025-06",
}
"""Huế and Quảng Ninh, and An Giang, Cần Thơ and Lào Cai of 2025."""

PACKAGE = json.loads((bundled_path() / "datapackage.json").read_text(encoding="utf-8"))
KEYS = {resource["name"]: resource["schema"]["primaryKey"] for resource in PACKAGE["resources"]}
KEYS["released_ids"] = ["id"]


@cache
def small_gazetteer() -> Gazetteer:
    """Return the real rows about the seeds and all that they lead to."""
    tables = {table: [dict(row.cells) for row in rows] for table, rows in read_tables(bundled_path()).rows.items()}
    links = {
        "versions": ("id", ("parent_id", "area_id")),
        "changes": ("from_id", ("to_id",)),
        "tenures": ("person_id", ("office_id",)),
    }
    chosen = set(SEEDS)
    while True:
        reached = {
            row[target]
            for table, (origin, targets) in links.items()
            for row in tables[table]
            if row[origin] in chosen
            for target in targets
        }
        if reached - {""} <= chosen:
            break
        chosen |= reached - {""}
    small = {
        "entities": [row for row in tables["entities"] if row["id"] in chosen],
        "local_types": tables["local_types"],
        "official_counts": [COUNT],
        "replaced_ids": [row for row in tables["replaced_ids"] if row["replaced_by"] in chosen],
        **{name: [row for row in tables[name] if row["id"] in chosen] for name in ("versions", "names", "identifiers")},
        "changes": [row for row in tables["changes"] if row["from_id"] in chosen],
        "tenures": [row for row in tables["tenures"] if row["person_id"] in chosen],
    }
    instruments = {row["instrument_id"] for row in small["changes"]}
    small["instruments"] = [row for row in tables["instruments"] if row["id"] in instruments]
    cited = {row["source_id"] for rows in small.values() for row in rows}
    small["released_ids"] = [{"id": row["id"]} for row in small["entities"]]
    small["sources"] = [row for row in tables["sources"] if row["id"] in cited]
    return small


def write(folder: Path, tables: Gazetteer) -> Path:
    (folder / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
    for resource in PACKAGE["resources"]:
        with (folder / resource["path"]).open("w", encoding="utf-8", newline="") as handle:
            columns = [field["name"] for field in resource["schema"]["fields"]]
            writer = csv.DictWriter(handle, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(tables[resource["name"]])
    released = "".join(f"{row['id']}\n" for row in tables["released_ids"])
    (folder / RELEASED).write_text(released, encoding="utf-8")
    return folder
