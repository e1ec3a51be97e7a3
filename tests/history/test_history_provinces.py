"""The provinces since 1976: how many there were, where each came from and what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise

import pytest

from resolver import Resolver
from tests.facts import ROOT, Row, read, rows

CASES = ROOT / "tests" / "cases" / "vietnam_province_history.csv"


@cache
def resolver() -> Resolver:
    return Resolver()


@cache
def provinces() -> frozenset[str]:
    return frozenset(row["id"] for row in rows("entities") if row["country"] == "VN" and row["type"] == "province")


def in_force(date: str) -> list[Row]:
    return [
        row
        for row in rows("versions")
        if row["id"] in provinces() and row["preferred"] != "no"
        if row["valid_from"] <= date and (not row["valid_to"] or date < row["valid_to"])
    ]


def changes() -> list[Row]:
    return [
        row
        for row in rows("changes")
        if row["preferred"] != "no" and provinces() & {row["from_id"], row["to_id"]}
        if {row["from_id"], row["to_id"]} <= provinces() | {""}
    ]


@pytest.mark.parametrize(
    ("date", "types"),
    [
        ("1976-07-02", {"tỉnh": 35, "thành phố": 3}),
        ("1978-12-28", {"tỉnh": 35, "thành phố": 3}),
        ("1978-12-29", {"tỉnh": 36, "thành phố": 3}),
        ("1979-05-30", {"tỉnh": 36, "thành phố": 3, "đặc khu": 1}),
        ("1989-06-30", {"tỉnh": 40, "thành phố": 3, "đặc khu": 1}),
        ("1991-08-12", {"tỉnh": 46, "thành phố": 3}),
        ("1991-12-26", {"tỉnh": 50, "thành phố": 3}),
        ("1997-01-01", {"tỉnh": 57, "thành phố": 4}),
        ("2004-01-02", {"tỉnh": 59, "thành phố": 5}),
        ("2008-07-31", {"tỉnh": 59, "thành phố": 5}),
        ("2008-08-02", {"tỉnh": 58, "thành phố": 5}),
        ("2025-01-01", {"tỉnh": 57, "thành phố": 6}),
        ("2025-07-01", {"tỉnh": 28, "thành phố": 6}),
        ("2026-09-20", {"tỉnh": 25, "thành phố": 9}),
    ],
)
def test_number_of_provinces(date: str, types: dict[str, int]) -> None:
    units = in_force(date)
    assert Counter(row["local_type"] for row in units) == types
    assert len({row["id"] for row in units}) == len(units)
    assert len({row["name"] for row in units}) == len(units)


@pytest.mark.parametrize("case", read(CASES), ids=lambda case: case["name"])
def test_mentions(case: Row) -> None:
    match = resolver().resolve(case["mention"], date=case["date"] or None)
    assert (match.status, match.entity and match.entity.id) == (case["status"], case["id"])
    told = {f"{change.kind} {change.date}" for change in match.changes}
    assert (case["change"] in told) if case["change"] else not told
    if case["current"]:
        assert sorted(entity.id for entity in match.current) == case["current"].split("|")


@pytest.mark.parametrize("entity_id", sorted({row["id"] for row in rows("versions")} & provinces()))
def test_every_province_leads_to_provinces_of_today(entity_id: str) -> None:
    today = {entity.id for entity in resolver().history(entity_id).today}
    assert today
    assert today <= {row["id"] for row in in_force("2026-09-25")}


def test_every_change_rests_on_a_source_and_those_since_1976_on_an_instrument() -> None:
    sources = {row["id"] for row in rows("sources")}
    instruments = {row["id"] for row in rows("instruments")}
    assert {row["source_id"] for row in changes()} <= sources
    assert {row["instrument_id"] for row in changes() if row["date"] >= "1976-02-24"} <= instruments


def test_a_province_formed_by_a_split_begins_that_day() -> None:
    first: dict[str, str] = {}
    for row in rows("versions"):
        if row["id"] in provinces() and row["preferred"] != "no":
            first[row["id"]] = min(first.get(row["id"], "9999"), row["valid_from"])
    formed = {(row["to_id"], row["date"]) for row in changes() if row["kind"] in {"split", "created"}}
    assert {(entity_id, first[entity_id]) for entity_id, _ in formed} == formed


def test_two_provinces_of_one_name_never_overlap() -> None:
    spans = defaultdict(list)
    for row in rows("versions"):
        if row["id"] in provinces() and row["preferred"] != "no":
            spans[row["name"]].append((row["valid_from"], row["valid_to"] or "9999", row["id"]))
    for name, found in spans.items():
        found.sort()
        for (_, end, one), (start, _, other) in pairwise(found):
            assert one == other or end <= start, name


def test_what_a_source_says_otherwise_is_kept_and_overruled() -> None:
    overruled = {
        (row["from_id"], row["to_id"], row["date"])
        for row in rows("changes")
        if row["preferred"] == "no" and row["to_id"] in provinces()
    }
    assert overruled == {
        ("vn-province-ha-nam-ninh", "vn-province-nam-ha", "1991-08-12"),
        ("vn-province-ha-nam-ninh", "vn-province-ninh-binh", "1991-08-12"),
        ("", "vn-province-song-be", "1976-07-02"),
    }
