"""Vietnamese typed in Telex or VNI without a keyboard program: ``Haf Tieen``, ``Ha2 Tie6n``.

The decoded text is a guess. So is the text of an old encoding whose letters are all French letters as well. The caller
must check whether the text already means something as it is, and whether the guess is a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from resolver.text.legacy import in_old_encodings
from resolver.text.vietnamese import is_syllable, is_vietnamese, normalise

__all__ = ["guesses", "with_last_key"]

_LONGEST = 200
_WORD = re.compile(r"[^\W_]+")
_TELEX_HINT = re.compile(r"aa|ee|oo|dd|[aou]w|[aeiouyw][a-z]{0,7}[sfrxj]", re.IGNORECASE)
_VNI_HINT = re.compile(r"[a-z]\d", re.IGNORECASE)
_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_TELEX_LETTERS = (
    ("uow", "ươ"),
    ("uw", "ư"),
    ("ow", "ơ"),
    ("aw", "ă"),
    ("aa", "â"),
    ("ee", "ê"),
    ("oo", "ô"),
    ("dd", "đ"),
)
_VNI_MARKS = {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"u": "ư", "o": "ơ"}, "8": {"a": "ă"}, "9": {"d": "đ"}}
_VOWEL = re.compile("[aăâeêioôơuưy]+")
_MARKED = frozenset("ăâêôơư")


def guesses(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a text may mean, typed without a keyboard program or in an old encoding, and how it was read.

    A text of Vietnamese syllables with their marks is not in an old encoding.

    >>> list(guesses("Haf Tieen")), list(guesses("Ha2 Tie6n, Kie6n Giang")), list(guesses("Phnom Penh"))
    ([('Hà Tiên', 'the keys of Telex')], [('Hà Tiên, Kiên Giang', 'the keys of VNI')], [])
    """
    if len(text) > _LONGEST:
        return
    if text.isascii():
        for hint, decode, how in (
            (_TELEX_HINT, _from_telex, "the keys of Telex"),
            (_VNI_HINT, _from_vni, "the keys of VNI"),
        ):
            read = _read(text, decode) if hint.search(text) else ""
            if read:
                yield read, how
    elif not is_vietnamese(text):
        for read, name in in_old_encodings(text):
            yield read, f"text in the old {name} encoding"


def _read(text: str, decode: Callable[[str], str]) -> str:
    """Return a text with each word decoded; empty if one is then no syllable, or if none changes."""
    parts: list[str] = []
    last = 0
    for found in _WORD.finditer(text):
        word = found[0]
        read = decode(word.lower())
        if not read and len(word) > 1 and not word[1:].isdecimal() and not word.isdecimal():
            return ""
        read = normalise(read) if read else word
        parts += [text[last : found.start()], _cased(read, word)]
        last = found.end()
    told = "".join((*parts, text[last:]))
    return "" if told == text else told


def _cased(read: str, word: str) -> str:
    if len(word) > 1 and word.isupper():
        return read.upper()
    return read[:1].upper() + read[1:] if word[:1].isupper() else read


def _from_telex(word: str) -> str:
    """Return the syllable typed with keys of Telex; empty if there is none."""
    vowel = re.search("[aeiouyw]", word)
    first = vowel.start() + 1 if vowel else len(word)
    tones = [at for at in range(first, len(word)) if word[at] in _TELEX_TONES]
    if len(tones) > 1:
        return ""
    tone = _TELEX_TONES[word[tones[0]]] if tones else ""
    letters = word[: tones[0]] + word[tones[0] + 1 :] if tones else word
    for keys, letter in _TELEX_LETTERS:
        letters = letters.replace(keys, letter)
    return _toned(letters, tone)


def with_last_key(word: str) -> str:
    """Return the word whose tone was typed as the last key of Telex; empty if it is no such word.

    >>> with_last_key("phươngf"), with_last_key("huyênj"), with_last_key("phường")
    ('phường', 'huyện', '')
    """
    tone = _TELEX_TONES.get(word[-1:])
    return normalise(_toned(word[:-1], tone)) if tone else ""


def _from_vni(word: str) -> str:
    """Return the syllable typed with keys of VNI; empty if there is none."""
    letters, tone = "", ""
    for key in word:
        if key in _VNI_TONES and not tone and letters:
            tone = _VNI_TONES[key]
        elif key in _VNI_MARKS:
            marks = _VNI_MARKS[key]
            at = max((letters.rfind(letter) for letter in marks), default=-1)
            if at < 0:
                return ""
            letters = letters[:at] + marks[letters[at]] + letters[at + 1 :]
            if letters[max(at - 1, 0) : at + 1] == "uơ":
                letters = letters[: at - 1] + "ươ" + letters[at + 1 :]
        elif key.isdecimal():
            return ""
        else:
            letters += key
    return _toned(letters, tone)


def _toned(letters: str, tone: str) -> str:
    """Return a syllable with its tone; empty if the letters are not a syllable."""
    if tone:
        start = 2 if letters.startswith(("qu", "gi")) and _VOWEL.match(letters, 2) else 0
        vowels = _VOWEL.search(letters, start)
        if not vowels:
            return ""
        marked = [at for at in range(vowels.start(), vowels.end()) if letters[at] in _MARKED]
        closed = vowels.end() < len(letters)
        at = marked[-1] if marked else vowels.end() - 1 if closed or vowels.end() - vowels.start() == 1 else -1
        at = at if at >= 0 else vowels.end() - 2
        letters = unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :])
    return letters if is_syllable(letters) else ""
