"""The organisations and offices in the gazetteer: their lives, their names, what became of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import pytest

from resolver import Resolver
from tests.facts import ROOT, Row, read, rows
from tools.organisations.bodies import fill
from tools.organisations.rows import spelling

CASES = ROOT / "tests" / "cases" / "organisations.csv"
MARCH, REFORM = "2025-03-01", "2025-07-01"
INSPECTION = "ministry-of-national-assembly-senate-relations-and-inspection"
VN, KH = "vn-organisation-", "kh-organisation-"
MERGED_IN_MARCH_2025 = {
    "bo-ke-hoach-va-dau-tu": {"bo-tai-chinh"},
    "bo-giao-thong-van-tai": {"bo-xay-dung"},
    "bo-thong-tin-va-truyen-thong": {"bo-khoa-hoc-va-cong-nghe"},
    "bo-tai-nguyen-va-moi-truong": {"bo-nong-nghiep-va-moi-truong"},
    "bo-nong-nghiep-va-phat-trien-nong-thon": {"bo-nong-nghiep-va-moi-truong"},
    "uy-ban-dan-toc": {"bo-dan-toc-va-ton-giao"},
    "bo-lao-dong-thuong-binh-va-xa-hoi": {
        "bo-noi-vu", "bo-giao-duc-va-dao-tao", "bo-y-te", "bo-cong-an", "bo-nong-nghiep-va-moi-truong",
    },
}  # fmt: skip
BODIES = {
    "people's committee": ("vn-organisation-uy-ban-nhan-dan-t",),
    "people's council": ("vn-organisation-hoi-dong-nhan-dan-t",),
    "party committee": ("vn-organisation-tinh-uy-", "vn-organisation-thanh-uy-"),
    "police": ("vn-organisation-cong-an-tinh-", "vn-organisation-cong-an-thanh-pho-"),
}


@cache
def resolver() -> Resolver:
    return Resolver()


@cache
def types() -> dict[str, str]:
    return {row["id"]: row["type"] for row in rows("entities")}


@cache
def lives() -> dict[str, list[Row]]:
    """Return the versions that stand of each organisation and office, in the order of time."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows("versions"), key=lambda row: row["valid_from"]):
        if types()[row["id"]] in ("organisation", "office") and row["preferred"] != "no":
            found[row["id"]].append(row)
    return found


def names_on(entity: str, day: str) -> set[str]:
    """Return the official name of an entity on a day that no imprecise date leaves open."""
    there = (row for row in lives()[entity] if row["valid_from"] <= day)
    return {row["name"] for row in there if not row["valid_to"] or day < row["valid_to"]}


@pytest.mark.parametrize(
    ("entity", "day", "name"),
    [
        ("bo-noi-vu-1945", "1950-01-01", "Bộ Nội vụ"),
        ("bo-cong-an-1953", "1960-01-01", "Bộ Công an"),
        ("bo-cong-an", "1990-01-01", "Bộ Nội vụ"),
        ("bo-cong-an", "2018-01-29", "Bộ Công an"),
        ("bo-noi-vu", "1995-01-01", "Ban Tổ chức - Cán bộ Chính phủ"),
        ("bo-noi-vu", "2010-01-01", "Bộ Nội vụ"),
        ("bo-noi-vu", "2025-12-01", "Bộ Nội vụ"),
    ],
)
def test_the_three_lives_of_bo_noi_vu(entity: str, day: str, name: str) -> None:
    assert names_on(VN + entity, day) == {name}


@pytest.mark.parametrize("day", ["1950-01-01", "1960-01-01", "1980-01-01", "1997-01-01", "2003-01-01", "2026-01-01"])
def test_at_most_one_ministry_is_called_bo_noi_vu_at_a_time(day: str) -> None:
    called = [entity for entity in lives() if entity.startswith(VN) and "Bộ Nội vụ" in names_on(entity, day)]
    assert len(called) == 1


@pytest.mark.parametrize(
    ("date", "entity"),
    [("1950-01-01", "bo-noi-vu-1945"), ("1990-01-01", "bo-cong-an"), ("2010-01-01", "bo-noi-vu"), (None, "bo-noi-vu")],
)
def test_a_date_tells_which_bo_noi_vu_is_meant(date: str | None, entity: str) -> None:
    match = resolver().resolve("Bộ Nội vụ", date=date, type="organisation")
    assert match.entity is not None
    assert match.entity.id == VN + entity


@pytest.mark.parametrize(("ministry", "successors"), MERGED_IN_MARCH_2025.items())
def test_the_ministries_merged_in_march_2025(ministry: str, successors: set[str]) -> None:
    changes = [c for c in rows("changes") if c["from_id"] == VN + ministry and c["date"] == MARCH]
    assert {c["to_id"] for c in changes} == {VN + successor for successor in successors}
    assert {c["instrument_id"] for c in changes} == {"vn-176-2025-qh15"}
    assert lives()[VN + ministry][-1]["valid_to"] == MARCH
    match = resolver().resolve(lives()[VN + ministry][-1]["name"])
    assert match.entity is not None
    assert match.entity.id == VN + ministry
    assert {place.id for place in match.current} == {VN + successor for successor in successors}


def test_a_minister_ends_with_the_ministry() -> None:
    match = resolver().resolve("Bộ trưởng Bộ Kế hoạch và Đầu tư", date="2024-05-01")
    assert match.entity is not None
    assert match.entity.id == "vn-office-minister-of-planning-and-investment"
    assert [place.id for place in match.current] == ["vn-office-minister-of-finance"]


