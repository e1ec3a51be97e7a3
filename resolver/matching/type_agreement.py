"""How the type words of a mention agree with an entity: with the types it had when mentioned, or in years before."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from resolver.history.changes import version_at
from resolver.index.index import Index
from resolver.text.terms import TypeWord

__all__ = ["AGREEMENTS", "TYPE_WORD_LIVES", "TypesOn", "type_agreement", "types_on"]

TYPE_WORD_LIVES = 3653
"""Days for which people keep using the former type word: ten years."""

AGREEMENTS = ("", "fits", "fitted", "level", "outdated", "contradicts")
"""How the type words of a reading agree with an entity: its type, a recent type, its level only, a type of its level
that no place had any more when it was formed, or not at all."""


class TypesOn(NamedTuple):
    """The types of an entity: its local ones when mentioned, of years before, and those gone when it was formed."""

    type: str
    local: frozenset[str]
    past: frozenset[str]
    outdated: frozenset[str]


def types_on(index: Index, entity: int, asked: int) -> TypesOn:
    """Return the types of an entity on a day (-1: its last)."""
    record = index.record(entity)
    first, end = index.entity_days[entity].tolist()
    day = asked if asked >= 0 else min(index.as_of_day, end - 1)
    now = version_at(record, day)
    remembered = day - TYPE_WORD_LIVES
    past = [number for number, (_, end) in enumerate(record.days) if number < now and end > remembered]
    level = int(index.entity_type[entity])
    return TypesOn(
        record.type,
        frozenset({record.versions[now].local_type} if now >= 0 else ()),
        frozenset(record.versions[number].local_type for number in past),
        frozenset(local for (of, local), gone in index.type_ends.items() if of == level and gone <= first),
    )


@lru_cache(maxsize=65_536)
def type_agreement(type_words: tuple[TypeWord, ...], types: TypesOn) -> str:
    """Return how type words agree with an entity: one of ``AGREEMENTS``."""
    agreements = {_one_agreement(word, types) for word in type_words}
    return next(kind for kind in ("contradicts", "outdated", "level", "fitted", "fits") if kind in agreements)


def _one_agreement(word: TypeWord, types: TypesOn) -> str:
    meant = {local for type_, local in word.meanings if type_ == types.type}
    if not meant:
        return "contradicts"
    if meant & types.local:
        return "fits"
    if meant & types.past:
        return "fitted"
    return "outdated" if meant <= types.outdated else "level"
