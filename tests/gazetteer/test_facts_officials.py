"""The persons, organisations, offices and tenures in the gazetteer."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from tools.import_officials import gazetteer_rows, strip_titles

ROOT = Path(__file__).resolve().parents[2]
REFORM = "2025-07-01"
KINDS = ("person", "organisation", "office")
POLICE = re.compile(r"vn-organisation-cong-an-(tinh|thanh-pho)-")
DAY = r"\d{4}(-\d\d(-\d\d)?)?"

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def rows(table: str) -> list[Row]:
    return read(ROOT / "gazetteer" / f"{table}.csv")


@cache
def types() -> dict[str, str]:
    return {row["id"]: row["type"] for row in rows("entities")}


def ours(table: str) -> list[Row]:
    return [row for row in rows(table) if types().get(row["id"]) in KINDS]


def surely_holds(tenure: Row, date: str) -> bool:
    """Whether the bounds leave no doubt: begun by its latest start, not over by its earliest end."""
    begun = tenure["valid_from"].rpartition("/")[2] <= date if tenure["valid_from"] else False
    seen = [day for day in tenure["attested"].split("|") if day]
    begun = begun or any(day <= date for day in seen)
    return begun and (not tenure["valid_to"] or date < tenure["valid_to"].partition("/")[0] or date in seen)


MUST_HOLD = [
    ("vn-person-hoang-thi-thuy-lan", "vn-office-secretary-of-the-vinh-phuc-party-committee", "2021-10-01"),
    ("vn-person-nguyen-anh-tuan", "vn-office-secretary-of-the-bac-ninh-party-committee", "2023-07-01"),
    ("vn-person-tran-van-son", "vn-office-secretary-of-the-dien-bien-party-committee", "2018-07-01"),
    ("vn-person-thai-thanh-quy", "vn-office-secretary-of-the-nghe-an-party-committee", "2023-07-01"),
    ("vn-person-phan-viet-cuong", "vn-office-secretary-of-the-quang-nam-party-committee", "2023-07-01"),
    ("vn-person-ngo-van-tuan-audit", "vn-office-secretary-of-the-hoa-binh-party-committee", "2021-10-01"),
    ("vn-person-le-minh-hoan", "vn-office-secretary-of-the-dong-thap-party-committee", "2018-07-01"),
    ("vn-person-nguyen-tien-hai", "vn-office-secretary-of-the-ca-mau-party-committee", "2023-07-01"),
    ("vn-person-dang-xuan-phong", "vn-office-secretary-of-the-lao-cai-party-committee", "2023-07-01"),
    ("vn-person-tran-van-ron", "vn-office-secretary-of-the-vinh-long-party-committee", "2018-07-01"),
    ("vn-person-pham-dai-duong", "vn-office-secretary-of-the-phu-yen-party-committee", "2023-07-01"),
    ("vn-person-luong-tam-quang", "vn-office-deputy-minister-of-public-security", "2022-10-12"),
    ("vn-person-luong-tam-quang", "vn-office-minister-of-public-security", "2025-02-19"),
    ("vn-person-dao-hai-dang", "vn-office-deputy-director-of-kien-giang-provincial-police", "2024-11-27"),
    ("vn-person-dao-hai-dang", "vn-office-deputy-director-of-an-giang-provincial-police-2025", "2025-12-01"),
    ("kh-person-sar-sokha", "kh-office-minister-of-interior", "2025-02-19"),
    ("kh-person-sar-sokha", "kh-office-deputy-prime-minister", "2025-02-19"),
    ("kh-person-sar-kheng", "kh-office-minister-of-interior", "2022-10-12"),
    ("vn-person-nguyen-hoa-binh", "vn-office-deputy-prime-minister", "2025-02-19"),
    ("vn-person-nguyen-hoa-binh", "vn-office-standing-deputy-prime-minister", "2025-02-19"),
    ("sg-person-lee-hsien-loong", "sg-office-senior-minister", "2025-02-19"),
    ("vn-person-to-lam", "vn-office-minister-of-public-security", "2022-10-12"),
    ("vn-person-to-lam", "vn-office-general-secretary-of-the-communist-party", "2025-02-19"),
    ("vn-person-luong-cuong", "vn-office-president", "2025-02-19"),
    ("vn-person-pham-minh-chinh", "vn-office-prime-minister", "2025-02-19"),
    ("kh-person-hun-manet", "kh-office-prime-minister", "2025-02-19"),
    ("kh-person-hun-sen", "kh-office-prime-minister", "2022-10-12"),
    ("kh-person-neth-pheaktra", "kh-office-minister-of-information", "2025-05-01"),
    ("kh-person-huot-hak", "kh-office-minister-of-tourism", "2025-03-03"),
    ("kh-person-sok-soken", "kh-office-minister-of-tourism", "2024-04-22"),
    ("kh-person-dith-tina", "kh-office-minister-of-agriculture-forestry-and-fisheries", "2023-08-25"),
    ("kh-person-chea-vandeth", "kh-office-minister-of-posts-and-telecommunications", "2025-02-05"),
    ("kh-person-heng-samrin", "kh-office-president-of-the-national-assembly", "2015-06-01"),
    ("kh-person-chea-sim", "kh-office-president-of-the-senate", "2010-06-01"),
    ("kh-person-hun-sen", "kh-office-president-of-the-senate", "2025-03-30"),
    ("kh-person-mithona-phouthorng", "kh-office-governor-of-koh-kong", "2024-01-01"),
    ("kh-person-chea-voa", "kh-office-governor-of-koh-kong", "2025-08-21"),
    ("vn-person-phung-thi-hong-ha", "vn-office-chairman-of-the-hanoi-peoples-council", "2025-12-01"),
    ("vn-person-le-van-han", "vn-office-chairman-of-the-tay-ninh-peoples-committee-2025", "2025-12-01"),
    ("vn-person-nguyen-van-ut", "vn-office-chairman-of-the-tay-ninh-peoples-committee-2025", "2025-10-01"),
    ("vn-person-nguyen-van-ut", "vn-office-chairman-of-the-dong-nai-peoples-committee-2025", "2025-12-01"),
    ("vn-person-tran-xuan-anh", "vn-office-director-of-hung-yen-provincial-police-2025", "2025-08-01"),
    ("vn-person-phan-van-mai", "vn-office-chairman-of-the-ho-chi-minh-city-peoples-committee", "2023-05-01"),
    ("vn-person-le-tri-thanh-quang-nam", "vn-office-chairman-of-the-quang-nam-peoples-committee", "2021-03-01"),
    ("vn-person-dong-van-thanh", "vn-office-chairman-of-the-hau-giang-peoples-committee", "2022-01-01"),
    ("vn-person-nguyen-van-hung", "vn-office-secretary-of-the-quang-tri-party-committee", "2018-01-01"),
    ("vn-person-phan-van-sau", "vn-office-secretary-of-the-soc-trang-party-committee", "2019-01-01"),
    ("vn-person-le-minh-khai", "vn-office-inspector-general-of-the-government", "2019-01-01"),
    ("vn-person-nguyen-xuan-anh", "vn-office-secretary-of-the-da-nang-party-committee", "2015-10-16"),
    ("vn-person-pham-van-canh", "vn-office-chairman-of-the-binh-duong-peoples-council", "2015-10-27"),
    ("vn-person-le-minh-ngan", "vn-office-secretary-of-the-lai-chau-party-committee", "2025-09-18"),
    ("vn-person-trinh-xuan-truong", "vn-office-secretary-of-the-thai-nguyen-party-committee-2025", "2025-09-30"),
    ("vn-person-vo-trong-hai", "vn-office-chairman-of-the-ha-tinh-peoples-committee", "2025-11-12"),
    ("vn-person-vo-anh-kiet", "vn-office-chairman-of-the-an-giang-peoples-council", "2020-10-28"),
    ("vn-person-dam-van-eng", "vn-office-chairman-of-the-cao-bang-peoples-council", "2016-07-01"),
    ("vn-person-thai-thanh-quy", "vn-office-chairman-of-the-nghe-an-peoples-council", "2021-07-04"),
    ("vn-person-nguyen-van-the", "vn-office-minister-of-transport", "2022-10-20"),
    ("vn-person-nguyen-van-thang-finance", "vn-office-minister-of-transport", "2023-10-01"),
    ("vn-person-tran-hong-minh", "vn-office-minister-of-transport", "2024-11-28"),
    ("vn-person-ho-duc-phoc", "vn-office-minister-of-finance", "2024-11-27"),
    ("vn-person-nguyen-van-thang-finance", "vn-office-minister-of-finance", "2024-12-15"),
    ("vn-person-dang-quoc-khanh", "vn-office-minister-of-natural-resources-and-environment", "2023-05-22"),
    ("vn-person-dao-hong-lan", "vn-office-minister-of-health", "2022-11-01"),
    ("kh-person-ith-sam-heng", "kh-office-minister-of-labour-and-vocational-training", "2016-01-01"),
    ("kh-person-suy-sem", "kh-office-minister-of-mines-and-energy", "2014-01-01"),
    ("kh-person-say-samal", "kh-office-minister-of-land-management-urban-planning-and-construction", "2024-01-01"),
    ("vn-person-ho-chi-minh", "vn-office-president", "1954-05-07"),
    ("vn-person-ton-duc-thang", "vn-office-president", "1975-04-30"),
    ("vn-person-truong-chinh", "vn-office-general-secretary-of-the-communist-party", "1986-11-01"),
    ("vn-person-le-duan", "vn-office-general-secretary-of-the-communist-party", "1975-04-30"),
    ("vn-person-nguyen-van-linh-general-secretary", "vn-office-general-secretary-of-the-communist-party", "1990-01-01"),
    ("vn-person-do-muoi", "vn-office-prime-minister", "1990-01-01"),
    ("vn-person-pham-hung", "vn-office-prime-minister", "1988-01-01"),
    ("vn-person-pham-van-dong", "vn-office-prime-minister", "1975-04-30"),
    ("vn-person-vo-van-kiet", "vn-office-prime-minister", "1995-07-11"),
    ("vn-person-phan-van-khai", "vn-office-prime-minister", "2005-06-21"),
    ("vn-person-le-kha-phieu", "vn-office-general-secretary-of-the-communist-party", "2000-01-01"),
    ("vn-person-nong-duc-manh", "vn-office-general-secretary-of-the-communist-party", "2006-01-01"),
    ("vn-person-nguyen-van-an", "vn-office-chairman-of-the-national-assembly", "2005-01-01"),
    ("vn-person-le-duc-tho-politburo", "vn-office-head-of-the-central-organisation-commission", "1972-10-08"),
    ("vn-person-vo-nguyen-giap", "vn-office-minister-of-national-defence", "1954-05-07"),
    ("vn-person-nguyen-thi-binh", "vn-office-vice-president", "2000-01-01"),
    ("kh-person-norodom-sihanouk", "kh-office-king", "1953-11-09"),
    ("kh-person-norodom-sihanouk", "kh-office-king", "2000-01-01"),
    ("kh-person-lon-nol", "kh-office-prime-minister", "1970-03-18"),
    ("kh-person-pol-pot", "kh-office-prime-minister", "1978-01-01"),
    ("kh-person-pen-sovan", "kh-office-prime-minister", "1981-09-01"),
    ("kh-person-chan-sy", "kh-office-prime-minister", "1983-01-01"),
    ("kh-person-hun-sen", "kh-office-prime-minister", "1989-01-01"),
    ("kh-person-norodom-ranariddh", "kh-office-prime-minister", "1995-01-01"),
    ("kh-person-son-sann", "kh-office-president-of-the-national-assembly", "1993-08-01"),
    ("kh-person-kep-chuktema", "kh-office-governor-of-phnom-penh", "2008-11-17"),
    ("kh-person-pa-socheatvong", "kh-office-governor-of-phnom-penh", "2014-01-01"),
    ("kh-person-hok-lundy", "kh-office-national-police-commissioner", "2000-01-01"),
    ("kh-person-chan-sarun", "kh-office-minister-of-agriculture-forestry-and-fisheries", "2010-03-20"),
]
MUST_NOT_HOLD = [
    ("vn-person-luong-tam-quang", "vn-office-minister-of-public-security", "2024-06-05"),
    ("vn-person-luong-tam-quang", "vn-office-deputy-minister-of-public-security", "2025-02-19"),
    ("vn-person-dao-hai-dang", "vn-office-deputy-director-of-kien-giang-provincial-police", "2025-12-01"),
    ("vn-person-to-lam", "vn-office-president", "2025-02-19"),
    ("kh-person-sar-kheng", "kh-office-minister-of-interior", "2025-02-19"),
    ("kh-person-sar-kheng", "kh-office-deputy-prime-minister", "2025-02-19"),
    ("kh-person-hun-sen", "kh-office-prime-minister", "2025-02-19"),
    ("kh-person-khieu-kanharith", "kh-office-minister-of-information", "2024-01-01"),
    ("kh-person-sok-soken", "kh-office-minister-of-tourism", "2025-03-03"),
    ("kh-person-heng-samrin", "kh-office-president-of-the-national-assembly", "2024-01-01"),
    ("kh-person-mithona-phouthorng", "kh-office-governor-of-koh-kong", "2025-08-21"),
    ("vn-person-nguyen-ngoc-tuan", "vn-office-chairman-of-the-hanoi-peoples-council", "2025-12-01"),
    ("vn-person-nguyen-van-ut", "vn-office-chairman-of-the-tay-ninh-peoples-committee-2025", "2025-12-01"),
    ("vn-person-nguyen-thanh-phong", "vn-office-chairman-of-the-ho-chi-minh-city-peoples-committee", "2021-09-01"),
    ("vn-person-phan-van-sau", "vn-office-inspector-general-of-the-government", "2018-01-01"),
    ("vn-person-vo-trong-hai", "vn-office-chairman-of-the-ha-tinh-peoples-committee", "2025-11-18"),
    ("vn-person-nguyen-van-duoc", "vn-office-chairman-of-the-long-an-peoples-council", "2025-02-20"),
    ("vn-person-nguyen-van-the", "vn-office-minister-of-transport", "2023-01-01"),
    ("vn-person-ho-duc-phoc", "vn-office-minister-of-finance", "2024-12-01"),
    ("kh-person-norodom-sihanouk", "kh-office-king", "1970-01-01"),
    ("kh-person-pol-pot", "kh-office-prime-minister", "1976-10-01"),
    ("vn-person-vo-van-kiet", "vn-office-prime-minister", "1990-01-01"),
    ("vn-person-tran-hong-ha", "vn-office-minister-of-natural-resources-and-environment", "2023-06-01"),
    ("vn-person-vuong-dinh-hue", "vn-office-chairman-of-the-national-assembly", "2024-05-03"),
    ("kh-person-suy-sem", "kh-office-minister-of-mines-and-energy", "2010-01-01"),
    ("kh-person-thong-khon", "kh-office-minister-of-tourism", "2005-01-01"),
]
VOTES = {  # the days on which the National Assembly approved a whole Government, and what days are near
    "2006-06-28": ("2006-06-20", "2006-07-05"),
    "2007-08-02": ("2007-07-20", "2007-08-10"),
    "2011-08-03": ("2011-07-27", "2011-08-10"),
    "2016-04-09": ("2016-04-02", "2016-04-16"),
    "2021-04-08": ("2021-04-01", "2021-04-15"),
}


@pytest.mark.parametrize(("person", "office", "date"), MUST_HOLD)
def test_in_office(person: str, office: str, date: str) -> None:
    held = [t for t in rows("tenures") if (t["person_id"], t["office_id"]) == (person, office)]
    assert any(surely_holds(t, date) for t in held if t["preferred"] != "no")


@pytest.mark.parametrize(("person", "office", "date"), MUST_NOT_HOLD)
def test_not_in_office(person: str, office: str, date: str) -> None:
    held = [t for t in rows("tenures") if (t["person_id"], t["office_id"]) == (person, office)]
    assert held
    assert not any(surely_holds(t, date) for t in held if t["preferred"] != "no")


@pytest.mark.parametrize("date", ["2018-01-01", "2022-10-12", "2024-07-01", "2025-02-19", "2025-12-01", "2026-05-01"])
@pytest.mark.parametrize(
    "office", ["vn-office-prime-minister", "kh-office-prime-minister", "vn-office-minister-of-public-security"]
)
def test_one_holder_at_a_time(office: str, date: str) -> None:
    held = [t for t in rows("tenures") if t["office_id"] == office and t["preferred"] != "no"]
    assert len({t["person_id"] for t in held if surely_holds(t, date)}) == 1


@pytest.mark.parametrize(("vote", "near"), VOTES.items())
def test_a_minister_starts_on_the_day_of_the_vote_not_next_to_it(vote: str, near: tuple[str, str]) -> None:
    office = "vn-office-(minister-of-.*|deputy-prime-minister)"
    starts = {t["valid_from"] for t in rows("tenures") if re.fullmatch(office, t["office_id"])}
    assert {day for day in starts if "/" not in day and near[0] <= day <= near[1]} <= {vote}


def test_tenures_name_persons_and_offices() -> None:
    for tenure in rows("tenures"):
        assert types()[tenure["person_id"]] == "person", tenure
        assert types()[tenure["office_id"]] == "office", tenure


def test_each_person_has_a_tenure_or_is_the_better_known_namesake_of_one() -> None:
    named = {t["person_id"] for t in rows("tenures")}
    names = {row["id"]: row["name"] for row in ours("versions") if types()[row["id"]] == "person"}
    borne = {names[person] for person in named}
    others = names.keys() - named
    assert {"vn-person-tran-quoc-toan-1267", "vn-person-trinh-van-quyet-flc"} <= others
    assert {names[person] for person in others} <= borne


def test_dates_are_well_formed_and_in_order() -> None:
    for tenure in rows("tenures"):
        for column in ("valid_from", "valid_to"):
            assert re.fullmatch(rf"({DAY}(/{DAY})?)?", tenure[column]), tenure
        assert all(re.fullmatch(DAY, day) for day in tenure["attested"].split("|") if day), tenure
        start, end = tenure["valid_from"].partition("/")[0], tenure["valid_to"].rpartition("/")[2]
        known = min(len(start), len(end))
        assert not start or not end or start[:known] <= end[:known], tenure


def seen(tenure: Row) -> tuple[str, str]:
    """The first and last day of which it is sure that the person was in office."""
    start, end = tenure["valid_from"].rpartition("/")[2], tenure["valid_to"].partition("/")[0]
    days = [day for day in (start, end, *tenure["attested"].split("|")) if day]
    return min(days), max(days)


def test_nobody_is_told_twice_for_one_time_in_an_office() -> None:
    held = defaultdict(list)
    for tenure in rows("tenures"):
        if tenure["preferred"] != "no":
            held[tenure["person_id"], tenure["office_id"]].append(seen(tenure))
    twice = {pair for pair, spans in held.items() if any(a[1] > b[0] for a, b in pairwise(sorted(spans)))}
    assert twice == set()


def test_an_open_tenure_says_when_it_was_last_seen() -> None:
    unseen = {t["person_id"] for t in rows("tenures") if not t["valid_to"] and not t["attested"]}
    assert unseen == set()


BORDER = {
    "vn": "kon-tum gia-lai dak-lak dak-nong binh-phuoc tay-ninh long-an dong-thap an-giang kien-giang",
    "kh": "ratanakiri mondulkiri tboung-khmum svay-rieng prey-veng kandal takeo kampot kep preah-sihanouk",
}


def holders(office: str) -> set[str]:
    return {t["person_id"] for t in rows("tenures") if re.fullmatch(office, t["office_id"])}


def test_how_many_persons_and_tenures_there_are() -> None:
    assert sum(kind == "person" for kind in types().values()) >= 450
    assert len(rows("tenures")) >= 700
    assert sum(row["scheme"] == "birth-year" for row in rows("identifiers")) >= 130


@pytest.mark.parametrize("province", BORDER["vn"].split())
def test_vietnamese_provinces_on_the_border_have_their_leaders(province: str) -> None:
    assert holders(rf"vn-office-secretary-of-the-{province}-party-committee")
    assert holders(rf"vn-office-chairman-of-the-{province}-peoples-committee")


@pytest.mark.parametrize("province", BORDER["kh"].split())
def test_cambodian_provinces_on_the_border_have_their_governors(province: str) -> None:
    assert holders(rf"kh-office-governor-of-{province}")


@pytest.mark.parametrize("slug", ["le-van-thanh", "nguyen-van-thanh", "nguyen-duc-hai", "nguyen-manh-hung"])
def test_officials_with_one_name_but_for_the_tone_say_so(slug: str) -> None:
    alike = [row for row in ours("entities") if re.fullmatch(rf"vn-person-{slug}(-[a-z-]+)?", row["id"])]
    assert len(alike) == (4 if slug == "nguyen-manh-hung" else 2)
    assert all(" not " in f" {row['distinction']} " for row in alike)


def test_a_year_of_birth_leaves_an_official_of_age() -> None:
    born = {row["id"]: row["value"] for row in rows("identifiers") if row["scheme"] == "birth-year"}
    started = [t for t in rows("tenures") if t["person_id"] in born and t["valid_from"]]
    assert started
    for tenure in started:
        youngest = 18 if tenure["person_id"] == "kh-person-norodom-sihanouk" else 25
        assert youngest <= int(tenure["valid_from"][:4]) - int(born[tenure["person_id"]]) <= 90, tenure


def test_everything_cites_a_source() -> None:
    sources = {row["id"] for row in rows("sources")}
    for row in [*rows("tenures"), *ours("entities"), *ours("versions"), *ours("names"), *ours("identifiers")]:
        assert row["source_id"] in sources, row


def test_parents_exist_and_have_the_right_type() -> None:
    for version in ours("versions"):
        if types()[version["id"]] == "office" or version["parent_id"]:
            assert types()[version["parent_id"]] == "organisation", version
        if version["area_id"] and not version["area_id"].startswith("kh-province-"):
            assert types()[version["area_id"]] in ("country", "province", "commune"), version


def test_offices_end_with_their_organisation() -> None:
    standing = sorted((v for v in ours("versions") if v["preferred"] != "no"), key=lambda v: v["valid_from"])
    last = {v["id"]: v for v in standing}
    offices = [v for v in last.values() if types()[v["id"]] == "office"]
    assert offices
    for office in offices:
        assert office["valid_to"] == last[office["parent_id"]]["valid_to"], office


def test_the_names_of_persons_carry_no_rank() -> None:
    named = [row for row in ours("names") if types()[row["id"]] == "person"]
    texts = [(row["id"], row["text"]) for row in named]
    texts += [(row["id"], row["name"]) for row in ours("versions") if types()[row["id"]] == "person"]
    assert len(texts) > 200
    assert [pair for pair in texts if strip_titles(pair[1]) != pair[1]] == []


def test_namesakes_are_told_apart() -> None:
    by_name = defaultdict(set)
    for version in ours("versions"):
        if types()[version["id"]] == "person":
            by_name[version["name"].lower()].add(version["id"])
    distinct = {row["id"] for row in ours("entities") if row["distinction"]}
    shared = [persons for persons in by_name.values() if len(persons) > 1]
    assert shared
    assert all(persons <= distinct for persons in shared)
    assert {"vn-person-le-minh-hung", "vn-person-le-minh-hung-c10", "vn-person-nguyen-van-son"} <= distinct


def test_no_wikidata_id_belongs_to_two_persons() -> None:
    owners = defaultdict(set)
    for row in ours("identifiers"):
        if row["scheme"] == "wikidata":
            owners[row["value"]].add(row["id"])
    assert len(owners) > 100
    assert {value: ids for value, ids in owners.items() if len(ids) > 1} == {}


def test_the_provincial_police_of_2025() -> None:
    police = [v for v in ours("versions") if POLICE.match(v["id"]) and v["preferred"] != "no"]
    assert sum(not v["valid_from"] for v in police) == 63
    assert sum(not v["valid_to"] for v in police) == 34
    merged = [c for c in rows("changes") if POLICE.match(c["from_id"]) and c["kind"] == "merged"]
    assert len(merged) == 52
    assert len({c["to_id"] for c in merged}) == 23
    into = {c["from_id"] for c in merged if c["to_id"] == "vn-organisation-cong-an-tinh-an-giang-2025"}
    assert into == {"vn-organisation-cong-an-tinh-kien-giang", "vn-organisation-cong-an-tinh-an-giang"}
    assert {(c["kind"], c["date"]) for c in merged} == {("merged", REFORM)}


def test_the_polices_merged_as_their_provinces_did() -> None:
    area = {v["id"]: v["area_id"] for v in ours("versions")}
    provinces = {(c["from_id"], c["to_id"]) for c in rows("changes") if c["date"] == REFORM and c["kind"] == "merged"}
    for change in [c for c in rows("changes") if POLICE.match(c["from_id"]) and c["kind"] == "merged"]:
        assert (area[change["from_id"]], area[change["to_id"]]) in provinces, change


@pytest.mark.parametrize(
    "name",
    [
        "Kiên Giang Provincial Police", "police de la province d'An Giang", "police provinciale d'An Giang",
        "Kep Provincial Police", "Kampot Provincial Police", "Preah Sihanouk Provincial Police",
        "Takeo Provincial Police", "Kandal Provincial Police", "Bộ Công an", "ministère de l'Intérieur du Cambodge",
        "VNA", "INTERPOL", "ASEANAPOL", "PCV", "Parti communiste du Vietnam", "MDDI",
        "directeur adjoint de la police provinciale d'An Giang", "ministre de la Sécurité publique",
        "vice-Premier ministre permanent", "ministre senior", "Lee Hsien Loong", "Đào Hải Đăng", "Sar Sokha", "ស សុខា",
    ],
)  # fmt: skip
def test_what_the_articles_name_is_there(name: str) -> None:
    assert name in {row["text"] for row in ours("names")} | {row["name"] for row in ours("versions")}


@pytest.mark.parametrize("name", ["Prime Minister", "Premier ministre", "Minister of Health", "ministre de la Santé"])
def test_an_office_that_every_country_has_is_weak(name: str) -> None:
    weak = [row["weak"] for row in ours("names") if row["text"] == name]
    assert name not in {row["name"] for row in ours("versions")}
    assert weak
    assert set(weak) == {"yes"}


@pytest.mark.parametrize("table", ["sources", "entities", "versions", "names", "identifiers", "tenures"])
def test_the_gazetteer_has_what_the_tables_of_officials_say(table: str) -> None:
    # Another source may overrule a row, which keeps it.
    def told(row: dict[str, str]) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((column, cell) for column, cell in row.items() if column != "preferred"))

    kept = {told(row) for row in rows(table)}
    for row in gazetteer_rows()[table]:
        missing = {column: "" for column in rows(table)[0] if column not in row}
        assert told(row | missing) in kept, row


def test_no_other_facts_cite_a_source_of_the_tables_of_officials() -> None:
    """An import replaces the rows that cite its sources: a source of the same id would take those of others along."""
    own = {row["id"] for row in gazetteer_rows()["sources"]}
    told = [row for table in ("versions", "names", "identifiers", "changes") for row in rows(table)]
    about = {row.get(column) for row in told if row["source_id"] in own for column in ("id", "from_id", "to_id")}
    assert {types()[entity_id] for entity_id in about if entity_id} <= set(KINDS)


@pytest.mark.parametrize(
    ("person", "khmer"),
    [
        ("to-lam", "តូ ឡឹម"), ("pham-minh-chinh", "ហ្វាម មិញជីញ"), ("luong-cuong", "លឿង គឿង"),
        ("tran-thanh-man", "ជិន ថាញ់មិន"),
        ("phan-van-giang", "ហ្វាន វ៉ាន់ យ៉ាង"), ("nguyen-xuan-phuc", "ង្វៀង ស៊ួនហ្វុក"), ("nguyen-phu-trong", "ង្វៀន ភូជុង"),
        ("vo-van-thuong", "វ៉ វ៉ាន់ធឿង"),
    ],
)  # fmt: skip
def test_what_khmer_texts_call_a_leader_of_vietnam(person: str, khmer: str) -> None:
    assert {row["id"] for row in rows("names") if row["text"] == khmer} == {f"vn-person-{person}"}


def test_titles_are_well_formed() -> None:
    titles = read(ROOT / "resolver" / "text" / "titles.csv")
    assert len(titles) > 300
    assert {row["kind"] for row in titles} == {"rank", "honorific", "academic", "occupation", "role"}
    assert {row["language"] for row in titles} == {"vi", "en", "fr", "km"}
    assert len({(row["text"], row["language"], row["concept"]) for row in titles}) == len(titles)
    assert all(row["concept"].startswith(f"{row['country'].lower()}-") and row["source"] for row in titles)
    colonel_general = {row["concept"] for row in titles if row["text"] == "Colonel General"}
    assert colonel_general == {row["concept"] for row in titles if row["text"] == "Senior Lieutenant General"}


def test_one_rank_word_stands_for_several_ranks() -> None:
    titles = read(ROOT / "resolver" / "text" / "titles.csv")
    assert {"vn-dai-ta", "vn-thuong-ta", "kh-colonel"} <= {row["concept"] for row in titles if row["text"] == "Colonel"}
