"""Words directly next to the name of the smallest place: whether they may be a part of it."""

from __future__ import annotations

from collections.abc import Container

from resolver.addresses.matched_parts import Span
from resolver.addresses.rest_kinds import MARKED
from resolver.text.address import Part
from resolver.text.localities import is_mark, named_from
from resolver.text.name_counts import begins_personal_name

__all__ = ["ends_in", "is_cut_off", "is_numbered_street", "runs_on", "weight_of_neighbour"]

_NO_PLACE_BESIDE = -3.0
"""A name directly next to words that name no place: it may be part of them."""
_HAMLET_BESIDE = -1.0
"""A hamlet with a name of its own just before a name: ``Thôn Đồng Lực Hoàng Lâu``."""
_BESIDE = {"number": -9.0, "house": -1.5}
_STREETS = frozenset({"phố", "pho", "đường", "duong"})
_FEW = 2
"""Least words of a name, and of the text before it, if they are two separate names."""


def runs_on(one: Part, span: Span, start: int, end: int) -> bool:
    """Whether words are directly next to a name, so that they may be part of it."""
    if start == span.end:
        return one.touches(start)
    return end == span.start and span.word is None and one.touches(end)


def is_cut_off(one: Part, start: int, end: int, span: Span, names: Container[str]) -> bool:
    """Whether words before a name with its type word behind it are the beginning of a longer name of a place."""
    last = span.start + len(span.core.split())
    if end != span.start or span.word is None or last >= span.end or not one.touches(end):
        return False
    return "".join(one.folds[start:last]) in names


def weight_of_neighbour(one: Part, kind: str, start: int, end: int, span: Span) -> float:
    """Return the weight of words directly next to a name: a hamlet with its own name or number is not part of it."""
    if kind in MARKED and kind != "house" and one.folds[end - 1].isdecimal():
        return 0.0
    if kind == "hamlet" and end == span.start and named_from(one, start, end) < end:
        return _HAMLET_BESIDE
    return _BESIDE.get(kind, _NO_PLACE_BESIDE)


def is_numbered_street(one: Part, kind: str, end: int, span: Span) -> bool:
    """Whether a bare name behind the number of a house or an alley begins like a street's: ``ngõ 34 phố Huế``."""
    if span.word or end != span.start or kind not in ("house", "street") or not one.folds[end - 1].isdecimal():
        return False
    return span.end - end > 1 and one.slice(end, end + 1).lower() in _STREETS


def ends_in(one: Part, kind: str, start: int, end: int, span: Span) -> bool:
    """Whether a bare name may be only the end of the words before it.

    ``12 Nguyễn Thị Minh Khai`` is a street, not in Minh Khai; ``Thôn Hoàng Lâu`` need not lie in Hoàng Lâu, nor ``Thôn
    Trần Hưng Đạo`` in Hưng Đạo.
    """
    if span.word or end != span.start or kind == "institution":
        return False
    first = named_from(one, start, end)
    if kind == "words":
        return end - start < _FEW or span.end - span.start < _FEW
    if first == end:
        return kind != "house" or is_mark(one.slice(end - 1, end))
    if kind == "hamlet" and end - first > 1:
        return False
    return begins_personal_name([one.slice(at, at + 1) for at in range(first, end)])
