"""Frames of every library come back as what they were, with the same answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from resolver import Resolver, UsageError, cluster_frame, convert_frame, normalize_frame
from resolver.tables.native import Native

DATA: dict[str, list[Any]] = {
    "n": [1, 2, 3],
    "place": ["Kiên Giang", None, "Kampot"],
    "on": ["2024-11-27", None, "2024"],
}

_PARTY = "Cambodian People's Party"


def relation() -> Any:
    rows = (
        "select * from (values (1, 'Kiên Giang', '2024-11-27'), (2, null, null), (3, 'Kampot', '2024')) as t(n, p, d)"
    )
    return duckdb.sql(f'select n, p as place, d as "on" from ({rows})')


FRAMES: dict[str, tuple[Callable[[], Any], type]] = {
    "pandas": (lambda: pd.DataFrame(DATA), pd.DataFrame),
    "polars": (lambda: pl.DataFrame(DATA), pl.DataFrame),
    "polars, lazy": (lambda: pl.LazyFrame(DATA), pl.DataFrame),
    "arrow": (lambda: pa.table(DATA), pa.Table),
    "duckdb": (relation, pa.Table),
    "arrow, a batch": (lambda: pa.RecordBatch.from_pydict(DATA), pa.Table),
    "arrow, a reader": (lambda: pa.table(DATA).to_reader(), pa.Table),
}


def columns(frame: Any) -> dict[str, list[Any]]:
    native = Native(frame)
    return {str(name): native.texts(str(name)) for name in native.columns}


@pytest.mark.parametrize("kind", FRAMES)
def test_a_frame_stays_what_it_was(kind: str, resolver: Resolver) -> None:
    make, expected = FRAMES[kind]
    options: dict[str, Any] = {"type": "province", "date_column": "on", "columns": ["status", "id", "score", "dating"]}
    out = normalize_frame(make(), "place", resolver=resolver, **options)
    assert type(out) is expected
    plain = normalize_frame(pd.DataFrame(DATA), "place", resolver=resolver, **options)
    assert columns(out) == columns(plain)
    assert columns(out)["place_id"] == ["vn-province-kien-giang", "", "kh-province-kampot"]
    assert columns(out)["place_score"][1] == ""


@pytest.mark.parametrize("kind", FRAMES)
def test_conversions(kind: str, resolver: Resolver) -> None:
    make, expected = FRAMES[kind]
    out = convert_frame(make(), "place", type="province", date_column="on", to="2025-07-01", resolver=resolver)
    assert type(out) is expected
    told = columns(out)
    assert told["place_conversion"] == ["exact", "", "unchanged"]
    assert told["place_to_id"] == ["vn-province-an-giang-2025", "", "kh-province-kampot"]
    alone = resolver.convert("Kiên Giang", type="province", date="2024-11-27", to="2025-07-01")
    assert told["place_instrument"][0] == alone.targets[0].instrument


def test_conversions_of_codes(resolver: Resolver) -> None:
    frame = pl.DataFrame({"code": [91, 92]})
    out = convert_frame(
        frame, "code", codes=True, type="province", country="VN", date="2025-06-30", columns="to_id", resolver=resolver
    )
    assert out["code"].to_list() == [91, 92]
    assert out["code_to_id"].to_list()[0] == "vn-province-an-giang-2025"
    with pytest.raises(UsageError, match="only country, province"):
        convert_frame(frame, "code", type="person", resolver=resolver)


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow"])
def test_clusters(kind: str, resolver: Resolver) -> None:
    people = {"who": ["Hun Sen", "SEN Hun", None, "Nobody Known Here"], "org": [_PARTY, _PARTY, None, "b"]}
    make: Any = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "arrow": pa.table}[kind]
    frame = make(people)
    out = cluster_frame(frame, "who", context="org", resolver=resolver)
    assert type(out) is type(frame)
    told = columns(out)
    assert told["who_cluster"][0] == told["who_cluster"][1] == told["who_id"][0] == "kh-person-hun-sen"
    assert told["who_cluster_size"] == ["2", "2", "", "1"]
    assert told["who_cluster"][2] == ""
    for options, words in (({"context": "orgs"}, "its columns are: who, org"), ({"prefix": "who"}, "")):
        if words:
            with pytest.raises(UsageError, match=words):
                cluster_frame(frame, "who", resolver=resolver, **options)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="choose another prefix"):
        cluster_frame(out, "who", resolver=resolver)


def test_an_empty_frame(resolver: Resolver) -> None:
    out = cluster_frame(pl.DataFrame({"who": []}, schema={"who": pl.String}), "who", resolver=resolver)
    assert out.shape == (0, 7)


def test_polars_types(resolver: Resolver) -> None:
    out = normalize_frame(pl.DataFrame(DATA), "place", resolver=resolver)
    assert out.schema["place_score"] == pl.Float64
    assert {out.schema[name] for name in out.columns if name.startswith("place_") and name != "place_score"} == {
        pl.String
    }


def test_a_column_is_named_by_one_text(resolver: Resolver) -> None:
    numbered: Any = pd.DataFrame([["Kampot", "2024"]])
    for column in (0, ["place", "on"], None):
        for call in (normalize_frame, convert_frame, cluster_frame):
            with pytest.raises(UsageError, match="a column is named by one text, not by"):
                call(numbered, column, resolver=resolver)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="one text, not by 1"):
        normalize_frame(pd.DataFrame(DATA), "place", date_column=1, resolver=resolver)  # type: ignore[arg-type]


def test_a_column_alone_is_no_frame(resolver: Resolver) -> None:
    for column in (pd.Series(DATA["place"]), pl.Series(DATA["place"]), pa.array(DATA["place"])):
        with pytest.raises(UsageError, match="is not a dataframe"):
            normalize_frame(column, "place", resolver=resolver)
