"""Dataframes: the group of each mention, appended to a frame of pandas, Polars, Arrow or another library."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from resolver.clustering.cluster import cluster
from resolver.clustering.cluster_file import COLUMNS, cells
from resolver.dates import mention_date
from resolver.engine.resolver import MIN_SCORE, Resolver
from resolver.errors import UsageError
from resolver.tables.headers import check_names, listed
from resolver.tables.native import Native

__all__ = ["cluster_frame"]

_NUMBERS = ("cluster_size", "cluster_score")


def cluster_frame(
    df: object,
    column: str,
    *,
    type: str = "person",
    context: str | Iterable[str] = (),
    date_column: str | None = None,
    min_score: float = MIN_SCORE,
    gazetteer: bool = True,
    prefix: str | None = None,
    resolver: Resolver | None = None,
) -> Any:
    """Return a copy of a frame with the group of each mention of a column, in the columns of ``resolver cluster``.

    ``context`` and ``date_column`` are names of columns; the other options are those of ``resolver.cluster``. Frames
    come in and go out as in ``normalize_frame``; sizes and scores are numbers, missing where there is no group or no
    link. Raises ``UsageError`` for a missing column, one that is there already, and for invalid options.
    """
    frame = Native(df)
    told = [context] if isinstance(context, str) else list(context)
    check_names([column, *told, *([] if date_column is None else [date_column])])
    for name in (column, *told, *([date_column] if date_column else [])):
        if name not in frame.columns:
            known = listed([*map(str, frame.columns)])
            raise UsageError(f"the frame has no column {name!r}; its columns are: {known}")
    before = column if prefix is None else prefix.removesuffix("_")
    names = [f"{before}_{name}" if before else name for name in COLUMNS]
    for name in names:
        if name in frame.columns:
            raise UsageError(f"the frame has a column {name!r} already: choose another prefix for new columns")
    dates = [mention_date(cell)[0] for cell in frame.texts(date_column)] if date_column else None
    groups = cluster(
        [text.strip() for text in frame.texts(column)],
        type=type,
        context={name: [text.strip() for text in frame.texts(name)] for name in told},
        dates=dates,
        min_score=min_score,
        gazetteer=gazetteer,
        resolver=resolver,
    )
    columns = zip(*map(cells, groups), strict=True) if groups else [()] * len(names)
    numbers = frozenset(full for full, name in zip(names, COLUMNS, strict=True) if name in _NUMBERS)
    return frame.appended(
        {
            name: [float(cell) if cell else None for cell in values] if name in numbers else list(values)
            for name, values in zip(names, columns, strict=True)
        },
        numbers,
    )
