"""What stretches of text mean: asked of the pipeline that answers a cell of a table, each question once.

Whoever reads a text yields questions and is sent their answers, so that the questions of many texts can be asked
together, stage by stage.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from typing import Protocol, TypeVar

from resolver.model import Match, Mention

__all__ = ["Asker", "Asking", "Resolves"]

_MOST_KEPT = 20_000
"""Answers that are remembered: they hold what their candidates are told from."""

_Told = TypeVar("_Told")
Asking = Generator[Sequence[Mention], Sequence[Match], _Told]
"""Yields mentions, is sent what they mean in their order, and returns what it makes of them."""


class Resolves(Protocol):
    """What answers mentions: ``Resolver.resolve_many``."""

    def __call__(self, mentions: Iterable[str | Mention], *, language: str | None = None) -> list[Match]:
        """Return what mentions mean, in their order."""


class Asker:
    """Answers mentions, and remembers what it answered: names recur."""

    def __init__(self, resolve_many: Resolves, language: str | None) -> None:
        self._resolve_many = resolve_many
        self._language = language
        self._known: dict[Mention, Match] = {}

    def told(self, readers: Sequence[Asking[_Told]]) -> list[_Told]:
        """Return what each reader makes of the answers to its questions; those of all are asked together."""
        results: dict[int, _Told] = {}
        waiting: dict[int, Sequence[Mention]] = {}
        answers: dict[int, Sequence[Match] | None] = dict.fromkeys(range(len(readers)))
        while answers:
            for number, answer in answers.items():
                try:
                    waiting[number] = next(readers[number]) if answer is None else readers[number].send(answer)
                except StopIteration as stop:
                    results[number] = stop.value
            self._learn([mention for asked in waiting.values() for mention in asked])
            answers = {number: [self._known[one] for one in asked] for number, asked in waiting.items()}
            waiting = {}
        return [results[number] for number in range(len(readers))]

    def _learn(self, mentions: Sequence[Mention]) -> None:
        """Ask what is not known yet of mentions."""
        new = [mention for mention in dict.fromkeys(mentions) if mention not in self._known]
        if not new:
            return
        if len(self._known) > _MOST_KEPT:
            self._known = {one: self._known[one] for one in dict.fromkeys(mentions) if one in self._known}
        self._known.update(zip(new, self._resolve_many(new, language=self._language), strict=True))
