"""A commune and its district both misspelt, with no province: found where both agree, and nothing where they do not."""

from __future__ import annotations

from collections import Counter

import pytest

from resolver import Resolver
from tests.eval import sweeping, twice_misspelt_sweeps


@pytest.mark.parametrize(("kind", "least"), [*zip(twice_misspelt_sweeps.SWEEPS, (0.9, 0.2, 1.0, 1.0), strict=True)])
def test_both_have_to_agree(resolver: Resolver, kind: str, least: float) -> None:
    cases = list(twice_misspelt_sweeps.SWEEPS[kind]())[::3]
    matches = resolver.resolve_many([case.mention for case in cases])
    verdicts = Counter(map(sweeping.judge, cases, matches))
    assert verdicts["wrong"] == 0
    assert verdicts["right"] >= least * len(cases)


def test_a_type_word_alone_is_no_name(resolver: Resolver) -> None:
    match = resolver.resolve("Sangkat Krang Thnong, Khan, Saensokh, Phnom Penh")
    assert match.entity and match.entity.name == "Krang Thnong", match.note
