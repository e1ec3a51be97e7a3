"""Columns of parents that name another country, an unknown place, or a part of the country; and earlier provinces."""

from __future__ import annotations

import pytest

from resolver import Resolver

_COLUMNS = {
    "another country": ("Vinh", ("Norway",), ""),
    "another country beside an unknown state": ("Hanam", ("Gyeonggi", "South Korea"), ""),
    "another country in Vietnamese, though typed": ("Tỉnh Quảng Nam", ("Trung Quốc",), ""),
    "an unknown place": ("Takeo", ("Saga",), ""),
    "an unknown place above a number": ("District 3", ("Budapest",), ""),
    "an unknown place below the country": ("Kandal", ("Saga", "Cambodia"), "kh-province-kandal"),
    "an unknown word beside the province": ("Củ Chi", ("Cluster 7", "TP HCM"), "vn-district-cu-chi-783"),
    "a part of the country": ("Kien Giang", ("Mekong Delta",), "vn-province-kien-giang"),
    "a zone of the census": ("Kampot", ("Coastal",), "kh-province-kampot"),
    "its own country": ("Kien Giang", ("Viet Nam",), "vn-province-kien-giang"),
}


@pytest.mark.parametrize(("text", "within", "id_"), _COLUMNS.values(), ids=_COLUMNS)
def test_a_column_of_parents_counts(resolver: Resolver, text: str, within: tuple[str, ...], id_: str) -> None:
    match = resolver.resolve(text, within=within)
    if id_:
        assert (match.status, match.entity and match.entity.id) == ("matched", id_)
    else:
        assert match.status != "matched"
        assert within[-1] in match.note


def test_another_country_is_told(resolver: Resolver) -> None:
    assert "“Norway” is another country" in resolver.resolve("Vinh, Norway").note


_EARLIER = {
    "a city in the province before its own": ("Nha Trang, Phú Khánh", "1985", "vn-district-nha-trang-568"),
    "with its type word": ("TP Vinh, Nghệ Tĩnh", "1985", "vn-district-vinh-412"),
    "a district": ("Sa Pa, Hoàng Liên Sơn", "1988", "vn-district-sa-pa-088"),
}


@pytest.mark.parametrize(("text", "day", "id_"), _EARLIER.values(), ids=_EARLIER)
def test_what_lay_in_an_earlier_province_is_found_on_its_days(
    resolver: Resolver, text: str, day: str, id_: str
) -> None:
    match = resolver.resolve(text, date=day)
    assert (match.status, match.entity and match.entity.id) == ("matched", id_)


def test_a_number_behind_a_misspelt_name_may_belong_to_it(resolver: Resolver) -> None:
    assert resolver.resolve("Đông Hả 2").status != "matched"
    assert resolver.resolve("Vĩnh Lòng 2").status != "matched"
    assert resolver.resolve("Vĩnh Long 2").status == "matched"
