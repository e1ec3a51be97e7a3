"""Mentions that are names of the lexicon: their candidates without reading and weighing, with a date or without."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolver.days import day_range
from resolver.engine.dated import DatedNames
from resolver.engine.lexicon import Lexicon
from resolver.engine.timed_forms import TimedForms
from resolver.index.index import Index
from resolver.matching.candidates import Filter
from resolver.matching.ranking import NOTHING, Candidates, join, unsettled
from resolver.mention_batch import MentionBatch
from resolver.model import Mention

__all__ = ["KnownNames"]

Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]
_NO_DAY = (0, 0)


class _Asked(NamedTuple):
    """What mentions ask besides their texts: a flag for each, or one for all that have the same context."""

    bare: Flags
    dated: Flags
    abroad: Flags
    typed: Flags
    only_people: Flags
    people: Flags
    days: Numbers

    @classmethod
    def of(cls, mentions: Sequence[Mention]) -> _Asked:
        """Read the context of mentions."""
        types = [mention.types for mention in mentions]
        days = [day_range(mention.date) if mention.date else _NO_DAY for mention in mentions]
        return cls(
            np.array([not mention.within for mention in mentions], np.bool_),
            np.array([bool(mention.date) for mention in mentions], np.bool_),
            np.array([bool(mention.countries) for mention in mentions], np.bool_),
            np.array(list(map(bool, types)), np.bool_),
            np.array([some == ("person",) for some in types], np.bool_),
            np.array([not some or "person" in some for some in types], np.bool_),
            np.array(days, np.int64).reshape(-1, 2),
        )


class KnownNames:
    """Answers the mentions that are forms of one lexicon."""

    def __init__(self, index: Index, lexicon: Lexicon, dated: DatedNames) -> None:
        """Use ``dated`` for the many mentions with dates whose meaning depends on more than the days of entities."""
        self._index = index
        self._lexicon = lexicon
        self._timed = TimedForms(index, lexicon.arrays)
        self._dated = dated

    def candidates(self, mentions: Sequence[Mention], *, many: bool) -> tuple[Candidates, set[int]]:
        """Return the candidates of the mentions that are known, and which of them may name people in another way."""
        # All mentions of a batch have equal filters.
        batch = isinstance(mentions, MentionBatch)
        asked = _Asked.of(mentions[:1] if batch else mentions)
        if not asked.bare.any():
            return NOTHING, set()
        texts = mentions.texts if isinstance(mentions, MentionBatch) else [mention.text for mention in mentions]
        forms = self._lexicon.find(texts)
        found, personal = self._then(mentions, forms, asked, many=many)
        if asked.dated.all():
            return found, personal
        lexicon = self._lexicon
        told = (forms >= 0) & asked.bare & ~asked.dated & ~(asked.abroad & lexicon.weak[forms])
        may_be_person = asked.only_people | (asked.people & lexicon.personal[forms])
        personal |= set(np.flatnonzero(told & may_be_person).tolist())
        if not (asked.typed | asked.abroad).any():
            among = np.flatnonzero(told)
            return join(found, lexicon.candidates(among, forms[among])), personal
        among = np.flatnonzero(told & ~lexicon.open[forms])
        return join(found, self._allowed(mentions, lexicon.candidates(among, forms[among]))), personal

    def _then(
        self, mentions: Sequence[Mention], forms: Numbers, asked: _Asked, *, many: bool
    ) -> tuple[Candidates, set[int]]:
        """Return the same for the mentions with dates."""
        then = (forms >= 0) & asked.bare & asked.dated
        if not then.any():
            return NOTHING, set()
        lexicon = self._lexicon
        narrowed = asked.abroad | asked.typed
        timed = then & lexicon.timed[forms] & ~(asked.abroad & lexicon.weak[forms])
        timed &= ~(narrowed & lexicon.others[forms]) & ~(asked.typed & asked.people)
        among = np.flatnonzero(timed)
        days = np.broadcast_to(asked.days, (len(forms), 2))[among]
        found = self._timed.candidates(among, forms[among], days)
        if narrowed.any():
            found = self._allowed(mentions, found)
        settled = np.zeros(len(forms), np.bool_)
        settled[found.mention] = True
        personal = set(np.flatnonzero(settled & ~asked.typed & lexicon.personal_then[forms]).tolist())
        rest = np.flatnonzero(then & ~timed)
        if many and len(rest):
            rest = rest[self._dated.depend_on_their_own_days(forms[rest], lexicon)]
            others, more = self._dated.candidates(mentions, rest, forms[rest], lexicon)
            return join(found, others), personal | more
        return found, personal

    def _allowed(self, mentions: Sequence[Mention], found: Candidates) -> Candidates:
        """Return the candidates that types and countries allow, of the mentions for which a good one is left."""
        found = found.where(Filter(self._index, mentions)(found.mention, found.entity))
        return found.where(~unsettled(found.mention, found.log_odds, len(mentions))[found.mention])
