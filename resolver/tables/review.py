"""The review file: mentions that a person has to decide, and the decisions read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from resolver.dates import parse_date
from resolver.engine.resolver import Resolver
from resolver.errors import InputError, UsageError
from resolver.model import Mention
from resolver.tables.columns import COLUMNS
from resolver.tables.csvio import Reader, Record, Writer
from resolver.tables.distinct import Answer
from resolver.tables.headers import column_position

__all__ = ["NOTHING", "Overrides", "Review"]

NOTHING = "none"
"""The decision that a mention means no entity of the gazetteer."""

ANY = "*"
"""In an override's ``column``, ``date`` or ``within``: any value."""

REVIEW_COLUMNS = ("column", "mention", "date", "within", "count", "status", "candidates", "note", "decision")

_STATUS, _NOTE = COLUMNS.index("status"), COLUMNS.index("note")
_Key = tuple[str, str, str, str]


def _within(texts: Iterable[str]) -> str:
    """Write parents as one text; doing it twice changes nothing."""
    return " | ".join(" ".join(part.split()) for part in "|".join(texts).split("|"))


class Review:
    """The distinct mentions that a person has to review, in input order."""

    def __init__(self) -> None:
        """Begin empty."""
        self._open: dict[_Key, tuple[Answer, int]] = {}

    def add(self, column: str, mention: Mention, answer: Answer, rows: int) -> None:
        """Count the rows with a mention, if a person has to review its answer."""
        if answer.open and rows:
            key = (column, mention.text, mention.date, _within(mention.within))
            self._open[key] = (answer, self._open.get(key, (answer, 0))[1] + rows)

    def write(self, writer: Writer) -> None:
        """Write the file that a person completes: an id or ``none`` in the column ``decision``."""
        writer.write(REVIEW_COLUMNS)
        for key, (answer, count) in self._open.items():
            writer.write((*key, str(count), answer.cells[_STATUS], answer.review, answer.cells[_NOTE], ""))


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

        The columns ``mention`` and ``decision`` are required. A decision applies to mentions with the ``column``,
        ``date`` and ``within`` of its row. An empty date means undated mentions; ``*``, or a file without the column,
        means any value. Raises ``InputError`` for an unknown id, an unreadable date, a row of the wrong length and
        decisions that contradict each other.
        """
        overrides = cls()
        with Reader(path) as table:
            places = [
                column_position(table.header, name, path=table.name)
                if name in ("mention", "decision") or name in table.header
                else None
                for name in ("column", "mention", "date", "within", "decision")
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
        cells = [ANY if place is None else record.cells[place].strip() for place in places]
        column, mention, date, within, decision = cells
        if not decision:
            return
        day = ANY if date == ANY else parse_date(date)
        if day is None:
            raise InputError(
                f"the date {date!r} cannot be read", path=path, line=record.line, remedy="write 2025-07-01"
            )
        if decision.lower() == NOTHING:
            decision = ""
        else:
            _check_id(decision, resolver, path, record.line)
        key = (column or ANY, mention, day, _within([within]))
        earlier, line = self._decisions.setdefault(key, (decision, record.line))
        if earlier != decision:
            raise InputError(
                f"{mention!r} is decided as {decision or NOTHING}, but in line {line} as {earlier or NOTHING}",
                path=path,
                line=record.line,
                remedy="keep one of the two, or give them different values of column, date or within",
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


def _check_id(id: str, resolver: Resolver, path: str, line: int) -> None:
    try:
        resolver.entity(id)
    except UsageError as error:
        raise InputError(
            str(error), path=path, line=line, remedy=f"give an id of the gazetteer or {NOTHING!r}"
        ) from None
