"""The names of people, found by what they share with other spellings: sounds, letters, words in any order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver.text.persons import PersonalName, parse

__all__ = ["KnownName", "PersonNames", "shared_keys", "skeleton", "whole_keys"]

_LEAST_LETTERS = 4
_NOBODY = np.empty(0, np.int32)
_CONFUSED = str.maketrans({"D": "t", "d": "t", "B": "p", "b": "p", "J": "n", "N": "n"})
_UNHEARD = re.compile(r".\?|[^kctDdBbpmnJNrlvs]")


class KnownName(NamedTuple):
    """A name of a person of the index."""

    person: int
    text: str
    parsed: PersonalName


class PersonNames:
    """All names of the people of one index, each with a number."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._arrays = arrays
        self._known: dict[int, KnownName] = {}

    @staticmethod
    def arrays(named: Iterable[tuple[int, Iterable[str]]]) -> dict[str, NDArray[Any]]:
        """Return the arrays for the names of some people, given by their numbers."""
        known = _distinct(named)
        postings: dict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(known):
            for key in shared_keys(one.parsed):
                postings[key].append(number)
        ordered = sorted(postings)
        return {
            "person_name_of": np.array([one.person for one in known], np.int32),
            "person_name_texts": np.frombuffer("\n".join(one.text for one in known).encode(), np.uint8),
            "person_keys": np.frombuffer("\n".join(ordered).encode(), np.uint8),
            "person_key_start": np.cumsum([0, *(len(postings[key]) for key in ordered)]).astype(np.int32),
            "person_key_names": np.array([number for key in ordered for number in postings[key]], np.int32),
        }

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._arrays["person_name_of"])

    def __contains__(self, key: str) -> bool:
        """Whether any name has a key: see ``shared_keys``."""
        return key in self._numbers

    def sharing_most(self, keys: Iterable[str], most: int) -> list[int]:
        """Return the numbers of the names that have most of some keys, those with more keys first."""
        counts = self._counts(self._sharing(key) for key in keys)
        ranked = np.argsort(-counts, kind="stable")[:most]
        found: list[int] = ranked[counts[ranked] > 0].tolist()
        return found

    def most_shared(self, words: Iterable[Collection[str]]) -> int:
        """Return the greatest number of words, each given by its keys, of which one name has a key."""
        counts = self._counts(np.unique(np.concatenate([*map(self._sharing, keys)])) for keys in words if keys)
        return int(counts.max(initial=0))

    def _counts(self, found: Iterable[NDArray[np.int32]]) -> NDArray[np.intp]:
        """Return for each name how often it was found."""
        some = [one for one in found if len(one)]
        return np.bincount(np.concatenate(some) if some else _NOBODY, minlength=len(self._arrays["person_name_of"]))

    def _sharing(self, key: str) -> NDArray[np.int32]:
        """Return the numbers of the names that have a key."""
        number = self._numbers.get(key)
        if number is None:
            return _NOBODY
        start: NDArray[np.int32] = self._arrays["person_key_start"]
        found: NDArray[np.int32] = self._arrays["person_key_names"][start[number] : start[number + 1]]
        return found

    def __getitem__(self, number: int) -> KnownName:
        """Return a name by its number."""
        known = self._known.get(number)
        if known is None:
            text = self._texts[number]
            known = KnownName(int(self._arrays["person_name_of"][number]), text, parse(text)[0])
            self._known[number] = known
        return known

    @cached_property
    def _texts(self) -> list[str]:
        return self._arrays["person_name_texts"].tobytes().decode().split("\n")

    @cached_property
    def _numbers(self) -> dict[str, int]:
        packed = self._arrays["person_keys"].tobytes().decode()
        return {key: number for number, key in enumerate(packed.split("\n"))} if packed else {}


def shared_keys(name: PersonalName) -> set[str]:
    """Return the keys of a name: its words in pairs, all together, and each by its sounds if it is Khmer."""
    found = set(whole_keys(name))
    folds = sorted(name.folds)
    found.update(f"{one} {other}" for at, one in enumerate(folds) for other in folds[at + 1 :])
    found.update(skeleton(sound) for word in name.words if not word.initial for sound in word.sounds)
    return found


def whole_keys(name: PersonalName) -> Iterator[str]:
    """Yield the keys of a name as a whole: its letters, and the consonants of its sounds."""
    if len(name.joined) >= _LEAST_LETTERS:
        yield f"={name.joined}"
        yield f"~{skeleton(''.join(word.sounds[0] for word in name.words if word.sounds))}"


def skeleton(sound: str) -> str:
    """Return the consonants of a sound; consonants that are easily confused become equal.

    >>> skeleton("cUn"), skeleton("nArinD?")
    ('cn', 'nrn')
    """
    return _UNHEARD.sub("", sound).translate(_CONFUSED)


def _distinct(named: Iterable[tuple[int, Iterable[str]]]) -> list[KnownName]:
    """Return all names, except those of a person that repeat another one without diacritics.

    A name without diacritics would agree with many names; the spelling with them is kept.
    """
    found: dict[tuple[int, str], KnownName] = {}
    for person, texts in named:
        for text in texts:
            for parsed in parse(text)[:1]:
                found.setdefault((person, parsed.plain), KnownName(person, text, parsed))
    native = {(one.person, one.parsed.joined) for one in found.values() if one.parsed.style == "native"}
    return [
        one
        for one in found.values()
        if one.parsed.style not in {"bare", "half"} or (one.person, one.parsed.joined) not in native
    ]
