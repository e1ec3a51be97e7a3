"""What people are by calling, as told before their names: ca sĩ, coach, l'avocat.

The words are data: ``callings.csv`` among the other tables of words.
"""

from __future__ import annotations

from functools import cache

from resolver.text import keys
from resolver.text.words import rows

__all__ = ["is_bare_syllable", "is_private"]


def is_private(word: str) -> bool:
    """Return whether somebody of a calling is not the office-holder of the same name, as far as one can tell.

    >>> is_private("Singer"), is_private("suspect")
    (True, False)
    """
    return str(keys.fold(word)) in _private()


def is_bare_syllable(word: str) -> bool:
    """Return whether a word is a Vietnamese one only without its diacritics, and so may be any other: chị, địa chỉ.

    >>> is_bare_syllable("chi"), is_bare_syllable("anh"), is_bare_syllable("ca si")
    (True, False, False)
    """
    return word.lower() in _bare()


@cache
def _bare() -> frozenset[str]:
    words = [row for row in rows("callings.csv") if " " not in row["word"]]
    bare = {str(keys.fold(row["word"])) for row in words if row["language"] == "vi"}
    return frozenset(bare - {row["word"].lower() for row in words})


@cache
def _private() -> frozenset[str]:
    return frozenset(str(keys.fold(row["word"])) for row in rows("callings.csv") if row["private"])
