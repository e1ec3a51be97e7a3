"""Mentions of many texts resolved in batches, by the pipeline that also resolves the cells of a table.

Each text is annotated by a generator. It yields the mentions that it needs next and is sent their matches, so the
mentions of many texts can be resolved together.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from typing import Protocol, TypeVar

from resolver.model import Match, Mention

__all__ = ["BatchResolver", "Resolves", "Stage"]

_MOST_KEPT = 20_000
"""Most matches that are cached: each also holds what its candidates are described from."""

_Result = TypeVar("_Result")
Stage = Generator[Sequence[Mention], Sequence[Match], _Result]
"""A generator that yields mentions, is sent their matches in the same order, and returns a result."""


class Resolves(Protocol):
    """The call that resolves mentions: ``Resolver.resolve_many``."""

    def __call__(self, mentions: Iterable[str | Mention], *, language: str | None = None) -> list[Match]:
        """Return the match of each mention, in their order."""


class BatchResolver:
    """Resolves mentions, each once: names recur, so their matches are cached."""

    def __init__(self, resolve_many: Resolves, language: str | None) -> None:
        self._resolve_many = resolve_many
        self._language = language
        self._known: dict[Mention, Match] = {}

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
        """Resolve the mentions that are not in the cache."""
        new = [mention for mention in dict.fromkeys(mentions) if mention not in self._known]
        if not new:
            return
        if len(self._known) > _MOST_KEPT:
            self._known = {one: self._known[one] for one in dict.fromkeys(mentions) if one in self._known}
        self._known.update(zip(new, self._resolve_many(new, language=self._language), strict=True))
