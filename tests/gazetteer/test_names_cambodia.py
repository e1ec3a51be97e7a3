"""The names of Cambodia's places: scripts, spellings, numbers, and the misprints of the sources."""

from __future__ import annotations

import re

import pytest

from tools.tables import read

PLACES = ("province", "district", "commune")
TYPES = {row["id"]: row["type"] for row in read("entities") if row["country"] == "KH" and row["type"] in PLACES}
VERSIONS = [row for row in read("versions") if row["id"] in TYPES]
IN_FORCE = {row["id"]: row for row in VERSIONS if not row["valid_to"] and not row["preferred"]}
NAMES = [row for row in read("names") if row["id"] in TYPES]


def spellings(identity: str) -> set[str]:
    """Return every stored spelling of an entity, weak ones excluded."""
    stored = {row["text"] for row in NAMES if row["id"] == identity and not row["weak"]}
    return stored | {row["name"] for row in VERSIONS if row["id"] == identity}


def test_every_unit_has_a_khmer_name_in_khmer_script() -> None:
    official = {row["id"]: row["text"] for row in NAMES if row["language"] == "km" and row["kind"] == "official"}
    assert TYPES.keys() - official.keys() == set()
    assert [t for t in official.values() if not any("\u1780" <= c <= "\u17ff" for c in t)] == []


def test_script_and_language_agree() -> None:
    khmer = {i for i, row in enumerate(NAMES) if any("\u1780" <= c <= "\u17ff" for c in row["text"])}
    assert khmer == {i for i, row in enumerate(NAMES) if row["language"] == "km"}


@pytest.mark.parametrize("language", ["en", "fr", "vi"])
def test_every_province_has_a_name_in(language: str) -> None:
    named = {row["id"] for row in NAMES if row["language"] == language}
    assert {i for i, kind in TYPES.items() if kind == "province"} - named == set()


def test_no_name_begins_or_ends_with_a_type_word() -> None:
    before = ("ខេត្ត", "ស្រុក", "ក្រុង", "សង្កាត់", "tỉnh ", "province ", "krong ", "khétt ")
    after = (" province", " district", " municipality")
    texts = [row["text"] for row in NAMES] + [row["name"] for row in VERSIONS]
    assert [t for t in texts if t.casefold().startswith(before) or t.casefold().endswith(after)] == []


def test_names_have_no_stray_blanks() -> None:
    texts = [row["text"] for row in NAMES] + [row["name"] for row in VERSIONS]
    assert [t for t in texts if t != " ".join(t.split()) or "\u200b" in t] == []


KHMER_NAMES = {row["id"]: row["text"] for row in NAMES if row["language"] == "km" and row["kind"] == "official"}


#: How names write their numbers: a digit or a word in Khmer, a word or a digit in Latin letters.
KHMER_NUMBERS = {"១": 1, "២": 2, "៣": 3, "៤": 4, "៦": 6, "មួយ": 1, "ពីរ": 2}


LATIN_NUMBERS = {"muoy": 1, "pir": 2, "bei": 3, "buon": 4, "prammuoy": 6}


def number(text: str, words: dict[str, int]) -> int | None:
    """Return the number at the end of a name, if it has one."""
    return next((n for word, n in words.items() if text.endswith(word)), None)


def test_numbers_are_the_same_in_both_scripts() -> None:
    wrong = []
    for identity, khmer in KHMER_NAMES.items():
        there = number(khmer, KHMER_NUMBERS)
        for row in VERSIONS:
            last = row["name"].casefold().split()[-1]
            if row["id"] == identity and row["language"] == "km-Latn":
                here = int(last) if last.isdecimal() else LATIN_NUMBERS.get(last)
                if there is not None and here != there:
                    wrong.append((identity, khmer, row["name"]))
    assert wrong == []


def test_units_of_one_khmer_name_are_not_the_same_letters_turned_round() -> None:
    by_khmer: dict[str, dict[str, set[str]]] = {}
    for identity, row in IN_FORCE.items():
        name = row["name"].casefold().replace(" ", "")
        by_khmer.setdefault(KHMER_NAMES[identity], {}).setdefault("".join(sorted(name)), set()).add(name)
    assert [names for spelt in by_khmer.values() for names in spelt.values() if len(names) > 1] == []


def test_no_official_name_begins_with_a_type_word_even_misspelt() -> None:
    types = {"sangkat", "khum", "srok", "khan", "krong", "khaet"}
    first = {row["id"]: row["name"].casefold().split()[0] for row in IN_FORCE.values() if " " in row["name"]}
    # Without vowels Sngkat is Sangkat; the shorter words would be many a name's.
    assert [i for i, word in first.items() if word in types or re.sub("[aeiou]", "", word) == "sngkt"] == []


def test_every_word_of_an_official_name_begins_with_a_capital() -> None:
    words = {word for row in VERSIONS if row["language"] == "km-Latn" for word in row["name"].split()}
    assert [word for word in words if word[0].islower()] == []


