"""The type words beside the name of a place in a text: province d'An Giang, Ha Tien City."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from resolver.annotation.folding import Folded
from resolver.annotation.words_beside import words_of
from resolver.text import khmer, terms
from resolver.text.words import rows

__all__ = ["LONGEST_SHORT_TYPE", "is_plural_type", "plural_before", "type_before", "type_behind"]

LONGEST_SHORT_TYPE = 3
"""Most letters of a type word that may be an abbreviation with a full stop."""
_PARTED = re.compile(r"[,;:()\"\n]|\.\s*\w+\s")
_LINKS = ("of the", "of", "de la", "de l", "de", "du", "d")
_BEFORE = 30
_LETTER_TYPE = re.compile(r"(?<!\w)[HQPXT]\. ?$")
_SEVERAL = re.compile(r"(?:^|[\s(])(?:các|những|\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) $", re.IGNORECASE)
"""Words before the type word of several places: các tỉnh Kép, Kampot."""
_SEVERAL_BARE = re.compile(
    r"(?:^|[\s(])(?:cac|nhung|hai|ba|bon|(?<!phia )(?<!mien )nam|bay|(?<!trung )tam|chin|muoi) $", re.IGNORECASE
)
"""The same without diacritics; phía nam is the south, and trung tâm the centre."""
_PLURAL = re.compile(
    r"(?<![^\W\d_])(?:(?:(?P<many>[a-zé]{4,})s|(?P<stem>[a-z]{3,})ies) (?:of |de |du |d['’])"
    r"|(?:các|những|hai|ba|bốn|năm|\d{1,3}) (?P<one>\w+(?: \w+)?) )$",
    re.IGNORECASE,
)
"""The type word of several places, in the plural or behind a number."""
_TELLING = re.compile(
    r"(?<![^\W\d_])(?:(?P<many>[a-zé]{4,})s|(?P<stem>[a-z]{3,})ies|\d{1,3} (?P<one>\w+(?: mới)?))$", re.IGNORECASE
)
"""The same, without a link to the first of them."""
_COMPOUND = re.compile(r"(?<![a-z])(?:nha|dat) nuoc ")
"""A word that ends like a type word: Nhà nước Campuchia."""


def type_before(folded: Folded, start: int, ends: Container[int]) -> int:
    """Return the start of the type word before a name, or else of the name."""
    if "." in folded.plain[max(0, start - 2) : start]:
        letter = _LETTER_TYPE.search(folded.plain, max(0, start - 3), start)
        if letter:
            return letter.start()
    head = folded.folded[max(0, start - _BEFORE) : start]
    words = head.split()
    if not words or not (words[-1] in _words_before() or words[-1].endswith(_native_types())):
        return start
    found = _leading_types().search(head)
    first = start - len(head) + found.start("word") if found else start
    if not found or (first - 1 in ends and _is_of_name_before(folded, first, start)):
        return start  # Rach Gia city of Kien Giang, but not Mặt trận Tổ quốc Việt Nam tỉnh An Giang
    return start if _is_apart(folded, first, start, found["word"].strip()) else first


def _is_of_name_before(folded: Folded, first: int, start: int) -> bool:
    """Whether a type word between two names is of the first; not in French, where a name stands behind it."""
    words = folded.plain[first:start]
    linked = words.replace("’", "'").endswith((" de ", " du ", " d'", " de la ", " de l'"))
    return words.isascii() and not linked and _trailing_types().match(folded.folded, first - 1) is not None


def _is_apart(folded: Folded, first: int, start: int, word: str) -> bool:
    """Whether a type word before a name does not belong to it: a plural, part of a compound, or in another sentence."""
    if _is_counted(folded.plain, first) or _COMPOUND.match(folded.folded, max(0, first - 4)):
        return True
    if folded.plain[first:start].isascii() and _SEVERAL_BARE.search(folded.plain, max(0, first - 16), first):
        return True
    if _PARTED.search(folded.plain, first, start):
        return True
    return "." in folded.plain[first:start] and len(word) > LONGEST_SHORT_TYPE


def _is_counted(plain: str, first: int) -> bool:
    """Whether a number of places stands before a type word; but it may be that of a hamlet: ấp 3 xã Vĩnh Gia."""
    several = _SEVERAL.search(plain, max(0, first - 12), first)
    if several is None or not several.group().strip(" (\n").isdigit():
        return several is not None
    return not plain[max(0, several.start() - _BEFORE) : several.start()].lower().endswith(_numbered())


@cache
def _numbered() -> tuple[str, ...]:
    """Return the words for hamlets and quarters, which have numbers."""
    kinds = {"hamlet", "street"}
    return tuple(
        f" {row['word']}" for row in rows("locality_words.csv") if row["language"] == "vi" and row["kind"] in kinds
    )


def type_behind(folded: Folded, end: int) -> int:
    """Return the end of the type word after a name, or else of the name."""
    if folded.folded[end + 1 : end + 2] not in _initials_behind():
        return end
    found = _trailing_types().match(folded.folded, end)
    return found.end() if found and folded.plain[end] in " -" else end


def is_plural_type(word: str) -> bool:
    """Return whether a word is the type word of several places: Kep and Kampot Provinces."""
    return word.lower() in _plurals()


def plural_before(plain: str, start: int) -> str:
    """Return the type word, in the singular, of several places named from a position on; empty if there is none.

    >>> plural_before("les quartiers de Kep", 17), plural_before("các phường An Hội", 11), plural_before("à Kep", 2)
    ('quartier', 'phường', '')
    """
    found = _PLURAL.search(plain, max(0, start - _BEFORE), start)
    listed = not found and plain[max(0, start - _BEFORE) : start].endswith(_listing_ends())
    if listed and (listing := _listing().search(plain, max(0, start - _BEFORE), start)):
        found = _TELLING.search(plain, max(0, listing.start() - _BEFORE), listing.start())
    if not found:
        return ""
    word = found["many"] or f"{found['stem']}y" if found["many"] or found["stem"] else found["one"]
    word = word.removesuffix(" mới")
    return word if terms.type_word(word) else ""


@cache
def _listing_ends() -> tuple[str, ...]:
    return (": ", *(f"{word} " for word in words_of("listing")))


@cache
def _listing() -> re.Pattern[str]:
    """Return a pattern for what is between a type word and a list: 7 phường, gồm: A, B."""
    words = "|".join(sorted(words_of("listing"), key=len, reverse=True))
    return re.compile(rf"(?:,? (?:{words}):? |(?:,? (?:{words}))? ?: )$")


@cache
def _plurals() -> frozenset[str]:
    return frozenset(f"{word[:-1]}ies" if word.endswith("y") else f"{word}s" for word in _types_behind())


@cache
def _leading_types() -> re.Pattern[str]:
    latin = "|".join(sorted((one for one in _folded_types() if len(one) > 1), key=len, reverse=True))
    native = "|".join(_native_types())
    links = f"(?: (?:{'|'.join(_LINKS)}))?"
    return re.compile(rf"(?P<word>(?<![a-z0-9])(?:{latin}){links} {{1,2}}|(?<!\u17d2)(?:{native}) ?)$")


@cache
def _native_types() -> tuple[str, ...]:
    return tuple(sorted(filter(khmer.is_khmer, terms.type_phrases()), key=len, reverse=True))


@cache
def _words_before() -> frozenset[str]:
    """Return the words with which a type word before a name may end."""
    return frozenset(phrase.split()[-1] for phrase in (*_folded_types(), *_LINKS) if phrase.split())


@cache
def _initials_behind() -> frozenset[str]:
    """Return the letters with which a type word behind a name may begin."""
    return frozenset(phrase[0] for phrase in _types_behind())


@cache
def _types_behind() -> list[str]:
    after = [p for p in _folded_types() if len(p) > 2 and (word := terms.type_word(p)) and word.after]
    return sorted(after, key=len, reverse=True)


@cache
def _folded_types() -> frozenset[str]:
    return frozenset(phrase for phrase in terms.type_phrases() if phrase.isascii())


@cache
def _trailing_types() -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(_types_behind())})(?![a-z0-9])")
