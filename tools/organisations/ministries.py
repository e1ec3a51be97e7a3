"""Ministries with their ministers and deputies: their names come from what each ministry is for."""

from __future__ import annotations

from tools import tables
from tools.organisations.offices import office_version
from tools.organisations.read import Form, Row, country_of, covers, facts, forms, interval, portfolios
from tools.organisations.rows import OF_COUNTRY, Gazetteer

MINISTRY_OFFICES = {
    ("VN", "head"): "vn-office-minister-of-{slug}",
    ("VN", "deputy"): "vn-office-deputy-minister-of-{slug}",
    ("KH", "head"): "kh-office-minister-of-{slug}",
    ("KH", "deputy"): "kh-office-secretary-of-state-of-the-ministry-of-{slug}",
    ("KH", "second deputy"): "kh-office-undersecretary-of-state-of-the-ministry-of-{slug}",
}


def add_ministries(gazetteer: Gazetteer) -> None:
    """Add the names of the ministries, and their ministers and deputies."""
    for ministry, rows in portfolios().items():
        country = country_of(ministry)
        for row in rows:
            for form in forms("ministry", "body", country):
                if form.language == row["language"]:
                    add_national(gazetteer, ministry, form, row)
        for role in ministry_roles(ministry):
            add_minister(gazetteer, ministry, role, rows)


def add_national(gazetteer: Gazetteer, entity: str, form: Form, portfolio: Row) -> None:
    """Add one form of a name with one wording of the portfolio."""
    text = form.text.format(p=portfolio["text"])
    kind = {"kind": "official"} if form.language == "km" else {}
    source = portfolio["source_id"]
    gazetteer.national_name(entity, text, form.language, source, **kind, **interval(portfolio["valid"]))


def add_minister(gazetteer: Gazetteer, ministry: str, role: str, rows: list[Row]) -> None:
    """Add the office of minister or deputy with its names; its life is that of the ministry."""
    country, office = country_of(ministry), ministry_office(ministry, role)
    starts = {row["valid_from"]: row["office_from"] for row in facts("organisations") if row["id"] == ministry}
    versions = []
    for life in gazetteer.lives(ministry):
        name = minister_name(country, role, life, rows)
        if name:
            start = starts.get(life["valid_from"], "") or life["valid_from"]
            source = forms("ministry", role, country)[0].source
            version = office_version(life, role, name, "vi" if country == "VN" else "en", source)
            versions.append(version | {"valid_from": "" if start == "-" else start})
    gazetteer.entity(office, "office", versions)
    for row in rows:
        for form in forms("ministry", role, country):
            if form.language == row["language"]:
                add_national(gazetteer, office, form, row)
    if country == "VN":
        title = versions[-1]["name"]
        gazetteer.name(office, f"{title} Việt Nam", "vi", versions[-1]["source_id"])
        for row in facts("names"):
            if row["id"] == ministry and row["text"].startswith("Bộ "):
                title = forms("ministry", role, country)[0].text.format(m=row["text"])
                gazetteer.name(office, title, "vi", row["source_id"], kind="abbreviation")


def minister_name(country: str, role: str, life: Row, rows: list[Row]) -> str:
    """Return the official name of an office in one version of its ministry, or none where it was no ministry yet."""
    form = forms("ministry", role, country)[0]
    if country == "VN":
        return form.text.format(m=life["name"]) if life["name"].startswith("Bộ ") else ""
    english = [row for row in rows if row["language"] == "en"]
    there = [row for row in english if not row["valid"] or covers(row["valid"], life["valid_from"])]
    return f"{form.text.format(p=there[0]['text'])} {OF_COUNTRY[country]['en']}"


def ministry_office(ministry: str, role: str) -> str:
    """Return the id of the office of a minister or deputy."""
    english = next(row["text"] for row in portfolios()[ministry] if row["language"] == "en")
    return MINISTRY_OFFICES[country_of(ministry), role].format(slug=tables.slug(english))


def ministry_roles(ministry: str) -> list[str]:
    """Return the roles in a ministry that names are known for."""
    return [role for country, role in MINISTRY_OFFICES if country == country_of(ministry)]
