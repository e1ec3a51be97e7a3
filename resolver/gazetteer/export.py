"""The gazetteer for other programs: one SQLite file, a Data Package of CSV tables, or one table of join keys.

The CSV tables and their description follow the Frictionless Data Package standard (https://specs.frictionlessdata.io).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import sqlite3
from contextlib import closing, suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from resolver.atomic import part_in, reason, take_place, writing
from resolver.errors import OutputError, UsageError
from resolver.gazetteer.description import PACKAGE_FILE, read_bytes
from resolver.gazetteer.reader import Tables, bundled_path, read_tables

__all__ = ["FORMATS", "export"]

FORMATS = ("sqlite", "csv", "keys")

_NOTICE = "NOTICE"

_SUFFIXES = {".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite", ".csv": "keys"}

_INDEXES = {
    "versions": ("id", "parent_id", "name", "code"),
    "names": ("text",),
    "identifiers": ("id", "value"),
    "changes": ("from_id", "to_id", "instrument_id"),
    "tenures": ("person_id", "office_id"),
}

_FIRST, _LAST = "0001-01-01", "9999-12-31"

_VIEWS = f"""
CREATE VIEW units AS
SELECT v.id, e.type, e.country, v.local_type, v.name, v.language, v.code, v.parent_id, v.area_id,
       coalesce({{start}}, '{_FIRST}') AS first_day, coalesce({{end}}, '{_LAST}') AS end_day
FROM versions AS v JOIN entities AS e ON e.id = v.id
WHERE v.preferred IS NOT 'no';

CREATE VIEW units_in_force AS
SELECT units.* FROM units, about
WHERE about.key = 'as_of' AND first_day <= about.value AND about.value < end_day;

CREATE VIEW identifier_days AS
SELECT id, scheme, value,
       coalesce({{identifier_start}}, '{_FIRST}') AS first_day, coalesce({{identifier_end}}, '{_LAST}') AS end_day
FROM identifiers;

CREATE VIEW join_keys AS
SELECT u.id, u.type, u.country, u.local_type, u.name, u.code, u.parent_id, u.first_day, u.end_day,
       {{keys}}
FROM units AS u
WHERE u.type IN ('country', 'province', 'district', 'commune')
ORDER BY u.id, u.first_day;
"""
"""Views: every version with its first day and the first day after it (``end_day``), the versions in force, and the
keys of places in other data, for each version.

