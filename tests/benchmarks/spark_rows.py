"""What a table of many rows costs with Spark on two local cores, each distinct mention once and row by row.

    python -m tests.benchmarks.spark_rows 20000000 [distinct|rows|copy ...]

Needs the extra ``spark``, Java, and some 200 bytes of disk a row. As many rows as wanted, drawn from 50,000 names
of places, 5 % of them misspelt, are written as Parquet, read, normalised and written again, whole processes and all.
``copy`` reads and writes the same rows and resolves nothing: what is above it is the resolver's, and the join's.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from tests import samples

DISTINCT, MISSPELT_SHARE = 50_000, 0.05
WAYS = ("copy", "distinct", "rows")


def main(rows: int, ways: list[str]) -> None:
    """Write the table, run each way and print its seconds."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  (an extra)

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        session = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.memory", "4g")
            .config("spark.sql.shuffle.partitions", "8")
            .config("spark.local.dir", str(folder / "spark"))
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        source = folder / "in"
        _write(session, source, rows)
        for way in ways:
            start = perf_counter()
            _run(session, source, folder / way, way)
            seconds = perf_counter() - start
            print(f"{way} | {rows:,} rows | {seconds:.1f} s | {rows / seconds:,.0f} rows/s", flush=True)
        session.stop()


def mentions() -> list[str]:
    """Return distinct names of places, a share of them misspelt."""
    rng = Random(samples.SEED)
    known = {samples.spelt(row, form) for row in samples.name_rows() for form in samples.FORMS}
    found = rng.sample(sorted(text for text in known if text and len(text) >= samples.MIN_LETTERS), DISTINCT)
    for number in range(int(DISTINCT * MISSPELT_SHARE)):
        found[number] = samples.misspell(found[number], rng)
    return found


def _write(session: Any, path: Path, rows: int) -> None:
    names = session.createDataFrame(list(enumerate(mentions())), "number long, place string")
    drawn = session.range(rows).selectExpr(
        "id", f"pmod(xxhash64(id), {DISTINCT}) as number", "id % 97 as amount", "concat('Record ', id) as title"
    )
    drawn.join(names.hint("broadcast"), "number").drop("number").write.parquet(str(path))


def _run(session: Any, source: Path, target: Path, way: str) -> None:
    from resolver import spark  # noqa: PLC0415  (an extra)

    table = session.read.parquet(str(source))
    found = table if way == "copy" else spark.normalize(table, "place", distinct=way == "distinct")
    found.write.parquet(str(target))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, sys.argv[2:] or list(WAYS))
