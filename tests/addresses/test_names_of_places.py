"""The names of places are those of the index, by key and by place, and numbered parts have the divided place's name."""

from __future__ import annotations

from collections import defaultdict

import pytest

from resolver import Resolver
from resolver.addresses.names_of_places import PlaceNames
from resolver.index.compiler import KINDS
from resolver.text import keys


@pytest.fixture(scope="module")
def names(resolver: Resolver) -> PlaceNames:
    return PlaceNames(resolver._index)


def test_each_name_of_a_district_and_a_commune_is_found_by_its_key_and_its_place(
    resolver: Resolver, names: PlaceNames
) -> None:
    index = resolver._index
    by_key: dict[str, set[int]] = defaultdict(set)
    by_place: dict[int, set[int]] = defaultdict(set)
    levels, kinds = index.entity_type.tolist(), index.row_kind.tolist()
    for row, entity in enumerate(index.row_entity.tolist()):
        if levels[entity] in (2, 3) and KINDS[kinds[row]] not in ("demonym", "identifier"):
            by_key[keys.key(index.texts[index.row_text[row]])].add(row)
            by_place[entity].add(row)
    assert len(by_place) > 15_000
    for key, rows in by_key.items():
        assert rows <= {one.row for one in names[key]}, key
    for place, rows in by_place.items():
        assert rows == {one.row for one in names.of(place) if not one.lesser or index.row_entity[one.row] == place}


def test_names_of_bodies_and_people_are_not_names_of_places(names: PlaceNames) -> None:
    assert "tolam" not in names
    assert names.get("bocongan") is None
    with pytest.raises(KeyError):
        names["bocongan"]


def test_every_key_that_is_listed_has_names(names: PlaceNames) -> None:
    listed = list(names)
    assert len(listed) == len(names) > 10_000
    assert all(key in names and names[key] for key in listed)


def test_the_parts_of_a_divided_ward_have_its_name(resolver: Resolver, names: PlaceNames) -> None:
    ids = resolver._index.ids
    called = {str(ids[one.entity]) for one in names["mydinh"] if one.lesser}
    assert sum("my-dinh-1" in one for one in called) == 1
    assert sum("my-dinh-2" in one for one in called) == 1
