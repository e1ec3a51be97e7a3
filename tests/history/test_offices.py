"""Offices are counted with who held them, and those nobody is known to have held are gaps."""

from __future__ import annotations

import pytest

from resolver.engine.resolver import Resolver
from resolver.history.offices import COUNTRIES, GROUPS, SINCE, Offices, offices


@pytest.fixture(scope="module")
def told(resolver: Resolver) -> list[Offices]:
    return list(offices(resolver._index))


def on(told: list[Offices], country: str, group: str, date: str) -> Offices:
    (one,) = (one for one in told if (one.country, one.group, one.date) == (country, group, date))
    return one


def test_every_group_is_counted_every_year(told: list[Offices], resolver: Resolver) -> None:
    dates = {one.date for one in told}
    assert min(dates) == f"{SINCE}-07-01"
    assert max(dates) == resolver._index.as_of
    assert len(told) == len(COUNTRIES) * len(GROUPS) * len(dates)
    assert all(0 <= one.unseen <= one.held <= one.count and one.gaps == one.count - one.held for one in told)


@pytest.mark.parametrize(
    ("country", "group", "date", "count"),
    [
        ("VN", "provinces", "2024-07-01", 3 * 63),
        ("VN", "provinces", "2025-07-01", 3 * 34),
        ("VN", "police", "2024-07-01", 63),
        ("VN", "police", "2025-07-01", 34),
        ("KH", "provinces", "2025-07-01", 25),
        ("KH", "police", "2025-07-01", 27),
    ],
)
def test_every_province_has_its_offices(told: list[Offices], country: str, group: str, date: str, count: int) -> None:
    """Party secretary, two chairmen and a police director in Vietnam, a governor and a police chief in Cambodia, where
    the National Police and the Military Police have one head each.
    """
    assert on(told, country, group, date).count == count


def test_the_gaps_have_become_few(told: list[Offices]) -> None:
    assert on(told, "KH", "government", "2024-07-01").gaps <= 8
    assert on(told, "KH", "provinces", "2024-07-01").gaps <= 8
    assert on(told, "VN", "provinces", "2025-07-01").gaps <= 25
    assert on(told, "VN", "police", "2026-07-01").gaps <= 10
