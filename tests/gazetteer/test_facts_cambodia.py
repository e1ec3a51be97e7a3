"""The places of Cambodia: counts, codes, parents, names, dated changes, and the traps of the sources."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from tools.tables import read

PLACES = ("province", "district", "commune")
TYPES = {row["id"]: row["type"] for row in read("entities") if row["country"] == "KH" and row["type"] in PLACES}
VERSIONS = [row for row in read("versions") if row["id"] in TYPES]
IN_FORCE = {row["id"]: row for row in VERSIONS if not row["valid_to"] and not row["preferred"]}
NAMES = [row for row in read("names") if row["id"] in TYPES]
CHANGES = [row for row in read("changes") if row["from_id"] in TYPES or row["to_id"] in TYPES]
SOURCES = {row["id"] for row in read("sources")}

#: What each kind of unit may belong to.
PARENTS = {
    "khaet": {""},
    "reach theani": {""},
    "srok": {"khaet"},
    "krong": {"khaet"},
    "khan": {"reach theani"},
    "khum": {"srok"},
    "sangkat": {"krong", "khan"},
}


def spellings(identity: str) -> set[str]:
    """Return every stored spelling of an entity, weak ones excluded."""
    stored = {row["text"] for row in NAMES if row["id"] == identity and not row["weak"]}
    return stored | {row["name"] for row in VERSIONS if row["id"] == identity}


def start(date: str) -> str:
    """Return the first day that a date may mean, for comparison."""
    return date.split("/", maxsplit=1)[0]


def end(date: str) -> str:
    """Return the last day that a date may mean, for comparison."""
    return date.rsplit("/", maxsplit=1)[-1]


def test_counts_of_units_in_force() -> None:
    counts = Counter((TYPES[i], row["local_type"]) for i, row in IN_FORCE.items())
    assert counts == {
        ("province", "khaet"): 24,
        ("province", "reach theani"): 1,
        ("district", "srok"): 163,
        ("district", "krong"): 33,
        ("district", "khan"): 14,
        ("commune", "khum"): 1378,
        ("commune", "sangkat"): 274,
    }


def test_codes_are_unique_and_start_with_the_parents() -> None:
    codes = {i: row["code"] for i, row in IN_FORCE.items()}
    assert len(set(codes.values())) == len(codes)
    lengths = {"province": 2, "district": 4, "commune": 6}
    assert [i for i, code in codes.items() if len(code) != lengths[TYPES[i]] or not code.isdigit()] == []
    misplaced = [
        i for i, row in IN_FORCE.items() if TYPES[i] != "province" and codes[row["parent_id"]] != row["code"][:-2]
    ]
    assert misplaced == []


def test_parents_are_of_the_type_that_the_unit_belongs_to() -> None:
    wrong = [
        i
        for i, row in IN_FORCE.items()
        if IN_FORCE.get(row["parent_id"], {}).get("local_type", "") not in PARENTS[row["local_type"]]
    ]
    assert wrong == []
    provinces = {IN_FORCE[i]["parent_id"] for i, kind in TYPES.items() if kind == "province"}
    assert provinces == {"kh-country-cambodia"}


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
        ("kh-district-serei-saophoan-0106", {"Serei Saophoan", "Sisophon"}),
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


def test_the_five_communes_of_odongk_maechay_keep_both_records() -> None:
    rows = [row for row in VERSIONS if row["code"].startswith("0509") and TYPES[row["id"]] == "commune"]
    assert Counter((row["local_type"], row["preferred"]) for row in rows) == {("sangkat", ""): 5, ("khum", "no"): 5}


@pytest.mark.parametrize("code", ["18", "23", "24"])
def test_municipalities_became_provinces_in_2008(code: str) -> None:
    found = {(r["valid_from"], r["valid_to"], r["local_type"]) for r in VERSIONS if r["code"] == code}
    assert found == {("", "2008-12-22", "krong"), ("2008-12-22", "", "khaet")}


def test_tboung_khmum_took_seven_districts_from_kampong_cham() -> None:
    before = {
        r["id"] for r in VERSIONS if r["parent_id"] == "kh-province-kampong-cham" and r["valid_to"] == "2013-12-31"
    }
    after = {i for i, r in IN_FORCE.items() if r["parent_id"] == "kh-province-tboung-khmum"}
    assert before == after
    assert len(after) == 7
    founding = [r for r in CHANGES if r["to_id"] == "kh-province-tboung-khmum"]
    assert [(r["date"], r["kind"], r["from_id"], r["extent"]) for r in founding] == [
        ("2013-12-31", "created", "kh-province-kampong-cham", "part")
    ]


def test_odongk_was_split_and_its_fifteen_communes_moved() -> None:
    splits = {(r["kind"], r["to_id"]) for r in CHANGES if r["from_id"] == "kh-district-odongk-0505"}
    assert splits == {("split", "kh-district-odongk-maechay-0509"), ("split", "kh-district-samkkei-munichay-0510")}
    left = [r for r in VERSIONS if r["parent_id"] == "kh-district-odongk-0505"]
    assert {r["valid_to"] for r in left} == {"2022-12-23"}
    assert len(left) == 15


def test_versions_of_a_unit_follow_each_other_without_gap() -> None:
    chains: dict[str, list[dict[str, str]]] = {}
    for row in VERSIONS:
        if not row["preferred"]:
            chains.setdefault(row["id"], []).append(row)
    broken = []
    for identity, rows in chains.items():
        ordered = sorted(rows, key=lambda row: start(row["valid_from"]))
        broken += [identity for a, b in pairwise(ordered) if a["valid_to"] != b["valid_from"]]
    assert broken == []


def test_no_dated_version_begins_before_its_parent() -> None:
    began: dict[str, str] = {}
    for row in VERSIONS:
        began[row["id"]] = min(start(row["valid_from"]), began.get(row["id"], "9999"))
    dated = [row for row in VERSIONS if row["valid_from"]]
    assert [r["id"] for r in dated if began.get(r["parent_id"], "") > end(r["valid_from"])] == []


def test_changes_name_units_and_instruments_that_exist() -> None:
    known = {row["id"] for row in read("instruments")} | {""}
    assert [row for row in CHANGES if row["instrument_id"] not in known] == []
    ends = [row[end] for row in CHANGES for end in ("from_id", "to_id")]
    assert [i for i in ends if i and i not in TYPES] == []


def test_every_row_cites_a_source_that_resolves() -> None:
    rows = [*VERSIONS, *NAMES, *CHANGES, *(r for r in read("identifiers") if r["id"] in TYPES)]
    assert {row["source_id"] for row in rows} - SOURCES == set()


def test_an_identifier_stands_for_one_unit() -> None:
    rows = [row for row in read("identifiers") if row["id"] in TYPES]
    counts = Counter((row["scheme"], row["value"]) for row in rows)
    assert [pair for pair, count in counts.items() if count > 1] == []
    iso = {row["value"] for row in rows if row["scheme"] == "iso3166-2"}
    assert iso == {f"KH-{n}" for n in range(1, 26)}
    wikidata = {row["id"]: row["value"] for row in rows if row["scheme"] == "wikidata"}
    assert wikidata["kh-province-kampot"] == "Q748470"
    assert wikidata["kh-district-kampong-trach-0706"] == "Q1385801"


@pytest.mark.parametrize(
    ("local_type", "kind"),
    [("khaet", "province"), ("krong", "province"), ("krong", "district"), ("khan", "district"), ("khum", "commune")],
)
def test_local_types_are_described(local_type: str, kind: str) -> None:
    rows = [r for r in read("local_types") if (r["country"], r["type"], r["local_type"]) == ("KH", kind, local_type)]
    assert len(rows) == 1
    assert rows[0]["official"].lower() == local_type
    assert rows[0]["km"]


def lived(identity: str) -> list[tuple[str, str, str, str]]:
    """Return start, type, name and parent of each version of a unit that stands."""
    rows = sorted(
        (r for r in VERSIONS if r["id"] == identity and not r["preferred"]), key=lambda r: start(r["valid_from"])
    )
    return [(r["valid_from"], r["local_type"], r["name"], r["parent_id"]) for r in rows]


@pytest.mark.parametrize(
    ("identity", "expected"),
    [
        (
            "kh-district-kampot-0708",
            [
                ("", "srok", "Kampong Bay", "kh-province-kampot"),
                ("2008-12-30", "krong", "Kampot", "kh-province-kampot"),
            ],
        ),
        (
            "kh-district-svay-antor-1413",
            [
                ("", "srok", "Prey Veng", "kh-province-prey-veng"),
                ("2009-01-09", "srok", "Svay Antor", "kh-province-prey-veng"),
            ],
        ),
        (
            "kh-commune-krang-thnong-120807",
            [
                ("", "sangkat", "Krang Thnong", "kh-district-dangkao-1205"),
                ("2011-05-18", "sangkat", "Krang Thnong", "kh-district-pur-senchey-1209"),
                ("2013-12-25", "sangkat", "Krang Thnong", "kh-district-saensokh-1208"),
            ],
        ),
        (
            "kh-commune-ampil-170910",
            [
                ("", "khum", "Ampil", "kh-district-siem-reap-1710"),
                ("2009-01-09", "sangkat", "Ampil", "kh-district-siem-reap-1710"),
                ("2016-08-30", "khum", "Ampil", "kh-district-prasat-bakong-1709"),
            ],
        ),
        (
            "kh-commune-preaek-aeng-121206",
            [
                ("", "khum", "Preaek Aeng", "kh-district-kien-svay-0802"),
                ("2010-09/2011-09-03", "sangkat", "Preaek Aeng", "kh-district-mean-chey-1206"),
                ("2013-12-25", "sangkat", "Preaek Aeng", "kh-district-chbar-ampov-1212"),
            ],
        ),
    ],
)
def test_lives_of_units(identity: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert lived(identity) == expected


def test_twenty_communes_of_kandal_went_to_phnom_penh() -> None:
    province = {
        row["id"]: row["parent_id"] for row in VERSIONS if TYPES[row["id"]] == "district" and not row["valid_to"]
    }
    left = [
        row["id"]
        for row in VERSIONS
        if TYPES[row["id"]] == "commune"
        and province.get(row["parent_id"]) == "kh-province-kandal"
        and province[IN_FORCE[row["id"]]["parent_id"]] == "kh-province-phnom-penh"
    ]
    assert len(left) == len(set(left)) == 20


def test_the_sixty_four_communes_of_tboung_khmum_had_codes_of_kampong_cham() -> None:
    districts = {i for i, r in IN_FORCE.items() if r["parent_id"] == "kh-province-tboung-khmum"}
    communes = {i for i, r in IN_FORCE.items() if r["parent_id"] in districts}
    old = {r["code"] for r in VERSIONS if r["id"] in communes and r["code"].startswith("03")}
    assert len(communes) == len(old) == 64


def test_oddar_meanchey_keeps_both_dates() -> None:
    rows = [(r["valid_from"], r["preferred"]) for r in VERSIONS if r["id"] == "kh-province-oddar-meanchey"]
    assert sorted(rows) == [("1995-01-27", "no"), ("1999-04-27", "")]


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


@pytest.mark.parametrize(("scheme", "least"), [("geonames", 198), ("pcode", 155), ("wikidata", 146)])
def test_most_districts_have_an_identifier(scheme: str, least: int) -> None:
    named = {row["id"] for row in read("identifiers") if row["scheme"] == scheme}
    assert len([i for i in IN_FORCE if TYPES[i] == "district" and i in named]) >= least


@pytest.mark.parametrize(
    ("identity", "date"),
    [
        ("kh-district-boeng-keng-kang-1213", "2019-01-08"),
        ("kh-district-kaoh-rung-1805", "2019-01-08"),
        ("kh-district-borei-ou-svay-senchey-1906", "2019-01-08"),
        ("kh-district-ta-lou-senchey-1507", "2019-01-08/2019-12-12"),
        ("kh-district-bokor-0709", "2021-03-16"),
    ],
)
def test_units_formed_by_dated_sub_decrees(identity: str, date: str) -> None:
    assert IN_FORCE[identity]["valid_from"] == date
    assert {row["date"] for row in CHANGES if row["to_id"] == identity and row["kind"] == "created"} == {date}


def test_every_province_has_a_p_code_that_ends_in_its_code() -> None:
    codes = {row["id"]: row["value"] for row in read("identifiers") if row["scheme"] == "pcode" and row["id"] in TYPES}
    assert {i for i, kind in TYPES.items() if kind == "province"} - codes.keys() == set()
    known = {row["id"]: {v["code"] for v in VERSIONS if v["id"] == row["id"]} for row in VERSIONS}
    assert [i for i, value in codes.items() if value.removeprefix("KH") not in known[i]] == []
