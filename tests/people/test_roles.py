"""People meant by their office or by a part of their name, and what is told of offices and of those who held them."""

from __future__ import annotations

import doctest
from collections import Counter
from functools import cache

import pytest

from resolver import Resolver
from resolver.days import day_range
from resolver.history.tenures import certainty, holders, one_at_a_time, standing
from resolver.model import Match, Tenure
from resolver.people import partial_names as partial
from resolver.people.partial_names import fit
from tests import samples
from tests.eval import neighbour_sweeps, office_sweeps, sweeping

MINISTER = "le ministre vietnamien de la Sécurité publique"
LUONG_TAM_QUANG = "vn-person-luong-tam-quang"


@cache
def resolver() -> Resolver:
    return Resolver()


def person(text: str, date: str) -> Match:
    return resolver().resolve(text, date=date, type="person")


@pytest.mark.parametrize("date", ["", "2025-12-01", "2026-05-01"])
def test_who_held_the_office_named_is_no_namesake_of_its_body(date: str) -> None:
    match = resolver().resolve("Bộ trưởng Bộ Nội vụ Đỗ Thanh Bình", date=date)
    assert match.entity is not None
    assert match.entity.id == "vn-person-do-thanh-binh"


def test_an_office_whose_holder_is_not_recorded_is_said_to_be_named() -> None:
    match = person("Governor of Phnom Penh", "1998")
    assert (match.status, match.note) == (
        "unmatched",
        "names an office, Governor of Phnom Penh, but who held it then is not recorded.",
    )


def test_an_office_not_seen_for_years_is_told_with_its_date_or_not_at_all() -> None:
    (seen,) = person("Director of Kien Giang Provincial Police", "2024-11-27").candidates
    assert [one.text for one in seen.evidence] == [
        "Đỗ Triệu Phong was last seen in the office 2020-10: Giám đốc Công an tỉnh Kiên Giang"
    ]
    assert resolver().entity("vn-person-do-trieu-phong", date="2024-11-27").path.endswith("(known as of 2020-10)")
    assert "Bí thư" not in person("Bùi Văn Nam", "2020-05-20").note


def test_who_only_acts_in_an_office_is_said_to() -> None:
    note = person("Minister of Public Security", "2024-05-28").note
    assert note.startswith("Trần Quốc Tỏ, Thứ trưởng Bộ Công an, Bộ trưởng Bộ Công an (acting); now ")


def test_an_office_is_called_what_it_was_called_then() -> None:
    note = person("Phạm Minh Chính", "2013-05-05").note
    assert "Bí thư Tỉnh ủy Quảng Ninh" in note and "Thành ủy" not in note


def id_of(match: Match) -> str:
    return match.entity.id if match.entity else ""


@pytest.mark.parametrize(
    ("date", "holder"), [("2018-01-29", "vn-person-to-lam"), ("2025-02-19", LUONG_TAM_QUANG)], ids=["then", "later"]
)
def test_an_office_is_matched_and_names_its_holder_then(date: str, holder: str) -> None:
    office = resolver().resolve(MINISTER, date=date)
    assert (id_of(office), office.method) == ("vn-office-minister-of-public-security", "role")
    assert [tenure.person_id for tenure in office.holders] == [holder]
    assert f"held by {office.holders[0].person}" in office.note
    asked = person(MINISTER, date)
    assert (id_of(asked), asked.status, asked.method) == (holder, "matched", "role")
    assert "held the office then" in asked.evidence[0].text


def test_of_several_holders_none_is_picked() -> None:
    match = person("Deputy Director of Kien Giang Provincial Police", "2024-11-27")
    assert match.status == "ambiguous"
    assert {"vn-person-dao-hai-dang", "vn-person-diep-van-the"} <= {one.entity.id for one in match.candidates}
    assert person("Col. Dang, Deputy Director of Kien Giang Provincial Police", "2024-11-27").entity is not None


def test_who_holds_two_offices_named_together_is_meant() -> None:
    match = person("vice-Premier ministre et ministre de l'Intérieur du Cambodge", "2025-02-19")
    assert id_of(match) == "kh-person-sar-sokha"


