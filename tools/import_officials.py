"""Import persons, organisations, offices and tenures from the tables in ``tools/officials/``.

Run: ``python -m tools.import_officials``

Those tables are edited by hand; what each holds is said in ``tools/officials/README.md``. Only two things are worked
out here: an office lives as long as its organisation, and an end that no source gives is bounded by the next holder
of an office with one holder at a time, or by the end of the office.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date as day
from datetime import timedelta
from functools import cache
from pathlib import Path

from tools import tables

Row = dict[str, str]

HERE = Path(__file__).resolve().parent / "officials"
TITLES = Path(__file__).resolve().parent.parent / "resolver" / "text" / "titles.csv"
COPIED = ("sources", "local_types", "names", "changes")
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


def with_ends(tenures: list[Row], offices: Iterable[Row]) -> Iterator[Row]:
    """Yield the tenures with the ends that follow from the next holder or from the end of the office."""
    by_id = {row["id"]: row for row in offices}
    for tenure in tenures:
        office = by_id[tenure["office_id"]]
        closed = bounded(tenure, tenures) if office["holders"] == "one" and not tenure["preferred"] else tenure
        if not closed["valid_to"] and office["valid_to"]:
            closed = closed | {"valid_to": between(closed, office["valid_to"])}
        yield closed


def bounded(tenure: Row, tenures: Iterable[Row]) -> Row:
    """Return a tenure of an office with one holder at a time, its end settled by the next holder."""
    last_seen = max([tenure["valid_from"].split("/")[0], *tenure["attested"].split("|")])
    later = [
        (first_seen(other), other["source_id"])
        for other in tenures
        if other["office_id"] == tenure["office_id"]
        and other["person_id"] != tenure["person_id"]
        and not other["preferred"]
        and first_seen(other) > last_seen
    ]
    if not later:
        return tenure
    first, source = min(later)
    if not tenure["valid_to"]:
        note = "; ".join(filter(None, [tenure["note"], f"end: the next holder, {source}"]))
        return tenure | {"valid_to": between(tenure, first), "note": note}
    # A source that gives the last day in office agrees with a successor who starts the day after.
    return tenure | {"valid_to": first} if day_after(tenure["valid_to"]) == first else tenure


def first_seen(tenure: Mapping[str, str]) -> str:
    """Return the first day on which a tenure is known to run."""
    return (tenure["valid_from"] or min(tenure["attested"].split("|"))).split("/")[0]


def between(tenure: Mapping[str, str], latest: str) -> str:
    """Return the end as lying between the last day the person was seen in office and ``latest``."""
    last_seen = max([tenure["valid_from"].split("/")[-1], *tenure["attested"].split("|")])
    return f"{last_seen}/{latest}" if last_seen and last_seen < latest else latest


def day_after(date: str) -> str:
    """Return the next day of a full ISO date, and nothing for a date known less well."""
    return (day.fromisoformat(date) + timedelta(days=1)).isoformat() if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else ""


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
    kinds = {"person": people, "organisation": organisations, "office": offices}
    return {
        **{table: read(table) for table in COPIED},
        "entities": [entity for kind, rows in kinds.items() for entity in entities(kind, rows)],
        "versions": [version for rows in kinds.values() for version in versions(rows)],
        "identifiers": read("identifiers"),
        "tenures": list(with_ends(read("tenures"), offices)),
    }


def main() -> None:
    """Replace this import's rows in every table of the gazetteer."""
    rows = gazetteer_rows()
    owned = [source["id"] for source in rows["sources"]]
    for table, made in rows.items():
        tables.replace(table, made, owned=owned)
        print(f"{table}: {len(made)} rows")


if __name__ == "__main__":
    main()
