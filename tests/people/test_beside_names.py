"""Parent columns of people: what others do, where others live and serve, and what is the person's own."""

from __future__ import annotations

from functools import cache

import pytest

from resolver import Resolver
from resolver.model import Match
from tests.eval import beside_sweeps, sweeping


@cache
def resolver() -> Resolver:
    return Resolver()


def person(text: str, date: str, *within: str) -> Match:
    return resolver().resolve(text, date=date, type="person", within=within)


OTHERS = [
    ("Cham Prasidh", "2012", ("Watchmaker",)),
    ("Cham Prasidh", "2012", ("Angkor Salt Works",)),
    ("Cham Prasidh", "2012", ("Angkor Salt Works", "Cambodia")),
    ("Cham Prasidh", "2012", ("Uruguay",)),
    ("Cham Prasidh", "2012", ("Khum Chrouy Snaeng",)),
    ("Lê Minh Hoan", "2022", ("Giám đốc", "Công ty TNHH Minh Quân")),
    ("Lê Minh Hoan", "2022", ("Lào Cai",)),
    ("Lê Minh Hoan", "2022", ("Bộ Y tế",)),
    ("Le Minh Hoan", "2022", ("Công ty TNHH Minh Quân", "Đồng Tháp")),
]
OWN = [
    ("Cham Prasidh", "2012", ("Cambodia",)),
    ("Cham Prasidh", "2012", ("male",)),
    ("Cham Prasidh", "2012", ("CPP", "2012")),
    ("Cham Prasidh", "2012", ("Phnom Penh",)),
    ("Cham Prasidh", "2012", ("veteran politician",)),
    ("Lê Minh Hoan", "2022", ("Bộ trưởng",)),
    ("Lê Minh Hoan", "2022", ("Đồng Tháp", "Hà Nội")),
    ("Lê Minh Hoan", "2022", ("Quốc hội",)),
    ("Đào Hải Đăng", "2024-11-27", ("Công an tỉnh Kiên Giang",)),
    ("Đào Hải Đăng", "2024-11-27", ("Kiên Giang", "Công an")),
    ("Đào Hải Đăng", "2024-11-27", ("Phó Giám đốc", "Công an tỉnh Kiên Giang")),
]


@pytest.mark.parametrize(("text", "date", "within"), OTHERS)
def test_a_column_of_somebody_else_leaves_the_person_open(text: str, date: str, within: tuple[str, ...]) -> None:
    match = person(text, date, *within)
    assert match.status != "matched", match.note
    assert match.candidates and match.note


@pytest.mark.parametrize(("text", "date", "within"), OTHERS)
def test_columns_and_one_cell_are_read_alike(text: str, date: str, within: tuple[str, ...]) -> None:
    assert person(", ".join((text, *within)), date).status != "matched"


@pytest.mark.parametrize(("text", "date", "within"), OWN)
def test_a_column_of_their_own_or_of_anybody_is_no_obstacle(text: str, date: str, within: tuple[str, ...]) -> None:
    match = person(text, date, *within)
    assert match.entity is not None and match.entity.name == text, match.note


def test_the_note_says_what_did_not_count() -> None:
    assert "Not counted: “male”." in person("Cham Prasidh", "2012", "male").note
    assert "But the context names something else" in person("Lê Minh Hoan", "2022", "Đồng Tháp", "Lào Cai").note
    assert "Công ty Sao Mai" in person("Cham Prasidh", "2012", "Công ty Sao Mai").note


@pytest.mark.parametrize("kind", list(beside_sweeps.SWEEPS))
def test_of_all_people_some_are_asked_for(kind: str) -> None:
    """Every 31st mention of a sweep; ``python -m tests.eval.sweeping`` asks for all."""
    cases = list(beside_sweeps.SWEEPS[kind]())[::31]
    answers = resolver().resolve_many([case.mention for case in cases])
    verdicts = [sweeping.judge(case, match) for case, match in zip(cases, answers, strict=True)]
    assert "wrong" not in verdicts
    assert verdicts.count("right") > 0.9 * len(verdicts)
