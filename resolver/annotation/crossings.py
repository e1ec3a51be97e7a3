"""Border crossings, whose names the gazetteer has as weak aliases of the units in which they lie: cửa khẩu Mộc Bài."""

from __future__ import annotations

from resolver.annotation.batching import Stage
from resolver.annotation.document_context import DocumentContext, Pairs, resolve_ids
from resolver.annotation.words_beside import names_crossing
from resolver.model import Match

__all__ = ["of_crossings"]

_ANOTHER_TIME = frozenset({"not_yet", "ended_then", "name_out_of_use"})
"""Features of what does not exist, or is not called so, on the day of the text."""


def of_crossings(document: DocumentContext, pairs: Pairs) -> Stage[Pairs]:
    """Return pairs in which a weak alias behind the word for a crossing means the only unit of that day that has it."""
    plain = document.folded.plain
    meant: dict[int, str] = {}
    for number, (span, match) in enumerate(pairs):
        if span.bare and span.weak and match.status == "ambiguous" and names_crossing(plain, span.start, span.end):
            units = _called_so(match)
            if len(units) == 1:
                meant[number] = units.pop()
    if meant:
        told = yield from resolve_ids([(id, pairs[number][0].query) for number, id in meant.items()], document.date)
        for number, match in zip(meant, told, strict=True):
            pairs[number] = pairs[number][0]._replace(kind="place", bare=False, weak=False), match
    return pairs


def _called_so(match: Match) -> set[str]:
    """Return what is called so on the day of a mention, by a weak alias."""
    return {
        one.entity.id
        for one in match.candidates
        if one.method == "alias" and _ANOTHER_TIME.isdisjoint(evidence.feature for evidence in one.evidence)
    }
