"""Blocking: from readings of mentions to rows of names, first by equal keys, then by few edits for the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from resolver.index.compiler import KINDS, WORDS
from resolver.index.index import Index
from resolver.index.segments import ALLOWED, edits_allowed
from resolver.matching import spelling
from resolver.mention_batch import MentionBatch
from resolver.model import TYPES, Mention
from resolver.text import keys, localities, terms
from resolver.text.reading import Parsed, Reading

__all__ = ["Filter", "Pairs", "exact", "fuzzy", "is_near_name"]

Ints = NDArray[np.int32]
Keep = Callable[[Ints, Ints], NDArray[np.bool_]]
"""Given the mention and the entity of each pair, whether the pair is allowed."""

_MOST_FUZZY = 30
_IDENTIFIER = KINDS.index("identifier")
_ORGANISATION = TYPES.index("organisation")
_LIKE_ARTICLES = frozenset({"de", "du", "la", "le"})
"""French articles and prepositions that are also syllables of Vietnamese names."""


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


_NO_PAIRS = Pairs(*(np.zeros(0, np.int32),) * 4)


class Filter:
    """Which pairs of mention and entity the mentions' types and countries allow."""

    def __init__(self, index: Index, mentions: Sequence[Mention]) -> None:
        self._index = index
        alike = isinstance(mentions, MentionBatch)
        asked = [(mention.types, mention.countries) for mention in (mentions[:1] if alike else mentions)]
        # Mentions that allow everything need no looking up.
        self._open = not any(types or countries for types, countries in asked)
        if self._open:
            return
        ways = {way: number for number, way in enumerate(dict.fromkeys(asked))}
        self._way = np.zeros(len(mentions), np.intp) if alike else np.array([ways[way] for way in asked], np.intp)
        self._types = np.array([[not types or t in types for t in TYPES] for types, _ in ways], np.bool_)
        self._countries = np.array([[not of or one in of for one in index.countries] for _, of in ways], np.bool_)

    def __call__(self, mention: Ints, entity: Ints) -> NDArray[np.bool_]:
        """Return which pairs are allowed."""
        if self._open:
            return np.ones(len(mention), np.bool_)
        way, country = self._way[mention], self._index.entity_country[entity]
        return np.asarray(self._types[way, self._index.entity_type[entity]] & self._countries[way, country], np.bool_)


def exact(index: Index, parsed: Sequence[Parsed], keep: Keep) -> Pairs:
    """Return the names whose key equals that of a reading."""
    numbers = index.key_numbers
    mentions: list[int] = []
    readings: list[int] = []
    found: list[int] = []
    for mention, one in enumerate(parsed):
        # A mention that is a name as a whole is not cut at its hyphen, even with another tone mark.
        whole = _HYPHEN.search(one.text) is not None and any(
            not reading.context and reading.key in numbers for reading in one.readings
        )
        for number, reading in enumerate(one.readings):
            if whole and reading.context:
                continue
            for key in (reading.key, _word_key(index, reading)):
                hit = numbers.get(key)
                if hit is not None:
                    mentions.append(mention)
                    readings.append(number)
                    found.append(hit)
    if not found:
        return _NO_PAIRS
    pairs = _expand(index, _ints(mentions), _ints(readings), _ints(found), np.zeros(len(found), np.int32), keep)
    pairs = _no_noun_respaced(index, parsed, _of_same_end(index, parsed, pairs))
    coded = np.array([_COUNTRY_CODE.fullmatch(one.text) is not None for one in parsed], np.bool_)
    return pairs.where(~coded[pairs.mention] | (index.row_kind[pairs.row] == _IDENTIFIER)) if coded.any() else pairs


def _no_noun_respaced(index: Index, parsed: Sequence[Parsed], pairs: Pairs) -> Pairs:
    """Return pairs without names that are a common noun with other spaces: see ``localities.nouns``."""
    nouns = localities.nouns()
    written = {
        (mention, number): reading.folded
        for mention, one in enumerate(parsed)
        for number, reading in enumerate(one.readings)
        if reading.folded in nouns
    }
    if not written:
        return pairs
    names = (index.texts[text] for text in index.row_text[pairs.row].tolist())
    asked = map(written.get, zip(pairs.mention.tolist(), pairs.reading.tolist(), strict=True))
    kept = [folded is None or folded == keys.fold(name) for folded, name in zip(asked, names, strict=True)]
    return pairs.where(np.array(kept, np.bool_))


_COUNTRY_CODE = re.compile(r"(?:VN|KH)-[A-Z0-9]{1,3}", re.IGNORECASE)
_HYPHEN = re.compile(r"^[^,;]+\s[-/]\s[^,;]+$")
_CODE = re.compile(r"[A-Za-z]{2}-[A-Za-z0-9]{1,3}")
"""A text written like a code of ISO 3166-2: it is that code or nothing, never words or a typing error."""


