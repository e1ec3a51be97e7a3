"""From readings of an address to an answer: which place, in which version, and in words what spoke for it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from resolver.address import NAME, Asked, Parent, Reading, Solution, Solver
from resolver.changes import version_at
from resolver.days import day_range
from resolver.decide import Decider, Wanted
from resolver.index import Index, Record
from resolver.model import PLACE_TYPES, TYPES, Candidate, Evidence, Match, Mention, Status
from resolver.notes import note
from resolver.places import Places
from resolver.text import keys, unicode, vietnamese

__all__ = ["Addressed", "Answered", "names_no_place"]

_LONGEST = 4 * unicode.MAX_LENGTH
_LINES = re.compile(r"\s*[\r\n\t]\s*")
_WORTH_NAMING = 0.05
_WORTH_NAMING_TOGETHER = 0.15
_MOST_NAMED = 30
_SAYS = {
    "spelling": "how it is written, and its type word",
    "prominence": "a bare name mostly means the {type}",
    "time": "its time beside the mention's",
    "type_then": "its type word at that time",
    "accents": "other parts are written with diacritics",
    "directly": "the address names what it directly belongs to",
    "skipped": "its district is not named",
    "number": "a number of which there are many",
    "numbers": "nothing but numbers",
    "order": "its parts stand in no order",
    "former": "it is called a former one",
}
_RESTS = {
    "house": "“{text}” is a house or street",
    "street": "“{text}” is a street",
    "hamlet": "“{text}” is a hamlet or quarter",
    "institution": "“{text}” is an institution",
    "number": "“{text}” is a number",
    "type": "“{text}” is the word of another type",
    "former": "“{text}”",
    "words": "“{text}” was not understood",
    "unit": "“{text}” is not found there",
    "province": "“{text}” contradicts: it does not lie there",
    "place": "“{text}” contradicts: it does not lie there",
}
_CONTRADICTING = ("unit", "province", "place")


class Answered(NamedTuple):
    """The answer to an address; final unless it may yet be the name of a person, an office or an organisation."""

    match: Match
    is_final: bool


class Addressed:
    """Answers those mentions that are addresses."""

    def __init__(self, index: Index, decider: Decider) -> None:
        self._index = index
        self._decider = decider
        self._places = Places(index)
        self._solver = Solver(self._places, index.as_of_day)

    def answer(self, mention: Mention, wanted: Wanted) -> Answered | None:
        """Return the answer to a mention if it is an address: one place within another."""
        levels = frozenset(map(TYPES.index, mention.types or PLACE_TYPES)) & frozenset(range(len(PLACE_TYPES)))
        if not levels:
            return None
        text = mention.text
        if "\n" in text or "\t" in text:
            text = _LINES.sub(", ", text.strip())
        repaired = vietnamese.repair(text[:_LONGEST])
        cleaned = unicode.clean(repaired.text)
        if not mention.within and cleaned.text.count(",") < 2 and keys.key(cleaned.text) in self._index.key_numbers:
            return None
        days = day_range(mention.date) if mention.date else None
        solution = self._solver.solve(cleaned.text, Asked(levels, frozenset(mention.countries), days), mention.within)
        only_places = bool(mention.types) and len(levels) == len(set(mention.types))
        if solution is None or (solution.may_be_organisation and not only_places):
            return None
        match = self._match(mention, solution, days, wanted)
        said = note(match)
        more = [sentence for sentence in _told_of_rests(solution) if sentence not in said]
        told = " ".join((said, *more, *repaired.notes, *cleaned.notes))
        match = replace(match, note=told, remainder=solution.remainder, gazetteer_date=self._index.as_of)
        return Answered(match, only_places or solution.is_sure_place)

    def _match(self, mention: Mention, solution: Solution, days: tuple[int, int] | None, wanted: Wanted) -> Match:
        readings = solution.readings[:_MOST_NAMED]
        versions = [self._version(reading, days) for reading in readings]
        named = tuple(
            [
                self._candidate(reading, version, probability, days, wanted)
                for reading, version, probability in zip(readings, versions, solution.probabilities, strict=False)
            ]
        )
        best = named[0].score if named else 0.0
        ahead = best > named[1].score if len(named) > 1 else bool(named)
        if ahead and best >= wanted.min_score:
            return self._decider.matched(mention, named, readings[0].entity, versions[0], days, wanted)
        likely = best >= _WORTH_NAMING or sum(one.score for one in named) >= _WORTH_NAMING_TOGETHER
        status: Status = "ambiguous" if likely else "unmatched"
        return Match(mention, status, score=best, candidates=named)

    def _candidate(
        self, reading: Reading, version: int, probability: float, days: tuple[int, int] | None, wanted: Wanted
    ) -> Candidate:
        day = days[0] if days else self._index.as_of_day
        return Candidate(
            self._decider.describer(wanted.language).version(reading.entity, version, day),
            probability,
            "address",
            self._decider.dating(reading.entity, days),
            _evidence(reading, TYPES[self._places.level[reading.entity]]),
        )

    def _version(self, reading: Reading, days: tuple[int, int] | None) -> int:
        """Return the version that an address means: that of its date, else the latest that fits how it is written."""
        record = self._index.record(reading.entity)
        if days:
            return version_at(record, days[0])
        if len(record.versions) < 2:
            return len(record.versions) - 1
        return max(range(len(record.versions)), key=lambda number: (self._fit(record, number, reading), number))

    def _fit(self, record: Record, number: int, reading: Reading) -> int:
        version, word = record.versions[number], reading.span.word
        meant = {local for type_, local in word.meanings if type_ == record.type} if word else set()
        upper = record.parents[number]
        above = {upper} | self._index.above(upper) if upper >= 0 else set()
        agreed = sum(entity in above for entity, *_ in reading.parents)
        official = {one.name for one in record.versions}
        named = version.name == reading.hit.named.text or reading.hit.named.text not in official
        return (not meant or version.local_type in meant) + named + 2 * agreed


def names_no_place(match: Match) -> bool:
    """Whether an answer is, or may well be, a person, an office or an organisation."""
    return bool(match.candidates) and match.status != "unmatched" and match.candidates[0].entity.type not in PLACE_TYPES


def _told_of_rests(solution: Solution) -> list[str]:
    """Return sentences on what the best reading leaves, and on what speaks against it."""
    if not solution.readings:
        return []
    reading = solution.readings[0]
    told = [f"{_RESTS[rest.kind].format(text=rest.text)}." for rest in reading.rests if rest.kind in _CONTRADICTING]
    told += [
        f"“{parent.span.core}” is what its successor or predecessor lies in."
        for parent in reading.parents
        if parent.weight < 0 and parent.entity != reading.entity and parent.span.core != reading.span.core
    ]
    kept = [rest.text for rest in reading.rests if rest.kind not in (*_CONTRADICTING, "former", "type")]
    return [*told, f"Besides: {', '.join(kept)}."] if kept else told


def _evidence(reading: Reading, type_: str) -> tuple[Evidence, ...]:
    """Return what counted for and against a reading, in words."""
    hit, named = reading.hit, reading.hit.named
    edits = f"{'one edit' if hit.edits == 1 else f'{hit.edits} edits'} off " if hit.edits else ""
    told = [Evidence("name", NAME, f"“{reading.span.core}”: {edits}“{named.text}” is a name of it")]
    told += [
        Evidence(feature, round(weight, 3), _SAYS[feature].format(type=type_))
        for feature, weight in reading.weights
        if weight
    ]
    told += [_told_of_parent(parent) for parent in reading.parents]
    told += [
        Evidence(rest.kind, round(rest.weight, 3), _RESTS[rest.kind].format(text=rest.text))
        for rest in reading.rests
        if rest.weight
    ]
    return tuple(told)


def _told_of_parent(parent: Parent) -> Evidence:
    edits, core = parent.hit.edits, parent.span.core
    off = f", {edits} off “{parent.hit.named.text}”" if edits else ""
    says = f"“{core}” is what it lies in{off}" if parent.weight > 0 else f"“{core}” is beside it only{off}"
    return Evidence("parent", round(parent.weight, 3), says)
