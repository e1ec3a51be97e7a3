"""Several levels at once: the best consistent reading of a whole address, over all vintages of the gazetteer.

Each part of an address, and each run of words where nothing parts them, may name places. A reading takes one of them
as the smallest place; the other names must be what it lies in, or lay in at some time. What is misspelt is looked for
only beside what is sure: below the places already named, or above them. Readings compete by their log-odds, with a
mention that names nothing here at 0. What names no place is the remainder: it is judged by what it looks like and by
where it stands, and given back.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from resolver.addresses.components import (
    Hit,
    MatchedPart,
    PartMatcher,
    Span,
    levels_of,
    make_span,
    misspelt_hits,
    type_weight,
)
from resolver.addresses.place_tree import COMMUNE, COUNTRY, DISTRICT, PROVINCE, Near, PlaceTree
from resolver.addresses.remainder import MARKED, OPEN, Remainder, Remainders
from resolver.model import TYPES
from resolver.text.address import cut, rest_kind
from resolver.text.terms import TypeWord

__all__ = ["NAME", "AddressQuery", "Parent", "Reading", "Solution", "Solver"]

_LONGEST_PART = 6
_LONGEST_WINDOW = 4
_FEW_WORDS = 3
_MOST_PARTS = 10
_MOST_ROUNDS = 4
_ASKED_BESIDE = 4
"""How many of the best readings are asked what else might be meant."""

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

_SETTLED = 5.0
"""Log-odds from which a reading that leaves nothing open needs no search for misspellings."""
_NEGLIGIBLE = 9.0
"""Log-odds behind the best at which a reading is no longer worth keeping."""

_Window = tuple[int, int, int, int, TypeWord | None]
"""Words that may be one misspelt name: from, to, name from, name to, type word."""


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


class Solution(NamedTuple):
    """The readings of an address with their probabilities, the best first."""

    readings: tuple[Reading, ...]
    probabilities: tuple[float, ...]

    @property
    def is_sure_place(self) -> bool:
        """Whether the best reading leaves nothing that might be a person or an organisation."""
        return (
            bool(self.readings)
            and self.readings[0].is_settled
            and all(rest.kind not in ("words", "institution") for rest in self.readings[0].rests)
        )

    @property
    def may_be_organisation(self) -> bool:
        """Whether the text begins with words that a place follows at once: ``Công an phường Bến Nghé``."""
        if not self.readings:
            return False
        best = self.readings[0]
        starts = {span.start for span in (best.span, *(parent.span for parent in best.parents)) if not span.number}
        return any(
            rest.number == rest.start == 0 and rest.end in starts and rest.kind in ("words", "institution")
            for rest in best.rests
        )

    @property
    def remainder(self) -> str:
        """What the best reading did not understand: house, street, hamlet."""
        if not self.readings:
            return ""
        rests = self.readings[0].rests
        return ", ".join(rest.text for rest in rests if rest.kind not in ("former", "type") and not rest.around)


class Solver:
    """Reads addresses against the places of one index."""

    def __init__(self, places: PlaceTree, today: int) -> None:
        """Read against some places; ``today`` is the day that undated mentions are made on."""
        self._places = places
        self._today = today
        self._namings = PartMatcher(places)

    def solve(self, text: str, asked: AddressQuery, within: Sequence[str] = ()) -> Solution | None:
        """Return the readings of an address; None where the text does not look like one.

        ``within`` are the texts of parent columns, which only say what the place lies in, in any order.
        """
        spotted = self._spotted(cut(text)[-_MOST_PARTS:])
        around = self._spotted(piece for text in within for piece in cut(text))
        alone = len(spotted) == 1 and not around
        if not spotted or (alone and (spotted[0].whole or spotted[0].size < 2)):
            return None
        if not asked.days and not around and self._is_double_name(spotted):
            return None
        # In a few words that nothing parts, one misspelt name is as likely as two.
        rounds = 0 if alone and spotted[0].size <= _FEW_WORDS else _MOST_ROUNDS
        readings = _Trial(self._places, spotted, around, asked, self._today).readings(rounds)
        if alone and not (readings and _is_address(readings[0])):
            return None
        # What is not asked for was read nevertheless: misspelt communes are found through their districts.
        own, level = len(spotted), self._places.level
        return _shared([one for one in readings if level[one.entity] in asked.levels and one.span.number < own])

    def _is_double_name(self, spotted: Sequence[MatchedPart]) -> bool:
        """Whether beside a country stands a name that went from a larger place to a commune: ``Phú Quốc, Việt Nam``.

        The country says no more than the name does, and the name alone does not tell which of them is meant.
        """
        if len(spotted) != 2:
            return False
        names = [one for one in spotted if not any(span.countries for span in one.whole)]
        if len(names) != 1:
            return False
        ends, today = self._places.days, self._today
        spans = names[0].whole
        larger = [ends[entity][1] for span in spans for entity in span.larger]
        communes = [ends[entity][1] for span in spans for entity in span.communes]
        return bool(larger) and max(larger) <= today < max(communes, default=0)

    def _spotted(self, pieces: Iterable[str]) -> list[MatchedPart]:
        return [one for piece in pieces if (one := self._namings.spot(piece)).size]


class _Trial:
    """One address: all that may be meant by its words, and the readings that come of it."""

    def __init__(
        self, places: PlaceTree, spotted: list[MatchedPart], around: list[MatchedPart], asked: AddressQuery, today: int
    ) -> None:
        self._places = places
        self._own = len(spotted)
        spotted = spotted + around
        self._asked = asked
        self._day = asked.days[0] if asked.days else today
        self._spotted = spotted
        self._accented = not all(one.part.text.isascii() for one in spotted)
        self._offsets: list[int] = []
        self._spans: list[Span] = []
        offset = 0
        for number, one in enumerate(spotted):
            self._offsets.append(offset)
            spans = one.whole or one.inner
            self._spans += [span.placed(number, offset) for span in spans] if offset else spans
            offset += one.size
        self._everything = (1 << offset) - 1
        self._rests = Remainders(places, spotted, self._offsets, self._own)

    def readings(self, rounds: int) -> list[Reading]:
        """Return the consistent readings, the best first; misspellings are looked for in some rounds."""
        best = self._with_misspelt(self._rank(), min(rounds, 1))
        if best and best[0].is_settled:
            return best
        inner = [
            span.placed(number, self._offsets[number])
            for number, one in enumerate(self._spotted)
            if one.whole
            for span in one.inner
        ]
        if inner:
            self._spans += inner
            best = self._rank()
        return self._with_misspelt(best, rounds)

    def _with_misspelt(self, best: list[Reading], rounds: int) -> list[Reading]:
        """Look for misspellings as long as something is open and something is found."""
        for turn in range(rounds):
            if (best and best[0].is_settled) or not self._look_for_misspelt(best, turn):
                break
            best = self._rank()
        return best

    # --- Readings ------------------------------------------------------------------------------------------------

    def _rank(self) -> list[Reading]:
        """Return the best reading of each place that may be the smallest, the best first.

        The smallest come first: where a commune explains everything, what it lies in need not be tried.
        """
        above = self._places.above
        uppers = {entity for span in self._spans for entity in span.larger}
        best: dict[int, Reading] = {}
        apart: list[tuple[int, Span]] = []
        for span in self._spans:
            for entity in span.communes:
                # A place is not apart for lying in nothing of its own name.
                if not uppers.issubset(span.larger) and above(entity).isdisjoint(uppers):
                    apart.append((entity, span))
                else:
                    self._try(entity, span, best)
        settled = max(best.values(), key=_score, default=None)
        # Whatever leaves the words of a settled commune unexplained is far behind it.
        words = settled.span.mask if settled and settled.is_settled else self._everything
        for span in self._spans:
            if span.mask & words:
                for entity in span.larger:
                    self._try(entity, span, best)
        settled = max(best.values(), key=_score, default=None)
        if not settled or not settled.is_settled:
            for span in self._spans:
                for entity in span.countries:
                    self._try(entity, span, best)
            self._try_apart(apart, uppers, best)
        return sorted(best.values(), key=_order)

    def _try_apart(self, apart: list[tuple[int, Span]], uppers: set[int], best: dict[int, Reading]) -> None:
        """Try the communes that lie in nothing that is named: perhaps in what came before or after it."""
        lonely = not best
        for entity, span in apart:
            if lonely or not self._places.kin(entity).isdisjoint(uppers):
                self._try(entity, span, best)

    def _try(self, entity: int, span: Span, best: dict[int, Reading]) -> None:
        countries = self._asked.countries
        if countries and self._places.country[entity] not in countries:
            return
        reading = self._read(entity, span)
        known = best.get(entity)
        if known is None or known.score < reading.score:
            best[entity] = reading

    def _read(self, entity: int, span: Span) -> Reading:
        """Return the best reading in which some words name a place and it is the smallest."""
        places = self._places
        hit, level = span.hits[entity], places.level[entity]
        parents, covered = self._parents(entity, span)
        weights = [("spelling", hit.quality)]
        if span.word is None and level < COMMUNE and not hit.named.lesser and hit.accents not in ("contrast", "lost"):
            weights.append(("prominence", self._prominence(entity, level, hit)))
        if self._accented and hit.accents == "bare":
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
        rests = self._rests_of(level, span, covered, order)
        former = [rest for rest in rests if rest.kind == "former"]
        if former:
            ended = places.days[entity][1] <= self._day
            weights.append(("former", _CALLED_FORMER if ended else -_CALLED_FORMER))
        score = NAME + sum([one.weight for one in parents]) + sum([rest.weight for rest in rests])
        for _, weight in weights:
            score += weight
        settled = score >= _SETTLED and hit.accents not in ("contrast", "lost") and _is_sound(parents, rests)
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
            if parent.span.number < self._own:
                behind = behind or parent.span.mask > span.mask
                ahead = ahead or parent.span.mask < span.mask
        return _Order(has_direct, has_district, has_province, behind, ahead)

    def _rests_of(self, level: int, span: Span, covered: int, order: _Order) -> tuple[Remainder, ...]:
        if covered == self._everything:
            return ()
        complete = span.word is not None or (order.has_direct and order.has_district)
        descending = order.ahead and not order.behind
        return self._rests.weigh(
            level, span, covered, descending=descending, complete=complete, has_province=order.has_province
        )

    def _parents(self, entity: int, span: Span) -> tuple[tuple[Parent, ...], int]:
        """Return the parents that the other words name, the longest names first, and which words are taken."""
        places = self._places
        above, levels, direct = places.above(entity), places.level, places.parents[entity]
        covered = span.mask
        options: list[Parent] = []
        for other in self._spans:
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
        if reached != self._everything:
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
            if covered == self._everything:
                break
        return tuple(taken), covered

    def _is_street(self, span: Span) -> bool:
        """Whether a name is that of a street, by the number or word before it: ``15 Hàng Bạc``."""
        if span.word or not span.start:
            return False
        return rest_kind(self._spotted[span.number].part, span.start - 1, span.end) in MARKED

    def _beside(self, entity: int, covered: int) -> Iterator[Parent]:
        """Yield what holds the place's predecessors or successors: the province of today with a commune of before."""
        kin = self._places.kin(entity)
        for other in self._spans:
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

    # --- Misspellings ----------------------------------------------------------------------------------------------

    def _look_for_misspelt(self, best: list[Reading], turn: int) -> bool:
        """Add names near to what is not understood, beside what is; return whether any were found."""
        found = False
        for (number, start, end), beside in self._open(best).items():
            for window in self._windows(number, start, end):
                found |= self._add(number, window, self._near(number, window, sorted(beside)))
        weak = not best or best[0].score < (0.0 if found else _SETTLED)
        if weak and (turn == 0 or not found) and len(self._spotted) > 1:
            level = DISTRICT if turn else PROVINCE
            for number, one in enumerate(self._spotted):
                for window in self._windows(number, 0, one.size) if not one.whole else ():
                    found |= self._add(number, window, self._near_anywhere(number, window, level))
        return found

    def _open(self, best: list[Reading]) -> dict[tuple[int, int, int], set[int]]:
        """Return the words that the best readings leave open, with the places beside which they may be found."""
        larger = [reading for reading in best if self._places.level[reading.entity] < COMMUNE]
        asked: dict[tuple[int, int, int], set[int]] = {}
        for reading in (*best[:_ASKED_BESIDE], *larger[:_ASKED_BESIDE]):
            for rest in reading.rests:
                if rest.weight > OPEN or rest.kind in ("former", "number"):
                    continue
                asked.setdefault((rest.number, rest.start, rest.end), set()).add(reading.entity)
                size = self._spotted[rest.number].size
                if size <= _LONGEST_PART:
                    asked.setdefault((rest.number, 0, size), set()).add(reading.entity)
        return asked

    def _windows(self, number: int, start: int, end: int) -> Iterator[_Window]:
        """Yield the runs of some words that may be one misspelt name."""
        one = self._spotted[number].part
        typed = [t for group in one.before.values() for t in group if start <= t.start and t.end < end]
        typed += [t for t in one.slips.values() if start <= t.start and t.end < end]
        for before in typed:
            following = [t.start for t in typed if t.start > before.end]
            for upto in {min(following, default=end), end}:
                yield before.start, upto, before.end, upto, before.word
        after = next((t for t in one.after.values() if t.end == end and t.start > start), None)
        if after:
            yield start, end, start, after.start, after.word
        if not any(t.start == start and t.word.sure for t in typed) and not after:
            yield start, end, start, end, None
        if end - start > 2 and (end - start < len(one.folds) or len(self._spotted) == 1):
            for count in range(1, min(_LONGEST_WINDOW, end - start - 1) + 1):
                for first, last in ((end - count, end), (start, start + count)):
                    if not any(t.word.sure and first <= t.start < last for t in typed):
                        yield first, last, first, last, None

    def _near(self, number: int, window: _Window, beside: Iterable[int]) -> list[Near]:
        """Return the names near to some words below and above some places."""
        places, query, word = self._places, self._query(number, window), window[4]
        levels = levels_of(word)
        near: list[Near] = []
        for entity in beside:
            for level in range(max(places.level[entity], COUNTRY) + 1, COMMUNE + 1):
                if level in levels:
                    near += places.near_names(query, entity, level, with_type=word is None)
            near += places.near_above(query, entity, with_type=word is None)
        return near

    def _near_anywhere(self, number: int, window: _Window, level: int) -> list[Near]:
        """Return the names near to some words on a level of the whole gazetteer."""
        if level not in levels_of(window[4]):
            return []
        return self._places.near_names(self._query(number, window), -1, level, with_type=window[4] is None)

    def _query(self, number: int, window: _Window) -> str:
        return "".join(self._spotted[number].part.folds[window[2] : window[3]])

    def _add(self, number: int, window: _Window, near: Sequence[Near]) -> bool:
        """Add what some words may name, misspelt; return whether any of it was not known before."""
        start, end, name_start, name_end, word = window
        core = self._spotted[number].part.slice(name_start, name_end)
        hits = misspelt_hits(self._places, core, word, near, self._asked.countries)
        span = make_span(self._places, start, end, core, word, hits).placed(number, self._offsets[number])
        for known in self._spans:
            if known.mask == span.mask and known.word is word:
                for entity in known.hits:
                    hits.pop(entity, None)
        if hits:
            span = make_span(self._places, start, end, core, word, hits).placed(number, self._offsets[number])
            self._spans.append(span)
        return bool(hits)


def _is_address(reading: Reading) -> bool:
    """Whether words that nothing parts are a place within another, and at most a house or hamlet before it."""
    if reading.score < _SETTLED or not reading.parents or reading.parents[0].weight <= 0:
        return False
    return reading.is_settled or all(rest.kind in MARKED for rest in reading.rests)


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


def _shared(readings: list[Reading]) -> Solution:
    """Share the probability among readings and the mention's naming nothing."""
    if not readings:
        return Solution((), ())
    best = max(readings[0].score, 0.0)
    kept = [reading for reading in readings if reading.score > best - _NEGLIGIBLE] or readings[:3]
    powers = [math.exp(reading.score - best) for reading in kept]
    total = sum(powers) + math.exp(-best)
    return Solution(tuple(kept), tuple([power / total for power in powers]))
