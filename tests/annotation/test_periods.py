"""An answer holds for all days of its period: told again with another day, it is what that day would have given."""

from __future__ import annotations

from datetime import date

import pytest

from resolver import Mention, Resolver
from resolver.annotation.annotator import Annotator
from resolver.annotation.periods import Periods
from resolver.annotation.retelling import retold
from resolver.model import EntityType

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


NAMES: tuple[tuple[str, tuple[EntityType, ...]], ...] = (
    ("Kampot", ("province",)),
    ("Kam Pốt", ("country", "province", "district", "commune")),
    ("Yên Bái", ("province", "district", "commune")),
    ("Bình Dương", ("province", "commune")),
    ("tỉnh Lào Cai", ("country", "province", "district", "commune")),
    ("Bộ Công an", ("organisation", "office")),
    ("Công an tỉnh Kiên Giang", ("organisation", "office")),
    ("Minister of Foreign Affairs", ("organisation", "office")),
    ("Thủ tướng", ("office",)),
    ("Ho Chi Minh City", ("province",)),
    ("Lương Tam Quang", ("person",)),
    ("ông Hun Manet", ("person",)),
    ("tỉnh Kiên Gang", ("country", "province", "district", "commune")),
)


@pytest.mark.parametrize(("text", "types"), NAMES)
def test_the_answer_is_the_same_on_the_first_and_last_day_of_a_period_and_on_all_turns_within(
    resolver: Resolver, text: str, types: tuple[EntityType, ...]
) -> None:
    periods = Periods(resolver._index)
    for day in ("2024-11-27", "2025-07-20", "2025-12-01"):
        mention = Mention(text, types, (), day)
        (match,) = resolver.resolve_many([mention])
        first, end = periods.lasting(mention, match)
        ends = (first, end - 1, *periods._turns, *(turn - 1 for turn in periods._turns))
        days = {date.fromordinal(one).isoformat() for one in ends if first <= one < end and 700_000 < one < 750_000}
        others = [mention._replace(date=one) for one in sorted(days)]
        told = [retold(match, other).to_dict() for other in others]
        assert told == [one.to_dict() for one in resolver.resolve_many(others)]


def test_a_name_to_which_nothing_happens_has_one_answer_across_the_mergers_of_others(resolver: Resolver) -> None:
    mention = Mention("Kampot", ("province",), (), "2025-06-20")
    (match,) = resolver.resolve_many([mention])
    first, end = Periods(resolver._index).lasting(mention, match)
    assert first <= date(2024, 11, 27).toordinal() and date(2025, 12, 1).toordinal() < end
