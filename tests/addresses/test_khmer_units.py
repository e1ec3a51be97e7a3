"""Units of Cambodia: what is named after one is not it, and a commune said to bear its name is not it either."""

from __future__ import annotations

from collections import Counter

import pytest

from resolver import Resolver
from tests.eval import khmer_unit_sweeps, sweeping


@pytest.mark.parametrize("kind", khmer_unit_sweeps.SWEEPS)
def test_no_unit_is_taken_for_what_bears_its_name(resolver: Resolver, kind: str) -> None:
    cases = list(khmer_unit_sweeps.SWEEPS[kind]())[::2]
    matches = resolver.resolve_many([case.mention for case in cases])
    verdicts = Counter(map(sweeping.judge, cases, matches))
    assert verdicts["wrong"] == 0
    assert verdicts["right"] > 0.9 * len(cases)


def test_the_beginning_of_a_longer_name_is_no_rest(resolver: Resolver) -> None:
    match = resolver.resolve("Koh Andaet village, Kaoh Andaet commune, Srok Kaoh Andaet")
    assert match.status != "matched" or (match.entity and match.entity.name == "Kaoh Andaet"), match.note


@pytest.mark.parametrize("text", ["ខណ្ឌប្រាំពីរមករា", "ប្រាំពីរមករា", "ខណ្ឌ៧មករា"])
def test_a_number_ahead_of_a_name_is_written_in_words_too(resolver: Resolver, text: str) -> None:
    match = resolver.resolve(text)
    assert match.entity and match.entity.id == "kh-district-prampir-meakkakra-1203"


@pytest.mark.parametrize("text", ["ភូមិថ្មី", "Phum Thmei", "PHUM THMEI"])
def test_a_name_that_begins_like_a_villages_is_open_by_itself(resolver: Resolver, text: str) -> None:
    commune = "kh-commune-phum-thmei-010703"
    match = resolver.resolve(text)
    assert match.status == "ambiguous"
    assert commune in {one.entity.id for one in match.candidates}
    for clearer in ("Khum Phum Thmei", "Phum Thmei, Thma Puok, Banteay Meanchey"):
        found = resolver.resolve(clearer).entity
        assert found and found.id == commune
