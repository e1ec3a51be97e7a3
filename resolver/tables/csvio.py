"""Hostile CSV in, atomic CSV out.

In: UTF-8 or, by its byte order mark, UTF-16 and UTF-32; any other encoding by name. The delimiter is found in the
header. Every cell comes out as it stands in the file. What cannot be read for certain (bytes of another encoding, a
quote that never closes, binary content) is one error that names the line, never a lost row.

Out: UTF-8, quoted so that reading it gives the same cells again; ``atomic.replacing`` gives the file.
"""

from __future__ import annotations

import codecs
import csv
import difflib
import io
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, repeat
from pathlib import Path
from typing import NamedTuple, NoReturn, cast

from resolver.atomic import STANDARD, Sink, reason
from resolver.errors import InputError, UsageError

__all__ = ["Reader", "Record", "Writer", "column_position"]

DELIMITERS = (",", ";", "\t", "|")
MAX_CELL = 16 * 1024 * 1024
MAX_RECORD_LINES = 10_000
_BLOCK = 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST_MARK = 8
_ROW_END = "\r\n\0"
_BINARY = (
    (b"PK\x03\x04", "an Excel workbook or zip archive", "save the sheet as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "save the sheet as CSV UTF-8"),
    (b"\x1f\x8b", "compressed with gzip", "decompress it first: gzip -dc FILE | resolver normalize -"),
    (b"%PDF", "a PDF", "give a CSV table"),
)
# What tables of the region are saved in besides Unicode: Vietnamese and western Windows.
_LEGACY = {"cp1258": "windows-1258", "cp1252": "windows-1252", "utf_16_le": "utf-16-le", "utf_16_be": "utf-16-be"}


class Record(NamedTuple):
    """A row: its cells, and the line of the file on which it begins. An empty line has no cells."""

    line: int
    cells: list[str]


class Reader:
    """A CSV table read once, from its header to its end; use it as a context manager.

    ``header``, ``delimiter``, ``terminator`` (of lines) and ``bom`` describe the file; iteration yields a
    ``Record`` for every row and every empty line. ``path`` may be ``-``. Raises ``InputError`` where the file
    cannot be read for certain and ``UsageError`` for an unknown encoding or an impossible delimiter.
    """

    def __init__(self, path: str | Path, *, encoding: str | None = None, delimiter: str | None = None) -> None:
        """Open the file and read its header."""
        self.path = path
        self.name = "standard input" if str(path) == STANDARD else str(path)
        self.bom = False
        self.bytes_read = 0
        self._record: list[str] = []
        delimiter = _checked_delimiter(delimiter)
        _check_encoding(encoding)
        self._file = self._open()
        try:
            lines = self._decode(encoding)
            skipped, first = self._header_lines(lines)
            self.terminator = "\r\n" if first[-1].endswith("\r\n") else "\n"
            self.delimiter = delimiter or _detect_delimiter(first)
            # csv keeps its limit for the whole process; raising it harms nobody.
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
        """Close the file; standard input is left to its owner."""
        if str(self.path) != STANDARD:
            self._file.close()

    @property
    def size(self) -> int | None:
        """Size of the file in bytes, or None where it is a pipe."""
        with suppress(OSError):
            status = os.fstat(self._file.fileno())
            return status.st_size if stat.S_ISREG(status.st_mode) else None
        return None

    def __iter__(self) -> Iterator[Record]:
        """Return the records that follow the header; they can be read once."""
        return self._records

    def _open(self) -> io.BufferedReader:
        if str(self.path) == STANDARD:
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
            # What is there, without waiting for a whole block: a signal is heard between two reads only.
            block = self._file.read1(_BLOCK)
        except OSError as error:
            raise InputError(reason(error), path=self.name, remedy="check the file and its disk") from None
        self.bytes_read += len(block)
        return block

    def _decode(self, encoding: str | None) -> Iterator[str]:
        """Yield the lines with their terminators, decoded strictly."""
        block = self._read()
        while len(block) < _LONGEST_MARK and (more := self._read()):
            block += more
        for magic, what, remedy in _BINARY:
            if block.startswith(magic):
                raise InputError(f"this is {what}, not CSV", path=self.name, remedy=remedy)
        marked = next((name for mark, name in _BOMS if block.startswith(mark)), None)
        self.bom = marked is not None
        decoder = codecs.getincrementaldecoder(encoding or marked or "utf-8")("strict")
        pending, done, started = "", 0, False
        while True:
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                self._undecodable(error, done + pending.count("\n"))
            if not started and text:
                text, started = text.lstrip("\ufeff"), True
            if "\0" in text:
                raise InputError(
                    "a NUL character: the file is binary or damaged",
                    path=self.name,
                    line=done + (pending + text[: text.index("\0")]).count("\n") + 1,
                    remedy="give a CSV table; UTF-16 without its mark needs --encoding utf-16-le or utf-16-be",
                )
            lines = list(io.StringIO(pending + text, newline=""))
            # Without the next block it is unknown whether the last line goes on, or its \r is half of a \r\n.
            pending = lines.pop() if lines and block and not lines[-1].endswith("\n") else ""
            if len(pending) > 4 * MAX_CELL:
                raise InputError(f"a line of more than {4 * MAX_CELL} characters", path=self.name, line=done + 1)
            done += len(lines)
            yield from lines
            if not block:
                return
            block = self._read()

    def _undecodable(self, error: UnicodeDecodeError, lines_before: int) -> NoReturn:
        data, start = error.object, error.start
        with suppress(UnicodeDecodeError):
            lines_before += data[:start].decode(error.encoding).count("\n")
        guess = _guess_encoding(data[max(0, start - 32_768) : start + 32_768])
        raise InputError(
            f"byte 0x{data[start]:02x} is not {error.encoding.upper()}" if start < len(data) else "the file is cut off",
            path=self.name,
            line=lines_before + 1,
            remedy=f"try --encoding {guess}" if guess else "name the file's encoding with --encoding",
        )

    def _header_lines(self, lines: Iterator[str]) -> tuple[int, list[str]]:
        """Return how many empty lines stand before the header, and its lines: several where quotes go over them."""
        skipped, header, quotes = 0, list[str](), _Quotes(DELIMITERS)
        for line in lines:
            if not header and not line.strip("\r\n"):
                skipped += 1
                continue
            header.append(line)
            quotes.feed(line)
            if not quotes.inside or len(header) > MAX_RECORD_LINES:
                break
        if not header:
            raise InputError("the file is empty", path=self.name, remedy="give a CSV table with a header")
        return skipped, header

    def _parse(self, lines: Iterator[str], first_line: int) -> Iterator[Record]:
        parser = csv.reader(self._watched(lines), delimiter=self.delimiter, strict=True)
        while True:
            line = first_line + parser.line_num
            self._record = []
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
            if len(self._record) > MAX_RECORD_LINES:
                raise csv.Error("unexpected end of data")
            yield line

    def _unparsable(self, problem: str, line: int) -> NoReturn:
        quotes = _Quotes(self.delimiter)
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
                "a cell that opens with a quote goes on after its closing quote",
                path=self.name,
                line=opened,
                remedy="close the cell before the next delimiter, or double the quotes inside it",
            )
        raise InputError(problem, path=self.name, line=line, remedy="mend the line")


