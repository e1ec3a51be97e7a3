"""Which offices have a recorded holder, and which have none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from resolver.days import day_range
from resolver.history.changes import version_at
from resolver.history.tenures import held_on, unseen_since
from resolver.index.index import Index, Record
from resolver.model import TYPES

__all__ = ["COUNTRIES", "GROUPS", "SINCE", "Offices", "offices"]

COUNTRIES = ("VN", "KH")
SINCE = 2015
"""The first year for which offices are counted."""

GROUPS = {
    "government": (frozenset({"government", "ministry"}), frozenset({"country"})),
    "provinces": (
        frozenset({"administration", "people's committee", "people's council", "party committee"}),
        frozenset({"province"}),
    ),
    "police": (frozenset({"police"}), frozenset({"country", "province"})),
}
"""The bodies whose heads are counted: their local types, and the types of the areas they are responsible for."""


@dataclass(frozen=True, slots=True)
class Offices:
    """How many offices that head a body of a ``group`` existed on a day.

    The ``held`` ones have a recorded holder; for the ``unseen`` ones among them no source saw the holder then or later.
    The others are gaps.
    """

    country: str
    group: str
    date: str
    count: int
    held: int
    unseen: int

    @property
    def gaps(self) -> int:
        """How many of them have no recorded holder."""
        return self.count - self.held


def offices(index: Index) -> Iterator[Offices]:
    """Yield the counts for the middle of every year since ``SINCE``, and for the gazetteer's own date."""
    heads = [record for record in _offices(index) if any(version.local_type == "head" for version in record.versions)]
    years = range(SINCE, int(index.as_of[:4]) + 1)
    dates = [date for date in (f"{year}-07-01" for year in years) if date < index.as_of]
    for country in COUNTRIES:
        for group in GROUPS:
            for date in (*dates, index.as_of):
                day = day_range(date)[0]
                there = [one for one in heads if one.country == country and _group(index, one, day) == group]
                held = [holders for one in there if (holders := held_on(one.tenures, (day, day)))]
                unseen = sum(all(unseen_since(tenure, day) for tenure in holders) for holders in held)
                yield Offices(country, group, date, len(there), len(held), unseen)


def _offices(index: Index) -> Iterator[Record]:
    for number in (index.entity_type == TYPES.index("office")).nonzero()[0]:
        yield index.record(int(number))


def _group(index: Index, office: Record, day: int) -> str:
    """Return the group of an office that exists on a day; empty if it does not exist or has no group."""
    version = version_at(office, day)
    if version < 0 or not office.days[version][0] <= day < office.days[version][1] or office.parents[version] < 0:
        return ""
    body = index.record(office.parents[version])
    then = version_at(body, day)
    if then < 0 or body.areas[then] < 0:
        return ""
    area, kind = TYPES[index.entity_type[body.areas[then]]], body.versions[then].local_type
    return next((group for group, (kinds, areas) in GROUPS.items() if kind in kinds and area in areas), "")
