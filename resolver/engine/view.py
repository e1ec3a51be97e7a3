"""The content of a gazetteer, looked up by id, type or scheme: no mention is resolved here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np

from resolver.engine.arguments import Arguments
from resolver.filters import place_types_of
from resolver.index.index import Index
from resolver.matching.decision import Decider
from resolver.model import TYPES, Entity, EntityType, Identifier

__all__ = ["View"]


class View:
    """The entities of one gazetteer."""

    def __init__(self, index: Index, decider: Decider, arguments: Arguments) -> None:
        self._index = index
        self._decider = decider
        self._arguments = arguments

    @property
    def date(self) -> str:
        """The gazetteer's own date: the day up to which its facts were followed (ISO 8601)."""
        return self._index.as_of

    def places(
        self,
        type: str,
        *,
        country: str | Iterable[str] | None = None,
        date: str | dt.date | None = None,
        language: str | None = None,
    ) -> list[Entity]:
        """Return all places of a type that were in force on a date (default: the gazetteer's own), by id.

        >>> from resolver import Resolver
        >>> len(Resolver().places("province", country="VN", date="2025-06-30"))
        63
        """
        countries, day = self._arguments.countries(country), self._arguments.day(date, "the date")
        wanted = [TYPES.index(one) for one in place_types_of(type)]
        first, end = self._index.entity_days.T
        found = np.flatnonzero(np.isin(self._index.entity_type, wanted) & (first <= day) & (day < end))
        describer = self._decider.describer(language or "")
        return [
            describer.at(number, day)
            for number in found.tolist()
            if not countries or self._index.record(number).country in countries
        ]

    def entity(self, id: str, *, date: str | dt.date | None = None, language: str | None = None) -> Entity:
        """Return an entity by its canonical id, as it was on a date or as it last was.

        Raises UsageError if the id is unknown.
        """
        day = self._arguments.day(date, "the date")
        return self._decider.describer(language or "").at(self._arguments.number(id), day)

    def identifiers(self, id: str) -> tuple[Identifier, ...]:
        """Return the identifiers of an entity in other registers: Wikidata, GeoNames, ISO 3166-2, P-codes.

        Raises UsageError if the id is unknown.

        >>> from resolver import Resolver
        >>> [one.value for one in Resolver().identifiers("kh-province-kampot") if one.scheme == "iso3166-2"]
        ['KH-7']
        """
        return self._index.record(self._arguments.number(id)).identifiers

    def spellings(self, type: EntityType) -> list[str]:
        """Return all names of all entities of a type, as spelt in the gazetteer."""
        of_type = self._index.entity_type[self._index.row_entity] == TYPES.index(type)
        return [self._index.texts[text] for text in np.unique(self._index.row_text[of_type]).tolist()]

    def known_countries(self, given: str | Iterable[str] | None) -> tuple[str, ...]:
        """Return ISO 3166-1 alpha-2 codes in capitals. Raises UsageError for a country not in the gazetteer."""
        return self._arguments.countries(given)
