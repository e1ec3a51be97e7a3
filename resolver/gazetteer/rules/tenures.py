"""Who held which office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from resolver.days import LAST_DAY
from resolver.gazetteer.reader import Row
from resolver.gazetteer.rules.facts import Facts, Finding, days_of

__all__ = ["tenure_attested", "tenure_in_office", "tenure_once", "tenure_sides"]


def tenure_sides(facts: Facts) -> Iterator[Finding]:
    """A tenure joins a person and an office."""
    for row in facts["tenures"]:
        for column, wanted in (("person_id", "person"), ("office_id", "office")):
            kind = facts.type(row[column])
            if kind and kind != wanted:
                yield Finding("tenures", row.line, f"{column} {row[column]} is a {kind}, not a {wanted}; mend the id")


def tenure_in_office(facts: Facts) -> Iterator[Finding]:
    """A tenure lies inside its office's life, as far as both are known.

    An end that is not recorded is no claim that somebody still holds the office, so that only sightings count then.
    """
    for row in facts["tenures"]:
        office = facts.lives.get(row["office_id"])
        if office is None:
            continue
        dates = [row["valid_from"], row["valid_to"], *row["attested"].split("|")]
        days = [days_of(date) for date in dates if date]
        outside = any(last < office.start[0] or first > office.end[1] for first, last in days)
        if outside or (row["valid_from"] and facts.span(row).start[0] >= office.end[1]):
            message = f"{row['person_id']} holds {row['office_id']} while that is not in force; mend the dates of one"
            yield Finding("tenures", row.line, message)


def tenure_attested(facts: Facts) -> Iterator[Finding]:
    """A person was seen in an office on no day before the tenure starts or after it ends.

    On the day of the end both may be true: reports of that morning still name the holder.
    """
    for row in facts["tenures"]:
        span = facts.span(row)
        for date in filter(None, row["attested"].split("|")):
            first, last = days_of(date)
            if (row["valid_from"] and last < span.start[0]) or first > span.end[1]:
                yield Finding("tenures", row.line, f"attested on {date}, outside the tenure; mend one of the dates")


def tenure_once(facts: Facts) -> Iterator[Finding]:
    """Nobody holds one office twice at a time: of two sources that differ one row is preferred."""
    held: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in facts.tables.standing("tenures"):
        held[row["person_id"], row["office_id"]].append(row)
    for (person, office), rows in held.items():
        for before, after in pairwise(sorted(rows, key=lambda row: facts.span(row).start)):
            # An end that is not recorded may lie before the next tenure.
            if facts.span(before).end[0] < LAST_DAY and facts.span(before).surely_meets(facts.span(after)):
                message = f"{person} holds {office} since before line {before.line} ends; mark one preferred=no"
                yield Finding("tenures", after.line, message)
