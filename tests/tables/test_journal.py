"""A run that was killed goes on with what it had answered, and ends with the same bytes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from resolver import Mention, Resolver, UsageError
from resolver.tables import journal as journals
from resolver.tables import normalize as job
from resolver.tables.distinct import Answer, Answers, Target
from resolver.tables.journal import Journal, journal_path
from resolver.tables.normalize import normalize_file
from resolver.tables.request import NORMALIZING, Kind, Request

PLACES = ["Kampot", "Kiên Giang", "Châu Thành", "nowhere at all", "Hà Nội", "Takeo", "An Giang", ""] * 3


class KilledError(Exception):
    """Stands for the end of a process."""


def table(folder: Path) -> Path:
    (folder / "in.csv").write_text("place,n\n" + "".join(f"{one},{at}\n" for at, one in enumerate(PLACES)))
    return folder / "in.csv"


def counting(asked: list[str], *, most: int = 10**9) -> Kind:
    """Return what normalize does, which notes what it is asked and dies when it is asked too much."""

    class Counting(Answers):
        def __call__(self, mentions: Sequence[Mention], decisions: Sequence[str | None] | None = None) -> list[Answer]:
            if len(asked) + len(mentions) > most:
                raise KilledError
            asked.extend(mention.text for mention in mentions)
            return super().__call__(mentions, decisions)

    return Kind(NORMALIZING.columns, NORMALIZING.counted, Counting)


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".xlsx"])
def test_a_killed_run_goes_on(ending: str, tmp_path: Path, resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "CHUNK", 3)
    source, output, review = table(tmp_path), tmp_path / f"out{ending}", tmp_path / "review.csv"
    request, options = Request(["place"]), {"resolver": resolver, "review": review, "force": True}
    normalize_file(source, output, request, **options)  # type: ignore[arg-type]
    whole = output.read_bytes(), review.read_bytes()
    output.unlink()
    first: list[str] = []
    with pytest.raises(KilledError):
        normalize_file(source, output, request, kind=counting(first, most=5), resume=True, **options)  # type: ignore[arg-type]
    assert not output.exists()
    assert journal_path(output).exists()
    with journal_path(output).open("ab") as file:
        file.write(b'[["cut off in the midd')
    second: list[str] = []
    summary = normalize_file(source, output, request, kind=counting(second), resume=True, **options)  # type: ignore[arg-type]
    assert len(first) > 0
    assert not set(first) & set(second)
    assert {*first, *second} == set(PLACES)
    assert (output.read_bytes(), review.read_bytes()) == whole
    assert summary.rows == len(PLACES)
    assert not journal_path(output).exists()


def test_answers_to_something_else_are_not_used(tmp_path: Path, resolver: Resolver) -> None:
    path, mention = tmp_path / "x.resume", Mention("Kampot")
    asked: list[str] = []

    def ask(mentions: Sequence[Mention], decisions: Sequence[str | None]) -> list[Answer]:
        asked.extend(one.text for one in mentions)
        return Answers(resolver, Target())(mentions, decisions)

    for about in ("one", "one", "two"):
        with pytest.raises(KilledError), Journal(path, [about], ask) as journal:
            (answer,) = journal([mention], [None])
            assert answer == Answers(resolver, Target())([mention])[0]
            raise KilledError
    assert asked == ["Kampot", "Kampot"]
    assert path.read_text().startswith('"[\\"two\\"]"')


def test_answers_are_kept_in_parts(tmp_path: Path, resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was answered of a large batch is not lost when the run is killed within it."""
    monkeypatch.setattr(journals, "_AT_ONCE", 4)
    mentions = [Mention(text) for text in dict.fromkeys(PLACES)]
    asked: list[str] = []

    def ask(mentions: Sequence[Mention], decisions: Sequence[str | None]) -> list[Answer]:
        if asked and len(asked) < 5:
            asked.append("killed")
            raise KilledError
        asked.extend(one.text for one in mentions)
        return Answers(resolver, Target())(mentions, decisions)

    with pytest.raises(KilledError), Journal(tmp_path / "x.resume", [], ask) as journal:
        journal(mentions, [None] * len(mentions))
    with Journal(tmp_path / "x.resume", [], ask) as journal:
        answers = journal(mentions, [None] * len(mentions))
    assert asked == [*(one.text for one in mentions[:4]), "killed", *(one.text for one in mentions[4:])]
    assert answers == Answers(resolver, Target())(mentions)


def test_standard_output_cannot_be_resumed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--resume needs an output that is a file"):
        normalize_file(table(tmp_path), "-", Request(["place"]), resume=True)


def test_a_command_that_is_killed_leaves_its_journal(tmp_path: Path, resolver: Resolver) -> None:
    units = [unit.path for unit in resolver.places("commune", country="VN", date="2024-12-31")][:1_000]
    (tmp_path / "in.csv").write_text("place\n" + "".join(f'"{unit}"\n' for unit in units), encoding="utf-8")
    command: list[Any] = [
        Path(sys.executable).with_name("resolver"),
        *("normalize", "in.csv", "--column", "place", "--columns", "id,score", "--resume", "--force", "-o"),
    ]
    journal = tmp_path / "out.csv.resume"
    with subprocess.Popen([*command, "out.csv"], cwd=tmp_path) as run:
        for _ in range(6_000):
            if (journal.exists() and journal.stat().st_size > 1_000) or run.poll() is not None:
                break
            time.sleep(0.05)
        run.send_signal(signal.SIGKILL)
    subprocess.run([*command, "out.csv"], cwd=tmp_path, check=True)
    subprocess.run([*command, "again.csv"], cwd=tmp_path, check=True)
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "again.csv").read_bytes()
    assert not journal.exists()
