"""Articles, prepositions and elisions before a name, in all languages: ``de la province``, ``of the``, ``của``."""

from __future__ import annotations

import re
from functools import cache

from resolver.text import english, french, keys, khmer, vietnamese

__all__ = ["folded_function_words", "strip_function_word", "strip_function_words"]

_LANGUAGES = (french, english, vietnamese, khmer)
_CONJUNCTIONS = frozenset({"et", "and", "và", "និង"})
_STRIPPED_OTHERWISE = re.compile("['’œŒæÆ\u0130\u0131\u017f\u212a\u1780-\u17ff]|OE|AE")
"""What stripping may change besides a first word: elisions, possessives, ligatures, Khmer, unusual capitals."""


@cache
def folded_function_words() -> frozenset[str]:
    """Return the function words of all languages, folded, without elisions."""
    return frozenset(keys.fold(word) for word in _function_words() if not word.endswith("'"))


def strip_function_word(text: str) -> str:
    """Remove only the first word if it is an article or preposition: names may begin with one, too."""
    leading = _function_word().match(text)
    return text[leading.end() :] if leading and leading.end() < len(text) else text


def strip_function_words(text: str) -> str:
    """Remove all leading articles and prepositions: ``"de la province"`` gives ``"province"``."""
    if text.partition(" ")[0].lower() not in _function_words() and not _STRIPPED_OTHERWISE.search(text):
        return text
    for language in _LANGUAGES:
        text = language.strip_function_words(text)
    return text


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for language in _LANGUAGES for word in language.FUNCTION_WORDS)


@cache
def _function_word() -> re.Pattern[str]:
    words = sorted(_function_words() - _CONJUNCTIONS)
    forms = "|".join(f"{word}(?=\\w)" if word.endswith("'") else f"{word}\\s+" for word in words)
    return re.compile(f"(?:{forms})", re.IGNORECASE)
