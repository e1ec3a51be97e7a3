"""Read the successors of abolished communes: a public table of their names, each with its page."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools.tables import slug
from tools.vietnam.read import Unit
from tools.vietnam.rows import Row
from tools.vietnam.spelling import bare_key

LONGEST_SLUG = 60


def read_aliases(
    folder: Path, provinces: dict[str, Unit], districts: dict[str, Unit], communes: dict[str, Unit]
) -> dict[tuple[str, str], dict[str, str]]:
    """Return by province code and old name (type and name run together, or the name alone) what took it in.

    That is the code, as of 2025-06-30, and the page. Rows without a page are ways of typing, not mergers.
    """
    listed: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for code, unit in communes.items():
        district = districts[unit.parent]
        listed[_full_key(provinces[district.parent]), _full_key(district)][_full_key(unit)] = code
    province_of = {_full_key(unit): code for code, unit in provinces.items()}
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    with (folder / "alias_ward.csv").open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            if not row["source"].startswith("http"):
                continue
            units = listed[row["province_key"], row["district_key"]]
            for name in get_close_matches(bare_key(row["ward_key"]), units, n=1, cutoff=0.85):
                old = found[province_of[row["province_key"]], row["alias_keyword"]]
                old.setdefault(units[name], row["source"])
    return found


def keys_of(local_type: str, name: str) -> list[str]:
    """Return the keys under which a table of aliases may list an old name; a number never without its type."""
    full = bare_key(f"{local_type} {name}")
    return [full] if name.isdecimal() else [full, bare_key(name)]


def page_source(url: str) -> Row:
    """Return the row of ``sources`` for a page on successors of communes."""
    parts = urlsplit(url)
    publisher = parts.netloc.removeprefix("www.")
    path = unquote(parts.path).strip("/") or parts.netloc
    last = re.sub(r"\.(html?|aspx|vov|tpo|htm)$", "", path.split("/")[-1])
    title = " ".join(re.sub(r"[-_]+", " ", last).split())
    place = slug(publisher.split(".")[0] if publisher != "vi.wikipedia.org" else "wikipedia-vi")
    licence = "CC-BY-SA-4.0 (facts taken)" if "wikipedia" in publisher else "facts from a public page, cited"
    return {
        "id": f"vn-page-{place}-{slug(title)[:LONGEST_SLUG].strip('-')}",
        "title": title,
        "publisher": publisher,
        "licence": licence,
        "locator": url,
        "weak": "yes",
        "note": "which commune took in which, as the alias table of vietnamadminunits 1.0.4 (MIT) read it there",
    }


def _full_key(unit: Unit) -> str:
    return bare_key(f"{unit.local_type} {unit.name}")
