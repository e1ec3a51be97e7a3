"""A batch of pairs of mention and name, with everything that the features need to know about each pair."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver.index.index import Index
from resolver.matching import spelling
from resolver.matching.candidates import Pairs
from resolver.matching.context_agreement import ContextAgreement, ContextMeaning
from resolver.matching.numbering import distinct
from resolver.matching.surroundings import Surroundings
from resolver.matching.type_agreement import AGREEMENTS, TypesOn, type_agreement, types_on
from resolver.model import TYPES, EntityType, Mention
from resolver.text.reading import Parsed, Reading

__all__ = [
    "ACCENTS",
    "LONG_BEFORE",
    "SPACINGS",
    "Comparisons",
    "ContextAgreement",
    "ContextMeaning",
    "Floats",
    "Query",
    "Spelling",
]

Floats = NDArray[np.float64]

LONG_BEFORE = 366
"""Days beyond which people do not yet, or no longer, speak of something.

``engine.dated`` has all days on which the effect of a date changes.
"""


class Query(NamedTuple):
    """A distinct mention, parsed, with the days it may date from (none if it is undated)."""

    mention: Mention
    parsed: Parsed
    days: tuple[int, int] | None


class Spelling(NamedTuple):
    """A core and a name, and what depends only on their letters: computed once for all pairs with these two."""

    core: str
    name: str
    edits: int
    vietnamese: bool
    exact: bool


ACCENTS = ("", "same", "bare", "partial", "extra", "contrast", "lost", "words")
"""How the diacritics of a core agree with a name's; empty for misspelt names, see ``stray_marks``."""

SPACINGS = ("same", "joined", "cut")
"""How the spaces agree: some are missing (``joined``), or they are elsewhere (``cut``)."""


