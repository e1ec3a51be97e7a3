"""Mentions to answers, chunk by chunk: the interface to the engine for the command and dataframes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from resolver.engine.resolver import Resolver
from resolver.failures import METHOD as FAILED
from resolver.failures import failed, is_raised
from resolver.model import Match, Mention
from resolver.tables.columns import Cells, Choice, cells, choices

__all__ = ["Answer", "Answers", "Target"]

# A match refers to the data of its candidates: only a limited number is held at a time.
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Target:
    """Options that are the same for every mention: the date of the crosswalk, the language, the least score."""

    to: str | None = None
    language: str | None = None
    min_score: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The part of a match that is kept: its cells, and its candidates if a person has to review them.

    In every kind of job the first cell is the status and the last one the note.
    """

    cells: Cells
    choices: tuple[Choice, ...] = ()

    @property
    def status(self) -> str:
        """The status of the mention."""
        return self.cells[0]

    @property
    def note(self) -> str:
        """The sentence for a reader."""
        return self.cells[-1]

    @property
    def open(self) -> bool:
        """Whether a person has to review the mention."""
        return self.status in ("ambiguous", "unmatched")


class Answers:
    """Answers mentions; each distinct mention of a call once."""

    def __init__(self, resolver: Resolver, target: Target) -> None:
        """Resolve mentions with ``resolver``, with one target for all of them."""
        self._resolver = resolver
        self._target = target

    def __call__(self, mentions: Sequence[Mention], decisions: Sequence[str | None] | None = None) -> list[Answer]:
        """Return an answer for each mention.

        ``decisions`` has for each mention the id that a person has decided on, ``""`` for "nothing", or None.
        """
        questions = list(zip(mentions, decisions or [None] * len(mentions), strict=True))
        distinct = list(dict.fromkeys(questions))
        answers: dict[tuple[Mention, str | None], Answer] = {}
        for start in range(0, len(distinct), _AT_ONCE):
            chunk = distinct[start : start + _AT_ONCE]
            answers.update(zip(chunk, map(self._answer, self._ask(chunk)), strict=True))
        return [answers[question] for question in questions]

    def _ask(self, questions: Sequence[tuple[Mention, str | None]]) -> list[Match]:
        to, language = self._target.to, self._target.language
        undecided = [mention for mention, decision in questions if decision is None]
        matches = iter(self._matches(undecided))
        return [
            next(matches) if decision is None else self._resolver.settle(mention, decision, to=to, language=language)
            for mention, decision in questions
        ]

    def _matches(self, mentions: Sequence[Mention]) -> list[Match]:
        to, language, min_score = self._target.to, self._target.language, self._target.min_score
        return self._resolver.resolve_many(mentions, to=to, language=language, min_score=min_score)

    def _cells(self, match: Match) -> Cells:
        return cells(match, self._resolver.identifiers)

    def _answer(self, match: Match) -> Answer:
        try:
            return self._in_full(match)
        except Exception as error:
            if is_raised(error):
                raise
            return self._in_full(failed(match.mention, error, match.gazetteer_date))

    def _in_full(self, match: Match) -> Answer:
        answer = Answer(self._cells(match))
        if match.method == FAILED and answer.cells != (told := self._cells(match)):
            answer = Answer(told)  # computing its fields failed
        return Answer(answer.cells, choices(match)) if answer.open else answer
