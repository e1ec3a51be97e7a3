"""Offices and bodies in Khmer text, whose words are not parted, in other wordings than those of the gazetteer.

A name is made of words, one behind the other, as long as the gazetteer has a name with the same key. The words are
those that keys put into English (``synonyms.csv``), and what else stands in names of offices and bodies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np

from resolver.annotation.folding import fold
from resolver.annotation.patterns import COUNTRY, ROLE, TITLE
from resolver.annotation.reference_words import words_behind
from resolver.annotation.span import Span
from resolver.annotation.spotting import Spot
from resolver.index.index import Index
from resolver.model import TYPES
from resolver.text import keys, khmer
from resolver.text.words import rows

__all__ = ["KhmerBodies"]

_TYPES = (TYPES.index("office"), TYPES.index("organisation"))
_MOST_WORDS = 12
_SHORTEST_VERB = 3
_LETTER = re.compile("[\u1780-\u17d3\u17dd]")
_DEPENDENT = re.compile("[\u17b4-\u17c7\u17c9-\u17d3\u17dd]")
_OF = re.compile(" ?នៃ ?")
_LINKS = tuple(khmer.FUNCTION_WORDS)
_HOME = "កម្ពុជា"
_JOINING = ("និង", "លោក", "ឯកឧត្តម", "សម្តេច")


class KhmerBodies:
    """The Khmer names of offices and bodies of an index; ``kind`` tells which of the two has the key of a text."""

    def __init__(self, index: Index, kind: Callable[[str], str]) -> None:
        self._index = index
        self._kind = kind

    def spans(self, plain: str, found: Sequence[Spot]) -> Iterator[Span]:
        """Yield the names; of one that begins like a longer one both are yielded."""
        if not khmer.is_khmer(plain):
            return
        countries = {spot.start for spot in found if spot.found & COUNTRY}
        within = {at for spot in found if spot.found & (ROLE | TITLE) for at in range(spot.start + 1, spot.end)}
        for first in self._first_word.finditer(plain):
            if first.start() not in within:  # នាយករដ្ឋមន្ត្រី in ឧបនាយករដ្ឋមន្ត្រី is another office
                yield from self._from(plain, first, countries)

    def _from(self, plain: str, first: re.Match[str], countries: Collection[int]) -> Iterator[Span]:
        start, word, whole = first.start(), first, False
        for _ in range(_MOST_WORDS):
            end = word.end()
            linked = word.group().endswith(_LINKS)
            home = whole and word.group().lstrip().endswith(_HOME)  # the country is no part of a name whole without it
            if not linked and not home and (kind := self._kind(plain[start:end])):
                whole = True
                if _ends(plain, end, countries):
                    yield Span(start, end, kind, plain[start:end], ("office", "organisation"))
            following = self._next_word.match(plain, end)
            if not following:
                return
            word = following

    @cached_property
    def _names(self) -> list[str]:
        index = self._index
        bodies = np.isin(index.entity_type[index.row_entity], _TYPES)
        texts = sorted(index.texts[text] for text in set(index.row_text[bodies].tolist()))
        return [fold(text).plain for text in texts if khmer.is_khmer(text)]

    @cached_property
    def _words(self) -> set[str]:
        """The words of the names, those that keys put into English, and what is left."""
        known = {khmer.normalise(row["words"]) for row in rows("synonyms.csv") if row["language"] == "km"}
        left = {word for name in self._names for word in str(keys.word_key(name)).split() if not word.isascii()}
        return known | left

    @cached_property
    def _first_word(self) -> re.Pattern[str]:
        any_word = re.compile(_longest_first(self._words))
        first = {word.group() for name in self._names if (word := any_word.match(name))}
        return re.compile(rf"(?<!\u17d2)(?:{_longest_first(w for w in self._words if w.startswith(tuple(first)))})")

    @cached_property
    def _next_word(self) -> re.Pattern[str]:
        return re.compile(f" ?(?:{_longest_first(self._words)})")


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _ends(plain: str, end: int, countries: Collection[int]) -> bool:
    """Whether a name may end at a position: what follows is no part of it, and no country that the gazetteer lacks."""
    if _DEPENDENT.match(plain, end):
        return False
    of = _OF.match(plain, end)
    if of or end in countries:
        return not of or of.end() in countries
    return not _LETTER.match(plain, end) or plain.startswith(_following(), end)


def _following() -> tuple[str, ...]:
    return (*_JOINING, *(word for word in words_behind() if len(word) >= _SHORTEST_VERB))
