"""Vietnam's districts and communes from 2004 to the reform of 2025, against known cases and numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import pytest

from resolver.engine.resolver import Resolver
from resolver.matching.notes import telling_change
from tests.facts import ROOT, Row, read, rows

CASES = ROOT / "tests" / "cases" / "vietnam_history.csv"
DAYS = ROOT / "tests" / "cases" / "vietnam_days.csv"
DIVIDED = ROOT / "tests" / "cases" / "vietnam_divided.csv"
FIRST, REFORM = "2004-08-31", "2025-07-01"
ENDING = ("merged", "absorbed", "split", "abolished")


@cache
def level() -> dict[str, str]:
    return {
        row["id"]: row["type"]
        for row in rows("entities")
        if row["country"] == "VN" and row["type"] in ("district", "commune")
    }


@cache
def versions() -> dict[str, list[Row]]:
    found = defaultdict(list)
    for row in sorted(rows("versions"), key=lambda row: row["valid_from"]):
        if row["id"] in level() and row["preferred"] != "no":
            found[row["id"]].append(row)
    return dict(found)


@cache
def changes() -> list[Row]:
    return [row for row in rows("changes") if {row["from_id"], row["to_id"]} & level().keys() and row["date"] < REFORM]


def number(date: str) -> dict[str, tuple[int, int]]:
    """The fewest and the most units that can have been in force on a day, given imprecise starts."""
    least: Counter[str] = Counter()
    most: Counter[str] = Counter()
    for entity, found in versions().items():
        for row in found:
            earliest, _, latest = row["valid_from"].partition("/")
            if not row["valid_to"] or date < row["valid_to"]:
                least[level()[entity]] += (latest or earliest) <= date
                most[level()[entity]] += earliest <= date
    return {kind: (least[kind], most[kind]) for kind in ("district", "commune")}


@pytest.mark.parametrize("case", read(CASES), ids=lambda case: case["name"])
def test_what_became_of_a_unit(case: Row, resolver: Resolver) -> None:
    match = resolver.resolve(case["mention"], date=case["date"], within=tuple(filter(None, [case["within"]])))
    assert match.entity is not None, match.note
    assert (match.entity.id, match.dating) == (case["id"], "in_force")
    change = telling_change(match.changes)
    assert change is not None
    assert (f"{change.kind} {change.date}", change.instrument) == (case["change"], case["instrument"])
    assert case["current"] in {entity.id for entity in match.current} if case["current"] else not match.current


@pytest.mark.parametrize("case", read(DAYS), ids=lambda case: f"{case['id']} {case['change']}")
def test_the_day_of_a_change_is_that_of_its_instrument(case: Row) -> None:
    numbers = {row["id"]: row["number"] for row in rows("instruments")}
    found = {
        (row["date"], numbers.get(row["instrument_id"], ""))
        for row in changes()
        if row["kind"] == case["change"] and case["id"] in (row["from_id"], row["to_id"])
    }
    assert (case["day"], case["instrument"]) in found
    assert len({day for day, number in found if number == case["instrument"]}) == 1


@pytest.mark.parametrize("case", read(DIVIDED), ids=lambda case: case["id"])
def test_a_divided_unit_has_all_its_parts(case: Row) -> None:
    numbers = {row["id"]: row["number"] for row in rows("instruments")}
    ending = [row for row in changes() if row["from_id"] == case["id"] and row["date"] == case["date"]]
    assert {row["to_id"] for row in ending} == set(case["parts"].split("|"))
    assert {(row["kind"], row["extent"], numbers[row["instrument_id"]]) for row in ending} == {
        ("split", "part", case["instrument"])
    }


@pytest.mark.parametrize(
    ("entity_id", "day"),
    [
        ("vn-commune-tan-binh-02428", "2020-01-01"),
        ("vn-commune-phu-minh-04897", "2020-01-01"),
        ("vn-commune-yen-quang-04933", "2020-01-01"),
        ("vn-commune-co-muoi-01450", "2020-02-01"),
        ("vn-commune-luong-thien-01642", "2020-02-01"),
    ],
)
def test_moves_of_november_2019_that_never_took_place(entity_id: str, day: str) -> None:
    assert versions()[entity_id][-1]["valid_to"] == day
    assert not [row for row in versions()[entity_id] if row["valid_from"] == "2019-11-01"]


@pytest.mark.parametrize(
    ("number", "days"),
    [
        ("08/NĐ-CP", {("2008-12-23", "2009-01-18"), ("2009-02-09", "2009-02-24/2009-03-17")}),
        ("10/NĐ-CP", {("2008-12-23", "2009-01-18"), ("2009-03-06", "2009-03-21/2009-04-11")}),
        ("11/NĐ-CP", {("2008-12-23", "2009-01-18"), ("2009-03-31", "2009-03-31")}),
    ],
)
def test_two_decrees_of_one_number(number: str, days: set[tuple[str, str]]) -> None:
    found = [row for row in rows("instruments") if row["number"] == number]
    assert {(row["adopted"], row["in_force"]) for row in found} == days
    assert len({row["id"] for row in found}) == len(found)


def test_a_resolution_from_its_signing_is_in_force_that_day() -> None:
    found = [
        row
        for row in rows("instruments")
        if (row["number"].endswith("/NQ-CP") or "UBTVQH13" in row["number"]) and "2009" <= row["in_force"] < "2016"
    ]
    assert len(found) > 90
    assert [row["number"] for row in found if row["adopted"] != row["in_force"]] == []


@pytest.mark.parametrize(
    ("date", "districts", "communes"),
    [
        ("2009-12-31", 697, 11_112),
        ("2018-12-31", 713, 11_162),
        ("2021-01-01", 705, 10_603),
        ("2022-12-31", 705, 10_599),
        ("2023-12-31", 705, 10_598),
        ("2025-06-30", 696, 10_035),
    ],
)
def test_number_of_units(date: str, districts: int, communes: int) -> None:
    found = number(date)
    assert found["district"] == (districts, districts)
    # One commune of 2009 is still missing from the tables.
    assert found["commune"][0] <= communes <= found["commune"][1] + (date == "2009-12-31")
    assert found["commune"][1] - found["commune"][0] < 40


@pytest.mark.parametrize(
    ("entity_id", "told"),
    [
        (
            "vn-district-ha-dong-268",
            [
                ("", "thị xã", "Hà Đông", "vn-province-ha-tay"),
                ("2007-01-11/2007-02-01", "thành phố", "Hà Đông", "vn-province-ha-tay"),
                ("2008-08-01", "thành phố", "Hà Đông", "vn-province-ha-noi"),
                ("2009-05-08", "quận", "Hà Đông", "vn-province-ha-noi"),
            ],
        ),
        (
            "vn-district-me-linh-250",
            [
                ("", "huyện", "Mê Linh", "vn-province-vinh-phuc"),
                ("2008-08-01", "huyện", "Mê Linh", "vn-province-ha-noi"),
            ],
        ),
        (
            "vn-district-phu-quoc-911",
            [
                ("", "huyện", "Phú Quốc", "vn-province-kien-giang"),
                ("2021-01-01", "thành phố", "Phú Quốc", "vn-province-kien-giang"),
            ],
        ),
        ("vn-district-thu-duc-769", [("2021-01-01", "thành phố", "Thủ Đức", "vn-province-ho-chi-minh")]),
        ("vn-district-thuan-hoa-474", [("2025-01-01", "quận", "Thuận Hóa", "vn-province-hue")]),
        (
            "vn-district-sa-pa-088",
            [("", "huyện", "Sa Pa", "vn-province-lao-cai"), ("2020-01-01", "thị xã", "Sa Pa", "vn-province-lao-cai")],
        ),
        ("vn-district-ky-anh-447", [("", "huyện", "Kỳ Anh", "vn-province-ha-tinh")]),
        ("vn-district-ky-anh-449", [("2015-04-10", "thị xã", "Kỳ Anh", "vn-province-ha-tinh")]),
        (
            "vn-commune-sa-pa-03001",
            [
                ("", "thị trấn", "Sa Pa", "vn-district-sa-pa-088"),
                ("2020-01-01", "phường", "Sa Pa", "vn-district-sa-pa-088"),
            ],
        ),
        (
            "vn-commune-thu-thiem-27118",
            [
                ("", "phường", "Thủ Thiêm", "vn-district-quan-2-769"),
                ("2021-01-01", "phường", "Thủ Thiêm", "vn-district-thu-duc-769"),
            ],
        ),
    ],
)
def test_versions_of_a_unit(entity_id: str, told: list[tuple[str, str, str, str]]) -> None:
    found = versions()[entity_id]
    assert [(row["valid_from"], row["local_type"], row["name"], row["parent_id"]) for row in found] == told


def test_thu_duc_was_formed_of_three_districts() -> None:
    found = {row["from_id"]: row["kind"] for row in changes() if row["to_id"] == "vn-district-thu-duc-769"}
    assert found == dict.fromkeys(
        ["vn-district-quan-2-769", "vn-district-quan-9-763", "vn-district-thu-duc-762"], "merged"
    )


def test_a_code_used_again_is_another_unit() -> None:
    holders = {
        entity for entity, found in versions().items() for row in found if row["code"] == "03388" and row["valid_to"]
    }
    assert holders == {"vn-commune-phong-tho-03388", "vn-commune-quyet-tien-03388"}


@pytest.mark.parametrize("code", ["07693", "07732", "16387", "16411", "18448", "20176", "20674", "25102", "25186"])
def test_what_the_last_states_list_by_mistake_ended_before(code: str) -> None:
    ends = {row["valid_to"] for found in versions().values() for row in found if row["code"] == code}
    assert ends and max(ends) < "2024-12-01"


def ended(kind: str, since: str) -> set[str]:
    return {
        entity
        for entity, found in versions().items()
        if level()[entity] == kind and since <= found[-1]["valid_to"] < REFORM
    }


def test_most_communes_abolished_since_2019_have_a_successor() -> None:
    gone = ended("commune", "2019-01-01")
    followed = {row["from_id"] for row in changes() if row["kind"] in ENDING and row["to_id"]} & gone
    assert len(gone) > 1_500
    assert len(followed) >= 0.95 * len(gone)


def test_every_district_that_ended_has_a_successor() -> None:
    gone = ended("district", FIRST)
    assert len(gone) == 25
    assert gone <= {row["from_id"] for row in changes() if row["kind"] in ENDING and row["to_id"]}


def test_what_has_no_successor_says_so() -> None:
    told = Counter(row["from_id"] for row in changes() if row["kind"] == "abolished")
    followed = {row["from_id"] for row in changes() if row["kind"] in ENDING and row["to_id"]}
    unknown = (ended("commune", FIRST) | ended("district", FIRST)) - followed
    assert len(unknown) <= 5
    assert all(told[entity] == 1 for entity in unknown)


def test_most_changes_rest_on_an_instrument() -> None:
    with_instrument = sum(bool(row["instrument_id"]) for row in changes())
    assert with_instrument >= 0.93 * len(changes())


def test_released_ids_of_the_last_day_stand() -> None:
    """The ids of June 2025 follow from name and code of that day; history adds others and renames none."""
    last = [row for found in versions().values() for row in found if row["valid_to"] == REFORM]
    assert all(row["id"].endswith(f"-{row['code']}") for row in last)
    assert Counter(level()[row["id"]] for row in last) == {"district": 696, "commune": 10_035}
