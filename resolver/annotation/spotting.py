"""Mention spotting: known names and announcing words in a text, without those that the text itself excludes."""

from __future__ import annotations

import re
from typing import NamedTuple

from resolver.annotation.folding import Folded
from resolver.annotation.patterns import (
    ABBREVIATION,
    ANNOUNCING,
    COUNTRY,
    DEMONYM,
    NAME,
    OFFICE,
    ORGANISATION,
    PERSON,
    PROVINCE,
    TITLE,
    Patterns,
)
from resolver.text import khmer, terms

__all__ = ["Spot", "spots"]

_INSIDE = re.compile(r"[,;:!?()\[\]{}\"“”«»។៖|/\u2026]|\.\s|\n\n")
"""Characters that no name contains, except for a full stop after an abbreviation."""
_DEPENDENT = re.compile("[\u17b4-\u17d3\u17dd]")
_TONED = re.compile("[a-zđ]*[ăơưăđơư\u1ea0-\u1ef9]")
_COENG = "\u17d2"
_WORD = re.compile(r"(?<!['’\w])[^\W\d_]+")
_LONGEST_BARE = 4
_KHMER_BEFORE = re.compile(
    r"(?:^|[\s\u17d4-\u17da\"«“(]|ពី|នៅ|និង|ទៅ|ក្នុង|ដល់|នៃ|រវាង|ប្រទេស|ភាគី|កាន់|មក|ដោយ|ជាមួយ|របស់|ខេត្ត|ស្រុក|ក្រុង|ឃុំ|រាជធានី|លោក|ប្រឆាំង|ទោស)$"
)
_KHMER_AFTER = re.compile(r"$|[\s\u17d4-\u17da\"»”)]|និង|បាន|នៅ|មាន|ជា|ត្រូវ|នឹង")


class Spot(NamedTuple):
    """A span of the plain form of a text, and what it can be."""

    start: int
    end: int
    found: int


def spots(folded: Folded, patterns: Patterns) -> list[Spot]:
    """Return the patterns found in a text, ordered by start, the longest first.

    Names of places and people begin with a capital, and abbreviations have only capitals. A Khmer name begins and ends
    at the border of a syllable; a short one must be beside a word border, or after a word that precedes names.
    """
    plain = folded.plain
    found = [
        Spot(start, end, flags)
        for start, end, all_flags in patterns.find(folded.folded)
        if _may_be(plain, start, end, flags := _spelt(folded, patterns, start, end, all_flags))
    ]
    found.sort(key=lambda spot: (spot.start, -spot.end))
    return found


def _spelt(folded: Folded, patterns: Patterns, start: int, end: int, flags: int) -> int:
    """Return what a span can be, given its diacritics."""
    if flags & DEMONYM and patterns.names_country(folded.plain[start:end]):
        flags &= ~DEMONYM
    if not flags & ANNOUNCING or patterns.announces(folded.folded[start:end], folded.plain[start:end]):
        return flags
    return flags & ~ANNOUNCING


def _may_be(plain: str, start: int, end: int, flags: int) -> bool:
    """Whether a span has the capitals that a name of its kind has."""
    if not flags & (NAME | ANNOUNCING):
        return False
    if "\u1780" <= plain[start] <= "\u17ff":
        local = not flags & (COUNTRY | PROVINCE | PERSON | ORGANISATION | OFFICE)
        return _is_cut_right(plain, start, end, named=bool(flags & NAME), local=local)
    if _INSIDE.search(plain, start, end):
        return flags == TITLE
    return not flags & NAME or _is_written_as_name(plain[start:end], flags)


def _is_written_as_name(text: str, flags: int) -> bool:
    if not text[0].isupper() and not _lower_may_begin(text, flags):
        return False
    if not flags & (COUNTRY | OFFICE | ORGANISATION) and not _all_capitals(text):
        return False
    return not flags & ABBREVIATION or len(text) > _LONGEST_BARE or text.isupper()


def _all_capitals(name: str) -> bool:
    """Whether all words of a name, except a type word, begin with a capital: Son la is not Sơn La."""
    return all(
        word[0][0].isupper() or not word[0][0].islower() or terms.type_word(word[0]) for word in _WORD.finditer(name)
    )


def _lower_may_begin(text: str, flags: int) -> bool:
    """Whether a name may begin in lower case: offices and bodies of several words, and announcing words."""
    if flags & ANNOUNCING:
        return True
    if _TONED.match(text):
        return False  # Vietnamese names of bodies begin with a capital: cán bộ Công an
    return bool(flags & (ORGANISATION | OFFICE | DEMONYM)) and (" " in text or bool(flags & DEMONYM))


def _is_cut_right(plain: str, start: int, end: int, *, named: bool, local: bool) -> bool:
    """Whether a Khmer name begins and ends at syllable borders; if it is short or local, also at a word border."""
    if _DEPENDENT.match(plain, end) or (start and plain[start - 1] == _COENG):
        return False
    if not named or (end - start > _LONGEST_BARE and not local):
        return True
    return bool(_KHMER_BEFORE.search(plain, max(0, start - 12), start) or False) or (
        start == 0 or (bool(_KHMER_AFTER.match(plain, end)) and not khmer.is_khmer(plain[start - 1]))
    )
