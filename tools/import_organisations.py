"""Import organisations and offices: their lives, their names, and what became of them.

Run: ``python -m tools.import_organisations``, after the imports of provinces; that of officials runs it itself. Its
facts are the tables in ``tools/organisations/``, described in ``tools.organisations.read``.

Where another import has a version of the same organisation or office without the dates known here, that row is kept and
marked as overruled.
"""

from __future__ import annotations

from tools import tables
from tools.organisations import bodies, listed, ministries
from tools.organisations.provinces import province_lives
from tools.organisations.read import facts
from tools.organisations.rows import Gazetteer

TABLES = ("sources", "instruments", "local_types", "entities", "versions", "names", "changes")


def overrule(gazetteer: Gazetteer) -> None:
    """Mark the versions of other imports that are overruled here."""
    rows = tables.read("versions")
    sources = {row["source_id"] for row in rows if row["id"] in gazetteer.overruled} - gazetteer.owned
    theirs = [row for row in rows if row["source_id"] in sources]
    marked = [row | {"preferred": "no"} if row["id"] in gazetteer.overruled else row for row in theirs]
    tables.replace("versions", marked, owned=sources)


def main() -> None:
    """Replace this import's rows in every table."""
    gazetteer = Gazetteer(frozenset(row["id"] for row in facts("sources")))
    provinces = province_lives(gazetteer)
    listed.add_organisations(gazetteer)
    listed.add_departments(gazetteer)
    ministries.add_ministries(gazetteer)
    bodies.add_provincial_bodies(gazetteer, provinces)
    listed.add_offices(gazetteer)
    listed.add_names(gazetteer)
    listed.add_changes(gazetteer)
    bodies.add_mergers(gazetteer, provinces)
    rows = gazetteer.rows
    rows["local_types"] = list(listed.local_types(gazetteer))
    rows["instruments"] = [dict(row) for row in facts("instruments")]
    used = {row["source_id"] for table in rows.values() for row in table}
    rows["sources"] = [dict(row) for row in facts("sources") if row["id"] in used]
    for table in TABLES:
        tables.replace(table, rows[table], owned=gazetteer.owned)
        print(f"{table}: {len(rows[table])} rows")
    overrule(gazetteer)
    print(f"overruled: {len(gazetteer.overruled)} organisations and offices")


if __name__ == "__main__":
    main()
