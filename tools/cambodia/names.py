"""Names of the units: official ones, those read in print, and those of CLDR."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tools.cambodia.read import CLDR, LOCATIONS, NCDD, PUMI, TITLES, UNGEGN, Row, facts, read_csv, read_pumi
from tools.cambodia.spelling import alike, bare, clean, key
from tools.cambodia.units import Unit
from tools.tables import slug

#: Foreign names that the province and its town share, so that neither can be taken for granted.
OF_PROVINCE_AND_TOWN = frozenset({"Sihanoukville"})

#: Traditional names that mean a mountain or a region as often as the unit.
WEAK_ATTESTED = frozenset({"Tà Lơn", "Hải Tây", "Kỳ Tô", "Bình Xiêm"})

#: What titles of articles have beside the name: the kind of unit, or what tells it from others.
BESIDE_NAME = re.compile(r"\s+(?:province|district|municipality|section|commune)$|\s*\(.*\)$|^khan\s+", re.IGNORECASE)


class Names:
    """Collects names, dropping what a key or a folded key already reaches."""

    def __init__(self, units: dict[str, Unit]) -> None:
        self.units = units
        self.rows: list[Row] = []
        self.known = {code: {key(unit.latin)} for code, unit in units.items()}
        self.stored: set[tuple[str, str, str]] = set()

    def add(
        self, code: str, text: str, language: str, kind: str, source: str, *, always: bool = False, weak: str = ""
    ) -> None:
        """Add a name; ``always`` keeps it where only its language is new."""
        text = clean(text)
        kind = "alias" if text in OF_PROVINCE_AND_TOWN else kind
        known = self.known[code]
        # An accentless form of a name that is stored with accents is found by folding.
        reached = key(text) in known or (text.isascii() and key(text) in map(bare, known))
        if not text or (code, language, key(text)) in self.stored or (reached and not always):
            return
        self.stored.add((code, language, key(text)))
        known.add(key(text))
        row = {"id": self.units[code].id, "text": text, "language": language, "kind": kind, "weak": weak}
        if kind == "historic" and source in {NCDD, LOCATIONS}:
            # What the unit was called before it was renamed; other old names were in use for longer.
            row["valid_to"] = max((s.date for s in self.units[code].steps if "name" in s.before), default="")
        self.rows.append(row | {"source_id": source})


def official_names(names: Names) -> None:
    """Add the Khmer names, and Latin and Khmer spellings of the other official list."""
    for code, unit in names.units.items():
        source = unit.source if unit.ends else PUMI
        names.add(code, unit.khmer, "km", "official", source)
        names.add(code, unit.other_khmer, "km", "alias", NCDD)
        names.add(code, unit.misprint, "km-Latn", "misspelling", NCDD)
        names.add(code, unit.other_latin, "km-Latn", "transliteration", PUMI)


def printed_names(names: Names, folder: Path) -> Iterator[Row]:
    """Add spellings read in print; yield the sources of those listed with the places they were seen."""
    for row in facts("names"):
        names.add(row["code"], row["text"], row["language"], row["kind"], row["source_id"], weak=row["weak"])
    kinds = {row["kind_there"]: row for row in facts("attested_kinds")}
    seen: dict[str, list[str]] = defaultdict(list)
    for row in read_csv(folder / "vi_attested_spellings.csv"):
        source = spelling_source(row["where_seen"])
        seen[row["where_seen"]].append(row["spelling"])
        weak = "yes" if row["spelling"] in WEAK_ATTESTED else ""
        ours = kinds[row["kind"]]
        names.add(row["target_code"], row["spelling"], ours["language"], ours["kind"], source, weak=weak)
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


def cldr_names(names: Names, folder: Path) -> None:
    """Add the English name of each province."""
    by_iso = {unit.iso.replace("-", "").lower(): code for code, unit in names.units.items() if unit.iso}
    for row in read_csv(folder / "cldr48_subdivisions_kh_vn_la.csv"):
        if row["code"] in by_iso:
            names.add(by_iso[row["code"]], row["name"], "en", "exonym", CLDR, always=True)


def linked_names(names: Names, folder: Path) -> None:
    """Add UNGEGN's romanisations that pumi has, and the English names in the titles of articles that it links to.

    A title that is spelt quite otherwise, or as the unit's province is called, is of another place.
    """
    for code, entry in read_pumi(folder):
        names.add(code, entry["name"].get("ungegn", ""), "km-Latn", "transliteration", UNGEGN)
        title = unquote(entry.get("links", {}).get("wikipedia", "").rpartition("/")[2]).replace("_", " ")
        names.add(code, named_in(title, code, names), "en", "alias", TITLES)


def named_in(title: str, code: str, names: Names) -> str:
    """Return the spelling of a unit's own name in the title of an article, or nothing."""
    name = clean(BESIDE_NAME.sub("", BESIDE_NAME.sub("", title)))
    own = names.units[code].latin
    longer = bare(name) != bare(own) and name.startswith(own)
    of_province = len(code) == 2 or key(name) in names.known[code[:2]]
    return name if name.isascii() and alike(name, own, least=0.75) and not longer and not of_province else ""
