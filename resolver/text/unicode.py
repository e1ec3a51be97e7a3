"""Repair of characters in any language: one code point for each letter, and no invisible characters.

Algorithms: Unicode Standard Annex 15 (normalisation forms) and Technical Standard 39 (confusable letters), each
reduced to what occurs in names, so that Vietnamese and Khmer text is not damaged.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from html.entities import html5

from unidecode import unidecode

__all__ = ["LATIN_FOLD", "MAX_LENGTH", "MAX_MARKS", "MOST_READ", "Cleaned", "clean", "cut", "fold_latin"]

MAX_LENGTH = 1000
MAX_MARKS = 8
MOST_READ = 4 * MAX_LENGTH
"""Most characters of a text that are read before repair and cleaning, which may shorten it further."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A repaired text, and one English sentence for each repair that a reader should know about."""

    text: str
    notes: tuple[str, ...] = ()


def _codes(ranges: str) -> list[int]:
    """Return the code points of ``"2010-2015 2212"``."""
    codes: list[int] = []
    for part in ranges.split():
        first, _, last = part.partition("-")
        codes.extend(range(int(first, 16), int(last or first, 16) + 1))
    return codes


def _class(ranges: str) -> str:
    """Return the characters of ``ranges`` as the inside of a regular expression's class."""
    return re.sub(r"[0-9A-F]+", lambda code: f"\\U{int(code[0], 16):08X}", ranges.upper()).replace(" ", "")


_SPACES = "9-D 1C-1F 85 A0 1680 2000-200A 2028-2029 202F 205F 3000"
_CONTROLS = "0-8 E-1B 7F-84 86-9F"
_INVISIBLE = "AD 34F 115F-1160 180B-180F 2060-2064 206A-206F 3164 FE00-FE0F FEFF FFA0 FFF9-FFFB E0000-E007F E0100-E01EF"
_WORD_HINTS = "200B-200D"
_BIDI = "61C 200E-200F 202A-202E 2066-2069"
_DASHES = "2010-2015 2043 2212 2E3A-2E3B FE58 FE63 FF0D"
_APOSTROPHES = "60 B4 2B9 2BB-2BD 2C8 2018-201B 2032 2035 2039-203A FF07 FF40"
_QUOTES = "AB BB 201C-201F 2033 2036 300C-300F 301D-301F FF02"
# Only forms with one certain plain form: full-width ASCII, Roman numerals, ligatures, mathematical letters.
_COMPATIBLE = "2160-217F FB00-FB06 FF01-FF5E 1D400-1D7FF"

_CHARACTERS: dict[int, str | None] = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in _codes(_COMPATIBLE)},
    **dict.fromkeys(_codes(_SPACES), " "),
    **dict.fromkeys(_codes(" ".join([_CONTROLS, _INVISIBLE, _WORD_HINTS, _BIDI])), None),
    **dict.fromkeys(_codes(_DASHES), "-"),
    **dict.fromkeys(_codes(_APOSTROPHES), "'"),
    **dict.fromkeys(_codes(_QUOTES), '"'),
}
_NOTED = [
    (re.compile(r"[\ud800-\udfff]"), "Damaged characters were removed."),
    (re.compile("\ufffd"), "A character was lost in an earlier conversion of the text."),
    (re.compile(f"[{_class(_CONTROLS)}]"), "Control characters were removed."),
    # Between Khmer letters these mark words; every keyboard types them, so they are not a sign of damage.
    (
        re.compile(
            f"[{_class(_INVISIBLE)}]|(?<![\u1780-\u17ff])[{_class(_WORD_HINTS)}](?![\u1780-\u17ff\u200b-\u200d])"
        ),
        "Invisible characters were removed.",
    ),
    (re.compile(f"[{_class(_BIDI)}]"), "Marks that reverse the direction of text were removed."),
    (re.compile(f"[{_class(_COMPATIBLE)}]"), "Full-width or ornamental letters were read as plain ones."),
]
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# Text of only these characters needs only a check of its order and its spaces.
_PLAIN = re.compile(r"[ -_a-~À-ÿĀ-žƠơƯưẠ-ỹ\u0300-\u0304\u0306\u0309\u031b\u0323\u1780-\u17ff]*")
_TO_CHECK = re.compile(r"[\u0300-\u036f\u17b4-\u17d3\u17dd]{9}")

_ENTITY = re.compile(r"&(?:(?P<name>[A-Za-z]{2,8})|#(?P<number>[0-9]{2,5}|[xX][0-9A-Fa-f]{2,4}));")
_LINE_BREAK = re.compile(r"<(?:br|/?p) {0,4}/?>", re.IGNORECASE)
"""What separates lines in HTML: the parts of an address."""
_MARKUP = "Marks of HTML were read as what they stand for."

_LOOK_ALIKE = {
    "Cyrillic": (
        "АВЕЅІЈКМНОРСТУХԚԜаеѕіјорсухһԁԛԝѴѵӀ",
        "ABESIJKMHOPCTYXQWaesijopcyxhdqwVvI",
    ),
    "Greek": ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανοϳ", "ABEZHIKMNOPTYXavoj"),
}
_SCRIPT_CHARACTERS = {"Cyrillic": "\u0400-\u052f", "Greek": "\u0370-\u03ff\u1f00-\u1fff"}
_SCRIPTS = [
    (
        name,
        re.compile(f"[{_SCRIPT_CHARACTERS[name]}]"),
        str.maketrans({**dict(zip(foreign, latin, strict=True))}),
    )
    for name, (foreign, latin) in _LOOK_ALIKE.items()
]
_LATIN_LETTER = re.compile("[A-Za-zÀ-ÖØ-öø-\u024f\u1e00-\u1eff]")
_WORD = re.compile("[^\\W\\d_]+(?:[\u0300-\u036f]+[^\\W\\d_]*)*")


