"""The imports of officials and organisations: one command writes the tables as they are stored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools import import_officials, import_organisations, tables

WRITTEN = sorted({*import_organisations.TABLES, "identifiers", "replaced_ids", "tenures"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the gazetteer, into which the imports write."""
    copy = tmp_path / "gazetteer"
    shutil.copytree(tables.GAZETTEER, copy)
    monkeypatch.setattr(tables, "GAZETTEER", copy)
    return copy


def test_the_import_of_officials_alone_leaves_no_table_broken(folder: Path) -> None:
    stored = {table: (folder / f"{table}.csv").read_text(encoding="utf-8") for table in WRITTEN}
    import_officials.main()
    for table, text in stored.items():
        assert (folder / f"{table}.csv").read_text(encoding="utf-8") == text, table


def test_without_the_organisations_it_breaks_the_versions(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = (folder / "versions.csv").read_text(encoding="utf-8")
    monkeypatch.setattr(import_organisations, "main", lambda: None)
    import_officials.main()
    assert (folder / "versions.csv").read_text(encoding="utf-8") != stored
