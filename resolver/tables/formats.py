"""The kinds of files that a table may be in, by the ending of the name: the list of all readers and writers.

A new kind needs a module with a reader and a writer, as described in ``rows``, and a line in ``_KINDS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from resolver.atomic import STANDARD, Sink
from resolver.errors import UsageError
from resolver.tables.compression import COMPRESSED, Compressed, compression_of
from resolver.tables.csvio import Reader, TextSink, Writer, dialect_for, excel_dialect
from resolver.tables.headers import MissingColumnError
from resolver.tables.rows import Dialect, Reading, Table, TableWriter

__all__ = ["ENDINGS", "check_table_ending", "header_sought", "keeps_types", "open_table", "table_writer"]


class _Kind(NamedTuple):
    """A kind of file: the module that reads and writes it, its classes, what must be installed, whether it is text."""

    module: str
    reader: str
    writer: str
    extra: str = ""
    text: bool = False


_CSV = (".csv", ".tsv", ".tab", ".txt")
_JSONL = _Kind("jsonl", "JsonlReader", "JsonlWriter", text=True)
_KINDS = {
    ".jsonl": _JSONL,
    ".ndjson": _JSONL,
    ".xlsx": _Kind("excel", "ExcelReader", "ExcelWriter", "excel"),
    ".parquet": _Kind("parquet", "ParquetReader", "ParquetWriter", "parquet"),
}
ENDINGS = (*_CSV, ".jsonl", ".ndjson", ".xlsx", ".parquet")
"""The endings of tables; those of text may be followed by ``.gz`` or ``.zst``."""

_LOOKED_AT = 25
"""Rows in which the header is searched for if a column is missing in the first row."""


def _ending(path: str | Path) -> str:
    name = Path(path).with_suffix("") if compression_of(path) else Path(path)
    return name.suffix.lower()


def keeps_types(path: str | Path) -> bool:
    """Return whether an output, by the ending of its name, keeps numbers as numbers."""
    return str(path) != STANDARD and _ending(path) in _KINDS


def check_table_ending(path: str | Path) -> None:
    """Raise ``UsageError`` where a name asks for another kind of file than can be written. No ending asks for CSV."""
    _check_ending(path, "written")


def _check_ending(path: str | Path, done: str, remedy: str = "") -> None:
    ending, compression = _ending(path), compression_of(path)
    kind = _KINDS.get(ending)
    is_text = ending in _CSV or (kind is not None and kind.text)
    if str(path) == STANDARD or is_text or not (compression or (ending and kind is None)):
        return
    known = f"{', '.join(ENDINGS)}; those of text also with {' or '.join(COMPRESSED)}"
    raise UsageError(f"{path}: unknown ending {Path(path).suffix}: what is {done} here may end in {known}{remedy}")


def open_table(path: str | Path, reading: Reading | None = None, *, copy: BinaryIO | None = None) -> Table:
    """Return the table in a file, whose kind the ending of its name tells; without one it is read as CSV.

    What is read of a text is copied to ``copy``, where one is given. Raises ``InputError`` where it can't be read for
    certain, ``UsageError`` for an unknown ending and for options that mean nothing.
    """
    _check_ending(path, "read", "; CSV by another name is read from standard input: - < FILE")
    reading = reading or Reading()
    if reading.skip_lines < 0:
        raise UsageError(f"{reading.skip_lines} lines can't be skipped")
    kind = None if str(path) == STANDARD else _KINDS.get(_ending(path))
    if reading.sheet is not None and (kind is None or kind.extra != "excel"):
        raise UsageError(f"{path} is no Excel workbook and has no sheet {reading.sheet!r}")
    if kind is None:
        return Reader(path, reading, copy=copy)
    for name in ("delimiter", "encoding"):
        if getattr(reading, name) is not None:
            raise UsageError(f"{path} is not a CSV table: --{name} cannot be used")
    return cast("Table", _made(kind, kind.reader, path)(path, reading))


@contextmanager
def table_writer(
    path: str | Path, sink: Sink, like: Table | None = None, *, rows: bool = True, excel_safe: bool = False
) -> Iterator[TableWriter]:
    """Give a writer for the kind of file that the name of an output ends in, in the dialect of ``like``.

    ``rows`` says that the rows are those of ``like``, with its types and the title above them. ``excel_safe`` says
    that text is for Excel: with a byte order mark, and an apostrophe before cells that would run as formulas.
    """
    kind = None if str(path) == STANDARD else _KINDS.get(_ending(path))
    compression = "" if str(path) == STANDARD else compression_of(path)
    packed = Compressed(sink, compression) if compression else None
    text: TextSink = packed or sink
    writer: TableWriter
    if kind is None:
        dialect = like.dialect if like is not None else Dialect()
        dialect = dialect_for(path, dialect if rows else dialect._replace(title=""))
        writer = Writer(text, excel_dialect(dialect) if excel_safe else dialect, guarded=excel_safe)
    else:
        writer = _made(kind, kind.writer, path)(text if kind.text else sink, path, like if rows else None)
    try:
        yield writer
    except BaseException:
        writer.abandon()
        raise
    writer.close()
    if packed:
        packed.close()


def _made(kind: _Kind, name: str, path: str | Path) -> Callable[..., Any]:
    try:
        return cast("Callable[..., Any]", getattr(import_module(f"resolver.tables.{kind.module}"), name))
    except ImportError as error:
        missing = f"pip install 'resolver-vnkh[{kind.extra}]'"
        raise UsageError(f"{path}: a file of this kind needs {error.name}: {missing}") from None


@contextmanager
def header_sought(table: Table, names: Iterable[str]) -> Iterator[None]:
    """If a column is missing in the header but a later row has it, say so: a title may be above the header."""
    try:
        yield
    except MissingColumnError as error:
        wanted = {spec.strip() for name in names for spec in (name, name.rpartition(":")[0]) if spec.strip()}
        for record in islice(table, _LOOKED_AT):
            if wanted & {cell.strip() for cell in record.cells}:
                told = f"line {record.line} looks like the header: --skip-lines {record.line - 1}"
                raise UsageError(f"{error}; {told}") from None
        if table.told:
            raise UsageError("; ".join([str(error), *table.told])) from None
        raise
