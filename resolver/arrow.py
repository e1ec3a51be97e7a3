"""Arrow tables: one pure function from record batch to record batch, for Spark, Dask, Ray and whoever has Arrow.

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
    """Return a record batch with what its column of mentions resolves to, in the columns the command appends.

    ``request`` is the name of the column, with the ``options`` of ``normalize_frame``, or a request made once for
    many batches. The columns that are there stay as they are; the appended ones are strings, ``""`` where there is
    nothing, and the score a double, null where the mention is blank. Without a ``resolver`` the bundled
    gazetteer's is opened. Raises ``UsageError`` for a missing column, or one that is there already.

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
    """Return the fields that are appended."""
    return [pa.field(name, pa.float64() if name == request.scores else pa.string()) for name in request.names]


def _texts(column: pa.Array) -> list[str]:
    return [value if isinstance(value, str) else _text(value) for value in column.to_pylist()]


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
