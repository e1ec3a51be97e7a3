"""What lies across the border: provinces of Laos and Thailand, and the crossings by which communes are known too.

Run: ``python -m tools.import_neighbours``, after the imports of Vietnam and Cambodia. Its facts are the tables in
``tools/neighbours/``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from tools.tables import replace

Row = dict[str, str]

HERE = Path(__file__).resolve().parent / "neighbours"
COUNTRIES = {"LA": "la-country-laos", "TH": "th-country-thailand"}
CLDR, GEONAMES = "cldr-48-subdivisions-la-th", "geonames-admin1-la"


@cache
def facts(table: str) -> tuple[Row, ...]:
    """Return the rows of one of this import's own tables."""
    with (HERE / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


def entities() -> Iterator[Row]:
    """Yield the provinces."""
    for row in facts("provinces"):
        yield {"id": row["id"], "type": "province", "country": row["country"], "source_id": CLDR}


def versions() -> Iterator[Row]:
    """Yield the one version of each province, under its English name."""
    for row in facts("provinces"):
        yield {
            "id": row["id"],
            "local_type": "province",
            "name": row["name"],
            "language": "en",
            "parent_id": COUNTRIES[row["country"]],
            "source_id": CLDR,
        }


def names() -> Iterator[Row]:
    """Yield the other spellings of the provinces, and the crossings as names of communes."""
    yield from facts("names")
    for row in facts("crossings"):
        yield {**row, "kind": "alias"}


def identifiers() -> Iterator[Row]:
    """Yield the ISO codes and GeoNames ids of the provinces."""
    for row in facts("provinces"):
        yield {"id": row["id"], "scheme": "iso3166-2", "value": row["iso3166_2"], "source_id": CLDR}
        if row["geonames"]:
            yield {"id": row["id"], "scheme": "geonames", "value": row["geonames"], "source_id": GEONAMES}


def main() -> None:
    """Replace this import's rows in every table."""
    tables: dict[str, Iterable[Row]] = {
        "sources": facts("sources"),
        "local_types": facts("local_types"),
        "entities": entities(),
        "versions": versions(),
        "names": names(),
        "identifiers": identifiers(),
    }
    owned = [row["id"] for row in facts("sources")]
    for table, rows in tables.items():
        replace(table, rows, owned=owned)


if __name__ == "__main__":
    main()
