"""Cambodia: provinces, districts and communes with NCDD codes, their names, identifiers and dated changes.

Units, types and Khmer names are pumi's (state of 2026-06-01), official Latin forms are NCDD's. Changes are those
with a stated basis (``cambodia_facts``); before them a unit's start is left unknown.

Run as ``python -m tools.import_cambodia SOURCES``.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import yaml
from unidecode import unidecode

from tools import cambodia_facts as facts
from tools import cambodia_history as history
from tools.tables import replace, slug

Row = dict[str, str]

LEVELS = {2: "province", 4: "district", 6: "commune"}

#: Words of type, which Who's On First writes before or after many names.
TYPE_WORDS = re.compile(
    r"^(?:krong|khétt|khett|srŏk|srok|khan|ខេត្ត|ស្រុក|ក្រុង|ខណ្ឌ|ឃុំ|tỉnh|province d[e'] ?)\s*"
    r"|\s+(?:province|district|municipality)$",
    re.IGNORECASE,
)

#: Subscript da and ta sound alike and are written for each other.
SUBSCRIPT_DA = ("្ដ", "្ត")

#: Names that Who's On First attaches to the wrong unit or misspells: (code, name).
WRONG_IN_WOF = frozenset({("08", "Phnom Penh"), ("10", "Krachen"), ("0403", "Kampong Cham"), ("0109", "Malaii")})


@dataclass(frozen=True)
class Step:
    """An event of a unit that went on: its date, instrument and source, and the columns that were different before."""

    date: str
    instrument: str
    source: str
    before: Row
    note: str = ""


@dataclass
class Unit:
    """A unit of today (or one that ended) with what the tables need of it."""

    code: str
    local_type: str
    khmer: str
    latin: str
    other_latin: str = ""
    other_khmer: str = ""
    iso: str = ""
    source: str = facts.NCDD
    starts: str = ""
    ends: str = ""
    steps: list[Step] = field(default_factory=list)

    @property
    def level(self) -> str:
        """Return the entity type."""
        return LEVELS[len(self.code)]

    @property
    def id(self) -> str:
        """Return the permanent id."""
        name = slug(self.latin)
        return f"kh-province-{name}" if self.level == "province" else f"kh-{self.level}-{name}-{self.code}"


def clean(text: str) -> str:
    """Return a name as the tables write it: NFC, single spaces, nothing of zero width."""
    text = unicodedata.normalize("NFC", text.replace("\u200b", "").replace("’", "'"))
    return " ".join(text.split())


def key(text: str) -> str:
    """Return what two spellings share that need not both be stored: letters and marks, case folded."""
    return "".join(c for c in clean(text).casefold() if c.isalnum() or unicodedata.category(c)[0] == "M")


def bare(text: str) -> str:
    """Return the key of a Latin name without diacritics."""
    return "".join(c for c in unidecode(text).casefold() if c.isalnum())


def skeleton(text: str) -> str:
    """Return the consonants of a Latin name, which romanisations of one Khmer name mostly share."""
    return re.sub(r"[aeiouyhw]", "", bare(text).replace("v", "b").replace("z", "s"))


def alike(one: str, other: str, *, least: float = 0.6) -> bool:
    """Tell whether two Latin names can be romanisations of one Khmer name."""
    return SequenceMatcher(None, skeleton(one), skeleton(other)).ratio() >= least


def is_khmer(text: str) -> bool:
    """Tell whether a name is in Khmer script."""
    return any("\u1780" <= c <= "\u17ff" for c in text)


def khmer_key(text: str) -> str:
    """Return a Khmer name without its type word, with one of two equivalent subscripts."""
    return key(TYPE_WORDS.sub("", clean(text))).replace(*SUBSCRIPT_DA)


def read_csv(path: Path) -> list[Row]:
    """Return the rows of a source table."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def read_units(folder: Path) -> dict[str, Unit]:
    """Return the units of today and those that ended, by code."""
    ncdd = {row["code"]: row for row in read_csv(folder / "ncdd_2024-10-14_no_villages.csv")}
    units: dict[str, Unit] = {}
    for level in ("provinces", "districts", "communes"):
        text = (folder / "pumi_0.43.0" / f"{level}.yml").read_text(encoding="utf-8")
        for code, entry in yaml.safe_load(text)[level].items():
            latin, khmer = clean(entry["name"]["latin"]), clean(entry["name"]["km"])
            official = ncdd.get(code)
            name = clean(official["name_latin"]) if official else latin
            units[code] = Unit(
                code=code,
                local_type=entry["administrative_unit"]["latin"].lower(),
                khmer=khmer,
                latin=name[0].upper() + name[1:],
                other_latin=latin,
                other_khmer=clean(official["name_km"]) if official else "",
                iso=entry.get("iso3166_2", ""),
                source=facts.NCDD if official else facts.PUMI,
            )
    for code, date, local_type, latin, khmer, source in history.ENDED:
        units[code] = Unit(code, local_type, khmer, latin, source=source, ends=date)
    return units


