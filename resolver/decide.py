"""From ranked candidates to answers: which entity, in which version, what happened to it, what stands there now.

What is known of a batch of mentions stays in arrays; a match is filled in when it is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver.changes import area_at, changes_between, version_at
from resolver.days import day_range
from resolver.describe import Describer
from resolver.index import Index, Record
from resolver.model import Candidate, Change, Dating, Entity, Evidence, Match, Mention, Status, Tenure
from resolver.notes import note
from resolver.ranking import METHODS, STATUSES, Ranking
from resolver.tenures import held_on, holders, latest

__all__ = ["Decider", "Explained", "Told", "Verdicts", "Wanted"]

Days = tuple[int, int]
_MATCHED = STATUSES.index("matched")
Explained = dict[int, tuple[Evidence, ...]]
"""The evidence for each entity that a mention may mean."""


class Wanted(NamedTuple):
    """How answers are wanted: the target day of the crosswalk, the language shown, the least score of a match."""

    target: int
    language: str
    min_score: float


class Told(NamedTuple):
    """What is told of an entity that a mention means."""

    entity: Entity
    dating: Dating
    changes: tuple[Change, ...] = ()
    current: tuple[Entity, ...] = ()
    current_known: bool = True
    held: tuple[Tenure, ...] = ()
    holders: tuple[Tenure, ...] = ()


class Decider:
    """Makes the answers of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.describer = lru_cache(maxsize=8)(lambda language: Describer(index, language))
        self.told: Callable[[int, int, Days | None, Wanted], Told] = lru_cache(maxsize=100_000)(self._told)
        self.shown: Callable[[int, int, Days | None, str], Entity] = lru_cache(maxsize=100_000)(self._shown)

    def settle(self, mention: Mention, entity: int, days: Days | None, wanted: Wanted) -> Match:
        """Return the answer that a person's decision makes."""
        version = version_at(self._index.record(entity), days[0] if days else self._index.as_of_day)
        told = self.told(entity, version, days, wanted)
        chosen = Candidate(told.entity, 1.0, "override", told.dating, ())
        fields: dict[str, Any] = told._asdict() | {"score": 1.0, "method": "override", "candidates": (chosen,)}
        fields |= {"gazetteer_date": self._index.as_of}
        return Match(mention, "matched", **fields, note=note(Match(mention, "matched", **fields)))

    def _shown(self, entity: int, version: int, days: Days | None, language: str) -> Entity:
        """Return an entity in the version meant."""
        return self.describer(language).version(entity, version, days[0] if days else self._index.as_of_day)

    def _told(self, entity: int, version: int, days: Days | None, wanted: Wanted) -> Told:
        record = self._index.record(entity)
        since = self._since(record, version, days)
        stands = area_at(self._index, entity, since, wanted.target)
        at_target = self.describer(wanted.language).at
        return Told(
            self.shown(entity, version, days, wanted.language),
            self.dating(entity, days),
            changes=changes_between(record, since, wanted.target),
            current=tuple(at_target(one, wanted.target) for one in stands),
            current_known=bool(stands),
            held=_held(record, days, wanted.target),
            holders=self.holders(entity, days, wanted),
        )

    def holders(
        self, office: int, days: Days | None, wanted: Wanted, *, former: bool = False, acting: bool = False
    ) -> tuple[Tenure, ...]:
        """Return who held an office then, or at the target date where a mention has none; of anything else nobody."""
        record = self._index.record(office)
        if record.type != "office":
            return ()
        return holders(record.tenures, days or (wanted.target, wanted.target), former=former, acting=acting)

    def _since(self, record: Record, version: int, days: Days | None) -> int:
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

    def dating(self, entity: int, days: Days | None) -> Dating:
        """Return whether an entity was in force on the days of a mention; empty where it is undated."""
        if days is None:
            return ""
        first, end = self._index.entity_days[entity]
        return "not_yet" if first > days[1] else "ended" if end <= days[0] else "in_force"


