"""Blocking: only names of people that share a key are compared, not all pairs.

A name is found by its words in any order, by its letters without spaces, and by the consonants of its sound as a Khmer
name. A name that may lack a word, have initials or be misspelt also asks for other names by its remaining words; only
keys that some name asks for are looked up.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from resolver.text.persons import PersonalName, Word

__all__ = ["own", "pairs"]

_LARGEST = 200
"""Most names in a block: a key with more names says nothing, and the pairs grow with the square."""

_MOST_ASKED = 1_000
"""Most pairs that one key asks for: an incomplete name that fits hundreds of names cannot be joined to one."""

_MOST_SOUNDS = 4
_VOWELS = re.compile(r"[AEIiZVXxYOoQaUufW@hrwy]|[a-zA-Z]\?")
_CONSONANTS = str.maketrans("dDbBJ", "ttppn")
_LONG_WORD = 8


def pairs(names: Sequence[tuple[PersonalName, ...]]) -> set[tuple[int, int]]:
    """Return the pairs of names, by position, that share a key; each name is given by its readings."""
    asked: dict[str, list[int]] = {}
    for number, readings in enumerate(names):
        for key in {key for name in readings for key in _asking(name)}:
            asked.setdefault(key, []).append(number)
    blocks: dict[str, list[int]] = {}
    for number, readings in enumerate(names):
        for key in {key for name in readings for key in own(name)}:
            blocks.setdefault(key, []).append(number)
    found = {pair for block in blocks.values() if len(block) <= _LARGEST for pair in itertools.combinations(block, 2)}
    answering: dict[str, list[int]] = {}
    for number, readings in enumerate(names):
        for key in {key for name in readings for key in _answering(name) if key in asked}:
            answering.setdefault(key, []).append(number)
    for key, askers in asked.items():
        block = answering.get(key, ())
        if len(askers) * len(block) <= _MOST_ASKED:
            found.update((min(a, b), max(a, b)) for a in askers for b in block if a != b)
    return found


def own(name: PersonalName) -> Iterator[str]:
    """Yield the keys that two spellings of one whole name share."""
    yield "words " + " ".join(sorted(word.fold for word in name.words))
    yield "letters " + name.joined
    if not name.vietnamese:
        for sounds in _sounds(name):
            yield "sound " + "".join(sounds)
            yield "sounds " + " ".join(sorted(sounds))


def _asking(name: PersonalName) -> Iterator[str]:
    """Yield the keys by which a name that may be incomplete asks for the whole one."""
    folds = [word.fold for word in name.words]
    if len(folds) > 1:
        yield "less " + " ".join(sorted(folds))
        if not name.vietnamese:
            yield from ("begins " + "".join(sounds) for sounds in _sounds(name))
    if any(word.initial for word in name.words):
        yield from _by_initials(name.words)
    if len(folds) > 2:
        for place, word in enumerate(name.words):
            if not word.syllable and len(word.fold) > 4:
                yield "less " + " ".join(sorted(folds[:place] + folds[place + 1 :]))
    elif len(folds) == 2 and not name.vietnamese:
        yield from ("long " + folds[1 - place] for place in (0, 1) if len(folds[place]) >= _LONG_WORD)


def _answering(name: PersonalName) -> Iterator[str]:
    """Yield the keys by which incomplete names find this whole name."""
    folds = [word.fold for word in name.words]
    if len(folds) > 2:
        for place in range(len(folds)):
            yield "less " + " ".join(sorted(folds[:place] + folds[place + 1 :]))
        if not name.vietnamese:
            yield from ("begins " + "".join(sounds[:-1]) for sounds in _sounds(name))
    if not any(word.initial for word in name.words):
        yield from _by_initials(name.words)
    if len(folds) == 2 and not name.vietnamese:
        yield from ("long " + folds[1 - place] for place in (0, 1) if len(folds[place]) >= _LONG_WORD - 1)


def _by_initials(words: tuple[Word, ...]) -> Iterator[str]:
    letters = "".join(word.fold[0] for word in words)
    yield from (f"initials {letters} {word.fold}" for word in words if not word.initial)


def _sounds(name: PersonalName) -> list[list[str]]:
    """Return the consonants of each word, once for each possible sound of the words."""
    ways = itertools.islice(itertools.product(*(word.sounds for word in name.words)), _MOST_SOUNDS)
    return [[_VOWELS.sub("", sound).translate(_CONSONANTS) or "-" for sound in way] for way in ways]
