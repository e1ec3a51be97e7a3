"""Every name of the gazetteer is found, however it is written, and nearly all with one letter wrong."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from resolver import Resolver
from resolver.model import Match
from tests import samples
from tests.samples import FORMS, Form, NameRow

MISSPELT = 2_000


@cache
def resolver() -> Resolver:
    return Resolver()


@pytest.mark.parametrize("form", FORMS)
def test_with_type_and_date(form: Form) -> None:
    asked = rows(form)
    matches = resolver().resolve_many([samples.asked(row, text, typed=True, dated=True) for row, text in asked])
    failures = [
        told(row, text, match) for (row, text), match in zip(asked, matches, strict=True) if not meant(row, match)
    ]
    assert not failures, listed(failures)


@pytest.mark.parametrize("form", FORMS)
def test_alone(form: Form) -> None:
    asked = rows(form)
    matches = resolver().resolve_many([text for _, text in asked])
    failures = [
        told(row, text, match)
        for (row, text), match in zip(asked, matches, strict=True)
        if not samples.named(row.id, match)
    ]
    assert not failures, listed(failures)


@pytest.mark.parametrize("letters_only", [True, False], ids=["letters", "characters"])
@pytest.mark.parametrize("known", [True, False], ids=["type and date", "alone"])
def test_one_edit(letters_only: bool, known: bool) -> None:
    drawn = list(samples.misspelt_rows(MISSPELT, letters_only=letters_only))
    matches = resolver().resolve_many([samples.asked(one.row, one.text, typed=known, dated=known) for one in drawn])
    counts = Counter(samples.judge(one.row, match) for one, match in zip(drawn, matches, strict=True))
    assert counts["right"] + counts["ambiguous"] >= 0.95 * MISSPELT, counts
    assert counts["wrong"] + counts["namesake"] < 0.01 * MISSPELT, counts


def test_a_name_has_a_day_of_its_life() -> None:
    assert all(row.day for row in samples.name_rows())
    assert len({row.id for row in samples.name_rows()}) == len(samples.tables()["entities"])


def rows(form: Form) -> list[tuple[NameRow, str]]:
    """Return all names in a form; there are thousands of each."""
    found = [(row, text) for row in samples.name_rows() if (text := samples.spelt(row, form))]
    assert len(found) > 15_000
    return found


def meant(row: NameRow, match: Match) -> bool:
    """Whether an answer is the entity, or leaves it open; a weak or a past name may mean its better-known bearer."""
    verdict = samples.judge(row, match)
    secondary = row.weak or row.kind == "historic"
    return verdict in {"right", "ambiguous"} or (verdict == "namesake" and secondary and samples.named(row.id, match))


def told(row: NameRow, text: str, match: Match) -> str:
    answer = match.entity.id if match.entity else match.status
    return f"{text!r} ({row.type}, {row.day}) is {row.id}, not {answer}"


def listed(failures: list[str]) -> str:
    return "\n".join([f"{len(failures)} names", *failures[:20]])
