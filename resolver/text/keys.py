"""The keys by which names are compared. All names and mentions pass through these functions and no others."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, NewType

from unidecode import unidecode

from resolver.text import english, french, khmer
from resolver.text.unicode import LATIN_FOLD, cut

__all__ = [
    "NORMALISER_VERSION",
    "FoldedText",
    "Key",
    "fold",
    "joined",
    "key",
    "may_all_tell",
    "ordered_words",
    "telling_words",
    "word_key",
]

# Part of the name of a cached index: raise it when the result of any function of this package changes.
NORMALISER_VERSION = "7"

FoldedText = NewType("FoldedText", str)
Key = NewType("Key", str)

_CHARACTERS: dict[int, str | None] = {
    **LATIN_FOLD,
    **dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF], None),
    **dict.fromkeys([0xB4, 0x2018, 0x2019, 0x2BC], "'"),
    **dict.fromkeys([0xA0, *range(0x2010, 0x2016), 0x201C, 0x201D], " "),
}
_SEPARATORS: dict[int, str] = {
    **{code: " " for code in range(128) if not chr(code).isalnum()},
    **{code: " " for code in range(0x17D4, 0x17DC) if code != 0x17D7},  # Khmer punctuation, not the repetition sign
    **{0x17E0 + digit: str(digit) for digit in range(10)},
}
_KNOWN = re.compile("[ -~\u1780-\u17dd\u17e0-\u17e9]*")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_INNER_APOSTROPHE = re.compile("(?<=[a-z0-9])'+(?=[a-z0-9])")

_FUNCTION_WORDS = frozenset(
    {"de", "d", "du", "la", "le", "les", "l", "des", "of", "the", "and", "et", "force", "forces"}
)
# The Interior Minister of Cambodia is Cambodia's Minister of Interior; but Communications and Information is a name.
_FREE_WORDS = frozenset(
    {
        "minister",
        "ministry",
        "deputy",
        "president",
        "chairman",
        "director",
        "secretary",
        "governor",
        "police",
        "national",
        "acting",
    }
    | {"province", "municipality", "city", "viet", "nam", "cambodia", "singapore", "department", "committee", "council"}
)
_ELISION = re.compile(r"\b[dl]['’](?=[aeiouyhâêôàáéèîïăơưđ])", re.IGNORECASE)


@lru_cache(maxsize=65_536)
def fold(text: str) -> FoldedText:
    """Return the words of ``text`` separated by single spaces: Latin bare lower-case ASCII, Khmer normalised.

    Other scripts are romanised by unidecode, except Han characters; letters it does not know are kept. An apostrophe
    inside a word is dropped, all other punctuation separates words; numbers stay as they are written. Expects cleaned
    text, takes any.

    >>> fold("Ea H'Leo, TP.Hà-Nội")
    'ea hleo tp ha noi'
    """
    text = cut(text)
    if text.isascii():
        lower = text.lower()
    else:
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        lower = text.lower().translate(_CHARACTERS)
        if not lower.isascii():
            lower = khmer.normalise(lower)
            if not _KNOWN.fullmatch(lower):
                lower = _romanise(lower)
    if "'" in lower:
        lower = _INNER_APOSTROPHE.sub("", lower)
    return FoldedText(" ".join(lower.translate(_SEPARATORS).split()))


def key(text: str) -> Key:
    """Return ``text`` folded and without spaces: equal for spellings that differ only in diacritics, case or spaces.

    >>> key("Kam Pốt"), key("Đắk Lắk") == key("Daklak")
    ('kampot', True)
    """
    return joined(fold(text))


def joined(folded: FoldedText) -> Key:
    """Return the key of a text that is folded already."""
    letters = folded.replace(" ", "")
    # Khmer signs that were separated by a space are now next to each other.
    return Key(letters if letters.isascii() else khmer.normalise(letters))


def word_key(text: str) -> Key:
    """Return the significant words of ``text``, folded, in alphabetical order: for organisations and offices.

    French and English function words are left out (unless there is nothing else), possessive endings are removed, and
    adjectives, demonyms, abbreviations, French and Khmer terms are replaced as in ``synonyms.csv``.

    >>> word_key("Kien Giang Provincial Police")
    'giang kien police province'
    >>> word_key("la police de la province d'An Giang") == word_key("An Giang Province's Police")
    True
    """
    return Key(" ".join(sorted(telling_words(text))))


def telling_words(text: str) -> list[str]:
    """Return the words that ``word_key`` sorts, in text order, with the replacements of ``synonyms.csv``.

    >>> telling_words("police de la province d'An Giang")
    ['police', 'province', 'an', 'giang']
    >>> telling_words("le ministre vietnamien de la Défense nationale")
    ['minister', 'viet', 'nam', 'defence']
    """
    return list(_telling_words(cut(text)))


@lru_cache(maxsize=65_536)
def _telling_words(text: str) -> tuple[str, ...]:
    folded = fold(english.normalise(_ELISION.sub(" ", french.normalise(text))))
    words = (folded if folded.isascii() else _in_latin(folded)).split()
    table = _synonyms()
    telling = [word for word in words if word not in _FUNCTION_WORDS] or words
    telling = " ".join(table.words.get(word, word) for word in telling).split()
    telling = table.whole.get(tuple(sorted(telling)), telling)
    for phrase in sorted(phrase for first in set(telling) for phrase in table.phrases.get(first, ())):
        telling = phrase.replaced(telling)
    return tuple(telling)


def ordered_words(text: str) -> list[str]:
    """Return the significant words whose order matters: without those that may be first or last.

    >>> ordered_words("Cambodia's Interior Minister") == ordered_words("Minister of Interior of Cambodia")
    True
    """
    return [word for word in telling_words(text) if word not in _FREE_WORDS]


class _Phrase(NamedTuple):
    """Words with one common meaning, next to each other or, if ``anywhere``, at any position in a name.

    Phrases are tried in the order of the table.
    """

    number: int
    words: tuple[str, ...]
    meaning: tuple[str, ...]
    anywhere: bool

    def replaced(self, words: list[str]) -> list[str]:
        """Return the words of a name with the phrase replaced by its meaning."""
        if self.anywhere:
            if not set(self.words) <= set(words):
                return words
            at = words.index(self.words[0])
            return [w for n, word in enumerate(words) for w in ((*self.meaning,) if n == at else self._kept(word))]
        for at in range(len(words) - len(self.words) + 1):
            if tuple(words[at : at + len(self.words)]) == self.words:
                return [*words[:at], *self.meaning, *words[at + len(self.words) :]]
        return words

    def _kept(self, word: str) -> tuple[str, ...]:
        return () if word in self.words or word in self.meaning else (word,)


class _Synonyms(NamedTuple):
    """One standard wording for each concept in names of offices and organisations, in any language or word order.

    ``whole`` are for texts that consist of exactly these words.
    """

    words: dict[str, str]
    phrases: dict[str, list[_Phrase]]
    khmer: dict[str, str]
    replaced: frozenset[str]
    whole: dict[tuple[str, ...], list[str]]


@cache
def _synonyms() -> _Synonyms:
    words: dict[str, str] = {}
    several: list[tuple[str, str]] = []
    written: dict[str, str] = {}
    whole: dict[tuple[str, ...], list[str]] = {}
    with (Path(__file__).parent / "synonyms.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["language"] == "km":
                written[khmer.normalise(row["words"])] = row["meaning"]
            elif row["words"].startswith("="):
                whole[tuple(sorted(row["words"][1:].split()))] = row["meaning"].split()
            elif re.search(r"[ +]", row["words"]):
                several.append((row["words"], row["meaning"]))
            else:
                words[row["words"]] = row["meaning"]
    phrases: dict[str, list[_Phrase]] = {}
    for number, (text, meaning) in enumerate(several):
        spelt = " ".join(words.get(word, word) for word in re.split(r"[ +]", text)).split()
        phrases.setdefault(spelt[0], []).append(_Phrase(number, tuple(spelt), tuple(meaning.split()), "+" in text))
    replaced = {word for rules in phrases.values() for phrase in rules for word in phrase.words} | words.keys()
    replaced |= {word for phrase in whole for word in phrase}
    longest_first = dict(sorted(written.items(), key=lambda pair: -len(pair[0])))
    return _Synonyms(words, phrases, longest_first, frozenset(replaced), whole)


def _in_latin(folded: str) -> str:
    """Return a folded text with the Khmer words for offices in English; Cambodia is added if no country is named."""
    known = _synonyms().khmer
    words = folded
    for word, meaning in known.items():
        words = words.replace(word, f" {meaning} ")
    if words == folded or not words.isascii() or "viet nam" in words or "cambodia" in words:
        return words
    return f"{words} cambodia"


def may_all_tell(folded: FoldedText, telling: frozenset[str]) -> bool:
    """Return whether all ``telling_words`` of a text without apostrophes may be in a set of words."""
    if not folded.isascii():
        return True
    known = _synonyms().replaced
    return all(word in telling or word in _FUNCTION_WORDS or word in known for word in folded.split(" "))


def _romanise(text: str) -> str:
    return "".join(c if _KNOWN.fullmatch(c) else _romanised(c) for c in text)


def _romanised(character: str) -> str:
    # Han characters have a different reading in each language, and no name has any: so they are not romanised.
    if _HAN.fullmatch(character):
        return character
    category = unicodedata.category(character)
    if category[0] not in "LMN":
        return "" if category in ("Cf", "Cs") else " "
    latin = unidecode(character).lower()
    if not latin and category[0] != "M":
        return character
    return "".join(c if c.isalnum() else " " * c.isspace() for c in latin)
