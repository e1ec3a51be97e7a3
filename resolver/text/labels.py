"""Words around an address in forms and letters: labels before it, and the former or later address of the same place.

``Địa chỉ: 12 Lê Lợi``; ``Phường Vườn Lài, TP.HCM (địa chỉ cũ: Phường 9, Quận 10)``; ``Tỉnh Hà Tây, nay là Hà Nội``. The
words are data, ``address_labels.csv``: ``label``; ``bracket``, which begins another address only in brackets;
``former``, which does so before a colon, ``(cũ: xã Đức Ninh)``; ``now``, which does so anywhere; ``within``, which in
brackets begins what a place lay in. A former unit in brackets is another address of the unit before them if both are of
one level: ``Phường Bình Trưng (phường Cát Lái cũ)``. Else all units of a bracket are former where the last one is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from resolver.model import TYPES
from resolver.text import keys, terms
from resolver.text.contacts import without_contacts
from resolver.text.role_words import role_spans
from resolver.text.words import rows

__all__ = ["Labelled", "other_units", "read_labels"]

_COLONS = ":\uff1a\u17d6"


_LEFT_OUT = "Left out, as another address of the same place: “{aside}”."
_CONTACTS = "Left out, as contact details: “{contacts}”."
_ONLY_CONTACTS = "It is nothing but contact details, such as a telephone number."


class Labelled(NamedTuple):
    """An address without its label, contact details and the other address of the same place, that ``aside``."""

    text: str
    aside: str = ""
    contacts: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader is told about it."""
        if self.contacts == self.text:
            return (_ONLY_CONTACTS,) if self.text else ()
        aside = (_LEFT_OUT.format(aside=self.aside),) if self.aside else ()
        return (*aside, _CONTACTS.format(contacts=self.contacts)) if self.contacts else aside


def read_labels(text: str) -> Labelled:
    """Return an address without the words around it; a text that is nothing but these stays as it is.

    What somebody is now or was before is no address, but tells who is meant.

    >>> read_labels("Đ/c : Xã Ea Kao").text, read_labels("Address Street").text
    ('Xã Ea Kao', 'Address Street')
    >>> read_labels("Phường Bến Nghé, Quận 1 (nay là phường Sài Gòn), TP.HCM")
    Labelled(text='Phường Bến Nghé, Quận 1, TP.HCM', aside='nay là phường Sài Gòn', contacts='')
    >>> read_labels("Phường Bình Trưng (trước đây thuộc Quận 2)").text, read_labels("xã A (xã B cũ), tỉnh C").text
    ('Phường Bình Trưng (Quận 2 cũ)', 'xã A, tỉnh C')
    """
    text, contacts = without_contacts(text.strip())
    label = _label().match(text)
    own = text[label.end() :] if label else text
    aside = None
    if _hint().search(own):
        own = _within().sub(_called_former, own)
        aside = _aside().search(own) or _former_unit(own)
        own = own if aside else _FORMER_UNITS.sub(_each_former, own)
    if not aside:
        return Labelled(own or text, "", contacts)
    rest = f"{own[: aside.start()]}{own[aside.end() :]}".strip(" ,;-–")
    told = (aside["inside"] or aside["behind"]).strip(" ,;")
    if not rest or role_spans(told):
        return Labelled(own or text, "", contacts)
    return Labelled(rest, told, contacts)


def other_units(text: str) -> str:
    """Return the other address of the same place that a text tells, without the words that say so; else an empty text.

    >>> other_units("Tỉnh Gia Lai (tỉnh Bình Định cũ)"), other_units("Quận 1 (nay là phường Sài Gòn)")
    ('tỉnh Bình Định', 'phường Sài Gòn')
    """
    aside = read_labels(text).aside if _hint().search(text) else ""
    return _telling().sub("", aside).strip(" ,;") if aside else ""


@cache
def _telling() -> re.Pattern[str]:
    told = _any((*_words("bracket"), *_words("now"), *_words("former")))
    return re.compile(rf"^(?:{told})\s?[{_COLONS}]?\s|\s(?:cũ|cu)$", re.IGNORECASE)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(_words('label'))})\s?[{_COLONS}]\s*", re.IGNORECASE)


@cache
def _aside() -> re.Pattern[str]:
    now = [word for word in _words("now") if not word.isascii()]
    former = rf"(?:{_any(_words('former'))})\s?[{_COLONS}]"
    inside = rf"\s?\((?P<inside>(?:{former}|(?:{_any((*_words('bracket'), *_words('now')))})\b)[^()]*)(?:\)|$)"
    return re.compile(rf"{inside}|(?<=\w)[,;]?\s(?P<behind>(?:{_any(now)})\s[^()]*)$", re.IGNORECASE)


def _called_former(within: re.Match[str]) -> str:
    """Return a bracket that says what a place lay in as one with the former unit; that of a person as it is."""
    return within.group() if role_spans(within["whole"]) else f"({within['whole'].strip()} cũ)"


@cache
def _within() -> re.Pattern[str]:
    return re.compile(rf"\((?:{_any(_words('within'))})\s(?P<whole>[^()]*)\)", re.IGNORECASE)


_FORMER_UNITS = re.compile(r"\((?P<units>[^()]*,[^()]*)\s(?P<former>cũ|cu)\)", re.IGNORECASE)


def _each_former(found: re.Match[str]) -> str:
    """Return a bracket in which each unit is called former: ``(huyện Quan Hóa cũ, tỉnh Thanh Hóa cũ)``."""
    former = found["former"]
    units = [unit.strip() for unit in found["units"].split(",")]
    return f"({', '.join(unit if unit.endswith(former) else f'{unit} {former}' for unit in units if unit)})"


_FORMER_UNIT = re.compile(r"\s?\((?P<inside>(?P<unit>[^()]*)\s(?:cũ|cu))\)(?P<behind>)", re.IGNORECASE)


def _former_unit(text: str) -> re.Match[str] | None:
    """Return the first former unit in brackets behind a unit of the same level, both with their type words."""
    for found in _FORMER_UNIT.finditer(text):
        before = re.split("[,;()]", text[: found.start()])[-1]
        inside, outside = (terms.leading_type(unit.strip()) for unit in (found["unit"], before))
        if inside and outside and _level(inside[0]) == _level(outside[0]):
            return found
    return None


def _level(word: terms.TypeWord) -> int:
    """Return the lowest level that a type word may mean."""
    return max(TYPES.index(type_) for type_, _ in word.meanings)


@cache
def _hint() -> re.Pattern[str]:
    """What every text with another address contains: a pattern that is fast."""
    return re.compile(r"\(|\snay\s|\shiện\s", re.IGNORECASE)


@cache
def _words(kind: str) -> tuple[str, ...]:
    """Return the words of a kind, with diacritics and without, the longest first."""
    words = [row["word"] for row in rows("address_labels.csv") if row["kind"] == kind]
    folded = [_unmarked(word) for word in words]
    return tuple(sorted({*words, *folded}, key=lambda word: (-len(word), word)))


def _unmarked(word: str) -> str:
    return "/".join(str(keys.fold(part)) for part in word.split("/"))


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))
