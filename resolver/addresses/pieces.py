"""The parts of addresses that mean the same beside all others: each is cleaned and looked up once.

A part is such a piece if no step from the text to its parts changes it: repair, cleaning, phrases, cutting. The number
of a house counts only as a number, so heads (houses, streets, hamlets) that differ only in such numbers are looked up
once too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple

from resolver.addresses.matched_parts import MatchedPart
from resolver.text import address_forms, english_order, legacy, phrases, unicode
from resolver.text.address import Part, cut
from resolver.text.labels import Labelled, read_labels
from resolver.text.numerals import in_digits

__all__ = ["MOST_PARTS", "Piece", "Pieces"]

MOST_PARTS = 10
"""Parts of an address that are read: the last ones."""
_MOST_KEPT = 16_384
_SEPARATOR = ", "
_RUN = re.compile("[0-9]+")
_IN_THE_WAY = re.compile("[0-9]{3}|[0-9]{2}[^0-9]")
"""Numbers in the key of a name that may be one edit off the number of a house."""
_HOUSE_NUMBER = re.compile(r"(?<!\d)(?:[1-9][0-9](?![^\W_])|[1-9][0-9]{2,}(?!\d))")
"""A number that is in no name, unless it is one of those in names; with two digits only if no letter follows."""
_NINES = tuple("9" * length for length in range(phrases.LONGEST_WORDED + 1))


class Piece(NamedTuple):
    """A part of an address: its text, and what it may name.

    If it ``is_masked``, ``like`` is the part with other house numbers: it names the same, but has other words.
    """

    text: str
    like: MatchedPart
    is_masked: bool = False

    @property
    def part(self) -> Part:
        """The words with their positions in the text; the house numbers among its ``folds`` may be other ones."""
        return self.like.part._replace(text=self.text) if self.is_masked else self.like.part

    @property
    def own(self) -> MatchedPart:
        """What the text itself may name."""
        if not self.is_masked:
            return self.like
        part, masked = self.part, self.like.part.text
        words = [(self.text[start:end], masked[start:end]) for start, end in zip(part.starts, part.ends, strict=True)]
        folds = [fold if a == b else a.lower() for fold, (a, b) in zip(part.folds, words, strict=True)]
        return self.like.reworded(part._replace(folds=tuple(folds)))


class Pieces:
    """Cuts addresses into pieces."""

    def __init__(
        self,
        spot: Callable[[str], MatchedPart],
        is_head: Callable[[MatchedPart], bool],
        names: Callable[[], Iterable[str]],
    ) -> None:
        """Look parts up with ``spot``. ``is_head`` says which are houses; ``names`` are the keys of all names."""
        self._spot = spot
        self._is_head = is_head
        self._names = names
        self._looked_up = lru_cache(maxsize=_MOST_KEPT)(self._look_up)

    def of(self, text: str, *, alone: bool) -> list[Piece] | None:
        """Return the pieces of an address; None if a part may depend on the others.

        None, too, if it has no separators, unless a piece may be ``alone``.
        """
        if len(text) > phrases.LONGEST_WORDED or not (alone or _SEPARATOR in text) or read_labels(text).notes:
            return None
        found: list[Piece] = []
        ahead = True
        for piece in text.split(_SEPARATOR):
            head = self._head(piece) if ahead else None
            if head:
                found.append(head)
                continue
            one = self._looked_up(piece)
            if one is None:
                return None
            ahead = ahead and self._is_head(one)
            found.append(Piece(piece, one))
        return found if len(found) <= MOST_PARTS else None

    def _head(self, text: str) -> Piece | None:
        """Return a head that is looked up with another house number; None for a piece that must be looked up itself."""
        masked = self._masked(text)
        if masked == text:
            return None
        like = self._looked_up(masked)
        return Piece(text, like, is_masked=True) if like and like.part.text == masked and self._is_head(like) else None

    def _masked(self, text: str) -> str:
        """Return a text with nines for each number that no name has."""
        known = self._numbers
        if known is None:
            return text
        return _HOUSE_NUMBER.sub(lambda run: run[0] if run[0] in known else _NINES[len(run[0])], text)

    @cached_property
    def _numbers(self) -> frozenset[str] | None:
        """The numbers in names; None if the number of a house may be part of a name, or nearly be one."""
        numbered = [name for name in self._names() if not name.isalpha()]
        numbers = frozenset(run for name in numbered for run in _RUN.findall(name))
        return None if any(map(_IN_THE_WAY.search, numbered)) or "99" in numbers else numbers

    def _look_up(self, text: str) -> MatchedPart | None:
        """Return what a part may name; None if its reading depends on the parts beside it."""
        if not _is_separate(text):
            return None
        one = self._spot(text)
        return one if one.size else None


def _is_separate(text: str) -> bool:
    """Whether no step from a text to its parts changes a part, or cuts it."""
    return (
        legacy.is_sound_part(text)
        and "  " not in text
        and unicode.clean(text) == unicode.Cleaned(text)
        and read_labels(text) == Labelled(text)
        and in_digits(text) == text
        and english_order.in_parts(text) == text
        and address_forms.in_words(text) == text
        and not address_forms.may_be_unit(text)
        and phrases.is_plain(text)
        and " - " not in text
        and cut(text) == [text]
    )
