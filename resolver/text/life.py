"""What is told of a person's life beside the name: birth, age, home, work.

Dates of life (``Nguyễn Phú Trọng, 1944-2024``) say nothing against the person of that name; ``without_dates``
leaves them out.
The formula for private people (``SN 1991, trú tại tỉnh Điện Biên``) does. Its words are in ``private_people.csv``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from resolver.text import khmer
from resolver.text.words import rows

__all__ = ["Life", "life", "tells_residence", "without_dates"]

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
    told = next(filter(None, (_private_at(part) for part in parts[1:])), "") or _private_in(text)
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


def _private_at(part: str) -> str:
    """Return the words at the beginning of a part that tell of a private person."""
    found = _at_start().match(part)
    if found and _is_told(found, part):
        return part
    return found.group() if (found := _AGED.search(part)) else ""


def _private_in(text: str) -> str:
    found = _anywhere().search(text)
    return found.group().strip() if found and found.start() else ""


def _is_told(found: re.Match[str], part: str) -> bool:
    """Whether the words go on as they must: a year behind words for birth, and a name behind those for a residence."""
    rest = part[found.end() :].lstrip(" :.")
    if found.lastgroup == "born":
        return bool(re.match(r"(?:18|19|20)\d\d(?!\d)", rest))
    return found.lastgroup == "occupation" or bool(rest)


_AGED = re.compile(r"(?<!\w)\d\d tuổi(?!\w)")


@cache
def _words() -> dict[str, list[str]]:
    """Return the words of each kind, the longest first."""
    found: dict[str, list[str]] = {}
    for row in rows("private_people.csv"):
        found.setdefault(row["kind"], []).append(row["word"])
    return {kind: sorted(words, key=len, reverse=True) for kind, words in found.items()}


@cache
def _at_start() -> re.Pattern[str]:
    kinds = ("residence", "born", "occupation")
    groups = (f"(?P<{kind}>{'|'.join(map(_bounded, _words()[kind]))})" for kind in kinds)
    return re.compile(rf"(?:(?:an?|une?|là|the) )?(?:{'|'.join(groups)})", re.IGNORECASE)


@cache
def _anywhere() -> re.Pattern[str]:
    everywhere = [row["word"] for row in rows("private_people.csv") if row["anywhere"] and row["kind"] != "age"]
    plain = "|".join(re.escape(word) for word in everywhere if word not in _words()["born"])
    born = "|".join(re.escape(word) for word in everywhere if word in _words()["born"])
    return re.compile(rf" (?:(?:{plain})(?= \w)|(?:{born})[ :.]{{0,2}}\d{{4}}|\d\d tuổi(?!\w))", re.IGNORECASE)


def _bounded(word: str) -> str:
    return re.escape(word) if khmer.is_khmer(word) else rf"{re.escape(word)}(?![^\W_])"
