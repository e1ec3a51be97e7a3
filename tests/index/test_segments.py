"""The fuzzy index finds exactly what comparing with every key finds."""

from __future__ import annotations

import random

import pytest
from rapidfuzz.distance import OSA

from resolver.engine.resolver import Resolver
from resolver.index.segments import Segments, edits_allowed
from tests.samples import misspell


def test_it_misses_nothing_within_the_allowed_edits(resolver: Resolver) -> None:
    chance = random.Random(20250701)
    keys = [key for key in resolver._index.keys if key.isalnum()]
    segments = Segments.build(keys)
    drawn = chance.sample(keys, 150)
    queries = [misspell(misspell(key, chance), chance) if len(key) > 8 else misspell(key, chance) for key in drawn]
    mentions, found = segments.probe(queries)
    pairs = set(zip(mentions.tolist(), found.tolist(), strict=True))
    near = {
        (mention, number)
        for mention, query in enumerate(queries)
        for number, key in enumerate(keys)
        if edits_allowed(len(key))  # a key too short for an edit is found by exact lookup alone
        and abs(len(query) - len(key)) <= edits_allowed(len(key))
        and OSA.distance(query, key, score_cutoff=3) <= edits_allowed(len(key))
    }
    assert near
    assert near <= pairs


@pytest.mark.parametrize("swapped", ["hait", "ahti"])
def test_a_transposition_over_a_cut_is_found(swapped: str) -> None:
    segments = Segments.build(["haiti", "ahit"])
    assert len(segments.probe([swapped])[0])


def test_nothing_is_found_in_nothing() -> None:
    assert not len(Segments.build([]).probe(["kampot"])[0])
    assert not len(Segments.build(["kampot"]).probe([])[0])
