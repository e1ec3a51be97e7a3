"""The number of units agrees with the officially published numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from resolver.gazetteer.rules.facts import Facts, Finding, Span, days_of, is_date

__all__ = ["official_count"]


def official_count(facts: Facts) -> Iterator[Finding]:
    """The units of a country, type and legal type in force on a day are as many as ``official_counts`` says.

    A unit whose start is not recorded counts from the beginning; one with imprecise dates may or may not count.
    """
    spans: dict[tuple[str, str], list[tuple[str, Span]]] = defaultdict(list)
    for entity, rows in facts.versions.items():
        spans[facts.country(entity), facts.type(entity)] += [(row["local_type"], facts.span(row)) for row in rows]
    for row in facts["official_counts"]:
        if not row["count"].isdecimal():
            yield Finding("official_counts", row.line, f"count {row['count']!r} is not a number; write its digits")
        elif is_date(row["date"]):
            day = days_of(row["date"])[0]
            units = [span for kind, span in spans[row["country"], row["type"]] if row["local_type"] in {"", kind}]
            least = sum(span.surely_covers(day) for span in units)
            most = sum(span.may_cover(day) for span in units)
            if not least <= int(row["count"]) <= most:
                found = f"{least} to {most}" if least < most else str(most)
                what = f"{row['local_type'] or row['type']} of {row['country']} on {row['date']}"
                message = f"{found} {what}, not {row['count']}; find the missing or extra units in versions.csv"
                yield Finding("official_counts", row.line, message)
