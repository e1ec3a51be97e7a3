"""Dataframes gain the command's columns and keep their rows, index and cells."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pandas as pd
import pytest

from resolver import normalize_frame
from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.tables.columns import COLUMNS, ON_DEMAND, cells


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver()


def test_rows_index_and_cells_stay(resolver: Resolver) -> None:
    frame = pd.DataFrame({"n": [1, 2, 3], "place": ["Kiên Giang", None, "Kampot"]}, index=[7, 7, "x"])
    before = frame.copy()
    out = normalize_frame(frame, "place", type="province", resolver=resolver)
    pd.testing.assert_frame_equal(frame, before)
    pd.testing.assert_frame_equal(out[["n", "place"]], before)
    assert list(out.columns) == ["n", "place", *(f"place_{name}" for name in COLUMNS if name not in ON_DEMAND)]
    assert out["place_status"].tolist() == ["matched", "blank", "matched"]
    assert out["place_id"].tolist() == ["vn-province-kien-giang", "", "kh-province-kampot"]
    assert out["place_score"].dtype == float
    assert out["place_score"].isna().tolist() == [False, True, False]
    assert out["place_current_id"].tolist()[0] == "vn-province-an-giang-2025"


def test_the_answers_are_those_of_resolve(resolver: Resolver) -> None:
    mentions = ["Kiên Giang", "Châu Thành", "Kam Pốt", "nowhere at all", "Hà Tiên"]
    frame = pd.DataFrame({"place": mentions, "in": ["", "Kiên Giang", "", "", None], "on": [None, *["2024-11-27"] * 4]})
    out = normalize_frame(frame, "place", date_column="on", within="in", country="VN,KH", resolver=resolver)
    for row in out.to_dict("records"):
        alone = resolver.resolve(
            row["place"],
            country=("VN", "KH"),
            date=row["on"] if isinstance(row["on"], str) else None,
            within=row["in"] or None if isinstance(row["in"], str) else None,
        )
        expected = dict(zip(COLUMNS, cells(alone), strict=True))
        for name in ("score", *ON_DEMAND):
            del expected[name]
        assert {name: row[f"place_{name}"] for name in expected} == expected
        assert row["place_score"] == pytest.approx(alone.score, abs=1e-4)


def test_cells_that_are_no_text(resolver: Resolver) -> None:
    values: list[Any] = [None, float("nan"), pd.NaT, pd.NA, 91, 91.0, "Kampot"]
    frame = pd.DataFrame({"place": pd.Series(values, dtype=object)})
    out = normalize_frame(frame, "place", columns="status", resolver=resolver)
    assert out["place_status"].tolist()[:4] == ["blank"] * 4
    assert out["place_status"].tolist()[4] == out["place_status"].tolist()[5] != "blank"
    assert list(out.columns) == ["place", "place_status"]


def test_dates_of_every_kind(resolver: Resolver) -> None:
    frame = pd.DataFrame(
        {"place": ["Kiên Giang"] * 3, "on": [pd.Timestamp("2024-01-01"), pd.Timestamp("2025-12-01"), pd.NaT]}
    )
    out = normalize_frame(frame, "place", type="province", date_column="on", resolver=resolver)
    assert out["place_dating"].tolist() == ["in_force", "ended", ""]
    years = frame.assign(on=[2024.0, 2026.0, float("nan")])
    out = normalize_frame(years, "place", type="province", date_column="on", resolver=resolver)
    assert out["place_dating"].tolist() == ["in_force", "ended", ""]
    odd = normalize_frame(frame.assign(on="soon"), "place", date_column="on", resolver=resolver)
    assert odd["place_note"].str.contains("The date 'soon' cannot be read").all()


def test_no_rows(resolver: Resolver) -> None:
    out = normalize_frame(pd.DataFrame({"place": []}), "place", resolver=resolver)
    assert len(out) == 0
    assert len(out.columns) == 1 + len(COLUMNS) - len(ON_DEMAND)


def test_prefix(resolver: Resolver) -> None:
    frame = pd.DataFrame({"place": ["Kampot"]})
    for prefix, name in (("geo", "geo_id"), ("geo_", "geo_id"), ("", "id")):
        assert list(normalize_frame(frame, "place", prefix=prefix, columns=["id"], resolver=resolver)) == [
            "place",
            name,
        ]


class ByInterchange:
    """A frame of another library, known only by the interchange protocol."""

    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def __dataframe__(self, nan_as_null: bool = False, allow_copy: bool = True) -> object:
        import warnings  # noqa: PLC0415

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return self._frame.__dataframe__(allow_copy=allow_copy)


class ByConversion:
    """A frame of another library, which gives a pandas one."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def to_pandas(self) -> pd.DataFrame:
        return self._frame


@pytest.mark.parametrize("kind", [ByInterchange, ByConversion])
def test_other_dataframes(kind: type[Any], resolver: Resolver) -> None:
    out = normalize_frame(kind(pd.DataFrame({"place": ["Kiên Giang", "Kampot"]})), "place", resolver=resolver)
    assert isinstance(out, pd.DataFrame)
    assert out["place_id"].tolist() == ["vn-province-kien-giang", "kh-province-kampot"]


REFUSED: dict[str, tuple[object, dict[str, Any], str]] = {
    "no frame": ([1, 2], {}, "list is not a dataframe"),
    "no such column": (pd.DataFrame({"plaec": ["x"]}), {}, "its columns are: plaec"),
    "column twice": (pd.DataFrame([["x", "y"]], columns=["place", "place"]), {}, "two columns named 'place'"),
    "column there already": (pd.DataFrame({"place": ["x"], "place_id": ["y"]}), {}, "choose another prefix"),
    "unknown type": (pd.DataFrame({"place": ["x"]}), {"type": "village"}, "unknown type 'village'"),
    "bad date": (pd.DataFrame({"place": ["x"]}), {"date": "soon"}, "is not a date"),
}


@pytest.mark.parametrize("frame, options, words", REFUSED.values(), ids=REFUSED)
def test_refused(frame: object, options: dict[str, Any], words: str, resolver: Resolver) -> None:
    with pytest.raises(UsageError, match=words):
        normalize_frame(frame, "place", resolver=resolver, **options)


def test_import_is_light_and_names_are_public() -> None:
    code = (
        "import sys, resolver; assert not {'pandas', 'numpy', 'rich', 'click'} & set(sys.modules), sys.modules;"
        "assert set(resolver.__all__) <= set(dir(resolver)); [getattr(resolver, name) for name in resolver.__all__];"
        "from resolver import *; assert Resolver and normalize_frame and __version__"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
    with pytest.raises(AttributeError):
        __import__("resolver").no_such_name  # noqa: B018
