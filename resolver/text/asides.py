"""What may stand beside a person's name and says nothing about who it is: dates of life, seats, a title behind it.

Dates are read by ``life``. Seats and honours are in ``party_seats.csv``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from resolver.text import life, persons, role_words, terms, vietnamese
from resolver.text.terms import Title
from resolver.text.words import rows

__all__ = ["Stripped", "is_private_person", "without"]

_MOST = 300
_PARTED = re.compile(r"[,;()]")
_PARTING = re.compile(r"( ?[,;] ?| ?\(|\) ?| [-–—] )")
_BEHIND = re.compile(r" ?(?:, ?([^,()]{1,30})|\(([^,()]{1,30})\))$")
_BORN = re.compile(r"(?<!\w)(?:(?:SN|sinh năm|sinh)[ :.]{0,2}(?:19|20)\d\d|\d\d tuổi)(?!\w)")
_LONGEST_NAME = 5
_LEFT = " ,;(-–—"


class Stripped(NamedTuple):
    """A text without what says nothing about the person in it, and the titles that stood behind the name."""

    text: str
    titles: tuple[Title, ...]


def without(text: str) -> Stripped | None:
    """Return a text without dates of life, seats, and titles behind the name; None if it has none of these.

    >>> without("Hun, Sen, 1952-"), without("Phường 5, Quận 3")
    (Stripped(text='Hun, Sen', titles=()), None)
    >>> without("SAR Kheng (H.E.)").titles[0].text, without("Politburo member To Lam").text
    ('H.E.', 'To Lam')
    >>> without("Lê Hồng Nam, Ủy viên BTV Thành ủy, Giám đốc Công an TP.HCM").text
    'Lê Hồng Nam, Giám đốc Công an TP.HCM'
    """
    if len(text) > _MOST:
        return None
    left = _without_seats(text)
    if _PARTED.search(left):
        left = life.without_dates(left).strip(_LEFT)
        left = f"{left})" if left.count("(") > left.count(")") else left
    titles: tuple[Title, ...] = ()
    behind = _BEHIND.search(left)
    if behind:
        split = terms.leading_title(f"{(behind[1] or behind[2]).strip()} x")
        if split and split[1] == "x" and all(title.kind != "role" for title in split[0]):
            left, titles = left[: behind.start()].strip(_LEFT), split[0]
    return Stripped(left, titles) if left and left != text and left[0].isalpha() else None


def is_private_person(text: str) -> bool:
    """Whether a text names a person by the formula with the year of birth or the age: it means no place.

    >>> is_private_person("Nguyễn Văn Út, 50 tuổi, Long An"), is_private_person("SN 1985, đường Lê Lợi, Huế")
    (True, False)
    """
    if "tuổi" not in text and "sinh" not in text and "SN" not in text:
        return False
    born = _BORN.search(text[:_MOST])
    name = text[: born.start()].strip(_LEFT) if born else ""
    words = name.split()
    return 1 < len(words) <= _LONGEST_NAME and name.replace(" ", "").isalpha() and _begins_with_surname(words[0])


def _begins_with_surname(word: str) -> bool:
    return any(persons.is_surname(one, typed=not word.isascii()) for name in persons.parse(word) for one in name.words)


def _without_seats(text: str) -> str:
    """Return a text without the parts that are only seats or honours, and without those before a name."""
    if not _seats().search(vietnamese.normalise(text)):
        return text
    pieces = _PARTING.split(vietnamese.normalise(text))
    kept = ""
    for number in range(0, len(pieces), 2):
        part, before = pieces[number].strip(), pieces[number - 1] if number else ""
        seat = _seats().match(part)
        if not seat:
            kept += f"{before if kept else ''}{part}"
            continue
        rest = part[seat.end() :].strip()
        if rest and (not number or role_words.role_spans(rest)):
            kept += f"{before if kept else ''}{rest}"
    return kept.strip(_LEFT)


@cache
def _seats() -> re.Pattern[str]:
    words = sorted((vietnamese.normalise(row["word"]) for row in rows("party_seats.csv")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
