"""Several units in one phrase: ``phường Mễ Trì và Phú Đô, quận Nam Từ Liêm``, ``Bavel and Banan districts``.

The words that join and count them are data (``phrases.csv``, kinds ``and`` and ``several``). Nothing is looked up here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from resolver.text import khmer, terms
from resolver.text.address import part
from resolver.text.localities import rest_kind
from resolver.text.words import rows

__all__ = ["items"]

_LONGEST = 300
_MOST = 12
_LONGEST_NAME = 6
_LONGEST_TYPE = 3
_SEPARATORS = re.compile(r"[,;]")
_WORD = re.compile(r"[^\s,;()]+")
_FRENCH = re.compile(r"^(?:(?:of|de la|de l['’]|du|des|de|la|le|les) |d['’])")


class _Unit(NamedTuple):
    """A type word to be written before a name (empty: none), and the name."""

    type: str
    name: str


def items(text: str) -> tuple[str, ...]:
    """Return the mention of each unit in a text that names several units of one type; empty for any other text.

    >>> items("phường Mễ Trì và Phú Đô, quận Nam Từ Liêm")
    ('phường Mễ Trì, quận Nam Từ Liêm', 'phường Phú Đô, quận Nam Từ Liêm')
    >>> items("Bavel and Banan districts of Battambang province")
    ('district Bavel, Battambang province', 'district Banan, Battambang province')
    >>> items("Ministry of Education and Training"), items("đường Lê Lợi và phố Huế, quận 1")
    ((), ())
    """
    if len(text) > _LONGEST or not (joint := _joint().search(text)):
        return ()
    before, behind = text[: joint.start()].strip(" ,;"), text[joint.end() :].strip()
    if khmer.is_khmer(text):
        return _in_khmer(before, behind)
    last, around = _last(behind)
    if not last.name:
        return ()
    units = _first(before, typed=bool(last.type))
    kind = units[0].type if units else ""
    if not units or len(units) >= _MOST or not (kind or last.type):
        return ()
    if not all(_is_name(unit.name) for unit in (*units, last)):
        return ()
    written = [(unit.type or kind or last.type, unit.name) for unit in (*units, last)]
    return tuple(", ".join(filter(None, (f"{word} {name}", around))) for word, name in written)


def _first(text: str, *, typed: bool) -> list[_Unit]:
    """Return the units before the joining word; none if the text there is no list of names."""
    pieces = [piece.strip() for piece in _SEPARATORS.split(text)]
    first = _headed(pieces[0])
    if not first.type and not (typed and _is_name(pieces[0])):
        return []
    return [first, *map(_headed, pieces[1:])]


def _last(text: str) -> tuple[_Unit, str]:
    """Return the unit after the joining word, and the text after it: the parents of all units."""
    stop = re.search(r"[,;(]", text)
    piece, around = (text[: stop.start()], text[stop.end() :].strip(" ,;)")) if stop else (text, "")
    words = list(_WORD.finditer(piece))
    for at in range(1, min(len(words), _LONGEST_NAME + 1)):
        plural = _singular(words[at].group())
        if plural:
            further = _past_link(piece[words[at].end() :].strip())
            return _Unit(plural, piece[: words[at - 1].end()]), ", ".join(filter(None, (further, around)))
    for at in range(1, len(words)):
        if words[at].group().lower() in _links() and at + 1 < len(words):
            further = _FRENCH.sub("", piece[words[at + 1].start() :])
            return _headed(piece[: words[at - 1].end()]), ", ".join(filter(None, (further, around)))
    return _headed(piece), around


def _headed(piece: str) -> _Unit:
    """Return a name with the type word before it: in the singular, without words that count."""
    words = list(_WORD.finditer(piece))
    at = 0
    while at < len(words) - 1 and words[at].group().lower() in _several():
        at += 1
    for count in range(min(_LONGEST_TYPE, len(words) - at - 1), 0, -1):
        written = piece[words[at].start() : words[at + count - 1].end()]
        word = _singular(written) or (written if terms.type_word(written) else "")
        if word:
            return _Unit(word, _FRENCH.sub("", piece[words[at + count].start() :]))
    return _Unit("", _FRENCH.sub("", piece))


def _past_link(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in _links() else text


def _is_name(text: str) -> bool:
    """Whether a text is a few words that do not begin with one, in small letters, for a street, a house, a hamlet."""
    words = text.split()
    if not 0 < len(words) <= _LONGEST_NAME or any(_singular(word) for word in words):
        return False
    one = part(text)
    return bool(one.folds) and not (text[0].islower() and rest_kind(one, 0, len(one.folds)))


def _singular(word: str) -> str:
    """Return the English or French type word whose plural a word is; empty for any other word."""
    lower = word.lower()
    if not lower.endswith("s") or not lower.isascii():
        return ""
    for single in (f"{lower[:-3]}y" if lower.endswith("ies") else "", lower[:-1]):
        if single in _may_be_many():
            return single
    return ""


def _in_khmer(before: str, behind: str) -> tuple[str, ...]:
    """Return the units of a Khmer text: each has its type word, and the last is followed by their parents."""
    marks = list(_khmer_types().finditer(behind))
    if len(marks) < 2 or marks[0].start() or not _khmer_types().match(before):
        return ()
    around = behind[marks[1].start() :]
    return tuple(f"{unit.strip()} {around}" for unit in (*_SEPARATORS.split(before), behind[: marks[1].start()]))


@cache
def _khmer_types() -> re.Pattern[str]:
    words = sorted((word for word in terms.type_phrases() if khmer.is_khmer(word)), key=len, reverse=True)
    return re.compile("|".join(words))


@cache
def _of_kind(kind: str) -> frozenset[str]:
    return frozenset(row["words"] for row in rows("phrases.csv") if row["kind"] == kind)


@cache
def _several() -> frozenset[str]:
    return _of_kind("several") | _of_kind("article")


@cache
def _links() -> frozenset[str]:
    return frozenset(one for one in _of_kind("link") | _of_kind("bound") | _of_kind("french") if " " not in one)


@cache
def _may_be_many() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("type_words.csv") if row["language"] in ("en", "fr"))


@cache
def _joint() -> re.Pattern[str]:
    """Return the word that joins the last of several units to those before it."""
    latin = "|".join(re.escape(one) for one in sorted(_of_kind("and")) if not khmer.is_khmer(one))
    written = "|".join(one for one in sorted(_of_kind("and")) if khmer.is_khmer(one))
    return re.compile(rf"(?<=\w),? +(?:{latin}) +(?=\w)|(?<=[^\s\u17d2]) *(?:{written}) *", re.IGNORECASE)
