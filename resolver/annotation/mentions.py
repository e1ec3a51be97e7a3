"""A name in a text: its position, and what it means."""

from __future__ import annotations

from dataclasses import dataclass

from resolver.model import Match

__all__ = ["Annotation"]


@dataclass(frozen=True, slots=True)
class Annotation:
    """A name in a text: ``text`` is the text from ``start`` to ``end`` (exclusive), in characters.

    ``match`` is what the name means; its ``mention.date`` is the date that was used. ``kind`` is ``place``,
    ``person``, ``organisation`` or ``office``. ``cluster`` is the same for all names of one thing in a document: the id
    of the entity or, for a person whom the gazetteer does not know, a number (``person 1``). ``office`` is the id of
    the office by which the text introduces such a person; empty if there is none.
    """

    start: int
    end: int
    text: str
    match: Match
    kind: str
    cluster: str = ""
    office: str = ""
