"""A gazetteer with ten times the names: nine invented communes beside every place, to see what size costs."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

from resolver.gazetteer.reader import bundled_path
from tests import samples

__all__ = ["write"]

FACTOR = 10
PROVINCE = "vn-province-an-giang-2025"


def write(folder: Path) -> Path:
    """Write the tables of the bundled gazetteer to a folder, with the invented communes added."""
    shutil.copytree(bundled_path(), folder)
    names = list(_invented())
    source = samples.tables()["versions"][0]["source_id"]
    rows = {
        "entities": [[f"zz-commune-{number}", "commune", "VN", "", source] for number in range(len(names))],
        "versions": [
            [f"zz-commune-{number}", "", "", "xã", name, "vi", PROVINCE, "", "", "", source]
            for number, name in enumerate(names)
        ],
    }
    for table, added in rows.items():
        with (folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows(added)
    return folder


def _invented() -> Iterator[str]:
    """Yield names that nobody bears, of syllables that names of communes have."""
    rng = Random(samples.SEED)
    known = sorted({row.text for row in samples.name_rows() if row.type == "commune" and row.country == "VN"})
    syllables = [word for name in known for word in name.split() if word.isalpha()]
    taken = set(known)
    wanted = FACTOR * len({row.text for row in samples.name_rows()})
    while len(taken) < wanted:
        name = " ".join(rng.choices(syllables, k=rng.choice((2, 2, 3))))
        if name not in taken:
            taken.add(name)
            yield name
