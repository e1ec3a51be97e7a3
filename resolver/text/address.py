"""Tokenizer of addresses: the words of each part, and the type words among them.

Nothing is looked up here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from string import ascii_lowercase
from typing import NamedTuple

from resolver.text import keys, khmer, terms, vietnamese
from resolver.text.numerals import ROMAN
from resolver.text.terms import TypeWord

__all__ = [
    "DIGIT_INSIDE",
    "FORMER",
    "LONGEST_ABBREVIATION",
    "TOKEN",
    "Part",
    "Typed",
    "cut",
    "in_brackets",
    "part",
    "says_former",
    "with_sure_type",
]

_BEFORE = r"(?:(?<!\s)\s+)?"  # all spaces from the first one on, so that a long run is scanned only once
_UNIT = r"(?:thành phố|thị trấn|thị xã|phường|quận|huyện|tỉnh|xã|t[tpx]\b|[pqhx]\.)"
_HARD = re.compile(
    rf"{_BEFORE}[,;|\n\t\[\]()]\s*|(?<!\s)\s+[•·]\s+|{_BEFORE}[–—]{{1,2}}\s+|(?<!\s)\s+-\s+(?={_UNIT})"
    r"|(?<!\s)\s+/\s+(?!\d)|(?<=[^\s\d])\s+/\s+(?=\d)",
    re.IGNORECASE,
)
"""Separators of parts; a hyphen may belong to a name, but not before a type word, and a slash to a house's number."""
_APART = ' \t.,;:|()[]/\\\\–—_"“”«»!?*#+&=<>~•·-'
TOKEN = re.compile(rf"\d+(?:[A-Za-z](?![^{re.escape(_APART)}]))?|[^\d{re.escape(_APART)}]+")
_LONGEST_TYPE = 3
LONGEST_ABBREVIATION = 2
_MOSTTOKENS = 40
_SHORT = 2
_MANY = 4
"""Least words of a part inside which a misspelt type word is searched for."""
_OFTEN_MISSPELT = ("thành phố", "thị trấn", "thị xã", "phường", "huyện", "quận", "tỉnh", "xã")
_LINKING = frozenset({"de", "d", "du", "of", "the", "la", "le", "des", "thuoc", "in", "at"})
_ALSO_AFTER = frozenset({"sangkat", "khan", "khum", "srok", "krong", "khaet", "khet"})
"""Khmer type words, which English puts after the name: ``Dangkao Sangkat``."""
DIGIT_INSIDE = re.compile(r"[^\W\d_]\d[^\W\d_]")
_ELIDED = re.compile(r"\b([dl])['’](?=\w)", re.IGNORECASE)
_INSIDE = re.compile(r"\(([^()]*)\)")
FORMER = frozenset({"cu", "former", "formerly", "previously", "ancien", "ancienne", "anciennement", "ex", "old"})
_FORMER_BEHIND = frozenset({"cũ", "cu"})


class Typed(NamedTuple):
    """A type word and its words in a part: from ``start`` to before ``end``."""

    start: int
    end: int
    word: TypeWord


class Part(NamedTuple):
    """The text between two separators: its folded words, with their positions in the text.

    ``before`` holds for each position the type words that end there (the name follows), ``slips`` possible misspelt
    ones, ``after`` those that begin there and may follow a name. ``numerals`` are the Roman numbers that are a whole
    name, in Arabic digits.
    """

    text: str
    folds: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    before: dict[int, tuple[Typed, ...]]
    after: dict[int, Typed]
    slips: dict[int, Typed]
    numerals: dict[int, str]

    def touches(self, at: int) -> bool:
        """Whether only spaces and dots are between a word and the one before: no hyphen, no slash."""
        return at > 0 and not self.text[self.ends[at - 1] : self.starts[at]].strip(" .")

    def is_dotted(self, at: int) -> bool:
        """Whether a dot directly follows a word."""
        return self.text[self.ends[at] : self.ends[at] + 1] == "."

    def is_in_house_number(self, at: int) -> bool:
        """Whether a word is a number that a slash joins to another one: the 4 of ``154/4/81``."""
        after, before = self.text[self.ends[at] :][:2], self.text[max(self.starts[at] - 2, 0) : self.starts[at]]
        return (after[:1] == "/" and after[1:].isdecimal()) or (before[1:] == "/" and before[:1].isdecimal())

    def slice(self, start: int, end: int) -> str:
        """Return the text of some words."""
        return self.text[self.starts[start] : self.ends[end - 1]]


def cut(text: str) -> list[str]:
    """Return the texts between the separators of an address; hyphens and slashes may belong to names.

    >>> cut("12 Lê Lợi, P.Bến Nghé, Q1 (TP.HCM)")
    ['12 Lê Lợi', 'P.Bến Nghé', 'Q1', 'TP.HCM']
    """
    return [piece for piece in _HARD.split(text) if piece and not piece.isspace()]


