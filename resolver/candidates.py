"""Retrieval: from readings of mentions to rows of names, by equal keys first and by few edits for what is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from resolver.compiler import WORDS
from resolver.index import Index
from resolver.segments import edits_allowed
from resolver.text.reading import Parsed

__all__ = ["Pairs", "exact", "fuzzy", "join"]

Ints = NDArray[np.int32]
Keep = Callable[[Ints, Ints], NDArray[np.bool_]]
"""Given the mention and the entity of each pair, whether the pair may stand."""

_MOST_FUZZY = 30


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of a mention's reading and a name: four columns of equal length."""

    mention: Ints
    reading: Ints
    row: Ints
    edits: Ints

    def where(self, kept: NDArray[np.bool_] | Ints) -> Pairs:
        """Return some of the pairs."""
        return Pairs(self.mention[kept], self.reading[kept], self.row[kept], self.edits[kept])

    def __len__(self) -> int:
        return len(self.mention)


def join(first: Pairs, second: Pairs) -> Pairs:
    """Return the pairs of both."""
    return Pairs(
        np.concatenate([first.mention, second.mention]),
        np.concatenate([first.reading, second.reading]),
        np.concatenate([first.row, second.row]),
        np.concatenate([first.edits, second.edits]),
    )


def exact(index: Index, parsed: Sequence[Parsed], keep: Keep) -> Pairs:
    """Return the names whose key equals that of a reading."""
    numbers = index.key_numbers
    mentions: list[int] = []
    readings: list[int] = []
    found: list[int] = []
    for mention, one in enumerate(parsed):
        for number, reading in enumerate(one.readings):
            for key in (reading.key, WORDS + reading.words):
                hit = numbers.get(key)
                if hit is not None:
                    mentions.append(mention)
                    readings.append(number)
                    found.append(hit)
    return _expand(index, _ints(mentions), _ints(readings), _ints(found), np.zeros(len(found), np.int32), keep)


def fuzzy(index: Index, parsed: Sequence[Parsed], which: Sequence[int], keep: Keep) -> Pairs:
    """Return the names nearest to the readings of some mentions (``which``, positions in ``parsed``).

    All names within the edits allowed for their length are found; for each reading the closest are kept, and those one
    edit farther (unless there are many), so that the margin to the runner-up can be seen.
    """
    queries: list[str] = []
    mentions: list[int] = []
    readings: list[int] = []
    for mention in which:
        for number, reading in enumerate(parsed[mention].readings):
            if edits_allowed(len(reading.key)) and not reading.key.isdecimal() and not reading.respelt:
                queries.append(reading.key)
                mentions.append(mention)
                readings.append(number)
    query, key = index.segments.probe(queries)
    if not len(query):
        return _expand(index, query, query, query, query, keep)
    limit = np.array([edits_allowed(length) for length in range(200)], np.int32)
    texts = [queries[number] for number in query]
    names = [index.keys[number] for number in key]
    allowed = limit[[len(name) for name in names]]
    edits = process.cpdist(texts, names, scorer=OSA.distance, score_cutoff=3, dtype=np.int32)
    same_digits = np.array([_digits(text) == _digits(name) for text, name in zip(texts, names, strict=True)], np.bool_)
    near = np.flatnonzero((edits <= allowed) & (edits > 0) & same_digits)
    of_query = query[near]
    pairs = _expand(index, _ints(mentions)[of_query], _ints(readings)[of_query], key[near], edits[near], keep)
    return _closest(pairs)


def _digits(text: str) -> str:
    """Return the digits of a key: another number is another thing, never a slip."""
    return "".join(letter for letter in text if letter.isdecimal())


def _closest(pairs: Pairs) -> Pairs:
    """Keep for each reading the names with the fewest edits, and those with one more where they are not too many."""
    if not len(pairs):
        return pairs
    _, group = np.unique(pairs.mention.astype(np.int64) << 32 | pairs.reading, return_inverse=True)
    nearest = np.full(int(group.max()) + 1, 99, np.int32)
    np.minimum.at(nearest, group, pairs.edits)
    beyond = pairs.edits - nearest[group]
    near = np.bincount(group, weights=beyond <= 1)
    return pairs.where(beyond <= np.where(near <= _MOST_FUZZY, 1, 0)[group])


def _expand(index: Index, mention: Ints, reading: Ints, key: Ints, edits: Ints, keep: Keep) -> Pairs:
    """Turn hits on keys into pairs with each row of the key."""
    rows = [index.rows(number) for number in key.tolist()]
    counts = np.fromiter(map(len, rows), np.int32, len(rows))
    pairs = Pairs(
        np.repeat(mention, counts),
        np.repeat(reading, counts),
        np.concatenate(rows) if rows else np.empty(0, np.int32),
        np.repeat(edits, counts),
    )
    return pairs.where(keep(pairs.mention, index.row_entity[pairs.row])) if len(pairs) else pairs


def _ints(numbers: list[int]) -> Ints:
    return np.array(numbers, np.int32)
