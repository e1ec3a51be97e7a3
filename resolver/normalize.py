"""The job behind ``resolver normalize``: rows in, the same rows with appended columns out.

Rows are read, answered and written chunk by chunk, so that memory does not grow with the table (only the review
file's distinct open mentions are kept until the end). All outputs take their places together at the end.

An empty line is no record and passes through as an empty line. A row with more or fewer cells than the header is
not resolved, since the cell may not be the one meant: its status is ``unmatched`` and its note says why. Missing
cells are filled with empty ones; surplus cells follow after the appended columns.
"""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from resolver.answers import Answer, Answers, Target
from resolver.atomic import check_files, replacing
from resolver.columns import COLUMNS, Cells, column_names, pick_columns, with_note
from resolver.csvio import Reader, Record, Writer, column_position
from resolver.dates import date_option, mention_date
from resolver.errors import UsageError
from resolver.filters import countries_of, types_of, unknown
from resolver.freshness import stale
from resolver.model import TYPES, EntityType, Mention
from resolver.overrides import Overrides, Review
from resolver.resolve import Resolver

__all__ = ["Kind", "Request", "Summary", "normalize_file"]

CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Kind:
    """What a job appends: its columns, status first and note last, which of them are counted, and who fills them.

    ``types`` turns the names of types into those that mentions are confined to.
    """

    columns: tuple[str, ...]
    counted: tuple[str, ...]
    answers: Callable[[Resolver, Target], Answers]
    types: Callable[[str | Iterable[str]], tuple[EntityType, ...]] = types_of


_NORMALIZING = Kind(COLUMNS, ("status", "method", "type", "change", "dating"), Answers)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a table.

    ``columns`` are names of columns with mentions, each with the types it is confined to behind a colon if these
    differ from ``types``: ``place``, ``official:person``. ``within`` are columns that name what the mention lies
    in, ``date_column`` one that says when it was made and ``date`` the day for rows without one. The appended
    columns begin with the column's name or with ``prefix``, which goes before the name where there are several
    columns; ``appended`` says which are wanted, all by default.
    """

    columns: Sequence[str]
    types: Sequence[str] = ()
    countries: Sequence[str] = ()
    within: Sequence[str] = ()
    date_column: str | None = None
    date: str | None = None
    target: Target = field(default_factory=Target)
    prefix: str | None = None
    appended: Sequence[str] | None = None


@dataclass(slots=True)
class Summary:
    """What came of a table: how many rows, how many of the wrong length, and counts for each column."""

    rows: int = 0
    ragged_rows: int = 0
    empty_lines: int = 0
    unreadable_dates: int = 0
    unused_overrides: list[int] = field(default_factory=list)
    columns: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)

    def __str__(self) -> str:
        """One line for a person."""
        parts = [f"{self.rows} rows"]
        for name, counts in self.columns.items():
            for told in (counts["status"], counts.get("conversion")):
                if told is not None:
                    found = [f"{told[status]} {status}" for status in sorted(told)]
                    parts.append(f"{name}: {', '.join(found) or 'nothing'}")
        if self.ragged_rows:
            parts.append(f"{self.ragged_rows} rows with too many or too few cells, not resolved")
        return "; ".join([*parts, *self.warnings()])

    def warnings(self) -> list[str]:
        """What a person should know even where nobody asked for a summary."""
        told = []
        if self.unreadable_dates:
            told.append(f"{self.unreadable_dates} rows with a date that cannot be read, resolved without one")
        if self.unused_overrides:
            lines = ", ".join(map(str, self.unused_overrides[:5])) + ("…" if len(self.unused_overrides) > 5 else "")
            told.append(f"{len(self.unused_overrides)} decisions that apply to no row (lines {lines})")
        return told


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    place: int
    types: tuple[EntityType, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A request, with every name looked up in the table's header."""

    columns: tuple[_Column, ...]
    countries: tuple[str, ...]
    within: tuple[int, ...]
    date_place: int | None
    date: str
    picked: tuple[int, ...]
    width: int
    appended: tuple[str, ...]

    def mention(self, column: _Column, record: Record) -> tuple[Mention, str]:
        """Return the mention in a record, and what is to be noted about it."""
        cells = record.cells
        date, note = mention_date("" if self.date_place is None else cells[self.date_place], self.date)
        within = tuple(cells[place] for place in self.within if cells[place].strip())
        return Mention(cells[column.place], column.types, self.countries, date, within), note


