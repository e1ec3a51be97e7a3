"""What the tables write out one by one: organisations, departments, offices, names, changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tools.organisations.ministries import ministry_office, ministry_roles
from tools.organisations.offices import office_version
from tools.organisations.read import Row, facts, forms, portfolios
from tools.organisations.rows import Gazetteer


def add_organisations(gazetteer: Gazetteer) -> None:
    """Add the organisations that are written out one by one."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in facts("organisations"):
        grouped[row["id"]].append(row)
    columns = ("valid_from", "valid_to", "local_type", "name", "language", "parent_id", "area_id", "source_id")
    for entity, rows in grouped.items():
        versions = [{column: row[column] for column in columns} for row in rows]
        gazetteer.entity(entity, "organisation", versions, rows[0]["distinction"])


def add_departments(gazetteer: Gazetteer) -> None:
    """Add the heads and deputy heads of the departments whose name says that they have a Cục trưởng."""
    for row in facts("organisations"):
        if row["name"].startswith("Cục ") and row["local_type"] == "department":
            slug = row["id"].removeprefix("vn-organisation-")
            for role in ("head", "deputy"):
                form = forms("department", role, "VN")[0]
                version = office_version(row, role, form.text.format(m=row["name"]), "vi", form.source)
                office = f"vn-office-{'head' if role == 'head' else 'deputy-head'}-of-{slug}"
                gazetteer.entity(office, "office", [version])


def add_offices(gazetteer: Gazetteer) -> None:
    """Add the offices that are written out one by one."""
    for row in facts("offices"):
        version = {
            "valid_from": row["valid_from"], "valid_to": row["valid_to"], "local_type": row["local_type"],
            "name": row["name"], "language": row["language"], "parent_id": row["organisation_id"],
            "source_id": row["source_id"],
        }  # fmt: skip
        gazetteer.entity(row["id"], "office", [version])


def add_names(gazetteer: Gazetteer) -> None:
    """Add the names that are written out one by one."""
    for row in facts("names"):
        dates = {column: row[column] for column in ("valid_from", "valid_to", "weak", "kind")}
        gazetteer.name(row["id"], row["text"], row["language"], row["source_id"], **dates)


def add_changes(gazetteer: Gazetteer) -> None:
    """Add the changes that are written out, for ministries those of their offices too."""
    ministries = portfolios()
    for row in facts("changes"):
        gazetteer.change(dict(row))
        both = row["from_id"] in ministries and row["to_id"] in ministries and row["from_id"] != row["to_id"]
        if both and not row["preferred"]:
            for role in ministry_roles(row["from_id"]):
                ids = {side: ministry_office(row[side], role) for side in ("from_id", "to_id")}
                gazetteer.change({**row, **ids, "note": "with its ministry"})


def local_types(gazetteer: Gazetteer) -> Iterator[Row]:
    """Yield the local types that no other import has."""
    known = {(row["country"], row["type"], row["local_type"]) for row in gazetteer.others["local_types"]}
    for row in facts("local_types"):
        if (row["country"], row["type"], row["local_type"]) not in known:
            yield dict(row)
