"""What the Resolver promises beyond single answers: filters, dates, context, overrides, one pipeline."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import math
import pickle
import time

import pytest

from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.model import Mention


def test_a_blank_mention_is_blank(resolver: Resolver) -> None:
    for text in ("", "   ", "\u200b", "\ufeff \t"):
        assert resolver.resolve(text).status == "blank"


def test_types_and_countries_confine_what_is_found(resolver: Resolver) -> None:
    assert resolver.resolve("Hà Tiên", type="district").entity is not None
    assert resolver.resolve("Kampot", country="VN").entity is None
    found = resolver.resolve("Preah Sihanouk", type="place", country="kh")
    assert found.entity is not None
    assert found.entity.country == "KH"
    assert resolver.resolve("Lương Tam Quang", type="place").status == "unmatched"


def test_unknown_words_are_refused(resolver: Resolver) -> None:
    with pytest.raises(UsageError, match="province"):
        resolver.resolve("Kampot", type="provinces")
    with pytest.raises(UsageError, match="country"):
        resolver.resolve("Kampot", country="KHM")
    with pytest.raises(UsageError, match="2025-07-01"):
        resolver.resolve("Kampot", date="yesterday")
    with pytest.raises(UsageError, match="no entity"):
        resolver.entity("kh-province-atlantis")


def test_dates_may_be_dates_or_as_people_write_them(resolver: Resolver) -> None:
    for date in ("2024-11-27", "27/11/2024", "2024-11", dt.date(2024, 11, 27)):
        match = resolver.resolve("An Giang", date=date)
        assert match.entity is not None
        assert match.entity.id == "vn-province-an-giang"
        assert match.dating == "in_force"


def test_without_a_date_the_name_in_force_comes_first_and_history_is_found(resolver: Resolver) -> None:
    match = resolver.resolve("An Giang", type="province")
    assert [candidate.entity.id for candidate in match.candidates][:2] == [
        "vn-province-an-giang-2025",
        "vn-province-an-giang",
    ]


def test_a_parent_decides_among_namesakes(resolver: Resolver) -> None:
    assert resolver.resolve("Châu Thành").status == "ambiguous"
    for parent, path in {
        "Kiên Giang": "Huyện Châu Thành, Tỉnh Kiên Giang",
        "tỉnh Sóc Trăng": "Huyện Châu Thành, Tỉnh Sóc Trăng",
    }.items():
        match = resolver.resolve("huyện Châu Thành", within=parent)
        assert match.entity is not None
        assert match.entity.path == path


def test_a_parent_that_contradicts_is_not_overruled(resolver: Resolver) -> None:
    match = resolver.resolve("Ba Đình", type="district", within="Kampot")
    assert match.entity is None
    assert match.candidates


@pytest.mark.parametrize("smallest", ["Phường Bìnhh San", "Phường iBnh San", "Phường Bình Sann"])
def test_a_misspelt_smallest_part_does_not_promote_its_parent(resolver: Resolver, smallest: str) -> None:
    match = resolver.resolve(f"{smallest}, Thành phố Hà Tiên, Tỉnh Kiên Giang", date="2024-11-27")
    assert match.entity is not None
    assert match.entity.id == "vn-commune-binh-san-30772"


def test_typed_diacritics_contradict(resolver: Resolver) -> None:
    slip = resolver.resolve("Kiến Giang", type="province")
    assert slip.entity is not None, "one tone in a province's name is a slip"
    assert (slip.entity.name, slip.method) == ("Kiên Giang", "folded")
    assert slip.score < 0.97
    match = resolver.resolve("Lê Văn Thanh", type="person")
    assert match.entity is None or match.entity.name != "Lê Văn Thành"


def test_a_split_unit_is_matched_with_all_its_successors(resolver: Resolver) -> None:
    match = resolver.resolve("Phường Đại Kim, Quận Hoàng Mai, Hà Nội")
    assert match.entity is not None
    assert {change.kind for change in match.changes} == {"split"}
    assert sorted(entity.code for entity in match.current) == ["00316", "00337", "00364", "00643"]


def test_the_target_date_moves_what_stands_there(resolver: Resolver) -> None:
    now = resolver.resolve("Kiên Giang", date="2024-11-27")
    then = resolver.resolve("Kiên Giang", date="2024-11-27", to="2025-06-30")
    assert [entity.id for entity in now.current] == ["vn-province-an-giang-2025"]
    assert [entity.id for entity in then.current] == ["vn-province-kien-giang"]
    assert not then.changes
    back = resolver.resolve("An Giang", date="2025-12-01", to="2024-01-01")
    assert {entity.id for entity in back.current} == {"vn-province-an-giang", "vn-province-kien-giang"}


def test_a_later_retyping_is_told(resolver: Resolver) -> None:
    match = resolver.resolve("Xã Long Thành, Đồng Nai", date="2025-12-01")
    assert match.entity is not None
    assert match.entity.path == "Xã Long Thành, Tỉnh Đồng Nai"
    assert [(change.kind, change.date) for change in match.changes] == [("retyped", "2026-04-30")]
    assert match.current[0].path == "Phường Long Thành, Thành phố Đồng Nai"


def test_a_minimum_score_can_be_asked_for(resolver: Resolver) -> None:
    sure = resolver.resolve("Tỉnh Kiên Giang", min_score=0.9)
    assert sure.status == "matched"
    assert resolver.resolve("Tỉnh Kiên Giang", min_score=1.0).status == "ambiguous"


def test_a_decision_of_a_person_is_kept(resolver: Resolver) -> None:
    mention = Mention("Châu Thành", date="2024-01-01")
    match = resolver.settle(mention, "vn-district-chau-thanh-905")
    assert (match.status, match.method, match.score) == ("matched", "override", 1.0)
    assert match.changes[0].kind == "abolished"
    assert resolver.settle(mention, "none").status == "unmatched"


def test_names_can_be_shown_in_another_language(resolver: Resolver) -> None:
    match = resolver.resolve("Kampot", type="province", language="km")
    assert match.entity is not None
    assert match.entity.name == "កំពត"
    assert match.entity.path == "ខេត្តកំពត"


def test_names_shown_are_those_of_the_time(resolver: Resolver) -> None:
    for date, name in {"2020-01-01": "Thừa Thiên–Huế", "2025-06-01": "Hue"}.items():
        match = resolver.resolve("Huế", type="province", date=date, language="en")
        assert match.entity is not None
        assert match.entity.name == name


def test_many_and_one_are_the_same(resolver: Resolver) -> None:
    mentions = [
        "Kien Giang",
        "Châu Thành",
        "Kamptoo",
        "John Smith",
        "",
        "Kien Giang",
        "Đào Hải Đăng",
        "P.1, Q.3, TPHCM",
    ]
    assert resolver.resolve_many(mentions) == [resolver.resolve(mention) for mention in mentions]


def test_evidence_adds_up_to_the_scores(resolver: Resolver) -> None:
    match = resolver.resolve("Phú Mỹ")
    odds = [sum(evidence.weight for evidence in candidate.evidence) for candidate in match.candidates]
    whole = 1 + sum(math.exp(one) for one in odds)
    assert len(odds) > 5
    assert [candidate.score for candidate in match.candidates] == pytest.approx([math.exp(o) / whole for o in odds])


def test_parts_of_a_mention_may_be_lists(resolver: Resolver) -> None:
    lists = Mention("Châu Thành", ["district"], ["VN"], "", ["Kiên Giang"])  # type: ignore[arg-type]
    tuples = Mention("Châu Thành", ("district",), ("VN",), "", ("Kiên Giang",))
    assert resolver.resolve_many([lists]) == resolver.resolve_many([tuples])
    with pytest.raises(UsageError, match="None"):
        resolver.resolve_many([Mention("Châu Thành", within=(None,))])  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["Hà Nội, ", "phường ", "a,", "a\u0301\u0301", "ខេត្ត", "(", "Q. 1, P. 2, ", "Hà\n"])
def test_a_cell_of_any_length_is_soon_read(resolver: Resolver, text: str) -> None:
    long = text * (100_000 // len(text))
    start = time.monotonic()
    assert resolver.resolve(long).status in {"unmatched", "ambiguous"}
    assert resolver.resolve("Châu Thành", within=long).status in {"unmatched", "ambiguous"}
    assert time.monotonic() - start < 5


def test_answers_are_records_like_any_other(resolver: Resolver) -> None:
    match = resolver.resolve("Phú Mỹ")
    for other in (
        resolver.resolve("Phú Mỹ"),
        copy.copy(resolver.resolve("Phú Mỹ")),
        copy.deepcopy(resolver.resolve("Phú Mỹ")),
        pickle.loads(pickle.dumps(resolver.resolve("Phú Mỹ"))),
        dataclasses.replace(resolver.resolve("Phú Mỹ")),
    ):
        assert other == match
        assert hash(other) == hash(match)
        assert repr(other) == repr(match)
    assert dataclasses.asdict(match)["candidates"][0]["entity"]["id"] == match.candidates[0].entity.id
