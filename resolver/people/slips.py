"""Typing errors in romanised Cambodian names, distinguished from differences that make another name.

Such names are similar to each other: Sovannara and Sovannary, Sovann and Sovanna are different names. Differences that
almost never make another name count as typing errors: two letters swapped, one left out, or a neighbouring key for
another kind of sound.
"""

from __future__ import annotations

from resolver.matching import spelling

__all__ = ["final_vowel_apart", "slipped"]

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = frozenset(frozenset(row[at : at + 2]) for row in _ROWS for at in range(len(row) - 1))
_VOWELS = frozenset("aeiouy")
_NASALS = frozenset("mn")
_ENDS_NO_SYLLABLE = frozenset("aeiouyhw")
_LONG = 7
"""Least letters of a word that can still be recognised with one wrong letter."""


def slipped(one: str, other: str) -> bool:
    """Whether two folded words of seven letters or more can be one word with a typing error.

    >>> slipped("savorun", "savoeun"), slipped("sovannara", "sovannary"), slipped("vongsye", "vongsey")
    (True, False, True)
    """
    if max(len(one), len(other)) < _LONG or final_vowel_apart(one, other):
        return False
    if len(one) != len(other):
        return spelling.letters_swapped(one, other)
    differing = [at for at in range(len(one)) if one[at] != other[at]]
    if len(differing) == 2:
        first, second = differing
        return second == first + 1 and (one[first], one[second]) == (other[second], other[first])
    return len(differing) == 1 and differing[0] > 0 and _neighbours(one[differing[0]], other[differing[0]])


def _neighbours(one: str, other: str) -> bool:
    """Whether two letters are neighbouring keys, but not two vowels or nasals, which are confused by sound."""
    letters = frozenset((one, other))
    return letters in _NEIGHBOURS and not letters <= _VOWELS and not letters <= _NASALS


def final_vowel_apart(one: str, other: str) -> bool:
    """Whether two folded words differ in a final vowel, which is pronounced: Sovann, Sovanna.

    >>> final_vowel_apart("sovann", "sovanna"), final_vowel_apart("sokhome", "sokhom")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    return (
        len(long) == len(short) + 1
        and long.startswith(short)
        and long[-1] in _VOWELS - {"e"}
        and short[-1:] not in _ENDS_NO_SYLLABLE
    )
