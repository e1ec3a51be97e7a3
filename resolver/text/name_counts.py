"""How common the words of personal names are: family names by the share of people, others by the gazetteer's names.

The tables beside this module, ``name_counts.csv`` and ``vietnamese_surnames.csv``, say where they come from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from resolver.text import keys, khmer, khmer_sounds, vietnamese
from resolver.text.words import rows

__all__ = [
    "begins_personal_name",
    "counts",
    "forms",
    "khmer_surnames",
    "sound_counts",
    "surname_shares",
    "surnames",
    "typed_surnames",
]

_UNKNOWN_SHARE = 0.4
_MIDDLE = frozenset({"ba", "dang", "dinh", "huu", "thi", "van"})
"""Middle names, folded: a given name must follow."""


@cache
def surname_shares() -> dict[str, float]:
    """Return the share of people with a family name, by its folded form; names of one form are added up."""
    shares: dict[str, float] = {}
    for row in rows("vietnamese_surnames.csv"):
        folded = str(keys.fold(row["name"]))
        shares[folded] = shares.get(folded, 0.0) + float(row["share"] or _UNKNOWN_SHARE) / 100
    return shares


@cache
def typed_surnames() -> frozenset[str]:
    """Return the family names of Vietnam as they are written, in lower case."""
    names = {row["name"].lower() for row in rows("vietnamese_surnames.csv")}
    names |= {row["word"] for row in _count_rows() if row["language"] == "vi" and row["family"] != "0"}
    return frozenset(vietnamese.normalise(name) for name in names)


@cache
def surnames() -> frozenset[str]:
    """Return the family names of Vietnam, folded."""
    return frozenset(map(_folded, typed_surnames()))


@cache
def khmer_surnames() -> frozenset[str]:
    """Return the common family names of Cambodia in Khmer script, normalised."""
    return frozenset(khmer.normalise(row["name"]) for row in rows("khmer_surnames.csv"))


def begins_personal_name(words: Sequence[str]) -> bool:
    """Return whether words begin a Vietnamese personal name: a family name, perhaps middle names, no given name.

    >>> begins_personal_name(("Nguyễn", "Thị")), begins_personal_name(("Nguyễn", "Huệ"))
    (True, False)
    """
    folds = [str(keys.fold(word)) for word in words]
    return bool(folds) and folds[0] in surnames() and _MIDDLE.issuperset(folds[1:])


@cache
def counts() -> tuple[Counter[str], int]:
    """Return how often each word occurs in names of people, by its folded form, and the total number of words."""
    found: Counter[str] = Counter()
    for one in _counted_words():
        found[one.fold] += one.family + one.given
    return found, found.total()


@cache
def sound_counts() -> tuple[Counter[str], int]:
    """Return the same for Cambodian names, by how the words sound."""
    found: Counter[str] = Counter()
    for one in _counted_words():
        if one.language == "km":
            found[khmer_sounds.sounds(one.word)[0]] += one.family + one.given
    return found, found.total()


@cache
def forms() -> dict[str, Counter[str]]:
    """Return how often each Vietnamese word is written with which diacritics, by its folded form."""
    forms: dict[str, Counter[str]] = {}
    for one in _counted_words():
        if one.language == "vi":
            forms.setdefault(one.fold, Counter())[one.word] += one.family + one.given + one.places
    return forms


class _Counted(NamedTuple):
    """How often a word occurs in names, and in which role."""

    word: str
    fold: str
    language: str
    family: int
    given: int
    places: int


@cache
def _counted_words() -> list[_Counted]:
    return [
        _Counted(
            row["word"],
            _folded(row["word"]),
            row["language"],
            int(row["family"]),
            int(row["given"]),
            int(row["places"]),
        )
        for row in _count_rows()
    ]


@cache
def _count_rows() -> list[dict[str, str]]:
    return list(rows("name_counts.csv"))


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return str(keys.fold(word))
