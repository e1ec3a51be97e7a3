"""Every rule names the row that breaks it, in a small gazetteer of real rows with one thing damaged."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from resolver.errors import GazetteerError
from resolver.gazetteer import validate
from resolver.gazetteer.reader import read_tables
from resolver.gazetteer.rules.released import RELEASED
from tests.small_gazetteer import KEYS, Gazetteer, Row, small_gazetteer, write

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
