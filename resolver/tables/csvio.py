"""Read CSV of any dialect, write CSV atomically.

Reading: the delimiter is found in the header, or given by a line such as ``sep=;`` before it, as in Excel. Every cell
is returned exactly as in the file. Input that cannot be read with certainty (bytes of another encoding, a quote that
never closes, binary content) is one error that names the line, never a lost row.

Writing: UTF-8, quoted so that reading it gives the same cells again. ``atomic.replacing`` gives the file.
"""

from __future__ import annotations

import csv
import io
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NoReturn, Protocol, Self, cast

from resolver.atomic import STANDARD, reason, writing
from resolver.errors import InputError
from resolver.tables.compression import compression_of, decompressed
from resolver.tables.decoding import MAX_LINE, Lines, check_encoding
from resolver.tables.dialects import MAX_RECORD_LINES, Quotes, checked_delimiter, head_of
from resolver.tables.rows import Dialect, Reading, Record

__all__ = ["Reader", "TextSink", "Writer", "dialect_for", "excel_dialect"]

MAX_CELL = 16 * 1024 * 1024
_BLOCK = 1024 * 1024
_ROW_END = "\r\n\0"
_WITH_TABS = (".tsv", ".tab")


class TextSink(Protocol):
    """A file to which text is written."""

    def write(self, text: str) -> None:
        """Write text."""


def dialect_for(path: str | Path, dialect: Dialect) -> Dialect:
    """Return the dialect of an output: that of the input, but with tabs if the name ends in .tsv or .tab."""
    name = Path(path).with_suffix("") if compression_of(path) else Path(path)
    if name.suffix.lower() not in _WITH_TABS or dialect.delimiter == "\t":
        return dialect
    return dialect._replace(delimiter="\t", directive="")


class Reader:
    """A CSV table, as ``rows.Table`` has it, which may be compressed.

    ``path`` may be ``-``. All bytes read are copied to ``copy``, if it is given. Raises ``InputError`` if the file
    cannot be read with certainty, and ``UsageError`` for an unknown encoding or an impossible delimiter.
    """

    serial_dates = False
    typed = False

    def __init__(
        self,
        path: str | Path,
        reading: Reading = Reading(),  # noqa: B008  (it is a constant)
        *,
        copy: BinaryIO | None = None,
        file: io.BufferedReader | None = None,
    ) -> None:
        """Open the file, or continue in an open one, and read its header."""
        self.path = path
        self.name = "standard input" if str(path) == STANDARD else str(path)
        self.bytes_read = 0
        self._copy = copy
        self._record: list[str] = []
        self._length = 0
        self._reading = reading
        delimiter = checked_delimiter(reading.delimiter)
        check_encoding(reading.encoding)
        self._compressed = "" if file else compression_of(path)
        self._file = self._open() if file is None else file
        try:
            if self._compressed:
                self._file = decompressed(self._file, self._compressed)
            decoded = Lines(self._read, self.name, reading.encoding)
            self.told = decoded.told
            lines = iter(decoded)
            head = head_of(lines, reading.skip_lines, self.name)
            terminator = "\r\n" if head.lines[-1].endswith("\r\n") else "\n"
            self.dialect = Dialect(delimiter or head.delimiter, terminator, decoded.bom, head.directive, head.title)
            # csv keeps its limit for the whole process; raising it harms nobody.
            csv.field_size_limit(max(csv.field_size_limit(), MAX_CELL))
            self._records = self._parse(chain(head.lines, lines), head.skipped + 1)
            first = next(self._records)
            self.header = first.cells
            if not reading.header:
                self.header = [str(number + 1) for number in range(len(first.cells))]
                self._records = chain([first], self._records)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        """Return the table itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file, but not standard input."""
        if str(self.path) != STANDARD:
            self._file.close()

    @property
    def size(self) -> int | None:
        """Size of the file in bytes, or None if it is a pipe or compressed."""
        if self._compressed:
            return None
        with suppress(OSError):
            status = os.fstat(self._file.fileno())
            return status.st_size if stat.S_ISREG(status.st_mode) else None
        return None

    def __iter__(self) -> Iterator[Record]:
        """Return the records after the header; they can be read once."""
        return self._records

    def again(self, copy: BinaryIO) -> Iterator[Record]:
        """Return the records again, from the copy made while they were read."""
        with writing("the copy of the input"):
            copy.seek(0)
        file = cast("io.BufferedReader", copy)
        return iter(Reader(self.path, replace(self._reading, delimiter=self.dialect.delimiter), file=file))

    def _open(self) -> io.BufferedReader:
        if str(self.path) == STANDARD:
            if sys.stdin is None:
                raise InputError("it is closed", path=self.name, remedy="name a file")
            return cast("io.BufferedReader", sys.stdin.buffer)
        try:
            return Path(self.path).open("rb")
        except FileNotFoundError:
            raise InputError("there is no such file", path=self.name, remedy="check the path") from None
        except IsADirectoryError:
            raise InputError("this is a folder", path=self.name, remedy="name a CSV file in it") from None
        except (OSError, ValueError) as error:
            raise InputError(reason(error), path=self.name, remedy="check the path and its permissions") from None

    def _read(self) -> bytes:
        try:
            # Read what is available, without waiting for a whole block: signals are handled only between two reads.
            block = self._file.read1(_BLOCK)
        except OSError as error:
            raise InputError(reason(error), path=self.name, remedy="check the file and its disk") from None
        self.bytes_read += len(block)
        if self._copy is not None:
            with writing("the copy of the input"):
                self._copy.write(block)
        return block

    def _parse(self, lines: Iterator[str], first_line: int) -> Iterator[Record]:
        parser = csv.reader(self._watched(lines), delimiter=self.dialect.delimiter, strict=True)
        while True:
            line = first_line + parser.line_num
            self._record, self._length = [], 0
            try:
                cells = next(parser)
            except StopIteration:
                return
            except csv.Error as error:
                self._unparsable(str(error), line)
            yield Record(line, cells)

    def _watched(self, lines: Iterator[str]) -> Iterator[str]:
        for line in lines:
            self._record.append(line)
            self._length += len(line)
            if len(self._record) > MAX_RECORD_LINES or self._length > MAX_LINE:
                raise csv.Error("unexpected end of data")
            yield line

    def _unparsable(self, problem: str, line: int) -> NoReturn:
        quotes = Quotes(self.dialect.delimiter)
        for text in self._record:
            quotes.feed(text)
        opened = line + quotes.opened
        if "field larger" in problem and len(self._record) == 1:
            raise InputError(
                f"a cell of more than {MAX_CELL:,} characters", path=self.name, line=line, remedy="shorten it"
            )
        if "unexpected end" in problem or "field larger" in problem:
            raise InputError(
                "the quote that opens here never closes",
                path=self.name,
                line=opened,
                remedy="close, double or remove it",
            )
        if "expected after" in problem:
            raise InputError(
                "a quoted cell continues after its closing quote",
                path=self.name,
                line=opened,
                remedy="close the cell before the next delimiter, or double the quotes inside it",
            )
        raise InputError(problem, path=self.name, line=line, remedy="fix the line")


