"""The Resolver: mentions in, matches out.

One pipeline for one mention or a million: distinct mentions are parsed, candidates are found by equal keys and scored.
If nothing good was found, candidates with typing errors are searched. Then each mention is decided and described.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np

from resolver.dates import date_option
from resolver.days import day_range
from resolver.engine.arguments import Arguments, several, text_of
from resolver.engine.code_reader import CodeReader
from resolver.engine.engine import Engine
from resolver.errors import UsageError
from resolver.failures import answer_each, failed, is_raised
from resolver.filters import place_types_of
from resolver.gazetteer.freshness import warn_if_stale
from resolver.history.conversion import Converter
from resolver.history.history import History, history_of
from resolver.index.index import open_index
from resolver.matching.calibration import MIN_SCORE
from resolver.matching.decision import MatchOptions
from resolver.mention_batch import ResolvedArrays
from resolver.model import PLACE_TYPES, TYPES, Conversion, Entity, EntityType, Match, Mention

__all__ = ["MIN_SCORE", "Resolver"]

_CHUNK = 200_000
"""Distinct mentions decided together."""


class Resolver:
    """Resolves mentions against a gazetteer.

    >>> resolver = Resolver()
    >>> match = resolver.resolve("Kien Giang", date="2024-11-27")
    >>> match.status, match.entity.id, [entity.id for entity in match.current]
    ('matched', 'vn-province-kien-giang', ['vn-province-an-giang-2025'])
    """

    def __init__(self, gazetteer: Path | str | None = None, *, cache: bool = True) -> None:
        """Open the bundled gazetteer, or that of a folder; ``cache=False`` compiles it in memory.

        Raises GazetteerError if the tables are missing or damaged. Warns (StaleGazetteerWarning, once in a process)
        if the gazetteer is over a year old.
        """
        self._opened = gazetteer, cache
        self._index = open_index(Path(gazetteer) if gazetteer else None, cache=cache)
        warn_if_stale(self._index.as_of)
        self._engine = Engine(self._index, cached=cache)
        self._decider = self._engine.decider
        self._coded = CodeReader(self._index, self._decider)
        self._arguments = Arguments(self._index)
        self._converter = lru_cache(maxsize=4)(
            lambda to, language: Converter(self._index, self._decider.describer(language), to)
        )

    @property
    def date(self) -> str:
        """The gazetteer's own date: the day up to which its facts are complete (ISO 8601)."""
        return self._index.as_of

    def compiled(self) -> list[Path]:
        """Return the files of the compiled gazetteer, to be sent to other machines; empty if they cannot be kept.

        A ``Resolver`` of the same version and facts opens them if ``RESOLVER_CACHE_DIR`` names their folder.
        """
        lexicon = self._engine.lexicon
        files = [self._index.file, lexicon.file if lexicon else None]
        return [file for file in files if file is not None]

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

        ``type`` restricts what may be found (``place`` for all four levels), and so does ``country`` (ISO alpha-2).
        ``date`` is when the mention was made, ``within`` the text of one or more parents, ``to`` the date of the
        crosswalk (default: the gazetteer's own), ``language`` the language of the names shown, ``min_score`` the least
        probability (0 to 1) of a match. Raises UsageError for an unknown type or a bad date.

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
        """Return what many mentions mean, in their order: the same answers as ``resolve``, but faster.

        Texts use the keywords given; a ``Mention`` has its own date, types, countries and parents.
        """
        wanted = self._arguments.options(to, language, min_score)
        questions = self._arguments.questions(mentions, self._arguments.context(type, country, date, within))
        asked, distinct = questions
        matches = [
            match
            for start in range(0, len(distinct), _CHUNK)
            for match in self._engine.matches(distinct[start : start + _CHUNK], wanted)
        ]
        if len(matches) == len(asked):
            return matches
        answers = dict(zip(questions.keys(), matches, strict=True))
        return [answers[mention] for mention in asked]

    def resolve_arrays(
        self,
        mentions: Iterable[str | Mention],
        *,
        type: str | Iterable[str] | None = None,
        country: str | Iterable[str] | None = None,
        date: str | dt.date | None = None,
        within: str | Iterable[str] | None = None,
        min_score: float | None = None,
    ) -> ResolvedArrays:
        """Return the statuses, entities and scores of the matches of ``resolve_many`` as arrays: faster, less memory.

        >>> found = Resolver().resolve_arrays(["Kampot", "Kam Pốt", "nowhere"], type="province")
        >>> found.ids.tolist(), found.statuses.tolist()
        (['kh-province-kampot', 'kh-province-kampot', ''], ['matched', 'matched', 'unmatched'])
        """
        wanted = self._arguments.options(None, None, min_score)
        questions = self._arguments.questions(mentions, self._arguments.context(type, country, date, within))
        asked, distinct = questions
        found = [
            self._engine.arrays(distinct[start : start + _CHUNK], wanted) for start in range(0, len(distinct), _CHUNK)
        ]
        status = np.concatenate([np.zeros(0, np.int8), *(one[0] for one in found)])
        entity = np.concatenate([np.zeros(0, np.int32), *(one[1] for one in found)])
        score = np.concatenate([np.zeros(0), *(one[2] for one in found)])
        if len(distinct) != len(asked):
            places = {key: place for place, key in enumerate(questions.keys())}
            row = np.fromiter(map(places.__getitem__, asked), np.intp, len(asked))
            status, entity, score = status[row], entity[row], score[row]
        return ResolvedArrays(status, entity, score, self._index.ids)

    def resolve_codes(
        self,
        codes: Iterable[str | Mention],
        *,
        type: str | Iterable[str] | None = None,
        country: str | Iterable[str] | None = None,
        date: str | dt.date | None = None,
        within: str | Iterable[str] | None = None,
        to: str | dt.date | None = None,
        language: str | None = None,
    ) -> list[Match]:
        """Return what official codes mean: GSO/NSO for Vietnam, NCDD for Cambodia, ISO 3166-1 and 3166-2, P-codes.

        Zeros before a number may be missing; ``91.0`` is read as ``91``. ``within`` are codes, too. What a code
        means depends on the date, the type and the country; it is ambiguous if these do not decide.

        >>> [match.entity.name for match in Resolver().resolve_codes(["91"], type="province", date="2025-06-30")]
        ['Kiên Giang']
        """
        asked = several(codes, "resolve_codes takes several codes; put one into a list")
        context = self._arguments.code_context(type, country, date, within)
        wanted = self._arguments.options(to, language, None)
        mentions = [code if isinstance(code, Mention) else Mention(text_of(code), *context) for code in asked]
        return answer_each(lambda some: [self._coded.match(code, wanted) for code in some], mentions, self.date)

    def convert(
        self,
        text: str,
        *,
        date: str | dt.date | None = None,
        to: str | dt.date | None = None,
        codes: bool = False,
        type: str | Iterable[str] | None = None,
        country: str | Iterable[str] | None = None,
        within: str | Iterable[str] | None = None,
        language: str | None = None,
        min_score: float | None = None,
    ) -> Conversion:
        """Return what a place of one day is on another day: its successors later, its predecessors earlier.

        ``text`` is a mention, an id or, if ``codes`` is true, an official code; ``to`` is the other day
        (default: the gazetteer's own). The other keywords are those of ``resolve``; places only.

        >>> was = Resolver().convert("Phường Bình San, Thành phố Hà Tiên, Tỉnh Kiên Giang", to="2025-07-01")
        >>> was.status, [target.place.entity.path for target in was.targets]
        ('exact', ['Phường Hà Tiên, Tỉnh An Giang'])
        >>> old = Resolver().convert("91", codes=True, type="province", date="2025-07-01", to="2025-06-30")
        >>> [target.place.entity.name for target in old.targets]
        ['An Giang', 'Kiên Giang']
        """
        options = {"type": type, "country": country, "date": date, "within": within, "to": to, "language": language}
        return self.convert_many([text], codes=codes, min_score=min_score, **options)[0]  # type: ignore[arg-type]

    def convert_many(
        self,
        mentions: Iterable[str | Mention],
        *,
        date: str | dt.date | None = None,
        to: str | dt.date | None = None,
        codes: bool = False,
        type: str | Iterable[str] | None = None,
        country: str | Iterable[str] | None = None,
        within: str | Iterable[str] | None = None,
        language: str | None = None,
        min_score: float | None = None,
    ) -> list[Conversion]:
        """Return the conversions of many mentions, in their order: the same as ``convert``, but faster."""
        asked = several(mentions, "convert_many takes several mentions; give a list, or use convert for one")
        options = {"date": date, "to": to, "type": type, "country": country, "within": within, "language": language}
        matches = self.identify(asked, codes=codes, min_score=min_score, **options)  # type: ignore[arg-type]
        return self.follow(matches, to=to, language=language)

    def identify(
        self,
        mentions: Iterable[str | Mention],
        *,
        date: str | dt.date | None = None,
        to: str | dt.date | None = None,
        codes: bool = False,
        type: str | Iterable[str] | None = None,
        country: str | Iterable[str] | None = None,
        within: str | Iterable[str] | None = None,
        language: str | None = None,
        min_score: float | None = None,
    ) -> list[Match]:
        """Return which places are meant: by official codes if ``codes`` is true, else by names or ids."""
        types, asked = place_types_of(type), list(mentions)
        options = {"type": types, "country": country, "date": date, "within": within, "to": to, "language": language}
        if codes:
            return self.resolve_codes(asked, **options)  # type: ignore[arg-type]
        known = [self._by_id(one, date_option(date, "the date"), to, language) for one in asked]
        named = [one for one, match in zip(asked, known, strict=True) if match is None]
        found = iter(self.resolve_many(named, min_score=min_score, **options))  # type: ignore[arg-type]
        return [match or next(found) for match in known]

    def follow(
        self, matches: Iterable[Match], *, to: str | dt.date | None = None, language: str | None = None
    ) -> list[Conversion]:
        """Return the conversions of matches, as ``convert`` does for mentions."""
        wanted = self._arguments.options(to, language, None)
        converter = self._converter(wanted.target, wanted.language)
        return [converted(converter, match) for match in matches]

    def places(
        self,
        type: str,
        *,
        country: str | Iterable[str] | None = None,
        date: str | dt.date | None = None,
        language: str | None = None,
    ) -> list[Entity]:
        """Return all places of a type that were in force on a date (default: the gazetteer's own), by id.

        >>> len(Resolver().places("province", country="VN", date="2025-06-30"))
        63
        """
        countries, day = self._arguments.countries(country), self._arguments.day(date, "the date")
        wanted = [TYPES.index(one) for one in place_types_of(type)]
        first, end = self._index.entity_days.T
        found = np.flatnonzero(np.isin(self._index.entity_type, wanted) & (first <= day) & (day < end))
        describer = self._decider.describer(language or "")
        return [
            describer.at(number, day)
            for number in found.tolist()
            if not countries or self._index.record(number).country in countries
        ]

    def _by_id(self, asked: str | Mention, date: str, to: str | dt.date | None, language: str | None) -> Match | None:
        """Return the match of a mention that is the id of a place; None if it is not one."""
        mention = asked if isinstance(asked, Mention) else Mention(text_of(asked), PLACE_TYPES, date=date)
        number = self._index.numbers.get(mention.text.strip())
        if number is None or self._index.record(number).type not in (mention.types or PLACE_TYPES):
            return None
        return self._settled(mention, number, self._arguments.options(to, language, None), "id")

    def entity(self, id: str, *, date: str | dt.date | None = None, language: str | None = None) -> Entity:
        """Return an entity by its canonical id, as it was on a date or as it last was.

        Raises UsageError if the id is unknown.
        """
        day = self._arguments.day(date, "the date")
        return self._decider.describer(language or "").at(self._arguments.number(id), day)

    def spellings(self, type: EntityType) -> list[str]:
        """Return all names of all entities of a type, as spelt in the gazetteer."""
        of_type = self._index.entity_type[self._index.row_entity] == TYPES.index(type)
        return [self._index.texts[text] for text in np.unique(self._index.row_text[of_type]).tolist()]

    def settle(
        self,
        mention: Mention,
        id: str,
        *,
        to: str | dt.date | None = None,
        language: str | None = None,
    ) -> Match:
        """Return the match for a person's decision: this entity, or none if ``id`` is empty or ``none``.

        Raises UsageError if the id is unknown.
        """
        if id in {"", "none"}:
            told = "decided by a person: no entity of the gazetteer"
            return Match(mention, "unmatched", method="override", note=told, gazetteer_date=self.date)
        return self._settled(mention, self._arguments.number(id), self._arguments.options(to, language, None))

    def _settled(self, mention: Mention, number: int, wanted: MatchOptions, method: str = "override") -> Match:
        days = day_range(mention.date) if mention.date else None
        return answer_each(
            lambda asked: [self._decider.settle(one, number, days, wanted, method) for one in asked],
            [mention],
            self.date,
        )[0]

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

        Raises UsageError, naming the candidates, if the mention is ambiguous or not found.

        >>> [step.change.instrument for step in Resolver().history("Tỉnh Kiên Giang").after]
        ['202/2025/QH15']
        """
        number = self._index.numbers.get(text.strip())
        if number is None:
            match = self.resolve(text, type=type, country=country, date=date, within=within, language=language)
            if not match.entity:
                raise UsageError(f"{text!r}: {match.note or 'empty'}")
            number = self._arguments.number(match.entity.id)
        return history_of(self._index, self._decider.describer(language or ""), number)

    def __reduce__(self) -> tuple[object, ...]:
        """Open the same gazetteer again, in the same way, in another process."""
        return _reopened, self._opened

    def known_countries(self, given: str | Iterable[str] | None) -> tuple[str, ...]:
        """Return ISO 3166-1 alpha-2 codes in capitals. Raises UsageError for a country not in the gazetteer."""
        return self._arguments.countries(given)


def converted(converter: Converter, match: Match) -> Conversion:
    """Return the conversion of a match; after an error in the program that of an unmatched mention."""
    try:
        return converter.convert(match)
    except Exception as error:
        if is_raised(error):
            raise
        return converter.convert(failed(match.mention, error, match.gazetteer_date))


def _reopened(gazetteer: Path | str | None, cache: bool) -> Resolver:
    return Resolver(gazetteer, cache=cache)
