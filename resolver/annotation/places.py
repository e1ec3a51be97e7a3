"""Places in a document: a province is preferred to its namesakes, and parents named nearby decide among namesakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest

from resolver.annotation.batching import Stage
from resolver.annotation.document_context import Constraints, DocumentContext, Pairs, resolve_again, resolve_ids
from resolver.annotation.span import Span
from resolver.annotation.type_words import plural_before
from resolver.index.index import Index
from resolver.model import PLACE_TYPES, TYPES, Candidate, EntityType, Match, Mention
from resolver.text import terms
from resolver.text.reading import read

__all__ = [
    "as_provinces",
    "is_of_another_type",
    "is_sure",
    "listed",
    "lists_of_places",
    "named_with_type",
    "of_another_type",
    "of_plural_type",
    "within",
]

_SURE = 0.85
_YEAR = 365
_LEVELS = 2
_NEAR = 3
"""How far from an item of a list others tell about it."""
_LOCAL = frozenset({"district", "commune"})
_PLACES = frozenset(PLACE_TYPES)
_PROVINCE, _DISTRICT = TYPES.index("province"), TYPES.index("district")
_REGIONS = (_PROVINCE, _DISTRICT)


def as_provinces(document: DocumentContext, pairs: Pairs) -> Stage[Pairs]:
    """Return pairs in which the bare name of a province means the province, even if it ended within the last year.

    In running text a province that was merged is named more often than a ward that took its name.
    """
    bare = [
        number
        for number, (span, match) in enumerate(pairs)
        if span.bare and "province" in span.types and not (match.entity and match.entity.type == "province")
        and (match.entity is None or match.entity.type in (*PLACE_TYPES[2:], "person"))
    ]  # fmt: skip
    days = [day for day in (document.date, _a_year_before(document.date)) if day]
    for day in days:
        open_ = [number for number in bare if not _is_province(pairs[number][1])]
        asked = [Mention(pairs[number][0].query, ("province",), (), day) for number in open_]
        answers = (yield asked) if asked else ()
        found = [
            (number, match)
            for number, match in zip(open_, answers, strict=True)
            if _may_stand_for(match, pairs[number][1])
        ]
        if found and day != document.date:
            known = [(match.entity.id, pairs[number][0].query) for number, match in found if match.entity]
            told = yield from resolve_ids(known, document.date)
            found = [(number, match) for (number, _), match in zip(found, told, strict=True)]
        for number, match in found:
            pairs[number] = pairs[number][0], match
    return pairs


def _may_stand_for(match: Match, other: Match) -> bool:
    """Whether a province may be meant rather than its namesake: one that is only spelt alike may not.

    Nor one whose diacritics are others than those typed, if something else is spelt so: Phù Yên is not Phú Yên.
    """
    if match.entity is None or (match.method == "fuzzy" and other.entity):
        return False
    if not any(one.feature == "accents_contrast" for one in match.evidence):
        return True
    return other.entity is None and not any(one.method == "exact" for one in other.candidates)


def within(document: DocumentContext, pairs: Pairs, places: set[int]) -> Stage[Pairs]:
    """Return pairs in which ambiguous places lie in a certain place, which is named directly after them or anywhere.

    So does one that has a namesake of another time there, and lies in no district or province of the text: a commune
    some days before it exists.
    """
    constraints: dict[int, Constraints] = {}
    regions: set[int] = set()
    longest = {
        span.start: (span, match)
        for span, match in sorted(pairs, key=lambda one: one[0].end)
        if span.kind != "person" and match.status != "unmatched" and not _PLACES.isdisjoint(span.types)
    }
    for number, (span, match) in enumerate(pairs):
        if _PLACES.isdisjoint(span.types):
            continue
        parents: tuple[str, ...] = ()
        if match.status == "ambiguous":
            parents = _parents_behind(document, span, longest) or _shared(document.index, match, places)
        elif span.kind == "place" and not span.weak and match.entity and match.entity.type in _LOCAL:
            index = document.index
            regions = regions or {one for one in places if index.entity_type[one] in _REGIONS}
            if not regions & index.above(index.numbers[match.entity.id]):
                parents = _shared(index, match, regions)
        if parents:
            constraints[number] = parents, ()
    return (yield from resolve_again(pairs, constraints, document.date))


def listed(document: DocumentContext, pairs: Pairs, lists: Sequence[Sequence[int]]) -> Stage[Pairs]:
    """Return pairs in which an item of a list is a namesake of the level and the province of the items beside it.

    In huyện Lệ Thủy, Quảng Ninh và thị xã Ba Đồn the second is a district as well, not the province.
    """
    asked: dict[int, Mention] = {}
    for items in lists:
        if len(items) <= _LEVELS:
            continue
        for at, number in enumerate(items):
            span, match = pairs[number]
            near = items[max(0, at - _NEAR) : at][::-1], items[at + 1 : at + 1 + _NEAR]
            if match.entity:  # it is certain, so the items right beside it must contradict it
                beside = [pairs[other][1] for some in near for other in some[:1]]
            else:
                locals_ = [pairs[other][1] for pair in zip_longest(*near) for other in pair if other is not None]
                beside = [one for one in locals_ if one.entity][:_LEVELS]
            level, parent = _shared_place(document.index, beside)
            if level and span.bare and level in span.types and _may_be_local(match, level, parent):
                asked[number] = Mention(span.query, (level,), (), document.date, (parent,))
    if asked:
        answers = yield list(asked.values())
        for number, match in zip(asked, answers, strict=True):
            if match.status in ("matched", "ambiguous"):
                pairs[number] = pairs[number][0], match
    return pairs


def of_plural_type(
    document: DocumentContext, pairs: Pairs, lists: Sequence[Sequence[int]], places: set[int]
) -> Stage[Pairs]:
    """Return pairs in which items of a list are of the type that stands before it: quartiers de A et B.

    These are ambiguous, or were taken for a larger unit of their name: 7 phường, gồm: Tịnh Biên, Thới Sơn.
    """
    asked: dict[int, Mention] = {}
    for items in lists:
        word = plural_before(document.folded.plain, pairs[items[0]][0].start)
        for number in items if word else ():
            span, match = pairs[number]
            if span.bare and not _LOCAL.isdisjoint(span.types) and _may_be_other(match, word):
                parents = _shared(document.index, match, places)
                asked[number] = Mention(f"{word} {span.query}", PLACE_TYPES, (), document.date, parents)
    if not asked:
        return pairs
    answers = yield list(asked.values())
    meant = {number: match.entity.id for number, match in zip(asked, answers, strict=True) if match.entity}
    return (yield from _told(document, pairs, meant))


def _may_be_other(match: Match, word: str) -> bool:
    """Whether a name may be that of a unit with a type word: it is ambiguous, or was read as one of another type."""
    if not match.entity:
        return match.status == "ambiguous"
    meant = terms.type_word(word)
    return meant is not None and match.entity.type not in {type_ for type_, _ in meant.meanings}


def _told(document: DocumentContext, pairs: Pairs, meant: Mapping[int, str]) -> Stage[Pairs]:
    """Return pairs in which those with some numbers mean these entities."""
    if meant:
        told = yield from resolve_ids([(id, pairs[number][0].query) for number, id in meant.items()], document.date)
        for number, match in zip(meant, told, strict=True):
            pairs[number] = pairs[number][0], match
    return pairs


def named_with_type(document: DocumentContext, pairs: Pairs) -> Stage[Pairs]:
    """Return pairs in which a bare local name means what the text names with a type word: Kamrieng district.

    One in force does not mean what had ended.
    """
    typed: dict[str, dict[str, Match]] = {}
    bare = [span for span, _ in pairs if span.bare]
    beside = {(0, span.start): span for span in bare} | {(1, span.end): span for span in bare}
    for span, match in pairs:
        if span.kind == "place" and not span.weak and match.entity and match.entity.type in _LOCAL:
            for name in (beside.get((0, span.start)), beside.get((1, span.end))):
                if name and span.start <= name.start and name.end <= span.end:
                    typed.setdefault(name.query, {})[match.entity.id] = match
    meant: dict[int, str] = {}
    for number, (span, match) in enumerate(pairs):
        named = typed.get(span.query, {}) if span.bare and match.entity and match.entity.type in _LOCAL else {}
        if len(named) == 1 and match.entity and match.entity.id not in named:
            ((id_, other),) = named.items()
            if (match.dating, other.dating) != ("in_force", "ended"):
                meant[number] = id_
    return (yield from _told(document, pairs, meant))


def lists_of_places(document: DocumentContext, pairs: Pairs) -> Iterator[list[int]]:
    """Yield lists of at least two places, as the numbers of their longest spans."""
    longest: dict[int, int] = {}
    for number, (span, _) in sorted(enumerate(pairs), key=lambda one: one[1][0].end):
        if span.kind in ("place", "name") and not _PLACES.isdisjoint(span.types):
            longest[span.start] = number
    done: set[int] = set()
    for start in sorted(longest):
        items: list[int] = []
        at = start
        while at in longest and at not in done:
            done.add(at)
            items.append(longest[at])
            at = document.standing.next_listed(pairs[longest[at]][0].end)
        if len(items) > 1:
            yield items


def _shared_place(index: Index, beside: Sequence[Match]) -> tuple[EntityType | None, str]:
    """Return the level and the province of two places, of which one is certain and the other may be; else none."""
    certain = next((one.entity for one in beside if one.entity and one.entity.type in _LOCAL), None)
    if certain is None or len(beside) < _LEVELS:
        return None, ""
    shared = [
        number
        for number in index.above(index.numbers[certain.id])
        if index.entity_type[number] == _PROVINCE
        and all(_may_lie_in(index, one, certain.type, number) for one in beside)
    ]
    return (certain.type, index.record(shared[0]).versions[-1].name) if len(shared) == 1 else (None, "")


def _may_lie_in(index: Index, match: Match, level: EntityType, province: int) -> bool:
    """Whether a place is, or may be, a unit of a level in a province."""
    meant = [match.entity] if match.entity else [one.entity for one in match.candidates]
    return any(one.type == level and province in index.above(index.numbers[one.id]) for one in meant)


def _may_be_local(match: Match, level: EntityType, parent: str) -> bool:
    """Whether an item of a list of districts or communes may be one, although it was read otherwise or stayed open."""
    if match.entity is None:
        return match.status == "ambiguous"
    return match.entity.type == "province" and match.entity.name != parent


def _parents_behind(
    document: DocumentContext, span: Span, longest: Mapping[int, tuple[Span, Match]]
) -> tuple[str, ...]:
    """Return the texts directly after a place that name its parents: huyện Châu Thành, tỉnh An Giang."""
    found: list[tuple[Span, Match]] = []
    at = span.end
    while len(found) < _LEVELS and (behind := longest.get(document.standing.next_place(at))):
        found.append(behind)
        at = behind[0].end
    return tuple(one.query for one, _ in found) if any(is_sure(*one) for one in found) else ()


def _shared(index: Index, match: Match, places: set[int]) -> tuple[str, ...]:
    """Return the names of the certain places that contain one candidate, if no others contain another as often.

    Namesakes within one another lie in the same places: the town of Bavet and its quarter.
    """
    shared = [places & index.above(index.numbers[one.entity.id]) for one in match.candidates]
    most = max(map(len, shared), default=0)
    best = [one for one in shared if len(one) == most]
    if not most or any(one != best[0] for one in best):
        return ()
    return tuple(index.record(number).versions[-1].name for number in sorted(best[0]))


def of_another_type(pairs: Pairs) -> set[tuple[int, str]]:
    """Return start and entity of each bare name whose type word is that of another place: quận Thủ Đức."""
    bare: dict[int, list[tuple[int, str]]] = {}
    for span, match in pairs:
        if span.bare and match.entity:
            bare.setdefault(span.end, []).append((span.start, match.entity.id))
    found: set[tuple[int, str]] = set()
    for span, match in pairs:
        if span.kind != "place" or span.weak or match.entity:
            continue
        if match.status == "unmatched":
            inner = ((start, id) for start, id in bare.get(span.end, ()) if start > span.start)
            found |= {(start, id) for start, id in inner if id.split("-")[1] in _LOCAL}
        else:
            within = {id: start for start, id in bare.get(span.end, ()) if start > span.start}
            candidates = [one for one in match.candidates if one.entity.id in within] if within else []
            found |= {(within[one.entity.id], one.entity.id) for one in candidates if is_of_another_type(span, one)}
    return found


def is_of_another_type(span: Span, candidate: Candidate) -> bool:
    """Whether the type word contradicts a candidate of a span: quận Thủ Đức is not thành phố Thủ Đức."""
    if not _may_have_type_word(span.query):
        return False  # to explain the candidate would cost as much as to resolve it
    return any(one.feature.startswith("type_") and one.weight < 0 for one in candidate.evidence)


@lru_cache(maxsize=16_384)
def _may_have_type_word(text: str) -> bool:
    """Whether some reading of a text has a type word, correct, misspelt or left in the name."""
    return any(one.type_words or one.type_kept or one.type_slip for one in read(text).readings)


def is_sure(span: Span, match: Match) -> bool:
    """Whether a span is certainly a place, so that it can decide about others."""
    entity = match.entity
    if entity is None or entity.type not in PLACE_TYPES or span.weak or match.score < _SURE:
        return False
    return not span.bare or entity.type in ("country", "province")


def _is_province(match: Match) -> bool:
    return match.entity is not None and match.entity.type == "province"


def _a_year_before(day: str) -> str:
    """Return the day one year before a date; empty if the date has no day."""
    try:
        return (dt.date.fromisoformat(day) - dt.timedelta(days=_YEAR)).isoformat() if day else ""
    except (ValueError, OverflowError):
        return ""
