"""Khmer script: one order for signs that look the same in any order. Marks are letters here and never removed.

Algorithm: the classes and their order are those of the Khmer Encoding Structure as in khnormal (SIL International,
2021); for deprecated characters the Unicode Standard's chapter on Khmer.
"""

from __future__ import annotations

import re
import unicodedata

from resolver.text.unicode import fold_latin

__all__ = ["FUNCTION_WORDS", "fold", "is_khmer", "normalise", "strip_function_words"]

FUNCTION_WORDS: frozenset[str] = frozenset({"នៃ", "និង", "នៅ"})

_LETTER = re.compile("[\u1780-\u17b3]")
_BASE = "\u1780-\u17a2\u17a5-\u17b3"
_COENG = "\u17d2"
# The order of a syllable's parts after its base, with the Unicode names of the members.
_ORDER = (
    "\u17cc",  # robat
    _COENG,  # the sign that turns the next consonant into a subscript
    "\u17c9\u17ca",  # muusikatoan, triisap: series shifters
    "\u17be\u17bf\u17c0\u17c1\u17c2\u17c3\u17c4\u17c5",  # vowels that begin before the base
    "\u17bb\u17bc\u17bd",  # vowels below
    "\u17b7\u17b8\u17b9\u17ba",  # vowels above
    "\u17b6",  # aa, after the base
    "\u17c6\u17cb\u17cd\u17ce\u17cf\u17d0\u17d1\u17d3\u17dd",  # signs above
    "\u17c7\u17c8",  # reahmuk, yuukaleapintu: signs behind
)
_RANK = {sign: rank for rank, signs in enumerate(_ORDER) for sign in signs}
_SIGNS = "".join(_ORDER)

# Only one vowel, subscript ro last, no subscript da: such a text needs no change. The quantifiers are possessive: there
# is only one way to match a text, and backtracking would take exponential time.
_CANONICAL = re.compile(
    "(?:[^\u1780-\u17d3\u17dd\u200b-\u200d\u2060\ufeff]++"
    f"|[\u1780-\u17a2\u17a5-\u17b1\u17b3]\u17cc?(?:{_COENG}(?![\u178a\u179a\u17b2])[{_BASE}])*(?:{_COENG}\u179a)?"
    "[\u17c9\u17ca]?[\u17b6-\u17c5]?[\u17c6\u17cb\u17cd-\u17d1\u17d3\u17dd]?[\u17c7\u17c8]?)*+"
)
_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u17b4\u17b5", None),  # word hints; unwritten vowels
        "\u17a3": "\u17a2",  # deprecated: qaq
        "\u17a4": "\u17a2\u17b6",  # deprecated: qaa
        "\u17b2": "\u17b1",  # the second shape of qoo
    }
)
_SYLLABLE = re.compile(f"[{_BASE}](?:{_COENG}[{_BASE}]|[{_SIGNS}])+")
_PART = re.compile(f"{_COENG}[{_BASE}]|[{_SIGNS}]")
_REWRITES = [
    (re.compile(f"{_COENG}+"), _COENG),
    (re.compile(f"{_COENG}\u178a"), f"{_COENG}\u178f"),  # subscript da and ta have one shape
    (re.compile("([\u17b6-\u17d1\u17d3\u17dd])\\1+"), r"\1"),  # a sign typed twice shows once
    (re.compile("\u17c1([\u17bb-\u17bd]?)\u17b8"), "\u17be\\1"),  # e + ii is oe
    (re.compile("\u17c1([\u17bb-\u17bd]?)\u17b6"), "\u17c4\\1"),  # e + aa is oo
]
_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")


def is_khmer(text: str) -> bool:
    """Return whether ``text`` has a letter of Khmer script.

    >>> is_khmer("ខេត្តកំពត"), is_khmer("Kampot")
    (True, False)
    """
    return not text.isascii() and _LETTER.search(text) is not None


def normalise(text: str) -> str:
    """Return ``text`` with the signs of each Khmer syllable in one order and spelling; other text is unchanged.

    Zero-width characters are removed, deprecated characters get their modern form, a subscript da becomes the subscript
    ta that it looks like, subscript ro comes last, and vowels typed in two halves become one.

    >>> normalise("ខេត\u17d2ដ") == "ខេត្ត"
    True
    """
    if _CANONICAL.fullmatch(text):
        return text
    text = re.sub(f"{_COENG}+", _COENG, text.translate(_CHARACTERS))
    return _SYLLABLE.sub(_ordered, text)


def _ordered(syllable: re.Match[str]) -> str:
    base, signs = syllable[0][0], syllable[0][1:]
    # Sorting is stable, so subscripts keep their order, except ro, which is always last.
    parts = sorted(_PART.findall(signs), key=lambda part: (_RANK[part[0]], len(part) == 1, part[1:] == "\u179a"))
    text = "".join(parts)
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    return base + text


def fold(text: str) -> str:
    """Return the letters, signs and digits of ``text``, normalised, without spaces and punctuation.

    Khmer digits become ASCII digits and Latin letters bare lower-case ones.

    >>> fold("ខេត្ត កំពត។") == "ខេត្តកំពត"
    True
    """
    folded = fold_latin(text).translate(_DIGITS)
    # Signs that were separated by a space are now next to each other, so their order is fixed last.
    return normalise("".join(c for c in folded if unicodedata.category(c)[0] in "LMN"))


def strip_function_words(text: str) -> str:
    """Return ``text`` without leading words such as "of" and "at", if a space separates them.

    >>> strip_function_words("នៃ ខេត្តកំពត") == "ខេត្តកំពត"
    True
    """
    first, _, rest = text.partition(" ")
    while rest and normalise(first) in FUNCTION_WORDS:
        text = rest
        first, _, rest = text.partition(" ")
    return text
