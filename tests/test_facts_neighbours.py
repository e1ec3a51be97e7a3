"""What lies across the border: the provinces of Laos and Thailand, and crossings as names of communes."""

from __future__ import annotations

import pytest

from tools.tables import read

ENTITIES = {row["id"]: row for row in read("entities")}
VERSIONS = {row["id"]: row for row in read("versions") if row["id"].startswith(("la-province-", "th-province-"))}
IDENTIFIERS = [row for row in read("identifiers") if row["id"] in VERSIONS]
NAMES = {(row["id"], row["text"]): row for row in read("names")}


def test_the_provinces_at_the_border_are_those_of_their_countries() -> None:
    parents = {row["parent_id"] for row in VERSIONS.values()}
    assert parents == {"la-country-laos", "th-country-thailand"}
    assert {ENTITIES[i]["type"] for i in VERSIONS} == {"province"}
    assert [i for i in VERSIONS if ENTITIES[i]["country"].lower() != i[:2]] == []


def test_eleven_of_laos_and_seven_of_thailand_have_iso_codes() -> None:
    codes = {row["value"]: row["id"] for row in IDENTIFIERS if row["scheme"] == "iso3166-2"}
    assert sorted(codes) == [
        "LA-AT", "LA-BL", "LA-CH", "LA-HO", "LA-KH", "LA-LP", "LA-PH", "LA-SL", "LA-SV", "LA-XE", "LA-XI",
        "TH-22", "TH-23", "TH-27", "TH-31", "TH-32", "TH-33", "TH-34",
    ]  # fmt: skip
    assert set(codes.values()) == VERSIONS.keys()
    assert codes["LA-CH"] == "la-province-champasak"
    assert codes["TH-27"] == "th-province-sa-kaeo"


@pytest.mark.parametrize(
    ("identity", "text", "language"),
    [
        ("la-province-savannakhet", "Xavannakhẹt", "vi"),
        ("la-province-sekong", "Xê Kông", "vi"),
        ("la-province-sekong", "Sékong", "fr"),
        ("la-province-attapeu", "Ắt Tạ Pư", "vi"),
        ("th-province-si-sa-ket", "Sisaket", "en"),
    ],
)
def test_spellings_of_the_press(identity: str, text: str, language: str) -> None:
    assert NAMES[identity, text]["language"] == language


@pytest.mark.parametrize(
    ("crossing", "communes"),
    [
        ("Mộc Bài", {"vn-commune-loi-thuan-25699", "vn-commune-ben-cau-25681-2025"}),
        ("Xa Mát", {"vn-commune-tan-lap-25489", "vn-commune-tan-lap-25489-2025"}),
        ("Lệ Thanh", {"vn-commune-ia-dom-23872"}),
        ("Bu Prăng", {"vn-commune-quang-truc-24736"}),
        (
            "Prek Chak",
            {"kh-commune-ruessei-srok-khang-kaeut-070613", "kh-commune-ruessei-srok-khang-lech-070614"},
        ),
    ],
)
def test_a_crossing_is_a_weak_name_of_the_commune_that_holds_it(crossing: str, communes: set[str]) -> None:
    rows = [row for row in NAMES.values() if row["text"] == crossing]
    assert {row["id"] for row in rows} == communes
    assert {row["weak"] for row in rows} == {"yes"}
