"""The review file: mentions that a person has to decide, and the decisions read back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from resolver.dates import parse_date
from resolver.engine.resolver import Resolver
from resolver.errors import InputError, UsageError
from resolver.model import Mention
from resolver.tables.columns import Choice
from resolver.tables.distinct import Answer
from resolver.tables.formats import open_table
from resolver.tables.headers import column_position
from resolver.tables.rows import Record, TableWriter

__all__ = ["NOTHING", "Overrides", "Review"]

NOTHING = "none"
"""The decision that a mention means no entity of the gazetteer."""

ANY = "*"
"""In an override's ``column``, ``date`` or ``within``: any value."""

REVIEW_COLUMNS = ("column", "mention", "date", "within", "count", "status", "candidates", "reason", "decision")

_MOST_CHOICES = 9
_MOST_REPORTED = 50
_MOST_DATES = 2_000
"""Most dates of one line: a cell of a workbook cannot hold more."""

_CHOICE = re.compile(r"(?:^|\| )(\d+)\. (\S+) \(")
_Key = tuple[str, str, str, str]


def _within(texts: Iterable[str]) -> str:
    """Write parents as one text; doing it twice changes nothing."""
    return " | ".join(" ".join(part.split()) for part in "|".join(texts).split("|"))


@dataclass(slots=True)
class _Open:
    """A mention that a person has to review: the rows of each of its dates, its candidates, and its best answer."""

    dates: Counter[str] = field(default_factory=Counter)
    choices: dict[str, Choice] = field(default_factory=dict)
    told: tuple[bool, int, str, str] = (False, 0, "", "")

    def add(self, date: str, answer: Answer, rows: int) -> None:
        """Take another answer about the mention."""
        self.dates[date] += rows
        for choice in answer.choices:
            if choice.id not in self.choices or choice.score > self.choices[choice.id].score:
                self.choices[choice.id] = choice
        told = (answer.status == "ambiguous", self.dates[date], answer.status, answer.note)
        self.told = max(self.told, told)

    def best(self) -> str:
        """Return the candidates, numbered: ``1. id (path; 0.42) | 2. id (path; 0.31)``."""
        ordered = sorted(self.choices.values(), key=lambda choice: -choice.score)[:_MOST_CHOICES]
        return " | ".join(f"{at}. {one.id} ({one.path}; {one.score:.2f})" for at, one in enumerate(ordered, start=1))


class Review:
    """The distinct mentions that a person has to review, each once with all its dates."""

    def __init__(self) -> None:
        """Begin empty."""
        self._open: dict[tuple[str, str, str], _Open] = {}

    def add(self, column: str, mention: Mention, answer: Answer, rows: int) -> None:
        """Count the rows with a mention, if a person has to review its answer."""
        if answer.open and rows:
            key = (column, mention.text.strip(), _within(mention.within))
            self._open.setdefault(key, _Open()).add(mention.date, answer, rows)

    def most_frequent(self) -> list[dict[str, Any]]:
        """Return the most frequent of them for a report."""
        ordered = sorted(self._open.items(), key=lambda one: -one[1].dates.total())[:_MOST_REPORTED]
        return [
            {
                "column": column,
                "mention": text,
                "within": within,
                "rows": found.dates.total(),
                "status": found.told[2],
                "candidates": found.best(),
                "reason": found.told[3],
            }
            for (column, text, within), found in ordered
        ]

    def write(self, writer: TableWriter) -> None:
        """Write the file that a person fills in, the most frequent mentions first.

        A decision is an id, the number of a candidate, or ``none``. Dates are joined by ``|``.
        """
        writer.begin(REVIEW_COLUMNS)
        for (column, text, within), found in sorted(self._open.items(), key=lambda one: -one[1].dates.total()):
            _, _, status, reason = found.told
            dates = sorted(found.dates)
            for start in range(0, len(dates), _MOST_DATES):
                some = dates[start : start + _MOST_DATES]
                count = sum(found.dates[date] for date in some)
                joined = " | ".join(some)
                writer.write((column, text, joined, within, str(count), status, found.best(), reason, ""))


