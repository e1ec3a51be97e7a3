"""The exported gazetteer is whole, has its keys, and is never half written."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from resolver.errors import GazetteerError, OutputError, UsageError
from resolver.gazetteer.export import export
from resolver.gazetteer.reader import Tables, bundled_path, read_tables
from resolver.model import PLACE_TYPES

TABLES = read_tables(bundled_path())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("export") / "gazetteer.sqlite"
    export(target)
    return target


@pytest.fixture
def base(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("export") / "tables"
    export(target)
    return target


@pytest.mark.parametrize("table", TABLES.rows)
def test_sqlite_has_every_row(table: str, base: sqlite3.Connection) -> None:
    found = [tuple(cell or "" for cell in row) for row in base.execute(f"SELECT * FROM {table} ORDER BY rowid")]
    assert found == [tuple(row.cells.values()) for row in TABLES[table]]


def test_sqlite_is_sound(base: sqlite3.Connection) -> None:
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize(
    "statement, wrong",
    [
        ("INSERT INTO entities SELECT * FROM entities LIMIT 1", "UNIQUE"),
        ("INSERT INTO changes SELECT * FROM changes LIMIT 1", "UNIQUE"),
        ("INSERT INTO identifiers VALUES ('nobody', 'wikidata', 'Q1', NULL, NULL, 'vn-gso-2025-06')", "FOREIGN KEY"),
        ("DELETE FROM sources WHERE id = 'vn-gso-2025-06'", "FOREIGN KEY"),
        ("UPDATE entities SET type = 'village' WHERE id = 'kh-province-kampot'", "CHECK"),
        ("UPDATE versions SET name = NULL WHERE id = 'kh-province-kampot'", "NOT NULL"),
    ],
)
def test_sqlite_refuses_what_breaks_a_key(statement: str, wrong: str, base: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=wrong):
        base.execute(statement)
    base.rollback()


@pytest.mark.parametrize("row", [r for r in TABLES["official_counts"] if not r["local_type"]], ids=lambda row: row.line)
def test_the_view_counts_units_in_force_on_a_day(row: dict[str, str], base: sqlite3.Connection) -> None:
    asked = "SELECT count(*) FROM units WHERE country = ? AND type = ? AND first_day <= ? AND ? < end_day"
    counted = base.execute(asked, (row["country"], row["type"], row["date"], row["date"])).fetchone()
    assert counted == (int(row["count"]),)


def test_the_view_of_today_is_that_of_the_gazetteers_date(base: sqlite3.Connection) -> None:
    names = base.execute("SELECT name, code FROM units_in_force WHERE id = 'vn-province-an-giang-2025'").fetchall()
    assert names == [("An Giang", "91")]
    assert base.execute("SELECT * FROM units_in_force WHERE id = 'vn-province-kien-giang'").fetchall() == []
    assert base.execute("SELECT value FROM about WHERE key = 'as_of'").fetchone() == (TABLES.as_of,)


@pytest.mark.parametrize(
    "date, first",
    [("2013", "2013-01-01"), ("2013-11", "2013-11-01"), ("2013-11-25", "2013-11-25"), ("2001/2005-02", "2001-01-01")],
)
def test_the_view_reads_dates_as_far_as_they_are_known(date: str, first: str, file: Path, tmp_path: Path) -> None:
    copy = shutil.copyfile(file, tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(copy)) as base:
        base.execute("UPDATE versions SET valid_from = ? WHERE id = 'vn-province-an-giang-2025'", (date,))
        asked = "SELECT first_day, end_day FROM units WHERE id = 'vn-province-an-giang-2025'"
        assert base.execute(asked).fetchone() == (first, "9999-12-31")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    target = tmp_path_factory.mktemp("export") / "keys.csv"
    export(target)
    with target.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_version_of_a_place_has_a_row_of_keys(keys: list[dict[str, str]]) -> None:
    types = {row["id"]: row["type"] for row in TABLES["entities"]}
    places = [row["id"] for row in TABLES.standing("versions") if types[row["id"]] in PLACE_TYPES]
    assert [row["id"] for row in keys] == sorted(places)


@pytest.mark.parametrize("scheme, column", [("pcode", "pcode"), ("iso3166-2", "iso_3166_2"), ("wikidata", "wikidata")])
def test_keys_are_the_identifiers_of_places(scheme: str, column: str, keys: list[dict[str, str]]) -> None:
    types = {row["id"]: row["type"] for row in TABLES["entities"]}
    known = {
        (row["id"], row["value"])
        for row in TABLES["identifiers"]
        if row["scheme"] == scheme and types[row["id"]] in PLACE_TYPES
    }
    assert {(row["id"], value) for row in keys for value in row[column].split("|") if value} == known


def test_a_key_holds_for_its_days_only(file: Path, tmp_path: Path) -> None:
    copy = shutil.copyfile(file, tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(copy)) as base:
        base.execute(
            "UPDATE identifiers SET valid_from = '2009', valid_to = '2012' "
            "WHERE id = 'kh-district-kampot-0708' AND scheme = 'pcode'"
        )
        asked = "SELECT first_day, pcode FROM join_keys WHERE id = 'kh-district-kampot-0708'"
        assert base.execute(asked).fetchall() == [("0001-01-01", None), ("2008-12-30", "KH0708")]


def test_names_are_found_by_index(base: sqlite3.Connection) -> None:
    plan = base.execute("EXPLAIN QUERY PLAN SELECT id FROM versions WHERE name = 'Kampot'").fetchall()
    assert "INDEX" in str(plan)


def test_the_licences_go_along(base: sqlite3.Connection, folder: Path) -> None:
    notice = (bundled_path() / "NOTICE").read_text(encoding="utf-8")
    assert base.execute("SELECT value FROM about WHERE key = 'notice'").fetchone() == (notice,)
    assert (folder / "NOTICE").read_text(encoding="utf-8") == notice


def test_the_tables_of_the_package_are_those_of_the_gazetteer(folder: Path) -> None:
    exported: Tables = read_tables(folder)
    assert exported.rows == TABLES.rows


def test_the_package_describes_its_files(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    listed = {resource["path"] for resource in package["resources"]}
    assert listed | {"datapackage.json", "NOTICE"} == {file.name for file in folder.iterdir()}
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        header = next(csv.reader(content.decode().splitlines()))
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert set(resource["schema"]["primaryKey"]) <= set(header)


@pytest.mark.skipif(find_spec("frictionless") is None, reason="pip install -e '.[dev]' brings frictionless")
def test_the_package_is_valid_for_frictionless(folder: Path) -> None:
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    report = json.loads(ran.stdout)
    assert report["valid"], report["tasks"]
    assert report["stats"]["tasks"] == len(TABLES.rows)


def test_what_exists_is_replaced_only_when_told_to(tmp_path: Path) -> None:
    for target in (tmp_path / "x.sqlite", tmp_path / "tables"):
        export(target)
        with pytest.raises(OutputError, match="--force"):
            export(target)
        before = sorted(tmp_path.iterdir())
        export(target, force=True)
        assert sorted(tmp_path.iterdir()) == before


def test_nothing_else_is_ever_replaced(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("own")
    with pytest.raises(OutputError, match="is not an earlier export"):
        export(tmp_path, format="csv", force=True)
    with pytest.raises(OutputError, match="is not a file"):
        export(tmp_path, format="sqlite", force=True)
    with pytest.raises(UsageError, match="is the gazetteer itself"):
        export(bundled_path(), force=True)
    with pytest.raises(UsageError, match="unknown format"):
        export(tmp_path / "x", format="xml")
    with pytest.raises(OutputError, match="create the folder first"):
        export(tmp_path / "no" / "x.sqlite")
    assert [file.name for file in tmp_path.iterdir()] == ["own.csv"]


@pytest.mark.parametrize("name", ["x.sqlite", "tables"])
def test_a_failure_leaves_what_was_there(name: str, tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(bundled_path(), source)
    target = tmp_path / name
    export(target, path=source)
    kept = target.read_bytes() if target.is_file() else sorted(file.name for file in target.iterdir())
    with (source / "names.csv").open("a", encoding="utf-8") as table:
        table.write("nobody\n")
    with pytest.raises(GazetteerError, match=r"names\.csv"):
        export(target, path=source, force=True)
    assert (target.read_bytes() if target.is_file() else sorted(file.name for file in target.iterdir())) == kept
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(["source", name])


def test_a_gazetteer_that_breaks_a_key_is_not_exported(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(bundled_path(), source)
    rows = (source / "names.csv").read_text(encoding="utf-8").splitlines()
    rows[1] = "nobody," + rows[1].partition(",")[2]
    (source / "names.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(OutputError, match="names, row 1, refers to a row that is not in entities"):
        export(tmp_path / "x.sqlite", path=source)
    assert [file.name for file in tmp_path.iterdir()] == ["source"]
