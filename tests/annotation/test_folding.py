"""Two forms of a text, and the way back to its characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.annotation.folding import fold, folded_name
from resolver.annotation.windows import windows

ODD = st.text(st.sampled_from("aÉ đœﬁ\u0301\u0323\u200b\r\n\t-’ក្កំ\u17d2ខេត្តAb."), max_size=60)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ở Kiên Giang.", "Kiên Giang"),
        (unicodedata.normalize("NFD", "ở Kiên Giang."), unicodedata.normalize("NFD", "Kiên Giang")),
        ("ở Kiên\u200b Giang.", "Kiên\u200b Giang"),
        ("ở Kiên\r\nGiang.", "Kiên\r\nGiang"),
        ("ở Kiên  \t Giang.", "Kiên  \t Giang"),
        ("cœur ﬁn, Kiên Giang", "Kiên Giang"),
        ("anKiên Giang", "Kiên Giang"),
    ],
)
def test_a_name_is_found_again_where_it_was_written(text: str, name: str) -> None:
    folded = fold(text)
    at = folded.folded.index("kien giang")
    start, end = folded.origin(at, at + len("kien giang"))
    assert text[start:end] == name


def test_khmer_signs_in_another_order_are_found_again() -> None:
    text = "នៅខេត\u17d2ដ\u200bកំពត។"
    folded = fold(text)
    at = folded.plain.index("ខេត្ត")
    start, end = folded.origin(at, at + len("ខេត្ត"))
    assert text[start:end] == "ខេត\u17d2ដ"


@given(st.one_of(st.text(max_size=80), ODD))
def test_both_forms_are_as_long_and_lead_back_in_order(text: str) -> None:
    folded = fold(text)
    assert len(folded.plain) == len(folded.folded)
    places = [folded.origin(at, at + 1) for at in range(len(folded.plain))]
    assert all(0 <= start <= end <= len(text) for start, end in places)
    assert places == sorted(places)


@given(st.text("ab \n", max_size=300), st.integers(1, 50))
def test_windows_are_the_text(text: str, times: int) -> None:
    whole = text * times * 20
    assert "".join(windows(whole.splitlines(keepends=True))) == whole


def test_windows_are_of_bounded_size() -> None:
    assert max(map(len, windows(["a" * 1_000_000]))) <= 160_000
    assert max(map(len, windows(["a b " * 10 + "\n"] * 50_000))) <= 160_000


def test_names_are_folded_like_texts() -> None:
    assert folded_name("Đắk R'lấp") == "dak r lap"
    assert folded_name("Bà Rịa - Vũng Tàu") == "ba ria vung tau"
