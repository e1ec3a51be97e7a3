"""From a text to the names in it: the steps of ``resolver.annotation`` in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from resolver.annotation.batching import BatchResolver, Resolves
from resolver.annotation.choice import Reading, best
from resolver.annotation.context import read, standing_alone
from resolver.annotation.dateline import Dated, day_of
from resolver.annotation.document_context import DocumentContext
from resolver.annotation.folding import Folded, fold
from resolver.annotation.growing import Bodies
from resolver.annotation.khmer_bodies import KhmerBodies
from resolver.annotation.khmer_people import KhmerPeople
from resolver.annotation.mentions import Annotation
from resolver.annotation.patterns import Patterns
from resolver.annotation.people import People
from resolver.annotation.repeated import with_repeated
from resolver.annotation.retelling import retold
from resolver.annotation.span import Span
from resolver.annotation.spans import KhmerNames, grown
from resolver.annotation.spotting import Spot, spots
from resolver.annotation.windows import windows
from resolver.index.index import Index

__all__ = ["Annotator"]

_SHORT = 20_000
"""Most characters of a text that is resolved together with others."""


class _Prepared(NamedTuple):
    """A text, and the spans in it that have to be resolved."""

    folded: Folded
    dated: Dated
    found: list[Spot]
    document: DocumentContext
    spans: list[Span]


class Annotator:
    """Finds names in texts with the names of an index, and resolves them by ``resolve_many``.

    ``like`` is another annotator for the same index, whose patterns are used again.
    """

    def __init__(
        self, index: Index, resolve_many: Resolves, language: str | None = None, *, like: Annotator | None = None
    ) -> None:
        self._index = index
        self._patterns: Patterns = like._patterns if like else Patterns(index)
        self._bodies: Bodies = like._bodies if like else Bodies(index)
        self._khmer_names: KhmerNames = (
            like._khmer_names if like else KhmerNames(KhmerPeople(index), KhmerBodies(index, self._bodies.kind))
        )
        self._batch_resolver = BatchResolver(index, resolve_many, language)

    def annotate(self, lines: Iterable[str], date: str = "") -> Iterator[Annotation]:
        """Yield the names in a text that is given in lines, from left to right.

        ``date`` is the day of the text, if it is known. A long text is annotated in parts: a person named in one part
        is not known in the next.
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
        """Return the names in each of several texts, given with their days: faster than one by one."""
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
        document = DocumentContext(self._index, folded, found, dated.day)
        return _Prepared(folded, dated, found, document, standing_alone(document, self._grown(folded, found)))

    def _grown(self, folded: Folded, found: list[Spot]) -> list[Span]:
        return grown(folded, found, self._bodies, self._khmer_names)

    def _marks(self, texts: Sequence[_Prepared]) -> list[list[Annotation]]:
        """Return the names in each of several short texts, whose mentions are resolved together."""
        readings = self._batch_resolver.run([read(one.document, one.spans) for one in texts])
        return [
            list(_placed(one.folded, self._linked(one, best(found)), one.dated))
            for one, found in zip(texts, readings, strict=True)
        ]

    def _linked(self, text: _Prepared, chosen: list[Reading]) -> list[Annotation]:
        """Return annotations for readings, and for later mentions of the same places and people."""
        people = People(text.found, text.document, self._bodies)
        return people.linked(with_repeated(text.document, chosen))


def _placed(folded: Folded, marks: Iterable[Annotation], dated: Dated) -> Iterator[Annotation]:
    """Yield annotations with their positions in the original text, without those that overlap an earlier one."""
    done = 0
    note = f"Dated by the text: “{dated.told_by}”." if dated.told_by else ""
    for mark in marks:
        start, end = folded.origin(mark.start, mark.end)
        if start < done or start >= end:
            continue
        done = end
        match = mark.match
        if note or match.mention.date != dated.day:
            match = retold(match, match.mention._replace(date=dated.day), note=note)
        yield Annotation(start, end, folded.text[start:end], match, mark.kind, mark.cluster, mark.office)
