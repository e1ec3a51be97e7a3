"""A second process that finds the names in half of many documents."""

from __future__ import annotations

import os
import pickle
import warnings
from collections.abc import Sequence
from multiprocessing.connection import Connection
from types import TracebackType
from typing import NamedTuple

from resolver.annotation.annotator import Annotator
from resolver.documents.rows import row_of
from resolver.engine.resolver import Resolver
from resolver.tables.worker import started

__all__ = ["Marked", "Marker"]

WORTH_SHARING = 400_000
"""Characters of documents after which a second process pays."""

Texts = Sequence[tuple[str, str]]
"""Texts with their days."""


class Marked(NamedTuple):
    """What is written of a name, and the status of what it means."""

    row: list[str]
    status: str


class Marker:
    """Finds the names in groups of documents, two groups at a time where there are many and a second core exists.

    A context manager. What is found is the same in either process.
    """

    def __init__(self, resolver: Resolver, language: str | None) -> None:
        self._annotator = resolver.annotator(language)
        self._made_from = resolver, language
        self._alone = (os.cpu_count() or 1) < 2
        self._seen = 0
        self._helper: Connection | None = None

    def __enter__(self) -> Marker:
        """Return itself; the process starts on first use."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the second process."""
        if self._helper:
            self._helper.close()

    def __call__(self, first: Texts, second: Texts) -> tuple[list[list[Marked]], list[list[Marked]]]:
        """Return what is to be written of the names in each text of two groups."""
        self._seen += sum(len(text) for text, _ in (*first, *second))
        if self._alone or not second or self._seen < WORTH_SHARING:
            return _marked(self._annotator, first), _marked(self._annotator, second)
        try:
            if self._helper is None:
                resolver, language = self._made_from
                self._helper = started(_serve, pickle.dumps(resolver), language)
            self._helper.send(second)
            own = _marked(self._annotator, first)
            return own, self._helper.recv()
        except (EOFError, OSError):
            # It could not be started, or has died from lack of memory: this process looks at its documents.
            self._alone = True
            return _marked(self._annotator, first), _marked(self._annotator, second)


def _marked(annotator: Annotator, texts: Texts) -> list[list[Marked]]:
    return [[Marked(row_of(mark), mark.match.status) for mark in marks] for marks in annotator.annotate_all(texts)]


def _serve(documents: Connection, resolver: bytes, language: str | None) -> None:
    with warnings.catch_warnings():
        # The first process has reported it.
        warnings.simplefilter("ignore")
        annotator = pickle.loads(resolver).annotator(language)
    try:
        while True:
            documents.send(_marked(annotator, documents.recv()))
    except (EOFError, OSError):
        return
