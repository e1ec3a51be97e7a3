"""Import organisations and offices: their lives, their names, and what became of them.

Run: ``python -m tools.import_organisations``, after the imports of provinces and officials. Its facts are the tables
in ``tools/organisations/``:

* ``organisations.csv``: organisations whose life is known, one row for each version; ``office_from`` is the start of
  their heads' offices where that is not the organisation's own (``-``: not recorded);
* ``portfolios.csv``: what each ministry is for, in several languages; from it come the names of ministry and minister;
* ``bodies.csv`` and ``forms.csv``: the bodies that every province has with their offices, and the forms of their names.
  The first form of a body, role and scope is the official one. What is in braces is filled in for each province;
* ``offices.csv``, ``names.csv``, ``changes.csv``: what is written out one by one.

Where another import has a version of the same organisation or office without the dates known here, that row is kept and
marked as overruled.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

from tools import tables

Row = dict[str, str]

FACTS = Path(__file__).resolve().parent / "organisations"
TABLES = ("sources", "instruments", "local_types", "entities", "versions", "names", "changes")
REFORM = "2025-07-01"
#: Offices are wanted from then on; what had ended by then is left out.
FIRST_DAY = "2011-01-01"
PLACE_TYPES = {"VN": ("tỉnh", "thành phố"), "KH": ("khaet", "reach theani")}
#: English and French names where they are not the Vietnamese ones.
EXONYMS = {"Hà Nội": ("Hanoi", "Hanoï"), "Hồ Chí Minh": ("Ho Chi Minh City", "Hô Chi Minh-Ville")}
#: How English, French and Vietnamese name the country after a name that every country's body could have.
OF_COUNTRY = {
    "VN": {"en": "of Vietnam", "fr": "du Vietnam", "vi": "Việt Nam"},
    "KH": {"en": "of Cambodia", "fr": "du Cambodge", "vi": "Campuchia"},
}
HOME = {"VN": "vi", "KH": "km"}
ROLE_TYPES = {"head": "head", "deputy": "deputy head", "second deputy": "deputy head"}
MINISTRY_OFFICES = {
    ("VN", "head"): "vn-office-minister-of-{slug}",
    ("VN", "deputy"): "vn-office-deputy-minister-of-{slug}",
    ("KH", "head"): "kh-office-minister-of-{slug}",
    ("KH", "deputy"): "kh-office-secretary-of-state-of-the-ministry-of-{slug}",
    ("KH", "second deputy"): "kh-office-undersecretary-of-state-of-the-ministry-of-{slug}",
}
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


@cache
def facts(table: str) -> tuple[Row, ...]:
    """Return the rows of one of this import's own tables."""
    with (FACTS / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


@dataclass(frozen=True)
class Form:
    """A form of names: of which body, role and scope, with braces for what differs."""

    language: str
    text: str
    kind: str
    source: str


@cache
def forms(body: str, role: str, scope: str) -> tuple[Form, ...]:
    """Return the forms of the names of a body or of its head or deputy, the official one first."""
    wanted = (body, role, scope)
    return tuple(
        Form(row["language"], row["text"], row["kind"], row["source_id"])
        for row in facts("forms")
        if (row["body"], row["role"], row["scope"]) == wanted
    )


@dataclass(frozen=True)
class Life:
    """A province from one day to another with the words that names are made of."""

    start: str
    end: str
    words: Mapping[str, str]
    #: Other names of the province that forms are filled in with: language, text.
    others: tuple[tuple[str, str], ...] = ()


@dataclass
class Gazetteer:
    """The gazetteer as other imports left it, and the rows made here."""

    owned: frozenset[str]
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    overruled: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.others = {
            table: [row for row in tables.read(table) if row["source_id"] not in self.owned]
            for table in ("versions", "names", "changes", "local_types")
        }
        self.versions: dict[str, list[Row]] = defaultdict(list)
        for row in self.others["versions"]:
            if row["preferred"] != "no":
                self.versions[row["id"]].append(row)
        self.known: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in self.others["names"]:
            self.note_name(row["id"], row["text"], row["language"])
        for versions in self.versions.values():
            for row in versions:
                self.note_name(row["id"], row["name"], row["language"])

    def lives(self, entity: str) -> list[Row]:
        """Return the versions of an entity that stand, in the order of time."""
        own = [row for row in self.rows["versions"] if row["id"] == entity]
        return sorted(own or self.versions[entity], key=lambda row: row["valid_from"])

    def entity(self, entity: str, kind: str, versions: Iterable[Row], distinction: str = "") -> None:
        """Add an organisation or office with the versions that make up its life.

        Where another import has one version, dated alike or without any that is known here, that stands.
        """
        versions = list(versions)
        first = versions[0]
        self.rows["entities"].append(
            {"id": entity, "type": kind, "country": country_of(entity), "distinction": distinction,
             "source_id": first["source_id"]}
        )  # fmt: skip
        theirs = [(row["valid_from"], row["valid_to"]) for row in self.versions[entity]]
        if theirs and theirs == [(row["valid_from"], row["valid_to"]) for row in versions]:
            return
        if any(row["id"] == entity for row in self.others["versions"]):
            self.overruled.add(entity)
            self.forget_versions(entity)
        for row in versions:
            self.rows["versions"].append({"id": entity, **row})
            self.note_name(entity, row["name"], row["language"])

    def forget_versions(self, entity: str) -> None:
        """Forget the official names of an entity that are overruled: nobody finds it by them any more."""
        self.known[entity] = set()
        for row in self.others["names"]:
            if row["id"] == entity:
                self.note_name(entity, row["text"], row["language"])

    def note_name(self, entity: str, text: str, language: str) -> None:
        """Remember that an entity has a name, and so the same without its accents."""
        self.known[entity] |= {(language, letters(text)), (language, spelling(text))}

    def has_name(self, entity: str, text: str, language: str) -> bool:
        """Tell whether an entity has a name, or has it with accents that this spelling leaves out."""
        return (language, letters(text)) in self.known[entity]

    def name(self, entity: str, text: str, language: str, source: str, **cells: str) -> None:
        """Add a name unless the entity has it in this language, or has it with accents that are left out here."""
        if not self.has_name(entity, text, language):
            self.note_name(entity, text, language)
            self.rows["names"].append(
                {"id": entity, "text": text, "language": language, "kind": "alias", "source_id": source, **cells}
            )

    def national_name(self, entity: str, text: str, language: str, source: str, **cells: str) -> None:
        """Add a name of a national body: weak unless it is in its own language, and once more with the country."""
        country = country_of(entity)
        home = language == HOME[country]
        self.name(entity, text, language, source, **cells, **({} if home else {"weak": "yes"}))
        of_country = OF_COUNTRY[country].get(language)
        if of_country and not (home and cells.get("kind") == "official"):
            self.name(entity, f"{text} {of_country}", language, source, **cells)

    def change(self, row: Row) -> None:
        """Add a change unless another import tells of it."""
        key = ("date", "kind", "from_id", "to_id")
        if not any(all(other[column] == row[column] for column in key) for other in self.others["changes"]):
            self.rows["changes"].append(row)


def letters(text: str) -> str:
    """Return the letters of a name in small, without blanks and signs."""
    return "".join(c for c in text.lower() if c.isalnum() or "\u1780" <= c <= "\u17ff")


@cache
def spelling(text: str) -> str:
    """Return the letters of a name without their accents; Khmer as it is."""
    from unidecode import unidecode  # noqa: PLC0415

    found = letters(text)
    return found if any("\u1780" <= c <= "\u17ff" for c in found) else unidecode(found)


def country_of(entity: str) -> str:
    """Return the country whose prefix an id made here has."""
    return {"vn": "VN", "kh": "KH"}.get(entity.partition("-")[0], "")


def interval(valid: str) -> dict[str, str]:
    """Return the two dates of a ``valid`` cell, ``from/to``."""
    start, _, end = valid.partition("/")
    return {"valid_from": start, "valid_to": end} if valid else {}


# -- organisations whose life is known -------------------------------------------------------------------------------


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


def office_version(organisation: Mapping[str, str], role: str, name: str, language: str, source: str) -> Row:
    """Return a version of an office for a version of its organisation."""
    return {
        "valid_from": organisation["valid_from"], "valid_to": organisation["valid_to"],
        "local_type": ROLE_TYPES[role], "name": name, "language": language,
        "parent_id": organisation["id"], "source_id": source,
    }  # fmt: skip


# -- ministries ------------------------------------------------------------------------------------------------------


def portfolios() -> dict[str, list[Row]]:
    """Return the rows of ``portfolios.csv`` by ministry."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in facts("portfolios"):
        found[row["organisation_id"]].append(row)
    return found


def ministry_office(ministry: str, role: str) -> str:
    """Return the id of the office of a minister or deputy."""
    english = next(row["text"] for row in portfolios()[ministry] if row["language"] == "en")
    return MINISTRY_OFFICES[country_of(ministry), role].format(slug=tables.slug(english))


def ministry_roles(ministry: str) -> list[str]:
    """Return the roles in a ministry that names are known for."""
    return [role for country, role in MINISTRY_OFFICES if country == country_of(ministry)]


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


def covers(valid: str, day: str) -> bool:
    """Tell whether a ``valid`` cell covers the first day of a version."""
    start, _, end = valid.partition("/")
    return start <= day and (not end or day < end)


# -- the bodies of provinces -----------------------------------------------------------------------------------------


def province_lives(gazetteer: Gazetteer) -> dict[str, list[Life]]:
    """Return the provinces of both countries since 2011 with their lives, in the order of time."""
    found: dict[str, list[Life]] = {}
    khmer = {
        row["id"]: row["text"]
        for row in gazetteer.others["names"]
        if row["language"] == "km" and row["kind"] == "official" and row["id"].startswith("kh-province-")
    }
    for entity in sorted(gazetteer.versions):
        country = country_of(entity)
        rows = [row for row in gazetteer.versions[entity] if row["local_type"] in PLACE_TYPES.get(country, ())]
        rows = [row for row in rows if not row["valid_to"] or row["valid_to"] > FIRST_DAY]
        if "-province-" in entity and rows:
            ordered = sorted(rows, key=lambda row: row["valid_from"])
            found[entity] = [
                Life(row["valid_from"] if row["valid_from"] > FIRST_DAY else "", row["valid_to"],
                     words(row["name"], row["local_type"], khmer.get(entity, "")), other_names(gazetteer, entity))
                for row in ordered
            ]  # fmt: skip
    return found


def other_names(gazetteer: Gazetteer, province: str) -> tuple[tuple[str, str], ...]:
    """Return the names of a province, beside its own, by which its bodies are called too."""
    abroad = country_of(province) == "KH"
    kinds = {"exonym", "alias", "transliteration"} if abroad else {"abbreviation"}
    return tuple(
        (row["language"], row["text"])
        for row in gazetteer.others["names"]
        if row["id"] == province and row["kind"] in kinds and row["language"] in ("en", "fr", "vi")
        if not row["weak"] and not row["valid_to"] and (abroad or "HCM" in row["text"])
    )


def words(name: str, local_type: str, khmer: str) -> dict[str, str]:
    """Return what the braces of a form stand for in one province."""
    english, french = EXONYMS.get(name, (name, name))
    return {
        "type": local_type, "vi": name, "en": english, "fr": french, "de": french_of(french),
        "city": english if english.endswith("City") else f"{english} City", "km": khmer,
        "seat": "Thành phố Hồ Chí Minh" if name == "Hồ Chí Minh" else name,
    }  # fmt: skip


def french_of(name: str) -> str:
    """Return a name after the French for "of"."""
    return f"d'{name}" if name[0] in "AEIOUÂÉ" else f"de {name}"


def body_id(province: str, lives: list[Life], body: Row) -> str:
    """Return the id of a province's body or office: it is made of the province's name and type at the reform."""
    named = at_reform(lives).words
    slugs = {f"{key}-slug": tables.slug(named[key]) for key in ("en", "city", "seat")}
    era = "-2025" if province.endswith("-2025") else ""
    text = body["id"]
    for key, value in {"slug": tables.slug(named["vi"]), **slugs}.items():
        text = text.replace(f"{{{key}}}", value)
    return text + era


def at_reform(lives: list[Life]) -> Life:
    """Return the life that was in force on the day of the reform, or ended then."""
    return next((life for life in lives if not life.end or life.end >= REFORM), lives[-1])


def bodies_of(lives: list[Life]) -> list[Row]:
    """Return the rows of ``bodies.csv`` for a province's type at the reform."""
    return [row for row in facts("bodies") if row["scope"] == at_reform(lives).words["type"]]


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
    names = {"vi": other, "seat": other, "en": other, "de": french_of(other)}
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


# -- what is written out one by one ----------------------------------------------------------------------------------


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
    add_organisations(gazetteer)
    add_departments(gazetteer)
    add_ministries(gazetteer)
    add_provincial_bodies(gazetteer, provinces)
    add_offices(gazetteer)
    add_names(gazetteer)
    add_changes(gazetteer)
    add_mergers(gazetteer, provinces)
    rows = gazetteer.rows
    rows["local_types"] = list(local_types(gazetteer))
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
