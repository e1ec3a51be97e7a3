"""Parents written as their first letters, and what such letters do not settle."""

from __future__ import annotations

import pytest

from resolver import Resolver


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Thoại Sơn, AG", "vn-district-thoai-son-894"),
        ("xã Vĩnh Trạch, huyện Thoại Sơn, AG", "vn-commune-vinh-trach-30697"),
        ("P. Hòa Khánh Bắc, Liên Chiểu, ĐN", "vn-commune-hoa-khanh-bac-20197"),
        ("P. Trảng Dài, BH, ĐN", "vn-commune-trang-dai-25993"),
        ("xã Mỹ Khánh, TPLX, AG", "vn-commune-my-khanh-30310"),
        ("xã Mỹ Khánh, TP.LX", "vn-commune-my-khanh-30310"),
        ("phường Tự An, TPBMT", "vn-commune-tu-an-24148"),
        ("Sangkat Boeng Tumpun, Khan Mean Chey, PP", "kh-commune-boeng-tumpun-120602"),
        ("Krouch Chhmar, K. Cham", "kh-district-krouch-chhmar-2502"),
    ],
)
def test_letters_of_a_parent(resolver: Resolver, text: str, id_: str) -> None:
    match = resolver.resolve(text, date="2015-06-30")
    assert match.entity is not None, match.note
    assert match.entity.id == id_


def test_letters_alone_are_less_sure_than_the_name(resolver: Resolver) -> None:
    short, full = (resolver.resolve(f"xã Mỹ Khánh, {parent}", date="2020") for parent in ("AG", "An Giang"))
    assert short.entity == full.entity
    assert short.score < 0.98 < full.score
    assert any("short for “An Giang”" in one.text for one in short.evidence)


@pytest.mark.parametrize("letters", ["XQ", "KT", "UBND", "VN"])
def test_letters_of_no_parent_settle_nothing(resolver: Resolver, letters: str) -> None:
    assert resolver.resolve(f"xã Tân Hòa, {letters}", date="2020").status != "matched"


def test_a_type_word_before_letters_is_heeded(resolver: Resolver) -> None:
    """Biên Hòa is a city, Buôn Hồ a town (thị xã); both have a ward of that name."""
    for text, id_ in (("TPBH", "vn-commune-an-binh-26050"), ("TX.BH", "vn-commune-an-binh-24308")):
        match = resolver.resolve(f"Phường An Bình, {text}", date="2025-06-30")
        assert match.candidates[0].entity.id == id_
