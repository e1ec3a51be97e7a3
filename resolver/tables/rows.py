"""Rows and cells, independent of the kind of file: the form that all readers return and all writers accept."""

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
"""The value of a missing cell: a line of JSON without that key."""


class Record(NamedTuple):
    """A row: its cells, and the line of the file on which it begins. An empty line has no cells."""

    line: int
    cells: list[str]


class Dialect(NamedTuple):
    """How a table is written: the delimiter, the line end, and what comes before its header.

    ``bom`` says whether it begins with a byte order mark, ``title`` has the lines that were skipped, ``directive`` is
    a line that names the delimiter.
    """

    delimiter: str = ","
    terminator: str = "\n"
    bom: bool = False
    directive: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Options for reading a table; what is not given is detected.

    ``skip_lines`` is the number of lines before the header. ``header`` says whether there is one; without it the names
    of columns are their numbers. ``sheet`` is for workbooks, ``delimiter`` and ``encoding`` are for text.
    """

    delimiter: str | None = None
    encoding: str | None = None
    skip_lines: int = 0
    header: bool = True
    sheet: str | None = None


class TypedCell(str):
    """The text of a cell that has another type in its file, with its ``value`` there: a number, a date, None.

    Mentions are read from the text. Writers of files with types write the value.
    """

    __slots__ = ("value",)
    value: Any

    def __new__(cls, text: str, value: Any) -> Self:
        """Make a cell of a text and a value."""
        cell = super().__new__(cls, text)
        cell.value = value
        return cell

    def __reduce__(self) -> tuple[object, ...]:
        """Give text and value to another process."""
        return TypedCell, (str(self), self.value)


def typed(value: Any) -> str:
    """Return the cell of a value: a text unchanged, other values with the text that people would write.

    Whole numbers have no ``.0``, days have no time, None is an empty text.
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
    """Return the value of a cell in a file with types."""
    if not isinstance(cell, TypedCell):
        return cell
    return None if cell.value is MISSING else cell.value


class Table(Protocol):
    """A table that is read once, from its header to its end; a context manager.

    ``told`` has sentences for a person about how it was read. Iteration yields a ``Record`` for every row and every
    empty line.
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
        """Size of the file in bytes; None if ``bytes_read`` cannot be compared with it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def __iter__(self) -> Iterator[Record]: ...

    def again(self, copy: BinaryIO) -> Iterator[Record]:
        """Return the records again; ``copy`` is the copy that was made while a text was read."""


class TableWriter(Protocol):
    """Writes rows so that reading them gives the same cells again."""

    def begin(self, header: Sequence[str], numbers: frozenset[int] = frozenset()) -> None:
        """Write the header; the columns at the positions ``numbers`` have numbers, given to ``write`` as texts."""

    def write(self, row: Sequence[str]) -> None:
        """Write one row; a row without cells is an empty line."""

    def write_all(self, rows: Sequence[Sequence[str]], beside: Sequence[Iterable[Any]] = ()) -> None:
        """Write rows, each with what ``beside`` has for it: columns of what ``encoded`` returned."""

    def encoded(self, cells: Sequence[str]) -> Any:
        """Return cells in the form in which ``write_all`` takes them."""

    def close(self) -> None:
        """Write the rest; the sink stays open."""

    def abandon(self) -> None:
        """Drop everything that is held: the table will not be completed."""


class TypedReader:
    """The base of readers of files whose cells have types; their progress in bytes is not known."""

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
    """The base of writers that write one row after another."""

    def write(self, row: Sequence[str]) -> None:
        """Write one row."""
        raise NotImplementedError

    def write_all(self, rows: Iterable[Sequence[str]], beside: Sequence[Iterable[Any]] = ()) -> None:
        """Write rows, each with what ``beside`` has for it."""
        for row, *appended in zip(rows, *beside, strict=False):
            self.write([*row, *chain.from_iterable(appended)])

    def encoded(self, cells: Sequence[str]) -> Any:
        """Return cells in the form for ``write_all``."""
        return cells
