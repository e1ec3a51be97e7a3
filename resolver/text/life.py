"""What is told of a person's life beside the name: birth, age, home, work.

Dates of life (``Nguyễn Phú Trọng, 1944-2024``) say nothing against the person of that name; ``without_dates``
leaves them out.
The formula for private people (``SN 1991, trú tại tỉnh Điện Biên``) does. Its words are in ``about_people.csv``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from resolver.text import about_people, callings, khmer

__all__ = ["Life", "life", "private_at", "tells_residence", "without_dates"]

_MOST = 300
_PARTING = re.compile(r"[,;()\n]")
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_DAY = rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]|\d{{1,2}} (?:{_MONTHS}) |(?:{_MONTHS}) \d{{1,2}},? )"
_BORN = r"(?:sn|sinh năm|sinh ngày|sinh|born on|born in|born|b\.|née? en|née? le|née?|age|aged)"
_YEAR = r"((?:18|19|20)\d\d)"
_LIFE = re.compile(
    rf"[ ]?[,(][ ]?(?:{_BORN}[ :.]?[ ]?)?(?:{_DAY})?{_YEAR}(?:[ ]?[-–][ ]?(?:\d{{4}})?)?[ ]?(?=[,;)]|$)\)?",
    re.IGNORECASE,
)
_AGE = re.compile(r", ?\d\d(?= ?(?:,|$))")
_BORN_YEAR = re.compile(rf"(?:(?<!\w)(?:sn|sinh năm|sinh)[ :.]{{0,2}}){_YEAR}", re.IGNORECASE)


class Life(NamedTuple):
    """What a text tells of somebody's life: the year of birth (0: none), and the words of a private person."""

    year: int
    private: str


@lru_cache(maxsize=16_384)
def life(text: str) -> Life:
    """Return what a text tells of the life of the person named at its beginning.

    >>> life("Lê Thành Đô, SN 1991, trú tại tỉnh Điện Biên")
    Life(year=1991, private='SN 1991')
    >>> life("Nguyễn Phú Trọng (1944-2024)"), life("Hun Sen, President of the Senate")
    (Life(year=1944, private=''), Life(year=0, private=''))
    """
    text = text[:_MOST]
    parts = [part.strip() for part in _PARTING.split(text)]
    told = next(filter(None, (private_at(part) for part in parts[1:])), "") or _private_in(text)
    found = _BORN_YEAR.search(text) or _LIFE.search(text)
    return Life(int(found[1]) if found else 0, told)


def tells_residence(part: str) -> bool:
    """Whether a part of a text only says where somebody lives or comes from, or when they were born.

    >>> tells_residence("quê Vĩnh Long"), tells_residence("sinh năm 1970"), tells_residence("Vĩnh Long")
    (True, True, False)
    """
    found = _at_start().match(part)
    return found is not None and found.lastgroup in {"residence", "born"} and _is_told(found, part)


def without_dates(text: str) -> str:
    """Return a text without dates of life and without an age behind the name.

    >>> without_dates("Nguyễn Phú Trọng (1944-2024)"), without_dates("Sar Kheng, 74")
    ('Nguyễn Phú Trọng', 'Sar Kheng')
    """
    return _AGE.sub("", _LIFE.sub("", text))


def private_at(part: str) -> str:
    """Return the words at the beginning of a part of a text, or of a column, that tell of a private person.

    >>> private_at("Garment worker"), private_at("trú tại Điện Biên"), private_at("Governor of Kampot")
    ('Garment worker', 'trú tại Điện Biên', '')
    """
    if told := callings.calling(part):
        return told
    found = _at_start().match(part)
    if found and _is_told(found, part):
        return part
    return found.group() if (found := _aged().search(part)) else ""


def _private_in(text: str) -> str:
    found = _anywhere().search(text)
    return found.group().strip() if found and found.start() else ""


def _is_told(found: re.Match[str], part: str) -> bool:
    """Whether the words go on as they must: a year behind words for birth, and a name behind those for a residence."""
    rest = part[found.end() :].lstrip(" :.")
    if found.lastgroup == "born":
        return bool(re.match(r"(?:18|19|20)\d\d(?!\d)", rest))
    return found.lastgroup == "calling" or bool(rest)


def _words(*kinds: about_people.Kind, anywhere: bool = False) -> list[str]:
    """Return the words of some kinds that tell of a private person, the longest first."""
    told = (word for word in about_people.words(*kinds) if word.private and word.anywhere >= anywhere)
    return about_people.longest_first(tuple(told))


@cache
def _aged() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)\d\d (?:{'|'.join(_words('age'))})(?!\w)")


@cache
def _at_start() -> re.Pattern[str]:
    kinds: tuple[about_people.Kind, ...] = ("calling", "residence", "born")  # sinh viên before sinh
    groups = (f"(?P<{kind}>{'|'.join(map(_bounded, _words(kind)))})" for kind in kinds)
    return re.compile(rf"(?:(?:an?|une?|là|the) )?(?:{'|'.join(groups)})", re.IGNORECASE)


@cache
def _anywhere() -> re.Pattern[str]:
    plain, born = (map(re.escape, _words(kind, anywhere=True)) for kind in ("residence", "born"))
    told = rf"(?:{'|'.join(plain)})(?= \w)|(?:{'|'.join(born)})[ :.]{{0,2}}\d{{4}}"
    return re.compile(rf" (?:{told}|\d\d (?:{'|'.join(_words('age'))})(?!\w))", re.IGNORECASE)


def _bounded(word: str) -> str:
    return re.escape(word) if khmer.is_khmer(word) else rf"{re.escape(word)}(?![^\W_])"
