"""The encoding of a table that is not UTF-8, detected by the letters and words that each encoding gives.

Only a sample is decoded. A message says which encoding was chosen, and the user can choose another one. If none is
clearly better than the others, the table is an error that names what to try.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable

from resolver.text import legacy
from resolver.text.vietnamese import is_syllable

__all__ = ["FONTS", "Choice", "detect", "reader_of"]

SAMPLE = 65_536
"""Bytes of the sample."""

FONTS: dict[str, Callable[[str], str]] = {"tcvn3": legacy.from_tcvn3, "vni": legacy.from_vni}
"""Encodings of old Vietnamese fonts, by the names for ``--encoding``: western letters that stand for others."""

_WESTERN = "cp1252"
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 0.85
"""The share of words that must make sense in an encoding for it to be chosen."""

_FEWEST_WORDS = 3
_LEAD = 0.1
"""By how much this share must be higher than in other encodings."""

_FRENCH = frozenset("àâæçéèêëîïôœùûüÿ")
_FEW_ZEROS, _MANY_ZEROS = 0.02, 0.2

Choice = tuple[str, str]
"""The encoding chosen, and a sentence about it for a person."""


def detect(block: bytes) -> Choice | None:
    """Return the encoding of a table's first bytes, and a sentence about it; None for UTF-8 and in case of doubt.

    >>> detect("place\\nHuế\\n".encode("utf-16-le"))
    ('utf-16-le', 'read as UTF-16-LE, detected by its bytes; --encoding names another')
    """
    sample = block[:SAMPLE]
    if b"\0" in sample:
        wide = _wide(sample)
        return None if wide is None else (wide, _told(wide.upper()))
    if _is_utf8(block):
        return None
    # Only lines with letters beyond ASCII show the encoding.
    telling = b"\n".join(line for line in sample.splitlines() if not line.isascii())
    readings = _readings(telling)
    found = {name: _share(words) for name, words in readings.items()}
    best = max(found, key=found.__getitem__, default=None)
    if best is None or found[best] < _ENOUGH or len(readings[best]) < _FEWEST_WORDS:
        return None
    rivals = [name for name, share in found.items() if name != best and share > found[best] - _LEAD]
    if rivals and not (_same(telling, {best, *rivals})):
        return None
    if best in FONTS:
        told = f"its text looks like {best.upper()}: --encoding {best} turns it into Unicode"
        return _WESTERN, f"read as Windows-1252, but {told}"
    shown = best.replace("cp", "Windows-")
    return best, _told(shown)


def reader_of(encoding: str) -> tuple[str, Callable[[str], str] | None]:
    """Return the codec of an encoding, and the table that maps its letters to others."""
    font = FONTS.get(encoding.lower().replace("-", "").replace("_", ""))
    return (encoding, None) if font is None else (_WESTERN, font)


def _same(sample: bytes, names: set[str]) -> bool:
    """Return whether encodings read a sample as the same text."""
    return not names & set(FONTS) and len({sample.decode(name) for name in names}) == 1


def _told(shown: str) -> str:
    return f"read as {shown}, detected by its bytes; --encoding names another"


def _is_utf8(block: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(block)
    except UnicodeDecodeError:
        return False
    return True


def _wide(sample: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark: western letters have a zero in every other byte."""
    even, odd = sample[0::2], sample[1::2]
    if not odd:
        return None
    zeros = even.count(0) / len(even), odd.count(0) / len(odd)
    for order, (few, many) in {"utf-16-le": zeros, "utf-16-be": zeros[::-1]}.items():
        if few <= _FEW_ZEROS and many >= _MANY_ZEROS:
            try:
                text = sample[: len(sample) // 2 * 2].decode(order, "strict")
            except UnicodeDecodeError:
                return None
            return order if all(letter.isprintable() or letter.isspace() for letter in text) else None
    return None


def _readings(sample: bytes) -> dict[str, list[bool]]:
    """Return for each encoding whether each word with letters beyond ASCII makes sense in it."""
    found: dict[str, list[bool]] = {}
    for codec in ("cp1258", _WESTERN):
        try:
            text = sample.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == _WESTERN:
            found[codec] = [_is_french(word) for word in _strange(text)]
            for name, decode in FONTS.items():
                # Some of the marks of these fonts are not letters.
                chunks = [
                    chunk for chunk in re.findall(r"[^\s\x00-\x40\x5b-\x60\x7b-\x7f]+", text) if not chunk.isascii()
                ]
                found[name] = [is_syllable(decode(chunk)) for chunk in chunks]
        else:
            found[codec] = [is_syllable(word) for word in _strange(unicodedata.normalize("NFC", text))]
    return found


def _strange(text: str) -> Iterable[str]:
    return (word for word in _WORD.findall(text) if not word.isascii())


def _is_french(word: str) -> bool:
    lower = word.lower()
    return (not word[1:].isupper() and all(letter.isascii() or letter in _FRENCH for letter in lower)) or word.isupper()


def _share(words: list[bool]) -> float:
    return sum(words) / len(words) if words else 0.0
