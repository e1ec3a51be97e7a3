"""Means of rates, warnings about sums of rates, and tables of several years."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from resolver import Resolver
from resolver.errors import InputError, UsageError
from resolver.tables.rates import mean, rate_told
from resolver.tables.sum_file import Outcome, Sums, sum_file

EVE, REFORM = "2025-06-30", "2025-07-01"
WARDS = ["30772", "30769", "30778", "30775"]


def summed(folder: Path, content: str, resolver: Resolver, **options: Any) -> tuple[Outcome, list[dict[str, str]]]:
    (folder / "in.csv").write_text(content, encoding="utf-8")
    asked: dict[str, Any] = {
        "column": "unit",
        "values": (),
        "date": EVE,
        "to": REFORM,
        "codes": True,
        "types": ["commune"],
    } | options
    rest = asked.pop("rest", None)
    told = sum_file(folder / "in.csv", folder / "out.csv", Sums(**asked), rest=rest, resolver=resolver, force=True)
    text = (folder / "out.csv").read_text(encoding="utf-8")
    return told, list(csv.DictReader(io.StringIO(text)))


def table(*rows: str) -> str:
    return "\n".join(["unit,poverty,people", *rows]) + "\n"


def test_a_mean_is_weighted(tmp_path: Path, resolver: Resolver) -> None:
    content = table("30772,10,100", "30769,20,300", "30778,1.5,0", "30775,4,100")
    _, got = summed(tmp_path, content, resolver, means=["poverty"], weight="people", values=["people"])
    (row,) = got
    assert (row["poverty"], row["people"], row["unit_complete"]) == ("14.8", "500", "yes")


def test_a_mean_that_does_not_end_is_rounded_by_two_more_decimals(tmp_path: Path, resolver: Resolver) -> None:
    content = table("30772,0.1,1", "30769,0.2,1", "30778,0.2,1")
    _, got = summed(tmp_path, content, resolver, means=["poverty"], weight="people")
    assert got[0]["poverty"] == "0.167"
    assert got[0]["unit_complete"] == "no"


def test_a_unit_without_its_rate_does_not_weigh(tmp_path: Path, resolver: Resolver) -> None:
    content = table("30772,10,100", "30769,20,100", "30778,,1000", "30775,3,")
    _, got = summed(tmp_path, content, resolver, means=["poverty"], weight="people", values=["people"])
    assert (got[0]["poverty"], got[0]["people"], got[0]["unit_complete"]) == ("15", "1200", "no")
    assert "2 of 4 units" in got[0]["unit_coverage"]


def test_a_mean_goes_with_the_people_where_these_are_its_weight(tmp_path: Path, resolver: Resolver) -> None:
    content = table("23053,5,7")
    options: dict[str, Any] = {"means": ["poverty"], "weight": "people", "rest": tmp_path / "rest.csv"}
    told, got = summed(tmp_path, content, resolver, people=["people"], values=["people"], **options)
    assert (told.refused, got[0]["poverty"]) == (0, "5")
    told, got = summed(tmp_path, content, resolver, **options)
    assert (told.refused, got) == (1, [])
    assert (tmp_path / "rest.csv").read_text().splitlines()[1].startswith("23053,5,7,poverty,")


@pytest.mark.parametrize(
    ("rows", "options", "words"),
    [
        (["30772,10,-1"], {"means": ["poverty"], "weight": "people"}, "line 2: a weight is below 0"),
        ([f"30772,{'9' * 60},{'9' * 60}"], {"means": ["poverty"], "weight": "people"}, "line 2: the value times"),
        (["30772,10,1"], {"means": ["poverty"]}, "--mean needs --weight"),
        (["30772,10,1"], {"weight": "people", "values": ["people"]}, "--mean needs --weight"),
        (["30772,10,1"], {"means": ["unit"], "weight": "people"}, "'unit' cannot be added up"),
        (["30772,10,1"], {}, "no column is to be added up"),
    ],
)
def test_misuse_of_means(
    rows: list[str], options: dict[str, Any], words: str, tmp_path: Path, resolver: Resolver
) -> None:
    with pytest.raises((InputError, UsageError), match=words):
        summed(tmp_path, table(*rows), resolver, **options)


RATES = {
    "Poverty rate": ([], True),
    "tỷ lệ hộ nghèo": ([], True),
    "Tỉ_lệ": ([], True),
    "Mật độ dân số (người/km²)": ([], True),
    "share_of_women": ([], True),
    "women (%)": ([], True),
    "GDP per capita": ([], True),
    "taux de pauvreté": ([], True),
    "អត្រាភាពក្រីក្រ": ([], True),
    "x": (["0.1", "0.2", "0.5", "0", "1"], True),
    "y": (["0.1", "0.2"], False),
    "flag": (["0", "1", "0", "1", "1"], False),
    "population": (["1", "0.5", "7", "8", "9"], False),
    "area_km2": (["10.1", "99.2", "7.5", "8.25", "9"], False),
    "separate": ([], False),
    "dân số trung bình": ([], True),
}


@pytest.mark.parametrize("header", RATES)
def test_what_is_likely_a_rate(header: str) -> None:
    values, expected = RATES[header]
    assert bool(rate_told(header, [Decimal(value) for value in values])) is expected


def test_adding_up_rates_is_warned_about(tmp_path: Path, resolver: Resolver) -> None:
    content = "unit,poverty rate,n\n30772,3,5\n"
    told, got = summed(tmp_path, content, resolver, values=["poverty rate", "n"])
    assert (got[0]["poverty rate"], len(told.likely_rates)) == ("3", 1)
    assert told.warnings()[-1].startswith("poverty rate is likely a rate")
    assert told.warnings()[-1].endswith("--mean forms its mean")


def test_a_mean_is_exact_where_it_ends() -> None:
    assert mean(Decimal("10"), Decimal("4"), 3) == Decimal("2.5")
    assert str(mean(Decimal("3000"), Decimal("1"), 2)) == "3000"
    assert mean(Decimal(1), Decimal(0), 2) is None


YEARS = "unit,year,n\nBắc Kạn,2006,1\nThái Nguyên,2006,2\nThái Nguyên,2010,4\n"


def test_a_table_of_many_years(tmp_path: Path, resolver: Resolver) -> None:
    options: dict[str, Any] = {"codes": False, "types": ["province"], "values": ["n"], "date": ""}
    _, got = summed(tmp_path, YEARS, resolver, date_column="year", to=REFORM, level="province", **options)
    told = {(row["year"], row["unit_id"]): (row["n"], row["unit_coverage"]) for row in got}
    (id_,) = {id_ for _, id_ in told}
    assert told["2006", id_] == ("3", "2 of 2 units")
    assert told["2010", id_] == ("4", "1 of 2 units; missing: Tỉnh Bắc Kạn (06)")


def test_a_unit_that_had_ended_in_one_of_the_years_is_refused(tmp_path: Path, resolver: Resolver) -> None:
    content = "unit,year,n\nHà Nội,31/12/2010,4\nHà Tây,31/12/2010,8\n"
    options: dict[str, Any] = {"codes": False, "types": ["province"], "values": ["n"], "date": ""}
    told, _ = summed(
        tmp_path, content, resolver, date_column="year", level="province", rest=tmp_path / "rest.csv", **options
    )
    left = (tmp_path / "rest.csv").read_text(encoding="utf-8").splitlines()
    assert told.refused == len(left) - 1
    assert any(line.startswith("Hà Tây,31/12/2010,8,n,") and "2010-12-31" in line for line in left)


@pytest.mark.parametrize("cell", ["", "soon"])
def test_a_row_without_a_day_is_an_error(cell: str, tmp_path: Path, resolver: Resolver) -> None:
    with pytest.raises(InputError, match="line 3"):
        summed(
            tmp_path,
            f"unit,year,n\n30772,2024,1\n30769,{cell},2\n",
            resolver,
            date_column="year",
            date="",
            values=["n"],
        )