def _word_key(index: Index, reading: Reading) -> str:
    """Return the key of a reading's words; empty if one of the words is in no such key."""
    if _CODE.fullmatch(reading.core):
        return ""
    known = index.word_key_words
    # An apostrophe may separate words that folding joins.
    apostrophe = "'" in reading.core or "’" in reading.core
    if not apostrophe and not keys.may_all_tell(reading.folded, known):
        return ""
    return WORDS + reading.words


def fuzzy(index: Index, parsed: Sequence[Parsed], which: Sequence[int], keep: Keep) -> Pairs:
    """Return the names nearest to the readings of some mentions (``which``, positions in ``parsed``).

    All names within the edits allowed for their length are found; for each reading the closest are kept, and those one
    edit farther (unless there are many), so that the margin to the second best is known.
    """
    queries: list[str] = []
    mentions: list[int] = []
    readings: list[int] = []
    common = terms.common_nouns()
    for mention in which:
        for number, reading in enumerate(parsed[mention].readings):
            letters = reading.key
            named = letters not in common and not letters.isdecimal() and not _CODE.fullmatch(reading.core)
            if named and edits_allowed(len(letters)):
                queries.append(letters)
                mentions.append(mention)
                readings.append(number)
    if not queries:
        return _NO_PAIRS
    query, key = index.segments.probe(queries)
    texts, names = [queries[number] for number in query.tolist()], [index.keys[number] for number in key.tolist()]
    edits = process.cpdist(texts, names, scorer=OSA.distance, score_cutoff=3, dtype=np.int32) if texts else query
    allowed = ALLOWED[np.minimum([len(name) for name in names], len(ALLOWED) - 1)] if names else query
    near = np.flatnonzero((edits <= allowed) & (edits > 0))
    near = near[[_digits(texts[pair]) == _digits(names[pair]) for pair in near.tolist()]] if len(near) else near
    of_query = query[near]
    pairs = _expand(index, _ints(mentions)[of_query], _ints(readings)[of_query], key[near], edits[near], keep)
    return _closest(_of_same_number(index, parsed, pairs))


def is_near_name(index: Index, letters: str, apart: str = "") -> bool:
    """Whether the letters of a text are one edit off those of a name, other than the name ``apart``."""
    _, numbers = index.segments.probe([letters])
    names = {index.keys[number] for number in numbers.tolist()} - {letters, apart}
    return any(spelling.one_edit(letters, name) for name in names)


def _of_same_number(index: Index, parsed: Sequence[Parsed], pairs: Pairs) -> Pairs:
    """Leave out names with another number than the mention: another number is never a typing error."""
    columns = (pairs.mention.tolist(), pairs.reading.tolist(), index.row_text[pairs.row].tolist())
    kept = [
        spelling.same_number(parsed[mention].readings[reading].core, index.texts[text])
        for mention, reading, text in zip(*columns, strict=True)
    ]
    return pairs.where(np.array(kept, np.bool_))


def _of_same_end(index: Index, parsed: Sequence[Parsed], pairs: Pairs) -> Pairs:
    """Leave out bodies and offices where a word that only looks like an article ends the name or the mention alone.

    Articles are left out of the words that are compared, but none ends a name: the Sơn La police is not ``CA Sơn``.
    """
    kept = np.ones(len(pairs), np.bool_)
    for pair in np.flatnonzero(index.entity_type[index.row_entity[pairs.row]] >= _ORGANISATION).tolist():
        ours = parsed[pairs.mention[pair]].readings[pairs.reading[pair]].folded
        theirs = keys.fold(index.texts[index.row_text[pairs.row[pair]]])
        kept[pair] = _holds_end_of(ours, theirs) and _holds_end_of(theirs, ours)
    return pairs.where(kept)


def _holds_end_of(words: str, other: str) -> bool:
    last = other.rsplit(" ", 1)[-1]
    return last not in _LIKE_ARTICLES or last in words.split() or words.endswith(last)


def _digits(text: str) -> str:
    """Return the digits of a key: another number means another entity, never a typing error."""
    return "" if text.isalpha() else "".join(letter for letter in text if letter.isdecimal())


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
    key = key.astype(np.int64)
    counts = index.key_start[key + 1] - index.key_start[key]
    ends = np.cumsum(counts)
    within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts, counts)
    pairs = Pairs(
        np.repeat(mention, counts),
        np.repeat(reading, counts),
        index.key_rows[np.repeat(index.key_start[key], counts) + within],
        np.repeat(edits, counts),
    )
    return pairs.where(keep(pairs.mention, index.row_entity[pairs.row])) if len(pairs) else pairs


def _ints(numbers: list[int]) -> Ints:
    return np.array(numbers, np.int32)
