"""The job behind ``resolver annotate``: texts in, the names in them out.

Documents are read, looked at and written one after the other, long ones in parts, so that memory does not grow with
them; what is kept are counts of entities where a summary is wanted, and the text itself for a page. All outputs take
their places together at the end.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Protocol

from resolver.annotation.annotator import Annotator
from resolver.annotation.mentions import Annotation
from resolver.atomic import Sink, check_ending, check_files, replacing
from resolver.dates import date_option
from resolver.documents.entities import Entities
from resolver.documents.page import Page
from resolver.documents.rows import AFTER, BEFORE, MATCH_COLUMNS, row_of
from resolver.documents.sources import Document, Progress, documents_in_files, documents_in_table
from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.filters import unknown
from resolver.tables.formats import check_table_ending, header_sought, open_table, table_writer
from resolver.tables.rows import Reading, TableWriter

__all__ = ["FORMATS", "AnnotateRequest", "AnnotateSummary", "annotate_documents"]

FORMATS = ("csv", "jsonl", "html")
_ENDINGS = {"jsonl": (".jsonl", ".ndjson", ".json"), "html": (".html", ".htm")}
_GRAPH = ".graphml"
_MOST_TOGETHER, _TOGETHER = 100, 20_000
"""Rows of a table whose texts are asked about together, or fewer where one has more characters than that."""


@dataclass(frozen=True, slots=True)
class AnnotateRequest:
    """What is asked: the day of the documents, the language of names shown, the format of the output.

    ``column`` is the column with the texts where the source is a table, ``key`` one that tells the row,
    ``date_column`` one with its day.
    """

    date: str | None = None
    language: str | None = None
    format: str = "csv"
    column: str | None = None
    key: str | None = None
    date_column: str | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """The columns that tell which document a name stands in."""
        if self.column is None:
            return ("document",)
        return ("row", self.key) if self.key else ("row",)


@dataclass(slots=True)
class AnnotateSummary:
    """What came of it."""

    documents: int = 0
    mentions: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    dated: dict[str, str] = field(default_factory=dict)

    def count(self, mark: Annotation) -> None:
        """Count a name."""
        self.mentions += 1
        self.counts[mark.match.status] = self.counts.get(mark.match.status, 0) + 1

    def __str__(self) -> str:
        """One line for a person."""
        told = ", ".join(f"{count} {status}" for status, count in sorted(self.counts.items()))
        return f"{self.documents} documents; {self.mentions} names" + (f": {told}" if told else "")

    def warnings(self) -> list[str]:
        """What a person should know even where nobody asked for a summary."""
        return []


class _Output(Protocol):
    """What names are written to."""

    def begin(self, document: Document) -> Document:
        """Begin a document, and return it as it is to be read."""

    def add(self, document: Document, mark: Annotation) -> None:
        """Write a name."""

    def finish(self) -> None:
        """End the output."""


def annotate_documents(
    sources: Sequence[str | Path],
    output: str | Path,
    request: AnnotateRequest,
    *,
    summary: str | Path | None = None,
    resolver: Resolver | None = None,
    reading: Reading | None = None,
    force: bool = False,
    progress: Callable[[int, int, int | None], None] | None = None,
) -> AnnotateSummary:
    """Find the names in documents and write them; return the counts.

    ``summary`` is a file for the entities with their counts, or by its ending for the graph of what is named
    together. ``progress`` is told the documents done, the bytes read so far and, where known, in all. Raises
    ``UsageError``, ``InputError`` or ``OutputError``; the outputs are then as they were before.
    """
    _check(sources, output, request, summary, force=force)
    day = date_option(request.date, "the date")
    counts, read = AnnotateSummary(), Progress()
    with ExitStack() as stack:
        documents = _documents(stack, sources, request, reading or Reading(), read)
        first = next(documents, None)
        summary_sink = stack.enter_context(replacing(summary)) if summary is not None else None
        sink = stack.enter_context(replacing(output))
        annotator = (resolver or Resolver()).annotator(request.language)
        target = _output(stack, sink, output, request)
        entities = Entities() if summary_sink else None
        for document, marks in _annotated(annotator, target, chain(() if first is None else (first,), documents), day):
            counts.documents += 1
            for mark in marks:
                target.add(document, mark)
                counts.count(mark)
                if entities:
                    entities.add(document.cells[-1], mark)
            if progress:
                progress(counts.documents, read.done, read.total)
        target.finish()
        if entities and summary_sink:
            entities.write(summary_sink, summary or "")
            summary_sink.finish()
        sink.finish()
    return counts


def _annotated(
    annotator: Annotator, target: _Output, documents: Iterable[Document], day: str
) -> Iterator[tuple[Document, Iterable[Annotation]]]:
    """Yield documents with their names; short ones that are held already are asked about together."""
    held: list[tuple[Document, str]] = []
    for document in documents:
        if document.text is None:
            begun = target.begin(document)
            yield begun, annotator.annotate(begun.lines, document.date or day)
            continue
        held.append((document, document.text))
        if len(document.text) > _TOGETHER or len(held) >= _MOST_TOGETHER:
            yield from _together(annotator, target, held, day)
            held = []
    yield from _together(annotator, target, held, day)


def _together(
    annotator: Annotator, target: _Output, held: Sequence[tuple[Document, str]], day: str
) -> Iterator[tuple[Document, Iterable[Annotation]]]:
    found = annotator.annotate_all([(text, document.date or day) for document, text in held])
    for (document, _), marks in zip(held, found, strict=True):
        begun = target.begin(document)
        for _ in begun.lines:
            pass  # a page keeps the text as it is read
        yield begun, marks


def _check(
    sources: Sequence[str | Path],
    output: str | Path,
    request: AnnotateRequest,
    summary: str | Path | None,
    *,
    force: bool,
) -> None:
    if request.format not in FORMATS:
        raise UsageError(unknown("format", request.format, FORMATS))
    if request.column is None and (request.key or request.date_column):
        raise UsageError("--key and --date-column are of a table: say with --column which of its columns has the texts")
    if request.column is not None and len(sources) != 1:
        raise UsageError("with --column one table is read: name one file")
    check_files(sources, [path for path in (output, summary) if path is not None], force=force)
    if request.format in _ENDINGS:
        check_ending(output, _ENDINGS[request.format])
    else:
        check_table_ending(output)
    if summary is not None and Path(summary).suffix.lower() != _GRAPH:
        check_table_ending(summary)


def _documents(
    stack: ExitStack,
    sources: Sequence[str | Path],
    request: AnnotateRequest,
    reading: Reading,
    read: Progress,
) -> Iterator[Document]:
    if request.column is None:
        return documents_in_files(sources, reading.encoding, read)
    table = stack.enter_context(open_table(sources[0], reading))
    columns = [name for name in (request.column, request.key, request.date_column) if name]
    with header_sought(table, columns):
        return documents_in_table(table, request.column, request.key, request.date_column, read)


def _output(stack: ExitStack, sink: Sink, path: str | Path, request: AnnotateRequest) -> _Output:
    if request.format == "html":
        return Page(sink)
    if request.format == "jsonl":
        return _JsonLines(sink, request.told)
    return _Table(table_writer(path, sink), stack, request.told)


class _Table:
    """A table with a row for each name."""

    def __init__(self, writer: AbstractContextManager[TableWriter], stack: ExitStack, told: Sequence[str]) -> None:
        self._open = stack.enter_context(ExitStack())
        self._writer = self._open.enter_context(writer)
        header = (*told, *BEFORE, *MATCH_COLUMNS, *AFTER)
        self._writer.begin(header, frozenset(map(header.index, ("start", "end", "score"))))

    def begin(self, document: Document) -> Document:
        """Nothing stands before the names of a document."""
        return document

    def add(self, document: Document, mark: Annotation) -> None:
        """Write a row."""
        self._writer.write([*document.cells, *row_of(mark)])

    def finish(self) -> None:
        """Write what is left."""
        self._open.close()


class _JsonLines:
    """A JSON object on a line for each name, with the keys of the table; places in the text are numbers."""

    def __init__(self, sink: Sink, told: Sequence[str]) -> None:
        self._sink = sink
        self._keys = (*told, *BEFORE, *MATCH_COLUMNS, *AFTER)

    def begin(self, document: Document) -> Document:
        """Nothing stands before the names of a document."""
        return document

    def add(self, document: Document, mark: Annotation) -> None:
        """Write a line."""
        record: dict[str, object] = dict(zip(self._keys, (*document.cells, *row_of(mark)), strict=True))
        record |= {"start": mark.start, "end": mark.end}
        self._sink.write(json.dumps(record, ensure_ascii=False) + "\n")

    def finish(self) -> None:
        """Nothing stands after the last line."""
