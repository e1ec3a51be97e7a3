"""Offices named without their place (provincial governor, Bí thư Tỉnh ủy): what the people who held one are called."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import takewhile

from resolver.history.tenures import held_on
from resolver.index.index import Index
from resolver.model import PLACE_TYPES, TYPES
from resolver.text import keys, role_words, terms

__all__ = ["BareOffices"]

_WITHIN_A_COUNTRY = frozenset(TYPES.index(type_) for type_ in PLACE_TYPES if type_ != "country")

_COUNTRIES = ("viet", "nam"), ("cambodia",)
"""A country that an office is in says no more than its language: Khmer words imply Cambodia."""


class BareOffices:
    """Compares offices without a place with those that people held; the names of each office are read once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[str, frozenset[tuple[str, ...]]] = {}

    def held(self, person: int, text: str, days: tuple[int, int] | None) -> bool:
        """Return whether a person held (on a day, if given) an office that a text names without its place.

        A title alone names one only if nothing but the place is left out (Governor, but not Giám đốc: of what?).
        """
        record = self._index.record(person)
        if record.type != "person" or not role_words.role_spans(text):
            return False
        tenures = held_on(record.tenures, days) if days else record.tenures
        asked = _bare(keys.telling_words(_without_rank(text)), ())
        return any(asked in self._names(tenure.office_id) for tenure in tenures)

    def _names(self, office_id: str) -> frozenset[tuple[str, ...]]:
        """Return the names of an office in a place without this place; none of an office of a whole country."""
        if office_id not in self._known:
            office = self._index.numbers[office_id]
            places = {tuple(keys.telling_words(name)) for name in self._places(office)}
            self._known[office_id] = frozenset(_without(self._texts(office), places))
        return self._known[office_id]

    def _places(self, office: int) -> Iterator[str]:
        """Yield the names of the places that contain an office, with and without their type."""
        for place in self._index.above(office):
            if self._index.entity_type[place] in _WITHIN_A_COUNTRY:
                yield from self._texts(place)
                yield from (f"{one.local_type} {one.name}" for one in self._index.record(place).versions)

    def _texts(self, entity: int) -> Iterator[str]:
        record = self._index.record(entity)
        yield from (version.name for version in record.versions)
        yield from (name.text for name in record.names)


def _without_rank(text: str) -> str:
    """Return an office without the ranks and honorifics before it: ``Đồng chí Chủ tịch UBND tỉnh``."""
    titled = terms.leading_title(text)
    for title in takewhile(lambda title: title.kind != "role", titled[0] if titled else ()):
        if text.casefold().startswith(title.text.casefold()):
            text = text[len(title.text) :].lstrip(" .:-")
    return text


def _without(names: Iterable[str], places: Collection[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for name in names:
        words = keys.telling_words(name)
        for place in places:
            bare = _bare(words, place)
            if len(bare) < len(_bare(words, ())):
                yield bare


def _bare(words: list[str], place: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of an office in alphabetical order, without those of a place and a country."""
    for left_out in (place, *_COUNTRIES):
        for at in range(len(words) - len(left_out) + 1 if left_out else 0):
            if tuple(words[at : at + len(left_out)]) == left_out:
                words = words[:at] + words[at + len(left_out) :]
                break
    return tuple(sorted(words))
