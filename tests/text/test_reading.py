"""How mentions are read: every reading that a person would think of is among them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from resolver.text import terms
from resolver.text.reading import read

CASES = list(
    csv.DictReader(
        (Path(__file__).resolve().parent.parent / "cases" / "readings.csv").read_text(encoding="utf-8").splitlines()
    )
)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_all_readings_are_found(case: dict[str, str]) -> None:
    cores = {reading.core for reading in read(case["mention"]).readings}
    assert set(case["cores"].split("|")) <= cores, case["reason"]


def test_type_words_say_which_type_is_meant() -> None:
    split = terms.leading_type("P. Bến Nghé")
    assert split is not None
    word, rest = split
    assert rest == "Bến Nghé"
    assert ("commune", "phường") in word.meanings


def test_an_accented_word_is_no_type_word_of_other_accents() -> None:
    assert terms.leading_type("Xá Lợi") is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("P. Bến Nghé Q.1 TP HCM", ["P. Bến Nghé", "Q.1", "TP HCM"]),
        ("xa cao pha huyen mu cang chai tinh yen bai", ["xa cao pha", "huyen mu cang chai", "tinh yen bai"]),
        ("Thành phố Hồ Chí Minh", ["Thành phố Hồ Chí Minh"]),
        ("Preah Sihanouk", ["Preah Sihanouk"]),
    ],
)
def test_addresses_without_commas_fall_into_parts(text: str, parts: list[str]) -> None:
    assert terms.split_at_types(text) == parts


def test_parts_are_context_of_each_other() -> None:
    heads = {reading.core: reading.context for reading in read("Hà Tiên, Kiên Giang").readings}
    assert heads["Hà Tiên"] == ("Kiên Giang",)
    assert heads["Kiên Giang"] == ("Hà Tiên",)


def test_a_rank_that_two_languages_share_keeps_all_its_meanings() -> None:
    found = terms.leading_title("Colonel General Luong Tam Quang")
    assert found is not None
    titles, name = found
    assert name == "Luong Tam Quang"
    assert titles[0].concepts
