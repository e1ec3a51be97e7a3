"""An error in the program costs the mention it is about its answer, and no other. Faults are put in on purpose here."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from resolver import Match, Mention, Resolver, cluster
from resolver.failures import METHOD, answer_each
from resolver.matching.comparison import Query
from resolver.matching.matcher import Matcher
from resolver.tables.normalize import normalize_file
from resolver.tables.request import Request
from resolver.text import persons

BAD = "Xã Hỏng Hóc"
NOTE = "not read because of an error in the program (ZeroDivisionError: a fault put in); RESOLVER_DEBUG=1 raises it."


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reading of one mention fail."""
    sound = Matcher.parse

    def parse(self: Matcher, mentions: Sequence[Mention]) -> list[Query]:
        if any(mention.text == BAD for mention in mentions):
            raise ZeroDivisionError("a fault put in")
        return sound(self, mentions)

    monkeypatch.delenv("RESOLVER_DEBUG", raising=False)
    monkeypatch.setattr(Matcher, "parse", parse)


@pytest.mark.usefixtures("faulty")
def test_one_mention_fails_alone(resolver: Resolver) -> None:
    asked = ["Kampot", "Hà Tiên", BAD, "nowhere at all", "Kien Giang"]
    matches = resolver.resolve_many(asked, date="2024-11-27")
    assert [match.status for match in matches] == ["matched", "matched", "unmatched", "unmatched", "matched"]
    assert (matches[2].note, matches[2].method, matches[2].mention.text) == (NOTE, METHOD, BAD)
    assert [match.method == METHOD for match in matches] == [False, False, True, False, False]


@pytest.mark.usefixtures("faulty")
def test_among_many_that_the_lexicon_knows(resolver: Resolver) -> None:
    asked = [*resolver.spellings("commune")[:1_500], BAD]
    matches = resolver.resolve_many(asked)
    arrays = resolver.resolve_arrays(asked)
    assert [match.mention.text for match in matches if match.method == METHOD] == [BAD]
    assert arrays.statuses.tolist() == [match.status for match in matches]
    assert arrays.ids.tolist() == [match.entity.id if match.entity else "" for match in matches]
    assert sum(match.status == "matched" for match in matches) > 200


@pytest.mark.usefixtures("faulty")
def test_it_is_raised_where_somebody_looks_for_it(resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOLVER_DEBUG", "1")
    with pytest.raises(ZeroDivisionError, match="put in"):
        resolver.resolve_many(["Kampot", BAD])
    with pytest.raises(ZeroDivisionError, match="put in"):
        resolver.resolve_arrays(["Kampot", BAD])


@pytest.mark.usefixtures("faulty")
def test_a_table_is_finished(resolver: Resolver, tmp_path: Path) -> None:
    source, output, report = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "report.json"
    source.write_text(f"place\nKampot\n{BAD}\nHà Nội\n{BAD}\n", encoding="utf-8")
    summary = normalize_file(source, output, Request(["place"]), resolver=resolver, report=report)
    with output.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["place_status"] for row in rows] == ["matched", "unmatched", "matched", "unmatched"]
    assert rows[1]["place_note"] == NOTE
    assert "2 mentions unmatched because of an error in the program" in str(summary)
    assert json.loads(report.read_text(encoding="utf-8"))["columns"]["place"]["method"][METHOD] == 2


def test_a_field_that_cannot_be_told_makes_the_match_unmatched(
    resolver: Resolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(*_: object) -> None:
        raise ZeroDivisionError("a fault put in")

    monkeypatch.delenv("RESOLVER_DEBUG", raising=False)
    monkeypatch.setattr(resolver._decider, "told", told)
    match = resolver.resolve("Kampot", type="province")
    assert match.note == NOTE
    assert (match.status, match.entity, match.method) == ("unmatched", None, METHOD)


def test_a_group_is_found_for_all_others(resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = persons.parse

    def parse(text: str) -> tuple[persons.PersonalName, ...]:
        if text == BAD:
            raise ZeroDivisionError("a fault put in")
        return sound(text)

    monkeypatch.delenv("RESOLVER_DEBUG", raising=False)
    monkeypatch.setattr(persons, "parse", parse)
    found = cluster(["Tô Lâm", BAD, "To Lam"], resolver=resolver)
    assert (found[1].cluster, found[1].link) == ("", NOTE)
    assert found[0].cluster == found[2].cluster == "vn-person-to-lam"


def test_what_concerns_every_mention_is_raised() -> None:
    def full(mentions: Sequence[Mention]) -> list[Match]:
        raise MemoryError

    with pytest.raises(MemoryError):
        answer_each(full, [Mention("a"), Mention("b")], "2026-01-01")


@pytest.mark.parametrize("date", ["0001-01-01", "1850", "2100-01-01", "9999-12-31", "9999"])
@pytest.mark.parametrize("text", ["Bộ trưởng Công an", "Interior Minister of Cambodia", "Thủ tướng", "Gen. Quang"])
def test_offices_on_the_edges_of_time(resolver: Resolver, text: str, date: str) -> None:
    match = resolver.resolve(text, type="person", date=date)
    assert match.method != METHOD
    assert all(0.0 < one.score < 1.0 for one in match.candidates)


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_half_a_character_is_no_end_of_a_table(resolver: Resolver, kind: str) -> None:
    half = chr(0xD800)
    found = cluster([f"{half} Sở Y tế", f"Sở Y tế {half}", half, "Sở Y tế"], type=kind, resolver=resolver)
    assert len({one.cluster for one in found if one.cluster}) == 1
    assert [bool(one.cluster) for one in found] == [True, True, False, True]
