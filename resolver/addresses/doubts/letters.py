"""A doubt about first letters: they may be short for something else than the name of a parent."""

from __future__ import annotations

from collections.abc import Sequence

from resolver.addresses.components import SHORTENED
from resolver.addresses.doubts.doubt import Address, shifted
from resolver.addresses.parents import Parent
from resolver.addresses.place_tree import PlaceTree
from resolver.addresses.readings import Reading

__all__ = ["of_letters"]

_ONLY_LETTERS = 3.5
"""Greatest log-odds of a place whose parents are named by their first letters only."""


def of_letters(readings: Sequence[Reading], _address: Address, _places: PlaceTree) -> Sequence[Reading]:
    """Return readings, the best first; with a doubt about the best one if only letters name its parents."""
    best = readings[0] if readings else None
    if not best or not best.parents or not all(map(_is_letters, best.parents)):
        return readings
    return shifted(readings, "letters", min(_ONLY_LETTERS - best.score, 0.0))


def _is_letters(parent: Parent) -> bool:
    core = parent.span.core
    return parent.hit.accents == SHORTENED and core.isalpha() and (core.isupper() or core.islower())
