"""The tables beside this module, and the sources that the import itself reads."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Row = dict[str, str]

HERE = Path(__file__).resolve().parent

#: Sources by which the import tells its raw material apart; ``sources.csv`` describes them.
PUMI, NCDD, HISTORY, WOF = "pumi-0.43.0", "ncdd-2024-10-14", "pumi-history", "wof-kh"
CLDR, LOCATIONS, CORRECTED = "cldr-48-subdivisions-kh", "sql-locations-kh-2014", "ncdd-2024-10-14-corrected"
UNGEGN, TITLES = "pumi-0.43.0-ungegn", "pumi-0.43.0-wikipedia-titles"


@cache
def facts(table: str) -> tuple[Row, ...]:
    """Return the rows of one of this import's own tables."""
    return tuple(read_csv(HERE / f"{table}.csv"))


def read_csv(path: Path) -> list[Row]:
    """Return the rows of a source table."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def read_pumi(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the code and the entry of each unit in pumi's files, larger units first."""
    for level in ("provinces", "districts", "communes"):
        text = (folder / "pumi_0.43.0" / f"{level}.yml").read_text(encoding="utf-8")
        yield from yaml.safe_load(text)[level].items()
