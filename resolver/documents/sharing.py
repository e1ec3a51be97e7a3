"""Many documents, the names in half of them found by a second process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from types import TracebackType
from typing import NamedTuple

from resolver.annotation.annotator import Annotator
from resolver.annotation.mentions import Annotation
from resolver.documents.rows import row_of
from resolver.engine.resolver import Resolver
from resolver.second_process import SecondProcess

__all__ = ["Marked", "Marker"]

WORTH_SHARING = 400_000
"""Characters of documents after which a second process pays."""

Texts = Sequence[tuple[str, str]]
"""Texts with their days."""


class Marked(NamedTuple):
    """The row of a name, and the status in it."""

    row: list[str]
    status: str


class Marker:
    """Finds the names in groups of documents, two groups at a time if there are many and a second core exists.

    A context manager. What is found is the same in either process.
    """

    def __init__(self, resolver: Resolver, language: str | None) -> None:
        self._annotator = resolver.annotator(language)
        self._own = partial(_marked, self._annotator)
        self._second = SecondProcess(_marking, resolver, language)
        self._seen = 0

    def __enter__(self) -> Marker:
        """Return itself; the process starts on first use."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the second process."""
        self._second.__exit__(kind, error, trace)

    def __call__(self, first: Texts, second: Texts) -> tuple[list[list[Marked]], list[list[Marked]]]:
        """Return the rows of the names in each text of two groups."""
        self._seen += sum(len(text) for text, _ in (*first, *second))
        if second and self._seen >= WORTH_SHARING:
            shared = self._second.share(second, lambda: self._own(first))
            if shared:
                return shared
        return self._own(first), self._own(second)

    def one(self, lines: Iterable[str], day: str) -> Iterator[Marked]:
        """Yield the rows of the names in a long document, whose lines are read one after the other."""
        return map(_row, self._annotator.annotate(lines, day))


def _marking(resolver: Resolver, language: str | None) -> Callable[[Texts], list[list[Marked]]]:
    return partial(_marked, resolver.annotator(language))


def _marked(annotator: Annotator, texts: Texts) -> list[list[Marked]]:
    return [list(map(_row, marks)) for marks in annotator.annotate_all(texts)]


def _row(mark: Annotation) -> Marked:
    return Marked(row_of(mark), mark.match.status)
