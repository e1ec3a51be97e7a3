"""The job behind ``resolver normalize``: rows in, the same rows with appended columns out.

Rows are read, answered and written chunk by chunk, so memory does not grow with the rows or bytes of the table. (Only
for a review file, the distinct mentions to review are kept until the end.) All outputs replace their targets together
at the end.

An empty line is not a record; it is written as an empty line. A row with more or fewer cells than the header is not
resolved, since the mention may be in another cell: its status is ``unmatched`` and its note says why (of a line of
blanks it is ``blank``). Missing cells are filled with empty ones; extra cells follow after the appended columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import Any

from resolver.atomic import check_ending, check_files, replacing
from resolver.dates import date_option
from resolver.engine.resolver import Resolver
from resolver.garbage_collection import gc_relaxed
from resolver.model import Mention
from resolver.tables.columns import Cells, with_note
from resolver.tables.counts import counted
from resolver.tables.distinct import Answer
from resolver.tables.formats import check_table_ending, header_sought, open_table, table_writer
from resolver.tables.journal import Journal, journal_path
from resolver.tables.request import NORMALIZING, Kind, MentionColumn, Plan, Request
from resolver.tables.review import Overrides, Review
from resolver.tables.rows import Reading, Record, Table, TableWriter
from resolver.tables.summary import Summary
from resolver.tables.tally import Tally
from resolver.tables.worker import SharedAnswers

__all__ = ["normalize_file"]

FIRST_CHUNK = 1_000
CHUNK = 10_000
CHUNK_BYTES = 4_000_000
"""A chunk ends after this many rows or bytes of the table, whichever comes first; each may be twice the last."""

_LARGE = 8_000_000
"""A table of at least this many bytes certainly has many mentions."""

_REMEMBERED = 100_000
"""Most distinct mentions of a column whose cells are cached: about a kilobyte each."""

_REMEMBERED_LETTERS = 16_000_000
"""Most letters of these mentions that are cached."""


def normalize_file(
    source: str | Path,
    output: str | Path,
    request: Request,
    *,
    kind: Kind = NORMALIZING,
    resolver: Resolver | None = None,
    reading: Reading | None = None,
    review: str | Path | None = None,
    overrides: str | Path | None = None,
    report: str | Path | None = None,
    force: bool = False,
    excel_safe: bool = False,
    resume: bool = False,
    share: bool = False,
    progress: Callable[[int, int, int | None], None] | None = None,
) -> Summary:
    """Resolve the mentions of a table into appended columns; return the counts.

    The ending of a name shows the kind of file. ``reading`` says how the input is written, if that cannot be detected,
    and ``excel_safe`` that text is written for Excel. Without a ``resolver`` the bundled gazetteer is used. ``kind``
    says what is appended. With ``resume`` the answers are kept in a file beside the output until this is complete; a
    run that was killed uses them. ``share`` lets a second process answer half of the mentions of a long
    table (a script that uses it needs the usual ``if __name__ == "__main__"``). ``progress`` is called with the
    rows done, the bytes read so far and, if known, the total. Raises ``UsageError``, ``InputError`` or
    ``OutputError``; then the outputs have not changed.
    """
    journal = journal_path(output) if resume else None
    read = [path for path in (source, overrides) if path is not None]
    written = [path for path in (output, review, report) if path is not None]
    check_files(read, written, force=force)
    for path in written:
        check_ending(path, (".json", ".html")) if path is report else check_table_ending(path)
    with ExitStack() as stack:
        table = stack.enter_context(open_table(source, reading))
        with header_sought(table, request.columns):
            plan = Plan.of(request, kind, table.header, table.name, serial_dates=table.serial_dates)
        date_option(request.target.to, "the target date")
        # The output is entered last, so it replaces its target first: there is no report without it.
        report_sink = stack.enter_context(replacing(report)) if report is not None else None
        review_sink = stack.enter_context(replacing(review)) if review is not None else None
        sink = stack.enter_context(replacing(output))
        resolver = resolver or Resolver()
        resolver.known_countries(plan.countries)
        early = (table.size or 0) > _LARGE
        helped = SharedAnswers(kind.answers, resolver, request.target, early=early) if share else None
        answers: _Ask = stack.enter_context(helped) if helped else kind.answers(resolver, request.target)
        if journal is not None:
            facts = [file.name for file in resolver.compiled()]
            about = (resolver.date, facts, kind.columns, request.target)
            answers = stack.enter_context(Journal(journal, about, answers))
        decided = Overrides() if overrides is None else Overrides.read(overrides, resolver)
        job = _Job(plan, kind, answers, decided, Review() if review_sink or report_sink else None)
        stack.enter_context(gc_relaxed())
        job.summary.told, job.summary.one_column = table.told, plan.width == 1
        with table_writer(output, sink, table, excel_safe=excel_safe) as writer:
            writer.begin([*table.header, *plan.appended], plan.numbers)
            for chunk in _chunks(table):
                job.write(chunk, writer)
                if progress:
                    progress(job.summary.rows, table.bytes_read, table.size)
        job.finish()
        job.summary.unused_overrides = job.unused_overrides
        if review_sink and job.review and review is not None:
            with table_writer(review, review_sink, table, rows=False, excel_safe=excel_safe) as review_writer:
                job.review.write(review_writer)
        if report_sink:
            job.summary.open = job.review.most_frequent() if job.review else []
            report_sink.write(job.summary.report(report or "", table.name, resolver.date))
        # Errors from a full disk occur here, before the first output replaces its target.
        for written_to in (review_sink, report_sink, sink):
            if written_to:
                written_to.finish()
    return job.summary


_Ask = Callable[[Sequence[Mention], Sequence[str | None]], list[Answer]]


class _Asked:
    """A distinct mention of a column, and the cells appended to its rows."""

    __slots__ = ("answer", "appended", "cells", "count", "decided", "mention", "note")

    def __init__(self, mention: Mention, note: str, answer: Answer, *, decided: bool) -> None:
        self.mention = mention
        self.note = note
        self.answer = answer
        self.decided = decided
        self.cells = with_note(answer.cells, note) if note and answer.cells[0] != "blank" else answer.cells
        self.appended: list[Any] = []
        self.count = 0


class _ColumnReader:
    """Answers the mentions of one column; each distinct one once, as long as it is cached."""

    def __init__(self, job: _Job, column: MentionColumn) -> None:
        self._job = job
        self._column = column
        self._take = job.plan.around(column)
        self._known: dict[tuple[str, ...], _Asked] = {}
        self._letters = 0

    def appended(self, rows: Sequence[list[str]], writer: TableWriter) -> list[Any]:
        """Return the cells to append to each row."""
        taken = list(map(self._take, rows))
        known = self._known
        fresh = [one for one in dict.fromkeys(taken) if one not in known]
        letters = sum(len(text) for one in fresh for text in one)
        if len(known) + len(fresh) > _REMEMBERED or self._letters + letters > _REMEMBERED_LETTERS:
            self.finish()
            known.clear()
            fresh = list(dict.fromkeys(taken))
            self._letters, letters = 0, sum(len(text) for one in fresh for text in one)
        self._letters += letters
        known.update(zip(fresh, self._ask(fresh), strict=True))
        for one in fresh:
            cells = [known[one].cells[place] for place in self._job.plan.picked]
            known[one].appended = [writer.encoded(part) for part in _parted(cells, self._job.plan.parted)]
        for one, count in Counter(taken).items():
            known[one].count += count
        return [known[one].appended for one in taken]

    def _ask(self, taken: Sequence[tuple[str, ...]]) -> Iterator[_Asked]:
        plan, column = self._job.plan, self._column
        asked = [plan.mention(column, one) for one in taken]
        mentions = [mention for mention, _ in asked]
        decisions = [self._job.overrides.decision(column.name, mention) for mention in mentions]
        answers = self._job.answers(mentions, decisions)
        for (mention, note), answer, decision in zip(asked, answers, decisions, strict=True):
            yield _Asked(mention, note, answer, decided=decision is not None)

    def finish(self) -> None:
        """Count the mentions, and add those to review to the review file."""
        first = self._column is self._job.plan.columns[0]
        for taken, asked in self._known.items():
            self._job.count(self._column.name, asked.cells, asked.count)
            if first and asked.note:
                self._job.summary.unreadable_dates += asked.count
                self._job.summary.unreadable_date = self._job.summary.unreadable_date or taken[1]
            if self._job.review and not asked.decided:
                self._job.review.add(self._column.name, asked.mention, asked.answer, asked.count)
            asked.count = 0


class _Job:
    def __init__(self, plan: Plan, kind: Kind, answers: _Ask, overrides: Overrides, review: Review | None) -> None:
        self.plan = plan
        self._kind = kind
        self._nothing = [""] * (len(kind.columns) - 2)
        self.answers = answers
        self.overrides = overrides
        self.review = review
        self.summary = Summary(columns={c.name: {what: Counter() for what in kind.counted} for c in plan.columns})
        self._column_readers = [_ColumnReader(self, column) for column in plan.columns]

    @property
    def unused_overrides(self) -> list[int]:
        """The lines of the overrides that were never applied."""
        return self.overrides.unused

    def write(self, chunk: Sequence[Record], writer: TableWriter) -> None:
        """Write the output row for each record."""
        width = self.plan.width
        if all(len(cells) == width for _, cells in chunk):
            self._write_sound([cells for _, cells in chunk], writer)
            return
        for sound, records in groupby(chunk, lambda record: len(record.cells) == width):
            if sound:
                self._write_sound([cells for _, cells in records], writer)
            else:
                writer.write_all([self._ragged(record) for record in records])

    def _write_sound(self, rows: Sequence[list[str]], writer: TableWriter) -> None:
        self.summary.rows += len(rows)
        columns = [reader.appended(rows, writer) for reader in self._column_readers]
        if not self.plan.parted:
            writer.write_all(rows, [[one for (one,) in column] for column in columns])
            return
        (column,) = columns
        parted = [(row, one) for row, several in zip(rows, column, strict=True) for one in several]
        writer.write_all([row for row, _ in parted], [[one for _, one in parted]])

    def _ragged(self, record: Record) -> list[str]:
        """Return the row for a record that is empty, or has too few or too many cells."""
        cells = record.cells
        if not cells:
            self.summary.empty_lines += 1
            return []
        self.summary.rows += 1
        width = self.plan.width
        if any(cell.strip() for cell in cells):
            self.summary.ragged_rows += 1
            self.summary.first_ragged = self.summary.first_ragged or record.line
            told = (
                "unmatched",
                *self._nothing,
                f"row has {counted(len(cells), 'cell')}, the header {width}: not resolved",
            )
        else:
            told = ("blank", *self._nothing, "")
        for column in self.plan.columns:
            self.count(column.name, told, 1)
        appended = [told[place] for place in self.plan.picked] * len(self.plan.columns)
        return [*cells[:width], *[""] * (width - len(cells)), *appended, *cells[width:]]

    def count(self, column: str, cells: Cells, rows: int) -> None:
        """Count rows that got the same cells in a column."""
        if rows:
            named = dict(zip(self._kind.columns, cells, strict=True))
            self.summary.tallies.setdefault(column, Tally()).add(named, rows)
        counts = self.summary.columns[column]
        for what in self._kind.counted:
            value = cells[self._kind.columns.index(what)]
            if value and rows:
                counts[what][value] += rows

    def finish(self) -> None:
        """Count the mentions."""
        for reader in self._column_readers:
            reader.finish()


def _parted(cells: list[str], places: Sequence[int]) -> list[list[str]]:
    """Return cells unchanged or, if some of them join several successors, once for each successor."""
    split = {place: cells[place].split("|") for place in places if cells[place]}
    count = max((len(parts) for parts in split.values()), default=1)
    return [
        [split[at][number] if len(split.get(at, ())) == count else cell for at, cell in enumerate(cells)]
        for number in range(count)
    ]


def _chunks(table: Table) -> Iterator[list[Record]]:
    """Yield the records of a table in chunks that need little memory; the first ones are small, to show the speed."""
    chunk: list[Record] = []
    size, end = min(FIRST_CHUNK, CHUNK), table.bytes_read + CHUNK_BYTES
    for record in table:
        chunk.append(record)
        if len(chunk) == size or table.bytes_read > end:
            yield chunk
            chunk, size, end = [], min(2 * size, CHUNK), table.bytes_read + CHUNK_BYTES
    if chunk:
        yield chunk