def normalize_file(
    source: str | Path,
    output: str | Path,
    request: Request,
    *,
    kind: Kind = _NORMALIZING,
    resolver: Resolver | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
    review: str | Path | None = None,
    overrides: str | Path | None = None,
    report: str | Path | None = None,
    force: bool = False,
    progress: Callable[[int, int | None], None] | None = None,
) -> Summary:
    """Resolve the mentions of a CSV table into appended columns; return the counts.

    Without a ``resolver`` the bundled gazetteer's is opened. ``kind`` says what is appended. ``progress`` is told the
    bytes read so far and, where known, in all. Raises ``UsageError``, ``InputError`` or ``OutputError``; the outputs
    are then as they were before.
    """
    read = [path for path in (source, overrides) if path is not None]
    written = [path for path in (output, review, report) if path is not None]
    check_files(read, written, force=force)
    with ExitStack() as stack:
        table = stack.enter_context(Reader(source, encoding=encoding, delimiter=delimiter))
        plan = _plan(request, kind, table.header, table.name)
        date_option(request.target.to, "the target date")
        # The output is entered last, so that it is first to take its place: no report without it.
        report_sink = stack.enter_context(replacing(report)) if report is not None else None
        review_sink = stack.enter_context(replacing(review)) if review is not None else None
        sink = stack.enter_context(replacing(output))
        resolver = resolver or Resolver()
        job = _Job(plan, kind, resolver, request.target, overrides)
        writer = Writer(sink, delimiter=table.delimiter, terminator=table.terminator, bom=table.bom)
        writer.write([*table.header, *plan.appended])
        for chunk in _chunks(table):
            for row in job.rows(chunk):
                writer.write(row)
            if progress:
                progress(table.bytes_read, table.size)
        job.summary.unused_overrides = job.unused_overrides
        if review_sink:
            job.review.write(Writer(review_sink))
        if report_sink:
            report_sink.write(_report(job.summary, table.name, resolver.date))
        # All that may fail for want of space fails here, before the first output takes its place.
        for written_to in (review_sink, report_sink, sink):
            if written_to:
                written_to.finish()
    return job.summary


class _Job:
    def __init__(
        self, plan: _Plan, kind: Kind, resolver: Resolver, target: Target, overrides: str | Path | None
    ) -> None:
        self._plan = plan
        self._kind = kind
        self._answers = kind.answers(resolver, target)
        self._overrides = Overrides() if overrides is None else Overrides.read(overrides, resolver)
        self.review = Review()
        self.summary = Summary(columns={c.name: {what: Counter() for what in kind.counted} for c in plan.columns})

    @property
    def unused_overrides(self) -> list[int]:
        """The lines of the overrides that have applied to nothing."""
        return self._overrides.unused

    def rows(self, chunk: Sequence[Record]) -> Iterator[list[str]]:
        """Yield the output row for each record."""
        width = self._plan.width
        sound = [record for record in chunk if len(record.cells) == width]
        answered = [self._column(column, sound) for column in self._plan.columns]
        answers = iter(zip(*answered, strict=True))
        for record in chunk:
            if not record.cells:
                self.summary.empty_lines += 1
                yield []
                continue
            cells = next(answers) if len(record.cells) == width else self._ragged(record)
            self._count(cells)
            padded = record.cells[:width] + [""] * (width - len(record.cells))
            appended = [column[place] for column in cells for place in self._plan.picked]
            yield [*padded, *appended, *record.cells[width:]]

    def _column(self, column: _Column, records: Sequence[Record]) -> list[Cells]:
        asked = [self._plan.mention(column, record) for record in records]
        if column is self._plan.columns[0]:
            self.summary.unreadable_dates += sum(bool(note) for _, note in asked)
        mentions = [mention for mention, _ in asked]
        decisions = [self._overrides.decision(column.name, mention) for mention in mentions]
        answers: list[Answer] = self._answers(mentions, decisions)
        for mention, answer, decision in zip(mentions, answers, decisions, strict=True):
            if decision is None:
                self.review.add(column.name, mention, answer)
        return [
            with_note(answer.cells, note) if note and answer.cells[0] != "blank" else answer.cells
            for answer, (_, note) in zip(answers, asked, strict=True)
        ]

    def _ragged(self, record: Record) -> tuple[Cells, ...]:
        self.summary.ragged_rows += 1
        note = f"row has {len(record.cells)} cells, the header {self._plan.width}: not resolved"
        return (("unmatched", *[""] * (len(self._kind.columns) - 2), note),) * len(self._plan.columns)

    def _count(self, cells: Iterable[Cells]) -> None:
        self.summary.rows += 1
        for counts, row in zip(self.summary.columns.values(), cells, strict=True):
            for what in self._kind.counted:
                value = row[self._kind.columns.index(what)]
                if value:
                    counts[what][value] += 1


