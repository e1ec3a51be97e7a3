"""Words as the tables beside these modules are read and compared by."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from resolver.text import keys, vietnamese

__all__ = ["FOLDER", "TOKEN", "folded", "phrased", "rows"]

FOLDER = Path(__file__).parent
"""Where the tables of words are."""

TOKEN = re.compile(r"[^\W\d_]+|\d+")
"""A word or a number."""

folded = lru_cache(maxsize=16_384)(keys.fold)
"""A word folded: syllables recur."""


@lru_cache(maxsize=65_536)
def phrased(words: tuple[str, ...]) -> str:
    """Return words as type words and roles are compared: in lower case, tone marks in one place."""
    return vietnamese.normalise(" ".join(words)).lower()


def rows(file: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of words; lines that begin with ``#`` say where it comes from."""
    with (FOLDER / file).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(line for line in handle if not line.startswith("#"))
