"""Completion of a prefix: the entities with a name that begins with it, the best known first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from resolver.filters import types_of
from resolver.index.compiler import WORDS
from resolver.index.index import Index
from resolver.matching.decision import Decider
from resolver.model import TYPES, Entity, EntityType
from resolver.text.keys import key
from resolver.text.reading import read

__all__ = ["Suggesting"]

_LONGEST = 200
"""Characters of a prefix that are read."""

_FOLLOWED = 4_000
"""Most keys that are read for one prefix."""

_BETWEEN = "\n"
"""Between two keys in the text of all keys; no key contains it."""

_AT_HOME = ("VN", "KH")

_ORDER = {"country": 0, "province": 1, "district": 2, "commune": 4, "organisation": 3, "office": 5, "person": 3}


_TYPED, _INSIDE = 2, 3
"""How well a key fits that begins with the text behind a type word, and one that contains the text. 0 is best."""

_Numbers = NDArray[np.int64]
_NONE = np.array([], dtype=np.int64)


class _Suggester:
    """Finds entities by the beginning of a name, or of a later part of it.

    The keys are sorted, so that those with one beginning are neighbours, and so are the entities with these names. All
    keys stand in one text, too, where those that contain what was typed are found.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        spelt = [(text, number) for number, text in enumerate(index.keys) if not text.startswith(WORDS)]
        spelt.sort()
        self._keys = [text for text, _ in spelt]
        self._text = _BETWEEN + "".join(text + _BETWEEN for text in self._keys)
        lengths = np.array([len(text) for text in self._keys])
        self._ends = np.cumsum(lengths + 1)
        named = [self._named(number) for _, number in spelt]
        self._start = np.cumsum([0, *map(len, named)])
        self._entities = np.concatenate(named)
        self._lengths = np.repeat(lengths, np.diff(self._start))
        self._standing = _standing(index)

    def suggest(self, prefix: str, types: Sequence[EntityType], limit: int) -> list[int]:
        """Return the numbers of at most ``limit`` entities; of any type if ``types`` is empty."""
        found = [self._fitting(places, ranks, types) for places, ranks in self._plain(str(key(prefix[:_LONGEST])))]
        for asked, meant in _typed(prefix[:_LONGEST]):
            among = [one for one in meant if not types or one in types]
            places = np.array(self._beginning(asked), dtype=np.int64)
            if among:
                found.append(self._fitting(places, np.full(len(places), _TYPED), among))
        rows, fits = (np.concatenate(column) for column in zip(*found, strict=True)) if found else (_NONE, _NONE)
        entities = self._entities[rows]
        best_first = np.lexsort((entities, self._lengths[rows], self._standing[entities], fits))
        return list(dict.fromkeys(entities[best_first].tolist()))[:limit]

    def _fitting(self, places: _Numbers, ranks: _Numbers, types: Sequence[EntityType]) -> tuple[_Numbers, _Numbers]:
        """Return the rows of the entities with these keys, and how well each fits."""
        counts = self._start[places + 1] - self._start[places]
        rows = np.repeat(self._start[places + 1] - np.cumsum(counts), counts) + np.arange(counts.sum())
        fits = np.repeat(ranks, counts)
        if types:
            wanted = np.isin(self._index.entity_type[self._entities[rows]], [TYPES.index(one) for one in types])
            rows, fits = rows[wanted], fits[wanted]
        return rows, fits

    def _plain(self, asked: str) -> Iterator[tuple[_Numbers, _Numbers]]:
        """Yield positions among the sorted keys, and how well each of these keys fits; 0 is best."""
        if not asked:
            return
        beginning = self._beginning(asked)
        places = np.array(beginning, dtype=np.int64)
        # Keys that begin with a text are sorted, so that the text itself comes first.
        yield places, np.array([int(self._keys[place] != asked) for place in beginning[:1]] + [1] * len(beginning[1:]))
        if len(beginning) < _FOLLOWED and len(asked) > 2:
            inside = np.array(self._inside(asked, beginning), dtype=np.int64)
            yield inside, np.full(len(inside), _INSIDE)

    def _beginning(self, asked: str) -> range:
        first = bisect_left(self._keys, asked)
        return range(first, min(bisect_left(self._keys, asked + "\U0010ffff"), first + _FOLLOWED))

    def _inside(self, asked: str, others: range) -> list[int]:
        """Return the positions of keys that contain a text, except some."""
        found: list[int] = []
        at = self._text.find(asked)
        while at >= 0 and len(found) < _FOLLOWED:
            place = int(np.searchsorted(self._ends, at))
            if place not in others:
                found.append(place)
            at = self._text.find(asked, int(self._ends[place]))
        return found

    def _named(self, number: int) -> _Numbers:
        start = self._index.key_start
        rows = self._index.key_rows[start[number] : start[number + 1]]
        rows = rows[~self._index.row_weak[rows]]
        return np.unique(self._index.row_entity[rows])


def _typed(prefix: str) -> Iterator[tuple[str, list[EntityType]]]:
    """Yield the keys of a text without its type word, and the types that the word means: ``phường Bến Ng``."""
    for reading in read(prefix).readings:
        if reading.type_words and not reading.context and reading.key:
            meant = {type_ for word in reading.type_words for type_, _ in word.meanings}
            yield str(reading.key), [one for one in TYPES if one in meant]


def _standing(index: Index) -> _Numbers:
    """Return a sort key for each entity: entities in force and well-known entities come first."""
    first, end = index.entity_days[:, 0], index.entity_days[:, 1]
    ended = ~((first <= index.as_of_day) & (index.as_of_day < end))
    home = np.isin(index.entity_country, [number for number, one in enumerate(index.countries) if one in _AT_HOME])
    level = np.array([_ORDER[one] for one in TYPES])[index.entity_type]
    return np.asarray((ended * 2 + ~home) * 10 + level, dtype=np.int64)


class Suggesting:
    """The call that completes a prefix, for a class that has an index and describes entities."""

    _index: Index
    _decider: Decider

    def suggest(
        self, prefix: str, *, type: str | Iterable[str] | None = None, limit: int = 10, language: str | None = None
    ) -> list[Entity]:
        """Return entities with a name that begins with a prefix, the best known first.

        >>> from resolver import Resolver
        >>> [entity.id for entity in Resolver().suggest("kien gi", type="province", limit=1)]
        ['vn-province-kien-giang']
        """
        describer = self._decider.describer(language or "")
        found = self._suggester.suggest(prefix, types_of(type), limit)
        return [describer.at(number, self._index.as_of_day) for number in found]

    @cached_property
    def _suggester(self) -> _Suggester:
        return _Suggester(self._index)
