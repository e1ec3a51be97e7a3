"""People whose name is in another spelling, script or word order: Choun Narin, ជួន ណារិន្ទ, Lam, To.

Used for mentions that no equal key matches. Candidates are found through the sounds and letters of their words, and
compared like any two names (``name_comparison``). Then the mention is resolved again with the name as the gazetteer
spells it: titles, offices, dates and namesakes count for a respelt name as for any other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from resolver.index.index import Index, Record
from resolver.index.person_names import KnownName, shared_keys, skeleton, whole_keys
from resolver.matching.comparison import Query
from resolver.matching.decision import Decider, MatchOptions
from resolver.matching.notes import note_of_open
from resolver.model import Candidate, EntityType, Match, Mention
from resolver.people.likeness import Likeness
from resolver.people.name_comparison import Comparison, compare_parsed, log_odds
from resolver.people.office_mentions import names_office_only
from resolver.text import khmer
from resolver.text.bearers import has_lowly_title
from resolver.text.persons import PersonalName, gender, parse
from resolver.text.reading import Parsed, Reading
from resolver.text.roles import tells_of_another

__all__ = ["RespeltNames"]

Ask = Callable[[Sequence[Mention]], Sequence[Match]]
"""Answers mentions by the names in them, and by offices."""

_UNASKED = -1.0
"""Weight, in log-odds, if the mention may mean any type and not only a person."""

_HARDLY = -2.0
"""Least log-odds of two names being one person's for a candidate."""

_OPEN = frozenset({"ambiguous", "unmatched"})
_INCOMPLETE = frozenset(
    {
        "initial",
        "no_generic",
        "no_middle",
        "no_middle_typed",
        "further_name",
        "no_family",
        "other_family",
        "no_given",
        "no_last",
    }
)
_ANOTHER_NAME = frozenset({"final_vowel", "other_onset", "short_word"})
_TURNED = frozenset({"western_order", "reversed"})
_APART = frozenset({"short_word", "sounds_apart"})
_AT_MOST = 0.2
"""Greatest probability of a name with a missing word, another word order, or a word that is hardly the same one."""

_NAMESAKE = 0.2
"""Least probability of a person of the same name who counts as a namesake."""

_LEAST = 0.05
"""Least probability of a person who is listed as a candidate."""

_MOST_WORDS = 5
_MOST_KEPT = 4_096
"""Texts whose names are kept: the same name is asked about alone, with titles, beside offices and on other days."""
_MOST_COMPARED = 60
_MOST_NAMED = 5
_ROUNDING = 1e-9
_FEW_SEARCHES = 100
"""Searches in one process from which on it pays to know all names of the index word by word."""

_MOST_ASKED = 65_536
"""Mentions of which it is kept who may be named: tables repeat them with other dates."""
_LONGEST_KIN = 3
"""Most words before a name that say that somebody else is meant."""

_LATIN = "VN"
"""The country whose names are spelt in Latin letters."""

_PARTED = re.compile(r"[,;()|/]")


class _Found(NamedTuple):
    """A person whose name a part of a mention may be, and the mention with the name as the gazetteer spells it."""

    person: int
    odds: float
    comparison: Comparison
    mention: Mention


