"""Mention spotting: known names and announcing words in a text, without those that the text itself excludes."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from resolver.annotation.folding import UPPER, Folded
from resolver.annotation.patterns import (
    ABBREVIATION,
    ANNOUNCING,
    CALLING,
    COUNTRY,
    DEMONYM,
    NAME,
    OFFICE,
    ORGANISATION,
    PERSON,
    PLACE,
    PROVINCE,
    TITLE,
    WEAK,
    Patterns,
)
from resolver.annotation.words_beside import is_common, is_opening, sides
from resolver.text import khmer, terms
from resolver.text.words import rows

__all__ = ["Spot", "spots"]

_INSIDE = re.compile(r"[,;:!?()\[\]{}\"“”«»។៖|/\u2026]|\.\s|\n\n")
"""Characters that no name contains, except for a full stop after an abbreviation."""
_DEPENDENT = re.compile("\u17c8(?![ \n]|$)|[\u17b4-\u17c7\u17c9-\u17d3\u17dd]")
"""Signs that belong to the letter before them; but behind a whole word a reahmuk of two dots is typed as a colon."""
_KHMER = re.compile("[\u1780-\u17d3\u17dd]")
"""A letter or a sign of Khmer script."""
_TONED = re.compile("[a-zđ]*[ăơưăđơư\u1ea0-\u1ef9]")
_ARTICLE = re.compile(r"(?:La|Le|Les|The) [^\W\dA-Z_]|L['’][^\W\dA-ZÀ-Þ_]")
"""An article with a common noun: La réunion a lieu."""
_COENG = "\u17d2"
_WORD = re.compile(r"(?<!['’\w])[^\W\d_]+")
_HALF_DAY, _HOUR = "PM", re.compile(r"\d ?$")
"""An office that is a time of day after a number: 2.20 PM."""
_LONGEST_UNIT = 2
"""Most letters of a title in lower case that is a unit after a number: 340 mm."""
_NUMBERED = re.compile(r"\d/[A-ZĐ]+-$")
"""The number of a document before an abbreviation that belongs to it: 1260/QD-TTg."""
_NAME_BEFORE, _FARTHEST = re.compile(rf"(?<![^\W\d_])([{UPPER}][^\W\d_]*)[ -]$"), 20
"""A word of a name before a letter, which is then an initial and no title: John M. Lam, but Selon M. Lam."""
_SEVERAL = "ទាំង"
_CURRENCIES = ("$", "€", "£")
"""Signs before which a country is a currency: US$ 2 million."""
_LONGEST_BARE = 4
_MOST_KEPT = 100_000
_KHMER_BEFORE = r"^|[\s\u17d4-\u17da\"«“(]|ពី|នៅ|និង|ទៅ|ក្នុង|ដល់|នៃ|រវាង|ភាគី|កាន់|មក|ដោយ|ជាមួយ|របស់|លោក|ប្រឆាំង|ទោស"
"""What stands before a short Khmer name, beside the type words."""
_BEFORE_COUNTRY = re.compile(
    "(?:ក្សត្រ|រដ្ឋសភា|ព្រឹទ្ធសភា|រដ្ឋាភិបាល|រដ្ឋមន្ត្រី|ប្រធានរដ្ឋ|ការបរទេស|ការពារជាតិ|មហាផ្ទៃ|ទូត|ប្រជាជន|ពលរដ្ឋ|កងទ័ព|ទាហាន|យោធា|នគរបាល|ព្រំដែន)$"
)
"""What stands right before a country of one syllable: ប្រធានរដ្ឋសភាឡាវ."""
_KHMER_AFTER = re.compile(r"$|[\s\u17c8\u17d4-\u17da\"»”)]|និង|បាន|នៅ|មាន|ជា|ត្រូវ|នឹង")


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
    written = patterns.written
    if len(written) > _MOST_KEPT:
        written.clear()
    found: list[Spot] = []
    for start, end, all_flags in patterns.find(folded.folded):
        text = plain[start:end]
        flags = written.get(text)
        if flags is None:
            flags = written[text] = _written(text, folded.folded[start:end], all_flags, patterns)
        if (end - start == 1 and not _is_letter_title(plain, start)) or plain.startswith(_CURRENCIES, end):
            continue
        if flags and _is_unit(text, flags) and _HOUR.search(plain, max(0, start - 3), start):
            continue
        if flags and start and plain[start - 1] == "-" and _NUMBERED.search(plain, max(0, start - _FARTHEST), start):
            continue
        if flags and (text[0] < "\u1780" or text[0] > "\u17ff" or _is_cut_right(plain, start, end, flags)):
            found.append(Spot(start, end, flags))
    found.sort(key=lambda spot: (spot.start, -spot.end))
    return found


def _is_unit(text: str, flags: int) -> bool:
    """Whether a title or an office is a unit if a number is before it: 2.20 PM, 340 mm."""
    return text == _HALF_DAY or (flags == TITLE and len(text) <= _LONGEST_UNIT and text.islower())


def _is_letter_title(plain: str, start: int) -> bool:
    """Whether a letter at a position is a title: M. Lam."""
    written = plain[start].isupper() and plain.startswith(".", start + 1)
    before = _NAME_BEFORE.search(plain, max(0, start - _FARTHEST), start) if written else None
    return written and (before is None or is_opening(before[1]))


def _written(text: str, folded: str, flags: int, patterns: Patterns) -> int:
    """Return what a text can be, given its diacritics, capitals and punctuation; 0 if it is no name as written."""
    if flags & CALLING and flags != CALLING:  # anh is said to people, and no country
        return _written(text, folded, flags & ~CALLING, patterns) | _written(text, folded, CALLING, patterns)
    if flags & DEMONYM and patterns.names_country(text):
        flags &= ~DEMONYM
    if flags & WEAK and patterns.is_strong(text):
        flags &= ~WEAK
    if flags & ANNOUNCING and not patterns.announces(folded, text):
        flags &= ~ANNOUNCING
    if not flags & (NAME | ANNOUNCING):
        return 0
    if "\u1780" <= text[0] <= "\u17ff":
        return flags
    if _INSIDE.search(text):
        return flags if flags == TITLE else 0
    # A word in lower case may be that of a commune, and announce a name: bà.
    return flags if not flags & NAME or _is_written_as_name(text, flags) else flags & ANNOUNCING


def _is_written_as_name(text: str, flags: int) -> bool:
    """Whether a text has the capitals that a name of its kind has."""
    if not text[0].isupper() and not _lower_may_begin(text, flags):
        return False
    if _ARTICLE.match(text):
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


def _is_cut_right(plain: str, start: int, end: int, flags: int) -> bool:
    """Whether a Khmer name begins and ends at syllable borders; if it is short or local, also at a word border.

    A name behind the word for a hamlet or a street is not the commune's, and several holders of an office are nobody.
    """
    if _DEPENDENT.match(plain, end) or (start and plain[start - 1] == _COENG):
        return False
    if not flags & NAME:
        return True
    if flags & (OFFICE | ORGANISATION) and plain.startswith(_SEVERAL, end):
        return False
    if not flags & ~(PLACE | WEAK) and _is_village(plain, start, end, flags):
        return False
    local = not flags & (COUNTRY | PROVINCE | PERSON | ORGANISATION | OFFICE)
    common = is_common(plain[start:end])
    if end - start > _LONGEST_BARE and not local and not common:
        return True
    return _is_parted(plain, start, end, country=bool(flags & COUNTRY), common=common)


def _is_village(plain: str, start: int, end: int, flags: int) -> bool:
    """Whether a word for a hamlet or a street is before a place, or a word that makes it another village behind it."""
    if not flags & (COUNTRY | PROVINCE) and plain.startswith(tuple(sides()), end):
        return True  # សំរុងលើ is another village than សំរុង
    return _below_communes().search(plain, max(0, start - _FARTHEST), start) is not None


def _is_parted(plain: str, start: int, end: int, *, country: bool, common: bool) -> bool:
    """Whether a Khmer name is at a word border, or after a word that precedes names.

    One that is also a ``common`` word needs borders on both sides: កណ្តាល, the centre.
    """
    ends = _KHMER_AFTER.match(plain, end) is not None
    if ends and country and _BEFORE_COUNTRY.search(plain, max(0, start - _FARTHEST), start):
        return True
    if before := _khmer_before().search(plain, max(0, start - _FARTHEST), start):
        return not common or ends or before["type"] is not None
    return start == 0 or (ends and not _KHMER.match(plain[start - 1]))


@cache
def _khmer_before() -> re.Pattern[str]:
    types = sorted(filter(khmer.is_khmer, terms.type_phrases()), key=len, reverse=True)
    return re.compile(rf"(?:{_KHMER_BEFORE}|(?P<type>(?:{'|'.join(types)}) ?))$")


@cache
def _below_communes() -> re.Pattern[str]:
    """Return a pattern for the words for a hamlet or a street at the end of what stands before a name."""
    words = [khmer.normalise(row["word"]) for row in rows("locality_words.csv") if row["language"] == "km"]
    return re.compile(f"(?:{'|'.join(words)}) ?$")
