"""Correction of misspelt type words: ``Provience``, ``Thành phô``, ``Tinhr``, if they cannot be anything else.

A long word of another language may have one wrong letter at any position in the text. A short Vietnamese word is
corrected only before a name, and only if the text is not a syllable. The words are those of ``type_words.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from string import ascii_lowercase

from resolver.text import keys, keystrokes, terms, vietnamese
from resolver.text.words import TOKEN, folded, phrased

__all__ = ["mended", "with_other_marks"]

_LONG_WORD = re.compile(r"[^\W\d_]{6,}")
"""A word that may be a long one with a letter missing."""

_LATIN_TYPES = ("province", "district", "commune", "municipality", "municipalité", "township", "quartier")
_IN_TWO_WORDS = ("thành phố", "thị xã", "thị trấn", "đặc khu")
_IN_ONE_WORD = ("phường", "huyện", "quận", "tỉnh")
_PIECE_START = re.compile(r"(?:^|[,;|\n\t(])\s*")
_PARTING = re.compile(r"([,;|(])")
"""Separators, which no misspelt word contains; each is a piece of its own."""


def mended(text: str) -> str:
    """Return a text with its misspelt type words corrected.

    >>> mended("Siem Reap Minicipality"), mended("Thành phô Hà Tiên"), mended("Tinhr Kiên Giang")
    ('Siem Reap municipality', 'thành phố Hà Tiên', 'tỉnh Kiên Giang')
    >>> mended("Thạnh Phú Đông"), mended("Tĩnh Gia"), mended("Northern Provinces")
    ('Thạnh Phú Đông', 'Tĩnh Gia', 'Northern Provinces')
    """
    return "".join(map(_mended_piece, _PARTING.split(text)))


def with_other_marks(text: str) -> str:
    """Return a text whose first words are a Vietnamese type word with other diacritics, corrected; else an empty text.

    ``Quân`` and ``Huyên`` are words themselves: whether the rest is a name of that type, the caller has to look up.

    >>> with_other_marks("Huyên Củ Chi"), with_other_marks("Thanh phồ Huế"), with_other_marks("Huyện Củ Chi")
    ('huyện Củ Chi', 'thành phố Huế', '')
    >>> with_other_marks("Huyen Cu Chi"), with_other_marks("Quân")
    ('', '')
    """
    first, _, rest = text.partition(" ")
    words = _types_by_letters().get(str(folded(first)))
    if not words or not rest:
        return ""
    for word in words:
        count = word.count(" ") + 1
        written = " ".join(text.split(" ", count)[:count])
        if str(keys.fold(written)) == str(keys.fold(word)) and len(written) < len(text.rstrip()):
            plain = vietnamese.normalise(written).lower()
            return "" if plain == word or written.isascii() else f"{word}{text[len(written) :]}"
    return ""


@lru_cache(maxsize=65_536)
def _mended_piece(text: str) -> str:
    """Return the corrected text between two separators; it is cached, since such pieces recur."""
    found = [*_foreign(text), *_native(text)]
    for start, end, word in sorted(found, reverse=True):
        text = text[:start] + word + text[end:]
    return text


def _foreign(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the positions of misspelt long type words of other languages, with the correction."""
    for token in _LONG_WORD.finditer(text):
        word = _variants_of_long().get(str(folded(token.group())))
        if word and not terms.type_word(token.group()):
            yield token.start(), token.end(), word


def _native(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the positions of misspelt Vietnamese type words: at the front of a part, with a name after them."""
    for start in _PIECE_START.finditer(text):
        first = TOKEN.match(text, start.end(), start.end() + 40)
        if not first or str(folded(first.group())) not in _beginnings():
            continue
        tokens = list(TOKEN.finditer(text, start.end(), start.end() + 40))[:3]
        for count, known in ((2, _variants_in_two_words()), (1, _variants_in_one_word())):
            if len(tokens) <= count or not _is_run(text, [token.span() for token in tokens[: count + 1]]):
                continue
            words = tuple(token.group() for token in tokens[:count])
            exact, word = known.get("".join(map(folded, words)), (False, ""))
            if not word or (count == 1 and not _keeps_marks(words[0].lower(), word)):
                continue
            if ((exact and count > 1) or _is_odd(words)) and phrased(words) not in terms.type_phrases():
                yield tokens[0].start(), tokens[count - 1].end(), word
                break


def _is_odd(words: tuple[str, ...]) -> bool:
    """Whether one of some words is not a Vietnamese syllable."""
    return not all(vietnamese.is_syllable(vietnamese.normalise(one).lower()) for one in words)


def _keeps_marks(written: str, word: str) -> bool:
    """Whether a short word differs from a type word in one letter, with all its marks or none: Quảnu is not quận.

    That letter may be the key of the tone: phươngf.
    """
    if keystrokes.with_last_key(written) == word:
        return True
    forms = (word, str(keys.fold(word)))
    if keys.fold(written) == forms[1] or sorted(written) in map(sorted, forms):
        return True
    shorter = {written[:at] + written[at + 1 :] for at in range(len(written))}
    return any(form in shorter or written in {form[:at] + form[at + 1 :] for at in range(len(form))} for form in forms)


def _is_run(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether only spaces are between some words."""
    return all(text[end:start].isspace() for (_, end), (start, _) in pairwise(spans))


@cache
def _types_by_letters() -> dict[str, tuple[str, ...]]:
    """Return the Vietnamese type words by the letters of their first word, the longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for word in (*_IN_TWO_WORDS, *_IN_ONE_WORD, "xã"):
        first = str(keys.fold(word.split()[0]))
        found[first] = (*found.get(first, ()), word)
    return found


@cache
def _variants_of_long() -> dict[str, str]:
    """Return the long type words of other languages with one letter changed; a plural is not a typing error."""
    found: dict[str, str] = {}
    for word in _LATIN_TYPES:
        bare = str(keys.fold(word))
        found |= {variant: word for variant in _one_edit(bare) if variant not in (bare, f"{bare}s")}
    return found


@cache
def _variants_in_two_words() -> dict[str, tuple[bool, str]]:
    """Return the Vietnamese type words of two syllables, joined, unchanged and with one letter changed."""
    return _with_variants(_IN_TWO_WORDS)


@cache
def _beginnings() -> frozenset[str]:
    """Return what the first word of a misspelt type word may be: a variant, or its first letters."""
    return frozenset(_variants_in_one_word()) | {
        variant[:size] for variant in _variants_in_two_words() for size in range(1, len(variant) + 1)
    }


@cache
def _variants_in_one_word() -> dict[str, tuple[bool, str]]:
    """Return the same for type words of one syllable."""
    return _with_variants(_IN_ONE_WORD)


def _with_variants(words: tuple[str, ...]) -> dict[str, tuple[bool, str]]:
    found: dict[str, tuple[bool, str]] = {}
    for word in words:
        bare = str(keys.key(word))
        for variant in _one_edit(bare):
            # A short word with one letter replaced is often another word: Ting.
            if " " in word or len(variant) != len(bare) or sorted(variant) == sorted(bare):
                found.setdefault(variant, (False, word))
    return found | {str(keys.key(word)): (True, word) for word in words}


def _one_edit(word: str) -> Iterator[str]:
    """Yield a word with one letter added, replaced, left out, or swapped with the next."""
    for at in range(len(word) + 1):
        yield from (word[:at] + letter + word[at:] for letter in ascii_lowercase)
        if at < len(word):
            yield from (word[:at] + letter + word[at + 1 :] for letter in ascii_lowercase)
            yield word[:at] + word[at + 1 :]
            yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
