"""The head of a document: its day, and the agency whose text it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from resolver.dates import parse_date

__all__ = ["Dated", "day_of", "follows_agency", "is_agency"]

_HEAD = 600
_DATELINE = 300
_YEAR = re.compile(r"(?<![\d/.,-])(?:19|20)\d\d(?![\d/.,-]*\d)")
_WHOLE = re.compile(
    r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}([/.-])\d{1,2}\1\d{4}"
    r"|(?:ngày )?\d{1,2} tháng \d{1,2}(?: năm |, ?|/| )\d{4}"
    r"|\d{1,2}(?:er|st|nd|rd|th)? [^\W\d_]{3,9}\.? \d{4}|[^\W\d_]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?, ?\d{4})(?!\d)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?<![\d/])(?:(?P<day>\d{1,2})(?:er|st|nd|rd|th)? (?P<name>[^\W\d_]{3,9})"
    r"|(?P<first>[^\W\d_]{3,9})\.? (?P<second>\d{1,2})|(?P<figure>\d{1,2})/(?P<month>\d{1,2}))(?![\d/])"
)

_HEAD_OF_LINE, _LONGEST_HEAD = re.compile(r"(?:^|\n)[^\n()]{2,40}\($"), 42
_LINE_STARTED = re.compile(r"\)\.? ?(?:[-–—:]|(?<=\.))")
"""What is before and behind the agency in the head of a text: Hanoï, 4 mars (AVI) –."""
_CREDIT = re.compile(r"(?:photo|photos|ảnh) ?: ?[^\n:]{2,30}/$", re.IGNORECASE)
"""What stands before the agency of whoever took a photo: Photo : Thông Nhât/AVI."""
_AFTER_AGENCY = tuple(f"{end} {dash} " for end in ")]" for dash in "-–—")


class Dated(NamedTuple):
    """The day of a document (ISO 8601, empty if unknown), and the words in which the text has it."""

    day: str
    told_by: str = ""


def day_of(plain: str) -> Dated:
    """Return the day at the head of a text: a whole date, or a day and month with the only year in the text.

    >>> day_of("Phnom Penh, 29 janvier (VNA) - Le plan pour 2025 est prêt."), day_of("Hanoi, May 3").day
    (Dated(day='2025-01-29', told_by='29 janvier 2025'), '')
    """
    head = plain[:_HEAD]
    for found in _WHOLE.finditer(head):
        day = parse_date(found.group())
        if day:
            return Dated(day, found.group())
    years = Counter(_YEAR.findall(plain))
    if len(years) != 1:
        return Dated("")
    (year,) = years
    for words in _days(plain[:_DATELINE]):
        day = parse_date(f"{words} {year}") if "/" not in words else parse_date(f"{words}/{year}")
        if day:
            return Dated(day, f"{words} {year}")
    return Dated("")


def _days(text: str) -> Iterator[str]:
    for found in _DAY.finditer(text):
        if found["day"]:
            yield f"{found['day']} {found['name']}"
        elif found["first"]:
            yield f"{found['second']} {found['first']}"
        else:
            yield found.group()


def is_agency(plain: str, start: int, end: int) -> bool:
    """Return whether a name stands in brackets in the head of a text (Hanoï (AVI) –), or behind who took a photo.

    >>> is_agency("Hanoï (AVI) – Le Vietnam", 7, 10), is_agency("Le pacte (AVI) est là", 10, 13)
    (True, False)
    """
    if plain.startswith("/", start - 1):
        return _CREDIT.search(plain, max(0, start - _LONGEST_HEAD), start) is not None
    if not _LINE_STARTED.match(plain, end):
        return False
    return _HEAD_OF_LINE.search(plain[max(0, start - _LONGEST_HEAD) : start]) is not None


def follows_agency(head: str) -> bool:
    """Return whether a text ends with the brackets of an agency and a dash, behind which a sentence begins.

    >>> follows_agency("Hanoï (AVI) – "), follows_agency("Hanoï – ")
    (True, False)
    """
    return head.endswith(_AFTER_AGENCY)
