"""Places named again without their type word, in a spelling that the gazetteer lacks: Keo Seima for the district.

Bare names are found by the spellings of the gazetteer. One recognised beside its type word is known from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from resolver.annotation.choice import Reading
from resolver.annotation.document_context import DocumentContext
from resolver.annotation.person_spans import CAPITALISED
from resolver.annotation.retelling import retold
from resolver.annotation.span import Span
from resolver.model import PLACE_TYPES, Evidence, Match, Mention
from resolver.text import terms

__all__ = ["with_repeated"]

_LOCAL = frozenset(PLACE_TYPES[2:])
_FEWEST = 2
"""Words of a name that is looked for: one alone may be part of other names."""


def with_repeated(document: DocumentContext, chosen: Sequence[Reading]) -> list[Reading]:
    """Return readings, and one for each later mention of a local place that was misspelt beside its type word."""
    named: dict[str, Reading] = {}
    for one in chosen:
        entity = one.match.entity
        if one.span.kind == "place" and one.span.weak and entity and entity.type in _LOCAL:
            name = _bare(one.span.query)
            if name:
                named.setdefault(name, one)
    if not named:
        return list(chosen)
    kept = list(chosen)
    for name, first in named.items():
        for again in _again(document, name, first):
            overlapping = [one for one in kept if one.span.start < again.span.end and again.span.start < one.span.end]
            if all(one.span.bare and _is_within(one.span, again.span) for one in overlapping):
                kept = [one for one in kept if one not in overlapping] + [again]
    return sorted(kept, key=lambda one: one.span.start)


def _is_within(one: Span, other: Span) -> bool:
    """Whether a span is a part of another one: Mean Chey in Tbeng Mean Chey."""
    return other.start <= one.start and one.end <= other.end and one[:2] != other[:2]


def _bare(query: str) -> str:
    """Return the capitalised words of a name that are no type word; empty if they are too few to be known again."""
    words = [word for word in CAPITALISED.findall(query) if not terms.type_word(word)]
    name = " ".join(words)
    return name if len(words) >= _FEWEST and name in query else ""


def _again(document: DocumentContext, name: str, first: Reading) -> Iterator[Reading]:
    """Yield the later mentions of a name that stand alone."""
    plain = document.folded.plain
    for again in re.finditer(rf"(?<![^\W\d_]){re.escape(name)}(?![^\W\d_])", plain[first.span.end :]):
        start = first.span.end + again.start()
        span = Span(start, start + len(name), "name", name, first.span.types, bare=True)
        standing = document.standing
        if not (standing.is_crowded(span) or standing.is_titled(span)):
            yield Reading(span, _linked(first.match, Mention(name, (), (), document.date), first.span.query))


def _linked(match: Match, mention: Mention, full: str) -> Match:
    """Return the match of a place for its name alone, with the reason in words."""
    link = Evidence("same document", 0.0, f"stands for “{full}”, named before it in the same document")
    return retold(match, mention, note=f"Stands for “{full}”, named before it.", link=link)
