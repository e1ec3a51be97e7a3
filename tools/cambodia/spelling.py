"""What is one name and what two: keys of Latin and Khmer spellings."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from unidecode import unidecode

#: Words of type, which Who's On First writes before or after many names.
TYPE_WORDS = re.compile(
    r"^(?:krong|khétt|khett|srŏk|srok|khan|ខេត្ត|ស្រុក|ក្រុង|ខណ្ឌ|ឃុំ|tỉnh|province d[e'] ?)\s*"
    r"|\s+(?:province|district|municipality)$",
    re.IGNORECASE,
)
#: Subscript da and ta sound alike and are written for each other.
SUBSCRIPT_DA = ("្ដ", "្ត")


def clean(text: str) -> str:
    """Return a name as the tables write it: NFC, single spaces, nothing of zero width."""
    text = unicodedata.normalize("NFC", text.replace("\u200b", "").replace("’", "'"))
    return " ".join(text.split())


def key(text: str) -> str:
    """Return what two spellings share that need not both be stored: letters and marks, case folded."""
    return "".join(c for c in clean(text).casefold() if c.isalnum() or unicodedata.category(c)[0] == "M")


def bare(text: str) -> str:
    """Return the key of a Latin name without diacritics."""
    return "".join(c for c in unidecode(text).casefold() if c.isalnum())


def skeleton(text: str) -> str:
    """Return the consonants of a Latin name, which romanisations of one Khmer name mostly share."""
    return re.sub(r"[aeiouyhw]", "", bare(text).replace("v", "b").replace("z", "s"))


def alike(one: str, other: str, *, least: float = 0.6) -> bool:
    """Return whether two Latin names can be romanisations of one Khmer name."""
    return SequenceMatcher(None, skeleton(one), skeleton(other)).ratio() >= least


def is_khmer(text: str) -> bool:
    """Return whether a name is in Khmer script."""
    return any("\u1780" <= c <= "\u17ff" for c in text)


def khmer_key(text: str) -> str:
    """Return a Khmer name without its type word, with one of two equivalent subscripts."""
    return key(TYPE_WORDS.sub("", clean(text))).replace(*SUBSCRIPT_DA)
