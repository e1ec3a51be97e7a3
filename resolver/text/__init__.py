"""Normalisation of mentions and names: the only place where spelling is checked or changed.

The order of the pipeline: `legacy.repair` (legacy encodings, on the text as read), `unicode.clean` (characters),
a language's ``normalise`` (one spelling, for people to read), `keys` (the forms that are compared). Each language
module has the same functions: ``normalise``, ``fold`` and ``strip_function_words``, with its ``FUNCTION_WORDS``.
"""

from __future__ import annotations

from resolver.text import english, french, khmer, legacy, unicode, vietnamese
from resolver.text.keys import NORMALISER_VERSION, FoldedText, Key, fold, key, word_key
from resolver.text.khmer import is_khmer
from resolver.text.legacy import repair
from resolver.text.unicode import Cleaned, clean
from resolver.text.vietnamese import accents, is_vietnamese, marks

__all__ = [
    "NORMALISER_VERSION",
    "Cleaned",
    "FoldedText",
    "Key",
    "accents",
    "clean",
    "english",
    "fold",
    "french",
    "is_khmer",
    "is_vietnamese",
    "key",
    "khmer",
    "legacy",
    "marks",
    "repair",
    "unicode",
    "vietnamese",
    "word_key",
]
