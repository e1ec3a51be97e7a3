"""Several levels at once: the best consistent reading of a whole address, over all versions of the gazetteer.

Each part of an address may name places; so may each run of words if there are no separators. Readings compete by their
log-odds (``readings``); a mention that names nothing in the gazetteer has 0. Misspelt names are searched for only near
certain matches (``misspellings``), then everything is scored again. Words that name no place are the remainder: it is
scored by its form and position (``remainder``) and returned.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from resolver.addresses.address_words import AddressQuery, AddressWords
from resolver.addresses.components import MatchedPart, PartMatcher
from resolver.addresses.doubts import with_doubts, with_heirs
from resolver.addresses.misspellings import MisspellingSearch
from resolver.addresses.place_tree import PlaceTree
from resolver.addresses.readings import SETTLED, Reading, ReadingRanker
from resolver.addresses.remainder import MARKED
from resolver.matching import calibration
from resolver.matching.ranking import WORTH_NAMING, WORTH_NAMING_TOGETHER
from resolver.text.address import cut, unglued

__all__ = ["Solution", "Solver"]

_FEW_WORDS = 3
_MOST_PARTS = 10
_MOST_ROUNDS = 4
_NEGLIGIBLE = 9.0
"""A reading this much worse than the best, in log-odds, is dropped."""


class Solution(NamedTuple):
    """The readings of an address with their probabilities, best first; whether to name them if none is certain."""

    readings: tuple[Reading, ...]
    probabilities: tuple[float, ...]
    worth_naming: bool = False

    @property
    def is_sure_place(self) -> bool:
        """Whether the best reading leaves no words that might be a person or an organisation."""
        return (
            bool(self.readings)
            and self.readings[0].is_settled
            and all(rest.kind not in ("words", "near", "institution") for rest in self.readings[0].rests)
        )

    @property
    def may_be_organisation(self) -> bool:
        """Whether the text begins with other words directly followed by a place: ``Công an phường Bến Nghé``."""
        if not self.readings:
            return False
        best = self.readings[0]
        starts = {span.start for span in (best.span, *(parent.span for parent in best.parents)) if not span.number}
        return any(
            rest.number == rest.start == 0 and rest.end in starts and rest.kind in ("words", "near", "institution")
            for rest in best.rests
        )

    @property
    def remainder(self) -> str:
        """The words that the best reading did not use: house, street, hamlet."""
        if not self.readings:
            return ""
        rests = self.readings[0].rests
        return ", ".join(rest.text for rest in rests if rest.kind not in ("former", "type") and not rest.around)


class Solver:
    """Parses addresses with the places of one index."""

    def __init__(self, places: PlaceTree, today: int) -> None:
        """Use the places of a tree; ``today`` is the day of undated mentions."""
        self._places = places
        self._today = today
        self._namings = PartMatcher(places)

    def solve(self, text: str, asked: AddressQuery, within: Sequence[str] = ()) -> Solution | None:
        """Return the readings of an address; None if the text does not look like one.

        ``within`` are the texts of parent columns, in any order. They can only name parents of the place.
        """
        spotted = self._spotted(cut(text)[-_MOST_PARTS:])
        around = self._spotted(piece for text in within for piece in cut(text))
        alone = len(spotted) == 1 and not around
        if not spotted or (alone and (spotted[0].whole or spotted[0].size < 2)):
            return None
        if not asked.days and not around and self._is_double_name(spotted):
            return None
        # In a few words without separators, one misspelt name is as likely as two.
        rounds = 0 if alone and spotted[0].size <= _FEW_WORDS else _MOST_ROUNDS
        readings = self._readings(AddressWords(spotted, around), asked, rounds)
        if alone and not (readings and _is_address(readings[0])):
            return None
        # Levels that were not requested are read too: misspelt communes are found through their districts.
        own, level = len(spotted), self._places.level
        doubted = with_doubts([one for one in readings if level[one.entity] in asked.levels and one.span.number < own])
        return _shared(doubted if asked.days else with_heirs(doubted, self._places, self._today))

    def _is_double_name(self, spotted: Sequence[MatchedPart]) -> bool:
        """Whether a country follows a name that passed from a larger place to a commune: ``Phú Quốc, Việt Nam``.

        The country adds nothing to the name, and the name alone does not say which of the two is meant.
        """
        if len(spotted) != 2:
            return False
        names = [one for one in spotted if not any(span.countries for span in one.whole)]
        if len(names) != 1:
            return False
        ends, today = self._places.days, self._today
        spans = names[0].whole
        larger = [ends[entity][1] for span in spans for entity in span.larger]
        communes = [ends[entity][1] for span in spans for entity in span.communes]
        return bool(larger) and max(larger) <= today < max(communes, default=0)

    def _spotted(self, pieces: Iterable[str]) -> list[MatchedPart]:
        return [one for piece in pieces if (one := self._spotted_one(piece)).size]

    def _spotted_one(self, piece: str) -> MatchedPart:
        """Return what a part may name: with its type letters attached only if that is a name."""
        one = self._namings.spot(piece)
        parted = piece if one.whole else unglued(piece)
        return one if parted == piece else self._namings.spot(parted)

    def _readings(self, words: AddressWords, asked: AddressQuery, rounds: int) -> list[Reading]:
        """Return the consistent readings, the best first; misspellings are searched for in some rounds."""
        ranker = ReadingRanker(self._places, words, asked, self._today)
        search = MisspellingSearch(self._places, words, asked.countries)
        best = _with_misspelt(ranker.rank(), words, ranker, search, min(rounds, 1))
        if _is_settled(best, words):
            return best
        if words.add_inner():
            best = ranker.rank()
        return _with_misspelt(best, words, ranker, search, rounds)


def _with_misspelt(
    best: list[Reading], words: AddressWords, ranker: ReadingRanker, search: MisspellingSearch, rounds: int
) -> list[Reading]:
    """Search for misspellings as long as words are not understood and new names are found."""
    for turn in range(rounds):
        if _is_settled(best, words) or not search.look(best, turn):
            break
        best = ranker.rank()
    return best


def _is_settled(best: list[Reading], words: AddressWords) -> bool:
    """Whether the best reading is settled; readings that take a parent's words for the place do not count."""
    first = next((one for one in best if one.span.number < words.own), None)
    return first is not None and first.is_settled


def _is_address(reading: Reading) -> bool:
    """Whether words without separators are a place within another, with at most a house or hamlet before it."""
    if reading.score < SETTLED or not reading.parents or reading.parents[0].weight <= 0:
        return False
    return reading.is_settled or all(rest.kind in MARKED for rest in reading.rests)


def _shared(readings: list[Reading]) -> Solution:
    """Divide the probability among the readings and the case that the mention names nothing."""
    if not readings:
        return Solution((), ())
    best = max(readings[0].score, 0.0)
    kept = [reading for reading in readings if reading.score > best - _NEGLIGIBLE] or readings[:3]
    powers = [math.exp(reading.score - best) for reading in kept]
    named = sum(powers)
    total = named + math.exp(-best)
    worth_naming = powers[0] / total >= WORTH_NAMING or named / total >= WORTH_NAMING_TOGETHER
    factor = float(calibration.calibrate("address", np.array([powers[0] / total]), np.array([named / total]))[0])
    return Solution(tuple(kept), tuple([factor * power / total for power in powers]), worth_naming)
