"""Names beside the official ones: press names, Khmer names, abbreviations, NSO's other spellings; and ids."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tools.vietnam.law import table
from tools.vietnam.read import Unit
from tools.vietnam.rows import CLDR, CONVERSION, PROVINCE_ITEMS, REFORM, WOF, Facts, Row
from tools.vietnam.spelling import bare_key, clean, says_nothing_new, tone_key

# Codes that the conversion table gets wrong: the name beside them belongs to another commune.
WRONG_CODES = {("00553", "Đặng Xá"), ("01615", "Mỹ Hưng"), ("02485", "Phú Thịnh")}

WOF_LANGUAGES = {"eng": "en", "fra": "fr", "vie": "vi", "und": "vi", "khm": "km"}
WRAPPERS = re.compile(r"^(province (de |d['’])|tỉnh |thành phố |ខេត្ត|ទីក្រុង)", re.IGNORECASE)
# Names of other things that stand under a province: a province merged away in 1962, a township of Quảng Bình.
WOF_WRONG = {"Kien An Province", "Kiến Giang"}
WOF_MISSPELT = {"Bin Duong", "Bin Phuoc", "Thura Thien-Hue", "Kom Tum"}
WOF_HISTORIC = {"Sài Gòn"}
# English spellings after older Vietnamese ones (Bắc Cạn, Đắc Nông): beside CLDR's name, not in its place.
WOF_OTHER_ENGLISH = {"Bac Can", "Dac Nong"}
ROMANISED_KHMER = {"Prey Nokor"}
WOF_REGION_OF_HUE = "Thừa Thiên Huế"


@dataclass(frozen=True, slots=True)
class WofPlace:
    """A record of Who's On First: its names as (language, kind, text) and its ids elsewhere."""

    parent: str
    iso: str
    wikidata: str
    geonames: str
    own_name: str
    names: tuple[tuple[str, str, str], ...]

    def vietnamese(self) -> str:
        """Return the preferred Vietnamese name without type words, else the record's own name."""
        for language, kind, text in self.names:
            if (language, kind) == ("vie", "preferred"):
                return WRAPPERS.sub("", text)
        return self.own_name


def add_nso_spellings(facts: Facts, rows: list[tuple[str, str]], commune_ids: dict[str, str]) -> None:
    """Add the old communes' names where the conversion table spells them otherwise than the catalogue."""
    known = defaultdict(list)
    for version in facts.versions:
        known[version["id"]].append(version["name"])
    for code, name in sorted(set(rows) - WRONG_CODES):
        entity_id = commune_ids[code]
        if not any(says_nothing_new(name, official) for official in known[entity_id]):
            facts.names.append(_name(entity_id, name, "vi", "alias", CONVERSION))
            known[entity_id].append(name)


def read_wof(path: Path, placetype: str) -> dict[str, WofPlace]:
    """Return the current records of a place type, by their Who's On First id."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["placetype"] == placetype and row["is_current"] == "1" and row["iso"] != "VN-15":
                grouped[row["wof_id"]].append(row)
    return {
        wof_id: WofPlace(
            parent=rows[0]["parent_id"],
            iso=rows[0]["iso"],
            wikidata=rows[0]["wd_id"],
            geonames=rows[0]["gn_id"],
            own_name=next(row["name"] for row in rows if row["kind"] == "wof"),
            names=tuple((row["lang"], row["kind"], clean(row["name"])) for row in rows if row["kind"] != "wof"),
        )
        for wof_id, rows in grouped.items()
    }


def add_province_names(
    facts: Facts, provinces: dict[str, Unit], ids: dict[str, str], wof: dict[str, WofPlace], cldr: Path
) -> dict[str, str]:
    """Add names and ids of the provinces of before the reform; return their codes by Who's On First id."""
    code_of = {bare_key(unit.name): code for code, unit in provinces.items()}
    code_of[bare_key(WOF_REGION_OF_HUE)] = next(c for c, u in provinces.items() if u.name == "Huế")
    english = _cldr_names(cldr)
    matched = {}
    for wof_id, place in wof.items():
        code = code_of.get(bare_key(place.vietnamese()))
        if code is None:
            raise ValueError(f"Who's On First {wof_id} is no province of ours: {place.vietnamese()}")
        matched[wof_id] = code
        official = WOF_REGION_OF_HUE if provinces[code].name == "Huế" else provinces[code].name
        facts.names += _names_of(ids[code], official, place, english[place.iso])
        _add_identifiers(facts, ids[code], place)
    return matched


def add_attested_names(facts: Facts) -> None:
    """Add the names found in print, each with its page, and the ids of units that other registers' lists have."""
    facts.sources += table("attested_sources")
    facts.names += table("attested_names")
    facts.identifiers += table("unit_identifiers")


def copy_names_to_successors(facts: Facts, pairs: list[tuple[str, str]]) -> None:
    """Give a province formed in 2025 the lasting other names, and the Wikidata item, of the one whose name it took.

    Then the names that are spelt like an official one get its dates.
    """
    lasting = [row for row in facts.names if not (row.get("valid_from") or row.get("valid_to"))]
    for old_id, new_id in pairs:
        facts.names += [{**row, "id": new_id} for row in lasting if row["id"] == old_id]
        _hand_on_items(facts, old_id, new_id)
    _date_names_like_the_official(facts)


