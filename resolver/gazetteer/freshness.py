"""How old the facts are, and the warning when that is over a year.

The day that counts as today is the clock's, or ``RESOLVER_TODAY`` where that is set, so that a run can be repeated.
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
    """Return what is to be said of a gazetteer of a date: nothing unless it is over a year old.

    Raises UsageError where ``RESOLVER_TODAY`` is no day.
    """
    days = _today() - day_range(as_of)[0]
    if days < _LONGEST:
        return ""
    return f"the gazetteer is of {as_of}, {days} days ago: what changed since is not in it; install a newer release"


def warn_if_stale(as_of: str) -> None:
    """Warn, once in a process, of a gazetteer that is over a year old."""
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
        raise UsageError(f"RESOLVER_TODAY is {chosen!r}, which is no day: write 2025-07-01") from None
