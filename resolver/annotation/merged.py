"""Places that were merged into one of their name: An Giang before and after it was joined with Kiên Giang.

In a text of either time a word beside the name tells which is meant (An Giang cũ, the new An Giang province), or the
places named beside it in a list: An Giang và Kiên Giang are those that were merged.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from resolver.annotation.batching import Stage
from resolver.annotation.document_context import DocumentContext, Pairs, resolve_ids
from resolver.annotation.span import Span
from resolver.annotation.words_beside import words_of
from resolver.index.index import Index

__all__ = ["of_merged"]

_AHEAD = 40
_MERGED = frozenset({"province", "district", "commune"})
_SOON = 400
"""Days before a merger on which a text may name what comes of it."""
_WHOLE = re.compile(r"[,.;:)\n]|$| (?:and|et|và|or|is|was|est) ")
"""What follows a bare name if the word before it tells about the place: the former An Giang, but not its officials."""


class _Twins(NamedTuple):
    """What a place was merged from that has its name, what came of it, and all that was merged."""

    former: int
    new: int
    origins: frozenset[int]


def of_merged(document: DocumentContext, pairs: Pairs, lists: Sequence[Sequence[int]]) -> Stage[Pairs]:
    """Return pairs in which places that were merged into one of their name are the former or the new one."""
    index = document.index
    twins = {
        number: both
        for number, (span, match) in enumerate(pairs)
        if span.kind in ("place", "name")
        and match.entity
        and match.entity.type in _MERGED
        and (both := _twins(index, index.numbers[match.entity.id]))
    }
    if not twins:
        return pairs
    listed = {number: items for items in lists for number in items}
    told = {number: _told(document, pairs[number][0]) for number in twins}
    for number, both in twins.items():
        told[number] = told[number] or _by_list(index, pairs, listed.get(number, ()), number, both)
        told[number] = told[number] or _formed(document, pairs, pairs[number][0], both)
    meant: dict[int, str] = {}
    for number, both in twins.items():
        match = pairs[number][1]
        which = told[number] or _by_the_other(document, pairs, number, twins, told)
        there = {"former": both.former, "new": both.new}.get(which, -1)
        if there >= 0 and match.entity and there != index.numbers[match.entity.id] and _is_near(document, both.new):
            meant[number] = index.record(there).id
    if meant:
        matches = yield from resolve_ids([(id, pairs[number][0].query) for number, id in meant.items()], document.date)
        for number, match in zip(meant, matches, strict=True):
            pairs[number] = pairs[number][0], match
    return pairs


def _twins(index: Index, number: int) -> _Twins | None:
    """Return the former and the new place of a name, of which a place is one; nothing if there are no two."""
    record = index.record(number)
    if not record.versions:
        return None
    name = record.versions[-1].name
    for edge in record.changes:
        if edge.other >= 0 and edge.other != number and _has_name(index, edge.other, name, record.type):
            return _Twins(number, edge.other, _origins(index, edge.other))
    for edge in record.origins:
        if edge.other >= 0 and edge.other != number and _has_name(index, edge.other, name, record.type):
            return _Twins(edge.other, number, _origins(index, number))
    return None


def _has_name(index: Index, number: int, name: str, type_: str) -> bool:
    record = index.record(number)
    return record.type == type_ and bool(record.versions) and record.versions[-1].name == name


def _origins(index: Index, number: int) -> frozenset[int]:
    return frozenset(edge.other for edge in index.record(number).origins if edge.change.kind == "merged")


def _is_near(document: DocumentContext, new: int) -> bool:
    """Whether a place exists on the day of the text, or soon will."""
    try:
        day = dt.date.fromisoformat(document.date).toordinal()
    except ValueError:
        return False
    return document.index.record(new).versions[0].valid_from <= dt.date.fromordinal(day + _SOON).isoformat()


def _told(document: DocumentContext, span: Span) -> Literal["former", "new", ""]:
    """Return what the words right beside a name tell."""
    plain = document.folded.plain
    head = plain[max(0, span.start - _AHEAD) : span.start]
    whole = span.kind == "place" or _WHOLE.match(plain, span.end) is not None
    if _behind("former").match(plain, span.end) or (whole and _ends_with(head, "former")):
        return "former"
    return "new" if _behind("new").match(plain, span.end) or (whole and _ends_with(head, "new")) else ""


def _by_list(index: Index, pairs: Pairs, items: Sequence[int], number: int, both: _Twins) -> Literal["former", ""]:
    """Return that the former place is meant if what it was merged with stands beside it in a list."""
    entities = (pairs[item][1].entity for item in items if item != number)
    others = {index.numbers[one.id] for one in entities if one}
    return "former" if others & (both.origins - {both.former}) else ""


def _formed(document: DocumentContext, pairs: Pairs, span: Span, both: _Twins) -> Literal["new", ""]:
    """Return that the new place is meant if the sentence says that it is formed of what it was merged from."""
    head = document.folded.plain[max(0, span.start - _AHEAD) : span.start]
    if not _ends_with(head, "formed"):
        return ""
    return "new" if _names_other(document, pairs, span, both) else ""


def _names_other(document: DocumentContext, pairs: Pairs, span: Span, both: _Twins) -> bool:
    """Whether the sentence of a name also has a place that was merged with it."""
    start, end = document.standing.sentence(span)
    numbers = document.index.numbers
    named = {numbers[one.entity.id] for at, one in pairs if one.entity and start <= at.start < end}
    return not named.isdisjoint(both.origins - {both.former})


def _by_the_other(
    document: DocumentContext, pairs: Pairs, number: int, twins: Mapping[int, _Twins], told: Mapping[int, str]
) -> Literal["former", "new", ""]:
    """Return which place a name means by the same name further on in its sentence.

    X: merger of W and X; but X will merge with W to form X.
    """
    span, both = pairs[number][0], twins[number]
    end = document.standing.sentence(span)[1]
    behind = {which for other, which in told.items() if twins[other].new == both.new
              and span.end < pairs[other][0].start < end}  # fmt: skip
    if "new" in behind:
        return "former" if _names_other(document, pairs, span, both) else ""
    return "new" if "former" in behind else ""


@cache
def _behind(place: str) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, words_of(f"{place}_behind")), key=len, reverse=True))
    return re.compile(rf" \(?(?:{words})(?![^\W\d_])", re.IGNORECASE)


def _ends_with(head: str, place: str) -> bool:
    """Whether the text before a name ends with one of some words."""
    before = head.rstrip(" -").lower()
    if len(before) == len(head) or not before.endswith(_ends(place)):
        return False
    return any(before.endswith(word) and not before[: -len(word)][-1:].isalpha() for word in _ends(place))


@cache
def _ends(place: str) -> tuple[str, ...]:
    return tuple(words_of(place))
