"""What is said behind the name of a place: its type word alone, or what kind of place it is and where.

``Cần Thơ, thành phố``; ``Takéo, une province du sud``; ``Soc Son, a rural district of Hanoi``. Nothing is looked up.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from resolver.text import address, localities, terms
from resolver.text.phrase_words import link, past, phrase_at, to_type, type_at, type_before, words_of

__all__ = ["Apposition", "apposition", "with_types"]

_LONGEST_LONE = 30
_LONGEST_NAME = 6


class Apposition(NamedTuple):
    """The type word of the place named before it, perhaps with “former”, and the text of the place that it lies in."""

    type: str
    within: str


def with_types(pieces: list[str]) -> list[str]:
    """Return pieces in which each type word that stands alone is moved before the name that it follows.

    >>> with_types(["Cần Thơ", "thành phố"]), with_types(["Soc Son", "a rural district of Hanoi"])
    (['thành phố Cần Thơ'], ['district Soc Son', 'Hanoi'])
    """
    named: list[str] = []
    for piece in pieces:
        told = apposition(piece)
        may_have_type = bool(named) and not _is_typed(named[-1]) and not _is_local(named[-1])
        if told and may_have_type:
            named[-1] = f"{told.type} {named[-1]}"
        if not told or not (may_have_type or told.within):
            named.append(piece)
        elif told.within:
            named.append(told.within)
    return named


@lru_cache(maxsize=65_536)
def apposition(piece: str) -> Apposition | None:
    """Return what a piece tells of the place named before it; None if it is anything else.

    >>> apposition("a rural district of Hanoi"), apposition("une province du Sud-Est")
    (Apposition(type='district', within='Hanoi'), Apposition(type='province', within=''))
    >>> apposition("the province of Kampot"), apposition("a former province")
    (None, Apposition(type='former province', within=''))
    """
    lone = _lone_type(piece)
    return Apposition(lone, "") if lone else _described(piece)


def _described(piece: str) -> Apposition | None:
    """Return the type and place of a piece that begins with an indefinite article, or is but a type and where it is."""
    words = words_of(piece)
    if not words or not piece[words[0].start].islower():
        return None
    is_indefinite = bool(phrase_at(words, 0, "indefinite"))
    start, former = to_type(words, 0, "indefinite")
    typed = type_at(words, start)
    if not typed:
        return None
    end = past(words, start + typed, "where")
    word = "former " * former + piece[words[start].start : words[start + typed - 1].end]
    if end == len(words):
        return Apposition(word, "") if end > typed else None
    size = link(words, end)[0] if is_indefinite else 0
    return Apposition(word, piece[words[end + size].start :]) if 0 < size < len(words) - end else None


@lru_cache(maxsize=65_536)
def _lone_type(piece: str) -> str:
    """Return the type word if a piece is only that, except for another name in brackets; else an empty text."""
    bare = _before_brackets(piece)
    if len(bare) > _LONGEST_LONE or bare[:1].isdecimal():
        return ""
    words = words_of(bare)
    texts = [one.text for one in words]
    if not words or not (terms.type_word(" ".join(texts)) or terms.type_word(" ".join(texts[:-1]))):
        return ""
    end = len(words) - 1 if len(words) > 1 and link(words, len(words) - 1)[0] else len(words)
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
    words = words_of(piece)
    return len(words) > _LONGEST_NAME or bool(type_at(words, 0) or type_before(words))
