"""Comparison of two words of names: the features by which they can be one word, by spelling or by sound."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from resolver.matching import spelling
from resolver.people.name_features import FEATURES
from resolver.people.slips import final_vowel_heard, slipped, vowel_between
from resolver.text import khmer_sounds
from resolver.text.persons import Word

__all__ = ["WEIGHTS", "Item", "initial", "respelt", "sounding", "sounding_joined"]

WEIGHTS = {feature.name: feature.weight for feature in FEATURES}
"""Log-odds of the features, by name."""

_NEVER = -12.0
_ALIKE, _ALIKE_PER_SOUND, _KEPT = 0.2, 0.03, 0.3
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
    """Compare joined words by their sounds; nothing if one of them ends in a vowel that is missing in the others."""
    heard = [[word.sounds[0] for word in words] for words in (ours, theirs)]
    one, other = map("".join, heard)
    if (
        spelling.final_vowel_apart(*("".join(word.fold for word in words) for words in (ours, theirs)))
        or final_vowel_heard((one,), (other,))
        or vowel_between(heard[0], other)
        or vowel_between(heard[1], one)
    ):
        return ()
    return sounding(khmer_sounds.difference(one, other), telling, our, their, max(len(one), len(other)))


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
    like = Item("sounds_like", (1 - _KEPT) * telling * min(1.0, apart / alike), our, their)
    if apart <= alike:
        return word, like
    against = Item("sounds_apart", (apart - alike) * (_OF_SHORT if length <= _SHORT else 1.0), our, their)
    if word.weight + like.weight + against.weight < _NEVER:
        return (Item("other_word", 1.0, our, their),)
    return word, like, against
