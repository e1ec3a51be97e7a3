"""What the lexicon says of a name is what reading and weighing it says, to the last digit."""

from __future__ import annotations

from random import Random

import pytest

from resolver.lexicon import lowered
from resolver.model import Match, Mention
from resolver.resolve import Resolver
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


def test_texts_with_line_breaks_stay_apart() -> None:
    assert lowered(["A\nB", "Ha\u0300"]) == ["a\nb", "hà"]
    assert lowered(["ĐẮK LẮK", "x"]) == ["đắk lắk", "x"]


def _gist(match: Match) -> tuple[object, ...]:
    candidates = tuple((c.entity, c.score, c.method, c.dating) for c in match.candidates)
    return match.mention, match.status, match.entity, match.score, match.method, match.current, match.note, candidates
