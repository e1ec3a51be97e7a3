"""Mentions that name several units: none of them is the answer, all of them are candidates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from resolver.days import day_range
from resolver.history.changes import version_at
from resolver.index.index import Index
from resolver.matching.decision import Decider, MatchOptions
from resolver.model import PLACE_TYPES, Candidate, Match, Mention
from resolver.text import listed

__all__ = ["UnitLists"]

_LIKELY = 0.05
"""Probability from which a candidate for one of the units is one for the whole."""


class UnitLists:
    """Answers the mentions that name several units, from the answer for each unit."""

    def __init__(self, index: Index, decider: Decider) -> None:
        self._index = index
        self._decider = decider

    def items(self, mention: Mention) -> tuple[Mention, ...]:
        """Return a mention for each unit that a mention names; nothing if it does not name several."""
        if mention.types and not set(mention.types) & set(PLACE_TYPES):
            return ()
        return tuple(mention._replace(text=text) for text in listed.items(mention.text))

    def told(self, mention: Mention, answers: Sequence[Match], wanted: MatchOptions) -> Match | None:
        """Return the answer for a mention of several units; None if fewer than two of them are known."""
        found = list(_candidates(answers))
        types = {candidate.entity.type for candidate in found}
        if len({candidate.entity.id for candidate in found}) < 2 or not types <= set(PLACE_TYPES):
            return None
        shared = tuple(replace(candidate, score=candidate.score / len(answers)) for candidate in found)
        shared = tuple(sorted(shared, key=lambda one: -one.score))
        days = day_range(mention.date) if mention.date else None
        meant: list[tuple[int, int]] = []
        for candidate in shared:
            entity = self._index.numbers[candidate.entity.id]
            record = self._index.record(entity)
            meant.append((entity, version_at(record, days[0] if days else self._index.as_of_day)))
        common = self._decider.common(meant, [1.0] * len(meant), days, wanted)
        named = "; ".join(one.entity.path for one in shared)
        return Match(
            mention,
            "ambiguous",
            score=shared[0].score,
            candidates=shared,
            note=f"Several units are named: {named}.",
            gazetteer_date=self._index.as_of,
            **common,
        )


def _candidates(answers: Sequence[Match]) -> Iterator[Candidate]:
    """Yield the candidates of each answer: the one that is matched, or those that are likely."""
    for answer in answers:
        likely = [one for one in answer.candidates if one.score >= _LIKELY and answer.status != "unmatched"]
        yield from likely[:1] if answer.status == "matched" else likely
