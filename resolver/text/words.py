"""Words of the tables in this folder: how they are read and compared."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from resolver.text import keys, vietnamese

__all__ = ["FOLDER", "TOKEN", "folded", "phrased", "rows"]

FOLDER = Path(__file__).parent
"""The folder of the tables of words."""

TOKEN = re.compile(r"[^\W\d_]+|\d+")
"""A word or a number."""

folded = lru_cache(maxsize=16_384)(keys.fold)
"""Fold a word, cached because syllables recur."""


@lru_cache(maxsize=65_536)
def phrased(words: tuple[str, ...]) -> str:
    """Return words in the form used to compare type words and roles: lower case, tone marks in one position."""
    return vietnamese.normalise(" ".join(words)).lower()


def rows(file: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of words; lines that begin with ``#`` give its source."""
    with (FOLDER / file).open(encoding="utf-8", newline="") as handle:
        lines = csv.reader(line for line in handle if not line.startswith("#"))
        header = next(lines)
        yield from (dict(zip(header, cells, strict=True)) for cells in lines if cells)
