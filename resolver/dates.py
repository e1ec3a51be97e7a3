"""Dates as people write them in a cell, turned into the ISO 8601 text the records use."""

from __future__ import annotations

import datetime
import re

from resolver.errors import UsageError

__all__ = ["date_option", "mention_date", "parse_date"]

# The year first (ISO, or with slashes or dots), to the year, month or day, with a time of day that is not looked at.
_ISO = re.compile(r"(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d{1,2})(?:(?P=mark)(?P<day>\d{1,2})(?:[T ].*)?)?)?")
# The day comes first, as everywhere in Vietnam and Cambodia: 01/07/2025, 1-7-2025, 01.07.2025; 07/2025 is a month.
_LOCAL = re.compile(r"(?:(?P<day>\d{1,2})(?P<mark>[/.-]))?(?P<month>\d{1,2})(?(mark)(?P=mark)|[/.-])(?P<year>\d{4})")


def parse_date(text: str) -> str | None:
    """Return a date as ISO text known to the day, month or year; ``""`` for a blank, ``None`` for what is no date.

    >>> parse_date("01/07/2025"), parse_date("2025-7"), parse_date("2025"), parse_date("31/31/2025")
    ('2025-07-01', '2025-07', '2025', None)
    """
    text = text.strip()
    if not text:
        return ""
    found = _ISO.fullmatch(text) or _LOCAL.fullmatch(text)
    if found is None or not text.isascii():
        return None
    year, month, day = found["year"], found["month"], found["day"]
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part.zfill(2) for part in (year, month, day) if part)


def mention_date(cell: str, default: str = "") -> tuple[str, str]:
    """Return the date of a mention from its row's cell, and a note where the cell cannot be read.

    A blank cell means the default; an unreadable one means no date, since the default may be wrong for it.
    """
    date = parse_date(cell)
    if date is None:
        return "", f"The date {cell.strip()[:40]!r} cannot be read: resolved without a date."
    return date or default, ""


def date_option(text: str | datetime.date | None, what: str) -> str:
    """Return a date that a caller gave, ``""`` for none. Raises ``UsageError`` where it cannot be read."""
    date = parse_date("" if text is None else str(text))
    if date is None:
        raise UsageError(f"{what} {str(text)!r} is no date: write 2025-07-01, 2025-07, 2025 or 01/07/2025")
    return date
