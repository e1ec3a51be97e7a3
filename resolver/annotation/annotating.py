"""What ``Resolver`` offers for running text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, cast

from resolver.dates import date_option
from resolver.errors import UsageError
from resolver.garbage_collection import gc_relaxed
from resolver.index.index import Index

if TYPE_CHECKING:
    from resolver.annotation.annotator import Annotator
    from resolver.annotation.mentions import Annotation
    from resolver.model import Match

__all__ = ["Annotating"]

_TOGETHER = 100_000
"""Characters of texts whose names are resolved together."""


class Annotating:
    """The calls that find names in texts, for a class that has an index and resolves mentions."""

    _index: Index

    if TYPE_CHECKING:

        def resolve_many(self, mentions: Any, *, language: str | None = None) -> list[Match]:
            """Return what mentions mean."""

    def annotate(
        self, text: str, *, date: str | dt.date | None = None, language: str | None = None
    ) -> list[Annotation]:
        """Return the names in a running text, from left to right, none within another.

        ``date`` is the day of the text. Without it the date at the head of the text is used, if there is one, and the
        notes say so. ``language`` is that of the names shown. Each place, person, office and organisation has its
        position in the given text (``text[start:end]``), and a match like those of ``resolve``, with the document as
        context.

        >>> from resolver import Resolver
        >>> text = "Công an tỉnh Kiên Giang tiếp đoàn Kampot."
        >>> [(one.text, one.match.entity.id) for one in Resolver().annotate(text, date="2024-11-27")]
        [('Công an tỉnh Kiên Giang', 'vn-organisation-cong-an-tinh-kien-giang'), ('Kampot', 'kh-province-kampot')]
        """
        day = date_option(date, "the date")
        return list(self.annotator(language).annotate(text.splitlines(keepends=True), day))

    def annotate_many(
        self,
        texts: Iterable[str],
        *,
        date: str | dt.date | None = None,
        dates: Iterable[str | dt.date | None] | None = None,
        language: str | None = None,
    ) -> Iterator[list[Annotation]]:
        """Yield the names in each of many texts, in their order: the same as ``annotate`` for each, but faster.

        ``dates`` has one date for each text; ``date`` is for all. Raises UsageError for a bad date, or if there are
        more or fewer dates than texts.
        """
        annotator, day = self.annotator(language), date_option(date, "the date")
        for some in _batches(_dated(texts, dates, day)):
            with gc_relaxed():
                found = annotator.annotate_all(some)
            yield from found

    def annotator(self, language: str | None = None) -> Annotator:
        """Return an annotator, which finds names in texts; ``language`` is that of the names shown."""
        from resolver.annotation.annotator import Annotator  # noqa: PLC0415  (slow, and most mentions are no texts)

        known = self._annotators
        if language not in known:
            first = next(iter(known.values()), None)
            known[language] = Annotator(self._index, self.resolve_many, language, like=first)
        return known[language]

    @cached_property
    def _annotators(self) -> dict[str | None, Annotator]:
        return {}


def _dated(texts: Iterable[str], dates: Iterable[str | dt.date | None] | None, day: str) -> Iterator[tuple[str, str]]:
    """Yield texts with their days. Raises UsageError if there are more or fewer days than texts."""
    if dates is None:
        yield from ((text, day) for text in texts)
        return
    missing = object()
    for text, own in zip_longest(texts, dates, fillvalue=missing):
        if not isinstance(text, str) or own is missing:
            raise UsageError("there are not as many dates as texts: give one for each")
        yield text, date_option(cast("str | dt.date | None", own), "a date") or day


def _batches(texts: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Yield texts in groups large enough that it pays to resolve all their names together."""
    held: list[tuple[str, str]] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text[0])
        if size > _TOGETHER:
            yield held
            held, size = [], 0
    if held:
        yield held
