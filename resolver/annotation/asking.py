"""What stretches of text mean: asked of the pipeline that answers a cell of a table, each question once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from resolver.model import Match, Mention

__all__ = ["Asker", "Resolves"]

_MOST_KEPT = 20_000
"""Answers that are remembered: they hold what their candidates are told from."""


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

    def ask(self, mentions: Sequence[Mention]) -> list[Match]:
        """Return what mentions mean, in their order."""
        new = [mention for mention in dict.fromkeys(mentions) if mention not in self._known]
        if new:
            if len(self._known) > _MOST_KEPT:
                kept = {mention: self._known[mention] for mention in set(mentions) - set(new)}
                self._known = kept
            answers = self._resolve_many(new, language=self._language)
            self._known.update(zip(new, answers, strict=True))
        return [self._known[mention] for mention in mentions]
