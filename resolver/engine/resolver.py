"""The Resolver: mentions in, matches out.

One pipeline for one mention or a million: distinct mentions are parsed, candidates are found by equal keys and scored.
If nothing good was found, candidates with typing errors are searched. Then each mention is decided and described.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from resolver.annotation.annotating import Annotating
from resolver.dates import date_option
from resolver.days import day_range
from resolver.engine.arguments import Arguments, several, text_of
from resolver.engine.code_reader import CodeReader
from resolver.engine.conversions import converted
from resolver.engine.engine import Engine
from resolver.engine.only import confine, ids_of
from resolver.engine.opening import Aliases, open_gazetteer
from resolver.engine.suggestion import Suggesting
from resolver.engine.view import View
from resolver.errors import UsageError
from resolver.failures import answer_each
from resolver.filters import place_types_of
from resolver.gazetteer.freshness import warn_if_stale
from resolver.history.conversion import Converter
from resolver.history.history import History, history_of
from resolver.matching.calibration import MIN_SCORE
from resolver.matching.decision import MatchOptions
from resolver.mention_batch import ResolvedArrays
from resolver.model import PLACE_TYPES, Conversion, Match, Mention

__all__ = ["MIN_SCORE", "Resolver"]

_MOST_NAMED = 5
_CHUNK = 200_000
"""Distinct mentions decided together."""


class Resolver(Annotating, Suggesting, View):
    """Resolves mentions against a gazetteer.

    >>> resolver = Resolver()
    >>> match = resolver.resolve("Kien Giang", date="2024-11-27")
    >>> match.status, match.entity.id, [entity.id for entity in match.current]
    ('matched', 'vn-province-kien-giang', ['vn-province-an-giang-2025'])
    """

    def __init__(
        self,
        gazetteer: Path | str | None = None,
        *,
        cache: bool = True,
        aliases: Aliases | None = None,
        only: str | Path | Iterable[str] | None = None,
    ) -> None:
        """Open the bundled gazetteer, or that of a folder; ``cache=False`` compiles it in memory.

        A folder with some of the tables, but without their description, adds its rows to the bundled gazetteer.
        ``aliases`` are additional names: a CSV file with the columns text and id, or texts with their ids. ``only``
        are the ids that may be meant, or a file of them. Raises GazetteerError if the tables are damaged, and
        InputError, with file and line, for wrong rows in added tables. Warns (StaleGazetteerWarning, once in a
        process) if the gazetteer is over a year old.
        """
        aliases = list(aliases) if isinstance(aliases, Iterator) else aliases
        self._index = open_gazetteer(gazetteer, aliases, cache=cache)
        self._only = None if only is None else ids_of(only, self._index.numbers.__contains__)
        self._opened = gazetteer, cache, aliases, self._only
        warn_if_stale(self._index.as_of)
        self._engine = Engine(self._index, cached=cache)
        self._decider = self._engine.decider
        self._coded = CodeReader(self._index, self._decider)
        super().__init__(self._index, self._decider, Arguments(self._index))
        self._converter = lru_cache(maxsize=4)(
            lambda to, language: Converter(self._index, self._decider.describer(language), to)
        )

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
        options = {"type": type, "country": country, "date": date, "within": within, "to": to, "language": language}
        return self.resolve_many([text], min_score=min_score, **options)[0]  # type: ignore[arg-type]

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
        matches = self._confined(matches, wanted)
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
        if self._only is not None:
            options = {"type": type, "country": country, "date": date, "within": within, "min_score": min_score}
            matches = self.resolve_many(mentions, **options)  # type: ignore[arg-type]
            return ResolvedArrays.of(matches, self._index.numbers, self._index.ids)
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
        found = answer_each(lambda some: [self._coded.match(code, wanted) for code in some], mentions, self.date)
        return self._confined(found, wanted)

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

    def _by_id(self, asked: str | Mention, date: str, to: str | dt.date | None, language: str | None) -> Match | None:
        """Return the match of a mention that is the id of a place; None if it is not one."""
        mention = asked if isinstance(asked, Mention) else Mention(text_of(asked), PLACE_TYPES, date=date)
        number = self._index.number(mention.text.strip())
        if number is None or self._index.record(number).type not in (mention.types or PLACE_TYPES):
            return None
        wanted = self._arguments.options(to, language, None)
        return self._confined([self._settled(mention, number, wanted, "id")], wanted)[0]

    def _confined(self, matches: list[Match], wanted: MatchOptions) -> list[Match]:
        """Return matches under the condition that only some entities may be meant."""
        numbers = self._index.numbers
        return confine(
            matches, self._only, wanted.min_score, lambda m, id: self._settled(m.mention, numbers[id], wanted)
        )

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
        number = self._index.number(text.strip())
        if number is None:
            match = self.resolve(text, type=type, country=country, date=date, within=within, language=language)
            if not match.entity:
                ids = ", ".join(one.entity.id for one in match.candidates[:_MOST_NAMED])
                raise UsageError(f"{text!r}: {match.note or 'empty'}{f' Give an id: {ids}' if ids else ''}")
            number = self._arguments.number(match.entity.id)
        return history_of(self._index, self._decider.describer(language or ""), number)

    def __reduce__(self) -> tuple[object, ...]:
        """Open the same gazetteer again, in the same way, in another process."""
        return _reopened, self._opened


def _reopened(gazetteer: Path | str | None, cache: bool, aliases: Aliases, only: Iterable[str]) -> Resolver:
    return Resolver(gazetteer, cache=cache, aliases=aliases, only=only)
