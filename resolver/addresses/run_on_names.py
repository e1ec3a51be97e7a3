"""Names that words for a house, street or hamlet run on into without a comma: ``Khu pho 6 Xa Tine Trang``."""

from __future__ import annotations

from collections.abc import Iterator

from resolver.addresses.components import levels_of
from resolver.addresses.place_tree import COMMUNE, DISTRICT
from resolver.text.address import Part
from resolver.text.localities import has_number, is_mark, named_from
from resolver.text.terms import TypeWord, type_word

__all__ = ["must_name_commune", "names_inside"]

_LONGEST_LETTERS = 2
"""Most letters of an abbreviation that its dot shows to be one."""


def names_inside(one: Part, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Yield where a name of its own may begin inside words for a house, street or hamlet.

    Behind a commune's type word, behind the number of a hamlet or street, and behind a dash. Also whether one must, as
    behind the type word where the house or hamlet has a name or number already: not ``Thon Xa Cau``.
    """
    named = named_from(one, start, end)
    for at in range(start + 1, end - 1):
        numbered = has_number(one, start, at)
        after = _behind_type(one, at)
        if at < after < end and not is_mark(one.slice(at, after + 1)):
            if at > named or numbered or len(one.folds[at]) > 1:
                yield after, at > named or numbered
        elif numbered or (at > named and _is_behind_dash(one, at)):
            yield _behind_letters(one, at), False


def must_name_commune(one: Part, start: int, end: int) -> bool:
    """Whether words for a house, street or hamlet surely run on into the name of a commune."""
    return any(is_apart for _, is_apart in names_inside(one, start, end))


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


def _behind_letters(one: Part, at: int) -> int:
    """Return where a name begins behind an abbreviation with its dot, if there is one: ``K.Kak``, ``Ph.Phu Luong``."""
    return at + 1 if len(one.folds[at]) <= _LONGEST_LETTERS and one.is_dotted(at) else at


def _is_behind_dash(one: Part, at: int) -> bool:
    """Whether a dash with spaces around it stands before a word."""
    return one.text[one.ends[at - 1] : one.starts[at]].strip() == "-" and one.text[one.starts[at] - 1] == " "


def _is_communes(word: TypeWord) -> bool:
    levels = levels_of(word)
    return COMMUNE in levels and DISTRICT not in levels