class RespeltNames:
    """Finds the people of one index by names in another spelling."""

    def __init__(self, index: Index, decider: Decider) -> None:
        self._index = index
        self._decider = decider
        self._near = lru_cache(maxsize=_MOST_KEPT)(self._near_names)
        self._likely = lru_cache(maxsize=_MOST_KEPT)(self._likely_names)
        self._greatest = lru_cache(maxsize=_MOST_ASKED)(self._greatest_odds)
        self._known: dict[tuple[object, ...], list[_Found]] = {}
        self._likeness = Likeness(index.person_names)
        self._searches = 0

    def may_name(self, types: tuple[EntityType, ...], parsed: Parsed) -> bool:
        """Whether a mention without a type may be a person's name in another spelling: some name sounds the same."""
        if types and "person" not in types:
            return False
        text = parsed.text
        count = text.count(" ") + 1
        if not 1 < count <= _MOST_WORDS or any(letter.isdecimal() for letter in text):
            return False
        if any(word.sure for reading in parsed.readings for word in reading.type_words):
            return False
        return any(self._alike(name) for name in parse(text)[:1])

    def _alike(self, name: PersonalName) -> bool:
        names = self._index.person_names
        if any(key in names for key in whole_keys(name)):
            return True
        sounds = [{skeleton(sound) for sound in word.sounds} for word in name.words]
        return names.most_shared(sounds) >= len(sounds)

    def answer(self, queries: Sequence[Query], matches: Sequence[Match], wanted: MatchOptions, ask: Ask) -> list[Match]:
        """Return the matches of queries without a certain person, replaced if a respelt name decides."""
        found = [
            self._besides(match, self._found(query))
            if match.status in _OPEN and not names_office_only(query.parsed.text) and self._may_be_listed(query, match)
            else []
            for query, match in zip(queries, matches, strict=True)
        ]
        asked = list(dict.fromkeys(one.mention for of_one in found for one in of_one))
        answers = dict(zip(asked, ask(asked) if asked else (), strict=True))
        return [
            self._told(query, match, of_one, answers, wanted) if of_one else match
            for query, match, of_one in zip(queries, matches, found, strict=True)
        ]

    def _may_be_listed(self, query: Query, match: Match) -> bool:
        """Whether somebody with a respelt name can be likely enough to be listed beside the other meanings."""
        room = 1.0 - sum(one.score for one in match.candidates if one.entity.type != "person")
        if room <= _LEAST:
            return False
        least = _least_listed(room)

        def is_near(reading: Reading) -> bool:
            weight = _weight_of_asking(query, reading)
            return self._greatest(reading.core, _least_listed(1.0) - weight) >= least - weight

        return _asked(query.mention) in self._known or any(map(is_near, _readings(query.parsed)))

    def _greatest_odds(self, core: str, least: float) -> float:
        """Return the greatest log-odds of a text being a known name in another spelling, if it is not below a least."""
        odds = (
            log_odds(name, self._index.person_names[number].parsed, least)
            for name, numbers in self._likely(core)
            for number, most in numbers
            if most >= least
        )
        return max(odds, default=-math.inf)

    def _besides(self, match: Match, found: Sequence[_Found]) -> list[_Found]:
        """Return the people found, without namesakes: of several with the name as written, none is preferred."""
        alike = [one for one in match.candidates if one.method != "fuzzy" and one.score >= _NAMESAKE]
        namesakes = {one.entity.id for one in alike} if len(alike) > 1 else set()
        return [one for one in found if self._index.ids[one.person] not in namesakes]

    def _found(self, query: Query) -> list[_Found]:
        """Return who may be named in a mention: the same on every day."""
        mention = query.mention
        asked = _asked(mention)
        found = self._known.get(asked)
        if found is None:
            if len(self._known) >= _MOST_ASKED:
                self._known.clear()
            found = self._known[asked] = self._searched(query)
        return [one._replace(mention=one.mention._replace(date=mention.date, within=mention.within)) for one in found]

    def _searched(self, query: Query) -> list[_Found]:
        """Return who may be named in a mention, with the most likely part for each; nobody after “con trai ông”."""
        words = query.parsed.text.split()
        if any(tells_of_another(" ".join(words[:count])) for count in range(1, min(_LONGEST_KIN, len(words) - 1) + 1)):
            return []
        best: dict[int, _Found] = {}
        for reading in _readings(query.parsed):
            for one in self._named(query, reading):
                if one.person not in best or best[one.person].odds < one.odds:
                    best[one.person] = one
        return sorted(best.values(), key=lambda one: (-one.odds, one.person))[:_MOST_NAMED]

    def _named(self, query: Query, reading: Reading) -> Iterator[_Found]:
        for name, known, odds in self._near(reading.core):
            record = self._index.record(known.person)
            if query.mention.countries and record.country not in query.mention.countries:
                continue
            # Titles that may tell of somebody else stay: Mrs. Hun Sen is not Hun Sen.
            telling = bool(gender(name.titles)) or has_lowly_title(name.titles)
            written = reading.core.replace(name.text, known.text, 1) if telling else known.text
            text = _with_name(query.parsed.text, reading, written)
            if text == query.parsed.text or _is_contradicted(name, known, record):
                continue  # With the known spelling the mention has been resolved already.
            yield _Found(
                known.person,
                odds + _weight_of_asking(query, reading),
                compare_parsed(name, known.parsed),
                query.mention._replace(text=text),
            )

    def _near_names(self, core: str) -> tuple[tuple[PersonalName, KnownName, float], ...]:
        """Return the known names that may be a text in another spelling, with the log-odds of each.

        They depend on the text alone, not on dates, titles or offices beside it.
        """
        names = self._index.person_names
        compared = (
            (name, known, log_odds(name, known.parsed, _HARDLY))
            for name, numbers in self._likely(core)
            for known in (names[number] for number, _ in numbers)
        )
        return tuple(one for one in compared if one[2] >= _HARDLY)

    def _likely_names(self, core: str) -> tuple[tuple[PersonalName, tuple[tuple[int, float], ...]], ...]:
        """Return the readings of a text as a name, with the known names that may be the same and their greatest odds.

        They share letters or sounds, those that share most first. A few are compared sooner than bounded.
        """
        self._searches += 1
        found = []
        for name in parse(core):
            numbers = self._index.person_names.sharing_most(shared_keys(name), _MOST_COMPARED)
            many = self._searches > _FEW_SEARCHES
            most = self._likeness.most(name, numbers).tolist() if many else [math.inf] * len(numbers)
            likely = tuple(one for one in zip(numbers, most, strict=True) if one[1] >= _HARDLY)
            found.append((name, likely))
        return tuple(found)

    def _told(
        self, query: Query, match: Match, found: Sequence[_Found], answers: dict[Mention, Match], wanted: MatchOptions
    ) -> Match:
        """Return the match from the people who may be meant and the other meanings of the mention."""
        people = {self._index.ids[one.person] for one in found}
        others = [one for one in match.candidates if one.entity.id not in people]
        things = sum(one.score for one in others if one.entity.type != "person")
        total = 1.0 + sum(math.exp(one.odds) for one in found)
        # Khmer letters tell the sounds of a Latin name, and the other way round, only roughly.
        doubtful = _INCOMPLETE | _TURNED | (frozenset() if khmer.is_khmer(query.parsed.text) else _APART)
        ranked: list[tuple[Match, Candidate]] = []
        for one in found:
            known = next(
                (c for c in answers[one.mention].candidates if c.entity.id == self._index.ids[one.person]), None
            )
            if known is None:
                continue
            sure = math.exp(one.odds) / total * known.score * max(0.0, 1.0 - things)
            supported = any(counted.feature == "role" for counted in known.evidence)
            features = {counted.feature for counted in one.comparison.evidence}
            if not supported and features & doubtful:
                sure = min(sure, _AT_MOST)
            settled = self._decider.settle(query.mention, one.person, query.days, wanted)
            assert settled.entity is not None
            evidence = (*one.comparison.evidence, *(c for c in known.evidence if c.feature != "name"))
            ranked.append((settled, Candidate(settled.entity, sure, "fuzzy", settled.dating, evidence)))
        ranked.sort(key=lambda one: -one[1].score)
        before = max((one.score for one in match.candidates if one.entity.id in people), default=0.0)
        if not ranked or ranked[0][1].score <= max(before, _LEAST):
            return match
        rest = max(0.0, 1.0 - sum(one.score for _, one in ranked))
        left = [one if one.entity.type != "person" else replace(one, score=one.score * rest) for one in others]
        named = tuple(sorted((*(one for _, one in ranked), *left), key=lambda one: -one.score))
        return _decided(query, ranked[0][0], named, wanted, self._index.as_of)


