"""Find every key within a few edits of a query, without comparing the query with all keys.

The segment index of PassJoin (Li, Deng, Wang, Feng: "Pass-Join: A Partition-based Method for Similarity Joins",
PVLDB 5(3), 2011): if a key is cut into τ+1 segments, at least one of them is unchanged after τ edits. So a query is
compared only with the keys that share a segment with it at nearly the same position. A transposition across a cut
changes two segments at once; so the query is probed a second time with the letters at each cut swapped back. The
number of edits allowed depends on the length of the key. Most keys that share a segment are still far away; counts of
their letters (signatures) exclude these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["ALLOWED", "Segments", "edits_allowed"]

_BASE = np.uint64(0x9E3779B97F4A7C15)
_LONGEST = 120
_BUCKET_BITS = 18
_AT_ONCE = 4_096
"""Queries probed together: each shares a segment with hundreds of keys before the signatures are compared."""
_FEW, _MOST_KEPT = 1_024, 8_192
"""Queries of a call whose keys are kept, and most queries kept: names recur in texts, but hardly in large tables."""

Hashes = NDArray[np.uint64]
Indices = NDArray[np.int32]


def edits_allowed(length: int) -> int:
    """Return the edits allowed for keys of a length: none below 4 letters, then 1, 2 (from 8), 3 (from 14).

    >>> [edits_allowed(n) for n in (3, 4, 8, 14)]
    [0, 1, 2, 3]
    """
    if length < 4 or length > _LONGEST:
        return 0
    return 1 if length < 8 else 2 if length < 14 else 3


ALLOWED = np.array([edits_allowed(length) for length in range(_LONGEST + 4)], np.int32)
"""``edits_allowed`` by length; none for longer keys."""


class Segments:
    """Postings from hashed segments to keys.

    ``hashes`` is sorted; ``members[i]`` is the key of ``hashes[i]``. For every key ``lengths`` has the number of
    letters (0 if no edit is allowed) and ``signatures`` the letters that it contains.
    """

    def __init__(self, hashes: Hashes, members: Indices, lengths: Indices, signatures: Hashes) -> None:
        self._hashes = hashes
        self._members = members
        self._lengths = lengths
        self._signatures = signatures
        self._present = frozenset(lengths[lengths > 0].tolist())
        self._kept: dict[str, Indices] = {}
        # The positions where hashes with equal leading bits begin: faster than a search, and nearly as exact.
        buckets = (hashes >> np.uint64(64 - _BUCKET_BITS)).astype(np.int64)
        self._buckets = np.zeros((1 << _BUCKET_BITS) + 1, np.int32)
        np.cumsum(np.bincount(buckets, minlength=1 << _BUCKET_BITS), out=self._buckets[1:])

    @classmethod
    def build(cls, keys: Sequence[str]) -> Segments:
        """Index keys, except those too short or too long to allow an edit."""
        hashes: list[Hashes] = [np.empty(0, np.uint64)]
        members: list[Indices] = [np.empty(0, np.int32)]
        lengths = np.fromiter(map(len, keys), np.int32, len(keys))
        lengths[(lengths > _LONGEST) | (ALLOWED[np.minimum(lengths, _LONGEST)] == 0)] = 0
        for length in sorted(set(lengths[lengths > 0].tolist())):
            positions = np.flatnonzero(lengths == length).astype(np.int32)
            rolling = _Rolling([keys[i] for i in positions.tolist()], length)
            for number, (start, size) in enumerate(_cuts(length)):
                hashes.append(_placed(rolling.hash(start, size), length, number))
                members.append(positions)
        flat, owners = np.concatenate(hashes), np.concatenate(members)
        order = np.argsort(flat, kind="stable")
        return cls(flat[order], owners[order], lengths, _signatures(keys))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Segments:
        """Wrap what ``arrays`` returned."""
        return cls(*(arrays[f"segment_{name}"] for name in ("hash", "key", "length", "signature")))  # type: ignore[arg-type]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return the index as arrays, to be stored."""
        return {
            "segment_hash": self._hashes,
            "segment_key": self._members,
            "segment_length": self._lengths,
            "segment_signature": self._signatures,
        }

    def probe(self, queries: Sequence[str]) -> tuple[Indices, Indices]:
        """Return pairs (position of the query, position of the key) that include all pairs within the allowed edits.

        Some of the pairs are farther apart: the caller computes the distance.
        """
        if 0 < len(queries) <= _FEW:
            return self._probe_kept(queries)
        found = [self._probe(queries[at : at + _AT_ONCE], at) for at in range(0, len(queries), _AT_ONCE)]
        pairs = np.concatenate(found) if found else np.empty(0, np.int64)
        return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)

    def _probe_kept(self, queries: Sequence[str]) -> tuple[Indices, Indices]:
        """Return the same pairs, and keep the keys of each query."""
        kept = self._kept
        new = [query for query in dict.fromkeys(queries) if query not in kept]
        if new:
            if len(kept) + len(new) > _MOST_KEPT:
                kept = self._kept = {query: kept[query] for query in dict.fromkeys(queries) if query in kept}
            pairs = self._probe(new, 0)
            ends = np.searchsorted(pairs, np.arange(1, len(new), dtype=np.int64) << 32)
            keys = np.split((pairs & 0xFFFFFFFF).astype(np.int32), ends)
            kept.update(zip(new, keys, strict=True))
        found = [kept[query] for query in queries]
        counts = np.fromiter(map(len, found), np.int64, len(found))
        return np.repeat(np.arange(len(found), dtype=np.int32), counts), np.concatenate(found)

    def _probe(self, queries: Sequence[str], offset: int) -> NDArray[np.int64]:
        """Return the pairs of some queries, sorted, the query in the upper half of each number."""
        lengths = np.fromiter(map(len, queries), np.int32, len(queries))
        probes: list[tuple[Indices, Hashes]] = []
        for length in sorted(set(lengths[(lengths > 0) & (lengths <= _LONGEST + 3)].tolist())):
            positions = np.flatnonzero(lengths == length).astype(np.int32)
            rolling = _Rolling([queries[i] for i in positions.tolist()], length)
            probes.extend((positions, hashes) for hashes in self._probes(rolling, length))
        if not probes:
            return np.empty(0, np.int64)
        query = np.concatenate([positions for positions, _ in probes])
        bucket = (np.concatenate([hashes for _, hashes in probes]) >> np.uint64(64 - _BUCKET_BITS)).astype(np.int32)
        start = self._buckets[bucket]
        count = self._buckets[bucket + 1] - start
        hit = np.flatnonzero(count)
        query, start, count = query[hit], start[hit], count[hit]
        ends = np.cumsum(count)
        within = np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int32)
        key = self._members[within + np.repeat(start - (ends - count).astype(np.int32), count)]
        query = np.repeat(query, count)
        near = self._near(_signatures(queries), lengths, query, key)
        pairs = np.sort((query[near].astype(np.int64) + offset) << 32 | key[near])
        return pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])] if len(pairs) else pairs

    def _near(self, signatures: Hashes, lengths: Indices, query: Indices, key: Indices) -> NDArray[np.bool_]:
        """Return which pairs have nearly the same letters: a replaced letter makes two differences, other edits one."""
        long = self._lengths[key]
        differences = np.bitwise_count(signatures[query] ^ self._signatures[key]).astype(np.int32)
        differences += np.abs(long - lengths[query])
        return np.asarray(differences <= 2 * ALLOWED[long], np.bool_)

    def _probes(self, rolling: _Rolling, length: int) -> Iterator[Hashes]:
        """Yield the hashes that a query must share with a key: each segment of the key, at each possible position."""
        for key_length in range(max(1, length - 3), length + 4):
            if key_length not in self._present or abs(key_length - length) > edits_allowed(key_length):
                continue
            edits = edits_allowed(key_length)
            surplus = length - key_length
            for number, (start, size) in enumerate(_cuts(key_length)):
                first = max(0, start - number, start + surplus - (edits - number))
                last = min(length - size, start + number, start + surplus + (edits - number))
                for at in range(first, last + 1):
                    yield _placed(rolling.hash(at, size), key_length, number)
                    if at + size < length:
                        yield _placed(rolling.swapped(at, size), key_length, number)


