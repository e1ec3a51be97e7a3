"""Import persons, organisations, offices and tenures from the candidates list of officials.

Run: ``python -m tools.import_officials path/to/officials_candidate.csv``

The list marks each cell's basis: ``R:`` read in a document, ``K`` unchecked knowledge. Only what was read enters.
A start or end that is unchecked stays empty, and ``attested`` says when the person was seen in the office; an end
that follows from the next holder of an office with one holder is given as lying between the two.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date as day
from datetime import timedelta
from functools import cache
from pathlib import Path

from tools import officials_facts as facts
from tools import tables

Row = dict[str, str]

COUNTRIES = {
    "VN": ("vn-country-viet-nam", ("of Vietnam", "du Vietnam", "Việt Nam")),
    "KH": ("kh-country-cambodia", ("of Cambodia", "du Cambodge", "Campuchia")),
    "SG": ("sg-country-singapore", ("of Singapore", "de Singapour", "Singapore")),
}
TITLES = Path(__file__).resolve().parent.parent / "resolver" / "text" / "titles.csv"
# The deputies of a body are several at once; every other office has one holder at a time.
SEVERAL_HOLDERS = re.compile(r"^(?:Deputy|Vice|Secretary of State|Joint)")
ATTESTED = re.compile(
    r"(?:in office|holder on|reappointed|term extended|signature|as of)\s+((?:(?:Jan )?\d{4}(?:-\d\d){0,2}(?: and )?)+)"
)
NAMES_COUNTRY = re.compile(r"Viet-?\s?nam|Việt Nam|Cambod|Campuchia|Singap|Khmer|RCAF")
SNAPSHOTS = {
    "wikidata-officials-vn-2022": "2022-07-22",
    "wikidata-officials-kh-2023": "2023-01-12",
    "world-leaders-2026": "2026-08-22",
}


@dataclass(frozen=True)
class Tenure:
    """One tenure on its way into the table, still with its holder and office as the candidates list calls them."""

    person: str
    office: str
    single: bool
    start: str
    end: str
    end_unchecked: str
    attested: tuple[str, ...]
    acting: str
    note: str
    preferred: str
    source: str


@dataclass
class Tables:
    """The rows made so far, by table."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, **cells: str) -> None:
        """Append a row unless the very same one is there."""
        if cells not in self.rows[table]:
            self.rows[table].append(cells)

    def has_entity(self, entity: str) -> bool:
        """Tell whether an entity with this id has a row already."""
        return any(row["id"] == entity for row in self.rows["entities"])


def sources_of(text: str) -> list[str]:
    """Return the ids of the sources that a ``source`` cell names, in its order."""
    found: dict[str, int] = {}
    taken: list[tuple[int, int]] = []
    for source in facts.SOURCES:
        for match in re.finditer(source.pattern, text) if source.pattern else ():
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                found.setdefault(source.id, match.start())
    return sorted(found, key=lambda source_id: found[source_id])


def basis(row: Row, what: str, otherwise: str) -> str:
    """Return the source that the ``source`` cell names for one part of the row, else ``otherwise``."""
    part = re.search(rf"\b{what}[^;]*? R:[^;]*", row["source"])
    named = sources_of(part.group()) if part else []
    return named[0] if named else otherwise


def unchecked(text: str) -> set[str]:
    """Return which of ``start``, ``month`` and ``end`` the ``source`` cell marks as unchecked knowledge."""
    marks = set()
    if re.search(r"\b(?:start(?:/end)?(?: and \w+)? K|dates K)", text):
        marks.add("start")
    if re.search(r"\b(?:(?:start/)?end K|dates K|left this post K)", text):
        marks.add("end")
    if "month K" in text:
        marks.add("month")
    return marks


def attested_in(text: str) -> set[str]:
    """Return the dates on which the ``source`` cell says the person was in office."""
    dates: set[str] = set()
    for match in ATTESTED.finditer(text):
        for date in match.group(1).split(" and "):
            dates.add(re.sub(r"Jan (\d{4})", r"\1-01", date.strip()))
    return dates


def person_slug(name: str) -> str:
    """Return the slug of the person whom the candidates list calls by this name."""
    slug = facts.SLUGS.get(name) or tables.slug(name)
    return facts.SAME_PERSON.get(slug, slug)


def person_name(row: Row) -> str:
    """Return the name under which a candidate row's person is known in this import."""
    return row["name_native"] if row["country"] == "VN" else row["name_en"]


def province_slug(province: str) -> str:
    """Return the slug that the place importers use for a Vietnamese province."""
    return tables.slug(province)


