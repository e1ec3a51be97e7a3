"""Spark gives the answers of ``resolve_many``: a local cluster of two workers, each in a process of its own."""

from __future__ import annotations

import shutil
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.model import Mention
from resolver.tables.columns import COLUMNS, ON_DEMAND, cells
from tests import samples

pyspark_sql = pytest.importorskip("pyspark.sql", reason="needs the extra: pip install -e '.[dev,spark]'")
if not shutil.which("java"):
    pytest.skip("Spark needs Java", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning"
)
ROWS = 600


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
        found = (
            pyspark_sql.SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.local.dir", str(tmp_path_factory.mktemp("spark")))
            .getOrCreate()
        )
        yield found
        found.stop()


@pytest.mark.parametrize("distinct", [True, False])
def test_two_workers_give_the_answers_of_resolve_many(session: object, resolver: Resolver, distinct: bool) -> None:
    from resolver import spark  # noqa: PLC0415  (not without the extra)

    rng = Random(samples.SEED)
    rows = rng.sample(samples.name_rows(), ROWS)
    table: list[tuple[int, str | None, str, str]] = [
        (n, row.text, row.day if n % 2 else "", "") for n, row in enumerate(rows)
    ]
    table += [(ROWS, "Kien Gaing", "2024", ""), (ROWS + 1, "Châu Thành", "", "Kiên Giang"), (ROWS + 2, None, "", "")]
    table += [(ROWS + 3 + n, text, day, above) for n, text, day, above in table]
    frame = session.createDataFrame(table, "n int, place string, day string, above string").repartition(4)  # type: ignore[attr-defined]
    asked = spark.normalize(frame, "place", date_column="day", within=["above"], distinct=distinct)
    assert asked.columns[:4] == frame.columns
    found = asked.orderBy("n").collect()
    mentions = [Mention(text or "", (), (), day, (above,) if above else ()) for _, text, day, above in table]
    assert len(found) == len(table)
    for row, match in zip(found, resolver.resolve_many(mentions), strict=True):
        expected = dict(zip(COLUMNS, cells(match), strict=True))
        told = {name: row[f"place_{name}"] for name in COLUMNS if name not in ON_DEMAND}
        assert told.pop("score") == (float(expected["score"]) if expected["score"] else None)
        assert told == {name: expected[name] for name in told}


def test_columns_may_have_any_name_and_type(session: object) -> None:
    from resolver import spark  # noqa: PLC0415  (not without the extra)

    table = [("Huế", 2024.0, 1), ("Huế", 2024.0, 2), ("Huế", None, 3), (None, None, 4)]
    frame = session.createDataFrame(table, "`a.b` string, `y r` double, n int")  # type: ignore[attr-defined]
    asked = spark.normalize(frame, "a.b", date_column="y r", columns=["id"], prefix="p")
    found = {row["n"]: row["p_id"] for row in asked.collect()}
    alone = spark.normalize(frame, "a.b", date_column="y r", columns=["id"], prefix="p", distinct=False)
    assert found == {row["n"]: row["p_id"] for row in alone.collect()}
    assert found[1] == found[2] == "vn-province-hue"


def test_bad_options_fail_before_the_job_starts(session: object) -> None:
    from resolver import spark  # noqa: PLC0415  (not without the extra)

    frame = session.createDataFrame([("Huế",)], "place string")  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="no column"):
        spark.normalize(frame, "town")
    with pytest.raises(UsageError, match="unknown type"):
        spark.normalize(frame, "place", type="planet")
