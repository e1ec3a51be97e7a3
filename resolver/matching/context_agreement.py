"""What the context of a mention may mean, and how it agrees with a candidate."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["ContextAgreement", "ContextMeaning"]


class ContextMeaning(NamedTuple):
    """All entities that a context text may mean; ``sure`` unless they were found only by changing letters."""

    entities: frozenset[int]
    sure: bool


class ContextAgreement(NamedTuple):
    """How the context of a reading agrees with a candidate: counts of context parts.

    ``office_within`` counts the titles of offices in what contains the candidate, which held none of them;
    ``elsewhere`` says that a person is told to belong somewhere else, and nothing that they are who is meant.
    """

    within: int = 0
    nearly: int = 0
    lineage: int = 0
    kin: int = 0
    apart: int = 0
    unknown: int = 0
    role: int = 0
    role_past: int = 0
    role_ahead: int = 0
    role_of_others: int = 0
    role_word: int = 0
    office_within: int = 0
    elsewhere: int = 0