def _hand_on_items(facts: Facts, old_id: str, new_id: str) -> None:
    """End the Wikidata items of a province and give them to its successor: Wikidata has one item for both."""
    for row in [row for row in facts.identifiers if row["id"] == old_id and row["scheme"] == "wikidata"]:
        row["valid_to"] = REFORM
        item = {"id": new_id, "valid_from": REFORM, "valid_to": "", "source_id": PROVINCE_ITEMS}
        facts.identifiers.append({**row, **item})


def add_district_names(
    facts: Facts,
    districts: dict[str, Unit],
    ids: dict[str, str],
    *,
    provinces: dict[str, Unit],
    wof: dict[str, WofPlace],
    province_of_region: dict[str, str],
) -> None:
    """Add the few foreign names of districts, and ids where province and name leave no doubt."""
    ours = defaultdict(list)
    for code, unit in districts.items():
        ours[unit.parent, bare_key(unit.name)].append(code)
    shared = Counter(place.wikidata for place in wof.values())
    theirs = defaultdict(list)
    for place in wof.values():
        # A Wikidata id on two records is wrong on one of them, and nothing here says on which.
        if shared[place.wikidata] > 1:
            place = replace(place, wikidata="")  # noqa: PLW2901
        if place.parent in province_of_region and bare_key(place.own_name) == bare_key(place.vietnamese()):
            theirs[province_of_region[place.parent], bare_key(place.own_name)].append(place)
    for key, places in theirs.items():
        if len(places) == len(ours.get(key, ())) == 1:
            _add_identifiers(facts, ids[ours[key][0]], places[0])
    code_of = {unit.name: code for code, unit in provinces.items()}
    # Of the names of districts in the record, those found to be names of the place; ``district`` is a bare key.
    for row in table("wof_district_names"):
        (code,) = ours[code_of[row["province"]], row["district"]]
        facts.names.append(_name(ids[code], row["text"], row["language"], row["kind"], WOF))


def _date_names_like_the_official(facts: Facts) -> None:
    """Give a province's foreign names that are its Vietnamese one the days of that name.

    Without them they would be its names after its end too, and on the days before it was formed.
    """
    borne = defaultdict(list)
    for version in sorted(facts.versions, key=lambda row: row["valid_from"]):
        if version["id"].startswith("vn-province-"):
            borne[version["id"], tone_key(version["name"])].append(version)
    for number, row in enumerate(facts.names):
        versions = borne.get((row["id"], tone_key(row["text"])))
        if versions and row["language"] in {"en", "fr"}:
            dates = {"valid_from": versions[0]["valid_from"], "valid_to": versions[-1]["valid_to"]}
            facts.names[number] = {**row, **dates}


def _names_of(entity_id: str, official: str, place: WofPlace, english: str) -> Iterator[Row]:
    """Yield a province's English and French names, equal to the Vietnamese or not, and what else it is called."""
    yield _name(entity_id, english, "en", "exonym", CLDR)
    seen = {("vi", tone_key(official)), ("en", tone_key(english))}
    has_french = False
    for text, language, kind in _wof_names(place):
        key = (language, tone_key(text) if language != "km" else text)
        if key not in seen and not (language != "km" and says_nothing_new(text, official)):
            yield _name(entity_id, text, language, kind, WOF)
            seen.add(key)
            has_french |= language == "fr"
    if not has_french:
        yield _name(entity_id, _preferred_french(place), "fr", "exonym", WOF)


def _preferred_french(place: WofPlace) -> str:
    return next(WRAPPERS.sub("", text) for lang, kind, text in place.names if (lang, kind) == ("fra", "preferred"))


def _wof_names(place: WofPlace) -> Iterator[tuple[str, str, str]]:
    for lang, _, raw in place.names:
        if lang not in WOF_LANGUAGES or raw in WOF_WRONG:
            continue
        text = WRAPPERS.sub("", raw)
        language = "km-Latn" if text in ROMANISED_KHMER else WOF_LANGUAGES[lang]
        if text in WOF_MISSPELT:
            yield text, language, "misspelling"
        elif text in WOF_HISTORIC:
            yield text, language, "historic"
        elif text in WOF_OTHER_ENGLISH:
            yield text, language, "alias"
        else:
            yield text, language, "alias" if language == "vi" else "exonym"


def _add_identifiers(facts: Facts, entity_id: str, place: WofPlace) -> None:
    ended = {row["id"] for row in facts.versions} - {row["id"] for row in facts.versions if not row["valid_to"]}
    until = REFORM if entity_id in ended else ""
    for scheme, value, valid_to in (
        ("iso3166-2", place.iso, until),
        ("wikidata", place.wikidata, ""),
        ("geonames", place.geonames, ""),
    ):
        if value:
            facts.identifiers.append(
                {"id": entity_id, "scheme": scheme, "value": value, "valid_to": valid_to, "source_id": WOF}
            )


def _cldr_names(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["code"].startswith("vn")]
    return {f"VN-{row['code'][2:].upper()}": clean(row["name"]) for row in rows}


def _name(entity_id: str, text: str, language: str, kind: str, source_id: str) -> Row:
    return {"id": entity_id, "text": text, "language": language, "kind": kind, "source_id": source_id}
