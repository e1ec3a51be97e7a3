"""Offices by their short names, in two columns, and beside further offices of the same person."""

from __future__ import annotations

import doctest
from functools import cache

import pytest

from resolver import Resolver
from resolver.index import short_names
from resolver.model import Match
from resolver.people import split_offices
from tests.eval import office_sweeps, sweeping


@cache
def resolver() -> Resolver:
    return Resolver()


def person(text: str, date: str, *within: str) -> Match:
    return resolver().resolve(text, date=date, type="person", within=within)


@pytest.mark.parametrize("module", [short_names, split_offices])
def test_examples_of_documentation(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert (result.failed, result.attempted > 0) == (0, True)


@pytest.mark.parametrize(
    ("text", "date", "name"),
    [
        ("Bộ trưởng Tài nguyên", "2022-06-01", "Trần Hồng Hà"),
        ("Thứ trưởng Văn hóa Tạ Quang Đông", "2022-06-01", ""),
        ("Bí thư Đà Nẵng Nguyễn Văn Quảng", "2022-06-01", "Nguyễn Văn Quảng"),
        ("Chủ tịch Đà Nẵng", "2021-06-25", "Lê Trung Chinh"),
        ("mayor of Da Nang", "2021-06-25", "Lê Trung Chinh"),
        ("Cambodian Agriculture Minister", "2023-01-12", "Dith Tina"),
        ("Cambodia's national police chief Neth Savoeun", "2020-06-01", "Neth Savoeun"),
    ],
)
def test_short_names_of_offices(text: str, date: str, name: str) -> None:
    match = person(text, date)
    assert (match.entity.name if match.entity else "") == name, match.note


@pytest.mark.parametrize("text", ["Bộ trưởng Việt Nam", "Chủ tịch Hòa Bình Lê Viết Hải"])
def test_short_names_do_not_cover_everything(text: str) -> None:
    assert person(text, "2023-06-01").status != "matched"


def test_the_chairman_of_this_name_is_the_man_and_not_the_citys() -> None:
    match = person("Chủ tịch Hồ Chí Minh", "2023-06-01")
    assert match.entity is not None, match.note
    assert match.entity.id == "vn-person-ho-chi-minh"


@pytest.mark.parametrize(
    ("text", "within", "name"),
    [
        ("Giám đốc Công an tỉnh", ("tỉnh Kiên Giang",), "Đỗ Triệu Phong"),
        ("Minister", ("Ministry of National Defence", "Cambodia"), "Tea Seiha"),
        ("Bộ trưởng", ("Bộ Quốc phòng",), "Phan Văn Giang"),
    ],
)
def test_an_office_in_two_columns(text: str, within: tuple[str, ...], name: str) -> None:
    match = person(text, "2024-06-01", *within)
    assert name in {candidate.entity.name for candidate in match.candidates}, match.note


def test_an_office_in_two_columns_is_an_office_where_no_person_is_asked_for() -> None:
    match = resolver().resolve("Chủ tịch UBND tỉnh", within=("Nghệ An",))
    assert match.entity is not None
    assert match.entity.id == "vn-office-chairman-of-the-nghe-an-peoples-committee"


def test_an_office_that_had_ended_is_said_to_have() -> None:
    assert "no longer in force at the date" in person("Giám đốc Công an tỉnh Bình Phước", "2025-09-01").note


@pytest.mark.parametrize("kind", ["short names", "two columns"])
def test_of_all_offices_some_are_asked_for(kind: str) -> None:
    """Every 23rd mention of a sweep; ``python -m tests.eval.sweeping`` asks for all."""
    cases = list(office_sweeps.SWEEPS[kind]())[::23]
    verdicts = [
        sweeping.judge(case, match)
        for case, match in zip(cases, resolver().resolve_many([case.mention for case in cases]), strict=True)
    ]
    assert "wrong" not in verdicts
    assert verdicts.count("right") > 0.7 * len(verdicts)
