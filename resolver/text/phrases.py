"""Places described in a phrase: ``Bavel district of Battambang province``, ``ស្រុកបវេលក្នុងខេត្តបាត់ដំបង``.

A phrase is rewritten as the parts of an address, the smallest first. Words that only say where a place is (``the
northern province of``) are left out. The words are data (``phrases.csv``): a ``link`` connects to the larger place, a
``bound`` link only before a type word; ``inside`` are the links before which a name needs no type word; ``where`` says
in which part of the country. Nothing is looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from resolver.text import khmer, khmer_phrases, role_words, type_slips
from resolver.text.appositions import apposition, with_types
from resolver.text.phrase_words import (
    LINKS,
    PhraseWord,
    french_types,
    is_bare_name,
    link,
    past,
    phrase_at,
    phrases_by_kind,
    to_type,
    type_at,
    type_before,
    words_of,
)
from resolver.text.words import rows

__all__ = ["LONGEST_WORDED", "begins_bare", "in_parts", "is_plain", "without_whereabouts"]

_PARTED = re.compile(r"[,;|\n\t()]")
_PARTING = re.compile(r"[,;|()]")
"""Of these only what is no blank: a phrase ends with one."""
_BREAK = re.compile(r"[\n\t]")
_MARKS = re.compile(r"['’\u0130\u0131\u017f\u212a]")
"""Apostrophes, and the letters that are others in lower case."""
_RUN = re.compile(r"\w+")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\s+(?=\S)", re.IGNORECASE)
_LONGEST_NAME = 6
_SHORTEST_OWNER = 2
LONGEST_WORDED = 400


def in_parts(text: str) -> str:
    """Return a text with a comma between the parts of a phrase, the smallest first; other text is unchanged.

    >>> in_parts("An Biên district in the Mekong Delta province of Kiên Giang")
    'An Biên district, province of Kiên Giang'
    >>> in_parts("Kampot province's Chhouk district"), in_parts("huyện An Biên của tỉnh Kiên Giang")
    ('Chhouk district, Kampot province', 'huyện An Biên, tỉnh Kiên Giang')
    >>> in_parts("Phat Sanday in Kampong Thom province"), in_parts("Kampot province's Chhuk")
    ('Phat Sanday, Kampong Thom province', 'Chhuk, Kampot province')
    >>> in_parts("Can Tho, thanh pho"), in_parts("quần đảo Trường Sa")
    ('thanh pho Can Tho', 'Trường Sa island')
    >>> in_parts("Department of Education of Kampot province")
    'Department of Education of Kampot province'
    """
    if len(text) > LONGEST_WORDED or all(map(is_plain, _PARTING.split(text))):
        return text
    text = type_slips.mended(text)
    if khmer.is_khmer(text):
        return khmer_phrases.in_parts(text)
    pieces = [piece for part in _PARTED.split(text) if (piece := part.strip())]
    named = with_types(pieces)
    if (named == pieces and not any(map(_is_hinted, _PARTING.split(text)))) or _names_office(text):
        return text
    parts = [part for number, piece in enumerate(named) for part in _parted(piece, first=number == 0)]
    return text if parts == pieces else ", ".join(parts)


def _names_office(text: str) -> bool:
    """Whether a text has a word for an office, other than in a link: chef-lieu de."""
    return any(not _hints().match(text, start) for start, _ in role_words.role_spans(text))


@lru_cache(maxsize=65_536)
def _is_hinted(piece: str) -> bool:
    """Whether a piece has something that every phrase contains."""
    if not _MARKS.search(piece) and _hint_words().isdisjoint(_RUN.findall(piece.lower())):
        return False
    return _hints().search(piece) is not None


@lru_cache(maxsize=65_536)
def is_plain(piece: str) -> bool:
    """Whether a piece cannot contain a phrase, a type word for another piece, or a typing error."""
    if _BREAK.search(piece) or khmer.is_khmer(piece) or type_slips.mended(piece) != piece:
        return False
    return not (_is_hinted(piece) or apposition(piece.strip()))


def without_whereabouts(text: str) -> str:
    """Return a text for one place without the words that only say where it is.

    >>> without_whereabouts("the northern province of Lạng Sơn"), without_whereabouts("tỉnh miền núi Hà Giang")
    ('province of Lạng Sơn', 'tỉnh Hà Giang')
    """
    told = in_parts(text)
    return text if "," in told else told


def _parted(piece: str, *, first: bool) -> list[str]:
    """Return the parts of the text between two commas, the smallest first."""
    possessives = list(_POSSESSIVE.finditer(piece))
    if possessives:
        owned = possessives[-1]
        return _owned(piece[: owned.start()], piece[owned.end() :], first=first) or [piece]
    words = words_of(piece)
    inside = _middle_of(piece, words) if first else []
    if inside:
        return inside
    for at in range(1, len(words)):
        size, kind = link(words, at)
        # Trực thuộc is a link, Nam Trực is a name.
        written = piece[words[at].start : words[at + size - 1].end] if size else ""
        if not (written.islower() or piece.isupper()):
            continue
        named = _is_complete(words[:at]) and _leads_on(words[at + size :], kind)
        bare = first and bool(phrase_at(words, at, "inside")) and is_bare_name(piece[: words[at - 1].end])
        if named or (bare and _is_complete(words[at + size :])):
            left, right = piece[: words[at - 1].end], piece[words[at + size].start :]
            return [_told(left, first=first), *_parted(right, first=False)]
    return [_told(piece, first=first)]


def _middle_of(piece: str, words: Sequence[PhraseWord]) -> list[str]:
    """Return a part of a place and the place: ``downtown Hanoi``, ``Hoi An Old Town``; else nothing."""
    behind = next((at for at in range(1, len(words)) if phrase_at(words, at, "centre behind") == len(words) - at), 0)
    if behind and is_bare_name(piece[: words[behind - 1].end]):
        return [piece[words[behind].start :], piece[: words[behind - 1].end]]
    at = past(words, 0, "article")
    size = phrase_at(words, at, "centre") if at < len(words) else 0
    named = past(words, at + size, "article") if size else past(words, 0, "where before")
    if not 0 < named < len(words) or not (size or piece[: words[named].start].islower()):
        return []
    rest = piece[words[named].start :]
    if size and (typed := type_at(words, named)):
        return _parted(rest, first=False) if named + typed < len(words) else []
    if not is_bare_name(rest):
        return []
    first, last = (at, at + size) if size else (0, named)
    while phrase_at(words[:last], last - 1, "link") or phrase_at(words[:last], last - 1, "french"):
        last -= 1
    return [piece[words[first].start : words[last - 1].end], rest]


def _owned(owner: str, owning: str, *, first: bool) -> list[str]:
    """Return the parts of a possessive phrase, the smallest first; none if it is no phrase of two places."""
    words, owners = words_of(owning), words_of(owner)
    is_complete = _is_complete(owners)
    if _is_hamlet(words) and (is_complete or type_before(owners)):
        return [owning, *_parted(_told(owner, first=first), first=False)]
    if _is_complete(words) and len(owner) > _SHORTEST_OWNER and len(owners) <= _LONGEST_NAME:
        return [*_parted(owning, first=first), *_parted(_told(_somewhere_in(owner), first=first), first=False)]
    if first and is_complete and is_bare_name(owning):
        return [owning, *_parted(_told(owner, first=first), first=False)]
    # What has a commune's hamlet in a district: the commune stands between the two.
    joint = next((at for at in range(1, len(words)) if link(words, at)[0]), 0)
    if joint and is_complete and _leads_on(words[joint + 1 :], "link"):
        return [owning[: words[joint - 1].end], owner, *_parted(owning[words[joint + 1].start :], first=False)]
    return []


def _somewhere_in(owner: str) -> str:
    """Return an owner without the words for a part of it: what is in northern Vietnam is in Vietnam."""
    words = words_of(owner)
    named = past(words, 0, "where before")
    if 0 < named < len(words) and owner[: words[named].start].islower() and is_bare_name(owner[words[named].start :]):
        return owner[words[named].start :]
    return owner


def begins_bare(text: str) -> bool:
    """Whether a text is a phrase of a name without a type word in a place: the name need not be a place's.

    >>> begins_bare("Phat Sanday in Kampong Thom province"), begins_bare("Phat Sanday, Kampong Thom province")
    (True, False)
    """
    if len(text) > LONGEST_WORDED or _PARTED.search(text):
        return False
    told = in_parts(text)
    first = told.partition(",")[0]
    return told != text and is_bare_name(first) and not phrase_at(words_of(first), 0, "centre behind")


def _is_complete(words: Sequence[PhraseWord]) -> bool:
    """Whether some words are only a place with its type word before or after it."""
    start, _ = to_type(words, 0)
    typed = type_at(words, start)
    if typed:
        named = past(words, start + typed, "where", "article", *LINKS)
        return named < len(words) <= named + _LONGEST_NAME and not _has_link(words[named:])
    start = past(words, 0, "the", "where before", "new", "former")
    behind = type_before(words[start:])
    name = words[start : len(words) - behind]
    return bool(behind) and 0 < len(name) <= _LONGEST_NAME and not _has_link(name)


def _is_hamlet(words: Sequence[PhraseWord]) -> bool:
    """Whether some words are a name followed by an English word for a hamlet."""
    return 1 < len(words) <= _LONGEST_NAME and words[-1].text in _hamlet_words() and not _has_link(words)


@cache
def _hamlet_words() -> frozenset[str]:
    rows_ = rows("locality_words.csv")
    return frozenset(row["word"] for row in rows_ if (row["language"], row["kind"]) == ("en", "hamlet"))


def _has_link(words: Sequence[PhraseWord]) -> bool:
    return any(phrase_at(words, at, "link") for at in range(len(words)))


def _leads_on(words: Sequence[PhraseWord], kind: str) -> bool:
    """Whether a larger place follows a link: with a type word, or in few words if the link is clear enough."""
    start = past(words, 0, "article", "where before")
    typed = type_at(words, start)
    if typed and start + typed < len(words):
        # Names of Vietnam can end in de and du; before a French word these are French.
        return kind != "french" or " ".join(one.text for one in words[start : start + typed]) in french_types()
    rest = words[past(words, 0, "the", "where before") :]
    return (
        bool(rest) and len(rest) <= _LONGEST_NAME and (kind == "link" or (kind == "bound" and bool(type_before(rest))))
    )


def _told(piece: str, *, first: bool) -> str:
    """Return a part without links before it and without the words that say where it is."""
    words = words_of(piece)
    island = past(words, 0, "article")
    size = phrase_at(words, island, "island") if island < len(words) else 0
    if size:
        named = past(words, island + size, "french", "article")
        if named < len(words) and not type_at(words, named):
            return f"{piece[words[named].start :]} island"
    linked, kind = link(words, 0) if words else (0, "")
    free = kind == "link" and not first
    start = linked if free or type_at(words, to_type(words, linked)[0]) else 0
    telling, former = to_type(words, start)
    typed = type_at(words, telling)
    if not typed:
        telling = past(words, start, "the", "where before", "new")
    if typed or (telling < len(words) and type_before(words[telling:])):
        start = telling
    if start >= len(words):
        return piece
    following = past(words, start + typed, "where") if typed else 0
    before = "former " if typed and former else ""
    if typed and start + typed < following < len(words):
        return f"{before}{piece[words[start].start : words[start + typed - 1].end]} {piece[words[following].start :]}"
    return f"{before}{piece[words[start].start :]}"


_HINTS = (*LINKS, "where", "former", "new", "centre", "centre behind", "island")
"""The kinds of words of which every phrase has one."""


@cache
def _hints() -> re.Pattern[str]:
    """Return a pattern that every phrase contains."""
    words = sorted({phrase for kind in _HINTS for phrase in phrases_by_kind()[kind]}, key=len, reverse=True)
    return re.compile(rf"['’]s\s|(?<!\w)(?:{'|'.join(map(re.escape, words))})(?=\s|$|(?<='))", re.IGNORECASE)


@cache
def _hint_words() -> frozenset[str]:
    """Return the words that hints begin with."""
    return frozenset(_RUN.findall(phrase)[0] for kind in _HINTS for phrase in phrases_by_kind()[kind])