_RUNNABLE = re.compile(r"\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[\d.,\s]*\d%?", re.ASCII)


def excel_dialect(dialect: Dialect) -> Dialect:
    """Return a dialect in which Excel reads all letters correctly: with a byte order mark and line ends of Windows."""
    return dialect._replace(bom=True, terminator="\r\n", directive="")


def _guarded(row: Sequence[str]) -> list[str]:
    """Return cells with an apostrophe before those that a spreadsheet would run as formulas; not before numbers."""
    return [f"'{cell}" if _RUNNABLE.match(cell) and not _NUMBER.fullmatch(cell) else cell for cell in row]


class Writer:
    """Writes CSV, as ``rows.TableWriter`` has it."""

    def __init__(
        self,
        sink: TextSink,
        dialect: Dialect = Dialect(),  # noqa: B008  (it is a constant)
        *,
        guarded: bool = False,
    ) -> None:
        """Write to ``sink`` in a dialect; the lines before the header are written at once."""
        self._sink = sink
        self._guarded = guarded
        self._terminator = dialect.terminator
        self._buffer = io.StringIO(newline="")
        # csv quotes cells that hold any character of the terminator: so both kinds of line break, whichever the file
        # has. No cell holds a NUL, so a NUL distinguishes the ends of rows from line breaks in cells.
        self._csv = csv.writer(self._buffer, delimiter=dialect.delimiter, lineterminator=_ROW_END)
        if dialect.bom:
            sink.write("\ufeff")
        if dialect.title or dialect.directive:
            sink.write(dialect.title + dialect.directive)

    def begin(self, header: Sequence[str], numbers: frozenset[int] = frozenset()) -> None:
        """Write the header; numbers are texts like all others."""
        self.write(header)

    def close(self) -> None:
        """Do nothing: all is written."""

    def abandon(self) -> None:
        """Do nothing: nothing is held."""

    def write(self, row: Sequence[str]) -> None:
        """Write one row; a row without cells is an empty line."""
        self.write_all([row])

    def write_all(self, rows: Iterable[Sequence[str]], beside: Sequence[Iterable[Any]] = ()) -> None:
        """Write rows, each with what ``beside`` has for it: columns of what ``encoded`` returned."""
        ends = repeat(self._terminator)
        self._sink.write("".join(chain.from_iterable(zip(self._lines(rows), *beside, ends, strict=False))))

    def encoded(self, cells: Sequence[str]) -> str:
        """Return cells encoded to be appended to a row."""
        return self._lines([["", *cells]])[0]

    def _lines(self, rows: Iterable[Sequence[str]]) -> list[str]:
        self._csv.writerows(map(_guarded, rows) if self._guarded else rows)
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return text.split(_ROW_END)[:-1]
