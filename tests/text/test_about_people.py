"""The words that tell of a person beside their name: one table for cells and for running text."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from resolver.annotation.ages import dwells, is_of_relative
from resolver.text import about_people, life, roles
from resolver.text.about_people import Kind, words
from resolver.text.words import rows

LATIN_CALLINGS = [word for word in words("calling") if word.private and word.language != "km"]


def test_each_word_stands_once_in_each_kind() -> None:
    seen = Counter((word.text.casefold(), word.language, word.kind) for word in words(*get_args(Kind)))
    assert [key for key, count in seen.items() if count > 1] == []


def test_every_row_is_of_a_known_kind() -> None:
    assert len(words(*get_args(Kind))) == len(list(rows("about_people.csv")))


def test_titles_that_say_what_somebody_does_are_no_office_holders_either() -> None:
    titles = {row["text"] for row in rows("titles.csv") if row["kind"] == "occupation"}
    callings = {word.text.casefold() for word in words("calling")}
    spelt_out = {title for title in titles if len(title) > 3}
    assert spelt_out and {title for title in spelt_out if title.casefold() in callings} == spelt_out
    assert all(map(about_people.is_private, spelt_out))


@pytest.mark.parametrize("calling", [word.text for word in LATIN_CALLINGS])
def test_a_calling_tells_of_a_private_person_behind_a_name_too(calling: str) -> None:
    assert life.life(f"Nguyễn Văn Bảy, {calling}, Cà Mau").private == calling
    assert roles.names_somebody(f"{calling} Nguyễn Văn Bảy")


@pytest.mark.parametrize("word", [one for one in words("residence") if one.anywhere and one.language == "vi"])
def test_a_home_is_told_alike_in_cells_and_in_running_text(word: about_people.Word) -> None:
    assert life.life(f"Nguyễn Văn Bảy {word.text} Cà Mau").private
    assert dwells(f"Bảy, 52 tuổi, cùng con trai {word.text} Cà Mau.", 12)


@pytest.mark.parametrize("text", ["Sok Bun, living in Takeo", "Sok Bun, who lives in Takeo", "Sok Bun lives in Takeo"])
def test_a_home_is_told_in_english(text: str) -> None:
    assert life.life(text).private and dwells(text, len("Sok Bun"))


def test_a_year_of_birth_tells_of_a_private_person_only_in_the_formula_of_police_news() -> None:
    assert life.life("Nguyễn Văn Bảy, SN 1991").private
    assert life.life("Sok Bun, born in 1971") == life.Life(1971, "")


@pytest.mark.parametrize(
    ("before", "relative"),
    [("mẹ vợ ", True), ("con rể ", True), ("ប្រពន្ធ", True), ("son of ", True), ("daughter ", False), ("và ", False)],
)
def test_an_age_behind_a_name_is_of_the_kin_told_before_it(before: str, relative: bool) -> None:
    assert is_of_relative(f"{before}X, 45", len(before)) is relative


@pytest.mark.parametrize("before", ["mẹ vợ", "wife of", "người phát ngôn và", "fille de", "កូន", "trợ lí"])
def test_kin_and_staff_before_a_title_tell_of_another(before: str) -> None:
    assert roles.tells_of_another(before)
