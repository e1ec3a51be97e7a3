"""Checks that leave out slow patterns: over all words of the tables they answer as the patterns do."""

from __future__ import annotations

import pytest

from resolver.text import english, french, function_words, khmer, roles, terms, type_slips, vietnamese
from resolver.text.words import TOKEN, phrased, rows
from tests import samples

LANGUAGES = (french, english, vietnamese, khmer)
OFFICES = ("Minister of Interior", "ministre de l'Intérieur", "Bộ trưởng Bộ Công an", "chủ tịch UBND tỉnh Cà Mau")


@pytest.mark.parametrize("row", list(rows("role_modifiers.csv")), ids=lambda row: f"{row['word']}, {row['place']}")
def test_every_modifier_of_an_office_is_seen(row: dict[str, str]) -> None:
    for word in (row["word"], row["word"].upper(), row["word"].capitalize()):
        for office in OFFICES:
            apart = "" if khmer.is_khmer(word) else " "
            before, after = f"{word}{apart}{office}", f"{office}{apart}{word}"
            told = before if row["place"] == "before" else after
            assert roles._any_modifier().search(told)
            assert not roles._has_no_modifier(told)


def test_no_modifier_is_missed_in_titles() -> None:
    titles = [row.text for row in samples.name_rows() if row.type in {"office", "organisation", "person"}]
    ruled_out = [title for title in titles if roles._has_no_modifier(title)]
    assert len(ruled_out) > len(titles) / 2
    assert not any(roles._any_modifier().search(title) for title in ruled_out)


def test_function_words_are_stripped_as_by_each_language() -> None:
    words = sorted(word for language in LANGUAGES for word in language.FUNCTION_WORDS)
    names = [row.text for row in samples.name_rows()[::50]]
    texts = [*names, *(f"{cased} {name}" for name in names[::40] for word in words for cased in (word, word.upper()))]
    for text in (*texts, "the Governor's office", "d'An Giang", "ŒUVRE", "OEuvre de la ville", "of"):
        expected = text
        for language in LANGUAGES:
            expected = language.strip_function_words(expected)
        assert function_words.strip_function_words(text) == expected


def test_type_words_at_the_ends_are_found() -> None:
    words = {text for text, word in terms._type_words().items() if TOKEN.fullmatch(text) or word.after}
    for text in words:
        if phrased(tuple(TOKEN.findall(text))) != text or khmer.is_khmer(text):
            continue
        if len(text) > 1:
            assert terms.leading_type(f"{text} Hưng Thạnh"), text
        if terms._type_words()[text].after:
            assert terms.trailing_type(f"Hưng Thạnh {text}"), text


def test_misspelt_type_words_begin_as_expected() -> None:
    known = type_slips._beginnings()
    assert set(type_slips._variants_in_one_word()) <= known
    for variant in type_slips._variants_in_two_words():
        assert {variant[:size] for size in range(1, len(variant) + 1)} <= known
    assert not {"nguyen", "long", "phuoc"} & known