def _checked_delimiter(delimiter: str | None) -> str | None:
    delimiter = {"\\t": "\t", "tab": "\t"}.get(delimiter or "", delimiter)
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n\0 '):
        raise UsageError(f"a delimiter is one character such as , ; | or \\t, not {delimiter!r}")
    return delimiter


def _check_encoding(encoding: str | None) -> None:
    if encoding is None:
        return
    try:
        # Codecs such as hex are no encodings of text and refuse to encode it.
        "".encode(encoding)
        codecs.getincrementaldecoder(encoding)
    except (LookupError, UnicodeError, ValueError):
        raise UsageError(f"unknown encoding {encoding!r}: try utf-8, utf-16, windows-1258 or windows-1252") from None


def _guess_encoding(sample: bytes) -> str:
    """Name the encoding that the bytes are most likely in, in the words people know, or nothing."""
    from charset_normalizer import from_bytes  # noqa: PLC0415  (only for a message, and slow to import)

    best = from_bytes(sample, cp_isolation=list(_LEGACY), enable_fallback=False).best()
    return _LEGACY[best.encoding] if best else ""


class _Quotes:
    """Follows the quotes through the lines of a record, as ``csv`` does.

    ``inside`` says whether a quote is open, ``opened`` on which line the last one opened (counted from 0), and
    ``outside`` how often each delimiter stands outside quotes, half as much where a space follows, as in prose.
    """

    def __init__(self, delimiters: Sequence[str]) -> None:
        self.inside = False
        self.opened = 0
        self.outside = dict.fromkeys(delimiters, 0)
        self._marks = re.compile(f'["{re.escape("".join(delimiters))}]')
        self._lines = 0

    def feed(self, line: str) -> None:
        """Go on through one more line."""
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
                self.inside = True  # two quotes within quotes are one that is meant
            elif place == cell_start:
                self.inside, self.opened = True, self._lines
        self._lines += 1


