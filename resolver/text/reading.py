"""The ways a mention can be read: which part is the name, what its type words and titles say, what stands around it.

Nothing is decided here. A mention has several readings (``"Quan Hoa"`` is a name, or the quận Hoa); the gazetteer
tells later which of them names something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from resolver.text import keys, terms, unicode, vietnamese
from resolver.text.keys import Key
from resolver.text.terms import Title, TypeWord

__all__ = ["Parsed", "Reading", "read"]

# A hyphen between blanks may part an address or belong to a name (Xuân Hương - Đà Lạt): both are tried.
_SEPARATORS = (re.compile(r"\s*[,;|\n]\s*|\s*[()]\s*"), re.compile(r"\s*[,;|\n]\s*|\s+[-/]\s+|\s*[()]\s*"))
_MOST_PARTS = 6
_MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a mention.

    ``core`` is the name that is left, ``type_words`` and ``titles`` what was split off it, ``context`` the other
    parts of the mention. ``type_kept`` says that the core still begins or ends with what could be a type word,
    ``respelt`` that a word was replaced by its usual romanisation.
    """

    core: str
    key: Key
    words: Key
    type_words: tuple[TypeWord, ...]
    titles: tuple[Title, ...]
    context: tuple[str, ...]
    type_kept: bool
    respelt: bool

    @property
    def around(self) -> tuple[str, ...]:
        """All that may tell which namesake is meant: the context, and the roles among the titles."""
        return (*self.context, *(title.text for title in self.titles if title.kind == "role"))


@dataclass(frozen=True, slots=True)
class Parsed:
    """A cleaned mention, what was repaired in it, and its readings, the plainest first."""

    text: str
    notes: tuple[str, ...]
    readings: tuple[Reading, ...]


def read(mention: str) -> Parsed:
    """Return the readings of a mention.

    >>> [reading.core for reading in read("TX. Kinh Môn").readings]
    ['TX. Kinh Môn', 'Kinh Môn']
    """
    # Repair first: cleaning takes away the control characters and odd blanks that legacy text is known by.
    repaired = vietnamese.repair(mention)
    cleaned = unicode.clean(repaired.text)
    text = cleaned.text
    readings = {
        (reading.key, reading.type_words, reading.titles, reading.context): reading for reading in _readings(text)
    }
    return Parsed(text, repaired.notes + cleaned.notes, tuple(readings.values()))


def _readings(text: str) -> Iterator[Reading]:
    yield from _variants(text, ())
    split = terms.find_title(text)
    if split:
        yield from _variants(split[1], (split[0],))
    for separator in _SEPARATORS:
        parts = [part for whole in separator.split(text) for part in terms.split_at_types(whole) if part]
        if 1 < len(parts) <= _MOST_PARTS:
            for number, part in enumerate(parts):
                yield from _variants(part, tuple(parts[:number] + parts[number + 1 :]))


def _variants(text: str, context: tuple[str, ...]) -> Iterator[Reading]:
    waiting: list[tuple[str, tuple[TypeWord, ...], tuple[Title, ...], int]] = [(text, (), (), 0)]
    while waiting:
        core, type_words, titles, steps = waiting.pop(0)
        name = str(int(core)) if core.isdecimal() and core.isascii() else core
        key = keys.key(name)
        splits = [split for split in (terms.leading_type(core), terms.trailing_type(core)) if split]
        kept = any(word.sure for word, _ in splits)
        if key:
            yield Reading(name, key, keys.word_key(name), type_words, titles, context, kept, respelt=False)
            usual = terms.usual_romanisation(name)
            if usual != name:
                words = keys.word_key(usual)
                yield Reading(usual, keys.key(usual), words, type_words, titles, context, kept, respelt=True)
        if steps == _MOST_STEPS:
            continue
        bare = terms.strip_function_word(core)
        if bare and bare != core:
            waiting.append((bare, type_words, titles, steps + 1))
        waiting.extend((rest, (*type_words, word), titles, steps + 1) for word, rest in splits)
        titled = None if titles else terms.leading_title(core)
        if titled:
            waiting.append((titled[1], type_words, titled[0], steps + 1))
