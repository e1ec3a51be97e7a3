"""Names that run on behind a house or hamlet, words twice, and former units in brackets: over other units each."""

from __future__ import annotations

from collections import Counter

import pytest

from resolver import Resolver
from resolver.model import Mention
from tests.drawn_addresses import NEW_DAY, new
from tests.eval import run_on_sweeps, sweeping

_SWEPT = 350


@pytest.mark.parametrize("kind", run_on_sweeps.SWEEPS)
def test_nothing_is_wrong_and_nearly_all_is_found(resolver: Resolver, kind: str) -> None:
    cases = list(run_on_sweeps.SWEEPS[kind]())
    cases = cases[:: max(len(cases) // _SWEPT, 1)]
    matches = resolver.resolve_many([case.mention for case in cases])
    verdicts = Counter(map(sweeping.judge, cases, matches))
    assert verdicts["wrong"] == 0
    assert verdicts["right"] > 0.95 * len(cases)


def test_one_name_of_today_is_no_commune_within_a_district(resolver: Resolver) -> None:
    districts = ("Lâm Hà", "Đam Rông", "Bảo Lộc", "Đà Lạt")
    asked = [one for one in new() if any(one.parts[0][1].endswith(f" {district}") for district in districts)]
    texts = [" ".join(one.texts) for one in asked]
    matches = resolver.resolve_many([Mention(text, date=NEW_DAY) for text in texts])
    assert len(asked) > 5
    assert [match.entity.id if match.entity else "" for match in matches] == [one.id for one in asked]


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("Khu pho 6 Xa Tine Trang T.Thanh Hoa", NEW_DAY, "vn-commune-tien-trang-16549-2025"),
        ("DT768 X Phu Lay, H.Vinh Cuu, Dong Nai", "2025-06-30", ""),
        ("Xóm Tân Thành - Nam Trệiu - TP.Hải Phòng", NEW_DAY, ""),
        ("Thôn Mới, ap Ủ, Lai Châu", NEW_DAY, ""),
        ("12 đường Bạch Mai Hà Nội", NEW_DAY, ""),
        ("Kim Lêin Nghệ An (tỉnh Nghệ An cũ)", NEW_DAY, ""),
        ("Takeo - T-Kak - Samraong", "", "kh-commune-samraong-210910"),
        ("Xóm 6, Sơn Liơng, PPhú Thọ", NEW_DAY, ""),
        ("X. Sơn Hv, H. Sơn Hòa, Phú Yên", "", ""),
        ("TP. Hồ Chí Minh (tỉnh Bình Dương cũ)", "", "vn-province-ho-chi-minh-2025"),
        ("Binh Trung Ward · formerly District 2", "", "vn-commune-binh-trung-27097-2025"),
        ("Quarter 1, Vinh Tan Ward, Ho Chi Minh City", "", "vn-commune-vinh-tan-25912-2025"),
        ("Group 2, KhumPreal, DistrictKanhchriech, Prey Veng", "", "kh-commune-preal-140406"),
        ("St. 24 K.Kak, District Bar Kaev, Ratanakiri", "", "kh-commune-kak-160301"),
        ("Xã Ea Knuec, Tỉnh Đắk Lắk", NEW_DAY, "vn-commune-ea-knuec-24505"),
    ],
)
def test_what_people_write_around_a_name(resolver: Resolver, text: str, date: str, expected: str) -> None:
    match = resolver.resolve_many([Mention(text, date=date)])[0]
    assert (match.entity.id if match.entity else "") == expected
