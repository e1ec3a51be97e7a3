"""French: ligatures, elision and the articles and prepositions before a name."""

from __future__ import annotations

import re

from resolver.text.unicode import fold_latin

__all__ = ["FUNCTION_WORDS", "fold", "normalise", "strip_function_words"]

FUNCTION_WORDS: frozenset[str] = frozenset(
    {"le", "la", "les", "l'", "de", "du", "des", "d'", "à", "au", "aux", "en", "dans", "et"}
)

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'"})
_TITLE_LIGATURE = re.compile(r"\b(?:OE|AE)(?=[a-zà-ÿ])")
_LOOSE_ELISION = re.compile(r"\b([dlDL])(?: '|' | ' )(?=\w)")
_LEADING = re.compile(
    "(?:" + "|".join(f"{word}(?=\\w)" if word[-1] == "'" else f"{word} +" for word in sorted(FUNCTION_WORDS)) + ")",
    re.IGNORECASE,
)


def normalise(text: str) -> str:
    """Return ``text`` with ligatures written as two letters and elisions without spaces; accents and case are kept.

    >>> normalise("Préfecture d’ An Giang, Cœur")
    "Préfecture d'An Giang, Coeur"
    """
    text = text.translate(_LIGATURES)
    text = _TITLE_LIGATURE.sub(lambda letters: letters[0].capitalize(), text)
    return _LOOSE_ELISION.sub(r"\1'", text)


def fold(text: str) -> str:
    """Return ``text`` in bare lower-case ASCII letters; spaces and punctuation are kept.

    >>> fold("Préfecture de Hué, Cœur")
    'prefecture de hue, coeur'
    """
    return fold_latin(normalise(text))


def strip_function_words(text: str) -> str:
    """Return ``text`` without leading articles, prepositions and elisions; never empty unless ``text`` is.

    A name may begin with such a word itself (La Gi, Les Cardamomes), so look up the whole text as well.

    >>> strip_function_words("de la province de Kampot"), strip_function_words("d'An Giang")
    ('province de Kampot', 'An Giang')
    """
    text = normalise(text)
    while (leading := _LEADING.match(text)) and leading.end() < len(text):
        text = text[leading.end() :]
    return text
