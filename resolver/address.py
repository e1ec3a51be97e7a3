"""Several levels at once: the best consistent reading of a whole address, over all vintages of the gazetteer.

Each part of an address, and each run of words where nothing parts them, may name places. A reading takes one of them
as the smallest place; the other names must be what it lies in, or lay in at some time. What is misspelt is looked for
only beside what is sure: below the places already named, or above them. Readings compete by their log-odds, with a
mention that names nothing here at 0. What names no place is the remainder: it is judged by what it looks like (a house,
a hamlet, a unit that is not there) and by where it stands, and given back.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from resolver import spelling
from resolver.model import TYPES
from resolver.places import COMMUNE, COUNTRY, DISTRICT, PROVINCE, Named, Near, Places
from resolver.text import khmer, terms, vietnamese
from resolver.text.address import FORMER, Part, cut, part, rest_kind
from resolver.text.terms import TypeWord

__all__ = ["Asked", "Hit", "Reading", "Rest", "Solution", "Solver", "Span"]

_LONGEST_NAME = 6
_LONGEST_WINDOW = 4
_MOST_PARTS = 10
_MOST_ROUNDS = 4
_MOST_TRIED = 60
_MOST_KEPT = 100_000
_ASKED_BESIDE = 4
"""How many of the best readings are asked what else might be meant."""

# Log-odds.
_NAME = 6.0
_WITHIN = 4.0
_DIRECTLY = 1.0
_AGAIN = -4.5
_TWICE = -1.0
_LINEAGE = -3.0
_OUT_OF_ORDER = -3.0
_ABOVE_SHARE = 0.5
"""How much the spelling of a parent's name weighs beside that of the place itself."""
_ACCENTS = {"bare": -0.3, "partial": -1.5, "extra": -2.0, "lost": -3.0, "contrast": -7.0}
_BARE_AMONG_ACCENTED = -1.5
_JOINED, _CUT_ELSEWHERE = -0.6, -4.5
_JOINED_LESSER = -2.0
_LESSER_NAME, _WEAK = -2.0, -1.0
_BARE_NUMBER = -1.5
_RESPELT = -0.3
_FITS, _FITTED, _LEVEL_ONLY = 2.5, 1.8, -2.0
_UNSURE_TYPE = 0.4
_MISSPELT_TYPE = -2.5
_PROMINENCE = {COUNTRY: 4.5, PROVINCE: 4.5, DISTRICT: 2.8, COMMUNE: 0.0}
"""Bare names: ``Hoàn Kiếm, Hà Nội`` is the district rather than the ward of 2025, though not for sure."""
_OF_DOUBTFUL = 0.25
"""How much of its prominence a misspelt province keeps."""
_NUMBER_ALONE = -4.0
"""A bare number whose parent is not named: there are many of each."""
_BARE_AFTER_WORDS = -9.5
"""Words that may be the smallest place stand before a bare name whose direct parent is not named."""
_ENDED_SINCE, _SUPERSEDED = -1.0, -3.0
_OUT_OF_USE = -1.5
_ENDED_THEN, _NOT_YET, _LONG_BEFORE = -2.5, -3.5, -3.0
_CALLED_FORMER = 3.0
_STRAY_MARK, _OTHER_WORDS = -1.5, -1.0
_NO_PLACE_BESIDE = -3.0
"""A bare name runs on from words that name no place: it may be part of them."""

_SETTLED = 5.0
"""Log-odds from which a reading that leaves nothing open needs no search for misspellings."""
_OPEN = -2.5
"""Weight of a rest from which it is looked at for misspellings."""
_NEGLIGIBLE = 9.0
"""Log-odds behind the best at which a reading is no longer worth keeping."""

_MARKED = frozenset({"house", "street", "hamlet", "institution"})


class _Weights(NamedTuple):
    """What a rest weighs: beyond the smallest place, where that is a commune or not, and between or above places."""

    below_commune: float
    below_other: float
    elsewhere: float


