"""The Resolver: mentions in, matches out.

One pipeline for one mention or a million: distinct mentions are read, candidates found by equal keys, scored, and
looked for once more with typing errors where nothing good was found; then each is decided and told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import cast, get_args

import numpy as np
from numpy.typing import NDArray

from resolver import candidates
from resolver.changes import changes_between, standing, version_at
from resolver.dates import date_option
from resolver.days import day_range
from resolver.describe import Describer
from resolver.errors import UsageError
from resolver.history import History, history_of
from resolver.index import Index, Record, open_index
from resolver.model import PLACE_TYPES, TYPES, Candidate, Dating, Entity, EntityType, Match, Mention, Status
from resolver.notes import note
from resolver.scoring import Batch, Question, Scores, evidence, score
from resolver.surroundings import Surroundings
from resolver.tenures import held_on
from resolver.text.reading import read

__all__ = ["MIN_SCORE", "Resolver"]

MIN_SCORE = 0.8
"""Probability from which a candidate counts as matched."""

_WORTH_NAMING = 0.1
"""Probability of all candidates together from which a mention is ambiguous rather than unmatched."""

_SETTLED = 3.0
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

        Raises GazetteerError where the tables are missing or damaged.
        """
        self._index = open_index(Path(gazetteer) if gazetteer else None, cache=cache)
        self._surroundings = Surroundings(self._index)
        self._describer = lru_cache(maxsize=8)(lambda language: Describer(self._index, language))
        self._read = lru_cache(maxsize=65_536)(read)

    @property
    def date(self) -> str:
        """The gazetteer's own date: the day up to which its facts were followed (ISO 8601)."""
        return self._index.as_of

    def resolve(
        self,
        text: str,
        *,
        type: str | Iterable[str] | None = None,  # noqa: A002  (the contract's word)
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
        type: str | Iterable[str] | None = None,  # noqa: A002
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
        types, countries, parents = _types(type), _countries(country), _texts(within)
        on = date_option(date, "the date")
        asked = [
            mention if isinstance(mention, Mention) else Mention(mention, types, countries, on, parents)
            for mention in mentions
        ]
        target = self._target(to)
        threshold = MIN_SCORE if min_score is None else min_score
        distinct = list(dict.fromkeys(asked))
        answers: dict[Mention, Match] = {}
        for start in range(0, len(distinct), _CHUNK):
            chunk = distinct[start : start + _CHUNK]
            answers.update(zip(chunk, self._answer(chunk, target, language or "", threshold), strict=True))
        return [answers[mention] for mention in asked]

    def entity(self, id: str, *, date: str | dt.date | None = None, language: str | None = None) -> Entity:  # noqa: A002
        """Return an entity by its canonical id, as it was on a date or as it last was.

        Raises UsageError where the id is unknown.
        """
        day = self._day(date, "the date")
        return self._describer(language or "").at(self._number(id), day)

    def settle(
        self,
        mention: Mention,
        id: str,
        *,
        to: str | dt.date | None = None,
        language: str | None = None,  # noqa: A002
    ) -> Match:
        """Return the match that a person's decision makes: this entity, or none where ``id`` is empty or ``none``.

        Raises UsageError where the id is unknown.
        """
        if id in {"", "none"}:
            return Match(mention, "unmatched", method="override", note="decided by a person: names nothing here")
        target = self._target(to)
        number = self._number(id)
        days = day_range(mention.date) if mention.date else None
        day = days[0] if days else self._index.as_of_day
        version = version_at(self._index.record(number), day)
        found = Candidate(
            self._describer(language or "").version(number, version, day),
            1.0,
            "override",
            self._dating(number, days),
            (),
        )
        return self._matched(mention, found, (found,), number, version, days, target, language or "", ())

    def history(
        self,
        text: str,
        *,
        type: str | Iterable[str] | None = None,  # noqa: A002
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
        return history_of(self._index, self._describer(language or ""), number)

    def _target(self, to: str | dt.date | None) -> int:
        return self._day(to, "the target date")

    def _day(self, date: str | dt.date | None, what: str) -> int:
        text = date_option(date, what)
        return day_range(text)[0] if text else self._index.as_of_day

    def _number(self, id_: str) -> int:
        try:
            return self._index.numbers[id_]
        except KeyError:
            raise UsageError(f"there is no entity {id_!r} in the gazetteer of {self.date}") from None

    def _answer(self, mentions: Sequence[Mention], target: int, language: str, threshold: float) -> Iterator[Match]:
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
        settled = np.full(len(questions), -np.inf)
        np.maximum.at(settled, pairs.mention, scores.log_odds)
        unsettled = np.flatnonzero(settled < _SETTLED).tolist()
        near = candidates.fuzzy(self._index, parsed, unsettled, keep)
        if len(near):
            batch = Batch(self._index, questions, candidates.join(pairs, near), contexts)
            scores = score(batch)
        ranked = _ranked(batch, scores, len(questions))
        for question, found in zip(questions, ranked, strict=True):
            yield self._decide(question, batch, scores, found, target, language, threshold)

    def _decide(
        self,
        question: Question,
        batch: Batch,
        scores: Scores,
        found: list[int],
        target: int,
        language: str,
        threshold: float,
    ) -> Match:
        mention, notes = question.mention, question.parsed.notes
        if not mention.text.strip():
            return Match(mention, "blank")
        named = tuple(self._candidate(question, batch, scores, pair, language) for pair in found)
        best = named[0].score if named else 0.0
        if best >= threshold:
            number = int(batch.entity[found[0]])
            version = self._version_meant(question, batch, found[0])
            return self._matched(mention, named[0], named, number, version, question.days, target, language, notes)
        status: Status = "ambiguous" if sum(candidate.score for candidate in named) >= _WORTH_NAMING else "unmatched"
        match = Match(mention, status, score=best, candidates=named)
        return _with_note(match, notes)

    def _candidate(self, question: Question, batch: Batch, scores: Scores, pair: int, language: str) -> Candidate:
        version = self._version_meant(question, batch, pair)
        day = question.days[0] if question.days else self._index.as_of_day
        number = int(batch.entity[pair])
        return Candidate(
            self._describer(language).version(number, version, day),
            float(scores.probability[pair]),
            _method(batch, scores, pair),
            batch.dating(pair),
            evidence(batch, scores, pair),
        )

    def _matched(
        self,
        mention: Mention,
        found: Candidate,
        named: tuple[Candidate, ...],
        number: int,
        version: int,
        days: tuple[int, int] | None,
        target: int,
        language: str,
        notes: tuple[str, ...],
    ) -> Match:
        record = self._index.record(number)
        describer = self._describer(language)
        stands = standing(self._index, number, target)
        match = Match(
            mention,
            "matched",
            entity=found.entity,
            score=found.score,
            method=found.method,
            dating=found.dating,
            evidence=found.evidence,
            candidates=named,
            changes=changes_between(record, self._since(record, version, days), target),
            current=tuple(describer.at(one, target) for one in stands),
            current_known=bool(stands),
            held=held_on(record.tenures, days or (target, target)) if record.type == "person" else (),
        )
        return _with_note(match, notes)

    def _since(self, record: Record, version: int, days: tuple[int, int] | None) -> int:
        """Return the day after which changes count: the mention's, or the start of the version meant.

        Where the entity had ended by the mention's date, what ended it counts.
        """
        if days:
            return min(days[1], record.days[-1][1] - 1) if record.days else days[1]
        return record.days[version][0] if version >= 0 else 0

    def _version_meant(self, question: Question, batch: Batch, pair: int) -> int:
        """Return the version that the mention means: that of its date, else the latest that fits how it is written."""
        record = self._index.record(int(batch.entity[pair]))
        if question.days:
            return version_at(record, question.days[0])
        if len(record.versions) < 2:
            return len(record.versions) - 1
        reading = batch.reading(pair)
        name = batch.name(pair)
        parts = (*question.mention.within, *reading.context)

        def fit(number: int) -> tuple[int, int]:
            version = record.versions[number]
            meant = {local for word in reading.type_words for type_, local in word.meanings if type_ == record.type}
            above = self._above(record, number)
            agreed = sum(bool(self._surroundings.meaning(part) & above) for part in parts)
            # A name that no version bears officially says nothing of the version.
            named = version.name == name or name not in {other.name for other in record.versions}
            return (not meant or version.local_type in meant) + named + 2 * agreed, number

        return max(range(len(record.versions)), key=fit)

    def _above(self, record: Record, version: int) -> frozenset[int]:
        parent = record.parents[version]
        return frozenset({parent}) | self._index.above(parent) if parent >= 0 else frozenset()

    def _dating(self, number: int, days: tuple[int, int] | None) -> Dating:
        if days is None:
            return ""
        first, end = self._index.entity_days[number]
        return "not_yet" if first > days[1] else "ended" if end <= days[0] else "in_force"


class _Filter:
    """Which pairs of mention and entity the mentions' types and countries allow."""

    def __init__(self, index: Index, mentions: Sequence[Mention]) -> None:
        self._index = index
        everything = (1 << len(TYPES)) - 1
        self._types = np.array(
            [sum(1 << TYPES.index(t) for t in mention.types) or everything for mention in mentions], np.int64
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


def _ranked(batch: Batch, scores: Scores, count: int) -> list[list[int]]:
    """Return for each mention its pairs, one an entity, the most probable first."""
    alive = np.flatnonzero(scores.probability > 0)
    order = alive[np.lexsort((batch.entity[alive], -scores.log_odds[alive], batch.pairs.mention[alive]))]
    ranked: list[list[int]] = [[] for _ in range(count)]
    for pair, mention in zip(order.tolist(), batch.pairs.mention[order].tolist(), strict=True):
        ranked[mention].append(pair)
    return ranked


def _method(batch: Batch, scores: Scores, pair: int) -> str:
    """Return in a word how a pair was found."""
    columns = scores.columns
    reading = batch.reading(pair)
    if batch.edits[pair]:
        return "fuzzy"
    if reading.context and (columns["within"][pair] or columns["lineage"][pair]):
        return "address"
    if columns["role"][pair] or batch.type[pair] == TYPES.index("office"):
        return "role"
    if columns["alias"][pair] or columns["demonym"][pair]:
        return "alias"
    same = batch.accents[pair] == "same" and not columns["respaced"][pair]
    return "exact" if same else "folded"


def _with_note(match: Match, notes: tuple[str, ...]) -> Match:
    return replace(match, note=" ".join(part for part in (note(match), *notes) if part))


def _types(given: str | Iterable[str] | None) -> tuple[EntityType, ...]:
    found: list[EntityType] = []
    for name in _texts(given):
        if name == "place":
            found.extend(PLACE_TYPES)
        elif name in get_args(EntityType):
            found.append(cast("EntityType", name))
        else:
            raise UsageError(f"{name!r} is not a type; use place, {', '.join(TYPES)}")
    return tuple(dict.fromkeys(found))


def _countries(given: str | Iterable[str] | None) -> tuple[str, ...]:
    countries = tuple(dict.fromkeys(name.strip().upper() for name in _texts(given)))
    for name in countries:
        if len(name) != 2 or not name.isalpha():
            raise UsageError(f"{name!r} is not an ISO 3166-1 alpha-2 code of a country, such as VN or KH")
    return countries


def _texts(given: str | Iterable[str] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)
