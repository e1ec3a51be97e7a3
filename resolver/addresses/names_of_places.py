"""The names of places, by key and by place: each is made from the index when it is first asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolver.addresses.place_names import PlaceName, plain
from resolver.index.compiler import KINDS
from resolver.index.index import Index
from resolver.model import TYPES
from resolver.text import keys
from resolver.text.numerals import unnumbered

__all__ = ["PlaceNames"]

_LEAST = 3
"""The level of the smallest places, communes: what is on a later one is no place."""
_NO_NAMES = frozenset({"demonym", "identifier"})
_LESSER_KINDS = frozenset({"alias", "misspelling"})
_NOT_WHOLE = frozenset({*_LESSER_KINDS, "abbreviation"})
_DIGITS = "0123456789"
_CAMBODIA = "KH"


class PlaceNames(Mapping[str, Sequence[PlaceName]]):
    """The names of the places of an index by their keys, and by their places (``of``).

    A place that was divided into numbered ones gives its name to these too: ``Phường Mỹ Đình`` is neither Mỹ Đình 1 nor
    Mỹ Đình 2. In Cambodia numbered ones have it also where no place bore it alone: ``Sangkat Phsar Thmei``. A country
    is a place if it has parts.
    """

    def __init__(self, index: Index) -> None:
        """Read the names from an index."""
        self._index = index
        self._made: dict[int, PlaceName] = {}
        self._by_key: dict[str, Sequence[PlaceName]] = {}
        self._by_place: dict[int, Sequence[PlaceName]] = {}

    def __getitem__(self, key: str) -> Sequence[PlaceName]:
        """Return the names with a key. Raises KeyError if no place has such a name."""
        names = self._named(key)
        if not names:
            raise KeyError(key)
        return names

    def get(self, key: str, default: Any = None) -> Any:
        """Return the names with a key; ``default`` if no place has such a name."""
        return self._named(key) or default

    def __contains__(self, key: object) -> bool:
        """Whether a place has a name with a key."""
        number = self._index.key_numbers.get(key) if isinstance(key, str) else None
        return (number is not None and self._key_flags[number] == 1) or key in self._unnumbered_keys

    def _named(self, key: str) -> Sequence[PlaceName]:
        known = self._by_key.get(key)
        if known is not None:
            return known
        if key not in self:
            return ()
        number = self._index.key_numbers.get(key)
        names: Sequence[PlaceName] = [self._name(row) for row in self._rows_of(number)] if number is not None else []
        more = (*self._shared_keys.get(key, ()), *self._unnumbered_keys.get(key, ()))
        if more:
            names = sorted([*names, *more], key=lambda one: one.entity)
        self._by_key[key] = names
        return names

    def __iter__(self) -> Iterator[str]:
        """Yield the keys of all names of places."""
        known = self._index.keys
        return (known[number] for number in np.flatnonzero(self._is_key).tolist())

    def __len__(self) -> int:
        """Return how many keys the names of places have."""
        return int(np.count_nonzero(self._is_key))

    def of(self, place: int) -> Sequence[PlaceName]:
        """Return the names of a place, in the order of the tables."""
        known = self._by_place.get(place)
        if known is None:
            first, end = self._starts[place : place + 2].tolist()
            names = [self._name(row) for row in self._ordered[first:end].tolist()]
            known = self._by_place[place] = names + self._shared.get(place, []) + self._unnumbered.get(place, [])
        return known

    @cached_property
    def places(self) -> list[int]:
        """All places that have a name."""
        numbers: list[int] = np.flatnonzero(np.diff(self._starts)).tolist()
        return numbers

    @cached_property
    def _is_name(self) -> NDArray[np.bool_]:
        """Whether each row of the index is a name of a place."""
        index = self._index
        levels = index.entity_type
        peopled = np.zeros(len(levels), np.bool_)
        peopled[index.version_parent[index.version_parent >= 0]] = True
        placed = (levels <= _LEAST) & ((levels > 0) | peopled)
        named = np.array([kind not in _NO_NAMES for kind in KINDS])
        return np.asarray(placed[index.row_entity] & named[index.row_kind] & (self._row_keys >= 0))

    @cached_property
    def abroad(self) -> frozenset[str]:
        """The keys of the names of countries of which no place is known."""
        index, known = self._index, self._index.keys
        named = np.array([kind not in _NO_NAMES for kind in KINDS])
        is_country = index.entity_type[index.row_entity] == TYPES.index("country")
        rows = np.flatnonzero(is_country & named[index.row_kind] & ~self._is_name & (self._row_keys >= 0))
        return frozenset(known[number] for number in self._row_keys[rows].tolist())

    @cached_property
    def _row_keys(self) -> NDArray[Any]:
        return np.asarray(self._index.text_key[self._index.row_text])

    @cached_property
    def _is_key(self) -> NDArray[np.bool_]:
        """Whether each key of the index is the key of a place's name."""
        found = np.zeros(len(self._index.keys), np.bool_)
        found[self._row_keys[self._is_name]] = True
        return found

    @cached_property
    def _key_flags(self) -> bytes:
        """The same as bytes, which are faster to look into one by one."""
        return self._is_key.tobytes()

    @cached_property
    def _ordered(self) -> NDArray[Any]:
        """The rows of places' names by their places."""
        rows = np.flatnonzero(self._is_name)
        return np.asarray(rows[np.argsort(self._index.row_entity[rows], kind="stable")])

    @cached_property
    def _starts(self) -> NDArray[Any]:
        """The position in ``_ordered`` at which the rows of each entity begin."""
        entities = np.arange(len(self._index.entity_type) + 1)
        return np.searchsorted(self._index.row_entity[self._ordered], entities)

    def _rows_of(self, number: int) -> list[int]:
        """Return the rows of places' names with a key, in the order of the places."""
        index = self._index
        rows = index.key_rows[index.key_start[number] : index.key_start[number + 1]]
        rows = rows[self._is_name[rows]]
        in_order: list[int] = rows[np.argsort(index.row_entity[rows], kind="stable")].tolist()
        return in_order

    def _name(self, row: int) -> PlaceName:
        known = self._made.get(row)
        if known is None:
            index = self._index
            written = index.texts[index.row_text[row]]
            first, end = index.row_days[row].tolist()
            known = self._made[row] = PlaceName(
                int(index.row_entity[row]),
                row,
                written,
                str(keys.fold(written)),
                index.keys[self._row_keys[row]],
                plain(written),
                bool(index.row_vietnamese[row]),
                self._is_lesser(row),
                bool(index.row_weak[row]),
                (first, end),
            )
        return known

    def _is_lesser(self, row: int) -> bool:
        return KINDS[self._index.row_kind[row]] in _LESSER_KINDS

    @cached_property
    def _shared(self) -> dict[int, list[PlaceName]]:
        """The names of divided places that numbered ones have too, by these."""
        found: dict[int, list[PlaceName]] = defaultdict(list)
        for name in map(self._name, self._divided_rows()):
            for other in self._numbered[name.key]:
                if self._is_part(name, other):
                    first, end = self._index.entity_days[other].tolist()
                    found[other].append(name._replace(entity=other, lesser=True, days=(first, end)))
        return found

    def _is_part(self, name: PlaceName, other: int) -> bool:
        """Whether a numbered place is one of those that a place, whose name this is, was divided into."""
        index, place = self._index, name.entity
        return (
            other != place
            and index.entity_days[other, 0] >= name.days[1]
            and (other in index.beside(place) or not self._parents(other).isdisjoint(self._parents(place)))
        )

    def _parents(self, place: int) -> set[int]:
        first, end = self._index.version_start[place : place + 2]
        return set(self._index.version_parent[first:end].tolist())

    @cached_property
    def _shared_keys(self) -> dict[str, list[PlaceName]]:
        return _by_key(self._shared)

    @cached_property
    def _unnumbered(self) -> dict[int, list[PlaceName]]:
        """The names of numbered communes of Cambodia without their numbers, by these: of several in one place."""
        index, bearers = self._index, defaultdict[tuple[str, int], set[int]](set)
        names = []
        for row in self._ordered[self._are_communes_of_cambodia(self._ordered)].tolist():
            place, written = int(index.row_entity[row]), index.texts[index.row_text[row]]
            base = unnumbered(written) if KINDS[index.row_kind[row]] not in _NOT_WHOLE else ""
            if base:
                name = PlaceName(
                    place,
                    row,
                    base,
                    str(keys.fold(base)),
                    str(keys.key(base)),
                    plain(base),
                    vietnamese=False,
                    lesser=True,
                    weak=False,
                    days=tuple(index.row_days[row].tolist()),
                )
                names.append(name)
                for parent in self._parents(place):
                    bearers[name.key, parent].add(place)
        found: dict[int, list[PlaceName]] = defaultdict(list)
        for name in names:
            several = any(len(bearers[name.key, parent]) > 1 for parent in self._parents(name.entity))
            if several and not self._is_borne(name) and all(other.key != name.key for other in found[name.entity]):
                found[name.entity].append(name)
        return found

    def _is_borne(self, name: PlaceName) -> bool:
        """Whether another commune beside that of a name is or was called so: it was divided into the numbered ones."""
        number, levels = self._index.key_numbers.get(name.key), self._index.entity_type
        others = [int(self._index.row_entity[row]) for row in self._rows_of(number)] if number is not None else []
        parents = self._parents(name.entity)
        return any(levels[one] == _LEAST and not parents.isdisjoint(self._parents(one)) for one in others)

    def _are_communes_of_cambodia(self, rows: NDArray[Any]) -> NDArray[np.bool_]:
        entities = self._index.row_entity[rows]
        is_there = self._index.entity_country[entities] == self._index.countries.index(_CAMBODIA)
        return np.asarray(is_there & (self._index.entity_type[entities] == _LEAST))

    @cached_property
    def _unnumbered_keys(self) -> dict[str, list[PlaceName]]:
        return _by_key(self._unnumbered)

    @cached_property
    def _numbered(self) -> dict[str, list[int]]:
        """The places with Vietnamese names that end in a number, by the key of what stands before the number."""
        ends_in_digit = np.array([key[-1:] in _DIGITS for key in self._index.keys])
        rows = self._ordered[ends_in_digit[self._row_keys[self._ordered]] & self._index.row_vietnamese[self._ordered]]
        found: dict[str, list[int]] = defaultdict(list)
        entities = self._index.row_entity[rows].tolist()
        of = dict.fromkeys(
            (entity, self._index.keys[self._row_keys[row]])
            for entity, row in zip(entities, rows.tolist(), strict=True)
            if not self._is_lesser(row)
        )
        for entity, key in of:
            found[key.rstrip(_DIGITS)].append(entity)
        return found

    def _divided_rows(self) -> list[int]:
        """Return the rows of Vietnamese names whose keys are those of numbered places without their numbers."""
        numbers = self._index.key_numbers
        rows = [row for key in self._numbered if key in numbers for row in self._rows_of(numbers[key])]
        vietnamese = self._index.row_vietnamese
        entities = self._index.row_entity
        return sorted((row for row in rows if vietnamese[row]), key=lambda row: (entities[row], row))


def _by_key(names: Mapping[int, Iterable[PlaceName]]) -> dict[str, list[PlaceName]]:
    """Return names, given by their places, by their keys."""
    found: dict[str, list[PlaceName]] = {}
    for of_place in names.values():
        for name in of_place:
            found.setdefault(name.key, []).append(name)
    return found
