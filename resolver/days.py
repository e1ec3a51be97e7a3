"""Dates as far as they are known, as day numbers that can be compared.

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
        first, _, last = text.partition("/")
        return day_range(first)[0], day_range(last)[1]
    form = _FORM.fullmatch(text)
    if not form:
        raise UsageError(f"{text!r} is not a date; write 2025-07-01, 2025-07 or 2025")
    year, month, day = int(form[1]), int(form[2] or 0), int(form[3] or 0)
    try:
        first_day = dt.date(year, month or 1, day or 1)
        if day:
            return first_day.toordinal(), first_day.toordinal()
        following = dt.date(year + month // 12, month % 12 + 1, 1) if month else dt.date(year + 1, 1, 1)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a day of the calendar; write 2025-07-01") from error
    return first_day.toordinal(), following.toordinal() - 1
