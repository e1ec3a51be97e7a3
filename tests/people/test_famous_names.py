"""Leaders whom the press still names, their namesakes among today's officials, and what is called after them."""

from __future__ import annotations

import pytest

from resolver import Resolver

NAMESAKES = [
    ("Lê Đức Thọ", {"vn-person-le-duc-tho", "vn-person-le-duc-tho-politburo"}),
    ("Trịnh Văn Quyết", {"vn-person-trinh-van-quyet", "vn-person-trinh-van-quyet-flc"}),
    ("Trần Đăng Ninh", {"vn-person-tran-dang-ninh", "vn-person-tran-dang-ninh-1910"}),
    ("Nguyễn Văn Hưởng", {"vn-person-nguyen-van-huong", "vn-person-nguyen-van-huong-health"}),
]


@pytest.mark.parametrize(("text", "people"), NAMESAKES)
def test_a_bare_name_is_not_the_official_alone(resolver: Resolver, text: str, people: set[str]) -> None:
    match = resolver.resolve(text)
    assert match.status == "ambiguous"
    assert people <= {one.entity.id for one in match.candidates}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Trưởng ban Tổ chức Trung ương Lê Đức Thọ", "vn-person-le-duc-tho-politburo"),
        ("Bí thư Tỉnh ủy Bến Tre Lê Đức Thọ", "vn-person-le-duc-tho"),
        ("Tổng Bí thư Nguyễn Văn Linh", "vn-person-nguyen-van-linh-general-secretary"),
        ("Bộ trưởng Bộ Y tế Nguyễn Văn Hưởng", "vn-person-nguyen-van-huong-health"),
        ("Chủ tịch Hồ Chí Minh", "vn-person-ho-chi-minh"),
        ("Thủ tướng Phan Văn Khải", "vn-person-phan-van-khai"),
        ("King Norodom Sihanouk", "kh-person-norodom-sihanouk"),
        ("Norodom Sihanouk", "kh-person-norodom-sihanouk"),
        ("Saloth Sar", "kh-person-pol-pot"),
        ("ប៉ុល ពត", "kh-person-pol-pot"),
        ("Võ Văn Kiệt", "vn-person-vo-van-kiet"),
        ("Nông Đức Mạnh", "vn-person-nong-duc-manh"),
    ],
)
def test_a_leader_is_found_by_name_or_office(resolver: Resolver, text: str, person: str) -> None:
    match = resolver.resolve(text)
    assert match.entity is not None
    assert match.entity.id == person


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Hồ Chí Minh", "vn-province-ho-chi-minh-2025"),
        ("Ho Chi Minh", "vn-province-ho-chi-minh-2025"),
        ("TP Hồ Chí Minh", "vn-province-ho-chi-minh-2025"),
        ("ហូជីមិញ", "vn-province-ho-chi-minh-2025"),
        ("Sihanouk", "kh-province-preah-sihanouk"),
        ("Preah Sihanouk", "kh-province-preah-sihanouk"),
        ("phường Trường Chinh", "vn-commune-truong-chinh-23290"),
        ("đường Võ Nguyên Giáp, Đà Nẵng", "vn-province-da-nang-2025"),
        ("Phạm Văn Đồng, Bắc Từ Liêm, Hà Nội", "vn-district-bac-tu-liem-021"),
        ("Lê Duẩn, Hải Châu, Đà Nẵng", "vn-district-hai-chau-492"),
        ("Nguyễn Khánh Toàn, Cầu Giấy, Hà Nội", "vn-district-cau-giay-005"),
        ("15 Lê Duẩn, Quận 1", "vn-district-quan-1-760"),
    ],
)
def test_places_and_streets_called_after_people_stay_places(resolver: Resolver, text: str, place: str) -> None:
    match = resolver.resolve(text)
    assert match.entity is not None
    assert match.entity.id == place


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Ông Trần Đại Quang, Kim Sơn, Ninh Bình", "vn-person-tran-dai-quang"),
        ("Trần Sỹ Thanh, Ba Đình, Hà Nội", "vn-person-tran-sy-thanh"),
        ("Nguyễn Văn Nên, TP Hồ Chí Minh", "vn-person-nguyen-van-nen"),
    ],
)
def test_a_person_with_a_title_or_at_the_place_of_an_office_is_no_street(
    resolver: Resolver, text: str, person: str
) -> None:
    match = resolver.resolve(text)
    assert match.entity is not None
    assert match.entity.id == person


def test_the_office_of_the_national_assembly(resolver: Resolver) -> None:
    match = resolver.resolve("Văn phòng Quốc hội")
    assert match.entity is not None
    assert match.entity.id == "vn-organisation-van-phong-quoc-hoi"
