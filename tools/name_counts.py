"""Count the words of names in the gazetteer: how common each is, and with which diacritics it is written.

    python -m tools.name_counts

Run it after people were added; the counts weigh the words that two personal names have in common.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

from resolver.gazetteer.reader import bundled_path
from resolver.text import keys, vietnamese

TARGET = Path(__file__).resolve().parent.parent / "resolver" / "text" / "name_counts.csv"
HEADER = """\
# How often a word stands in the gazetteer's names: as the family name of people, elsewhere in their names, and (for
# Vietnam) in names of places. Counted by `python -m tools.name_counts`.
"""
_WORD = re.compile(r"[^\W\d_]+")


def main() -> None:
    """Write the table of counts."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    with (bundled_path() / "versions.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            person = row["id"].split("-")[1] == "person"
            words = _WORD.findall(vietnamese.normalise(row["name"]).lower())
            if row["language"] == "vi":
                for place, word in enumerate(words):
                    part = "places" if not person else "given" if place else "family"
                    counts.setdefault(("vi", word), Counter())[part] += 1
            elif person and row["language"] == "km-Latn":
                for place, word in enumerate(words):
                    counts.setdefault(("km", str(keys.fold(word))), Counter())["given" if place else "family"] += 1
    with TARGET.open("w", encoding="utf-8", newline="") as target:
        target.write(HEADER)
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["language", "word", "family", "given", "places"])
        for (language, word), found in sorted(counts.items()):
            writer.writerow([language, word, *(found[part] for part in ("family", "given", "places"))])


if __name__ == "__main__":
    main()
