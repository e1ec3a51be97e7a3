"""A part of a text that may be a name."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from resolver.model import TYPES, EntityType

__all__ = ["Span", "types_of"]


class Span(NamedTuple):
    """A span of the plain form that may be a name.

    ``kind`` is what it may be, ``types`` the types of entities that it may mean. ``query`` is the text to be resolved;
    for a person it has the titles too. ``bare`` says that no word beside the name announces it, ``weak`` that the name
    could mean many things, ``announced`` that a person is beside a title or an office.
    """

    start: int
    end: int
    kind: str
    query: str
    types: tuple[EntityType, ...] = ()
    bare: bool = False
    weak: bool = False
    announced: bool = False
    titles: tuple[int, int] = (0, 0)


@cache
def types_of(found: int) -> tuple[EntityType, ...]:
    """Return the types of entities whose name a spot can be."""
    return tuple(type_ for number, type_ in enumerate(TYPES) if found & 1 << number)
