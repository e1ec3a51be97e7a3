"""Arguments of callers, checked in one place: texts, types, countries, dates, parents, languages and scores.

All methods of ``Resolver`` take the same keywords. Here they are converted for the engine, or a ``UsageError`` says
what is wrong with them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from resolver.dates import date_option
from resolver.days import day_range
from resolver.errors import UsageError
from resolver.filters import countries_of, place_types_of, types_of
from resolver.index.index import Index
from resolver.matching.calibration import MIN_SCORE
from resolver.matching.decision import MatchOptions
from resolver.mention_batch import MentionBatch
from resolver.model import EntityType, Mention
from resolver.text.reading import parts
from resolver.text.unicode import cut

__all__ = ["Arguments", "Context", "Questions", "several", "text_of"]

Names = str | Iterable[str] | None
"""One name, several or none: the form of types, countries and parents."""

Date = str | dt.date | None

_MOST_KEPT = 65_536
"""Contexts that are checked once: there are as many as days and parents in a table."""


class Context(NamedTuple):
    """The context of mentions: the fields of ``Mention`` except its text, in their order."""

    types: tuple[EntityType, ...]
    countries: tuple[str, ...]
    date: str
    within: tuple[str, ...]


class Questions(NamedTuple):
    """The mentions of a call: ``asked`` in input order, as texts or mentions, and each ``distinct`` one once."""

    asked: Sequence[str] | Sequence[Mention]
    distinct: Sequence[Mention]

    def keys(self) -> Sequence[object]:
        """Return each distinct mention in the form that it has in ``asked``."""
        return self.distinct.texts if isinstance(self.distinct, MentionBatch) else self.distinct


class Arguments:
    """Checks the arguments of calls on one index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def context(self, type: Names, country: Names, date: Date, within: Names) -> Context:
        """Return the context of mentions, with each parent separate: ``Quận 3, TP Hồ Chí Minh`` are two."""
        return Context(types_of(type), self.countries(country), date_option(date, "the date"), _parents(within))

    def code_context(self, type: Names, country: Names, date: Date, within: Names) -> Context:
        """Return the context of mentions that are official codes, like their parents; only places have codes."""
        on = date_option(date, "the date")
        return Context(place_types_of(type), self.countries(country), on, _texts(within))

    def countries(self, given: Names) -> tuple[str, ...]:
        """Return codes of countries. Raises UsageError if the gazetteer has nothing in one of them."""
        countries = countries_of(given)
        for country in countries:
            if country not in self._index.countries:
                raise UsageError(f"the gazetteer has nothing of a country {country!r}; give codes such as VN or KH")
        return countries

    def options(self, to: Date, language: str | None, min_score: float | None) -> MatchOptions:
        """Return the options of answers."""
        least = MIN_SCORE if min_score is None else min_score
        if not 0 <= least <= 1:
            raise UsageError(f"the least score {least} is not a probability; give a number from 0 to 1")
        if language and language not in self._index.languages:
            known = ", ".join(self._index.languages)
            raise UsageError(f"the gazetteer has no names in language {language!r}; there are: {known}")
        return MatchOptions(self.day(to, "the target date"), language or "", least)

    def day(self, date: Date, what: str) -> int:
        """Return the first day that a date may mean; the gazetteer's own day if no date is given."""
        text = date_option(date, what)
        return day_range(text)[0] if text else self._index.as_of_day

    def number(self, id: str) -> int:
        """Return the number of an entity."""
        number = self._index.number(id)
        if number is None:
            raise UsageError(f"there is no entity {id!r} in the gazetteer of {self._index.as_of}")
        return number

    def questions(self, mentions: Iterable[str | Mention], context: Context) -> Questions:
        """Return the mentions of a call; texts get the ``context``, a ``Mention`` has its own."""
        asked = several(mentions, "expected several mentions; give a list, or use resolve for one")
        if {*map(_class_of, asked)} <= {str}:
            texts = cast("list[str]", asked)
            return Questions(texts, MentionBatch(list(dict.fromkeys(texts)), *context))
        checked = [
            _checked(mention) if isinstance(mention, Mention) else Mention(text_of(mention), *context)
            for mention in asked
        ]
        return Questions(checked, list(dict.fromkeys(checked)))


_class_of = type
"""The built-in ``type``, where a parameter hides it."""


def several(mentions: Iterable[str | Mention], problem: str) -> list[str | Mention]:
    """Return mentions as a list. Raises UsageError with ``problem`` for a single text."""
    if isinstance(mentions, str):
        raise UsageError(problem)
    return list(mentions)


def text_of(mention: object) -> str:
    """Return the text of a mention. Raises UsageError if it is not a text."""
    if not isinstance(mention, str):
        raise UsageError(f"a mention is a text, not {mention!r}")
    return mention


def _checked(mention: Mention) -> Mention:
    """Return a mention made by a caller, in the form that ``resolve`` makes.

    Raises UsageError for unknown types, countries and dates.
    """
    context = _checked_context(
        _hashable(mention.types), _hashable(mention.countries), mention.date, _hashable(mention.within)
    )
    return Mention(text_of(mention.text), *context)


def _hashable(given: str | Iterable[str]) -> tuple[str, ...]:
    if given == ():
        return ()
    texts = (given,) if isinstance(given, str) else tuple(given)
    return tuple(cut(text) if isinstance(text, str) else text for text in texts)


@lru_cache(maxsize=_MOST_KEPT)
def _checked_context(types: tuple[str, ...], countries: tuple[str, ...], date: str, within: tuple[str, ...]) -> Context:
    return Context(types_of(types), countries_of(countries), date_option(date, "the date"), _parents(within))


def _parents(given: Names) -> tuple[str, ...]:
    return tuple(part for text in _texts(given) for part in parts(text))


def _texts(given: Names) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(map(text_of, given))
