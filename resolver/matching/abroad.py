"""The feature of names that are also those of places abroad: Hồ Nam, Penang."""

from __future__ import annotations

import numpy as np

from resolver.matching.comparison import Comparisons, Floats
from resolver.model import PLACE_TYPES, TYPES
from resolver.text.foreign_places import is_foreign_place

__all__ = ["foreign_name"]

_COMMUNE = TYPES.index("commune")


def foreign_name(batch: Comparisons) -> Floats:
    """A name by itself that a place abroad has: of a commune, or of a place with other letters.

    Not with a type word or context, unless the letters differ. A district or province that is called so is known better
    than its namesake.
    """
    misspelt = (batch.edits > 0) & (batch.type < len(PLACE_TYPES))
    asked = misspelt | ((batch.type == _COMMUNE) & ~batch.typed)
    if not asked.any():
        return batch.nothing
    around = np.array([bool(query.mention.within) for query in batch.queries], np.bool_)[batch.pairs.mention]
    asked &= ~around
    if not asked.any():
        return batch.nothing
    values = batch.of_readings(lambda reading: not reading.context and is_foreign_place(reading.core))
    return np.asarray(values * asked, np.float64)
