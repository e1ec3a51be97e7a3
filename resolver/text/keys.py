"""The forms under which names are compared. All names and mentions pass through these functions and no others."""

from __future__ import annotations

import re
import unicodedata
from typing import NewType

from unidecode import unidecode

from resolver.text import english, french, khmer
from resolver.text.unicode import LATIN_FOLD

__all__ = [
    "NORMALISER_VERSION",
    "FoldedText",
    "Key",
    "fold",
    "joined",
    "key",
    "may_all_tell",
    "telling_words",
    "word_key",
]

# Part of the name of a cached index: raise it with every change of what any function of this package returns.
NORMALISER_VERSION = "2"

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
_INNER_APOSTROPHE = re.compile("(?<=[a-z0-9])'+(?=[a-z0-9])")

_FUNCTION_WORDS = frozenset(
    {"de", "d", "du", "la", "le", "les", "l", "des", "of", "the", "and", "et", "force", "forces"}
)
_ELISION = re.compile(r"\b[dl]['’](?=[aeiouyhâêôàáéèîïăơưđ])", re.IGNORECASE)
# One word for one idea in the names of organisations and offices, so that adjectives and French meet the English.
_SYNONYMS: dict[str, str] = {
    "provincial": "province",
    "provinciale": "province",
    "provinciaux": "province",
    "provinciales": "province",
    "provinces": "province",
    "municipal": "municipality",
    "municipale": "municipality",
    "municipaux": "municipality",
    "municipales": "municipality",
    "municipalite": "municipality",
    "tp": "thanh pho",
    "ca": "cong an",
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "communal": "commune",
    "communale": "commune",
    "communaux": "commune",
    "peoples": "people",
    "populaire": "people",
    "populaires": "people",
    "peuple": "people",
    "comite": "committee",
    "conseil": "council",
    "gouvernement": "government",
    "gouverneur": "governor",
    "gouverneure": "governor",
    "ministere": "ministry",
    "ministre": "minister",
    "departement": "department",
    "direction": "department",
    "secretaire": "secretary",
    "nationale": "national",
    "nationaux": "national",
    "vietnam": "viet nam",
    "cambodge": "cambodia",
}


def fold(text: str) -> FoldedText:
    """Return the words of ``text`` separated by single spaces: Latin bare lower-case ASCII, Khmer normalised.

    Other scripts are romanised by unidecode, letters it does not know are kept. An apostrophe inside a word is
    dropped, all other punctuation separates words; numbers stay as they are written. Expects cleaned text, takes any.

    >>> fold("Ea H'Leo, TP.Hà-Nội")
    'ea hleo tp ha noi'
    """
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
    """Return ``text`` folded and without spaces: what all spellings of a name that differ in dress have in common.

    >>> key("Kam Pốt"), key("Đắk Lắk") == key("Daklak")
    ('kampot', True)
    """
    return joined(fold(text))


def joined(folded: FoldedText) -> Key:
    """Return the key of a text that is folded already."""
    letters = folded.replace(" ", "")
    # Khmer signs that a space kept apart meet now.
    return Key(letters if letters.isascii() else khmer.normalise(letters))


def word_key(text: str) -> Key:
    """Return the telling words of ``text``, folded, in alphabetical order: for organisations and offices.

    French and English function words are left out (unless there is nothing else), possessive endings dropped, and
    adjectives and French terms replaced by one English word each.

    >>> word_key("Kien Giang Provincial Police")
    'giang kien police province'
    >>> word_key("la police de la province d'An Giang") == word_key("An Giang Province's Police")
    True
    """
    return Key(" ".join(sorted(telling_words(text))))


def telling_words(text: str) -> list[str]:
    """Return the words that ``word_key`` sorts, in the order in which they stand.

    >>> telling_words("police de la province d'An Giang")
    ['police', 'province', 'an', 'giang']
    """
    words = fold(english.normalise(_ELISION.sub(" ", french.normalise(text)))).split()
    telling = [word for word in words if word not in _FUNCTION_WORDS] or words
    return " ".join(_SYNONYMS.get(word, word) for word in telling).split()


def may_all_tell(folded: FoldedText, telling: frozenset[str]) -> bool:
    """Return whether all words of a text without apostrophes that ``telling_words`` returns may be of some words."""
    return all(word in telling or word in _FUNCTION_WORDS or word in _SYNONYMS for word in folded.split(" "))


def _romanise(text: str) -> str:
    return "".join(c if _KNOWN.fullmatch(c) else _romanised(c) for c in text)


def _romanised(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] not in "LMN":
        return "" if category in ("Cf", "Cs") else " "
    latin = unidecode(character).lower()
    if not latin and category[0] != "M":
        return character
    return "".join(c if c.isalnum() else " " * c.isspace() for c in latin)
