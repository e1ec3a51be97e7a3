"""The tree of places for the address solver: names by key, and what lies above, next to and below each place.

Plain lists and dictionaries of numbers, made once from the index, on first use: testing a reading unpacks no record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from resolver.index.compiler import KINDS
from resolver.index.index import Index
from resolver.index.segments import edits_allowed
from resolver.matching import spelling
from resolver.model import TYPES
from resolver.text import keys, khmer_sounds, vietnamese
from resolver.text.terms import TypeWord

__all__ = ["COMMUNE", "COUNTRY", "DISTRICT", "PROVINCE", "Near", "PlaceName", "PlaceTree", "plain"]

COUNTRY, PROVINCE, DISTRICT, COMMUNE = range(4)
_LESSER_KINDS = frozenset({"alias", "misspelling"})
_FEW_EDITS_FROM = 3
_NEAREST = 12
_ABOVE = -1
_ALIKE = 0.7
"""Least share of equal letters if one name may be a misspelling of the other."""
_SOUNDS_APART = 2
"""Greatest difference in length, in sounds, of two names that sound alike."""
_ALIKE_IN_SOUND = 0.8
_CAMBODIA = "KH"
_BEGUN = 6
"""Most letters of a text that may be the beginning of a name, cut short."""
_MOST_KEPT = 100_000


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
    """A name similar to a misspelt one."""

    named: PlaceName
    edits: int
    typed: bool


class _Within(NamedTuple):
    """The names of the places in a place: folded, as keys, and with their diacritics."""

    folds: list[str]
    keys: list[str]
    plains: list[str]


class PlaceTree:
    """The places of an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._near: dict[tuple[int, int, bool], _Choices] = {}
        self.above = index.above
        self._kin: dict[int, frozenset[int]] = {}
        self._within: dict[int, _Within] = {}
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

    @cached_property
    def parents(self) -> list[frozenset[int]]:
        """The direct parents of each entity in all its versions."""
        return [frozenset(self._index.version_parent[first:end].tolist()) for first, end in self._version_bounds]

    @cached_property
    def legal_types(self) -> list[frozenset[str]]:
        """The legal types of each entity in all its versions."""
        names, types = self._index.legal_types, self._index.version_type.tolist()
        return [frozenset(names[number] for number in types[first:end]) for first, end in self._version_bounds]

    @cached_property
    def last_type(self) -> list[str]:
        """The legal type of each entity in its last version."""
        names, types = self._index.legal_types, self._index.version_type.tolist()
        return [names[types[end - 1]] if end > first else "" for first, end in self._version_bounds]

    @cached_property
    def _types_in_force(self) -> frozenset[tuple[int, str]]:
        """The levels and legal types of the places in force."""
        today = self._index.as_of_day
        return frozenset(
            (self.level[entity], self.last_type[entity]) for entity, (_, end) in enumerate(self.days) if end > today
        )

    def is_out_of_use(self, entity: int, word: TypeWord) -> bool:
        """Whether a type word, on the level of a place, means only types that no place has any more."""
        level = self.level[entity]
        meant = _meant(word, level)
        return bool(meant) and self._types_in_force.isdisjoint((level, local) for local in meant)

    def agrees(self, entity: int, word: TypeWord) -> str:
        """Return how a type word agrees with a place.

        ``fits``, ``fitted`` (a version before its last), ``level`` or ``contradicts``.
        """
        meant = _meant(word, self.level[entity])
        if not meant:
            return "contradicts"
        if self.last_type[entity] in meant:
            return "fits"
        return "level" if meant.isdisjoint(self.legal_types[entity]) else "fitted"

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
    def names(self) -> dict[str, list[PlaceName]]:
        """The names of places by their keys."""
        by_key: dict[str, list[PlaceName]] = defaultdict(list)
        for names in self._names_of.values():
            for named in names:
                by_key[named.key].append(named)
        return dict(by_key)

    @cached_property
    def _names_of(self) -> dict[int, list[PlaceName]]:
        """The names of each place."""
        index, levels = self._index, self.level
        spellings = index.row_text.tolist()
        kinds, vietnamese, weak = index.row_kind.tolist(), index.row_vietnamese.tolist(), index.row_weak.tolist()
        peopled = {upper for uppers in self.parents for upper in uppers}
        days = [(first, end) for first, end in index.row_days.tolist()]
        found: dict[int, list[PlaceName]] = defaultdict(list)
        for row, entity in enumerate(index.row_entity.tolist()):
            kind = KINDS[kinds[row]]
            if (
                levels[entity] <= COMMUNE
                and kind not in ("demonym", "identifier")
                and (levels[entity] or entity in peopled)
            ):
                written, lesser = index.texts[spellings[row]], kind in _LESSER_KINDS
                fold = str(keys.fold(written))
                key = fold.replace(" ", "") if fold.isascii() else str(keys.key(written))
                found[entity].append(
                    PlaceName(
                        entity, row, written, fold, key, plain(written), vietnamese[row], lesser, weak[row], days[row]
                    )
                )
        return found

    @cached_property
    def _members(self) -> dict[int, list[int]]:
        """The places below each place, at any time."""
        below: dict[int, list[int]] = defaultdict(list)
        levels = self.level
        for entity in self._names_of:
            if levels[entity] > COUNTRY:
                for upper in self.above(entity):
                    below[upper].append(entity)
        return below

    def kin(self, entity: int) -> frozenset[int]:
        """Return the parents of an entity's predecessors and successors, and the successors of its parents.

        For a district also the districts that it became part of.
        """
        known = self._kin.get(entity)
        if known is None:
            index, levels = self._index, self.level
            near = set(index.beside(entity))
            above, days, level = self.above(entity), self.days, levels[entity]
            for upper in above:
                if levels[upper] in (PROVINCE, DISTRICT):
                    near |= {one for one in index.beside(upper) if days[one][1] > days[upper][1]}
            known = frozenset(one for one in near if COUNTRY < levels[one] < level and one not in above)
            if level == DISTRICT:
                end = days[entity][1]
                known |= {one for one in index.beside(entity) if levels[one] == level and days[one][0] >= end}
            self._kin[entity] = known
        return known

    def near_names(self, query: str, upper: int, level: int, *, with_type: bool) -> list[Near]:
        """Return the names most similar to a folded one among the places of a level below a place.

        ``upper`` -1 means all places. ``with_type`` also compares with the type word before the name.
        """
        near = self._choices(upper, level, typed=False).near(query)
        if not near and upper >= 0 and self.level[upper] >= PROVINCE and self.country[upper] == _CAMBODIA:
            near = self._sounding(query, upper, level)
        return near + self._choices(upper, level, typed=True).near(query) if with_type else near

    def _sounding(self, query: str, upper: int, level: int) -> list[Near]:
        """Return the names that sound like a folded one: Cambodian names are romanised in many ways.

        Not among all places of the country: there are too many to compare.
        """
        heard = khmer_sounds.sounds(query)
        choices = self._choices(upper, level, typed=False)
        return [
            Near(named, 1, typed=False)
            for key, names in zip(choices.keys, choices.names, strict=True)
            if key.isascii()
            and any(
                abs(len(our) - len(their)) <= _SOUNDS_APART and khmer_sounds.difference(our, their) <= _ALIKE_IN_SOUND
                for our in heard
                for their in _heard(key)
            )
            for named in names
        ]

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

    def _names_within(self, place: int) -> _Within:
        known = self._within.get(place)
        if known is None:
            names = [named for entity in self._members.get(place, ()) for named in self._names_of[entity]]
            known = self._within[place] = _Within(
                list({named.fold for named in names}),
                list({named.key for named in names}),
                list({named.plain for named in names}),
            )
        return known

    def near_above(self, query: str, entity: int, *, with_type: bool) -> list[Near]:
        """Return the names most similar to a folded one among the places above a place."""
        near = self._choices(entity, _ABOVE, typed=False).near(query)
        return near + self._choices(entity, _ABOVE, typed=True).near(query) if with_type else near

    def _choices(self, place: int, level: int, *, typed: bool) -> _Choices:
        """Return the names of the places of a level below a place, or above it, with or without their type word."""
        known = self._near.get((place, level, typed))
        if known is None:
            names: dict[str, list[PlaceName]] = defaultdict(list)
            for entity in self._around(place, level):
                types = [_type_key(type_) for type_ in self.legal_types[entity]] if typed else [""]
                for named in self._names_of[entity]:
                    if typed or (len(named.key) >= _FEW_EDITS_FROM and not named.key.isdecimal()):
                        for type_ in types:
                            names[type_ + named.key].append(named)
            known = self._near[place, level, typed] = _Choices(list(names), list(names.values()), typed)
        return known

    def _around(self, place: int, level: int) -> Iterable[int]:
        """Return the places of a level below a place, or all places above it."""
        if level == _ABOVE:
            return (one for one in self.above(place) if COUNTRY < self.level[one] <= COMMUNE)
        inside = self._names_of if place < 0 else self._members.get(place, [])
        return (one for one in inside if self.level[one] == level)


