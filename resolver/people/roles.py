"""People meant by their office, or by a part of their name: “the Interior Minister”, “Gen. Quang, Minister of ...”.

Used for mentions that equal keys do not match. An office alone means its holder if a person is requested. A part of a
name next to an office means a holder of this office; without an office it gives only a candidate.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from resolver.history.tenures import certainty, held_by_one, held_on, holders, unseen_since
from resolver.index.index import Index
from resolver.matching.comparison import ContextMeaning, Query
from resolver.matching.decision import Decider, MatchOptions
from resolver.matching.notes import note_of_open
from resolver.model import TYPES, Candidate, Entity, EntityType, Evidence, Match, Mention, Tenure
from resolver.people.partial_names import Fit, PartialNames, fit
from resolver.people.split_offices import joined
from resolver.text import roles
from resolver.text.reading import Parsed, Reading

__all__ = ["RoleResolver", "may_name_person"]

_OFFICE = TYPES.index("office")

Ask = Callable[[Sequence[Mention]], Sequence[Match]]
"""Answers mentions of offices."""

Meanings = Callable[[Sequence[Query]], Mapping[str, ContextMeaning]]
"""Returns what the texts beside the names in some queries may mean."""

_NAMED_IN_PART = {"turned": 0.97, "partial": 0.95, "initials": 0.95, "given": 0.93}
"""Probability of a part of a name next to an office that the person holds."""

_UNSUPPORTED = {"turned": 0.7, "partial": 0.5, "initials": 0.4}
"""The same without an office: never enough for a match."""

_FORMER = 0.6
_NOT_THEN = 0.3
_ONE_OF_SEVERAL = 0.7
"""Probability of the only recorded holder of an office that several people hold at once."""

_LIKELY_OFFICE = 0.15
"""Least probability of an uncertain office whose holders are looked up."""

_LEAST_LIKELY = 0.001
"""Least probability of a person who is listed: not one who was last seen in the office decades before."""

_NAMED_TOGETHER = 0.97
"""Probability of an office named next to another one that the same person holds."""

_MOST_CANDIDATES = 20


class _Bearer(NamedTuple):
    """A person who may be meant, with the probability, and the reason in words."""

    person: int
    score: float
    feature: str
    why: str


class RoleResolver:
    """Finds the people of one index by their offices and by parts of their names."""

    def __init__(self, index: Index, decider: Decider) -> None:
        self._index = index
        self._decider = decider
        self._names = PartialNames(index)

    def answer(
        self,
        queries: Sequence[Query],
        matches: Sequence[Match],
        meanings: Meanings,
        wanted: MatchOptions,
        ask: Ask,
    ) -> list[Match]:
        """Return the matches of queries without a certain person, replaced if an office or a part of a name decides."""
        named = self._named_offices(queries, ask)
        contexts = meanings([query for query in queries if any(self._may_be_parts(query))])
        found: list[Match] = []
        for query, match, offices in zip(queries, matches, named, strict=True):
            meant = self._by_part(query, contexts, wanted)
            if not meant and not _asks_for_holder(query.mention):
                several = self._several(query, offices, wanted) or _told_in_two(query, match, offices)
                if several:
                    found.append(several)
                    continue
            elif not meant:
                meant = self._holders(query, offices, wanted)
            if not meant and match.status == "unmatched":
                meant = self._unsupported(query)
            found.append(self._told(query, meant, wanted) if meant else _without_holder(match, offices))
        return found

    def _several(self, query: Query, offices: Sequence[Match], wanted: MatchOptions) -> Match | None:
        """Return the match of several offices named together if no person is requested: the first of them.

        Its holders are those who hold all of them.
        """
        if len(offices) < 2:
            return None
        everyone = {self._index.ids[bearer.person] for bearer in self._holders(query, offices, wanted)}
        named: list[Entity] = []
        for office in offices:
            likely = [one.entity for one in _likely(office)]
            meant = [one for one in likely if everyone & self._holding(query, one.id, wanted)] or likely
            if len(meant) != 1 or meant[0].type != "office":
                return None
            named.append(meant[0])
        told = f"names {len(named)} offices: {'; '.join(office.path for office in named)}"
        settled = self._decider.settle(query.mention, self._index.numbers[named[0].id], query.days, wanted, "role")
        holding = tuple(tenure for tenure in settled.holders if tenure.person_id in everyone)
        who = ", ".join(dict.fromkeys(tenure.person for tenure in holding)) or "nobody recorded"
        score = min(office.score for office in offices) if not everyone else _NAMED_TOGETHER
        evidence = (Evidence("offices", 0.0, f"it {told}"),)
        chosen = replace(settled.candidates[0], score=score, evidence=evidence)
        note = " ".join((f"{told}; held together by {who}.", *query.parsed.notes))
        match = replace(settled, score=score, holders=holding, note=note, evidence=evidence, candidates=(chosen,))
        return match if score >= wanted.min_score else None

    def _holding(self, query: Query, office_id: str, wanted: MatchOptions) -> set[str]:
        return {self._index.ids[bearer.person] for bearer in self._in_office(query, office_id, wanted)}

    def _named_offices(self, queries: Sequence[Query], ask: Ask) -> list[list[Match]]:
        """Return for each query the matches of the offices that it names."""
        offices = [_offices(query) for query in queries]
        asked = list(dict.fromkeys(office for of_one in offices for office in of_one))
        known = dict(zip(asked, ask(asked) if asked else (), strict=True))
        self._join(known, ask)
        return [[known[office] for office in of_one] for of_one in offices]

    def _join(self, known: dict[Mention, Match], ask: Ask) -> None:
        """Replace the matches of offices that are named only together with a place or body of another column."""
        ways = {
            office: [office._replace(text=text, within=others) for text, others in joined(office.text, office.within)]
            for office, match in known.items()
            if match.status != "matched" and office.within
        }
        asked = list(dict.fromkeys(way for of_one in ways.values() for way in of_one))
        answers = dict(zip(asked, ask(asked) if asked else (), strict=True))
        for office, of_one in ways.items():
            named = [answers[way] for way in of_one if answers[way].status == "matched"]
            if named and len({match.entity.id for match in named if match.entity}) == 1:
                known[office] = named[0]

    def _holders(self, query: Query, offices: Sequence[Match], wanted: MatchOptions) -> list[_Bearer]:
        if not offices:
            return []
        each = [self._holders_of(query, office, wanted, together=len(offices) > 1) for office in offices]
        # If only one person holds all the offices named, that person is meant, even if others hold one of them.
        holding_all = sorted(set.intersection(*(set(one) for one in each)))
        return _shared([max((one[person] for one in each), key=lambda bearer: bearer.score) for person in holding_all])

    def _holders_of(self, query: Query, match: Match, wanted: MatchOptions, *, together: bool) -> dict[int, _Bearer]:
        """Return the holders of the office or offices that a mention may name, with what is known about each.

        If offices are named ``together``, each with its own namesakes, who holds both shows which offices are meant.
        """
        found: dict[int, _Bearer] = {}
        matched = match.status == "matched"
        offices = [(one, 1.0 if together or matched else one.score) for one in _likely(match)]
        for candidate, share in offices:
            for bearer in self._in_office(query, candidate.entity.id, wanted):
                _keep_best(found, bearer._replace(score=bearer.score * share))
        return found

    def _in_office(self, query: Query, office_id: str, wanted: MatchOptions) -> Iterator[_Bearer]:
        record = self._index.record(self._index.numbers[office_id])
        days = query.days or (wanted.target, wanted.target)
        former = any(reading.former for reading in query.parsed.readings)
        acting = any(reading.acting for reading in query.parsed.readings)
        shared = not held_by_one(record)
        held = holders(record.tenures, days, former=former, acting=acting, of_one=not shared)
        people: dict[str, list[Tenure]] = defaultdict(list)
        for tenure in held:
            people[tenure.person_id].append(tenure)
        for person, tenures in people.items():
            sure = _FORMER if former else max(certainty(tenure, days) for tenure in tenures)
            if shared or (acting and not any(tenure.acting for tenure in tenures)):
                sure *= _ONE_OF_SEVERAL
            if sure < _LEAST_LIKELY:
                continue
            when = "before" if former else "then" if query.days else "now"
            why = _why(max(tenures, key=lambda tenure: certainty(tenure, days)), when, days[0])
            yield _Bearer(self._index.numbers[person], sure, "holder", why)

    def _by_part(self, query: Query, contexts: Mapping[str, ContextMeaning], wanted: MatchOptions) -> list[_Bearer]:
        """Return the holders of an office if a part of a name next to it may be theirs."""
        days = query.days or (wanted.target, wanted.target)
        now: dict[int, _Bearer] = {}
        once: dict[int, _Bearer] = {}
        for reading in self._may_be_parts(query):
            for tenure, how in self._named_in_part(query, reading, contexts):
                then = bool(held_on([tenure], days))
                sure = _NAMED_IN_PART[how] * certainty(tenure, days) if then else _NOT_THEN
                person = self._index.numbers[tenure.person_id]
                why = f"“{reading.core}” may be {tenure.person}, whose office is named: {tenure.office}"
                _keep_best(now if then else once, _Bearer(person, sure, f"name_{how}", why))
        return _shared(list((now or once).values()))

    def _may_be_parts(self, query: Query) -> Iterator[Reading]:
        """Yield the readings of an office with something beside it that may be a part of a name."""
        if query.parsed.office:
            for reading in query.parsed.readings:
                if reading.around and self._names.may_be_part(reading.core):
                    yield reading

    def _named_in_part(
        self, query: Query, reading: Reading, contexts: Mapping[str, ContextMeaning]
    ) -> Iterator[tuple[Tenure, Fit]]:
        if any(not contexts[part].entities for part in reading.context):
            return
        meant = {entity for part in reading.around for entity in contexts[part].entities if contexts[part].sure}
        for entity in sorted(one for one in meant if self._index.entity_type[one] == _OFFICE):
            record = self._index.record(entity)
            if not _allowed(query.mention, record.country):
                continue
            for tenure in record.tenures:
                person = self._index.numbers[tenure.person_id]
                fits = [how for name in self._names.names(person) if (how := fit(reading.core, name))]
                if fits:
                    yield tenure, fits[0]

    def _unsupported(self, query: Query) -> list[_Bearer]:
        """Return the people whose name a text may be a part of, if a person is requested or a rank comes before it."""
        found: dict[int, _Bearer] = {}
        for reading in query.parsed.readings:
            if reading.context or not (query.mention.types == ("person",) or _ranked(reading)):
                continue
            for person, how in self._names.find(reading.core):
                if _allowed(query.mention, self._index.record(person).country):
                    why = f"“{reading.core}” may be {self._names.names(person)[0]}"
                    found.setdefault(person, _Bearer(person, _UNSUPPORTED[how], f"name_{how}", why))
        return _shared(list(found.values()))

    def _told(self, query: Query, bearers: Sequence[_Bearer], wanted: MatchOptions) -> Match:
        """Return the match from the people who may be meant."""
        ranked = sorted(bearers, key=lambda bearer: (-bearer.score, bearer.person))[:_MOST_CANDIDATES]
        settled = [self._decider.settle(query.mention, one.person, query.days, wanted) for one in ranked]
        named = tuple(_candidate(match, bearer) for match, bearer in zip(settled, ranked, strict=True) if match.entity)
        best = named[0]
        ahead = len(named) == 1 or best.score > named[1].score
        if ahead and best.score >= wanted.min_score:
            match = replace(settled[0], score=best.score, method="role", evidence=best.evidence, candidates=named)
        else:
            told = note_of_open("ambiguous", named)
            match = Match(query.mention, "ambiguous", score=best.score, candidates=named, note=told)
        told = " ".join((match.note, *query.parsed.notes))
        return replace(match, note=told, gazetteer_date=self._index.as_of)


def _why(tenure: Tenure, when: str, day: int) -> str:
    """Return in words that someone held an office, or when they were last seen in it."""
    seen = unseen_since(tenure, day) if when != "before" else ""
    held = f"was last seen in the office {seen}" if seen else f"held the office {when}"
    return f"{tenure.person} {held}: {tenure.office}"


def _without_holder(match: Match, offices: Sequence[Match]) -> Match:
    """Return a match; if it found nobody and names an office, its note says that the holder is not recorded."""
    known = [office for office in offices if office.entity and office.entity.type == "office"]
    if match.status != "unmatched" or not known or not known[0].entity:
        return match
    ended = known[0].dating == "ended"
    why = "which was no longer in force at the date" if ended else "but who held it then is not recorded"
    return replace(match, note=f"names an office, {known[0].entity.name}, {why}.")


def _told_in_two(query: Query, match: Match, offices: Sequence[Match]) -> Match | None:
    """Return the match of an office whose place or body is in another column, if no person is requested."""
    if match.status == "matched" or len(offices) != 1 or offices[0].status != "matched":
        return None
    return replace(offices[0], mention=query.mention)


def may_name_person(types: tuple[EntityType, ...], parsed: Parsed) -> bool:
    """Whether a mention may mean a person by something other than a full name, given the requested types."""
    if types and "person" not in types:
        return False
    return parsed.office or types == ("person",) or any(map(_ranked, parsed.readings))


def _ranked(reading: Reading) -> bool:
    return any(title.kind in {"rank", "honorific"} for title in reading.titles)


def _keep_best(found: dict[int, _Bearer], bearer: _Bearer) -> None:
    known = found.get(bearer.person)
    if known is None or known.score < bearer.score:
        found[bearer.person] = bearer


def _shared(bearers: Sequence[_Bearer]) -> list[_Bearer]:
    """Return people with their probabilities reduced to a sum of at most one."""
    total = max(1.0, sum(bearer.score for bearer in bearers))
    return [bearer._replace(score=bearer.score / total) for bearer in bearers]


def _candidate(match: Match, bearer: _Bearer) -> Candidate:
    assert match.entity is not None
    weight = round(math.log(bearer.score / (1 - bearer.score)), 3)
    return Candidate(match.entity, bearer.score, "role", match.dating, (Evidence(bearer.feature, weight, bearer.why),))


def _likely(office: Match) -> list[Candidate]:
    """Return the likely candidates of a mention of an office."""
    if office.status == "matched":
        return [office.candidates[0]]
    return [one for one in office.candidates if one.method != "fuzzy" and one.score >= _LIKELY_OFFICE]


def _asks_for_holder(mention: Mention) -> bool:
    """Whether an office alone means its holder: if a person is requested and an office cannot be the answer."""
    return "person" in mention.types and "office" not in mention.types


def _offices(query: Query) -> list[Mention]:
    """Return the offices in a mention of nothing but offices; a single office only if a person is requested."""
    mention, parsed = query.mention, query.parsed
    named = roles.offices(parsed.text) if parsed.office else ()
    if len(named) < 2 and not _asks_for_holder(mention) and not (mention.within and parsed.office):
        return []
    return [mention._replace(text=office, types=("office",)) for office in named]


def _allowed(mention: Mention, country: str) -> bool:
    return not mention.countries or country in mention.countries
