"""Namesakes of the people in the gazetteer: a common name by itself seldom means the one official who bears it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from resolver.history.tenures import held_on
from resolver.matching.comparison import Comparisons, Floats
from resolver.matching.prominence import shared
from resolver.model import TYPES
from resolver.text import keys
from resolver.text.name_counts import surname_shares
from resolver.text.persons import rarity

__all__ = ["by_common_name", "common_name", "name_rarity"]

_PERSON = TYPES.index("person")

_RARE = 11.6
"""Rarity of a whole name, in nats, from which on namesakes do not matter: about one person in 100,000."""

_MOST = 2.75
"""Most nats that count: the commonest names stay open, with the official as a candidate."""

_IN_OFFICE_THEN = 0.4
"""How much of the doubt remains if the mention dates from the official's time in office."""

_SUPPORTING = ("within", "role", "role_word", "role_past")
"""Context that says which of the people of a name is meant."""


def common_name(batch: Comparisons) -> Floats:
    """A Vietnamese name that very many people have, without a title, an office, an organisation or a place.

    How many nats it is more common than a name that tells the person. It counts less if the mention has a date at which
    an official of that name was in office, and for all officials of that name alike.
    """
    people = np.flatnonzero(batch.type == _PERSON)
    if not len(people):
        return batch.nothing
    around = batch.context_agreement
    supported = batch.titled | (sum((around[one] for one in _SUPPORTING), np.zeros(len(batch))) > 0)
    excess = np.zeros(len(batch))
    for pair in people[~supported[people]].tolist():
        excess[pair] = max(min(_RARE - name_rarity(batch.name(pair)), _MOST), 0.0)
    in_office = np.array([excess[pair] > 0 and _was_in_office(batch, pair) for pair in range(len(batch))], np.bool_)
    excess *= np.where(shared(batch, in_office), _IN_OFFICE_THEN, 1.0)
    return np.where(batch.type != _PERSON, _of_the_mention(batch, excess) * ~batch.typed, excess)


def by_common_name(batch: Comparisons) -> NDArray[np.bool_]:
    """Return the pairs that are no people and weigh less only because somebody of a common name may be meant."""
    return np.asarray((batch.type != _PERSON) & (common_name(batch) > 0), np.bool_)


def _of_the_mention(batch: Comparisons, excess: Floats) -> Floats:
    """Return the greatest value of each mention, for all its pairs.

    If a bare name may be that of somebody unknown, it need not be a commune named after a person either.
    """
    most = np.zeros(len(batch.queries))
    np.maximum.at(most, batch.pairs.mention, excess)
    return np.asarray(most[batch.pairs.mention])


def _was_in_office(batch: Comparisons, pair: int) -> bool:
    days = batch.queries[batch.pairs.mention[pair]].days
    return bool(days and held_on(batch.index.record(int(batch.entity[pair])).tenures, days))


@lru_cache(maxsize=65_536)
def name_rarity(name: str) -> float:
    """Return how rare a whole name is, in nats; infinite unless it begins with a Vietnamese family name."""
    words = name.split()
    family = rarity(words[0], family=True)
    is_vietnamese = len(words) > 1 and str(keys.fold(words[0])) in surname_shares()
    return family + sum(rarity(word) for word in words[1:]) if is_vietnamese else float("inf")
