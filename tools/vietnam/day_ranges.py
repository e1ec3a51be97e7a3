"""Give what rests on an instrument whose day in force is not known the days between which that day lies.

Until March 2009 decrees took effect fifteen days after the Gazette printed them. The statistics office counts from the
signing instead, so that its day is the earliest possible one. Where the true day was found it is one to two weeks
later, and never more than sixteen days: ``LATEST`` leaves a margin.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tools.vietnam.rows import Facts

__all__ = ["latest_day", "widen"]

#: From this day on the list of instruments has days of signing, and decrees take effect when they are signed.
SIGNED_FROM = "2009-04-01"
LATEST = timedelta(days=21)


def latest_day(number: str, listed: str) -> str:
    """Return the last day on which an instrument can have taken effect; empty where the listed day is the one.

    >>> latest_day("61/2005/NĐ-CP", "2005-05-31")
    '2005-06-21'
    >>> latest_day("14/NĐ-CP", "2009-04-10")
    ''
    """
    if not number.endswith("/NĐ-CP") or listed >= SIGNED_FROM:
        return ""
    return str(date.fromisoformat(listed) + LATEST)


def widen(facts: Facts, latest: Mapping[str, str]) -> None:
    """Make ranges of the days of the instruments in ``latest``, by id: its last possible day in force."""
    spans: dict[tuple[str, str], str] = {}
    for row in facts.changes:
        if last := latest.get(row["instrument_id"]):
            span = f"{row['date']}/{last}"
            spans |= {(unit, row["date"]): span for unit in (row["from_id"], row["to_id"])}
            row["date"] = span
    for row in facts.versions:
        row |= {bound: spans.get((row["id"], row[bound]), row[bound]) for bound in ("valid_from", "valid_to")}
    for row in facts.instruments:
        if last := latest.get(row["id"]):
            row["in_force"] = f"{row['in_force']}/{last}"
