"""What makes the command pleasant: completion, ids that can be copied, a citation that keeps up."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from rich.cells import cell_len

from resolver import Resolver, UsageError
from resolver.cli.card import show

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.executable).with_name("resolver")


@pytest.mark.parametrize(
    ("typed", "expected"), [("look", "lookup"), ("nor", "normalize"), ("normalize --revi", "--review")]
)
def test_a_shell_completes(typed: str, expected: str) -> None:
    words = f"resolver {typed}"
    asked = {"_RESOLVER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    told = subprocess.run([PROGRAM], env=os.environ | asked, capture_output=True, encoding="utf-8", check=False)
    assert expected in [line.partition(",")[2] for line in told.stdout.splitlines()]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell(shell: str) -> None:
    told = subprocess.run([PROGRAM, "completion", shell], capture_output=True, encoding="utf-8", check=True)
    assert "_RESOLVER_COMPLETE" in told.stdout


@pytest.mark.parametrize("width", [40, 60, 80])
def test_ids_are_never_cut(
    width: int, resolver: Resolver, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    match = resolver.resolve("Châu Thành", type="district")
    show(match)
    shown = capsys.readouterr().out
    assert "…" not in shown
    assert max(map(cell_len, shown.splitlines()[1:12])) <= width
    for candidate in match.candidates[:10]:
        assert candidate.entity.id[-3:] in shown


def test_a_history_of_several_names_their_ids(resolver: Resolver) -> None:
    with pytest.raises(UsageError, match=r"Give an id: vn-[a-z]+-chau-thanh-\d+"):
        resolver.history("Châu Thành")


def test_the_citation_is_of_this_version() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (cited["version"], cited["license"]) == (project["version"], project["license"])
    assert {"cff-version", "message", "title", "authors"} <= set(cited)


def test_the_demo_fits_a_screen() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    told = subprocess.run(
        [sys.executable, ROOT / "examples" / "demo.py"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert max(map(cell_len, told.stdout.splitlines())) <= 80
