"""Mentions of many texts resolved in batches, by the pipeline that also resolves the cells of a table.

Each text is annotated by a generator. It yields the mentions that it needs next and is sent their matches, so the
mentions of many texts can be resolved together.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from resolver.annotation.periods import Period, Periods
from resolver.index.index import Index
from resolver.model import Match, Mention

__all__ = ["BatchResolver", "Resolves", "Stage"]

_MOST_KEPT = 20_000
"""Most matches that are cached: each also holds what its candidates are described from."""

_MOST_PERIODS = 16
"""Most periods of a mention whose matches are cached."""

_Result = TypeVar("_Result")
Stage = Generator[Sequence[Mention], Sequence[Match], _Result]
"""A generator that yields mentions, is sent their matches in the same order, and returns a result."""


class Resolves(Protocol):
    """The call that resolves mentions: ``Resolver.resolve_many``."""

    def __call__(self, mentions: Iterable[str | Mention], *, language: str | None = None) -> list[Match]:
        """Return the match of each mention, in their order."""


class _Kept(NamedTuple):
    """The match of a mention on one day, and a period in which it is the same; ``whole`` if there is no longer one."""

    mention: Mention
    match: Match
    period: Period | None
    whole: bool


class BatchResolver:
    """Resolves mentions, each once in a period in which it means the same: names recur, so their matches are cached.

    The match of a mention is that of a day of the period; ``retelling`` gives it the day of the mention.
    """

    def __init__(self, index: Index, resolve_many: Resolves, language: str | None) -> None:
        self._resolve_many = resolve_many
        self._language = language
        self._periods = Periods(index)
        self._known: dict[Mention, Match] = {}
        self._kept: dict[Mention, list[_Kept]] = {}

    def run(self, stages: Sequence[Stage[_Result]]) -> list[_Result]:
        """Return the result of each stage. The mentions that they yield are resolved together."""
        results: dict[int, _Result] = {}
        waiting: dict[int, Sequence[Mention]] = {}
        answers: dict[int, Sequence[Match] | None] = dict.fromkeys(range(len(stages)))
        while answers:
            for number, answer in answers.items():
                try:
                    waiting[number] = next(stages[number]) if answer is None else stages[number].send(answer)
                except StopIteration as stop:
                    results[number] = stop.value
            self._learn([mention for asked in waiting.values() for mention in asked])
            answers = {number: [self._known[one] for one in asked] for number, asked in waiting.items()}
            waiting = {}
        return [results[number] for number in range(len(stages))]

    def _learn(self, mentions: Sequence[Mention]) -> None:
        """Find the matches of the mentions that are not in the cache."""
        new = [mention for mention in dict.fromkeys(mentions) if mention not in self._known]
        if not new:
            return
        if len(self._known) > _MOST_KEPT:
            self._known = {one: self._known[one] for one in dict.fromkeys(mentions) if one in self._known}
        unknown = [mention for mention in new if not self._is_kept(mention)]
        # First each on one of its days: mostly the match is the same on the others.
        first = {mention._replace(date=""): mention for mention in reversed(unknown) if mention.date}
        if len(first) < len(unknown):
            asked = [mention for mention in unknown if not mention.date or first[mention._replace(date="")] is mention]
            self._ask(asked)
            unknown = [mention for mention in unknown if mention not in self._known and not self._is_kept(mention)]
        self._ask(unknown)
        for mention in list(self._kept)[: max(0, len(self._kept) - _MOST_KEPT)]:
            del self._kept[mention]

    def _ask(self, mentions: Sequence[Mention]) -> None:
        """Resolve mentions, and keep their matches."""
        if not mentions:
            return
        self._known.update(zip(mentions, self._resolve_many(mentions, language=self._language), strict=True))
        for mention in mentions:
            if mention.date:
                kept = self._kept.setdefault(mention._replace(date=""), [])
                kept.append(_Kept(mention, self._known[mention], None, whole=False))
                del kept[:-_MOST_PERIODS]

    def _is_kept(self, mention: Mention) -> bool:
        """Whether the match of a mention on another day of the same period is cached; then it is its match, too."""
        several = self._kept.get(mention._replace(date="")) if mention.date else None
        if several is None:
            return False
        day = self._periods.day(mention.date)
        for number, kept in enumerate(several):
            period = kept.period
            if period is None:
                period = self._periods.between_turns(kept.mention, kept.match)
                several[number] = kept._replace(period=period)
            if not period.first <= day < period.end and not kept.whole:
                period = self._periods.lasting(kept.mention, kept.match)
                several[number] = kept._replace(period=period, whole=True)
            if period.first <= day < period.end:
                self._known[mention] = kept.match
                return True
        return False
