"""Names of places, and the search for the names nearest to a misspelt one: by letters, and by sound."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from resolver.index.segments import edits_allowed
from resolver.text import khmer_sounds, vietnamese

__all__ = ["FEW_EDITS_FROM", "Choices", "Near", "PlaceName", "plain"]

FEW_EDITS_FROM = 3
"""Least letters of a name that may have one edit if it is searched for inside its parent."""

_NEAREST = 12
_SOUNDS_APART = 2
"""Greatest difference in length, in sounds, of two names that sound alike."""
_ALIKE_IN_SOUND = 0.8


class PlaceName(NamedTuple):
    """A name of a place, with what is needed to score it."""

    entity: int
    row: int
    text: str
    fold: str
    key: str
    plain: str
    vietnamese: bool
    lesser: bool
    weak: bool
    days: tuple[int, int]


class Near(NamedTuple):
    """A name similar to a misspelt one; ``shortened`` if some of its words were written as their first letters."""

    named: PlaceName
    edits: int
    typed: bool
    shortened: bool = False


class Choices:
    """Names in which misspelt ones are searched for, by their keys."""

    def __init__(self, names: dict[str, list[PlaceName]], *, typed: bool) -> None:
        """Search in some names; ``typed`` says that their keys begin with the type word."""
        self._keys = list(names)
        self._names = list(names.values())
        self._typed = typed
        self._of_length: dict[tuple[int, int], tuple[list[str], list[int]]] = {}

    def near(self, query: str) -> list[Near]:
        """Return the names nearest to a folded one."""
        length = len(query)
        most = max(1, _allowed(length)) if self._typed else _allowed(length)
        keys, numbers = self._within(length, most) if most else ((), ())
        if not keys:
            return []
        hits = process.extract(query, keys, scorer=OSA.distance, score_cutoff=most, limit=_NEAREST)
        if not hits:
            return []
        digits = _digits(query)
        return [
            Near(named, edits, self._typed)
            for key, edits, at in hits
            if _digits(key) == digits and edits <= max(_allowed(len(key)), 1)
            for named in self._names[numbers[at]]
        ]

    def _within(self, length: int, most: int) -> tuple[list[str], list[int]]:
        """Return the keys whose length allows at most some edits, and the position of each."""
        known = self._of_length.get((length, most))
        if known is None:
            numbers = [number for number, key in enumerate(self._keys) if abs(len(key) - length) <= most]
            known = self._of_length[length, most] = [self._keys[number] for number in numbers], numbers
        return known

    def sounding(self, query: str) -> list[Near]:
        """Return the names that sound like a folded one: those of Cambodia are romanised in many ways."""
        alike = {
            key
            for our in khmer_sounds.sounds(query)
            for their, key in self._sounds.near(our, _ALIKE_IN_SOUND)
            if abs(len(our) - len(their)) <= _SOUNDS_APART
        }
        return (
            [
                Near(named, 1, typed=False)
                for key, names in zip(self._keys, self._names, strict=True)
                if key in alike
                for named in names
            ]
            if alike
            else []
        )

    def shortened_to(self, words: tuple[str, ...]) -> list[Near]:
        """Return the names that folded words shorten to first letters, all words or some: ``B.Thạnh``, ``BT``."""
        letters = tuple(words[0]) if len(words) == 1 else words
        return [
            Near(named, 1, typed=False, shortened=True)
            for named in self._by_first_letters.get("".join(word[0] for word in letters), ())
            if all(ours in (theirs, theirs[0]) for ours, theirs in zip(letters, named.fold.split(), strict=True))
        ]

    @cached_property
    def _by_first_letters(self) -> dict[str, list[PlaceName]]:
        """The names of two words or more by the first letters of their words; not those of foreigners: Haut-Donnai."""
        found: dict[str, list[PlaceName]] = {}
        for names in self._names if not self._typed else ():
            for named in names:
                words = named.fold.split()
                native = named.vietnamese or (named.fold.isascii() and "-" not in named.text)
                if len(words) > 1 and native and not (named.lesser or named.weak):
                    found.setdefault("".join(word[0] for word in words), []).append(named)
        return found

    @cached_property
    def _sounds(self) -> khmer_sounds.SoundTree:
        return khmer_sounds.SoundTree(key for key in self._keys if key.isascii())


def plain(text: str) -> str:
    """Return a text in lower case with its tone marks in one position: equal for names with the same spelling."""
    return text.lower() if text.isascii() else vietnamese.normalise(text).lower()


def _allowed(length: int) -> int:
    """Return the edits allowed for a name that is searched for inside its parent: one even for three letters."""
    return 1 if length == FEW_EDITS_FROM else edits_allowed(length)


def _digits(text: str) -> str:
    """Return the digits of a key: another number means another place, never a typing error."""
    return "".join(letter for letter in text if letter.isdecimal()) if not text.isalpha() else ""
