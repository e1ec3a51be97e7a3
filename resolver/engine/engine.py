"""From distinct mentions to decisions: looked up in the lexicon if possible, else parsed and scored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver.addresses.answers import Address, AddressMatcher, names_no_more_than_places
from resolver.addresses.lists import UnitLists
from resolver.addresses.other_addresses import OtherAddresses
from resolver.engine.canonical_ids import IdReader
from resolver.engine.dated import DatedNames
from resolver.engine.known import KnownNames
from resolver.engine.lexicon import Asked, Lexicon, open_lexicon
from resolver.failures import answer_each, is_raised
from resolver.garbage_collection import gc_paused, gc_relaxed
from resolver.index.index import Index
from resolver.matching.comparison import Floats, Query
from resolver.matching.decision import Decider, MatchOptions, Verdicts
from resolver.matching.matcher import Matcher
from resolver.matching.ranking import NOTHING, Candidates, Ints, best, best_pairs, join, rank
from resolver.mention_batch import STATUSES, MentionBatch
from resolver.model import Match, Mention
from resolver.people.bodies import Bodies, Chain
from resolver.people.respelt import RespeltNames
from resolver.people.roles import RoleResolver, may_name_person
from resolver.text import keystrokes
from resolver.text.unicode import MOST_READ, cut

__all__ = ["Engine"]

_WORTH_A_LEXICON = 1_000
"""Least number of distinct mentions for which the lexicon is opened."""

_READ_AT_ONCE = 20_000
"""Mentions parsed and scored together: each has several pairs, with a number for each feature."""


_FEW = 32
"""Mentions up to this number are answered without the preparations that pay only for many."""

_ONLY_FIRST = "Only the first"
ONLY_BEGINNING = f"{_ONLY_FIRST} {MOST_READ:,} characters were read."
"""The note of a longer mention, unless cleaning has already noted an even shorter limit."""


class _Decided(NamedTuple):
    """The decisions by name, and the mentions that may be people, chains of bodies, addresses or lists instead.

    Of the ``unasked`` it is not known whether they may be people; it matters only if they are not matched by name.
    """

    verdicts: Verdicts
    personal: set[int]
    unasked: set[int]
    chains: dict[int, Chain]
    addresses: dict[int, Address]
    lists: dict[int, tuple[Mention, ...]]
    known: frozenset[int]


def shortened(mentions: Sequence[Mention]) -> tuple[Sequence[Mention], list[int]]:
    """Return mentions cut to the length that is read, and the positions of those that were longer."""
    texts = mentions.texts if isinstance(mentions, MentionBatch) else [mention.text for mention in mentions]
    if max(map(len, texts), default=0) <= MOST_READ:
        return mentions, []
    places = [place for place, text in enumerate(texts) if len(text) > MOST_READ]
    if isinstance(mentions, MentionBatch):
        return mentions.with_texts(list(map(cut, texts))), places
    return [mention._replace(text=cut(mention.text)) for mention in mentions], places


def _is_a_name(match: Match) -> bool:
    """Whether a mention is a name as a whole, just as it is written."""
    return match.status == "matched" and match.method not in ("fuzzy", "address")


def _is_exact(match: Match) -> bool:
    """Whether an answer is based on names exactly as written, even if it is ambiguous which one."""
    if _is_a_name(match):
        return True
    if match.status not in ("matched", "ambiguous") or not match.candidates or match.remainder:
        return False
    best = match.candidates[0]
    return best.method not in ("fuzzy", "similar") and not any(
        " off “" in one.text or one.feature in ("accents", "elsewhere", "misspelt") for one in best.evidence
    )


class Engine:
    """Resolves mentions with one index; ``cached`` says whether the lexicon may be kept next to the index."""

    def __init__(self, index: Index, *, cached: bool) -> None:
        self._index = index
        self._cached = cached
        self._matcher = Matcher(index)
        self.decider = Decider(index)
        self._bearers = RoleResolver(index, self.decider)
        self._respelt = RespeltNames(index, self.decider)
        self._bodies = Bodies(index, self.decider)
        self._addressed = AddressMatcher(index, self.decider)
        self._lists = UnitLists(index, self.decider)
        self._others = OtherAddresses(index)
        self._ids = IdReader(index, self.decider)
        self._dated = DatedNames(self._matcher, self._is_only_by_name, self._may_be_person)

    def matches(self, mentions: Sequence[Mention], wanted: MatchOptions, *, respelt: bool = True) -> list[Match]:
        """Return a match for each of some distinct mentions; an error in one does not affect the others.

        ``respelt`` allows people's names in another spelling.
        """
        if len(mentions) <= _FEW:
            return self._each(list(mentions), wanted, respelt=respelt)
        with gc_relaxed():
            return self._each(mentions, wanted, respelt=respelt)

    def _each(self, mentions: Sequence[Mention], wanted: MatchOptions, *, respelt: bool) -> list[Match]:
        return answer_each(
            lambda some: self._matches_in_full(some, wanted, respelt=respelt), mentions, self._index.as_of
        )

    def _matches_in_full(self, mentions: Sequence[Mention], wanted: MatchOptions, *, respelt: bool) -> list[Match]:
        """Return the matches of mentions of any length, each with its full original text."""
        by_id = dict(self._ids.answer(mentions, wanted))
        if by_id:
            others = [mention for place, mention in enumerate(mentions) if place not in by_id]
            rest = iter(self._matches_in_full(others, wanted, respelt=respelt) if others else ())
            return [by_id[place] if place in by_id else next(rest) for place in range(len(mentions))]
        short, places = shortened(mentions)
        matches = self._matches(short, wanted, respelt=respelt)
        for place in places:
            note = matches[place].note
            told = note if _ONLY_FIRST in note else f"{note} {ONLY_BEGINNING}".strip()
            matches[place] = replace(matches[place], mention=mentions[place], note=told)
        return matches

    def _matches(self, mentions: Sequence[Mention], wanted: MatchOptions, *, respelt: bool) -> list[Match]:
        decided = self._decided(mentions, wanted)
        matches = decided.verdicts.matches()
        for place, match in self._otherwise(decided, matches.__getitem__, respelt=respelt):
            matches[place] = match
        return matches

    @gc_relaxed()
    def arrays(
        self, mentions: Sequence[Mention], wanted: MatchOptions
    ) -> tuple[NDArray[np.int8], NDArray[np.int32], Floats]:
        """Return the statuses, entities and scores of the same matches: see ``Verdicts.columns``."""
        try:
            if not any(True for _ in self._ids.answer(mentions, wanted)):
                return self._arrays(shortened(mentions)[0], wanted)
        except Exception as error:
            if is_raised(error):
                raise
        matches = self.matches(mentions, wanted)
        numbers = [self._index.numbers[match.entity.id] if match.entity else -1 for match in matches]
        return (
            np.array([STATUSES.index(match.status) for match in matches], np.int8),
            np.array(numbers, np.int32),
            np.array([match.score for match in matches], np.float64),
        )

    def _arrays(
        self, mentions: Sequence[Mention], wanted: MatchOptions
    ) -> tuple[NDArray[np.int8], NDArray[np.int32], Floats]:
        decided = self._decided(mentions, wanted)
        status, entity, score = decided.verdicts.columns()
        for place, match in self._otherwise(decided, lambda at: Match.computed_once(decided.verdicts, at)):
            status[place], score[place] = STATUSES.index(match.status), match.score
            entity[place] = self._index.numbers[match.entity.id] if match.entity else -1
        return status, entity, score

    def _otherwise(
        self, decided: _Decided, match_of: Callable[[int], Match], *, respelt: bool = True
    ) -> Iterator[tuple[int, Match]]:
        """Yield the matches that are not by a name alone; a later match of a mention replaces an earlier one."""
        answered: dict[int, Match] = {}
        for place, match in self._by_more_than_name(decided, match_of, respelt=respelt):
            answered[place] = match
            yield place, match
        yield from self._guessed(decided, answered, match_of)
        yield from self._contradicted(decided, answered, match_of)

    def _by_more_than_name(
        self, decided: _Decided, match_of: Callable[[int], Match], *, respelt: bool
    ) -> Iterator[tuple[int, Match]]:
        """Yield the matches of the mentions that mean people by their offices, of addresses and of lists."""
        verdicts, addresses, chains = decided.verdicts, decided.addresses, decided.chains
        yield from zip(chains, self._chained(decided), strict=True)
        unsure, queries = self._perhaps_people(decided)
        told = self._bearers.answer(
            queries,
            list(map(match_of, unsure)),
            self._matcher.contexts,
            verdicts.wanted,
            lambda offices: self.matches(offices, verdicts.wanted),
        )
        if respelt:
            told = self._respelt.answer(
                queries, told, verdicts.wanted, lambda known: self.matches(known, verdicts.wanted, respelt=False)
            )
        by_office = dict(zip(unsure, told, strict=True))
        yield from by_office.items()
        found = self._addressed.matches(list(addresses.values()), verdicts.wanted)
        for (place, address), match in zip(addresses.items(), found, strict=True):
            if place in chains:
                continue
            if address.is_final or names_no_more_than_places(by_office.get(place) or match_of(place), address):
                yield place, match
        yield from self._listed(decided, match_of)

    def _perhaps_people(self, decided: _Decided) -> tuple[list[int], list[Query]]:
        """Return the mentions not matched by name that may name people in another way, and their queries."""
        verdicts, open_ = decided.verdicts, decided.verdicts.open
        asked = sorted((decided.personal | decided.unasked) - decided.chains.keys())
        unsure = [place for place in asked if open_[place]]
        queries = self._matcher.parse([verdicts.mentions[place] for place in unsure])
        kept = [
            (place, query)
            for place, query in zip(unsure, queries, strict=True)
            if place in decided.personal or self._may_be_person(query)
        ]
        return [place for place, _ in kept], [query for _, query in kept]

    def _guessed(
        self, decided: _Decided, answered: dict[int, Match], match_of: Callable[[int], Match]
    ) -> Iterator[tuple[int, Match]]:
        """Yield the matches of mentions that name nothing as written, but do after their letters are corrected."""
        verdicts = decided.verdicts
        guesses = [
            (place, guess, how)
            for place, mention in enumerate(verdicts.mentions)
            if place not in decided.known
            for guess, how in keystrokes.guesses(mention.text)
            if not _is_exact(answered.get(place) or match_of(place))
        ]
        asked = [verdicts.mentions[place]._replace(text=guess) for place, guess, _ in guesses]
        answers = self.matches(asked, verdicts.wanted, respelt=False) if asked else []
        for (place, guess, how), match in zip(guesses, answers, strict=True):
            if _is_exact(match):
                note = f"{match.note} Read as “{guess}”: {how}."
                yield place, replace(match, mention=verdicts.mentions[place], note=note)

    def _contradicted(
        self, decided: _Decided, answered: dict[int, Match], match_of: Callable[[int], Match]
    ) -> Iterator[tuple[int, Match]]:
        """Yield the matches of mentions in which another address is told that was never the same place."""
        verdicts = decided.verdicts
        unknown = ((place, one) for place, one in enumerate(verdicts.mentions) if place not in decided.known)
        asked = {place: units for place, mention in unknown if (units := self._others.asked(mention))}
        answers = self.matches(list(asked.values()), verdicts.wanted, respelt=False) if asked else []
        for place, answer in zip(asked, answers, strict=True):
            match = self._others.told(answered.get(place) or match_of(place), answer)
            if match:
                yield place, match

    def _listed(self, decided: _Decided, match_of: Callable[[int], Match]) -> Iterator[tuple[int, Match]]:
        """Yield the matches of the mentions that name several units, unless the whole is a name (Lao Và Chải)."""
        verdicts = decided.verdicts
        lists = {place: some for place, some in decided.lists.items() if not _is_a_name(match_of(place))}
        items = [item for some in lists.values() for item in some]
        answers = iter(self.matches(items, verdicts.wanted, respelt=False) if items else ())
        for place, some in lists.items():
            match = self._lists.told(verdicts.mentions[place], [next(answers) for _ in some], verdicts.wanted)
            if match:
                yield place, match

    def _chained(self, decided: _Decided) -> list[Match]:
        """Return the matches of mentions that name offices and bodies with the bodies they belong to."""
        verdicts, chains = decided.verdicts, decided.chains
        if not chains:
            return []
        queries = self._matcher.parse([verdicts.mentions[place] for place in chains])
        return self._bodies.answer(
            queries, list(chains.values()), verdicts.wanted, lambda names: self.matches(names, verdicts.wanted)
        )

    def _read_addresses(self, mentions: Sequence[Mention], known: Candidates) -> dict[int, Address]:
        """Return the mentions that are addresses, by position; a text in the lexicon is a name, not an address."""
        unknown = np.ones(len(mentions), np.bool_)
        unknown[known.mention] = False
        places = np.flatnonzero(unknown).tolist()
        read = self._addressed.read_all([mentions[place] for place in places])
        return {place: address for place, address in zip(places, read, strict=True) if address is not None}

    def _decided(self, mentions: Sequence[Mention], wanted: MatchOptions) -> _Decided:
        """Return the decisions by name about distinct mentions, and which may mean something else."""
        known, personal = self._known(mentions)
        addresses = self._read_addresses(mentions, known)
        settled = np.zeros(len(mentions), np.bool_)
        settled[known.mention] = True
        settled[[place for place, address in addresses.items() if address.is_final]] = True
        rest = np.flatnonzero(~settled).astype(np.int32)
        found: list[Candidates] = [known]
        notes: dict[int, tuple[str, ...]] = {}
        blank: set[int] = set()
        chains: dict[int, Chain] = {}
        unasked: set[int] = set()
        for start in range(0, len(rest), _READ_AT_ONCE):
            places = rest[start : start + _READ_AT_ONCE]
            with gc_paused(len(places)):
                queries = self._matcher.parse([mentions[place] for place in places.tolist()])
                for place, query in zip(places.tolist(), queries, strict=True):
                    if query.parsed.notes:
                        notes[place] = query.parsed.notes
                    if not query.parsed.text:
                        blank.add(place)
                    chain = self._bodies.chain(query)
                    if chain:
                        chains[place] = chain
                    if place not in addresses:
                        unasked.add(place)
                    elif self._may_be_person(query):
                        personal.add(place)
                asked = self._worth_weighing(places, queries, addresses, personal | chains.keys(), wanted.min_score)
                weighed = best(*(best_pairs(*one) for one in self._matcher.score([queries[at] for at in asked])))
            found.append(weighed._replace(mention=places[asked][weighed.mention]))
        ranking = rank(join(*found), len(mentions), wanted.min_score, self._index.entity_type)
        unknown = (place for place in range(len(mentions)) if place in addresses or not settled[place])
        lists = {place: items for place in unknown if (items := self._lists.items(mentions[place]))}
        explain = self._matcher.explain
        verdicts = Verdicts(self._index, self.decider, mentions, ranking, notes, frozenset(blank), wanted, explain)
        return _Decided(verdicts, personal, unasked, chains, addresses, lists, frozenset(known.mention.tolist()))

    def _worth_weighing(
        self,
        places: Ints,
        queries: Sequence[Query],
        addresses: Mapping[int, Address],
        otherwise: set[int],
        min_score: float,
    ) -> Ints:
        """Return which queries are scored by name: not addresses whose text as a name could only mean places.

        ``otherwise`` are the positions of those that may mean something in yet another way.
        """
        doubtful = [at for at, place in enumerate(places.tolist()) if place in addresses and place not in otherwise]
        if not doubtful:
            return np.arange(len(queries), dtype=np.int32)
        told = np.zeros(len(queries), np.bool_)
        told[doubtful] = ~self._matcher.may_be_no_place([queries[at] for at in doubtful], min_score)
        return np.flatnonzero(~told).astype(np.int32)

    def _known(self, mentions: Sequence[Mention]) -> tuple[Candidates, set[int]]:
        """Return the candidates of the mentions in the lexicon, and which of them may name people in another way."""
        # Once it is open, it is worth it for a single mention.
        many = len(mentions) >= _WORTH_A_LEXICON
        names = self._names if many or "lexicon" in vars(self) else None
        return names.candidates(mentions, many=many) if names else (NOTHING, set())

    def _is_only_by_name(self, query: Query) -> bool:
        """Whether a query is neither an address nor a chain of bodies, and has no notes."""
        return self._addressed.read(query.mention) is None and not query.parsed.notes and not self._bodies.chain(query)

    def _is_one_name(self, query: Query) -> bool:
        """Whether a query means something only by its name, with any date and types."""
        text = query.mention.text
        return "," not in text and not query.parsed.notes and self._addressed.is_one_name(text)

    def _may_be_person(self, query: Query) -> bool:
        """Whether a query may name a person in another way than by the whole name."""
        types, parsed = query.mention.types, query.parsed
        return may_name_person(types, parsed) or self._respelt.may_name(types, parsed)

    @cached_property
    def lexicon(self) -> Lexicon | None:
        """The lexicon of the index; None if it must not be kept."""
        return open_lexicon(self._matcher, self._asked) if self._cached else None

    @property
    def _asked(self) -> Asked:
        """What the lexicon asks about each form."""
        return Asked(self._is_only_by_name, self._is_one_name, self._may_be_person)

    @cached_property
    def _names(self) -> KnownNames | None:
        """The names of the lexicon; None if it must not be kept."""
        return KnownNames(self._index, self.lexicon, self._dated) if self.lexicon else None
