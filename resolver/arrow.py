"""Arrow tables: one pure function from record batch to record batch, for Spark, Dask, Ray and others with Arrow.

Needs pyarrow: ``pip install 'resolver-vnkh[arrow]'``.
"""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa

from resolver.engine.resolver import Resolver
from resolver.tables.frames import FrameRequest

__all__ = ["appended_fields", "normalize_batch"]


def normalize_batch(
    batch: pa.RecordBatch, request: FrameRequest | str, resolver: Resolver | None = None, **options: Any
) -> pa.RecordBatch:
    """Return a record batch with the columns that the command appends, for one column of mentions.

    ``request`` is the name of the column, with the ``options`` of ``normalize_frame``, or a request made once for
    many batches. Existing columns do not change. The appended columns are strings, ``""`` if there is no value; the
    score is a double, null if the mention is blank. Without a ``resolver`` the bundled gazetteer is used. Raises
    ``UsageError`` if the column is missing or an appended column already exists.

    >>> batch = pa.RecordBatch.from_pydict({"place": ["Kam Pốt"]})
    >>> normalize_batch(batch, "place", columns=["id"]).to_pydict()
    {'place': ['Kam Pốt'], 'place_id': ['kh-province-kampot']}
    """
    asked = FrameRequest.of(request, **options) if isinstance(request, str) else request
    asked.check(batch.schema.names)
    dates = _texts(batch.column(asked.date_column)) if asked.date_column else None
    parents = [_texts(batch.column(name)) for name in asked.within]
    appended = asked.append(resolver or Resolver(), _texts(batch.column(asked.column)), dates, parents)
    of_row = pa.array(appended.of_row, pa.int64())
    arrays = [pa.array(appended.values(field.name), field.type).take(of_row) for field in appended_fields(asked)]
    fields = [*batch.schema, *appended_fields(asked)]
    return pa.RecordBatch.from_arrays([*batch.columns, *arrays], schema=pa.schema(fields, batch.schema.metadata))


def appended_fields(request: FrameRequest) -> list[pa.Field]:
    """Return the fields of the appended columns."""
    return [pa.field(name, pa.float64() if name == request.scores else pa.string()) for name in request.names]


def _texts(column: pa.Array) -> list[str]:
    return [value if isinstance(value, str) else _text(value) for value in column.to_pylist()]


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
