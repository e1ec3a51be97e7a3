"""Mentions of people that name only an office: they are not names and must not be compared as spellings of one.

A mention that the gazetteer knows as an office is one, whatever its words; others are judged by their words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from resolver.clustering.contexts import Asked
from resolver.engine.resolver import Resolver
from resolver.model import Match, Mention
from resolver.people.office_mentions import names_office, names_office_only
from resolver.text.unicode import cut

__all__ = ["Office", "Offices"]

_DAY = len("2024-11-27")
_HEAD = "head"
"""The local type of offices that one person holds at a time."""


class Office(NamedTuple):
    """The group key of a mention of an office, and whether it means one person: ``held`` or ``shared``.

    The ``key`` is the office and the day, then the text shown; ``score`` the probability that this office is meant.
    """

    key: str
    kind: Literal["held", "shared"]
    score: float = 0.0


@dataclass(slots=True)
class Offices:
    """The mentions of a table that name only an office."""

    known: dict[Asked, Office] = field(default_factory=dict)

    @classmethod
    def among(
        cls, asked: Iterable[Asked], resolver: Resolver, *, matched: bool, named: Callable[[str], bool]
    ) -> Offices:
        """Find them; ``matched`` uses the gazetteer, ``named`` says whether a text may name one of its people."""
        ordered = sorted(one for one in set(asked) if names_office(one[0]))
        matches: list[Match | None] = [None] * len(ordered)
        if matched and ordered:
            matches = [*resolver.resolve_many([_question(one) for one in ordered])]
        found = cls()
        for one, match in zip(ordered, matches, strict=True):
            text, _, date = one
            entity = match.entity if match else None
            if entity:
                key = f"office {entity.id} {date}|{entity.name}"
                held = len(date) == _DAY and entity.local_type == _HEAD
                found.known[one] = Office(key, "held", match.score) if match and held else Office(key, "shared")
            elif (match and match.status == "ambiguous") or (names_office_only(text) and not named(text)):
                found.known[one] = Office(f"office {date}|{' '.join(cut(text).split())}", "shared")
        return found


def _question(one: Asked) -> Mention:
    text, context, date = one
    return Mention(text, ("office",), (), date, tuple(value for value in context if value.strip()))
