"""The command lines that the examples for clusters tell are about columns that their tables have."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("example", ["dask_job.py", "spark_job.py"])
def test_a_command_names_columns_of_its_table(example: str) -> None:
    told = (ROOT / "examples" / example).read_text("utf-8").partition('\n"""\n')[0]
    commands = re.findall(rf"examples/{example} (examples/\S+\.csv) (.*)", told)
    assert commands
    for table, options in commands:
        with (ROOT / table).open(encoding="utf-8", newline="") as handle:
            header = next(csv.reader(handle))
        assert set(re.findall(r"--(?:date-)?column (\S+)", options)) <= set(header)
