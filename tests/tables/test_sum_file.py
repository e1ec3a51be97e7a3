"""Values of the units of one day added up for the units of another, and tables of such sums."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from resolver.engine.resolver import Resolver
from resolver.errors import InputError, UsageError
from resolver.model import Conversion
from resolver.tables.aggregation import Entry, aggregate
from resolver.tables.sum_file import Outcome, Sums, sum_file
from tests.tables.conftest import EVE, REFORM, table


def summed(folder: Path, content: str, resolver: Resolver, **options: Any) -> tuple[Outcome, list[dict[str, str]]]:
    (folder / "in.csv").write_text(content)
    rest = options.pop("rest", None)
    request = Sums(**{"column": "unit", "values": ["n"], "date": EVE, "to": REFORM} | options)
    told = sum_file(folder / "in.csv", folder / "out.csv", request, rest=rest, resolver=resolver, force=True)
    return told, table(folder / "out.csv")


def test_sums_are_conserved(crosswalk: dict[str, Conversion], resolver: Resolver) -> None:
    entries = [Entry(unit, {"n": 1, "people": 1}) for unit in crosswalk]
    got = aggregate(entries, date=EVE, to=REFORM, people=["people"], resolver=resolver)
    for name in ("n", "people"):
        total = sum(one.values.get(name) or 0 for one in got.totals)
        assert total == 10_035 - sum(name in refusal.values for refusal in got.refused)
    assert {refusal.conversion.match.mention.text for refusal in got.refused} == {
        unit for unit, conversion in crosswalk.items() if conversion.status == "split"
    }
    split_for_people = [refusal for refusal in got.refused if "people" in refusal.values]
    assert 0 < len(split_for_people) < len(got.refused)


def test_by_province_nothing_is_refused(crosswalk: dict[str, Conversion], resolver: Resolver) -> None:
    entries = [Entry(unit, {"n": 1}) for unit in crosswalk]
    got = aggregate(entries, date=EVE, to=REFORM, level="province", resolver=resolver)
    assert (len(got.totals), got.refused, sum(one.values["n"] or 0 for one in got.totals)) == (34, (), 10_035)
    assert all(one.complete for one in got.totals)


def test_a_table_of_provinces(folder: Path, resolver: Resolver) -> None:
    lines = [
        f"{int(unit.code)},{number}.5"
        for number, unit in enumerate(resolver.places("province", country="VN", date=EVE))
    ]
    content = "unit,n\n" + "\n".join(lines) + "\n"
    told, got = summed(folder, content, resolver, codes=True, types=["province"], countries=["VN"])
    assert told == Outcome(63, 34, 0, 0)
    assert sum(float(row["n"]) for row in got) == sum(range(63)) + 63 / 2
    assert {row["unit_coverage"] for row in got} == {"1 of 1 units", "2 of 2 units", "3 of 3 units"}
    assert [row["unit_code"] for row in got][:3] == ["01", "04", "08"]


WARDS = "unit,in,year,n,people\nBình San,Hà Tiên,2023,1.5,10\nĐông Hồ,Hà Tiên,2023,2,20\nMỹ Đức,Hà Tiên,2023,,30\n"


def test_a_total_says_what_it_lacks(folder: Path, resolver: Resolver) -> None:
    told, got = summed(folder, WARDS, resolver, within=["in"], types=["commune"], values=["n", "people"])
    assert told == Outcome(3, 1, 1, 0)
    assert (got[0]["n"], got[0]["people"], got[0]["unit_complete"]) == ("3.5", "60", "no")
    assert got[0]["unit_coverage"] == "2 of 4 units; missing: Phường Mỹ Đức (30778); Phường Pháo Đài (30775)"


def test_rows_of_one_unit_are_told_apart_by_a_column(folder: Path, resolver: Resolver) -> None:
    content = WARDS + "Bình San,Hà Tiên,2024,7,1\n"
    options: dict[str, Any] = {"within": ["in"], "types": ["commune"]}
    _, got = summed(folder, content, resolver, by=["year"], **options)
    assert [(row["year"], row["n"]) for row in got] == [("2023", "3.5"), ("2024", "7")]
    with pytest.raises(InputError, match=r"2 of 4 rows .* given 2 times"):
        summed(folder, content, resolver, **options)


def test_back_in_time_only_what_lies_in_one_old_unit(folder: Path, resolver: Resolver) -> None:
    content = "unit,n\n30769,5\n26732,7\n30781,9\n"
    options: dict[str, Any] = {"codes": True, "types": ["commune"], "countries": ["VN"], "date": REFORM, "to": EVE}
    told, got = summed(folder, content, resolver, rest=folder / "rest.csv", **options)
    assert told == Outcome(3, 2, 0, 1)
    assert {row["unit_id"]: row["n"] for row in got} == {
        "vn-district-con-dao-755": "7",
        "vn-commune-tien-hai-30781": "9",
    }
    (left,) = table(folder / "rest.csv")
    assert (left["unit"], left["unit_refused"]) == ("30769", "n")
    assert left["unit_reason"].startswith("Formed from 4: Phường Bình San")


def test_what_a_split_makes_inexact_is_refused_by_name(folder: Path, resolver: Resolver) -> None:
    (folder / "out.csv").write_text("old")
    with pytest.raises(InputError) as caught:
        summed(folder, "unit,n\nvn-commune-hoa-thang-23053,5\nTổng số,8\n", resolver, types=["commune"])
    assert "in.csv, line 2: 2 of 2 rows can't be added up: Xã Hòa Thắng (23053), 'Tổng số'" in str(caught.value)
    assert "--rest FILE" in str(caught.value)
    assert (folder / "out.csv").read_text() == "old"


def test_people_can_be_added_where_all_went_to_one(folder: Path, resolver: Resolver) -> None:
    content = "unit,n,people\n23053,5,7\n18796,3,4\n"
    options: dict[str, Any] = {"codes": True, "types": ["commune"], "values": ["n", "people"], "people": ["people"]}
    told, got = summed(folder, content, resolver, rest=folder / "rest.csv", **options)
    assert told == Outcome(2, 1, 1, 2)
    assert [(row["unit_id"], row["n"], row["people"]) for row in got] == [("vn-commune-hoa-thang-23053-2025", "", "7")]
    assert [row["unit_refused"] for row in table(folder / "rest.csv")] == ["n", "n|people"]


def test_a_total_among_its_parts_is_not_counted_twice(folder: Path, resolver: Resolver) -> None:
    content = "unit,n\nTỉnh Kiên Giang,9\nvn-commune-binh-san-30772,2\n"
    with pytest.raises(InputError, match=r"1 of 2 rows .* a total that includes Phường Bình San"):
        summed(folder, content, resolver)


def test_a_unit_that_had_ended_is_not_counted_twice(folder: Path, resolver: Resolver) -> None:
    content = "unit,n\nvn-province-ha-tay,1\nvn-province-ha-noi,2\n"
    told, got = summed(folder, content, resolver, rest=folder / "rest.csv")
    assert told == Outcome(2, 1, 0, 1)
    assert [(row["unit_id"], row["n"]) for row in got] == [("vn-province-ha-noi", "2")]
    (left,) = table(folder / "rest.csv")
    assert left["unit_reason"] == "Tỉnh Hà Tây ended on 2008-08-01: not in force on 2025-06-30"


def test_a_unit_that_is_still_to_come_is_refused(resolver: Resolver) -> None:
    got = aggregate([Entry("vn-province-an-giang-2025", {"n": 1})], date=EVE, resolver=resolver)
    assert not got.totals
    assert got.refused[0].reason == "Tỉnh An Giang begins on 2025-07-01: not in force on 2025-06-30"


def test_many_digits_are_added_up_exactly(folder: Path, resolver: Resolver) -> None:
    long = "1" + "0" * 40 + "1"
    _, got = summed(folder, f"unit,n\nTỉnh Kiên Giang,{long}\nTỉnh An Giang,0.{long}\n", resolver)
    assert [row["n"] for row in got] == [f"{long}.{long}"]


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("inf"), Decimal("1e101"), Decimal("1e-101"), 10**100])
def test_what_cannot_be_added_up_exactly_is_no_value(value: Decimal | int, resolver: Resolver) -> None:
    with pytest.raises(UsageError, match="is not a number of at most 100 digits"):
        aggregate([Entry("vn-province-ha-noi", {"n": value})], date=EVE, resolver=resolver)


def test_a_unit_is_never_its_own_parent(folder: Path, resolver: Resolver) -> None:
    content = "unit,n\nNam Định,1\n"
    alone = summed(folder, content, resolver, types=["province"])
    assert summed(folder, content, resolver, types=["province"], within=["unit"]) == alone


def test_units_of_unknown_fate_make_their_neighbours_doubtful(resolver: Resolver) -> None:
    day, other = "2024-12-31", "2010-01-01"
    units = [unit.id for unit in resolver.places("commune", country="VN", date=day) if "Huyện Chư Păh" in unit.path]
    got = aggregate([Entry(unit, {"n": 1}) for unit in units], date=day, to=other, resolver=resolver)
    doubtful = {total.place.entity.name: [unit.name for unit in total.doubtful] for total in got.totals}
    assert doubtful["Nghĩa Hưng"] == ["Chư Jôr"]
    assert not any(total.complete for total in got.totals if total.doubtful)


NUMBERS = {
    "1,234.5": (".", "1234.5"),
    "1.234,5": (",", "1234,5"),
    "1.234": (",", "1234"),
    "1 234": (None, "1234"),
    "12.5": (None, "12.5"),
    "0.125": (None, "0.125"),
    "-3": (None, "-3"),
    "1.762.281": (None, "1762281"),
    "6.352,92": (None, "6352,92"),
    "1,762,281.5": (None, "1762281.5"),
}


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers(text: str, folder: Path, resolver: Resolver) -> None:
    decimal, number = NUMBERS[text]
    _, got = summed(folder, f'unit,n\nKiên Giang,"{text}"\n', resolver, types=["province"], decimal=decimal)
    assert got[0]["n"] == number


def test_one_number_proves_the_decimal_sign_of_its_column_only(folder: Path, resolver: Resolver) -> None:
    content = "unit,n,m\nKiên Giang,1.234,2.5\nAn Giang,1.762.281,1\n"
    _, got = summed(folder, content, resolver, types=["province"], values=["n", "m"])
    assert (got[0]["n"], got[0]["m"]) == ("1763515", "3.5")


BAD: dict[str, tuple[str, dict[str, Any], str]] = {
    "word": ("unit,n\nKiên Giang,1\nAn Giang,NA\n", {}, "line 3: n 'NA' is not a number; fix the cell; leave it empty"),
    "comma": ('unit,n\nKiên Giang,"1,5"\n', {}, "line 2: n '1,5' is not a number; give --decimal , or --decimal ."),
    "thousands or decimals": ("unit,n\nKiên Giang,1.234\n", {}, "line 2: n '1.234' may be thousands or have decimals"),
    "two signs": ('unit,n\nKiên Giang,"1,234,567"\nAn Giang,1.234.567\n', {}, "line 2: n '1,234,567' is not"),
    "other sign": ('unit,n\nKiên Giang,"1,5"\n', {"decimal": "."}, "line 2: n '1,5' is not a number"),
    "ragged": ("unit,n\nKiên Giang\n", {}, "line 2: the row has 1 cells, the header 2"),
    "missing column": ("unit,n\n", {"values": ["m"]}, "has no column 'm'"),
    "no sums": ("unit,n\n", {"values": []}, "no column is to be added up"),
    "unknown level": ("unit,n\nKiên Giang,1\n", {"level": "village"}, "there is no level 'village'"),
    "bad date": ("unit,n\nKiên Giang,1\n", {"date": "soon"}, "is not a date"),
    "a year": ("unit,n\nKiên Giang,1\n", {"date": "2024"}, "2024 is not a day: give the day of the units"),
    "bad sign": ("unit,n\n", {"decimal": ";"}, "the decimal sign is . or ,"),
    "named alike": ("unit,unit_id\n", {"values": ["unit_id"]}, "two columns of the output would be named 'unit_id'"),
    "unit summed": ("unit,n\n", {"values": ["unit"]}, "cannot be added up: the totals are grouped by it"),
    "a huge exponent": ("unit,n\nKiên Giang,1e9999999\n", {}, "line 2: n '1e9999999' has more than 100 digits"),
    "no possible exponent": ("unit,n\nKiên Giang,1e" + "9" * 30 + "\n", {}, "has more than 100 digits"),
    "a tiny value": ("unit,n\nKiên Giang,1e-9999999\n", {}, "has more than 100 digits"),
    "a very long number": ("unit,n\nKiên Giang," + "9" * 5_000 + "\n", {}, "is not a number"),
    "ended before": ("unit,n\nvn-province-ha-tay,1\n", {}, "Hà Tây ended on 2008-08-01: not in force on 2025-06-30"),
    "too low a level": ("unit,n\nKiên Giang,1\n", {"level": "commune"}, "Tỉnh An Giang is larger than a commune"),
}


@pytest.mark.parametrize("content, options, words", BAD.values(), ids=BAD)
def test_bad_tables_are_one_clear_line(
    content: str, options: dict[str, Any], words: str, folder: Path, resolver: Resolver
) -> None:
    with pytest.raises((InputError, UsageError)) as caught:
        summed(folder, content, resolver, **{"types": ["province"]} | options)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert [path.name for path in folder.iterdir()] == ["in.csv"]
