"""Dataframes: the command's columns, appended to a frame of pandas, Polars, Arrow or another library."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from resolver.engine.resolver import Resolver
from resolver.tables.convert import conversion_kind
from resolver.tables.frames import FrameRequest
from resolver.tables.native import Native

__all__ = ["convert_frame", "normalize_frame"]

Names = str | Iterable[str]
Date = str | datetime.date


def normalize_frame(
    df: object,
    column: str,
    *,
    type: Names | None = None,
    country: Names | None = None,
    date: Date | None = None,
    date_column: str | None = None,
    within: Names = (),
    to: Date | None = None,
    language: str | None = None,
    min_score: float | None = None,
    prefix: str | None = None,
    columns: Iterable[str] | None = None,
    resolver: Resolver | None = None,
) -> Any:
    """Return a copy of a frame with the columns of ``resolver normalize`` for a column of mentions.

    Rows and index do not change, and the frame is of the same library: pandas, Polars, PyArrow. A lazy frame is
    collected, a DuckDB relation comes back as an Arrow table, a frame of an unknown library as pandas. The appended
    columns hold text, ``""`` if there is nothing, except the score: a number, missing if the mention is blank. Missing
    mentions (None, NaN, NaT, NA) are blank. Numbers are read as people write them, whole ones without ``.0``.

    ``type``, ``country``, ``date``, ``to``, ``language`` and ``min_score`` are those of ``Resolver.resolve``;
    ``date_column`` and ``within`` are names of columns, ``prefix`` replaces the column's name in the names of the
    appended columns and ``columns`` selects them. Raises ``UsageError`` for a missing column, a column that
    the frame has twice or already, and invalid options.
    """
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
    return _appended(df, request, resolver)


def convert_frame(
    df: object,
    column: str,
    *,
    codes: bool = False,
    type: Names | None = None,
    country: Names | None = None,
    date: Date | None = None,
    date_column: str | None = None,
    within: Names = (),
    to: Date | None = None,
    language: str | None = None,
    min_score: float | None = None,
    prefix: str | None = None,
    columns: Iterable[str] | None = None,
    resolver: Resolver | None = None,
) -> Any:
    """Return a copy of a frame with the columns of ``resolver convert``: what its places are on another day.

    ``codes`` says that the column, and those of ``within``, have official codes. Everything else
    is as in ``normalize_frame``; only places can be converted.
    """
    request = FrameRequest.of(
        column,
        kind=conversion_kind(codes=codes),
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
    return _appended(df, request, resolver)


def _appended(df: object, request: FrameRequest, resolver: Resolver | None) -> Any:
    frame = Native(df)
    request.check(frame.columns)
    appended = request.append(
        resolver or Resolver(),
        frame.texts(request.column),
        frame.texts(request.date_column) if request.date_column else None,
        [frame.texts(name) for name in request.within],
    )
    values = {name: appended.values(name) for name in request.names}
    rows = appended.of_row.tolist()
    return frame.appended(
        {name: [column[row] for row in rows] for name, column in values.items()}, frozenset([request.scores])
    )
