"""The graph of changes: what stood, what stands, what is told."""

from __future__ import annotations

import pytest

from resolver.days import day_range
from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.history.changes import standing, version_at
from resolver.history.tenures import held_on, last_seen, latest


def stands(resolver: Resolver, entity: str, date: str) -> set[str]:
    index = resolver._index
    return {index.record(one).id for one in standing(index, index.numbers[entity], day_range(date)[0])}


def test_an_entity_stands_for_itself_while_in_force(resolver: Resolver) -> None:
    assert stands(resolver, "vn-province-ha-noi", "2026-01-01") == {"vn-province-ha-noi"}


def test_a_dissolved_district_becomes_what_its_communes_became(resolver: Resolver) -> None:
    assert stands(resolver, "vn-district-ha-tien-900", "2026-01-01") == {
        "vn-commune-ha-tien-30769-2025",
        "vn-commune-to-chau-30766-2025",
        "vn-commune-tien-hai-30781",
    }


def test_an_island_district_became_its_special_zone(resolver: Resolver) -> None:
    assert stands(resolver, "vn-district-con-dao-755", "2026-01-01") == {"vn-commune-con-dao-26732-2025"}


def test_the_graph_is_followed_backwards(resolver: Resolver) -> None:
    assert stands(resolver, "vn-province-lam-dong-2025", "2025-06-30") == {
        "vn-province-lam-dong",
        "vn-province-dak-nong",
        "vn-province-binh-thuan",
    }


def test_every_ended_place_of_vietnam_leads_somewhere(resolver: Resolver) -> None:
    index = resolver._index
    ended = [
        number
        for id_, number in index.numbers.items()
        if id_.startswith(("vn-province", "vn-district", "vn-commune"))
        and index.entity_days[number, 1] <= index.as_of_day
    ]
    assert len(ended) > 10_000
    lost = {number for number in ended if not standing(index, number, index.as_of_day)}
    told_unknown = {
        number
        for number in ended
        if [(edge.change.kind, edge.other) for edge in index.record(number).changes][-1:] == [("abolished", -1)]
        and not index.record(number).ended_with
    }
    assert lost == told_unknown
    assert len(lost) < 50


def test_a_version_is_found_by_day(resolver: Resolver) -> None:
    record = resolver._index.record(resolver._index.numbers["vn-province-hue"])
    assert record.versions[version_at(record, day_range("2024-12-31")[0])].name == "Thừa Thiên Huế"
    assert record.versions[version_at(record, day_range("2025-01-01")[0])].name == "Huế"


def test_a_person_holds_the_office_of_the_day(resolver: Resolver) -> None:
    record = resolver._index.record(resolver._index.numbers["vn-person-luong-tam-quang"])
    assert [t.office for t in held_on(record.tenures, day_range("2022-10-12"))] == ["Thứ trưởng Bộ Công an"]
    assert [t.office for t in held_on(record.tenures, day_range("2025-02-19"))] == ["Bộ trưởng Bộ Công an"]
    assert held_on(record.tenures, day_range("1990-01-01")) == ()


def test_what_is_last_known_is_told_as_such(resolver: Resolver) -> None:
    record = resolver._index.record(resolver._index.numbers["vn-person-dao-hai-dang"])
    assert len(latest(record.tenures)) == 1
    assert last_seen(latest(record.tenures)[0]) == "2025-12-01"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-07-01", "2025-07-01", "2025-07-01"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2008", "2008-01-01", "2008-12-31"),
        ("2018-07-26/2019-12-12", "2018-07-26", "2019-12-12"),
    ],
)
def test_dates_reach_as_far_as_they_are_known(text: str, first: str, last: str) -> None:
    assert day_range(text) == (day_range(first)[0], day_range(last)[0])


@pytest.mark.parametrize(
    "text", ["", "2025-13-01", "2025-02-30", "2025-07-00", "2025-00", "0000", "01/07/2025", "soon", "２０２５"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        day_range(text)


def test_history_tells_before_and_after(resolver: Resolver) -> None:
    told = resolver.history("vn-province-an-giang-2025")
    assert {step.entity.id for step in told.before if step.entity} == {"vn-province-an-giang", "vn-province-kien-giang"}
    assert "202/2025/QH15" in str(told)
    assert told.to_dict()["entity"]["id"] == "vn-province-an-giang-2025"
    with pytest.raises(UsageError, match="Châu Thành"):
        resolver.history("Châu Thành")
