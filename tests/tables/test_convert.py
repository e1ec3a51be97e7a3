"""Conversion between any two days: by name and code, there and back, and whole tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.gazetteer.codes import written
from resolver.model import Conversion, Mention
from resolver.tables.convert import CONVERSION_COLUMNS, convert_file
from resolver.tables.distinct import Target
from resolver.tables.request import Request
from tests.facts import Row, read, rows
from tests.tables.conftest import EVE, REFORM, table

CASES = read(Path(__file__).resolve().parent.parent / "cases" / "convert.csv")
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
