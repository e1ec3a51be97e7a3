"""The tables as the rules need them: rows by entity, and the days that a row may cover and must cover."""

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
    """A row that breaks a rule, and how to correct it."""

    table: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a row: the first and last day that ``start`` and ``end`` (first day no longer in force) may be."""

    start: tuple[int, int]
    end: tuple[int, int]

    def surely_starts_before(self, other: Span) -> bool:
        """Return whether this one starts before the other for all possible exact days."""
        return self.start[1] < other.start[0]

    def surely_ends_after(self, other: Span) -> bool:
        """Return whether this one ends after the other for all possible exact days."""
        return self.end[0] > other.end[1]

    def surely_meets(self, other: Span) -> bool:
        """Return whether both cover a common day for all possible exact days."""
        return max(self.start[1], other.start[1]) < min(self.end[0], other.end[0])

    def surely_covers(self, day: int) -> bool:
        """Return whether it covers a day for all possible exact days."""
        return self.start[1] <= day < self.end[0]

    def may_cover(self, day: int) -> bool:
        """Return whether it may cover a day."""
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
        """Return the type of an entity, empty if the id is unknown."""
        row = self.entities.get(entity)
        return row["type"] if row else ""

    def country(self, entity: str) -> str:
        """Return the country of an entity, empty if it has none."""
        row = self.entities.get(entity)
        return row["country"] if row else ""

    def span(self, row: Row) -> Span:
        """Return the days of a row.

        If its start is not recorded, it began at the latest when it was first seen, on its last day, or at the
        gazetteer's date. A date that cannot be read may be any day, so it contradicts nothing.
        """
        end = days_of(row["valid_to"]) if row["valid_to"] else (LAST_DAY, LAST_DAY)
        if row["valid_from"]:
            return Span(days_of(row["valid_from"]), end)
        seen = days_of(row["attested"])[1] if row.cells.get("attested") else self.as_of
        return Span((FIRST_DAY, min(seen, self.as_of, end[1] - 1)), end)


Rule = Callable[[Facts], Iterator[Finding]]


def days_of(text: str) -> tuple[int, int]:
    """Return the days that a date may mean: any day if it cannot be read."""
    try:
        return day_range(text)
    except UsageError:
        return ANY_DAY


def is_date(text: str) -> bool:
    """Return whether a date has one of the forms of the tables, with the bounds of ``A/B`` in order."""
    first, slash, last = text.partition("/")
    try:
        return day_range(first)[0] <= day_range(last)[1] if slash and "/" not in last else bool(day_range(text))
    except UsageError:
        return False
