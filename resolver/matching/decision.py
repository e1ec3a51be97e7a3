"""From ranked candidates to answers: which entity, in which version, what happened to it, what is there now.

The results of a batch stay in arrays. The fields of a match are computed on first access.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver.days import FIRST_DAY, day_range
from resolver.failures import failed_fields, is_raised
from resolver.history.changes import area_at, changes_between, comprised_on, counted_from, version_at
from resolver.history.describe import Describer
from resolver.history.tenures import held_by_one, held_on, holders, latest
from resolver.index.index import Index, Record
from resolver.matching.comparison import Floats
from resolver.matching.contained import known_within
from resolver.matching.matcher import Explained
from resolver.matching.notes import (
    note_of_body,
    note_of_columns,
    note_of_contained,
    note_of_matched,
    note_of_open,
    note_of_stranger,
)
from resolver.matching.ranking import METHODS, Ranking
from resolver.mention_batch import STATUSES, MentionBatch
from resolver.model import TYPES, Candidate, Change, Dating, Entity, Evidence, Match, Mention, Tenure
from resolver.text.localities import leading_body
from resolver.text.reading import read
from resolver.text.roles import names_somebody

__all__ = ["NOTHING_COMMON", "NOTHING_SAID", "NOT_MATCHED", "Decider", "LazyMatch", "MatchOptions", "Verdicts"]

Days = tuple[int, int]
_MATCHED = STATUSES.index("matched")
_PERSON, _OFFICE = map(TYPES.index, ("person", "office"))
_COMMUNE = TYPES.index("commune")
_LISTED = frozenset(map(TYPES.index, ("district", "commune")))
_EXPLAINED_AT_ONCE = 32
_CODE = re.compile(r"\s*\d{2,6}\s*")
"""A number that may be an official code."""


class MatchOptions(NamedTuple):
    """Options of an answer: the target day of the crosswalk, the language shown, the least score of a match."""

    target: int
    language: str
    min_score: float


class Said(NamedTuple):
    """What a mention says about the holder of an office: a former one, an acting one."""

    former: bool = False
    acting: bool = False


NOTHING_SAID = Said()


class LazyMatch(NamedTuple):
    """The fields of a match that depend on the entity meant."""

    entity: Entity
    dating: Dating
    changes: tuple[Change, ...] = ()
    current: tuple[Entity, ...] = ()
    current_known: bool = True
    held: tuple[Tenure, ...] = ()
    holders: tuple[Tenure, ...] = ()
    note: str = ""


NOT_MATCHED: dict[str, Any] = {
    "entity": None,
    "evidence": (),
    "method": "",
    "dating": "",
    "changes": (),
    "current": (),
    "current_known": True,
    "held": (),
    "holders": (),
}

NOTHING_COMMON: dict[str, Any] = {"common": None, "common_current": ()}
"""The value for a mention that is not ambiguous among places."""

_LIKELY = 0.01
"""Least probability of the candidates that ``common`` is computed from."""


class Decider:
    """Builds the answers from one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.describer = lru_cache(maxsize=8)(lambda language: Describer(index, language))
        self._area_at: Callable[[int, int, int], tuple[int, ...]] = lru_cache(maxsize=100_000)(
            lambda entity, since, day: area_at(index, entity, since, day)
        )
        self.told: Callable[[int, int, Days | None, MatchOptions, Said], LazyMatch] = lru_cache(maxsize=100_000)(
            self._told
        )
        self.shown: Callable[[int, int, Days | None, str], Entity] = lru_cache(maxsize=100_000)(self._shown)

    def settle(
        self, mention: Mention, entity: int, days: Days | None, wanted: MatchOptions, method: str = "override"
    ) -> Match:
        """Return the answer if the entity is known already, by a person's decision or an official code."""
        version = version_at(self._index.record(entity), days[0] if days else self._index.as_of_day)
        told = self.told(entity, version, days, wanted, NOTHING_SAID)
        chosen = Candidate(told.entity, 1.0, method, told.dating, ())
        fields: dict[str, Any] = told._asdict() | {"score": 1.0, "method": method, "candidates": (chosen,)}
        return Match(mention, "matched", **fields, gazetteer_date=self._index.as_of)

    def _shown(self, entity: int, version: int, days: Days | None, language: str) -> Entity:
        """Return an entity in the version meant."""
        return self.describer(language).version(entity, version, days[0] if days else self._index.as_of_day)

    def _told(self, entity: int, version: int, days: Days | None, wanted: MatchOptions, said: Said) -> LazyMatch:
        record = self._index.record(entity)
        since = counted_from(record, version, days, self._index.as_of_day)
        stands = self._stands(entity, version, days, wanted)
        at_target = self.describer(wanted.language).at
        told = LazyMatch(
            self.shown(entity, version, days, wanted.language),
            self.dating(entity, days),
            changes=changes_between(record, since, wanted.target),
            current=tuple(at_target(one, wanted.target) for one in stands),
            current_known=bool(stands),
            held=_held(record, days, wanted.target),
            holders=_holders(record, days, wanted.target, said),
        )
        note = note_of_matched(told)
        if days and self._before_records(entity, days):
            note += " When it began is not recorded."
        return told._replace(note=note)

    def _before_records(self, entity: int, days: Days) -> bool:
        """Whether a day is before the first list of districts and communes and the unit's start is not recorded."""
        if self._index.entity_type[entity] not in _LISTED or self._index.entity_days[entity, 0] != FIRST_DAY:
            return False
        country = self._index.countries[int(self._index.entity_country[entity])]
        return days[1] < self._index.first_lists.get(country, FIRST_DAY)

    def common(
        self, meant: Sequence[tuple[int, int]], chances: Sequence[float], days: Days | None, wanted: MatchOptions
    ) -> dict[str, Any]:
        """Return what is true of all places that an ambiguous mention may mean.

        ``meant`` are the entities with their versions, ``chances`` their probabilities. ``common`` is the smallest
        place that contains them all, ``common_current`` what is there at the target date, if it is the same for all.
        """
        likely = [pair for pair, chance in zip(meant, chances, strict=True) if chance >= _LIKELY]
        if len(likely) < 2 or any(self._index.entity_type[entity] > _COMMUNE for entity, _ in likely):
            return NOTHING_COMMON
        show = self.describer(wanted.language).at
        stands = [frozenset(self._stands(entity, version, days, wanted)) for entity, version in likely]
        then = self._smallest([(entity, version)] for entity, version in likely)
        today = self._smallest([(unit, -1) for unit in units] for units in stands)
        common: Entity | None = None
        if then[0] >= max(today[0], 0):
            common = show(then[1], days[0] if days else self._index.as_of_day)
        elif today[0] >= 0:
            common = show(today[1], wanted.target)
        same = stands[0] if len(set(stands)) == 1 else ()
        return {"common": common, "common_current": tuple(show(one, wanted.target) for one in sorted(same))}

    def _smallest(self, groups: Iterable[Iterable[tuple[int, int]]]) -> tuple[int, int]:
        """Return level and number of the smallest place that contains all of some groups of places; -1 for none."""
        around = [self._around(*one) for group in groups for one in group]
        within = frozenset.intersection(*around) if around else frozenset()
        return max(((int(self._index.entity_type[one]), one) for one in within), default=(-1, -1))

    def _around(self, entity: int, version: int) -> frozenset[int]:
        """Return a place and what contains it in a version (-1: the last)."""
        parents = self._index.record(entity).parents
        upper = parents[version] if parents else -1
        return frozenset({entity}) if upper < 0 else frozenset({entity, upper}) | self._index.above(upper)

    def _stands(self, entity: int, version: int, days: Days | None, wanted: MatchOptions) -> Sequence[int]:
        """Return the entities at the target date in the area of an entity."""
        meant = comprised_on(self._index.record(entity), version, days, self._index.as_of_day)
        return self._area_at(entity, meant, wanted.target)

    def dating(self, entity: int, days: Days | None) -> Dating:
        """Return whether an entity was in force on the days a mention may date from; empty without a date."""
        if days is None:
            return ""
        first, end = self._index.entity_days[entity]
        if self._before_records(entity, days):
            return ""
        return "not_yet" if first > days[1] else "ended" if end <= days[0] else "in_force"