class _Rolling:
    """Polynomial hashes of any substring of some texts of equal length (Karp and Rabin, 1987)."""

    def __init__(self, texts: Sequence[str], length: int) -> None:
        flat = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
        self._letters = np.ascontiguousarray(flat.reshape(len(texts), length).T).astype(np.uint64)
        self._prefix = np.zeros((length + 1, len(texts)), np.uint64)
        for place in range(length):
            self._prefix[place + 1] = self._prefix[place] * _BASE + self._letters[place]

    def hash(self, at: int, size: int) -> Hashes:
        """Return the hash of ``size`` letters from a position on."""
        power = np.uint64(pow(int(_BASE), size, 1 << 64))
        return np.asarray(self._prefix[at + size] - self._prefix[at] * power, np.uint64)

    def swapped(self, at: int, size: int) -> Hashes:
        """Return the same with the last letter and the next one swapped."""
        return np.asarray(self.hash(at, size) - self._letters[at + size - 1] + self._letters[at + size], np.uint64)


def _placed(hashes: Hashes, length: int, number: int) -> Hashes:
    """Return the hashes of segments mixed with the length of their key and their number in it."""
    mixed = (hashes ^ np.uint64(length * 8 + number + 1)) * _BASE
    return np.asarray((mixed ^ (mixed >> np.uint64(29))) * _BASE, np.uint64)


def _signatures(texts: Sequence[str]) -> Hashes:
    """Return as bits the letters of each text, in 31 classes, each counted up to two."""
    letters = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32) % np.uint32(31)
    owners = np.repeat(np.arange(len(texts)), np.fromiter(map(len, texts), np.int64, len(texts)))
    counts = np.bincount(owners * 32 + letters, minlength=len(texts) * 32).reshape(len(texts), 32)
    bits = np.array([0, 1, 3], np.uint64)[np.minimum(counts, 2)]
    return np.asarray((bits << (np.arange(32, dtype=np.uint64) * np.uint64(2))).sum(axis=1, dtype=np.uint64), np.uint64)


def _cuts(length: int) -> list[tuple[int, int]]:
    """Return start and size of the segments of a key: as equal as possible, the longer ones last."""
    edits = edits_allowed(length)
    if not edits:
        return []
    size, longer = divmod(length, edits + 1)
    sizes = [size + (number > edits - longer) for number in range(edits + 1)]
    return [(sum(sizes[:number]), sizes[number]) for number in range(edits + 1)]
