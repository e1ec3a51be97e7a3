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

__all__ = ["Suggesting"]

_LONGEST = 200
"""Characters of a prefix that are read."""

_FOLLOWED = 4_000
"""Most keys that are read for one prefix."""

_AT_HOME = ("VN", "KH")

_ORDER = {"country": 0, "province": 1, "district": 2, "commune": 4, "organisation": 3, "office": 5, "person": 3}


class _Suggester:
    """Finds entities by the beginning of a name, or of a later part of it."""

    def __init__(self, index: Index) -> None:
        self._index = index
        spelt = [(text, number) for number, text in enumerate(index.keys) if not text.startswith(WORDS)]
        spelt.sort()
        self._keys = [text for text, _ in spelt]
        self._numbers = [number for _, number in spelt]
        # All keys as one text, to find what is inside them without a step for each.
        self._all = "\n".join(self._keys)
        self._starts = np.cumsum([0, *(len(text) + 1 for text in self._keys)])
        self._standing = self._standings()

    def suggest(self, prefix: str, types: Sequence[EntityType], limit: int) -> list[int]:
        """Return the numbers of at most ``limit`` entities; of any type if ``types`` is empty."""
        wanted = {TYPES.index(one) for one in types} or set(range(len(TYPES)))
        asked = str(key(prefix[:_LONGEST]))
        if not asked:
            return []
        found: dict[int, tuple[int, ...]] = {}
        for rank, place in self._places(asked):
            for entity in self._named(self._numbers[place]):
                if int(self._index.entity_type[entity]) in wanted and entity not in found:
                    found[entity] = rank, int(self._standing[entity]), len(self._keys[place])
        return sorted(found, key=lambda entity: (found[entity], entity))[:limit]

    def _places(self, asked: str) -> Iterator[tuple[int, int]]:
        """Yield how well a key fits (0 is best), and its position among the sorted keys."""
        first = bisect_left(self._keys, asked)
        beginning = range(first, min(bisect_left(self._keys, asked + "\U0010ffff"), first + _FOLLOWED))
        yield from ((int(self._keys[place] != asked), place) for place in beginning)
        if len(beginning) < _FOLLOWED and len(asked) > 2:
            inside = (place for place in self._containing(asked) if place not in beginning)
            yield from ((2, place) for _, place in zip(range(_FOLLOWED), inside, strict=False))

    def _containing(self, asked: str) -> Iterator[int]:
        """Yield the positions of the keys that contain a text, in their order."""
        at = self._all.find(asked)
        while at >= 0:
            place = int(np.searchsorted(self._starts, at, "right"))
            yield place - 1
            at = self._all.find(asked, int(self._starts[place]))

    def _named(self, number: int) -> list[int]:
        index = self._index
        rows = index.key_rows[index.key_start[number] : index.key_start[number + 1]].tolist()
        return sorted({int(index.row_entity[row]) for row in rows if not index.row_weak[row]})

    def _standings(self) -> NDArray[np.int64]:
        """Return a number for each entity by which to sort: those in force and well known come first."""
        index, now = self._index, self._index.as_of_day
        ended = ~((index.entity_days[:, 0] <= now) & (now < index.entity_days[:, 1]))
        abroad = np.array([country not in _AT_HOME for country in index.countries], np.bool_)[index.entity_country]
        level = np.array([_ORDER[type_] for type_ in TYPES])[index.entity_type]
        return np.asarray((ended * 2 + abroad) * len(TYPES) + level, np.int64)


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
