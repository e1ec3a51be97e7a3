"""Tables for the page in a browser: a file in, its rows out; mentions in, the appended columns out.

The browser works on the table and sends its mentions in batches. This module does what the browser cannot: it reads all
kinds of files like the command, and returns the cells that ``resolver normalize`` would append.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from resolver.dates import mention_date
from resolver.errors import InputError, UsageError
from resolver.filters import countries_of, types_of
from resolver.model import Mention
from resolver.service.api import Language, Text, TooManyError, Type, streamed
from resolver.service.exchange import LINES, Lines, json_of
from resolver.service.state import state_of
from resolver.service.worker import TookTooLongError
from resolver.tables.columns import COLUMNS, ON_DEMAND
from resolver.tables.distinct import Answer, Answers, Target
from resolver.tables.formats import ENDINGS, open_table
from resolver.tables.rows import Reading

__all__ = ["router"]

router = APIRouter()

_MOST_ROWS = 200_000
_MOST_CELLS = 4_000_000
_MOST_LETTERS = 60_000_000
_TOO_LARGE = (
    f"at most {_MOST_ROWS:,} rows, {_MOST_CELLS:,} cells and {_MOST_LETTERS:,} letters are taken; "
    "for more there is the command: resolver normalize"
)
_FILE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_NOTHING = "none"
_SHOWN = [place for place, name in enumerate(COLUMNS) if name not in ON_DEMAND]

Cell = Annotated[str, Field(max_length=2_000)]


class Asked(BaseModel):
    """A mention of a table with the cells of its context, and the decision of a person about it."""

    model_config = ConfigDict(extra="forbid")

    text: Text
    date: Cell = ""
    within: list[Text] = Field([], max_length=12)
    decision: Annotated[str, Field(max_length=200)] | None = None


class Rows(BaseModel):
    """Mentions of one column. ``date`` is for rows without a date; ``decision`` is an id or ``none``."""

    model_config = ConfigDict(extra="forbid")

    mentions: list[Asked]
    types: list[Type] = []
    countries: list[Annotated[str, Field(max_length=2)]] = Field([], max_length=300)
    date: Cell = ""
    serial_dates: bool = False
    to: Cell = ""
    language: Language | None = None


class TooLargeError(UsageError):
    """A table is larger than the limit."""

    status = 413


class UnreadableError(UsageError):
    """A file that cannot be read as a table."""

    status = 422


@router.post("/rows", response_class=Lines, openapi_extra=_FILE)
async def rows(
    request: Request,
    name: Annotated[str, Query(max_length=300, description="Name of the file: its ending tells the kind")],
    sheet: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """Return the rows of a table sent as the body: a line about the table, then a line for each row."""
    state, body = state_of(request), await request.body()
    reading = asyncio.to_thread(_read, body, ending_of(name), sheet)
    try:
        lines = await asyncio.wait_for(reading, state.settings.max_seconds)
    except TimeoutError:
        raise TookTooLongError from None
    return Response(lines, media_type=LINES)


@router.post("/normalize", response_class=Lines)
async def normalize(request: Request, asked: Rows) -> Response:
    """Return the cells that ``resolver normalize`` appends for each mention, and candidates if it is not matched."""
    state = state_of(request)
    if len(asked.mentions) > state.settings.max_batch:
        raise TooManyError(len(asked.mentions), state.settings.max_batch)
    types, countries = types_of(asked.types), countries_of(asked.countries)
    state.resolver.known_countries(countries)
    default = mention_date(asked.date)[0]
    questions = []
    for one in asked.mentions:
        date, note = mention_date(one.date, default, serial=asked.serial_dates)
        within = tuple(text for text in one.within if text.strip())
        questions.append((Mention(one.text, types, countries, date, within), one.decision, note))
    state.metrics.mentions += len(questions)
    answers = Answers(state.resolver, Target(asked.to or None, asked.language))
    return await streamed(state, lambda some: _answered(answers, some), questions)


def ending_of(name: str) -> str:
    """Return the ending of a file's name that shows its kind, or ``.csv``; the rest of the name is not used.

    >>> ending_of("../reports/May 2024.XLSX"), ending_of("list.csv.gz"), ending_of("/etc/passwd")
    ('.xlsx', '.csv.gz', '.csv')
    """
    lower = name.lower()
    known = (f"{ending}{packed}" for packed in (".gz", ".zst", "") for ending in ENDINGS)
    return next((ending for ending in known if lower.endswith(ending)), ".csv")


def _answered(answers: Answers, questions: Sequence[tuple[Mention, str | None, str]]) -> list[dict[str, Any]]:
    found = answers(
        [mention for mention, _, _ in questions],
        [decision if decision != _NOTHING else "" for _, decision, _ in questions],
    )
    return [_told(answer, note) for answer, (_, _, note) in zip(found, questions, strict=True)]


def _told(answer: Answer, note: str) -> dict[str, Any]:
    cells = {COLUMNS[place]: answer.cells[place] for place in _SHOWN}
    if note and cells["status"] != "blank":
        cells["note"] = f"{cells['note']} {note}".strip()
    return {"cells": cells, "choices": [one._asdict() for one in answer.choices]}


def _read(body: bytes, ending: str, sheet: str | None) -> bytes:
    """Return a table as JSON lines. While it is read, it is in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="resolver-") as folder:
        file = Path(folder) / f"table{ending}"
        file.write_bytes(body)
        try:
            with open_table(file, Reading(sheet=sheet)) as table:
                lines = list(_lines(table))
                first = {
                    "columns": table.header,
                    "dialect": table.dialect._asdict(),
                    "serial_dates": table.serial_dates,
                    "told": [one.replace(str(file), "the file") for one in table.told],
                }
        except InputError as error:
            where = "" if error.line is None else f"line {error.line}: "
            raise UnreadableError(f"{where}{error.problem}; {error.remedy}".rstrip("; ")) from error
        except UsageError as error:
            raise type(error)(str(error).replace(str(file), "the file")) from error
    return b"\n".join([json_of(first), *lines, b""])


def _lines(table: Any) -> Iterator[bytes]:
    cells = letters = 0
    for number, record in enumerate(table):
        cells += len(record.cells)
        letters += sum(map(len, record.cells))
        if number >= _MOST_ROWS or cells > _MOST_CELLS or letters > _MOST_LETTERS:
            raise TooLargeError(_TOO_LARGE)
        yield json_of(list(map(str, record.cells)))
