"""Each function of `resolver.text` against the cases of the CSV file named after it.

In the files ``\\uXXXX`` stands for a character that an editor would hide or change, and ``|`` joins several values.
"""

from __future__ import annotations

import csv
import doctest
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from resolver import text
from resolver.text import (
    asides,
    bearers,
    english,
    french,
    keys,
    keystrokes,
    khmer,
    khmer_romanisation,
    legacy,
    life,
    listed,
    numerals,
    phrases,
    roles,
    terms,
    type_slips,
    unicode,
    vietnamese,
)

HERE = Path(__file__).parent
FUNCTIONS: dict[str, Callable[[str], object]] = {
    "unicode_clean": lambda mention: unicode.clean(mention).text,
    "unicode_notes": lambda mention: "|".join(unicode.clean(mention).notes),
    "unicode_fold_latin": unicode.fold_latin,
    "legacy_repair": lambda mention: legacy.repair(mention).text,
    "vietnamese_is_syllable": lambda word: "yes" if vietnamese.is_syllable(word) else "no",
    "vietnamese_is_vietnamese": lambda mention: "yes" if vietnamese.is_vietnamese(mention) else "no",
    "vietnamese_normalise": vietnamese.normalise,
    "vietnamese_fold": vietnamese.fold,
    "vietnamese_marks": lambda mention: "|".join(vietnamese.marks(mention)),
    "vietnamese_strip_function_words": vietnamese.strip_function_words,
    "french_normalise": french.normalise,
    "french_fold": french.fold,
    "french_strip_function_words": french.strip_function_words,
    "english_normalise": english.normalise,
    "english_fold": english.fold,
    "english_strip_function_words": english.strip_function_words,
    "khmer_is_khmer": lambda mention: "yes" if khmer.is_khmer(mention) else "no",
    "khmer_normalise": khmer.normalise,
    "khmer_fold": khmer.fold,
    "khmer_strip_function_words": khmer.strip_function_words,
    "keys_fold": keys.fold,
    "keys_key": keys.key,
    "keys_word_key": keys.word_key,
    "phrases_in_parts": phrases.in_parts,
    "listed_items": lambda mention: "|".join(listed.items(mention)),
    "keystrokes_guesses": lambda mention: "|".join(read for read, _ in keystrokes.guesses(mention)),
    "type_slips_mended": type_slips.mended,
    "khmer_romanised": khmer_romanisation.romanised,
    "roles_offices": lambda mention: "|".join(roles.offices(mention)),
    "roles_split_name": lambda mention: "|".join("/".join(split) for split in roles.split_name(mention)),
    "roles_strip_modifier": lambda mention: _modifier(roles.strip_modifier(mention)),
}
MODULES = [
    *(unicode, vietnamese, legacy, french, english, khmer, keys, roles, terms, numerals, phrases, type_slips),
    *(asides, bearers, keystrokes, khmer_romanisation, life, listed),
]


def _modifier(found: roles.Modifier | None) -> str:
    return f"{found.meaning}: {found.rest}" if found else ""


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            yield {column: _unescaped(cell) for column, cell in row.items()}


def _unescaped(cell: str) -> str:
    return re.sub(r"\\u([0-9A-Fa-f]{4})", lambda code: chr(int(code[1], 16)), cell)


@pytest.mark.parametrize(
    ("function", "row"),
    [pytest.param(name, row, id=f"{name}-{number}") for name in FUNCTIONS for number, row in enumerate(_rows(name), 2)],
)
def test_case(function: str, row: dict[str, str]) -> None:
    assert FUNCTIONS[function](row["input"]) == row["expected"], row["reason"]


@pytest.mark.parametrize("row", [pytest.param(row, id=str(n)) for n, row in enumerate(_rows("vietnamese_accents"), 2)])
def test_accents(row: dict[str, str]) -> None:
    assert vietnamese.accents(row["mention"], row["name"]) == row["expected"], row["reason"]


def test_accents_of_different_letters() -> None:
    with pytest.raises(ValueError, match="'Kep' and 'Kampot' differ in more than diacritics"):
        vietnamese.accents("Kep", "Kampot")


@pytest.mark.parametrize("row", [pytest.param(row, id=row["text"]) for row in _rows("legacy_not_legacy")])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("case", [str, str.upper, str.lower])
def test_repair_leaves_other_text(row: dict[str, str], form: str, case: Callable[[str], str]) -> None:
    mention = unicodedata.normalize("NFD" if form == "NFD" else "NFC", case(row["text"]))
    assert legacy.repair(mention) == unicode.Cleaned(mention), row["reason"]


def _cp1252(raw: bytes) -> str:
    return "".join(chr(b) if b in b"\x81\x8d\x8f\x90\x9d" else bytes([b]).decode("cp1252") for b in raw)


def _cp1258(raw: bytes) -> str:
    return "".join(chr(b) if b in b"\x81\x8a\x8d\x8e\x8f\x90\x9a\x9d\x9e" else bytes([b]).decode("cp1258") for b in raw)


MISREADINGS: dict[str, Callable[[str], str]] = {
    "Latin-1": lambda name: name.encode().decode("latin-1"),
    "Windows-1252": lambda name: _cp1252(name.encode()),
    "Windows-1252, no-break space lost": lambda name: _cp1252(name.encode()).replace("\xa0", " "),
    "Windows-1258": lambda name: _cp1258(name.encode()),
    "Mac Roman": lambda name: name.encode().decode("mac_roman"),
    "DOS": lambda name: name.encode().decode("cp437"),
    "DOS, Western Europe": lambda name: name.encode().decode("cp850"),
    "twice": lambda name: _cp1252(_cp1252(name.encode()).encode()),
}


@pytest.mark.parametrize("misreading", MISREADINGS)
@pytest.mark.parametrize("name", ["Hà Nội", "Đà Nẵng", "Bà Rịa - Vũng Tàu", "Đắk Lắk", "Lê Tấn Tới", "Phú Thọ", "កំពត"])
def test_repair_of_misread_utf_8(name: str, misreading: str) -> None:
    assert legacy.repair(MISREADINGS[misreading](name)).text == name


def test_repair_names_the_encoding() -> None:
    assert legacy.repair("Hµ Néi").notes == ("Text in the old TCVN3 (ABC) encoding was converted to Unicode.",)
    assert legacy.repair("Caàn Thô").notes == ("Text in the old VNI-Windows encoding was converted to Unicode.",)
    assert legacy.repair("Há»™i").notes == ("Text damaged by a wrong encoding was repaired.",)


def test_word_lists() -> None:
    for module in (vietnamese, french, english, khmer):
        assert all(unicodedata.is_normalized("NFC", word) for word in module.FUNCTION_WORDS)


@pytest.mark.parametrize("module", MODULES)
def test_examples_of_documentation(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted > 0
    assert result.failed == 0


def test_public_names() -> None:
    assert all(hasattr(text, name) for name in text.__all__)
