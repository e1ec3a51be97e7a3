"""People found by names that are spelt otherwise, and offices and bodies named with what they belong to."""

from __future__ import annotations

import doctest
from functools import cache

import pytest

from resolver import Resolver
from resolver.model import Match
from resolver.people import respelt, slips
from tests.eval import neighbour_sweeps


@cache
def resolver() -> Resolver:
    return Resolver()


def meant(match: Match) -> str:
    return match.entity.id if match.entity else match.status


@pytest.mark.parametrize("module", [respelt, slips])
def test_examples(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Choun Narin", "kh-person-chuon-narin"),
        ("Oum Reatrey", "kh-person-um-reatrey"),
        ("Mok Chhito", "kh-person-mok-chito"),
        ("Dim Bora", "kh-person-doem-bora"),
        ("ជួន ណារិន្ទ", "kh-person-chuon-narin"),
        ("Hun Maneth", "kh-person-hun-manet"),
        ("Neth Saboeun", "kh-person-neth-savoeun"),
        ("Lam, To", "vn-person-to-lam"),
        ("ngài tiến sỹ Úc Ra-Bun", "kh-person-ouk-rabun"),
        ("H.E. Choun Narin, Phnom Penh's new police commissioner", "kh-person-chuon-narin"),
    ],
)
def test_a_respelt_name_is_found(text: str, person: str) -> None:
    match = resolver().resolve(text, type="person")
    assert (meant(match), match.score < 1.0) == (person, True)


@pytest.mark.parametrize(
    "text",
    [
        "Hun Manith",
        "Meas Sovann",
        "Sok Senda Sophea",
        "Men Sam Ana",
        "Ang Vonga Vathana",
        "Le Nguyen Minh Triet",
        "Prak Sokhonna",
        "Neth Savoeuna",
        "Lê Tấn Tời",
        "Nguyện Văn Long",
        "Sar Bora",
        "Y Thanh Hả Niê Kđăm",
    ],
)
def test_another_name_is_not_matched(text: str) -> None:
    assert meant(resolver().resolve(text, type="person")) in {"unmatched", "ambiguous"}


def test_anything_asked_for_finds_a_respelt_name_too_but_less_surely() -> None:
    asked, anything = resolver().resolve("Mok Chhito", type="person"), resolver().resolve("Mok Chhito")
    assert meant(asked) == meant(anything)
    assert anything.score < asked.score


def test_the_country_asked_for_counts() -> None:
    assert meant(resolver().resolve("Mok Chhito", type="person", country="VN")) == "unmatched"


def test_the_evidence_is_that_of_the_two_names() -> None:
    told = {one.feature for one in resolver().resolve("Mok Chhito", type="person").evidence}
    assert {"two_people", "word"} <= told


@pytest.mark.parametrize("type_", [None, "organisation"])
def test_a_body_is_found_by_its_path(type_: str | None) -> None:
    for body in ("vn-organisation-ngan-hang-nha-nuoc", "vn-organisation-cuc-an-ninh-mang"):
        path = resolver().entity(body).path
        assert meant(resolver().resolve(path, type=type_)) == body


@pytest.mark.parametrize("type_", [None, "office"])
def test_an_office_is_found_by_its_path(type_: str | None) -> None:
    for office in ("vn-office-governor-of-the-state-bank", "kh-office-governor-of-ratanakiri"):
        path = resolver().entity(office).path
        assert meant(resolver().resolve(path, type=type_)) == office


def test_what_an_office_does_not_belong_to_makes_it_no_path() -> None:
    match = resolver().resolve("Công an tỉnh Cà Mau, Bộ Ngoại giao, Chính phủ", type="organisation")
    assert meant(match) != "vn-organisation-cong-an-tinh-ca-mau"


TWO_OFFICES = "Deputy Prime Minister and Interior Minister of Cambodia"


def test_offices_alone_name_an_office_one_or_two() -> None:
    one = resolver().resolve("Interior Minister of Cambodia", date="2025-02-19")
    two = resolver().resolve(TWO_OFFICES, date="2025-02-19")
    assert (meant(one), meant(two)) == ("kh-office-minister-of-interior", "kh-office-deputy-prime-minister")
    assert {tenure.person_id for tenure in two.holders} == {"kh-person-sar-sokha"}
    assert two.note.startswith("names 2 offices: ")
    assert two.note.endswith("held together by Sar Sokha.")


def test_a_person_asked_for_is_the_holder_of_one_office_or_two() -> None:
    for text in ("Interior Minister of Cambodia", TWO_OFFICES):
        assert meant(resolver().resolve(text, date="2025-02-19", type="person")) == "kh-person-sar-sokha"


def test_who_may_be_named_is_kept_for_other_days() -> None:
    kept = resolver()._engine._respelt
    days = ["1999", "2010-05-05", "2024-11-27", None]
    for text in ("Choun Narin", "Hun Maneth", "Lam, To"):
        together = [resolver().resolve(text, date=day) for day in days]
        for day, match in zip(days, together, strict=True):
            kept._known.clear()
            assert resolver().resolve(text, date=day) == match
            assert match.mention.date == (day or "")


def test_another_vowel_in_one_short_word_is_no_sure_spelling() -> None:
    """All people with such a word: Bean Sreymom is hardly Ban Sreymom."""
    cases = list(neighbour_sweeps.SWEEPS["other short word"]())
    answers = resolver().resolve_many([case.mention for case in cases])
    assert len(cases) > 30
    assert {match.status for match in answers} <= {"ambiguous", "unmatched"}
