"""Parts of personal names: which texts may mean a full name, and whose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

import numpy as np

from resolver.index.index import Index
from resolver.matching.spelling import accents
from resolver.model import TYPES
from resolver.text import keys, khmer
from resolver.text.words import folded

__all__ = ["Fit", "PartialNames", "fit"]

Fit = Literal["", "turned", "partial", "initials", "given"]

_PERSON = TYPES.index("person")
_FEW = 50
"""Texts in one process after which it pays to know the words of all names."""


def fit(typed: str, name: str) -> Fit:
    """Return how a text may mean a longer or differently ordered personal name; empty if it does not.

    ``turned``: all words, the first ones moved to the end or the reverse (``Tam Quang Luong``). ``partial``: the first
    and the last word, and no words that are not in the name (``Luong Quang``). ``initials``: some words are single
    letters. ``given``: only the last words (``Quang``). Typed diacritics must be those of the name.

    >>> [fit(typed, "Lương Tam Quang") for typed in ("Luong Quang", "Quang", "Tam Quang Luong")]
    ['partial', 'given', 'turned']
    >>> fit("Đặng Hải Đào", "Đào Hải Đăng")
    ''
    """
    ours, theirs = _words_of(typed), name.split()
    if not ours or len(ours) > len(theirs) or ours == theirs:
        return ""
    if len(ours) == len(theirs) and all(len(word) > 1 for word in ours):
        turns = range(1, len(theirs))
        return "turned" if any(_all_stand(ours, theirs[at:] + theirs[:at]) for at in turns) else ""
    if len(ours) < len(theirs) and all(len(word) > 1 for word in ours) and _all_stand(ours, theirs[-len(ours) :]):
        return "given"
    if len(ours) < 2 or not (_stands(ours[0], theirs[0]) and _stands(ours[-1], theirs[-1]) and len(ours[-1]) > 1):
        return ""
    between = iter(theirs[1:-1])
    if not all(any(_stands(word, other) for other in between) for word in ours[1:-1]):
        return ""
    return "partial" if all(len(word) > 1 for word in ours) else "initials"


def _words_of(typed: str) -> list[str]:
    """Return the words of a text, initials without their dots."""
    return [word.rstrip(".") for word in typed.replace(".", ". ").split() if word.strip(".")]


def _all_stand(ours: list[str], theirs: list[str]) -> bool:
    return all(_stands(word, other) for word, other in zip(ours, theirs, strict=True))


def _stands(word: str, other: str) -> bool:
    """Whether a word as typed, perhaps an initial, can be a word of a name."""
    typed, meant = keys.fold(word), keys.fold(other)
    if len(typed) == 1 and not khmer.is_khmer(typed):
        return meant.startswith(typed)
    return typed == meant and accents(word, other, True, exact=True) in {"same", "bare", "partial"}


class PartialNames:
    """The people of an index, found by parts of their names."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._asked = 0

    def find(self, typed: str) -> Iterator[tuple[int, Fit]]:
        """Yield the people that a text of two words or more may mean, and how."""
        words = keys.fold(typed).split()
        if len(words) < 2 or khmer.is_khmer(typed):
            return
        seen: set[int] = set()
        for word in (words[-1], words[0]):
            for person, name in self._by_word.get(word, ()):
                found = fit(typed, name)
                if found and found != "given" and person not in seen:
                    seen.add(person)
                    yield person, found

    def may_be_part(self, typed: str) -> bool:
        """Whether every word of a text, unless an initial, is a word of somebody's name: otherwise it fits no name."""
        if self._asked < _FEW:
            self._asked += 1
            return True
        words = [folded(word) for word in _words_of(typed)]
        return bool(words) and all(len(word) == 1 or word in self._words for word in words)

    def names(self, person: int) -> tuple[str, ...]:
        """Return the full names of a person in Latin script."""
        record = self._index.record(person)
        spelt = (*(version.name for version in record.versions), *(name.text for name in record.names))
        return tuple(name for name in dict.fromkeys(spelt) if not khmer.is_khmer(name))

    @cached_property
    def _by_word(self) -> dict[str, list[tuple[int, str]]]:
        """The people by the last word of each of their names."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, type_ in enumerate(self._index.entity_type.tolist()):
            if type_ == _PERSON:
                for name in self.names(number):
                    found[str(keys.fold(name.split()[-1]))].append((number, name))
        return found

    @cached_property
    def _words(self) -> frozenset[str]:
        """The folded words of all names of people."""
        index = self._index
        of_people = index.row_text[index.entity_type[index.row_entity] == _PERSON]
        return frozenset(
            str(folded(word)) for number in np.unique(of_people).tolist() for word in index.texts[number].split()
        )
