"""The countries of the gazetteer: completeness, and the forms the press uses."""

from __future__ import annotations

import pytest

from tools.tables import read

ENTITIES = {row["id"]: row for row in read("entities") if row["type"] == "country"}
VERSIONS = {row["id"]: row for row in read("versions") if row["id"] in ENTITIES}
NAMES = [row for row in read("names") if row["id"] in ENTITIES]
IDENTIFIERS = [row for row in read("identifiers") if row["id"] in ENTITIES]


def test_every_iso_country_is_there_once() -> None:
    codes = [row["code"] for row in VERSIONS.values()]
    assert len(ENTITIES) == len(VERSIONS) == len(set(codes)) == 249
    assert {"VN", "KH", "LA", "SG", "TH", "TW", "HK"} <= set(codes)
    assert not {"EU", "UN", "ZZ", "XA", "AC", "EZ"} & set(codes)


def test_the_entity_and_its_version_agree_on_the_code() -> None:
    assert [i for i, row in VERSIONS.items() if row["code"] != ENTITIES[i]["country"]] == []
    assert [i for i, row in VERSIONS.items() if row["local_type"] or row["parent_id"]] == []


@pytest.mark.parametrize("language", ["vi", "fr", "km"])
def test_every_country_has_a_name_in(language: str) -> None:
    assert ENTITIES.keys() - {row["id"] for row in NAMES if row["language"] == language} == set()


def test_khmer_names_are_in_khmer_script_without_zero_width_spaces() -> None:
    khmer = [row["text"] for row in NAMES if row["language"] == "km"]
    assert [t for t in khmer if "\u200b" in t or not any("\u1780" <= c <= "\u17ff" for c in t)] == []


def test_alpha_3_codes_are_unique() -> None:
    values = {row["id"]: row["value"] for row in IDENTIFIERS if row["scheme"] == "iso3166-1-alpha-3"}
    assert values.keys() == ENTITIES.keys()
    assert len(set(values.values())) == len(values)
    assert values["mm-country-myanmar"] == "MMR"
    assert values["de-country-germany"] == "DEU"


@pytest.mark.parametrize(
    ("identity", "name"),
    [("vn-country-viet-nam", "Vietnam"), ("kh-country-cambodia", "Cambodia"), ("la-country-laos", "Laos")],
)
def test_fixed_ids(identity: str, name: str) -> None:
    assert VERSIONS[identity]["name"] == name


@pytest.mark.parametrize(
    ("identity", "language", "kind", "text"),
    [
        ("kh-country-cambodia", "fr", "exonym", "Royaume du Cambodge"),
        ("kh-country-cambodia", "fr", "exonym", "Cambodge"),
        ("kh-country-cambodia", "vi", "exonym", "Vương quốc Cam-pu-chia"),
        ("kh-country-cambodia", "vi", "transliteration", "Căm-pu-chia"),
        ("kh-country-cambodia", "km", "official", "ព្រះរាជាណាចក្រកម្ពុជា"),
        ("kh-country-cambodia", "en", "alias", "Kampuchea"),
        ("kh-country-cambodia", "fr", "demonym", "cambodgiennes"),
        ("vn-country-viet-nam", "vi", "official", "Việt Nam"),
        ("vn-country-viet-nam", "vi", "official", "Cộng hòa Xã hội chủ nghĩa Việt Nam"),
        ("vn-country-viet-nam", "fr", "demonym", "vietnamienne"),
        ("vn-country-viet-nam", "en", "demonym", "Vietnamese"),
        ("vn-country-viet-nam", "vi", "abbreviation", "CHXHCN Việt Nam"),
        ("vn-country-viet-nam", "vi", "abbreviation", "CHXHCNVN"),
        ("us-country-united-states", "en", "abbreviation", "USA"),
        ("mm-country-myanmar", "fr", "demonym", "birmane"),
        ("bn-country-brunei", "en", "demonym", "Bruneian"),
        ("ph-country-philippines", "vi", "demonym", "người Philippines"),
        ("la-country-laos", "en", "abbreviation", "Lao PDR"),
        ("la-country-laos", "fr", "demonym", "laotiens"),
        ("sg-country-singapore", "fr", "exonym", "Singapour"),
        ("sg-country-singapore", "vi", "transliteration", "Xinh-ga-po"),
        ("th-country-thailand", "fr", "demonym", "thaïlandais"),
        ("mm-country-myanmar", "en", "historic", "Burma"),
    ],
)
def test_the_press_form_is_stored(identity: str, language: str, kind: str, text: str) -> None:
    found = {(row["language"], row["kind"], row["text"]) for row in NAMES if row["id"] == identity}
    assert (language, kind, text) in found


def test_no_demonym_or_name_belongs_to_two_countries_unless_weak() -> None:
    owners: dict[str, set[str]] = {}
    for row in NAMES:
        if not row["weak"] and row["language"] in {"en", "fr"}:
            owners.setdefault(row["text"].casefold(), set()).add(row["id"])
    assert {text: ids for text, ids in owners.items() if len(ids) > 1} == {}