def _detect_delimiter(header: Iterable[str]) -> str:
    quotes = _Quotes(DELIMITERS)
    for line in header:
        quotes.feed(line)
    return max(DELIMITERS, key=quotes.outside.__getitem__)


def column_position(header: Sequence[str], column: str, *, path: str) -> int:
    """Return where the column stands in the header.

    Its name is compared letter by letter, then without regard to spaces around it and to how accents are composed.
    Raises ``UsageError`` where it is missing and ``InputError`` where two columns bear the name.
    """
    for form in (str, _plain):
        places = [place for place, name in enumerate(header) if form(name) == form(column)]
        if len(places) > 1:
            which = " and ".join(str(place + 1) for place in places)
            raise InputError(
                f"two columns are named {column!r}: {which}", path=path, line=1, remedy="rename one of them"
            )
        if places:
            return places[0]
    short = [plain for name in header[:_MOST_COMPARED] if len(plain := _plain(name)) <= _LONGEST_COMPARED]
    close = difflib.get_close_matches(_plain(column)[:_LONGEST_COMPARED], short, n=3)
    hint = f"did you mean {' or '.join(close)}? " if close else ""
    raise UsageError(f"{path} has no column {column!r}; {hint}its columns are: {', '.join(header)}")


_MOST_COMPARED, _LONGEST_COMPARED = 200, 80
"""Columns, and characters of their names, among which one that comes close is looked for."""
_LONGEST_COMPOSED = 400
"""Characters of a name up to which it matters how its accents are composed: of many marks that takes long."""


def _plain(name: str) -> str:
    plain = name.strip()
    return unicodedata.normalize("NFC", plain) if len(plain) <= _LONGEST_COMPOSED else plain


class Writer:
    """Writes rows so that reading them gives the same cells again."""

    def __init__(self, sink: Sink, *, delimiter: str = ",", terminator: str = "\n", bom: bool = False) -> None:
        """Write to ``sink``, with a byte order mark first where ``bom`` is set."""
        self._sink = sink
        self._terminator = terminator
        self._buffer = io.StringIO(newline="")
        # csv quotes cells that hold any character of the terminator: so either kind of line break, whichever the file
        # has. No cell holds a NUL, by which the ends of rows are told from line breaks in cells.
        self._csv = csv.writer(self._buffer, delimiter=delimiter, lineterminator=_ROW_END)
        if bom:
            sink.write("\ufeff")

    def write(self, row: Sequence[str]) -> None:
        """Write one row; a row without cells is an empty line."""
        self.write_all([row])

    def write_all(self, rows: Iterable[Sequence[str]], beside: Sequence[Iterable[str]] = ()) -> None:
        """Write rows, each with what ``beside`` has for it: columns of what ``encoded`` returned."""
        ends = repeat(self._terminator)
        self._sink.write("".join(chain.from_iterable(zip(self._lines(rows), *beside, ends, strict=False))))

    def encoded(self, cells: Sequence[str]) -> str:
        """Return cells as they are written after others in a row."""
        return self._lines([["", *cells]])[0]

    def _lines(self, rows: Iterable[Sequence[str]]) -> list[str]:
        self._csv.writerows(rows)
        text = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return text.split(_ROW_END)[:-1]
