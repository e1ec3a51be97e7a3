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
from itertools import chain, repeat
from pathlib import Path
from typing import BinaryIO, NamedTuple, NoReturn, cast

from resolver.atomic import STANDARD, Sink, reason, writing
from resolver.errors import InputError, UsageError
from resolver.tables.decoding import MAX_LINE, Lines, check_encoding

__all__ = ["ENDINGS", "Dialect", "Reader", "Record", "Writer", "dialect_for"]

ENDINGS = (".csv", ".tsv", ".txt", ".tab")
"""Allowed endings of the name of an output table; a name without an ending is allowed too."""

DELIMITERS = (",", ";", "\t", "|")
MAX_CELL = 16 * 1024 * 1024
MAX_RECORD_LINES = 10_000
_BLOCK = 1024 * 1024
_ROW_END = "\r\n\0"
_DIRECTIVE = re.compile(r'"?sep=(.|\\t)"?[,;\t|]*[\r\n]*', re.IGNORECASE)
"""A line before the header that gives the delimiter, as in Excel; a program may have added delimiters to it."""


class Record(NamedTuple):
    """A row: its cells, and the line of the file on which it begins. An empty line has no cells."""

    line: int
    cells: list[str]


class Dialect(NamedTuple):
    """The format of a table: what separates cells and ends rows, and what comes before the header.

    ``bom`` says whether there is a byte order mark, ``directive`` is a line that gives the delimiter.
    """

    delimiter: str = ","
    terminator: str = "\n"
    bom: bool = False
    directive: str = ""


def dialect_for(path: str | Path, dialect: Dialect) -> Dialect:
    """Return the dialect of an output, based on the input's: a name that ends in .tsv or .tab means tabs."""
    if Path(path).suffix.lower() not in (".tsv", ".tab") or dialect.delimiter == "\t":
        return dialect
    return dialect._replace(delimiter="\t", directive="")


