"""Answers carry the date of the facts, and old facts say that they are old."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from resolver import StaleGazetteerWarning
from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.gazetteer.freshness import stale, warn_if_stale
from resolver.model import Mention

COMMAND = [sys.executable, "-c", "from resolver.cli.main import main; main()"]


def run(*arguments: str, today: str, cwd: Path) -> tuple[int, str, str]:
    environment = os.environ | {"RESOLVER_TODAY": today}
    done = subprocess.run([*COMMAND, *arguments], cwd=cwd, env=environment, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def later(resolver: Resolver, days: int) -> str:
    return (dt.date.fromisoformat(resolver.date) + dt.timedelta(days)).isoformat()


@pytest.mark.parametrize("text", ["Kampot", "Châu Thành", "Zzyzxqw", "", "  "])
def test_every_answer_carries_the_date_of_the_facts(text: str, resolver: Resolver) -> None:
    assert resolver.resolve(text).gazetteer_date == resolver.date


@pytest.mark.parametrize("decision", ["kh-province-kampot", "none"])
def test_a_decision_carries_it_too(decision: str, resolver: Resolver) -> None:
    assert resolver.settle(Mention("Kampot"), decision).gazetteer_date == resolver.date


@pytest.mark.parametrize("days, old", [(-1, False), (0, False), (365, False), (366, True), (4000, True)])
def test_facts_are_old_after_a_year(days: int, old: bool, resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOLVER_TODAY", later(resolver, days))
    assert bool(stale(resolver.date)) == old


def test_the_warning_comes_once(resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOLVER_TODAY", later(resolver, 400))
    with pytest.warns(StaleGazetteerWarning, match=f"of {resolver.date}, 400 days ago"):
        Resolver()
    Resolver()
    warn_if_stale(resolver.date)


def test_a_day_that_is_none_is_said(resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESOLVER_TODAY", "tomorrow")
    with pytest.raises(UsageError, match="RESOLVER_TODAY is 'tomorrow'"):
        stale(resolver.date)


@pytest.mark.parametrize("arguments", [["lookup", "Kampot", "--json"], ["history", "kh-province-kampot", "--json"]])
def test_the_command_says_it_in_one_line(arguments: list[str], resolver: Resolver, tmp_path: Path) -> None:
    code, out, err = run(*arguments, today=later(resolver, 400), cwd=tmp_path)
    assert code == 0
    assert json.loads(out)["entity"]["id"] == "kh-province-kampot"
    assert err.startswith(f"resolver: warning: the gazetteer is of {resolver.date}")
    assert err.count("\n") == 1
    assert run(*arguments, today=resolver.date, cwd=tmp_path)[2] == ""


def test_the_report_says_it(resolver: Resolver, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("place\nKampot\n")
    command = ["normalize", "in.csv", "-o", "out.csv", "--column", "place", "--report", "report.json", "--force"]
    for today, told in ((resolver.date, False), (later(resolver, 400), True)):
        assert run(*command, today=today, cwd=tmp_path)[0] == 0
        report = json.loads((tmp_path / "report.json").read_text())
        assert report["gazetteer_date"] == resolver.date
        assert bool(report["gazetteer_warning"]) == told
