"""Addresses without commas in the order of English: no type word behind a name is read as standing before the next."""

from __future__ import annotations

from collections import Counter

import pytest

from resolver import Resolver
from resolver.text import english_order
from tests.eval import english_order_sweeps, sweeping

_EVERY = 25


@pytest.mark.parametrize("kind", english_order_sweeps.SWEEPS)
def test_no_unit_is_read_in_the_other_order(resolver: Resolver, kind: str) -> None:
    cases = list(english_order_sweeps.SWEEPS[kind]())[::_EVERY]
    matches = resolver.resolve_many([case.mention for case in cases])
    verdicts = Counter(map(sweeping.judge, cases, matches))
    assert verdicts["wrong"] == 0
    assert verdicts["right"] > 0.98 * len(cases)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Ward 4 Ben Tre City Ben Tre", "vn-commune-phuong-4-28765"),
        ("Lotus Hotel 5 Tran Phu Street Hai Chau District Da Nang", "vn-district-hai-chau-492"),
        (
            "RIVER TOWER NGUYEN HUU CANH STREET BINH THANH DISTRICT HO CHI MINH CITY VIETNAM",
            "vn-district-binh-thanh-765",
        ),
        ("Group 2 Village 3 Sangkat 4 Sihanoukville City", "kh-commune-buon-180104"),
    ],
)
def test_houses_and_numbers(resolver: Resolver, text: str, id_: str) -> None:
    match = resolver.resolve(text)
    assert match.entity and match.entity.id == id_, match.note


@pytest.mark.parametrize(
    "text",
    [
        "Ward Tan Dinh District 1",  # the type words stand before the names
        "12 Le Loi Ward Tan Dinh District 1",
        "Hoc Mon District Police Ho Chi Minh City",
        "Cu Chi District Ho Chi Minh City People's Committee",
        "Dong Anh district of Hanoi city",
        "Party Secretary Bac Ninh City Bac Ninh Province",
        "Phan Thiet City",
    ],
)
def test_what_is_no_address_in_that_order_is_left_alone(text: str) -> None:
    assert english_order.in_parts(text) == text


def test_an_unknown_ward_leaves_no_ward_of_the_towns_name(resolver: Resolver) -> None:
    match = resolver.resolve("Zuot Khoeng Ward, Sa Pa Town, Lao Cai", date="2023")
    assert match.status != "matched"