def _held(record: Record, days: Days | None, target: int) -> tuple[Tenure, ...]:
    if record.type != "person":
        return ()
    return (
        held_on(record.tenures, days) if days else held_on(record.tenures, (target, target)) or latest(record.tenures)
    )


def _holders(record: Record, days: Days | None, target: int, said: Said) -> tuple[Tenure, ...]:
    """Return who held an office at the mention's date, or at the target date if the mention has none."""
    if record.type != "office":
        return ()
    on = days or (target, target)
    return holders(record.tenures, on, former=said.former, acting=said.acting, of_one=held_by_one(record))


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The decisions about a batch of mentions: arrays, and the matches that are computed from them.

    ``notes`` say what was repaired in a mention, by its number; ``blank`` has the numbers of the blank mentions;
    ``explain`` computes the evidence for a mention again, and for those that are asked for soon.
    """

    index: Index
    decider: Decider
    mentions: Sequence[Mention]
    ranking: Ranking
    notes: dict[int, tuple[str, ...]]
    blank: frozenset[int]
    wanted: MatchOptions
    explain: Callable[[Mention, Sequence[Mention]], Explained]

    @property
    def open(self) -> NDArray[np.bool_]:
        """Which mentions are ambiguous or unmatched."""
        return np.asarray(self.ranking.status != _MATCHED, np.bool_)

    def columns(self) -> tuple[NDArray[np.int8], NDArray[np.int32], Floats]:
        """Return for each mention the position of its status in ``STATUSES``, its entity's number or -1, its score."""
        status = self.ranking.status.copy()
        status[list(self.blank)] = STATUSES.index("blank")
        entity = np.full(len(status), -1, np.int32)
        matched = status == _MATCHED
        entity[matched] = self.ranking.candidates.entity[self.ranking.start[:-1][matched]]
        return status, entity, self.ranking.score

    def matches(self) -> list[Match]:
        """Return a match for each mention."""
        matches = Match.computed_by(self, range(len(self.mentions)))
        status, entity, score = self.columns()
        Match.fill(matches, "status", list(map(STATUSES.__getitem__, status.tolist())))
        Match.fill(matches, "score", score.tolist())
        if not isinstance(self.mentions, MentionBatch):
            return matches
        # All have the same date, so each version of an entity is described only once.
        first = self.ranking.start[:-1]
        version = np.zeros(len(first), np.int64)
        version[entity >= 0] = self.ranking.candidates.version[first[entity >= 0]]
        meant, of_mention = np.unique(entity.astype(np.int64) << 32 | version & 0xFFFF, return_inverse=True)
        days = self._days(0) if len(self.mentions) else None
        day = days[0] if days else self.index.as_of_day
        numbers, versions = (meant >> 32).tolist(), (meant & 0xFFFF).astype(np.int16).tolist()
        places = [(number, version, day) for number, version in zip(numbers, versions, strict=True)]
        shown: list[Entity | None] = [*self.decider.describer(self.wanted.language).versions(places)]
        if numbers and numbers[0] < 0:
            shown[0] = None  # an unmatched mention has no entity
        Match.fill(matches, "entity", list(map(shown.__getitem__, of_mention.tolist())))
        return matches

    def compute(self, place: int, field: str, record: Match) -> dict[str, Any]:
        """Fill fields of a mention's match; if that fails, fill all fields as unmatched."""
        try:
            return self._compute(place, field, record)
        except Exception as error:
            if is_raised(error):
                raise
            return failed_fields(error, self.index.as_of)

    def _compute(self, place: int, field: str, record: Match) -> dict[str, Any]:
        if field in {"status", "score"}:
            status = "blank" if place in self.blank else STATUSES[self.ranking.status[place]]
            return {"status": status, "score": float(self.ranking.score[place])}
        if field in {"mention", "remainder", "candidates", *NOTHING_COMMON}:
            return self._compute_any(place, field, record)
        if self.ranking.status[place] == _MATCHED:
            return self._compute_matched(place, field)
        if field == "note":
            note = self._note_of_open(place, record)
            if record.status == "unmatched" and _CODE.fullmatch(self.mentions[place].text):
                note += " If it is an official code: `resolver convert --from-codes` reads codes."
            return {"note": self._with_repairs(place, note)}
        return NOT_MATCHED | {"gazetteer_date": self.index.as_of}

    def _note_of_open(self, place: int, record: Match) -> str:
        text = self.mentions[place].text
        body = leading_body(text)
        note = note_of_body(body, record.candidates) if body else ""
        within = None if note or record.status != "unmatched" or record.candidates else known_within(self.index, text)
        if within:
            return note_of_contained(within.name, within.type, within.rest, is_another=within.is_another)
        if not note and record.status == "unmatched" and names_somebody(text):
            return note_of_stranger([one for one in record.candidates if one.entity.type == "person"])
        return note or note_of_open(record.status, record.candidates)

    def _compute_any(self, place: int, field: str, record: Match) -> dict[str, Any]:
        """Fill the fields that do not depend on what is matched."""
        if field == "candidates":
            return {"candidates": self._candidates(place)}
        if field in NOTHING_COMMON:
            return self._common(place) if record.status == "ambiguous" else NOTHING_COMMON
        return {"mention": self.mentions[place], "remainder": ""}

    def _compute_matched(self, place: int, field: str) -> dict[str, Any]:
        first = int(self.ranking.start[place])
        if field == "evidence":
            return {"evidence": self._counted(first)}
        meant = self._meant(first)
        if field == "entity":
            return {"entity": self.decider.shown(*meant, self._days(place), self.wanted.language)}
        told = self.decider.told(*meant, self._days(place), self.wanted, self._said(place, meant[0]))
        method = METHODS[self.ranking.candidates.method[first]]
        note = told.note
        if self.mentions[place].within and self.index.entity_type[meant[0]] == _PERSON:
            columns = note_of_columns(self.mentions[place].within, self._counted(first))
            note = f"{note} {columns}" if columns else note
        known = {"note": self._with_repairs(place, note), "method": method, "gazetteer_date": self.index.as_of}
        return told._asdict() | known

    def _said(self, place: int, entity: int) -> Said:
        """Return what a mention says about the holder of an office."""
        if self.index.entity_type[entity] != _OFFICE:
            return NOTHING_SAID
        readings = read(self.mentions[place].text).readings
        return Said(any(reading.former for reading in readings), any(reading.acting for reading in readings))

    def _with_repairs(self, place: int, note: str) -> str:
        return " ".join((note, *self.notes[place])) if place in self.notes else note

    def _days(self, place: int) -> Days | None:
        date = self.mentions[place].date
        return day_range(date) if date else None

    def _meant(self, at: int) -> tuple[int, int]:
        """Return the entity and the version of a candidate."""
        candidates = self.ranking.candidates
        return int(candidates.entity[at]), int(candidates.version[at])

    def _candidates(self, place: int) -> tuple[Candidate, ...]:
        start = self.ranking.start
        source = _LazyCandidate(self, place)
        return tuple(Candidate.computed_by(source, range(int(start[place]), int(start[place + 1]))))

    def _common(self, place: int) -> dict[str, Any]:
        """Return what the candidates of a mention have in common."""
        found = range(int(self.ranking.start[place]), int(self.ranking.start[place + 1]))
        chances = [float(self.ranking.probability[at]) for at in found]
        return self.decider.common([self._meant(at) for at in found], chances, self._days(place), self.wanted)

    def _counted(self, at: int) -> tuple[Evidence, ...]:
        """Return what counted for and against a candidate."""
        candidates = self.ranking.candidates
        place = int(candidates.mention[at])
        # Whoever reads the evidence of one mention reads that of the next ones, too; together they cost little more.
        following = range(place + 1, min(place + _EXPLAINED_AT_ONCE, len(self.mentions)))
        beside = [self.mentions[one] for one in following if self.ranking.start[one] < self.ranking.start[one + 1]]
        return self.explain(self.mentions[place], beside)[int(candidates.entity[at])]

    def candidate(self, place: int, at: int, field: str) -> dict[str, Any]:
        """Fill a field of a candidate of a mention."""
        if field == "evidence":
            return {"evidence": self._counted(at)}
        if field in {"score", "method"}:
            method = METHODS[self.ranking.candidates.method[at]]
            return {"score": float(self.ranking.probability[at]), "method": method}
        entity, version = self._meant(at)
        days = self._days(place)
        if field == "dating":
            return {"dating": self.decider.dating(entity, days)}
        return {"entity": self.decider.shown(entity, version, days, self.wanted.language)}


@dataclass(frozen=True, slots=True)
class _LazyCandidate:
    """Fills the candidates of one mention."""

    verdicts: Verdicts
    mention: int

    def compute(self, place: int, field: str, _record: Candidate) -> dict[str, Any]:
        return self.verdicts.candidate(self.mention, place, field)
