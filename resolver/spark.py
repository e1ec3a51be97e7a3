"""Apache Spark: a thin layer over ``resolver.arrow.normalize_batch``.

Needs pyspark and pyarrow on the driver and on every executor: ``pip install 'resolver-vnkh[spark]'``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
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

_ASKED = "resolver_asked_"
"""The beginning of names of columns that exist only during the join."""


def normalize(
    df: DataFrame, column: str, *, gazetteer: str | None = None, distinct: bool = True, **options: Any
) -> DataFrame:
    """Return a Spark dataframe with the columns that the command appends, for one column of mentions.

    ``options`` are those of ``resolver.normalize_frame``. Each distinct mention (with its date and parents) is resolved
    once, in ``mapInArrow``, and the answers are joined to the rows. So ``df`` is evaluated twice: cache it if it is
    expensive or not deterministic. With ``distinct=False`` rows are resolved in their partitions, without a shuffle:
    faster if hardly any mention occurs twice. The compiled gazetteer is sent to each executor once. ``gazetteer`` is a
    folder other than the bundled one, which must exist on every executor. Raises ``UsageError`` at once for invalid
    options and missing columns.
    """
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType  # noqa: PLC0415  (an extra)

    request = FrameRequest.of(column, **options)
    request.check(df.columns)
    fields = [StructField(name, DoubleType() if name == request.scores else StringType()) for name in request.names]
    sent = _send(df.sparkSession, gazetteer)
    work = partial(_normalize_batches, request=request, gazetteer=gazetteer, sent=sent)

    def answered(asked: DataFrame) -> DataFrame:
        # mapInArrow finds columns by name, and reads a dot in a name as a field of a structure.
        plain = [f"{_ASKED}{place}" for place in range(len(asked.columns))]
        kept = [StructField(name, one.dataType, one.nullable) for name, one in zip(plain, asked.schema, strict=True)]
        mapped = asked.toDF(*plain).mapInArrow(partial(work, names=asked.columns), StructType([*kept, *fields]))
        return mapped.toDF(*asked.columns, *request.names)

    if not distinct:
        return answered(df)
    return _joined(df, answered(df.select([df[_quoted(name)] for name in request.columns]).distinct()), request.columns)


def _joined(df: DataFrame, answered: DataFrame, asked: Sequence[str]) -> DataFrame:
    """Return the rows of a dataframe with the answers for what was asked in them; empty cells are equal, too."""
    renamed = {name: f"{_ASKED}{place}" for place, name in enumerate(asked)}
    keyed = answered.withColumnsRenamed(renamed)
    equal = [df[_quoted(name)].eqNullSafe(keyed[key]) for name, key in renamed.items()]
    return df.join(keyed, equal, "left").drop(*renamed.values())


def _quoted(name: str) -> str:
    """Return the name of a column as Spark reads it, whatever characters it has."""
    return "`" + name.replace("`", "``") + "`"


def _send(session: SparkSession, gazetteer: str | None) -> bool:
    """Send the compiled gazetteer to the executors; return whether there was a file to send."""
    files = Resolver(gazetteer).compiled()
    for file in files:
        session.sparkContext.addFile(str(file))
    return bool(files)


def _normalize_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    request: FrameRequest,
    gazetteer: str | None,
    sent: bool,
    names: Sequence[str],
) -> Iterator[pa.RecordBatch]:
    """Yield batches with the appended columns; ``names`` are those that the columns have in the request."""
    import pyarrow as pa  # noqa: PLC0415  (an extra)

    resolver = _resolver(gazetteer, _received() if sent else None)
    for batch in batches:
        answered = normalize_batch(pa.RecordBatch.from_arrays(batch.columns, names=list(names)), request, resolver)
        yield pa.RecordBatch.from_arrays(answered.columns, names=[*batch.schema.names, *request.names])


@lru_cache(maxsize=1)
def _resolver(gazetteer: str | None, folder: Path | None) -> Resolver:
    """Open the gazetteer once in each worker process."""
    if folder:
        os.environ["RESOLVER_CACHE_DIR"] = str(folder)
    return Resolver(gazetteer)


def _received() -> Path:
    from pyspark import SparkFiles  # noqa: PLC0415  (an extra)

    return Path(SparkFiles.getRootDirectory())
