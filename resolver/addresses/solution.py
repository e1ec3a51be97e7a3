"""The solution of one address: its readings with their probabilities, and the remainder of each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from resolver.addresses.pieces import Piece
from resolver.addresses.readings import Reading
from resolver.addresses.remainder import Remainder
from resolver.matching import calibration
from resolver.matching.ranking import WORTH_NAMING, WORTH_NAMING_TOGETHER
from resolver.text import keys
from resolver.text.localities import is_body
from resolver.text.terms import common_nouns

__all__ = ["NEGLIGIBLE", "Solution", "shared"]

NEGLIGIBLE = 9.0
"""A reading this far, in log-odds, behind the best one is dropped."""


class Solution(NamedTuple):
    """The readings of an address with their probabilities, the best first; and whether they are named if uncertain.

    If the readings were found for an equivalent address (``known_tails``), ``pieces`` are the address's own parts, and
    ``heads`` the kinds of its first parts.
    """

    readings: tuple[Reading, ...]
    probabilities: tuple[float, ...]
    worth_naming: bool = False
    pieces: Sequence[Piece] = ()
    heads: tuple[str, ...] = ()

    @property
    def is_sure_place(self) -> bool:
        """Whether the best reading leaves nothing that might be a person or an organisation."""
        return (
            bool(self.readings)
            and self.readings[0].is_settled
            and all(rest.kind not in ("words", "near", "institution") for rest in self.readings[0].remainders)
        )

    @property
    def may_be_organisation(self) -> bool:
        """Whether the text begins with words that are directly followed by a place: ``Công an phường Bến Nghé``.

        Or with a part that is only the word for a body: ``Công an, Hạ Lang``. It is not an organisation if the later
        parts name all parents: ``Cổ Lũy Hải Ba, Hải Lăng, Quảng Trị``; nor if they say where it is, a unit with its
        type word and what contains it: ``Bệnh viện Đồng Nai, P. Tân Hòa, Tp. Biên Hòa``. What is named after its unit
        is one in any case: ``Công an Ba Đình, Hà Nội``.
        """
        if not self.readings:
            return False
        if any(rest.number == 0 and keys.key(rest.text) in common_nouns() for rest in self.remainders):
            return True
        best = self.readings[0]
        behind = [one for one in best.parents if one.span.number and one.weight > 0]
        if behind and best.span.number and best.span.word:
            return False
        heads = [rest for rest in self.remainders if rest.number == rest.start == 0]
        institutions = [rest for rest in heads if rest.kind == "institution"]
        if any(is_body(rest.text) for rest in institutions):
            return True
        # A shop or a school is no body: its name may be another place's.
        if (best.span.number and institutions) or (
            len(behind) > 1 and all(rest.kind != "institution" for rest in best.remainders)
        ):
            return False
        starts = {span.start for span in (best.span, *(parent.span for parent in best.parents)) if not span.number}
        return any(rest.end in starts and rest.kind in ("words", "near", "institution") for rest in heads)

    @property
    def remainder(self) -> str:
        """What the best reading did not understand: house, street, hamlet."""
        return ", ".join(
            rest.text for rest in self.remainders if rest.kind not in ("former", "type") and not rest.around
        )

    @property
    def remainders(self) -> tuple[Remainder, ...]:
        """The words that the best reading did not understand."""
        return self.remainders_of(self.readings[0]) if self.readings else ()

    def remainders_of(self, reading: Reading) -> tuple[Remainder, ...]:
        """Return what a reading did not understand."""
        if not self.pieces:
            return reading.remainders
        return tuple(map(self._own, reading.remainders))

    def _own(self, rest: Remainder) -> Remainder:
        one = self.pieces[rest.number].part
        if rest.number < len(self.heads):
            return rest._replace(kind=self.heads[rest.number], text=one.slice(0, len(one.folds)))
        return rest._replace(text=one.slice(rest.start, rest.end))


def shared(readings: list[Reading]) -> Solution:
    """Divide the probability among the readings and NIL (the mention names nothing in the gazetteer)."""
    if not readings:
        return Solution((), ())
    best = max(readings[0].score, 0.0)
    kept = [reading for reading in readings if reading.score > best - NEGLIGIBLE] or readings[:3]
    powers = [math.exp(reading.score - best) for reading in kept]
    named = sum(powers)
    total = named + math.exp(-best)
    worth_naming = powers[0] / total >= WORTH_NAMING or named / total >= WORTH_NAMING_TOGETHER
    factors = calibration.calibrate_one("address", powers[0] / total, named / total)
    others = [factors.others * power / total for power in powers[1:]]
    return Solution(tuple(kept), (factors.best * powers[0] / total, *others), worth_naming)