_RESTS = {
    "house": _Weights(-0.1, -0.5, -3.0),
    "street": _Weights(-0.1, -0.5, -3.0),
    "hamlet": _Weights(-0.1, -0.5, -3.0),
    "institution": _Weights(-0.3, -0.7, -4.0),
    "former": _Weights(0.0, 0.0, 0.0),
    "number": _Weights(-0.2, -2.0, -1.0),
    "type": _Weights(-3.0, -4.0, -3.0),
    "words": _Weights(-0.7, -14.0, -10.0),
    "unit": _Weights(-8.0, -16.0, -12.0),
    "province": _Weights(-3.0, -14.0, -14.0),
    "place": _Weights(-0.7, -14.0, -14.0),
}


_NOTHING: list[Named] = []


class Asked(NamedTuple):
    """What may be found: levels, countries (empty: all), and the days that the mention may date from."""

    levels: frozenset[int]
    countries: frozenset[str]
    days: tuple[int, int] | None


class Hit(NamedTuple):
    """How well a name fits some words: log-odds of the spelling and of the type word."""

    quality: float
    named: Named
    edits: int
    accents: str
    agreement: str


class Span(NamedTuple):
    """Some words of a part, type word included, that may name places."""

    number: int
    start: int
    end: int
    mask: int
    core: str
    word: TypeWord | None
    hits: dict[int, Hit]

    @property
    def is_typed(self) -> bool:
        """Whether a type word stands with the name."""
        return self.word is not None


class Rest(NamedTuple):
    """Some words that name no place in a reading, what they are, and what they weigh."""

    number: int
    start: int
    end: int
    kind: str
    weight: float
    text: str


class Reading(NamedTuple):
    """One consistent reading: the smallest place with its words, the parents with theirs, and the rests.

    ``score`` is the sum of ``weights`` and of what parents and rests weigh.
    """

    entity: int
    score: float
    span: Span
    hit: Hit
    parents: tuple[tuple[int, Span, Hit, float], ...]
    rests: tuple[Rest, ...]
    weights: tuple[tuple[str, float], ...]


class Solution(NamedTuple):
    """The readings of an address with their probabilities, the best first."""

    readings: tuple[Reading, ...]
    probabilities: tuple[float, ...]
    parts: tuple[Part, ...]

    @property
    def is_sure_place(self) -> bool:
        """Whether the best reading leaves nothing that might be a person or an organisation."""
        return _settled(list(self.readings)) and not any(
            rest.kind in ("words", "institution") for rest in self.readings[0].rests
        )

    @property
    def remainder(self) -> str:
        """What the best reading did not understand: house, street, hamlet."""
        if not self.readings:
            return ""
        return ", ".join(rest.text for rest in self.readings[0].rests if rest.kind not in ("former", "type"))


class _Found(NamedTuple):
    """What a part may name, by its words."""

    part: Part
    whole: tuple[Span, ...]
    inner: tuple[Span, ...]


