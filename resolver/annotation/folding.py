"""A text in a normal form, with the positions of its characters in the original.

Two forms, of the same length: ``plain`` has composed letters, single blanks and nothing invisible; ``folded`` is
``plain`` in lower case without diacritics, with a blank for every character that is neither letter nor digit.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from resolver.text import khmer
from resolver.text.unicode import LATIN_FOLD, MAX_MARKS

__all__ = ["UPPER", "Folded", "fold", "folded_name"]

_MARKS = "\u0300-\u036f"
_INVISIBLE = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f"
_LIGATURES = {
    **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)},
    "œ": "oe",
    "Œ": "Oe",
    "æ": "ae",
    "Æ": "Ae",
    "ß": "ss",
}
_HINTS = "[\u200b-\u200d\u2060]*"
_KHMER_SYLLABLE = f"[\u1780-\u17b3](?:{_HINTS}(?:\u17d2{_HINTS}[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd]))+"
_LOWER = "".join(chr(code) for code in LATIN_FOLD if chr(code).islower())
UPPER = "A-Z" + "".join(chr(code) for code in LATIN_FOLD if chr(code).isupper())
"""The capital letters of Latin script, as the inside of a regular expression's class."""
_LINE_END = "[\r\x0b\x0c\x85\u2028\u2029]"
# Each begins with one class of characters, so that the places where it cannot begin are passed over quickly.
_STUCK = re.compile(f"[{UPPER}](?<=[a-z{_LOWER}][a-z{_LOWER}].)(?<![{''.join(_LIGATURES)}])")
_BLANKS = re.compile(r"\s\s+")
_SYLLABLE = re.compile(_KHMER_SYLLABLE)
_RARE = re.compile(f"[{_MARKS}{_INVISIBLE}{''.join(_LIGATURES)}\r\x0b\x0c\x85\u2028\u2029]")
_ODD = re.compile(rf"[{_MARKS}]+|[{_INVISIBLE}]+|[{''.join(_LIGATURES)}]|(?<!\s){_LINE_END}(?!\s)")
_LINE_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_APOSTROPHES = dict.fromkeys((0x2018, 0x2019, 0x2BC, 0xB4, 0x60), "'")


def _table() -> dict[int, str]:
    letters = {code: plain for code, plain in LATIN_FOLD.items() if plain is not None and len(plain) == 1}
    capitals = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    others = {code: " " for code in range(128) if not chr(code).isalnum()}
    marks = dict.fromkeys((160, 171, 187, 183, *range(8208, 8256), *range(6100, 6103), 6106), " ")
    khmer_digits = {0x17E0 + digit: str(digit) for digit in range(10)}
    return {**others, **marks, **dict.fromkeys(_APOSTROPHES, " "), **letters, **capitals, **khmer_digits}


_TABLE = _table()


@dataclass(frozen=True, slots=True)
class Folded:
    """A text, its two forms, and the positions at which their lengths differ."""

    text: str
    plain: str
    folded: str
    _starts: tuple[int, ...]
    _origins: tuple[int, ...]
    _odd: tuple[bool, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return start and end in the original text of a span of the plain form."""
        if len(self._starts) == 1:
            return start, end
        at = bisect_right(self._starts, start) - 1
        first = self._origins[at] + (0 if self._odd[at] else start - self._starts[at])
        at = bisect_left(self._starts, end) - 1
        last = self._origins[at + 1] if self._odd[at] else self._origins[at] + end - self._starts[at]
        return first, last


def fold(text: str) -> Folded:
    """Return both forms of a text.

    >>> one = fold("Kép,  Cam\u200bpuchia")
    >>> one.plain, one.folded, one.origin(5, 14)
    ('Kép, Campuchia', 'kep  campuchia', (6, 16))
    """
    starts, origins, odd = [0], [0], [False]
    pieces: list[str] = []
    length = done = 0
    for start, end, instead in _replaced(text):
        if start < done:
            continue
        pieces += (text[done:start], instead)
        length += start - done
        starts += (length, length + len(instead))
        length += len(instead)
        origins += (start, end)
        odd += (True, False)
        done = end
    plain = "".join((*pieces, text[done:])) if pieces else text
    return Folded(text, plain, plain.translate(_TABLE), tuple(starts), tuple(origins), tuple(odd))


def _replaced(text: str) -> list[tuple[int, int, str]]:
    """Return the pieces of a text whose length or order changes in the plain form, with their plain form."""
    patterns = [_BLANKS]
    if _RARE.search(text):
        patterns.append(_ODD)
    if any(_plain(syllable) != syllable for syllable in set(_SYLLABLE.findall(text))):
        patterns.append(_SYLLABLE)
    found: list[tuple[int, int, str]] = []
    for pattern in patterns:
        for one in pattern.finditer(text):
            start, end = one.span()
            if unicodedata.combining(text[start]) and start and not text[start - 1].isspace():
                start -= 1
            piece = text[start:end]
            instead = _plain(piece)
            if instead != piece:
                found.append((start, end, instead))
    stuck = [(one.start(), one.start(), " ") for one in _STUCK.finditer(text)]
    if stuck or len(patterns) > 1:
        found = sorted([*stuck, *found], key=lambda piece: (piece[0], piece[1]))
    return found


@lru_cache(maxsize=65_536)
def _plain(piece: str) -> str:
    if piece.isspace():
        ends = len(_LINE_ENDS.findall(piece))
        return "\n\n" if ends > 1 else "\n" if ends else " "
    if khmer.is_khmer(piece):
        return khmer.normalise(piece)
    if piece in _LIGATURES:
        return _LIGATURES[piece]
    if unicodedata.combining(piece[-1]) and not unicodedata.combining(piece[0]):
        return unicodedata.normalize("NFC", piece[: MAX_MARKS + 1])
    return ""


def folded_name(name: str) -> str:
    """Return a name in the folded form, without blanks around it.

    >>> folded_name("Ea H'Leo"), folded_name("Bà Rịa - Vũng Tàu")
    ('ea h leo', 'ba ria vung tau')
    """
    return " ".join(fold(name).folded.split())
