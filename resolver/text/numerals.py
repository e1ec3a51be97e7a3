"""Numbers at the end of place names, in all ways of writing: ``Hải Châu II``, ``Ti Muoy``, ``ទី ១``.

Another number means another place, never a typing error. The number words are data (``number_words.csv``); the first
word of a language is the official one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from resolver.text import keys, khmer

__all__ = ["ROMAN", "in_digits", "is_number", "lacks_number", "number_of", "otherwise_written", "unnumbered"]

_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
ROMAN = {roman: str(number) for number, roman in enumerate(_NUMERALS.split(), 1)}
"""Roman numbers in small letters, with the Arabic ones."""

_ARABIC = {arabic: roman.upper() for roman, arabic in ROMAN.items()}
_STATE_FARM = "NT "
_MARKERS = {"km-Latn": ("Ti", "Lek", "Lekh", "No"), "km": ("ទី", "លេខ"), "vi": ("số",)}
"""Words for "number" before a number: ``Ti Muoy``, ``លេខ ១``."""

# The end of a name: the whole name, the text after a space or hyphen, or the digits at the end.
_LATIN = re.compile(
    r"(?:^|[ -]|(?<=\D)(?=\d))(?:(?P<marker>ti|lek|lekh|no|số|so)[ .]+)?(?P<number>\d+|[a-z]+)\Z", re.IGNORECASE
)
_KHMER_NUMBER = re.compile(r"(?<![0-9០-៩])[0-9០-៩]+\Z")
_NUMBER_AHEAD = re.compile(r"[០-៩]{1,2}(?=\s?[\u1780-\u17b3])")
_KHMER_SIGN = re.compile("[\u1780-\u17ff]")
_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_TO_KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_SYLLABLES = frozenset({"vi", "xi", "v", "x"})
"""Roman numbers that may be a syllable or an initial: numbers only in capitals among lower-case letters."""

_SUFFIXES = frozenset("abcd")
_LETTERED = re.compile(r"(?P<base>\S+(?: \S+)*) (?:Ka|Kha|‹?[កខ]›?)")
"""A name of Cambodia with one of the first letters of the alphabet instead of a number."""

_VIETNAMESE = {
    "một": "1",
    "nhất": "1",
    "hai": "2",
    "nhì": "2",
    "ba": "3",
    "bốn": "4",
    "tư": "4",
    "năm": "5",
    "sáu": "6",
    "bảy": "7",
    "tám": "8",
    "chín": "9",
    "mười": "10",
    "mười một": "11",
    "mười hai": "12",
}
_IN_WORDS = re.compile(
    rf"(?<!\w)(?P<word>quận|phường) (?P<number>{'|'.join(sorted(_VIETNAMESE, key=len, reverse=True))})"
    r"(?=(?: (?:quận|thành phố|tp)(?!\w))|\s*(?:[,;|(]|\Z))",
    re.IGNORECASE,
)
"""The number of a quarter or ward in words, at the end of its part or before another type word."""


class _Numbered(NamedTuple):
    """A name cut before its number: ``marker`` is the word for "number" between them, if any."""

    base: str
    marker: str
    number: str


def otherwise_written(name: str, country: str = "") -> tuple[str, ...]:
    """Return the other ways of writing a name that ends with a number or begins with an abbreviation.

    In a name of Cambodia (``country`` is ``KH``) a number also means the Khmer word.

    >>> otherwise_written("Hải Châu II"), otherwise_written("IV")
    (('Hải Châu 2',), ('4',))
    >>> otherwise_written("Kantueu Pir")[:5]
    ('Kantueu 2', 'Kantueu II', 'Kantueu Pi', 'Kantueu Ti 2', 'Kantueu Ti II')
    >>> "ប្រាំពីរមករា" in otherwise_written("៧មករា")
    True
    """
    if name.startswith(_STATE_FARM):
        return (f"Nông trường {name.removeprefix(_STATE_FARM)}",)
    found = _cut(name)
    if not found:
        return _ahead_in_words(name)
    if _KHMER_SIGN.search(name):
        forms = _in_khmer(found)
    elif country == "KH" or found.marker or name.rsplit(maxsplit=1)[-1].lower() in _words():
        forms = _romanised(found)
    else:
        # A Roman number alone is read as an Arabic one if a type word comes before it.
        numbers = [found.number, *([_ARABIC[found.number]] if found.base and found.number in _ARABIC else ())]
        forms = (f"{found.base} {number}".strip() for number in numbers)
    return tuple(form for form in dict.fromkeys(forms) if form != name)


def in_digits(text: str) -> str:
    """Return a text with the numbers of quarters and wards in digits that are written in Vietnamese words.

    Without diacritics they are left: ``Quan Ba`` is also Quản Bạ.

    >>> in_digits("Phường Năm, Quận Mười Một"), in_digits("Quận Ba Đình"), in_digits("Quan Ba")
    ('Phường 5, Quận 11', 'Quận Ba Đình', 'Quan Ba')
    """
    if text.isascii():
        return text
    return _IN_WORDS.sub(lambda found: f"{found['word']} {_VIETNAMESE[found['number'].lower()]}", text)


@lru_cache(maxsize=65_536)
def number_of(text: str) -> str:
    """Return the number (in Arabic digits) or letter at the end of a text that distinguishes places of the same name.

    >>> number_of("Kantueu I"), number_of("សង្កែពីរ"), number_of("Ninh Quới A"), number_of("Hà Tiên")
    ('1', '2', 'a', '')
    """
    found = _cut(text)
    if found:
        return found.number
    *before, last = keys.fold(text).split() or [""]
    return last if before and last in _SUFFIXES else ""


def unnumbered(name: str) -> str:
    """Return a name of Cambodia without the number, or the letter ka or kha for one, at its end; else an empty text.

    >>> unnumbered("Phsar Thmei Ti Muoy"), unnumbered("Kantueu Pir"), unnumbered("Muoy"), unnumbered("Kampot")
    ('Phsar Thmei', 'Kantueu', '', '')
    >>> unnumbered("Spueu Kha")
    'Spueu'
    """
    found = _cut(name)
    lettered = None if found else _LETTERED.fullmatch(name)
    return found.base.strip() if found else lettered["base"] if lettered else ""


def is_number(text: str) -> bool:
    """Return whether a text is only a number: ``Ti Muoy``, ``លេខ ១``."""
    found = _cut(text)
    return found is not None and not found.base


def lacks_number(text: str) -> bool:
    """Return whether a text in Khmer script ends with a word for "number" and no number: ``បឹងកេងកងទី``."""
    return text.rstrip().endswith(_MARKERS["km"])


@lru_cache(maxsize=65_536)
def _cut(name: str) -> _Numbered | None:
    return _cut_khmer(khmer.normalise(name)) if _KHMER_SIGN.search(name) else _cut_latin(name)


def _cut_latin(name: str) -> _Numbered | None:
    found = _LATIN.search(name)
    if not found:
        return None
    written, base, marker = found["number"].lower(), name[: found.start()], found["marker"] or ""
    mixed = found["number"].isupper() and not (base and name.isupper())
    roman = "" if written in _SYLLABLES and not mixed else written
    if not (base or marker) and written.isalpha() and not (found["number"].isupper() and written in ROMAN):
        return _Numbered("", "", _words()[written][0]) if written in _words() else None
    number = str(int(written)) if written.isdecimal() else ROMAN.get(roman) or _words().get(written, ("", ""))[0]
    return _Numbered(base, marker, number) if number else None


def _cut_khmer(name: str) -> _Numbered | None:
    found = _KHMER_NUMBER.search(name)
    if found:
        return _marked_in_khmer(name[: found.start()], str(int(found[0].translate(_DIGITS))))
    for word, number in _khmer_words():
        if name.endswith(word):
            return _marked_in_khmer(name.removesuffix(word), number)
    return None


def _marked_in_khmer(before: str, number: str) -> _Numbered:
    """Return the text before a number, without a word for "number" at its end."""
    base = before.rstrip()
    marker = next((one for one in _MARKERS["km"] if base.endswith(one)), "")
    return _Numbered(base.removesuffix(marker).rstrip(), marker, number)


def _in_khmer(found: _Numbered) -> Iterator[str]:
    """Yield the ways to write a numbered name in Khmer script."""
    words = [word for word, number in _khmer_words() if number == found.number]
    numbers = [found.number.translate(_TO_KHMER), *words]
    yield from (f"{found.base}{marker}{number}" for marker in ("", *_MARKERS["km"]) for number in numbers)


def _ahead_in_words(name: str) -> tuple[str, ...]:
    """Return a name that begins with a number in Khmer digits with that number in words: ``៧មករា``, a date."""
    found = _NUMBER_AHEAD.match(name)
    if not found:
        return ()
    number = str(int(found[0].translate(_DIGITS)))
    return (
        f"{number.translate(_TO_KHMER)}{name[found.end() :]}",
        *(f"{word}{name[found.end() :].lstrip()}" for word, known in _khmer_words() if known == number),
    )


def _romanised(found: _Numbered) -> Iterator[str]:
    """Yield the ways to write a numbered name of Cambodia in Latin letters, the simplest first."""
    words = [word.title() for word, (number, _) in _words().items() if number == found.number]
    roman = [_ARABIC[found.number]] if found.number in _ARABIC else []
    # A digit or a short word alone is not enough.
    plain = [found.number, *roman, *words] if found.base else [word for word in words if len(word) > 2]
    yield from (f"{found.base} {number}".strip() for number in plain)
    for marker in _MARKERS["km-Latn"]:
        numbers = [found.number, *roman, *words] if marker != "No" else [found.number]
        yield from (f"{found.base} {marker} {number}".strip() for number in numbers)


@cache
def _words() -> dict[str, tuple[str, str]]:
    """Return the number words in Latin letters, with number and language."""
    return {row["word"]: (row["number"], row["language"]) for row in _rows() if row["language"] != "km"}


@cache
def _khmer_words() -> tuple[tuple[str, str], ...]:
    """Return the number words in Khmer script with their numbers, the longest first."""
    found = [(khmer.normalise(row["word"]), row["number"]) for row in _rows() if row["language"] == "km"]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def _rows() -> Iterator[dict[str, str]]:
    with (Path(__file__).parent / "number_words.csv").open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)
