"""Values of the units of one day, added up for the units of another day, where the result is exact.

A value can be added if the law put the whole unit into one other unit. If the unit was split, the value alone does not
say how much went where, so it is refused. A count of people is also exact if a split left the whole population in one
unit.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal, Inexact

from resolver.dates import date_option
from resolver.days import day_range
from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.filters import place_types_of
from resolver.model import Conversion, Entity, EntityType, Mention, Place

__all__ = ["MOST_DIGITS", "Aggregation", "Entry", "Number", "Refusal", "Total", "aggregate", "is_addable", "product"]

Number = Decimal | int

MOST_DIGITS = 100
"""Most digits of a value on either side of its decimal sign."""

_EXACT = Context(prec=3 * MOST_DIGITS, traps=[Inexact])
"""Context without rounding: sums of a googol of such values fit."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Values of a unit, by name; None where one is missing. ``group`` distinguishes several entries of one unit."""

    unit: str | Mention
    values: Mapping[str, Number | None]
    group: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """The totals of a place.

    ``units`` are those whose values are in it. ``missing`` are units that belong to it, wholly or in part, and whose
    values are not all in it: they were not given, or refused. ``doubtful`` are units on the day of the totals whose
    origin is not recorded: a neighbour, whose share may be in this total, or the place itself, which may have more.
    A value is None if no unit had it.
    """

    place: Place
    group: tuple[str, ...]
    values: dict[str, Number | None]
    units: tuple[Entity, ...]
    missing: tuple[Entity, ...]
    doubtful: tuple[Entity, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the total certainly has everything that belongs in it, and nothing else."""
        return not self.missing and not self.doubtful


@dataclass(frozen=True, slots=True)
class Refusal:
    """An entry, by its position, with values that cannot be added up, and the reason in words.

    ``repeated`` says that the reason is another entry of the same unit and group.
    """

    position: int
    values: tuple[str, ...]
    reason: str
    conversion: Conversion
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Aggregation:
    """All totals, in the order of groups and codes, and all refusals, in the order of entries."""

    totals: tuple[Total, ...]
    refused: tuple[Refusal, ...]


def aggregate(
    entries: Iterable[Entry],
    *,
    date: str | dt.date,
    to: str | dt.date | None = None,
    people: Iterable[str] = (),
    level: str | None = None,
    codes: bool = False,
    type: str | Iterable[str] | None = None,
    country: str | Iterable[str] | None = None,
    resolver: Resolver | None = None,
) -> Aggregation:
    """Add up values of the units of one day for the units of another day, later or earlier.

    ``date`` is the day of the units of the entries, ``to`` the day of the units of the totals (default: the gazetteer's
    own). ``people`` are the names of values that count inhabitants, ``level`` the type of the totals (default: whatever
    succeeded the units). The other keywords are those of ``Resolver.convert``. A unit that was not in force on ``date``
    is refused: another unit has its values. Raises UsageError for invalid options and for values of more than 100
    digits. Nothing is rounded.

    >>> wards = ["Bình San", "Đông Hồ", "Mỹ Đức", "Pháo Đài"]
    >>> entries = [Entry(f"Phường {ward}, Hà Tiên, Kiên Giang", {"people": 1000}) for ward in wards]
    >>> sums = aggregate(entries, date="2024-12-31", to="2025-07-01", people=["people"])
    >>> [(total.place.entity.path, total.values, total.missing) for total in sums.totals]
    [('Phường Hà Tiên, Tỉnh An Giang', {'people': 4000}, ())]
    """
    resolver = resolver or Resolver()
    given = list(entries)
    for entry in given:
        for name, value in entry.values.items():
            if not is_addable(value):
                raise UsageError(f"{name} {str(value)[:40]} is not a number of at most {MOST_DIGITS} digits")
    on = date_option(date, "the date")
    if not on:
        raise UsageError("the date is missing: give the day of the units")
    if len(set(day_range(on))) > 1:
        raise UsageError(f"{on} is not a day: give the day of the units, such as {on[:4]}-12-31")
    if level is not None and level not in _LEVELS:
        raise UsageError(f"there is no level {level!r}: give one of {', '.join(_LEVELS)}")
    types = place_types_of(type)
    options = {"date": on, "codes": codes, "type": types, "country": country}
    conversions = resolver.convert_many([_dated(entry.unit, on, types) for entry in given], to=to, **options)  # type: ignore[arg-type]
    return _Ledger(given, conversions, frozenset(people), level).closed(resolver, on, to)


_LEVELS = ("province", "district", "commune")


@dataclass(slots=True)
class _Account:
    place: Place
    values: dict[str, Number | None] = field(default_factory=dict)
    units: dict[str, Entity] = field(default_factory=dict)
    short: dict[str, Entity] = field(default_factory=dict)


class _Ledger:
    """Adds up entries, given the conversion of each unit to the other day."""

    def __init__(
        self, entries: Sequence[Entry], conversions: Sequence[Conversion], people: frozenset[str], level: str | None
    ) -> None:
        self._entries = entries
        self._conversions = conversions
        self._people = people
        self._level = level
        names = {name for entry in entries for name in entry.values}
        self._only_people = names <= people
        self._accounts: dict[tuple[tuple[str, ...], str], _Account] = {}
        self._refused: list[Refusal] = []
        self._given_again: set[int] = set()

    def closed(self, resolver: Resolver, date: str, to: str | dt.date | None) -> Aggregation:
        """Return the totals, and for each of them the missing units."""
        repeated = self._repeated()
        for position, (entry, conversion) in enumerate(zip(self._entries, self._conversions, strict=True)):
            problem = repeated.get(position, "") or _not_in_force(conversion)
            if problem or conversion.source is None:
                problem = problem or conversion.note or "no unit is named"
                again = position in self._given_again
                self._refused.append(Refusal(position, tuple(entry.values), problem, conversion, again))
            else:
                self._enter(position, entry, conversion, conversion.source.entity)
        expected, doubtful = self._expected(resolver, date, to), self._doubtful(resolver, date, to)
        totals = [
            Total(
                account.place,
                group,
                account.values,
                tuple(account.units.values()),
                tuple(
                    unit
                    for id_, unit in sorted(expected[place].items())
                    if id_ not in account.units or id_ in account.short
                ),
                tuple(doubtful[place]),
            )
            for (group, place), account in self._accounts.items()
        ]
        groups = list(dict.fromkeys(entry.group for entry in self._entries))
        totals.sort(key=lambda total: (groups.index(total.group), _by_code(total.place)))
        return Aggregation(tuple(totals), tuple(self._refused))

    def _enter(self, position: int, entry: Entry, conversion: Conversion, unit: Entity) -> None:
        """Add the values of an entry, each to the one place that has everything that it counts."""
        refused = []
        for name, value in entry.values.items():
            place = self._one_place(conversion, of_people=name in self._people)
            if place is None:
                refused.append(name)
                continue
            account = self._accounts.setdefault((entry.group, place.entity.id), _Account(place))
            account.units[unit.id] = unit
            before = account.values.get(name)
            account.values[name] = before if value is None else value if before is None else _sum(before, value)
            if value is None:
                account.short[unit.id] = unit
        if refused:
            for (group, _), account in self._accounts.items():
                if group == entry.group and unit.id in account.units:
                    account.short[unit.id] = unit
            self._refused.append(Refusal(position, tuple(refused), self._why(conversion), conversion))

    def _why(self, conversion: Conversion) -> str:
        """Return why the values of a unit cannot be added."""
        if None in self._places(conversion, of_people=False):
            return f"{conversion.targets[0].place.entity.path} is larger than a {self._level}"
        return conversion.note

    def _one_place(self, conversion: Conversion, *, of_people: bool) -> Place | None:
        """Return the place that has all of a unit, or all its people; None if there is no such place."""
        if conversion.status in ("partial", "unknown"):
            return None
        places = {place and place.entity.id: place for place in self._places(conversion, of_people=of_people)}
        return next(iter(places.values())) if len(places) == 1 else None

    def _places(self, conversion: Conversion, *, of_people: bool) -> Iterator[Place | None]:
        """Yield the places of the wanted level that have a part of a unit or its people; None for larger places."""
        for portion in conversion.targets:
            if of_people and portion.population == "none":
                continue
            units = (portion.place.entity, *portion.place.within)
            levels = [unit.type for unit in units]
            if self._level is None:
                yield portion.place
            elif self._level in levels:
                start = levels.index(self._level)
                yield Place(units[start], units[start + 1 :])
            else:
                yield None

    def _repeated(self) -> dict[int, str]:
        """Return the positions of entries whose unit is also in other entries, with the reason."""
        positions: dict[tuple[tuple[str, ...], str], list[int]] = defaultdict(list)
        for position, (entry, conversion) in enumerate(zip(self._entries, self._conversions, strict=True)):
            if conversion.source:
                positions[entry.group, conversion.source.entity.id].append(position)
        found: dict[int, str] = {}
        for (group, _), several in positions.items():
            source = self._conversions[several[0]].source
            assert source is not None
            if len(several) > 1:
                self._given_again.update(several)
                found |= dict.fromkeys(several, f"{source.entity.path} is given {len(several)} times")
            for larger in source.within:
                for position in positions.get((group, larger.id), ()):
                    found.setdefault(position, f"it is a total that includes {source.entity.path}, which is given too")
        return found

    def _expected(self, resolver: Resolver, date: str, to: str | dt.date | None) -> dict[str, dict[str, Entity]]:
        """Return for each place all units, of the levels in the input, that have a part in it."""
        kinds = {(one.source.entity.country, one.source.entity.type) for one in self._conversions if one.source}
        found: dict[str, dict[str, Entity]] = defaultdict(dict)
        for country, type_ in sorted(kinds):
            units = [unit.id for unit in resolver.places(type_, country=country, date=date)]
            for conversion in resolver.convert_many(units, date=date, to=to):
                assert conversion.source is not None
                for place in filter(None, self._places(conversion, of_people=self._only_people)):
                    found[place.entity.id][conversion.source.entity.id] = conversion.source.entity
        return found

    def _doubtful(self, resolver: Resolver, date: str, to: str | dt.date | None) -> dict[str, list[Entity]]:
        """Return for each place the units of the other day without a known origin there, itself or a neighbour."""
        places = {id_: account.place for (_, id_), account in self._accounts.items()}
        kinds = {(place.entity.country, place.entity.type) for place in places.values()}
        neighbours: dict[str, list[str]] = defaultdict(list)
        for id_, place in places.items():
            if place.within and place.within[0].type == "district":
                neighbours[place.within[0].id].append(id_)
        found: dict[str, list[Entity]] = defaultdict(list)
        for country, type_ in sorted(kinds):
            units = [unit.id for unit in resolver.places(type_, country=country, date=to)]
            for conversion in resolver.convert_many(units, date=to or resolver.date, to=date):
                unit = conversion.source
                if unit is None or conversion.status not in ("unknown", "partial"):
                    continue
                near = neighbours[unit.within[0].id] if conversion.status == "unknown" and unit.within else []
                for id_ in dict.fromkeys([unit.entity.id, *near]):
                    found[id_].append(unit.entity)
        return found


def is_addable(value: Number | None) -> bool:
    """Return whether a value is missing, or is a number with few enough digits to be added up exactly."""
    if not isinstance(value, Decimal):
        return value is None or abs(value) < 10**MOST_DIGITS
    if not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MOST_DIGITS and value.adjusted() < MOST_DIGITS


def _sum(one: Number, other: Number) -> Number:
    return one + other if isinstance(one, int) and isinstance(other, int) else _EXACT.add(one, other)


def product(one: Number, other: Number) -> Number:
    """Return two values multiplied, exactly."""
    return one * other if isinstance(one, int) and isinstance(other, int) else _EXACT.multiply(one, other)


def _not_in_force(conversion: Conversion) -> str:
    """Return why a unit not in force on the day has no values; an empty text if it was in force."""
    source, dating = conversion.source, conversion.match.dating
    if source is None or dating not in ("ended", "not_yet"):
        return ""
    entity = source.entity
    bound = f"ended on {entity.valid_to}" if dating == "ended" else f"begins on {entity.valid_from}"
    return f"{entity.path} {bound}: not in force on {conversion.match.mention.date or 'that day'}"


def _dated(unit: str | Mention, date: str, types: tuple[EntityType, ...]) -> str | Mention:
    return unit if isinstance(unit, str) else unit._replace(date=unit.date or date, types=unit.types or types)


def _by_code(place: Place) -> tuple[str, ...]:
    return tuple(unit.code or unit.id for unit in reversed((place.entity, *place.within)))
