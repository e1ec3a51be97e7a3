"""Parquet files: types kept, row group by row group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from resolver.errors import InputError, OutputError
from resolver.tables.compression import BytesSink, Out
from resolver.tables.headers import check_unique
from resolver.tables.rows import Reading, Record, RowByRow, Table, TypedCell, TypedReader, typed, value_of

__all__ = ["ParquetReader", "ParquetWriter"]

_AT_ONCE = 10_000
_DAMAGE = (pa.ArrowException, OSError, ValueError, OverflowError)


class ParquetReader(TypedReader):
    """A Parquet file as a ``rows.Table``; ``schema`` has its types."""

    def __init__(self, path: str | Path, reading: Reading) -> None:
        """Open the file. Raises ``InputError`` if it cannot be read."""
        super().__init__(path)
        try:
            self._file = pq.ParquetFile(path)
            self.schema: Any = self._file.schema_arrow
        except _DAMAGE as error:
            raise InputError(f"this is not a Parquet file, or it is damaged ({error})", path=path) from None
        self.header = list(self.schema.names)
        if not self.header:
            raise InputError("the file has no columns", path=path)
        self._records = self._read()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()

    def __iter__(self) -> Iterator[Record]:
        """Return the records; they can be read once."""
        return self._records

    def again(self, copy: BinaryIO) -> Iterator[Record]:
        """Return the records again, from the file."""
        return self._read()

    def _read(self) -> Iterator[Record]:
        line = 0
        try:
            for batch in self._file.iter_batches(batch_size=_AT_ONCE):
                columns = [[typed(value) for value in column.to_pylist()] for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    line += 1
                    yield Record(line, list(cells))
        except _DAMAGE as error:
            raise InputError(f"the file is damaged after row {line} ({error})", path=self.name) from None


class ParquetWriter(RowByRow):
    """Writes a Parquet file, as a ``rows.TableWriter``.

    The columns of a Parquet table keep their types; columns of CSV are text. A column of a workbook or of JSON gets the
    type that all its values have, or else text; its rows are kept in memory until the end.
    """

    def __init__(self, sink: BytesSink, path: str | Path, like: Table | None) -> None:
        """Write to ``sink`` with the types of ``like``, the table whose rows these are."""
        self._sink, self._path = sink, path
        schema = getattr(like, "schema", pa.schema([]))
        self._types, self._metadata = list(schema.types), _without_pandas(schema.metadata)
        self._waits = like is not None and like.typed and not self._types
        self._rows: list[Sequence[str]] = []
        self._file: Any = None

    def begin(self, header: Sequence[str], numbers: frozenset[int] = frozenset()) -> None:
        """Take the header; the columns at ``numbers`` are columns of numbers."""
        check_unique(header, self._path)
        self._header, self._numbers = list(header), numbers

    def write(self, row: Sequence[str]) -> None:
        """Write one row; a row without cells has only missing values."""
        width = len(self._header)
        if len(row) > width:
            raise OutputError(f"a row has {len(row)} cells for {width} columns", path=self._path, remedy="write .csv")
        self._rows.append([*row, *[TypedCell("", None)] * (width - len(row))])
        if len(self._rows) >= _AT_ONCE and not self._waits:
            self._flush()

    def close(self) -> None:
        """Write the remaining rows and the end of the file."""
        self._flush()
        self._file.close()

    def abandon(self) -> None:
        """Drop the rows."""
        self._rows = []
        if self._file is not None:
            with suppress(Exception):
                self._file.close()

    def _flush(self) -> None:
        columns = [[row[place] for row in self._rows] for place in range(len(self._header))]
        try:
            if self._file is None:
                types = [self._type(place, cells) for place, cells in enumerate(columns)]
                fields = [pa.field(name, type_) for name, type_ in zip(self._header, types, strict=True)]
                self._schema = pa.schema(fields, self._metadata)
                self._file = pq.ParquetWriter(cast("BinaryIO", Out(self._sink)), self._schema)
            arrays = [
                pa.array(self._values(place, cells, field.type), field.type)
                for place, (cells, field) in enumerate(zip(columns, self._schema, strict=True))
            ]
            if self._rows:
                self._file.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        except _DAMAGE as error:
            raise OutputError(f"a value has another type than its column ({error})", path=self._path) from None
        self._rows = []

    def _type(self, place: int, cells: Sequence[str]) -> Any:
        if place in self._numbers:
            return pa.float64()
        return self._types[place] if place < len(self._types) else _common_type([value_of(cell) for cell in cells])

    def _values(self, place: int, cells: Sequence[str], type_: Any) -> list[Any]:
        if place in self._numbers:
            return [float(cell) if cell else None for cell in cells]
        if pa.types.is_string(type_):
            return [None if value_of(cell) is None else str(cell) for cell in cells]
        return [value_of(cell) for cell in cells]


def _without_pandas(metadata: dict[bytes, bytes] | None) -> dict[bytes, bytes] | None:
    """Return the metadata of a file without those of pandas, which do not describe the appended columns."""
    return {key: value for key, value in (metadata or {}).items() if key not in (b"pandas", b"ARROW:schema")} or None


def _common_type(values: Sequence[Any]) -> Any:
    """Return the type of a column, by its values, for files whose columns have no types."""
    kinds = frozenset(type(value) for value in values if value is not None)
    if kinds <= {int, float} and any(isinstance(value, int) and abs(value) > _MOST_EXACT for value in values):
        return pa.string()
    return _TYPES.get(kinds, pa.string())


_MOST_EXACT = 2**53
_TYPES = {
    frozenset([int]): pa.int64(),
    frozenset([float]): pa.float64(),
    frozenset([int, float]): pa.float64(),
    frozenset([bool]): pa.bool_(),
    frozenset([dt.datetime]): pa.timestamp("us"),
    frozenset([dt.date]): pa.date32(),
}