def era_of(province: str, dates: Iterable[str], end: str) -> str:
    """Return the id suffix of the provincial body meant: that of the merged province, or none."""
    if province not in facts.MERGED_PROVINCES:
        return ""
    last = max((date[:10] for date in dates if date), default="")
    ended = bool(end) and end.rpartition("/")[2] <= facts.REFORM
    return "" if ended or last < facts.REFORM else "-2025"


class Importer:
    """Turns candidate rows into rows of the gazetteer's tables, organisations before offices before tenures."""

    def __init__(self) -> None:
        self.out = Tables()
        self.tenures: list[Tenure] = []
        self.named: set[tuple[str, str, str, str]] = set()

    # -- organisations ---------------------------------------------------------------------------------------

    def organisation(
        self,
        entity: str,
        country: str,
        name: str,
        *,
        language: str,
        local_type: str,
        source: str,
        parent: str = "",
        area: str = "",
        start: str = "",
        end: str = "",
    ) -> str:
        """Add an organisation with its one version, unless it is there, and return its id."""
        if not self.out.has_entity(entity):
            self.out.add("entities", id=entity, type="organisation", country=country, source_id=source)
            self.out.add(
                "versions", id=entity, valid_from=start, valid_to=end, local_type=local_type, name=name,
                language=language, parent_id=parent, area_id=area, source_id=source,
            )  # fmt: skip
        return entity

    def name(self, entity: str, text: str, language: str, source: str, *, kind: str = "alias", weak: str = "") -> None:
        """Add a name, unless it is empty or the official one."""
        official = any(row["id"] == entity and row["name"] == text for row in self.out.rows["versions"])
        if text and not official and (entity, language, text, kind) not in self.named:
            self.named.add((entity, language, text, kind))
            self.out.add("names", id=entity, text=text, language=language, kind=kind, weak=weak, source_id=source)

    def national_names(self, entity: str, country: str, names: Iterable[tuple[str, str]], source: str) -> None:
        """Add names of a national body: weak where they don't name the country, and once more with the country."""
        phrases = dict(zip(("en", "fr", "vi"), COUNTRIES[country][1], strict=True))
        home = {"VN": "vi"}.get(country, "")
        for text, language in names:
            if not text:
                continue
            named = NAMES_COUNTRY.search(text)
            self.name(entity, text, language, source, weak="" if named or language == home else "yes")
            if not named:
                self.name(entity, f"{text} {phrases[language]}", language, source)

    def listed_organisations(self) -> None:
        """Add the organisations that are written out one by one."""
        for item in facts.ORGANISATIONS:
            cc = item.country.lower() or "int"
            entity = f"{cc}-organisation-{item.slug}"
            source = self.source_of_organisation(item)
            area = COUNTRIES[item.country][0] if item.country else ""
            area = "vn-commune-phu-quoc-31078-2025" if "phu-quoc" in item.slug else area
            parent = f"{cc}-organisation-{item.parent}" if item.parent else ""
            start = facts.REFORM if "phu-quoc" in item.slug else ""
            translated = item.language == "en" and item.country
            name = with_country(item.name, item.country) if translated else item.name
            self.organisation(
                entity, item.country, name, language=item.language, local_type=item.local_type,
                source=source, parent=parent, area=area, start=start,
            )  # fmt: skip
            names = ((item.en, "en"), (item.fr, "fr"), (item.vi, "vi"))
            if "phu-quoc" in item.slug:
                for text, language in names:
                    self.name(entity, text, language, source)
            elif item.country:
                self.national_names(entity, item.country, names, source)
        for slug, text, language, kind, weak, source in facts.MORE_ORGANISATION_NAMES:
            cc = "sg" if "digital" in slug else "vn"
            valid = {"valid_to": "2024-07-08"} if kind == "historic" else {}
            entity = f"{cc}-organisation-{slug}"
            self.out.add(
                "names", id=entity, text=text, language=language, kind=kind, weak=weak, source_id=source, **valid
            )

    @staticmethod
    def source_of_organisation(item: facts.Organisation) -> str:
        """Return the source that shows the organisation."""
        special = {
            "VNA": "wikipedia-vna",
            "MDDI": "mothership-mddi",
            "INTERPOL": "article-2025-02-19",
            "ASEANAPOL": "article-2025-02-19",
            "Communist Party of Vietnam": "hanoimoi-673792",
            "Công an đặc khu Phú Quốc": "vietnamnet-2416827",
            "Vietnam Fatherland Front": "vn-leadership-archive-2026",
            "Supreme People's Court": "bocongan-t10997",
            "Department of Prison Management (C10)": "vnexpress-4160743",
            "Office of the Party Central Committee": "thanhnien-2024-06-03",
            "CEMA": "talkvietnam-2021-04-08",
            "Government of Singapore": "png-2024-05-15",
            "NBC": "kiripost-chea-serey",
            "RCAF": "phnompenhpost-army-2018",
            "Royal Gendarmerie": "phnompenhpost-army-2018",
            "Royal Cambodian Army": "reaksmeyinaction-2023",
            "General Commissariat of National Police": "phnompenhpost-2023",
            "Senate": "nhk-2024-04-03",
        }
        national = {"VN": "wikidata-officials-vn-2022", "KH": "wikidata-officials-kh-2023"}
        if item.country == "KH" and item.key == "National Assembly":
            return "vietnamplus-en-266669"
        return special.get(item.key) or national[item.country]

    def vietnamese_police(self) -> None:
        """Add the police of the 63 provinces until the reform and of the 34 since, and the mergers between them."""
        source = "vtcnews-951586"
        for province in facts.UNCHANGED_PROVINCES:
            self.province_police(province, "", "", "", source)
        for new, olds in facts.MERGED_PROVINCES.items():
            merger = facts.MERGER_SOURCES.get(new, source)
            into = self.province_police(new, "-2025", facts.REFORM, "", source)
            for old in olds:
                ended = self.province_police(old, "", "", facts.REFORM, source)
                self.out.add(
                    "changes", date=facts.REFORM, kind="merged", from_id=ended, to_id=into, extent="whole",
                    note="reorganised along the new provincial borders by decision of the Minister of 2025-06-22",
                    source_id=merger,
                )  # fmt: skip

    def province_police(self, province: str, era: str, start: str, end: str, source: str) -> str:
        """Add the police of one Vietnamese province with the names the articles show, and return its id."""
        city = province in facts.CITIES
        kind = "thành phố" if city else "tỉnh"
        entity = f"vn-organisation-cong-an-{tables.slug(kind)}-{province_slug(province)}{era}"
        self.organisation(
            entity, "VN", f"Công an {kind} {province}", language="vi", local_type="police",
            source=source, parent="vn-organisation-bo-cong-an", area=f"vn-province-{province_slug(province)}{era}",
            start=start, end=end,
        )  # fmt: skip
        self.name(entity, f"Công an {province}", "vi", source)
        english, french = facts.CITY_EXONYMS.get(province, (province, province))
        for text in self.english_police(english, city):
            self.name(entity, text, "en", facts.ARTICLES["en"])
        for text in self.french_police(french, city):
            self.name(entity, text, "fr", facts.ARTICLES["police-fr"])
        return entity

    @staticmethod
    def english_police(province: str, city: bool) -> tuple[str, ...]:
        """Return the English forms of a provincial police's name, as the article of 2024-11-27 writes them."""
        if city:
            full = province if province.endswith("City") else f"{province} City"
            return tuple(dict.fromkeys((f"{full} Police", f"{province} Police", f"Police of {full}")))
        return (f"{province} Provincial Police", f"{province} Police", f"Police of {province} Province")

    @staticmethod
    def french_police(province: str, city: bool) -> tuple[str, ...]:
        """Return the French forms of a provincial police's name, as the article of 2025-12-01 writes them."""
        of = "d'" if province[0] in "AEIOUÂ" else "de "
        if city:
            return (f"police de la ville {of}{province}", f"police municipale {of}{province}", f"police {of}{province}")
        return (f"police de la province {of}{province}", f"police provinciale {of}{province}", f"police {of}{province}")

    def cambodian_police(self) -> None:
        """Add the Cambodian provincial polices that the articles and the tenures name."""
        sources = {"Mondulkiri": "khmercircle-2018", "Phnom Penh": "phnompenhpost-2023"}
        later = {"Takeo", "Kandal"}
        for province in facts.CAMBODIAN_POLICE:
            city = province == "Phnom Penh"
            source = sources.get(province) or facts.ARTICLES["police-fr" if province in later else "en"]
            name = f"{province} {'Municipal' if city else 'Provincial'} Police"
            slug = tables.slug(province)
            entity = self.organisation(
                f"kh-organisation-{tables.slug(name)}", "KH", name, language="en", local_type="police", source=source,
                parent="kh-organisation-general-commissariat-of-national-police", area=f"kh-province-{slug}",
            )  # fmt: skip
            for text in self.english_police(province, city):
                self.name(entity, text, "en", source)
            for text in self.french_police(province, city):
                self.name(entity, text, "fr", source if source in sources.values() else facts.ARTICLES["police-fr"])

    def organisation_of(self, row: Row, dates: Iterable[str], end: str, source: str) -> str:
        """Return the id of the organisation of a candidate row's office, adding it where it is new."""
        country, office = row["country"], row["office"]
        key = facts.ORGANISATION_OF.get(office, row["org"])
        for item in facts.ORGANISATIONS:
            if (item.country, item.key) == (country, key):
                return f"{country.lower()}-organisation-{item.slug}"
        if key.startswith("Công an "):
            return self.existing_police(key, dates, end)
        if key.endswith(("Provincial Police", "Municipal Police")):
            return f"kh-organisation-{tables.slug(key)}"
        if key.endswith("Provincial Administration"):
            return self.khmer_administration(key, row, source)
        local = re.match(r"(.+?) (Party Committee|People's Committee|People's Council)$", key)
        if local:
            return self.vietnamese_local_body(local.group(1), local.group(2), dates, end, source)
        return self.ministry(row, key, source)

    @staticmethod
    def existing_police(key: str, dates: Iterable[str], end: str) -> str:
        """Return the id of the provincial police that a Vietnamese name means at these dates."""
        kind, province = re.match(r"Công an (tỉnh|thành phố|TP) (.+)", key).groups()  # type: ignore[union-attr]
        kind = "thành phố" if kind == "TP" else kind
        return f"vn-organisation-cong-an-{tables.slug(kind)}-{province_slug(province)}{era_of(province, dates, end)}"

    def khmer_administration(self, key: str, row: Row, source: str) -> str:
        """Add the administration of a Cambodian province and return its id."""
        province = key.removesuffix(" Provincial Administration")
        entity = self.organisation(
            f"kh-organisation-{tables.slug(key)}", "KH", key, language="en", local_type="administration", source=source,
            parent="kh-organisation-ministry-of-interior", area=f"kh-province-{tables.slug(province)}",
        )  # fmt: skip
        self.name(entity, f"administration provinciale de {province}", "fr", source)
        return entity

    def vietnamese_local_body(self, province: str, body: str, dates: Iterable[str], end: str, source: str) -> str:
        """Add a party committee, people's committee or people's council of a province and return its id."""
        province = {"HCMC": "Hồ Chí Minh", "Hanoi": "Hà Nội"}.get(province, province)
        city = province in facts.CITIES
        kind = "thành phố" if city else "tỉnh"
        long = f"Thành phố {province}" if province == "Hồ Chí Minh" else province
        seat = f"{kind} {province}"
        forms = {
            "Party Committee": (f"{'Thành' if city else 'Tỉnh'} ủy {long}", "", "Comité du Parti"),
            "People's Committee": (f"Ủy ban nhân dân {seat}", f"UBND {seat}", "Comité populaire"),
            "People's Council": (f"Hội đồng nhân dân {seat}", f"HĐND {seat}", "Conseil populaire"),
        }
        name, short, french = forms[body]
        local_type = body.lower()
        era = era_of(province, dates, end)
        reformed = province in facts.MERGED_PROVINCES
        parent = {"party committee": "vn-organisation-dang-cong-san", "people's committee": "vn-organisation-chinh-phu"}
        entity = self.organisation(
            f"vn-organisation-{tables.slug(name)}{era}", "VN", name, language="vi",
            local_type=local_type, source=source, parent=parent.get(local_type, ""),
            area=f"vn-province-{province_slug(province)}{era}",
            start=facts.REFORM if era else "", end=facts.REFORM if reformed and not era else "",
        )  # fmt: skip
        english, in_french = facts.CITY_EXONYMS.get(province, (province, province))
        of = "d'" if in_french[0] == "A" else "de "
        self.name(entity, short, "vi", source, kind="abbreviation")
        self.name(entity, f"{english} {body}", "en", source)
        self.name(entity, f"{french} {of}{in_french}", "fr", source)
        return entity

    def ministry(self, row: Row, key: str, source: str) -> str:
        """Add the ministry of a minister, named after the minister's title, and return its id."""
        country = row["country"]
        office = facts.SAME_OFFICE.get((country, row["office"]), row["office"])
        english = re.sub(r"^(?:Deputy )?Minister", "Ministry", office) if key in facts.MINISTRY_NAMES else key
        if (country, english) == ("KH", "Ministry of Foreign Affairs"):
            english = "Ministry of Foreign Affairs and International Cooperation"
        title = re.search(r"Bộ (?!trưởng).*", row["office_vi"])
        vietnamese = title.group() if title else ""
        minister = re.match(r"(?:vice-)?ministre (.+)", row["office_fr"])
        french = f"ministère {minister.group(1)}" if minister else ""
        name, language = (vietnamese, "vi") if country == "VN" else (english, "en")
        government = {"VN": "vn-organisation-chinh-phu", "KH": "kh-organisation-royal-government"}[country]
        entity = self.organisation(
            f"{country.lower()}-organisation-{tables.slug(name)}", country,
            name if language == "vi" else with_country(name, country), language=language, local_type="ministry",
            source=source, parent=government, area=COUNTRIES[country][0],
        )  # fmt: skip
        if not english.startswith("Ministry"):
            raise ValueError(f"no organisation is known for {row['office']!r} of {key!r}")
        variants = [(english, "en"), (french, "fr"), (vietnamese, "vi")]
        self.national_names(entity, country, variants, source)
        return entity

    # -- offices ---------------------------------------------------------------------------------------------

    def office(self, row: Row, dates: list[str], end: str, source: str) -> tuple[str, bool]:
        """Add the office of a candidate row and return its id and whether it has one holder at a time."""
        country = row["country"]
        english = facts.SAME_OFFICE.get((country, row["office"]), row["office"]).replace("’", "'")
        organisation = self.organisation_of(row, dates, end, source)
        version = next(v for v in self.out.rows["versions"] if v["id"] == organisation)
        names = self.office_names(row, english, version)
        era = "-2025" if organisation.endswith("-2025") else ""
        slug = tables.slug(names[0][0])
        entity = f"{country.lower()}-office-{slug}{era}"
        national = version.get("area_id", "") in {area for area, _ in COUNTRIES.values()}
        several = SEVERAL_HOLDERS.match(english) is not None
        if not self.out.has_entity(entity):
            native = names[-1][0] if country == "VN" else names[0][0]
            if national and country != "VN":
                native = with_country(native, country)
            self.out.add("entities", id=entity, type="office", country=country, source_id=source)
            self.out.add(
                "versions", id=entity, valid_from=version["valid_from"], valid_to=version["valid_to"],
                local_type="deputy head" if re.match(r"(?:Deputy|Standing|Vice|First|Second)", english) else "head",
                name=native, language="vi" if country == "VN" else "en", parent_id=organisation, source_id=source,
            )  # fmt: skip
        if national:
            self.national_names(entity, country, names, source)
        else:
            for text, language in names:
                self.name(entity, text, language, source)
        return entity, not several

    @staticmethod
    def office_names(row: Row, english: str, version: Row) -> list[tuple[str, str]]:
        """Return the names of an office, the canonical English one first and the Vietnamese one last."""
        vietnamese = row["office_vi"]
        police = re.match(r"(?:(Deputy )?Director|Chief), .+ Police$", english)
        if (
            row["country"] == "VN"
            and police
            and version["local_type"] == "police"
            and "Phú Quốc" not in version["name"]
        ):
            province = re.sub(r"^Công an (?:tỉnh|thành phố) ", "", version["name"])
            return police_office_names(province, "deputy" if police.group(1) else "", vietnamese)
        names = [*english_forms(english), *english_forms(row["office"].replace("’", "'"))]
        names += [(row["office_fr"], "fr"), (vietnamese, "vi")]
        if row["office"].startswith("Acting head"):
            names = english_forms(english)
        return [(text, language) for text, language in dict.fromkeys(names) if text]

    # -- persons ---------------------------------------------------------------------------------------------

    def person(self, row: Row, source: str) -> str:
        """Add the person of a candidate row with what it says of the name, and return the id."""
        country, name = row["country"], person_name(row)
        slug = person_slug(name)
        entity = f"{country.lower()}-person-{slug}"
        display, language = facts.DISPLAY.get(slug, (name, {"VN": "vi", "KH": "km-Latn"}.get(country, "en")))
        if not self.out.has_entity(entity):
            distinction = facts.DISTINCTIONS.get(entity, "")
            self.out.add(
                "entities", id=entity, type="person", country=country, distinction=distinction, source_id=source
            )
            self.out.add("versions", id=entity, name=display, language=language, source_id=source)
        known = [display] + [n["text"] for n in self.out.rows["names"] if n["id"] == entity]
        for text, tag, kind, of in self.person_names(row, slug, source):
            bare = text.isascii()
            keys = {spelling_key(other, bare=bare) for other in known}
            if text not in facts.SPELLINGS_NOT_READ and spelling_key(text, bare=bare) not in keys:
                self.name(entity, text, tag, of, kind=kind)
                known.append(text)
        wikidata = re.search(r"wikidata:(Q\d+)", row["source"])
        if wikidata and not any(i["id"] == entity for i in self.out.rows["identifiers"]):
            self.out.add("identifiers", id=entity, scheme="wikidata", value=wikidata.group(1), source_id=source)
        return entity

    @staticmethod
    def person_names(row: Row, slug: str, source: str) -> Iterator[tuple[str, str, str, str]]:
        """Yield the other names of a candidate row's person: text, language, kind and source."""
        khmer = row["country"] == "KH"
        romanised = ("km-Latn", "transliteration")
        if khmer and slug not in facts.UNREAD_KHMER and "km K" not in row["source"]:
            yield row["name_native"], "km", "official", basis(row, "km", source)
        yield row["name_en"], *(romanised if khmer else ("en", "alias")), source
        french = row["name_fr"].removesuffix(" [sic]")
        if french in facts.MISPRINTS:
            language, of = facts.MISPRINTS[french]
            yield french, language, "misspelling", of
        else:
            yield french, "fr", "alias", basis(row, "name_fr", source)
        if khmer:
            yield row["name_vi"], "vi", "alias", source
        for alias in row["aliases"].split("|"):
            text = strip_titles(alias)
            foreign = re.search(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]", text)
            if not foreign and text not in facts.NOT_NAMES:
                in_khmer = re.search(r"[\u1780-\u17ff]", text) is not None
                capitals = text.isupper() and not in_khmer
                of = "cia-world-leaders-2019" if capitals else source
                language, kind = romanised if khmer else ("en", "alias")
                yield text.title() if capitals else text, *(("km", "official") if in_khmer else (language, kind)), of

    # -- tenures ---------------------------------------------------------------------------------------------

    def tenure(self, row: Row) -> None:
        """Read one candidate row: its person, office and dates, as far as they were read in a source."""
        key = (person_name(row), row["office"], row["start"])
        if key[:2] in facts.LEFT_OUT:
            return
        correction = facts.CORRECTIONS.get(key, facts.Correction())
        named = sources_of(row["source"])
        source = correction.source or (named[0] if named else "")
        if not source:
            raise ValueError(f"no source was read for {key}; correct it or leave it out in officials_facts.py")
        marks = unchecked(row["source"])
        start, end = self.checked_dates(row, marks, correction)
        attested = attested_in(row["source"]) | set(filter(None, correction.attested.split("|")))
        if not end and source in SNAPSHOTS:
            attested.add(SNAPSHOTS[source])
        if not end and not attested and start:
            attested.add(start)
        office, single = self.office(row, [start, *attested], end, source)
        acting = "yes" if correction.acting or row["office"].startswith("Acting") else ""
        others = [other for other in named if other != source and other not in correction.note]
        if "cabinet replaced" in row["source"] and not end:
            others = [other for other in others if other != "vietnamplus-en-266711"]
            others.append(
                "vietnamplus-en-266711 (cabinet replaced 2023-08-22; whether this minister left was not read)"
            )
        note = "; ".join(filter(None, [correction.note, f"also {', '.join(others)}" if others else ""]))
        self.tenures.append(
            Tenure(
                person=self.person(row, source), office=office, single=single, start=start, end=end,
                end_unchecked=row["end"] if "end" in marks else "", attested=tuple(sorted(attested)), acting=acting,
                note=note, preferred=correction.preferred, source=source,
            )
        )  # fmt: skip

    @staticmethod
    def checked_dates(row: Row, marks: set[str], correction: facts.Correction) -> tuple[str, str]:
        """Return the start and end of a candidate row that rest on a source."""
        start = "" if "start" in marks else row["start"][:4] if "month" in marks else row["start"]
        end = "" if "end" in marks else row["end"]
        if row["office"] == "Deputy Prime Minister" and "cabinet replaced" in row["source"]:
            end = facts.OLD_CABINET_END
        start = start if correction.start is None else correction.start
        return start, end if correction.end is None else correction.end

    def added_tenure(self, item: facts.Addition) -> None:
        """Read one tenure that was added by hand."""
        row = dict.fromkeys(("name_en", "name_fr", "name_vi", "aliases"), "") | {
            "name_native": item.khmer if item.country == "KH" else item.name,
            "name_en": item.name if item.country != "VN" else "",
            "country": item.country, "office": item.office, "office_vi": item.office_vi,
            "office_fr": item.office_fr, "org": item.org, "source": item.source,
        }  # fmt: skip
        attested = tuple(filter(None, (item.attested or ("" if item.end else item.start.split("/")[0])).split("|")))
        office, single = self.office(row, [item.start.split("/")[0], *attested], item.end, item.source)
        self.tenures.append(
            Tenure(
                person=self.person(row, item.source), office=office, single=single, start=item.start, end=item.end,
                end_unchecked="", attested=attested, acting="", note=item.note, preferred=item.preferred,
                source=item.source,
            )
        )  # fmt: skip

    def close(self) -> None:
        """Bound the ends that no source gives by the next holder or by the end of the organisation."""
        office_end = {v["id"]: v["valid_to"] for v in self.out.rows["versions"] if "-office-" in v["id"]}
        for tenure in self.tenures:
            closed = self.bounded(tenure)
            if not closed.end and office_end[tenure.office]:
                closed = replace(closed, end=between(closed, office_end[tenure.office]))
            self.out.add(
                "tenures", person_id=closed.person, office_id=closed.office, valid_from=closed.start,
                valid_to=closed.end, attested="|".join(closed.attested), acting=closed.acting, note=closed.note,
                preferred=closed.preferred, source_id=closed.source,
            )  # fmt: skip

    def bounded(self, tenure: Tenure) -> Tenure:
        """Return a tenure with its end settled by the next holder, where the office has one holder at a time."""
        last_seen = max([tenure.start.split("/")[0], *tenure.attested])
        later = [
            (first, other)
            for other in self.tenures
            if other.office == tenure.office and other.person != tenure.person and not other.preferred
            for first in [(other.start or min(other.attested, default="")).split("/")[0]]
            if first > last_seen and tenure.single
        ]
        if not later or tenure.preferred:
            return tenure
        first, successor = min(later, key=lambda pair: pair[0])
        if not tenure.end:
            exact = tenure.end_unchecked and tenure.end_unchecked == first
            note = "; ".join(filter(None, [tenure.note, f"end: the next holder, {successor.source}"]))
            return replace(tenure, end=first if exact else between(tenure, first), note=note)
        # A source that gives the last day in office agrees with a successor who starts the day after.
        return replace(tenure, end=first) if day_after(tenure.end) == first else tenure