class Overrides:
    """A person's decisions. The most specific decision is applied first."""

    def __init__(self) -> None:
        """Begin empty."""
        self._decisions: dict[_Key, tuple[str, int]] = {}
        self._mentions: set[str] = set()
        self._unused: set[int] = set()

    @classmethod
    def read(cls, path: str | Path, resolver: Resolver) -> Overrides:
        """Read a review file with a person's decisions; rows without a decision are skipped.

        The columns ``mention`` and ``decision`` are required. A decision is an id, the number of one of the row's
        ``candidates``, or ``none``. It applies to mentions with the ``column``, ``within`` and one of the dates of its
        row. An empty date means undated mentions; ``*`` means any value, as does a file without that column. Raises
        ``InputError`` for an unknown id, an unreadable date, a row of the wrong length and decisions that contradict
        each other.
        """
        overrides = cls()
        with open_table(path) as table:
            places = [
                column_position(table.header, name, path=table.name)
                if name in ("mention", "decision") or name in table.header
                else None
                for name in ("column", "mention", "date", "within", "candidates", "decision")
            ]
            for record in table:
                overrides._add(record, places, len(table.header), resolver, table.name)
        return overrides

    def _add(self, record: Record, places: list[int | None], width: int, resolver: Resolver, path: str) -> None:
        if len(record.cells) not in (0, width):
            raise InputError(
                f"the row has {len(record.cells)} cells, the header {width}",
                path=path,
                line=record.line,
                remedy="fix the row",
            )
        if not record.cells:
            return
        cells = [ANY if place is None else _unguarded(record.cells[place].strip()) for place in places]
        column, mention, dates, within, candidates, decision = cells
        if not decision:
            return
        decided = _decided(decision, candidates, resolver, path, record.line)
        for day in _days(dates, path, record.line):
            key = (column or ANY, mention, day, _within([within]))
            earlier, line = self._decisions.setdefault(key, (decided, record.line))
            if earlier != decided:
                raise InputError(
                    f"{mention!r} is decided as {decided or NOTHING}, but in line {line} as {earlier or NOTHING}",
                    path=path,
                    line=record.line,
                    remedy="keep one of the two, or tell them apart by column, date or within",
                )
        self._mentions.add(mention)
        self._unused.add(record.line)

    @property
    def unused(self) -> list[int]:
        """The lines whose decision has not been applied so far."""
        return sorted(self._unused)

    def decision(self, column: str, mention: Mention) -> str | None:
        """Return the id decided on for a mention in a column, ``""`` for "nothing", None if there is no decision."""
        text = mention.text.strip()
        if text not in self._mentions:
            return None
        for key in _narrowing(column, text, mention.date, _within(mention.within)):
            if key in self._decisions:
                self._unused.discard(self._decisions[key][1])
                return self._decisions[key][0]
        return None


def _narrowing(column: str, text: str, date: str, within: str) -> Iterator[_Key]:
    """Yield the keys under which a decision may be found, the most specific first."""
    chosen = [(w, d, c) for w in (within, ANY) for d in (date, ANY) for c in (column, ANY)]
    for w, d, c in sorted(chosen, key=lambda parts: parts.count(ANY)):
        yield c, text, d, w


def _unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that guards it in a file for Excel."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell


def _days(dates: str, path: str, line: int) -> list[str]:
    """Return the dates of a row in the form in which they are looked up."""
    if dates == ANY:
        return [ANY]
    days = [(date, parse_date(date)) for date in dates.split("|")]
    for date, day in days:
        if day is None:
            problem = f"the date {date.strip()[:40]!r} cannot be read"
            raise InputError(problem, path=path, line=line, remedy="write 2025-07-01")
    return [day or "" for _, day in days]


def _decided(decision: str, candidates: str, resolver: Resolver, path: str, line: int) -> str:
    """Return the id that a decision means, ``""`` for nothing."""
    if decision.lower() == NOTHING:
        return ""
    if decision.isdecimal():
        known = dict(_CHOICE.findall(candidates))
        if decision not in known:
            told = f"{', '.join(known)}" if known else "none"
            problem = f"there is no candidate {decision}: the numbers of this row are {told}"
            raise InputError(problem, path=path, line=line, remedy=f"give one of them, an id or {NOTHING!r}")
        decision = known[decision]
    try:
        resolver.entity(decision)
    except UsageError as error:
        remedy = f"give the number of a candidate, an id of the gazetteer or {NOTHING!r}"
        raise InputError(str(error), path=path, line=line, remedy=remedy) from None
    return decision
