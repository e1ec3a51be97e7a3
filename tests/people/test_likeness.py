"""The bound on how alike two names can be, compared with the comparison itself."""

from __future__ import annotations

import doctest
from random import Random

import pytest

from resolver import Resolver
from resolver.index.person_names import PersonNames
from resolver.people import likeness, respelt
from resolver.people.likeness import Likeness
from resolver.people.name_comparison import log_odds
from resolver.text import keys, khmer_sounds, sound_frames
from resolver.text.persons import parse
from tests import samples

LEAST = -4.0
"""Log-odds from which on the bound must hold: below the least that any search asks for."""

KNOWN = 80


def slipped(text: str, rng: Random) -> str:
    try:
        return samples.misspell(text, rng)
    except IndexError:
        return text


def respelt_names() -> list[str]:
    """Return names of people and of other things as others write them: misspelt, bare, turned, joined."""
    rng = Random(samples.SEED)
    people = rng.sample(sorted({row.text for row in samples.name_rows() if row.type == "person"}), 60)
    places = rng.sample(sorted({row.text for row in samples.name_rows() if row.type == "commune"}), 60)
    ways = [
        *(slipped(text, rng) for text in people + places),
        *(str(keys.fold(text)) for text in people),
        *(slipped(str(keys.fold(text)), rng) for text in people),
        *(" ".join(reversed(text.split())) for text in people),
        *(text.replace(" ", "", 1) for text in people),
        *(f"{text[0]}. {text.split()[-1]}" for text in people),
        *(" ".join(text.split()[1:]) for text in people),
    ]
    return list(dict.fromkeys(ways))


def names() -> PersonNames:
    return Resolver()._index.person_names


@pytest.mark.parametrize("module", [likeness, khmer_sounds, sound_frames])
def test_examples(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_no_name_is_more_alike_than_the_bound() -> None:
    known, rng = names(), Random(samples.SEED)
    bound = Likeness(known)
    readings = [name for text in respelt_names() for name in parse(text)]
    reached = 0
    for name in readings:
        numbers = rng.sample(range(len(known)), KNOWN)
        for number, most in zip(numbers, bound.most(name, numbers).tolist(), strict=True):
            odds = log_odds(name, known[number].parsed)
            reached += odds >= LEAST
            assert odds <= most or odds < LEAST, (name.plain, known[number].text)
    assert reached > 10


def test_most_names_are_told_apart_by_the_bound() -> None:
    known = names()
    bound = Likeness(known)
    every = range(len(known))
    left = [int((bound.most(name, every) >= -2.0).sum()) for text in respelt_names()[:120] for name in parse(text)]
    assert sum(left) < len(left) * len(known) / 5


def test_a_comparison_that_stops_early_is_exact_where_it_counts() -> None:
    known, rng = names(), Random(samples.SEED + 1)
    for name in [name for text in respelt_names()[:200] for name in parse(text)[:1]]:
        for number in rng.sample(range(len(known)), KNOWN):
            other = known[number].parsed
            odds = log_odds(name, other)
            for least in (-2.0, 0.0, 2.0):
                sooner = log_odds(name, other, least)
                assert sooner == odds if odds >= least else sooner < least, (name.plain, other.plain, least)


def test_the_frame_bounds_the_difference_of_sounds() -> None:
    rng = Random(samples.SEED)
    words = sorted({word for row in samples.name_rows() if row.type == "person" for word in row.text.split()})
    heard = sorted({sound for word in words for sound in khmer_sounds.sounds(word)})
    apart = 0
    for _ in range(20_000):
        one, other = rng.sample(heard, 2)
        least = sound_frames.least_difference(one, other)
        assert least <= khmer_sounds.difference(one, other) + 1e-4, (one, other)
        apart += least > 0
    assert apart > 10_000


def test_few_and_many_searches_find_the_same() -> None:
    first, later = Resolver(), Resolver()
    later._engine._respelt._searches = respelt._FEW_SEARCHES
    texts = respelt_names()[:90]
    few = [first.resolve(text, type="person") for text in texts]
    many = [later.resolve(text, type="person") for text in texts]
    assert [match.to_dict() for match in few] == [match.to_dict() for match in many]
    assert any(match.method == "fuzzy" for match in few)
