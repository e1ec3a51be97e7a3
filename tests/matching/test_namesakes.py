"""People with common names: the name by itself is not enough, with a title, an office or a date in office it is."""

from __future__ import annotations

from resolver import Resolver
from resolver.matching.namesakes import name_rarity
from resolver.model import Mention
from tests.eval.people_sweeps import people

_COMMON, _RARE = 9.0, 11.6
"""Rarity of names, in nats."""


def _bare(least: float, most: float) -> list[tuple[str, str]]:
    """Return the Vietnamese people whose name is that rare, with the name."""
    named = [(one.id, name) for one in people() if one.country == "VN" for name in one.latin[:1]]
    return [(id_, name) for id_, name in named if least <= name_rarity(name) < most]


def test_nobody_is_meant_by_a_common_name_alone(resolver: Resolver) -> None:
    asked = _bare(0.0, _COMMON)
    matches = resolver.resolve_many([Mention(name) for _, name in asked])
    assert len(asked) > 15
    for (id_, name), match in zip(asked, matches, strict=True):
        assert match.entity is None, (name, match.note)
        assert id_ in {candidate.entity.id for candidate in match.candidates}, name
        alone = sum(candidate.entity.type == "person" and candidate.score > 0.05 for candidate in match.candidates)
        told = [evidence.text for evidence in match.candidates[0].evidence]
        assert alone != 1 or any("many people have this name" in text for text in told), match.note


def test_a_rare_name_is_enough(resolver: Resolver) -> None:
    asked = _bare(_RARE, 99.0)
    matches = resolver.resolve_many([Mention(name) for _, name in asked])
    assert len(asked) > 300
    told = {evidence.feature for match in matches if match.entity for evidence in match.evidence}
    assert "common_name" not in told
    assert sum(match.entity is not None for match in matches) > 0.85 * len(asked)


def test_a_rank_says_that_an_official_is_meant(resolver: Resolver) -> None:
    asked = _bare(0.0, _COMMON)
    names = [name for _, name in asked]
    ranked = resolver.resolve_many([Mention(f"Thượng tướng {name}") for name in names])
    for (id_, name), match in zip(asked, ranked, strict=True):
        if names.count(name) == 1 and match.entity:
            assert match.entity.id == id_, name
    single = [match for name, match in zip(names, ranked, strict=True) if names.count(name) == 1]
    assert sum(match.entity is not None for match in single) > 0.8 * len(single)


def test_a_commune_does_not_gain_by_a_doubt_about_people(resolver: Resolver) -> None:
    """Xã Nguyễn Văn Linh is named after the official, and many others have his name."""
    bare, typed = resolver.resolve("Nguyễn Văn Linh"), resolver.resolve("Xã Nguyễn Văn Linh")
    assert bare.entity is None or bare.entity.type == "person"
    assert {one.entity.type for one in bare.candidates} >= {"person", "commune"}
    assert typed.entity is not None
    assert typed.entity.type == "commune"
