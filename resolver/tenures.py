"""Who held which office when, as far as sources tell."""

from __future__ import annotations

from collections.abc import Iterable

from resolver.days import FIRST_DAY, LAST_DAY, day_range
from resolver.model import Tenure

__all__ = ["held_on", "last_seen", "latest"]


def held_on(tenures: Iterable[Tenure], days: tuple[int, int]) -> tuple[Tenure, ...]:
    """Return the tenures that cover a day (given as the range of days it may be), in the order given.

    A tenure with a known start and no end runs on, though nobody may have looked since it was last attested
    (``last_seen``). One whose start is unknown covers the days from the first to the last on which a source saw it,
    or to its end where that is known.
    """
    return tuple(tenure for tenure in tenures if _covers(tenure, days))


def last_seen(tenure: Tenure) -> str:
    """Return the last date a source saw a tenure that has no recorded end; empty where it has one, or no such date."""
    return "" if tenure.valid_to else max(tenure.attested, default="")


def latest(tenures: Iterable[Tenure]) -> tuple[Tenure, ...]:
    """Return the tenures that reach farthest: what is last known of a person or an office."""
    known = [(max(tenure.valid_to, tenure.valid_from, *tenure.attested, ""), tenure) for tenure in tenures]
    farthest = max((date for date, _ in known), default="")
    return tuple(tenure for date, tenure in known if date == farthest and farthest)


def _covers(tenure: Tenure, days: tuple[int, int]) -> bool:
    seen = [day_range(date) for date in tenure.attested]
    first_seen = min((first for first, _ in seen), default=LAST_DAY)
    start = day_range(tenure.valid_from)[0] if tenure.valid_from else first_seen
    end = max((last for _, last in seen), default=FIRST_DAY)
    if tenure.valid_from:
        end = LAST_DAY
    if tenure.valid_to:
        end = day_range(tenure.valid_to)[1]
    return start <= days[1] and days[0] <= end
