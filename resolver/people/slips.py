"""Slips of the pen in romanised names of Cambodia, told from what makes another name.

Their words lie close together: Sovannara and Sovannary, Sovann and Sovanna are different names. What hardly ever makes
one is a slip: two letters in the wrong order, one left out, a neighbouring key that stands for another kind of sound.
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
"""Letters of a word in which one wrong letter still tells which word it is."""


def slipped(one: str, other: str) -> bool:
    """Whether two folded words of seven letters or more can be one, with a slip.

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
    """Whether two letters are neighbouring keys and no two vowels or nasals, which are taken for one another by ear."""
    letters = frozenset((one, other))
    return letters in _NEIGHBOURS and not letters <= _VOWELS and not letters <= _NASALS


def final_vowel_apart(one: str, other: str) -> bool:
    """Whether two folded words differ in a vowel at the end, which is heard: Sovann, Sovanna.

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
