"""The records that go in and come out: plain, frozen, typed.

Dates are ISO 8601 text. A date of the gazetteer may be known to the year (``2013``), the month (``2013-11``), the
day (``2013-11-25``) or only as lying between two days (``2018-07-26/2019-12-12``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "PLACE_TYPES",
    "TYPES",
    "Candidate",
    "Change",
    "Dating",
    "Entity",
    "EntityType",
    "Evidence",
    "Match",
    "Mention",
    "Name",
    "Status",
    "Tenure",
    "Version",
]

EntityType = Literal["country", "province", "district", "commune", "person", "organisation", "office"]
Status = Literal["matched", "ambiguous", "unmatched", "blank"]
Dating = Literal["in_force", "ended", "not_yet", ""]

PLACE_TYPES: tuple[EntityType, ...] = ("country", "province", "district", "commune")
TYPES: tuple[EntityType, ...] = (*PLACE_TYPES, "person", "organisation", "office")


@dataclass(frozen=True, slots=True)
class Mention:
    """A text to resolve, with what is known around it.

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
    """A person holding an office. ``attested`` are dates on which a source saw it, where the bounds are unknown."""

    person_id: str
    office_id: str
    office: str
    valid_from: str
    valid_to: str
    attested: tuple[str, ...] = ()
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """What a canonical ID stands for. ``name`` and ``path`` are those of the version meant."""

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
    """What happened to an entity. ``to_id`` is empty where nothing took its place in law.

    ``extent`` is ``whole`` or ``part`` of the entity's area, ``population`` likewise (or ``none``, or empty where
    the instrument does not say).
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
    """One thing that counted for (positive ``weight``, in log-odds) or against a match, in words."""

    feature: str
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that the mention may mean, with its probability and the evidence for it."""

    entity: Entity
    score: float
    method: str
    dating: Dating
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The answer for one mention.

    ``entity`` and what follows from it are set only where ``status`` is ``matched``. ``score`` is the probability
    (0 to 1) that the best candidate is right. ``candidates`` are all entities worth naming, best first; ``current``
    what stands there at the target date; ``held`` the offices a person held at the mention's date; ``note`` one
    sentence for a person; ``gazetteer_date`` the day up to which the facts were followed; ``remainder`` what an address
    holds besides its places (street, house, hamlet).
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
    remainder: str = ""
