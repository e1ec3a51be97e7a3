"""Arrow batches get the columns that the command appends, and the answers of ``resolve_many``."""

from __future__ import annotations

import subprocess
import sys

import pyarrow as pa
import pytest

from resolver.arrow import normalize_batch
from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.model import Mention
from resolver.tables.columns import COLUMNS, ON_DEMAND, cells

TABLE = {
    "n": [1, 2, 3, 4, 5],
    "place": ["Kam Pốt", "Kien Giang", None, "Châu Thành", "Kien Giang"],
    "when": ["2025-12-01", "2024-11-27", "", "2024", "2024-11-27"],
    "above": ["", "", "", "Kiên Giang", ""],
}


def test_a_batch_gains_the_columns_of_the_command(resolver: Resolver) -> None:
    batch = pa.RecordBatch.from_pydict(TABLE)
    found = normalize_batch(batch, "place", resolver=resolver, date_column="when", within="above")
    assert found.schema.names == [*TABLE, *(f"place_{name}" for name in COLUMNS if name not in ON_DEMAND)]
    assert found.select(list(TABLE)).equals(batch)
    asked = zip(*[TABLE[name] for name in ("place", "when", "above")], strict=True)
    for row, (place, when, above) in zip(found.to_pylist(), asked, strict=True):
        mention = Mention(str(place or ""), (), (), str(when), (str(above),) if above else ())
        (match,) = resolver.resolve_many([mention])
        expected = dict(zip(COLUMNS, cells(match), strict=True))
        score = row.pop("place_score")
        assert (score is None and not expected["score"]) or score == float(expected["score"])
        assert all(row[f"place_{name}"] == expected[name] for name in COLUMNS if name not in {"score", *ON_DEMAND})


def test_numbers_and_dictionaries_are_read_as_text(resolver: Resolver) -> None:
    numbers = pa.RecordBatch.from_pydict({"place": [5.0, None]})
    assert normalize_batch(numbers, "place", resolver=resolver, columns="status").num_rows == 2
    coded = pa.RecordBatch.from_arrays([pa.array(["Huế", "Huế"]).dictionary_encode()], names=["place"])
    found = normalize_batch(coded, "place", resolver=resolver, type="province", columns=["id"])
    assert found.to_pydict()["place_id"] == ["vn-province-hue"] * 2


def test_a_batch_without_rows_keeps_its_columns(resolver: Resolver) -> None:
    empty = pa.RecordBatch.from_pydict({"place": pa.array([], pa.string())})
    found = normalize_batch(empty, "place", resolver=resolver, columns=["id", "score"])
    assert found.schema.names == ["place", "place_id", "place_score"]


def test_what_is_missing_or_taken_is_named(resolver: Resolver) -> None:
    batch = pa.RecordBatch.from_pydict({"place": ["Huế"], "place_id": ["x"]})
    with pytest.raises(UsageError, match="no column 'town'"):
        normalize_batch(batch, "town", resolver=resolver)
    with pytest.raises(UsageError, match="'place_id' already"):
        normalize_batch(batch, "place", resolver=resolver)


def test_the_library_needs_neither_arrow_nor_pandas() -> None:
    code = "import sys, resolver; resolver.Resolver; print({'pandas', 'pyarrow'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "set()\n"
