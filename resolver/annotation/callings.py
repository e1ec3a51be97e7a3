"""What people are by calling, as told before their names: ca sĩ, coach, l'avocat.

The words are data: ``callings.csv`` among the other tables of words.
"""

from __future__ import annotations

from functools import cache

from resolver.text import keys
from resolver.text.words import rows

__all__ = ["is_private"]


def is_private(word: str) -> bool:
    """Return whether somebody of a calling is not the office-holder of the same name, as far as one can tell.

    >>> is_private("Singer"), is_private("suspect")
    (True, False)
    """
    return str(keys.fold(word)) in _private()


@cache
def _private() -> frozenset[str]:
    return frozenset(str(keys.fold(row["word"])) for row in rows("callings.csv") if row["private"])
