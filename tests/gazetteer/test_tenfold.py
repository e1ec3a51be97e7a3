"""The tables of the benchmark with ten times the names: they are as the tables have to be."""

from __future__ import annotations

from pathlib import Path

from resolver.gazetteer.reader import read_tables
from tests import samples
from tests.benchmarks import tenfold


def test_ten_times_the_names_are_a_gazetteer(tmp_path: Path) -> None:
    found = read_tables(tenfold.write(tmp_path / "gazetteer"))
    known = {row.text for row in samples.name_rows()}
    assert len({row["name"] for row in found["versions"]} | known) >= tenfold.FACTOR * len(known)
