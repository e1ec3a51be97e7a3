"""Words beside the name of a person that tell of them: callings, kin, an age, a birth, a home.

The words are data: ``about_people.csv`` in this folder says what each of them means, in cells and in running text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from resolver.text import keys, khmer
from resolver.text.words import rows

__all__ = ["Kind", "Word", "either", "is_bare_syllable", "is_private", "longest_first", "words"]

Kind = Literal[
    "calling", "address", "kin", "staff", "assistant", "of", "joins", "age", "aged", "born", "residence",
    "trade", "work", "worker", "official", "post", "firm", "blank",
]  # fmt: skip


class Word(NamedTuple):
    """A word beside a name: see the table for the meaning of ``kind``, ``private`` and ``anywhere``."""

    text: str
    language: str
    kind: str
    private: bool
    anywhere: bool


@cache
def words(*kinds: Kind) -> tuple[Word, ...]:
    """Return the words of some kinds.

    >>> [word.text for word in words("of") if word.language == "en"]
    ['of', 'to']
    """
    return tuple(word for word in _every() if word.kind in kinds)


def longest_first(found: tuple[Word, ...]) -> list[str]:
    """Return the texts of some words for a pattern: a longer word before one that it begins with."""
    return sorted((word.text for word in found), key=len, reverse=True)


def either(found: tuple[Word, ...], *, native: bool = False) -> str:
    """Return the pattern of one of some words, of those in Latin or of those in Khmer letters (``native``)."""
    mine = tuple(word for word in found if (word.language == "km") == native)
    return "|".join(khmer.normalise(text) if native else re.escape(text) for text in longest_first(mine))


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
def _every() -> tuple[Word, ...]:
    return tuple(
        Word(row["word"], row["language"], row["kind"], bool(row["private"]), bool(row["anywhere"]))
        for row in rows("about_people.csv")
    )


@cache
def _private() -> frozenset[str]:
    return frozenset(str(keys.fold(word.text)) for word in words("calling", "address") if word.private)


@cache
def _bare() -> frozenset[str]:
    single = [word for word in words("calling", "address") if " " not in word.text]
    bare = {str(keys.fold(word.text)) for word in single if word.language == "vi"}
    return frozenset(bare - {word.text.lower() for word in single})
