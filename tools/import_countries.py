"""Countries: every ISO 3166-1 territory that CLDR names, with the forms the press of the region uses.

Names in English, Vietnamese, French and Khmer come from CLDR (through babel), identifiers from CLDR and Who's On
First. The tables in ``tools/countries/`` have the rest: ``countries.csv`` the ids, which stay whatever CLDR calls a
country later; ``names.csv`` long forms, demonyms and press spellings, each with the page or document it was read in.

Run as ``python -m tools.import_countries SOURCES``.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version, get_global

from tools.tables import replace

Row = dict[str, str]

HERE = Path(__file__).resolve().parent / "countries"

#: Alpha-3 codes that ISO has withdrawn but CLDR still maps.
RETIRED = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})

#: The country's own language among the four: its name there is official, elsewhere an exonym.
NATIVE = {"VN": "vi", "KH": "km", "FR": "fr"}

CLDR, WOF = "cldr-territories", "wof-countries"


@cache
def facts(table: str) -> tuple[Row, ...]:
    """Return the rows of one of this import's own tables."""
    with (HERE / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


@cache
def ids() -> dict[str, str]:
    """Return the permanent id of each country by its alpha-2 code of ISO 3166-1."""
    return {row["code"]: row["id"] for row in facts("countries")}


def clean(text: str) -> str:
    """Return a name as the tables write it: NFC, no zero-width spaces, plain apostrophes."""
    return unicodedata.normalize("NFC", text.replace("\u200b", "").replace("’", "'")).strip()


def name_in(language: str, code: str) -> str:
    """Return CLDR's name of a country in a language."""
    return clean(Locale(language).territories[code])


def cldr_names(code: str) -> Iterator[Row]:
    """Yield the Vietnamese, French and Khmer names, and the English one without the sign for "and"."""
    for language in ("vi", "fr", "km"):
        text = name_in(language, code)
        kind = "official" if NATIVE.get(code) == language else "exonym"
        yield {"text": text, "language": language, "kind": kind, "source_id": CLDR}
        if code == "MM":  # CLDR writes both names in one: Myanmar (Burma)
            for part in text.rstrip(")").split(" ("):
                yield {"text": part, "language": language, "kind": "alias", "source_id": CLDR}
    english = name_in("en", code)
    if "&" in english:
        yield {"text": english.replace("&", "and"), "language": "en", "kind": "alias", "source_id": CLDR}


def listed_names() -> Iterator[Row]:
    """Yield the names of ``names.csv``."""
    for row in facts("names"):
        yield {"id": ids()[row["code"]], **{column: row[column] for column in row if column != "code"}}


def alpha_3() -> Iterator[Row]:
    """Yield the alpha-3 codes that CLDR maps to one country each."""
    aliases = {str(alias): targets for alias, targets in get_global("territory_aliases").items()}
    for alias, targets in aliases.items():
        # Among the aliases are UN M49 numbers, withdrawn alpha-2 codes and unions that split.
        if len(alias) == 3 and alias.isalpha() and alias not in RETIRED and len(targets) == 1 and targets[0] in ids():
            yield {"id": ids()[targets[0]], "scheme": "iso3166-1-alpha-3", "value": alias, "source_id": CLDR}


def wof_identifiers(sources: Path) -> Iterator[Row]:
    """Yield the Wikidata and GeoNames ids of Vietnam and Cambodia."""
    for country in ("vn", "kh"):
        path = sources / country / f"wof_{country}_country_region_county_names.csv"
        with path.open(encoding="utf-8", newline="") as handle:
            row = next(r for r in csv.DictReader(handle) if r["placetype"] == "country")
        for scheme, column in (("wikidata", "wd_id"), ("geonames", "gn_id")):
            yield {"id": ids()[country.upper()], "scheme": scheme, "value": row[column], "source_id": WOF}


def main(sources: Path) -> None:
    """Replace the rows of countries in the gazetteer."""
    version = get_cldr_version()
    listed = [row | {"title": row["title"].format(version=version)} for row in facts("sources")]
    entities, versions, names = [], [], []
    for code, identity in ids().items():
        entities.append({"id": identity, "type": "country", "country": code, "source_id": CLDR})
        name = name_in("en", code)
        versions.append({"id": identity, "name": name, "language": "en", "code": code, "source_id": CLDR})
        names += [{"id": identity, **row} for row in cldr_names(code)]
    tables = {
        "sources": listed,
        "entities": entities,
        "versions": versions,
        "names": [*names, *listed_names()],
        "identifiers": [*alpha_3(), *wof_identifiers(sources)],
    }
    owned = [row["id"] for row in listed]
    for table, rows in tables.items():
        replace(table, rows, owned=owned)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
