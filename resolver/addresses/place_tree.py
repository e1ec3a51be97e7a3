"""The tree of places for the address solver: names by key, and what lies above, next to and below each place.

Plain lists and dictionaries of numbers, made from the index on first use: no record is unpacked to test a reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from resolver.addresses.names_of_places import PlaceNames
from resolver.addresses.place_names import FEW_EDITS_FROM, Choices, Near, PlaceName, plain
from resolver.days import FIRST_DAY, LAST_DAY
from resolver.index.index import Index
from resolver.matching import spelling
from resolver.model import TYPES
from resolver.text import keys
from resolver.text.terms import TypeWord

__all__ = ["COMMUNE", "COUNTRY", "DISTRICT", "PROVINCE", "PlaceTree"]

COUNTRY, PROVINCE, DISTRICT, COMMUNE = range(4)
_ABOVE = -1
_ALIKE = 0.7
"""Least share of equal letters if one name may be a misspelling of the other."""
_CAMBODIA = "KH"
_BEGUN = 6
"""Most letters of a text that may be the beginning of a name, cut short."""
_FEW_LETTERS = 3
"""Letters of words that are so short that one letter less or more makes other words."""
_MOST_KEPT = 100_000


class _Within(NamedTuple):
    """The names of the places in a place: folded, as keys, and with their diacritics."""

    folds: list[str]
    keys: list[str]
    plains: list[str]


class PlaceTree:
    """The places of an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._choices_of: dict[tuple[int, int, bool], Choices] = {}
        self._near = lru_cache(maxsize=_MOST_KEPT)(self._find_near)
        self.above = index.above
        self._parents_of: dict[int, frozenset[int]] = {}
        self._types_of: dict[int, frozenset[str]] = {}
        self._kin: dict[int, frozenset[int]] = {}
        self._earlier: dict[int, frozenset[int]] = {}
        self._within: dict[int, _Within] = {}
        self._alike_above: dict[int, int] = {}
        self._first_of: dict[frozenset[int], int] = {}
        self._almost: dict[tuple[str, int], bool] = {}
        self._resembling: dict[tuple[str, int, bool], bool] = {}

    @cached_property
    def level(self) -> list[int]:
        """The level of each entity: 0 country to 3 commune, more for anything that is not a place."""
        levels: list[int] = self._index.entity_type.tolist()
        return levels

    @cached_property
    def country(self) -> list[str]:
        """The country of each entity."""
        return [self._index.countries[number] for number in self._index.entity_country.tolist()]

    @cached_property
    def days(self) -> list[tuple[int, int]]:
        """First day in force and first no longer in force of each entity."""
        return [(first, end) for first, end in self._index.entity_days.tolist()]

    @cached_property
    def superseded(self) -> list[bool]:
        """Whether each entity became one of the same name and type that is in force."""
        ended: list[bool] = self._index.entity_superseded.tolist()
        return ended

    @property
    def texts(self) -> list[str]:
        """All spellings of names, of whatever they are."""
        return self._index.texts

    def parents_of(self, entity: int) -> frozenset[int]:
        """Return the direct parents of an entity in all its versions."""
        known = self._parents_of.get(entity)
        if known is None:
            first, end = self._version_bounds[entity]
            known = self._parents_of[entity] = frozenset(self._index.version_parent[first:end].tolist())
        return known

    def types_of(self, entity: int) -> frozenset[str]:
        """Return the legal types of an entity in all its versions."""
        known = self._types_of.get(entity)
        if known is None:
            first, end = self._version_bounds[entity]
            names, types = self._index.legal_types, self._index.version_type[first:end].tolist()
            known = self._types_of[entity] = frozenset(names[number] for number in types)
        return known

    @cached_property
    def last_type(self) -> list[str]:
        """The legal type of each entity in its last version."""
        names, types = self._index.legal_types, self._index.version_type.tolist()
        return [names[types[end - 1]] if end > first else "" for first, end in self._version_bounds]

    def is_out_of_use(self, entity: int, word: TypeWord) -> bool:
        """Whether a type word, on the level of a place, means only types that no place has any more."""
        level, ends, today = self.level[entity], self._index.type_ends, self._index.as_of_day
        meant = _meant(word, level)
        return bool(meant) and all(ends.get((level, local), FIRST_DAY) <= today for local in meant)

    def agrees(self, entity: int, word: TypeWord) -> str:
        """Return how a type word agrees with a place.

        ``fits``, ``fitted`` (a version before its last), ``level``, ``outdated`` (no place of the level had such a type
        any more when it was formed) or ``contradicts``.
        """
        meant = _meant(word, self.level[entity])
        if not meant:
            return "contradicts"
        if self.last_type[entity] in meant:
            return "fits"
        if not meant.isdisjoint(self.types_of(entity)):
            return "fitted"
        first, level = self.days[entity][0], self.level[entity]
        ends = self._index.type_ends
        return "outdated" if all(ends.get((level, local), LAST_DAY) <= first for local in meant) else "level"

    def type_on(self, entity: int, day: int) -> str:
        """Return the legal type of an entity on a day, or on the nearest day on which it had one."""
        first, end = self._version_bounds[entity]
        number = first
        for later in range(first, end):
            if self._index.version_days[later, 0] <= day:
                number = later
        return self._index.legal_types[int(self._index.version_type[number])]

    @cached_property
    def _version_bounds(self) -> list[tuple[int, int]]:
        starts = self._index.version_start.tolist()
        return list(pairwise(starts))

    @cached_property
    def names(self) -> PlaceNames:
        """The names of places by their keys."""
        return PlaceNames(self._index)

    @cached_property
    def _members(self) -> dict[int, list[int]]:
        """The places below each place, at any time."""
        below: dict[int, list[int]] = defaultdict(list)
        levels = self.level
        for entity in self.names.places:
            if levels[entity] > COUNTRY:
                for upper in self.above(entity):
                    below[upper].append(entity)
        return below

    def kin(self, entity: int) -> frozenset[int]:
        """Return the parents of an entity's predecessors and successors, and the successors of its parents.

        Also its earlier provinces, and for a district the districts that it became part of.
        """
        known = self._kin.get(entity)
        if known is None:
            index, levels = self._index, self.level
            near = set(index.beside(entity))
            above, days, level = self.above(entity), self.days, levels[entity]
            for upper in above:
                if levels[upper] in (PROVINCE, DISTRICT):
                    near |= {one for one in index.beside(upper) if days[one][1] > days[upper][1]}
            near |= self.earlier_provinces(entity)
            known = frozenset(one for one in near if COUNTRY < levels[one] < level and one not in above)
            if level == DISTRICT:
                end = days[entity][1]
                known |= {one for one in index.beside(entity) if levels[one] == level and days[one][1] > end}
            self._kin[entity] = known
        return known

    def around(self, entity: int) -> frozenset[int]:
        """Return an entity, its predecessors and successors, and all places that any of them lay in."""
        return frozenset({entity, *self.above(entity), *self._index.beside(entity)})

    def merged_into(self, entity: int) -> set[int]:
        """Return the places larger than communes, of the level of an entity, that had ended when it was formed."""
        level, days = self.level[entity], self.days
        if level >= COMMUNE:
            return set()
        return {
            one for one in self._index.beside(entity) if self.level[one] == level and days[one][1] <= days[entity][0]
        }

    def earlier_provinces(self, entity: int) -> frozenset[int]:
        """Return the provinces from which the first province of an entity was formed: the entity was there before.

        A province formed of several others is not followed: the entity was in one of them, and it is not known which.
        """
        known = self._earlier.get(entity)
        if known is None:
            days, levels = self.days, self.level
            waiting = [one for one in self.above(entity) if levels[one] == PROVINCE and days[entity][0] < days[one][0]]
            found: set[int] = set()
            while waiting:
                upper = waiting.pop()
                before = {one for one in self._index.beside(upper) if levels[one] == PROVINCE}
                new = {one for one in before if days[one][1] <= days[upper][0]} - found
                if len(new) > 1:
                    continue
                found |= new
                waiting += new
            known = self._earlier[entity] = frozenset(found) - self.above(entity)
        return known

    def near_names(self, query: str, upper: int, level: int, *, with_type: bool) -> list[Near]:
        """Return the names most similar to a folded one among the places of a level below a place.

        ``upper`` -1 means all places. ``with_type`` also compares with the type word before the name.
        """
        near = self._near(query, upper, level, typed=False)
        return near + self._near(query, upper, level, typed=True) if with_type else near

    def near_above(self, query: str, entity: int, *, with_type: bool) -> list[Near]:
        """Return the names nearest to a folded one among the places above a place."""
        entity = self._first_below(entity)
        near = self._near(query, entity, _ABOVE, typed=False)
        return near + self._near(query, entity, _ABOVE, typed=True) if with_type else near

    def _first_below(self, entity: int) -> int:
        """Return the first place asked for that has the same places above it: their names are searched once."""
        known = self._alike_above.get(entity)
        if known is None:
            known = self._alike_above[entity] = self._first_of.setdefault(self.above(entity), entity)
        return known

    def shortened(self, words: tuple[str, ...], place: int, level: int | None) -> list[Near]:
        """Return the names that folded words shorten, among the places of a level below a place; None: above it."""
        return self._choices(place, _ABOVE if level is None else level, typed=False).shortened_to(words)

    def _find_near(self, query: str, place: int, level: int, *, typed: bool) -> list[Near]:
        """Return the names nearest to a folded one below a place on a level or above it: by letters, else by sound.

        Names of a whole country are not compared by sound: they are too many.
        """
        choices = self._choices(place, level, typed=typed)
        near = choices.near(query)
        if near or typed or level == _ABOVE or place < 0:
            return near
        return choices.sounding(query) if self.level[place] >= PROVINCE and self.country[place] == _CAMBODIA else []

    def resembles(self, text: str, folds: tuple[str, ...], place: int, *, accented: bool) -> bool:
        """Whether some words are similar to the name of a place inside another place, or to the beginning of one.

        In an ``accented`` address correct Vietnamese is compared with its diacritics: another tone is another word.
        """
        asked = text, place, accented
        known = self._resembling.get(asked)
        if known is None:
            if len(self._resembling) > _MOST_KEPT:
                self._resembling = {}
            known = self._resembling[asked] = self._is_like(text, folds, place, accented=accented)
        return known

    def _is_like(self, text: str, folds: tuple[str, ...], place: int, *, accented: bool) -> bool:
        names, begun = self._names_within(place), " ".join(folds)
        if len(begun) <= _BEGUN and any(fold.startswith(begun) for fold in names.folds):
            return True
        marked = accented and spelling.good(text)
        query, choices = (plain(text), names.plains) if marked else ("".join(folds), names.keys)
        return process.extractOne(query, choices, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE) is not None

    def is_almost(self, letters: str, place: int) -> bool:
        """Whether some folded letters are one edit off the name of a place inside another."""
        asked = letters, place
        known = self._almost.get(asked)
        if known is None:
            if len(self._almost) > _MOST_KEPT:
                self._almost = {}
            names = self._names_within(place).keys if len(letters) > _FEW_LETTERS else ()
            near = process.extractOne(letters, names, scorer=OSA.distance, score_cutoff=1) if names else None
            known = self._almost[asked] = near is not None
        return known

    def beginning(self, begun: str, place: int) -> set[str]:
        """Return the folded names, of places inside another, that begin with some letters."""
        return {fold for fold in self._names_within(place).folds if fold.startswith(begun)}

    def _names_within(self, place: int) -> _Within:
        known = self._within.get(place)
        if known is None:
            names = [named for entity in self._members.get(place, ()) for named in self.names.of(entity)]
            known = self._within[place] = _Within(
                list({named.fold for named in names}),
                list({named.key for named in names}),
                list({named.plain for named in names}),
            )
        return known

    def _choices(self, place: int, level: int, *, typed: bool) -> Choices:
        """Return the names of the places of a level below a place, or above it; if ``typed``, with their type words."""
        known = self._choices_of.get((place, level, typed))
        if known is None:
            names: dict[str, list[PlaceName]] = defaultdict(list)
            for entity in self._around(place, level):
                types = [_type_key(type_) for type_ in self.types_of(entity)] if typed else [""]
                for named in self.names.of(entity):
                    if typed or (len(named.key) >= FEW_EDITS_FROM and not named.key.isdecimal()):
                        for type_ in types:
                            names[type_ + named.key].append(named)
            known = self._choices_of[place, level, typed] = Choices(names, typed=typed)
        return known

    def _around(self, place: int, level: int) -> Iterable[int]:
        """Return the places of a level below a place, or all places above it."""
        if level == _ABOVE:
            return (one for one in self.above(place) if COUNTRY < self.level[one] <= COMMUNE)
        inside = self.names.places if place < 0 else self._members.get(place, [])
        return (one for one in inside if self.level[one] == level)


_type_key = lru_cache(maxsize=256)(keys.key)


@lru_cache(maxsize=1024)
def _meant(word: TypeWord, level: int) -> frozenset[str]:
    """Return the legal types that a type word means on a level."""
    return frozenset(local for type_, local in word.meanings if type_ == TYPES[level])