def parent(units: dict[str, Unit], code: str) -> str:
    """Return the id of the unit above the one with this code."""
    return units[code[:-2]].id if len(code) > 2 else "kh-country-cambodia"


def instrument(short: str) -> str:
    """Return the id of an instrument named in the history, or nothing."""
    return short if not short or short.startswith("kh-") else f"kh-sub-decree-{short}"


def change(date: str, kind: str, between: tuple[str, str], short: str, source: str) -> Row:
    """Return a row of changes ``between`` the id changed and the id that took its place."""
    from_id, to_id = between
    extent = "part" if kind in {"created", "split"} and from_id else "whole"
    row = {"date": date, "kind": kind, "from_id": from_id, "to_id": to_id, "source_id": source}
    return row | {"extent": extent, "instrument_id": instrument(short)}


def created(units: dict[str, Unit]) -> Iterator[Row]:
    """Date the units that were cut from others and yield the changes.

    A unit that ended by it was ``split``; one that went on gave a part to what was ``created``.
    """
    for code, date, short, parents, source in history.CREATED:
        units[code].starts = date
        for origin in parents.split("|"):
            kind = "split" if origin and units[origin].ends == date else "created"
            from_id = units[origin].id if origin else ""
            yield change(date, kind, (from_id, units[code].id), short, source)
            yield from (
                change(other, kind, (from_id, units[code].id), short, where) | {"preferred": "no"}
                for unit, other, where in history.OVERRULED
                if unit == code
            )


def old_codes(folder: Path, units: dict[str, Unit]) -> dict[str, str]:
    """Return the code that each moved commune had before, found by its Khmer name in the history."""
    removed: dict[tuple[str, str], tuple[str, str]] = {}
    for row in read_csv(folder / "pumi_history_no_villages.csv"):
        if row["level"] == "communes" and row["change"] == "removed" and row["code"] not in units:
            name = row["code"][:2], key(row["old_km"])
            # A few codes were renumbered in the snapshots first: the last one removed is the old one.
            removed[name] = max(removed.get(name, ("", "")), (row["date"], row["code"]))
    found: dict[str, str] = {}
    for code, unit in units.items():
        name = code[:2], key(unit.khmer)
        if unit.level == "commune" and name in removed and any(code.startswith(m[0]) for m in history.MOVED):
            found[code] = removed[name][1]
    return found


def altered(units: dict[str, Unit]) -> None:
    """Give the units what was different about them before each event of the history."""
    for codes, date, short, old_type, old_name, old_parent, numbers, source in history.ALTERED:
        before = {"local_type": old_type, "name": old_name, "source_id": source}
        if old_name:
            before["language"] = "km" if is_khmer(old_name) else "km-Latn"
        if old_parent:
            before["parent_id"] = units[old_parent].id
        known = {column: value for column, value in before.items() if value}
        each = codes.split()
        same = numbers.split() if " " in numbers or len(each) == 1 else [numbers] * len(each)
        for code, number in zip(each, same or [""], strict=True):
            old = {"code": number.strip("?")} if number else {}
            units[code].steps.append(Step(date, short, source, known | old))


def moved(units: dict[str, Unit], codes: dict[str, str]) -> None:
    """Give the communes that went to another district with a new code what they were before."""
    for place, date, short, source in history.MOVED:
        for code in [c for c in units if c.startswith(place) and c in codes]:
            old = codes[code]
            # Sroks consist of khums, krongs and khans of sangkats.
            old_type = "khum" if units[old[:4]].local_type == "srok" else "sangkat"
            before = {"local_type": old_type, "parent_id": units[old[:4]].id, "code": old, "source_id": facts.HISTORY}
            note = f"code {old} became {code}"
            units[code].steps.append(Step(date, short, source, before, note))


def lives(units: dict[str, Unit]) -> tuple[list[Row], list[Row]]:
    """Return the versions of all units and the changes between those of one unit.

    Read backwards from today: before each event a unit was what it was after it but for what the event changed.
    """
    rows: list[Row] = []
    changes: list[Row] = []
    for code, unit in units.items():
        state = {
            "id": unit.id,
            "valid_to": unit.ends,
            "local_type": unit.local_type,
            "name": unit.latin,
            "language": "km-Latn",
            "parent_id": parent(units, code),
            "code": code,
            "source_id": unit.source,
        }
        if code.startswith("0509") and unit.level == "commune":
            # NCDD still lists the five communes of the krong as khum; pumi corrects the record.
            start = max(step.date for step in unit.steps)
            rows.append(state | {"valid_from": start, "local_type": "khum", "preferred": "no"})
            state["source_id"] = facts.PUMI
        for step in sorted(unit.steps, key=lambda step: step.date, reverse=True):
            before = state | step.before | {"valid_to": step.date}
            rows.append(state | {"valid_from": step.date})
            changes += told(step, before, state)
            state = before
        rows.append(state | {"valid_from": unit.starts})
        rows += [
            state | {"valid_from": date, "preferred": "no", "source_id": source}
            for place, date, source in history.OVERRULED
            if place == code
        ]
    return rows, changes


