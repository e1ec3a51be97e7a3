"""The index file: whole or refused, rebuilt when damaged, done without where it can't be kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from resolver.index import store
from resolver.index.index import open_index


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    arrays: dict[str, NDArray[Any]] = {"a": np.arange(6, dtype=np.int32).reshape(2, 3), "none": np.empty(0, np.uint8)}
    store.save(tmp_path / "x.idx", arrays, {"as_of": "2026-09-25"})
    loaded, about = store.load(tmp_path / "x.idx")
    assert about == {"as_of": "2026-09-25"}
    assert loaded["a"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert loaded["none"].size == 0


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "foreign"])
def test_damage_is_noticed(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "x.idx"
    store.save(path, {"a": np.arange(100, dtype=np.int64)}, {})
    whole = path.read_bytes()
    middle = len(whole) - 40
    path.write_bytes(
        {
            "empty": b"",
            "cut": whole[:-9],
            "flipped": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
            "foreign": b"id,name\n1,Kampot\n",
        }[damage]
    )
    with pytest.raises(store.DamagedError):
        store.load(path)


def test_a_damaged_index_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOLVER_CACHE_DIR", str(tmp_path))
    first = open_index()
    (file,) = tmp_path.glob("*.idx")
    size = file.stat().st_size
    file.write_bytes(file.read_bytes()[: size // 2])
    assert open_index().keys == first.keys
    assert file.stat().st_size == size


def test_without_a_cache_folder_it_works_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("RESOLVER_CACHE_DIR", str(blocked / "cache"))
    with pytest.warns(RuntimeWarning, match="RESOLVER_CACHE_DIR"):
        index = open_index()
    assert index.keys


def test_nothing_is_left_behind_when_saving_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="space"):
        store.save(tmp_path / "x.idx", {"a": np.arange(3)}, {})
    assert not list(tmp_path.iterdir())
