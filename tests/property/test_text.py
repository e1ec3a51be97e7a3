"""What holds for every text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolver.text import english, french, keys, khmer, legacy, unicode, vietnamese

ANY = st.text(st.characters(), max_size=60) | st.text(st.characters(categories=["Cs", "Mn", "Cf", "Lu", "Zs"]))
VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ -")
FRENCH = st.text("abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ '-")
KHMER_LETTERS = "".join(map(chr, [*range(0x1780, 0x17A3), *range(0x17A5, 0x17B4), *range(0x17B6, 0x17D4)]))
KHMER = st.text(KHMER_LETTERS + " \u200b\u200c")
# Real runs of marks, which uniform characters hardly ever produce.
STACKED = st.text("aeoAÂ\u0300\u0301\u0302\u0306\u031b\u0323\u0345а\u200d កំ្រ", max_size=60)
LEGACY = st.text("aeonhgtAEOÖ µ¸¶·¹¨©ª«¬®×÷øùûõïâàáãäêèéúüëñòóÃÄÅá»º™\xad\xa0", max_size=20)
TEXTS = ANY | STACKED | KHMER | VIETNAMESE | FRENCH | LEGACY

TO_TEXT: dict[str, Callable[[str], str]] = {
    "clean": lambda text: unicode.clean(text).text,
    "fold_latin": unicode.fold_latin,
    "vietnamese.normalise": vietnamese.normalise,
    "vietnamese.fold": vietnamese.fold,
    "vietnamese.strip_function_words": vietnamese.strip_function_words,
    "french.normalise": french.normalise,
    "french.fold": french.fold,
    "french.strip_function_words": french.strip_function_words,
    "english.normalise": english.normalise,
    "english.fold": english.fold,
    "english.strip_function_words": english.strip_function_words,
    "khmer.normalise": khmer.normalise,
    "khmer.fold": khmer.fold,
    "khmer.strip_function_words": khmer.strip_function_words,
    "keys.fold": keys.fold,
    "keys.key": keys.key,
    "keys.word_key": keys.word_key,
}
CLEANED = TEXTS.map(lambda text: unicode.clean(text).text)


@pytest.mark.parametrize("function", TO_TEXT)
@given(text=TEXTS)
def test_never_raises_and_twice_is_once(function: str, text: str) -> None:
    apply = TO_TEXT[function]
    mention = text if function == "clean" else unicode.clean(text).text
    apply(text)
    once = apply(mention)
    assert apply(once) == once


@given(TEXTS)
def test_clean_gives_short_nfc_without_controls(text: str) -> None:
    clean = unicode.clean(text).text
    assert unicodedata.is_normalized("NFC", clean)
    assert len(clean) <= unicode.MAX_LENGTH
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in clean)
    assert clean == " ".join(clean.split())


@given(st.integers(900, 3000), st.sampled_from(["\u0301", "\u0323\u0301", "a", "a\u0301", "\ufb03", " "]))
def test_clean_of_long_text(length: int, unit: str) -> None:
    clean = unicode.clean("a" + unit * length)
    assert len(clean.text) <= unicode.MAX_LENGTH
    assert unicode.clean(clean.text).text == clean.text


@given(VIETNAMESE | FRENCH | KHMER)
def test_one_key_for_all_forms(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    for variant in (unicodedata.normalize("NFD", text), text.upper(), text.title()):
        assert keys.fold(variant) == keys.fold(text)


@given(VIETNAMESE | FRENCH)
def test_latin_fold_is_ascii(text: str) -> None:
    assert keys.fold(text).isascii()
    assert vietnamese.fold(unicodedata.normalize("NFD", text)) == vietnamese.fold(text)


@given(KHMER)
def test_key_keeps_all_khmer(text: str) -> None:
    assert keys.key(text) == khmer.normalise(khmer.normalise(text).replace(" ", ""))
    kept = set(khmer.normalise(text))
    # Letters are never lost; subscript da becomes ta, and qoo type two becomes qoo.
    assert {c for c in text if "\u1780" <= c <= "\u17b3"} - kept <= {"\u178a", "\u17b2"}


@given(TEXTS)
def test_marks_fit_the_letters(text: str) -> None:
    vietnamese.marks(text)
    assert vietnamese.accents(text, text) == "same"


@given(VIETNAMESE)
def test_accents_of_bare_and_capitals(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert len(vietnamese.marks(text)) == len(keys.key(text))
    assert vietnamese.accents(text.upper(), text) == "same"
    bare = vietnamese.fold(text)
    assert vietnamese.accents(bare, text) == ("bare" if any(vietnamese.marks(text)) else "same")
    assert vietnamese.accents(text, bare) == ("extra" if any(vietnamese.marks(text)) else "same")


@given(TEXTS)
def test_repair_never_raises_and_is_noted(text: str) -> None:
    repaired = legacy.repair(text)
    assert bool(repaired.notes) == (repaired.text != text)


@given(VIETNAMESE.filter(vietnamese.is_vietnamese))
def test_repair_leaves_vietnamese(text: str) -> None:
    assert legacy.repair(text).text == text
