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
from typing import NamedTuple

from resolver.text import address, keys, khmer, khmer_phrases, localities, role_words, terms, type_slips
from resolver.text.words import rows

__all__ = ["LONGEST_WORDED", "begins_bare", "in_parts", "is_plain", "without_whereabouts"]

_PARTED = re.compile(r"[,;|\n\t()]")
_PARTING = re.compile(r"[,;|()]")
"""Of these only what is no blank: a phrase ends with one."""
_BREAK = re.compile(r"[\n\t]")
_MARKS = re.compile(r"['’\u0130\u0131\u017f\u212a]")
"""Apostrophes, and the letters that are others in lower case."""
_RUN = re.compile(r"\w+")
_WORD = re.compile(r"[dl]['’](?=\w)|[^\s,;|()'’]+(?:['’](?!s\b)[^\s,;|()'’]+)*", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\s+(?=\S)", re.IGNORECASE)
_LONGEST_NAME = 6
_SHORTEST_OWNER = 2
_LONGEST_BARE = 3
_LONGEST_TYPE = 3
_LONGEST_PHRASE = 5
LONGEST_WORDED = 400
_LONGEST_LONE = 30


_LINKS = ("link", "bound", "french")


class _Word(NamedTuple):
    """A word of a piece, in lower case, and its position."""

    text: str
    start: int
    end: int


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
    named = _with_types(pieces)
    if (named == pieces and not any(map(_is_hinted, _PARTING.split(text)))) or role_words.role_spans(text):
        return text
    parts = [part for number, piece in enumerate(named) for part in _parted(piece, first=number == 0)]
    return text if parts == pieces else ", ".join(parts)


def _with_types(pieces: list[str]) -> list[str]:
    """Return pieces with each separate type word moved before the name that it follows: ``Cần Thơ, thành phố``."""
    named: list[str] = []
    for piece in pieces:
        word = _lone_type(piece)
        if word and named and not _is_typed(named[-1]) and not _is_local(named[-1]):
            named[-1] = f"{word} {named[-1]}"
        else:
            named.append(piece)
    return named


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
    return not (_is_hinted(piece) or _lone_type(piece.strip()))


@lru_cache(maxsize=65_536)
def _lone_type(piece: str) -> str:
    """Return the type word if a piece is only that, except for another name in brackets; else an empty text."""
    bare = _before_brackets(piece)
    if len(bare) > _LONGEST_LONE or bare[:1].isdecimal():
        return ""
    words = _words(bare)
    texts = [one.text for one in words]
    if not words or not (terms.type_word(" ".join(texts)) or terms.type_word(" ".join(texts[:-1]))):
        return ""
    end = len(words) - 1 if len(words) > 1 and _link(words, len(words) - 1)[0] else len(words)
    word = terms.type_word(" ".join(texts[:end]))
    # Without diacritics and with a capital a short one may be a name: Trần, Huyen.
    sure = word is not None and (word.sure or end > 1 or bare[:1].islower())
    return bare[: words[end - 1].end] if sure and len(words[0].text) > 1 else ""


def _before_brackets(piece: str) -> str:
    """Return a piece without another name in square brackets at its end: ``thanh pho [Sai Gon]``."""
    inside = piece.rstrip().removesuffix("]")
    opened = inside.find("[", inside.rfind("]") + 1)
    return piece if opened < 0 else inside[:opened].rstrip()


def _is_local(piece: str) -> bool:
    """Whether a piece is a house or a numbered hamlet, so that the type word after it stands for a unit left empty.

    >>> _is_local("12 Lê Lợi"), _is_local("Khu phố 1"), _is_local("Bản Hon"), _is_local("5")
    (True, True, False, False)
    """
    one = address.part(piece)
    numbered = len(one.folds) > 1 and (one.folds[0].isdecimal() or one.folds[-1].isdecimal())
    return numbered and localities.rest_kind(one, 0, len(one.folds)) != ""


def _is_typed(piece: str) -> bool:
    words = _words(piece)
    return len(words) > _LONGEST_NAME or bool(_type_at(words, 0) or _type_before(words))


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
    words = _words(piece)
    for at in range(1, len(words)):
        size, kind = _link(words, at)
        # Trực thuộc is a link, Nam Trực is a name.
        written = piece[words[at].start : words[at + size - 1].end] if size else ""
        if not (written.islower() or piece.isupper()):
            continue
        named = _is_complete(words[:at]) and _leads_on(words[at + size :], kind)
        bare = first and bool(_phrase_at(words, at, "inside")) and _is_bare_name(piece[: words[at - 1].end])
        if named or (bare and _is_complete(words[at + size :])):
            left, right = piece[: words[at - 1].end], piece[words[at + size].start :]
            return [_told(left, first=first), *_parted(right, first=False)]
    return [_told(piece, first=first)]


def _owned(owner: str, owning: str, *, first: bool) -> list[str]:
    """Return the parts of a possessive phrase, the smallest first; none if it is no phrase of two places."""
    words, owners = _words(owning), _words(owner)
    is_complete = _is_complete(owners)
    if _is_hamlet(words) and (is_complete or _type_before(owners)):
        return [owning, *_parted(_told(owner, first=first), first=False)]
    if _is_complete(words) and len(owner) > _SHORTEST_OWNER and len(owners) <= _LONGEST_NAME:
        return [*_parted(owning, first=first), *_parted(_told(_somewhere_in(owner), first=first), first=False)]
    if first and is_complete and _is_bare_name(owning):
        return [owning, *_parted(_told(owner, first=first), first=False)]
    # What has a commune's hamlet in a district: the commune stands between the two.
    link = next((at for at in range(1, len(words)) if _link(words, at)[0]), 0)
    if link and is_complete and _leads_on(words[link + 1 :], "link"):
        return [owning[: words[link - 1].end], owner, *_parted(owning[words[link + 1].start :], first=False)]
    return []


def _somewhere_in(owner: str) -> str:
    """Return an owner without the words for a part of it: what is in northern Vietnam is in Vietnam."""
    words = _words(owner)
    named = _past(words, 0, "where before")
    if 0 < named < len(words) and owner[: words[named].start].islower() and _is_bare_name(owner[words[named].start :]):
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
    return told != text and _is_bare_name(told.partition(",")[0])


def _words(text: str) -> list[_Word]:
    return [_Word(found.group().lower(), found.start(), found.end()) for found in _WORD.finditer(text)]


def _type_at(words: Sequence[_Word], at: int) -> int:
    """Return how many words from a position on are a type word; 0 if there is none."""
    for count in range(min(_LONGEST_TYPE, len(words) - at), 0, -1):
        text = " ".join(word.text for word in words[at : at + count])
        if len(text) > 1 and terms.type_word(text):
            return count
    return 0


def _type_before(words: Sequence[_Word]) -> int:
    """Return how many words at the end are a type word that may come after a name."""
    for count in range(min(_LONGEST_TYPE, len(words)), 0, -1):
        word = terms.type_word(" ".join(one.text for one in words[-count:]))
        if word and word.after:
            return count
    return 0


def _phrase_at(words: Sequence[_Word], at: int, kind: str) -> int:
    """Return how many words from a position on are a phrase of a kind; 0 if there is none."""
    for count in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
        if " ".join(word.text for word in words[at : at + count]).replace("' ", "'") in _phrases()[kind]:
            return count
    return 0


def _link(words: Sequence[_Word], at: int) -> tuple[int, str]:
    """Return how many words from a position on are a link to a larger place, and their kind."""
    return max((_phrase_at(words, at, kind), kind) for kind in _LINKS)


def _past(words: Sequence[_Word], at: int, *kinds: str) -> int:
    """Return the first position from one on where no phrase of some kinds begins."""
    while at < len(words) and (step := max(_phrase_at(words, at, kind) for kind in kinds)):
        at += step
    return at


def _is_complete(words: Sequence[_Word]) -> bool:
    """Whether some words are only a place with its type word before or after it."""
    start = _past(words, 0, "article", "where before")
    typed = _type_at(words, start)
    if typed:
        named = _past(words, start + typed, "where", "article", *_LINKS)
        return named < len(words) <= named + _LONGEST_NAME and not _has_link(words[named:])
    start = _past(words, 0, "the", "where before")
    behind = _type_before(words[start:])
    name = words[start : len(words) - behind]
    return bool(behind) and 0 < len(name) <= _LONGEST_NAME and not _has_link(name)


def _is_bare_name(text: str) -> bool:
    """Whether a text is a few capitalised words that are not a word for an institution, a body or an office.

    >>> _is_bare_name("Phat Sanday"), _is_bare_name("Hospital"), _is_bare_name("villagers")
    (True, False, False)
    """
    words = text.split()
    short = 0 < len(words) <= _LONGEST_BARE and all(word.isalpha() and word[0].isupper() for word in words)
    return short and str(keys.fold(text)) not in localities.nouns()


def _is_hamlet(words: Sequence[_Word]) -> bool:
    """Whether some words are a name followed by an English word for a hamlet."""
    return 1 < len(words) <= _LONGEST_NAME and words[-1].text in _hamlet_words() and not _has_link(words)


@cache
def _hamlet_words() -> frozenset[str]:
    rows_ = rows("locality_words.csv")
    return frozenset(row["word"] for row in rows_ if (row["language"], row["kind"]) == ("en", "hamlet"))


def _has_link(words: Sequence[_Word]) -> bool:
    return any(_phrase_at(words, at, "link") for at in range(len(words)))


def _leads_on(words: Sequence[_Word], kind: str) -> bool:
    """Whether a larger place follows a link: with a type word, or in few words if the link is clear enough."""
    start = _past(words, 0, "article", "where before")
    typed = _type_at(words, start)
    if typed and start + typed < len(words):
        # Names of Vietnam can end in de and du; before a French word these are French.
        return kind != "french" or " ".join(one.text for one in words[start : start + typed]) in _french_types()
    rest = words[_past(words, 0, "the", "where before") :]
    return (
        bool(rest) and len(rest) <= _LONGEST_NAME and (kind == "link" or (kind == "bound" and bool(_type_before(rest))))
    )


def _told(piece: str, *, first: bool) -> str:
    """Return a part without links before it and without the words that say where it is."""
    words = _words(piece)
    island = _past(words, 0, "article")
    size = _phrase_at(words, island, "island") if island < len(words) else 0
    if size:
        named = _past(words, island + size, "french", "article")
        if named < len(words) and not _type_at(words, named):
            return f"{piece[words[named].start :]} island"
    linked, kind = _link(words, 0) if words else (0, "")
    free = kind == "link" and not first
    start = linked if free or _type_at(words, _past(words, linked, "article", "where before")) else 0
    telling = _past(words, start, "article", "where before")
    typed = _type_at(words, telling)
    if not typed:
        telling = _past(words, start, "the", "where before")
    if typed or (telling < len(words) and _type_before(words[telling:])):
        start = telling
    if start >= len(words):
        return piece
    following = _past(words, start + typed, "where") if typed else 0
    if typed and start + typed < following < len(words):
        return f"{piece[words[start].start : words[start + typed - 1].end]} {piece[words[following].start :]}"
    return piece[words[start].start :]


@cache
def _phrases() -> dict[str, frozenset[str]]:
    """Return the phrases of each kind."""
    found: dict[str, set[str]] = {
        kind: set() for kind in ("link", "bound", "french", "where", "article", "island", "inside")
    }
    # Before a name with its type word after it, only English words count: Le, La and Biên Giới begin names.
    found["the"] = {"the"}
    found["where before"] = {
        row["words"] for row in rows("phrases.csv") if (row["language"], row["kind"]) == ("en", "where")
    }
    for row in rows("phrases.csv"):
        if row["language"] != "km" and row["kind"] in found:
            found[row["kind"]].add(row["words"])
    return {kind: frozenset(phrases) for kind, phrases in found.items()}


@cache
def _french_types() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("type_words.csv") if row["language"] == "fr")


@cache
def _hints() -> re.Pattern[str]:
    """Return a pattern that every phrase contains."""
    kinds = (*_LINKS, "where", "island")
    words = sorted({phrase for kind in kinds for phrase in _phrases()[kind]}, key=len, reverse=True)
    return re.compile(rf"['’]s\s|(?<!\w)(?:{'|'.join(map(re.escape, words))})(?=\s|(?<='))", re.IGNORECASE)


@cache
def _hint_words() -> frozenset[str]:
    """Return the words that hints begin with."""
    return frozenset(_RUN.findall(phrase)[0] for kind in (*_LINKS, "where", "island") for phrase in _phrases()[kind])
