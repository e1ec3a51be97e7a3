"""Dates as people write them in a cell, parsed into the ISO 8601 text that the records use."""

from __future__ import annotations

import csv
import datetime
import re
import unicodedata
from functools import cache
from pathlib import Path

from resolver.errors import UsageError

__all__ = ["date_option", "mention_date", "parse_date", "serial_date"]

_TIME = r"(?:[T ,]+\d{1,2}:\d{2}.{0,20})?"
# The year first (ISO, or with slashes or dots), to the year, month or day; a time of day is ignored.
_ISO = re.compile(r"(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?:(?P=mark)(?P<day>\d{1,2})(?:[T ].*)?)?)?")
# The day comes first, as everywhere in Vietnam and Cambodia: 01/07/2025, 1-7-2025, 01.07.2025; 07/2025 is a month.
_LOCAL = re.compile(
    r"(?:(?P<day>\d{1,2})(?P<mark>[/.-]))?(?P<month>\d{1,2})(?(mark)(?P=mark)|[/.-])(?P<year>\d{4})" + _TIME
)
# ngày 27 tháng 11 năm 2024, tháng 7 năm 2025, 27 tháng 11, 2024
_VIETNAMESE = re.compile(
    r"(?:(?:ngày )?(?P<day>\d{1,2}) )?tháng (?P<month>\d{1,2})(?: năm |, ?|/| )(?P<year>\d{4})", re.IGNORECASE
)
# 27 novembre 2024, 1er juillet 2025, 27-Nov-24, July 2025
_DAY_AND_NAME = re.compile(
    r"(?:(?P<day>\d{1,2})(?:er|st|nd|rd|th)?[ -])?(?P<name>[^\W\d_]{3,9})\.?[ -](?P<year>\d{4}|\d{2})" + _TIME,
    re.IGNORECASE,
)
# November 27, 2024
_NAME_AND_DAY = re.compile(
    r"(?P<name>[^\W\d_]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})" + _TIME, re.IGNORECASE
)
_FORMS = (_ISO, _LOCAL, _VIETNAMESE, _DAY_AND_NAME, _NAME_AND_DAY)
_LONGEST = 60
_FIRST_OF_LAST_CENTURY = 30
"""Two-digit years from this one on belong to 19.., as in spreadsheets."""


def parse_date(text: str) -> str | None:
    """Return a date as ISO text, to the day, month or year; ``""`` for a blank, ``None`` for text that is not a date.

    Reads digits, and names of months in English, French and Vietnamese. A two-digit year is read only with the name of
    a month, as in ``27-Nov-24``: in digits alone it could be the day.

    >>> parse_date("01/07/2025"), parse_date("2025-7"), parse_date("2025"), parse_date("31/31/2025")
    ('2025-07-01', '2025-07', '2025', None)
    >>> parse_date("27-Nov-24"), parse_date("1er juillet 2025"), parse_date("ngày 27 tháng 11 năm 2024")
    ('2024-11-27', '2025-07-01', '2024-11-27')
    """
    text = text.strip()
    if not text:
        return ""
    if len(text) > _LONGEST:
        return None
    text = unicodedata.normalize("NFC", text)
    found = next((match.groupdict() for form in _FORMS if (match := form.fullmatch(text))), None)
    return None if found is None else _iso(found)


def _iso(found: dict[str, str | None]) -> str | None:
    """Return the parts of a date as ISO text; None if there is no such day."""
    year, month, day = found["year"] or "", found.get("month"), found["day"]
    if "name" in found:
        month = _months().get((found["name"] or "").lower())
        if month is None or (len(year) == 2 and not day):  # Nov 24 may be a day
            return None
    if len(year) == 2:
        year = f"{'19' if int(year) >= _FIRST_OF_LAST_CENTURY else '20'}{year}"
    parts = [part for part in (year, month, day) if part]
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part.zfill(2) for part in parts) if all(map(str.isascii, parts)) else None


@cache
def _months() -> dict[str, str]:
    """Return the number of each month by its names."""
    with Path(__file__).with_name("month_names.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["month"] for row in csv.DictReader(file)}


_SERIAL = re.compile(r"([1-9]\d{4})(?:\.\d+)?", re.ASCII)
_DAY_ZERO = datetime.date(1899, 12, 30)


def serial_date(text: str) -> str | None:
    """Return the day that a spreadsheet's number of five digits stands for (1927 to 2173); None for others.

    >>> serial_date("45623"), serial_date("45623.5"), serial_date("2024")
    ('2024-11-27', '2024-11-27', None)
    """
    found = _SERIAL.fullmatch(text.strip())
    return None if found is None else str(_DAY_ZERO + datetime.timedelta(days=int(found[1])))


def mention_date(cell: str, default: str = "", *, serial: bool = False) -> tuple[str, str]:
    """Return the date of a mention from its row's cell, and a note if the cell cannot be read.

    ``serial`` says that it may be a spreadsheet's number. A blank cell means the default; an unreadable one means no
    date, since the default may be wrong for it.
    """
    date = (serial and serial_date(cell)) or parse_date(cell)
    if date is None:
        return "", f"The date {cell.strip()[:40]!r} cannot be read: resolved without a date."
    return date or default, ""


def date_option(text: str | datetime.date | None, what: str) -> str:
    """Return a date that a caller gave, ``""`` for none. Raises ``UsageError`` if it cannot be read."""
    date = parse_date("" if text is None else str(text))
    if date is None:
        raise UsageError(f"{what} {str(text)!r} is not a date: write 2025-07-01, 2025-07, 2025 or 01/07/2025")
    return date
