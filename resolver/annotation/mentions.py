"""A name in a text: where it stands, and what it means."""

from __future__ import annotations

from dataclasses import dataclass

from resolver.model import Match

__all__ = ["Annotation"]


@dataclass(frozen=True, slots=True)
class Annotation:
    """A name in a text: ``text`` is what stands there from ``start`` to ``end`` (exclusive), in characters.

    ``match`` is what the name means, its ``mention.date`` the date that was gone by. ``kind`` is ``place``,
    ``person``, ``organisation`` or ``office``. ``cluster`` is the same for all that stand for one thing in a document:
    the id of the entity or, of a person whom the gazetteer does not know, a number (``person 1``). ``office`` is the
    id of the office by which such a person is introduced, empty where there is none.
    """

    start: int
    end: int
    text: str
    match: Match
    kind: str
    cluster: str = ""
    office: str = ""
