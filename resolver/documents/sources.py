"""The sources of documents: text files, standard input, a column of a table."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from resolver.atomic import STANDARD, reason
from resolver.dates import mention_date
from resolver.errors import InputError
from resolver.tables.decoding import Lines
from resolver.tables.headers import column_position
from resolver.tables.rows import Table

__all__ = ["Document", "Progress", "documents_in_files", "documents_in_table"]

_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """A text in lines with their ends, read one after the other; ``cells`` identify the document.

    ``date`` is its day, if the source has it; ``text`` is the whole text, if it has been read already.
    """

    cells: tuple[str, ...]
    lines: Iterable[str]
    date: str = ""
    text: str | None = None


class Progress:
    """Bytes read so far, and the total: ``None`` if it is not known."""

    def __init__(self) -> None:
        self.done = 0
        self.total: int | None = None


def documents_in_files(paths: Iterable[str | Path], encoding: str | None, progress: Progress) -> Iterator[Document]:
    """Yield each file as a document; ``-`` is standard input."""
    for path in paths:
        name = "standard input" if str(path) == STANDARD else str(path)
        with _opened(path, name) as file:

            def read(file: io.BufferedReader = file, name: str = name) -> bytes:
                try:
                    block = file.read1(_BLOCK)
                except OSError as error:
                    raise InputError(reason(error), path=name, remedy="check the file and its disk") from None
                progress.done += len(block)
                return block

            yield Document((str(path),), Lines(read, name, encoding))


@contextmanager
def _opened(path: str | Path, name: str) -> Iterator[io.BufferedReader]:
    if str(path) == STANDARD:
        if sys.stdin is None:
            raise InputError("it is closed", path=name, remedy="name a file")
        yield cast("io.BufferedReader", sys.stdin.buffer)
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115  (what goes wrong inside is not for this message)
    except FileNotFoundError:
        raise InputError("there is no such file", path=name, remedy="check the path") from None
    except IsADirectoryError:
        raise InputError("this is a folder", path=name, remedy="name the files in it") from None
    except (OSError, ValueError) as error:
        raise InputError(reason(error), path=name, remedy="check the path and its permissions") from None
    with file:
        yield file


def documents_in_table(
    table: Table, column: str, key: str | None, date_column: str | None, progress: Progress
) -> Iterator[Document]:
    """Return the cells of a column as documents, each with the number of its row and the cell of the key column.

    Rows with more or fewer cells than the header are no documents, since the cell may not be the one meant.
    """
    places = {name: column_position(table.header, name, path=table.name) for name in (column, key, date_column) if name}
    progress.total = table.size
    return _documents_in(table, places, (column, key, date_column), progress)


def _documents_in(
    table: Table, places: dict[str, int], columns: tuple[str, str | None, str | None], progress: Progress
) -> Iterator[Document]:
    column, key, date_column = columns
    for number, record in enumerate((one for one in table if one.cells), 1):
        progress.done = table.bytes_read
        if len(record.cells) != len(table.header):
            continue
        cell = record.cells
        date = mention_date(cell[places[date_column]], serial=table.serial_dates)[0] if date_column else ""
        told = (str(number), cell[places[key]]) if key else (str(number),)
        text = cell[places[column]]
        yield Document(told, text.splitlines(keepends=True), date, text)