def in_brackets(text: str) -> frozenset[str]:
    """Return the parts of an address that are in brackets.

    >>> sorted(in_brackets("P. Bến Thành (Quận 1 cũ), TP.HCM")), in_brackets("Quận 1 cũ, TP.HCM")
    (['Quận 1 cũ'], frozenset())
    """
    return frozenset(piece for inside in _INSIDE.findall(text) for piece in cut(inside)) if "(" in text else frozenset()


def part(text: str) -> Part:
    """Return the words of a part and the type words among them.

    >>> one = part("Q1 TPHCM")
    >>> one.folds, [typed.word.word for typed in one.before[1]]
    (('q', '1', 'tphcm'), ['q'])
    """
    if khmer.is_khmer(text):
        text = _khmer_types().sub(r" \1 ", text)
    if "'" in text or "’" in text:
        text = _ELIDED.sub(r"\1 ", text)
    found = [(match.start(), match.end(), _fold(match.group())) for match in TOKEN.finditer(text)]
    found = [token for token in found if token[2]][-_MOSTTOKENS:]
    if DIGIT_INSIDE.search(text):
        found = list(_without_stray_digits(text, found))
    starts, ends = tuple(token[0] for token in found), tuple(token[1] for token in found)
    folds = tuple(str(int(fold)) if fold.isdecimal() and fold.isascii() else fold for _, _, fold in found)
    before: dict[int, tuple[Typed, ...]] = {}
    after: dict[int, Typed] = {}
    for typed in _types(text, folds, starts, ends):
        if typed.end < len(folds):
            for end in _past_linking(folds, typed.end) if _may_link(typed.word) else (typed.end,):
                before[end] = (*before.get(end, ()), typed)
        ends_part = typed.end == len(folds) and typed.word.word in _ALSO_AFTER
        if typed.start and (typed.word.after or ends_part):
            after[typed.start] = typed
    slips: dict[int, Typed] = {}
    for typed in (*_slips(folds), *_slips_inside(text, folds, starts, ends)):
        known = before.get(typed.end, ())
        if all(typed.start < other.start for other in known):
            before.pop(typed.end, None)  # hTị xã is not a xã
            slips[typed.end] = typed
    return Part(text, folds, starts, ends, before, after, slips, _numerals(text, folds, starts, before))


def says_former(one: Part) -> bool:
    """Whether a part begins or ends with a word for “former”: ``Quận 1 cũ``, not ``Củ Chi``.

    >>> [says_former(part(text)) for text in ("Quận 1 cũ", "former District 1", "Củ Chi", "Bàu Cử")]
    [True, True, False, False]
    """
    if FORMER.isdisjoint(one.folds):
        return False
    first, last = (vietnamese.normalise(one.slice(at, at + 1)).lower() for at in (0, len(one.folds) - 1))
    return last in _FORMER_BEHIND or first in FORMER - _FORMER_BEHIND


def with_sure_type(one: Part) -> Part:
    """Return a part whose first word is a type word for sure, although it is written without diacritics."""
    before = {
        end: tuple(
            [typed._replace(word=replace(typed.word, sure=True)) if not typed.start else typed for typed in group]
        )
        for end, group in one.before.items()
    }
    return one._replace(before=before)


