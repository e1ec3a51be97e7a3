"""When tenures ended of which no source gives the day: not later than what came after them.

An end lies between the last day on which the person was seen in office and the earliest of these:

* the next holder of an office with one holder at a time;
* a new Government, for its members who were not seen in it again (``governments.csv``);
* a list of all who held the office on a day, for those who are not seen on it or later (``rosters.csv``);
* the person's next post in the body of another province: nobody sits in two;
* the end of the office.

A range that a source gives is narrowed by the same.

Likewise a start of which no source tells lies between the last day on which the holder before was seen, or the start of
the office, and the first on which the next one was: where that is a year at most, it is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date as day
from datetime import timedelta
from typing import NamedTuple

from resolver.days import day_range

Row = dict[str, str]

#: Bodies of provinces of which nobody sits in two at a time.
TERRITORIAL = frozenset({"administration", "people's committee", "police"})
#: Who heads one of these has left the province where he sat in one of the former.
AWAY = TERRITORIAL | {"ministry"}


#: Days within which a start must lie to be told: a wider range would say that somebody may have held an office for long
#: before anybody saw them in it.
LONGEST_START = 366


@dataclass(frozen=True)
class Office:
    """An office as ends follow from it: its own life, and what the organisation is that it belongs to."""

    valid_from: str
    valid_to: str
    one_holder: bool
    body: str
    area: str
    #: The Government whose member its holder is, if any.
    government: str


class Bound(NamedTuple):
    """A day by which a tenure had ended, and why; ``start`` says that the next one starts on that very day."""

    day: str
    reason: str
    start: bool = False


def offices_by_id(offices: Iterable[Row], organisations: Iterable[Row]) -> dict[str, Office]:
    """Return the offices by id, given the versions of offices and organisations, the latest of an id last.

    The first row of an office may have ``holders``; without it the head of an organisation is one at a time.
    """
    of = {row["id"]: row for row in organisations}
    found: dict[str, Office] = {}
    for row in offices:
        organisation = of[row["parent_id"]]
        before = found.get(row["id"])
        holders = row.get("holders") or ("one" if row["local_type"] == "head" else "several")
        found[row["id"]] = Office(
            valid_from=before.valid_from if before else row["valid_from"],
            valid_to=row["valid_to"],
            one_holder=before.one_holder if before else holders == "one",
            body=organisation["local_type"],
            area=organisation["area_id"],
            government=government_of(row, organisation),
        )
    return found


def government_of(office: Mapping[str, str], organisation: Mapping[str, str]) -> str:
    """Return the Government that an office makes its holder a member of: its own offices, and heads of ministries."""
    if organisation["local_type"] == "government":
        return organisation["id"]
    return (
        organisation["parent_id"] if (organisation["local_type"], office["local_type"]) == ("ministry", "head") else ""
    )


def with_ends(
    tenures: list[Row], offices: Mapping[str, Office], governments: Iterable[Row] = (), rosters: Iterable[Row] = ()
) -> Iterator[Row]:
    """Yield the tenures with the ends that follow from what came after them; overruled rows stay as they are."""
    of_office, of_person, formed = defaultdict(list), defaultdict(list), defaultdict(list)
    listed = defaultdict(list)
    for tenure in tenures:
        if not tenure["preferred"]:
            of_office[tenure["office_id"]].append(tenure)
            of_person[tenure["person_id"]].append(tenure)
    for row in governments:
        formed[row["organisation_id"]].append(Bound(row["formed"], f"a new Government, {row['source_id']}"))
    for row in rosters:
        listed[row["office_id"]].append(Bound(row["date"], f"not among all its holders, {row['source_id']}"))
    for tenure in tenures:
        office = offices[tenure["office_id"]]
        bounds: list[Bound] = []
        if not tenure["preferred"]:
            bounds += next_holders(tenure, of_office[tenure["office_id"]]) if office.one_holder else []
            bounds += [*formed[office.government], *listed[tenure["office_id"]]]
            bounds += next_posts(tenure, of_person[tenure["person_id"]], offices)
        if office.valid_to:
            bounds.append(Bound(office.valid_to, ""))
        yield ended(tenure if tenure["preferred"] else raised(tenure), bounds)


def with_starts(tenures: list[Row], offices: Mapping[str, Office]) -> Iterator[Row]:
    """Yield the tenures with the starts that follow from what came before them; overruled rows stay as they are."""
    of_office = defaultdict(list)
    for tenure in tenures:
        if not tenure["preferred"]:
            of_office[tenure["office_id"]].append(tenure)
    for tenure in tenures:
        office = offices[tenure["office_id"]]
        dated = tenure["valid_from"] or not tenure["attested"] or tenure["preferred"] or not office.one_holder
        yield tenure if dated else started(tenure, of_office[tenure["office_id"]], office.valid_from)


def started(tenure: Row, of_office: Iterable[Row], office_from: str) -> Row:
    """Return a tenure with its start between the last that is known of the holder before and its first sighting."""
    seen = first_seen(tenure)
    others = [other for other in of_office if other["person_id"] != tenure["person_id"]]
    before = [(last_held(other), f"the holder before, {other['source_id']}") for other in others]
    known = [(date, reason) for date, reason in [*before, (office_from, "")] if date and date <= seen]
    date, reason = max(known, default=("", ""))
    if not date or day_range(seen)[1] - day_range(date)[0] > LONGEST_START:
        return tenure
    note = "; ".join(filter(None, [tenure["note"], reason and f"start: {reason}"]))
    return tenure | {"valid_from": f"{date}/{seen}" if date < seen else seen, "note": note}


def last_held(tenure: Mapping[str, str]) -> str:
    """Return the last day known of a tenure: its end where that is settled, else when its holder was last seen."""
    return last_seen(tenure) if "/" in tenure["valid_to"] else tenure["valid_to"] or last_seen(tenure)


def next_holders(tenure: Row, of_office: Iterable[Row]) -> Iterator[Bound]:
    """Yield who else held the office of a tenure."""
    for other in of_office:
        if other["person_id"] != tenure["person_id"]:
            yield Bound(first_seen(other), f"the next holder, {other['source_id']}", start=True)


def next_posts(tenure: Row, of_person: Iterable[Row], offices: Mapping[str, Office]) -> Iterator[Bound]:
    """Yield the posts of a person that cannot go with one in the body of a province."""
    office = offices[tenure["office_id"]]
    if office.body in TERRITORIAL:
        for other in of_person:
            elsewhere = offices[other["office_id"]]
            if elsewhere.body in AWAY and elsewhere.area != office.area:
                yield Bound(first_seen(other), f"the next post, {other['source_id']}")


def ended(tenure: Row, bounds: Iterable[Bound]) -> Row:
    """Return a tenure whose end is settled by the earliest of what came after its holder was last seen.

    Of a tenure that no source saw on any day nothing is known to come after, but for the end of the office.
    """
    seen = last_seen(tenure)
    later = [bound for bound in bounds if bound.day > seen and (seen or tenure["valid_to"] or not bound.reason)]
    if not later:
        return tenure
    earliest = min(later)
    end = tenure["valid_to"]
    if not end or ("/" in end and earliest.day < end.rpartition("/")[2]):
        reason = earliest.reason and f"end: {earliest.reason}"
        note = "; ".join(filter(None, [tenure["note"], reason]))
        return tenure | {"valid_to": between(tenure, earliest.day), "note": note}
    # A source that gives the last day in office agrees with a successor who starts the day after.
    holder = min((bound for bound in later if bound.start), default=None)
    return tenure | {"valid_to": holder.day} if holder and day_after(end) == holder.day else tenure


def raised(tenure: Row) -> Row:
    """Return a tenure whose end, where it is told as a range, begins no earlier than its holder was last seen."""
    earliest, _, latest = tenure["valid_to"].partition("/")
    seen = last_seen(tenure)
    return tenure | {"valid_to": f"{seen}/{latest}"} if earliest < seen < latest else tenure


def last_seen(tenure: Mapping[str, str]) -> str:
    """Return the last day on which a tenure is known to run, taking its start and its end as early as they can be."""
    end, is_range, _ = tenure["valid_to"].partition("/")
    return max([tenure["valid_from"].split("/")[0], *tenure["attested"].split("|"), end if is_range else ""])


def first_seen(tenure: Mapping[str, str]) -> str:
    """Return the first day on which a tenure is known to run; empty where a source saw it on none.

    A start in a range is known from the last day that it can be, unless the holder was seen before.
    """
    start = tenure["valid_from"]
    if start and "/" not in start:
        return start
    known = filter(None, [start.rpartition("/")[2], *tenure["attested"].split("|")])
    return min(known, key=lambda date: day_range(date)[1], default="")


def between(tenure: Mapping[str, str], latest: str) -> str:
    """Return the end as lying between the last day the person was seen in office and ``latest``."""
    seen = max(tenure["valid_from"].split("/")[-1], last_seen(tenure))
    return f"{seen}/{latest}" if seen and seen < latest else latest


def day_after(date: str) -> str:
    """Return the next day of a full ISO date, and nothing for a date known less well."""
    return (day.fromisoformat(date) + timedelta(days=1)).isoformat() if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else ""
