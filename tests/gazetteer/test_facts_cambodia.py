"""The places of Cambodia: counts, codes, parents, dated changes, and the mistakes of the sources."""

from __future__ import annotations

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