@pytest.mark.parametrize(
    ("identity", "name", "printed"),
    [
        ("kh-commune-sngkat-sambuor-171008", "Sambuor", "Sngkat Sambuor"),
        ("kh-commune-sragnae-031312", "Srangae", "Sragnae"),
        ("kh-commune-kaos-krala-021302", "Koas Krala", "Kaos Krala"),
        ("kh-commune-preak-netr-preah-010405", "Preah Netr Preah", "Preak Netr Preah"),
        ("kh-commune-chhbar-ampov-ti-muoy-121201", "Chbar Ampov Ti Muoy", "Chhbar Ampov Ti Muoy"),
    ],
)
def test_what_the_official_list_misprints_is_a_misspelling(identity: str, name: str, printed: str) -> None:
    assert IN_FORCE[identity]["name"] == name
    assert [row["kind"] for row in NAMES if (row["id"], row["text"]) == (identity, printed)] == ["misspelling"]


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        ("kh-province-kampot", {"Kampot", "Kam Pốt", "កំពត"}),
        ("kh-province-kep", {"Kep", "Kép", "កែប"}),
        ("kh-province-takeo", {"Takéo", "Takeo", "Tà Keo", "តាកែវ"}),
        ("kh-province-kandal", {"Kandal", "កណ្តាល", "កណ្ដាល"}),
        ("kh-province-preah-sihanouk", {"Preah Sihanouk", "Sihanoukville"}),
        ("kh-province-siem-reap", {"Siem Reap", "Siemreab", "Xiêm Riệp"}),
        ("kh-province-ratanakiri", {"Ratanakiri", "Rattanakiri"}),
        ("kh-province-mondulkiri", {"Mondulkiri", "Mondol Kiri"}),
        ("kh-province-kratie", {"Kratié", "Kracheh"}),
        ("kh-province-tboung-khmum", {"Tboung Khmum", "Tbong Khmum"}),
        ("kh-province-phnom-penh", {"Phnom Penh", "Phnôm Pênh", "Nông Pênh", "Nam Vang", "ភ្នំពេញ"}),
        ("kh-province-battambang", {"Battambang", "Bát-tam-băng", "Bát-đom-boong"}),
        ("kh-province-svay-rieng", {"Svay Rieng", "Svây Riêng"}),
        ("kh-district-paoy-paet-0110", {"Paoy Paet", "Poipet"}),
        ("kh-district-serei-saophoan-0106", {"Serei Saophoan", "Sisophon", "Serey Sophorn"}),
        ("kh-district-rotonak-mondol-0207", {"Rotonak Mondol", "Rattanak Mondul", "Ratanak Mondul"}),
        ("kh-district-kaeb-2302", {"Kaeb", "Kep"}),
        ("kh-district-saensokh-1208", {"Saensokh", "Sen Sok"}),
        ("kh-commune-preaek-chrey-081202", {"Preaek Chrey"}),
        ("kh-district-preah-vihear-1308", {"Phnom Tbeng Meanchey", "Tbeng Meanchey"}),
        ("kh-district-preah-sihanouk-1801", {"Mittapheap", "Mittakpheap", "មិត្តភាព"}),
        ("kh-commune-bei-180103", {"Bei", "៣", "លេខ៣"}),
        ("kh-district-soutr-nikom-1711", {"Soutr Nikom", "Sout Nikom"}),
        ("kh-commune-neak-loeang-140703", {"Neak Loeang", "Neak Leung"}),
    ],
)
def test_known_spellings(identity: str, expected: set[str]) -> None:
    assert expected - spellings(identity) == set()


@pytest.mark.parametrize("name", ["Kampong Som", "Kompong Som"])
def test_kampong_som_is_the_province_the_old_town_and_the_new_town(name: str) -> None:
    owners = {row["id"] for row in NAMES if row["text"] == name and not row["weak"]}
    assert owners == {
        "kh-province-preah-sihanouk",
        "kh-district-preah-sihanouk-1801",
        "kh-district-kampong-soam-1806",
    }
    assert IN_FORCE["kh-district-kampong-soam-1806"]["valid_from"] == "2024-08-28/2024-09-09"


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ("kh-province-kandal", "Phnom Penh"),
        ("kh-district-kampong-chhnang-0403", "Kampong Cham"),
        ("kh-district-chamkar-mon-1201", "Phnom Penh"),
    ],
)
def test_mistakes_of_the_sources_stay_out(identity: str, name: str) -> None:
    assert identity in TYPES
    assert name not in spellings(identity)


def test_towns_called_by_their_provinces_name_are_weak() -> None:
    weak = {(row["id"], row["text"]) for row in NAMES if row["weak"]}
    assert ("kh-district-doun-kaev-2108", "Takéo") in weak
    assert ("kh-district-khemara-phoumin-0904", "Koh Kong") in weak


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ("kh-province-banteay-meanchey", "Bần Tia Miên Chay"),
        ("kh-province-oddar-meanchey", "Ốt Đô Men Chay"),
        ("kh-province-kampong-cham", "Kông Pông Chàm"),
        ("kh-province-kampong-thom", "Công-pông Thom"),
        ("kh-province-kampot", "Cam-pốt"),
        ("kh-province-mondulkiri", "Môn-đun-ki-ri"),
        ("kh-province-preah-vihear", "Prét Vihear"),
        ("kh-province-prey-veng", "Prây-veng"),
        ("kh-province-pursat", "Pua Xát"),
        ("kh-province-pursat", "Puốc-xát"),
        ("kh-district-kampong-trach-0706", "Công-pông Trạch"),
        ("kh-province-kratie", "Kra Chê"),
        ("kh-district-dambae-2501", "Đầm Be"),
    ],
)
def test_vietnamese_spellings_read_in_print(identity: str, name: str) -> None:
    assert (name, "vi") in {(row["text"], row["language"]) for row in NAMES if row["id"] == identity}
