"""Forms of addresses: one unit behind a house, letters for units, postal codes, shops called like a ward, bodies."""

from __future__ import annotations

import pytest

from resolver import Resolver
from tests.eval import form_sweeps, sweeping


@pytest.mark.parametrize("kind", sorted(form_sweeps.SWEEPS))
def test_no_answer_of_a_sweep_is_wrong(resolver: Resolver, kind: str) -> None:
    cases = list(dict.fromkeys(form_sweeps.SWEEPS[kind]()))[::3]
    assert len(cases) > 30
    matches = resolver.resolve_many([case.mention for case in cases])
    verdicts = [sweeping.judge(case, match) for case, match in zip(cases, matches, strict=True)]
    assert "wrong" not in verdicts
    assert verdicts.count("right") + verdicts.count("ambiguous") > 0.97 * len(cases)
    assert verdicts.count("right") > 0.7 * len(cases)


@pytest.mark.parametrize(
    ("text", "remainder"),
    [
        ("9 Trần Phú TP Sa Đéc", "9 Trần Phú"),
        ("Khách sạn Mường Thanh Sài Gòn, Q. Gò Vấp", "Khách sạn Mường Thanh"),
        ("វិទ្យាល័យហ៊ុនសែន ស្រុកបាទី ខេត្តតាកែវ", "វិទ្យាល័យហ៊ុនសែន"),
        ("le 5e arrondissement de Hô Chi Minh-Ville", ""),
        ("Krong Kampot 07000", "07000"),
    ],
)
def test_what_is_below_the_unit_is_the_remainder(resolver: Resolver, text: str, remainder: str) -> None:
    match = resolver.resolve(text, date="2024")
    assert match.entity is not None, match.note
    assert match.entity.type == "district"
    assert match.remainder == remainder


@pytest.mark.parametrize(
    "text",
    [
        "12 chiến sĩ tỉnh Đồng Tháp",  # people
        "Phòng 2 Công an tỉnh Đồng Tháp",  # a body
        "Số 3 Đường Quận 4",  # a street
        "Chi cục Thuế Sa Đéc, Đồng Tháp",  # a body of the city
    ],
)
def test_people_bodies_and_streets_are_no_addresses(resolver: Resolver, text: str) -> None:
    assert resolver.resolve(text).status != "matched"


def test_a_street_in_letters_is_no_district(resolver: Resolver) -> None:
    match = resolver.resolve("D5, Phường 25, Bình Thạnh, TP.HCM", date="2024")
    assert match.entity is not None
    assert (match.entity.path, match.remainder) == ("Phường 25, Quận Bình Thạnh, Thành phố Hồ Chí Minh", "D5")


@pytest.mark.parametrize("label", ["Nơi sinh", "Quê quán", "POB", "Lieu de naissance", "ទីកន្លែងកំណើត"])
def test_a_label_is_no_part_of_the_name(resolver: Resolver, label: str) -> None:
    for text, id_ in (("Sóc Trăng", "vn-province-soc-trang"), ("Kandal", "kh-province-kandal")):
        match = resolver.resolve(f"{label}: {text}")
        assert match.entity is not None, match.note
        assert match.entity.id == id_
