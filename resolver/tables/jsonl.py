"""JSON Lines: an object on each line, whose keys are the columns. Values keep their types, keys may be missing."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from resolver.atomic import reason
from resolver.errors import InputError, OutputError
from resolver.tables.compression import compression_of, decompressed
from resolver.tables.csvio import TextSink
from resolver.tables.headers import check_unique
from resolver.tables.rows import MISSING, Reading, Record, RowByRow, Table, TypedCell, TypedReader, typed, written

__all__ = ["JsonlReader", "JsonlWriter"]

_MOST_COLUMNS = 10_000
_LONGEST_LINE = 64 * 1024 * 1024


class JsonlReader(TypedReader):
    """A file of JSON Lines as a ``rows.Table``. It is read twice: the columns are the keys of all its lines."""

    def __init__(self, path: str | Path, reading: Reading) -> None:
        """Find the columns. Raises ``InputError`` if a line is not an object."""
        super().__init__(path)
        self._path = path
        self._skipped = reading.skip_lines
        columns: dict[str, None] = {}
        for line, keys in self._objects():
            columns.update(dict.fromkeys(keys))
            if len(columns) > _MOST_COLUMNS:
                raise InputError(f"more than {_MOST_COLUMNS:,} different keys", path=path, line=line)
        if not columns:
            raise InputError("the file is empty", path=path, remedy="give a file with an object on each line")
        self.header = list(columns)
        self._records = self._read()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing: the file is open only while it is read."""

    def __iter__(self) -> Iterator[Record]:
        """Return the records; they can be read once."""
        return self._records

    def again(self, copy: BinaryIO) -> Iterator[Record]:
        """Return the records again, from the file."""
        return self._read()

    def _read(self) -> Iterator[Record]:
        for line, object_ in self._objects():
            cells = [typed(object_[name]) if name in object_ else TypedCell("", MISSING) for name in self.header]
            yield Record(line, cells if object_ else [])

    def _objects(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the number and the object of each line; an empty object for an empty line."""
        try:
            with Path(self._path).open("rb") as raw:
                ending = compression_of(self._path)
                file = decompressed(raw, ending) if ending else raw
                for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), start=1):
                    self.bytes_read += len(line)
                    if number > self._skipped:
                        yield number, self._object(line, number)
        except (OSError, ValueError) as error:
            raise InputError(reason(error), path=self.name, remedy="check the file and its disk") from None

    def _object(self, line: bytes, number: int) -> dict[str, Any]:
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            found = json.loads(text, object_pairs_hook=_unique) if text else {}
        except UnicodeDecodeError:
            raise InputError("this is not UTF-8", path=self.name, line=number, remedy="save it as UTF-8") from None
        except RecursionError:
            raise InputError("values are nested too deeply", path=self.name, line=number) from None
        except ValueError as error:
            told = f"this is no JSON: {error}"
            raise InputError(told, path=self.name, line=number, remedy="write an object on each line") from None
        if not isinstance(found, dict):
            raise InputError(
                "this is not an object", path=self.name, line=number, remedy="write an object on each line"
            )
        return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


class JsonlWriter(RowByRow):
    """Writes JSON Lines, as a ``rows.TableWriter``."""

    def __init__(self, sink: TextSink, path: str | Path, like: Table | None) -> None:
        """Write to ``sink``."""
        self._sink, self._path = sink, path
        self._header: list[str] = []
        self._numbers: frozenset[int] = frozenset()

    def begin(self, header: Sequence[str], numbers: frozenset[int] = frozenset()) -> None:
        """Use the header as the keys of all rows."""
        self._header, self._numbers = list(header), numbers
        check_unique(header, self._path)

    def write(self, row: Sequence[str]) -> None:
        """Write one row; a row without cells is an empty line."""
        if not row:
            self._sink.write("\n")
            return
        if len(row) > len(self._header):
            raise OutputError(
                f"a row has {len(row)} cells for {len(self._header)} columns", path=self._path, remedy="write .csv"
            )
        values = {
            name: value
            for place, (name, cell) in enumerate(zip(self._header, row, strict=False))
            if (value := self._value(cell, place)) is not MISSING
        }
        self._sink.write(json.dumps(values, ensure_ascii=False, default=written) + "\n")

    def close(self) -> None:
        """Do nothing: all is written."""

    def abandon(self) -> None:
        """Do nothing: nothing is held."""

    def _value(self, cell: str, place: int) -> Any:
        if place in self._numbers:
            return float(cell) if cell else None
        value = cell.value if isinstance(cell, TypedCell) else cell
        # JSON has no sign for a number that is none, nor for an infinite one.
        if isinstance(value, float) and not math.isfinite(value):
            return None if math.isnan(value) else str(value)
        return value
