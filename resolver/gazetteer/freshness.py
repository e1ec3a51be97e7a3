"""The age of the facts, and the warning if it is over a year.

Today is the clock's day, or ``RESOLVER_TODAY`` if that is set, so that a run can be repeated.
"""

from __future__ import annotations

import datetime as dt
import os
import warnings
from functools import cache

from resolver.days import day_range
from resolver.errors import StaleGazetteerWarning, UsageError

__all__ = ["stale", "warn_if_stale"]

_LONGEST = 366


def stale(as_of: str) -> str:
    """Return the warning for a gazetteer of a date; an empty text unless it is over a year old.

    Raises UsageError if ``RESOLVER_TODAY`` is not a day.
    """
    days = _today() - day_range(as_of)[0]
    if days < _LONGEST:
        return ""
    return f"the gazetteer is of {as_of}, {days} days ago: later changes are not in it; install a newer release"


def warn_if_stale(as_of: str) -> None:
    """Warn, once in a process, about a gazetteer that is over a year old."""
    message = stale(as_of)
    if message:
        _warn(message)


@cache
def _warn(message: str) -> None:
    warnings.warn(message, StaleGazetteerWarning, stacklevel=4)


def _today() -> int:
    chosen = os.environ.get("RESOLVER_TODAY")
    if not chosen:
        return dt.date.today().toordinal()
    try:
        return dt.date.fromisoformat(chosen).toordinal()
    except ValueError:
        raise UsageError(f"RESOLVER_TODAY is {chosen!r}, which is not a day: write 2025-07-01") from None