def between(tenure: Tenure, latest: str) -> str:
    """Return the end as lying between the last day the person was seen in office and ``latest``."""
    last_seen = max([tenure.start.split("/")[-1], *tenure.attested])
    return f"{last_seen}/{latest}" if last_seen and last_seen < latest else latest


def day_after(date: str) -> str:
    """Return the next day of a full ISO date, and nothing for a date known less well."""
    return (day.fromisoformat(date) + timedelta(days=1)).isoformat() if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else ""


@cache
def titles() -> tuple[str, ...]:
    """Return the ranks and titles that stand before names, longest first."""
    with TITLES.open(encoding="utf-8", newline="") as handle:
        return tuple(sorted({row["text"] for row in csv.DictReader(handle)}, key=lambda text: (-len(text), text)))


def with_country(text: str, country: str) -> str:
    """Return an English name with its country: a translated name alone would be that of many countries' bodies."""
    return text if NAMES_COUNTRY.search(text) else f"{text} {COUNTRIES[country][1][0]}"


def strip_titles(text: str) -> str:
    """Return a name without the ranks and titles before it."""
    bare = text.strip()
    while title := next((title for title in titles() if bare.startswith(f"{title} ")), None):
        bare = bare[len(title) :].strip()
    return bare


def spelling_key(text: str, *, bare: bool) -> str:
    """Return what the resolver's keys see of a spelling: letters only, without accents where ``bare``."""
    from unidecode import unidecode  # noqa: PLC0415

    letters = "".join(c for c in text.lower() if c.isalnum() or "\u1780" <= c <= "\u17ff")
    return unidecode(letters) if bare else letters


