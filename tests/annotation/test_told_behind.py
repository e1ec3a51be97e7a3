"""Work, employers and homes told behind a name in running text, and offices told there."""

from __future__ import annotations

import pytest

from resolver import Resolver
from tests.eval import beside_sweeps


def people(resolver: Resolver, text: str, date: str = "") -> list[str]:
    made = resolver.annotate(text, date=date or None)
    return [one.match.entity.id for one in made if one.match.entity and one.match.entity.type == "person"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Cham Prasidh, a glassblower from Kep, sold his house.", "2012-05-05"),
        ("Cham Prasidh, 51, a glassblower in Kep, sold his house.", "2012-05-05"),
        ("Cham Prasidh, of Kep province, sold his house.", "2012-05-05"),
        ("Cham Prasidh, managing director of Kep Salt Co., Ltd, sold his house.", "2012-05-05"),
        ("Ông Lê Minh Hoan, thợ chạm bạc ở Hà Nam, bán nhà.", "2022-05-05"),
        ("Ông Lê Minh Hoan, xã Thanh Hà, tỉnh Hà Nam, được khen.", "2022-05-05"),
        ("Lê Minh Hoan (chủ tiệm bánh, Hà Nam) kể lại.", "2022-05-05"),
        ("Ông Lê Minh Hoan là người bán bánh mì ở Hà Nam.", "2022-05-05"),
        ("Lê Minh Hoan (Hà Nam) hỏi về giá lúa.", "2022-05-05"),
        ("Cham Prasidh, horloger à Kep, a vendu sa maison.", "2012-05-05"),
        ("លោក ហ៊ុន សែន ជាអ្នកដាំបន្លែនៅខេត្តកែប បានលក់ផ្ទះ។", "2020-05-05"),
    ],
)
def test_who_does_something_else_is_not_the_official(resolver: Resolver, text: str, date: str) -> None:
    assert people(resolver, text, date) == []


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Cham Prasidh, a retired lawmaker, sold his house.", "kh-person-cham-prasidh"),
        ("Cham Prasidh, a day after the vote, sold his house.", "kh-person-cham-prasidh"),
        ("Cham Prasidh, a close ally of Hun Sen, sold his house.", "kh-person-cham-prasidh"),
        ("H.E. Cham Prasidh, a farmer's son, sold his house.", "kh-person-cham-prasidh"),
        ("Lê Minh Hoan, thành viên Chính phủ, phát biểu.", "vn-person-le-minh-hoan"),
        ("Thủ tướng Phạm Minh Chính, quê Thanh Hóa, phát biểu.", "vn-person-pham-minh-chinh"),
        ("Governor Kuoch Chamroeun, a teacher by training, spoke.", "kh-person-kuoch-chamroeun"),
        ("Chea Sophara, a trader's son, is Minister of Land Management of Cambodia.", "kh-person-chea-sophara"),
        ("Lê Minh Hoan (Đồng Tháp) hỏi về giá lúa.", "vn-person-le-minh-hoan"),
        ("Cham Prasidh, un homme politique, a vendu sa maison.", "kh-person-cham-prasidh"),
    ],
)
def test_what_is_told_of_officials_is_no_obstacle(resolver: Resolver, text: str, person: str) -> None:
    assert person in people(resolver, text)


@pytest.mark.parametrize("kind", ["others", "own"])
def test_of_all_people_some_stand_in_sentences(resolver: Resolver, kind: str) -> None:
    """Every 23rd person; ``python -m tests.eval.beside_sweeps`` has all."""
    sentences = {"others": beside_sweeps.others_sentences, "own": beside_sweeps.own_sentences}[kind](23)
    judged = list(beside_sweeps.wrong(resolver, sentences))
    assert len(judged) > 20
    assert [(sentence.text, found) for sentence, verdict, found in judged if verdict == "wrong"] == []
    assert sum(verdict == "right" for _, verdict, _ in judged) > 0.95 * len(judged)
