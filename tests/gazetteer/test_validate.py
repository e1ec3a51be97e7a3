"""Every rule names the row that breaks it, in a small gazetteer of real rows with one thing damaged."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from resolver.errors import GazetteerError
from resolver.gazetteer import validate
from resolver.gazetteer.reader import bundled_path, read_tables
from resolver.gazetteer.rules.released import RELEASED

Row = dict[str, str]
Gazetteer = dict[str, list[Row]]

SEEDS = {
    "int-organisation-interpol",
    "kh-commune-khsem-khsant-050905",
    "kh-commune-ream-180601",
    "kh-district-odongk-0505",
    "kh-district-pursat-1505",
    "kh-organisation-kampot-provincial-police",
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


SMALL = small_gazetteer()


def conditions(text: str) -> Row:
    """Return the cells named by ``column=value;column=value``, with ``\\u0000`` for what cannot be seen."""
    shown = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)
    return dict(part.split("=", 1) for part in shown.split(";")) if text else {}


def position(rows: list[Row], wanted: Row) -> int:
    found = [number for number, row in enumerate(rows) if wanted.items() <= row.items()]
    assert len(found) == 1, f"{len(found)} rows have {wanted}"
    return found[0]


def damaged(case: Row) -> tuple[Gazetteer, Row]:
    """Return the small gazetteer with one thing wrong, and the row that the rule should name."""
    tables = {table: [dict(row) for row in rows] for table, rows in SMALL.items()}
    rows, changed = tables[case["table"]], conditions(case["change"])
    place = position(rows, conditions(case["where"]))
    row = rows[place]
    if case["action"] == "swap":
        rows[place - 1 : place + 1] = [row, rows[place - 1]]
    elif case["action"] == "drop":
        rows.remove(row)
    else:
        if case["action"] == "cut":
            row["valid_to"] = changed["valid_from"]
        if case["action"] != "set":
            row = {**row, "valid_to": ""} if case["action"] == "cut" else dict(row)
            rows.append(row)
        row |= changed
        key = KEYS[case["table"]]
        rows.sort(key=lambda cells: ([cells[column] for column in key], list(cells.values())))
    if case["found_table"]:
        found = tables[case["found_table"]]
        row = found[position(found, conditions(case["found_where"]))]
    return tables, row


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


def line_of(path: Path, table: str, wanted: Row) -> int:
    if table == "released_ids":
        return (path / RELEASED).read_text(encoding="utf-8").splitlines().index(wanted["id"]) + 1
    return next(row.line for row in read_tables(path)[table] if row.cells == wanted)


def cases() -> list[Row]:
    with (Path(__file__).resolve().parent.parent / "cases" / "validate.csv").open(
        encoding="utf-8", newline=""
    ) as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in cases()])
def test_the_rule_names_the_damaged_row(case: Row, tmp_path: Path) -> None:
    tables, culprit = damaged(case)
    path = write(tmp_path, tables)
    table = case["found_table"] or case["table"]
    line = line_of(path, table, culprit)
    problems = validate.check(path)
    assert {(problem.rule, problem.table, problem.line) for problem in problems} == {(case["rule"], table, line)}
    assert all("; " in problem.message for problem in problems), "the message ends with what to do"


def test_every_rule_has_a_case_and_a_description() -> None:
    assert {case["rule"] for case in cases()} == set(validate.RULES)
    assert all((rule.__doc__ or "").strip().endswith(".") for rule in validate.RULES.values())


def test_the_small_gazetteer_is_sound(tmp_path: Path) -> None:
    assert validate.check(write(tmp_path, SMALL)) == []


def test_the_bundled_gazetteer_is_sound() -> None:
    assert validate.check() == []


def test_a_table_that_cannot_be_read_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, SMALL)
    with (path / "names.csv").open("a", encoding="utf-8") as handle:
        handle.write("vn-province-hue,Huế\n")
    with pytest.raises(GazetteerError, match=rf"names\.csv, line {len(SMALL['names']) + 2}: 2 cells"):
        validate.check(path)
