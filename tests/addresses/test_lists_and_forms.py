"""Addresses as lists of shops, forms and messages have them."""

from __future__ import annotations

import pytest

from resolver import Resolver
from tests.eval import listing_sweeps, sweeping


@pytest.mark.parametrize("kind", sorted(listing_sweeps.SWEEPS))
def test_no_answer_of_a_sweep_is_wrong(resolver: Resolver, kind: str) -> None:
    cases = list(dict.fromkeys(listing_sweeps.SWEEPS[kind]()))[::7]
    assert len(cases) > 5
    matches = resolver.resolve_many([case.mention for case in cases])
    verdicts = [sweeping.judge(case, match) for case, match in zip(cases, matches, strict=True)]
    assert "wrong" not in verdicts
    assert verdicts.count("right") > 0.9 * len(cases)


def test_an_institution_lies_at_its_address(resolver: Resolver) -> None:
    for head in ("Bệnh viện Đa khoa tỉnh Long An", "Nhà máy nước Long An", "BigC Long An"):
        match = resolver.resolve(f"{head}, số 9 Hùng Vương, P.2, Tp. Tân An", date="2015")
        assert match.entity is not None, match.note
        assert match.entity.path.startswith("Phường 2, Thành phố Tân An")
        assert match.remainder.startswith(head.removesuffix(" Long An").removesuffix(" tỉnh"))


def test_a_body_is_not_the_unit_that_it_governs(resolver: Resolver) -> None:
    for text in ("Công an huyện Bến Lức", "Công an, Bến Lức", "Bệnh viện Bến Lức"):
        match = resolver.resolve(text)
        assert match.entity is None or match.entity.type == "organisation"


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("ngõ 34 phố Huế, Hai Bà Trưng, Hà Nội", "vn-district-hai-ba-trung-007"),
        ("Số 7 phố Châu, huyện Hương Sơn, Hà Tĩnh", "vn-district-huong-son-439"),
        ("hẻm 5 Xã Tắc, quận Thanh Xuân, Hà Nội", "vn-district-thanh-xuan-009"),
        ("Khu 3 Phố Châu, huyện Hương Sơn, Hà Tĩnh", "vn-commune-pho-chau-18133"),
        ("ngõ 12 xã Tân Triều, huyện Thanh Trì, Hà Nội", "vn-commune-tan-trieu-00643"),
    ],
)
def test_a_street_may_begin_like_a_unit(resolver: Resolver, text: str, id_: str) -> None:
    match = resolver.resolve(text, date="2020")
    assert match.entity is not None, match.note
    assert match.entity.id == id_


def test_a_number_of_a_ward_is_no_code(resolver: Resolver) -> None:
    """Bạc Liêu is a city, too: its seventh ward is meant, or nothing."""
    match = resolver.resolve("7. Bạc Liêu", date="2020")
    assert match.entity is None or match.entity.type == "commune"
    assert resolver.resolve("7. Lê Lợi", date="2020").entity is None


def test_a_district_elsewhere_contradicts_the_province(resolver: Resolver) -> None:
    match = resolver.resolve("Thoại Sơn, HN", date="2020")
    assert match.status == "ambiguous"
    assert {one.entity.id for one in match.candidates} >= {"vn-district-thoai-son-894", "vn-province-ha-noi"}
    for text in ("Chợ Mới, Hà Nội", "Times City, Hà Nội", "Lê Chân, Hà Nội"):
        assert resolver.resolve(text, date="2020").status == "matched"


def test_letters_are_small_where_all_are(resolver: Resolver) -> None:
    for text in ("huyện thoại sơn, ag", "thoai son, ag"):
        match = resolver.resolve(text, date="2020")
        assert match.entity is not None, match.note
        assert match.entity.id == "vn-district-thoai-son-894"
    assert resolver.resolve("Huyện Thoại Sơn, kt", date="2020").score < 0.9


def test_one_name_in_khmer_is_no_contradiction(resolver: Resolver) -> None:
    """A commune of Kratié has exactly the letters; its Khmer name is that of the sangkat, too."""
    match = resolver.resolve("Sangkat Russey Keo, Phnom Penh")
    assert match.entity is not None, match.note
    assert match.entity.id == "kh-commune-ruessei-kaev-120706"


def test_a_numbered_commune_without_its_number_is_any_of_them(resolver: Resolver) -> None:
    match = resolver.resolve("Sangkat Phsar Depo, Khan Toul Kork, Phnom Penh")
    assert match.status == "ambiguous"
    assert {one.entity.id[:25] for one in match.candidates[:3]} == {"kh-commune-phsar-depou-ti"}
    assert match.common is not None
    assert match.common.id == "kh-district-tuol-kouk-1204"
    # Where a commune bore the name alone, it is this one.
    before = resolver.resolve("Sangkat Kakab, Khan Pou Senchey, Phnom Penh", date="2018")
    assert before.entity is not None
    assert before.entity.id == "kh-commune-kakab-120905"
