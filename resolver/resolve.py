"""The Resolver: mentions in, matches out.

One pipeline for one mention or a million: distinct mentions are read, candidates found by equal keys, scored, and
looked for once more with typing errors where nothing good was found; then each is decided and told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from resolver import candidates
from resolver.addressed import Addressed, names_no_place
from resolver.batch import Batch, Question
from resolver.dates import date_option
from resolver.days import day_range
from resolver.decide import Decider, Wanted
from resolver.errors import UsageError
from resolver.filters import countries_of, types_of
from resolver.freshness import warn_if_stale
from resolver.history import History, history_of
from resolver.index import Index, open_index
from resolver.model import TYPES, Entity, EntityType, Match, Mention
from resolver.scoring import Scores, score
from resolver.surroundings import Surroundings
from resolver.text.reading import parts, read

__all__ = ["MIN_SCORE", "Resolver"]

MIN_SCORE = 0.8
"""Probability from which a candidate counts as matched."""

_SETTLED = 1.5
"""Log-odds of the best candidate with an equal key below which typing errors are looked for."""

_CHUNK = 20_000


class Resolver:
    """Resolves mentions against a gazetteer.

    >>> resolver = Resolver()
    >>> match = resolver.resolve("Kien Giang", date="2024-11-27")
    >>> match.status, match.entity.id, [entity.id for entity in match.current]
    ('matched', 'vn-province-kien-giang', ['vn-province-an-giang-2025'])
    """

    def __init__(self, gazetteer: Path | str | None = None, *, cache: bool = True) -> None:
        """Open the bundled gazetteer, or that of a folder; ``cache=False`` compiles it in memory.

        Raises GazetteerError where the tables are missing or damaged. Warns (StaleGazetteerWarning, once in a process)
        where the gazetteer is over a year old.
        """
        self._gazetteer = gazetteer
        self._index = open_index(Path(gazetteer) if gazetteer else None, cache=cache)
        warn_if_stale(self._index.as_of)
        self._surroundings = Surroundings(self._index)
        self._decider = Decider(self._index)
        self._addressed = Addressed(self._index, self._decider)
        self._read = lru_cache(maxsize=65_536)(read)

    @property
    def date(self) -> str:
        """The gazetteer's own date: the day up to which its facts were followed (ISO 8601)."""
        return self._index.as_of

    def resolve(
        self,
        text: str,
        *,
        type: str | Iterable[str] | None = None,
        country: str | Iterable[str] | None = None,
        date: str | dt.date | None = None,
        within: str | Iterable[str] | None = None,
        to: str | dt.date | None = None,
        language: str | None = None,
        min_score: float | None = None,
    ) -> Match:
        """Return what one mention means.

        ``type`` restricts what may be found (``place`` for all four levels), ``country`` likewise (ISO alpha-2).
        ``date`` is when the mention was made, ``within`` the text of one or more parents, ``to`` the date of the
        crosswalk (default: the gazetteer's own), ``language`` that of the names shown, ``min_score`` the probability
        (0 to 1) from which a candidate is matched. Raises UsageError for an unknown type or a bad date.

        >>> Resolver().resolve("Châu Thành", within="Kiên Giang").entity.path
        'Huyện Châu Thành, Tỉnh Kiên Giang'
        """
        options = {"type": type, "country": country, "date": date, "within": within}
        return self.resolve_many([text], **options, to=to, language=language, min_score=min_score)[0]  # type: ignore[arg-type]

    def resolve_many(
        self,
        mentions: Iterable[str | Mention],
        *,
        type: str | Iterable[str] | None = None,
        country: str | Iterable[str] | None = None,
        date: str | dt.date | None = None,
        within: str | Iterable[str] | None = None,
        to: str | dt.date | None = None,
        language: str | None = None,
        min_score: float | None = None,
    ) -> list[Match]:
        """Return what many mentions mean, in their order: the same answers as ``resolve``, sooner.

        Texts take the keywords given; a ``Mention`` brings its own date, types, countries and parents.
        """
        if isinstance(mentions, str):
            raise UsageError("resolve_many takes several mentions; give a list, or use resolve for one")
        types, countries = types_of(type), self._known_countries(country)
        parents, on = _parts(within), date_option(date, "the date")
        asked = [
            _checked(mention)
            if isinstance(mention, Mention)
            else Mention(_text(mention), types, countries, on, parents)
            for mention in mentions
        ]
        wanted = self._wanted(to, language, min_score)
        distinct = list(dict.fromkeys(asked))
        answers: dict[Mention, Match] = {}
        for start in range(0, len(distinct), _CHUNK):
            chunk = distinct[start : start + _CHUNK]
            answers.update(zip(chunk, self._answer(chunk, wanted), strict=True))
        return [answers[mention] for mention in asked]

    def entity(self, id: str, *, date: str | dt.date | None = None, language: str | None = None) -> Entity:
        """Return an entity by its canonical id, as it was on a date or as it last was.

        Raises UsageError where the id is unknown.
        """
        day = self._day(date, "the date")
        return self._decider.describer(language or "").at(self._number(id), day)

    def settle(
        self,
        mention: Mention,
        id: str,
        *,
        to: str | dt.date | None = None,
        language: str | None = None,
    ) -> Match:
        """Return the match that a person's decision makes: this entity, or none where ``id`` is empty or ``none``.

        Raises UsageError where the id is unknown.
        """
        if id in {"", "none"}:
            told = "decided by a person: names nothing here"
            return Match(mention, "unmatched", method="override", note=told, gazetteer_date=self.date)
        days = day_range(mention.date) if mention.date else None
        return self._decider.settle(mention, self._number(id), days, self._wanted(to, language, None))

    def history(
        self,
        text: str,
        *,
        type: str | Iterable[str] | None = None,
        country: str | Iterable[str] | None = None,
        date: str | dt.date | None = None,
        within: str | Iterable[str] | None = None,
        language: str | None = None,
    ) -> History:
        """Return the lineage of the entity that an id or a mention means.

        Raises UsageError where the mention is ambiguous or names nothing, with the candidates.

        >>> [step.change.instrument for step in Resolver().history("Tỉnh Kiên Giang").after]
        ['202/2025/QH15']
        """
        number = self._index.numbers.get(text.strip())
        if number is None:
            match = self.resolve(text, type=type, country=country, date=date, within=within, language=language)
            if not match.entity:
                raise UsageError(f"{text!r}: {match.note or 'empty'}")
            number = self._number(match.entity.id)
        return history_of(self._index, self._decider.describer(language or ""), number)

    def _day(self, date: str | dt.date | None, what: str) -> int:
        text = date_option(date, what)
        return day_range(text)[0] if text else self._index.as_of_day

    def _number(self, id_: str) -> int:
        try:
            return self._index.numbers[id_]
        except KeyError:
            raise UsageError(f"there is no entity {id_!r} in the gazetteer of {self.date}") from None

    def __reduce__(self) -> tuple[object, ...]:
        """Open the same gazetteer anew in another process."""
        return Resolver, (self._gazetteer,)

    def _known_countries(self, given: str | Iterable[str] | None) -> tuple[str, ...]:
        countries = countries_of(given)
        for country in countries:
            if country not in self._index.countries:
                raise UsageError(f"the gazetteer has nothing of a country {country!r}; give codes such as VN or KH")
        return countries

    def _wanted(self, to: str | dt.date | None, language: str | None, min_score: float | None) -> Wanted:
        least = MIN_SCORE if min_score is None else min_score
        if not 0 <= least <= 1:
            raise UsageError(f"the least score {least} is no probability; give a number from 0 to 1")
        if language and language not in self._index.languages:
            known = ", ".join(self._index.languages)
            raise UsageError(f"the gazetteer has no names in language {language!r}; there are: {known}")
        return Wanted(self._day(to, "the target date"), language or "", least)

    def _answer(self, mentions: Sequence[Mention], wanted: Wanted) -> Iterator[Match]:
        """Yield the answers: of addresses by all their levels together, of all else by names and context."""
        addresses = [self._addressed.answer(mention, wanted) for mention in mentions]
        others = [mention for mention, one in zip(mentions, addresses, strict=True) if one is None or not one.is_final]
        by_name = self._by_name(others, wanted) if others else iter(())
        for one in addresses:
            if one and one.is_final:
                yield one.match
            else:
                named = next(by_name)
                yield one.match if one and not names_no_place(named) else named

    def _by_name(self, mentions: Sequence[Mention], wanted: Wanted) -> Iterator[Match]:
        parsed = [self._read(mention.text) for mention in mentions]
        questions = [
            Question(mention, one, day_range(mention.date) if mention.date else None)
            for mention, one in zip(mentions, parsed, strict=True)
        ]
        keep = _Filter(self._index, mentions)
        contexts = self._surroundings.meanings(questions)
        pairs = candidates.exact(self._index, parsed, keep)
        batch = Batch(self._index, questions, pairs, contexts)
        scores = score(batch)
        near = candidates.fuzzy(self._index, parsed, _unsettled(batch, scores), keep)
        if len(near):
            batch = Batch(self._index, questions, candidates.join(pairs, near), contexts)
            scores = score(batch)
        for question, ranked in zip(questions, _ranked(batch, scores), strict=True):
            yield self._decider.decide(question, batch, scores, ranked, wanted)


