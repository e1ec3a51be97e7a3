"""Whole addresses, with what of them is given back: ``cases/addresses.csv``, and what holds for all of them."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from resolver import Resolver
from resolver.addresses import remainder, wording
from resolver.addresses.doubts import siblings
from resolver.tables.columns import cells, pick_columns
from tests import drawn_addresses as addresses
from tests.eval import slip_sweeps, sweeping

_SWEPT = 400
CASES = Path(__file__).resolve().parent.parent / "cases" / "addresses.csv"


@cache
def resolver() -> Resolver:
    return Resolver()


def cases() -> Iterator[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{number}-{row['text']}") for number, row in enumerate(cases(), 2)]
)
def test_address(row: dict[str, str]) -> None:
    type_, country, date = (row[column] or None for column in ("type", "country", "date"))
    match = resolver().resolve(row["text"], type=type_, country=country, date=date)
    named = {candidate.entity.id for candidate in match.candidates}
    assert match.status == row["status"], match.note
    if match.entity:
        assert (match.entity.id, match.method) == (row["expected_id"], "address"), match.note
    assert row["expected_id"] in named or not row["expected_id"], match.note
    assert match.remainder == row["remainder"] or not row["remainder"]


def test_what_contradicts_is_told() -> None:
    match = resolver().resolve("Phường Bến Nghé, Quận 1, Tỉnh Kiên Giang", type="place")
    assert "“Tỉnh Kiên Giang” contradicts" in match.note
    mixed = resolver().resolve("Phường Bình San, TP Hà Tiên, tỉnh An Giang")
    assert "“An Giang” contains only its predecessor or successor" in mixed.note


def test_evidence_adds_up_to_the_scores() -> None:
    match = resolver().resolve("Mỹ Đức, Hà Nội")
    odds = [sum(evidence.weight for evidence in candidate.evidence) for candidate in match.candidates]
    whole = 1 + sum(math.exp(one) for one in odds)
    assert len(odds) > 1
    assert [candidate.score for candidate in match.candidates] == pytest.approx([math.exp(o) / whole for o in odds])


def test_the_evidence_of_every_kind_of_words_can_be_read() -> None:
    assert set(wording.REMAINDERS) == {*remainder.WEIGHTS, siblings.SIBLING}
    match = resolver().resolve("Times City, Hà Nội", type="place")
    told = {evidence.feature: evidence.text for candidate in match.candidates for evidence in candidate.evidence}
    assert told["estate"] == "“Times City” is an estate or a building"


def test_people_and_organisations_are_no_addresses() -> None:
    for text, type_ in {
        "Ministry of Public Security of Vietnam": "organisation",
        "Công an tỉnh Kiên Giang": "organisation",
        "Thủ tướng Phạm Minh Chính": "person",
    }.items():
        match = resolver().resolve(text, date="2024-11-27")
        assert match.entity is not None
        assert match.entity.type == type_


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("clean", 0.997, 0.001),
        ("no diacritics", 0.98, 0.001),
        ("abbreviated", 0.997, 0.001),
        ("no type words", 0.98, 0.001),
        ("no commas", 0.997, 0.001),
        ("reversed", 0.997, 0.001),
        ("street in front", 0.995, 0.002),
        ("one typo", 0.98, 0.003),
        ("a typo in each part", 0.90, 0.005),
        ("split commune", 1.0, 0.0),
        ("new, two levels", 0.997, 0.001),
        ("new, no diacritics", 0.98, 0.002),
    ],
)
def test_drawn_from_the_gazetteer(kind: str, right: float, wrong: float) -> None:
    drawn = addresses.draw(kind, 300)
    matches = resolver().resolve_many([one.mention for one in drawn])
    counts = addresses.counts(drawn, matches)
    assert counts["right"] >= math.floor(right * len(drawn)), counts
    assert counts["wrong"] <= math.ceil(wrong * len(drawn)), counts


def test_cambodian_communes_are_not_vietnamese() -> None:
    offered = addresses.cambodian()
    matches = resolver().resolve_many([one.mention for one in offered])
    assert len(offered) > 1_600
    assert sum(match.status == "matched" for match in matches) <= 0.005 * len(offered)


def test_the_remainder_is_a_column_for_those_who_ask() -> None:
    match = resolver().resolve("12 Lê Lợi, P.Bến Nghé, Q1, TP.HCM")
    (place,) = pick_columns(["remainder"])
    assert cells(match)[place] == "12 Lê Lợi"
    assert place not in pick_columns(None)


def test_a_typo_is_found_inside_its_parent_in_whatever_is_asked_for() -> None:
    text = "Xã Cao Ph, Huyện Mù Cng Chải, Tỉnh Yên Biá"
    for type_ in ("commune", "place", None):
        match = resolver().resolve(text, type=type_)
        assert match.entity is not None
        assert match.entity.id == "vn-commune-cao-pha-04480"


def test_parent_columns_are_parts_of_the_address() -> None:
    within = ["Huyện Mù Cng Chải", "Tỉnh Yên Biá"]
    match = resolver().resolve("Xã Cao Ph", within=within)
    assert match.entity is not None
    assert match.entity.id == "vn-commune-cao-pha-04480"


def test_what_all_candidates_have_in_common_is_told() -> None:
    match = resolver().resolve("Phường Phương Liệt, Quận Đống Đa, Hà Nội", type="commune")
    assert match.status == "ambiguous"
    assert match.common
    assert match.common.id == "vn-province-ha-noi"
    alone = resolver().resolve("Phường Bến Nghé, Quận 1, TP.HCM")
    assert (alone.common, alone.common_current) == (None, ())


def test_a_name_that_lies_elsewhere_contradicts_its_parents() -> None:
    match = resolver().resolve("Xã Minh Châu", type="commune", date="2022-01-01", within=["Huyện Hoài Đức", "Hà Nội"])
    assert match.status == "ambiguous"
    assert "“Huyện Hoài Đức” contradicts: it does not lie there" in match.note


def test_a_known_name_in_a_parent_that_it_does_not_lie_in_is_a_candidate() -> None:
    for within in ("Gia Lai", "Tỉnh Gia Lai"):
        match = resolver().resolve("xã Dương Tơ", within=[within])
        assert match.status == "ambiguous"
        assert [one.entity.id for one in match.candidates] == ["vn-commune-duong-to-31096"]
        assert f"“{within}” contradicts: it does not lie there" in match.note
    assert resolver().resolve("Xã Đa Lộc", type="commune", within=["Tỉnh Ninh Bình"]).entity is None


def test_a_name_written_as_first_letters_is_told() -> None:
    match = resolver().resolve("P.12, Q.B.Thạnh, TPHCM")
    assert match.entity is not None
    assert any("short for “Bình Thạnh”" in evidence.text for evidence in match.evidence)


def test_no_misspelt_name_is_certain() -> None:
    for text in ("Xã Khnh Lâm, Huyện U Minh, Cà Mau", "Xã Cao Ph, Huyện Mù Căng Chải, Tỉnh Yên Bái"):
        assert 0.8 < resolver().resolve(text).score < 0.995


def test_unknown_words_leave_a_place_less_than_sure() -> None:
    known, unknown = (resolver().resolve(text) for text in ("Quận 7, TP.HCM", "Mai Trang, Quận 7, TP.HCM"))
    assert unknown.entity == known.entity
    assert unknown.score < known.score
    assert unknown.remainder == "Mai Trang"


def test_a_bare_name_of_two_levels_may_be_old_or_of_today() -> None:
    bare = resolver().resolve("Củ Chi, Hồ Chí Minh")
    assert bare.status == "ambiguous"
    assert {candidate.entity.type for candidate in bare.candidates[:2]} == {"district", "commune"}
    assert resolver().resolve("Huyện Củ Chi, Hồ Chí Minh").entity is not None
    dated = resolver().resolve("Củ Chi, Hồ Chí Minh", date="2024-06-30")
    assert dated.entity is not None
    assert dated.entity.type == "district"


@pytest.mark.parametrize("kind", slip_sweeps.SWEEPS)
def test_a_misspelt_name_is_no_surer_than_the_name(kind: str) -> None:
    cases = list(slip_sweeps.SWEEPS[kind]())
    cases = cases[:: len(cases) // _SWEPT or 1]
    matches = resolver().resolve_many([case.mention for case in cases])
    verdicts = Counter(map(sweeping.judge, cases, matches))
    assert not verdicts["wrong"]
    assert verdicts["right"] > 0.95 * len(cases) > _SWEPT / 2


def test_a_type_word_without_a_name_leaves_the_commune_open() -> None:
    towns = [one for one in addresses.addresses() if one.parts[0][0] == "thị trấn"][::5]
    texts = [f"Khu phố 4 thị trấn, {', '.join(one.texts[1:])}" for one in towns]
    matches = resolver().resolve_many(texts)
    assert len(towns) > 100
    wrong = {text for text, one, m in zip(texts, towns, matches, strict=True) if m.entity and m.entity.id != one.id}
    assert not wrong


def test_several_units_are_all_candidates() -> None:
    match = resolver().resolve("các phường Mễ Trì và Phú Đô, quận Nam Từ Liêm")
    assert match.status == "ambiguous"
    assert {candidate.entity.name for candidate in match.candidates} == {"Mễ Trì", "Phú Đô"}
    assert match.common is not None
    assert match.common.id == "vn-district-nam-tu-liem-019"
    assert match.note.startswith("Several units are named")


def test_numbers_of_quarters_in_words_are_read() -> None:
    for text, place in (
        ("Quận Mười Một, TP Hồ Chí Minh", "vn-district-quan-11-772"),
        ("Phường Năm, Quận Mười Một, TP Hồ Chí Minh", "vn-commune-phuong-5-27211"),
        ("Quận Ba Đình, Hà Nội", "vn-district-ba-dinh-001"),
    ):
        match = resolver().resolve(text)
        assert match.entity is not None
        assert match.entity.id == place


def test_a_name_with_a_joining_word_is_no_list() -> None:
    matches = [resolver().resolve(text) for text in ("Xã Lao Và Chải", "Lao Và Chải", "Xã Lao Và Chải, Hà Giang")]
    assert [match.entity and match.entity.id for match in matches] == ["vn-commune-lao-va-chai-00844"] * 3


@pytest.mark.parametrize("text", ["Thị trấn Tĩnh Gia", "Thi tran Tinh Gia", "Thi tran Tinh Gia, Thanh Hoa"])
def test_no_unit_formed_after_the_last_town_is_a_town(text: str) -> None:
    match = resolver().resolve(text)
    assert match.entity is not None
    assert match.entity.id == "vn-commune-hai-hoa-16561"
    later = [candidate for candidate in match.candidates if candidate.entity.id == "vn-commune-tinh-gia-16561-2025"]
    assert all(candidate.score < 0.01 for candidate in later)


def test_the_former_name_of_numbered_communes_is_open() -> None:
    match = resolver().resolve("Phường Mỹ Đình, Quận Nam Từ Liêm, Hà Nội", date="2022-01-01")
    assert match.status == "ambiguous"
    assert {candidate.entity.name for candidate in match.candidates[:2]} == {"Mỹ Đình 1", "Mỹ Đình 2"}
    before = resolver().resolve("Xã Mỹ Đình, Huyện Từ Liêm, Hà Nội", date="2010-01-01")
    assert before.entity is not None
    assert before.entity.name == "Mỹ Đình"


def test_a_unit_inside_a_street_is_read() -> None:
    assert resolver().resolve("12 Lê Lợi phường Không Có, Quận 1, TP.HCM").status != "matched"
    match = resolver().resolve(
        "No. 175, Mao Tse Toung Blvd. Sangkat Toul Svay Prey Ti Mouy, Khan Chamkar Mon, Phnom Penh"
    )
    assert match.entity is not None
    assert match.entity.id == "kh-commune-tuol-svay-prey-ti-muoy-121306"


def test_keystrokes_are_read_where_the_result_is_a_name() -> None:
    match = resolver().resolve("Haf Nooij")
    assert match.entity is not None
    assert match.entity.id == "vn-province-ha-noi"
    assert "Telex" in match.note
    assert resolver().resolve("Xyz Boos").status == "unmatched"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Phường Mỹ Long, Phường Mỹ Bình, Thành phố Long Xuyên, An Giang", "“Phường Mỹ Long” is another commune there"),
        ("xa Tan Lap, xa Tan Tien, huyen Dong Phu, Binh Phuoc", "is another commune there"),
    ],
)
def test_two_communes_of_one_district_contradict_each_other(resolver: Resolver, text: str, named: str) -> None:
    match = resolver.resolve(text, date="2016")
    assert match.status == "ambiguous"
    assert len(match.candidates) == 2
    assert named in match.note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 Lê Lợi, Phường, Quận 1, TP HCM", "vn-district-quan-1-760"),
        ("thôn 3, xã, huyện Bình Đại, tỉnh Bến Tre", "vn-district-binh-dai-835"),
        ("Quảng Trạch, Quảng Trạch, Quảng Bình", "vn-district-quang-trach-454"),
        ("Sông Cầu, Sông Cầu, Phú Yên", "vn-district-song-cau-557"),
        ("Khu 3 - TT Phố Mới", "vn-commune-pho-moi-09247"),
    ],
)
def test_columns_joined_into_an_address(resolver: Resolver, text: str, expected: str) -> None:
    match = resolver.resolve(text, date="2016")
    assert match.entity is not None, match.note
    assert match.entity.id == expected


@pytest.mark.parametrize(
    ("text", "expected", "remainder"),
    [
        ("Chợ Long Xuyên, Mỹ Long, thành phố Long Xuyên, An Giang", "vn-commune-my-long-30283", "Chợ Long Xuyên"),
        ("Đường Bình Dương, TP. Thủ Dầu Một, Bình Dương", "vn-district-thu-dau-mot-718", "Đường Bình Dương"),
        ("មហាវិថីមុនីវង្ស សង្កាត់ស្រះចក ខណ្ឌដូនពេញ", "kh-commune-srah-chak-120210", "មហាវិថីមុនីវង្ស"),
        ("Xóm 10 Xã Nghĩ Phú, TP. Vinh, Nghệ An", "vn-commune-nghi-phu-16702", "Xóm 10"),
        ("Thôn 3 xã Tân Hoà Thánh, huyện Tân Phước, Tiền Giang", "vn-commune-tan-hoa-thanh-28339", "Thôn 3"),
        ("Khu Công nghệ cao quận 9, TPHCM", "vn-district-quan-9-763", "Khu Công nghệ cao"),
    ],
)
def test_markets_streets_and_hamlets_are_apart_from_the_place_behind_them(
    resolver: Resolver, text: str, expected: str, remainder: str
) -> None:
    match = resolver.resolve(text)
    assert match.entity is not None, match.note
    assert (match.entity.id, match.remainder) == (expected, remainder)


@pytest.mark.parametrize(
    ("text", "expected", "remainder"),
    [
        ("Floor 25, Sai Gon Trade Center, 37 Ton Duc Thang, HCMC", "vn-province-ho-chi-minh-2025", "Sai Gon Trade"),
        ("US Embassy in Hanoi (19/21 Hai Ba Trung St., Hoan Kiem Dist., Hanoi)", "vn-district-hoan-kiem-002", "US"),
        (
            "21st Fl., Capital Tower, 109 Tran Hung Dao St., Hoan Kiem Dist., Hanoi",
            "vn-district-hoan-kiem-002",
            "Capital",
        ),
    ],
)
def test_a_building_is_not_the_place_in_its_name(resolver: Resolver, text: str, expected: str, remainder: str) -> None:
    match = resolver.resolve(text)
    assert match.entity is not None, match.note
    assert match.entity.id == expected
    assert remainder in match.remainder


@pytest.mark.parametrize("label", ["Địa chỉ: ", "Dia chi:", "Đ/c : ", "ADDRESS: ", "Adresse: "])
def test_a_label_before_an_address_is_no_part_of_it(resolver: Resolver, label: str) -> None:
    text = "So 234 Ton Duc Thang - Dong Da - Ha Noi"
    labelled, plain = resolver.resolve(f"{label}{text}"), resolver.resolve(text)
    assert labelled.entity == plain.entity
    assert (labelled.score, labelled.remainder) == (plain.score, plain.remainder)


@pytest.mark.parametrize(
    ("text", "expected", "aside"),
    [
        (
            "462/2 Nguyễn Tri Phương, Phường Vườn Lài, TP.HCM (Địa chỉ cũ: Phường 9, Quận 10, TP.HCM)",
            "vn-commune-vuon-lai-27190-2025",
            "Địa chỉ cũ: Phường 9, Quận 10, TP.HCM",
        ),
        (
            "phường Bến Nghé, Quận 1 (nay là phường Sài Gòn), Thành phố Hồ Chí Minh",
            "vn-commune-ben-nghe-26740",
            "nay là phường Sài Gòn",
        ),
        ("Xã Tân Hòa, Long Xuyên, An Giang, nay là Xã Vĩnh An, An Giang", "", "nay là Xã Vĩnh An, An Giang"),
        ("Kien Giang province (now An Giang)", "vn-province-kien-giang", "now An Giang"),
        ("Tinh Ha Tay (nay la Ha Noi)", "vn-province-ha-tay", "nay la Ha Noi"),
    ],
)
def test_the_other_address_of_a_place_is_left_out(resolver: Resolver, text: str, expected: str, aside: str) -> None:
    match = resolver.resolve(text)
    assert f"Left out, as another address of the same place: “{aside}”." in match.note
    assert (match.entity.id if match.entity else "") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P. Bến Thành (Quận 1 cũ)", "vn-commune-ben-thanh-26743-2025"),
        ("18 Bùi Thị Xuân, Phường Bến Thành (Quận 1 cũ), TP HCM", "vn-commune-ben-thanh-26743-2025"),
        ("Phường Bến Thành (quận 1)", "vn-commune-ben-thanh-26743"),
        ("phường Bến Thành cũ (Quận 1 cũ)", "vn-commune-ben-thanh-26743"),
        ("phường Cầu Kho (Quận 1 cũ)", "vn-commune-cau-kho-26761"),
        ("Phường Bình Trưng · Quận 2 cũ", "vn-commune-binh-trung-27097-2025"),
        ("Phường Bình Trưng (phường Cát Lái cũ), TP.HCM", "vn-commune-binh-trung-27097-2025"),
        ("Phường Bình Trưng (formerly in District 2), HCMC", "vn-commune-binh-trung-27097-2025"),
        ("Thuận An (Bình Dương cũ)", ""),
        ("xã Bà Điểm, huyện Hóc Môn (cũ)", ""),
    ],
)
def test_what_is_called_former_is_its_own_unit(resolver: Resolver, text: str, expected: str) -> None:
    match = resolver.resolve(text)
    assert (match.entity.id if match.entity else "") == expected


def test_the_other_address_of_a_parent_is_left_out_and_told(resolver: Resolver) -> None:
    match = resolver.resolve("Bến Nghé", within="Quận 1 (nay là phường Sài Gòn)")
    assert match.entity is not None
    assert match.entity.id == "vn-commune-ben-nghe-26740"
    assert "Left out, as another address of the same place: “nay là phường Sài Gòn”." in match.note


def test_what_somebody_is_now_is_no_address(resolver: Resolver) -> None:
    match = resolver.resolve("Nguyễn Văn Nên (nguyên là Bí thư Thành ủy TP HCM)")
    assert "Left out" not in match.note


@pytest.mark.parametrize(
    "text", ["Công an Huyện Hạ Lang, Cao Bằng", "cong an huyen Ha Lang, Cao Bang", "Công an Cao Bằng"]
)
def test_a_word_for_an_institution_is_no_name_with_other_spaces(resolver: Resolver, text: str) -> None:
    """Xã Cô Ngân lies in Hạ Lang, Cao Bằng."""
    match = resolver.resolve(text)
    assert match.entity is None or match.entity.type == "organisation"
    assert "vn-commune-co-ngan-01567" not in {one.entity.id for one in match.candidates[:1]}
    assert resolver.resolve("Xã Cô Ngân, Cao Bằng").score > 0.9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phat Sanday in Kampong Thom province", "kh-commune-phat-sanday-060206"),
        ("Oddar Meanchey province’s Trapaing Prasat", "kh-district-trapeang-prasat-2205"),
        ("Hun Sen in Kampot province", ""),
        ("Villagers in Kampot province", ""),
    ],
)
def test_a_bare_name_in_a_province_is_a_place_there_or_none(resolver: Resolver, text: str, expected: str) -> None:
    match = resolver.resolve(text)
    assert (match.entity.id if match.entity else "") == expected


@pytest.mark.parametrize("text", ["Công an huyện Hạ Lang, Cao Bằng", "UBND xã Xuân Lộc", "Công an phường Tam Phước"])
def test_a_body_that_is_not_known_is_called_one(resolver: Resolver, text: str) -> None:
    assert resolver.resolve(text).note.startswith("no body or office with this name is in the gazetteer")


@pytest.mark.parametrize("text", ["Công an", "Công an, Hạ Lang"])
def test_a_word_for_an_institution_alone_beside_a_place_is_read(resolver: Resolver, text: str) -> None:
    match = resolver.resolve(text, within="Cao Bằng")
    assert "error" not in match.note
    assert match.entity is None


def test_a_word_for_an_institution_is_no_misspelt_name(resolver: Resolver) -> None:
    """A commune of Cần Giuộc is called Long An, one letter off."""
    assert resolver.resolve("Công an huyện Cần Giuộc, Long An").entity is None