def _held(record: Record, days: Days | None, target: int) -> tuple[Tenure, ...]:
    if record.type != "person":
        return ()
    return (
        held_on(record.tenures, days) if days else held_on(record.tenures, (target, target)) or latest(record.tenures)
    )


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What some mentions mean: arrays, and the matches that are filled from them.

    ``notes`` are what was repaired in a mention, by its number; ``blank`` the numbers of those that hold nothing;
    ``former`` and ``acting`` those that speak of who held an office before, or for the time being; ``explain`` finds
    the evidence for a mention again.
    """

    index: Index
    decider: Decider
    mentions: Sequence[Mention]
    ranking: Ranking
    notes: dict[int, tuple[str, ...]]
    blank: frozenset[int]
    former: frozenset[int]
    acting: frozenset[int]
    wanted: Wanted
    explain: Callable[[Mention], Explained]

    @property
    def open(self) -> NDArray[np.bool_]:
        """Which mentions are ambiguous or unmatched."""
        return np.asarray(self.ranking.status != _MATCHED, np.bool_)

    def matches(self) -> list[Match]:
        """Return a match for each mention."""
        told_by = Match.told_by
        return [told_by(self, place) for place in range(len(self.mentions))]

    def tell(self, place: int, field: str) -> dict[str, Any]:
        """Fill a field of the match of a mention."""
        alone = {
            "mention": self._mention,
            "status": self._status,
            "score": self._score,
            "entity": self._entity,
            "candidates": self._candidates,
            "evidence": self._evidence,
            "note": self._note,
        }.get(field)
        return {field: alone(place)} if alone else self._answer(place)

    def _mention(self, place: int) -> Mention:
        return self.mentions[place]

    def _status(self, place: int) -> Status:
        return "blank" if place in self.blank else STATUSES[self.ranking.status[place]]

    def _score(self, place: int) -> float:
        return float(self.ranking.score[place])

    def _note(self, place: int) -> str:
        return " ".join((note(Match.told_by(self, place)), *self.notes.get(place, ())))

    def _evidence(self, place: int) -> tuple[Evidence, ...]:
        return self._counted(int(self.ranking.start[place])) if self._matched(place) else ()

    def _matched(self, place: int) -> bool:
        return bool(self.ranking.status[place] == _MATCHED)

    def _days(self, place: int) -> Days | None:
        date = self.mentions[place].date
        return day_range(date) if date else None

    def _meant(self, at: int) -> tuple[int, int]:
        """Return the entity and the version of a candidate."""
        candidates = self.ranking.candidates
        return int(candidates.entity[at]), int(candidates.version[at])

    def _entity(self, place: int) -> Entity | None:
        if not self._matched(place):
            return None
        meant = self._meant(self.ranking.start[place])
        return self.decider.shown(*meant, self._days(place), self.wanted.language)

    def _answer(self, place: int) -> dict[str, Any]:
        known = {"method": "", "gazetteer_date": self.index.as_of}
        if not self._matched(place):
            return known | {
                "dating": "",
                "changes": (),
                "current": (),
                "current_known": True,
                "held": (),
                "holders": (),
            }
        first = self.ranking.start[place]
        told = self.decider.told(*self._meant(first), self._days(place), self.wanted)
        if told.holders and (place in self.former or place in self.acting):
            said = {"former": place in self.former, "acting": place in self.acting}
            held_by = self.decider.holders(self._meant(first)[0], self._days(place), self.wanted, **said)
            told = told._replace(holders=held_by)
        return known | told._asdict() | {"method": METHODS[self.ranking.candidates.method[first]]}

    def _candidates(self, place: int) -> tuple[Candidate, ...]:
        start = self.ranking.start
        teller = _CandidateTeller(self, place)
        return tuple(Candidate.told_by(teller, at) for at in range(int(start[place]), int(start[place + 1])))

    def _counted(self, at: int) -> tuple[Evidence, ...]:
        """Return what counted for and against a candidate."""
        candidates = self.ranking.candidates
        return self.explain(self.mentions[candidates.mention[at]])[int(candidates.entity[at])]

    def candidate(self, place: int, at: int, field: str) -> dict[str, Any]:
        """Fill a field of a candidate of a mention."""
        if field == "evidence":
            return {"evidence": self._counted(at)}
        if field == "entity":
            return {"entity": self.decider.shown(*self._meant(at), self._days(place), self.wanted.language)}
        return {
            "score": float(self.ranking.probability[at]),
            "method": METHODS[self.ranking.candidates.method[at]],
            "dating": self.decider.dating(self._meant(at)[0], self._days(place)),
        }


@dataclass(frozen=True, slots=True)
class _CandidateTeller:
    """Fills the candidates of one mention."""

    verdicts: Verdicts
    mention: int

    def tell(self, place: int, field: str) -> dict[str, Any]:
        return self.verdicts.candidate(self.mention, place, field)