def police_office_names(province: str, rank: str, vietnamese: str) -> list[tuple[str, str]]:
    """Return the names of the head or a deputy head of a provincial police, in the forms the articles show."""
    deputy = rank == "deputy"
    city = province in facts.CITIES
    english, french = facts.CITY_EXONYMS.get(province, (province, province))
    head, chef = ("Deputy Director", "directeur adjoint") if deputy else ("Director", "directeur")
    forms = [(f"{head} of {form}", "en") for form in Importer.english_police(english, city)[:2]]
    forms += [(f"{chef} de la {form}", "fr") for form in Importer.french_police(french, city)]
    short = f"{'Phó Giám đốc' if deputy else 'Giám đốc'} Công an {province}"
    official = re.sub(r"Công an TP ", "Công an thành phố ", vietnamese)
    return [*forms, (short, "vi"), (official, "vi")]


def english_forms(english: str) -> list[tuple[str, str]]:
    """Return the usual English forms of an office, for the list's 'Governor, X' the form 'Governor of the X'."""
    english = english.replace("HCMC", "Ho Chi Minh City")
    listed = re.match(
        r"(Chairman|Chair|Secretary|Governor|Director|Commander(?:-in-chief)?|Chief|.*Staff), (.+)", english
    )
    if listed:
        return [(f"{listed.group(1)} of the {listed.group(2)}", "en")]
    if english.startswith("Provincial police chief, "):
        place = english.removeprefix("Provincial police chief, ")
        return [(f"{place} provincial police chief", "en"), (f"{place} provincial police commissioner", "en")]
    if english.startswith("Standing "):
        return [(english, "en"), (english.replace("Standing", "Permanent"), "en")]
    return [(english, "en")]


