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
    ids = [f"zz-commune-{number}" for number in range(len(names))]
    rows: dict[str, list[dict[str, str]]] = {
        "entities": [{"id": id_, "type": "commune", "country": "VN", "source_id": source} for id_ in ids],
        "versions": [
            {
                "id": id_,
                "local_type": "xã",
                "name": name,
                "language": "vi",
                "parent_id": PROVINCE,
                "source_id": source,
            }
            for id_, name in zip(ids, names, strict=True)
        ],
    }
    for table, added in rows.items():
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as handle:
            columns = next(csv.reader(handle))
        with path.open("a", encoding="utf-8", newline="") as handle:
            csv.DictWriter(handle, columns, lineterminator="\n").writerows(added)
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
