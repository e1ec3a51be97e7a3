"""Legal instruments agree with the changes that are based on them."""

from __future__ import annotations

from collections.abc import Iterator

from resolver.gazetteer.reader import Row
from resolver.gazetteer.rules.facts import Facts, Finding, days_of
from resolver.model import PLACE_TYPES

__all__ = ["change_day", "change_unfounded", "instrument_days", "instrument_once"]

#: From this day on the official lists have dates, so the day of a change can be traced to its instrument.
FIRST_LIST = "2004-08-31"


def change_day(facts: Facts) -> Iterator[Finding]:
    """A change has the day on which its instrument takes effect; if that is unknown, no day before its adoption."""
    instruments = {row["id"]: row for row in facts["instruments"]}
    for row in facts.changes:
        instrument = instruments.get(row["instrument_id"])
        if instrument is None:
            continue
        number, adopted, in_force = (instrument[column] for column in ("number", "adopted", "in_force"))
        if in_force and days_of(in_force) != days_of(row["date"]):
            message = f"{row['date']} is not {in_force}, when {number} takes effect"
        elif not in_force and adopted and days_of(row["date"])[1] < days_of(adopted)[0]:
            message = f"{row['date']} is before {adopted}, when {number} was adopted"
        else:
            continue
        yield Finding("changes", row.line, f"{message}; fix a date or instrument_id")


def change_unfounded(facts: Facts) -> Iterator[Finding]:
    """A change of a place without an instrument has a range, not a day. Codes are set by the statistics office."""
    for row in facts.changes:
        first, last = days_of(row["date"])
        if row["instrument_id"] or row["kind"] == "recoded" or first != last or row["date"] < FIRST_LIST:
            continue
        if facts.type(row["from_id"] or row["to_id"]) in PLACE_TYPES:
            message = f"{row['kind']} on {row['date']} has no instrument; give one, or the days it lies between"
            yield Finding("changes", row.line, message)


def instrument_days(facts: Facts) -> Iterator[Finding]:
    """An instrument takes effect when it is adopted or later."""
    for row in facts["instruments"]:
        if row["adopted"] and row["in_force"] and days_of(row["in_force"])[1] < days_of(row["adopted"])[0]:
            message = f"in force on {row['in_force']}, before its adoption on {row['adopted']}; fix one of the dates"
            yield Finding("instruments", row.line, message)


def instrument_once(facts: Facts) -> Iterator[Finding]:
    """One instrument has one id: no two of an issuer have the same number and the same day in force."""
    known: dict[tuple[str, str, str], Row] = {}
    for row in facts["instruments"]:
        if not row["in_force"]:
            continue
        other = known.setdefault((row["issuer"], row["number"], row["in_force"]), row)
        if other is not row:
            message = f"{row['id']} and {other['id']} (line {other.line}) are one instrument; keep one id"
            yield Finding("instruments", row.line, message)
