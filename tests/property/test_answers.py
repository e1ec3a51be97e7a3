"""Whatever comes in: an answer, the same alone and among others, in any order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from resolver.engine.resolver import Resolver

RESOLVER = Resolver()
NAMES = sorted(set(RESOLVER._index.texts))

anything = st.text(max_size=60) | st.sampled_from(NAMES)
mixed = st.builds(
    lambda glue, parts: glue.join(parts),
    st.sampled_from([", ", " ", " - "]),
    st.lists(anything, min_size=1, max_size=3),
)


@given(st.lists(mixed, max_size=6))
@settings(max_examples=60)
def test_alone_and_together_are_the_same(mentions: list[str]) -> None:
    together = RESOLVER.resolve_many(mentions)
    assert together == [RESOLVER.resolve(mention) for mention in mentions]
    assert RESOLVER.resolve_many(mentions[::-1]) == together[::-1]


@given(mixed)
@settings(max_examples=200)
def test_every_answer_is_whole(mention: str) -> None:
    match = RESOLVER.resolve(mention)
    assert 0.0 <= match.score <= 1.0
    assert (match.entity is not None) == (match.status == "matched")
    assert sum(candidate.score for candidate in match.candidates) <= 1.0 + 1e-9
    scores = [candidate.score for candidate in match.candidates]
    assert scores == sorted(scores, reverse=True)
    assert match.note or match.status == "blank"
