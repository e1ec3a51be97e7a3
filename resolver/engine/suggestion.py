"""Completion of a prefix: the entities with a name that begins with it, the best known first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np

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
                    found[entity] = (rank, *self._standing(entity), len(self._keys[place]))
        return sorted(found, key=lambda entity: (found[entity], entity))[:limit]

    def _places(self, asked: str) -> Iterator[tuple[int, int]]:
        """Yield how well a key fits (0 is best), and its position among the sorted keys."""
        first = bisect_left(self._keys, asked)
        beginning = range(first, min(bisect_left(self._keys, asked + "\U0010ffff"), first + _FOLLOWED))
        yield from ((int(self._keys[place] != asked), place) for place in beginning)
        if len(beginning) < _FOLLOWED and len(asked) > 2:
            inside = (place for place, text in enumerate(self._keys) if asked in text and place not in beginning)
            yield from ((2, place) for _, place in zip(range(_FOLLOWED), inside, strict=False))

    def _named(self, number: int) -> list[int]:
        start = self._index.key_start
        rows = self._index.key_rows[start[number] : start[number + 1]]
        rows = rows[self._index.row_weak[rows] == 0]
        return list(map(int, np.unique(self._index.row_entity[rows])))

    def _standing(self, entity: int) -> tuple[int, int, int]:
        """Return a sort key: entities in force and well-known entities come first."""
        first, end = self._index.entity_days[entity].tolist()
        now = self._index.as_of_day
        country = self._index.countries[int(self._index.entity_country[entity])]
        level = _ORDER[TYPES[int(self._index.entity_type[entity])]]
        return int(not first <= now < end), int(country not in _AT_HOME), level


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
