"""The titles before the name of a person: where they begin, and what is none of them."""

from __future__ import annotations

import re
from functools import cache

from resolver.annotation.folding import UPPER
from resolver.annotation.patterns import CALLING
from resolver.annotation.spotting import Spot
from resolver.text import keys, khmer, vietnamese
from resolver.text.about_people import is_bare_syllable
from resolver.text.words import rows

__all__ = ["is_abbreviated", "is_calling", "is_syllable_of_name", "title_of_a_nation", "titles_before"]

_FARTHEST = 80
_CAPITAL_BEFORE = re.compile(rf"(?<![^\W\d_])[{UPPER}][^\W\d_]* $")
_FOREIGN = re.compile(
    rf" [a-zà-ÿ]{{2,12}}(?:ien|ienne|ais|aise|ois|oise|ain|aine|on|one|onne|and|ande|ol|ole|ote|que)(?= [{UPPER}])"
)
"""An adjective, mostly of a nation, between an office and a name: la Première ministre italienne Giorgia Meloni."""


def titles_before(plain: str, start: int, by_end: dict[int, int]) -> int:
    """Return the start of the titles before a name, or else of the name; ``by_end`` has the start of each title."""
    while True:
        at = next(
            (
                end
                for end in range(start, max(-1, start - 3), -1)
                if end in by_end and _joins(plain[end:start], plain[by_end[end] : end])
            ),
            None,
        )
        if at is None or by_end[at] >= start:
            return start
        start = by_end[at]


def _joins(between: str, title: str) -> bool:
    """Whether a title and the name or title after it belong together, given the text between them."""
    return between in ("", " ", ", ") or (between in (".", ". ") and is_abbreviated(title))


def is_abbreviated(title: str) -> bool:
    """Whether a full stop after a title may be part of an abbreviation: Gen., but not General."""
    return str(keys.fold(title)) in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(str(keys.fold(row["text"])) for row in rows("titles.csv") if row["text"].endswith("."))


def is_syllable_of_name(plain: str, spot: Spot) -> bool:
    """Whether a word that may be said to people is a syllable of a name: Nguyễn Anh Tuấn.

    >>> is_syllable_of_name("Nguyễn Anh Tuấn", Spot(7, 10, CALLING))
    True
    """
    word = plain[spot.start : spot.end]
    if spot.found != CALLING or is_bare_syllable(word):
        return spot.found == CALLING
    if not word[0].isupper() or not vietnamese.is_syllable(word):
        return False  # Deputy Prosecutor X
    return _CAPITAL_BEFORE.search(plain, max(0, spot.start - _FARTHEST), spot.start) is not None


def is_calling(plain: str, spot: Spot) -> bool:
    """Whether what somebody is by calling stands before a word with a capital, and is no syllable of a name."""
    behind = plain[spot.end + 1 : spot.end + 2]
    return (behind.isupper() or khmer.is_khmer(behind)) and not is_syllable_of_name(plain, spot)


def title_of_a_nation(plain: str, end: int) -> int:
    """Return the end of a word for an office with the adjective of a nation behind it, given the end without.

    >>> title_of_a_nation("ministre letton Anna Kalnina", 8), title_of_a_nation("ministre du Plan", 8)
    (15, 8)
    """
    nation = _FOREIGN.match(plain, end)
    return nation.end() if nation else end
