"""The age of somebody as a text tells it behind their name: X, 52 tuổi; X (SN 1992); X, 52, said.

The words are data: ``about_people.csv`` among the other tables of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from resolver.text import about_people
from resolver.text.about_people import Kind

__all__ = ["Age", "age_behind", "ages", "begins_dwelling", "dwells", "is_of_relative"]

_FARTHEST, _AHEAD = 80, 12
_YEAR = re.compile(r"\d{4}")
_UNLINKED = ("vi", "km")
"""Languages in which the word for kin stands right before whose kin it is: vợ X, while “daughter X” is the daughter."""
_DAY = r"(?:(?:ngày )?\d{1,2}[/-]\d{1,2}[/-])?"
"""The day and month of a birth: sinh ngày 2/7/1992."""


class Age(NamedTuple):
    """What is told behind a name: where it stands, and the age in years or the year of birth; 0 if it is not told."""

    start: int
    end: int
    years: int
    born: int

    def birth(self, date: str) -> int:
        """Return the year of birth, given the day of the text; 0 if neither is known."""
        year = _YEAR.match(date)
        return self.born or (int(year.group()) - self.years if year else 0)


def _either(kind: Kind, *, native: bool = False) -> str:
    return about_people.either(about_people.words(kind), native=native)


@cache
def _parted() -> re.Pattern[str]:
    """Return a pattern for an age behind a comma or in brackets, where a number needs no word beside it."""
    return re.compile(
        rf"(?:,? \(| ?, )(?:(?:{_either('born')})(?:[ :]{{1,2}}|(?=\d)){_DAY}(?P<born>(?:19|20)\d\d)(?!\d)"
        rf"|(?:(?:{_either('aged')}) )?(?P<years>[1-9]\d)(?:[ -](?:{_either('age')})(?![^\W\d_])|(?= ?[,;)]|\.(?!\d))))"
    )


@cache
def _told() -> re.Pattern[str]:
    """Return a pattern for an age behind a name otherwise: in Khmer, or without a comma."""
    aged, born = _either("aged", native=True), _either("born", native=True)
    return re.compile(
        rf"(?: (?P<bare>[1-9]\d) (?:{_either('age')})(?![^\W\d_])"
        rf"|,? ?\(?(?:(?:{aged}) ?(?P<years>[1-9១-៩]\d)|(?:{born}) ?(?P<born>\d{{4}})))"
    )


@cache
def _dwelling() -> re.Pattern[str]:
    told = tuple(word for word in about_people.words("residence", "calling") if word.anywhere)
    latin = rf"(?<![^\W\d_])(?:{about_people.either(told)})(?![^\W\d_])"
    return re.compile(rf"{latin}|(?:{about_people.either(told, native=True)})")


def age_behind(plain: str, at: int) -> Age | None:
    """Return the age that is told right behind a position.

    >>> age_behind("An, 52 tuổi", 2), age_behind("An (SN 1992)", 2), age_behind("An 52", 2)
    (Age(start=2, end=11, years=52, born=0), Age(start=2, end=11, years=0, born=1992), None)
    """
    found = _parted().match(plain, at) or _told().match(plain, at)
    return _age(found) if found else None


def ages(plain: str) -> Iterator[Age]:
    """Yield the ages behind a comma or in brackets in a text."""
    return map(_age, _parted().finditer(plain))


def _age(found: re.Match[str]) -> Age:
    told = found.groupdict()
    years = told["years"] or told.get("bare")
    return Age(found.start(), found.end(), int(years or "0"), int(told["born"] or "0"))


def is_of_relative(plain: str, at: int) -> bool:
    """Return whether an age is not that of the person whose name begins at a position: le fils de Hun Sen, 45 ans.

    >>> is_of_relative("le fils de X, 45 ans", 11), is_of_relative("M. X, 45 ans", 3)
    (True, False)
    """
    return _relative().search(plain, max(0, at - _AHEAD), at) is not None


@cache
def _relative() -> re.Pattern[str]:
    kin = tuple(word for word in about_people.words("kin") if word.language in _UNLINKED)
    told = (*about_people.words("of"), *kin)
    latin, native = about_people.either(told), about_people.either(told, native=True)
    return re.compile(rf"(?:(?<![^\W\d_])(?:{latin})[ ’']|(?:{native}) ?)$")


def dwells(plain: str, at: int) -> bool:
    """Return whether the sentence goes on with where somebody lives.

    >>> dwells("An, 52 tuổi, ngụ xã X", 11), dwells("An, 52 tuổi, phát biểu", 11)
    (True, False)
    """
    ahead = plain[at : at + _FARTHEST]
    sentence = re.split(r"[.;:\n។]", ahead, maxsplit=1)[0]
    return _dwelling().search(sentence) is not None


def begins_dwelling(plain: str, at: int) -> bool:
    """Return whether it is told at a position where somebody lives.

    >>> begins_dwelling("An (ngụ xã X)", 4), begins_dwelling("An (áo trắng, ngụ xã X)", 4)
    (True, False)
    """
    return _dwelling().match(plain, at) is not None
