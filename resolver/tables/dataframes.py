"""Dataframes: the command's columns, appended to a pandas frame. The only module that imports pandas."""

from __future__ import annotations

import datetime
import math
import warnings
from collections.abc import Iterable
from contextlib import suppress

import pandas as pd

from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.tables.frames import FrameRequest

__all__ = ["normalize_frame"]


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
    """Return a copy of a frame with the columns that the command appends, for one column of mentions.

    The rows and the index do not change. A frame of another library is converted by ``to_pandas`` or the dataframe
    interchange protocol and returned as pandas. The appended columns hold text, ``""`` if there is no value, except the
    score: a float, NaN if the mention is blank. Missing mentions (None, NaN, NaT, NA) are blank; numbers are read as
    they are written, whole numbers without ``.0``.

    ``type``, ``country``, ``date``, ``to``, ``language`` and ``min_score`` are those of ``Resolver.resolve``;
    ``date_column`` and ``within`` are names of columns, ``prefix`` replaces the column's name in the names of the
    appended columns and ``columns`` selects them. Raises ``UsageError`` if a column is missing, is there twice or would
    be appended a second time, and for invalid options.
    """
    frame = _as_pandas(df)
    request = FrameRequest.of(
        column,
        type=type,
        country=country,
        date=date,
        date_column=date_column,
        within=within,
        to=to,
        language=language,
        min_score=min_score,
        prefix=prefix,
        columns=columns,
    )
    request.check(list(frame.columns))
    appended = request.append(
        resolver or Resolver(),
        _texts(frame, column),
        _texts(frame, date_column) if date_column else None,
        [_texts(frame, name) for name in request.within],
    )
    series = {
        name: pd.Series(appended.values(name), dtype=float if name == request.scores else str)
        .take(appended.of_row)
        .set_axis(frame.index)
        for name in request.names
    }
    return frame.assign(**series)


def _as_pandas(df: object) -> pd.DataFrame:
    if isinstance(df, pd.DataFrame):
        return df
    # A library's own method is better, but may need a package that is not installed.
    if hasattr(df, "to_pandas"):
        with suppress(ImportError):
            frame = df.to_pandas()
            if isinstance(frame, pd.DataFrame):
                return frame
    if hasattr(df, "__dataframe__"):
        with warnings.catch_warnings():
            # pandas 3 deprecates the protocol, but not every library has another way yet.
            warnings.simplefilter("ignore", DeprecationWarning)
            return pd.api.interchange.from_dataframe(df)
    raise UsageError(f"{type(df).__name__} is not a dataframe: give pandas, or one with to_pandas or __dataframe__")


def _texts(frame: pd.DataFrame, column: str) -> list[str]:
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
