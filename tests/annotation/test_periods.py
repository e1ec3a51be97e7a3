"""An answer holds for all days of its period: told again with another day, it is what that day would have given."""

from __future__ import annotations

from datetime import date

import pytest

from resolver import Mention, Resolver
from resolver.annotation.annotator import Annotator
from resolver.annotation.periods import Periods

TEXT = (
    "Ông Lê Quốc Anh, Phó Bí thư tỉnh Kiên Giang, và Thống đốc tỉnh Kampot gặp Bộ trưởng Lương Tam Quang ở Hà Tiên. "
    "Phường Bình San thuộc thành phố Hà Tiên. Ông Quang cảm ơn Chủ tịch UBND tỉnh An Giang và Công an tỉnh Kiên Giang."
)
DAYS = ("2024-11-20", "2024-11-27", "2025-06-30", "2025-07-01", "2025-07-02", "2026-01-05", "2026-01-06", "2025")


def told(resolver: Resolver, annotator: Annotator, day: str) -> list[object]:
    return [(one.start, one.kind, one.cluster, one.match.to_dict()) for one in annotator.annotate([TEXT], day)]


def fresh(resolver: Resolver) -> Annotator:
    return Annotator(resolver._index, resolver.resolve_many, like=resolver.annotator())


def test_the_same_as_if_each_day_were_asked_alone(resolver: Resolver) -> None:
    kept = fresh(resolver)
    for day in DAYS:
        assert told(resolver, kept, day) == told(resolver, fresh(resolver), day), day


def test_a_name_is_resolved_once_in_a_period(resolver: Resolver) -> None:
    asked: list[int] = []

    def counted(mentions: list[Mention], *, language: str | None = None) -> object:
        asked.append(len(mentions))
        return resolver.resolve_many(mentions, language=language)

    annotator = Annotator(resolver._index, counted, like=resolver.annotator())  # type: ignore[arg-type]
    list(annotator.annotate(["Tỉnh Kiên Giang giáp tỉnh Kampot."], "2024-11-20"))
    first = sum(asked)
    list(annotator.annotate(["Tỉnh Kiên Giang giáp tỉnh Kampot."], "2024-11-21"))
    assert sum(asked) == first
    list(annotator.annotate(["Tỉnh Kiên Giang giáp tỉnh Kampot."], "2025-07-01"))
    assert sum(asked) > first


@pytest.mark.parametrize(
    ("mention", "inside", "outside"),
    [
        (Mention("Kiên Giang", ("province",), (), "2025-06-20"), "2025-06-30", "2025-07-01"),
        (Mention("Lương Tam Quang", ("person",), (), "2024-07-20"), "2024-07-25", "2024-06-05"),
    ],
)
def test_a_period_ends_with_a_fact(resolver: Resolver, mention: Mention, inside: str, outside: str) -> None:
    (match,) = resolver.resolve_many([mention])
    first, end = Periods(resolver._index).lasting(mention, match)
    assert first <= date.fromisoformat(inside).toordinal() < end
    assert not first <= date.fromisoformat(outside).toordinal() < end


def test_a_holder_counts_for_one_day(resolver: Resolver) -> None:
    mention = Mention("Bộ trưởng Bộ Công an", ("person",), (), "2025-03-03")
    (match,) = resolver.resolve_many([mention])
    assert Periods(resolver._index).lasting(mention, match) == (0, 0)