class Solver:
    """Reads addresses against the places of one index."""

    def __init__(self, places: Places, today: int) -> None:
        """Read against some places; ``today`` is the day that undated mentions are made on."""
        self._places = places
        self._today = today
        self._known: dict[str, _Found] = {}

    def solve(self, text: str, asked: Asked) -> Solution | None:
        """Return the readings of an address; None where the text does not look like one."""
        pieces = cut(text)[-_MOST_PARTS:]
        found = [self._found(piece) for piece in pieces]
        found = [one for one in found if one.part.folds]
        if not found or (len(found) == 1 and (found[0].whole or len(found[0].part.folds) < 2)):
            return None
        trial = _Trial(self._places, found, asked, self._today)
        readings = trial.readings()
        if not _is_address(readings, found):
            return None
        return _shared(readings, tuple(one.part for one in found))

    def _found(self, text: str) -> _Found:
        known = self._known.get(text)
        if known is None:
            if len(self._known) > _MOST_KEPT:
                self._known = {}
            one = part(text)
            spans = list(self._spans(one))
            size = len(one.folds)
            slips = one.slips.values()
            whole = tuple(
                span
                for span in spans
                if span.end - span.start == size and not any(span.word is slip.word for slip in slips)
            )
            known = self._known[text] = _Found(one, whole, tuple(span for span in spans if span not in whole))
        return known

    def _spans(self, one: Part) -> Iterator[Span]:
        """Yield all runs of words that are names of places, with and without a type word."""
        names, folds = self._places.names, one.folds
        size = len(folds)
        for start in range(size):
            key = ""
            for end in range(start + 1, min(size, start + _LONGEST_NAME) + 1):
                key += folds[end - 1]
                entries = names.get(key, _NOTHING)
                if start in one.numerals and end == start + 1:
                    entries = entries + names.get(one.numerals[start], _NOTHING)
                if entries:
                    yield from self._named(one, start, end, entries, 0.0)
                elif end == size and (respelt := self._respelt(one, start, end)):
                    yield from self._named(one, start, end, respelt, _RESPELT)

    def _respelt(self, one: Part, start: int, end: int) -> list[Named]:
        core = one.slice(start, end)
        usual = terms.usual_romanisation(core)
        return [] if usual == core else self._places.names.get("".join(usual.lower().split()), [])

    def _named(self, one: Part, start: int, end: int, entries: list[Named], extra: float) -> Iterator[Span]:
        core, fold = one.slice(start, end), " ".join(one.folds[start:end])
        base = [(named, *self._spelling(core, fold, named)) for named in entries]
        typed = False
        for word in one.before.get(start, ()):
            hits = self._hits(base, word.word, extra)
            if hits:
                typed = typed or word.word.sure
                yield _span(word.start, end, core, word.word, hits)
        slip = one.slips.get(start)
        if slip and not one.before.get(start):
            hits = self._hits(base, slip.word, extra + _MISSPELT_TYPE)
            if hits:
                yield _span(slip.start, end, core, slip.word, hits)
        after = one.after.get(end)
        if after:
            hits = self._hits(base, after.word, extra)
            if hits:
                yield _span(start, after.end, core, after.word, hits)
        if not typed:
            number = _BARE_NUMBER if fold.isdecimal() else 0.0
            hits = self._hits(base, None, extra + number)
            yield _span(start, end, core, None, hits)

    def _spelling(self, core: str, fold: str, named: Named) -> tuple[float, str]:
        accents = _accents(core, named)
        weight = _ACCENTS.get(accents, 0.0)
        if fold != named.fold and not khmer.is_khmer(named.fold):
            spacing = spelling.spacing(fold, named.fold)
            lesser = named.vietnamese and self._places.level[named.entity] > PROVINCE
            joined = _JOINED_LESSER if lesser else _JOINED
            weight += {"joined": joined, "cut": _CUT_ELSEWHERE}.get(spacing, 0.0)
        weight += _LESSER_NAME * named.lesser + _WEAK * named.weak * (not named.fold.isdecimal())
        return weight, accents

    def _hits(self, base: list[tuple[Named, float, str]], word: TypeWord | None, extra: float) -> dict[int, Hit]:
        hits: dict[int, Hit] = {}
        for named, weight, accents in base:
            agreement = agrees(self._places, named.entity, word) if word else ""
            if agreement != "contradicts":
                quality = weight + extra + _type_weight(agreement, word, misspelt=False)
                known = hits.get(named.entity)
                # Of two spellings that fit alike, the one in use the longer says more of the time.
                if known is None or (known.quality, known.named.days[1]) < (quality, named.days[1]):
                    hits[named.entity] = Hit(quality, named, 0, accents, agreement)
        return hits


