"""The input and output records: plain, frozen, typed.

Dates are ISO 8601 text. A date of the gazetteer may be known to the year (``2013``), the month (``2013-11``), the
day (``2013-11-25``) or only as a day between two days (``2018-07-26/2019-12-12``).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, Self

from resolver.garbage_collection import gc_paused
from resolver.plain import plain

__all__ = [
    "PLACE_TYPES",
    "TYPES",
    "Candidate",
    "Change",
    "Conversion",
    "ConversionStatus",
    "Dating",
    "Entity",
    "EntityType",
    "Evidence",
    "FieldSource",
    "Identifier",
    "Match",
    "Mention",
    "Name",
    "Place",
    "Portion",
    "Status",
    "Tenure",
    "Version",
]

EntityType = Literal["country", "province", "district", "commune", "person", "organisation", "office"]
Status = Literal["matched", "ambiguous", "unmatched", "blank"]
ConversionStatus = Literal[
    "unchanged", "exact", "split", "joined", "partial", "unknown", "ambiguous", "unmatched", "blank"
]
Dating = Literal["in_force", "ended", "not_yet", ""]

PLACE_TYPES: tuple[EntityType, ...] = ("country", "province", "district", "commune")
TYPES: tuple[EntityType, ...] = (*PLACE_TYPES, "person", "organisation", "office")


class Mention(NamedTuple):
    """A text to resolve, with its context.

    ``types`` and ``countries`` (ISO 3166-1 alpha-2) restrict what may be found; empty means anything. ``date`` is
    when the mention was made (ISO 8601, day, month or year), empty if unknown. ``within`` are the texts of parent
    columns or address parts, in any order.
    """

    text: str
    types: tuple[EntityType, ...] = ()
    countries: tuple[str, ...] = ()
    date: str = ""
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of an entity. ``language`` is a BCP 47 tag; ``weak`` says that it could mean many things."""

    text: str
    language: str
    kind: str
    valid_from: str = ""
    valid_to: str = ""
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Identifier:
    """The identifier of an entity in another register, whose name is ``scheme``, such as ``wikidata`` or ``pcode``."""

    scheme: str
    value: str
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """An entity's name, type, parent and official code from ``valid_from`` until the day before ``valid_to``.

    An empty ``valid_from`` means the start is not recorded, an empty ``valid_to`` that it is still in force.
    """

    valid_from: str
    valid_to: str
    local_type: str
    name: str
    language: str
    parent_id: str
    area_id: str
    code: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person holding an office. ``attested`` are dates on which a source saw it, where the bounds are unknown.

    ``office`` and ``person`` are their names.
    """

    person_id: str
    office_id: str
    office: str
    valid_from: str
    valid_to: str
    attested: tuple[str, ...] = ()
    acting: bool = False
    person: str = ""


class FieldSource(Protocol):
    """Computes the fields of a record on first access."""

    def compute(self, place: Any, field: str, record: Any) -> dict[str, Any]:
        """Return the named field of the record at a position, and other fields computed with it."""


class _Lazy:
    """A record whose fields may be computed on first access: most answers are read only in part."""

    __slots__ = ("_source",)

    @classmethod
    def computed_by(cls, source: FieldSource, places: Sequence[object]) -> list[Self]:
        """Return records whose fields ``source`` computes, one for each position."""
        # A million records are made without a line of Python for each, and without garbage collection.
        with gc_paused(len(places)):
            records: list[Self] = list(map(object.__new__, repeat(cls, len(places))))
            cls.fill(records, "_source", list(zip(repeat(source), places, strict=False)))
        return records

    @classmethod
    def computed_once(cls, source: FieldSource, place: object) -> Self:
        """Return one record whose fields ``source`` computes."""
        record = object.__new__(cls)
        object.__setattr__(record, "_source", (source, place))
        return record

    @classmethod
    def fill(cls, records: Sequence[Self], field: str, values: Sequence[object]) -> None:
        """Set a field of many records in advance."""
        deque(map(getattr(cls, field).__set__, records, values), maxlen=0)

    if not TYPE_CHECKING:

        def __getattr__(self, field: str) -> object:
            if field not in self.__dataclass_fields__:
                raise AttributeError(f"{type(self).__name__} has no {field!r}")
            source, place = self._source
            computed = source.compute(place, field, self)
            for name, value in computed.items():
                object.__setattr__(self, name, value)
            return computed[field]


@dataclass(frozen=True, slots=True)
class Entity(_Lazy):
    """A place, person, office or organisation with a canonical ID. ``name`` and ``path`` are of the version meant."""

    id: str
    type: EntityType
    country: str
    name: str
    path: str
    code: str
    local_type: str
    valid_from: str
    valid_to: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change of an entity. ``to_id`` is empty if it has no legal successor.

    ``extent`` is ``whole`` or ``part`` of the entity's area; ``population`` is the same for its people, or ``none``, or
    empty if the instrument does not say.
    """

    date: str
    kind: str
    from_id: str
    to_id: str
    extent: str
    population: str
    instrument: str
    note: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence for (positive ``weight``, in log-odds) or against a match, in words."""

    feature: str
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Candidate(_Lazy):
    """An entity that the mention may mean, with its probability and the evidence for it."""

    entity: Entity
    score: float
    method: str
    dating: Dating
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Match(_Lazy):
    """The answer for one mention.

    ``entity`` and the fields that depend on it are set only if ``status`` is ``matched``. ``score`` is the probability
    (0 to 1) that the best candidate is right. ``candidates`` are all likely entities, best first; ``current`` what
    stands there at the target date; ``held`` the offices a person held at the mention's date,
    ``holders`` who held an office then (at the target date if the mention has none); ``note`` one sentence for a
    reader; ``gazetteer_date`` the day up to which the facts are complete; ``remainder`` the words of an address that
    name no place (street, house, hamlet). If ``status`` is ``ambiguous`` and all candidates are places, ``common``
    is the smallest place that contains them all, ``common_current`` what stands there at the target date, if it is the
    same for all of them.
    """

    mention: Mention
    status: Status
    entity: Entity | None = None
    score: float = 0.0
    method: str = ""
    dating: Dating = ""
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    changes: tuple[Change, ...] = ()
    current: tuple[Entity, ...] = ()
    current_known: bool = True
    held: tuple[Tenure, ...] = ()
    note: str = ""
    gazetteer_date: str = ""
    holders: tuple[Tenure, ...] = ()
    remainder: str = ""
    common: Entity | None = None
    common_current: tuple[Entity, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain values, as ``lookup --json`` prints it; ``match.schema.json`` describes them."""
        told: dict[str, Any] = plain(self)
        return told


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a day, and its parents then, the smallest first (without the country)."""

    entity: Entity
    within: tuple[Entity, ...] = ()

    def level(self, type: str) -> Entity | None:
        """Return the place itself or its parent of a type (``province``); None if there is none."""
        return next((entity for entity in (self.entity, *self.within) if entity.type == type), None)


@dataclass(frozen=True, slots=True)
class Portion:
    """A target place of a conversion, and how much it shares with the source place.

    ``extent`` and ``population`` say how much of the earlier of the two places went into the later one, by law:
    ``whole``, ``part``, for the population also ``none``; empty if no source states it. ``changes`` are the steps
    between the two, in chronological order.
    """

    place: Place
    extent: str
    population: str
    changes: tuple[Change, ...]

    @property
    def instrument(self) -> str:
        """The numbers of the legal instruments of the steps, in chronological order."""
        return "; ".join(dict.fromkeys(change.instrument for change in self.changes if change.instrument))

    @property
    def legal_note(self) -> str:
        """The text of the instruments about the extent of the steps."""
        return "; ".join(dict.fromkeys(change.note for change in self.changes if change.note))


@dataclass(frozen=True, slots=True)
class Conversion:
    """The places of another day, earlier or later, that correspond to a place.

    ``match`` is the match of the mention. ``source`` is the place on the day ``date``, ``targets`` are all places on
    the day ``to`` that have a part of it, the one with its whole population first. ``status`` is the result:

    * ``unchanged``: the same place, of the same name, type, code and parents;
    * ``exact``: it lies wholly in one other place, or is the same place with changes;
    * ``split``: several later places share it; ``joined``: it was formed from several earlier ones;
    * ``partial``: a part of it cannot be followed; ``unknown``: no part can be followed;
    * ``ambiguous``, ``unmatched``, ``blank``: as the match; there is nothing to convert.
    """

    match: Match
    status: ConversionStatus
    date: str
    to: str
    source: Place | None = None
    targets: tuple[Portion, ...] = ()
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the conversion as plain values: the fields of this record and of those within."""
        told: dict[str, Any] = plain(self)
        return told
