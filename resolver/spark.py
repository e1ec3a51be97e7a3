"""Apache Spark: a thin layer over ``resolver.arrow.normalize_batch``.

Needs pyspark and pyarrow on the driver and on every executor: ``pip install 'resolver-vnkh[spark]'``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from resolver.arrow import normalize_batch
from resolver.engine.resolver import Resolver
from resolver.tables.frames import FrameRequest

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["normalize"]


def normalize(df: DataFrame, column: str, *, gazetteer: str | None = None, **options: Any) -> DataFrame:
    """Return a Spark dataframe with the columns that the command appends, for one column of mentions.

    ``options`` are those of ``resolver.normalize_frame``. Rows are resolved in their partitions, by ``mapInArrow``;
    the compiled gazetteer is sent to each executor once. ``gazetteer`` is a folder other than the bundled one, which
    must exist on every executor. Raises ``UsageError`` at once for invalid options and missing columns.
    """
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType  # noqa: PLC0415  (an extra)

    request = FrameRequest.of(column, **options)
    request.check(df.columns)
    fields = [StructField(name, DoubleType() if name == request.scores else StringType()) for name in request.names]
    sent = _send(df.sparkSession, gazetteer)
    work = partial(_normalize_batches, request=request, gazetteer=gazetteer, sent=sent)
    return df.mapInArrow(work, StructType([*df.schema.fields, *fields]))


def _send(session: SparkSession, gazetteer: str | None) -> bool:
    """Send the compiled gazetteer to the executors; return whether there was a file to send."""
    files = Resolver(gazetteer).compiled()
    for file in files:
        session.sparkContext.addFile(str(file))
    return bool(files)


def _normalize_batches(
    batches: Iterable[pa.RecordBatch], *, request: FrameRequest, gazetteer: str | None, sent: bool
) -> Iterator[pa.RecordBatch]:
    resolver = _resolver(gazetteer, _received() if sent else None)
    for batch in batches:
        yield normalize_batch(batch, request, resolver)


@lru_cache(maxsize=1)
def _resolver(gazetteer: str | None, folder: Path | None) -> Resolver:
    """Open the gazetteer once in each worker process."""
    if folder:
        os.environ["RESOLVER_CACHE_DIR"] = str(folder)
    return Resolver(gazetteer)


def _received() -> Path:
    from pyspark import SparkFiles  # noqa: PLC0415  (an extra)

    return Path(SparkFiles.getRootDirectory())
