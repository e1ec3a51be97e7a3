"""Type words and letters written without a space before the name: ``XDuy Hải TQuảng Nam``."""

from __future__ import annotations

import re

__all__ = ["is_doubled", "once_only", "unglued"]

_GLUED = re.compile(r"(?<!\w)(T[TXPtxp]|[XPHQTF])(?=(\w)(\w))")
_GLUED_WORD = re.compile(
    r"(thành phố|thanh pho|thị trấn|thi tran|thị xã|thi xa|phường|phuong|huyện|huyen|quận|tỉnh|xã)(?=(\w))",
    re.IGNORECASE,
)
"""A whole type word, perhaps glued to the words beside it: ``SongTỉnhĐắk Nông``."""

_GLUED_UNMARKED = re.compile(
    r"(?<!\w)([Xx]a|[Qq]uan|[Tt]inh|Khum|Srok|Sangkat|Krong|Khaet|Khet|District|Province|Commune)(?=([^\W\d_]))"
)
"""A type word in small letters without diacritics; it is one only before a capital, ``xaMỏ Cày``, ``KhumPreal``."""


_GLUED_INITIALS = re.compile(r"(?<!\w)(T[XP])(?=[A-ZĐ]{2,3}(?!\w))|(?<!\w)(t[xp])(?=[a-zđ]{2,3}(?!\w))")
"""A type word before a name of two or three words in first letters: ``TPLX``, ``tplx`` for thành phố Long Xuyên."""


def unglued(text: str) -> str:
    """Return a text with a separator between type words and the names attached to them.

    >>> unglued("XDuy Hải TQuảng Nam"), unglued("Đắk SongTỉnhĐắk Nông"), unglued("TPHCM")
    ('X.Duy Hải T.Quảng Nam', 'Đắk Song Tỉnh Đắk Nông', 'TP.HCM')
    >>> unglued("xaMỏ Cày"), unglued("KhumPreal"), unglued("Quang Trung")
    ('xa Mỏ Cày', 'Khum Preal', 'Quang Trung')
    >>> unglued("phường mỹ bình tplx")
    'phường mỹ bình tp.lx'
    """
    parted = _GLUED_WORD.sub(_set_apart, text)
    parted = _GLUED_UNMARKED.sub(_set_apart, parted)
    return _GLUED.sub(_set_apart_letter, _GLUED_INITIALS.sub(r"\g<0>.", parted))


def is_doubled(text: str) -> bool:
    """Whether a text begins with a type letter that is also the next letter, perhaps the same one typed twice.

    >>> is_doubled("PPhú Tân"), is_doubled("PTân Phú")
    (True, False)
    """
    found = _GLUED.match(text)
    return found is not None and found[1].lower() == found[2].lower()


def _set_apart_letter(found: re.Match[str]) -> str:
    """Return type letters with a dot if a capitalised name follows; without one if it may be typed twice: ``HHàng``."""
    glued = found[2].isupper() and found[3].islower()
    return found[1] + (" " if found[1] == found[2] else ".") * glued


def _set_apart(found: re.Match[str]) -> str:
    """Return a type word with spaces around it if capitals show where it and the name after it begin."""
    before = found.string[found.start() - 1 : found.start()] if found.start() else ""
    begins = not before.isalnum() or (before.islower() and found[1][0].isupper())
    if not (begins and found[2].isupper()):
        return found[1]
    return f"{' ' if before.isalnum() else ''}{found[1]} "


def once_only(text: str) -> str:
    """Return a text without a word that is typed twice in a row.

    >>> once_only("Cẩm Mỹ Mỹ"), once_only("Xã Xã Tam Giang"), once_only("Phường 1 1"), once_only("Tân Phú")
    ('Cẩm Mỹ', 'Xã Tam Giang', 'Phường 1 1', 'Tân Phú')
    """
    words = text.split(" ")
    before = ["", *words[:-1]]
    pairs = zip(before, words, strict=True)
    kept = [word for last, word in pairs if not (word.isalpha() and last.lower() == word.lower())]
    return " ".join(kept) if len(kept) < len(words) else text
