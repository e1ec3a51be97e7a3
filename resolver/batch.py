"""A batch of pairs of mention and name, with all that can be observed of each pair before it is weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver import spelling
from resolver.candidates import Pairs
from resolver.changes import version_at
from resolver.index import Index
from resolver.model import TYPES, Mention
from resolver.tenures import held_on, standing
from resolver.text import keys, terms
from resolver.text.reading import Parsed, Reading
from resolver.text.terms import TypeWord

__all__ = ["Around", "Batch", "Meaning", "Question"]

_PROVINCE, _PERSON, _OFFICE = map(TYPES.index, ("province", "person", "office"))
_TYPE_WORD_LIVES = 3653
"""Days for which people go on using the type word of before: ten years."""


@dataclass(frozen=True, slots=True)
class Question:
    """A distinct mention, read, with the days it may date from (none where it is undated)."""

    mention: Mention
    parsed: Parsed
    days: tuple[int, int] | None


class Meaning(NamedTuple):
    """All entities that a context text may mean; ``sure`` unless they were found only by changing letters."""

    entities: frozenset[int]
    sure: bool


class Around(NamedTuple):
    """How the context of a reading agrees with a candidate: counts of context parts."""

    within: int = 0
    nearly: int = 0
    lineage: int = 0
    kin: int = 0
    apart: int = 0
    unknown: int = 0
    role: int = 0
    role_past: int = 0
    role_ahead: int = 0
    role_of_others: int = 0
    role_word: int = 0


class Batch:
    """All pairs of a batch, with what the features need to know of them, one array element a pair."""

    def __init__(
        self,
        index: Index,
        questions: Sequence[Question],
        pairs: Pairs,
        contexts: Mapping[str, Meaning],
    ) -> None:
        self.index = index
        self.questions = questions
        self.pairs = pairs
        self.contexts = contexts
        self.entity = index.row_entity[pairs.row]
        self.type = index.entity_type[self.entity]
        self.kind = index.row_kind[pairs.row]
        self.edits = pairs.edits

    def __len__(self) -> int:
        return len(self.pairs)

    def reading(self, pair: int) -> Reading:
        """Return the reading of a pair."""
        return self.questions[int(self.pairs.mention[pair])].parsed.readings[int(self.pairs.reading[pair])]

    def name(self, pair: int) -> str:
        """Return the name of a pair as the gazetteer spells it."""
        return self.index.texts[int(self.pairs.row[pair])]

    @cached_property
    def readings(self) -> list[Reading]:
        """The reading of each pair."""
        return [self.reading(pair) for pair in range(len(self))]

    @property
    def worded(self) -> Iterator[tuple[str, Reading]]:
        """The language of the name of each pair, and its reading."""
        languages = self.index.row_language[self.pairs.row].tolist()
        return ((self.index.languages[language], r) for language, r in zip(languages, self.readings, strict=True))

    @cached_property
    def accents(self) -> list[str]:
        """How the diacritics of each pair agree; empty for misspelt names, which ``stray_marks`` judges."""
        return [
            spelling.accents(reading.core, self.name(pair), bool(vietnamese_name)) if not edits else ""
            for pair, (reading, edits, vietnamese_name) in enumerate(
                zip(self.readings, self.edits, self._vietnamese, strict=True)
            )
        ]

    @cached_property
    def _vietnamese(self) -> NDArray[np.bool_]:
        return np.asarray(self.index.row_vietnamese[self.pairs.row], np.bool_)

    @cached_property
    def spacing(self) -> list[str]:
        """How the blanks of each pair agree: ``same``, ``joined`` (some are missing), ``cut`` (they are elsewhere)."""
        return [
            "same" if edits or accents == "words" else spelling.spacing(reading.core, self.name(pair))
            for pair, (reading, edits, accents) in enumerate(zip(self.readings, self.edits, self.accents, strict=True))
        ]

    @cached_property
    def days(self) -> NDArray[np.int32]:
        """First and last day of the mention of each pair; -1 where it is undated."""
        of_mention = np.array([question.days or (-1, -1) for question in self.questions], np.int32).reshape(-1, 2)
        return of_mention[self.pairs.mention]

    @cached_property
    def dated(self) -> NDArray[np.bool_]:
        """Whether the mention of each pair has a date."""
        return self.days[:, 0] >= 0

    @cached_property
    def type_agreement(self) -> list[str]:
        """How the type words of each reading agree: ``fits``, ``fitted`` (till lately), ``level``, ``contradicts``."""
        return [
            _type_agreement(reading.type_words, *self._types(pair)) if reading.type_words else ""
            for pair, reading in enumerate(self.readings)
        ]

    def _types(self, pair: int) -> tuple[str, frozenset[str], frozenset[str]]:
        """Return the type of a pair's entity, its local types when mentioned, and those of the years before."""
        record = self.index.record(int(self.entity[pair]))
        days = self.questions[self.pairs.mention[pair]].days
        day = days[0] if days else min(self.index.as_of_day, int(self.index.entity_days[record.number, 1]) - 1)
        now = version_at(record, day)
        remembered = day - _TYPE_WORD_LIVES
        past = [number for number, (_, end) in enumerate(record.days) if number < now and end > remembered]
        return (
            record.type,
            frozenset({record.versions[now].local_type} if now >= 0 else ()),
            frozenset(record.versions[number].local_type for number in past),
        )

    @cached_property
    def surroundings(self) -> list[Around]:
        """How the context of each pair agrees with its entity."""
        return [self._surrounded(pair, reading) for pair, reading in enumerate(self.readings)]

    def _surrounded(self, pair: int, reading: Reading) -> Around:
        question = self.questions[self.pairs.mention[pair]]
        parts = {keys.key(part): part for part in (*question.mention.within, *reading.around)}.values()
        if not parts:
            return _NOTHING_AROUND
        counts: Counter[str] = Counter(self._agrees(pair, part, question, reading) for part in parts)
        del counts[""]
        return Around(**counts)

    def _agrees(self, pair: int, part: str, question: Question, reading: Reading) -> str:
        """Return how a part of the context agrees with an entity: the field it counts for, if any."""
        entity = int(self.entity[pair])
        meant, sure = self.contexts[part]
        if not meant:
            if part in reading.context:
                return "unknown"
            return "role_word" if self._bears_title(entity, part, question.days) else ""
        if meant & self.index.above(entity):
            return self._role(entity, meant, question.days) or ("within" if sure else "nearly")
        if self._higher(meant & self.index.beside(entity), entity):
            return "lineage"
        if self.type[pair] == _PROVINCE and any(
            self._is_province(other) for other in meant & self.index.beside(entity)
        ):
            return "kin"
        if self.type[pair] == _PERSON and all(self.index.entity_type[other] == _OFFICE for other in meant):
            return "role_of_others"
        return "" if entity in meant else "apart"

    def is_directly_within(self, pair: int) -> bool:
        """Whether the context of a pair names a parent that its entity had at some time."""
        parents = set(self.index.record(int(self.entity[pair])).parents)
        reading = self.reading(pair)
        parts = (*self.questions[self.pairs.mention[pair]].mention.within, *reading.around)
        return any(self.contexts[part].entities & parents for part in parts)

    def _is_province(self, entity: int) -> bool:
        return bool(self.index.entity_type[entity] == _PROVINCE)

    def _higher(self, others: frozenset[int], entity: int) -> bool:
        """Whether one of some entities is of a higher level: only that can hold the predecessor or successor."""
        return any(self.index.entity_type[other] < self.index.entity_type[entity] for other in others)

    def _bears_title(self, entity: int, title: str, days: tuple[int, int] | None) -> bool:
        """Return whether a person held an office then that is headed by a word (Governor), in whatever language."""
        record = self.index.record(entity)
        if record.type != "person":
            return False
        held = held_on(record.tenures, days) if days else record.tenures
        offices = (self.index.record(self.index.numbers[tenure.office_id]) for tenure in held)
        meant = terms.heads(title)
        return bool(meant) and any(terms.heads(name.text) >= meant for office in offices for name in office.names)

    def _role(self, entity: int, meant: frozenset[int], days: tuple[int, int] | None) -> str:
        """Return whether a person held one of some offices then, before, or only later; empty where never."""
        record = self.index.record(entity)
        if record.type != "person":
            return ""
        held = [tenure for tenure in record.tenures if self.index.numbers[tenure.office_id] in meant]
        return _ROLES[standing(held, days)] if held else ""


_NOTHING_AROUND = Around()
_ROLES = {"now": "role", "past": "role_past", "ahead": "role_ahead"}


@lru_cache(maxsize=65_536)
def _type_agreement(
    type_words: tuple[TypeWord, ...], type_: str, local_types: frozenset[str], past: frozenset[str]
) -> str:
    agreements = {_one_agreement(word, type_, local_types, past) for word in type_words}
    return next(kind for kind in ("contradicts", "level", "fitted", "fits") if kind in agreements)


def _one_agreement(word: TypeWord, type_: str, local_types: frozenset[str], past: frozenset[str]) -> str:
    meant_locals = {local for meant, local in word.meanings if meant == type_}
    if meant_locals & local_types:
        return "fits"
    if meant_locals & past:
        return "fitted"
    return "level" if any(meant == type_ for meant, _ in word.meanings) else "contradicts"
