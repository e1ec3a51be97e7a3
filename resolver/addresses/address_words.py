"""The words of one address: its parts, the parts of its parents, and the names found in them so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from resolver.addresses.matched_parts import Hit, MatchedPart, Span
from resolver.text.address import FORMER, says_former

__all__ = ["AddressQuery", "AddressWords", "is_as_written"]


class AddressQuery(NamedTuple):
    """What may be found: levels, countries (empty: all), and the days that the mention may date from."""

    levels: frozenset[int]
    countries: frozenset[str]
    days: tuple[int, int] | None


class AddressWords:
    """The parts of one address with those of its parents, and the names found in them so far.

    ``own`` is the number of the address's own parts, without those of parents; ``everything`` has a bit for each word.
    ``is_lower`` says that it is written without capitals, so that first letters are no capitals either.
    ``former`` are the parts that say “former” of their unit, ``asides`` those beside which the present is told: in
    brackets, and in the column of a parent.
    """

    def __init__(self, spotted: list[MatchedPart], around: Iterable[MatchedPart], asides: Collection[str] = ()) -> None:
        """Put the parts of parents after those of the address, and begin with parts that are a name as a whole.

        ``asides`` are the texts in brackets.
        """
        self.own = len(spotted)
        self.spotted = spotted = [*spotted, *around]
        self.accented = not all(one.is_ascii for one in spotted)
        self.is_lower = all(one.part.text.islower() for one in spotted if not one.part.text.isdecimal())
        self.offsets: list[int] = []
        self.spans: list[Span] = []
        offset = 0
        for number, one in enumerate(spotted):
            self.offsets.append(offset)
            spans = one.whole or one.inner
            self.spans += [span.placed(number, offset) for span in spans] if offset else spans
            offset += one.size
        self.everything = (1 << offset) - 1
        self.former = frozenset([self.told_of(number) for number, one in enumerate(spotted) if says_former(one.part)])
        self.asides = frozenset(
            [number for number in self.former if number >= self.own or spotted[number].part.text in asides]
        )

    def told_of(self, number: int) -> int:
        """Return the part of which a word for “former” in a part is told: that before it where it stands alone."""
        return number - 1 if FORMER.issuperset(self.spotted[number].part.folds) else number

    def add_inner(self) -> bool:
        """Add the names inside the parts that are a name as a whole; return whether there are any."""
        inner = [
            span.placed(number, self.offsets[number])
            for number, one in enumerate(self.spotted)
            if one.whole and not one.is_province
            for span in one.inner
        ]
        self.spans += inner
        return bool(inner)

    def so_called(self, span: Span) -> dict[int, Hit]:
        """Return the places whose name is exactly the text of a span, perhaps with other spaces or without marks."""
        return {
            entity: hit
            for other in self.spans
            if other.mask & span.mask and other.core == span.core
            for entity, hit in other.hits.items()
            if is_as_written(hit)
        }

    def is_just_so(self, hit: Hit) -> bool:
        """Whether a name is written with its diacritics, or without any in an address that has none."""
        return is_as_written(hit) and not (self.accented and hit.accents == "bare")


def is_as_written(hit: Hit) -> bool:
    """Whether a name is exactly the text as written, or differs only by missing diacritics."""
    return not hit.edits and hit.accents in ("same", "bare")
