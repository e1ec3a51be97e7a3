"""The job behind ``resolver annotate``: texts in, the names in them out.

Documents are read, looked at and written one after the other, long ones in parts, so that memory does not grow with
them; what is kept are counts of entities where a summary is wanted, and the text itself for a page. All outputs take
their places together at the end.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
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
from resolver.documents.sharing import Marked, Marker
from resolver.documents.sources import Document, Progress, documents_in_files, documents_in_table
from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.filters import unknown
from resolver.tables.counts import counted
from resolver.tables.formats import check_table_ending, header_sought, open_table, table_writer
from resolver.tables.rows import Reading, TableWriter

__all__ = ["FORMATS", "AnnotateRequest", "AnnotateSummary", "annotate_documents"]

FORMATS = ("csv", "jsonl", "html")
_ENDINGS = {"jsonl": (".jsonl", ".ndjson", ".json"), "html": (".html", ".htm")}
_GRAPH = ".graphml"
_MOST_TOGETHER, _TOGETHER = 100, 20_000
"""Documents that are asked about together, or fewer where one has more characters than that."""
_AT_A_TIME = 2
"""Groups of documents that are looked at at the same time, each by a process."""


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

    def count(self, status: str) -> None:
        """Count a name by what is known of it."""
        self.mentions += 1
        self.counts[status] = self.counts.get(status, 0) + 1

    def __str__(self) -> str:
        """One line for a person."""
        told = ", ".join(f"{count} {status}" for status, count in sorted(self.counts.items()))
        found = f"{counted(self.documents, 'document')}; {counted(self.mentions, 'name')}"
        return found + (f": {told}" if told else "")

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
    share: bool = False,
    progress: Callable[[int, int, int | None], None] | None = None,
) -> AnnotateSummary:
    """Find the names in documents and write them; return the counts.

    ``summary`` is a file for the entities with their counts, or by its ending for the graph of what is named
    together. ``share`` lets a second process look at half of many documents, where a table or JSON lines are all that
    is written (a script that uses it needs the usual ``if __name__ == "__main__"``). ``progress`` is told the documents
    done, the bytes read so far and, where known, in all. Raises ``UsageError``, ``InputError`` or ``OutputError``;
    the outputs are then as they were before.
    """
    _check(sources, output, request, summary, force=force)
    day = date_option(request.date, "the date")
    counts, read = AnnotateSummary(), Progress()
    with ExitStack() as stack:
        documents = _documents(stack, sources, request, reading or Reading(), read)
        first = next(documents, None)
        summary_sink = stack.enter_context(replacing(summary)) if summary is not None else None
        sink = stack.enter_context(replacing(output))
        resolver = resolver or Resolver()
        target = _output(stack, sink, output, request)
        entities = Entities() if summary_sink else None
        all_documents = chain(() if first is None else (first,), documents)
        found: Iterable[tuple[Document, Iterable[Annotation | Marked]]]
        if share and summary is None and request.format != "html":
            marker = stack.enter_context(Marker(resolver, request.language))
            found = _shared(marker, resolver.annotator(request.language), target, all_documents, day)
        else:
            found = _annotated(resolver.annotator(request.language), target, all_documents, day)
        for document, marks in found:
            counts.documents += 1
            for mark in marks:
                if isinstance(mark, Marked):
                    counts.count(mark.status)
                    if isinstance(target, _Table | _JsonLines):
                        target.write(document, mark.row)
                    continue
                counts.count(mark.match.status)
                target.add(document, mark)
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


_Held = list[tuple[Document, str]]
"""Documents with their texts, where these are held."""


def _grouped(documents: Iterable[Document]) -> Iterator[Document | _Held]:
    """Yield short documents in groups that are asked about together, and long ones by themselves."""
    held: _Held = []
    for document in map(_short, documents):
        if document.text is None:
            if held:
                yield held
                held = []
            yield document
            continue
        held.append((document, document.text))
        if len(document.text) > _TOGETHER or len(held) >= _MOST_TOGETHER:
            yield held
            held = []
    if held:
        yield held


def _short(document: Document) -> Document:
    """Return a document with its text, if that is short."""
    if document.text is not None:
        return document
    lines = iter(document.lines)
    begun: list[str] = []
    size = 0
    for line in lines:
        begun.append(line)
        size += len(line)
        if size > _TOGETHER:
            return replace(document, lines=chain(begun, lines))
    return replace(document, lines=begun, text="".join(begun))


def _annotated(
    annotator: Annotator, target: _Output, documents: Iterable[Document], day: str
) -> Iterator[tuple[Document, Iterable[Annotation]]]:
    """Yield documents with their names; short ones are asked about together."""
    for group in _grouped(documents):
        if isinstance(group, Document):
            begun = target.begin(group)
            yield begun, annotator.annotate(begun.lines, group.date or day)
            continue
        found = annotator.annotate_all(_texts(group, day))
        for (document, _), marks in zip(group, found, strict=True):
            begun = target.begin(document)
            for _ in begun.lines:
                pass  # a page keeps the text as it is read
            yield begun, marks


def _shared(
    marker: Marker, annotator: Annotator, target: _Output, documents: Iterable[Document], day: str
) -> Iterator[tuple[Document, Iterable[Annotation | Marked]]]:
    """Yield documents with what is written of their names, two groups of them at a time."""
    groups = _grouped(documents)
    for group in groups:
        pair: list[_Held] = []
        following: Document | _Held | None = group
        while following is not None and not isinstance(following, Document):
            pair.append(following)
            following = next(groups, None) if len(pair) < _AT_A_TIME else None
        texts = [_texts(one, day) for one in pair]
        found = marker(texts[0], texts[1] if len(texts) > 1 else []) if texts else ()
        for held, marked in zip(pair, found, strict=False):
            yield from ((document, marks) for (document, _), marks in zip(held, marked, strict=True))
        if isinstance(following, Document):
            yield following, annotator.annotate(target.begin(following).lines, following.date or day)


def _texts(held: _Held, day: str) -> list[tuple[str, str]]:
    return [(text, document.date or day) for document, text in held]


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
        self.write(document, row_of(mark))

    def write(self, document: Document, row: list[str]) -> None:
        """Write a row."""
        self._writer.write([*document.cells, *row])

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
        self.write(document, row_of(mark))

    def write(self, document: Document, row: list[str]) -> None:
        """Write a line."""
        record: dict[str, object] = dict(zip(self._keys, (*document.cells, *row), strict=True))
        record |= {"start": int(row[0]), "end": int(row[1])}
        self._sink.write(json.dumps(record, ensure_ascii=False) + "\n")

    def finish(self) -> None:
        """Nothing stands after the last line."""
