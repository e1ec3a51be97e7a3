"""Documents in groups whose names are resolved together: that is faster than one document after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from resolver.documents.sources import Document

__all__ = ["Group", "grouped", "texts_of"]

Group = list[tuple[Document, str]]
"""Documents with their texts."""

_MOST_DOCUMENTS = 100
"""Most documents of a group."""

_LONG = 20_000
"""Characters: a longer text ends its group, and a file that is longer is not read as a whole."""


def grouped(documents: Iterable[Document]) -> Iterator[Document | Group]:
    """Yield short documents in groups, and long ones by themselves, in their order."""
    group: Group = []
    for document in map(_read, documents):
        if document.text is None:
            if group:
                yield group
                group = []
            yield document
            continue
        group.append((document, document.text))
        if len(document.text) > _LONG or len(group) >= _MOST_DOCUMENTS:
            yield group
            group = []
    if group:
        yield group


def texts_of(group: Group, day: str) -> list[tuple[str, str]]:
    """Return the texts of a group with their days; ``day`` is that of documents without one."""
    return [(text, document.date or day) for document, text in group]


def _read(document: Document) -> Document:
    """Return a document with its text, if that is short."""
    if document.text is not None:
        return document
    lines = iter(document.lines)
    begun: list[str] = []
    size = 0
    for line in lines:
        begun.append(line)
        size += len(line)
        if size > _LONG:
            return replace(document, lines=chain(begun, lines))
    return replace(document, lines=begun, text="".join(begun))
