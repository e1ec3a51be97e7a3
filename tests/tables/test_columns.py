"""The appended columns say what the match says, in the contract's order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.filters import countries_of, types_of
from resolver.model import Match, Mention
from resolver.tables.columns import COLUMNS, ON_DEMAND, cells, column_names, pick_columns, with_note


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver()


def named(match: Match) -> dict[str, str]:
    return dict(zip(COLUMNS, cells(match), strict=True))


def test_the_order_is_the_contract() -> None:
    assert ",".join(COLUMNS) == (
        "status,id,name,type,country,code,score,method,dating,change,change_date,instrument,"
        "current_id,current_name,current_code,current_path,path,candidates,remainder,best_id,common_id,"
        "holder_id,holder_name,office_id,office_name,iso_3166_2,wikidata,geonames,pcode,note"
    )


def test_a_merged_province(resolver: Resolver) -> None:
    row = named(resolver.resolve("Kiên Giang", type="province", date="2025-12-01"))
    assert row["id"] == "vn-province-kien-giang"
    assert (row["status"], row["name"], row["type"], row["country"]) == ("matched", "Kiên Giang", "province", "VN")
    assert (row["code"], row["path"]) == ("91", "Tỉnh Kiên Giang")
    assert (row["change"], row["change_date"], row["instrument"]) == ("merged", "2025-07-01", "202/2025/QH15")
    assert row["current_id"] == "vn-province-an-giang-2025"
    assert (row["current_name"], row["current_code"], row["current_path"]) == ("An Giang", "91", "Tỉnh An Giang")
    assert (row["dating"], row["candidates"]) == ("ended", "")
    assert 0.9 < float(row["score"]) <= 1


def test_what_has_not_changed_stands_there_itself(resolver: Resolver) -> None:
    row = named(resolver.resolve("Kampot", type="province"))
    assert row["current_id"] == row["id"] == "kh-province-kampot"
    assert (row["change"], row["change_date"], row["instrument"], row["dating"]) == ("", "", "", "")


def test_several_successors_are_joined_alike(resolver: Resolver) -> None:
    match = resolver.resolve("Kiên Giang", type="province")
    two = (resolver.entity("vn-province-an-giang-2025"), resolver.entity("kh-province-kampot"))
    row = named(replace(match, current=two))
    assert row["current_id"] == "vn-province-an-giang-2025|kh-province-kampot"
    assert row["current_code"] == "91|07"
    assert row["current_name"] == "An Giang|Kampot"
    uncoded = named(replace(match, current=tuple(replace(entity, code="") for entity in two)))
    assert uncoded["current_code"] == ""


def test_unknown_successors_are_blank(resolver: Resolver) -> None:
    row = named(replace(resolver.resolve("Kiên Giang", type="province"), current_known=False))
    assert [row[name] for name in COLUMNS if name.startswith("current_")] == [""] * 4


def test_ambiguous_mentions_list_five_candidates_and_no_entity(resolver: Resolver) -> None:
    match = resolver.resolve("Châu Thành", type="district")
    row = named(match)
    assert row["status"] == "ambiguous"
    assert [row[name] for name in ("id", "name", "type", "country", "code", "path", "current_id")] == [""] * 7
    listed = [part.rpartition(":") for part in row["candidates"].split("|")]
    assert [id_ for id_, _, _ in listed] == [candidate.entity.id for candidate in match.candidates[:5]]
    scores = [float(score) for _, _, score in listed]
    assert scores == sorted(scores, reverse=True)
    assert row["note"]


def test_unmatched_and_blank(resolver: Resolver) -> None:
    unmatched = named(resolver.resolve("Zzyzxqw"))
    assert (unmatched["status"], unmatched["score"], unmatched["candidates"]) == ("unmatched", "0.0000", "")
    assert cells(Match(Mention("  "), "blank")) == ("blank", *[""] * (len(COLUMNS) - 1))


def test_notes_are_added_to() -> None:
    row = cells(Match(Mention("x"), "unmatched", note="Nothing of this name."))
    assert with_note(row, "The date is odd.")[-1] == "Nothing of this name. The date is odd."


def test_columns_are_picked_in_order() -> None:
    assert column_names("place", pick_columns(["score", " id"])) == ["place_id", "place_score"]
    assert column_names("", pick_columns(["id"])) == ["id"]
    assert [COLUMNS[place] for place in pick_columns(None)] == [name for name in COLUMNS if name not in ON_DEMAND]
    with pytest.raises(UsageError, match=r"unknown column 'scoer' \(did you mean 'score'\?\)"):
        pick_columns(["scoer"])
    with pytest.raises(UsageError, match="no columns"):
        pick_columns(["", " "])


def test_types_and_countries() -> None:
    assert types_of(["person", "place"]) == ("country", "province", "district", "commune", "person")
    assert types_of(None) == ()
    assert countries_of(["vn,KH", "vn"]) == ("VN", "KH")
    with pytest.raises(UsageError, match="did you mean 'province'"):
        types_of("provinse")
    with pytest.raises(UsageError, match="ISO 3166-1"):
        countries_of("Vietnam")


def test_the_best_of_several_is_the_one_with_the_whole_population(resolver: Resolver) -> None:
    checked = 0
    for change in resolver.convert_many(
        [unit.id for unit in resolver.places("commune", country="VN", date="2025-06-30")],
        date="2025-06-30",
        to="2025-07-01",
    ):
        if change.status != "split":
            continue
        match = resolver.resolve(change.source.entity.id, date="2025-06-30", to="2025-07-01")  # type: ignore[union-attr]
        whole = [target.place.entity.id for target in change.targets if target.population == "whole"]
        assert named(match)["best_id"] == (whole[0] if len(whole) == 1 else ""), match.note
        assert len(named(match)["current_id"].split("|")) > 1
        checked += 1
    assert checked > 20


def test_the_best_is_itself_or_its_only_successor(resolver: Resolver) -> None:
    for asked, expected in (
        ("kh-province-kampot", "kh-province-kampot"),
        ("vn-province-kien-giang", "vn-province-an-giang-2025"),
    ):
        assert named(resolver.resolve(asked))["best_id"] == expected


def test_what_all_candidates_became_stands_in_the_current_columns(resolver: Resolver) -> None:
    match = resolver.resolve("Châu Thành", type="district", date="2024")
    assert (match.status, named(match)["current_id"], named(match)["common_id"]) == (
        "ambiguous",
        "",
        "vn-country-viet-nam",
    )
    alike = replace(match, common_current=(resolver.entity("vn-province-an-giang-2025"),))
    assert named(alike)["current_id"] == "vn-province-an-giang-2025"
    assert (named(alike)["id"], named(alike)["best_id"]) == ("", "")


def test_holders_and_offices(resolver: Resolver) -> None:
    office = named(resolver.resolve("Ministre de l'Intérieur du Cambodge", date="2025-12-01"))
    assert (office["holder_id"], office["holder_name"]) == ("kh-person-sar-sokha", "Sar Sokha")
    assert office["office_id"] == ""
    person = named(resolver.resolve("Sar Sokha", type="person", date="2025-12-01"))
    assert office["id"] in person["office_id"].split("|")
    assert len(person["office_id"].split("|")) == len(person["office_name"].split("|"))


def test_identifiers_in_other_registers(resolver: Resolver) -> None:
    match = resolver.resolve("Kampot", type="province")
    row = dict(zip(COLUMNS, cells(match, resolver.identifiers), strict=True))
    assert (row["iso_3166_2"], row["pcode"]) == ("KH-7", "KH07")
    assert row["wikidata"].startswith("Q")
    assert row["geonames"].isdecimal()
    assert named(match)["wikidata"] == ""


def test_identifiers_are_those_of_the_date(resolver: Resolver) -> None:
    ended = "vn-province-bac-giang"
    known = [one for one in resolver.identifiers(ended) if one.scheme == "iso3166-2"]
    for one in known:
        early, late = ("1990-01-01", one.valid_to or "2026-01-01")
        for date, expected in ((early, one.value), (late, "" if one.valid_to else one.value)):
            row = dict(zip(COLUMNS, cells(resolver.resolve(ended, date=date), resolver.identifiers), strict=True))
            assert row["iso_3166_2"] == expected
    assert known