A date known to the year or month counts as its first day, as in the resolver.
"""


_KEYS = {
    "iso_3166_1_alpha_3": "iso3166-1-alpha-3",
    "iso_3166_2": "iso3166-2",
    "pcode": "pcode",
    "wikidata": "wikidata",
    "geonames": "geonames",
}
"""The columns of ``join_keys`` with identifiers of other data, and the schemes of these."""


def export(target: Path, *, format: str | None = None, path: Path | None = None, force: bool = False) -> None:
    """Write a gazetteer folder (default: the bundled one) to ``target``, in one of ``FORMATS``.

    ``sqlite`` is one file, ``csv`` a folder of tables, ``keys`` one CSV table of places with their keys in other data:
    a row for each version. Without a ``format`` a target that ends in .sqlite, .sqlite3 or .db is a SQLite file, one in
    .csv the table of keys, and one without an ending a folder. An existing target is replaced only with ``force``, and
    a folder only if it is a Data Package itself. The target is absent, unchanged or complete. Raises UsageError,
    OutputError and GazetteerError.
    """
    folder = bundled_path() if path is None else path
    with writing(target):
        chosen = format or _format_of(target)
        if chosen not in FORMATS:
            raise UsageError(f"unknown format {format!r}: write {' or '.join(FORMATS)}")
        _check(target, folder, chosen, force=force)
    tables = read_tables(folder)
    try:
        with writing(target), part_in(target.parent) as part:
            _WRITERS[chosen](part, tables)
            take_place(part, target)
    except sqlite3.Error as error:
        raise OutputError(reason(error), path=target, remedy="check the path and the disk") from None


def _format_of(target: Path) -> str:
    """Return the format of a target by its ending; no ending means a folder."""
    ending = target.suffix.lower()
    if ending and ending not in _SUFFIXES and not target.is_dir():
        known = ", ".join(sorted(_SUFFIXES))
        raise UsageError(f"{target}: unknown ending {ending}; write {known}, or give --format csv for a folder")
    return "csv" if target.is_dir() else _SUFFIXES.get(ending, "csv")


def _check(target: Path, source: Path, format: str, *, force: bool) -> None:
    if target.resolve() == source.resolve():
        raise UsageError(f"{target} is the gazetteer itself: give the export another name")
    if not target.parent.is_dir():
        raise OutputError("there is no such folder to write to", path=target.parent, remedy="create the folder first")
    if not target.exists():
        return
    if not force:
        raise OutputError("exists already", path=target, remedy="use --force to replace it")
    if format != "csv" and not target.is_file():
        raise OutputError("is not a file", path=target, remedy="name a file, such as gazetteer.sqlite or keys.csv")
    if format == "csv" and not (target / PACKAGE_FILE).is_file():
        raise OutputError("is not an earlier export", path=target, remedy="name a new folder")


def _write_csv(folder: Path, tables: Tables) -> None:
    folder.mkdir()
    package = json.loads(json.dumps(tables.package))
    for resource in package["resources"]:
        content = _csv(tables, resource)
        resource["bytes"] = len(content)
        resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
        _write(folder / resource["path"], content)
    _write(folder / PACKAGE_FILE, (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode())
    notice = _notice(tables)
    if notice:
        _write(folder / _NOTICE, notice.encode())


def _csv(tables: Tables, resource: dict[str, Any]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_columns(resource))
    writer.writerows(row.cells.values() for row in tables[resource["name"]])
    return text.getvalue().encode()


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def _write_sqlite(file: Path, tables: Tables) -> None:
    with closing(sqlite3.connect(file)) as base:
        _load(base, tables)
        broken = base.execute("PRAGMA foreign_key_check").fetchone()
        if broken:
            raise OutputError(
                f"{broken[0]}, row {broken[1]}, refers to a row that is not in {broken[2]}",
                path=tables.path,
                remedy="run `resolver gazetteer check`",
            )
        base.execute("ANALYZE")
        base.execute("VACUUM")


def _load(base: sqlite3.Connection, tables: Tables) -> None:
    """Fill an empty database."""
    # No other program uses the file before it is complete.
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA foreign_keys = OFF")
    days = {
        "start": _first_day("v.valid_from"),
        "end": _first_day("v.valid_to"),
        "identifier_start": _first_day("valid_from"),
        "identifier_end": _first_day("valid_to"),
    }
    with base:
        base.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
        base.executemany("INSERT INTO about VALUES (?, ?)", _about(tables).items())
        for resource in tables.package["resources"]:
            _fill(base, tables, resource)
        base.executescript(_VIEWS.format(**days, keys=",\n       ".join(_key(*one) for one in _KEYS.items())))


def _key(column: str, scheme: str) -> str:
    """Return SQL for the identifiers of a unit in one scheme, several joined by ``|``."""
    return (
        f"(SELECT group_concat(value, '|') FROM identifier_days AS i WHERE i.id = u.id AND scheme = '{scheme}' "
        f"AND i.first_day < u.end_day AND u.first_day < i.end_day) AS {column}"
    )


def _write_keys(file: Path, tables: Tables) -> None:
    with closing(sqlite3.connect(":memory:")) as base:
        _load(base, tables)
        found = base.execute("SELECT * FROM join_keys")
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(column for column, *_ in found.description)
        writer.writerows(found)
    _write(file, text.getvalue().encode())


_WRITERS = {"sqlite": _write_sqlite, "csv": _write_csv, "keys": _write_keys}


def _fill(base: sqlite3.Connection, tables: Tables, resource: dict[str, Any]) -> None:
    name, schema, columns = resource["name"], resource["schema"], _columns(resource)
    key: list[str] = schema["primaryKey"]
    parts = []
    for field in schema["fields"]:
        constraints = field.get("constraints", {})
        listed = ", ".join(_quoted(value) for value in constraints.get("enum", ()) if value)
        parts.append(
            f"{field['name']} TEXT"
            + (" PRIMARY KEY" if key == [field["name"]] else "")
            + (" NOT NULL" if constraints.get("required") else "")
            + (f" CHECK ({field['name']} IN ({listed}))" if listed else "")
        )
    for foreign in schema.get("foreignKeys", ()):
        reference = foreign["reference"]
        parts.append(f"FOREIGN KEY ({foreign['fields']}) REFERENCES {reference['resource']} ({reference['fields']})")
    base.execute(f"CREATE TABLE {name} ({', '.join(parts)})")
    marks = ", ".join("?" for _ in columns)
    rows = ([cell or None for cell in row.cells.values()] for row in tables[name])
    base.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    if len(key) > 1:
        # Parts of a key may be missing, and SQLite treats two missing values as different.
        unique = ", ".join(f"coalesce({column}, '')" for column in key)
        base.execute(f"CREATE UNIQUE INDEX {name}_key ON {name} ({unique})")
    for column in _INDEXES.get(name, ()):
        base.execute(f"CREATE INDEX {name}_{column} ON {name} ({column})")


def _quoted(text: str) -> str:
    """Return a text quoted for SQL."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _about(tables: Tables) -> dict[str, str]:
    package = tables.package
    licences = "; ".join(f"{one['name']}: {one['title']}" for one in package.get("licenses", ()))
    told = {name: str(package.get(name, "")) for name in ("name", "title", "version", "as_of")}
    return told | {"licences": licences, "notice": _notice(tables)}


def _columns(resource: dict[str, Any]) -> list[str]:
    return [field["name"] for field in resource["schema"]["fields"]]


def _first_day(column: str) -> str:
    """Return SQL for the first day that a date may mean."""
    earlier = f"CASE instr({column}, '/') WHEN 0 THEN {column} ELSE substr({column}, 1, instr({column}, '/') - 1) END"
    return f"substr({earlier} || '-01-01', 1, 10)"


def _notice(tables: Tables) -> str:
    """Return the notices that belong to the data; they are next to them or among the licences of the installation."""
    if (tables.path / _NOTICE).exists():
        return read_bytes(tables.path, _NOTICE).decode("utf-8", "replace")
    with suppress(PackageNotFoundError):
        return distribution("resolver-vnkh").read_text("licenses/gazetteer/NOTICE") or ""
    return ""
