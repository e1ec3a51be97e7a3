"""Words of names of people and places, with their counts in the gazetteer's own names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache

from resolver.text import keys
from resolver.text.words import rows

__all__ = ["is_borne", "person_odds"]


def is_borne(word: str) -> bool:
    """Return whether a word is in the name of a person of the gazetteer.

    >>> is_borne("Sokha"), is_borne("Security")
    (True, False)
    """
    return _counts("family", "given")[str(keys.fold(word))] > 0


def person_odds(words: Sequence[str]) -> float:
    """Return the log-odds that words are a person's name, family name first, and not the name of a place of Vietnam.

    One word alone counts as a given name.

    >>> person_odds(("Kiên", "Giang")) < 0 < person_odds(("Lâm", "Minh", "Thành"))
    True
    """
    given, places = _counts("given"), _counts("places")
    folds = [str(keys.fold(word)) for word in words]
    odds = [
        _share(_counts("family") if at < len(folds) - 1 and at == 0 else given, fold) for at, fold in enumerate(folds)
    ]
    return sum(odds) - sum(_share(places, fold) for fold in folds)


def _share(counts: Counter[str], word: str) -> float:
    return math.log((counts[word] + 0.5) / counts.total())


@cache
def _counts(*columns: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in rows("name_counts.csv"):
        counts[str(keys.fold(row["word"]))] += sum(int(row[column]) for column in columns)
    return counts