class _Trial:
    """One address: all that may be meant by its words, and the readings that come of it."""

    def __init__(self, places: Places, found: Sequence[_Found], asked: Asked, today: int) -> None:
        self._places = places
        self._today = today
        self._asked = asked
        self._parts = [one.part for one in found]
        self._found = found
        self._accented = any(not one.text.isascii() for one in self._parts)
        self._offsets: list[int] = []
        offset = 0
        for one in found:
            self._offsets.append(offset)
            offset += len(one.part.folds)
        self._spans = [
            self._placed(number, span)
            for number, one in enumerate(found)
            for span in (one.whole or one.inner)
        ]
        self._elsewhere: dict[int, bool] = {}

    def _placed(self, number: int, span: Span) -> Span:
        return span._replace(number=number, mask=span.mask << self._offsets[number])

    def readings(self) -> list[Reading]:
        """Return the consistent readings, the best first."""
        best = self._rank()
        if _settled(best):
            return best
        self._spans.extend(
            self._placed(number, span)
            for number, one in enumerate(self._found)
            if one.whole
            for span in one.inner
        )
        best = self._rank()
        for turn in range(_MOST_ROUNDS):
            if _settled(best) or not self._look_for_misspelt(best, turn):
                break
            best = self._rank()
        return best

    def _rank(self) -> list[Reading]:
        places, asked = self._places, self._asked
        levels, above = places.level, places.above
        uppers = {
            entity for span in self._spans for entity in span.hits if PROVINCE <= levels[entity] <= DISTRICT
        }
        best: dict[int, Reading] = {}
        apart: list[tuple[int, Span]] = []
        for span in self._spans:
            for entity in span.hits:
                level = levels[entity]
                if level not in asked.levels or (asked.countries and places.country[entity] not in asked.countries):
                    continue
                if level > PROVINCE and uppers and above(entity).isdisjoint(uppers):
                    apart.append((entity, span))
                    continue
                reading = self._read(entity, span)
                if entity not in best or best[entity].score < reading.score:
                    best[entity] = reading
        ahead = max((reading.score for reading in best.values()), default=0.0)
        if ahead < _SETTLED or not _settled(sorted(best.values(), key=_order)):
            for entity, span in apart[:_MOST_TRIED] if ahead > _SETTLED else apart:
                if ahead > _SETTLED and places.kin(entity).isdisjoint(uppers):
                    continue
                reading = self._read(entity, span)
                if entity not in best or best[entity].score < reading.score:
                    best[entity] = reading
        return sorted(best.values(), key=_order)

    def _read(self, entity: int, span: Span) -> Reading:
        """Return the best reading in which some words name a place and it is the smallest."""
        places = self._places
        hit = span.hits[entity]
        level = places.level[entity]
        parents, covered = self._parents(entity, span)
        weights = [("name", _NAME), ("spelling", hit.quality)]
        if span.word is None and not hit.named.lesser and hit.accents not in ("contrast", "lost"):
            doubt = _OF_DOUBTFUL if hit.edits and level <= PROVINCE else 1.0
            weights.append(("prominence", _PROMINENCE[level] * doubt))
        if self._accented and hit.accents == "bare":
            weights.append(("accents", _BARE_AMONG_ACCENTED))
        weights.append(("time", self._vintage(entity, level, hit, parents)))
        if self._asked.days and span.word and len(places.legal_types[entity]) > 1:
            weights.append(("type_then", self._type_then(entity, span.word, hit)))
        direct = places.parents[entity]
        is_direct = any(upper in direct for upper, *_ in parents)
        if is_direct:
            weights.append(("directly", _DIRECTLY))
        elif span.word is None and hit.named.fold.isdecimal():
            weights.append(("number", _NUMBER_ALONE))
        behind, ahead = self._order(span, parents)
        if behind and ahead:
            weights.append(("order", _OUT_OF_ORDER))
        complete = span.word is not None or (is_direct and any(places.level[one] == DISTRICT for one, *_ in parents))
        rests = self._rests(level, span, parents, covered, descending=ahead and not behind, complete=complete)
        if any(rest.kind == "former" for rest in rests):
            ended = places.days[entity][1] <= (self._asked.days or (self._today,))[0]
            weights.append(("former", _CALLED_FORMER if ended else -_CALLED_FORMER))
        score = sum(weight for _, weight in weights)
        score += sum(weight for *_, weight in parents) + sum(rest.weight for rest in rests)
        return Reading(entity, score, span, hit, parents, rests, tuple(weights))

    def _order(self, span: Span, parents: tuple[tuple[int, Span, Hit, float], ...]) -> tuple[bool, bool]:
        """Return whether parents stand behind the smallest place, and whether some stand before it."""
        behind = any(other.mask > span.mask for _, other, _, _ in parents)
        return behind, any(other.mask < span.mask for _, other, _, _ in parents)

    def _parents(self, entity: int, span: Span) -> tuple[tuple[tuple[int, Span, Hit, float], ...], int]:
        """Return the parents that the other words name, the longest names first, and which words are taken."""
        places = self._places
        above = places.above(entity)
        covered = span.mask
        options: list[tuple[int, float, int, Span, Hit]] = []
        for other in self._spans:
            if other.mask & covered:
                continue
            for upper in above:
                hit = other.hits.get(upper)
                if hit:
                    weight = (_WITHIN if places.level[upper] else 1.0) + _ABOVE_SHARE * hit.quality
                    options.append((other.end - other.start, weight, upper, other, hit))
            again = other.hits.get(entity)
            if again and not again.edits:
                options.append((other.end - other.start, _AGAIN, entity, other, again))
        if len(options) < len(self._parts) - 1:
            kin = places.kin(entity)
            for other in self._spans:
                if not other.mask & covered and not kin.isdisjoint(other.hits):
                    upper = max(kin & other.hits.keys(), key=lambda one: (other.hits[one].quality, -one))
                    hit = other.hits[upper]
                    if not hit.edits:
                        weight = _LINEAGE + _ABOVE_SHARE * min(hit.quality, 0.0)
                        options.append((other.end - other.start, weight, upper, other, hit))
        options.sort(key=lambda option: (-option[0] - 10 * (option[1] > 0), -option[1], option[2]))
        taken: list[tuple[int, Span, Hit, float]] = []
        named: set[int] = set()
        # A name that stands twice is that of two levels, if it can be (Thái Nguyên, Thái Nguyên).
        for twice in (False, True):
            for _, weight, upper, other, hit in options:
                if not other.mask & covered and (twice or upper not in named):
                    taken.append((upper, other, hit, min(weight, _TWICE) if twice else weight))
                    named.add(upper)
                    covered |= other.mask
        return tuple(taken), covered

    def _vintage(
        self, entity: int, level: int, hit: Hit, parents: tuple[tuple[int, Span, Hit, float], ...]
    ) -> float:
        """Return what the time of a place weighs; without a date, a parent that has ended tells the time."""
        first, end = self._places.days[entity]
        used_from, used_to = hit.named.days
        days = self._asked.days
        if days is None:
            weight = 0.0 if used_from < end <= used_to or used_to > self._today else _OUT_OF_USE
            if end > self._today:
                return weight
            if any(weight > 0 and self._tells_time(upper) for upper, _, _, weight in parents):
                return weight
            superseded = self._places.superseded[entity] and (not hit.edits or level <= PROVINCE)
            return weight + _ENDED_SINCE + _SUPERSEDED * superseded
        if end <= days[0]:
            return _ENDED_THEN + _OUT_OF_USE * (used_to < end)
        if first > days[1]:
            return _NOT_YET + _LONG_BEFORE * (first > days[1] + 366)
        return _OUT_OF_USE * (used_to <= days[0] or used_from > days[1])

    def _tells_time(self, upper: int) -> bool:
        """Whether a parent has ended, without one of its name in its place."""
        return self._places.days[upper][1] <= self._today and not self._places.superseded[upper]

    def _type_then(self, entity: int, word: TypeWord, hit: Hit) -> float:
        """Return what the type word weighs at the mention's date, beyond what it does without one."""
        assert self._asked.days
        meant = {local for of, local in word.meanings if of == TYPES[self._places.level[entity]]}
        then = "fits" if self._places.type_on(entity, self._asked.days[0]) in meant else hit.agreement
        if hit.agreement == "fits" and self._places.type_on(entity, self._asked.days[0]) not in meant:
            then = "fitted"
        misspelt = bool(hit.edits)
        return _type_weight(then, word, misspelt=misspelt) - _type_weight(hit.agreement, word, misspelt=misspelt)

    def _rests(
        self,
        level: int,
        span: Span,
        parents: tuple[tuple[int, Span, Hit, float], ...],
        covered: int,
        *,
        descending: bool,
        complete: bool,
    ) -> tuple[Rest, ...]:
        rests: list[Rest] = []
        for number, one in enumerate(self._parts):
            offset, size = self._offsets[number], len(one.folds)
            taken = covered >> offset & ((1 << size) - 1)
            if taken == (1 << size) - 1:
                continue
            for start, end in _runs(taken, size):
                kind = self._kind(number, start, end)
                below = offset + start < span.mask.bit_length() and not descending
                if descending:
                    below = (1 << (offset + start)) > covered
                elif below:
                    below = (1 << (offset + start)) < covered & -covered or (1 << (offset + start)) < span.mask & -span.mask
                if kind in ("place", "province") and below and level == COMMUNE:
                    kind = self._street_or_place(number, kind, parents)
                weights = _RESTS[kind]
                weight = weights.elsewhere if not below else weights[level != COMMUNE]
                if kind == "words" and below and not complete and level == COMMUNE:
                    weight += _BARE_AFTER_WORDS
                if number == span.number and kind != "former" and self._runs_on(one, span, start, end):
                    weight += _NO_PLACE_BESIDE * (3 if kind == "number" else 1)
                rests.append(Rest(number, start, end, kind, weight, one.slice(start, end)))
        return tuple(rests)

    def _runs_on(self, one: Part, span: Span, start: int, end: int) -> bool:
        """Whether words stand beside a name so that they may be part of it."""
        if start == span.end:
            return one.touches(start)
        return end == span.start and not span.is_typed and one.touches(end)

    def _street_or_place(
        self, number: int, kind: str, parents: tuple[tuple[int, Span, Hit, float], ...]
    ) -> str:
        """Return what a name before a commune is: streets are called after provinces and communes too."""
        if any(span.is_typed and span.word and span.word.sure for span in self._found[number].whole):
            return "unit"
        has_province = any(self._places.level[upper] == PROVINCE for upper, *_ in parents)
        return "province" if kind == "province" and not has_province else "words"

    def _kind(self, number: int, start: int, end: int) -> str:
        """Return what some words are that name no parent of the smallest place."""
        found = self._found[number]
        one = found.part
        folds = one.folds[start:end]
        if FORMER.issuperset(folds):
            return "former"
        if start == 0 and end == len(one.folds) and found.whole:
            levels = {self._places.level[entity] for span in found.whole for entity in span.hits}
            if levels == {COMMUNE} and all(span.word is None for span in found.whole) and folds[0].isdecimal():
                return "number"
            return "province" if min(levels) <= PROVINCE else "place"
        types = [typed for group in one.before.values() for typed in group if start <= typed.start < end]
        types += [typed for typed in one.after.values() if start <= typed.start < end]
        if types and sum(typed.end - typed.start for typed in {t.start: t for t in types}.values()) >= end - start:
            return "type"
        marked = rest_kind(one, start, end)
        types += [typed for typed in one.slips.values() if typed.start == start and typed.end < end]
        first = [typed for typed in types if typed.start == start or typed.end == end]
        if first and marked in ("", "house") and not folds[0].isdigit():
            return "unit"
        if all(fold.isdecimal() for fold in folds):
            return "number"
        return marked or "words"

    # --- Misspellings ------------------------------------------------------------------------------------------

    def _look_for_misspelt(self, best: list[Reading], turn: int) -> bool:
        """Add names near to what is not understood, beside what is; return whether any were found."""
        asked: dict[tuple[int, int, int], set[int]] = {}
        larger = [reading for reading in best if self._places.level[reading.entity] < COMMUNE]
        for reading in (*best[:_ASKED_BESIDE], *larger[:_ASKED_BESIDE]):
            for rest in reading.rests:
                if rest.weight <= _OPEN and rest.kind != "former" and rest.kind != "number":
                    asked.setdefault((rest.number, rest.start, rest.end), set()).add(reading.entity)
                    size = len(self._parts[rest.number].folds)
                    if rest.end - rest.start < size <= _LONGEST_NAME:
                        asked.setdefault((rest.number, 0, size), set()).add(reading.entity)
        found = False
        for (number, start, end), beside in asked.items():
            for window in self._windows(number, start, end):
                found |= self._add_near(number, window, sorted(beside))
        weak = not best or best[0].score < (_SETTLED if not found else 0.0)
        if weak and (turn == 0 or not found) and len(self._parts) > 1:
            level = PROVINCE if turn == 0 else DISTRICT
            for number, one in enumerate(self._parts):
                if not self._found[number].whole:
                    for window in self._windows(number, 0, len(one.folds)):
                        found |= self._add_anywhere(number, window, level)
        return found

    def _windows(self, number: int, start: int, end: int) -> Iterator[tuple[int, int, int, int, TypeWord | None]]:
        """Yield the runs of words that may be one misspelt name: from, to, name from, name to, type word."""
        one = self._parts[number]
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
        if end - start > 2 and (end - start < len(one.folds) or len(self._parts) == 1):
            for count in range(1, min(_LONGEST_WINDOW, end - start - 1) + 1):
                yield end - count, end, end - count, end, None
                yield start, start + count, start, start + count, None

    def _add_near(
        self, number: int, window: tuple[int, int, int, int, TypeWord | None], beside: Iterable[int]
    ) -> bool:
        word = window[4]
        query = "".join(self._parts[number].folds[window[2] : window[3]])
        near: list[Near] = []
        levels = _levels_of(word)
        for entity in beside:
            for level in range(self._places.level[entity] + 1, COMMUNE + 1):
                if level in levels and level > COUNTRY:
                    near += self._places.near_names(query, entity, level, with_type=word is None)
            near += self._places.near_above(query, entity, with_type=word is None)
        return self._add(number, window, near)

    def _add_anywhere(self, number: int, window: tuple[int, int, int, int, TypeWord | None], level: int) -> bool:
        if level not in _levels_of(window[4]):
            return False
        query = "".join(self._parts[number].folds[window[2] : window[3]])
        return self._add(number, window, self._places.near_names(query, -1, level, with_type=window[4] is None))

    def _add(self, number: int, window: tuple[int, int, int, int, TypeWord | None], near: list[Near]) -> bool:
        start, end, name_start, name_end, word = window
        core = self._parts[number].slice(name_start, name_end)
        hits: dict[int, Hit] = {}
        for one in near:
            entity = one.named.entity
            if self._asked.countries and self._places.country[entity] not in self._asked.countries:
                continue
            agreement = agrees(self._places, entity, word) if word else "fits" if one.typed else ""
            if agreement == "contradicts":
                continue
            quality = _misspelt_weight(core, one) + _type_weight(agreement, word, misspelt=True)
            known = hits.get(entity)
            if known is None or known.quality < quality:
                hits[entity] = Hit(quality, one.named, one.edits, "", agreement)
        mask = ((1 << (end - start)) - 1) << (self._offsets[number] + start)
        for span in self._spans:
            if span.mask == mask and span.word is word:
                for entity in [entity for entity in hits if entity in span.hits]:
                    del hits[entity]
        if hits:
            self._spans.append(Span(number, start, end, mask, core, word, hits))
        return bool(hits)


