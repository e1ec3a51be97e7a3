"""Find every key within a few edits of a query, without comparing it with all of them.

The segment index of PassJoin (Li, Deng, Wang, Feng: "Pass-Join: A Partition-based Method for Similarity Joins",
PVLDB 5(3), 2011): a key cut into τ+1 segments keeps at least one of them unbroken under τ edits, so that a query
need only be compared with the keys that share a segment with it at nearly the same place. A transposition over a
cut breaks two segments at once; the query is therefore probed a second time with the letters at each cut swapped
back. How many edits are allowed depends on the length of the key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["Segments", "edits_allowed"]

_BASE = np.uint64(0x9E3779B97F4A7C15)
_LONGEST = 120

Hashes = NDArray[np.uint64]
Indices = NDArray[np.int32]


def edits_allowed(length: int) -> int:
    """Return the edits within which keys of a length are found: none below 4 letters, then 1, 2 (8), 3 (14).

    >>> [edits_allowed(n) for n in (3, 4, 8, 14)]
    [0, 1, 2, 3]
    """
    if length < 4 or length > _LONGEST:
        return 0
    return 1 if length < 8 else 2 if length < 14 else 3


class Segments:
    """Postings from hashed segments to keys. ``hashes`` is sorted; ``members[i]`` is the key behind ``hashes[i]``."""

    def __init__(self, hashes: Hashes, members: Indices, lengths: Sequence[int]) -> None:
        self._hashes = hashes
        self._members = members
        self._lengths = frozenset(int(length) for length in lengths)

    @classmethod
    def build(cls, keys: Sequence[str]) -> Segments:
        """Index keys; those too short or too long to allow an edit are left out."""
        hashes: list[Hashes] = []
        members: list[Indices] = []
        by_length = _by_length(keys)
        for length, positions in by_length.items():
            letters = _letters([keys[i] for i in positions], length)
            for number, (start, size) in enumerate(_cuts(length)):
                hashes.append(_hash(letters[:, start : start + size], length, number))
                members.append(positions)
        if not hashes:
            return cls(np.empty(0, np.uint64), np.empty(0, np.int32), [])
        flat, owners = np.concatenate(hashes), np.concatenate(members)
        order = np.argsort(flat, kind="stable")
        return cls(flat[order], owners[order], list(by_length))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Segments:
        """Wrap what ``arrays`` returned."""
        return cls(arrays["segment_hash"], arrays["segment_key"], list(arrays["segment_length"]))  # type: ignore[arg-type]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return the index as arrays, to be stored."""
        lengths = np.array(sorted(self._lengths), np.int32)
        return {"segment_hash": self._hashes, "segment_key": self._members, "segment_length": lengths}

    def probe(self, queries: Sequence[str]) -> tuple[Indices, Indices]:
        """Return pairs (position of the query, position of the key) that contain all pairs within the allowed edits.

        Most pairs are farther apart than that: the caller measures the distance.
        """
        found: list[NDArray[np.int64]] = []
        for length, positions in _by_length(queries).items():
            letters = _letters([queries[i] for i in positions], length)
            for hashes in self._probes(letters, length):
                found.append(self._pairs(positions, hashes))
        if not found:
            return np.empty(0, np.int32), np.empty(0, np.int32)
        pairs = np.unique(np.concatenate(found))
        return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)

    def _probes(self, letters: NDArray[np.uint64], length: int) -> Iterator[Hashes]:
        for key_length in range(max(1, length - 3), length + 4):
            if key_length not in self._lengths or abs(key_length - length) > edits_allowed(key_length):
                continue
            edits = edits_allowed(key_length)
            surplus = length - key_length
            for number, (start, size) in enumerate(_cuts(key_length)):
                first = max(0, start - number, start + surplus - (edits - number))
                last = min(length - size, start + number, start + surplus + (edits - number))
                for at in range(first, last + 1):
                    segment = letters[:, at : at + size]
                    yield _hash(segment, key_length, number)
                    if at + size < length:
                        swapped = segment.copy()
                        swapped[:, -1] = letters[:, at + size]
                        yield _hash(swapped, key_length, number)

    def _pairs(self, positions: Indices, hashes: Hashes) -> NDArray[np.int64]:
        start = np.searchsorted(self._hashes, hashes, "left")
        count = np.searchsorted(self._hashes, hashes, "right") - start
        total = int(count.sum())
        within = np.arange(total) - np.repeat(np.cumsum(count) - count, count)
        members = self._members[np.repeat(start, count) + within]
        return np.asarray((np.repeat(positions, count).astype(np.int64) << 32) | members, np.int64)


def _by_length(keys: Sequence[str]) -> dict[int, Indices]:
    lengths = np.fromiter(map(len, keys), np.int32, len(keys))
    return {
        int(length): np.flatnonzero(lengths == length).astype(np.int32)
        for length in np.unique(lengths)
        if 0 < length <= _LONGEST + 3
    }


def _letters(keys: Sequence[str], length: int) -> NDArray[np.uint64]:
    flat = np.frombuffer("".join(keys).encode("utf-32-le"), np.uint32)
    return flat.reshape(len(keys), length).astype(np.uint64)


def _cuts(length: int) -> list[tuple[int, int]]:
    """Return start and size of the segments of a key: as even as can be, the longer ones last."""
    edits = edits_allowed(length)
    if not edits:
        return []
    size, longer = divmod(length, edits + 1)
    sizes = [size + (number > edits - longer) for number in range(edits + 1)]
    return [(sum(sizes[:number]), sizes[number]) for number in range(edits + 1)]


def _hash(segment: NDArray[np.uint64], length: int, number: int) -> Hashes:
    value = np.full(len(segment), length * 8 + number + 1, np.uint64)
    for column in range(segment.shape[1]):
        value = (value ^ segment[:, column]) * _BASE
        value ^= value >> np.uint64(29)
    return value
