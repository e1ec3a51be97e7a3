"""Mentions to answers, chunk by chunk: the way into the engine that the command and dataframes share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from .columns import Cells, candidates_in_words, cells, unknown
from .errors import UsageError
from .model import PLACE_TYPES, TYPES, Entity, EntityType, Match, Mention

__all__ = ["Answer", "Answers", "Engine", "Target", "countries_of", "types_of"]

# An answer takes about a kilobyte.
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked about every mention alike: the date of the crosswalk, the language of names, the least score."""

    to: str | None = None
    language: str | None = None
    min_score: float | None = None


class Engine(Protocol):
    """What answers mentions: ``resolver.Resolver``."""

    date: str

    def resolve_many(
        self,
        mentions: Iterable[str | Mention],
        *,
        to: str | None = None,
        language: str | None = None,
        min_score: float | None = None,
    ) -> list[Match]:
        """Return a match for each mention, in the same order."""
        ...

    def entity(self, id: str, *, date: str | None = None, language: str | None = None) -> Entity:
        """Return the entity of an id. Raises ``UsageError`` where there is none."""
        ...

    def settle(self, mention: Mention, id: str, *, to: str | None = None, language: str | None = None) -> Match:
        """Return the match that a person's decision makes; an empty id means that there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What is kept of a match: its cells, and its candidates in words where a person has to look at them."""

    cells: Cells
    review: str = ""

    @property
    def open(self) -> bool:
        """Whether a person is needed."""
        return self.cells[0] in ("ambiguous", "unmatched")


class Answers:
    """Answers mentions, each distinct one once as long as it is remembered.

    At most ``remembered`` answers are kept between calls, so that memory is bounded however long the table is.
    """

    def __init__(self, engine: Engine, target: Target, *, remembered: int = _REMEMBERED) -> None:
        """Ask ``engine`` about mentions, with one target for all of them."""
        self._engine = engine
        self._target = target
        self._remembered = remembered
        self._known: dict[tuple[Mention, str | None], Answer] = {}

    def __call__(self, mentions: Sequence[Mention], decisions: Sequence[str | None] | None = None) -> list[Answer]:
        """Return an answer for each mention.

        ``decisions`` has, for each of them, the id that a person has decided on, ``""`` for "nothing", or None.
        """
        questions = list(zip(mentions, decisions or [None] * len(mentions), strict=True))
        answers = {question: self._known[question] for question in questions if question in self._known}
        fresh = [question for question in dict.fromkeys(questions) if question not in answers]
        for question, match in zip(fresh, self._ask(fresh), strict=True):
            answers[question] = self._known[question] = _answer(match)
        while len(self._known) > self._remembered:
            del self._known[next(iter(self._known))]
        return [answers[question] for question in questions]

    def _ask(self, questions: Sequence[tuple[Mention, str | None]]) -> list[Match]:
        to, language = self._target.to, self._target.language
        undecided = [mention for mention, decision in questions if decision is None]
        matches = iter(self._engine.resolve_many(undecided, to=to, language=language, min_score=self._target.min_score))
        return [
            next(matches) if decision is None else self._engine.settle(mention, decision, to=to, language=language)
            for mention, decision in questions
        ]


def _answer(match: Match) -> Answer:
    answer = Answer(cells(match))
    return Answer(answer.cells, candidates_in_words(match)) if answer.open else answer


def types_of(names: str | Iterable[str] | None) -> tuple[EntityType, ...]:
    """Return the entity types named, in their usual order; ``place`` stands for all four levels.

    >>> types_of("place")
    ('country', 'province', 'district', 'commune')
    """
    wanted = {names} if isinstance(names, str) else set(names or ())
    known = ("place", *TYPES)
    for name in sorted(wanted - set(known)):
        raise UsageError(unknown("type", name, known))
    return tuple(kind for kind in TYPES if kind in wanted or ("place" in wanted and kind in PLACE_TYPES))


def countries_of(codes: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return ISO 3166-1 alpha-2 codes in capitals, each once; a text may hold several between commas.

    >>> countries_of("vn, kh")
    ('VN', 'KH')
    """
    texts = [codes] if isinstance(codes, str) else list(codes or ())
    found = [code.strip().upper() for text in texts for code in text.split(",") if code.strip()]
    for code in found:
        if not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise UsageError(f"{code!r} is no country code: give two letters (ISO 3166-1) such as VN or KH")
    return tuple(dict.fromkeys(found))
