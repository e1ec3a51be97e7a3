"""The prominence of places: a bare name means the country or province far more often than the commune."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from resolver.index.compiler import KINDS
from resolver.index.index import Index
from resolver.matching.comparison import ACCENTS, Comparisons, Floats
from resolver.model import TYPES
from resolver.text import keys

__all__ = ["PROMINENCE", "by_anothers_name", "overshadowed", "prominence", "shared"]

PROMINENCE = np.array([4.5 if t in {"country", "province"} else 0.8 if t == "district" else 0.0 for t in TYPES])
"""How prominent places of each type are."""

_PROMINENT = frozenset(np.flatnonzero(PROMINENCE).tolist())
_NAMING = np.array([kind in {"official", "exonym", "transliteration"} for kind in KINDS])
_OFFICIAL, _TRANSLITERATION, _EXONYM = map(KINDS.index, ("official", "transliteration", "exonym"))
_OF_ANOTHERS = frozenset({_TRANSLITERATION, _EXONYM})

_OF_DOUBTFUL = 0.25
"""How much of its prominence a place keeps if the name itself is in doubt."""

_OF_ANOTHER = 0.2
"""How much of its prominence a place keeps if the name is its transliteration, but another's official name."""


def shared(batch: Comparisons, pairs: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return for each pair whether any of the given pairs has the same mention."""
    have = np.zeros(len(batch.queries), np.bool_)
    have[batch.pairs.mention[pairs]] = True
    return np.asarray(have[batch.pairs.mention], np.bool_)


def prominence(batch: Comparisons) -> Floats:
    """Bare names mean the country or province far more often than the district or commune of the same name.

    Only for official names, not for aliases, and without a type word. A name that is misspelt or has other
    diacritics says little about which place is meant, and so does a transliteration that is another's official name.
    Misspelt, it says nothing if the mention is a name as it stands.
    """
    if not batch.types & _PROMINENT:
        return batch.nothing
    doubtful = (batch.edits > 0) | (batch.accents == ACCENTS.index("contrast"))
    kept = np.where(by_anothers_name(batch), _OF_ANOTHER, np.where(doubtful, _OF_DOUBTFUL, 1.0))
    if not batch.any_misspelt:
        return _rank(batch) * kept
    named = batch.of_readings(lambda reading: not reading.type_words and _is_a_name(batch.index, reading.core))
    return _rank(batch) * np.where((batch.edits > 0) & (named > 0), 0.0, kept)


def by_anothers_name(batch: Comparisons) -> NDArray[np.bool_]:
    """Return the pairs by a transliteration that is the official name, as the mention is written, of another.

    What lies in a place is no other than it: Takhmao is the town as well as its commune Ta Khmao.
    Of a misspelt mention also those by a transliteration if another's official name has no more edits, and by a foreign
    name if one has fewer.
    """
    if not batch.kinds & _OF_ANOTHERS:
        return np.zeros(len(batch), np.bool_)
    as_written = (batch.edits == 0) & (batch.accents == ACCENTS.index("same")) & ~batch.typed
    official, transliterated = batch.kind == _OFFICIAL, batch.kind == _TRANSLITERATION
    exactly = transliterated & shared(batch, as_written & official)
    for pair in np.flatnonzero(exactly).tolist():
        same = as_written & official & (batch.pairs.mention == batch.pairs.mention[pair])
        entity = int(batch.entity[pair])
        exactly[pair] = any(entity not in batch.index.above(other) for other in batch.entity[same].tolist())
    if not batch.any_misspelt:
        return np.asarray(exactly, np.bool_)
    nearest = np.full(len(batch.queries), np.iinfo(np.int32).max, np.int32)
    np.minimum.at(nearest, batch.pairs.mention[official], batch.edits[official])
    beyond = batch.edits - nearest[batch.pairs.mention]
    farther = (transliterated & (beyond >= 0)) | ((batch.kind == _EXONYM) & (beyond > 0))
    return np.asarray(exactly | ((batch.edits > 0) & farther), np.bool_)


def _is_a_name(index: Index, text: str) -> bool:
    """Return whether a text is exactly a name of any entity."""
    number = index.key_numbers.get(keys.key(text))
    rows = () if number is None else index.key_rows[index.key_start[number] : index.key_start[number + 1]].tolist()
    return any(index.texts[index.row_text[row]].lower() == text.lower() for row in rows)


def overshadowed(batch: Comparisons) -> Floats:
    """A misspelt name that a more prominent place has too: if that name is meant, that place is more likely."""
    if not batch.any_misspelt:
        return batch.nothing
    rank = _rank(batch) * np.where(by_anothers_name(batch), _OF_ANOTHER, 1.0)
    values = np.zeros(len(batch))
    misspelt = np.flatnonzero(batch.edits > 0)
    if len(misspelt):
        name = batch.index.text_key[batch.index.row_text[batch.pairs.row[misspelt]]]
        _, shared = np.unique(batch.pairs.mention[misspelt].astype(np.int64) << 32 | name, return_inverse=True)
        highest = np.zeros(int(shared.max()) + 1)
        np.maximum.at(highest, shared, rank[misspelt])
        values[misspelt] = (highest[shared] - rank[misspelt]) * (1 - _OF_DOUBTFUL)
    return values


def _rank(batch: Comparisons) -> Floats:
    return np.asarray(PROMINENCE[batch.type] * _NAMING[batch.kind] * ~batch.typed, np.float64)
