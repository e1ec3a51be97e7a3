"""Scores are probabilities: the map from computed to observed ones, and how reliable the scores are with it."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from random import Random

import numpy as np
import pytest

from resolver.matching import calibration

RELIABILITY = Path(__file__).parents[1] / "eval" / "reliability.csv"
STEPS = np.linspace(0.0, 1.0, 1001)


@pytest.mark.parametrize("group", calibration.GROUPS)
def test_a_map_keeps_the_order_and_the_side(group: str) -> None:
    for map in calibration.MAPS:
        assert np.all(np.diff(calibration.observed(group, map, STEPS)) >= 0)
    scores = STEPS * calibration.calibrate(group, STEPS, STEPS)[0]
    assert np.all(np.diff(scores) >= -1e-12)
    assert np.all((scores >= calibration.MIN_SCORE) == (STEPS >= calibration.MIN_SCORE))


@pytest.mark.parametrize("group", calibration.GROUPS)
def test_all_candidates_together_are_no_more_than_certain(group: str) -> None:
    for best in (0.2, 0.45, 0.81, 0.95):
        together = np.linspace(best, 1.0, 10)
        factor, others = calibration.calibrate(group, np.full(10, best), together)
        assert np.all(best * factor + (together - best) * others <= 1.0 + 1e-9)
        assert np.all(others <= factor)


def test_no_misspelt_name_is_nearly_certain() -> None:
    for group in ("misspelt name", "misspelt person"):
        assert [float(calibration.observed(group, map, np.array([1.0]))[0]) < 0.99 for map in calibration.MAPS] == [
            1,
            1,
        ]


def test_the_scores_of_the_half_held_out_are_reliable() -> None:
    """In the committed table of `python -m tests.eval.reliability`, whose mentions nothing was fitted to."""
    with RELIABILITY.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "all"]
    counts = np.array([int(row["mentions"]) for row in rows])
    gaps = np.array([abs(float(row["score"]) - float(row["right"])) for row in rows])
    assert counts.sum() > 20_000
    assert np.average(gaps, weights=counts) <= 0.015
    assert min(float(row["right"]) for row in rows if float(row["from"]) >= 0.99) >= 0.998


def test_scores_near_certainty_are_right_in_every_kind() -> None:
    """At most 1 in 500 of a kind is wrong from 0.99 on; a kind of fewer mentions may have one."""
    mentions: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    with RELIABILITY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if float(row["from"]) >= 0.99:
                mentions[row["kind"]] += int(row["mentions"])
                wrong[row["kind"]] += round(int(row["mentions"]) * (1 - float(row["right"])))
    assert len(mentions) > 20
    assert {kind: number for kind, number in wrong.items() if number > max(1, mentions[kind] / 500)} == {}


def test_one_mention_is_calibrated_like_many() -> None:
    rng = Random(7)
    for group in calibration.GROUPS:
        best = np.array([rng.random() for _ in range(2_000)])
        together = best + (1 - best) * np.array([rng.random() for _ in best])
        one_by_one = [calibration.calibrate_one(group, *pair) for pair in zip(best, together, strict=True)]
        many = calibration.calibrate(group, best, together)
        assert [one.best for one in one_by_one] == many[0].tolist()
        assert [one.others for one in one_by_one] == many[1].tolist()
