"""Several levels at once: the best consistent reading of a whole address, over all versions of the gazetteer.

Each part of an address may name places; so may each run of words if there are no separators. Readings compete by their
log-odds (``readings``); a mention that names nothing in the gazetteer has 0. Misspelt names are searched for only near
certain matches (``misspellings``), then everything is scored again. Words that name no place are the remainder: it is
scored by its form and position (``remainder``) and returned.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from resolver.addresses.address_words import AddressQuery, AddressWords
from resolver.addresses.components import PartMatcher
from resolver.addresses.doubts.doubt import Address
from resolver.addresses.doubts.order import doubted
from resolver.addresses.hyphens import Hyphens
from resolver.addresses.known_tails import KnownTails
from resolver.addresses.matched_parts import MatchedPart
from resolver.addresses.misspellings import MisspellingSearch
from resolver.addresses.pieces import MOST_PARTS, Piece, Pieces
from resolver.addresses.place_tree import PlaceTree
from resolver.addresses.readings import SETTLED, Reading, ReadingRanker
from resolver.addresses.remainder import MARKED
from resolver.addresses.solution import Solution, shared
from resolver.text import phrases
from resolver.text.address import in_brackets
from resolver.text.glued import is_doubled, once_only, unglued
from resolver.text.localities import is_locality
from resolver.text.numerals import in_digits

__all__ = ["Solver"]

_FEW_WORDS = 3
_OF_TYPED = 3.0
"""Least log-odds of an address without separators whose parts begin with type words."""
_MOST_ROUNDS = 4
_MOST_PARENTS = 16_384


class Solver:
    """Parses addresses with the places of one index."""

    def __init__(self, places: PlaceTree, today: int) -> None:
        """Use the places of a tree; ``today`` is the day of undated mentions."""
        self._places = places
        self._today = today
        self._namings = PartMatcher(places)
        self._tails = KnownTails(places)
        self._hyphens = Hyphens(lambda: places.texts)
        self._around = lru_cache(maxsize=_MOST_PARENTS)(self._parts_of_parents)
        self._pieces = Pieces(self._spotted_one, self._tails.is_head, lambda: places.names)

    def solve(self, text: str, asked: AddressQuery, within: tuple[str, ...] = ()) -> Solution | None:
        """Return the readings of an address; None if the text does not look like one.

        ``within`` are the texts of parent columns, in any order. They can only name parents of the place.
        """
        spotted = self._spotted(self._hyphens.cut(text)[-MOST_PARTS:])
        pieces = [Piece(one.part.text, one) for one in spotted]
        return self._solve(pieces, asked, within, leaves_out=_leaves_out(text), asides=in_brackets(text))

    def pieces(self, text: str, *, alone: bool = False) -> list[Piece] | None:
        """Return the parts of an address if each means the same beside all others; else None.

        Only of an address that has several, or just one where it may be ``alone``.
        """
        return self._pieces.of(text, alone=alone)

    def solve_pieces(self, pieces: list[Piece], asked: AddressQuery, within: tuple[str, ...] = ()) -> Solution | None:
        """Return what ``solve`` does for the cleaned text that ``pieces`` are the parts of."""
        return self._solve(pieces, asked, within, leaves_out=False)

    def _solve(
        self,
        pieces: Sequence[Piece],
        asked: AddressQuery,
        within: tuple[str, ...],
        *,
        leaves_out: bool,
        asides: Collection[str] = (),
    ) -> Solution | None:
        around = self._around(within) if within else ()
        alone = len(pieces) == 1 and not around
        if not pieces or (alone and _is_one_name(pieces[0].like)):
            return None
        if not asked.days and not around and self._is_double_name(pieces):
            return None
        split = None if alone or around else self._tails.split(pieces, asked)
        known = self._tails.find(split) if split else None
        if known:
            return known
        spotted = [piece.own for piece in pieces]
        words = AddressWords(spotted, around, asides)
        # In a few words without separators, one misspelt name is as likely as two.
        rounds = 0 if alone and spotted[0].size <= _FEW_WORDS else _MOST_ROUNDS
        readings, at_once = self._readings(words, asked, rounds)
        if alone and not (readings and _is_address(readings[0])):
            return None
        # Levels that were not requested are read too: misspelt communes are found through their districts.
        own, level = len(spotted), self._places.level
        asked_for = [one for one in readings if level[one.entity] in asked.levels and one.span.number < own]
        address = Address(spotted, asked.days, self._today, leaves_out)
        solution = shared(doubted(asked_for, address, self._places))
        if split and at_once:
            self._tails.keep(split, solution)
        return solution

    def is_one_name(self, text: str) -> bool:
        """Whether a text has no parts of its own but is one name as a whole: then it is no address, whatever its date.

        The text needs no cleaning.
        """
        spotted = self._spotted(self._hyphens.cut(phrases.in_parts(in_digits(text)))[-MOST_PARTS:])
        return not spotted or (len(spotted) == 1 and _is_one_name(spotted[0]))

    def _is_double_name(self, pieces: Sequence[Piece]) -> bool:
        """Whether a country follows a name that passed from a larger place to a commune: ``Phú Quốc, Việt Nam``.

        The country adds nothing to the name, and the name alone does not say which of the two is meant.
        """
        if len(pieces) != 2:
            return False
        names = [piece.like for piece in pieces if not any(span.countries for span in piece.like.whole)]
        if len(names) != 1:
            return False
        ends, today = self._places.days, self._today
        spans = names[0].whole
        larger = [ends[entity][1] for span in spans for entity in span.larger]
        communes = [ends[entity][1] for span in spans for entity in span.communes]
        return bool(larger) and max(larger) <= today < max(communes, default=0)

    def _spotted(self, pieces: Iterable[str]) -> list[MatchedPart]:
        return [one for piece in pieces if (one := self._spotted_one(piece)).size]

    def _parts_of_parents(self, within: tuple[str, ...]) -> tuple[MatchedPart, ...]:
        """Return what the parts of the columns of parents may name: their texts recur in a table."""
        return tuple([one for text in within for one in self._spotted(self._hyphens.cut(text))])

    def _spotted_one(self, piece: str) -> MatchedPart:
        """Return what a part may name: with its type letters attached, or with a word twice, only if that is a name."""
        one = self._namings.spot(piece)
        parted = piece if one.whole else unglued(piece)
        once = parted if one.whole else once_only(parted)
        if once != parted and (known := self._namings.spot(once)).whole:
            return known
        if parted == piece:
            return one
        return self._namings.spot_doubled(parted) if is_doubled(piece) else self._namings.spot(parted)

    def _readings(self, words: AddressWords, asked: AddressQuery, rounds: int) -> tuple[list[Reading], bool]:
        """Return the consistent readings, the best first, and whether they were found at once.

        Otherwise misspellings were searched for, in some rounds, or names inside names.
        """
        ranker = ReadingRanker(self._places, words, asked, self._today)
        best = ranker.rank()
        if _is_settled(best, words):
            return best, True
        search = MisspellingSearch(self._places, words, asked.countries)
        best = _with_misspelt(best, words, ranker, search, min(rounds, 1))
        if _is_settled(best, words):
            return best, False
        if words.add_inner():
            best = ranker.rank()
        return _with_misspelt(best, words, ranker, search, rounds), False


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


def _leaves_out(text: str) -> bool:
    """Whether a text begins with a separator: the commune before it was left empty."""
    return text.lstrip()[:1] in {",", ";", "|"}


def _is_address(reading: Reading) -> bool:
    """Whether words without separators are a place within another, with at most a house or hamlet before it.

    Or a house, street or hamlet and one place with its type word: ``15 Lê Lợi TP Vinh``.
    """
    if not reading.parents:
        return _is_house_in_unit(reading)
    if reading.parents[0].weight <= 0:
        return False
    typed = reading.span.word is not None and reading.parents[0].span.word is not None
    if reading.score < (_OF_TYPED if typed else SETTLED):
        return False
    return reading.is_settled or all(rest.kind in MARKED for rest in reading.remainders)


def _is_house_in_unit(reading: Reading) -> bool:
    typed = reading.span.word is not None and reading.span.word.sure
    if not typed or not reading.remainders or reading.score < SETTLED:
        return False
    return all(rest.end <= reading.span.start and is_locality(rest.kind, rest.text) for rest in reading.remainders)


def _is_one_name(part: MatchedPart) -> bool:
    """Whether a text without separators is a name as a whole, or a single word."""
    return bool(part.whole) or part.size < 2
