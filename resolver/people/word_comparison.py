"""Comparison of two words of names: the features by which they can be one word, by spelling or by sound."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver.matching import spelling
from resolver.people.name_features import FEATURES
from resolver.people.slips import LONG, final_vowel_heard, slipped, vowel_between
from resolver.text import khmer_sounds
from resolver.text.persons import Word
from resolver.text.sound_frames import least_difference

__all__ = [
    "MOST_UNLIKE",
    "WEIGHTS",
    "Item",
    "initial",
    "most_by_sound",
    "most_joined",
    "most_respelt",
    "respelt",
    "sounding",
    "sounding_joined",
]

WEIGHTS = {feature.name: feature.weight for feature in FEATURES}
"""Log-odds of the features, by name."""

MOST_UNLIKE = max(WEIGHTS["final_vowel"], WEIGHTS["other_word"])
"""The most that two words tell that are surely two words."""

_NEVER = -12.0
_ALIKE, _ALIKE_PER_SOUND, _KEPT = 0.2, 0.03, 0.3
_SYLLABLE = 4
"""Most sounds of one syllable, in which another vowel is hardly a matter of spelling: Cham, Cheam."""
_SHORT, _OF_SHORT = 3, 1.6
"""Most sounds of a short word, and how much more a different sound counts in it: Sam, Sum."""


class Item(NamedTuple):
    """A feature of two names, its value, and the words it compares."""

    feature: str
    value: float
    ours: str = ""
    theirs: str = ""

    @property
    def weight(self) -> float:
        """Its contribution to the log-odds."""
        return WEIGHTS[self.feature] * self.value


@lru_cache(maxsize=262_144)
def respelt(our: str, their: str, ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, float]:
    """Return the feature by which two folded words can be one; else an empty text and the distance of their sounds."""
    if spelling.final_vowel_apart(our, their) or final_vowel_heard(ours, theirs):
        return "final_vowel", 0.0
    if slipped(our, their):
        return "misspelt", 0.0
    return "", min(khmer_sounds.difference(one, other) for one in ours for other in theirs)


def sounding_joined(
    ours: tuple[Word, ...], theirs: tuple[Word, ...], telling: float, our: str, their: str
) -> tuple[Item, ...]:
    """Compare joined words by their sounds; nothing if one of them ends in a vowel that is missing in the others.

    A word that stands in the joined one as it is tells nothing about the rest: Bun Moniroth, Pornmoniroth.
    """
    heard = [[word.sounds[0] for word in words] for words in (ours, theirs)]
    one, other = map("".join, heard)
    if (
        spelling.final_vowel_apart(*("".join(word.fold for word in words) for words in (ours, theirs)))
        or final_vowel_heard((one,), (other,))
        or vowel_between(heard[0], other)
        or vowel_between(heard[1], one)
    ):
        return ()
    rest, of_rest = _differing(heard[0], other) if len(heard[0]) > 1 else _differing(heard[1], one)
    return sounding(khmer_sounds.difference(one, other), telling, our, their, max(len(rest), len(of_rest)))


def _differing(parts: list[str], whole: str) -> tuple[str, str]:
    """Return what several words and a joined one sound like without the words that stand in it as they are.

    >>> _differing(["bUn", "mOnIrOt"], "p@nmOnIrOt")
    ('bUn', 'p@n')
    """
    while len(parts) > 1:
        if whole.endswith(parts[-1]) and len(whole) > len(parts[-1]):
            parts, whole = parts[:-1], whole.removesuffix(parts[-1])
        elif whole.startswith(parts[0]) and len(whole) > len(parts[0]):
            parts, whole = parts[1:], whole.removeprefix(parts[0])
        else:
            break
    return "".join(parts), whole


def initial(our: Word, their: Word) -> Item:
    """Return the feature of two words of which one is an initial."""
    short, full = (our, their) if our.initial else (their, our)
    agrees = full.fold.startswith(short.fold)
    return Item("initial" if agrees else "other_word", 1.0, our.text, their.text)


def sounding(apart: float, telling: float, our: str, their: str, length: int) -> tuple[Item, ...]:
    """Return the features of two words by the distance of their sounds: the smaller it is, the more likely one word."""
    word = Item("word", telling, our, their)
    if apart == 0.0:
        return (word,)
    alike = _ALIKE + _ALIKE_PER_SOUND * length
    about = "short_word" if length <= _SYLLABLE and apart > _ALIKE else "sounds_like"
    like = Item(about, (1 - _KEPT) * telling * min(1.0, apart / alike), our, their)
    if apart <= alike:
        return word, like
    against = Item("sounds_apart", (apart - alike) * (_OF_SHORT if length <= _SHORT else 1.0), our, their)
    if word.weight + like.weight + against.weight < _NEVER:
        return (Item("other_word", 1.0, our, their),)
    return word, like, against


def most_by_sound(
    apart: NDArray[np.float32], telling: NDArray[np.float32], length: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return for many pairs of words the most that ``sounding`` adds up to if their sounds differ at least so much."""
    alike = _ALIKE + _ALIKE_PER_SOUND * length
    like = WEIGHTS["sounds_like"] * (1 - _KEPT) * telling * np.minimum(1.0, apart / alike)
    against = WEIGHTS["sounds_apart"] * np.maximum(0.0, apart - alike) * np.where(length <= _SHORT, _OF_SHORT, 1.0)
    found: NDArray[np.float32] = (telling + like + against).astype(np.float32)
    return found


@lru_cache(maxsize=262_144)
def most_respelt(our: str, their: str, ours: tuple[str, ...], theirs: tuple[str, ...], telling: float) -> float:
    """Return the most that two folded words that are not equal can add up to, without comparing their sounds."""
    if max(len(our), len(their)) >= LONG and abs(len(our) - len(their)) <= 1:
        return telling
    apart = min(least_difference(one, other) for one in ours for other in theirs)
    return _most_sounding(apart, telling, max(len(ours[0]), len(theirs[0])))


def most_joined(ours: tuple[Word, ...], theirs: tuple[Word, ...], telling: float) -> float:
    """Return the most that joined words can add up to by their sounds, without comparing these."""
    one, other = "".join([word.sounds[0] for word in ours]), "".join([word.sounds[0] for word in theirs])
    return _most_sounding(least_difference(one, other), telling, max(len(one), len(other)))


def _most_sounding(apart: float, telling: float, length: int) -> float:
    """Return the most that two words can add up to if their sounds differ at least so much: see ``sounding``."""
    if apart == 0.0:
        return telling
    alike = _ALIKE + _ALIKE_PER_SOUND * length
    like = WEIGHTS["sounds_like"] * (1 - _KEPT) * telling * min(1.0, apart / alike)
    against = WEIGHTS["sounds_apart"] * max(0.0, apart - alike) * (_OF_SHORT if length <= _SHORT else 1.0)
    return max(telling + like + against, MOST_UNLIKE)