def cut(text: str) -> str:
    """Return the part of a text that is processed: no name is longer, and a cell may hold megabytes."""
    return text[:MOST_READ]


def clean(text: str) -> Cleaned:
    """Return ``text`` in NFC with plain letters, dashes, quotes and single spaces, and notes on repairs.

    Input is any string, even one with lone surrogates; never raises. More than 1,000 characters and more than 8
    marks on a letter are cut off. Superscripts, Khmer and all other letters do not change. Text that may be in a
    legacy encoding must go through `legacy.repair` first, since TCVN3 uses the soft hyphen as a letter.

    >>> clean("  Hа\u00a0Nội\u200b ")
    Cleaned(text='Ha Nội', notes=('Invisible characters were removed.', 'Cyrillic letters that look Latin were \
read as Latin.'))
    >>> clean("Quận 1<br/>TP. Hồ Ch&amp;iacute; Minh").text
    'Quận 1, TP. Hồ Chí Minh'
    """
    plain = len(text) <= MAX_LENGTH and _PLAIN.fullmatch(text) and (text.isascii() or _in_order(text))
    if plain and not _has_markup(text):
        return Cleaned(" ".join(text.split()) if "  " in text else text.strip(" "))
    return _clean_thoroughly(text)


def _has_markup(text: str) -> bool:
    return ("&" in text and _ENTITY.search(text) is not None) or ("<" in text and _LINE_BREAK.search(text) is not None)


def _without_markup(text: str) -> str:
    """Return a text with the characters that HTML writes by name or number; what was written so twice is read twice."""
    while (told := _ENTITY.sub(_character, _LINE_BREAK.sub(", ", text))) != text:
        text = _SURROGATES.sub("", told).translate(_CHARACTERS)
    return text


def _character(entity: re.Match[str]) -> str:
    """Return the character that an entity stands for; an unknown name as it is."""
    return html.unescape(entity[0]) if entity["number"] else html5.get(f"{entity['name']};", entity[0])


def _in_order(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and not _TO_CHECK.search(text)


def _clean_thoroughly(text: str) -> Cleaned:
    notes: list[str] = []
    if len(text) > MAX_LENGTH:
        text = text[:MAX_LENGTH]
        notes.append("Only the first 1,000 characters were read.")
    notes.extend(note for pattern, note in _NOTED if pattern.search(text))
    text = _SURROGATES.sub("", text).translate(_CHARACTERS)
    if _has_markup(text):
        told = _without_markup(text)
        notes += [_MARKUP] if told != text else []
        text = told
    capped = _cap_marks(text)
    if capped != text:
        notes.append("More than eight marks on one letter were removed.")
    text = unicodedata.normalize("NFC", capped)
    for script, pattern, latin in _SCRIPTS:
        if pattern.search(text):
            plain = _WORD.sub(lambda word: _unmask(word[0], pattern, latin), text)  # noqa: B023
            if plain != text:
                notes.append(f"{script} letters that look Latin were read as Latin.")
            text = plain
    # Composition can lengthen a text, and marks that removed characters had separated may now be adjacent.
    text = _cap_marks(unicodedata.normalize("NFC", text))[:MAX_LENGTH]
    return Cleaned(" ".join(text.split()), tuple(notes))


def _cap_marks(text: str) -> str:
    """Remove the marks after the eighth on one letter: sorting them takes time quadratic in their number."""
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character)[0] == "M" else 0
        if run <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def _unmask(word: str, script: re.Pattern[str], latin: dict[int, str]) -> str:
    """Return a word of Latin and look-alike letters in Latin; any other word unchanged."""
    if not _LATIN_LETTER.search(word) or not script.search(word):
        return word
    plain = unicodedata.normalize("NFD", word).translate(latin)
    return word if script.search(plain) else unicodedata.normalize("NFC", plain)


def _latin_fold() -> dict[int, str | None]:
    """Return the table from Latin letters to bare lower-case ASCII, and from their marks to nothing."""
    table: dict[int, str | None] = dict.fromkeys(_codes("300-36F"), None)
    for code in _codes("AA BA C0-D6 D8-F6 F8-2AF 1E00-1EFF"):
        base = unicodedata.normalize("NFD", chr(code))[0]
        plain = (base if base.isascii() else unidecode(base)).lower()
        if plain.isalpha():
            table[code] = plain
    return table


LATIN_FOLD = _latin_fold()


def fold_latin(text: str) -> str:
    """Return ``text`` in lower case with every Latin letter as bare ASCII; all other characters are kept.

    Letters are converted one by one with a fixed table, so the result does not depend on the letters around them.

    >>> fold_latin("Đắk Lắk, Œuvre")
    'dak lak, oeuvre'
    """
    lower = text.lower()
    return lower if lower.isascii() else lower.translate(LATIN_FOLD)
