"""The most that two personal names can agree: an upper bound, computed for many names at once.

Of sixty names that share letters or sounds with another, nearly all are other people's. The bound shows it without an
alignment: each word of the shorter name must be a word of the other, or some words of either are joined to one, and
what that tells is limited by letters and by the frames of the sounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver.index.person_names import PersonNames
from resolver.people.slips import LONG
from resolver.people.word_comparison import MOST_UNLIKE, WEIGHTS, most_by_sound
from resolver.text.persons import PersonalName
from resolver.text.sound_frames import Frame, differences, frame

__all__ = ["Likeness"]

_MOST_WORDS = 6
"""Most words of a name that is bounded: so few agreeing words cannot make up for one that is another word."""

_MOST_JOINED = 3
_LEAST_SLIPPED = 5
"""Least letters of the longer of two words of Vietnamese names that may differ by a typing error."""

_ROUNDING = 1e-3

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class _Unit(NamedTuple):
    """A word of a name, or several in a row written as one, with one of its possible sounds."""

    first: int
    words: int
    letters: str
    rarity: float
    initial: bool
    syllable: bool
    length: int
    frame: Frame


class _Units:
    """Units as arrays, one row for each; ``letters`` are numbers of texts."""

    def __init__(self, units: Sequence[_Unit], letters: Ints) -> None:
        self.letters = letters
        self.first = np.array([unit.first for unit in units], np.int64)
        self.count = np.array([unit.words for unit in units], np.int64)
        self.size = np.array([len(unit.letters) for unit in units], np.int64)
        self.rarity = np.array([unit.rarity for unit in units], np.float32)
        self.initial = np.array([unit.initial for unit in units], np.bool_)
        self.syllable = np.array([unit.syllable for unit in units], np.bool_)
        self.length = np.array([unit.length for unit in units], np.float32)
        self.heard = np.array([unit.frame.heard for unit in units], np.float32)
        self.written = np.array([unit.frame.written for unit in units], np.float32)

    def rows(self, at: Ints) -> _Units:
        """Return some of the rows."""
        some = object.__new__(_Units)
        for field, array in vars(self).items():
            setattr(some, field, array[at])
        return some


class Likeness:
    """Bounds the log-odds of a name and each name of one index being one person's."""

    def __init__(self, names: PersonNames) -> None:
        self._names = names

    def most(self, name: PersonalName, numbers: Sequence[int]) -> Floats:
        """Return for some known names, by number, the most that ``log_odds`` of a name and each of them can be."""
        asked = np.array(numbers, np.int64)
        if not len(asked) or len(name.words) > _MOST_WORDS:
            return np.full(len(asked), np.inf, np.float32)
        known = self._known
        counts = known.start[asked + 1] - known.start[asked]
        starts = np.cumsum(counts) - counts
        at = np.arange(int(counts.sum())) + np.repeat(known.start[asked] - starts, counts)
        units = list(_units(name))
        letters = np.fromiter(map(known.letters.get, [unit.letters for unit in units], repeat(-1)), np.int64)
        ours, theirs = _Units(units, letters), known.units.rows(at)
        words, vietnamese = known.words[asked], known.vietnamese[asked] | name.vietnamese
        vietnamese &= ~known.khmer[asked] & (name.style != "khmer")
        same_length = words == len(name.words)
        told = _told(ours, theirs, np.repeat(vietnamese, counts), np.repeat(same_length, counts))
        covered = np.maximum(_of_ours(told, ours, starts), MOST_UNLIKE).sum(axis=0)
        shorter = words < len(name.words)
        if shorter.any():
            covered[shorter] = _of_theirs(told, theirs, np.repeat(np.arange(len(asked)), counts), words)[shorter]
        found: Floats = covered + np.float32(WEIGHTS["two_people"] + _ROUNDING)
        found[(words > _MOST_WORDS) | (known.plain[asked] == known.plains.get(name.plain, -1))] = np.inf
        return found

    @cached_property
    def _known(self) -> _Known:
        return _Known(self._names)