def _chunks(records: Iterable[Record]) -> Iterator[list[Record]]:
    iterator = iter(records)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _plan(request: Request, kind: Kind, header: Sequence[str], path: str) -> _Plan:
    if not request.columns:
        raise UsageError(f"no column is named; the columns of {path} are: {', '.join(header)}")
    columns = tuple(_column(spec, request.types, kind, header, path) for spec in request.columns)
    picked = pick_columns(request.appended, kind.columns)
    appended = [
        name
        for column in columns
        for name in column_names(_prefix(request.prefix, column.name, several=len(columns) > 1), picked, kind.columns)
    ]
    for number, name in enumerate(appended):
        if name in appended[:number]:
            raise UsageError(f"two appended columns would be named {name!r}: name each column once")
        if name in header:
            raise UsageError(f"{path} has a column {name!r} already: choose another --prefix for what is appended")
    return _Plan(
        columns=columns,
        countries=countries_of(request.countries),
        within=tuple(column_position(header, name, path=path) for name in request.within),
        date_place=None if request.date_column is None else column_position(header, request.date_column, path=path),
        date=date_option(request.date, "the date"),
        picked=picked,
        width=len(header),
        appended=tuple(appended),
    )


def _column(spec: str, types: Sequence[str], job: Kind, header: Sequence[str], path: str) -> _Column:
    name, colon, kind = spec.rpartition(":")
    if spec not in header and name in header and kind not in ("place", *TYPES):
        raise UsageError(unknown("type", kind, ("place", *TYPES)))
    # A header may have colons of its own: its exact name goes first.
    if spec in header or not colon or kind not in ("place", *TYPES):
        return _Column(spec, column_position(header, spec, path=path), job.types(types))
    return _Column(name, column_position(header, name, path=path), job.types(kind))


def _prefix(prefix: str | None, column: str, *, several: bool) -> str:
    if prefix is None:
        return column
    prefix = prefix.removesuffix("_")
    return f"{prefix}_{column}" if several and prefix else column if several else prefix


def _report(summary: Summary, source: str, gazetteer_date: str) -> str:
    from resolver import __version__  # noqa: PLC0415  (asks the installation, only here)

    content = {
        "input": source,
        "gazetteer_date": gazetteer_date,
        "gazetteer_warning": stale(gazetteer_date),
        "versions": {"resolver": __version__, "python": platform.python_version()},
        "rows": summary.rows,
        "ragged_rows": summary.ragged_rows,
        "empty_lines": summary.empty_lines,
        "unreadable_dates": summary.unreadable_dates,
        "unused_overrides": summary.unused_overrides,
        "columns": summary.columns,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
