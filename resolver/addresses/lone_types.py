"""Type words that stand for a name that was left out: ``12 Lê Lợi, Phường, Quận 1``, ``Khu phố 4 Thị trấn``."""

from __future__ import annotations

from resolver.addresses.components import levels_of
from resolver.addresses.place_tree import COMMUNE
from resolver.text.address import Part
from resolver.text.terms import TypeWord, type_word

__all__ = ["commune_type_at_end", "is_of_commune_beside", "is_type_word"]

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


def is_of_commune_beside(one: Part, start: int, end: int, taken: int) -> bool:
    """Whether some words are the type word of communes alone, beside words that are ``taken`` for a name.

    That name is a commune's then, and not a larger place's: ``Khum Prasat Bakong`` is no district.
    """
    typed = (*(typed for group in one.before.values() for typed in group), *one.after.values())
    words = [typed.word for typed in typed if (typed.start, typed.end) == (start, end) and typed.word.sure]
    beside = bool(taken >> end & 1 or (start > 0 and taken >> (start - 1) & 1))
    return beside and any(levels_of(word) == {COMMUNE} for word in words)
