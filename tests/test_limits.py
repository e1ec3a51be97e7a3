"""Lengths are cut before anything is done: no text takes more than a second of work, and the answer says so."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from resolver import Entry, Mention, Resolver, UsageError, aggregate, cluster, compare_names
from resolver.clustering.cluster_file import ClusterRequest, cluster_file
from resolver.engine.engine import ONLY_BEGINNING
from resolver.tables.headers import column_position
from resolver.tables.normalize import normalize_file
from resolver.tables.request import Request
from resolver.text.unicode import MOST_READ

SECONDS = 1.5
"""Of work, for one text: many times what it takes, so that a slow machine does not matter, a square does."""

MARKS = "a" + "\u0301" * 128_000
HOSTILE = {
    "marks": MARKS,
    "marks of two kinds": "Hà Nội " + "x\u0301\u0323" * 60_000,
    "one letter": "a" * 1_000_000,
    "words": "Hà Nội " * 100_000,
    "commas": "Hà Nội, " * 100_000,
    "blanks": " " * 500_000 + "Kampot" + "\n" * 500_000,
    "Khmer": "ខេត្តកំពត" * 50_000,
    "Khmer subscripts": "ក" + "\u17d2\u178a" * 100_000,
    "both scripts": "Kampot ក្ដី" * 50_000,
    "offices": "Minister of and Bộ trưởng " * 20_000,
    "brackets": "(" * 200_000,
    "digits": "1" * 300_000,
    "half a character": chr(0xD800) * 200_000,
}

texts = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


@contextmanager
def little_work() -> Iterator[None]:
    started = time.thread_time()
    yield
    assert time.thread_time() - started < SECONDS


def said(note: str) -> bool:
    return ONLY_BEGINNING in note or "Only the first 1,000 characters were read." in note


@pytest.fixture(scope="module", autouse=True)
def warm(resolver: Resolver) -> None:
    """Load what is loaded once."""
    resolver.resolve("Hà Nội, Huyện Gia Lâm", type="person")
    compare_names("Tô Lâm", "ស ខេង")
    cluster(["Tô Lâm"], resolver=resolver)


@texts
def test_resolve(resolver: Resolver, text: str) -> None:
    with little_work():
        match = resolver.resolve(text)
    assert match.mention.text == text
    assert said(match.note)


@texts
def test_all_calls_that_take_mentions(resolver: Resolver, text: str) -> None:
    with little_work():
        matches = resolver.resolve_many([Mention(text, ("person",)), Mention("Kampot", within=(text,))])
    assert said(matches[0].note)
    with little_work():
        assert len(resolver.resolve_arrays([text, "Kampot"]).ids) == 2
    with little_work():
        assert len(resolver.resolve_codes([text, "91"])) == 2
    with little_work():
        assert said(resolver.convert(text, within=text).match.note)
    with little_work():
        assert aggregate([Entry(text, {"x": 1})], date="2024-12-31", resolver=resolver).refused


def _history(resolver: Resolver, text: str) -> object:
    return resolver.history(text, type="district")


REFUSED: dict[str, Callable[[Resolver, str], object]] = {
    "date": lambda resolver, text: resolver.resolve("Kampot", date=text),
    "type": lambda resolver, text: resolver.resolve("Kampot", type=text),
    "country": lambda resolver, text: resolver.resolve("Kampot", country=text.replace(",", "")),
    "language": lambda resolver, text: resolver.resolve("Kampot", language=text),
    "id": lambda resolver, text: resolver.entity(text),
    "cluster": lambda resolver, text: cluster(["x"], type=text, resolver=resolver),
}


@texts
@pytest.mark.parametrize("what", REFUSED)
def test_options_are_refused_in_few_words(resolver: Resolver, what: str, text: str) -> None:
    if what == "date" and not text.strip():
        return
    with little_work(), pytest.raises(UsageError) as refused:
        REFUSED[what](resolver, text)
    assert len(str(refused.value)) < 2_000


@texts
def test_names(text: str) -> None:
    with little_work():
        found = compare_names(text, "Tô Lâm " + text[::-1])
    assert any(one.feature == "cut" for one in found.evidence)


@pytest.mark.parametrize("letters", ["ក្ខ្គង", "mnptk", "ស្រ៊ី", "nguyen"], ids=["a", "b", "c", "d"])
@pytest.mark.parametrize("length", [7, 37, 60, 150])
def test_names_of_any_shape(letters: str, length: int) -> None:
    words = [letters[at % len(letters) :] + letters * 40 for at in range(8)]
    one, other = (" ".join(word[:size] for word in words) for size in (length, length + 9))
    with little_work():
        compare_names(one, other)


@pytest.mark.parametrize("kind", ["person", "organisation"])
@texts
def test_groups(resolver: Resolver, kind: str, text: str) -> None:
    with little_work():
        found = cluster([text, text + "x"], type=kind, context={"at": [text, "Kampot"]}, resolver=resolver)
    assert all("were read" in one.link for one in found if one.cluster)


@texts
def test_headers(tmp_path: Path, text: str) -> None:
    header = ["place", text, *(f"{text[:90]}{number}" for number in range(300))]
    with little_work(), pytest.raises(UsageError) as refused:
        column_position(header, text + "x", path="in.csv")
    assert len(str(refused.value)) < 2_000


def test_tables(resolver: Resolver, tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    cells = [text.replace("\x00", "") for name, text in HOSTILE.items() if name != "half a character"]
    source.write_text("place\n" + "".join(f'"{cell[:100_000]}"\n' for cell in cells), encoding="utf-8")
    started = time.thread_time()
    normalize_file(source, tmp_path / "normalized.csv", Request(["place"]), resolver=resolver)
    cluster_file(source, tmp_path / "clustered.csv", ClusterRequest("place"), resolver=resolver)
    assert time.thread_time() - started < SECONDS * len(cells)
    assert MOST_READ < 100_000
