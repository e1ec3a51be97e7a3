"""Completion of a prefix."""

from __future__ import annotations

import pytest

from resolver import Resolver


@pytest.mark.parametrize(
    ("prefix", "type_", "expected"),
    [
        ("kien gi", "province", "vn-province-kien-giang"),
        ("Kampo", "province", "kh-province-kampot"),
        ("ខេត្តកំព", None, "kh-province-kampong-cham"),
        ("Giang", "province", "vn-province-an-giang-2025"),
        ("tỉnh Kiên G", None, "vn-province-kien-giang"),
        ("phường Bến Ng", None, "vn-commune-ben-nghe-26740"),
        ("TP. Hồ", None, "vn-province-ho-chi-minh-2025"),
        ("province de Kien", None, "vn-province-kien-giang"),
    ],
)
def test_the_best_known_comes_first(resolver: Resolver, prefix: str, type_: str | None, expected: str) -> None:
    found = [entity.id for entity in resolver.suggest(prefix, type=type_)]
    assert expected in found[:3]


def test_each_begins_with_what_was_typed_before_those_that_contain_it(resolver: Resolver) -> None:
    found = [entity.name for entity in resolver.suggest("thom", type="commune", limit=50)]
    assert found.index("Thôm Mòn") < found.index("Bãi Thơm")


@pytest.mark.parametrize("prefix", ["", "   ", "x" * 10_000, "\n", "zzzzqq"])
def test_what_begins_no_name_has_no_completion(resolver: Resolver, prefix: str) -> None:
    assert resolver.suggest(prefix) == []


def test_no_entity_is_told_twice(resolver: Resolver) -> None:
    for prefix in ("a", "th", "phu", "san", "hoa", "cham"):
        found = [entity.id for entity in resolver.suggest(prefix, limit=50)]
        assert len(found) == len(set(found)) > 40


def test_a_type_word_narrows_the_types_asked_for(resolver: Resolver) -> None:
    assert {entity.type for entity in resolver.suggest("huyện Châu Th", limit=50)} == {"district"}
    assert resolver.suggest("huyện Châu Th", type="person") == []
