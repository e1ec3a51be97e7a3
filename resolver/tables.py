"""Dataframes: the command's columns, appended to a pandas frame. The only module that imports pandas."""

from __future__ import annotations

import datetime
import math
import warnings
from collections.abc import Iterable
from contextlib import suppress

import pandas as pd

from resolver.answers import Answers, Target
from resolver.columns import COLUMNS, column_names, pick_columns, with_note
from resolver.dates import date_option, mention_date
from resolver.errors import UsageError
from resolver.filters import countries_of, types_of
from resolver.model import Mention
from resolver.resolve import Resolver

__all__ = ["normalize_frame"]

_SCORE = COLUMNS.index("score")


def normalize_frame(
    df: object,
    column: str,
    *,
    type: str | Iterable[str] | None = None,
    country: str | Iterable[str] | None = None,
    date: str | datetime.date | None = None,
    date_column: str | None = None,
    within: str | Iterable[str] = (),
    to: str | datetime.date | None = None,
    language: str | None = None,
    min_score: float | None = None,
    prefix: str | None = None,
    columns: Iterable[str] | None = None,
    resolver: Resolver | None = None,
) -> pd.DataFrame:
    """Return a copy of a frame with what its column of mentions resolves to, in the columns the command appends.

    The rows and the index stay as they are. A frame that is not pandas' comes in through ``to_pandas`` or the
    dataframe interchange protocol and goes out as pandas. The appended columns hold text, ``""`` where there is
    nothing, except the score: a float, NaN where the mention is blank. Missing mentions (None, NaN, NaT, NA) are
    blank; numbers are read as they are written, whole ones without their ``.0``.

    ``type``, ``country``, ``date``, ``to``, ``language`` and ``min_score`` are those of ``Resolver.resolve``;
    ``date_column`` and ``within`` are names of columns, ``prefix`` replaces the column's name in the names of the
    appended ones and ``columns`` says which of them are wanted. Raises ``UsageError`` for a missing column, one
    that is there twice or already, and for options that mean nothing.
    """
    frame = _as_pandas(df)
    picked = pick_columns([columns] if isinstance(columns, str) else columns)
    names = column_names(str(column) if prefix is None else prefix.removesuffix("_"), picked)
    taken = [name for name in names if name in frame.columns]
    if taken:
        raise UsageError(f"the frame has a column {taken[0]!r} already: choose another prefix for what is appended")
    types, countries, day = types_of(type), countries_of(country), date_option(date, "the date")
    parents = [_texts(frame, name) for name in ([within] if isinstance(within, str) else within)]
    dated = (
        [mention_date(text, day) for text in _texts(frame, date_column)] if date_column else [(day, "")] * len(frame)
    )
    mentions = [
        Mention(text, types, countries, when, tuple(parent for parent in around if parent.strip()))
        for text, (when, _), *around in zip(_texts(frame, column), dated, *parents, strict=True)
    ]
    target = Target(date_option(to, "the target date") or None, language, min_score)
    answers = Answers(resolver or Resolver(), target)(mentions)
    rows = [
        with_note(answer.cells, note) if note and answer.cells[0] != "blank" else answer.cells
        for answer, (_, note) in zip(answers, dated, strict=True)
    ]
    appended = {
        name: pd.Series([_cell(row[place], place) for row in rows], frame.index, float if place == _SCORE else str)
        for name, place in zip(names, picked, strict=True)
    }
    return frame.assign(**appended)


def _cell(text: str, place: int) -> str | float:
    return float(text or "nan") if place == _SCORE else text


def _as_pandas(df: object) -> pd.DataFrame:
    if isinstance(df, pd.DataFrame):
        return df
    # A library's own way is the better one, but may need a package that is not there.
    if hasattr(df, "to_pandas"):
        with suppress(ImportError):
            frame = df.to_pandas()
            if isinstance(frame, pd.DataFrame):
                return frame
    if hasattr(df, "__dataframe__"):
        with warnings.catch_warnings():
            # pandas 3 deprecates the protocol, for which not every library has another way out yet.
            warnings.simplefilter("ignore", DeprecationWarning)
            return pd.api.interchange.from_dataframe(df)
    raise UsageError(f"{type(df).__name__} is no dataframe: give pandas, or one with to_pandas or __dataframe__")


def _texts(frame: pd.DataFrame, column: str) -> list[str]:
    if column not in frame.columns:
        raise UsageError(f"the frame has no column {column!r}; its columns are: {', '.join(map(str, frame.columns))}")
    series = frame[column]
    if not isinstance(series, pd.Series):
        raise UsageError(f"the frame has two columns named {column!r}: rename one of them")
    return [_text(value) for value in series.tolist()]


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, float):
        return "" if math.isnan(value) else str(int(value)) if value.is_integer() else str(value)
    return str(value)
