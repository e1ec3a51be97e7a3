"""Addresses without commas in the order of English, where a type word stands behind its name: cut behind each unit.

``Bai Chay Ward Ha Long City Quang Ninh`` is three parts; no ward in it is called Ha Long. Nothing is looked up here but
type words and words for streets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from resolver.text import terms
from resolver.text.address import part
from resolver.text.localities import rest_kind
from resolver.text.phrase_words import PhraseWord, link, type_before, words_of
from resolver.text.role_words import role_spans
from resolver.text.words import rows

__all__ = ["in_parts"]

_PARTING = re.compile(r"([,;|\n\t()])")
_TYPES = frozenset(
    {"city", "town", "township", "province", "prov", "municipality", "ward", "district", "commune", "dist"}
)
"""The last words of what English puts behind names."""
_TYPE = re.compile(rf"\b(?:{'|'.join(sorted(_TYPES))})\b", re.IGNORECASE)
_NUMBERED = frozenset({"ward", "district", "commune", "dist", "sangkat", "khan", "phường", "phuong", "quận", "quan"})
"""What has a number for its name."""
_LONGEST_TYPE = 3
_LONGEST_NAME = 5
_LONGEST_NUMBER = 2
_ROOM = 2
"""Least units that show the order by themselves."""


class _Piece(NamedTuple):
    """Some words, from and to: a unit, with its type word behind its name or with its number; or anything else."""

    start: int
    end: int
    kind: str


def in_parts(text: str) -> str:
    """Return an address with a comma behind each unit whose type word stands behind its name, if it has that order.

    >>> in_parts("12 Le Loi Street Bai Chay Ward Ha Long City Quang Ninh")
    '12 Le Loi Street, Bai Chay Ward, Ha Long City, Quang Ninh'
    >>> in_parts("Ward 9 Da Lat City Lam Dong"), in_parts("Suite 801 65 Le Loi Ben Nghe Ward District 1")
    ('Ward 9, Da Lat City, Lam Dong', 'Suite 801 65 Le Loi Ben Nghe Ward, District 1')
    >>> in_parts("Ward Ben Nghe District Ba Dinh"), in_parts("Soc Son district of Hanoi city"), in_parts("Hanoi City")
    ('Ward Ben Nghe District Ba Dinh', 'Soc Son district of Hanoi city', 'Hanoi City')
    """
    if not _TYPE.search(text):
        return text
    return "".join(map(_cut, _PARTING.split(text)))


@lru_cache(maxsize=65_536)
def _cut(text: str) -> str:
    words = words_of(text)
    if not _TYPE.search(text) or _is_phrase(text, words):
        return text
    pieces = list(_pieces(words))
    if not _is_english(text, words, pieces):
        return text
    starts = sorted({piece.start for piece in pieces} | set(_behind_streets(words, pieces[0])))
    bounds = pairwise([*starts, len(words)])
    cut = [text[words[start].start : words[end - 1].end] for start, end in bounds]
    return f"{text[: words[0].start]}{', '.join(cut)}{text[words[-1].end :]}"


def _is_phrase(text: str, words: Sequence[PhraseWord]) -> bool:
    """Whether a text has a possessive, or a word that links two places: Cửa Ông is a name."""
    links = (word for at, word in enumerate(words) if link(words, at)[0])
    return "'s " in text or "’s " in text or any(text[one.start : one.end].islower() for one in links)


def _pieces(words: Sequence[PhraseWord]) -> Iterator[_Piece]:
    """Yield the words cut behind each unit and before each numbered one."""
    start = at = 0
    while at < len(words):
        size, numbered = _type_at(words, at), _numbered_at(words, at)
        if numbered:
            if start < at:
                yield _Piece(start, at, "")
            yield _Piece(at, at + numbered, "numbered")
            start = at = at + numbered
        elif size:
            yield _Piece(start, at + size, "named" if start < at else "ahead")
            start = at = at + size
        else:
            at += 1
    if start < len(words):
        yield _Piece(start, len(words), "")


def _is_english(text: str, words: Sequence[PhraseWord], pieces: Sequence[_Piece]) -> bool:
    """Whether some words are units with their type words behind them, with at most a house before and a name behind."""
    kinds = [piece.kind for piece in pieces]
    if "ahead" in kinds or "" in kinds[1:-1] or not {"named", "numbered"} & set(kinds):
        return False
    if any(piece.end - piece.start > _LONGEST_NAME + _LONGEST_TYPE for piece in pieces[1:]):
        return False
    if role_spans(text) or (not kinds[-1] and _names_body(text[words[pieces[-1].start].start :])):
        return False
    if not _bodies().isdisjoint([one.text for one in words[pieces[0].end :]]):
        return False
    units = sum(kind != "" for kind in kinds)
    first = words[: pieces[0].end]
    is_house = any(one.text[0].isdigit() for one in first[:-1]) or any(one.text in _streets() for one in first[1:])
    return units >= _ROOM or (is_house and pieces[0].kind != "numbered" and len(pieces) > 1)


def _behind_streets(words: Sequence[PhraseWord], first: _Piece) -> Iterator[int]:
    """Yield where a unit begins in the first words, behind a street's name and the word for it, or its number."""
    end = first.end - type_before(words[: first.end]) if first.kind == "named" else first.start
    for at in range(first.start + 1, end):
        if words[at].text.rstrip(".") not in _streets() or _has_street(words[at + 1 : end]):
            continue
        behind = at + 1
        while behind < end and words[behind].text[0].isdigit():
            behind += 1
        if behind < end:
            yield behind


def _has_street(words: Sequence[PhraseWord]) -> bool:
    return any(word.text.rstrip(".") in _streets() for word in words)


def _names_body(text: str) -> bool:
    """Whether a text names an institution, a body or an office: that is no larger place."""
    one = part(text)
    return not one.folds or bool(rest_kind(one, 0, len(one.folds)))


def _type_at(words: Sequence[PhraseWord], at: int) -> int:
    """Return how many words from a position on are a type word that English puts behind names; 0 if there is none."""
    for count in range(min(_LONGEST_TYPE, len(words) - at), 0, -1):
        texts = [word.text.rstrip(".") for word in words[at : at + count]]
        word = terms.type_word(" ".join(texts)) if texts[-1] in _TYPES else None
        if word and word.after:
            return count
    return 0


def _numbered_at(words: Sequence[PhraseWord], at: int) -> int:
    """Return how many words from a position on are a type word and a number; 0 if there are none."""
    following = words[at + 1].text if at + 1 < len(words) else ""
    is_number = following.isdecimal() and len(following) <= _LONGEST_NUMBER
    return 2 if is_number and words[at].text.rstrip(".") in _NUMBERED else 0


@cache
def _streets() -> frozenset[str]:
    """Return the English words for streets, and for hamlets, behind their names."""
    kinds = {"street", "hamlet"}
    found = {row["word"] for row in rows("locality_words.csv") if row["language"] == "en" and row["kind"] in kinds}
    return frozenset(found - {"hem", "quarter"})


@cache
def _bodies() -> frozenset[str]:
    """Return the English words for institutions and bodies: behind a unit they are what it has, not a larger unit."""
    localities = (row for row in rows("locality_words.csv") if row["kind"] in ("institution", "body"))
    return frozenset(row["word"] for row in (*localities, *rows("common_nouns.csv")) if row["language"] == "en")
