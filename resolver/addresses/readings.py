"""Consistent readings of an address: one place as the smallest, with what it lies in, and what is left over.

A reading takes one name as the smallest place; the other names must be what it lies in, or lay in at some time.
Everything that counts for and against a reading is weighed here, in log-odds.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import NamedTuple

from resolver.addresses.components import Hit, MatchedPart, Span, type_weight
from resolver.addresses.place_tree import COMMUNE, DISTRICT, PROVINCE, PlaceTree
from resolver.addresses.remainder import MARKED, OPEN, Remainder, Remainders
from resolver.model import TYPES
from resolver.text.address import rest_kind
from resolver.text.terms import TypeWord

__all__ = ["NAME", "SETTLED", "AddressQuery", "AddressWords", "Parent", "Reading", "ReadingRanker"]

# Log-odds.
NAME = 6.0
_WITHIN, _WITHIN_COUNTRY = 4.0, 1.0
_DIRECTLY = 1.0
_DISTRICT_SKIPPED = -1.5
"""A commune of three levels whose district is not named."""
_AGAIN = -4.5
_TWICE = -2.5
_LINEAGE = -3.0
_OUT_OF_ORDER = -3.0
_ABOVE_SHARE = 0.5
"""How much the spelling of a parent's name weighs beside that of the place itself."""
_BARE_AMONG_ACCENTED = -1.5
_PROMINENCE = (4.5, 4.5, 2.8, 0.0)
"""Bare names, by level: ``Hoàn Kiếm, Hà Nội`` is the district rather than the ward of 2025, though not for sure."""
_OF_DOUBTFUL = 0.25
"""How much of its prominence a misspelt province keeps."""
_NUMBER_ALONE = -4.0
"""A bare number whose parent is not named: there are many of each."""
_NOTHING_BUT_NUMBERS = -14.0
"""``090 123 45`` is no ward of a district."""
_ENDED_SINCE, _SUPERSEDED = -1.0, -3.0
_OUT_OF_USE = -1.5
_ENDED_THEN, _NOT_YET, _LONG_BEFORE = -2.5, -3.5, -3.0
_OUTLIVED, _LONG_AFTER = -1.5, 366
"""A place that was gone a year before the district or province that is named and gone as well."""
_CALLED_FORMER = 3.0


SETTLED = 5.0
"""Log-odds from which a reading that leaves nothing open needs no search for misspellings."""


class AddressQuery(NamedTuple):
    """What may be found: levels, countries (empty: all), and the days that the mention may date from."""

    levels: frozenset[int]
    countries: frozenset[str]
    days: tuple[int, int] | None


class Parent(NamedTuple):
    """A place that the smallest place lies in, or that is beside it only, and the words that name it."""

    entity: int
    span: Span
    hit: Hit
    weight: float
    direct: bool


class _Order(NamedTuple):
    """How the parents stand about the smallest place, and which of them are named."""

    has_direct: bool
    has_district: bool
    has_province: bool
    behind: bool
    ahead: bool


class Reading(NamedTuple):
    """One consistent reading: the smallest place with its words, the parents with theirs, and the rests.

    ``score`` is the sum of ``weights`` and of what parents and rests weigh; ``is_settled`` says that it is good and
    leaves nothing open.
    """

    entity: int
    score: float
    span: Span
    hit: Hit
    parents: tuple[Parent, ...]
    rests: tuple[Remainder, ...]
    weights: tuple[tuple[str, float], ...]
    is_settled: bool


class AddressWords:
    """The parts of one address with those of its parents, and the names found in them so far.

    ``own`` is the number of parts that are not parents', ``everything`` has a bit for each word.
    """

    def __init__(self, spotted: list[MatchedPart], around: list[MatchedPart]) -> None:
        """Set the parts of parents behind those of the address, and begin with the names that whole parts are."""
        self.own = len(spotted)
        self.spotted = spotted = spotted + around
        self.accented = not all(one.part.text.isascii() for one in spotted)
        self.offsets: list[int] = []
        self.spans: list[Span] = []
        offset = 0
        for number, one in enumerate(spotted):
            self.offsets.append(offset)
            spans = one.whole or one.inner
            self.spans += [span.placed(number, offset) for span in spans] if offset else spans
            offset += one.size
        self.everything = (1 << offset) - 1

    def add_inner(self) -> bool:
        """Add the names inside the parts that are a name as a whole; return whether there are any."""
        inner = [
            span.placed(number, self.offsets[number])
            for number, one in enumerate(self.spotted)
            if one.whole
            for span in one.inner
        ]
        self.spans += inner
        return bool(inner)