class Reader:
    """A CSV table read once, from its header to its end; use it as a context manager.

    ``header`` and ``dialect`` describe the file; iteration yields a ``Record`` for every row and every empty line.
    ``path`` may be ``-``. Everything that is read is copied to ``copy``, if given. Raises ``InputError`` if the file
    cannot be read with certainty and ``UsageError`` for an unknown encoding or an invalid delimiter.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
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
        self._encoding = encoding
        delimiter = _checked_delimiter(delimiter)
        check_encoding(encoding)
        self._file = self._open() if file is None else file
        try:
            decoded = Lines(self._read, self.name, encoding)
            lines = iter(decoded)
            skipped, directive, first = self._header_lines(lines)
            self.dialect = Dialect(
                delimiter or _told_delimiter(directive) or _detect_delimiter(first),
                "\r\n" if first[-1].endswith("\r\n") else "\n",
                decoded.bom,
                directive,
            )
            # csv has one limit for the whole process; raising it is harmless.
            csv.field_size_limit(max(csv.field_size_limit(), MAX_CELL))
            self._records = self._parse(chain(first, lines), skipped + 1)
            self.header = next(self._records).cells
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Reader:
        """Return the table itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file, but not standard input."""
        if str(self.path) != STANDARD:
            self._file.close()

    @property
    def size(self) -> int | None:
        """Size of the file in bytes, or None for a pipe."""
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
        return iter(Reader(self.path, encoding=self._encoding, delimiter=self.dialect.delimiter, file=file))

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

    def _header_lines(self, lines: Iterator[str]) -> tuple[int, str, list[str]]:
        """Return the number of lines before the header, the line that gives the delimiter, and the header's lines.

        The header has several lines if a quoted cell has line breaks.
        """
        skipped, directive, header, quotes = 0, "", list[str](), _Quotes(DELIMITERS)
        for line in lines:
            if not header and not line.strip("\r\n"):
                skipped += 1
                continue
            if not header and not directive and _DIRECTIVE.fullmatch(line):
                skipped, directive = skipped + 1, line
                continue
            header.append(line)
            quotes.feed(line)
            if not quotes.inside or len(header) > MAX_RECORD_LINES:
                break
        if not header:
            raise InputError("the file is empty", path=self.name, remedy="give a CSV table with a header")
        return skipped, directive, header

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
        quotes = _Quotes(self.dialect.delimiter)
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


def _checked_delimiter(delimiter: str | None) -> str | None:
    delimiter = {"\\t": "\t", "tab": "\t"}.get(delimiter or "", delimiter)
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n\0 '):
        raise UsageError(f"a delimiter is one character such as , ; | or \\t, not {delimiter!r}")
    return delimiter


def _told_delimiter(directive: str) -> str:
    """Return the delimiter that a line before the header gives, if it is a valid one."""
    found = _DIRECTIVE.fullmatch(directive)
    told = found[1].replace("\\t", "\t") if found else ""
    return "" if told in '"\r\n\0 ' else told


class _Quotes:
    """Tracks the quotes through the lines of a record, as ``csv`` does.

    ``inside`` says whether a quote is open, ``opened`` on which line the last one opened (counted from 0), and
    ``outside`` how often each delimiter is outside quotes; it counts half if a space follows, as in prose.
    """

    def __init__(self, delimiters: Sequence[str]) -> None:
        self.inside = False
        self.opened = 0
        self.outside = dict.fromkeys(delimiters, 0)
        self._marks = re.compile(f'["{re.escape("".join(delimiters))}]')
        self._lines = 0

    def feed(self, line: str) -> None:
        """Process one more line."""
        cell_start, closed = -1 if self.inside else 0, -1
        for found in self._marks.finditer(line):
            mark, place = found[0], found.start()
            if mark != '"':
                if not self.inside:
                    self.outside[mark] += 1 if line.startswith(" ", place + 1) else 2
                    cell_start = place + 1
            elif self.inside:
                self.inside, closed = False, place
            elif place == closed + 1 and closed >= 0:
                self.inside = True  # two quotes inside a quoted cell mean one quote
            elif place == cell_start:
                self.inside, self.opened = True, self._lines
        self._lines += 1


def _detect_delimiter(header: Iterable[str]) -> str:
    quotes = _Quotes(DELIMITERS)
    for line in header:
        quotes.feed(line)
    return max(DELIMITERS, key=quotes.outside.__getitem__)


class Writer:
    """Writes rows so that reading them gives the same cells again."""

    def __init__(self, sink: Sink, dialect: Dialect = Dialect()) -> None:  # noqa: B008  (it is a constant)
        """Write to ``sink`` in a dialect; everything before the header is written at once."""
        self._sink = sink
        self._terminator = dialect.terminator
        self._buffer = io.StringIO(newline="")
        # csv quotes cells that hold any character of the terminator: so both kinds of line break, whichever the file
        # has. No cell holds a NUL, so a NUL distinguishes the ends of rows from line breaks in cells.
        self._csv = csv.writer(self._buffer, delimiter=dialect.delimiter, lineterminator=_ROW_END)
        if dialect.bom:
            sink.write("\ufeff")
        if dialect.directive:
            sink.write(dialect.directive)

    def write(self, row: Sequence[str]) -> None:
        """Write one row; a row without cells is an empty line."""
        self.write_all([row])

    def write_all(self, rows: Iterable[Sequence[str]], beside: Sequence[Iterable[str]] = ()) -> None:
        """Write rows, each followed by its cells from ``beside``: columns of results of ``encoded``."""
        ends = repeat(self._terminator)
        self._sink.write("".join(chain.from_iterable(zip(self._lines(rows), *beside, ends, strict=False))))

    def encoded(self, cells: Sequence[str]) -> str:
        """Return cells encoded to be appended to a row."""
        return self._lines([["", *cells]])[0]

    def _lines(self, rows: Iterable[Sequence[str]]) -> list[str]:
        self._csv.writerows(rows)
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return text.split(_ROW_END)[:-1]
