"""Who held which office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from resolver.days import LAST_DAY
from resolver.gazetteer.reader import Row
from resolver.gazetteer.rules.facts import Facts, Finding, days_of

__all__ = [
    "tenure_attested",
    "tenure_in_office",
    "tenure_of_government",
    "tenure_once",
    "tenure_sides",
    "tenure_succeeded",
]


def tenure_sides(facts: Facts) -> Iterator[Finding]:
    """A tenure joins a person and an office."""
    for row in facts["tenures"]:
        for column, wanted in (("person_id", "person"), ("office_id", "office")):
            kind = facts.type(row[column])
            if kind and kind != wanted:
                yield Finding("tenures", row.line, f"{column} {row[column]} is a {kind}, not a {wanted}; fix the id")


def tenure_in_office(facts: Facts) -> Iterator[Finding]:
    """A tenure lies within the life of its office, if both are known.

    An unrecorded end does not mean that the person still holds the office, so then only sightings count.
    """
    for row in facts["tenures"]:
        office = facts.lives.get(row["office_id"])
        if office is None:
            continue
        dates = [row["valid_from"], row["valid_to"], *row["attested"].split("|")]
        days = [days_of(date) for date in dates if date]
        outside = any(last < office.start[0] or first > office.end[1] for first, last in days)
        if outside or (row["valid_from"] and facts.span(row).start[0] >= office.end[1]):
            message = f"{row['person_id']} holds {row['office_id']} while that is not in force; fix the dates of one"
            yield Finding("tenures", row.line, message)


def tenure_attested(facts: Facts) -> Iterator[Finding]:
    """No sighting of a person in an office is before the start or after the end of the tenure.

    On the day of the end a sighting is allowed: reports of that morning still name the holder.
    """
    for row in facts["tenures"]:
        span = facts.span(row)
        for date in filter(None, row["attested"].split("|")):
            first, last = days_of(date)
            if (row["valid_from"] and last < span.start[0]) or first > span.end[1]:
                yield Finding("tenures", row.line, f"attested on {date}, outside the tenure; fix one of the dates")


def tenure_once(facts: Facts) -> Iterator[Finding]:
    """Nobody holds one office twice at a time: if two sources differ, one row is preferred."""
    held: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in facts.tables.standing("tenures"):
        held[row["person_id"], row["office_id"]].append(row)
    for (person, office), rows in held.items():
        for before, after in pairwise(sorted(rows, key=lambda row: facts.span(row).start)):
            # An unrecorded end may be before the next tenure.
            if facts.span(before).end[0] < LAST_DAY and facts.span(before).surely_meets(facts.span(after)):
                message = f"{person} holds {office} since before line {before.line} ends; mark one preferred=no"
                yield Finding("tenures", after.line, message)


def tenure_succeeded(facts: Facts) -> Iterator[Finding]:
    """The tenure of a head of an organisation has an end once another head was seen: it has one head at a time."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in facts.tables.standing("tenures"):
        office = facts.versions.get(row["office_id"])
        if office and office[-1]["local_type"] == "head":
            held[row["office_id"]].append(row)
    for office_id, rows in held.items():
        for row in rows:
            later = [other for other in rows if other["person_id"] != row["person_id"] and _surely_later(other, row)]
            if later and not row["valid_to"]:
                names = ", ".join(sorted({other["person_id"] for other in later}))
                message = f"{row['person_id']} holds {office_id} without an end, and {names} after; bound the end"
                yield Finding("tenures", row.line, message)


def tenure_of_government(facts: Facts) -> Iterator[Finding]:
    """The tenure of a member of a Government has an end once there is a new Government, unless seen again since."""
    governments = {rows[-1]["parent_id"] for rows in facts.versions.values() if rows[-1]["local_type"] == "ministry"}
    heads: dict[str, list[tuple[int, str]]] = defaultdict(list)
    members: list[tuple[str, Row]] = []
    for row in facts.tables.standing("tenures"):
        government, leads = _government(facts, row["office_id"])
        if government in governments:
            members.append((government, row))
        if leads and row["valid_from"]:
            heads[government].append((facts.span(row).start[1], row["person_id"]))
    for government, row in members:
        seen = _last_seen(row)
        since = [person for day, person in heads[government] if seen is not None and day > seen]
        if since and not row["valid_to"]:
            message = f"{row['person_id']} has no end, and was not seen since the Government of {since[0]}; bound it"
            yield Finding("tenures", row.line, message)


def _government(facts: Facts, office_id: str) -> tuple[str, bool]:
    """Return the Government that the holder of an office is a member of, and whether the office leads it."""
    office = facts.versions.get(office_id, [])
    organisation = facts.versions.get(office[-1]["parent_id"], []) if office else []
    if not organisation:
        return "", False
    kind, heads = organisation[-1]["local_type"], office[-1]["local_type"] == "head"
    if kind == "government":
        return organisation[-1]["id"], heads
    return (organisation[-1]["parent_id"] if kind == "ministry" and heads else ""), False


def _surely_later(other: Row, row: Row) -> bool:
    """Whether a tenure was first seen after another was last seen."""
    seen, first = _last_seen(row), _first_seen(other)
    return seen is not None and first is not None and first > seen


def _last_seen(row: Row) -> int | None:
    """Return the last day on which a tenure may have been seen, if any."""
    return max((days_of(date)[1] for date in _sightings(row)), default=None)


def _first_seen(row: Row) -> int | None:
    """Return the first day on which a tenure may have been seen, if any."""
    return min((days_of(date)[0] for date in _sightings(row)), default=None)


def _sightings(row: Row) -> list[str]:
    return [date for date in (row["valid_from"], *row["attested"].split("|")) if date]
