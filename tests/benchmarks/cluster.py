"""A table of mentions of people to group: as many as a year of press reports, of people who do not exist.

    python -m tests.benchmarks.cluster mentions.csv 100000     # writes such a table

Their names are put together from the words of the gazetteer's names, family names by how many people bear them.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from random import Random

from tests.eval.clusters import noisy
from tests.eval.pairs import people

SEED = 2026
ROWS = 100_000
MENTIONS_EACH = 4
ORGANISATIONS = 400
CAMBODIAN = 0.2
COMMON = {"Nguyễn": 38, "Trần": 11, "Lê": 9, "Phạm": 7, "Hoàng": 5, "Phan": 4, "Vũ": 4, "Đặng": 2, "Bùi": 2, "Đỗ": 1}


def write_rows(path: Path, rows: int = ROWS) -> None:
    """Write a table with the columns id, official, organisation, date and person (who is meant)."""
    rng = Random(SEED)
    words = {country: [name.split() for name in _names(country)] for country in ("vn", "kh")}
    everybody = [_person(words, rng) for _ in range(max(1, rows // MENTIONS_EACH))]
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["id", "official", "organisation", "date", "person"])
        for number in range(rows):
            person = rng.randrange(len(everybody))
            country, name, organisations = everybody[person]
            date = f"{rng.randrange(2011, 2026)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
            writer.writerow([number, noisy(name, country, rng), rng.choice(organisations), date, person])


def _names(country: str) -> list[str]:
    """Return names of the gazetteer's people with at least two words in Latin letters."""
    names = (names[0] for id_, names in sorted(people().items()) if id_.startswith(country))
    return [name for name in names if len(name.split()) > 1 and name[0] < "\u1780"]


def _person(words: dict[str, list[list[str]]], rng: Random) -> tuple[str, str, list[str]]:
    country = "kh" if rng.random() < CAMBODIAN else "vn"
    known = words[country]
    if country == "kh":
        parts = [rng.choice(known)[0], rng.choice(known)[-1] + rng.choice(("", "", rng.choice(known)[-1].lower()))]
    else:
        family = rng.choices(list(COMMON), list(COMMON.values()))[0] if rng.random() < 0.8 else rng.choice(known)[0]
        parts = [family, rng.choice(known)[1], rng.choice(known)[-1]]
    return country, " ".join(parts), [f"Office {rng.randrange(ORGANISATIONS)}" for _ in range(rng.choice((1, 1, 2)))]


if __name__ == "__main__":
    write_rows(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ROWS)
