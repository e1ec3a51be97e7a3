"""Read the gazetteer's tables as they are written, without checks and without an index.

Each row becomes a frozen record that knows its line, so that later errors can name it.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from resolver.errors import GazetteerError
from resolver.gazetteer.description import PACKAGE_FILE, check_tables, parse, read_bytes

__all__ = ["PACKAGE_FILE", "Row", "Tables", "as_of", "bundled_path", "digest", "read_tables"]

_REINSTALL = "restore it from version control or reinstall the package"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: ``row["column"]`` is its cell, ``line`` its line in the file (the header is line 1)."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the cell of a column."""
        return self.cells[column]


@dataclass(frozen=True)
class Tables:
    """All tables of one gazetteer folder, in file order."""

    path: Path
    package: dict[str, Any]
    rows: dict[str, list[Row]]

    def __getitem__(self, table: str) -> list[Row]:
        """Return the rows of a table."""
        return self.rows[table]

    @property
    def as_of(self) -> str:
        """The gazetteer's own date: the day up to which its facts are complete."""
        return str(self.package["as_of"])

    @cached_property
    def instrument_numbers(self) -> dict[str, str]:
        """The official number of each legal instrument, by id."""
        return {row["id"]: row["number"] for row in self["instruments"]}

    def standing(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table that no better source overrules."""
        return (row for row in self[table] if row["preferred"] != "no")


def bundled_path() -> Path:
    """Return the folder of the gazetteer that came with the package (inside it, or next to it in a checkout)."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_gazetteer", package.parent / "gazetteer"):
        if (folder / PACKAGE_FILE).is_file():
            return folder
    raise GazetteerError("there is no gazetteer here", path=package, remedy="reinstall the package")


def read_tables(path: Path) -> Tables:
    """Read every table that ``datapackage.json`` lists.

    Raises GazetteerError, naming file and line, if a table is missing, is outside the folder, is not UTF-8, lacks a
    column or has a row of another width than its header.
    """
    package = _read_package(path)
    rows = {}
    for resource in package["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        rows[resource["name"]] = list(_read_table(path, resource["path"], columns))
    return Tables(path, package, rows)


def digest(path: Path) -> str:
    """Return a hexadecimal digest of the tables' bytes: the same facts give the same digest in any folder."""
    package = _read_package(path)
    hasher = hashlib.blake2b(digest_size=16)
    for name in [PACKAGE_FILE, *(resource["path"] for resource in package["resources"])]:
        hasher.update(name.encode())
        hasher.update(read_bytes(path, name))
    return hasher.hexdigest()


def as_of(path: Path) -> str:
    """Return the date of the gazetteer in a folder."""
    return str(_read_package(path)["as_of"])


def _read_package(path: Path) -> dict[str, Any]:
    file = path / PACKAGE_FILE
    package = parse(read_bytes(path, PACKAGE_FILE), file)
    bundled = bundled_path()
    if path.resolve() != bundled:
        check_tables(package, parse(read_bytes(bundled, PACKAGE_FILE), bundled / PACKAGE_FILE), file)
    return package


def _read_table(folder: Path, name: str, columns: list[str]) -> Iterator[Row]:
    path = folder / name
    try:
        text = read_bytes(folder, name).decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise GazetteerError("not UTF-8", path=path, line=line, remedy=_REINSTALL) from error
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = next(reader, [])
        if header != columns:
            raise GazetteerError(
                f"the header is {','.join(header) or 'empty'}, not {','.join(columns)}",
                path=path, line=1, remedy="compare it with datapackage.json",
            )  # fmt: skip
        for cells in reader:
            if len(cells) != len(columns):
                raise GazetteerError(
                    f"{len(cells)} cells, not {len(columns)}", path=path, line=reader.line_num, remedy="fix the row"
                )
            yield Row(reader.line_num, dict(zip(columns, cells, strict=True)))
    except csv.Error as error:
        raise GazetteerError(str(error), path=path, line=reader.line_num, remedy="fix the quotes") from error
