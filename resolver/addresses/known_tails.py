"""Addresses that end alike: what their last parts mean is found once, whatever house and street stand before them.

Of a house, street or hamlet nothing counts but that it is one, as long as its words name no place that has to do with
those behind it. A tail is kept with what must hold of the words before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from resolver.addresses.address_words import AddressQuery
from resolver.addresses.components import MatchedPart
from resolver.addresses.parents import BEST_PARENT
from resolver.addresses.place_tree import COMMUNE, PlaceTree
from resolver.addresses.readings import BEST_OF_BARE_COMMUNE, Reading
from resolver.addresses.remainder import MARKED, PLACE_BEHIND, WEIGHTS, kind_of
from resolver.addresses.solution import NEGLIGIBLE, Solution
from resolver.text.address import FORMER

__all__ = ["KnownTails", "Split"]

_MOST_KEPT = 16_384
_NO_KIND = ""

Key = tuple[object, ...]


class Split(NamedTuple):
    """An address with the kinds of the houses, streets and hamlets at its front; ``key`` is all that counts of it."""

    spotted: Sequence[MatchedPart]
    kinds: tuple[str, ...]
    key: Key

    @property
    def heads(self) -> Sequence[MatchedPart]:
        """The parts before the tail."""
        return self.spotted[: len(self.kinds)]

    @property
    def tail(self) -> Sequence[MatchedPart]:
        """The parts that name places."""
        return self.spotted[len(self.kinds) :]


class Tail(NamedTuple):
    """What is known of a tail: the solution of an address that ends so, and which words before it may change them.

    ``related`` are the places that its words name, with all above and beside these; ``uppers`` those above a commune.
    ``ahead`` says that whatever reads a bare name before it as the smallest place lies negligibly far behind.
    """

    solution: Solution
    related: frozenset[int]
    uppers: frozenset[int]
    ahead: bool


class KnownTails:
    """The tails met before, with what they mean."""

    def __init__(self, places: PlaceTree) -> None:
        self._places = places
        self._known: dict[Key, Tail] = {}

    def split(self, spotted: Sequence[MatchedPart], asked: AddressQuery) -> Split | None:
        """Return an address cut into heads and tail; None where it has no such heads, or nothing but them."""
        kinds = tuple(takewhile(bool, map(self._kind_of_head, spotted)))
        count = len(kinds)
        if not 0 < count < len(spotted) or COMMUNE not in asked.levels:
            return None
        tail = spotted[count:]
        accented = not all(one.part.text.isascii() for one in spotted)
        key = tuple([WEIGHTS[kind] for kind in kinds]), tuple([one.alike for one in tail]), asked, accented
        return Split(spotted, kinds, key)

    def find(self, split: Split) -> Solution | None:
        """Return the solution of an address whose tail is known, if it holds with what stands before it."""
        tail = self._known.get(split.key)
        if tail is None or not all(self._holds(tail, head) for head in split.heads):
            return None
        return tail.solution._replace(parts=tuple([one.part for one in split.spotted]), heads=split.kinds)

    def keep(self, split: Split, solution: Solution) -> None:
        """Keep the solution of an address that was settled as it is written."""
        if not solution.readings or not solution.readings[0].is_settled:
            return
        tail = self._learnt(split, solution)
        if tail and all(self._holds(tail, head) for head in split.heads):
            if len(self._known) > _MOST_KEPT:
                self._known = {}
            self._known[split.key] = tail

    def _kind_of_head(self, one: MatchedPart) -> str:
        """Return what a part is that is a house, a street or the like and no name of a place; empty for any other."""
        if one.whole:
            return _NO_KIND
        kind = kind_of(self._places, one, 0, one.size)
        return kind if kind in MARKED and FORMER.isdisjoint(one.part.folds) else _NO_KIND

    def _learnt(self, split: Split, solution: Solution) -> Tail | None:
        """Return what is to be known of a tail; None where a place is left over in it, or nothing is above it."""
        best, spans = solution.readings[0], [span for one in split.tail for span in one.whole or one.inner]
        uppers = frozenset([entity for span in spans for entity in span.larger])
        if any(rest.number >= len(split.heads) for rest in best.rests):
            return None
        if any(span.communes and uppers.issubset(span.larger) for span in spans):
            return None
        places = self._places
        named = frozenset([entity for span in spans for entity in span.hits])
        related = named.union(*map(places.above, named), *map(places.kin, named))
        return Tail(solution, related, uppers, self._is_far_ahead(split, best))

    def _is_far_ahead(self, split: Split, best: Reading) -> bool:
        """Whether the best reading is a commune that whatever takes a head for the smallest place leaves over.

        No commune is a parent, so that its words count against such a reading as a place behind the smallest. Each
        other part of the tail makes one parent at most if it is a name as a whole.
        """
        one = split.tail[best.span.number - len(split.heads)]
        if self._places.level[best.entity] != COMMUNE or any(span.larger or span.countries for span in one.whole):
            return False
        kinds = [kind_of(self._places, other, 0, other.size) for other in split.tail]
        if kind_of(self._places, one, 0, one.size) != "place" or "former" in kinds:
            return False
        if not all(other.whole for other in split.tail):
            return False
        others = BEST_OF_BARE_COMMUNE + (len(split.tail) - 1) * BEST_PARENT + PLACE_BEHIND
        return best.score - others > NEGLIGIBLE

    def _holds(self, tail: Tail, head: MatchedPart) -> bool:
        """Whether the solution of a tail holds behind some words: whatever these name is no parent there, nor read.

        A commune that lies elsewhere is read only where nothing else is settled. One that lies in what the tail names
        is far behind a commune of the tail, unless it has a type word or a parent of its own before the tail.
        """
        mentioned, places = head.mentioned, self._places
        if not mentioned:
            return True
        if not tail.related.isdisjoint(mentioned):
            return False
        above: frozenset[int] = frozenset().union(*map(places.above, mentioned))
        if tail.ahead:
            one = head.part
            typed = bool(one.before or one.after or one.slips)
            return not typed and above.union(*map(places.kin, mentioned)).isdisjoint(mentioned)
        return above.isdisjoint(tail.uppers) and all(places.level[one] == COMMUNE for one in mentioned)
