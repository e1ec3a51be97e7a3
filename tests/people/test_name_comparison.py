"""Personal names compared: ``cases/personal_names.csv``, the labelled pairs, and everybody in the gazetteer."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from resolver import Comparison, compare_names
from resolver.people.name_comparison import FEATURES, log_odds
from resolver.text.persons import parse
from tests.eval import pairs

CASES = Path(__file__).resolve().parent.parent / "cases"
TITLES = Path(__file__).resolve().parents[2] / "resolver" / "text" / "titles.csv"
NAMES = ("Lương Tam Quang", "Tô Lâm", "Le Van Thanh", "Sar Kheng", "ស ខេង")


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


@pytest.mark.parametrize("row", [pytest.param(row, id=row["a"]) for row in rows(CASES / "personal_names.csv")])
def test_case(row: dict[str, str]) -> None:
    found = compare_names(row["a"], row["b"])
    assert found.match == (row["match"] == "yes"), found
    assert row["feature"] in {one.feature for one in found.evidence}
    assert compare_names(row["b"], row["a"]) == found


def test_every_feature_has_a_case() -> None:
    shown = {
        one.feature for row in rows(CASES / "personal_names.csv") for one in compare_names(row["a"], row["b"]).evidence
    }
    assert {feature.name for feature in FEATURES} - shown == {"maybe_family", "cut"}


def test_the_score_is_the_sum_of_the_evidence() -> None:
    found = compare_names("Nguyen Phuc", "Nguyễn Xuân Phúc")
    assert found.score == pytest.approx(1 / (1 + 2.718281828 ** -sum(one.weight for one in found.evidence)), abs=1e-3)


@pytest.mark.parametrize("text", ["", "  ", "123", "—", "។"])
def test_nobody(text: str) -> None:
    assert compare_names(text, "Tô Lâm") == Comparison(0.0, ())


@pytest.mark.parametrize("name", NAMES)
def test_a_title_changes_nothing(name: str) -> None:
    told = {row["text"]: compare_names(f"{row['text']} {name}", name).score for row in rows(TITLES)}
    assert {title for title, score in told.items() if score != compare_names(name, name).score} == set()


def test_labelled_pairs() -> None:
    judged = pairs.read()
    true = [pair for pair in judged if pair.same]
    by_kind = {kind: [pair for pair in judged if pair.kind == kind] for kind in {pair.kind for pair in judged}}
    assert len(judged) >= 300
    assert sum(pair.match for pair in true) >= 0.96 * len(true)
    assert [pair for pair in by_kind["tone contrast"] if pair.match] == []
    assert sum(pair.match for pair in by_kind["near names"]) <= 0.01 * len(by_kind["near names"])
    assert [pair for pair in by_kind["titles"] if not pair.match] == []
    assert sum(pair.match for pair in by_kind["Khmer script"]) >= 0.9 * len(by_kind["Khmer script"])


def test_only_namesakes_are_taken_for_one_another() -> None:
    known = {(row["one"], row["other"]) for row in rows(CASES / "namesakes.csv")}
    found = {(one, other): f"{a} | {b} {score:.2f}" for one, other, a, b, score in pairs.namesakes()}
    assert {pair: found[pair] for pair in found.keys() - known} == {}
    assert known - found.keys() == set(), "no longer taken for one another: leave them out"


@pytest.mark.parametrize("least", [-2.0, 1.0])
def test_a_comparison_left_early_stays_below_the_least_and_any_other_is_exact(least: float) -> None:
    texts = sorted({row[side] for row in rows(CASES / "personal_names.csv") for side in ("a", "b")})
    names = [parsed for text in texts for parsed in parse(text)]
    compared = [(log_odds(one, other), log_odds(one, other, least)) for one in names for other in names]
    assert sum(exact >= least for exact, _ in compared) > 100
    assert [both for both in compared if both[0] != both[1] and max(both) >= least] == []
