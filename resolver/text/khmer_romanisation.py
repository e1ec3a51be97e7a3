"""Khmer names in the romanisation of Cambodia's Geographic Department: តាកែវ is Taakaev, though mostly written Takéo.

``khmer_geographic.csv`` has the values of the letters. Letters do not show which consonants end a syllable and which
vowels are silent. This is decided as in ``khmer_sounds``: a consonant without a vowel ends the syllable before it, if
that has no end yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from resolver.text import khmer
from resolver.text.keys import fold
from resolver.text.words import rows

__all__ = ["romanised", "spaced"]

_CLUSTER = re.compile("([\u1780-\u17b3])((?:\u17d2[\u1780-\u17b3])*)([\u17b4-\u17d1\u17d3\u17dd]*)")
_VOWELS = re.compile("[aeiou]+")
_FIRST, _SECOND = "\u17c9", "\u17ca"  # muusikatoan, triisap
_SHORT, _KILLED, _CLOSING = "\u17cb", "\u17cd", frozenset("\u17c6\u17c7|")
_TAKEN_IN = "|"
_LABIAL, _ASPIRATE = "ប", "p"
_SUBSCRIPT_T, _MOSTLY = "ត", "d"
"""A subscript shared by two letters, and the letter that it usually is."""
_NASAL = "\u17c6"
_KEEPING_SERIES = frozenset("ងញនមយរលវណឡ")
"""Subscripts that do not change the series of the consonant above them."""


class _Cluster(NamedTuple):
    """A letter with its subscripts and signs."""

    base: str
    feet: str
    signs: str


class _Letter(NamedTuple):
    """The romanisation of a letter, by position or series, and the series that it sets."""

    kind: str
    series: int
    first: str
    second: str


def romanised(word: str) -> str:
    """Return a Khmer name in the romanisation of the Geographic Department, in small letters.

    Empty if it has anything but letters: a number, a sign of repetition.

    >>> romanised("តាកែវ"), romanised("ព្រៃវែង"), romanised("កណ្តាល")
    ('taakaev', 'preyveaeng', 'kandaal')
    """
    normal = khmer.normalise(word).replace(" ", "")
    clusters = [_Cluster(*found.groups()) for found in _CLUSTER.finditer(normal)]
    if sum(len("".join(cluster)) for cluster in clusters) != len(normal):
        return ""
    letters = _letters()
    parts: list[str] = []
    is_open = False  # whether the syllable before has a vowel and no end yet
    before = 0  # the series passed on by the syllable before
    for one, following in pairwise([*_joined(clusters), _Cluster("", "", "")]):
        # After a syllable that ends in a nasal, a soft consonant keeps its series: សំរោង.
        soft = one.base in _KEEPING_SERIES and not one.feet
        consonants, vowel, series = _read(one, before if soft else 0)
        before = series if one.signs == _NASAL else 0
        begins = not one.feet and _SHORT in following.signs
        if vowel is None and is_open and not begins:
            parts.append(letters[one.base].second)
            is_open = bool(one.feet and following.base)
            if one.feet:
                parts += [letters[foot].first for foot in one.feet[1::2]]
                parts.append(_inherent(series) if is_open else "")
            continue
        parts += [*consonants, _inherent(series) if vowel is None else vowel]
        is_open = not _CLOSING & set(one.signs)
    return "".join(parts)


def _joined(clusters: list[_Cluster]) -> Iterator[_Cluster]:
    """Yield the pronounced clusters; a vowel may include a consonant: ាំង is written ang or eang."""
    taken = False
    for one, following in pairwise([*clusters, _Cluster("", "", "")]):
        if taken or _KILLED in one.signs:
            taken = False
            continue
        written = _vowel_of(one.signs) + following.base
        taken = written != following.base and written in _letters() and not following.feet + following.signs
        yield one._replace(signs=f"{written}{_TAKEN_IN}") if taken else one


def spaced(name: str, like: str) -> str:
    """Return a romanised name with the spaces of another romanisation, if both have the same consonants.

    >>> spaced("preyveaeng", "Prey Veng"), spaced("taakaev", "Takéo")
    ('prey veaeng', 'taakaev')
    """
    words = str(fold(like)).split()
    skeletons = [_VOWELS.sub("", word) for word in words]
    if "".join(skeletons) != _VOWELS.sub("", name) or not all(skeletons):
        return name
    consonants = [at for at, letter in enumerate(name) if not _VOWELS.match(letter)]
    cuts = [consonants[at] for at in accumulate(map(len, skeletons[:-1]))]
    return " ".join(name[start:end] for start, end in pairwise([0, *cuts, len(name)]))


def _read(cluster: _Cluster, before: int) -> tuple[list[str], str | None, int]:
    """Return the consonants of a cluster, its written vowel (None without one), and its series.

    ``before`` is the series passed on by the syllable before; 0 for none.
    """
    letters = _letters()
    base, feet, signs = cluster.base, cluster.feet[1::2], cluster.signs
    letter = letters.get(base, _Letter("", 1, "", ""))
    if letter.kind == "independent":
        return [], letter.first, letter.series
    series, consonants = before or letter.series, [letter.first]
    for foot in feet:
        below = letters.get(foot, _Letter("", series, "", ""))
        consonants.append(_MOSTLY if foot == _SUBSCRIPT_T else below.first)
        if foot not in _KEEPING_SERIES:
            series = below.series
    if _FIRST in signs or (base == _LABIAL and feet):
        series = 1 if _FIRST in signs else series
        consonants = [_ASPIRATE if base == _LABIAL and at == 0 else one for at, one in enumerate(consonants)]
    elif _SECOND in signs:
        series = 2
    written = _vowel_of(signs)
    vowel = letters.get(written) if written else None
    if vowel is None:
        return consonants, None, series
    return consonants, vowel.first if series == 1 else vowel.second, series


def _vowel_of(signs: str) -> str:
    return "".join(sign for sign in signs if sign not in (_FIRST, _SECOND, _SHORT, _TAKEN_IN))


def _inherent(series: int) -> str:
    vowel = _letters()[""]
    return vowel.first if series == 1 else vowel.second


@cache
def _letters() -> dict[str, _Letter]:
    return {
        row["letter"]: _Letter(row["kind"], int(row["series"] or 1), row["first"], row["second"])
        for row in rows("khmer_geographic.csv")
    }
