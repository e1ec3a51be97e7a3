"""The description of a gazetteer folder, ``datapackage.json``: its tables, their files and their columns.

It may come from an unknown author. Its names of tables and columns become names in a database, and its paths become
files that are read and written. So each of them is checked before use.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from resolver.dates import parse_date
from resolver.errors import GazetteerError

__all__ = ["PACKAGE_FILE", "check_tables", "inside", "parse", "read_bytes"]

PACKAGE_FILE = "datapackage.json"

_REINSTALL = "restore it from version control or reinstall the package"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")
_LONGEST_PATH = 200
_TAKEN = {PACKAGE_FILE, "notice"}


def parse(content: bytes, file: Path) -> dict[str, Any]:
    """Return a description that the program can rely on.

    Raises GazetteerError, naming the problem: no JSON, a table without a name, a path out of the folder.
    """
    try:
        package = json.loads(content)
        _check(package)
    except (ValueError, RecursionError) as error:
        raise GazetteerError(f"damaged description of the tables ({error})", path=file, remedy=_REINSTALL) from error
    assert isinstance(package, dict)
    return package


def check_tables(package: Mapping[str, Any], needed: Mapping[str, Any], file: Path) -> None:
    """Raise GazetteerError if a description lacks a table or column that another description has."""
    columns = _columns(package)
    for table, names in _columns(needed).items():
        if table not in columns:
            raise GazetteerError(f"there is no table {table!r}", path=file, remedy=_REINSTALL)
        for name in names:
            if name not in columns[table]:
                raise GazetteerError(f"the table {table!r} has no column {name!r}", path=file, remedy=_REINSTALL)


def inside(folder: Path, name: str) -> Path:
    """Return the path of a file in a folder. Raises GazetteerError if the path or a link leads out of the folder."""
    path = folder / name
    try:
        within = _PLAIN.fullmatch(name) and path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a loop of links
        within = False
    if not within:
        raise GazetteerError("leads out of the folder", path=path, remedy="put the file itself into the folder")
    return path


def read_bytes(folder: Path, name: str) -> bytes:
    """Return the content of a file in a folder. Raises GazetteerError if it cannot be read or is outside the folder."""
    path = inside(folder, name)
    try:
        if name == PACKAGE_FILE and not path.exists():
            problem = "the folder has no gazetteer" if folder.is_dir() else "there is no such folder"
            remedy = f"name one with {PACKAGE_FILE}, or with tables of your own such as entities.csv or names.csv"
            raise GazetteerError(problem, path=folder, remedy=remedy)
        if path.exists() and not path.is_file():
            raise GazetteerError("is not a file", path=path, remedy=_REINSTALL)
        return path.read_bytes()
    except OSError as error:
        remedy = "check the folder's name" if name == PACKAGE_FILE else _REINSTALL
        raise GazetteerError(error.strerror or "cannot be read", path=path, remedy=remedy) from error


def _columns(package: Mapping[str, Any]) -> dict[str, list[str]]:
    return {one["name"]: [field["name"] for field in one["schema"]["fields"]] for one in package["resources"]}


def _check(package: object) -> None:
    """Raise ValueError with the problem of a description."""
    top = _mapping(package, "the description")
    as_of = _text(top.get("as_of"), "as_of")
    if parse_date(as_of) != as_of or len(as_of) != len("2025-07-01"):
        raise ValueError(f"as_of {as_of[:40]!r} is not a day; write 2025-07-01")
    for number, licence in enumerate(_list(top.get("licenses", []), "licenses")):
        for key in ("name", "title"):
            _text(_mapping(licence, f"licenses[{number}]").get(key), f"licenses[{number}].{key}")
    tables: dict[str, set[str]] = {}
    paths = set(_TAKEN)
    resources = [
        _mapping(one, f"resources[{number}]")
        for number, one in enumerate(_list(top.get("resources"), "resources"))
    ]  # fmt: skip
    for number, resource in enumerate(resources):
        where = f"resources[{number}]"
        name = _name(resource.get("name"), f"{where}.name", taken=tables)
        path = _text(resource.get("path"), f"{where}.path")
        if not _PLAIN.fullmatch(path) or len(path) > _LONGEST_PATH:
            raise ValueError(f"{where}.path {path[:80]!r} is not a plain name of a file in the folder")
        if path.lower() in paths:
            raise ValueError(f"{where}.path {path!r} is taken already")
        paths.add(path.lower())
        tables[name] = set(_fields(_mapping(resource.get("schema"), f"{where}.schema"), f"{where}.schema"))
    for number, resource in enumerate(resources):
        _check_keys(resource, tables, f"resources[{number}].schema")


def _fields(schema: Mapping[str, Any], where: str) -> Iterator[str]:
    """Yield the names of columns."""
    names: dict[str, None] = {}
    for number, one in enumerate(_list(schema.get("fields"), f"{where}.fields")):
        field = _mapping(one, f"{where}.fields[{number}]")
        names[_name(field.get("name"), f"{where}.fields[{number}].name", taken=names)] = None
        constraints = _mapping(field.get("constraints", {}), f"{where}.fields[{number}].constraints")
        for value in _list(constraints.get("enum", []), f"{where}.fields[{number}].constraints.enum"):
            _text(value, f"{where}.fields[{number}].constraints.enum")
    if not names:
        raise ValueError(f"{where}.fields is empty")
    yield from names


def _check_keys(resource: Mapping[str, Any], tables: Mapping[str, set[str]], where: str) -> None:
    """Raise ValueError if a key has columns that do not exist."""
    schema, own = resource["schema"], tables[resource["name"]]
    key = _list(schema.get("primaryKey"), f"{where}.primaryKey")
    if not key or any(_text(name, f"{where}.primaryKey") not in own for name in key):
        raise ValueError(f"{where}.primaryKey names no columns of the table")
    for number, one in enumerate(_list(schema.get("foreignKeys", []), f"{where}.foreignKeys")):
        foreign = _mapping(one, f"{where}.foreignKeys[{number}]")
        reference = _mapping(foreign.get("reference"), f"{where}.foreignKeys[{number}].reference")
        column, table, other = foreign.get("fields"), reference.get("resource"), reference.get("fields")
        there = isinstance(column, str) and isinstance(table, str) and isinstance(other, str)
        if not there or column not in own or other not in tables.get(str(table), set()):
            raise ValueError(f"{where}.foreignKeys[{number}] names no columns of the tables")


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{where} is not an object")
    return value


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{where} is not a list")
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{where} is not a text")
    return value


def _name(value: object, where: str, *, taken: Mapping[str, object]) -> str:
    name = _text(value, where)
    if not _NAME.fullmatch(name):
        raise ValueError(f"{where} {name[:40]!r} is not a name of lower-case letters, digits and _")
    if name in taken:
        raise ValueError(f"{where} {name!r} is taken already")
    return name
