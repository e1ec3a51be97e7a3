"""Description of an entity: its name, official wording and parents in the version meant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from resolver.days import day_range
from resolver.history.changes import version_at
from resolver.history.tenures import spoken_of, unseen_since
from resolver.index.index import Index, Record
from resolver.model import PLACE_TYPES, TYPES, Entity, Name, Tenure

__all__ = ["Describer"]

_PREFERRED_KINDS = ("official", "exonym", "transliteration")
_DEEPEST = 8


class Describer:
    """Makes the ``Entity`` records of one index, in one language (empty: each in its own)."""

    def __init__(self, index: Index, language: str = "") -> None:
        self._index = index
        self._language = language
        self._described = lru_cache(maxsize=200_000)(self._describe)
        self.version = lru_cache(maxsize=200_000)(self._version)

    def _version(self, number: int, version: int, day: int) -> Entity:
        """Return an entity in a given version, with its parents on the day of that version nearest to ``day``."""
        entity = Entity.computed_once(self, (number, version, day))
        Entity.fill([entity], "id", [self._index.ids[number]])
        Entity.fill([entity], "type", [TYPES[self._index.entity_type[number]]])
        return entity

    def versions(self, places: Sequence[tuple[int, int, int]]) -> list[Entity]:
        """Return entities, given for each its number, its version and a day."""
        entities = Entity.computed_by(self, places)
        Entity.fill(entities, "id", self._index.ids[[number for number, _, _ in places]].tolist())
        return entities

    def at(self, number: int, day: int) -> Entity:
        """Return an entity in its version on a day, or the nearest version."""
        return self.version(number, version_at(self._index.record(number), day), day)

    def compute(self, place: tuple[int, int, int], _field: str, _record: Entity) -> dict[str, Any]:
        """Fill an entity."""
        number, version, day = place
        return self._described(number, version, self._within(self._index.record(number), version, day))

    def _describe(self, number: int, version: int, day: int) -> dict[str, Any]:
        record = self._index.record(number)
        meant = record.versions[version] if record.versions else None
        return {
            "type": record.type,
            "country": record.country,
            "name": self._name(record, version),
            "path": ", ".join(self._path(record, version, day)),
            "code": meant.code if meant else "",
            "local_type": meant.local_type if meant else "",
            "valid_from": meant.valid_from if meant else "",
            "valid_to": meant.valid_to if meant else "",
        }

    def title(self, number: int, version: int) -> str:
        """Return an entity's name in official wording, without parents: ``Tỉnh Kiên Giang``."""
        record = self._index.record(number)
        return self._worded(record, version, self._named(record, version))

    def _within(self, record: Record, version: int, day: int) -> int:
        if version < 0:
            return day
        first, end = record.days[version]
        return min(max(day, first), end - 1)

    def _name(self, record: Record, version: int) -> str:
        named = self._named(record, version)
        return self._worded(record, version, named) if named.isdecimal() else named

    def _named(self, record: Record, version: int) -> str:
        fitting = [
            name
            for name in record.names
            if name.language == self._language and not name.weak and _in_use(name, record, version)
        ]
        for kind in _PREFERRED_KINDS:
            for name in fitting:
                if name.kind == kind:
                    return name.text
        return record.versions[version].name if record.versions else record.id

    def _worded(self, record: Record, version: int, name: str) -> str:
        """Return a name in official wording: with its legal type, in the word order of the language."""
        local_type = record.versions[version].local_type if record.versions else ""
        words = self._index.local_types.get(f"{record.country}:{record.type}:{local_type}")
        if not words or record.type not in PLACE_TYPES:
            return name
        if self._language == "en":
            return f"{words['en']} {name}" if name.isdecimal() else f"{name} {words['en']}"
        if self._language == "fr":
            return f"{words['fr']} {name}"
        if self._language == "km" and words["km"]:
            return f"{words['km']}{name}"
        return f"{words['official']} {name}"

    def _office(self, tenure: Tenure, day: int) -> str:
        seen = unseen_since(tenure, day)
        told = ", ".join(filter(None, ("acting" if tenure.acting else "", f"known as of {seen}" if seen else "")))
        return f"{tenure.office} ({told})" if told else tenure.office

    def _path(self, record: Record, version: int, day: int) -> list[str]:
        if record.type == "person":
            held = spoken_of(record.tenures, day)
            return [self._name(record, version), *(self._office(tenure, day) for tenure in held)]
        path = [self._worded(record, version, self._named(record, version))]
        for _ in range(_DEEPEST):
            parent = record.parents[version] if record.versions else -1
            if parent < 0 or self._index.record(parent).type == "country":
                break
            record = self._index.record(parent)
            if record.days and record.days[0][0] > day:
                break  # it did not exist yet: the parents of the place on that day are not recorded
            version = version_at(record, day)
            path.append(self._worded(record, version, self._named(record, version)))
        return path


def _in_use(name: Name, record: Record, version: int) -> bool:
    """Whether a name was in use at some time while a version was in force."""
    if version < 0:
        return True
    first, end = record.days[version]
    starts = day_range(name.valid_from)[0] if name.valid_from else first
    ends = day_range(name.valid_to)[0] if name.valid_to else end
    return starts < end and first < ends
