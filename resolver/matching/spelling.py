"""How the spelling of a mention compares with a name: diacritics, spaces, sound."""

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
    "final_vowel_apart",
    "good",
    "letter_off",
    "letters_swapped",
    "metaphone",
    "near",
    "one_edit",
    "same_number",
    "spacing",
    "stray_marks",
    "tones_apart",
]


# A letter with a mark other than the rising tone; only the rising tone may be left unwritten.
_MARKED = re.compile("[ăâđêôơưàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵ]", re.IGNORECASE)


def accents(core: str, name: str, is_vietnamese: bool, *, exact: bool) -> str:
    """Return how the diacritics of a mention agree with a name's: as ``vietnamese.accents``, ``lost`` or ``words``.

    ``lost``: some of the name's are missing although others are written, and none contradicts. ``words``: the name was
    found by its words, so letters cannot be compared one by one. ``exact`` says that the two have equal keys.
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
        return "words"  # Matched by words in another order: letters cannot be compared one by one.
    if accents == "contrast" and _only_lost(core, name):
        return "lost"
    # On a foreign name, added diacritics are a respelling. A bare Vietnamese syllable has the level tone: also a tone.
    return "contrast" if accents == "extra" and is_vietnamese else accents


def _only_lost(core: str, name: str) -> bool:
    """Whether every mark of a mention is also in the name, so that nothing typed contradicts it."""
    typed, meant = (vietnamese.marks(vietnamese.normalise(text)) for text in (core, name))
    pairs = zip(typed, meant, strict=False)
    return all(set(ours) <= set(theirs) for ours, theirs in pairs)


@lru_cache(maxsize=65_536)
@lru_cache(maxsize=65_536)
def tones_apart(core: str, name: str) -> int:
    """Return in how many letters two texts with equal base letters differ, if only in tones; else a large number."""
    typed, meant = (vietnamese.marks(vietnamese.normalise(text)) for text in (core, name))
    if len(typed) != len(meant):
        return 99
    pairs = [(ours, theirs) for ours, theirs in zip(typed, meant, strict=True) if ours != theirs]
    plain = str.maketrans("", "", "`'?~.")
    return len(pairs) if all(ours.translate(plain) == theirs.translate(plain) for ours, theirs in pairs) else 99


def spacing(core: str, name: str) -> str:
    """Return how the spaces of two texts with equal letters agree: ``same``, ``joined`` or ``cut`` elsewhere."""
    if core.lower() == name.lower():
        return "same"
    typed, meant = keys.fold(core), keys.fold(name)
    if typed == meant:
        return "same"
    ours, theirs = _blanks(typed), _blanks(meant)
    return "joined" if ours <= theirs or theirs <= ours else "cut"


def _blanks(text: str) -> set[int]:
    """Return after how many letters the spaces of a text are."""
    ends = itertools.accumulate(map(len, text.split()))
    return set(list(ends)[:-1])


@lru_cache(maxsize=65_536)
def good(text: str) -> bool:
    """Return whether every word of a text is a possible Vietnamese syllable."""
    return all(map(_is_syllable, vietnamese.normalise(text).lower().split()))


_is_syllable = lru_cache(maxsize=16_384)(vietnamese.is_syllable)


def near(word: str, other: str) -> bool:
    """Return whether two folded words are equal or differ by a typing error."""
    return OSA.distance(word, other, score_cutoff=2) <= (1 if len(other) < 4 else 2)


@lru_cache(maxsize=65_536)
def same_number(text: str, name: str) -> bool:
    """Return whether the numbers in a text and a name allow one to be a misspelling of the other.

    Another number means another entity. So the numbers are equal, or the word for a number or letter may be misspelt,
    but not left out.

    >>> same_number("Kantuu 1", "Kantueu Muoy"), same_number("Kantueu I", "Kantueu Pir")
    (True, False)
    >>> same_number("Kantueu Muy", "Kantueu Muoy"), same_number("Kantueu", "Kantueu 1")
    (True, False)
    >>> same_number("បឹងកេងកងទី", "បឹងកេងកងបី")
    False
    """
    ours, theirs = numerals.number_of(text), numerals.number_of(name)
    if ours == theirs:
        return True
    if theirs and numerals.lacks_number(text):
        return False
    return not (ours and theirs) and len(keys.fold(text).split()) == len(keys.fold(name).split())


@lru_cache(maxsize=65_536)
def metaphone(text: str) -> str:
    """Return the sound of the folded words of a text (Metaphone, Philips 1990)."""
    return jellyfish.metaphone(str(keys.fold(text)))


def marked_apart(cores: Sequence[str], names: Sequence[str]) -> NDArray[np.int32]:
    """Return in how many letters, with diacritics, misspelt mentions differ from the names in the same positions.

    0 if the mention has no diacritics.
    """
    ours = ["" if core.isascii() else _letters(core) for core in cores]
    theirs = [_letters(name) if our else "" for our, name in zip(ours, names, strict=True)]
    return np.asarray(process.cpdist(ours, theirs, scorer=OSA.distance, dtype=np.int32), np.int32)


def stray_marks(core: str, name: str, edits: int) -> int:
    """Return how many diacritics of a misspelt mention differ from the name's, not counting the misspelt letters."""
    return max(0, int(OSA.distance(_letters(core), _letters(name))) - edits)


