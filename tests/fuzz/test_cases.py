"""What ``make fuzz`` has found, a named case each: ``tests/cases/fuzz.csv``; and that an endless example is stopped."""

from __future__ import annotations

import csv
import json
import time
from collections import Counter
from pathlib import Path

import pytest

from resolver import Resolver, cluster, compare_names
from tests.fuzz.run import TooSlowError, bounded

CASES = Path(__file__).resolve().parents[1] / "cases" / "fuzz.csv"
SECONDS = 2.0


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("row", [pytest.param(row, id=row["name"]) for row in rows()])
def test_case(row: dict[str, str], resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOLVER_DEBUG", "1")
    options = json.loads(row["options"])
    resolver.resolve("Hà Nội, Gia Lâm")  # what is loaded once is no part of the time
    started = time.thread_time()
    if row["call"] == "compare_names":
        assert 0.0 <= compare_names(row["text"], options["other"]).score <= 1.0
    elif row["call"] == "cluster":
        assert len(cluster([row["text"]], resolver=resolver, **options)) == 1
    else:
        match = getattr(resolver, row["call"])(row["text"], **options)
        assert match.status in ("matched", "ambiguous", "unmatched", "blank")
        assert match.note or match.status == "blank"
    assert time.thread_time() - started < SECONDS


def test_an_example_that_does_not_end_is_stopped() -> None:
    def endless() -> None:
        while True:
            pass

    counts: Counter[str] = Counter()
    with pytest.raises(TooSlowError):
        bounded(endless, 0.05, counts, "endless")()
    assert counts["endless"] == 1
