"""Excel workbooks: one sheet in, types and dates kept; one sheet out. The only module that imports openpyxl.

Cells with formulas have the values that were last computed. Text is always written as text, even if it looks like a
formula.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, cast

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.writer.excel import ExcelWriter as PartsWriter

from resolver.atomic import reason
from resolver.errors import InputError, OutputError, UsageError
from resolver.tables.compression import BytesSink, Out
from resolver.tables.formulas import uncomputed
from resolver.tables.headers import listed
from resolver.tables.rows import Reading, Record, RowByRow, Table, TypedCell, TypedReader, typed, value_of

__all__ = ["ExcelReader", "ExcelWriter"]

_LARGEST = 4 * 1024**3
"""Most bytes of the decompressed parts of a workbook."""

_MOST_ROWS = 1_048_576
_LONGEST = 32_767
_MOST_DIGITS = 15
_FIRST_YEAR = 1900
_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of all parts of a workbook: the first one that an archive can have."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class ExcelReader(TypedReader):
    """A sheet of a workbook as a ``rows.Table``: the first sheet, or the one that is named."""

    serial_dates = True

    def __init__(self, path: str | Path, reading: Reading) -> None:
        """Open the workbook. Raises ``InputError`` if it cannot be read, ``UsageError`` for an unknown sheet."""
        super().__init__(path)
        self._path, self._reading = path, reading
        self._open()
        self._warn_of_formulas()

    def _open(self) -> None:
        self._file = _opened(self._path)
        try:
            self._book = self._workbook()
            self._rows = self._begun(self._sheet())
        except BaseException:
            self._file.close()
            raise

    def _warn_of_formulas(self) -> None:
        """Add a message with the number of formulas without a value: their cells are read as blank."""
        try:
            with zipfile.ZipFile(self._path) as parts, parts.open(self._part) as sheet:
                found = uncomputed(sheet)
        except Exception as error:  # a damaged workbook may raise anything
            raise InputError(f"the workbook is damaged ({error})", path=self.name) from None
        if found.cells:
            formulas = "a formula" if found.cells == 1 else f"{found.cells:,} formulas"
            self.told.append(
                f"{self.name}: the sheet {self.title!r} has {formulas} without a value, first in {found.first}, read "
                "as blank: open the workbook in a spreadsheet and save it"
            )

    def _workbook(self) -> Any:
        try:
            with zipfile.ZipFile(self._file) as parts:
                if sum(part.file_size for part in parts.infolist()) > _LARGEST:
                    raise InputError("the workbook is too large", path=self.name, remedy="save the sheet as CSV UTF-8")
            self._file.seek(0)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about styles and other things that are not cells
                return openpyxl.load_workbook(self._file, read_only=True, data_only=True)
        except InputError:
            raise
        except Exception as error:
            # openpyxl has no error of its own for a file that is no workbook.
            raise InputError(f"this is not an Excel workbook, or it is damaged ({error})", path=self.name) from None

    def _sheet(self) -> Any:
        sheets = {sheet.title: sheet for sheet in self._book.worksheets}
        if not sheets:
            raise InputError("the workbook has no sheet with cells", path=self.name)
        name = self._reading.sheet
        if name is not None and name not in sheets:
            raise UsageError(f"{self.name} has no sheet {name!r}; its sheets are: {listed(list(sheets))}")
        sheet = sheets[name] if name is not None else next(iter(sheets.values()))
        if name is None and len(sheets) > 1 and not self.told:
            self.told.append(
                f"{self.name}: read its first sheet, {sheet.title!r}, of {len(sheets)}; --sheet names another"
            )
        self.title = sheet.title
        self._part: str = sheet._worksheet_path
        return sheet

    def _begun(self, sheet: Any) -> Iterator[Record]:
        """Read the header; return the records that follow."""
        sheet.reset_dimensions()
        numbered = self._numbered(sheet)
        rows: Iterator[tuple[int, list[str]]] = (row for row in numbered if row[0] > self._reading.skip_lines)
        first = next((row for row in rows if row[1]), None)
        if first is None:
            raise InputError(f"the sheet {sheet.title!r} is empty", path=self.name, remedy="give one with a header")
        if self._reading.header:
            self.header = [str(cell) for cell in first[1]]
        else:
            self.header = [str(number + 1) for number in range(len(first[1]))]
            rows = chain([first], rows)
        return self._records(rows)

    def _numbered(self, sheet: Any) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows with their numbers, without the empty cells at their ends."""
        values = enumerate(sheet.iter_rows(values_only=True), start=1)
        while True:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    number, row = next(values)
            except StopIteration:
                return
            except Exception as error:
                raise InputError(f"the workbook is damaged ({error})", path=self.name) from None
            last = max((place for place, value in enumerate(row) if value is not None), default=-1)
            yield number, [_cell(value) for value in row[: last + 1]]

    def _records(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[Record]:
        width, empty = len(self.header), list[int]()
        for number, cells in rows:
            if not cells:
                empty.append(number)
                continue
            yield from (Record(line, []) for line in empty)
            empty = []
            yield Record(number, cells + [TypedCell("", None) for _ in range(width - len(cells))])

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()

    def __iter__(self) -> Iterator[Record]:
        """Return the records that follow the header; they can be read once."""
        return self._rows

    def again(self, copy: BinaryIO) -> Iterator[Record]:
        """Return the records again, from the file."""
        self._file.close()
        self._open()
        return self._rows


def _opened(path: str | Path) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        raise InputError(reason(error), path=path, remedy="check the path and its permissions") from None


def _cell(value: Any) -> str:
    """Return the cell for a value of openpyxl."""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value) if "_x" in value else value
    if isinstance(value, dt.datetime) and value.microsecond:
        # Days are fractions in a workbook, so that seconds are not exact.
        value = (value + dt.timedelta(microseconds=500)).replace(microsecond=0)
    return typed(value)


