"""The coverage counts what the tables and the graph say."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from resolver.days import LAST_DAY
from resolver.engine.resolver import Resolver
from resolver.gazetteer.reader import bundled_path, read_tables
from resolver.history.coverage import DATES, Statistics, statistics
from resolver.model import TYPES


@pytest.fixture(scope="module")
def told() -> Statistics:
    return statistics()


def test_units_in_force_are_the_official_numbers(told: Statistics) -> None:
    units = {(one.country, one.level, one.date): one.count for one in told.units}
    official = [
        row
        for row in read_tables(bundled_path())["official_counts"]
        if not row["local_type"] and (row["country"], row["type"], row["date"]) in units
    ]
    assert len(official) >= 6
    for row in official:
        assert units[row["country"], row["type"], row["date"]] == int(row["count"])


def test_every_level_is_counted_on_every_date(told: Statistics) -> None:
    dates = {one.date for one in told.units}
    assert dates == {*DATES, told.date}
    assert len(told.units) == 2 * 3 * len(dates)
    assert all(0 <= one.undated <= one.count for one in told.units)


def test_every_ended_unit_is_counted_once(told: Statistics, resolver: Resolver) -> None:
    index = resolver._index
    expected: Counter[tuple[str, str]] = Counter()
    for number in range(len(index.numbers)):
        record = index.record(number)
        if record.type in {"province", "district", "commune"} and index.entity_days[number][1] <= index.as_of_day:
            assert index.entity_days[number][1] < LAST_DAY
            expected[record.country, record.type] += 1
    found: Counter[tuple[str, str]] = Counter()
    for one in told.ended:
        found[one.country, one.level] += one.known + one.unknown
        assert one.today <= one.known
    assert found == expected


def test_the_reform_of_2025_left_nobody_without_a_successor(told: Statistics) -> None:
    assert [one.unknown for one in told.ended if (one.country, one.level, one.year) == ("VN", "province", "2025")] == [
        0
    ]


def test_names_and_entities_add_up(told: Statistics) -> None:
    tables = read_tables(bundled_path())
    official = {(row["id"], row["language"], row["name"]) for row in tables.standing("versions")}
    assert sum(map(sum, (kinds.values() for kinds in told.names.values()))) == len(official) + len(tables["names"])
    assert sum(map(sum, (types.values() for types in told.entities.values()))) == len(tables["entities"])
    assert list(told.entities["VN"]) == list(TYPES)
    assert told.rows == {name: len(rows) for name, rows in tables.rows.items()}
    assert all(told.instrumented[kind] <= told.changes[kind] for kind in told.instrumented)


def test_all_provinces_have_a_vietnamese_name(told: Statistics) -> None:
    for country in ("VN", "KH"):
        named = told.named[country]["province"]
        assert named["vi"] == named[""] > 0


def test_another_folder_gives_the_same_numbers(told: Statistics) -> None:
    assert statistics(bundled_path()) == told


def test_json_and_tables_tell_the_same(told: Statistics) -> None:
    assert json.loads(told.to_json())["rows"] == told.rows
    lines = str(told).splitlines()
    row = next(line for line in lines if line.startswith("| entities "))
    assert re.findall(r"[\d,]+", row) == [f"{told.rows['entities']:,}"]
    tables = [line.count("|") for line in lines if line.startswith("| ---")]
    assert len(tables) == 12