class _Known:
    """The names of an index as units: those of each name in a row from ``start``."""

    def __init__(self, names: PersonNames) -> None:
        parsed = [names[number].parsed for number in range(len(names))]
        units = [list(_units(name)) for name in parsed]
        every = [unit for some in units for unit in some]
        self.letters: dict[str, int] = {}
        self.plains: dict[str, int] = {}
        self.plain = _numbered([name.plain for name in parsed], self.plains)
        self.units = _Units(every, _numbered([unit.letters for unit in every], self.letters))
        self.start = np.cumsum([0, *map(len, units)]).astype(np.int64)
        self.words = np.array([len(name.words) for name in parsed], np.int64)
        self.khmer = np.array([name.style == "khmer" for name in parsed], np.bool_)
        self.vietnamese = np.array([name.vietnamese for name in parsed], np.bool_)


def _numbered(texts: Sequence[str], numbers: dict[str, int]) -> Ints:
    return np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int64)


def _units(name: PersonalName) -> Iterator[_Unit]:
    """Yield the words of a name with all their sounds, and up to three words in a row with the likeliest."""
    words = name.words
    for first, word in enumerate(words):
        letters, length = word.fold.replace("y", "i"), len(word.sounds[0])
        for sound in word.sounds:
            yield _Unit(first, 1, letters, word.rarity, word.initial, word.syllable, length, frame(sound))
        for count in range(2, min(_MOST_JOINED, len(words) - first) + 1):
            some = words[first : first + count]
            joined, sound = "".join(one.fold for one in some), "".join(one.sounds[0] for one in some)
            telling = sum(one.rarity for one in some)
            yield _Unit(first, count, joined.replace("y", "i"), telling, False, True, len(sound), frame(sound))


def _told(ours: _Units, theirs: _Units, vietnamese: Flags, same_length: Flags) -> Floats:
    """Return what each of our units (rows) tells at most with each of theirs (columns)."""
    single = (ours.count == 1)[:, None] & (theirs.count == 1)
    rarer = np.maximum(ours.rarity[:, None], theirs.rarity)
    telling = np.where(single, np.minimum(ours.rarity[:, None], theirs.rarity), rarer)
    length = np.maximum(ours.length[:, None], theirs.length)
    by_sound = most_by_sound(differences(ours.heard, ours.written, theirs.heard, theirs.written), telling, length)
    told = np.maximum(np.where(vietnamese, np.float32(MOST_UNLIKE), by_sound), np.float32(MOST_UNLIKE))
    told = np.where(ours.letters[:, None] == theirs.letters, telling, told)
    size = np.maximum(ours.size[:, None], theirs.size)
    slipped = np.where(vietnamese, size >= _LEAST_SLIPPED, size >= LONG)
    slipped &= single & (np.abs(ours.size[:, None] - theirs.size) <= 1)
    slipped &= ~(vietnamese & ours.syllable[:, None] & theirs.syllable)
    told = np.where(slipped, np.maximum(told, telling + np.float32(WEIGHTS["misspelt"])), told)
    initial = ours.initial[:, None] | theirs.initial
    told = np.where(initial, np.maximum(told, np.float32(WEIGHTS["initial"])), told)
    # Names of the same number of words are compared word by word; otherwise some are joined to one.
    possible = single | (~same_length & ((ours.count == 1)[:, None] | (theirs.count == 1)))
    found: Floats = np.where(possible, told, np.float32(MOST_UNLIKE))
    return found


def _of_ours(told: Floats, ours: _Units, starts: Ints) -> Floats:
    """Return what each of our words (rows) tells at most with some units of each known name (columns)."""
    best = np.maximum.reduceat(told, starts, axis=1) / ours.count[:, None].astype(np.float32)
    words = int(ours.first.max()) + 1
    found: Floats = np.full((words, best.shape[1]), -np.inf, np.float32)
    for row, first, count in zip(best, ours.first.tolist(), ours.count.tolist(), strict=True):
        np.maximum(found[first : first + count], row, out=found[first : first + count])
    return found


def _of_theirs(told: Floats, theirs: _Units, name: Ints, words: Ints) -> Floats:
    """Return what all words of each known name tell at most with some of our units."""
    best = told.max(axis=0) / theirs.count
    found: Floats = np.full((len(words), int(words.max())), MOST_UNLIKE, np.float32)
    for further in range(_MOST_JOINED):
        at = np.flatnonzero(theirs.count > further)
        np.maximum.at(found, (name[at], theirs.first[at] + further), best[at])
    lacking = np.arange(found.shape[1]) >= words[:, None]
    found[lacking] = 0.0
    summed: Floats = found.sum(axis=1)
    return summed
