"""The tables as the rules look at them: rows by entity, and the days a row may and must cover."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from resolver.days import FIRST_DAY, LAST_DAY, day_range
from resolver.errors import UsageError
from resolver.gazetteer.reader import Row, Tables

__all__ = ["ANY_DAY", "Facts", "Finding", "Rule", "Span", "days_of", "is_date"]

ANY_DAY = (FIRST_DAY, LAST_DAY)


class Finding(NamedTuple):
    """A row that breaks a rule, and what to do about it."""

    table: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Span:
    """When a row holds: the first and last day that ``start`` and ``end`` (first day no longer in force) may be."""

    start: tuple[int, int]
    end: tuple[int, int]

    def surely_starts_before(self, other: Span) -> bool:
        """Say whether this one starts before the other whatever the exact days were."""
        return self.start[1] < other.start[0]

    def surely_ends_after(self, other: Span) -> bool:
        """Say whether this one ends after the other whatever the exact days were."""
        return self.end[0] > other.end[1]

    def surely_meets(self, other: Span) -> bool:
        """Say whether both hold on some day whatever the exact days were."""
        return max(self.start[1], other.start[1]) < min(self.end[0], other.end[0])

    def surely_covers(self, day: int) -> bool:
        """Say whether it holds on a day whatever the exact days were."""
        return self.start[1] <= day < self.end[0]

    def may_cover(self, day: int) -> bool:
        """Say whether it can have held on a day."""
        return self.start[0] <= day < self.end[1]


@dataclass(frozen=True)
class Facts:
    """The tables with the indexes that more than one rule needs."""

    tables: Tables

    def __getitem__(self, table: str) -> list[Row]:
        """Return the rows of a table."""
        return self.tables[table]

    @cached_property
    def entities(self) -> dict[str, Row]:
        """The row of each entity, by id."""
        return {row["id"]: row for row in self["entities"]}

    @cached_property
    def versions(self) -> dict[str, list[Row]]:
        """The versions of each entity that no better source overrules, oldest first."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(self.tables.standing("versions"), key=lambda row: row["valid_from"]):
            found[row["id"]].append(row)
        return dict(found)

    @cached_property
    def changes(self) -> list[Row]:
        """The changes that no better source overrules."""
        return list(self.tables.standing("changes"))

    @cached_property
    def lives(self) -> dict[str, Span]:
        """From the start of an entity's first version to the end of its last, by id."""
        return {
            entity: Span(self.span(rows[0]).start, self.span(rows[-1]).end) for entity, rows in self.versions.items()
        }

    @cached_property
    def as_of(self) -> int:
        """The gazetteer's own date, as a day number."""
        return days_of(self.tables.as_of)[0]

    def type(self, entity: str) -> str:
        """Return the type of an entity, empty where there is none of that id."""
        row = self.entities.get(entity)
        return row["type"] if row else ""

    def country(self, entity: str) -> str:
        """Return the country of an entity, empty where it has none."""
        row = self.entities.get(entity)
        return row["country"] if row else ""

    def span(self, row: Row) -> Span:
        """Return when a row holds.

        Where its start is not recorded it was in force at the latest when it is first seen, on its last day, or at the
        gazetteer's date. A date that cannot be read may be any day, so that it contradicts nothing.
        """
        end = days_of(row["valid_to"]) if row["valid_to"] else (LAST_DAY, LAST_DAY)
        if row["valid_from"]:
            return Span(days_of(row["valid_from"]), end)
        seen = days_of(row["attested"])[1] if row.cells.get("attested") else self.as_of
        return Span((FIRST_DAY, min(seen, self.as_of, end[1] - 1)), end)


Rule = Callable[[Facts], Iterator[Finding]]


def days_of(text: str) -> tuple[int, int]:
    """Return the days a date may mean: any, where it cannot be read."""
    try:
        return day_range(text)
    except UsageError:
        return ANY_DAY


def is_date(text: str) -> bool:
    """Say whether a date is one of the forms the tables use, with the bounds of ``A/B`` in order."""
    first, slash, last = text.partition("/")
    try:
        return day_range(first)[0] <= day_range(last)[1] if slash and "/" not in last else bool(day_range(text))
    except UsageError:
        return False