def _without_stray_digits(text: str, found: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield words without a digit that was typed inside a word by mistake: ``N5am Định``.

    A digit after a type word is its number (``q1tphcm``), except 0: no unit has this number.
    """
    at = 0
    while at < len(found):
        start, end, fold = found[at]
        digit = text[end : end + 1]
        rest = "".join(itertools.takewhile(str.isalpha, text[end + 1 :]))
        known = fold in _type_folds() and digit != "0"
        if digit.isdecimal() and fold.isalpha() and rest[:1].islower() and len(fold) + len(rest) > _SHORT and not known:
            upto = end + 1 + len(rest)
            yield start, upto, fold + _fold(rest)
            while at < len(found) and found[at][0] < upto:
                at += 1
        else:
            yield found[at]
            at += 1


def _types(text: str, folds: tuple[str, ...], starts: tuple[int, ...], ends: tuple[int, ...]) -> list[Typed]:
    """Return the type words of a text: the longest at each position, and while they are unsure also shorter ones."""
    found: list[Typed] = []
    phrases = _type_folds()
    for start, fold in enumerate(folds):
        if fold not in phrases:
            continue
        for end in range(min(start + _LONGEST_TYPE, len(folds)), start, -1):
            if " ".join(folds[start:end]) not in phrases[fold]:
                continue
            word = terms.type_word(text[starts[start] : ends[end - 1]])
            if word and (len(fold) > 1 or _stands_apart(text, folds, starts, ends, start)):
                # A type word inside a longer one does not count: the xã of thị xã.
                if not (found and found[-1].word.sure and start < found[-1].end):
                    found.append(Typed(start, end, word))
                # Without diacritics ``xa dao`` is a xã đảo, or a xã whose name begins with Đạo.
                if word.sure:
                    break
    return found


def _stands_apart(text: str, folds: tuple[str, ...], starts: tuple[int, ...], ends: tuple[int, ...], at: int) -> bool:
    """Whether a single letter is a type word: first of its part, after a dash, before a dot, or before a number."""
    if at + 1 >= len(folds):
        return False
    return (
        at == 0
        or "-" in text[ends[at - 1] : starts[at]]
        or folds[at + 1][0].isdigit()
        or "." in text[ends[at] : starts[at + 1]]
    )


def _may_link(word: TypeWord) -> bool:
    """Whether articles and prepositions may follow a type word: not a Vietnamese one, with or without diacritics."""
    return word.sure and word.word.isascii() and len(word.word) > LONGEST_ABBREVIATION


def _past_linking(folds: tuple[str, ...], end: int) -> list[int]:
    """Return where the name may begin after a type word: at once, or after French or English function words."""
    places = [end]
    while end < len(folds) - 1 and folds[end] in _LINKING:
        end += 1
        places.append(end)
    return places


def _numerals(
    text: str, folds: tuple[str, ...], starts: tuple[int, ...], before: dict[int, tuple[Typed, ...]]
) -> dict[int, str]:
    """Return the Roman numbers after type words: the whole name, and not a syllable (Vị) or a name's beginning."""
    typed = {one.start for group in before.values() for one in group}
    return {
        at: ROMAN[fold]
        for at, fold in enumerate(folds)
        if fold in ROMAN
        and at in before
        and text.startswith((fold, fold.upper()), starts[at])
        and (at + 1 == len(folds) or at + 1 in typed)
    }


def _slips(folds: tuple[str, ...]) -> Iterator[Typed]:
    """Yield possible misspelt type words at the front of a part: ``Huhện Bình Sơn``."""
    for count in (2, 1):
        word = _misspelt_types().get("".join(folds[:count])) if len(folds) > count else None
        # A letter behind a type word is what is left of a name's first word: X. y Hòa Hưng.
        if word and not (count > 1 and len(folds[0]) > 1 and folds[0] in _type_folds().get(folds[0], ())):
            yield Typed(0, count, word)


def _slips_inside(text: str, folds: tuple[str, ...], starts: tuple[int, ...], ends: tuple[int, ...]) -> Iterator[Typed]:
    """Yield misspelt type words after other words, as in an address without commas: ``Xã Tân Hòa Tnỉh Tây Ninh``.

    Only if the letters are not a syllable, so that they cannot be a word of a name.
    """
    for start in range(1, len(folds) - 1) if len(folds) >= _MANY else ():
        for count in (2, 1):
            end = start + count
            word = _misspelt_types().get("".join(folds[start:end])) if end < len(folds) else None
            alone = any(fold in _type_folds().get(fold, ()) for fold in folds[start:end])  # the quận of Bình B quận
            written = text[starts[start] : ends[end - 1]] if word and not alone else ""
            if word and len(written) > _SHORT and not all(map(vietnamese.is_syllable, written.split())):
                yield Typed(start, end, word)
                break


@lru_cache(maxsize=65_536)
def _fold(word: str) -> str:
    return str(keys.key(word))


@cache
def _type_folds() -> dict[str, frozenset[str]]:
    """Return the folded type words by their first word."""
    by_first: dict[str, set[str]] = {}
    for phrase in terms.type_phrases():
        fold = str(keys.fold(phrase))
        by_first.setdefault(fold.split(maxsplit=1)[0], set()).add(fold)
    return {first: frozenset(phrases) for first, phrases in by_first.items()}


@cache
def _misspelt_types() -> dict[str, TypeWord]:
    """Return the full Vietnamese type words with one letter left out, added, replaced or swapped."""
    found: dict[str, TypeWord] = {}
    for phrase in _OFTEN_MISSPELT:
        word = terms.type_word(phrase)
        assert word
        unsure = replace(word, sure=False)
        for variant in _one_edit(str(keys.key(phrase))):
            found.setdefault(variant, unsure)
    for phrase in _type_folds():
        found.pop(phrase, None)
    return found


def _one_edit(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        yield from (word[:at] + letter + word[at:] for letter in ascii_lowercase)
        yield from (word[:at] + letter + word[at + 1 :] for letter in ascii_lowercase)
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


@cache
def _khmer_types() -> re.Pattern[str]:
    words = sorted((word for word in terms.type_phrases() if khmer.is_khmer(word)), key=len, reverse=True)
    return re.compile("(" + "|".join(words) + ")")
