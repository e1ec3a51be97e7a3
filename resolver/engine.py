"""From distinct mentions to verdicts: looked up in the lexicon where that tells, else read and weighed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from resolver.addressed import Address, Addressed, names_no_more_than_places
from resolver.asked import Alike
from resolver.candidates import Filter
from resolver.decide import Decider, Verdicts, Wanted
from resolver.index import Index
from resolver.lexicon import Lexicon, open_lexicon
from resolver.model import Match, Mention
from resolver.ranking import NOTHING, Candidates, best, best_pairs, join, rank, unsettled
from resolver.roles import Bearers, may_name_person
from resolver.weighing import Weigher

__all__ = ["Engine"]

_WORTH_A_LEXICON = 1_000
"""Distinct mentions from which it pays to open the lexicon."""

_READ_AT_ONCE = 20_000
"""Mentions read and weighed together: each has several pairs, with a number for each feature."""


class Engine:
    """Finds what mentions mean by one index; ``cached`` says whether the lexicon may be kept beside the index."""

    def __init__(self, index: Index, *, cached: bool) -> None:
        self._index = index
        self._cached = cached
        self._weigher = Weigher(index)
        self.decider = Decider(index)
        self._bearers = Bearers(index, self.decider)
        self._addressed = Addressed(index, self.decider)

    def matches(self, mentions: Sequence[Mention], wanted: Wanted) -> list[Match]:
        """Return a match for each of some distinct mentions, those of people meant by their office among them."""
        known = self._known(mentions)
        addresses = self._read_addresses(mentions, known)
        final = {place for place, address in addresses.items() if address.is_final}
        verdicts = self.verdicts(mentions, wanted, known, final)
        matches = verdicts.matches()
        open_ = [place for place in np.flatnonzero(verdicts.open).tolist() if place not in final]
        asked = self._weigher.ask([mentions[place] for place in open_])
        unsure = {place: question for place, question in zip(open_, asked, strict=True) if may_name_person(question)}
        told = self._bearers.answer(
            list(unsure.values()),
            [matches[place] for place in unsure],
            self._weigher.contexts(unsure.values()),
            wanted,
            lambda offices: self.matches(offices, wanted),
        )
        for place, match in zip(unsure, told, strict=True):
            matches[place] = match
        for place, match in zip(addresses, self._addressed.matches(list(addresses.values()), wanted), strict=True):
            if place in final or names_no_more_than_places(matches[place]):
                matches[place] = match
        return matches

    def _read_addresses(self, mentions: Sequence[Mention], known: Candidates) -> dict[int, Address]:
        """Return those mentions that are addresses, by their places; what the lexicon knows is a name by itself."""
        unknown = np.ones(len(mentions), np.bool_)
        unknown[known.mention] = False
        places = np.flatnonzero(unknown).tolist()
        read = self._addressed.read_all([mentions[place] for place in places])
        return {place: address for place, address in zip(places, read, strict=True) if address is not None}

    def verdicts(self, mentions: Sequence[Mention], wanted: Wanted, known: Candidates, left_out: set[int]) -> Verdicts:
        """Return what distinct mentions mean, but for those that are left out."""
        settled = np.zeros(len(mentions), np.bool_)
        settled[known.mention] = True
        settled[list(left_out)] = True
        rest = np.flatnonzero(~settled).astype(np.int32)
        found: list[Candidates] = [known]
        notes: dict[int, tuple[str, ...]] = {}
        blank: set[int] = set()
        for start in range(0, len(rest), _READ_AT_ONCE):
            places = rest[start : start + _READ_AT_ONCE]
            questions = self._weigher.ask([mentions[place] for place in places.tolist()])
            weighed = best(*(best_pairs(*one) for one in self._weigher.weigh(questions)))
            found.append(weighed._replace(mention=places[weighed.mention]))
            for place, question in zip(places.tolist(), questions, strict=True):
                if question.parsed.notes:
                    notes[place] = question.parsed.notes
                if not question.parsed.text:
                    blank.add(place)
        ranking = rank(join(*found), len(mentions), wanted.min_score)
        explain = self._weigher.explain
        return Verdicts(self._index, self.decider, mentions, ranking, notes, frozenset(blank), wanted, explain)

    def _known(self, mentions: Sequence[Mention]) -> Candidates:
        """Return the candidates of the mentions whose meaning the lexicon tells."""
        lexicon = self.lexicon if len(mentions) >= _WORTH_A_LEXICON else None
        if lexicon is None:
            return NOTHING
        # What holds of one that are asked alike holds of all.
        asked = mentions[:1] if isinstance(mentions, Alike) else mentions
        texts = mentions.texts if isinstance(mentions, Alike) else [mention.text for mention in mentions]
        plain = np.array([not mention.date and not mention.within for mention in asked], np.bool_)
        if not plain.any():
            return NOTHING
        abroad = np.array([bool(mention.countries) for mention in asked], np.bool_)
        forms = lexicon.find(texts)
        told = (forms >= 0) & plain & ~(abroad & lexicon.weak[forms])
        if not any(mention.types or mention.countries for mention in asked):
            among = np.flatnonzero(told)
            return lexicon.candidates(among, forms[among])
        among = np.flatnonzero(told & ~lexicon.open[forms])
        found = lexicon.candidates(among, forms[among])
        found = found.where(Filter(self._index, mentions)(found.mention, found.entity))
        return found.where(~unsettled(found.mention, found.log_odds, len(mentions))[found.mention])

    @cached_property
    def lexicon(self) -> Lexicon | None:
        """The lexicon of the index; None where it is not to be kept."""
        return open_lexicon(self._weigher) if self._cached else None
