"""Typing errors in romanised Cambodian names, distinguished from differences that make another name.

Such names are similar to each other: Sovannara and Sovannary, Sovann and Sovanna are different names. Differences that
almost never make another name count as typing errors: two letters swapped, one left out, or a neighbouring key for
another kind of sound.
"""

from __future__ import annotations

from collections.abc import Sequence

from resolver.matching import spelling
from resolver.text import khmer_sounds

__all__ = ["LONG", "begun_otherwise", "final_vowel_heard", "slipped", "vowel_between"]

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = frozenset(frozenset(row[at : at + 2]) for row in _ROWS for at in range(len(row) - 1))
_VOWELS = frozenset("aeiouy")
_NASALS = frozenset("mn")
_HEARD = frozenset("AIiZVXxYOoQaUufW")
"""Sounds of vowels that are always pronounced at the end of a word."""

_NO_CONSONANT = _HEARD | frozenset("?E@") | {""}
_HALF = frozenset("hyw")
"""Sounds at the end of a word that may be part of a vowel."""

_NEAR = 0.3
"""Greatest difference of sounds before the vowel at the end, if that vowel is the only difference."""
LONG = 7
"""Least letters of a word that can still be recognised with one wrong letter."""


def slipped(one: str, other: str) -> bool:
    """Whether two folded words of seven letters or more can be one word with a typing error.

    >>> slipped("savorun", "savoeun"), slipped("sovannara", "sovannary"), slipped("vongsye", "vongsey")
    (True, False, True)
    """
    if max(len(one), len(other)) < LONG or spelling.final_vowel_apart(one, other):
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


def final_vowel_heard(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two words differ in a vowel at the end by all their possible sounds, whatever their spelling.

    >>> final_vowel_heard(["rItIsEnA"], ["rItIsEn"]), final_vowel_heard(["sOkOmE"], ["sOkOm"])
    (True, False)
    """
    return all(_vowel_more(one, other) or _vowel_more(other, one) for one in ours for other in theirs)


def _vowel_more(long: str, short: str) -> bool:
    if long[-1:] not in _HEARD or long[-2:-1] in _NO_CONSONANT or short[-1:] in _NO_CONSONANT | _HALF:
        return False
    return khmer_sounds.difference(long[:-1], short) <= _NEAR


def begun_otherwise(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two words, by all their possible sounds, begin with consonants that are not confused: Chenda, Senda.

    >>> begun_otherwise(["cEndA"], ["sEndA"]), begun_otherwise(["pUn"], ["bUn"]), begun_otherwise(["An"], ["hAn"])
    (True, False, False)
    """
    return all(_begins_apart(one[:1], other[:1]) for one in ours for other in theirs)


def _begins_apart(one: str, other: str) -> bool:
    return not {one, other} & _NO_CONSONANT and khmer_sounds.difference(one, other) > _NEAR


def vowel_between(parts: Sequence[str], whole: str) -> bool:
    """Whether one of several words ends in a vowel that is missing in the joined word; all words are sounds.

    >>> vowel_between(["cAmA", "rYn"], "cAmrYn"), vowel_between(["cAm", "rYn"], "cAmrYn")
    (True, False)
    """
    apart = khmer_sounds.difference("".join(parts), whole)
    shorter = [
        "".join((*parts[:place], part[:-1], *parts[place + 1 :]))
        for place, part in enumerate(parts)
        if part[-1:] in _HEARD and part[-2:-1] not in _NO_CONSONANT
    ]
    return any(khmer_sounds.difference(text, whole) < apart - _NEAR for text in shorter)