class _Filter:
    """Which pairs of mention and entity the mentions' types and countries allow."""

    def __init__(self, index: Index, mentions: Sequence[Mention]) -> None:
        self._index = index
        everything = (1 << len(TYPES)) - 1
        self._types = np.array(
            [sum(1 << TYPES.index(t) for t in set(mention.types)) or everything for mention in mentions], np.int64
        )
        self._countries = [frozenset(mention.countries) for mention in mentions]

    def __call__(self, mention: NDArray[np.int32], entity: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Return which pairs may stand."""
        kept = (self._types[mention] >> self._index.entity_type[entity].astype(np.int64)) & 1 == 1
        if any(self._countries):
            country = self._index.entity_country[entity]
            kept &= np.array(
                [
                    not self._countries[one] or self._index.countries[at] in self._countries[one]
                    for one, at in zip(mention.tolist(), country.tolist(), strict=True)
                ],
                np.bool_,
            )
        return cast("NDArray[np.bool_]", kept)


def _unsettled(batch: Batch, scores: Scores) -> list[int]:
    """Return the mentions for which equal keys found nothing good enough."""
    best = np.full(len(batch.questions), -np.inf)
    np.maximum.at(best, batch.pairs.mention, scores.log_odds)
    return [int(mention) for mention in np.flatnonzero(best < _SETTLED)]


def _ranked(batch: Batch, scores: Scores) -> list[list[int]]:
    """Return for each mention its pairs, one an entity, the most probable first."""
    alive = np.flatnonzero(scores.probability > 0)
    order = alive[np.lexsort((batch.entity[alive], -scores.log_odds[alive], batch.pairs.mention[alive]))]
    ranked: list[list[int]] = [[] for _ in batch.questions]
    for pair, mention in zip(order.tolist(), batch.pairs.mention[order].tolist(), strict=True):
        ranked[mention].append(pair)
    return ranked


def _text(mention: object) -> str:
    if not isinstance(mention, str):
        raise UsageError(f"a mention is a text, not {mention!r}")
    return mention


def _checked(mention: Mention) -> Mention:
    """Return a mention that a caller made, in the form in which ``resolve`` makes them.

    Raises UsageError for unknown types, countries and dates.
    """
    types, countries, date, within = _checked_context(mention.types, mention.countries, mention.date, mention.within)
    return Mention(_text(mention.text), types, countries, date, within)


@lru_cache(maxsize=4096)
def _checked_context(
    types: tuple[str, ...], countries: tuple[str, ...], date: str, within: tuple[str, ...]
) -> tuple[tuple[EntityType, ...], tuple[str, ...], str, tuple[str, ...]]:
    return types_of(types), countries_of(countries), date_option(date, "the date"), _parts(within)


def _parts(given: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return the parents that texts name, one a text: ``Quận 3, TP Hồ Chí Minh`` names two."""
    return tuple(part for text in _texts(given) for part in parts(text))


def _texts(given: str | Iterable[str] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)
