"""Consistent readings of an address: one smallest place, its parents, and the remainder.

A reading takes one name as the smallest place; the other names must be its parents at some time.
All evidence for and against a reading is added up here, in log-odds.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import NamedTuple

from resolver.addresses.address_words import AddressQuery, AddressWords
from resolver.addresses.matched_parts import Hit, Span
from resolver.addresses.parents import Parent, ParentFinder
from resolver.addresses.place_tree import COMMUNE, DISTRICT, PROVINCE, PlaceTree
from resolver.addresses.remainder import OPEN, Remainder, Remainders
from resolver.addresses.vintage import Vintages

__all__ = ["BEST_OF_BARE_COMMUNE", "NAME", "SETTLED", "Reading", "ReadingRanker"]

# Log-odds.
NAME = 6.0
_DIRECTLY = 1.0
_DISTRICT_SKIPPED = -1.5
"""A commune of three levels whose district is not named."""
_MISSPELT_THERE = -1.5
"""A misspelt name without a sure type word, if the district is not named: in a province many names are similar."""
_OUT_OF_ORDER = -3.0
_ANOTHER_THERE = -12.0
"""A name that is only similar to the text, while another place there has exactly this name."""
_BARE_AMONG_ACCENTED = -1.5
_PROMINENCE = (4.5, 4.5, 2.8, 0.0)
"""Bare names, by level: ``Hoàn Kiếm, Hà Nội`` is more likely the district than the ward of 2025, but not certainly."""
_OF_DOUBTFUL = 0.25
"""How much of its prominence a misspelt province keeps."""
_PROVINCES_NAME = -4.5
"""A bare name of a district or commune that is also a province's: it usually means the province."""
_BEHIND_ITS_DISTRICT = 3
"""How much more that counts where what contains it stands before it: ``Tp. Hòa Bình, Hòa Bình``."""
_NUMBER_ALONE = -4.0
"""A bare number whose parent is not named: many places have this number."""
BEST_OF_BARE_COMMUNE = NAME + _DIRECTLY
"""The most that a commune without a type word can weigh, apart from its parents and “former”."""
_NOTHING_BUT_NUMBERS = -14.0
"""``090 123 45`` is not a ward in a district."""
_CALLED_FORMER = 3.0
_ANOTHER_FORMER = 9.0
"""The same against a place that stands, where a larger one of the name has ended: ``Thái Bình cũ``."""
_IN_FORMER, _IN_FORMER_ASIDE = 1.0, 3.0
"""What is called former is what contains the place: the place itself is of today, above all before brackets."""


SETTLED = 5.0
"""Least log-odds of a complete reading that needs no search for misspellings."""

_HOPELESS = 13.0
"""A reading so far behind a settled one has no effect: it is dropped, even if the settled one is lowered by a doubt."""
_ALL_LEVELS = frozenset(range(COMMUNE + 1))


class _Order(NamedTuple):
    """The order of the parents and the smallest place, and which parents are named."""

    has_direct: bool
    has_district: bool
    has_province: bool
    behind: bool
    ahead: bool


class Reading(NamedTuple):
    """One consistent reading: the smallest place with its words, the parents with theirs, and the remainders.

    ``score`` is the sum of ``weights`` and of the weights of parents and remainders; ``is_settled`` says that it is
    good and complete.
    """

    entity: int
    score: float
    span: Span
    hit: Hit
    parents: tuple[Parent, ...]
    remainders: tuple[Remainder, ...]
    weights: tuple[tuple[str, float], ...]
    is_settled: bool


class _Known(NamedTuple):
    """What was read with the first ``spans`` of an address: parents, the words used, their order, and the reading."""

    spans: int
    parents: tuple[Parent, ...]
    covered: int
    order: _Order
    reading: Reading


