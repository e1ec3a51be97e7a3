"""The index file: whole, the user's own and the one wanted, or refused; done without where it can't be kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from resolver import atomic
from resolver.index import compiled_files, store
from resolver.index.index import open_index
from resolver.index.store import UnusableError
from tests.small_gazetteer import small_gazetteer, write

NOBODY = 65_534
FACTS = "facts and code"
ARRAYS: dict[str, NDArray[Any]] = {
    "a": np.arange(6, dtype=np.int32).reshape(2, 3),
    "b": np.arange(400, dtype=np.int64),
    "none": np.empty(0, np.uint8),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "x.idx"
    store.save(path, ARRAYS, {"as_of": "2026-09-25"}, made_from=FACTS)
    return path


def test_what_was_saved_is_loaded(file: Path) -> None:
    loaded = store.load(file, made_from=FACTS)
    assert loaded.about == {"as_of": "2026-09-25"}
    assert loaded.arrays["a"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert loaded.arrays["none"].size == 0
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_sum_tells_contents_apart(tmp_path: Path) -> None:
    arrays = [{"a": np.arange(3)}, {"a": np.arange(3) + 1}, {"b": np.arange(3)}]
    saved = [store.save(tmp_path / f"{n}.idx", one, {}, made_from=FACTS) for n, one in enumerate(arrays)]
    assert len(set(saved)) == len(arrays)
    assert [store.load(tmp_path / f"{n}.idx", made_from=FACTS).content for n in range(len(arrays))] == saved


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _link(path: Path) -> None:
    path.symlink_to(path.rename(path.with_name("elsewhere")))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _given_away(path: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can give a file away")
    os.chown(path, NOBODY, NOBODY)


UNUSABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "it is empty"),
    "cut": (lambda path: path.write_bytes(path.read_bytes()[:-9]), "damaged"),
    "cut in the header": (lambda path: path.write_bytes(path.read_bytes()[:25]), "damaged"),
    "longer": (lambda path: path.write_bytes(path.read_bytes() + b"x"), "damaged"),
    "foreign": (lambda path: path.write_bytes(b"id,name\n1,Kampot\n"), "damaged"),
    "other facts": (lambda path: store.save(path, ARRAYS, {}, made_from="other facts"), "made from other facts"),
    "others can write it": (lambda path: path.chmod(0o666), "others can write it"),
    "a group can write it": (lambda path: path.chmod(0o620), "others can write it"),
    "somebody else's": (_given_away, "belongs to another user"),
    "a link": (_link, "it is a link"),
    "a pipe": (_pipe, "it is not a file"),
    "a folder": (_folder, "it is not a file"),
}


@pytest.mark.parametrize("change, words", UNUSABLE.values(), ids=UNUSABLE)
def test_what_cannot_be_relied_on_is_refused(file: Path, change: Callable[[Path], object], words: str) -> None:
    change(file)
    with pytest.raises(UnusableError, match=words):
        store.load(file, made_from=FACTS)


def test_no_flipped_bit_goes_unnoticed(file: Path) -> None:
    whole, rng = file.read_bytes(), Random(2026)
    for place in {0, 8, 12, 16, 20, len(whole) - 1, *rng.sample(range(len(whole)), 400)}:
        damaged = bytearray(whole)
        damaged[place] ^= 1 << rng.randrange(8)
        file.write_bytes(damaged)
        try:
            loaded = store.load(file, made_from=FACTS)
        except UnusableError:
            continue
        # Between header and body stands what means nothing.
        assert whole[place] == 0
        assert all((loaded.arrays[name] == array).all() for name, array in ARRAYS.items())


@pytest.fixture
def gazetteer(tmp_path: Path) -> Path:
    folder = tmp_path / "gazetteer"
    folder.mkdir()
    return write(folder, small_gazetteer())


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RESOLVER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_damaged_index_is_made_anew(gazetteer: Path, cache: Path) -> None:
    first = open_index(gazetteer)
    (file,) = cache.glob("*.idx")
    size = file.stat().st_size
    file.write_bytes(file.read_bytes()[: size // 2])
    with pytest.warns(RuntimeWarning, match="not used: it is damaged; it is compiled again"):
        assert open_index(gazetteer).keys == first.keys
    assert file.stat().st_size == size
    assert open_index(gazetteer).keys == first.keys


def test_without_a_cache_folder_it_works_and_says_so(
    gazetteer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("RESOLVER_CACHE_DIR", str(blocked / "cache"))
    with pytest.warns(RuntimeWarning, match="RESOLVER_CACHE_DIR"):
        index = open_index(gazetteer)
    assert index.keys


def test_old_indexes_go_and_nothing_else_does(gazetteer: Path, cache: Path) -> None:
    cache.mkdir()
    others = ["*.idx", "notes.idx", "notes.idx.bak", "0.idx"]
    old = [f"{number:032x}" for number in range(compiled_files._MOST_INDEXES)]
    for name in [*others, *(f"{stem}{end}" for stem in old for end in (".idx", f"-{0:016x}.lex"))]:
        (cache / name).write_bytes(b"")
        os.utime(cache / name, (1_000_000, 1_000_000 + len(name)))
    open_index(gazetteer)
    left = {file.name for file in cache.iterdir()}
    assert set(others) < left
    assert len([name for name in left - set(others) if name.endswith(".idx")]) == compiled_files._MOST_INDEXES
    assert len([name for name in left if name.endswith(".lex")]) == compiled_files._MOST_INDEXES - 1


def test_nothing_is_left_behind_when_saving_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="space"):
        store.save(tmp_path / "x.idx", {"a": np.arange(3)}, {}, made_from=FACTS)
    assert not list(tmp_path.iterdir())


def test_what_a_killed_run_left_in_the_cache_goes(tmp_path: Path) -> None:
    left = tmp_path / f".resolver-{7:016x}.part"
    left.write_bytes(b"half")
    os.utime(left, (1_000_000, 1_000_000))
    store.save(tmp_path / "x.idx", {"a": np.arange(3)}, {}, made_from=FACTS)
    assert [file.name for file in tmp_path.iterdir()] == ["x.idx"]
    assert not atomic._unfinished


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that stands for what a wheel brings."""
    monkeypatch.setattr(compiled_files, "_SHIPPED", tmp_path / "shipped")
    return tmp_path / "shipped"


def test_what_came_with_the_package_is_read_first(gazetteer: Path, cache: Path, shipped: Path) -> None:
    first = open_index(gazetteer)
    (file,) = cache.glob("*.idx")
    shipped.mkdir()
    moved = file.rename(shipped / file.name)
    moved.chmod(0o666)  # as the code beside it may be
    found = open_index(gazetteer)
    assert (found.file, found.keys) == (moved, first.keys)
    assert list(cache.iterdir()) == []


def test_what_came_with_the_package_and_is_damaged_is_made_anew(gazetteer: Path, cache: Path, shipped: Path) -> None:
    first = open_index(gazetteer)
    (file,) = cache.glob("*.idx")
    shipped.mkdir()
    (shipped / file.name).write_bytes(file.read_bytes()[:-1])
    with pytest.warns(RuntimeWarning, match="not used: it is damaged"):
        found = open_index(gazetteer)
    assert (found.file, found.keys) == (file, first.keys)


def test_stored_bytes_are_the_same_on_every_machine(tmp_path: Path) -> None:
    little, big = np.arange(5, dtype="<i4"), np.arange(5, dtype=">i4")
    assert store.save(tmp_path / "a", {"a": little}, {}, made_from=FACTS) == store.save(
        tmp_path / "b", {"a": big}, {}, made_from=FACTS
    )
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
