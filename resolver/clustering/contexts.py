"""Context of mentions: normalised values, and the weight of a value that two mentions share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from resolver.engine.resolver import Resolver
from resolver.text import keys
from resolver.text.unstated import is_unstated

__all__ = ["DIFFERENT", "MOST", "Asked", "Contexts", "telling"]

Asked = tuple[str, tuple[str, ...], str]
"""A mention, its context and its date."""

DIFFERENT = -3.0
"""Log-odds of two mentions with different contexts."""

MOST = 6.0
"""The most that a shared context may add."""

_LEAST, _MOVES = 0.5, 0.5


class Contexts:
    """Values of the context in a normalised form: different wordings of the same thing are equal."""

    def __init__(self, resolver: Resolver, values: Iterable[str]) -> None:
        distinct = sorted({value for value in values if value.strip() and not is_unstated(value)})
        matches = resolver.resolve_many(distinct)
        self._keys = {
            value: match.entity.id if match.entity else str(keys.word_key(value))
            for value, match in zip(distinct, matches, strict=True)
        }

    def key(self, value: str) -> str:
        """Return the id of the entity meant, or the significant words; empty where no value is told."""
        return self._keys.get(value, "")


def telling(columns: Sequence[Sequence[tuple[str, int]]]) -> dict[tuple[int, str], float]:
    """Return what each value of the context adds if two mentions share it: more if it is rare.

    Each column is given as its values with their numbers of mentions; a value is found by its column's position.
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
