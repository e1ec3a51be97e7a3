"""How a mention is spelt beside a name: diacritics, blanks, sound."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

import jellyfish
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from resolver.text import keys, khmer, numerals, vietnamese

__all__ = [
    "accents",
    "good",
    "letter_off",
    "letters_swapped",
    "metaphone",
    "near",
    "same_number",
    "spacing",
    "stray_marks",
    "tones_apart",
]


# A letter whose mark is no rising tone, which alone may go without saying.
_MARKED = re.compile("[ăâđêôơưàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵ]", re.IGNORECASE)


def accents(core: str, name: str, is_vietnamese: bool, *, exact: bool) -> str:
    """Return how the diacritics of a mention agree with a name's: as ``vietnamese.accents``, ``lost`` or ``words``.

    ``lost``: some of the name's are missing where others are written, and none contradicts. ``words``: the name was
    found by its words, whose letters can't be compared one by one. ``exact`` says that the two have equal keys.
    """
    if core == name or core.lower() == name.lower():
        return "same"
    if not exact:
        return "same" if khmer.is_khmer(name) else "words"
    if core.isascii():
        if name.isascii():
            return "same"
        if _MARKED.search(name):
            return "bare"
    return _accents(core, name, is_vietnamese)


@lru_cache(maxsize=65_536)
def _accents(core: str, name: str, is_vietnamese: bool) -> str:
    if khmer.is_khmer(name):
        return "same"
    try:
        accents = vietnamese.accents(core, name)
    except ValueError:
        return "words"  # Matched on its words in another order: letters can't be compared one by one.
    if accents == "contrast" and _only_lost(core, name):
        return "lost"
    # Added to a foreign name diacritics are a respelling; a bare Vietnamese name has the level tone, which is a tone.
    return "contrast" if accents == "extra" and is_vietnamese else accents


def _only_lost(core: str, name: str) -> bool:
    """Whether every mark of a mention is one of the name's, so that nothing typed contradicts it."""
    typed, meant = (vietnamese.marks(vietnamese.normalise(text)) for text in (core, name))
    pairs = zip(typed, meant, strict=False)
    return all(set(ours) <= set(theirs) for ours, theirs in pairs)


@lru_cache(maxsize=65_536)
def tones_apart(core: str, name: str) -> int:
    """Return in how many letters two texts of equal letters differ, if only in their tones; else a great number."""
    typed, meant = (vietnamese.marks(vietnamese.normalise(text)) for text in (core, name))
    if len(typed) != len(meant):
        return 99
    pairs = [(ours, theirs) for ours, theirs in zip(typed, meant, strict=True) if ours != theirs]
    plain = str.maketrans("", "", "`'?~.")
    return len(pairs) if all(ours.translate(plain) == theirs.translate(plain) for ours, theirs in pairs) else 99


def spacing(core: str, name: str) -> str:
    """Return how the blanks of two texts with equal letters agree: ``same``, ``joined`` or ``cut`` elsewhere."""
    if core.lower() == name.lower():
        return "same"
    typed, meant = keys.fold(core), keys.fold(name)
    if typed == meant:
        return "same"
    ours, theirs = _blanks(typed), _blanks(meant)
    return "joined" if ours <= theirs or theirs <= ours else "cut"


def _blanks(text: str) -> set[int]:
    """Return after how many letters the blanks of a text stand."""
    ends = itertools.accumulate(map(len, text.split()))
    return set(list(ends)[:-1])


@lru_cache(maxsize=65_536)
def good(text: str) -> bool:
    """Return whether every word of a text can be a written syllable of Vietnamese."""
    return all(map(_is_syllable, vietnamese.normalise(text).lower().split()))


_is_syllable = lru_cache(maxsize=16_384)(vietnamese.is_syllable)


def near(word: str, other: str) -> bool:
    """Return whether two folded words differ by a slip of the pen, if by that."""
    return OSA.distance(word, other, score_cutoff=2) <= (1 if len(other) < 4 else 2)


@lru_cache(maxsize=65_536)
def same_number(text: str, name: str) -> bool:
    """Return whether a text may be a misspelling of a name as far as their numbers go: another one is another thing.

    They have the same number, or the word that is a number or letter in one of them may itself be misspelt.

    >>> same_number("Kantuu 1", "Kantueu Muoy"), same_number("Kantueu I", "Kantueu Pir")
    (True, False)
    >>> same_number("Kantueu Muy", "Kantueu Muoy"), same_number("Kantueu", "Kantueu 1")
    (True, False)
    """
    ours, theirs = numerals.number_of(text), numerals.number_of(name)
    if ours == theirs:
        return True
    return not (ours and theirs) and len(keys.fold(text).split()) == len(keys.fold(name).split())


@lru_cache(maxsize=65_536)
def metaphone(text: str) -> str:
    """Return how the folded words of a text sound (Metaphone, Philips 1990)."""
    return jellyfish.metaphone(str(keys.fold(text)))


def marked_apart(cores: Sequence[str], names: Sequence[str]) -> NDArray[np.int32]:
    """Return in how many letters, with their diacritics, misspelt mentions differ from the names beside them.

    0 where the mention has no diacritics.
    """
    ours = ["" if core.isascii() else _letters(core) for core in cores]
    theirs = [_letters(name) if our else "" for our, name in zip(ours, names, strict=True)]
    return np.asarray(process.cpdist(ours, theirs, scorer=OSA.distance, dtype=np.int32), np.int32)


def stray_marks(core: str, name: str, edits: int) -> int:
    """Return how many diacritics of a misspelt mention differ from the name's beyond the misspelt letters."""
    return max(0, int(OSA.distance(_letters(core), _letters(name))) - edits)


@lru_cache(maxsize=65_536)
def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, vietnamese.normalise(text).lower()))


_LONG_WORD, _VERY_LONG_WORD = 5, 8


def letter_off(one: str, other: str) -> bool:
    """Return whether two folded words, one of five letters or more, differ by a letter or two that changed places."""
    return max(len(one), len(other)) >= _LONG_WORD and OSA.distance(one, other, score_cutoff=1) == 1


def letters_swapped(one: str, other: str) -> bool:
    """Return whether two long folded words differ by two letters that changed places, or by one left out.

    Not by one taken for another: in the names of Cambodia that is as a rule another name (Sovannara, Sovannary).
    """
    if max(len(one), len(other)) < _VERY_LONG_WORD:
        return False
    swapped = sorted(one) == sorted(other) or len(one) != len(other)
    return swapped and OSA.distance(one, other, score_cutoff=1) == 1
