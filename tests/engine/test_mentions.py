"""Mentions of the press, with all that is told about them: ``cases/mentions.csv``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from resolver import Resolver
from resolver.model import Match
from resolver.tables.columns import COLUMNS, cells

CASES = Path(__file__).resolve().parent.parent / "cases" / "mentions.csv"
TOLD = ("status", "dating", "change", "change_date", "instrument")


def cases() -> Iterator[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


@cache
def resolver() -> Resolver:
    return Resolver()


def resolve(row: dict[str, str]) -> Match:
    within = [part for part in row["within"].split("|") if part]
    type_, country, date = (row[column] or None for column in ("type", "country", "date"))
    return resolver().resolve(row["mention"], type=type_, country=country, date=date, within=within)


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{number}-{row['mention']}") for number, row in enumerate(cases(), 2)]
)
def test_mention(row: dict[str, str]) -> None:
    match = resolve(row)
    told = dict(zip(COLUMNS, cells(match), strict=True))
    assert {name: told[name] for name in TOLD} == {name: row[name] for name in TOLD}, match.note
    assert _parts(told["current_id"]) == _parts(row["current_ids"]), match.note
    if row["status"] == "matched":
        assert told["id"] == row["expected_id"], match.note
    else:
        named = {candidate.entity.id for candidate in match.candidates}
        assert told["id"] == ""
        assert named >= _parts(row["expected_id"]), match.note


def _parts(cell: str) -> set[str]:
    return {part for part in cell.split("|") if part}
