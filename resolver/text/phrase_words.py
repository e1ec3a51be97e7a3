"""The words of phrases that describe a place, and which of them link, count or tell where: see ``phrases``.

The words are data (``phrases.csv``). Nothing is looked up here but type words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from resolver.text import keys, localities, terms
from resolver.text.words import rows

__all__ = [
    "LINKS",
    "PhraseWord",
    "french_types",
    "is_bare_name",
    "link",
    "past",
    "phrase_at",
    "phrases_by_kind",
    "to_type",
    "type_at",
    "type_before",
    "words_of",
]

_WORD = re.compile(r"[dl]['’](?=\w)|[^\s,;|()'’]+(?:['’](?!s\b)[^\s,;|()'’]+)*", re.IGNORECASE)
_LONGEST_BARE = 3
_LONGEST_TYPE = 3
_LONGEST_PHRASE = 5

LINKS = ("link", "bound", "french")
"""The kinds of words that connect to the larger place."""

_KINDS = (*LINKS, "where", "article", "indefinite", "former", "new", "centre", "centre behind", "island", "inside")


class PhraseWord(NamedTuple):
    """A word of a piece, in lower case, and its position."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[PhraseWord]:
    """Return the words of a text, in lower case."""
    return [PhraseWord(found.group().lower(), found.start(), found.end()) for found in _WORD.finditer(text)]


def type_at(words: Sequence[PhraseWord], at: int) -> int:
    """Return how many words from a position on are a type word; 0 if there is none."""
    for count in range(min(_LONGEST_TYPE, len(words) - at), 0, -1):
        text = " ".join(word.text for word in words[at : at + count])
        if len(text) > 1 and terms.type_word(text):
            return count
    return 0


def type_before(words: Sequence[PhraseWord]) -> int:
    """Return how many words at the end are a type word that may come after a name."""
    for count in range(min(_LONGEST_TYPE, len(words)), 0, -1):
        word = terms.type_word(" ".join(one.text for one in words[-count:]))
        if word and word.after:
            return count
    return 0


def phrase_at(words: Sequence[PhraseWord], at: int, kind: str) -> int:
    """Return how many words from a position on are a phrase of a kind; 0 if there is none."""
    for count in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
        if " ".join(word.text for word in words[at : at + count]).replace("' ", "'") in phrases_by_kind()[kind]:
            return count
    return 0


def link(words: Sequence[PhraseWord], at: int) -> tuple[int, str]:
    """Return how many words from a position on are a link to a larger place, and their kind."""
    return max((phrase_at(words, at, kind), kind) for kind in LINKS)


def past(words: Sequence[PhraseWord], at: int, *kinds: str) -> int:
    """Return the first position from one on where no phrase of some kinds begins."""
    while at < len(words) and (step := max(phrase_at(words, at, kind) for kind in kinds)):
        at += step
    return at


def to_type(words: Sequence[PhraseWord], at: int, *kinds: str) -> tuple[int, bool]:
    """Return where a type word may stand, past articles and adjectives, and whether one of these is “former”.

    Words of some more ``kinds`` may stand before it.
    """
    start = past(words, at, "article", "where before", "new", *kinds)
    named = past(words, start, "former")
    return past(words, named, "where before", "new"), named > start


def is_bare_name(text: str) -> bool:
    """Whether a text is a few capitalised words that are not a word for an institution, a body or an office.

    >>> is_bare_name("Phat Sanday"), is_bare_name("Hospital"), is_bare_name("villagers")
    (True, False, False)
    """
    words = text.split()
    short = 0 < len(words) <= _LONGEST_BARE and all(word.isalpha() and word[0].isupper() for word in words)
    return short and str(keys.fold(text)) not in localities.nouns()


@cache
def phrases_by_kind() -> dict[str, frozenset[str]]:
    """Return the phrases of each kind."""
    found: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    # Before a name with its type word after it, only English words count: Le, La and Biên Giới begin names.
    found["the"] = {"the"}
    found["where before"] = {
        row["words"] for row in rows("phrases.csv") if (row["language"], row["kind"]) == ("en", "where")
    }
    for row in rows("phrases.csv"):
        if row["language"] != "km" and row["kind"] in found:
            found[row["kind"]].add(row["words"])
    return {kind: frozenset(phrases) for kind, phrases in found.items()}


@cache
def french_types() -> frozenset[str]:
    """Return the French type words."""
    return frozenset(row["word"] for row in rows("type_words.csv") if row["language"] == "fr")