class _Undated(zipfile.ZipFile):
    """An archive whose members have no time of their own."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Add a member."""
        super().writestr(self._member(zinfo_or_arcname), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Add a member from a file, which may be large."""
        member = self._member(arcname or filename)
        member.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as source, self.open(member, "w") as target:
            shutil.copyfileobj(source, target)

    def _member(self, name: object) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(str(name), _NO_TIME)
        info.compress_type = self.compression
        return info


class ExcelWriter(RowByRow):
    """Writes one sheet of a workbook, as a ``rows.TableWriter``."""

    def __init__(self, sink: BytesSink, path: str | Path, like: Table | None) -> None:
        """Write to ``sink``; the sheet has the name of the one in ``like``, if this is a workbook too."""
        self._sink, self._path = sink, path
        self._book = openpyxl.Workbook(write_only=True)
        self._sheet = self._book.create_sheet(getattr(like, "title", "Sheet1"))
        self._numbers: frozenset[int] = frozenset()
        self._rows = 0

    def begin(self, header: Sequence[str], numbers: frozenset[int] = frozenset()) -> None:
        """Write the header."""
        self.write(header)
        self._numbers = numbers

    def write(self, row: Sequence[str]) -> None:
        """Write one row; a row without cells is an empty row."""
        self._rows += 1
        if self._rows > _MOST_ROWS:
            raise OutputError(
                f"a sheet has no more than {_MOST_ROWS:,} rows", path=self._path, remedy="write .csv or .parquet"
            )
        self._sheet.append([self._made(cell, place) for place, cell in enumerate(row)])

    def close(self) -> None:
        """Write the workbook; the same rows give the same bytes, whenever they are written."""
        self._book.properties.created = self._book.properties.modified = dt.datetime(*_NO_TIME)
        with _Undated(cast("BinaryIO", Out(self._sink)), "w", zipfile.ZIP_DEFLATED) as archive:
            PartsWriter(self._book, archive).write_data()

    def abandon(self) -> None:
        """Remove what openpyxl has written so far, which is in a file of its own."""
        with suppress(Exception):
            self._sheet.close()
            self._sheet._writer.cleanup()

    def _made(self, cell: str, place: int) -> Any:
        value = value_of(cell)
        if isinstance(value, str) and place in self._numbers:
            return float(value) if value else None
        if value is None or isinstance(value, bool) or _is_number(value) or _is_date(value):
            return value
        text = cell if isinstance(value, str) else str(cell)
        if not text:
            return None
        if len(text) > _LONGEST:
            raise OutputError(
                f"row {self._rows} has a cell of more than {_LONGEST:,} letters, the most a workbook takes",
                path=self._path,
                remedy="write .csv or .parquet",
            )
        made = WriteOnlyCell(self._sheet, value=_UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
        made.data_type = "s"
        return made


def _is_number(value: Any) -> bool:
    """Return whether a workbook can hold a number without changing it."""
    if isinstance(value, int):
        return len(str(abs(value))) <= _MOST_DIGITS
    return isinstance(value, float) and value - value == 0


def _is_date(value: Any) -> bool:
    if isinstance(value, dt.datetime):
        return value.tzinfo is None and value.year >= _FIRST_YEAR
    return (isinstance(value, dt.date) and value.year >= _FIRST_YEAR) or (
        isinstance(value, dt.time) and not value.tzinfo
    )