@pytest.mark.parametrize("body", BODIES)
def test_every_province_of_vietnam_has_its_bodies(body: str) -> None:
    standing = [life[-1] for entity, life in lives().items() if entity.startswith(BODIES[body])]
    ended = [row for row in standing if row["valid_to"]]
    assert {row["local_type"] for row in standing} == {body}
    assert len(standing) - len(ended) == 34
    assert len(ended) == 52
    assert {row["valid_to"] for row in ended} == {REFORM}
    assert len({row["area_id"] for row in standing}) == 86


@pytest.mark.parametrize("body", BODIES)
def test_the_bodies_merged_as_their_provinces_did(body: str) -> None:
    area = {entity: life[-1]["area_id"] for entity, life in lives().items()}
    provinces = {(c["from_id"], c["to_id"]) for c in rows("changes") if (c["date"], c["kind"]) == (REFORM, "merged")}
    merged = [c for c in rows("changes") if c["from_id"].startswith(BODIES[body]) and c["kind"] == "merged"]
    assert len(merged) == 52
    assert all((area[c["from_id"]], area[c["to_id"]]) in provinces for c in merged)


def test_every_body_of_a_province_has_a_head_and_a_deputy() -> None:
    offices: dict[str, Counter[str]] = defaultdict(Counter)
    for life in lives().values():
        offices[life[-1]["parent_id"]][life[-1]["local_type"]] += 1
    of_vietnam = tuple(prefix for prefixes in BODIES.values() for prefix in prefixes)
    provincial = [
        entity
        for entity, life in lives().items()
        if entity.startswith(of_vietnam) or life[-1]["local_type"] == "administration"
    ]
    assert len(provincial) == 4 * 86 + 25
    assert all(offices[entity]["head"] == offices[entity]["deputy head"] == 1 for entity in provincial)


@pytest.mark.parametrize(("kind", "count"), [("administration", 25), ("police", 25)])
def test_every_province_of_cambodia_has_administration_and_police(kind: str, count: int) -> None:
    of_kind = [life[-1] for entity, life in lives().items() if entity.startswith(KH)]
    areas = {row["area_id"] for row in of_kind if row["local_type"] == kind}
    assert len({area for area in areas if area.startswith("kh-province-")}) == count


@pytest.mark.parametrize(
    ("entity", "day", "name"),
    [
        ("vn-organisation-cong-an-thanh-pho-hue", "2023-01-01", "Công an tỉnh Thừa Thiên Huế"),
        ("vn-organisation-cong-an-thanh-pho-hue", "2025-06-01", "Công an thành phố Huế"),
        ("vn-organisation-uy-ban-nhan-dan-tinh-dong-nai-2025", "2025-12-01", "Ủy ban nhân dân tỉnh Đồng Nai"),
        ("vn-organisation-uy-ban-nhan-dan-tinh-dong-nai-2025", "2026-08-01", "Ủy ban nhân dân thành phố Đồng Nai"),
        (KH + INSPECTION, "2023-01-01", "Ministry of National Assembly–Senate Relations and Inspection of Cambodia"),
        (KH + INSPECTION, "2024-01-01", "Ministry of Inspection of Cambodia"),
    ],
)
def test_bodies_are_renamed(entity: str, day: str, name: str) -> None:
    assert names_on(entity, day) == {name}


def test_the_police_of_the_districts_ended() -> None:
    assert lives()[VN + "cong-an-cap-huyen"][-1]["valid_to"] == MARCH
    (change,) = [c for c in rows("changes") if c["from_id"] == VN + "cong-an-cap-huyen"]
    assert (change["kind"], change["instrument_id"]) == ("abolished", "vn-02-2025-nd-cp")


def test_what_an_overruled_row_says_stands_beside_a_row_that_is_dated() -> None:
    overruled = [
        row for row in rows("versions") if row["preferred"] == "no" and types()[row["id"]] in ("organisation", "office")
    ]
    assert overruled
    for row in overruled:
        assert any(life["valid_from"] or life["valid_to"] for life in lives()[row["id"]]), row


def test_abbreviations_that_mean_many_things_are_weak() -> None:
    short = [row for row in rows("names") if row["source_id"] == "org-code-document-numbers" and len(row["text"]) <= 4]
    assert len(short) == 9
    assert all(row["weak"] == "yes" for row in short)


@pytest.mark.parametrize("mention", ["MEF", "MPWT", "MOF", "SBV", "GSO", "CDC", "NIS"])
def test_an_abbreviation_of_many_countries_stays_open(mention: str) -> None:
    assert resolver().resolve(mention).status == "ambiguous"


@pytest.mark.parametrize(("mention", "date", "entity"), [tuple(row.values()) for row in read(CASES)])
def test_what_the_press_prints_is_found(mention: str, date: str, entity: str) -> None:
    match = resolver().resolve(mention, date=date or None)
    assert match.entity is not None
    assert match.entity.id == entity


@pytest.mark.parametrize(
    ("form", "other", "filled"),
    [
        ("UBND thành phố {vi}", "TP.HCM", "UBND TP.HCM"),
        ("Bí thư Thành ủy {seat}", "TP.HCM", "Bí thư Thành ủy TP.HCM"),
        ("gouverneur {de}", "Oddar Meanchey", "gouverneur d'Oddar Meanchey"),
        ("{city} Police", "HCMC", ""),
    ],
)
def test_a_form_is_filled_in(form: str, other: str, filled: str) -> None:
    assert fill(form, other) == filled


def test_a_spelling_is_bare_but_khmer_is_kept() -> None:
    assert spelling("Công an tỉnh Đắk Lắk") == "conganTinhDakLak".lower()
    assert spelling("ក្រសួង មហាផ្ទៃ") == "ក្រសួងមហាផ្ទៃ"
