"""The bodies that every province has, with their offices: named after it, renamed and merged with it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from tools import tables
from tools.organisations.provinces import EXONYMS, REFORM, Life, at_reform, french_of
from tools.organisations.read import Row, facts, forms
from tools.organisations.rows import Gazetteer

#: What succeeded the provinces' bodies on the day of the reform was told by different sources.
MERGER_SOURCES = {
    "party committee": "org-vietnamvn-fr-an-giang-2025",
    "police": "org-thanhnien-2025-06-28-police",
    "people's committee": "org-laodong-en-1533531",
    "people's council": "org-laodong-en-1533531",
}
SHORT_CITY_SOURCE = "org-code-ubnd-tphcm"
STATE_BODIES = ("people's committee", "people's council")
REFORM_INSTRUMENT = "vn-202-2025-qh15"


def add_provincial_bodies(gazetteer: Gazetteer, provinces: Mapping[str, list[Life]]) -> None:
    """Add the bodies of every province with their offices."""
    for province, lives in provinces.items():
        rows = bodies_of(lives)
        ids = {(row["body"], row["role"]): body_id(province, lives, row) for row in rows}
        for row in rows:
            entity = ids[row["body"], row["role"]]
            parent = row["parent_id"] if row["role"] == "body" else ids[row["body"], "body"]
            kind = "organisation" if row["role"] == "body" else "office"
            area = province if row["role"] == "body" else ""
            versions = [body_version(row, life) | {"parent_id": parent, "area_id": area} for life in lives]
            gazetteer.entity(entity, kind, versions)
            add_body_names(gazetteer, entity, row, lives)
            add_renamings(gazetteer, entity, versions)


def bodies_of(lives: list[Life]) -> list[Row]:
    """Return the rows of ``bodies.csv`` for a province's type at the reform."""
    return [row for row in facts("bodies") if row["scope"] == at_reform(lives).words["type"]]


def body_id(province: str, lives: list[Life], body: Row) -> str:
    """Return the id of a province's body or office: it is made of the province's name and type at the reform."""
    named = at_reform(lives).words
    slugs = {f"{key}-slug": tables.slug(named[key]) for key in ("en", "city", "seat")}
    era = "-2025" if province.endswith("-2025") else ""
    text = body["id"]
    for key, value in {"slug": tables.slug(named["vi"]), **slugs}.items():
        text = text.replace(f"{{{key}}}", value)
    return text + era


def body_version(body: Row, life: Life) -> Row:
    """Return a version of a body or office in one life of its province."""
    form = forms(body["body"], body["role"], life.words["type"])[0]
    return {
        "valid_from": life.start, "valid_to": life.end, "local_type": body["local_type"],
        "name": form.text.format(**life.words), "language": form.language, "source_id": form.source,
    }  # fmt: skip


def add_body_names(gazetteer: Gazetteer, entity: str, body: Row, lives: list[Life]) -> None:
    """Add the names of a body or office, each with its interval where the province was renamed or retyped."""
    for life in lives:
        dates = {"valid_from": life.start, "valid_to": life.end} if len(lives) > 1 else {}
        for form in forms(body["body"], body["role"], life.words["type"]):
            if life.words["km"] or "{km}" not in form.text:
                text = form.text.format(**life.words)
                gazetteer.name(entity, text, form.language, form.source, kind=form.kind, **dates)
            for language, other in life.others:
                if language == form.language and (filled := fill(form.text, other)):
                    source = SHORT_CITY_SOURCE if language == "vi" and life.words["vi"] in EXONYMS else form.source
                    gazetteer.name(entity, filled, language, source, **dates)


def fill(form: str, other: str) -> str:
    """Return a form filled in with another name of the province, or nothing where that makes no name.

    >>> fill("UBND thành phố {vi}", "TP.HCM"), fill("gouverneur {de}", "Kândal"), fill("{city} Police", "HCMC")
    ('UBND TP.HCM', 'gouverneur de Kândal', '')
    """
    if other.startswith("TP"):
        form = form.replace("thành phố {vi}", "{vi}")
    if "{city}" in form:
        return ""
    names = {"vi": other, "seat": other, "en": other, "de": french_of(other), "km": other}
    return form.format(**names)


def add_renamings(gazetteer: Gazetteer, entity: str, versions: list[Row]) -> None:
    """Add a change where a version of a body follows another under another name."""
    for before, after in pairwise(versions):
        if before["name"] != after["name"]:
            gazetteer.change(
                {"date": after["valid_from"], "kind": "renamed", "from_id": entity, "to_id": entity,
                 "note": "with its province", "source_id": after["source_id"]}
            )  # fmt: skip


def add_mergers(gazetteer: Gazetteer, provinces: Mapping[str, list[Life]]) -> None:
    """Add that the bodies and offices of merged provinces merged with them."""
    for change in gazetteer.others["changes"]:
        old, new = change["from_id"], change["to_id"]
        if (change["date"], change["kind"]) == (REFORM, "merged") and old in provinces and new in provinces:
            into = {(row["body"], row["role"]): body_id(new, provinces[new], row) for row in bodies_of(provinces[new])}
            for row in bodies_of(provinces[old]):
                state = row["body"] in STATE_BODIES
                gazetteer.change(
                    {"date": REFORM, "kind": "merged", "from_id": body_id(old, provinces[old], row),
                     "to_id": into[row["body"], row["role"]], "extent": "whole",
                     "instrument_id": REFORM_INSTRUMENT if state else "", "note": "with its province",
                     "source_id": MERGER_SOURCES[row["body"]]}
                )  # fmt: skip
