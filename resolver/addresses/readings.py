"""Consistent readings of an address: one smallest place, its parents, and the remainder.

A reading takes one name as the smallest place; the other names must be its parents at some time. All evidence for and
against a reading (``reading_evidence``) is added up here, in log-odds.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from resolver.addresses.address_words import AddressQuery, AddressWords
from resolver.addresses.matched_parts import Hit, Span
from resolver.addresses.parents import Parent, ParentFinder
from resolver.addresses.place_tree import COMMUNE, DISTRICT, PROVINCE, PlaceTree
from resolver.addresses.reading_evidence import BEST_OF_LEVEL, BEST_OF_TIME, NAME, Order, ReadingEvidence
from resolver.addresses.remainder import OPEN, Remainder, Remainders

__all__ = ["SETTLED", "Reading", "ReadingRanker"]

SETTLED = 5.0
"""Least log-odds of a complete reading that needs no search for misspellings."""

_HOPELESS = 13.0
"""A reading so far behind a settled one has no effect: it is dropped, even if the settled one is lowered by a doubt."""
_ALL_LEVELS = frozenset(range(COMMUNE + 1))


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
    order: Order
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
        self._evidence = ReadingEvidence(places, words, asked, self._day)
        self._remainders = Remainders(places, words.spotted, words.offsets, words.own, accented=words.accented)
        # The least score that may count, if hopeless readings are left out, and whether any was.
        self._least = -inf
        self._left_out = False
        # What was read of each place and span, by the span's identity: no span is forgotten.
        self._known: dict[tuple[int, int], _Known] = {}
        former = bool(words.former)
        # What a place weighs at most in an undated address besides its spelling, its parents and remainders, by level.
        self._most_more = [most + BEST_OF_TIME * former for most in BEST_OF_LEVEL]

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

        The words of parent columns are taken for the place only if nothing is settled without that.
        """
        self._leaves_out, self._least = leaves_out, -inf
        best: dict[tuple[int, bool], Reading] = {}
        spans, own = self._words.spans, self._words.own
        around = [span for span in spans if span.number >= own]
        self._try_spans([span for span in spans if span.number < own] if around else spans, best)
        if around and not self._settled(best):
            self._try_spans(around, best)
        return sorted(best.values(), key=_order)

    def _try_spans(self, spans: Sequence[Span], best: dict[tuple[int, bool], Reading]) -> None:
        """Try the places that some words name.

        The smallest places come first: if a commune explains everything, its parents need not be tried.
        """
        above = self._places.above
        apart = self._try_communes(spans, best)
        settled = self._settled(best)
        # A reading that leaves the words of a settled commune unexplained scores far lower.
        words = settled.span.mask if settled else self._words.everything
        named = settled.span.hits.keys() if settled else ()
        for span in spans:
            for entity in span.larger:
                if span.mask & words or not above(entity).isdisjoint(named):
                    self._try(entity, span, best)
        settled = self._settled(best)
        if not settled:
            for span in spans:
                for entity in span.countries:
                    self._try(entity, span, best)
        # Where the name or type word is another's, a place elsewhere that has both may be meant.
        if not settled or settled.hit.is_doubtful:
            for entity, span in apart:
                self._try(entity, span, best)

    def _try_communes(self, spans: Sequence[Span], best: dict[tuple[int, bool], Reading]) -> list[tuple[int, Span]]:
        """Try the communes as the smallest place; return those that lie in nothing that is named."""
        places, words = self._places, self._words
        uppers = {entity for span in words.spans for entity in span.larger}
        apart: list[tuple[int, Span]] = []
        related: list[tuple[int, int, Span]] = []
        last: dict[int, int] = {}
        for span in spans:
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

    def _weighed(self, entity: int, span: Span, parents: tuple[Parent, ...], covered: int, order: Order) -> Reading:
        """Return the reading in which some words name a place and others its parents, with all evidence."""
        hit = span.hits[entity]
        remainders = self._remainders_of(entity, span, covered, order)
        weights = [
            ("spelling", hit.quality),
            *self._evidence.of_name(entity, span),
            *self._evidence.of_time(entity, span, parents, remainders),
            *self._evidence.of_parents(entity, span, parents, order),
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

    def _order(self, span: Span, parents: tuple[Parent, ...]) -> Order:
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
        return Order(has_direct, has_district, has_province, behind, ahead)

    def _remainders_of(self, entity: int, span: Span, covered: int, order: Order) -> tuple[Remainder, ...]:
        if covered == self._words.everything:
            return ()
        complete = span.word is not None or (order.has_direct and (order.has_district or self._stood(entity, order)))
        descending = order.ahead and not order.behind
        return self._remainders.weigh(
            entity, span, covered, descending=descending, complete=complete, has_province=order.has_province
        )

    def _stood(self, entity: int, order: Order) -> bool:
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


def _is_sound(parents: tuple[Parent, ...], remainders: tuple[Remainder, ...]) -> bool:
    """Whether all words of a reading are where they should be."""
    return all(one.weight > 0 for one in parents) and all(rest.weight > OPEN for rest in remainders)
