"""Resolve a column of a table larger than memory on Dask, on this machine or on a cluster.

    pip install 'resolver-vnkh[arrow]' 'dask[dataframe]'
    python examples/dask_job.py examples/mentions.csv out --column mention --date-column date

Input by its ending: CSV with a header, or Parquet. The output is a folder of Parquet files. Each worker process opens
the compiled gazetteer once and keeps it. On Ray the same function goes into ``ray.data.Dataset.map_batches`` with
``batch_format="pyarrow"``, batch by batch of the table that it is given.
"""

from __future__ import annotations

import argparse
from functools import cache, partial

import dask
import dask.dataframe as dd
import pandas as pd
import pyarrow as pa

from resolver import Resolver
from resolver.arrow import normalize_batch


@cache
def opened() -> Resolver:
    """Return the resolver of this process."""
    return Resolver()


def resolved(part: pd.DataFrame, column: str, date_column: str | None) -> pd.DataFrame:
    """Return a part of the table with the columns that ``resolver normalize`` appends."""
    batch = pa.RecordBatch.from_pandas(part, preserve_index=False)
    answered: pd.DataFrame = normalize_batch(batch, column, opened(), date_column=date_column).to_pandas()
    return answered


def main() -> None:
    """Read, resolve, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("output")
    parser.add_argument("--column", required=True)
    parser.add_argument("--date-column")
    asked = parser.parse_args()
    table = dd.read_csv(asked.source, dtype=str) if asked.source.endswith(".csv") else dd.read_parquet(asked.source)
    call = partial(resolved, column=asked.column, date_column=asked.date_column)
    like = call(table._meta.astype(str))
    with dask.config.set(scheduler="processes"):
        table.map_partitions(call, meta=like).to_parquet(asked.output, write_index=False)


if __name__ == "__main__":
    main()
