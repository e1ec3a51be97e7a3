"""Dataframes of any library, read and extended in one way. The only module that imports narwhals and pandas.

pandas, Polars, PyArrow, Modin and cuDF frames come back as what they were; lazy ones (Polars, DuckDB, Ibis) are
collected, DuckDB and Ibis as Arrow tables, and so is what narwhals does not know but gives an Arrow stream: a record
batch, a reader of them. Another frame that it does not know comes in through ``to_pandas`` or the dataframe interchange
protocol and goes out as pandas.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import narwhals.stable.v2 as nw

from resolver.errors import UsageError
from resolver.tables.rows import written

__all__ = ["Native"]


class Native:
    """A dataframe: the names of its columns, their texts, and the frame with columns appended."""

    def __init__(self, df: object) -> None:
        """Take a frame. Raises ``UsageError`` for anything else."""
        self._frame: Any = _eager(df)
        names = list(self._frame.columns)
        repeated = next((name for name in names if names.count(name) > 1), None)
        if repeated is not None:
            raise UsageError(f"the frame has two columns named {repeated!r}: rename one of them")
        self.columns: list[object] = names

    def texts(self, column: str) -> list[str]:
        """Return the values of a column as people write them; missing ones (None, NaN, NaT, NA) are empty."""
        return [value if type(value) is str else _text(value) for value in self._frame[column].to_list()]

    def appended(self, columns: Mapping[str, Sequence[Any]], numbers: frozenset[str]) -> Any:
        """Return a copy of the frame with columns after its own; those in ``numbers`` hold numbers or None."""
        space = self._frame.__native_namespace__()
        index = getattr(nw.to_native(self._frame), "index", None)
        series = [
            nw.new_series(name, list(values), nw.Float64() if name in numbers else nw.String(), backend=space)
            for name, values in columns.items()
        ]
        if index is not None:
            series = [nw.maybe_set_index(one, index=index) for one in series]
        return nw.to_native(self._frame.with_columns(*series))


def _eager(df: Any) -> Any:
    try:
        frame = nw.from_native(df)
    except TypeError:
        frame = _as_arrow(df) or nw.from_native(_as_pandas(df))
    except Exception as error:
        # Two columns of one name are an error already when a frame is looked at.
        names = [str(name) for name in getattr(df, "columns", [])]
        repeated = next((name for name in names if names.count(name) > 1), None)
        told = str(error) if repeated is None else f"the frame has two columns named {repeated!r}: rename one of them"
        raise UsageError(told) from None
    return frame.collect() if isinstance(frame, nw.LazyFrame) else frame


def _as_arrow(df: Any) -> Any:
    """Return the frame of what gives an Arrow stream of columns; None for anything else."""
    if not hasattr(df, "__arrow_c_stream__"):
        return None
    # A single column gives a stream, too, but is no frame.
    with suppress(ImportError, TypeError, ValueError):
        return nw.from_arrow(df, backend="pyarrow")
    return None


def _as_pandas(df: object) -> Any:
    import pandas as pd  # noqa: PLC0415  (slow, and needed for frames of unknown libraries only)

    # A library's own conversion is the better one, but may need a package that is not installed.
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
    raise UsageError(f"{type(df).__name__} is not a dataframe: give pandas, Polars, Arrow or DuckDB")


def _text(value: object) -> str:
    # NaT and NA have types of pandas, which need not be imported to recognise them.
    return "" if type(value).__name__ in ("NaTType", "NAType") else written(value)
