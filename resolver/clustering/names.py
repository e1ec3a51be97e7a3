"""How the names of one type, people or organisations, are told apart."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from resolver.clustering import blocking
from resolver.failures import is_raised
from resolver.people.name_comparison import compare_names, log_odds
from resolver.text import keys, persons, unicode, vietnamese
from resolver.text.persons import PersonalName

__all__ = ["IMPOSSIBLE", "Names", "Organisations", "People"]

IMPOSSIBLE = -30.0
"""Log-odds of what cannot be."""

_STYLES = ("khmer", "bare", "half", "native")
_PLAIN = frozenset({"two_people", "word", "same_name"})


class Names(Protocol):
    """How the names of one type are told apart."""

    def key(self, text: str) -> str:
        """Return what makes two texts the same name; empty if it is none."""

    def pairs(self, keys: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Return the names worth comparing, by their places."""

    def odds(self, one: str, other: str) -> float:
        """Return the log-odds of two names being one's."""

    def why(self, one: str, other: str) -> str:
        """Say in words what speaks for two names being one's."""

    def spelling(self, key: str) -> tuple[tuple[int, ...], str]:
        """Return how telling a name is, and as it is shown."""

    def side(self, text: str) -> str:
        """Return what a mention says of gender, or nothing."""

    def known(self, spellings: Iterable[str]) -> Callable[[str], bool]:
        """Return a test whether a mention may be one of the names that the gazetteer has."""


def _in_one_case(text: str) -> tuple[bool, str]:
    """Order spellings that differ in case only: those in capitals, or without any, come last."""
    return text.isupper() or text.islower(), text


class People:
    """Names of people, in any order and spelling."""

    def __init__(self) -> None:
        self._readings: dict[str, tuple[PersonalName, ...]] = {}
        self._shown: dict[str, str] = {}
        self._odds: dict[tuple[str, str], float] = {}

    def key(self, text: str) -> str:
        """Return what makes two texts the same name; empty if it is none."""
        readings = persons.parse(text)
        key = "|".join(reading.plain for reading in readings)
        self._readings.setdefault(key, readings)
        if readings:
            self._shown[key] = min(self._shown.get(key, readings[0].text), readings[0].text, key=_in_one_case)
        return key

    def pairs(self, keys: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Return the names worth comparing, by their places."""
        return blocking.pairs([self._readings[key] for key in keys])

    def odds(self, one: str, other: str) -> float:
        """Return the log-odds of two names being one's."""
        pair = (one, other) if one < other else (other, one)
        found = self._odds.get(pair)
        if found is None:
            ours, theirs = self._readings[pair[0]], self._readings[pair[1]]
            found = self._odds[pair] = _compared(ours, theirs)
        return found

    def why(self, one: str, other: str) -> str:
        """Say in words what speaks for two names being one's."""
        found = compare_names(self.spelling(one)[1], self.spelling(other)[1])
        told = {each.feature: each.text for each in reversed(found.evidence) if each.feature not in _PLAIN}
        return "; ".join([*told.values()][::-1][:2]) or "the same words"

    def spelling(self, key: str) -> tuple[tuple[int, ...], str]:
        """Return how telling a name is, and as it is shown."""
        name = self._readings[key][0]
        full = sum(not word.initial for word in name.words)
        return (_STYLES.index(name.style), full, sum(len(word.fold) for word in name.words)), self._shown[key]

    def side(self, text: str) -> str:
        """Return what a mention says of gender, or nothing."""
        readings = persons.parse(text)
        return persons.gender(readings[0].titles) if readings else ""

    def known(self, spellings: Iterable[str]) -> Callable[[str], bool]:
        """Return a test whether a mention may be one of the names that the gazetteer has."""
        known = {key for text in spellings for reading in persons.parse(text) for key in blocking.own(reading)}

        def asked(text: str) -> bool:
            return any(key in known for reading in persons.parse(text) for key in blocking.own(reading))

        return asked


def _compared(ours: Sequence[PersonalName], theirs: Sequence[PersonalName]) -> float:
    """Return the log-odds of two names; where the program fails on them, they are not one's."""
    try:
        return max(log_odds(a, b) for a in ours for b in theirs)
    except Exception as error:
        if is_raised(error):
            raise
        return IMPOSSIBLE


class Organisations:
    """Names of organisations, by their telling words."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def key(self, text: str) -> str:
        """Return what makes two texts the same name; empty if it is none."""
        text = unicode.clean(unicode.cut(text)).text
        shown = vietnamese.normalise(text)
        key = f"{keys.word_key(text)}|{shown.casefold()}" if keys.word_key(text) else ""
        self._texts[key] = min(self._texts.get(key, shown), shown, key=_in_one_case)
        return key

    def pairs(self, keys: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Return the names worth comparing, by their places."""
        blocks: dict[str, list[int]] = {}
        for number, key in enumerate(keys):
            blocks.setdefault(key.partition("|")[0], []).append(number)
        for block in blocks.values():
            # Who agrees with the first agrees with all, but for diacritics: these are looked at before joining.
            yield from ((block[0], other) for other in block[1:])
            yield from itertools.pairwise(block)

    def odds(self, one: str, other: str) -> float:
        """Return the log-odds of two names being one's."""
        if one.partition("|")[0] != other.partition("|")[0]:
            return IMPOSSIBLE
        try:
            accents = vietnamese.accents(self._texts[one], self._texts[other])
        except ValueError:
            accents = "same"  # worded otherwise
        words = len(one.partition("|")[0].split())
        return IMPOSSIBLE if accents == "contrast" else 2.0 + 1.2 * words

    def why(self, one: str, other: str) -> str:
        """Say in words what speaks for two names being one's."""
        return "the same telling words"

    def spelling(self, key: str) -> tuple[tuple[int, ...], str]:
        """Return how telling a name is, and as it is shown."""
        text = self._texts[key]
        return (not text.isascii(), len(text)), text

    def side(self, text: str) -> str:
        """Return what a mention says of gender, or nothing."""
        return ""

    def known(self, spellings: Iterable[str]) -> Callable[[str], bool]:
        """Return a test whether a mention may be one of the names that the gazetteer has."""
        return bool
