"""English: possessives and the articles and prepositions before a name."""

from __future__ import annotations

import re

from resolver.text.unicode import fold_latin

__all__ = ["FUNCTION_WORDS", "fold", "normalise", "strip_function_words"]

FUNCTION_WORDS: frozenset[str] = frozenset({"the", "of", "and", "in", "at", "from"})

_POSSESSIVE = re.compile(r"(?<=\w)['’][sS](?!\w)|(?<=[sS])['’](?!\w)")
_LEADING = re.compile("(?:" + "|".join(sorted(FUNCTION_WORDS)) + ") +", re.IGNORECASE)


def normalise(text: str) -> str:
    """Return ``text`` without possessive endings; case is kept.

    >>> normalise("Kien Giang's People’s Committee")
    'Kien Giang People Committee'
    """
    while "'" in text or "’" in text:
        shorter = _POSSESSIVE.sub("", text)
        if shorter == text:
            break
        text = shorter
    return text


def fold(text: str) -> str:
    """Return ``text`` in bare lower-case ASCII letters without possessives; other punctuation is kept.

    >>> fold("Kampot's Governor")
    'kampot governor'
    """
    return fold_latin(normalise(text))


def strip_function_words(text: str) -> str:
    """Return ``text`` without leading articles and prepositions; never empty unless ``text`` is.

    >>> strip_function_words("of the Province of Kampot")
    'Province of Kampot'
    """
    text = normalise(text)
    while (leading := _LEADING.match(text)) and leading.end() < len(text):
        text = text[leading.end() :]
    return text
