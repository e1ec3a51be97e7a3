"""Hyphens between the parts of an address part them, hyphens of names do not."""

from __future__ import annotations

import pytest

from resolver import Resolver
from resolver.addresses.hyphens import Hyphens


@pytest.fixture(scope="module")
def hyphens(resolver: Resolver) -> Hyphens:
    return Hyphens(lambda: resolver._index.texts)


def test_a_hyphenated_name_of_a_place_is_never_cut(resolver: Resolver, hyphens: Hyphens) -> None:
    index = resolver._index
    names = {
        index.texts[text]
        for text, entity in zip(index.row_text.tolist(), index.row_entity.tolist(), strict=True)
        if index.entity_type[entity] <= 3 and " - " in index.texts[text]
    }
    assert "Bà Rịa - Vũng Tàu" in names
    for name in names:
        assert hyphens.cut(f"12 Lê Lợi - Phường 5 - {name}") == ["12 Lê Lợi", "Phường 5", name]


@pytest.mark.parametrize("text", ["KCN Việt Nam - Singapore", "Đường Hà Nội - Hải Phòng, xã Tân Tiến"])
def test_one_hyphen_may_join_two_names(hyphens: Hyphens, text: str) -> None:
    assert hyphens.cut(text)[0] == text.partition(",")[0]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("28/19 Mới - Hàm Thắng - Ham Thuận Bắc - Bình huận, VN", "vn-commune-ham-thang-23104"),
        ("TO 7, KHU PHO 7 - XA THIENG HOA - HUYEN BINH GIA - TINH LANG SPN, Vietnam", "vn-commune-thien-hoa-06085"),
    ],
)
def test_misspelt_names_between_hyphens_are_found(resolver: Resolver, text: str, meant: str) -> None:
    match = resolver.resolve(text, date="2024-06-01")
    assert match.entity is not None
    assert match.entity.id == meant


@pytest.mark.parametrize(
    ("text", "date", "meant"),
    [
        ("Bản Langg, Phong Thổ, Lai Châu", "2024-06-01", "vn-commune-ban-lang-03577"),
        ("NINH GIANG, NINH HOA, KHANH HHOA", "2024-06-01", "vn-commune-ninh-giang-22591"),
        ("Thôn Trần Hưng Đạo, yiên Lữ, Hung Yên", "2026-01-01", "vn-commune-tien-lu-12364-2025"),
        ("Nin Gia,Dcu Trong,Lam Dong, Việt Nam", "2024-06-01", "vn-commune-ninh-gia-24985"),
    ],
)
def test_several_slips_mislead_to_no_other_place(resolver: Resolver, text: str, date: str, meant: str) -> None:
    match = resolver.resolve(text, date=date)
    assert match.entity is None or match.entity.id == meant
    assert meant in {one.entity.id for one in match.candidates}


def test_names_behind_a_house_are_not_told_as_the_country_alone(resolver: Resolver) -> None:
    match = resolver.resolve("Ngo May Phu CCat Binh Dinh, Vietnam", date="2024-06-01")
    assert match.entity is None or match.entity.type != "country"


@pytest.mark.parametrize("house", ["12 Xyz", "Thôn 3", "Công ty ABC", "12 đường Lê Lợi"])
def test_a_house_in_a_country_is_the_country_with_other_text(resolver: Resolver, house: str) -> None:
    match = resolver.resolve(f"{house}, Việt Nam")
    assert match.entity is not None
    assert (match.entity.type, match.remainder) == ("country", house)
