"""Names that a place abroad has, names after the end of what bore them, and names with another consonant."""

from __future__ import annotations

import pytest

from resolver import Resolver
from resolver.text.foreign_places import is_foreign_place

_OPEN = {
    "a Chinese city a letter off communes": ("Nam Kinh", ""),
    "a Chinese province that communes are called like": ("Hồ Nam", ""),
    "the same without diacritics": ("Ho Nam", ""),
    "a city abroad a letter off a commune": ("Taichung", ""),
    "a state abroad a letter off a country": ("Granada", ""),
    "another consonant before a rhyme of a province": ("Bóc Trăng", ""),
    "a province two years after its end, with a ward of its name": ("Trà Vinh", "2027-08-01"),
    "a commune of unrecorded start, in the war": ("Quảng Tín", "1967"),
}
_MATCHED = {
    "a province that a Chinese one is called like": ("Hà Nam", "", "vn-province-ha-nam"),
    "a commune with its type word": ("Phường Tô Châu", "", "vn-commune-to-chau-30766-2025"),
    "a typing error that is no other word": ("Bac Ninj", "", "vn-province-bac-ninh-2025"),
    "a former province years after its end": ("Hà Tây cũ", "2013", "vn-province-ha-tay"),
    "the same in English": ("former Ha Tay", "2019", "vn-province-ha-tay"),
    "a province whose name nothing else has, long after its end": ("Sông Bé", "2003", "vn-province-song-be"),
    "the later of two provinces of a name": ("Hậu Giang", "2027-01-01", "vn-province-hau-giang"),
    "a city by its name of the war": ("Ban Mê Thuột", "1967", "vn-district-buon-ma-thuot-643"),
}


@pytest.mark.parametrize(("text", "day"), _OPEN.values(), ids=_OPEN)
def test_what_may_mean_something_else_is_open(resolver: Resolver, text: str, day: str) -> None:
    match = resolver.resolve(text, date=day or None)
    assert match.status != "matched"
    assert match.candidates


@pytest.mark.parametrize(("text", "day", "id_"), _MATCHED.values(), ids=_MATCHED)
def test_what_can_mean_one_thing_only_is_matched(resolver: Resolver, text: str, day: str, id_: str) -> None:
    match = resolver.resolve(text, date=day or None)
    assert (match.status, match.entity and match.entity.id) == ("matched", id_)


def test_names_abroad_have_their_diacritics_or_none() -> None:
    assert is_foreign_place("Nam Kinh")
    assert is_foreign_place("nam kinh")
    assert not is_foreign_place("Năm Kính")
