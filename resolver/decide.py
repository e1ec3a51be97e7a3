"""From scored candidates to an answer: which entity, in which version, what happened to it, what stands there now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from resolver.batch import Batch, Question
from resolver.changes import area_at, changes_between, version_at
from resolver.describe import Describer
from resolver.features import Floats
from resolver.index import Index, Record
from resolver.model import TYPES, Candidate, Dating, Match, Mention, Status, Tenure
from resolver.notes import note
from resolver.scoring import Scores, evidence
from resolver.tenures import held_on, latest

__all__ = ["Decider", "Wanted"]

_WORTH_NAMING = 0.05
"""Probability of the best candidate from which a mention is ambiguous rather than unmatched."""

_WORTH_NAMING_TOGETHER = 0.15
"""The same for all candidates together."""

_OFFICE = TYPES.index("office")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How answers are wanted: the target day of the crosswalk, the language shown, the least score of a match."""

    target: int
    language: str
    min_score: float


class Decider:
    """Makes the answers of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.describer = lru_cache(maxsize=8)(lambda language: Describer(index, language))

    def decide(
        self,
        question: Question,
        batch: Batch,
        scores: Scores,
        ranked: list[int],
        wanted: Wanted,
    ) -> Match:
        """Return the answer to one question, given its pairs, the most probable first, one an entity."""
        mention = question.mention
        if not question.parsed.text:
            return Match(mention, "blank", gazetteer_date=self._index.as_of)
        named = tuple(self._candidate(question, batch, scores, pair, wanted) for pair in ranked)
        best = named[0].score if named else 0.0
        ahead = best > named[1].score if len(named) > 1 else bool(named)
        if ahead and best >= wanted.min_score:
            version = self._version_meant(question, batch, ranked[0])
            match = self.matched(mention, named, int(batch.entity[ranked[0]]), version, question.days, wanted)
        else:
            together = sum(candidate.score for candidate in named)
            likely = best >= _WORTH_NAMING or together >= _WORTH_NAMING_TOGETHER
            status: Status = "ambiguous" if likely else "unmatched"
            match = Match(mention, status, score=best, candidates=named)
        told = " ".join((note(match), *question.parsed.notes))
        return replace(match, note=told, gazetteer_date=self._index.as_of)

    def settle(self, mention: Mention, entity: int, days: tuple[int, int] | None, wanted: Wanted) -> Match:
        """Return the answer that a person's decision makes."""
        day = days[0] if days else self._index.as_of_day
        version = version_at(self._index.record(entity), day)
        shown = self.describer(wanted.language).version(entity, version, day)
        chosen = Candidate(shown, 1.0, "override", self.dating(entity, days), ())
        match = self.matched(mention, (chosen,), entity, version, days, wanted)
        return replace(match, note=note(match), gazetteer_date=self._index.as_of)

    def _candidate(self, question: Question, batch: Batch, scores: Scores, pair: int, wanted: Wanted) -> Candidate:
        version = self._version_meant(question, batch, pair)
        day = question.days[0] if question.days else self._index.as_of_day
        entity = int(batch.entity[pair])
        return Candidate(
            self.describer(wanted.language).version(entity, version, day),
            float(scores.probability[pair]),
            _method(batch, scores.columns, pair),
            self.dating(entity, question.days),
            evidence(batch, scores, pair),
        )

    def matched(
        self,
        mention: Mention,
        named: tuple[Candidate, ...],
        entity: int,
        version: int,
        days: tuple[int, int] | None,
        wanted: Wanted,
    ) -> Match:
        """Return the match that an entity in one of its versions makes, given the candidates, itself first."""
        record = self._index.record(entity)
        since = self._since(record, version, days)
        stands = area_at(self._index, entity, since, wanted.target)
        at_target = self.describer(wanted.language).at
        found = named[0]
        return Match(
            mention,
            "matched",
            entity=found.entity,
            score=found.score,
            method=found.method,
            dating=found.dating,
            evidence=found.evidence,
            candidates=named,
            changes=changes_between(record, since, wanted.target),
            current=tuple(at_target(one, wanted.target) for one in stands),
            current_known=bool(stands),
            held=_held(record, days, wanted.target),
        )

    def _version_meant(self, question: Question, batch: Batch, pair: int) -> int:
        """Return the version that the mention means: that of its date, else the latest that fits how it is written."""
        record = self._index.record(int(batch.entity[pair]))
        if question.days:
            return version_at(record, question.days[0])
        if len(record.versions) < 2:
            return len(record.versions) - 1
        reading, name = batch.reading(pair), batch.name(pair)
        parts = (*question.mention.within, *reading.around)
        official = {version.name for version in record.versions}

        def fit(number: int) -> tuple[int, int]:
            version = record.versions[number]
            meant = {local for word in reading.type_words for type_, local in word.meanings if type_ == record.type}
            above = self._above(record, number)
            agreed = sum(bool(batch.contexts[part].entities & above) for part in parts)
            # A name that no version bears officially says nothing of the version.
            named = version.name == name or name not in official
            return (not meant or version.local_type in meant) + named + 2 * agreed, number

        return max(range(len(record.versions)), key=fit)

    def _since(self, record: Record, version: int, days: tuple[int, int] | None) -> int:
        """Return the day after which changes count: the mention's, or the start of the version meant.

        Where the entity had ended by the mention's date, what ended it counts. An undated mention that fits what is in
        force means just that.
        """
        if version < 0:
            return self._index.as_of_day
        last_end = record.days[-1][1]
        if days:
            return min(days[0], last_end - 1)
        if version == len(record.versions) - 1 and last_end > self._index.as_of_day:
            return self._index.as_of_day
        return record.days[version][0]

    def _above(self, record: Record, version: int) -> frozenset[int]:
        parent = record.parents[version]
        return frozenset({parent}) | self._index.above(parent) if parent >= 0 else frozenset()

    def dating(self, entity: int, days: tuple[int, int] | None) -> Dating:
        """Return whether an entity is in force on some days."""
        if days is None:
            return ""
        first, end = self._index.entity_days[entity]
        return "not_yet" if first > days[1] else "ended" if end <= days[0] else "in_force"


def _held(record: Record, days: tuple[int, int] | None, target: int) -> tuple[Tenure, ...]:
    if record.type != "person":
        return ()
    return (
        held_on(record.tenures, days) if days else held_on(record.tenures, (target, target)) or latest(record.tenures)
    )


def _method(batch: Batch, columns: Mapping[str, Floats], pair: int) -> str:
    """Return in a word how a pair was found."""
    if batch.edits[pair]:
        return "fuzzy"
    if batch.reading(pair).context and (columns["within"][pair] or columns["nearly"][pair] or columns["lineage"][pair]):
        return "address"
    if columns["role"][pair] or batch.type[pair] == _OFFICE:
        return "role"
    if columns["alias"][pair] or columns["demonym"][pair] or columns["respelt"][pair]:
        return "alias"
    return "exact" if batch.accents[pair] == batch.spacing[pair] == "same" else "folded"
