"""What the context of a mention may mean, and how it agrees with a candidate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from resolver.text import keys, terms

__all__ = ["ContextAgreement", "ContextMeaning", "Run", "runs", "with_whole_names"]

_LONGEST_RUN, _PAIR = 4, 2


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


class Run(NamedTuple):
    """Several parent columns, one behind the other, that may name one office or body: from where to where, and how."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=16_384)
def runs(within: tuple[str, ...]) -> tuple[Run, ...]:
    """Return the runs of parent columns that may be one name, the longest first.

    A name in one column is cut at its commas and before the type word of its place. The place may also stand first.

    >>> [run.text for run in runs(("Công an", "tỉnh Kiên Giang"))]
    ['Công an tỉnh Kiên Giang']
    >>> [run.text for run in runs(("Kiên Giang", "Công an"))]
    ['Kiên Giang Công an', 'Công an Kiên Giang']
    """
    found: list[Run] = []
    for count in range(min(_LONGEST_RUN, len(within)), 1, -1):
        for start in range(len(within) - count + 1):
            found.append(Run(start, start + count, " ".join(within[start : start + count])))
            if count == _PAIR and keys.key(within[start + 1]) in terms.common_nouns():
                found.append(Run(start, start + count, f"{within[start + 1]} {within[start]}"))
    return tuple(found)


def with_whole_names(within: Sequence[str], contexts: Mapping[str, ContextMeaning]) -> list[str]:
    """Return parent columns in which those that together have a known name are one."""
    parts = list(within)
    joined: set[int] = set()
    known = [run for run in runs(tuple(within)) if run.text in contexts] if len(within) > 1 else []
    for run in known:
        places = set(range(run.start, run.end))
        if not joined & places:
            joined |= places
            parts[run.start : run.end] = [run.text, *[""] * (run.end - run.start - 1)]
    return [part for part in parts if part]