def _least_listed(room: float) -> float:
    """Return the least log-odds of somebody who is listed beside other meanings that leave some probability."""
    return math.log(_LEAST / (room - _LEAST)) - _ROUNDING


def _asked(mention: Mention) -> tuple[object, ...]:
    """Return what of a mention decides who may be named: not its date."""
    return mention.text, mention.types, mention.countries


def _weight_of_asking(query: Query, reading: Reading) -> float:
    return _UNASKED if query.mention.types != ("person",) and not reading.titles else 0.0


def _is_contradicted(name: PersonalName, known: KnownName, record: Record) -> bool:
    """Whether a romanised name differs from the person's own romanised names so that it is another name.

    It may still sound like the name in Khmer script: some letters are silent in some words. A Vietnamese name is spelt
    in Latin letters; what it sounds like in Khmer tells nothing about another one: Võ Văn Thưỡng is not Võ Văn Thưởng.
    """
    if known.parsed.style != "khmer" or name.style == "khmer":
        return False
    if record.country == _LATIN:
        return True
    texts = (*(version.name for version in record.versions), *(one.text for one in record.names))
    latin = (parsed for text in dict.fromkeys(texts) for parsed in parse(text)[:1] if parsed.style != "khmer")
    told = ({one.feature for one in compare_parsed(name, parsed).evidence} for parsed in latin)
    return any(features & _ANOTHER_NAME for features in told)


def _decided(query: Query, best: Match, named: tuple[Candidate, ...], wanted: MatchOptions, as_of: str) -> Match:
    first = named[0]
    assert best.entity is not None
    sure = first.entity.id == best.entity.id and first.score >= wanted.min_score
    if sure:
        match = replace(best, score=first.score, method=first.method, evidence=first.evidence, candidates=named)
    else:
        note = note_of_open("ambiguous", named)
        match = Match(query.mention, "ambiguous", score=first.score, candidates=named, note=note)
    told = " ".join((match.note, *query.parsed.notes))
    return replace(match, note=told, gazetteer_date=as_of)


def _readings(parsed: Parsed) -> Iterator[Reading]:
    """Yield the readings whose core may be a personal name and nothing more."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for reading in parsed.readings:
        core = reading.core
        if reading.type_words or (core, reading.context) in seen or len(core.split()) > _MOST_WORDS:
            continue
        listed = core.count(",") == 1 and not parsed.office
        if any(letter.isdecimal() for letter in core) or (_PARTED.search(core) and not listed):
            continue
        told_less = bool(reading.titles) and not reading.titles[0].text
        if (listed or told_less) and core not in parsed.text:  # something was left out that counts
            continue
        seen.add((core, reading.context))
        yield reading


def _with_name(text: str, reading: Reading, name: str) -> str:
    """Return a mention with the part that was read as a name replaced by a name."""
    if reading.core in text:
        return text.replace(reading.core, name, 1)
    told = gender(reading.titles) or has_lowly_title(reading.titles)
    titles = (title.text for title in reading.titles if told and title.kind not in {"role", "office"})
    return ", ".join((" ".join((*titles, name)), *reading.context))
