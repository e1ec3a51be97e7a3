"""A cache of the last parts of addresses (tails): many addresses differ only in the house and street at the front.

Of a house, street or hamlet only its kind counts, as long as its words name no place that is related to the places
after it. So a tail is cached with the conditions on the words before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from resolver.addresses.address_words import AddressQuery
from resolver.addresses.lone_types import commune_type_at_end
from resolver.addresses.matched_parts import Head, MatchedPart
from resolver.addresses.parents import BEST_PARENT
from resolver.addresses.pieces import Piece
from resolver.addresses.place_tree import COMMUNE, COUNTRY, PlaceTree
from resolver.addresses.reading_evidence import BEST_OF_BARE_COMMUNE
from resolver.addresses.readings import Reading
from resolver.addresses.remainder import MARKED, PLACE_BEHIND, WEIGHTS
from resolver.addresses.rest_kinds import is_almost_there, kind_of, names_commune
from resolver.addresses.solution import NEGLIGIBLE, Solution
from resolver.text.address import FORMER

__all__ = ["KnownTails", "Split"]

_MOST_KEPT = 16_384
_NO_KIND = ""
_NO_HEAD = Head(_NO_KIND, frozenset(), frozenset(), is_larger=False, is_simple=False)

Key = tuple[object, ...]


class Split(NamedTuple):
    """An address divided into heads (houses, streets, hamlets: the ``kinds``) and tail; ``key`` is for the cache."""

    pieces: Sequence[Piece]
    kinds: tuple[str, ...]
    key: Key

    @property
    def heads(self) -> list[MatchedPart]:
        """The parts before the tail."""
        return [piece.like for piece in self.pieces[: len(self.kinds)]]

    @property
    def tail(self) -> list[MatchedPart]:
        """The parts that name places."""
        return [piece.like for piece in self.pieces[len(self.kinds) :]]


class Tail(NamedTuple):
    """A cached tail: the solution of an address that ends so, and the conditions under which other heads keep it.

    ``related`` are the places that each part names, with the places above and beside them; ``uppers`` are the named
    places above a commune. ``is_commune`` says that a whole part of it means a commune; ``ahead`` that this commune is
    far likelier than any that a bare name before the tail could mean; ``is_open`` that it names communes that lie in
    none of ``uppers``.
    """

    solution: Solution
    related: tuple[frozenset[int], ...]
    uppers: frozenset[int]
    is_commune: bool
    ahead: bool
    is_open: bool


class KnownTails:
    """The cache of tails and their solutions."""

    def __init__(self, places: PlaceTree) -> None:
        self._places = places
        self._known: dict[Key, Tail] = {}

    def split(self, pieces: Sequence[Piece], asked: AddressQuery) -> Split | None:
        """Return an address divided into heads and tail; None if it has no heads, or no tail."""
        kinds = tuple(takewhile(bool, [self.head(piece.like).kind for piece in pieces]))
        count = len(kinds)
        if not 0 < count < len(pieces) or COMMUNE not in asked.levels:
            return None
        accented = not all(piece.like.is_ascii for piece in pieces)
        key = _weights(kinds), tuple([piece.like.alike for piece in pieces[count:]]), asked, accented
        return Split(pieces, kinds, key)

    def find(self, split: Split) -> Solution | None:
        """Return the solution of an address whose tail is cached, if it is valid with these heads."""
        tail = self._known.get(split.key)
        if tail is None or not all(self._holds(tail, head) for head in split.heads):
            return None
        return tail.solution._replace(pieces=split.pieces, heads=split.kinds)

    def keep(self, split: Split, solution: Solution) -> None:
        """Cache the solution of an address that was settled without a search for misspellings.

        What is in front of a country alone may be much else than a house.
        """
        if not solution.readings or not solution.readings[0].is_settled:
            return
        if self._places.level[solution.readings[0].entity] == COUNTRY:
            return
        tail = self._learnt(split, solution)
        if tail and all(self._holds(tail, head) for head in split.heads):
            if len(self._known) > _MOST_KEPT:
                self._known = {}
            self._known[split.key] = tail

    def is_head(self, one: MatchedPart) -> bool:
        """Whether a part is a house, a street or the like and no name of a place."""
        return bool(self.head(one).kind)

    def head(self, one: MatchedPart) -> Head:
        """Return what a part is before the parts that name places."""
        if one.head is None:
            one.head = self._head(one)
        return one.head

    def _head(self, one: MatchedPart) -> Head:
        if one.whole or commune_type_at_end(one.part, 0, one.size):
            return _NO_HEAD
        kind = kind_of(self._places, one, 0, one.size)
        if kind not in MARKED or not FORMER.isdisjoint(one.part.folds):
            return _NO_HEAD
        level, above, part = self._places.level, self._places.above, one.part
        mentioned: frozenset[int] = frozenset().union(*[run.places for run in one.mentioned])
        return Head(
            kind,
            mentioned,
            frozenset().union(*map(above, mentioned)),
            any(level[place] != COMMUNE for place in mentioned),
            not (part.before or part.after or part.slips) and not self._has_parent(one),
        )

    def _learnt(self, split: Split, solution: Solution) -> Tail | None:
        """Return what is cached about a tail; None if the solution leaves words of it unexplained."""
        best, spans = solution.readings[0], [span for one in split.tail for span in one.whole or one.inner]
        if any(rest.number >= len(split.heads) for rest in best.remainders):
            return None
        places = self._places
        uppers = frozenset([entity for span in spans for entity in span.larger])
        related = tuple(map(self._related, split.tail))
        is_open = any(
            uppers.issubset(span.larger) and any(places.above(one).isdisjoint(uppers) for one in span.communes)
            for span in spans
        )
        one = split.tail[best.span.number - len(split.heads)]
        is_commune = places.level[best.entity] == COMMUNE and self._kind(one) in ("place", "province")
        is_commune = is_commune and not any(span.countries for span in one.whole)
        ahead = is_commune and self._is_far_ahead(split, best, one)
        return Tail(solution, related, uppers, is_commune, ahead, is_open)

    def _related(self, one: MatchedPart) -> frozenset[int]:
        """Return the places that a part names, with the places above and beside them."""
        if one.related is None:
            above, kin = self._places.above, self._places.kin
            named = frozenset([entity for span in one.whole or one.inner for entity in span.hits])
            one.related = named.union(*map(above, named), *map(kin, named))
        return one.related

    def _is_far_ahead(self, split: Split, best: Reading, one: MatchedPart) -> bool:
        """Whether a commune in the tail is far likelier than any reading with a bare name before it as the place.

        In such a reading the commune is not a parent, so its words count against the reading. Each other part of the
        tail is a name as a whole, so it can be at most one parent.
        """
        if any(span.larger for span in one.whole):
            return False
        if not all(other.whole and self._kind(other) != "former" for other in split.tail):
            return False
        others = BEST_OF_BARE_COMMUNE + (len(split.tail) - 1) * BEST_PARENT + PLACE_BEHIND
        return best.score - others > NEGLIGIBLE

    def _kind(self, one: MatchedPart) -> str:
        return kind_of(self._places, one, 0, one.size) if one.whole else _NO_KIND

    def _holds(self, tail: Tail, head: MatchedPart) -> bool:
        """Whether the solution of a tail is valid after some words: the places that they name must not change it.

        A commune that lies elsewhere is read only where nothing else is settled, or where what it lies in is named
        before it. What lies in nothing that the tail names leaves all of it over, and so is far behind a commune there.
        Words that may be a misspelt name in a larger place are no house or hamlet there, nor in a commune of its name.
        """
        places, best = self._places, tail.solution.readings[0]
        unsure = places.level[best.entity] < COMMUNE or best.span.word is None
        if unsure and _may_name_commune(places, head, best.span.larger):
            return False
        _, mentioned, above, is_larger, is_simple = self.head(head)
        if not mentioned:
            return True
        if not all(map(mentioned.isdisjoint, tail.related)):
            return False
        apart = above.isdisjoint(tail.uppers)
        if apart and not is_larger:
            return True
        if not (tail.is_commune if apart else tail.ahead) or (is_larger and tail.is_open):
            return False
        return is_simple

    def _has_parent(self, head: MatchedPart) -> bool:
        """Whether a place named by some words lies in, or is related to, a place named by other words of the part."""
        places = self._places
        return any(
            not run.places.isdisjoint(places.above(one) | places.kin(one))
            for other in head.mentioned
            for run in head.mentioned
            if run.end <= other.start or other.end <= run.start
            for one in other.places
        )


def _may_name_commune(places: PlaceTree, head: MatchedPart, larger: tuple[int, ...]) -> bool:
    """Whether words for a house or the like are a misspelt name in one of some places, or end in one."""
    words = head.part, 0, head.size, larger
    return is_almost_there(places, *words) or names_commune(places, *words)


@lru_cache(maxsize=1024)
def _weights(kinds: tuple[str, ...]) -> tuple[object, ...]:
    return tuple([WEIGHTS[kind] for kind in kinds])
