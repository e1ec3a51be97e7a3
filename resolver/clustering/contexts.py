"""What stands beside mentions: values of the context in one form, and how much it tells that two share one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from resolver.engine.resolver import Resolver
from resolver.text import keys

__all__ = ["DIFFERENT", "MOST", "Asked", "Contexts", "telling"]

Asked = tuple[str, tuple[str, ...], str]
"""A mention, its context and its date."""

DIFFERENT = -3.0
"""Log-odds that two mentions have where their contexts differ."""

MOST = 6.0
"""The most that a context may add where two share it."""

_LEAST, _MOVES = 0.5, 0.5


class Contexts:
    """Values of the context in a form in which two wordings of one thing are equal."""

    def __init__(self, resolver: Resolver, values: Iterable[str]) -> None:
        distinct = sorted({value for value in values if value.strip()})
        matches = resolver.resolve_many(distinct)
        self._keys = {
            value: match.entity.id if match.entity else str(keys.word_key(value))
            for value, match in zip(distinct, matches, strict=True)
        }

    def key(self, value: str) -> str:
        """Return the id of the entity meant, or the telling words; empty for a blank value."""
        return self._keys.get(value, "")


def telling(columns: Sequence[Sequence[tuple[str, int]]]) -> dict[tuple[int, str], float]:
    """Return what each value of the context adds where two mentions share it: the rarer it is, the more.

    Each column is given by its values with how many mentions have them; a value is found by its column's place.
    """
    found: dict[tuple[int, str], float] = {}
    for place, values in enumerate(columns):
        counts: Counter[str] = Counter()
        for value, mentions in values:
            counts[value] += mentions
        del counts[""]
        for value, count in counts.items():
            found[place, value] = min(MOST, max(_LEAST, math.log(counts.total() / count) - _MOVES))
    return found