LOCAL_TYPES = (
    # local type, entity type, official (Vietnamese or English), English, French
    ("ministry", "organisation", "Bộ", "Ministry", "ministère"),
    ("police", "organisation", "Công an", "Police", "police"),
    ("party committee", "organisation", "Ủy ban Đảng", "Party Committee", "Comité du Parti"),
    ("people's committee", "organisation", "Ủy ban nhân dân", "People's Committee", "Comité populaire"),
    ("people's council", "organisation", "Hội đồng nhân dân", "People's Council", "Conseil populaire"),
    ("assembly", "organisation", "Quốc hội", "Assembly", "assemblée"),
    ("government", "organisation", "Chính phủ", "Government", "gouvernement"),
    ("court", "organisation", "Tòa án", "Court", "cour"),
    ("department", "organisation", "Cục", "Department", "département"),
    ("armed force", "organisation", "Quân đội", "Armed Forces", "forces armées"),
    ("front", "organisation", "Mặt trận", "Front", "front"),
    ("office", "organisation", "Văn phòng", "Office", "bureau"),
    ("administration", "organisation", "Administration", "Administration", "administration"),
    ("international organisation", "organisation", "International", "International", "organisation internationale"),
    ("head", "office", "Trưởng", "Head", "chef"),
    ("deputy head", "office", "Phó", "Deputy head", "chef adjoint"),
    ("member", "office", "Ủy viên", "Member", "membre"),
)  # fmt: skip


