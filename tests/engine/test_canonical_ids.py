"""A canonical id is that entity, in every call."""

from __future__ import annotations

from random import Random

from resolver import Resolver
from tests.samples import SEED, tables


def test_an_id_is_its_entity(resolver: Resolver) -> None:
    ids = Random(SEED).sample(sorted(row["id"] for row in tables()["entities"]), 2_000)
    matches = resolver.resolve_many(ids)
    assert [match.entity.id if match.entity else "" for match in matches] == ids
    assert {(match.status, match.method, match.score) for match in matches} == {("matched", "id", 1.0)}
    found = resolver.resolve_arrays(ids)
    assert found.ids.tolist() == ids


def test_the_date_and_the_changes_are_those_of_the_entity(resolver: Resolver) -> None:
    match = resolver.resolve(" vn-province-kien-giang ", date="2026-01-01", within="Hà Nội")
    assert match.entity is not None
    assert (match.entity.id, match.dating) == ("vn-province-kien-giang", "ended")
    assert [entity.id for entity in match.current] == ["vn-province-an-giang-2025"]


def test_an_id_that_was_replaced_leads_to_the_one_that_is_kept(resolver: Resolver) -> None:
    replaced = tables()["replaced_ids"]
    assert replaced
    for row in replaced:
        match = resolver.resolve(row["id"])
        assert match.status == "matched"
        assert match.entity == resolver.entity(row["replaced_by"]) == resolver.entity(row["id"])


def test_an_unknown_id_is_unmatched_and_says_so(resolver: Resolver) -> None:
    match = resolver.resolve("vn-province-atlantis")
    assert (match.status, match.candidates) == ("unmatched", ())
    assert "no entity 'vn-province-atlantis'" in match.note


def test_types_and_countries_confine_ids_too(resolver: Resolver) -> None:
    assert "is a province" in resolver.resolve("vn-province-kien-giang", type="person").note
    assert "is in VN" in resolver.resolve("vn-province-kien-giang", country="KH").note
