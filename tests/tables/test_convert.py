"""Conversion between any two days: by name and code, there and back, whole tables, and their sums."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from resolver.engine.resolver import Resolver
from resolver.errors import InputError, UsageError
from resolver.gazetteer.codes import written
from resolver.model import Conversion, Mention
from resolver.tables.aggregation import Entry, aggregate
from resolver.tables.convert import CONVERSION_COLUMNS, convert_file
from resolver.tables.distinct import Target
from resolver.tables.request import Request
from resolver.tables.sum_file import Outcome, Sums, sum_file
from tests.facts import Row, read, rows

CASES = read(Path(__file__).resolve().parent.parent / "cases" / "convert.csv")
EVE, REFORM = "2025-06-30", "2025-07-01"
PARTS = [name for name in CONVERSION_COLUMNS if name.startswith("to_")] + ["extent", "population", "instrument"]


def asked(case: Row) -> dict[str, Any]:
    within = [part for part in case["within"].split("|") if part]
    options = {name: case[name] or None for name in ("type", "country", "date", "to")}
    return {**options, "within": within, "codes": bool(case["codes"])}


def parts(conversion: Conversion) -> str:
    return "|".join(f"{one.place.entity.id} {one.extent} {one.population}" for one in conversion.targets)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case: Row, resolver: Resolver) -> None:
    got = resolver.convert(case["text"], **asked(case))
    assert (got.status, got.source.entity.id if got.source else "") == (case["status"], case["source"])
    assert parts(got) == case["targets"]
    if case["instrument"]:
        assert "|".join(one.instrument for one in got.targets) == case["instrument"]
    assert bool(got.note) == (got.status != "blank")


def test_many_are_converted_as_one_is(resolver: Resolver) -> None:
    cases = [case for case in CASES if not case["codes"] and not case["to"]]
    texts = [case["text"] for case in cases]
    assert resolver.convert_many(texts) == [resolver.convert(text) for text in texts]


def test_a_mention_brings_its_own_date_and_types(resolver: Resolver) -> None:
    mentions = [Mention("91", ("province",), ("VN",), date) for date in (EVE, REFORM)]
    got = [one.source.entity.name for one in resolver.convert_many(mentions, codes=True) if one.source]
    assert got == ["Kiên Giang", "An Giang"]


def test_places_are_given_with_what_they_lie_in(resolver: Resolver) -> None:
    got = resolver.convert("vn-commune-binh-san-30772", date=EVE)
    assert got.source and [(unit.type, unit.code) for unit in got.source.within] == [
        ("district", "900"),
        ("province", "91"),
    ]
    assert got.targets[0].place.level("district") is None


# --- there and back


@pytest.fixture(scope="module")
def crosswalk(resolver: Resolver) -> dict[str, Conversion]:
    units = [unit.id for unit in resolver.places("commune", country="VN", date=EVE)]
    assert len(units) == 10_035
    return dict(zip(units, resolver.convert_many(units, date=EVE, to=REFORM), strict=True))


@pytest.fixture(scope="module")
def back(resolver: Resolver) -> dict[str, Conversion]:
    units = [unit.id for unit in resolver.places("commune", country="VN", date=REFORM)]
    assert len(units) == 3321
    return dict(zip(units, resolver.convert_many(units, date=REFORM, to=EVE), strict=True))


def ids(conversion: Conversion) -> set[str]:
    return {one.place.entity.id for one in conversion.targets}


def test_old_to_new_to_old_has_the_old_one(crosswalk: dict[str, Conversion], back: dict[str, Conversion]) -> None:
    lost = [
        old for old, got in crosswalk.items() if not got.targets or any(old not in ids(back[new]) for new in ids(got))
    ]
    assert lost == []


def test_new_to_old_is_the_crosswalk_of_the_law(back: dict[str, Conversion]) -> None:
    told = {(row["from_id"], row["to_id"]) for row in rows("changes") if row["date"] == REFORM and row["to_id"]}
    levels = ("vn-commune-", "vn-district-")
    told = {(old, new) for old, new in told if old.startswith(levels) and new.startswith(levels)}
    came = {(old, new) for new, got in back.items() for old in ids(got)}
    assert came == told
    assert len(came) == 10_566 + 5


def test_a_split_is_never_told_of_one_alone(crosswalk: dict[str, Conversion]) -> None:
    split = [got for got in crosswalk.values() if got.status == "split"]
    assert len(split) == 441
    for got in split:
        populations = [one.population for one in got.targets]
        assert len(populations) > 1
        assert "whole" not in populations[1:]
        assert all(one.instrument for one in got.targets)


@pytest.mark.parametrize("type_", ["province", "district", "commune"])
@pytest.mark.parametrize(
    "country, day, other",
    [("VN", "2004-09-01", "2026-09-25"), ("VN", "1990-01-01", "2024-12-31"), ("KH", "2000-01-01", "2026-09-25")],
)
def test_forward_and_backward_agree(type_: str, country: str, day: str, other: str, resolver: Resolver) -> None:
    def edges(here: str, there: str) -> set[tuple[str, str]]:
        units = [unit.id for unit in resolver.places(type_, country=country, date=here)]
        found = zip(units, resolver.convert_many(units, date=here, to=there), strict=True)
        return {(unit, target.place.entity.id) for unit, got in found for target in got.targets
                if target.place.entity.type == type_}  # fmt: skip

    assert {(new, old) for old, new in edges(day, other)} == edges(other, day)


# --- codes


@pytest.mark.parametrize(
    "text, code",
    [("91", "91"), (" 91.0 ", "91"), ("'00004", "00004"), ("00004", "00004"), ("vn-44", "VN-44"), ("០១", "01"),
     ("91,0", "91"), ("9.1", ""), ("-91", ""), ("", ""), ("Hà Nội", ""), ("1e5", "")],
)  # fmt: skip
def test_codes_as_they_are_written(text: str, code: str) -> None:
    assert written(text) == code


def test_an_ambiguous_code_asks_for_what_would_tell(resolver: Resolver) -> None:
    undated = resolver.convert("91", codes=True, type="province")
    assert "Tỉnh Kiên Giang (province) until 2025-06-30; a date would decide" in undated.note
    assert {candidate.entity.id for candidate in undated.match.candidates} == {
        "vn-province-an-giang-2025",
        "vn-province-kien-giang",
    }
    assert "a country and a type" in resolver.convert("1", codes=True, date=EVE).note


def test_every_commune_is_found_by_its_code(resolver: Resolver) -> None:
    units = resolver.places("commune", country="VN", date=EVE)
    spoilt = [f"{int(unit.code)}.0" for unit in units]
    got = resolver.resolve_codes(spoilt, type="commune", country="VN", date=EVE)
    assert [match.entity and match.entity.id for match in got] == [unit.id for unit in units]


# --- tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def run(folder: Path, content: str, resolver: Resolver, *, codes: bool = False, **options: Any) -> list[dict[str, str]]:
    (folder / "in.csv").write_text(content)
    request = Request(options.pop("columns", ["place"]), **options)
    convert_file(folder / "in.csv", folder / "out.csv", request, codes=codes, resolver=resolver, force=True)
    return table(folder / "out.csv")


def test_a_row_for_each_row_with_the_answer_people_want(folder: Path, resolver: Resolver) -> None:
    content = (
        'id,place\n1,"Phường Bình San, Thành phố Hà Tiên, Tỉnh Kiên Giang"\n2,\n'
        '3,"Xã Kỳ Lợi, Thị xã Kỳ Anh, Hà Tĩnh"\n4,Springfield\n'
    )
    got = run(folder, content, resolver, target=Target(REFORM))
    assert [row["id"] for row in got] == ["1", "2", "3", "4"]
    assert list(got[0])[2:] == [f"place_{name}" for name in CONVERSION_COLUMNS]
    assert list(got[0].values())[2:16] == [
        "matched", "exact", "Phường Hà Tiên", "30769", "", "", "Tỉnh An Giang", "91",
        "Phường Bình San", "30772", "Thành phố Hà Tiên", "900", "Tỉnh Kiên Giang", "91",
    ]  # fmt: skip
    assert [row["place_status"] for row in got] == ["matched", "blank", "matched", "unmatched"]
    split = {name: got[2][f"place_{name}"].split("|") for name in PARTS if got[2][f"place_{name}"]}
    assert {len(cells) for cells in split.values()} == {3}
    assert split["to_commune"] == ["Phường Hoành Sơn", "Phường Sông Trí", "Phường Vũng Áng"]
    assert split["population"] == ["part", "part", "none"]


def test_dates_of_rows_tell_codes_apart(folder: Path, resolver: Resolver) -> None:
    content = "place,on\n91,2025-06-30\n91,2025-07-01\n91,\n91,30/06/2025\n"
    got = run(folder, content, resolver, codes=True, types=["province"], date_column="on")
    assert [row["place_from_province"] for row in got] == ["Tỉnh Kiên Giang", "Tỉnh An Giang", "", "Tỉnh Kiên Giang"]
    assert got[2]["place_status"] == "ambiguous"
    assert got[2]["place_candidates"] == "vn-province-an-giang-2025:0.50|vn-province-kien-giang:0.50"


def test_columns_of_codes_of_several_levels(folder: Path, resolver: Resolver) -> None:
    content = "ward,district,province\n26740,760,79\n26740,1,79\n26740,,79\n26740,760,x\n"
    options: dict[str, Any] = {"columns": ["ward"], "types": ["commune"], "within": ["district", "province"]}
    got = run(folder, content, resolver, codes=True, **options)
    assert [row["ward_status"] for row in got] == ["matched", "unmatched", "ambiguous", "unmatched"]
    assert got[0]["ward_to_commune"] == "Phường Sài Gòn"


def test_only_places_can_be_converted(folder: Path, resolver: Resolver) -> None:
    with pytest.raises(UsageError, match="a person is not a place"):
        run(folder, "place\nKep\n", resolver, types=["person"])
    with pytest.raises(UsageError, match="a person is not a place"):
        run(folder, "place\nKep\n", resolver, columns=["place:person"])
    with pytest.raises(UsageError, match="a person is not a place"):
        resolver.convert("Kep", type="person")


# --- sums


def test_what_is_open_can_be_reviewed_and_decided(folder: Path, resolver: Resolver) -> None:
    (folder / "in.csv").write_text("place\nTân Thành\nSpringfield\nTân Thành\n")
    request, review = Request(["place"], types=["commune"]), folder / "review.csv"
    convert_file(folder / "in.csv", folder / "out.csv", request, resolver=resolver, review=review)
    first, second = table(review)
    assert (first["mention"], first["count"], first["status"]) == ("Tân Thành", "2", "ambiguous")
    assert first["reason"].startswith("may be any of ")
    assert (second["mention"], second["status"]) == ("Springfield", "unmatched")
    review.write_text("mention,decision\nTân Thành,vn-commune-tan-thanh-30856\n")
    convert_file(folder / "in.csv", folder / "out.csv", request, resolver=resolver, overrides=review, force=True)
    decided = table(folder / "out.csv")
    assert [row["place_from_id"] for row in decided] == ["vn-commune-tan-thanh-30856", "", "vn-commune-tan-thanh-30856"]


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
    with pytest.raises(InputError, match=r"2 of 4 rows .* given 2 times.*; --by or --date-column COLUMN tells"):
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