def _order(reading: Reading) -> tuple[float, int]:
    return -reading.score, reading.entity


def _settled(readings: list[Reading]) -> bool:
    """Whether the best reading is good and leaves nothing open."""
    return (
        bool(readings)
        and readings[0].score >= _SETTLED
        and all(rest.weight > _OPEN for rest in readings[0].rests)
        and readings[0].hit.accents not in ("contrast", "lost")
        and all(weight > 0 for *_, weight in readings[0].parents)
    )


def _is_address(readings: list[Reading], found: Sequence[_Found]) -> bool:
    """Whether a text is one place within another, not a name by itself."""
    if len(found) > 1:
        return True
    return bool(readings) and bool(readings[0].parents) and _settled(readings)


def _shared(readings: list[Reading], parts: tuple[Part, ...]) -> Solution:
    """Share the probability among readings and the mention's naming nothing."""
    if not readings:
        return Solution((), (), parts)
    best = max(readings[0].score, 0.0)
    kept = [reading for reading in readings if reading.score > best - _NEGLIGIBLE] or readings[:3]
    powers = [math.exp(reading.score - best) for reading in kept]
    total = sum(powers) + math.exp(-best)
    return Solution(tuple(kept), tuple(power / total for power in powers), parts)


def _span(start: int, end: int, core: str, word: TypeWord | None, hits: dict[int, Hit]) -> Span:
    return Span(0, start, end, ((1 << (end - start)) - 1) << start, core, word, hits)


