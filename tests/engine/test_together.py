"""What is computed for many mentions at once, or after many were asked, is what one mention alone has."""

from __future__ import annotations

from typing import Any

import pytest

from resolver import Mention, Resolver
from resolver.engine import engine

ASKED: list[str | Mention] = [
    "Châu Thành",
    "Kien Giang",
    "Kampot",
    "Kampott",
    "Phú Quốc",
    "Tỉnh Kiên Giang",
    "Nguyễn Văn Nên",
    "Phường Bình San, Thành phố Hà Tiên, Tỉnh Kiên Giang",
    "ministre de l'Intérieur du Cambodge",
    "qqqq zzzz",
    "",
    "An Gian",
    Mention("Châu Thành", date="2024-06-30", within=("Kiên Giang",)),
    Mention("Kiên Giang", date="2026-01-01"),
    Mention("Hà Tiên", ("district",), ("VN",)),
    Mention("Mỹ Đức", ("commune",)),
]


def told(resolver: Resolver, some: list[str | Mention]) -> list[dict[str, Any]]:
    return [match.to_dict() for match in resolver.resolve_many(some)]


@pytest.fixture(scope="module")
def alone() -> list[dict[str, Any]]:
    fresh = Resolver()
    return [told(fresh, [one])[0] for one in ASKED]


def test_evidence_in_a_batch_is_that_of_each(alone: list[dict[str, Any]]) -> None:
    assert told(Resolver(), ASKED) == alone
    # Read from the end, each is computed with those after it.
    matches = Resolver().resolve_many(ASKED)
    assert [one.to_dict() for one in reversed(matches)] == alone[::-1]
    assert any(candidate["evidence"] for one in alone for candidate in one["candidates"])


def test_a_single_mention_has_the_same_answer_once_the_lexicon_is_open(alone: list[dict[str, Any]]) -> None:
    resolver = Resolver()
    resolver.resolve_many([f"Kampot {number}" for number in range(engine._WORTH_A_LEXICON)])
    assert "lexicon" in vars(resolver._engine)
    assert [told(resolver, [one])[0] for one in ASKED] == alone
    assert told(resolver, ASKED) == alone
