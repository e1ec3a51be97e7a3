"""The job behind ``resolver cluster``: rows in, the same rows with the group of each mention appended out.

The input is read only once, so it may be a pipe. Its mentions are all grouped together. The input is also copied to a
temporary file without a name; the output rows are made from this copy. Memory holds only the distinct mentions. Rows
with more or fewer cells than the header are not grouped; they are written as ``resolver normalize`` does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from resolver.atomic import check_files, replacing, writing
from resolver.clustering.cluster import Clustered, cluster
from resolver.dates import mention_date
from resolver.engine.resolver import MIN_SCORE, Resolver
from resolver.errors import UsageError
from resolver.tables.counts import counted, dates_told, ragged_told
from resolver.tables.formats import check_table_ending, header_sought, open_table, table_writer
from resolver.tables.headers import column_position
from resolver.tables.rows import Reading, Record

__all__ = ["COLUMNS", "ClusterRequest", "ClusterSummary", "cells", "cluster_file"]

COLUMNS = ("cluster", "cluster_size", "cluster_name", "cluster_link", "cluster_score", "id")
"""The appended columns, each with the mentions' column or the prefix before it."""


@dataclass(frozen=True, slots=True)
class ClusterRequest:
    """A request for a table: the column of mentions, their type, and the columns of context."""

    column: str
    type: str = "person"
    context: Sequence[str] = ()
    date_column: str | None = None
    min_score: float = MIN_SCORE
    prefix: str | None = None
    gazetteer: bool = True


@dataclass(slots=True)
class ClusterSummary:
    """The counts for a table."""

    rows: int = 0
    mentions: int = 0
    groups: int = 0
    anchored: int = 0
    ragged_rows: int = 0
    first_ragged: int = 0
    one_column: bool = False
    unreadable_dates: int = 0
    unreadable_date: str = ""
    told: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """One line for a person."""
        groups = f"{counted(self.mentions, 'mention')} in {counted(self.groups, 'group')}"
        told = f"{groups}, {self.anchored} in the gazetteer"
        return "; ".join([counted(self.rows, "row"), told, *self.warnings()])

    def warnings(self) -> list[str]:
        """Warnings for a person, which are shown even without the summary."""
        told = list(self.told)
        told += ragged_told(self.ragged_rows, self.first_ragged, "grouped", one_column=self.one_column)
        told += dates_told(self.unreadable_dates, self.unreadable_date, "grouped", serial=False)
        return told


_Asked = tuple[str, tuple[str, ...], str]


class _Plan:
    """A request, with every name looked up in the table's header."""

    def __init__(self, request: ClusterRequest, header: Sequence[str], path: str, *, serial_dates: bool) -> None:
        self._serial_dates = serial_dates
        self.column = column_position(header, request.column, path=path)
        self.context = tuple(column_position(header, name, path=path) for name in request.context)
        self.date = None if request.date_column is None else column_position(header, request.date_column, path=path)
        self.width = len(header)
        prefix = request.column if request.prefix is None else request.prefix.removesuffix("_")
        self.appended = [f"{prefix}_{name}" if prefix else name for name in COLUMNS]
        self.numbers = frozenset(self.width + COLUMNS.index(name) for name in ("cluster_size", "cluster_score"))
        for name in self.appended:
            if name in header:
                raise UsageError(f"{path} has a column {name!r} already: choose another --prefix for new columns")

    def asked(self, record: Record) -> tuple[_Asked, bool] | None:
        """Return the mention in a record, its context and date, and whether its date could be read."""
        cells = record.cells
        if len(cells) != self.width:
            return None
        date, note = mention_date("" if self.date is None else cells[self.date], serial=self._serial_dates)
        return (cells[self.column].strip(), tuple(cells[place].strip() for place in self.context), date), not note


def cluster_file(
    source: str | Path,
    output: str | Path,
    request: ClusterRequest,
    *,
    resolver: Resolver | None = None,
    reading: Reading | None = None,
    force: bool = False,
    progress: Callable[[int, int, int | None], None] | None = None,
) -> ClusterSummary:
    """Group the mentions of a CSV table and append to each row the group of its mention; return the counts.

    ``progress`` is called with the rows read, the bytes read and, if known, the bytes in all. Raises ``UsageError``,
    ``InputError`` or ``OutputError``; then the output has not changed.
    """
    check_files([source], [output], force=force)
    check_table_ending(output)
    summary = ClusterSummary()
    with ExitStack() as stack:
        with writing("the copy of the input"):
            copy = stack.enter_context(tempfile.TemporaryFile())
        table = stack.enter_context(open_table(source, reading, copy=copy))
        with header_sought(table, [request.column]):
            plan = _Plan(request, table.header, table.name, serial_dates=table.serial_dates)
        summary.told, summary.one_column = table.told, plan.width == 1
        asked: list[_Asked] = []
        known: dict[_Asked, _Asked] = {}
        for record in table:
            told = plan.asked(record)
            if told:
                # One object for equal mentions: tables have many repeated values.
                asked.append(known.setdefault(told[0], told[0]))
                if not told[1]:
                    summary.unreadable_dates += 1
                    summary.unreadable_date = summary.unreadable_date or record.cells[plan.date or 0]
            if progress:
                progress(len(asked), table.bytes_read, table.size)
        found = _grouped(asked, request, resolver)
        groups = iter(found)
        sink = stack.enter_context(replacing(output))
        with table_writer(output, sink, table) as writer:
            writer.begin([*table.header, *plan.appended], plan.numbers)
            for record in table.again(copy):
                writer.write(_row(record, plan, groups, summary))
        sink.finish()
    summary.mentions = sum(bool(group.cluster) for group in found)
    summary.groups = len({group.cluster for group in found} - {""})
    summary.anchored = len({group.id for group in found} - {""})
    return summary


def _grouped(asked: Sequence[_Asked], request: ClusterRequest, resolver: Resolver | None) -> list[Clustered]:
    """Return the group of each mention."""
    return cluster(
        [one[0] for one in asked],
        type=request.type,
        context={name: [one[1][place] for one in asked] for place, name in enumerate(request.context)},
        dates=[one[2] for one in asked],
        min_score=request.min_score,
        gazetteer=request.gazetteer,
        resolver=resolver,
    )


def _row(record: Record, plan: _Plan, groups: Iterator[Clustered], summary: ClusterSummary) -> list[str]:
    if not record.cells:
        return []
    summary.rows += 1
    told = plan.asked(record)
    if told is None:
        if any(cell.strip() for cell in record.cells):
            summary.ragged_rows += 1
            summary.first_ragged = summary.first_ragged or record.line
        padded = record.cells[: plan.width] + [""] * (plan.width - len(record.cells))
        return [*padded, *[""] * len(COLUMNS), *record.cells[plan.width :]]
    return [*record.cells, *cells(next(groups))]


def cells(group: Clustered) -> list[str]:
    """Return the cells for the group of a mention, one for each of ``COLUMNS``; empty ones for no group."""
    if not group.cluster:
        return [""] * len(COLUMNS)
    score = f"{group.score:.3f}" if group.link else ""
    return [group.cluster, str(group.size), group.name, group.link, score, group.id]