def _runs(taken: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of words that are not taken."""
    start = 0
    while start < size:
        if taken >> start & 1:
            start += 1
            continue
        end = start
        while end < size and not taken >> end & 1:
            end += 1
        yield start, end
        start = end


def _levels_of(word: TypeWord | None) -> frozenset[int]:
    if word is None:
        return frozenset(range(COMMUNE + 1))
    return frozenset(TYPES.index(type_) for type_, _ in word.meanings if type_ in TYPES)  # type: ignore[arg-type]


def agrees(places: Places, entity: int, word: TypeWord) -> str:
    """Return how a type word agrees with a place: ``fits``, ``fitted`` (an earlier version), ``level``, ``contradicts``."""
    type_ = TYPES[places.level[entity]]
    meant = {local for of, local in word.meanings if of == type_}
    if not meant:
        return "contradicts"
    if places.last_type[entity] in meant:
        return "fits"
    return "level" if meant.isdisjoint(places.legal_types[entity]) else "fitted"


def _type_weight(agreement: str, word: TypeWord | None, *, misspelt: bool) -> float:
    if not agreement:
        return 0.0
    weight = {"fits": _FITS, "fitted": _FITTED, "level": _LEVEL_ONLY}[agreement]
    return weight * _UNSURE_TYPE if misspelt or word is None or not word.sure else weight


def _misspelt_weight(core: str, near: Near) -> float:
    length = max(len(near.named.fold.replace(" ", "")), 1)
    weight = -near.edits * (2.0 + 20.0 / length) + _LESSER_NAME * near.named.lesser
    if near.typed:
        return weight
    if near.edits:
        weight += _STRAY_MARK * spelling.stray_marks(core, near.named.text, near.edits)
        if near.named.vietnamese and spelling.good(core):
            weight += _OTHER_WORDS
        return weight
    return weight + _ACCENTS.get(_accents(core, near.named), 0.0)


def _accents(core: str, named: Named) -> str:
    if core == named.text:
        return "same"
    if core.isascii():
        return "same" if named.text.isascii() or not named.vietnamese else "bare"
    if vietnamese.normalise(core).lower() == vietnamese.normalise(named.text).lower():
        return "same"
    return spelling.accents(core, named.text, named.vietnamese)
