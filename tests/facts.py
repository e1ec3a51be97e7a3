"""The gazetteer's tables as they stand in their files, for tests of the facts."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

__all__ = ["ROOT", "Row", "read", "rows"]

ROOT = Path(__file__).resolve().parent.parent

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def rows(table: str) -> list[Row]:
    """Return the rows of a table of the gazetteer."""
    return read(ROOT / "gazetteer" / f"{table}.csv")