_heard = lru_cache(maxsize=16_384)(khmer_sounds.sounds)
_type_key = lru_cache(maxsize=256)(keys.key)


def plain(text: str) -> str:
    """Return a text in lower case with its tone marks in standard positions: equal for names spelt the same."""
    return text.lower() if text.isascii() else vietnamese.normalise(text).lower()


@lru_cache(maxsize=1024)
def _meant(word: TypeWord, level: int) -> frozenset[str]:
    """Return the legal types that a type word means on a level."""
    return frozenset(local for type_, local in word.meanings if type_ == TYPES[level])


class _Choices(NamedTuple):
    """Keys to compare with and the names behind each; ``typed`` says that the keys begin with the type word."""

    keys: list[str]
    names: list[list[PlaceName]]
    typed: bool

    def near(self, query: str) -> list[Near]:
        """Return the names most similar to a folded one."""
        return _nearest(query, self.keys, self.names, typed=self.typed)


def allowed(length: int) -> int:
    """Return the edits allowed in a name searched for inside its parent: one even for three letters."""
    return 1 if length == _FEW_EDITS_FROM else edits_allowed(length)


def _nearest(query: str, choices: list[str], names: list[list[PlaceName]], *, typed: bool) -> list[Near]:
    most = allowed(len(query)) if not typed else max(1, allowed(len(query)))
    if not most or not choices:
        return []
    hits = process.extract(query, choices, scorer=OSA.distance, score_cutoff=most, limit=_NEAREST)
    digits = _digits(query)
    return [
        Near(named, edits, typed)
        for key, edits, number in hits
        if _digits(key) == digits and edits <= max(allowed(len(key)), 1)
        for named in names[number]
    ]


def _digits(text: str) -> str:
    """Return the digits of a key: another number means another place, never a typing error."""
    return "".join(letter for letter in text if letter.isdecimal()) if not text.isalpha() else ""