def test_an_acting_holder_and_former_ones() -> None:
    assert id_of(person("Acting Minister of Public Security of Vietnam", "2024-05-28")) == "vn-person-tran-quoc-to"
    former = person("former Minister of Public Security of Vietnam", "2025-02-19")
    assert former.status == "ambiguous"
    assert former.candidates[0].entity.id != LUONG_TAM_QUANG
    office = resolver().resolve("former Minister of Public Security of Vietnam", date="2025-02-19")
    assert "vn-person-to-lam" in [tenure.person_id for tenure in office.holders]
    assert LUONG_TAM_QUANG not in [tenure.person_id for tenure in office.holders]


def test_an_office_of_before_its_time_counts_against() -> None:
    text = "Minister of Public Security Luong Tam Quang"
    now, before = person(text, "2025-02-19"), person(text, "2018-01-29")
    assert (now.status, before.status) == ("matched", "ambiguous")
    assert any(one.feature == "role_ahead" and one.weight < 0 for one in before.candidates[0].evidence)


def test_a_part_of_a_name_needs_an_office_beside_it() -> None:
    alone = person("Luong Quang", "2025-02-19")
    beside = person("Luong Quang, Minister of Public Security", "2025-02-19")
    assert (alone.status, id_of(beside)) == ("ambiguous", LUONG_TAM_QUANG)
    assert [one.entity.id for one in alone.candidates] == [LUONG_TAM_QUANG]
    assert person("Đặng Hải Đào", "2024-11-27").status == "unmatched"


def test_a_person_then_and_now() -> None:
    match = resolver().resolve("Sen. Lt. Gen. Luong Tam Quang", date="2022-10-12", to="2025-02-19")
    assert match.entity is not None
    assert match.entity.path == "Lương Tam Quang, Thứ trưởng Bộ Công an"
    assert match.current[0].path.startswith("Lương Tam Quang, Bộ trưởng Bộ Công an")
    assert match.note.startswith("Lương Tam Quang, Thứ trưởng Bộ Công an; now Bộ trưởng Bộ Công an")


def test_the_holder_whose_term_was_seen_long_ago_is_not_matched() -> None:
    match = person("Vietnamese Minister of Public Security", "2040-01-01")
    assert match.status == "ambiguous"
    assert match.score < 0.5


def tenure(person_id: str, valid_from: str = "", valid_to: str = "", *attested: str, acting: bool = False) -> Tenure:
    return Tenure(person_id, "office", "Office", valid_from, valid_to, attested, acting, person_id)


def test_certainty_fades_after_the_last_sighting() -> None:
    seen = tenure("a", "2020-01-01", "", "2022-01-01")
    sure, half, faint = (certainty(seen, day_range(day)) for day in ("2021-06-01", "2022-07-01", "2026-01-01"))
    assert sure > 0.9 > half > 0.8 > faint
    assert certainty(tenure("a", "2020", "2022"), day_range("2020-06-01")) < 0.8
    assert certainty(tenure("a", "", "2021/2023", "2021-05-05"), day_range("2021-05-05")) > 0.9


def test_holders_acting_former_and_seen_shortly_before() -> None:
    minister, acting, later = (
        tenure("a", "2016-04-09", "2024-05-22"),
        tenure("b", "2024-05-22", "2024-06-06", acting=True),
        tenure("c", "2024-06-06"),
    )
    every, day = (minister, acting, later), day_range("2024-05-28")
    assert holders(every, day) == (acting,)
    assert holders(every, day, former=True) == (minister,)
    assert holders((tenure("d", "", "", "2024-01-01"),), day)
    assert holders((tenure("d", "", "", "2020-01-01"),), day) == ()
    assert standing([later], day_range("2018-01-01")) == "ahead"
    assert standing([minister], day) == "past"


def test_one_at_a_time() -> None:
    in_turn = [tenure("a", "2007", "2011"), tenure("b", "2011", "2016"), tenure("c", "2016")]
    assert one_at_a_time(in_turn)
    assert not one_at_a_time([*in_turn, tenure("d", "2014", "2020")])
    assert not one_at_a_time(in_turn[:1])


