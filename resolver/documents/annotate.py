"""The job behind ``resolver annotate``: texts in, the names in them out.

Documents are read and written in small groups, long ones in parts, so memory does not grow with them. For a summary the
counts of entities are kept, and for a page the text of one document. All outputs take their places together at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from resolver.annotation.annotator import Annotator
from resolver.annotation.mentions import Annotation
from resolver.atomic import Sink, check_ending, check_files, replacing
from resolver.dates import date_option
from resolver.documents.entities import Entities
from resolver.documents.grouping import Group, grouped, texts_of
from resolver.documents.outputs import JsonLinesOutput, Output, RowOutput, TableOutput
from resolver.documents.page import Page
from resolver.documents.sharing import Marked, Marker
from resolver.documents.sources import Document, Progress, documents_in_files, documents_in_table
from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.filters import unknown
from resolver.tables.counts import counted
from resolver.tables.formats import check_table_ending, header_sought, open_table, table_writer
from resolver.tables.rows import Reading

__all__ = ["FORMATS", "AnnotateRequest", "AnnotateSummary", "annotate_documents"]

FORMATS = ("csv", "jsonl", "html")
_ENDINGS = {"jsonl": (".jsonl", ".ndjson", ".json"), "html": (".html", ".htm")}
_GRAPH = ".graphml"
_AT_A_TIME = 2
"""Groups of documents that are annotated at the same time, each by one process."""


@dataclass(frozen=True, slots=True)
class AnnotateRequest:
    """The options of the job: the day of the documents, the language of the names shown, the format of the output.

    If the source is a table, ``column`` is the column with the texts, ``key`` the one that identifies the row, and
    ``date_column`` the one with the day of the text.
    """

    date: str | None = None
    language: str | None = None
    format: str = "csv"
    column: str | None = None
    key: str | None = None
    date_column: str | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """The columns that say in which document a name is."""
        if self.column is None:
            return ("document",)
        return ("row", self.key) if self.key else ("row",)


@dataclass(slots=True)
class AnnotateSummary:
    """Counts of the documents, and of the names in them by status."""

    documents: int = 0
    mentions: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, status: str) -> None:
        """Count a name by its status."""
        self.mentions += 1
        self.counts[status] = self.counts.get(status, 0) + 1

    def __str__(self) -> str:
        """One line for a person."""
        told = ", ".join(f"{count} {status}" for status, count in sorted(self.counts.items()))
        found = f"{counted(self.documents, 'document')}; {counted(self.mentions, 'name')}"
        return found + (f": {told}" if told else "")

    def warnings(self) -> list[str]:
        """Warnings for a person, which are shown even without the summary: there are none."""
        return []


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

    ``summary`` is a file for the entities with their counts; if its name ends in ``.graphml``, for the graph of the
    entities that are named together. ``share`` lets a second process annotate half of many documents, if only a table
    or JSON lines are written (a script that uses it needs the usual ``if __name__ == "__main__"``). ``progress`` is
    called with the documents done, the bytes read so far and, if known, the total. Raises ``UsageError``,
    ``InputError`` or ``OutputError``; then the outputs have not changed.
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
        written: Iterator[Iterator[str]]
        if share and entities is None and isinstance(target, RowOutput):
            marker = stack.enter_context(Marker(resolver, request.language))
            written = _written_by_two(marker, target, all_documents, day)
        else:
            found = _annotated(resolver.annotator(request.language), target, all_documents, day)
            written = _written(found, target, entities)
        for statuses in written:
            counts.documents += 1
            for status in statuses:
                counts.count(status)
            if progress:
                progress(counts.documents, read.done, read.total)
        target.finish()
        if entities and summary_sink:
            entities.write(summary_sink, summary or "")
            summary_sink.finish()
        sink.finish()
    return counts


def _annotated(
    annotator: Annotator, target: Output, documents: Iterable[Document], day: str
) -> Iterator[tuple[Document, Iterable[Annotation]]]:
    """Yield documents with their names; short ones are resolved together."""
    for group in grouped(documents):
        if isinstance(group, Document):
            begun = target.begin(group)
            yield begun, annotator.annotate(begun.lines, group.date or day)
            continue
        found = annotator.annotate_all(texts_of(group, day))
        for (document, _), marks in zip(group, found, strict=True):
            begun = target.begin(document)
            for _ in begun.lines:
                pass  # a page keeps the text as it is read
            yield begun, marks


def _written(
    found: Iterable[tuple[Document, Iterable[Annotation]]], target: Output, entities: Entities | None
) -> Iterator[Iterator[str]]:
    """Write the names of documents; yield, for each document, the status of each name."""

    def written(document: Document, marks: Iterable[Annotation]) -> Iterator[str]:
        for mark in marks:
            target.add(document, mark)
            if entities:
                entities.add(document.cells[-1], mark)
            yield mark.match.status

    for document, marks in found:
        yield written(document, marks)


def _written_by_two(
    marker: Marker, target: RowOutput, documents: Iterable[Document], day: str
) -> Iterator[Iterator[str]]:
    """Write the names of documents, two groups of them at a time; yield, for each document, their statuses."""

    def written(document: Document, marks: Iterable[Marked]) -> Iterator[str]:
        for mark in marks:
            target.write(document, mark.row)
            yield mark.status

    groups = grouped(documents)
    for first in groups:
        pair: list[Group] = []
        following: Document | Group | None = first
        while following is not None and not isinstance(following, Document):
            pair.append(following)
            following = next(groups, None) if len(pair) < _AT_A_TIME else None
        texts = [texts_of(one, day) for one in pair]
        found = marker(texts[0], texts[1] if len(texts) > 1 else []) if texts else ()
        for group, marked in zip(pair, found, strict=False):
            for (document, _), marks in zip(group, marked, strict=True):
                yield written(document, marks)
        if isinstance(following, Document):
            yield written(following, marker.one(following.lines, following.date or day))


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
        raise UsageError("--key and --date-column need a table: name its column with the texts by --column")
    if request.column is not None and len(sources) != 1:
        raise UsageError("with --column only one table is read: name one file")
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


def _output(stack: ExitStack, sink: Sink, path: str | Path, request: AnnotateRequest) -> Output:
    if request.format == "html":
        return Page(sink)
    if request.format == "jsonl":
        return JsonLinesOutput(sink, request.told)
    return TableOutput(table_writer(path, sink), stack, request.told)
