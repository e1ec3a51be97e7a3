"""A cache folder that others can write: their files change no answer, whatever stands in them."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from resolver.engine.resolver import Resolver
from resolver.index import store
from tests.small_gazetteer import small_gazetteer, write

HUE = "vn-province-hue"
NOBODY = 65_534


@pytest.fixture
def gazetteer(tmp_path: Path) -> Path:
    folder = tmp_path / "gazetteer"
    folder.mkdir()
    return write(folder, small_gazetteer())


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that everybody can write, as a shared one may be."""
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o777)
    monkeypatch.setenv("RESOLVER_CACHE_DIR", str(folder))
    return folder


def opened(gazetteer: Path) -> tuple[Resolver, list[str]]:
    """Return a resolver with its lexicon open, and what was said on the way."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", RuntimeWarning)
        resolver = Resolver(gazetteer)
        assert resolver._engine.lexicon is not None
    return resolver, [str(one.message) for one in told if one.category is RuntimeWarning]


def found(resolver: Resolver) -> list[str]:
    """Return what Huế means, asked as one mention and, from the lexicon, among very many."""
    many = ["Huế", *(f"Huế {number}" for number in range(2_000))]
    return [
        match.entity.id if match.entity else "" for match in (resolver.resolve("Huế"), resolver.resolve_many(many)[0])
    ]


def files(cache: Path) -> tuple[Path, Path]:
    (index,), (lexicon,) = cache.glob("*.idx"), cache.glob("*.lex")
    return index, lexicon


def _forge(cache: Path) -> None:
    """Write an index and a lexicon, whole and with right sums, by which Huế is something else."""
    index, lexicon = files(cache)
    made_from = index.stem
    stored = store.load(index, made_from=made_from)
    arrays = {name: array.copy() for name, array in stored.arrays.items()}
    arrays["row_entity"] = np.zeros_like(arrays["row_entity"])
    content = store.save(index, arrays, stored.about, made_from=made_from)
    code = lexicon.stem.partition("-")[2]
    forms = store.load(lexicon, made_from=f"{stored.content}-{code}")
    arrays = {name: array.copy() for name, array in forms.arrays.items()}
    arrays["entity"] = np.zeros_like(arrays["entity"])
    store.save(lexicon, arrays, {}, made_from=f"{content}-{code}")


def _by_another_user(cache: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can give files away")
    _forge(cache)
    for file in files(cache):
        os.chown(file, NOBODY, NOBODY)


def _open_to_all(cache: Path) -> None:
    _forge(cache)
    for file in files(cache):
        file.chmod(0o666)


def _linked(cache: Path) -> None:
    _forge(cache)
    for file in files(cache):
        file.symlink_to(file.rename(file.with_name(f"real-{file.name}")))


def _swapped(cache: Path) -> None:
    index, lexicon = files(cache)
    kept = index.rename(cache / "kept")
    lexicon.rename(index)
    kept.rename(lexicon)


def _cut(cache: Path) -> None:
    for file in files(cache):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])


def _flipped(cache: Path) -> None:
    for file in files(cache):
        whole = bytearray(file.read_bytes())
        whole[len(whole) // 2] ^= 4
        file.write_bytes(whole)


@pytest.mark.parametrize("change", [_by_another_user, _open_to_all, _linked, _swapped, _cut, _flipped])
def test_answers_stay_right_and_one_line_says_why(gazetteer: Path, cache: Path, change: Callable[[Path], None]) -> None:
    resolver, told = opened(gazetteer)
    assert (found(resolver), told) == ([HUE, HUE], [])
    change(cache)
    resolver, told = opened(gazetteer)
    assert found(resolver) == [HUE, HUE]
    assert len(told) == 1
    assert "is compiled again" in told[0]
    resolver, told = opened(gazetteer)
    assert (found(resolver), told) == ([HUE, HUE], [])


def test_an_index_of_other_facts_under_this_name_is_refused(gazetteer: Path, cache: Path) -> None:
    opened(gazetteer)
    index, lexicon = files(cache)
    with (gazetteer / "names.csv").open(encoding="utf-8", newline="") as handle:
        lines = handle.readlines()
    (gazetteer / "names.csv").write_text("".join([lines[0], *lines[2:]]), encoding="utf-8")
    opened(gazetteer)
    (other,) = set(cache.glob("*.idx")) - {index}
    (other_lexicon,) = set(cache.glob("*.lex")) - {lexicon}
    shutil.copy(index, other)
    shutil.copy(lexicon, other_lexicon)
    resolver, told = opened(gazetteer)
    assert found(resolver) == [HUE, HUE]
    assert ["made from other facts" in line for line in told] == [True]


def test_a_lexicon_belongs_to_its_index(gazetteer: Path, cache: Path) -> None:
    opened(gazetteer)
    index, lexicon = files(cache)
    own = lexicon.read_bytes()
    _forge(cache)
    forged = lexicon.read_bytes()
    index.unlink()
    lexicon.unlink()
    opened(gazetteer)
    assert lexicon.read_bytes() == own
    lexicon.write_bytes(forged)
    resolver, told = opened(gazetteer)
    assert found(resolver) == [HUE, HUE]
    assert ["made from other facts" in line for line in told] == [True]