@pytest.mark.parametrize(
    ("typed", "name", "how"),
    [
        ("Sokha Sar", "Sar Sokha", "turned"),
        ("T. Lam", "Tô Lâm", "initials"),
        ("L.T. Quang", "Lương Tam Quang", "initials"),
        ("Quảng", "Lương Tam Quang", ""),
        ("Lam To", "Tô Lâm", "turned"),
        ("Dang Hai Dao", "Đào Hải Đăng", ""),
        ("Luong Tam Quang", "Lương Tam Quang", ""),
        ("Tam", "Lương Tam Quang", ""),
        ("Nguyen Van Thanh", "Lê Văn Thành", ""),
    ],
)
def test_parts_of_names(typed: str, name: str, how: str) -> None:
    assert fit(typed, name) == how


def test_examples_run() -> None:
    assert doctest.testmod(partial).failed == 0


def test_who_was_in_office_is_meant_before_a_namesake_was_seen_in_any() -> None:
    cases = list(neighbour_sweeps.before_the_namesake())
    matches = resolver().resolve_many([case.mention for case in cases])
    verdicts = Counter(map(sweeping.judge, cases, matches))
    assert set(verdicts) <= {"right", "ambiguous"}
    # The others are common names, and names that two people in office on that day have.
    assert verdicts["right"] > 0.6 * len(cases) > 5


def test_who_held_a_local_office_is_found_by_name_and_the_office_without_its_place() -> None:
    cases = list(office_sweeps.without_place())[::20]
    matches = resolver().resolve_many([case.mention for case in cases])
    verdicts = Counter(map(sweeping.judge, cases, matches))
    assert set(verdicts) <= {"right", "ambiguous"}
    assert verdicts["right"] > 0.95 * len(cases) > 100


@pytest.mark.parametrize(
    "office", ["Chủ tịch UBND huyện", "Giám đốc Sở Y tế", "Chủ tịch Hội Nông dân tỉnh", "Giám đốc"]
)
def test_an_office_of_another_kind_than_somebody_held_leaves_the_name_open(office: str) -> None:
    assert resolver().resolve(f"Trần Đức Quận, {office}").status == "ambiguous"


@pytest.mark.parametrize(
    "text",
    ["HLV Park Hang-seo", "ca sĩ Trần Thu Hà My", "Bà Phạm Thị Tư", "Mrs. Jane Doe", "លោក សុខ វិសាល", "Phạm Văn Ất"],
)
def test_of_a_person_nobody_knows_this_is_said(text: str) -> None:
    match = resolver().resolve(text)
    assert (match.status, match.note[:14]) == ("unmatched", "names a person")


@pytest.mark.parametrize("text", ["Vĩnh Xyz", "Xã Trần Qwe", "Công ty Abc", "Chủ tịch Abc", "ca sĩ"])
def test_what_is_no_person_is_not_called_one(text: str) -> None:
    assert not resolver().resolve(text).note.startswith("names a person")


def test_a_provincial_governor_is_found_by_name_and_title() -> None:
    """Every governor of a province of Cambodia: the title with its word for the province is a title, too."""
    governors = {
        row["person_id"] for row in samples.tables()["tenures"] if row["office_id"].startswith("kh-office-governor-of-")
    }
    asked = sorted({row["name"] for row in samples.tables()["versions"] if row["id"] in governors})
    plain = resolver().resolve_many([f"Governor {name}" for name in asked])
    titled = resolver().resolve_many([f"Provincial Governor {name}" for name in asked])
    assert len(asked) > 20
    assert [(one.status, one.entity and one.entity.id) for one in titled] == [
        (one.status, one.entity and one.entity.id) for one in plain
    ]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Nguyễn Hồng Diên, Minister of Industry and Trade of Vietnam", "vn-person-nguyen-hong-dien"),
        ("Chan Sarun, Minister of Agriculture, Forestry and Fisheries of Cambodia", "kh-person-chan-sarun"),
        ("Say Chhum, président du Sénat du Cambodge", "kh-person-say-chhum"),
        ("Tổng Thanh tra Chính phủ Đoàn Hồng Phong", "vn-person-doan-hong-phong"),
        ("Nguyễn Văn Du nguyên Bí thư Tỉnh ủy Bắc Kạn", "vn-person-nguyen-van-du"),
        ("Lao Sokha former Mondulkiri provincial police chief", "kh-person-lao-sokha"),
    ],
)
def test_beside_an_office_that_they_held_people_are_meant_and_no_place(text: str, person: str) -> None:
    """Their names are a letter or two off places (Phong Điền), and nothing says that a person is asked for."""
    match = resolver().resolve(text)
    assert match.entity and match.entity.id == person
