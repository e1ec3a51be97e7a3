"""Provinces merged into one of their name: the former and the new one in one text, all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from resolver import Resolver
from resolver.index.index import Record
from resolver.model import TYPES

PROVINCE = TYPES.index("province")
DAY = "2025-08-15"


class Merged(NamedTuple):
    """A province that others were merged into, one of them of its name; and the names of the others."""

    new: str
    former: str
    name: str
    others: tuple[str, ...]


def plain(record: Record) -> str:
    return record.versions[-1].name


def merged(resolver: Resolver) -> Iterator[Merged]:
    index = resolver._index
    for number, kind in enumerate(index.entity_type.tolist()):
        record = index.record(number) if kind == PROVINCE else None
        if record is None or not record.id.endswith("-2025"):
            continue
        origins = [index.record(edge.other) for edge in record.origins if edge.change.kind == "merged"]
        former = [one.id for one in origins if plain(one) == plain(record)]
        others = tuple(plain(one) for one in origins if plain(one) != plain(record))
        if former and others:
            yield Merged(record.id, former[0], plain(record), others)


def test_the_new_and_the_former_province_of_a_name(resolver: Resolver) -> None:
    found = list(merged(resolver))
    texts = [
        f"Tỉnh {one.name} mới hợp nhất từ {one.name} và {' và '.join(one.others)}. Ở {one.name} cũ có mưa."
        for one in found
    ]
    made = resolver.annotate_many(texts, dates=[DAY] * len(texts))
    for one, marks in zip(found, made, strict=True):
        named = [mark.match.entity.id for mark in marks if mark.match.entity and one.name in mark.text]
        assert named == [one.new, one.former, one.former], one
    assert len(found) > 15


def test_a_province_alone_is_the_one_of_the_day(resolver: Resolver) -> None:
    found = list(merged(resolver))
    texts = [f"Ở {one.name} có mưa." for one in found]
    for day, new in ((DAY, True), ("2025-05-15", False)):
        made = resolver.annotate_many(texts, dates=[day] * len(texts))
        for one, (mark,) in zip(found, made, strict=True):
            assert mark.match.entity
            assert mark.match.entity.id == (one.new if new else one.former)
