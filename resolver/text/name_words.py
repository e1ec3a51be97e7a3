"""Words of names of people and places, with their counts in the gazetteer's own names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache

from resolver.text import keys
from resolver.text.name_counts import surnames
from resolver.text.words import rows

__all__ = ["begins_personal_name", "is_borne", "person_odds"]

_MIDDLE = frozenset({"ba", "dang", "dinh", "huu", "thi", "van"})
"""Middle names, folded: another name has to follow."""


def begins_personal_name(words: Sequence[str]) -> bool:
    """Return whether words are a family name of Vietnam that a given name has to follow, with or without middle names.

    >>> begins_personal_name(("Nguyễn", "Thị")), begins_personal_name(("Nguyễn", "Huệ"))
    (True, False)
    """
    folds = [str(keys.fold(word)) for word in words]
    return bool(folds) and folds[0] in surnames() and _MIDDLE.issuperset(folds[1:])


def is_borne(word: str) -> bool:
    """Return whether people of the gazetteer have a word as a name.

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
