"""How the names of one type, people or organisations, are compared."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from resolver.clustering import blocking
from resolver.failures import is_raised
from resolver.people.name_comparison import compare_names, log_odds
from resolver.text import keys, persons, unicode, vietnamese
from resolver.text.persons import PersonalName

__all__ = ["CONTRADICTS", "IMPOSSIBLE", "Names", "Organisations", "People"]

IMPOSSIBLE = -30.0
"""Log-odds of an impossible pair."""

CONTRADICTS = -3.0
"""Two names whose log-odds are less are not one entity's."""

_STYLES = ("khmer", "bare", "half", "native")
_PLAIN = frozenset({"two_people", "word", "same_name"})
_LIKE, _UNLIKE = "sounds_like", "sounds_apart"
"""Two words that sound a little too different have both: the second alone says what it comes to."""


class Names(Protocol):
    """How the names of one type are compared.

    ``least`` are the log-odds below which it makes no difference how low they are.
    """

    least: float

    def key(self, text: str) -> str:
        """Return a key that is equal for two texts of the same name; empty if the text is not a name."""

    def pairs(self, keys: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Return the pairs of names to compare, by position."""

    def odds(self, one: str, other: str) -> float:
        """Return the log-odds that two names belong to one entity; some lower value if they are below ``least``."""

    def why(self, one: str, other: str) -> str:
        """Return in words the evidence that two names belong to one entity."""

    def spelling(self, key: str) -> tuple[tuple[int, ...], str]:
        """Return how informative a spelling is (a sort key), and the name as shown."""

    def side(self, text: str) -> str:
        """Return the gender that a mention states, or an empty text."""

    def known(self, spellings: Iterable[str]) -> Callable[[str], bool]:
        """Return a test whether a mention may be one of the names in the gazetteer."""


def _in_one_case(text: str) -> tuple[bool, str]:
    """Sort spellings that differ only in case: all capitals, or no capitals, come last."""
    return text.isupper() or text.islower(), text


class People:
    """Names of people, in any order and spelling."""

    def __init__(self) -> None:
        self.least = CONTRADICTS
        self._readings: dict[str, tuple[PersonalName, ...]] = {}
        self._shown: dict[str, str] = {}
        self._odds: dict[tuple[str, str], float] = {}

    def key(self, text: str) -> str:
        """Return a key that is equal for two texts of the same name; empty if the text is not a name."""
        readings = persons.parse(text)
        key = "|".join(reading.plain for reading in readings)
        self._readings.setdefault(key, readings)
        if readings:
            self._shown[key] = min(self._shown.get(key, readings[0].text), readings[0].text, key=_in_one_case)
        return key

    def pairs(self, keys: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Return the pairs of names to compare, by position."""
        return blocking.pairs([self._readings[key] for key in keys])

    def odds(self, one: str, other: str) -> float:
        """Return the log-odds that two names belong to one entity; some lower value if they are below ``least``."""
        pair = (one, other) if one < other else (other, one)
        found = self._odds.get(pair)
        if found is None:
            ours, theirs = self._readings[pair[0]], self._readings[pair[1]]
            found = self._odds[pair] = _compared(ours, theirs, self.least)
        return found

    def why(self, one: str, other: str) -> str:
        """Return in words the evidence that two names belong to one entity."""
        found = compare_names(self.spelling(one)[1], self.spelling(other)[1])
        unlike = any(each.feature == _UNLIKE for each in found.evidence)
        left_out = {*_PLAIN, _LIKE} if unlike else _PLAIN
        told = {each.feature: each.text for each in reversed(found.evidence) if each.feature not in left_out}
        return "; ".join([*told.values()][::-1][:2]) or "the same words"

    def spelling(self, key: str) -> tuple[tuple[int, ...], str]:
        """Return how informative a spelling is (a sort key), and the name as shown."""
        name = self._readings[key][0]
        full = sum(not word.initial for word in name.words)
        return (_STYLES.index(name.style), full, sum(len(word.fold) for word in name.words)), self._shown[key]

    def side(self, text: str) -> str:
        """Return the gender that a mention states, or an empty text."""
        readings = persons.parse(text)
        return persons.gender(readings[0].titles) if readings else ""

    def known(self, spellings: Iterable[str]) -> Callable[[str], bool]:
        """Return a test whether a mention may be one of the names in the gazetteer."""
        known = {key for text in spellings for reading in persons.parse(text) for key in blocking.own(reading)}

        def asked(text: str) -> bool:
            return any(key in known for reading in persons.parse(text) for key in blocking.own(reading))

        return asked


def _compared(ours: Sequence[PersonalName], theirs: Sequence[PersonalName], least: float) -> float:
    """Return the log-odds of two names, exact from ``least`` on; if an error occurs, they count as different."""
    try:
        return max(log_odds(a, b, least) for a in ours for b in theirs)
    except Exception as error:
        if is_raised(error):
            raise
        return IMPOSSIBLE


class Organisations:
    """Names of organisations, compared by their significant words."""

    def __init__(self) -> None:
        self.least = CONTRADICTS
        self._texts: dict[str, str] = {}

    def key(self, text: str) -> str:
        """Return a key that is equal for two texts of the same name; empty if the text is not a name."""
        text = unicode.clean(unicode.cut(text)).text
        shown = vietnamese.normalise(text)
        key = f"{keys.word_key(text)}|{shown.casefold()}" if keys.word_key(text) else ""
        self._texts[key] = min(self._texts.get(key, shown), shown, key=_in_one_case)
        return key

    def pairs(self, keys: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Return the pairs of names to compare, by position."""
        blocks: dict[str, list[int]] = {}
        for number, key in enumerate(keys):
            blocks.setdefault(key.partition("|")[0], []).append(number)
        for block in blocks.values():
            # A name that agrees with the first agrees with all, except in diacritics, which are checked before joining.
            yield from ((block[0], other) for other in block[1:])
            yield from itertools.pairwise(block)

    def odds(self, one: str, other: str) -> float:
        """Return the log-odds that two names belong to one entity."""
        if one.partition("|")[0] != other.partition("|")[0]:
            return IMPOSSIBLE
        try:
            accents = vietnamese.accents(self._texts[one], self._texts[other])
        except ValueError:
            accents = "same"  # worded differently
        words = len(one.partition("|")[0].split())
        return IMPOSSIBLE if accents == "contrast" else 2.0 + 1.2 * words

    def why(self, one: str, other: str) -> str:
        """Return in words the evidence that two names belong to one entity."""
        return "the same significant words"

    def spelling(self, key: str) -> tuple[tuple[int, ...], str]:
        """Return how informative a spelling is (a sort key), and the name as shown."""
        text = self._texts[key]
        return (not text.isascii(), len(text)), text

    def side(self, text: str) -> str:
        """Return the gender that a mention states, or an empty text."""
        return ""

    def known(self, spellings: Iterable[str]) -> Callable[[str], bool]:
        """Return a test whether a mention may be one of the names in the gazetteer."""
        return bool