def told(step: Step, before: Row, after: Row) -> Iterator[Row]:
    """Yield a change for each column in which two versions of a unit differ."""
    columns = {"retyped": "local_type", "renamed": "name", "reparented": "parent_id"}
    for kind, column in columns.items():
        if before[column] != after[column]:
            row = change(step.date, kind, (after["id"], after["id"]), step.instrument, step.source)
            yield row | {"note": step.note if kind == "reparented" else ""}
    # A code that changes with the parent, or was not recorded, needs no change of its own.
    if before["parent_id"] == after["parent_id"] and before["code"] and before["code"] != after["code"]:
        yield change(step.date, "recoded", (after["id"], after["id"]), step.instrument, step.source)


class Names:
    """Collects names, dropping what a key or a folded key already reaches."""

    def __init__(self, units: dict[str, Unit]) -> None:
        self.units = units
        self.rows: list[Row] = []
        self.known = {code: {key(unit.latin)} for code, unit in units.items()}
        self.stored: set[tuple[str, str, str]] = set()

    def add(self, code: str, text: str, language: str, kind: str, source: str, *, always: bool = False) -> None:
        """Add a name; ``always`` keeps it where only its language is new. Text in [brackets] is weak."""
        weak = "yes" if text.startswith("[") else ""
        text = clean(text.strip("[]"))
        kind = "alias" if text in facts.OF_PROVINCE_AND_TOWN else kind
        known = self.known[code]
        # An accentless form of a name that is stored with accents is found by folding.
        reached = key(text) in known or (text.isascii() and key(text) in map(bare, known))
        if not text or (code, language, key(text)) in self.stored or (reached and not always):
            return
        self.stored.add((code, language, key(text)))
        known.add(key(text))
        row = {"id": self.units[code].id, "text": text, "language": language, "kind": kind, "weak": weak}
        if kind == "historic" and source in {facts.NCDD, facts.LOCATIONS}:
            # What the unit was called before it was renamed; other old names were in use for longer.
            row["valid_to"] = max((s.date for s in self.units[code].steps if "name" in s.before), default="")
        self.rows.append(row | {"source_id": source})


def official_names(names: Names) -> None:
    """Add the Khmer names, and Latin and Khmer spellings of the other official list."""
    for code, unit in names.units.items():
        source = unit.source if unit.ends else facts.PUMI
        names.add(code, unit.khmer, "km", "official", source)
        names.add(code, unit.other_khmer, "km", "alias", facts.NCDD)
        names.add(code, unit.other_latin, "km-Latn", "transliteration", facts.PUMI)


def printed_names(names: Names, folder: Path) -> Iterator[Row]:
    """Add spellings read in print; yield the sources of those listed with the places they were seen."""
    for code, source, language, kind, texts in facts.SPELLINGS:
        for text in texts.split("|"):
            names.add(code, text, language, kind, source)
    seen: dict[str, list[str]] = defaultdict(list)
    for row in read_csv(folder / "vi_attested_spellings.csv"):
        source = spelling_source(row["where_seen"])
        seen[row["where_seen"]].append(row["spelling"])
        language, kind = facts.ATTESTED_KINDS[row["kind"]]
        text = f"[{row['spelling']}]" if row["spelling"] in facts.WEAK_ATTESTED else row["spelling"]
        names.add(row["target_code"], text, language, kind, source)
    cited = {row["source_id"] for row in names.rows}
    for where, spellings in seen.items():
        if spelling_source(where) not in cited:
            continue
        yield {
            "id": spelling_source(where),
            "title": f"Spellings of Cambodian places seen in print: {', '.join(spellings)}",
            "publisher": where.split("/", maxsplit=1)[0].split(" ", maxsplit=1)[0],
            "licence": "single words cited",
            "locator": where,
            "weak": "yes",
        }


