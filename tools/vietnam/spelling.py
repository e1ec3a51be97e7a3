"""Vietnamese administrative wording: type words off names, and when two spellings are one."""

from __future__ import annotations

import re
import unicodedata

TYPE_WORDS = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")
# NSO's conversion table writes these once or twice.
TYPE_TYPOS = {"thi trấn": "thị trấn", "tp": "thành phố"}
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def clean(text: str) -> str:
    """Return ``text`` in NFC with single blanks and straight apostrophes."""
    return " ".join(unicodedata.normalize("NFC", text).replace("’", "'").split())


def split_type(full: str) -> tuple[str, str]:
    """Return (type word, name) of an official full name; the type is empty where none stands there.

    >>> split_type("Thị Trấn Ái Tử")
    ('thị trấn', 'Ái Tử')
    >>> split_type("Phường Phường Đúc")
    ('phường', 'Phường Đúc')
    """
    full = clean(full)
    for word in (*TYPE_WORDS, *TYPE_TYPOS):
        if full.lower().startswith(word + " "):
            return TYPE_TYPOS.get(word, word), full[len(word) + 1 :]
    return "", full


def bare_key(text: str) -> str:
    """Return the letters and digits of ``text`` without case and diacritics."""
    text = text.lower().replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", text) if c.isalnum())


def tone_key(text: str) -> str:
    """Return a key that is equal for spellings differing in case, blanks, hyphens or tone placement only."""
    syllables = re.split(r"[\W_]+", unicodedata.normalize("NFC", text).lower())
    return "".join(_tone_last(syllable) for syllable in syllables)


def _tone_last(syllable: str) -> str:
    marks = unicodedata.normalize("NFD", syllable)
    return "".join(c for c in marks if c not in TONES) + "".join(c for c in marks if c in TONES)


def says_nothing_new(text: str, official: str) -> bool:
    """Return whether folding finds ``official`` from ``text`` anyway, so that it needs no row of its own."""
    if bare_key(text) != bare_key(official):
        return False
    return text.isascii() or tone_key(text) == tone_key(official)
