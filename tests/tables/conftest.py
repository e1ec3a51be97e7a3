"""The reform of 2025-07-01, and tables as they were written."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from resolver.engine.resolver import Resolver
from resolver.model import Conversion

EVE, REFORM = "2025-06-30", "2025-07-01"


@pytest.fixture(scope="package")
def crosswalk(resolver: Resolver) -> dict[str, Conversion]:
    """The conversion of every commune from the day before the reform."""
    units = [unit.id for unit in resolver.places("commune", country="VN", date=EVE)]
    assert len(units) == 10_035
    return dict(zip(units, resolver.convert_many(units, date=EVE, to=REFORM), strict=True))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