def local_type_rows(versions: list[Row]) -> Iterator[Row]:
    """Yield the local types that the versions use, one for each country."""
    country = {"vn": "VN", "kh": "KH", "sg": "SG", "int": ""}
    used = {(country[v["id"].split("-")[0]], v.get("local_type", "")) for v in versions if "-person-" not in v["id"]}
    for name, kind, vietnamese, english, french in LOCAL_TYPES:
        for cc in sorted(cc for cc, local_type in used if local_type == name):
            official = vietnamese if cc == "VN" else english
            yield {
                "local_type": name, "type": kind, "country": cc, "official": official, "en": english, "fr": french,
                "source_id": facts.ARTICLES["fr"],
            }  # fmt: skip


def source_rows(used: set[str]) -> Iterator[Row]:
    """Yield the rows of sources.csv for the sources that some row cites."""
    for source in facts.SOURCES:
        if source.id in used:
            yield {
                "id": source.id, "title": source.title, "publisher": source.publisher, "licence": source.licence,
                "date": source.date, "locator": source.locator, "weak": source.weak, "note": source.note,
            }  # fmt: skip


def main(path: str) -> None:
    """Read the candidates list and replace this import's rows in every table."""
    with Path(path).open(encoding="utf-8", newline="") as handle:
        candidates = list(csv.DictReader(handle))
    importer = Importer()
    importer.listed_organisations()
    importer.vietnamese_police()
    importer.cambodian_police()
    for row in candidates:
        importer.tenure(row)
    for item in facts.ADDITIONS:
        importer.added_tenure(item)
    importer.close()
    rows = importer.out.rows
    rows["local_types"] = list(local_type_rows(rows["versions"]))
    used = {row["source_id"] for table in rows.values() for row in table}
    noted = " ".join(row.get("note", "") for row in rows["tenures"])
    rows["sources"] = list(source_rows(used | {source.id for source in facts.SOURCES if source.id in noted}))
    owned = [source.id for source in facts.SOURCES]
    for table in ("sources", "local_types", "entities", "versions", "names", "identifiers", "changes", "tenures"):
        tables.replace(table, rows[table], owned=owned)
        print(f"{table}: {len(rows[table])} rows")


if __name__ == "__main__":
    main(sys.argv[1])
