"""Names of places outside the countries of the gazetteer: Bắc Kinh, Penang. The table says where they come from."""

from __future__ import annotations

from functools import cache, lru_cache

from resolver.text import keys, vietnamese
from resolver.text.words import rows

__all__ = ["is_foreign_place"]


@lru_cache(maxsize=65_536)
def is_foreign_place(text: str) -> bool:
    """Whether a text is the name of a place abroad: with its diacritics, or without any.

    >>> is_foreign_place("Bắc Kinh"), is_foreign_place("BAC KINH"), is_foreign_place("Bạc Kính")
    (True, True, False)
    >>> is_foreign_place("Penang"), is_foreign_place("Kampot")
    (True, False)
    """
    names = _by_key().get(str(keys.key(text)))
    if not names:
        return False
    return text.isascii() or vietnamese.normalise(text).lower() in names


@cache
def _by_key() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("foreign_places.csv"):
        found.setdefault(str(keys.key(row["name"])), set()).add(vietnamese.normalise(row["name"]).lower())
    return {key: frozenset(names) for key, names in found.items()}
