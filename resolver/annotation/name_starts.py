"""Capitalised words of a text that begin like the name of a person."""

from __future__ import annotations

import re
from functools import cache

from resolver.annotation.folding import UPPER
from resolver.text import persons, vietnamese
from resolver.text.name_words import is_borne
from resolver.text.words import rows

__all__ = [
    "begins_foreign_name",
    "begins_person",
    "begins_with_surname",
    "is_cambodian_family",
    "is_followed_by_capital",
]

_TWO_WORDS = re.compile(rf"([{UPPER}][^\W\d_]+) [{UPPER}]")

_CAPITAL_BEHIND = re.compile(rf"[ -][{UPPER}]")


def begins_person(plain: str, at: int) -> bool:
    """Whether two capitalised words at a position begin like a name: a family name, or the name of somebody known."""
    words = _TWO_WORDS.match(plain, at)
    return words is not None and (is_borne(words[1]) or begins_with_surname(words[1]))


def begins_with_surname(word: str) -> bool:
    """Whether the first word of a text is a family name of Vietnam."""
    names = persons.parse(word)
    return bool(names) and persons.is_surname(names[0].words[0], typed=names[0].style == "native")


def begins_foreign_name(plain: str, at: int) -> bool:
    """Whether two capitalised words begin at a position, of which the first is in no Vietnamese name."""
    words = _TWO_WORDS.match(plain, at)
    return words is not None and not vietnamese.is_syllable(words[1])


def is_followed_by_capital(plain: str, at: int) -> bool:
    """Return whether a word with a capital stands right behind a position.

    >>> is_followed_by_capital("King Norodom", 4), is_followed_by_capital("King of", 4)
    (True, False)
    """
    return _CAPITAL_BEHIND.match(plain, at) is not None


def is_cambodian_family(word: str) -> bool:
    """Return whether a word is a family name common in Cambodia, in Latin letters.

    >>> is_cambodian_family("Norodom"), is_cambodian_family("Kampot")
    (True, False)
    """
    return word.lower() in _cambodian()


@cache
def _cambodian() -> frozenset[str]:
    return frozenset(row["name"].lower() for row in rows("cambodian_surnames.csv"))
