"""Who's On First: which of its regions and counties is which unit, and what their records add."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from tools.cambodia.names import Names
from tools.cambodia.read import PUMI, WOF, Row, facts, read_csv
from tools.cambodia.spelling import TYPE_WORDS, alike, bare, clean, is_khmer, khmer_key
from tools.cambodia.units import Unit


def wof_units(folder: Path) -> dict[str, list[Row]]:
    """Return the names of each Who's On First region and county that is current."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in read_csv(folder / "wof_kh_country_region_county_names.csv"):
        if row["placetype"] != "country" and row["is_current"] == "1":
            found[row["wof_id"]].append(row)
    return found


def province_of(rows: list[Row], wof: dict[str, list[Row]], units: dict[str, Unit]) -> str:
    """Return the code of the province that a region is or a county lies in, or nothing."""
    row = rows[0] if rows[0]["placetype"] == "region" else (wof.get(rows[0]["parent_id"]) or [{}])[0]
    if row.get("hasc") == "KH.TB":  # Tboung Khmum has no ISO code there yet
        return "25"
    return next((code for code, unit in units.items() if unit.iso and unit.iso == row.get("iso")), "")


def match_counties(wof: dict[str, list[Row]], units: dict[str, Unit]) -> dict[str, tuple[str, bool]]:
    """Return for each county the district it stands for, and whether the Khmer name proves it."""
    found = {}
    for wof_id, rows in wof.items():
        province = province_of(rows, wof, units)
        if rows[0]["placetype"] != "county" or not province:
            continue
        districts = [c for c, u in units.items() if u.level == "district" and c[:2] == province and not u.ends]
        khmer = {khmer_key(r["name"]) for r in rows if is_khmer(r["name"])}
        latin = {bare(TYPE_WORDS.sub("", r["name"])) for r in rows if r["lang"] == "eng" and r["kind"] == "preferred"}
        proved = [c for c in districts if khmer_key(units[c].khmer) in khmer]
        spelt = [c for c in districts if {bare(units[c].latin), bare(units[c].other_latin)} & latin]
        if len(proved) == 1 and (not spelt or spelt == proved):
            found[wof_id] = (proved[0], True)
        elif not khmer and len(spelt) == 1:
            found[wof_id] = (spelt[0], False)
    taken = Counter(code for code, _ in found.values())
    return {wof_id: match for wof_id, match in found.items() if taken[match[0]] == 1}


def wof_names(names: Names, wof: dict[str, list[Row]], counties: dict[str, tuple[str, bool]]) -> None:
    """Add names in Vietnamese, French, English and Khmer that are spellings of the unit's own name."""
    languages = {"vie": "vi", "fra": "fr", "eng": "en", "khm": "km"}
    wrong = {(row["code"], row["name"]) for row in facts("wof_errors")}
    for wof_id, rows in wof.items():
        region = rows[0]["placetype"] == "region"
        code = province_of(rows, wof, names.units) if region else counties.get(wof_id, ("", False))[0]
        for row in rows if code else ():
            language, text = languages.get(row["lang"]), clean(TYPE_WORDS.sub("", clean(row["name"])))
            if not language or (code, text) in wrong or is_khmer(text) != (language == "km"):
                continue
            official = names.units[code].latin
            if language == "km":
                names.add(code, text, "km", "alias", WOF)
            elif row["kind"] == "preferred" and language in {"vi", "fr"} and region:
                names.add(code, text, language, "exonym", WOF, always=True)
            elif region or alike(text, official, least=0.75):
                marked = language != "vi" and bool(re.search(r"[^\x00-\x7fé]", text))
                kind, tag = ("transliteration", "km-Latn") if marked else ("alias", language)
                names.add(code, text, tag, kind, WOF)


def identifiers(
    units: dict[str, Unit], wof: dict[str, list[Row]], counties: dict[str, tuple[str, bool]]
) -> Iterator[Row]:
    """Yield ISO 3166-2 codes and P-codes, and Wikidata and GeoNames ids that stand for one unit only."""
    for unit in units.values():
        if unit.iso:
            yield {"id": unit.id, "scheme": "iso3166-2", "value": unit.iso, "source_id": PUMI}
    known = set()
    for listed in facts("identifiers"):
        known.add((listed["code"], listed["scheme"]))
        identifier = {column: listed[column] for column in ("scheme", "value", "source_id")}
        yield {"id": units[listed["code"]].id, **identifier}
    columns = {"wikidata": "wd_id", "geonames": "gn_id"}
    used = Counter((s, rows[0][c]) for rows in wof.values() for s, c in columns.items())
    for wof_id, rows in wof.items():
        region = rows[0]["placetype"] == "region"
        code, proved = (province_of(rows, wof, units), True) if region else counties.get(wof_id, ("", False))
        for scheme, column in columns.items():
            value = rows[0][column]
            if code and proved and value and (code, scheme) not in known and (region or used[scheme, value] == 1):
                yield {"id": units[code].id, "scheme": scheme, "value": value, "source_id": WOF}
