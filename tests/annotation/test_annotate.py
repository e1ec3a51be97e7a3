"""Names in running text, as people write it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from resolver import Annotation, Resolver, UsageError

CASES = Path(__file__).with_name("cases.csv")


def rows() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shown(made: list[Annotation]) -> str:
    """Return marks as the cases write them: what stands in the text, and what it means."""
    return " | ".join(f"{one.text} = {one.match.entity.id if one.match.entity else one.match.status}" for one in made)


@pytest.mark.parametrize("case", rows(), ids=lambda case: case["reason"])
def test_cases(resolver: Resolver, case: dict[str, str]) -> None:
    text = case["text"].replace("\\n", "\n").replace("\\u200b", "\u200b")
    made = resolver.annotate(text, date=case["date"] or None)
    assert shown(made) == case["expected"].replace("\\u200b", "\u200b")
    assert [text[one.start : one.end] for one in made] == [one.text for one in made]


def test_a_short_form_tells_for_whom_it_stands(resolver: Resolver) -> None:
    made = resolver.annotate("Le général To Lam arrive. M. Lâm repart.", date="2023-05-01")
    first, second = made
    assert (second.text, second.cluster) == ("Lâm", first.cluster) == ("Lâm", "vn-person-to-lam")
    assert second.match.method == "document"
    assert "To Lam" in second.match.evidence[0].text
    assert "named before it" in second.match.note


def test_a_title_by_itself_tells_for_whom_it_stands(resolver: Resolver) -> None:
    made = resolver.annotate("Colonel Dao Hai Dang came. The colonel said so.", date="2024-11-27")
    first, second = made
    assert (second.text, second.cluster) == ("The colonel", first.cluster)
    assert second.match.method == "document"
    told = second.match.evidence[0].text
    assert "Dao Hai Dang" in told and "the only one called “colonel” in the same document" in told
    assert told.split("stands for ")[1] in second.match.note


def test_a_person_nobody_knows_has_a_cluster_and_an_office(resolver: Resolver) -> None:
    text = (
        "Đại tá Trần Quốc Bảo Khang, Phó Giám đốc Công an tỉnh Kiên Giang, phát biểu. "
        "Đại tá Tran Quoc Bao Khang cảm ơn. Trung tá Lê Thị Ngọc Bích ghi biên bản."
    )
    people = [one for one in resolver.annotate(text, date="2024-11-27") if one.kind == "person"]
    assert [one.match.status for one in people] == ["unmatched"] * 3
    assert [one.cluster for one in people] == ["person 1", "person 1", "person 2"]
    assert people[0].office == "vn-office-deputy-director-of-kien-giang-provincial-police"
    assert people[0].office in people[0].match.note


def test_a_person_nobody_knows_is_said_to_be_one(resolver: Resolver) -> None:
    (one,) = resolver.annotate("HLV Park Sung-min hài lòng.", date="2024-11-27")
    assert one.match.status == "unmatched"
    assert one.match.note.startswith("names a person, as it seems, who is not in the gazetteer.")


@pytest.mark.parametrize("name", ["Phù Yên", "Thạnh Hóa", "Lãng Sơn", "Yên Bài", "Hải Đường", "Lâm Động", "Thành Hòa"])
def test_a_unit_is_not_the_province_of_the_same_letters(resolver: Resolver, name: str) -> None:
    for text in (f"Người dân ở {name} đi làm sớm.", f"Mưa to ở {name}, nước lên nhanh."):
        made = resolver.annotate(text, date="2020-06-01")
        assert not [one for one in made if one.match.entity and one.match.entity.type == "province"]


def test_a_commune_is_not_meant_by_the_name_of_a_river(resolver: Resolver) -> None:
    river = "Sông Kỳ Lộ dâng; nước Kỳ Lộ lên nhanh, huyện Đồng Xuân, tỉnh Phú Yên bị ngập."
    texts = (f"{name} dâng; ở {name.split(' ', 1)[1]} mưa, tỉnh Quảng Bình lo." for name in ("Sông Kiến Giang",))
    for text in (river, *texts):
        made = resolver.annotate(text, date="2016-10-16")
        assert not [one for one in made if one.match.entity and one.match.entity.type == "commune"]


def test_the_day_of_a_text_is_read_from_it_and_said(resolver: Resolver) -> None:
    dated = resolver.annotate("Rach Gia, 3 juillet 2025 (VNA) - La province de Kiên Giang n'est plus.")
    assert {one.match.mention.date for one in dated} == {"2025-07-03"}
    assert all("Dated by the text" in one.match.note for one in dated)
    told = resolver.annotate(
        "Rach Gia, 3 juillet 2025 (VNA) - La province de Kiên Giang n'est plus.", date="2024-01-01"
    )
    assert {one.match.mention.date for one in told} == {"2024-01-01"}
    assert not any("Dated by the text" in one.match.note for one in told)


def test_the_answer_is_that_of_resolve(resolver: Resolver) -> None:
    (mark,) = resolver.annotate("Tin từ tỉnh Kiên Giang.", date="2024-11-27")
    match = resolver.resolve("tỉnh Kiên Giang", type="place", date="2024-11-27")
    assert (mark.match.entity, mark.match.score, mark.match.changes) == (match.entity, match.score, match.changes)


def test_names_are_shown_in_a_language(resolver: Resolver) -> None:
    (mark,) = resolver.annotate("Kampot", language="km")
    assert mark.match.entity is not None and mark.match.entity.name == "កំពត"


def test_many_texts_are_answered_as_one(resolver: Resolver) -> None:
    texts = ["Kampot và Kép", "", "Colonel Dao Hai Dang"]
    many = list(resolver.annotate_many(texts, date="2024-11-27"))
    assert many == [resolver.annotate(text, date="2024-11-27") for text in texts]
    days = ["2024-11-27", None, "2025-12-01"]
    by_day = list(resolver.annotate_many(texts, dates=days))
    assert by_day == [resolver.annotate(text, date=day) for text, day in zip(texts, days, strict=True)]


@pytest.mark.parametrize("dates", [[], ["2024"], ["2024", "2024", "2024"]])
def test_as_many_dates_as_texts_are_wanted(resolver: Resolver, dates: list[str]) -> None:
    with pytest.raises(UsageError, match="as many dates"):
        list(resolver.annotate_many(["a", "b"], dates=dates))


def test_a_bad_date_is_refused(resolver: Resolver) -> None:
    with pytest.raises(UsageError, match="date"):
        resolver.annotate("Kampot", date="soon")
    with pytest.raises(UsageError, match="date"):
        list(resolver.annotate_many(["Kampot"], dates=["soon"]))


def test_a_long_text_is_read_to_its_end(resolver: Resolver) -> None:
    line = "Nothing of note happened on that day in the office.\n"
    text = line * 3_000 + "Police of Kampot came."
    (mark,) = resolver.annotate(text)
    assert text[mark.start : mark.end] == mark.text == "Police of Kampot"
