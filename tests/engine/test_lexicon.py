"""What the lexicon says of a name is what reading and weighing it says, to the last digit."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from random import Random

import pytest

from resolver.engine import lexicon
from resolver.engine.lexicon import lowered, open_lexicon
from resolver.engine.resolver import Resolver
from resolver.index import store
from resolver.index.index import Index
from resolver.matching.comparison import Query
from resolver.matching.matcher import Matcher
from resolver.model import Match, Mention
from tests import samples

SAMPLE = 1_500


@pytest.fixture(scope="module")
def uncached() -> Resolver:
    """Return a resolver without a lexicon."""
    return Resolver(cache=False)


@pytest.mark.parametrize(
    "options", [{}, {"type": "place"}, {"type": "commune", "country": "VN"}, {"country": "KH"}], ids=str
)
def test_it_says_what_reading_says(resolver: Resolver, uncached: Resolver, options: dict[str, str]) -> None:
    rng = Random(samples.SEED)
    every = sorted(
        {text for row in samples.name_rows() for form in samples.FORMS if (text := samples.spelt(row, form))}
    )
    texts = rng.sample(every, SAMPLE)
    texts += [text.title() for text in texts[:200]] + [text.swapcase() for text in texts[200:400]] + ["Hai\nPhòng"]
    fast = resolver.resolve_many(texts, **options)  # type: ignore[arg-type]
    assert resolver._engine.lexicon is not None
    slow = uncached.resolve_many(texts, **options)  # type: ignore[arg-type]
    assert uncached._engine.lexicon is None
    for one, other in zip(fast, slow, strict=True):
        assert _gist(one) == _gist(other)
        assert one.evidence == other.evidence


def test_a_batch_says_what_one_question_says(resolver: Resolver) -> None:
    rng = Random(samples.SEED)
    rows = rng.sample(samples.name_rows(), SAMPLE)
    mentions = [samples.asked(row, row.text, typed=rng.random() < 0.5, dated=rng.random() < 0.3) for row in rows]
    mentions += [Mention(samples.misspell(row.text, rng)) for row in rows[:300] if len(row.text) >= samples.MIN_LETTERS]
    for mention, match in zip(mentions[::7], resolver.resolve_many(mentions)[::7], strict=True):
        assert match == resolver.resolve_many([mention])[0]


def test_arrays_say_what_matches_say(resolver: Resolver) -> None:
    rng = Random(samples.SEED)
    texts = [row.text for row in rng.sample(samples.name_rows(), SAMPLE)]
    texts += [samples.misspell(text, rng) for text in texts if len(text) >= samples.MIN_LETTERS] + [
        "",
        "Minister",
        texts[0],
    ]
    for options in ({}, {"type": "person", "date": "2024"}, {"type": "place"}):
        found = resolver.resolve_arrays(texts, **options)  # type: ignore[arg-type]
        matches = resolver.resolve_many(texts, **options)  # type: ignore[arg-type]
        assert found.statuses.tolist() == [match.status for match in matches]
        assert found.ids.tolist() == [match.entity.id if match.entity else "" for match in matches]
        assert found.score.tolist() == [match.score for match in matches]


@pytest.mark.parametrize("damage", ["cut", "flipped", "foreign"])
def test_a_damaged_lexicon_is_made_anew(
    tmp_path: Path, resolver: Resolver, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    small = _small_lexicon(resolver, tmp_path, monkeypatch)
    whole = small.read_bytes()
    at = len(whole) - 8
    small.write_bytes(
        {
            "cut": whole[:at],
            "flipped": whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :],
            "foreign": b"id,name",
        }[damage]
    )
    with pytest.warns(RuntimeWarning, match="is not used: it is damaged"):
        found = open_lexicon(_matcher(tmp_path), _ASKED)
    assert found is not None
    assert small.read_bytes() == whole


def test_a_lexicon_that_cannot_be_kept_is_used_all_the_same(
    tmp_path: Path, resolver: Resolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    _small_lexicon(resolver, tmp_path, monkeypatch).unlink()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(store, "save", full)
    with pytest.warns(RuntimeWarning, match="RESOLVER_CACHE_DIR"):
        found = open_lexicon(_matcher(tmp_path), _ASKED)
    assert found is not None
    assert found.file is None
    assert (found.find(["Kampot"]) >= 0).all()


def _small_lexicon(resolver: Resolver, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of a lexicon of two forms, beside a copy of the index; it is soon made anew."""
    texts = ["kampot", "kien giang"]
    monkeypatch.setattr(lexicon, "_forms", lambda matcher, _: (matcher.parse(list(map(Mention, texts))), []))
    monkeypatch.setenv("RESOLVER_CACHE_DIR", str(folder))
    (index,) = (file for file in resolver.compiled() if file.suffix == ".idx")
    shutil.copy(index, folder)
    made = open_lexicon(_matcher(folder), _ASKED)
    assert made is not None
    assert made.file is not None
    return made.file


def _matcher(folder: Path) -> Matcher:
    (file,) = folder.glob("*.idx")
    return Matcher(Index(*store.load(file, made_from=file.stem), file=file))


def _by_name(query: Query) -> bool:
    return not query.parsed.notes


_ASKED = lexicon.Asked(_by_name, _by_name, _by_name)


def test_texts_with_line_breaks_stay_apart() -> None:
    assert lowered(["A\nB", "Ha\u0300"]) == ["a\nb", "hà"]
    assert lowered(["ĐẮK LẮK", "x"]) == ["đắk lắk", "x"]


def _gist(match: Match) -> tuple[object, ...]:
    candidates = tuple((c.entity, c.score, c.method, c.dating) for c in match.candidates)
    return match.mention, match.status, match.entity, match.score, match.method, match.current, match.note, candidates
