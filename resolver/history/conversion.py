"""From a match to the places in its area on another day: how much each place has of it, and by which law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from resolver.days import LAST_DAY, day_range
from resolver.history.changes import area, comprised_on, version_at
from resolver.history.describe import Describer
from resolver.index.index import Index, Record
from resolver.model import PLACE_TYPES, Conversion, ConversionStatus, Entity, Match, Place, Portion

__all__ = ["Converter"]

_MOST_NAMED = 3


class Converter:
    """Converts entities of one index to one day, with names in one language."""

    def __init__(self, index: Index, describer: Describer, to: int) -> None:
        self._index = index
        self._describer = describer
        self._to = to
        self._from = lru_cache(maxsize=50_000)(self._converted)

    def convert(self, match: Match) -> Conversion:
        """Return the conversion of the place that a match means."""
        if match.entity is None:
            status: ConversionStatus = match.status if match.status != "matched" else "unmatched"
            return Conversion(match, status, "", _iso(self._to), note=match.note)
        number = self._index.numbers[match.entity.id]
        record = self._index.record(number)
        days = day_range(match.mention.date) if match.mention.date else None
        since = comprised_on(record, _version(record, match.entity), days, self._index.as_of_day)
        status, source, targets, note = self._from(number, since)
        return Conversion(match, status, _iso(since), _iso(self._to), source, targets, note)

    def _converted(self, number: int, since: int) -> tuple[ConversionStatus, Place, tuple[Portion, ...], str]:
        found = area(self._index, number, since, self._to)
        source = self._place(number, since)
        targets = tuple(
            Portion(self._place(share.entity, self._to), share.extent, share.population, share.changes)
            for share in found.shares
        )
        status = self._status(source, targets, later=self._to >= since, known=found.known)
        founded = [self._describer.at(unit, self._to).path for unit in found.founded]
        return status, source, targets, _note(status, source, targets, _iso(self._to)) + _caution(founded)

    def _place(self, number: int, day: int) -> Place:
        within = []
        record = self._index.record(number)
        while record.versions:
            parent = record.parents[version_at(record, day)]
            if parent < 0 or self._index.record(parent).type not in PLACE_TYPES[1:]:
                break
            within.append(self._describer.at(parent, day))
            record = self._index.record(parent)
        return Place(self._describer.at(number, day), tuple(within))

    @staticmethod
    def _status(source: Place, targets: Sequence[Portion], *, later: bool, known: bool) -> ConversionStatus:
        if not targets:
            return "unknown"
        if not known:
            return "partial"
        if len(targets) > 1:
            return "split" if later else "joined"
        return "unchanged" if _same(source, targets[0].place) else "exact"


def _same(one: Place, other: Place) -> bool:
    """Whether two places are the same, with the same name and parents."""
    units = zip((one.entity, *one.within), (other.entity, *other.within), strict=False)
    return len(one.within) == len(other.within) and all(
        (a.id, a.name, a.local_type, a.code) == (b.id, b.name, b.local_type, b.code) for a, b in units
    )


def _version(record: Record, entity: Entity) -> int:
    """Return the number of the version that an entity shows."""
    for number, version in enumerate(record.versions):
        if (version.valid_from, version.valid_to) == (entity.valid_from, entity.valid_to):
            return number
    return len(record.versions) - 1


def _iso(day: int) -> str:
    return dt.date.fromordinal(min(max(day, 1), LAST_DAY)).isoformat()


def _note(status: ConversionStatus, source: Place, targets: Sequence[Portion], to: str) -> str:
    """Return one sentence about a conversion."""
    if status == "unknown":
        return f"What {source.entity.path} was on {to} is not recorded."
    named = "; ".join(_portion(one, several=len(targets) > 1) for one in targets[:_MOST_NAMED])
    more = f"; and {len(targets) - _MOST_NAMED} more" if len(targets) > _MOST_NAMED else ""
    lead = {
        "unchanged": "Unchanged",
        "exact": "Wholly in",
        "split": f"Split among {len(targets)}",
        "joined": f"Formed from {len(targets)}",
        "partial": "Only partly known",
    }[status]
    if status == "unchanged":
        return f"{lead}: {source.entity.path}."
    if status == "exact":
        by = targets[0].instrument
        same = targets[0].place.entity.id == source.entity.id
        return f"{'The same unit' if same else lead}: {named}{' by ' + by if by else ''}."
    return f"{lead}: {named}{more}."


def _caution(founded: Sequence[str]) -> str:
    """Return a sentence about units that were formed next to a place."""
    if not founded:
        return ""
    more = f" and {len(founded) - _MOST_NAMED} more" if len(founded) > _MOST_NAMED else ""
    named = "; ".join(founded[:_MOST_NAMED])
    return f" Formed nearby since then, from an unrecorded origin: {named}{more}; a part of it may be there."


def _portion(portion: Portion, *, several: bool) -> str:
    entity = portion.place.entity
    if not several:
        return entity.path
    words = {
        ("whole", "whole"): "whole",
        ("part", "whole"): "part of the area, the whole population",
        ("part", "none"): "part of the area, no population",
        ("whole", "none"): "the whole area, no population",
        ("", "part"): "part of the population",
    }
    extent = words.get(
        (portion.extent, portion.population), "part" if portion.extent == "part" else "extent not stated"
    )
    return f"{entity.path} ({extent})"
