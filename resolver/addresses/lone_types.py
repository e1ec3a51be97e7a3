"""Type words without the name that belongs to them, or inside words for a house, street or hamlet.

``12 Lê Lợi, Phường, Quận 1`` and ``Khu phố 4 Thị trấn`` leave a name out; ``Khu pho 6 Xa Tine Trang`` misspells it.
"""

from __future__ import annotations

from collections.abc import Iterator

from resolver.addresses.components import levels_of
from resolver.addresses.place_tree import COMMUNE
from resolver.text.address import Part
from resolver.text.localities import has_number, is_mark, named_from
from resolver.text.terms import TypeWord, type_word

__all__ = ["commune_type_at_end", "commune_types_inside", "is_type_word"]

_LONGEST_LETTERS = 2
"""Most letters of an abbreviation, which may be something else."""
_LONGEST = 2
"""Most words of a commune's type word."""


def is_type_word(one: Part) -> bool:
    """Return whether a whole part is just a type word, written in full."""
    word = type_word(one.text)
    return word is not None and word.sure and len(word.word) > _LONGEST_LETTERS


def commune_type_at_end(one: Part, start: int, end: int) -> TypeWord | None:
    """Return the type word of a commune, written in full, that ends some words: ``Khu phố 4 Thị trấn``."""
    for count in range(min(_LONGEST, end - start - 1), 0, -1):
        word = type_word(one.slice(end - count, end))
        if word and word.sure and len(word.word) > _LONGEST_LETTERS and levels_of(word) == {COMMUNE}:
            return word
    return None


def commune_types_inside(one: Part, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Yield where a name may begin behind the type word of a commune inside words for a house, street or hamlet.

    Also whether it must, since the house or hamlet has its own name or number already: ``Khu pho 6 Xa Tine Trang``, but
    not ``Thon Xa Cau``.
    """
    named = named_from(one, start, end)
    for at in range(start + 1, end - 1):
        after = _behind_type(one, at)
        if at < after < end and not is_mark(one.slice(at, after + 1)) and not one.folds[after].isdecimal():
            is_apart = at > named or has_number(one, start, at)
            if is_apart or len(one.folds[at]) > 1:
                yield after, is_apart


def _behind_type(one: Part, at: int) -> int:
    """Return the end of a commune's type word, perhaps without its diacritics or its dot; ``at`` if there is none."""
    ends = [
        typed.end for group in one.before.values() for typed in group if typed.start == at and _is_communes(typed.word)
    ]
    if ends:
        return max(ends)
    letter = one.slice(at, at + 1)
    word = type_word(letter) if len(letter) == 1 and letter.isupper() else None
    return at + 1 if word and _is_communes(word) and one.slice(at + 1, at + 2)[:1].isupper() else at


def _is_communes(word: TypeWord) -> bool:
    return levels_of(word) == {COMMUNE}
