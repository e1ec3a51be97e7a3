"""Weights of time: the mention's date against the years of a place, its name, its type and its parents."""

from __future__ import annotations

from resolver.addresses.address_words import AddressQuery
from resolver.addresses.components import type_weight
from resolver.addresses.matched_parts import MISFITS, Hit, Span
from resolver.addresses.parents import Parent
from resolver.addresses.place_tree import PROVINCE, PlaceTree
from resolver.model import TYPES
from resolver.text.terms import TypeWord

__all__ = ["Vintages"]

# Log-odds.
_ENDED_SINCE, _SUPERSEDED = -1.0, -3.0
_OUT_OF_USE = -1.5
_ENDED_LONG_BEFORE = -2.0
_ENDED_THEN, _NOT_YET, _LONG_BEFORE = -2.5, -7.5, -3.0
"""A place that did not exist yet cannot compete with one that did."""
_OUTLIVED, _LONG_AFTER = -1.5, 366
"""A place that ended a year or more before the district or province named, which has ended too."""


class Vintages:
    """Scores the times of places against the date of one mention."""

    def __init__(self, places: PlaceTree, asked: AddressQuery, day: int) -> None:
        """Use the days of the query; ``day`` is the first of them, or today."""
        self._places = places
        self._asked = asked
        self._day = day

    def weigh(self, entity: int, level: int, span: Span, parents: tuple[Parent, ...]) -> float:
        """Return the weight of a place's time; without a date, a parent or type that has ended shows the time."""
        places, hit = self._places, span.hits[entity]
        first, end = places.days[entity]
        used_from, used_to = hit.named.days
        days = self._asked.days
        if days is None:
            weight = 0.0 if used_from < end <= used_to or used_to > self._day else _OUT_OF_USE
            if end > self._day:
                return weight
            if any(end + _LONG_AFTER < places.days[parent.entity][1] <= self._day for parent in parents):
                weight += _OUTLIVED
            old_type = span.word is not None and places.is_out_of_use(entity, span.word)
            if old_type or any(parent.weight > 0 and self._tells_time(parent) for parent in parents):
                return weight
            superseded = places.superseded[entity] and (not hit.edits or level <= PROVINCE)
            return weight + _ENDED_SINCE + _SUPERSEDED * superseded
        if end <= days[0]:
            long_before = end + _LONG_AFTER < days[0]
            return _ENDED_THEN + _OUT_OF_USE * (used_to < end) + _ENDED_LONG_BEFORE * long_before
        if first > days[1]:
            return _NOT_YET + _LONG_BEFORE * (first > days[1] + 366)
        return _OUT_OF_USE * (used_to <= days[0] or used_from > days[1])

    def _tells_time(self, parent: Parent) -> bool:
        """Whether a parent has ended, and its words (with its type word) name no province of today."""
        places, hits = self._places, parent.span.hits
        if places.days[parent.entity][1] > self._day or places.superseded[parent.entity]:
            return False
        return all(
            places.level[one] != PROVINCE or places.days[one][1] <= self._day or hits[one].agreement in MISFITS
            for one in parent.span.larger
        )

    def type_then(self, entity: int, word: TypeWord, hit: Hit) -> float:
        """Return the extra weight of the type word at the mention's date."""
        meant = {local for of, local in word.meanings if of == TYPES[self._places.level[entity]]}
        fits = self._places.type_on(entity, self._day) in meant
        then = "fits" if fits else "fitted" if hit.agreement == "fits" else hit.agreement
        misspelt = bool(hit.edits)
        return type_weight(then, word, misspelt=misspelt) - type_weight(hit.agreement, word, misspelt=misspelt)