@lru_cache(maxsize=65_536)
def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, vietnamese.normalise(text).lower()))


_LONG_WORD, _VERY_LONG_WORD = 5, 8


def one_edit(one: str, other: str) -> bool:
    """Return whether two texts differ by one letter, or by two letters swapped.

    >>> one_edit("aphong", "haphong"), one_edit("phong", "phong")
    (True, False)
    """
    return OSA.distance(one, other, score_cutoff=1) == 1


def letter_off(one: str, other: str) -> bool:
    """Return whether two folded words, one of five letters or more, differ by one letter or by two letters swapped."""
    return max(len(one), len(other)) >= _LONG_WORD and OSA.distance(one, other, score_cutoff=1) == 1


def letters_swapped(one: str, other: str) -> bool:
    """Return whether two long folded words differ by two letters swapped, or by one left out.

    Not by one letter replaced: among Cambodian names that is usually another name (Sovannara, Sovannary).
    """
    if max(len(one), len(other)) < _VERY_LONG_WORD:
        return False
    swapped = sorted(one) == sorted(other) or len(one) != len(other)
    return swapped and OSA.distance(one, other, score_cutoff=1) == 1


_VOWELS = frozenset("aeiouy")
_OPEN = _VOWELS | {"w"}
"""Letters after which a vowel begins no syllable of its own."""
_SHIFTERS = "\u17c9\u17ca"
"""Khmer signs between a consonant and its vowel that change the sound of either."""

_KHMER_VOWELS = frozenset("\u17b6\u17b8\u17ba\u17bc\u17be\u17c2\u17c4")
"""Signs of vowels that are always pronounced at the end of a word."""


def final_vowel_apart(one: str, other: str) -> bool:
    """Whether two folded words differ in a final vowel, which is pronounced: Sovann, Sovanna.

    >>> final_vowel_apart("sovann", "sovanna"), final_vowel_apart("chanpanh", "chanpanha")
    (True, True)
    >>> final_vowel_apart("ណារ៉", "ណារ៉ា")
    True
    >>> final_vowel_apart("sokhome", "sokhom"), final_vowel_apart("sokah", "soka")
    (False, False)
    """
    short, long = sorted((one, other), key=len)
    if len(long) != len(short) + 1 or not long.startswith(short):
        return False
    if khmer.is_khmer(long):
        return long[-1] in _KHMER_VOWELS and "\u1780" <= short.rstrip(_SHIFTERS)[-1:] <= "\u17a2"
    return (
        long[-1] in _VOWELS - {"e"}
        and len(short) > 1
        and short[-1] not in _OPEN
        and (short[-1] != "h" or short[-2] not in _VOWELS)
    )
