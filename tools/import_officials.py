"""Import persons, organisations, offices and tenures from the tables in ``tools/officials/``.

Run: ``python -m tools.import_officials``. ``tools.import_organisations`` runs at its end, since the rows written here
lose the marks that it puts on those it overrules.

Those tables are edited by hand; what each holds is said in ``tools/officials/README.md``. Only two things are worked
out: an office lives as long as its organisation, and an end that no source gives is bounded by what came after
(``tools.tenure_ends``).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from tools import import_organisations, tables
from tools.tenure_ends import offices_by_id, with_ends, with_starts

Row = dict[str, str]

HERE = Path(__file__).resolve().parent / "officials"
TITLES = Path(__file__).resolve().parent.parent / "resolver" / "text" / "titles.csv"
COPIED = ("sources", "local_types", "names", "changes", "replaced_ids")
NOT_IN_GAZETTEER = ("country", "distinction", "holders")


def read(table: str) -> list[Row]:
    """Return the rows of a table in ``tools/officials/``."""
    with (HERE / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def entities(kind: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the row of ``entities`` for each person, organisation or office."""
    for row in rows:
        yield {
            "id": row["id"], "type": kind, "country": row["country"], "distinction": row.get("distinction", ""),
            "source_id": row["source_id"],
        }  # fmt: skip


def versions(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the one version of each person, organisation or office."""
    for row in rows:
        yield {column: cell for column, cell in row.items() if column not in NOT_IN_GAZETTEER}


def with_life(offices: Iterable[Row], organisations: Iterable[Row]) -> Iterator[Row]:
    """Yield the offices with the dates of the organisations that they belong to."""
    life = {row["id"]: (row["valid_from"], row["valid_to"]) for row in [*tables.read("versions"), *organisations]}
    for row in offices:
        start, end = life[row["parent_id"]]
        yield row | {"valid_from": start, "valid_to": end}


def latest(kind: str, own: Iterable[Row]) -> list[Row]:
    """Return the offices or organisations of these tables, then the versions that other imports tell of them."""
    types = {row["id"]: row["type"] for row in tables.read("entities")}
    cited = {source["id"] for source in read("sources")}
    others = [
        row
        for row in tables.read("versions")
        if types.get(row["id"]) == kind and row["preferred"] != "no" and row["source_id"] not in cited
    ]
    return [*own, *sorted(others, key=lambda row: row["valid_from"])]


@cache
def titles() -> tuple[str, ...]:
    """Return the ranks and titles that stand before names, longest first."""
    with TITLES.open(encoding="utf-8", newline="") as handle:
        return tuple(sorted({row["text"] for row in csv.DictReader(handle)}, key=lambda text: (-len(text), text)))


def strip_titles(text: str) -> str:
    """Return a name without the ranks and titles before it."""
    bare = text.strip()
    while title := next((title for title in titles() if bare.startswith(f"{title} ")), None):
        bare = bare[len(title) :].strip()
    return bare


def gazetteer_rows() -> dict[str, list[Row]]:
    """Return the rows that the tables in ``tools/officials/`` make, by table of the gazetteer."""
    people, organisations = read("people"), read("organisations")
    offices = list(with_life(read("offices"), organisations))
    known = offices_by_id(latest("office", offices), latest("organisation", organisations))
    kinds = {"person": people, "organisation": organisations, "office": offices}
    ended = list(with_ends(read("tenures"), known, read("governments"), read("rosters")))
    return {
        **{table: read(table) for table in COPIED},
        "entities": [entity for kind, rows in kinds.items() for entity in entities(kind, rows)],
        "versions": [version for rows in kinds.values() for version in versions(rows)],
        "identifiers": read("identifiers"),
        "tenures": list(with_starts(ended, known)),
    }


def main() -> None:
    """Replace this import's rows in every table of the gazetteer, then those of the organisations."""
    rows = gazetteer_rows()
    owned = [source["id"] for source in rows["sources"]]
    for table, made in rows.items():
        tables.replace(table, made, owned=owned)
        print(f"{table}: {len(made)} rows")
    import_organisations.main()


if __name__ == "__main__":
    main()
