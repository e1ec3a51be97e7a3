"""Contact details around an address: telephone numbers, mail and web addresses, whom to ask for.

``P. Tân Hưng, Q7, HCM, SĐT 0903 123 456``. They name no place, so that an address is read without them. The words
before them are data, ``contact_words.csv``: ``number``, which a number or an address of mail follows; ``person``, which
a name follows.
"""

from __future__ import annotations

import re
from functools import cache

from resolver.text import keys
from resolver.text.words import rows

__all__ = ["without_contacts"]

_PIECE = re.compile(r"[^,;|\n]+")
_TOKEN = re.compile(r"[^\s:\u17d6()]+")
_NUMBER = re.compile(r"\d[\d .()+-]{4,}\d|@")
_OF_NUMBERS = frozenset("0123456789. ()+-/–")
_BETWEEN = " ,;|\n\t.-–—/"
_LEAST_DIGITS, _LEAST_ALONE = 7, 9
"""Least digits of a number behind a word for it, and of one that stands alone and begins as telephone numbers do."""
_LONGEST = 4
"""Most words of a word for contact details."""
_MOST_TOKENS = 16
"""Most words and numbers of contact details that no comma sets off."""


def without_contacts(text: str) -> tuple[str, str]:
    """Return an address without the contact details before and behind it, and these; what is nothing else is both.

    >>> without_contacts("12 Lê Lợi, Q7, HCM. Tel: (028) 3823 4567 - Fax: 028 3823 4568")
    ('12 Lê Lợi, Q7, HCM', 'Tel: (028) 3823 4567 - Fax: 028 3823 4568')
    >>> without_contacts("0903123456, Hà Tiên (gặp chị Lan)"), without_contacts("ĐT 743, Dĩ An")[1]
    (('Hà Tiên', '0903123456, gặp chị Lan'), '')
    >>> without_contacts("SĐT 0912 345 678")
    ('SĐT 0912 345 678', 'SĐT 0912 345 678')
    """
    if not _may_have_contacts(text):
        return text, ""
    pieces = [found.span() for found in _PIECE.finditer(text) if found.group().strip()]
    first, last = 0, len(pieces)
    while first < last and _is_contact(text[slice(*pieces[first])]):
        first += 1
    while last > first and _is_contact(text[slice(*pieces[last - 1])]):
        last -= 1
    if first == last:
        return text, text if pieces else ""
    begin, (start, end) = pieces[first][0], pieces[last - 1]
    end = start + _length_of_address(text[start:end])
    address, before, behind = text[begin:end].strip(_BETWEEN), text[:begin], text[end:]
    if not address or not (before or behind):
        return text, ""
    return address, ", ".join(told for one in (before, behind) if (told := _bare(one)))


def _length_of_address(piece: str) -> int:
    """Return where contact details begin that no comma sets off from an address; the whole length without any."""
    for token in list(_TOKEN.finditer(piece))[-_MOST_TOKENS:]:
        word = token.group().lower().rstrip(".")
        begins = word in _begins() or _is_online(word) or word.startswith(("0", "+"))
        if begins and token.start() and _is_contact(_bare(piece[token.start() :])):
            return len(piece[: token.start()].rstrip(_BETWEEN + "("))
    return len(piece)


def _is_contact(text: str) -> bool:
    """Whether a text is a number or an address of mail, with its word or without, or names whom to ask for."""
    tokens = [token.lower().rstrip(".") or token for token in _TOKEN.findall(text)]
    if not tokens:
        return False
    kinds = (_words().get(" ".join(tokens[:count])) for count in range(min(_LONGEST, len(tokens)), 0, -1))
    kind = next(filter(None, kinds), "")
    if kind == "person":
        return len(tokens) > 1
    numbers = [token for token in tokens if token not in _parts()]
    if not all(_is_online(token) or _OF_NUMBERS.issuperset(token) for token in numbers):
        return False
    digits = sum(map(str.isdecimal, "".join(numbers)))
    return any(map(_is_online, numbers)) or (digits >= _LEAST_DIGITS if kind else _is_telephone(" ".join(numbers)))


def _is_online(token: str) -> bool:
    return "@" in token[1:-1] or token.startswith(("www.", "http://", "https://"))


def _is_telephone(text: str) -> bool:
    """Whether a text is a number that is as long as one with its area, and begins like one."""
    bare = text.strip(" .()-–/")
    digits = [letter for letter in bare if letter.isdecimal()]
    return bare[:1] in ("0", "+") and len(digits) >= _LEAST_ALONE and _OF_NUMBERS.issuperset(bare)


def _bare(text: str) -> str:
    """Return details without what sets them off from the address."""
    bare = text.strip(_BETWEEN)
    if bare.startswith("(") and bare.endswith(")"):
        return bare[1:-1].strip(_BETWEEN)
    return bare if bare.count("(") == bare.count(")") else bare.strip("()")


@cache
def _words() -> dict[str, str]:
    """Return the words for contact details and their kinds, with diacritics and without."""
    found: dict[str, str] = {}
    for row in rows("contact_words.csv"):
        for word in (row["word"], str(keys.fold(row["word"]))):
            found.setdefault(word, row["kind"])
    return found


@cache
def _begins() -> frozenset[str]:
    return frozenset(word.split()[0] for word in _words())


@cache
def _parts() -> frozenset[str]:
    """Return all that the words for numbers consist of."""
    return frozenset(part for word, kind in _words().items() if kind == "number" for part in word.split())


def _may_have_contacts(text: str) -> bool:
    """Whether a text has what all with contact details have: this is fast."""
    lower = text.lower()
    return _NUMBER.search(text) is not None or any(word in lower for word in _persons())


@cache
def _persons() -> tuple[str, ...]:
    """Return the first words before somebody's name, and the begin of web addresses."""
    words = {word.split()[0] for word, kind in _words().items() if kind == "person"}
    return ("www.", "http", *sorted(words))
