"""Sweeps over addresses of two levels with a letter wrong in each, and without the province that would settle them.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, partial
from random import Random

from rapidfuzz.distance import OSA

from resolver.model import Mention
from resolver.text import keys
from tests import samples
from tests.drawn_addresses import LAST_OLD_DAY, Address, new, standing
from tests.eval.sweeping import Case, Sweep

__all__ = ["SWEEPS"]

_EVERY = {"VN": 9, "KH": 2}


@cache
def _addresses(country: str) -> list[Address]:
    return list(standing(LAST_OLD_DAY, "commune", levels=3, country=country))


@cache
def _ids(country: str) -> dict[tuple[str, str], frozenset[str]]:
    """Return the communes by the letters of their names and of their districts' names."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in _addresses(country):
        found[_key(one)].add(one.id)
    return {key: frozenset(ids) for key, ids in found.items()}


def _key(one: Address) -> tuple[str, str]:
    return str(keys.key(one.parts[0][1])), str(keys.key(one.parts[1][1]))


def _misspelt(country: str) -> Iterator[Case]:
    rng = Random(samples.SEED)
    for one in _addresses(country)[:: _EVERY[country]]:
        if any(name[-1].isdigit() or len(keys.key(name)) < samples.MIN_LETTERS for _, name in one.parts[:2]):
            continue
        texts = [
            f"{word.capitalize()} {samples.misspell(str(keys.fold(name)).title(), rng)}" for word, name in one.parts[:2]
        ]
        below = {key[0] for key in _ids(country) if key[1] == _key(one)[1]}
        if not below & {str(keys.key(texts[0].removeprefix(one.parts[0][0].capitalize())))}:
            yield Case(Mention(", ".join(texts)), _ids(country)[_key(one)])


def _elsewhere(country: str) -> Iterator[Case]:
    """A misspelt commune in a misspelt district in which it does not lie: nothing is meant for certain."""
    rng = Random(samples.SEED)
    some = [one for one in _addresses(country) if len(keys.key(one.parts[0][1])) >= samples.MIN_LETTERS]
    for number, one in enumerate(some[:: _EVERY[country]]):
        other = some[(number * 131 + 977) % len(some)]
        if other.parts[1:] != one.parts[1:] and len(keys.key(other.parts[1][1])) >= samples.MIN_LETTERS:
            (word, name), (upper, above) = one.parts[0], other.parts[1]
            first, second = (samples.misspell(str(keys.fold(text)).title(), rng) for text in (name, above))
            if not _is_near(country, str(keys.key(first)), str(keys.key(above))):
                yield Case(Mention(f"{word.capitalize()} {first}, {upper.capitalize()} {second}"), frozenset())


def _is_near(country: str, commune: str, above: str) -> bool:
    """Whether something called nearly like a commune lies in something called nearly like what is above it."""
    return any(
        OSA.distance(commune, str(keys.key(one.parts[0][1])), score_cutoff=2) <= 2
        and any(OSA.distance(above, str(keys.key(name)), score_cutoff=2) <= 2 for _, name in one.parts[1:])
        for one in (*_addresses(country), *new())
    )


SWEEPS: dict[str, Sweep] = {
    "twice misspelt, Cambodia": partial(_misspelt, "KH"),
    "twice misspelt, Vietnam": partial(_misspelt, "VN"),
    "twice misspelt, elsewhere, Cambodia": partial(_elsewhere, "KH"),
    "twice misspelt, elsewhere, Vietnam": partial(_elsewhere, "VN"),
}
"""Sweeps by the name of their kind."""
