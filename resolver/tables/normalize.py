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
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import cast

from resolver.atomic import check_files, replacing
from resolver.dates import date_option, mention_date
from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.failures import METHOD as FAILED
from resolver.filters import countries_of, types_of, unknown
from resolver.garbage_collection import gc_relaxed
from resolver.gazetteer.freshness import stale
from resolver.model import TYPES, EntityType, Mention
from resolver.tables.columns import COLUMNS, Cells, column_names, pick_columns, with_note
from resolver.tables.csvio import Reader, Record, Writer, column_position
from resolver.tables.distinct import Answer, Answers, Target
from resolver.tables.review import Overrides, Review
from resolver.tables.worker import SecondProcess

__all__ = ["Kind", "Request", "Summary", "normalize_file"]

CHUNK = 10_000
_LARGE = 8_000_000
"""Bytes from which a table surely has many mentions."""

_REMEMBERED = 100_000
"""Distinct mentions of a column whose cells are kept: about a kilobyte each."""


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
        failed = sum(counts["method"][FAILED] for counts in self.columns.values() if "method" in counts)
        if failed:
            told.append(f"{failed} mentions unmatched because of an error in the program: their notes tell which")
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

    def around(self, column: _Column) -> Callable[[Sequence[str]], tuple[str, ...]]:
        """Return what takes from a row all that its mention in a column is made of: text, date, parents."""
        dates = () if self.date_place is None else (self.date_place,)
        places = (column.place, *dates, *self.within)
        if len(places) == 1:
            return lambda cells: (cells[places[0]],)
        return cast("Callable[[Sequence[str]], tuple[str, ...]]", itemgetter(*places))

    def mention(self, column: _Column, taken: tuple[str, ...]) -> tuple[Mention, str]:
        """Return the mention that is made of what was taken from a row, and what is to be noted about it."""
        date, note = mention_date("" if self.date_place is None else taken[1], self.date)
        within = tuple(text for text in taken[1 if self.date_place is None else 2 :] if text.strip())
        return Mention(taken[0], column.types, self.countries, date, within), note


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
    share: bool = False,
    progress: Callable[[int, int | None], None] | None = None,
) -> Summary:
    """Resolve the mentions of a CSV table into appended columns; return the counts.

    Without a ``resolver`` the bundled gazetteer's is opened. ``kind`` says what is appended; ``share`` lets a second
    process answer half of the mentions of a long table (a script that asks for it needs the usual
    ``if __name__ == "__main__"``). ``progress`` is told the bytes read so far and, where known, in all. Raises
    ``UsageError``, ``InputError`` or ``OutputError``; the outputs are then as they were before.
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
        early = (table.size or 0) > _LARGE
        helped = SecondProcess(kind.answers, resolver, request.target, early=early) if share else None
        answers = stack.enter_context(helped) if helped else kind.answers(resolver, request.target)
        job = _Job(plan, kind, answers, Overrides() if overrides is None else Overrides.read(overrides, resolver))
        stack.enter_context(gc_relaxed())
        writer = Writer(sink, delimiter=table.delimiter, terminator=table.terminator, bom=table.bom)
        writer.write([*table.header, *plan.appended])
        for chunk in _chunks(table):
            job.write(chunk, writer)
            if progress:
                progress(table.bytes_read, table.size)
        job.finish()
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


class _Asked:
    """A distinct mention of a column, and what is written beside it."""

    __slots__ = ("answer", "beside", "cells", "count", "decided", "mention", "note")

    def __init__(self, mention: Mention, note: str, answer: Answer, *, decided: bool) -> None:
        self.mention = mention
        self.note = note
        self.answer = answer
        self.decided = decided
        self.cells = with_note(answer.cells, note) if note and answer.cells[0] != "blank" else answer.cells
        self.beside = ""
        self.count = 0


class _ColumnReader:
    """Answers the mentions of one column, each distinct one once as long as it is remembered."""

    def __init__(self, job: _Job, column: _Column) -> None:
        self._job = job
        self._column = column
        self._take = job.plan.around(column)
        self._known: dict[tuple[str, ...], _Asked] = {}

    def beside(self, rows: Sequence[list[str]], writer: Writer) -> list[str]:
        """Return what is to be written beside each row."""
        taken = list(map(self._take, rows))
        known = self._known
        fresh = [one for one in dict.fromkeys(taken) if one not in known]
        if len(known) + len(fresh) > _REMEMBERED:
            self.finish()
            known.clear()
            fresh = list(dict.fromkeys(taken))
        known.update(zip(fresh, self._ask(fresh), strict=True))
        for one in fresh:
            known[one].beside = writer.encoded([known[one].cells[place] for place in self._job.plan.picked])
        for one, count in Counter(taken).items():
            known[one].count += count
        return [known[one].beside for one in taken]

    def _ask(self, taken: Sequence[tuple[str, ...]]) -> Iterator[_Asked]:
        plan, column = self._job.plan, self._column
        asked = [plan.mention(column, one) for one in taken]
        mentions = [mention for mention, _ in asked]
        decisions = [self._job.overrides.decision(column.name, mention) for mention in mentions]
        answers = self._job.answers(mentions, decisions)
        for (mention, note), answer, decision in zip(asked, answers, decisions, strict=True):
            yield _Asked(mention, note, answer, decided=decision is not None)

    def finish(self) -> None:
        """Count what was asked, and note for review what is open."""
        first = self._column is self._job.plan.columns[0]
        for asked in self._known.values():
            self._job.count(self._column.name, asked.cells, asked.count)
            if first and asked.note:
                self._job.summary.unreadable_dates += asked.count
            if not asked.decided:
                self._job.review.add(self._column.name, asked.mention, asked.answer, asked.count)
            asked.count = 0


class _Job:
    def __init__(self, plan: _Plan, kind: Kind, answers: Answers | SecondProcess, overrides: Overrides) -> None:
        self.plan = plan
        self._kind = kind
        self.answers = answers
        self.overrides = overrides
        self.review = Review()
        self.summary = Summary(columns={c.name: {what: Counter() for what in kind.counted} for c in plan.columns})
        self._column_readers = [_ColumnReader(self, column) for column in plan.columns]

    @property
    def unused_overrides(self) -> list[int]:
        """The lines of the overrides that have applied to nothing."""
        return self.overrides.unused

    def write(self, chunk: Sequence[Record], writer: Writer) -> None:
        """Write the output row for each record."""
        width = self.plan.width
        if all(len(cells) == width for _, cells in chunk):
            self._write_sound([cells for _, cells in chunk], writer)
            return
        for sound, records in groupby(chunk, lambda record: len(record.cells) == width):
            rows = [cells for _, cells in records]
            if sound:
                self._write_sound(rows, writer)
            else:
                writer.write_all(map(self._ragged, rows))

    def _write_sound(self, rows: Sequence[list[str]], writer: Writer) -> None:
        self.summary.rows += len(rows)
        writer.write_all(rows, [asker.beside(rows, writer) for asker in self._column_readers])

    def _ragged(self, cells: list[str]) -> list[str]:
        """Return the row for a record that is empty, or has too few or too many cells."""
        if not cells:
            self.summary.empty_lines += 1
            return []
        self.summary.rows += 1
        self.summary.ragged_rows += 1
        width = self.plan.width
        note = f"row has {len(cells)} cells, the header {width}: not resolved"
        told = ("unmatched", *[""] * (len(self._kind.columns) - 2), note)
        for column in self.plan.columns:
            self.count(column.name, told, 1)
        appended = [told[place] for place in self.plan.picked] * len(self.plan.columns)
        return [*cells[:width], *[""] * (width - len(cells)), *appended, *cells[width:]]

    def count(self, column: str, cells: Cells, rows: int) -> None:
        """Count rows that got the same cells in a column."""
        counts = self.summary.columns[column]
        for what in self._kind.counted:
            value = cells[self._kind.columns.index(what)]
            if value and rows:
                counts[what][value] += rows

    def finish(self) -> None:
        """Count what was asked."""
        for asker in self._column_readers:
            asker.finish()


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
