"""What words of an address that name no parent look like: a house, a unit, a place elsewhere, or a misspelt name."""

from __future__ import annotations

from resolver.addresses.lone_types import is_type_word
from resolver.addresses.matched_parts import MatchedPart, Span
from resolver.addresses.place_tree import COMMUNE, PROVINCE, PlaceTree
from resolver.addresses.run_on_names import names_inside
from resolver.text.address import FORMER, Part
from resolver.text.localities import ends_in_building, is_mark, regions, rest_kind

__all__ = ["MARKED", "is_almost_there", "kind_of", "may_be_misspelt", "names_commune"]

MARKED = frozenset({"house", "street", "hamlet", "institution"})
"""Kinds with a marker word: they lie below the smallest place."""

_LONGEST_NUMBER = 2
"""Most digits of the number of a ward or district."""

_TWO, _SHORT = 2, 3
"""The words, and at most the letters, of a name that is too short to be told by its letters alone."""


def may_be_misspelt(places: PlaceTree, folds: tuple[str, ...], larger: tuple[int, ...]) -> bool:
    """Whether several words without a number are one letter off a name in one of some places."""
    if len(folds) == 1 or any(map(str.isdecimal, folds)):
        return False
    return any(places.is_almost("".join(folds), one) for one in larger)


def is_almost_there(places: PlaceTree, one: Part, start: int, end: int, larger: tuple[int, ...]) -> bool:
    """Whether words for a house, hamlet or the like are one letter off a name in one of some places."""
    almost = may_be_misspelt(places, one.folds[start:end], larger)
    return almost or _is_short_and_unmarked(places, one, start, end, larger)


def _is_short_and_unmarked(places: PlaceTree, one: Part, start: int, end: int, larger: tuple[int, ...]) -> bool:
    """Whether two short words are one letter off a commune in one of some places, and only the second has diacritics.

    ``ap Ủ`` beside other words with diacritics need not be the hamlet, ấp, of that name.
    """
    if end - start != _TWO or not one.slice(start, start + 1).isascii() or one.slice(start + 1, end).isascii():
        return False
    letters = "".join(one.folds[start:end])
    return len(letters) <= _SHORT and any(
        places.near_names(letters, place, COMMUNE, with_type=False) for place in larger if places.level[place] < COMMUNE
    )


def names_commune(places: PlaceTree, one: Part, start: int, end: int, larger: tuple[int, ...]) -> bool:
    """Whether words for a house, street or hamlet run on into the name of a commune in one of some places.

    Its type word says so, even without diacritics, where the house or hamlet has a name or number of its own. Otherwise
    the name must be one there, or one letter off, since streets and hamlets have names like ``Xã Đàn``.
    """
    return any(
        is_apart or _is_there(places, one.folds[at:end], larger) or may_be_misspelt(places, one.folds[at:end], larger)
        for at, is_apart in names_inside(one, start, end)
    )


def _is_there(places: PlaceTree, folds: tuple[str, ...], larger: tuple[int, ...]) -> bool:
    """Whether some words are the name of a place in one of some places, or begin with a name of several words."""
    ends = {len(folds), *range(2, len(folds))}
    named = (one for end in ends for one in places.names.get("".join(folds[:end]), ()))
    return any(not places.above(one.entity).isdisjoint(larger) for one in named)


def kind_of(places: PlaceTree, spotted: MatchedPart, start: int, end: int) -> str:
    """Return the kind of words of a part that name no parent of the smallest place."""
    kind = spotted.kinds.get((start, end))
    if kind is None:
        kind = spotted.kinds[start, end] = _kind_of(places, spotted, start, end)
    return kind


def _kind_of(places: PlaceTree, spotted: MatchedPart, start: int, end: int) -> str:
    one = spotted.part
    folds = one.folds[start:end]
    if FORMER.issuperset(folds):
        return "former"
    named = _kind_of_name(places, spotted) if end - start == spotted.size else ""
    if named:
        return named
    before = [word for group in one.before.values() for word in group if start <= word.start < end]
    types = before + [word for word in one.after.values() if start <= word.start < end]
    is_lone = end - start == spotted.size and is_type_word(one)
    if is_lone or sum(word.end - word.start for word in {word.start: word for word in types}.values()) >= end - start:
        return "type"
    marked = rest_kind(one, start, end)
    before += [word for word in one.slips.values() if word.start == start and word.end < end]
    # Estates are called cities.
    claims = before if marked == "estate" else types
    is_typed = any(word.start == start or word.end == end for word in claims) and not ends_in_building(one, start, end)
    if is_typed and marked in ("", "house", "estate") and not folds[0].isdigit() and not _is_room(folds):
        return "unit"
    if all(fold.isdecimal() for fold in folds) or (len(folds) == 1 and len(folds[0]) == 1):
        return "number"
    return marked or "words"


def _kind_of_name(places: PlaceTree, spotted: MatchedPart) -> str:
    """Return the kind of a part that is as a whole the name of a place, a region or a country; else an empty text."""
    key = "".join(spotted.part.folds)
    if key in regions() and not any(span.word or span.larger for span in spotted.whole):
        return "region"
    if spotted.whole and not all(map(_may_be_below, spotted.whole)):
        return _kind_of_place(places, spotted, spotted.part.folds)
    return "abroad" if key in places.names.abroad else ""


def _is_room(folds: tuple[str, ...]) -> bool:
    """Whether a type word is followed by a number that no unit has: ``P1203`` is a room, phòng, and no ward."""
    return len(folds) > 1 and folds[1].isdecimal() and len(folds[1]) > _LONGEST_NUMBER


def _may_be_below(span: Span) -> bool:
    """Whether the type word of a commune is also one for a part of it: ``Quarter 1, Vinh Tan Ward``."""
    return span.word is not None and is_mark(span.word.word)


def _kind_of_place(places: PlaceTree, spotted: MatchedPart, folds: tuple[str, ...]) -> str:
    levels = {places.level[entity] for span in spotted.whole for entity in span.hits}
    if folds[0].isdecimal() and len(folds) == 1:
        return "number"
    return "province" if min(levels) <= PROVINCE else "place"
