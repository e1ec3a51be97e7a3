"""Districts and communes with the name of a province, in a list of their neighbours: all of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from resolver import Resolver
from resolver.index.index import Record
from resolver.model import TYPES

LEVELS = ("district", "commune")
PROVINCE = TYPES.index("province")


class Listed(NamedTuple):
    """A unit with the name of a province, and a text in which two units of its level and province are beside it."""

    id: str
    text: str
    start: int


def in_force(record: Record, day: str) -> str:
    """Return the name of a unit on a day; empty if it was not in force."""
    return next((one.name for one in record.versions if one.valid_from <= day < (one.valid_to or "9")), "")


def lists(resolver: Resolver, day: str) -> Iterator[Listed]:
    """Yield a text for each such unit that was in force on a day."""
    index = resolver._index
    units: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for number, kind in enumerate(index.entity_type.tolist()):
        above = [one for one in index.above(number) if index.entity_type[one] == PROVINCE]
        record = index.record(number) if TYPES[kind] in LEVELS and len(above) == 1 else None
        if record and record.country == "VN" and (name := in_force(record, day)):
            units[TYPES[kind], above[0]][name] = record.id
    records = [index.record(number) for number in (index.entity_type == PROVINCE).nonzero()[0].tolist()]
    provinces = {in_force(record, day) for record in records}
    former = {version.name for record in records for version in record.versions}
    counts = Counter(name for ids in units.values() for name in ids)
    for (_, province), ids in units.items():
        own = index.record(province).versions[-1].name
        others = [name for name in ids if counts[name] == 1 and name not in former and name[0].isalpha()]
        for name in ids:
            if name in provinces and name != own and len(others) > 1:
                yield Listed(ids[name], f"{own}: {others[0]}, {name}, {others[-1]}.", len(f"{own}: {others[0]}, "))


@pytest.mark.parametrize("day", ["2020-01-01", "2026-01-01"])
def test_a_namesake_of_a_province_in_a_list_is_no_province(resolver: Resolver, day: str) -> None:
    asked = list(lists(resolver, day))
    made = resolver.annotate_many([one.text for one in asked], date=day)
    meant = [
        (one.id, mark.match.entity.id)
        for one, marks in zip(asked, made, strict=True)
        for mark in marks
        if mark.start == one.start and mark.match.entity
    ]
    assert len(asked) > 5
    assert [pair for pair in meant if pair[0] != pair[1]] == []
    assert len(meant) > 0.9 * len(asked)
