"""Rows and cells, whatever file they come from and go to: what every reader gives and every writer takes."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple, Protocol, Self

__all__ = [
    "MISSING",
    "Dialect",
    "Reading",
    "Record",
    "RowByRow",
    "Table",
    "TableWriter",
    "TypedCell",
    "TypedReader",
    "typed",
    "value_of",
    "written",
]


MISSING = object()
"""The value of a cell that is not there at all: a line of JSON without that key."""


class Record(NamedTuple):
    """A row: its cells, and the line of the file on which it begins. An empty line has no cells."""

    line: int
    cells: list[str]


class Dialect(NamedTuple):
    """How a table is written: what parts cells and ends rows, and what stands before its header.

    ``bom`` says whether that is a byte order mark, ``title`` are lines that were skipped, ``directive`` is one that
    tells the delimiter.
    """

    delimiter: str = ","
    terminator: str = "\n"
    bom: bool = False
    directive: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table is to be read, where that is not found out by itself.

    ``skip_lines`` are lines before the header, ``header`` says whether there is one: else columns are called by their
    number. ``sheet`` is that of a workbook. ``delimiter`` and ``encoding`` are those of text.
    """

    delimiter: str | None = None
    encoding: str | None = None
    skip_lines: int = 0
    header: bool = True
    sheet: str | None = None


class TypedCell(str):
    """The text of a cell that is no text in its file, with its ``value`` there: a number, a date, nothing.

    It is a text like any other for whoever reads mentions; who writes a file of types writes the value.
    """

    __slots__ = ("value",)
    value: Any

    def __new__(cls, text: str, value: Any) -> Self:
        """Make the cell of a text and a value."""
        cell = super().__new__(cls, text)
        cell.value = value
        return cell

    def __reduce__(self) -> tuple[object, ...]:
        """Give another process both."""
        return TypedCell, (str(self), self.value)


def typed(value: Any) -> str:
    """Return the cell of a value: a text as it is, others with the text by which people would write them.

    Whole numbers have no ``.0``, days no time, nothing is an empty text.
    """
    return value if type(value) is str else TypedCell(written(value), value)


def written(value: Any) -> str:
    """Return a value as people write it."""
    if value is None:
        return ""
    write = next((write for type_, write in _WRITTEN.items() if isinstance(value, type_)), str)
    return write(value)


def _number(value: float) -> str:
    return "" if math.isnan(value) else str(int(value)) if value.is_integer() else repr(value)


_WRITTEN: dict[type | tuple[type, ...], Callable[[Any], str]] = {
    bool: lambda value: "TRUE" if value else "FALSE",
    float: _number,
    dt.datetime: lambda value: str(value.date() if value.time() == dt.time() else value),
    bytes: lambda value: value.decode("utf-8", "replace"),
    (dict, list): lambda value: json.dumps(value, ensure_ascii=False, default=str),
}


def value_of(cell: str) -> Any:
    """Return what a cell is in a file of types."""
    if not isinstance(cell, TypedCell):
        return cell
    return None if cell.value is MISSING else cell.value


class Table(Protocol):
    """A table that is read once, from its header to its end; a context manager.

    ``told`` is what was found out about how it is written, as far as a person should know. Iteration yields a
    ``Record`` for every row and every empty line.
    """

    name: str
    header: list[str]
    dialect: Dialect
    bytes_read: int
    told: list[str]

    @property
    def serial_dates(self) -> bool:
        """Whether days may be numbers."""

    @property
    def typed(self) -> bool:
        """Whether cells have types."""

    @property
    def size(self) -> int | None:
        """Size of the file in bytes, as far as ``bytes_read`` can be compared with it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def __iter__(self) -> Iterator[Record]: ...

    def again(self, copy: BinaryIO) -> Iterator[Record]:
        """Return the records once more; ``copy`` is what was copied of a text when it was read."""


class TableWriter(Protocol):
    """Writes rows so that reading them gives the same cells again."""

    def begin(self, header: Sequence[str], numbers: frozenset[int] = frozenset()) -> None:
        """Write the header; the columns at the places ``numbers`` hold numbers, written as texts in ``write``."""

    def write(self, row: Sequence[str]) -> None:
        """Write one row; a row without cells is an empty line."""

    def write_all(self, rows: Sequence[Sequence[str]], beside: Sequence[Iterable[Any]] = ()) -> None:
        """Write rows, each with what ``beside`` has for it: columns of what ``encoded`` returned."""

    def encoded(self, cells: Sequence[str]) -> Any:
        """Return cells in the form in which ``write_all`` takes them."""

    def close(self) -> None:
        """Write what is left; the sink stays open."""

    def abandon(self) -> None:
        """Let go of what is held, where the table will not be complete."""


class TypedReader:
    """What the readers of files whose cells have types have in common; how far they are is not known in bytes."""

    serial_dates = False
    typed = True

    def __init__(self, path: str | Path) -> None:
        """Begin with nothing read."""
        self.name = str(path)
        self.dialect = Dialect()
        self.bytes_read = 0
        self.size: int | None = None
        self.told: list[str] = []

    def __enter__(self) -> Self:
        """Return the table itself."""
        return self


class RowByRow:
    """What the writers that write one row after another have in common."""

    def write(self, row: Sequence[str]) -> None:
        """Write one row."""
        raise NotImplementedError

    def write_all(self, rows: Iterable[Sequence[str]], beside: Sequence[Iterable[Any]] = ()) -> None:
        """Write rows, each with what ``beside`` has for it."""
        for row, *appended in zip(rows, *beside, strict=False):
            self.write([*row, *chain.from_iterable(appended)])

    def encoded(self, cells: Sequence[str]) -> Any:
        """Return cells as ``write_all`` takes them."""
        return cells
