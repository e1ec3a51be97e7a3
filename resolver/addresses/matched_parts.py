"""A part of an address and what it may name: records, with what is found out about a part only once.

Nothing is looked up here: see ``components``.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from functools import cached_property
from typing import NamedTuple, Protocol

from resolver.addresses.place_names import PlaceName
from resolver.text.address import Part, with_sure_type
from resolver.text.localities import parted
from resolver.text.terms import TypeWord

__all__ = ["MISFITS", "Head", "Hit", "MatchedPart", "Mentioned", "Span", "runs_of"]

MISFITS = frozenset({"level", "outdated"})
"""How a type word agrees with a place of its level that never had that type."""


_SHORTEST_WITH_UNIT = 3
"""Words that a run must exceed to contain a separate unit."""


class Hit(NamedTuple):
    """How well a name fits some words: the log-odds of its spelling and of the type word."""

    quality: float
    named: PlaceName
    edits: int
    accents: str
    agreement: str

    @property
    def is_misspelt(self) -> bool:
        """Whether the name is written with other letters, or with diacritics that contradict its own."""
        return bool(self.edits) or self.accents == "contrast"

    @property
    def is_doubtful(self) -> bool:
        """Whether a type word is that of another type, or the name with it is not a proper one of the place."""
        return self.agreement in MISFITS or (self.named.lesser and bool(self.agreement))


class Span(NamedTuple):
    """Some words of a part, including the type word, and the places that they may name, by level.

    ``number`` is the number of the part in the address, ``mask`` has a bit for each word of the address.
    """

    number: int
    start: int
    end: int
    mask: int
    core: str
    word: TypeWord | None
    hits: dict[int, Hit]
    communes: tuple[int, ...]
    larger: tuple[int, ...]
    countries: tuple[int, ...]

    def placed(self, number: int, offset: int) -> Span:
        """Return the span moved to the position of its part in an address."""
        return Span(number, self.start, self.end, self.mask << offset, *self[4:])


class Mentioned(NamedTuple):
    """A run of words, from and to, and the places of which it is a name."""

    start: int
    end: int
    places: frozenset[int]


class Head(NamedTuple):
    """What a part is before the parts that name places: its kind (house, street, hamlet; empty: none).

    ``mentioned`` are the places that some of its words are names of, ``above`` what these lie in. ``is_larger`` says
    that one of them is no commune; ``is_simple`` that no word is a type word and none of these places is related to
    another.
    """

    kind: str
    mentioned: frozenset[int]
    above: frozenset[int]
    is_larger: bool
    is_simple: bool


class Namings(Protocol):
    """Looks up the words of parts."""

    def names_province(self, span: Span) -> bool:
        """Whether some words are exactly a province's name."""

    def whole(self, one: Part) -> Iterator[Span]:
        """Yield the ways in which a whole part, including the type word, is one name."""

    def whole_doubled(self, one: Part) -> Iterator[Span]:
        """Yield the ways in which a whole part is one name, perhaps without its first letter."""

    def inner(self, one: Part, whole: tuple[Span, ...]) -> Iterator[Span]:
        """Yield the runs of words that may be names."""

    def mentioned(self, one: Part) -> Iterator[Mentioned]:
        """Yield the runs of words that are names of places."""

    def number_of(self, effect: object) -> int:
        """Return a number that stands for an effect."""


class MatchedPart:
    """A part and what it may name: as a whole, and by runs of its words."""

    def __init__(self, matcher: Namings, one: Part, *, doubled: bool = False) -> None:
        """Look up a part; ``doubled`` says that its type letter may be the first letter of the name, typed twice."""
        whole = tuple(matcher.whole_doubled(one) if doubled else matcher.whole(one))
        if whole and all(span.word for span in whole) and not any(span.word and span.word.sure for span in whole):
            # No name begins with these words, so they are a type word without its diacritics: ``Thi tran Lac Quan``.
            one = with_sure_type(one)
            whole = tuple(matcher.whole(one))
        self.part = one
        self.size = len(one.folds)
        self.is_ascii = one.text.isascii()
        self.everything = (1 << self.size) - 1
        # The kinds of runs of its words that name no place, by start and end: a cache of ``remainder.kind_of``.
        self.kinds: dict[tuple[int, int], str] = {}
        # Caches of ``known_tails``.
        self.head: Head | None = None
        self.related: frozenset[int] | None = None
        self.whole = whole
        # Whether it is a larger place's name only if its type letter is the next letter typed twice: PPhú Thọ.
        self.is_twofold = doubled and any(span.word for span in whole) and any(span.larger for span in whole)
        self._namings = matcher

    def reworded(self, part: Part) -> MatchedPart:
        """Return this part with other words where it names nothing."""
        other = copy(self)
        other.__dict__ |= {"part": part, "inner": self.inner}
        other.__dict__.pop("alike", None)
        return other

    @cached_property
    def inner(self) -> tuple[Span, ...]:
        """The runs of words that may name places, except the whole part."""
        return tuple(self._namings.inner(self.part, self.whole))

    @cached_property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """Its words, cut before and after each unit that is named among them."""
        return tuple(runs_of(self.part, 0, self.size))

    @cached_property
    def is_province(self) -> bool:
        """Whether it is exactly a province's name: neither misspelt, nor a text with other names in it."""
        return any(map(self._namings.names_province, self.whole))

    @cached_property
    def alike(self) -> int:
        """A number, equal for parts with the same effect: those that name the same places after a sure type word.

        Any other part has its own, for some of its words may be read in another way beside a place that it does not
        name.
        """
        return self._namings.number_of(self._effect())

    def _effect(self) -> object:
        if not any(span.word and span.word.sure for span in self.whole):
            return self.part.text
        spans = [
            (*span[1:6], tuple([(one, hit.quality, hit.named.row, *hit[2:]) for one, hit in span.hits.items()]))
            for span in self.whole
        ]
        return self.part.folds, tuple(spans)

    @cached_property
    def mentioned(self) -> tuple[Mentioned, ...]:
        """The runs of its words that are names of places, even if the type words beside them contradict."""
        return tuple(self._namings.mentioned(self.part))


def runs_of(one: Part, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield some words of a part, cut before and after each unit that is named among them."""
    if (one.before or one.after) and end - start > _SHORTEST_WITH_UNIT:
        yield from parted(one, start, end)
    else:
        yield start, end
