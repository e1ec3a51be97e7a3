"""What the names in documents are written to: a table, JSON lines, or a page."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import Protocol

from resolver.annotation.mentions import Annotation
from resolver.atomic import Sink
from resolver.documents.rows import AFTER, BEFORE, MATCH_COLUMNS, row_of
from resolver.documents.sources import Document
from resolver.tables.rows import TableWriter

__all__ = ["JsonLinesOutput", "Output", "RowOutput", "TableOutput"]


class Output(Protocol):
    """What names are written to."""

    def begin(self, document: Document) -> Document:
        """Begin a document, and return it as it is to be read."""

    def add(self, document: Document, mark: Annotation) -> None:
        """Write a name."""

    def finish(self) -> None:
        """End the output."""


class RowOutput(ABC):
    """An output to which names are written as rows, whose columns are those of ``rows.row_of``."""

    def begin(self, document: Document) -> Document:
        """Return the document: nothing is written before its names."""
        return document

    def add(self, document: Document, mark: Annotation) -> None:
        """Write a name."""
        self.write(document, row_of(mark))

    @abstractmethod
    def write(self, document: Document, row: list[str]) -> None:
        """Write the row of a name."""

    @abstractmethod
    def finish(self) -> None:
        """End the output."""


class TableOutput(RowOutput):
    """A table with a row for each name."""

    def __init__(self, writer: AbstractContextManager[TableWriter], stack: ExitStack, told: Sequence[str]) -> None:
        self._open = stack.enter_context(ExitStack())
        self._writer = self._open.enter_context(writer)
        header = (*told, *BEFORE, *MATCH_COLUMNS, *AFTER)
        self._writer.begin(header, frozenset(map(header.index, ("start", "end", "score"))))

    def write(self, document: Document, row: list[str]) -> None:
        """Write the row of a name."""
        self._writer.write([*document.cells, *row])

    def finish(self) -> None:
        """Write what is left."""
        self._open.close()


class JsonLinesOutput(RowOutput):
    """A JSON object on a line for each name, with the keys of the table; places in the text are numbers."""

    def __init__(self, sink: Sink, told: Sequence[str]) -> None:
        self._sink = sink
        self._keys = (*told, *BEFORE, *MATCH_COLUMNS, *AFTER)

    def write(self, document: Document, row: list[str]) -> None:
        """Write the row of a name as a line."""
        record: dict[str, object] = dict(zip(self._keys, (*document.cells, *row), strict=True))
        record |= {"start": int(row[0]), "end": int(row[1])}
        self._sink.write(json.dumps(record, ensure_ascii=False) + "\n")

    def finish(self) -> None:
        """Do nothing: every line is written."""
