"""The Vietnamese facts in the gazetteer against the resolutions and the numbers officially published."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise

import pytest

from tests.facts import ROOT, Row, read, rows

CASES = ROOT / "tests" / "cases"
REFORM = "2025-07-01"


@cache
def level() -> dict[str, str]:
    return {
        row["id"]: row["type"]
        for row in rows("entities")
        if row["country"] == "VN" and row["type"] in ("province", "district", "commune")
    }


def in_force(date: str) -> list[Row]:
    return [
        row
        for row in rows("versions")
        if row["id"] in level() and row["preferred"] != "no"
        if row["valid_from"] <= date and (not row["valid_to"] or date < row["valid_to"])
    ]


def changes_of_2025() -> list[Row]:
    return [row for row in rows("changes") if row["date"] == REFORM and row["from_id"] in level()]


@pytest.mark.parametrize(
    ("date", "counts"),
    [
        ("2025-06-30", {"province": 63, "district": 696, "commune": 10_035}),
        (REFORM, {"province": 34, "commune": 3_321}),
        ("2026-09-20", {"province": 34, "commune": 3_321}),
    ],
)
def test_number_of_units(date: str, counts: dict[str, int]) -> None:
    units = in_force(date)
    assert Counter(level()[row["id"]] for row in units) == counts
    assert len({row["id"] for row in units}) == len(units)


@pytest.mark.parametrize(
    ("date", "kind", "counts"),
    [
        ("2024-12-31", "province", {"tỉnh": 58, "thành phố": 5}),
        ("2025-06-30", "province", {"tỉnh": 57, "thành phố": 6}),
        ("2025-06-30", "district", {"huyện": 508, "quận": 49, "thị xã": 52, "thành phố": 87}),
        (REFORM, "province", {"tỉnh": 28, "thành phố": 6}),
        (REFORM, "commune", {"xã": 2_621, "phường": 687, "đặc khu": 13}),
        ("2026-04-30", "province", {"tỉnh": 27, "thành phố": 7}),
        ("2026-04-30", "commune", {"xã": 2_611, "phường": 697, "đặc khu": 13}),
        ("2026-09-01", "province", {"tỉnh": 26, "thành phố": 8}),
        ("2026-09-20", "province", {"tỉnh": 25, "thành phố": 9}),
        ("2026-09-20", "commune", {"xã": 2_599, "phường": 709, "đặc khu": 13}),
    ],
)
def test_number_of_each_legal_type(date: str, kind: str, counts: dict[str, int]) -> None:
    found = Counter(row["local_type"] for row in in_force(date) if level()[row["id"]] == kind)
    assert found == counts


@pytest.mark.parametrize("case", read(CASES / "vietnam_2025_counts.csv"), ids=lambda case: case["resolution"])
def test_each_resolution_states_these_numbers(case: Row) -> None:
    units = [row for row in in_force(REFORM) if row["parent_id"] == case["province_id"]]
    types = Counter(row["local_type"] for row in units)
    assert types["xã"] == int(case["communes"])
    assert types["phường"] == int(case["wards"])
    assert types["đặc khu"] == int(case["special_zones"])
    ids = {row["id"] for row in units}
    kept = {row["to_id"] for row in changes_of_2025() if row["note"] == "Giữ nguyên"} & ids
    assert len(kept) == int(case["left_as_they_were"])


def test_number_of_edges_of_the_conversion() -> None:
    edges = {(row["from_id"], row["to_id"]) for row in changes_of_2025() if row["to_id"]}
    assert Counter(level()[old] for old, _ in edges) == {"province": 52, "district": 5, "commune": 10_566}


@pytest.mark.parametrize("case", read(CASES / "vietnam_2025_conversion.csv"), ids=lambda case: case["name"])
def test_what_a_unit_became_by_law(case: Row) -> None:
    found = [row for row in changes_of_2025() if row["from_id"] == case["from_id"]]
    became = {f"{row['kind']} {row['to_id']} {row['extent']}/{row['population']}" for row in found}
    assert set(case["became"].split("|")) == became
    assert {row["instrument_id"] for row in found} == {case["instrument_id"]}


def test_every_ended_province_and_commune_has_a_successor_in_force_that_day() -> None:
    ended = {row["id"] for row in in_force("2025-06-30")} - {row["id"] for row in in_force(REFORM)}
    alive = {row["id"] for row in in_force(REFORM)}
    successors = defaultdict(set)
    for row in changes_of_2025():
        successors[row["from_id"]].add(row["to_id"])
    for entity_id in ended:
        expected = {""} if level()[entity_id] == "district" else alive
        assert successors[entity_id], entity_id
        assert successors[entity_id] <= expected | alive, entity_id


def test_every_unit_of_2025_came_from_somewhere() -> None:
    formed = {row["id"] for row in in_force(REFORM)} - {row["id"] for row in in_force("2025-06-30")}
    assert formed == {row["to_id"] for row in changes_of_2025() if row["to_id"].endswith("-2025")}
    assert all(entity_id.endswith("-2025") for entity_id in formed)


def test_a_split_has_several_parts_and_a_merger_one() -> None:
    targets = defaultdict(list)
    for row in changes_of_2025():
        if row["kind"] in ("merged", "split"):
            targets[row["from_id"]].append(row)
    for entity_id, found in targets.items():
        kinds = {row["kind"] for row in found}
        assert kinds == ({"merged"} if len(found) == 1 else {"split"}), entity_id
        if kinds == {"split"}:
            assert all(row["note"] for row in found), entity_id


def test_the_eleven_provinces_that_go_on() -> None:
    kept = {row["name"] for row in in_force(REFORM) if level()[row["id"]] == "province" and row["valid_from"] < REFORM}
    assert kept == {
        "Hà Nội",
        "Huế",
        "Lai Châu",
        "Điện Biên",
        "Sơn La",
        "Lạng Sơn",
        "Quảng Ninh",
        "Thanh Hóa",
        "Nghệ An",
        "Hà Tĩnh",
        "Cao Bằng",
    }


@pytest.mark.parametrize(
    ("kind", "code", "before", "after"),
    [
        ("province", "91", "vn-province-kien-giang", "vn-province-an-giang-2025"),
        ("province", "24", "vn-province-bac-giang", "vn-province-bac-ninh-2025"),
        ("province", "80", "vn-province-long-an", "vn-province-tay-ninh-2025"),
        ("province", "79", "vn-province-ho-chi-minh", "vn-province-ho-chi-minh-2025"),
        ("province", "01", "vn-province-ha-noi", "vn-province-ha-noi"),
        ("commune", "30769", "vn-commune-dong-ho-30769", "vn-commune-ha-tien-30769-2025"),
        ("commune", "23938", "vn-commune-ia-mo-23938", "vn-commune-ia-mo-23938"),
        ("commune", "23737", "vn-commune-ia-mo-nong-23737", ""),
        ("commune", "00082", "vn-commune-tran-hung-dao-00082", "vn-commune-cua-nam-00082-2025"),
    ],
)
def test_a_code_is_not_an_identity(kind: str, code: str, before: str, after: str) -> None:
    def holder(date: str) -> str:
        found = [row["id"] for row in in_force(date) if row["code"] == code and level()[row["id"]] == kind]
        return found[0] if len(found) == 1 else "|".join(found)

    assert (holder("2025-06-30"), holder(REFORM)) == (before, after)


def test_parents_are_in_force_with_their_children() -> None:
    for date in ("2025-06-30", REFORM, "2026-09-20"):
        alive = {row["id"] for row in in_force(date)}
        orphans = [r["id"] for r in in_force(date) if level()[r["id"]] != "province" and r["parent_id"] not in alive]
        assert orphans == []


def test_versions_do_not_overlap() -> None:
    versions = defaultdict(list)
    for row in rows("versions"):
        if row["id"] in level() and row["preferred"] != "no":
            versions[row["id"]].append(row)
    for entity_id, found in versions.items():
        found.sort(key=lambda row: row["valid_from"])
        for earlier, later in pairwise(found):
            assert "" < earlier["valid_to"] <= later["valid_from"], entity_id


def test_what_has_no_start_says_when_it_is_first_seen() -> None:
    unknown = [row for row in rows("versions") if row["id"] in level() and not row["valid_from"]]
    seen = Counter(row["attested"] for row in unknown if level()[row["id"]] != "province")
    assert seen["2004-08-31"] > 11_000
    # What the states lack until its district was divided is known from the decree alone.
    assert seen[""] <= 30
    assert all(row["attested"] < row["valid_to"] for row in unknown if row["valid_to"])


@pytest.mark.parametrize(
    ("entity_id", "names"),
    [
        ("vn-commune-ta-si-lang-04603", ["Tà Si Láng", "Tà Xi Láng"]),
        ("vn-commune-luong-minh-16906", ["Lưỡng Minh", "Lượng Minh"]),
        ("vn-commune-thuan-hoa-00922", ["Thuận Hoà", "Thuận Hòa"]),
        ("vn-commune-krong-na-24235", ["Krông Na", "Buôn Đôn"]),
    ],
)
def test_a_corrected_spelling_is_no_renaming(entity_id: str, names: list[str]) -> None:
    found = sorted((row for row in rows("versions") if row["id"] == entity_id), key=lambda row: row["valid_from"])
    assert [row["name"] for row in found][-2:] == names
    renamed = [row for row in changes_of_2025() if row["from_id"] == entity_id and row["kind"] == "renamed"]
    assert bool(renamed) == (entity_id == "vn-commune-krong-na-24235")


@pytest.mark.parametrize(
    ("entity_id", "text", "language"),
    [
        ("vn-province-ho-chi-minh", "Sài Gòn", "vi"),
        ("vn-province-ho-chi-minh-2025", "TPHCM", "vi"),
        ("vn-province-ho-chi-minh-2025", "Hô-Chi-Minh-Ville", "fr"),
        ("vn-province-ha-noi", "Hanoï", "fr"),
        ("vn-province-an-giang-2025", "មាត់ជ្រូក", "km"),
        ("vn-province-ho-chi-minh-2025", "ហូជីមីញ", "km"),
        ("vn-province-ba-ria-vung-tau", "BRVT", "vi"),
        ("vn-commune-phuong-4-25462", "IV", "vi"),
        ("vn-commune-dak-ha-23500", "Đăk Hà", "vi"),
    ],
)
def test_other_names(entity_id: str, text: str, language: str) -> None:
    assert (entity_id, text, language) in {(row["id"], row["text"], row["language"]) for row in rows("names")}


def test_names_of_no_other_place() -> None:
    wrong = {
        "Ha Tay",
        "Đông Bắc",
        "Đồng Bằng Sông Hồng",
        "Đông Nam Bộ",
        "Kien An Province",
        "Nậm Cắn",
        "Thuan An Bridge",
    }
    assert not wrong & {row["text"] for row in rows("names") if row["id"] in level()}


def test_every_legal_type_is_listed() -> None:
    listed = {(row["type"], row["local_type"]) for row in rows("local_types") if row["country"] == "VN"}
    assert {(level()[r["id"]], r["local_type"]) for r in rows("versions") if r["id"] in level()} <= listed


def test_every_source_and_instrument_resolves() -> None:
    sources = {row["id"] for row in rows("sources")}
    instruments = {row["id"] for row in rows("instruments")}
    for table in ("entities", "versions", "names", "identifiers", "changes", "instruments", "local_types"):
        assert {row["source_id"] for row in rows(table)} <= sources, table
    assert {row["instrument_id"] for row in changes_of_2025()} <= instruments


def test_an_identifier_names_one_entity_at_a_time() -> None:
    held = defaultdict(list)
    for row in rows("identifiers"):
        if row["id"] in level():
            held[row["scheme"], row["value"]].append((row["valid_from"], row["valid_to"] or "9999"))
    for key, spans in held.items():
        assert all(end <= start for (_, end), (start, _) in pairwise(sorted(spans))), key
    assert sum(1 for scheme, value in held if scheme == "iso3166-2") == 63


@pytest.mark.parametrize("scheme", ["wikidata", "geonames", "pcode"])
def test_nearly_every_district_is_known_to_other_registers(scheme: str) -> None:
    districts = {entity for entity, kind in level().items() if kind == "district"}
    known = {row["id"] for row in rows("identifiers") if row["scheme"] == scheme} & districts
    assert len(known) >= 0.95 * len(districts)


def test_every_province_since_2004_is_known_to_other_registers() -> None:
    provinces = {row["id"]: row for row in rows("versions") if level().get(row["id"]) == "province"}
    now = {entity for entity, row in provinces.items() if not row["valid_to"]}
    before = {entity for entity, row in provinces.items() if (row["valid_to"] or "9999") >= "2025-07-01"} - {
        entity for entity in now if entity.endswith("-2025")
    }
    known = {
        scheme: {row["id"] for row in rows("identifiers") if row["scheme"] == scheme}
        for scheme in ("wikidata", "geonames", "pcode", "iso3166-2")
    }
    assert len(now) == 34 and now <= known["wikidata"]
    assert len(before) == 63
    for scheme, ids in known.items():
        assert before <= ids, scheme


@pytest.mark.parametrize(
    ("entity", "scheme", "value"),
    [
        ("vn-province-an-giang", "pcode", "VN805"),
        ("vn-province-ha-noi", "pcode", "VN101"),
        ("vn-province-hue", "pcode", "VN411"),
        ("vn-province-an-giang-2025", "wikidata", "Q36592"),
        ("vn-district-ba-dinh-001", "pcode", "VN10101"),
        ("vn-district-ba-dinh-001", "geonames", "1905121"),
        ("vn-district-hong-ngu-868", "pcode", "VN80308"),
        ("vn-district-hong-ngu-870", "pcode", "VN80307"),
        ("vn-district-ky-anh-447", "pcode", "VN40519"),
        ("vn-district-nam-tu-liem-019", "geonames", "11497308"),
    ],
)
def test_an_id_of_another_register_is_the_units(entity: str, scheme: str, value: str) -> None:
    assert [row["id"] for row in rows("identifiers") if (row["scheme"], row["value"]) == (scheme, value)][-1] == entity


def decrees_counted_from_the_gazette() -> list[Row]:
    return [
        row
        for row in rows("instruments")
        if row["number"].endswith("/NĐ-CP") and "2003" <= row["in_force"] < "2009-03-31"
    ]


def test_a_decree_in_force_after_the_gazette_has_a_day_only_where_one_was_read() -> None:
    found = decrees_counted_from_the_gazette()
    exact = [row for row in found if "/" not in row["in_force"]]
    assert len(found) > 150
    assert [row["number"] for row in exact if row["source_id"] == "vn-gso-snapshots-2004-2025"] == []
    for row in exact:
        if row["adopted"]:
            waited = dt.date.fromisoformat(row["in_force"]) - dt.date.fromisoformat(row["adopted"])
            assert dt.timedelta(15) < waited <= dt.timedelta(45), row["number"]


def test_a_range_begins_fifteen_days_after_signing_and_is_short() -> None:
    ranged = [row for row in decrees_counted_from_the_gazette() if "/" in row["in_force"]]
    assert len(ranged) > 120
    for row in ranged:
        first, last = (dt.date.fromisoformat(day) for day in row["in_force"].split("/"))
        assert dt.timedelta(14) < last - first <= dt.timedelta(31), row["number"]
        if len(row["adopted"]) == 10:
            assert first - dt.date.fromisoformat(row["adopted"]) == dt.timedelta(15), row["number"]


@pytest.mark.parametrize(
    ("unit", "start", "origins"),
    [
        ("vn-district-tay-ho-003", "1995-10-28/1995-11-18", {"vn-district-ba-dinh-001", "vn-district-tu-liem-019"}),
        ("vn-district-con-co-471", "2004-10-16/2004-11-06", {"vn-district-vinh-linh-464"}),
        ("vn-commune-chi-dong-08973", "2008-04-30", {"vn-commune-quang-minh-08989"}),
        ("vn-commune-long-thanh-29513", "2011-06-08", {"vn-commune-long-khanh-29521"}),
        ("vn-commune-phuong-3-28437", "2013-12-26", {"vn-commune-tan-binh-28462", "vn-commune-nhi-my-28474"}),
        ("vn-commune-an-trach-a-31988", "2008-08-16/2008-09-06", {"vn-commune-an-trach-31987"}),
        (
            "vn-commune-hieu-liem-25908",
            "2004-12-02/2004-12-23",
            {"vn-commune-lac-an-25909", "vn-commune-tan-dinh-25894"},
        ),
        ("vn-commune-vinh-thuan-21804", "2005-11-30/2005-12-21", {"vn-commune-vinh-quang-21805"}),
        ("vn-commune-phu-thinh-25325", "2009-08-11", {"vn-commune-an-loc-25324"}),
        ("vn-commune-pa-khoang-03326", "2012-08-25", {"vn-commune-muong-phang-03325"}),
        ("vn-commune-duong-10-25398", "2009-04-10", {"vn-commune-dak-nhau-25399"}),
    ],
)
def test_what_a_unit_was_formed_of(unit: str, start: str, origins: set[str]) -> None:
    found = [row for row in rows("changes") if row["to_id"] == unit and row["kind"] == "created"]
    assert {(row["date"], row["extent"]) for row in found} == {(start, "part")}
    assert {row["from_id"] for row in found} == origins


def test_a_commune_that_became_a_ward_of_a_new_town_was_there_before() -> None:
    found = [(r["valid_from"], r["local_type"]) for r in rows("versions") if r["id"] == "vn-commune-quang-long-19060"]
    assert found == [("", "xã"), ("2013-12-20", "phường")]


def test_a_commune_that_the_states_lack_starts_with_the_decree_that_formed_it() -> None:
    found = [(r["valid_from"], r["parent_id"]) for r in rows("versions") if r["id"] == "vn-commune-dat-cuoc-25907"]
    assert found == [
        ("2004-12-02/2004-12-23", "vn-district-tan-uyen-723"),
        ("2013-12-29", "vn-district-bac-tan-uyen-726"),
    ]


def test_a_unit_that_was_divided_is_not_told_as_wholly_merged() -> None:
    found = {
        (r["kind"], r["to_id"], r["extent"]) for r in rows("changes") if r["from_id"] == "vn-commune-tan-thien-23269"
    }
    assert found == {
        ("split", "vn-commune-phuoc-hoi-23231", "part"),
        ("split", "vn-commune-tan-thien-23234", "part"),
    }


def test_most_units_formed_since_2004_have_an_origin() -> None:
    formed = defaultdict(set)
    for row in rows("changes"):
        if row["kind"] == "created" and row["to_id"] in level() and "2004-08-31" < row["date"] < REFORM:
            formed[row["to_id"]].add(row["from_id"])
    assert sum(origins == {""} for origins in formed.values()) <= 112


def test_every_province_since_2004_has_a_khmer_name_but_two() -> None:
    khmer = {row["id"] for row in rows("names") if row["language"] == "km"}
    provinces = {
        row["id"]
        for row in rows("versions")
        if level().get(row["id"]) == "province" and (not row["valid_to"] or row["valid_to"] > "2004-09-01")
    }
    assert provinces - khmer == {"vn-province-dak-nong", "vn-province-ha-tay"}


@pytest.mark.parametrize(
    ("province", "khmer"),
    [
        ("hue", "ធឿធៀនហ្វេ"), ("hung-yen", "ហ៊ឹងអៀន"), ("hung-yen-2025", "ហ៊ឹងអៀន"), ("ba-ria-vung-tau", "អូរកាប់"),
        ("ho-chi-minh-2025", "ហូជីមីញ"), ("ha-noi", "ហាណូយ"), ("tay-ninh", "តៃនិញ"), ("can-tho-2025", "កឹងធើ"),
    ],
)  # fmt: skip
def test_what_khmer_texts_call_a_province(province: str, khmer: str) -> None:
    assert (f"vn-province-{province}", khmer) in {(r["id"], r["text"]) for r in rows("names") if r["language"] == "km"}


def test_a_unit_is_not_renamed_on_the_day_a_new_one_takes_its_name() -> None:
    """The code alone passed on; only of a unit that is recorded as the new one's origin is it true."""
    by_id = defaultdict(list)
    for row in rows("versions"):
        if level().get(row["id"]) == "commune":
            by_id[row["id"]].append(row)
    formed = {
        (own[0]["valid_from"], own[0]["parent_id"], own[0]["name"].casefold()): entity_id
        for entity_id, own in by_id.items()
    }
    told = {(row["from_id"], row["to_id"]) for row in rows("changes")}
    handed_on = {
        (entity_id, taker)
        for entity_id, own in by_id.items()
        for before, after in pairwise(own)
        if before["name"].casefold() != after["name"].casefold()
        if (taker := formed.get((after["valid_from"], after["parent_id"], before["name"].casefold()), ""))
    }
    assert handed_on <= told


def test_the_communes_of_a_divided_district_are_counted_once() -> None:
    told = defaultdict(list)
    for row in rows("changes"):
        share = re.match(r"(\d+) of its (\d+) communes", row["note"])
        if share:
            told[row["from_id"], row["date"]].append((int(share[1]), int(share[2])))
    assert len(told) >= 5
    for (district, date), shares in told.items():
        day_before = str(dt.date.fromisoformat(date[:10]) - dt.timedelta(days=1))
        communes = sum(row["parent_id"] == district for row in in_force(day_before))
        assert {total for _, total in shares} == {communes}
        assert sum(part for part, _ in shares) <= communes, district
