"""Write rows into the gazetteer's tables: sorted, NFC, LF, and only the rows an import owns.

An import owns the rows whose ``source_id`` is one of its sources. Rerunning it replaces exactly those rows; rows
entered by hand cite other sources and stay.
"""

from __future__ import annotations

import csv
import fcntl
import json
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

GAZETTEER = Path(__file__).resolve().parent.parent / "gazetteer"


def schema(table: str) -> tuple[list[str], list[str]]:
    """Return the column names and the sort key of a table, from ``datapackage.json``."""
    package = json.loads((GAZETTEER / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(r for r in package["resources"] if r["name"] == table)
    return [field["name"] for field in resource["schema"]["fields"]], resource["schema"]["primaryKey"]


def read(table: str) -> list[dict[str, str]]:
    """Return all rows of a table, or none where it does not exist yet."""
    path = GAZETTEER / f"{table}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def replace(table: str, rows: Iterable[Mapping[str, str]], *, owned: Iterable[str]) -> None:
    """Replace the rows of ``table`` that cite one of the ``owned`` sources by ``rows``.

    For ``sources`` itself the owned rows are those with the owned ids. Unknown columns are an error; missing ones
    are empty. A later row with the primary key of an earlier one is dropped.
    """
    columns, key = schema(table)
    owned = set(owned)
    id_column = "id" if table == "sources" else "source_id"
    with (GAZETTEER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = [row for row in read(table) if row[id_column] not in owned]
        unique: dict[tuple[str, ...], dict[str, str]] = {}
        for row in [*kept, *(_checked(row, columns, table) for row in rows)]:
            unique.setdefault(tuple(row[column] for column in key), row)
        # The whole row breaks ties, so that the file does not depend on the order of imports.
        ordered = sorted(unique.values(), key=lambda row: ([row[column] for column in key], list(row.values())))
        path = GAZETTEER / f"{table}.csv"
        temporary = path.with_suffix(".csv.new")
        with temporary.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(ordered)
        temporary.replace(path)


def _checked(row: Mapping[str, str], columns: list[str], table: str) -> dict[str, str]:
    unknown = set(row) - set(columns)
    if unknown:
        raise ValueError(f"{table} has no column {sorted(unknown)}: {dict(row)}")
    return {column: unicodedata.normalize("NFC", (row.get(column) or "").strip()) for column in columns}


def slug(name: str) -> str:
    """Return a name as lower-case ASCII words joined by hyphens, for use in an id."""
    from unidecode import unidecode  # noqa: PLC0415  (Vietnamese letters only; never Khmer)

    words = "".join(c if c.isalnum() else " " for c in unidecode(name).replace("'", "").lower()).split()
    return "-".join(words)
