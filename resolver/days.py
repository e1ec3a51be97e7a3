"""Dates of any precision, as day numbers that can be compared.

Text forms: ``2013``, ``2013-11``, ``2013-11-25`` and ``2018-07-26/2019-12-12`` (on some day between the two).
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from resolver.errors import UsageError

__all__ = ["FIRST_DAY", "LAST_DAY", "day_range"]

FIRST_DAY = 0
LAST_DAY = dt.date.max.toordinal()

_FORM = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


@lru_cache(maxsize=65_536)
def day_range(text: str) -> tuple[int, int]:
    """Return the first and the last day (proleptic Gregorian ordinals) that a date text may mean.

    >>> day_range("2025-07-01")
    (739433, 739433)
    >>> day_range("2025") == (day_range("2025-01-01")[0], day_range("2025-12-31")[1])
    True

    Raises UsageError for anything that is not a date.
    """
    if "/" in text:
        earliest, _, latest = text.partition("/")
        return day_range(earliest)[0], day_range(latest)[1]
    form = _FORM.fullmatch(text)
    if not form:
        raise UsageError(f"{text!r} is not a date; write 2025-07-01, 2025-07 or 2025")
    year, month, day = (int(part) if part else None for part in form.groups())
    assert year is not None
    try:
        first = dt.date(year, 1 if month is None else month, 1 if day is None else day)
        last_month = 12 if month is None else month
        last = first if day is not None else _last_of(year, last_month)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a day of the calendar; write 2025-07-01") from error
    return first.toordinal(), last.toordinal()


def _last_of(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    following = dt.date(year + month // 12, month % 12 + 1, 1) if (year, month) != (dt.MAXYEAR, 12) else None
    return following - dt.timedelta(days=1) if following else dt.date.max