class Comparisons:
    """All pairs of a batch, with what the features need to know about them, one array element for each pair."""

    def __init__(
        self,
        index: Index,
        queries: Sequence[Query],
        pairs: Pairs,
        contexts: Mapping[str, ContextMeaning],
    ) -> None:
        self.index = index
        self.queries = queries
        self.pairs = pairs
        self.contexts = contexts
        self.row = pairs.row
        self.entity = index.row_entity[pairs.row]
        self.type = index.entity_type[self.entity]
        self.kind = index.row_kind[pairs.row]
        self.edits = pairs.edits
        counts = np.fromiter((len(query.parsed.readings) for query in queries), np.int64, len(queries))
        self._first_reading = np.cumsum(counts) - counts
        self._flat = [reading for query in queries for reading in query.parsed.readings]
        self._known_types: dict[tuple[int, int], TypesOn] = {}
        self._of_reading = self._first_reading[pairs.mention] + pairs.reading

    def __len__(self) -> int:
        return len(self.pairs)

    def reading(self, pair: int) -> Reading:
        """Return the reading of a pair."""
        return self._flat[int(self._of_reading[pair])]

    def name(self, pair: int) -> str:
        """Return the name of a pair as the gazetteer spells it."""
        return self.index.texts[int(self.index.row_text[self.pairs.row[pair]])]

    def of_readings(self, value: Callable[[Reading], float]) -> Floats:
        """Return for each pair the value for its reading."""
        values = list(map(value, self._flat))
        if not any(values):
            return self.nothing
        return np.asarray(np.array(values, np.float64)[self._of_reading], np.float64)

    def of_spellings(self, value: Callable[[Spelling], float], *, misspelt: bool) -> Floats:
        """Return for each pair the value for its core and name: for misspelt pairs, or for the others; else 0."""
        if not (self.any_misspelt if misspelt else self.any_exact):
            return self.nothing
        spellings, of_pair = self.spellings
        values = [value(spelling) if (spelling.edits > 0) == misspelt else 0 for spelling in spellings]
        return np.asarray(np.array(values, np.float64)[of_pair], np.float64)

    @cached_property
    def nothing(self) -> Floats:
        """Zero for each pair: the values of a feature that no pair has, so that it need not be counted."""
        zeros = np.zeros(len(self))
        zeros.flags.writeable = False
        return zeros

    @cached_property
    def any_misspelt(self) -> bool:
        """Whether the name of any pair is misspelt in the mention."""
        return bool((self.edits > 0).any())

    @cached_property
    def any_exact(self) -> bool:
        """Whether the name of any pair has the letters of the mention."""
        return bool((self.edits == 0).any())

    @cached_property
    def any_dated(self) -> bool:
        """Whether any mention has a date."""
        return any(query.days for query in self.queries)

    @cached_property
    def all_dated(self) -> bool:
        """Whether the mention of every pair has a date."""
        return bool(self.dated.all())

    @cached_property
    def types(self) -> frozenset[int]:
        """The types of the entities in the batch."""
        return frozenset(self.type.tolist())

    @cached_property
    def kinds(self) -> frozenset[int]:
        """The kinds of the names in the batch."""
        return frozenset(self.kind.tolist())

    @cached_property
    def spellings(self) -> tuple[list[Spelling], NDArray[np.int64]]:
        """Each distinct pair of core and name, and the number of this pair for every pair of the batch."""
        index = self.index
        text = index.row_text[self.pairs.row]
        vietnamese = np.asarray(index.row_vietnamese[self.pairs.row], np.int64)
        both = self._of_reading << 32 | text.astype(np.int64) << 4 | self.edits.astype(np.int64) << 1 | vietnamese
        first, of_pair = distinct(both)
        columns = (self._of_reading[first].tolist(), text[first].tolist(), self.edits[first].tolist())
        letters = index.text_key[text[first]]
        keys_ = index.keys
        spellings = [
            Spelling(reading.core, index.texts[name], edits, bool(vi), key >= 0 and reading.key == keys_[key])
            for reading, name, edits, vi, key in zip(
                map(self._flat.__getitem__, columns[0]),
                *columns[1:],
                vietnamese[first].tolist(),
                letters.tolist(),
                strict=True,
            )
        ]
        return spellings, of_pair

    @cached_property
    def accents(self) -> NDArray[np.int8]:
        """How the diacritics of each pair agree: a position in ``ACCENTS``."""
        return self.of_spellings(_accents, misspelt=False).astype(np.int8)

    @cached_property
    def spacing(self) -> NDArray[np.int8]:
        """How the spaces of each pair agree: a position in ``SPACINGS``."""
        return self.of_spellings(_spacing, misspelt=False).astype(np.int8)

    def with_accents(self, kind: str) -> Floats:
        """Return 1 for each pair whose diacritics agree in one way, else 0."""
        return self._where(self.accents, ACCENTS.index(kind), self._accents)

    def with_spacing(self, kind: str) -> Floats:
        """Return 1 for each pair whose spaces agree in one way, else 0."""
        return self._where(self.spacing, SPACINGS.index(kind), self._spacings)

    def with_agreement(self, kind: str) -> Floats:
        """Return 1 for each pair whose type words agree in one way, else 0."""
        return self._where(self.type_agreement, AGREEMENTS.index(kind), self._agreements)

    def with_agreement_of(self, number: int) -> Comparisons:
        """Return the same pairs, as if all type words agreed in one way: a position in ``AGREEMENTS``."""
        other = copy(self)
        other.type_agreement = np.where(self.typed, number, 0).astype(np.int8)
        vars(other).pop("_agreements", None)
        return other

    def of_type(self, type_: EntityType) -> NDArray[np.bool_]:
        """Return which pairs have an entity of a type."""
        return np.asarray(self.type == TYPES.index(type_), np.bool_)

    def _where(self, values: NDArray[np.int8], wanted: int, known: frozenset[int]) -> Floats:
        return (values == wanted).astype(np.float64) if wanted in known else self.nothing

    @cached_property
    def _accents(self) -> frozenset[int]:
        return frozenset(self.accents.tolist())

    @cached_property
    def _spacings(self) -> frozenset[int]:
        return frozenset(self.spacing.tolist())

    @cached_property
    def _agreements(self) -> frozenset[int]:
        return frozenset(self.type_agreement.tolist())

    @cached_property
    def days(self) -> NDArray[np.int32]:
        """First and last day of the mention of each pair; -1 where it is undated."""
        of_mention = np.array([query.days or (-1, -1) for query in self.queries], np.int32).reshape(-1, 2)
        return of_mention[self.pairs.mention]

    @cached_property
    def dated(self) -> NDArray[np.bool_]:
        """Whether the mention of each pair has a date."""
        return self.days[:, 0] >= 0

    @cached_property
    def any_typed(self) -> bool:
        """Whether any reading has type words."""
        return any(reading.type_words for reading in self._flat)

    @cached_property
    def typed(self) -> NDArray[np.bool_]:
        """Whether the reading of each pair has type words."""
        return self.of_readings(lambda reading: bool(reading.type_words)) > 0

    @cached_property
    def any_titled(self) -> bool:
        """Whether any reading has titles."""
        return any(reading.titles for reading in self._flat)

    @cached_property
    def titled(self) -> NDArray[np.bool_]:
        """Whether the reading of each pair has titles."""
        return self.of_readings(lambda reading: bool(reading.titles)) > 0

    @cached_property
    def type_agreement(self) -> NDArray[np.int8]:
        """How the type words of each reading agree with the entity: a position in ``AGREEMENTS``."""
        agreement = np.zeros(len(self), np.int8)
        for pair in np.flatnonzero(self.typed).tolist() if self.any_typed else ():
            found = type_agreement(self.reading(pair).type_words, self._types(pair))
            agreement[pair] = AGREEMENTS.index(found)
        return agreement

    def _types(self, pair: int) -> TypesOn:
        days = self.queries[self.pairs.mention[pair]].days
        asked = (int(self.entity[pair]), days[0] if days else -1)
        if asked not in self._known_types:
            self._known_types[asked] = types_on(self.index, *asked)
        return self._known_types[asked]

    @cached_property
    def context_agreement(self) -> dict[str, Floats]:
        """How the context of each pair agrees with its entity: the fields of ``ContextAgreement``, each an array."""
        if not any(query.mention.within for query in self.queries) and not any(one.around for one in self._flat):
            return dict.fromkeys(ContextAgreement._fields, self.nothing)
        counts = np.zeros((len(self), len(ContextAgreement._fields)))
        within = np.array([bool(query.mention.within) for query in self.queries], np.bool_)
        surrounded = within[self.pairs.mention] | (self.of_readings(lambda reading: bool(reading.around)) > 0)
        surroundings = Surroundings(self.index, self.contexts)
        for pair in np.flatnonzero(surrounded).tolist():
            query = self.queries[self.pairs.mention[pair]]
            counts[pair] = surroundings.agreement(
                int(self.entity[pair]), self.reading(pair), query.mention.within, query.days
            )
        found = {field: counts[:, number] for number, field in enumerate(ContextAgreement._fields)}
        # Where a namesake held the office named, someone else from the same body did not.
        holder = np.zeros(len(self.queries), np.bool_)
        np.logical_or.at(holder, self.pairs.mention, found["role"] + found["role_past"] > 0)
        others = holder[self.pairs.mention]
        found["role_of_others"] = found["role_of_others"] + found["office_within"] * others
        found["within"] = found["within"] + found["office_within"] * ~others
        return found

    def is_directly_within(self, pair: int) -> bool:
        """Whether the context of a pair names a parent that its entity had at some time."""
        parents = set(self.index.record(int(self.entity[pair])).parents)
        reading = self.reading(pair)
        parts = (*self.queries[self.pairs.mention[pair]].mention.within, *reading.around)
        return any(self.contexts[part].entities & parents for part in parts)


def _accents(spelt: Spelling) -> int:
    return ACCENTS.index(spelling.accents(spelt.core, spelt.name, spelt.vietnamese, exact=spelt.exact))


def _spacing(spelt: Spelling) -> int:
    return SPACINGS.index(spelling.spacing(spelt.core, spelt.name)) if spelt.exact else 0