class ReadingRanker:
    """Weighs what the words of one address may mean."""

    def __init__(self, places: PlaceTree, words: AddressWords, asked: AddressQuery, today: int) -> None:
        """Weigh the names in some words as they are when asked; ``today`` is the day of undated mentions."""
        self._places = places
        self._words = words
        self._asked = asked
        self._day = asked.days[0] if asked.days else today
        self._rests = Remainders(places, words.spotted, words.offsets, words.own)

    def rank(self) -> list[Reading]:
        """Return the best reading of each place that may be the smallest, the best first.

        What takes the words of a parent for the place is read as well: what is misspelt is looked for beside it. The
        smallest come first: where a commune explains everything, what it lies in need not be tried.
        """
        above = self._places.above
        uppers = {entity for span in self._words.spans for entity in span.larger}
        best: dict[tuple[int, bool], Reading] = {}
        apart: list[tuple[int, Span]] = []
        for span in self._words.spans:
            for entity in span.communes:
                # A place is not apart for lying in nothing of its own name.
                if not uppers.issubset(span.larger) and above(entity).isdisjoint(uppers):
                    apart.append((entity, span))
                else:
                    self._try(entity, span, best)
        settled = self._settled(best)
        # Whatever leaves the words of a settled commune unexplained is far behind it.
        exact = settled and not settled.hit.edits
        words = settled.span.mask if settled and exact else self._words.everything
        named = settled.span.hits.keys() if settled else ()
        for span in self._words.spans:
            for entity in span.larger:
                if span.mask & words or not above(entity).isdisjoint(named):
                    self._try(entity, span, best)
        if not self._settled(best):
            for span in self._words.spans:
                for entity in span.countries:
                    self._try(entity, span, best)
            for entity, span in apart:
                self._try(entity, span, best)
        return sorted(best.values(), key=_order)

    def _settled(self, best: dict[tuple[int, bool], Reading]) -> Reading | None:
        """Return the best reading that takes words of the address itself, if it is settled."""
        own = self._words.own
        first = max((one for one in best.values() if one.span.number < own), key=_score, default=None)
        return first if first and first.is_settled else None

    def _try(self, entity: int, span: Span, best: dict[tuple[int, bool], Reading]) -> None:
        countries = self._asked.countries
        if countries and self._places.country[entity] not in countries:
            return
        reading = self._read(entity, span)
        # The words of a parent may name the same place, which is no answer.
        asked = entity, span.number < self._words.own
        known = best.get(asked)
        if known is None or known.score < reading.score:
            best[asked] = reading

    def _read(self, entity: int, span: Span) -> Reading:
        """Return the best reading in which some words name a place and it is the smallest."""
        places = self._places
        hit, level = span.hits[entity], places.level[entity]
        parents, covered = self._parents(entity, span)
        weights = [("spelling", hit.quality)]
        if span.word is None and level < COMMUNE and not hit.named.lesser and hit.accents not in ("contrast", "lost"):
            weights.append(("prominence", self._prominence(entity, level, hit)))
        if self._words.accented and hit.accents == "bare":
            weights.append(("accents", _BARE_AMONG_ACCENTED))
        time = self._vintage(entity, level, span, parents)
        if time:
            weights.append(("time", time))
        if self._asked.days and span.word and len(places.legal_types[entity]) > 1:
            weights.append(("type_then", self._type_then(entity, span.word, hit)))
        order = self._order(span, parents)
        if order.has_direct:
            weights.append(("directly", _DIRECTLY))
        elif span.word is None and hit.named.key.isdecimal():
            weights.append(("number", _NUMBER_ALONE))
        elif level == COMMUNE:
            weights.append(("skipped", _DISTRICT_SKIPPED))
        if _is_bare_number(span) and all(_is_bare_number(parent.span) for parent in parents):
            weights.append(("numbers", _NOTHING_BUT_NUMBERS))
        if order.behind and order.ahead:
            weights.append(("order", _OUT_OF_ORDER))
        rests = self._rests_of(entity, span, covered, order)
        former = [rest for rest in rests if rest.kind == "former"]
        if former:
            ended = places.days[entity][1] <= self._day
            weights.append(("former", _CALLED_FORMER if ended else -_CALLED_FORMER))
        score = NAME + sum([one.weight for one in parents]) + sum([rest.weight for rest in rests])
        for _, weight in weights:
            score += weight
        settled = (
            score >= SETTLED
            and span.number < self._words.own
            and hit.accents not in ("contrast", "lost")
            and _is_sound(parents, rests)
        )
        return Reading(entity, score, span, hit, parents, rests, tuple(weights), settled)

    def _prominence(self, entity: int, level: int, hit: Hit) -> float:
        """Return what a bare name weighs for a place: nothing where it had ended by the mention's date."""
        if self._asked.days and self._places.days[entity][1] <= self._asked.days[0]:
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

    def _rests_of(self, entity: int, span: Span, covered: int, order: _Order) -> tuple[Remainder, ...]:
        if covered == self._words.everything:
            return ()
        complete = span.word is not None or (order.has_direct and order.has_district)
        descending = order.ahead and not order.behind
        return self._rests.weigh(
            entity, span, covered, descending=descending, complete=complete, has_province=order.has_province
        )

    def _parents(self, entity: int, span: Span) -> tuple[tuple[Parent, ...], int]:
        """Return the parents that the other words name, the longest names first, and which words are taken."""
        places = self._places
        above, levels, direct = places.above(entity), places.level, places.parents[entity]
        covered = span.mask
        options: list[Parent] = []
        for other in self._words.spans:
            if other.mask & covered:
                continue
            hits = other.hits
            for upper in above:
                if upper in hits:
                    hit = hits[upper]
                    weight = _WITHIN if levels[upper] else _WITHIN_COUNTRY
                    # What a parent was called till lately fits as well.
                    quality = hit.quality
                    if hit.agreement == "fitted":
                        quality += type_weight("fits", other.word) - type_weight("fitted", other.word)
                    weight += _ABOVE_SHARE * quality
                    options.append(Parent(upper, other, hit, weight, upper in direct))
            if entity in hits and not hits[entity].edits and not self._is_street(other):
                options.append(Parent(entity, other, hits[entity], _AGAIN, direct=False))
        reached = reduce(or_, [one.span.mask for one in options], covered)
        if reached != self._words.everything:
            options += self._beside(entity, reached)
        if len(options) > 1:
            options.sort(key=_preference)
        taken: list[Parent] = []
        named: set[int] = set()
        # A name that stands twice is that of two levels, if it can be (Thái Nguyên, Thái Nguyên).
        for twice in (False, True):
            for one in options:
                if not one.span.mask & covered and (twice or one.entity not in named):
                    taken.append(one._replace(weight=min(one.weight, _TWICE)) if twice else one)
                    named.add(one.entity)
                    covered |= one.span.mask
            if covered == self._words.everything:
                break
        return tuple(taken), covered

    def _is_street(self, span: Span) -> bool:
        """Whether a name is that of a street, by the number or word before it: ``15 Hàng Bạc``."""
        if span.word or not span.start:
            return False
        return rest_kind(self._words.spotted[span.number].part, span.start - 1, span.end) in MARKED

    def _beside(self, entity: int, covered: int) -> Iterator[Parent]:
        """Yield what holds the place's predecessors or successors: the province of today with a commune of before."""
        kin = self._places.kin(entity)
        for other in self._words.spans:
            if not other.mask & covered and not kin.isdisjoint(other.hits):
                upper = max(kin & other.hits.keys(), key=lambda one: (other.hits[one].quality, -one))
                hit = other.hits[upper]
                if not hit.edits:
                    weight = _LINEAGE + _ABOVE_SHARE * min(hit.quality, 0.0)
                    yield Parent(upper, other, hit, weight, direct=False)

    def _vintage(self, entity: int, level: int, span: Span, parents: tuple[Parent, ...]) -> float:
        """Return what the time of a place weighs; without a date, a parent or type that has ended tells the time."""
        places, hit = self._places, span.hits[entity]
        first, end = places.days[entity]
        used_from, used_to = hit.named.days
        days = self._asked.days
        if days is None:
            weight = 0.0 if used_from < end <= used_to or used_to > self._day else _OUT_OF_USE
            if end > self._day:
                return weight
            if any(end + _LONG_AFTER < places.days[parent.entity][1] <= self._day for parent in parents):
                weight += _OUTLIVED
            old_type = span.word is not None and places.is_out_of_use(entity, span.word)
            if old_type or any(parent.weight > 0 and self._tells_time(parent) for parent in parents):
                return weight
            superseded = places.superseded[entity] and (not hit.edits or level <= PROVINCE)
            return weight + _ENDED_SINCE + _SUPERSEDED * superseded
        if end <= days[0]:
            return _ENDED_THEN + _OUT_OF_USE * (used_to < end)
        if first > days[1]:
            return _NOT_YET + _LONG_BEFORE * (first > days[1] + 366)
        return _OUT_OF_USE * (used_to <= days[0] or used_from > days[1])

    def _tells_time(self, parent: Parent) -> bool:
        """Whether a parent has ended, and its words name no province of today."""
        places = self._places
        if places.days[parent.entity][1] > self._day or places.superseded[parent.entity]:
            return False
        return all(places.level[one] != PROVINCE or places.days[one][1] <= self._day for one in parent.span.larger)

    def _type_then(self, entity: int, word: TypeWord, hit: Hit) -> float:
        """Return what the type word weighs at the mention's date, beyond what it does without one."""
        meant = {local for of, local in word.meanings if of == TYPES[self._places.level[entity]]}
        fits = self._places.type_on(entity, self._day) in meant
        then = "fits" if fits else "fitted" if hit.agreement == "fits" else hit.agreement
        misspelt = bool(hit.edits)
        return type_weight(then, word, misspelt=misspelt) - type_weight(hit.agreement, word, misspelt=misspelt)


def _score(reading: Reading) -> tuple[float, int]:
    return reading.score, -reading.entity


def _order(reading: Reading) -> tuple[float, int]:
    return -reading.score, reading.entity


def _is_bare_number(span: Span) -> bool:
    """Whether a span is a number without a type word."""
    return span.word is None and span.core.isdecimal()


def _is_sound(parents: tuple[Parent, ...], rests: tuple[Remainder, ...]) -> bool:
    """Whether all words of a reading are in their place."""
    return all(one.weight > 0 for one in parents) and all(rest.weight > OPEN for rest in rests)


def _preference(one: Parent) -> tuple[bool, int, float, bool, int]:
    """Sort what speaks for a reading before what speaks against it, the longest names first."""
    return one.weight <= 0, one.span.start - one.span.end, -one.weight, not one.direct, one.entity
