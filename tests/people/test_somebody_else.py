"""Words beside a name that tell of somebody else than the official of that name, and those that tell nothing."""

from __future__ import annotations

from functools import cache

import pytest

from resolver import Resolver
from resolver.model import Match
from tests.eval import bearer_sweeps, sweeping


@cache
def resolver() -> Resolver:
    return Resolver()


def person(text: str, date: str = "") -> Match:
    return resolver().resolve(text, date=date, type="person")


@pytest.mark.parametrize(
    "text",
    [
        "Mrs. Prak Sokhonn",
        "Lok Chumteav Aun Pornmoniroth",
        "លោកជំទាវ ទៀ បាញ់",
        "Mme Luong Cuong",
        "bà Trần Thanh Mẫn",
        "ông Nguyễn Thị Hồng",
        "Mr. Khuon Sudary",
        "phu nhân Thủ tướng Phạm Minh Chính",
        "Thư ký của Chủ tịch nước Lương Cường",
        "nephew of Prime Minister Hun Manet",
        "conseiller du Premier ministre Hun Manet",
        "ភរិយា ទៀ បាញ់",
        "ទីប្រឹក្សានាយករដ្ឋមន្ត្រី ហ៊ុន ម៉ាណែត",
        "Thiếu úy Lương Cường",
        "luật sư Nguyễn Hòa Bình",
        "BS Lương Tam Quang",
        "Trần Cẩm Tú, giảng viên Đại học Vinh",
        "Nguyễn Khắc Thận (SN 1998, trú tại Thái Bình)",
        "Lương Nguyễn Minh Triết, 31 tuổi, Đà Nẵng",
        "Sok Lou, 41, from Battambang",
        "Sok Lou, habitant de Battambang",
        "Phạm Minh Chính (1985)",
    ],
)
def test_somebody_else_is_not_the_official(text: str) -> None:
    assert person(text).status != "matched"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("bà Trương Thị Mai", "Trương Thị Mai"),
        ("bà Giàng Páo Mỷ", "Giàng Páo Mỷ"),
        ("Mme Phoeung Sakona", "Phoeung Sakona"),
        ("Lok Chumteav Khuon Sudary", "Khuon Sudary"),
        ("Thứ trưởng Bộ Ngoại giao, bà Nguyễn Minh Hằng", "Nguyễn Minh Hằng"),
        ("PGS.TS.BS Đào Hồng Lan", "Đào Hồng Lan"),
        ("Phạm Minh Chính (1958)", "Phạm Minh Chính"),
        ("Phạm Minh Chính (SN 1958)", "Phạm Minh Chính"),
        ("Tea Banh, 79", "Tea Banh"),
        ("TEA Banh, Mr", "Tea Banh"),
        ("Sar, Kheng, 1951-", "Sar Kheng"),
        ("Politburo member Luong Cuong", "Lương Cường"),
        ("UVTW Đảng Trần Sỹ Thanh", "Trần Sỹ Thanh"),
        ("Phan Văn Mãi, Ủy viên Trung ương Đảng, Phó Bí thư Thành ủy, Chủ tịch UBND TP.HCM", "Phan Văn Mãi"),
        ("Hun Manet, from Cambodia", "Hun Manet"),
    ],
)
def test_what_tells_of_nobody_else_is_no_obstacle(text: str, name: str) -> None:
    match = person(text)
    assert match.entity is not None, match.note
    assert match.entity.name == name


@pytest.mark.parametrize(
    "text", ["Lương Nguyễn Minh Triết, 31 tuổi, Đà Nẵng", "Lê Văn Xuân (SN 1985, trú tại Nghệ An)"]
)
def test_the_home_of_a_private_person_is_not_what_the_text_means(text: str) -> None:
    assert resolver().resolve(text).status != "matched"


def test_what_can_be_no_vietnamese_word_is_a_slip_and_nobody_elses_name() -> None:
    """Vietnamese names of which one letter makes another word are hardly known ones; Thưởgn is no word."""
    assert person("Võ Văn Thưởgn").score > 0.5 > person("Võ Văn Thường").score
    assert person("Veng Makhon").status != "matched"


def test_the_note_says_what_speaks_against_the_person() -> None:
    assert "“Madame”: the person is not known to be called so" in person("Madame Sar Kheng").note
    assert (
        "the words before the office say that another person is meant"
        in person("adviser to Prime Minister Hun Manet").note
    )


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "vợ ông Võ Văn Thưởng",
            "contains the name of Võ Văn Thưởng (person), but “vợ ông” beside it tells of somebody",
        ),
        (
            "diễn viên Phan Văn Giang",
            "contains the name of Phan Văn Giang (person), but “diễn viên” beside it tells",
        ),
        ("Hun Manet Bridge", "contains the name of Hun Manet (person), but “Bridge” beside it was not understood"),
        ("Trung úy Phan Văn Giang", "contains the name of Phan Văn Giang"),
    ],
)
def test_the_note_says_which_known_name_is_in_a_text_and_why_it_is_not_meant(text: str, note: str) -> None:
    assert note in resolver().resolve(text).note


@pytest.mark.parametrize("text", ["ông Hồ Chí Minh Đăng", "John Smith", "ông Lê Quân Bảo"])
def test_the_note_tells_of_no_name_that_is_only_the_beginning_of_another(text: str) -> None:
    assert "contains the name" not in resolver().resolve(text).note


@pytest.mark.parametrize("kind", list(bearer_sweeps.SWEEPS))
def test_of_all_people_some_are_asked_for(kind: str) -> None:
    """Every 29th mention of a sweep; ``python -m tests.eval.sweeping`` asks for all."""
    cases = list(bearer_sweeps.SWEEPS[kind]())[::29]
    answers = resolver().resolve_many([case.mention for case in cases])
    verdicts = [sweeping.judge(case, match) for case, match in zip(cases, answers, strict=True)]
    assert len(verdicts) > 10
    assert "wrong" not in verdicts
    assert verdicts.count("right") > 0.9 * len(verdicts)