class ReadingRanker:
    """Scores the consistent readings of one address."""

    def __init__(self, places: PlaceTree, words: AddressWords, asked: AddressQuery, today: int) -> None:
        """Score the names found so far in the words of an address; ``today`` is the day of undated mentions."""
        self._places = places
        self._words = words
        self._asked = asked
        self._day = asked.days[0] if asked.days else today
        self._parents = ParentFinder(places, words, asked, today)
        self._vintages = Vintages(places, asked, self._day)
        self._remainders = Remainders(places, words.spotted, words.offsets, words.own, accented=words.accented)
        # The least score that may count, if hopeless readings are left out, and whether any was.
        self._least = -inf
        self._left_out = False
        # What was read of each place and span, by the span's identity: no span is forgotten.
        self._known: dict[tuple[int, int], _Known] = {}
        former = bool(words.former)
        # What a place weighs at most in an undated address besides its spelling, its parents and remainders, by level.
        self._most_more = [one + _DIRECTLY + (_CALLED_FORMER + _IN_FORMER_ASIDE) * former for one in _PROMINENCE]

    def rank(self) -> list[Reading]:
        """Return the best reading for each place that may be the smallest, the best first.

        Readings that take a parent's words for the place are kept too: misspelt names are searched near them. What is
        hopeless beside a settled reading is left out.
        """
        self._left_out = False
        best = self._rank(leaves_out=not self._asked.days and self._asked.levels >= _ALL_LEVELS)
        if self._left_out:
            first = next((one for one in best if one.span.number < self._words.own), None)
            if first is None or not _is_beyond_doubt(first):
                best = self._rank(leaves_out=False)
        return best

    def _rank(self, *, leaves_out: bool) -> list[Reading]:
        """Return the readings.

        The smallest places come first: if a commune explains everything, its parents need not be tried.
        """
        self._leaves_out, self._least = leaves_out, -inf
        best: dict[tuple[int, bool], Reading] = {}
        above = self._places.above
        apart = self._try_communes(best)
        settled = self._settled(best)
        # A reading that leaves the words of a settled commune unexplained scores far lower.
        words = settled.span.mask if settled else self._words.everything
        named = settled.span.hits.keys() if settled else ()
        for span in self._words.spans:
            for entity in span.larger:
                if span.mask & words or not above(entity).isdisjoint(named):
                    self._try(entity, span, best)
        settled = self._settled(best)
        if not settled:
            for span in self._words.spans:
                for entity in span.countries:
                    self._try(entity, span, best)
        # Where the name or type word is another's, a place elsewhere that has both may be meant.
        if not settled or settled.hit.is_doubtful:
            for entity, span in apart:
                self._try(entity, span, best)
        return sorted(best.values(), key=_order)

    def _try_communes(self, best: dict[tuple[int, bool], Reading]) -> list[tuple[int, Span]]:
        """Try the communes as the smallest place; return those that lie in nothing that is named."""
        places, words = self._places, self._words
        uppers = {entity for span in words.spans for entity in span.larger}
        apart: list[tuple[int, Span]] = []
        related: list[tuple[int, int, Span]] = []
        last: dict[int, int] = {}
        for span in words.spans:
            # A place is not unrelated only because no parent has the same name.
            unrelated = bool(span.communes) and not uppers.issubset(span.larger)
            for entity in span.communes:
                lying_in = places.above(entity) | places.kin(entity) if words.former else places.above(entity)
                shared = len(uppers & lying_in)
                if unrelated and not shared:
                    apart.append((entity, span))
                else:
                    related.append((shared, entity, span))
                    last[entity] = span.number
        # Those in most of what is named come first, then the last in the text, after houses and streets: beside them
        # the others may be hopeless. The runs of words that name one place stay in order.
        related.sort(key=lambda one: (-one[0], -last[one[1]]))
        for _, entity, span in related:
            self._try(entity, span, best)
        return apart

    def _settled(self, best: dict[tuple[int, bool], Reading]) -> Reading | None:
        """Return the best reading that uses words of the address itself, if it is settled and not misspelt."""
        own = self._words.own
        first = max((one for one in best.values() if one.span.number < own), key=_score, default=None)
        return first if first and first.is_settled and not first.hit.edits else None

    def _try(self, entity: int, span: Span, best: dict[tuple[int, bool], Reading]) -> None:
        countries = self._asked.countries
        if countries and self._places.country[entity] not in countries:
            return
        reading = self._read(entity, span)
        if reading is None:
            self._left_out = True
            return
        # The words of a parent may name the same place, which is not an answer.
        asked = entity, span.number < self._words.own
        known = best.get(asked)
        if known is None or known.score < reading.score:
            best[asked] = reading
            if self._leaves_out and asked[1] and _is_beyond_doubt(reading):
                self._least = max(self._least, reading.score - _HOPELESS)

    def _read(self, entity: int, span: Span) -> Reading | None:
        """Return the best reading in which some words name a place and it is the smallest; None if it is hopeless."""
        named, key = len(self._words.spans), (entity, id(span))
        known = self._known.get(key)
        if known and (known.spans == named or self._is_unchanged(entity, span, known)):
            _, parents, covered, order, reading = known
        else:
            parents, covered = self._parents.find(entity, span)
            order, reading = self._order(span, parents), None
        if self._least > -inf and (order.behind or not order.ahead):
            most = NAME + span.hits[entity].quality + sum([one.weight for one in parents])
            most += self._most_more[self._places.level[entity]]
            if most + self._remainders.weight_behind(covered, span) < self._least:
                return None
        if reading is None:
            reading = self._weighed(entity, span, parents, covered, order)
        self._known[key] = _Known(named, parents, covered, order, reading)
        return reading

    def _is_unchanged(self, entity: int, span: Span, known: _Known) -> bool:
        """Whether the names found since cannot change what was read: they name nothing that counts for the place."""
        places = self._places
        counting = places.above(entity) | places.kin(entity) | {entity}
        return not any(
            (new.mask & span.mask and new.core == span.core) or not counting.isdisjoint(new.hits)
            for new in self._words.spans[known.spans :]
        )

    def _weighed(self, entity: int, span: Span, parents: tuple[Parent, ...], covered: int, order: _Order) -> Reading:
        """Return the reading in which some words name a place and others its parents, with all evidence."""
        hit = span.hits[entity]
        remainders = self._remainders_of(entity, span, covered, order)
        weights = [
            ("spelling", hit.quality),
            *self._of_name(entity, span),
            *self._of_time(entity, span, parents, remainders),
            *self._of_parents(entity, span, parents, order),
        ]
        score = NAME + sum([one.weight for one in parents]) + sum([rest.weight for rest in remainders])
        for _, weight in weights:
            score += weight
        settled = (
            score >= SETTLED
            and span.number < self._words.own
            and hit.accents not in ("contrast", "lost")
            and _is_sound(parents, remainders)
            and not (self._words.spotted[span.number].is_twofold and any(rest.kind == "words" for rest in remainders))
        )
        return Reading(entity, score, span, hit, parents, remainders, tuple(weights), settled)

    def _of_name(self, entity: int, span: Span) -> Iterator[tuple[str, float]]:
        """Yield the weights of a name by itself, besides its spelling."""
        hit, level = span.hits[entity], self._places.level[entity]
        is_bare = span.word is None and hit.accents not in ("contrast", "lost")
        if is_bare and level < COMMUNE and not hit.named.lesser:
            yield "prominence", self._prominence(entity, level, hit)
        if self._words.accented and hit.accents == "bare":
            yield "accents", _BARE_AMONG_ACCENTED

    def _of_time(
        self, entity: int, span: Span, parents: tuple[Parent, ...], remainders: tuple[Remainder, ...]
    ) -> Iterator[tuple[str, float]]:
        """Yield the weights of the place's time compared with the mention's."""
        time = self._vintages.weigh(entity, self._places.level[entity], span, parents)
        if time:
            yield "time", time
        if self._asked.days and span.word and len(self._places.types_of(entity)) > 1:
            yield "type_then", self._vintages.type_then(entity, span.word, span.hits[entity])
        if any(rest.kind == "former" for rest in remainders):
            yield from self._of_former(entity, span, parents, remainders)

    def _of_former(
        self, entity: int, span: Span, parents: tuple[Parent, ...], remainders: tuple[Remainder, ...]
    ) -> Iterator[tuple[str, float]]:
        """Yield the weight of a word for “former”: of the place itself, or of what contains it."""
        sign = 1 if self._places.days[entity][1] <= self._day else -1
        former = {self._words.told_of(rest.number) for rest in remainders if rest.kind == "former"}
        named = (one.span.number for one in parents if one.entity != entity)
        of_parents = {number for number in named if number != span.number} & former
        if former - of_parents:
            ended = any(self._places.days[one][1] <= self._day for one in span.larger)
            yield "former", sign * (_CALLED_FORMER if sign > 0 or not ended else _ANOTHER_FORMER)
        if of_parents:
            aside = not of_parents.isdisjoint(self._words.asides)
            yield "in_former", -sign * (_IN_FORMER_ASIDE if aside else _IN_FORMER)

    def _of_parents(
        self, entity: int, span: Span, parents: tuple[Parent, ...], order: _Order
    ) -> Iterator[tuple[str, float]]:
        """Yield the weights of the parents named and of their order."""
        hit, level = span.hits[entity], self._places.level[entity]
        if order.has_direct:
            yield "directly", _DIRECTLY
        elif span.word is None and hit.named.key.isdecimal():
            yield "number", _NUMBER_ALONE
        elif level == COMMUNE:
            unsure = bool(hit.edits) and hit.named.vietnamese and not (span.word and span.word.sure)
            yield "skipped", _DISTRICT_SKIPPED + _MISSPELT_THERE * unsure
        in_full = order.has_district and order.has_province
        if span.word is None and level > PROVINCE and not in_full and self._may_be_province(span, parents):
            yield "province", _PROVINCES_NAME * (_BEHIND_ITS_DISTRICT if order.ahead else 1)
        if not self._words.is_just_so(hit) and self._is_another_there(span, level, parents):
            yield "another", _ANOTHER_THERE
        if _is_bare_number(span) and all(_is_bare_number(parent.span) for parent in parents):
            yield "numbers", _NOTHING_BUT_NUMBERS
        if order.behind and order.ahead:
            yield "order", _OUT_OF_ORDER

    def _is_another_there(self, span: Span, level: int, parents: tuple[Parent, ...]) -> bool:
        """Whether another place of the level has exactly the name as written, and all parents fit it as well."""
        places = self._places
        uppers = [parent.span.hits.keys() for parent in parents if parent.weight > 0]
        if not uppers:
            return False
        latest = self._asked.days[1] if self._asked.days else self._day
        for entity in self._words.so_called(span):
            if places.level[entity] == level and places.days[entity][0] <= latest:
                above = places.above(entity) | places.kin(entity)
                if not any(above.isdisjoint(named) for named in uppers):
                    return True
        return False

    def _may_be_province(self, span: Span, parents: tuple[Parent, ...]) -> bool:
        """Whether some words name a province that existed on the mention's date, or exists today.

        Not if it is the province that other words name by another of its names: ``Thủ Dầu Một, Bình Dương``.
        """
        level, days = self._places.level, self._places.days
        latest = self._asked.days[1] if self._asked.days else self._day
        otherwise = {parent.entity for parent in parents if parent.span.core != span.core}
        return any(level[one] == PROVINCE and days[one][0] <= latest and one not in otherwise for one in span.larger)

    def _prominence(self, entity: int, level: int, hit: Hit) -> float:
        """Return the weight of a bare name for a place: 0 if the place had ended or was renamed before the mention."""
        end = self._places.days[entity][1]
        if hit.named.days[1] <= self._day < end:
            return 0.0
        if self._asked.days and end <= self._asked.days[0]:
            return 0.0
        return _PROMINENCE[level] * (_OF_DOUBTFUL if hit.edits and level <= PROVINCE else 1.0)

    def _order(self, span: Span, parents: tuple[Parent, ...]) -> _Order:
        levels = self._places.level
        has_direct = has_district = has_province = behind = ahead = False
        for parent in parents:
            level = levels[parent.entity]
            has_direct = has_direct or parent.direct
            has_district = has_district or level == DISTRICT
            has_province = has_province or level == PROVINCE
            if parent.span.number < self._words.own:
                behind = behind or parent.span.mask > span.mask
                ahead = ahead or parent.span.mask < span.mask
        return _Order(has_direct, has_district, has_province, behind, ahead)

    def _remainders_of(self, entity: int, span: Span, covered: int, order: _Order) -> tuple[Remainder, ...]:
        if covered == self._words.everything:
            return ()
        complete = span.word is not None or (order.has_direct and (order.has_district or self._stood(entity, order)))
        descending = order.ahead and not order.behind
        return self._remainders.weigh(
            entity, span, covered, descending=descending, complete=complete, has_province=order.has_province
        )

    def _stood(self, entity: int, order: _Order) -> bool:
        """Whether a commune was there on the mention's date, and the province named was all that it lay in."""
        days, asked = self._places.days[entity], self._asked.days
        is_commune = self._places.level[entity] == COMMUNE and order.has_province
        return is_commune and asked is not None and days[0] <= asked[1] and asked[0] < days[1]


def _is_beyond_doubt(reading: Reading) -> bool:
    """Whether a reading is settled, and neither misspelt nor with a type word of another type."""
    return reading.is_settled and not reading.hit.edits and not reading.hit.is_doubtful


def _score(reading: Reading) -> tuple[float, int]:
    return reading.score, -reading.entity


def _order(reading: Reading) -> tuple[float, int]:
    return -reading.score, reading.entity


def _is_bare_number(span: Span) -> bool:
    """Whether a span is a number without a type word."""
    return span.word is None and span.core.isdecimal()


def _is_sound(parents: tuple[Parent, ...], remainders: tuple[Remainder, ...]) -> bool:
    """Whether all words of a reading are where they should be."""
    return all(one.weight > 0 for one in parents) and all(rest.weight > OPEN for rest in remainders)
