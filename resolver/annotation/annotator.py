"""From a text to the names in it: the steps of ``resolver.annotation`` in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from resolver.annotation.asking import Asker, Resolves
from resolver.annotation.choice import best
from resolver.annotation.context import read, standing_alone
from resolver.annotation.folding import Folded, fold
from resolver.annotation.growing import Bodies
from resolver.annotation.mentions import Annotation
from resolver.annotation.patterns import Patterns
from resolver.annotation.people import People
from resolver.annotation.setting import Dated, day_of
from resolver.annotation.spans import Span, grown
from resolver.annotation.spotting import Spot, spots
from resolver.annotation.surroundings import Surroundings
from resolver.annotation.windows import windows
from resolver.index.index import Index

__all__ = ["Annotator"]

_SHORT = 20_000
"""Characters up to which a text is asked about together with others."""


class _Prepared(NamedTuple):
    """A text, and what in it has to be asked about."""

    folded: Folded
    dated: Dated
    found: list[Spot]
    around: Surroundings
    spans: list[Span]


class Annotator:
    """Finds names in texts with the names of an index; what they mean is asked of ``resolve_many``.

    ``like`` is one for the same index, whose patterns need not be made again.
    """

    def __init__(
        self, index: Index, resolve_many: Resolves, language: str | None = None, *, like: Annotator | None = None
    ) -> None:
        self._index = index
        self._patterns: Patterns = like._patterns if like else Patterns(index)
        self._bodies: Bodies = like._bodies if like else Bodies(index)
        self._asker = Asker(resolve_many, language)

    def annotate(self, lines: Iterable[str], date: str = "") -> Iterator[Annotation]:
        """Yield the names in a text that is given in lines, from left to right.

        ``date`` is the day of the text where it is known. A long text is looked at in parts: who is named in one is
        not known in the next.
        """
        before = 0
        dated: Dated | None = Dated(date) if date else None
        for part in windows(lines):
            folded = fold(part)
            dated = dated or day_of(folded.plain)
            for mark in self._marks([self._prepared(folded, dated)])[0]:
                yield replace(mark, start=mark.start + before, end=mark.end + before) if before else mark
            before += len(part)

    def annotate_all(self, texts: Sequence[tuple[str, str]]) -> list[list[Annotation]]:
        """Return the names in each of several texts that are given with their days: sooner than one by one."""
        short = [number for number, (text, _) in enumerate(texts) if len(text) <= _SHORT]
        prepared = []
        for number in short:
            text, date = texts[number]
            folded = fold(text)
            prepared.append(self._prepared(folded, Dated(date) if date else day_of(folded.plain)))
        marks = dict(zip(short, self._marks(prepared), strict=True))
        return [
            marks[number] if number in marks else list(self.annotate(text.splitlines(keepends=True), date))
            for number, (text, date) in enumerate(texts)
        ]

    def _prepared(self, folded: Folded, dated: Dated) -> _Prepared:
        found = spots(folded, self._patterns)
        around = Surroundings(self._index, folded, found, dated.day)
        return _Prepared(folded, dated, found, around, standing_alone(around, grown(folded, found, self._bodies)))

    def _marks(self, texts: Sequence[_Prepared]) -> list[list[Annotation]]:
        """Return the names in each of several texts of no great length: their questions are asked together."""
        readings = self._asker.told([read(one.around, one.spans) for one in texts])
        return [
            list(_placed(one.folded, People(one.found, one.around).linked(best(found)), one.dated))
            for one, found in zip(texts, readings, strict=True)
        ]


def _placed(folded: Folded, marks: Iterable[Annotation], dated: Dated) -> Iterator[Annotation]:
    """Yield marks with their places in the text as it was written; none where an earlier one stands."""
    done = 0
    note = f"Dated by the text: “{dated.told_by}”." if dated.told_by else ""
    for mark in marks:
        start, end = folded.origin(mark.start, mark.end)
        if start < done or start >= end:
            continue
        done = end
        match = replace(mark.match, note=f"{mark.match.note} {note}".strip()) if note else mark.match
        yield Annotation(start, end, folded.text[start:end], match, mark.kind, mark.cluster, mark.office)
