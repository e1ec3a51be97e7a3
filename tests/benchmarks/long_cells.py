"""A table of few rows with much text in each: a column of whole articles beside that of the mentions.

python -m tests.benchmarks.long_cells table.csv     # writes such a table
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from random import Random

from tests import samples

__all__ = ["ROWS", "write_rows"]

ROWS, BYTES = 8_000, 50_000


def write_rows(path: Path, rows: int = ROWS, size: int = BYTES) -> None:
    """Write a table with the columns id, place and article, which begins with the place and has ``size`` bytes."""
    rng = Random(samples.SEED)
    names = sorted({row.text for row in samples.name_rows() if row.type == "commune"})
    words = [word for name in names for word in name.split()]
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["id", "place", "article"])
        for number in range(rows):
            place = rng.choice(names)
            text = " ".join([place, *rng.choices(words, k=size // 4)])
            writer.writerow([number, place, text.encode()[:size].decode(errors="ignore")])


if __name__ == "__main__":
    write_rows(Path(sys.argv[1]))