def spelling_source(where: str) -> str:
    """Return the id of the source of an attested spelling."""
    return f"seen-{slug(where)[:48].rstrip('-')}-kh"


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
    for wof_id, rows in wof.items():
        region = rows[0]["placetype"] == "region"
        code = province_of(rows, wof, names.units) if region else counties.get(wof_id, ("", False))[0]
        for row in rows if code else ():
            language, text = languages.get(row["lang"]), clean(TYPE_WORDS.sub("", clean(row["name"])))
            if not language or (code, text) in WRONG_IN_WOF or is_khmer(text) != (language == "km"):
                continue
            official = names.units[code].latin
            if language == "km":
                names.add(code, text, "km", "alias", facts.WOF)
            elif row["kind"] == "preferred" and language in {"vi", "fr"} and region:
                names.add(code, text, language, "exonym", facts.WOF, always=True)
            elif region or alike(text, official, least=0.75):
                marked = language != "vi" and bool(re.search(r"[^\x00-\x7fé]", text))
                kind, tag = ("transliteration", "km-Latn") if marked else ("alias", language)
                names.add(code, text, tag, kind, facts.WOF)


def cldr_names(names: Names, folder: Path) -> None:
    """Add the English name of each province."""
    by_iso = {unit.iso.replace("-", "").lower(): code for code, unit in names.units.items() if unit.iso}
    for row in read_csv(folder / "cldr48_subdivisions_kh_vn_la.csv"):
        if row["code"] in by_iso:
            names.add(by_iso[row["code"]], row["name"], "en", "exonym", facts.CLDR, always=True)


def identifiers(
    units: dict[str, Unit], wof: dict[str, list[Row]], counties: dict[str, tuple[str, bool]]
) -> Iterator[Row]:
    """Yield ISO 3166-2 codes and P-codes, and Wikidata and GeoNames ids that stand for one unit only."""
    for unit in units.values():
        if unit.iso:
            yield {"id": unit.id, "scheme": "iso3166-2", "value": unit.iso, "source_id": facts.PUMI}
    for code, scheme, value, source in facts.IDENTIFIERS:
        yield {"id": units[code].id, "scheme": scheme, "value": value, "source_id": source}
    for code in facts.PCODES_READ.split():
        yield {"id": units[code].id, "scheme": "pcode", "value": f"KH{code}", "source_id": facts.PCODES}
    columns = {"wikidata": "wd_id", "geonames": "gn_id"}
    used = Counter((s, rows[0][c]) for rows in wof.values() for s, c in columns.items())
    for wof_id, rows in wof.items():
        region = rows[0]["placetype"] == "region"
        code, proved = (province_of(rows, wof, units), True) if region else counties.get(wof_id, ("", False))
        for scheme, column in columns.items():
            value = rows[0][column]
            if code and proved and value and (region or used[scheme, value] == 1):
                yield {"id": units[code].id, "scheme": scheme, "value": value, "source_id": facts.WOF}


def instruments() -> Iterator[Row]:
    """Yield the royal decrees and sub-decrees that the changes cite."""
    fields = ("id", "number", "title", "issuer", "adopted", "in_force", "source_id")
    yield from (dict(zip(fields, row, strict=True)) for row in history.INSTRUMENTS)
    for number, adopted, short in history.SUB_DECREES:
        row = {"id": instrument(short), "number": number, "title": f"Sub-decree {number}"}
        yield row | {"issuer": "Royal Government of Cambodia", "adopted": adopted, "source_id": facts.NCDD}


def local_types() -> Iterator[Row]:
    """Yield the words for the kinds of places."""
    fields = ("type", "local_type", "official", "en", "fr", "km")
    for row in facts.LOCAL_TYPES:
        yield dict(zip(fields, row, strict=True)) | {"country": "KH", "source_id": facts.PUMI}


def official_counts() -> Iterator[Row]:
    """Yield the numbers of units that were published."""
    fields = ("date", "type", "local_type", "count", "source_id")
    for row in history.COUNTS:
        yield dict(zip(fields, row, strict=True)) | {"country": "KH"}


def main(sources: Path) -> None:
    """Replace the rows of Cambodian places in the gazetteer."""
    folder = sources / "kh"
    units = read_units(folder)
    changes = list(created(units))
    altered(units)
    moved(units, old_codes(folder, units))
    versions, events = lives(units)
    names = Names(units)
    wof = wof_units(folder)
    counties = match_counties(wof, units)
    official_names(names)
    cldr_names(names, folder)
    seen = list(printed_names(names, folder))
    wof_names(names, wof, counties)

    fields = ("id", "title", "publisher", "licence", "date", "locator", "weak", "note")
    listed = [*(dict(zip(fields, source, strict=True)) for source in facts.SOURCES), *seen]
    owned = [source["id"] for source in listed]
    tables: dict[str, Iterable[Row]] = {
        "sources": listed,
        "instruments": instruments(),
        "local_types": local_types(),
        "entities": (
            {"id": unit.id, "type": unit.level, "country": "KH", "source_id": unit.source} for unit in units.values()
        ),
        "versions": versions,
        "names": names.rows,
        "identifiers": identifiers(units, wof, counties),
        "changes": [*changes, *events],
        "official_counts": official_counts(),
    }
    for table, rows in tables.items():
        replace(table, rows, owned=owned)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
