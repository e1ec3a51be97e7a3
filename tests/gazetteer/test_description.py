"""The description of a gazetteer folder is data: whatever stands in it, no other file is read or written."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from resolver.errors import GazetteerError, OutputError
from resolver.gazetteer.export import export
from resolver.gazetteer.reader import bundled_path, digest, read_tables
from resolver.gazetteer.validate import check
from tests.small_gazetteer import PACKAGE, small_gazetteer, write

Package = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a small gazetteer beside a file that is not part of it."""
    path = tmp_path / "gazetteer"
    path.mkdir()
    (tmp_path / "secret.csv").write_bytes((bundled_path() / "sources.csv").read_bytes())
    return write(path, small_gazetteer())


def described(folder: Path, change: Callable[[Package], object]) -> Path:
    package = json.loads(json.dumps(PACKAGE))
    change(package)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def resource(**cells: object) -> Callable[[Package], object]:
    return lambda package: package["resources"][0].update(cells)


def schema(**cells: object) -> Callable[[Package], object]:
    return lambda package: package["resources"][0]["schema"].update(cells)


def field(**cells: object) -> Callable[[Package], object]:
    return lambda package: package["resources"][0]["schema"]["fields"][0].update(cells)


ODD: dict[str, tuple[Callable[[Package], object], str]] = {
    "path up": (resource(path="../secret.csv"), "not a plain name of a file in the folder"),
    "path up from below": (resource(path="data/../../secret.csv"), "not a plain name"),
    "absolute path": (resource(path="/etc/passwd"), "not a plain name"),
    "windows path": (resource(path="..\\secret.csv"), "not a plain name"),
    "drive": (resource(path="C:secret.csv"), "not a plain name"),
    "address": (resource(path="http://localhost/x.csv"), "not a plain name"),
    "hidden file": (resource(path=".profile"), "not a plain name"),
    "nul": (resource(path="a\0b.csv"), "not a plain name"),
    "empty path": (resource(path=""), "not a plain name"),
    "long path": (resource(path="x" * 300), "not a plain name"),
    "several paths": (resource(path=["a.csv", "b.csv"]), "path is not a text"),
    "the description itself": (resource(path="DataPackage.json"), "is taken already"),
    "the notices": (resource(path="NOTICE"), "is taken already"),
    "one file twice": (resource(path="entities.csv"), "is taken already"),
    "name for a database": (resource(name="x (a); DROP TABLE entities; --"), "is not a name of lower-case letters"),
    "one name twice": (resource(name="entities"), "is taken already"),
    "no name": (resource(name=None), "name is not a text"),
    "no schema": (resource(schema="x"), "schema is not an object"),
    "no fields": (schema(fields=[]), "fields is empty"),
    "fields of text": (schema(fields=["id"]), "is not an object"),
    "odd field": (field(name='id" TEXT)'), "is not a name of lower-case letters"),
    "odd constraints": (field(constraints=[]), "constraints is not an object"),
    "odd enum": (field(constraints={"enum": [1]}), "enum is not a text"),
    "a text as key": (schema(primaryKey="id"), "primaryKey is not a list"),
    "key elsewhere": (schema(primaryKey=["code"]), "names no columns"),
    "foreign key elsewhere": (
        schema(foreignKeys=[{"fields": "id", "reference": {"resource": "x", "fields": "id"}}]),
        "names no columns of the tables",
    ),
    "odd foreign key": (schema(foreignKeys=[{"fields": ["id"], "reference": {}}]), "names no columns of the tables"),
    "missing column": (
        lambda package: package["resources"][0]["schema"]["fields"].pop(),
        "the table 'sources' has no column",
    ),
    "missing table": (lambda package: package["resources"].pop(), "there is no table"),
    "no tables": (lambda package: package.pop("resources"), "resources is not a list"),
    "no date": (lambda package: package.pop("as_of"), "as_of is not a text"),
    "odd date": (lambda package: package.update(as_of="2025-13-41"), "is not a day"),
    "odd licences": (lambda package: package.update(licenses={"name": "x"}), "licenses is not a list"),
}


@pytest.mark.parametrize("change, words", ODD.values(), ids=ODD)
def test_an_odd_description_is_one_line(folder: Path, change: Callable[[Package], object], words: str) -> None:
    described(folder, change)
    before = sorted(folder.parent.iterdir())
    for use in (digest, read_tables, lambda path: export(folder.parent / "out", path=path)):
        with pytest.raises(GazetteerError) as caught:
            use(folder)
        assert words in str(caught.value)
        assert "\n" not in str(caught.value)
    assert sorted(folder.parent.iterdir()) == before


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"null", b"{", b"\xff\xfe{", b"[" * 100_000, b'{"as_of": ' + b"9" * 5000 + b"}"], ids=repr
)
def test_what_is_no_description_is_one_line(folder: Path, content: bytes) -> None:
    (folder / "datapackage.json").write_bytes(content)
    with pytest.raises(GazetteerError, match="damaged description of the tables"):
        read_tables(folder)


@pytest.mark.parametrize("name", ["sources.csv", "datapackage.json", "NOTICE", "released_ids.txt"])
def test_links_out_of_the_folder_are_not_followed(folder: Path, name: str) -> None:
    file = folder / name
    file.unlink(missing_ok=True)
    file.symlink_to(folder.parent / "secret.csv")
    for use in (check,) if name == "released_ids.txt" else (lambda path: export(folder.parent / "out", path=path),):
        with pytest.raises(GazetteerError, match="leads out of the folder"):
            use(folder)
    assert not (folder.parent / "out").exists()


def test_a_linked_folder_within_is_not_followed_out(folder: Path) -> None:
    (folder / "data").symlink_to(folder.parent)
    described(folder, resource(path="data/secret.csv"))
    with pytest.raises(GazetteerError, match="leads out of the folder"):
        read_tables(folder)


def test_links_and_folders_within_are_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "data").mkdir()
    (folder / "sources.csv").rename(folder / "data" / "real.csv")
    (folder / "data" / "sources.csv").symlink_to("real.csv")
    (tmp_path / "linked").symlink_to(folder)
    described(folder, resource(path="data/sources.csv"))
    assert read_tables(tmp_path / "linked")["sources"]
    export(tmp_path / "out", path=folder)
    assert (tmp_path / "out" / "data" / "sources.csv").is_file()
    assert not (tmp_path / "out" / "data" / "sources.csv").is_symlink()


def test_a_circle_of_links_is_one_line(folder: Path) -> None:
    (folder / "sources.csv").unlink()
    (folder / "sources.csv").symlink_to("sources.csv")
    with pytest.raises(GazetteerError):
        read_tables(folder)


def test_a_pipe_is_no_table(folder: Path) -> None:
    (folder / "sources.csv").unlink()
    os.mkfifo(folder / "sources.csv")
    with pytest.raises(GazetteerError, match="is not a file"):
        read_tables(folder)


def test_values_of_a_list_stay_values(folder: Path, tmp_path: Path) -> None:
    described(folder, field(constraints={"enum": ["it's", "x')); DROP TABLE entities; --"], "required": False}))
    with pytest.raises(OutputError, match="check constraint failed"):
        export(tmp_path / "out.sqlite", path=folder)
    assert not (tmp_path / "out.sqlite").exists()


def test_a_sound_description_goes_into_a_database(folder: Path, tmp_path: Path) -> None:
    export(tmp_path / "out.sqlite", path=folder)
    with sqlite3.connect(tmp_path / "out.sqlite") as base:
        assert base.execute("SELECT count(*) FROM sources").fetchone()[0] == len(small_gazetteer()["sources"])
    base.close()
