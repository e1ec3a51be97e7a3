"""The second process says what the first would say, may die, and bothers nobody."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from resolver.engine.resolver import Resolver
from resolver.model import Mention
from resolver.tables.distinct import Answers, Target
from resolver.tables.worker import SharedAnswers
from tests import samples

MENTIONS = [Mention(f"{row.text} {number % 7}") for number, row in enumerate(samples.name_rows()[:4_000])]
COMMAND = [sys.executable, "-c", "from resolver.cli.main import main; main()"]
ENOUGH_ROWS = 30_000


@pytest.fixture
def helped(resolver: Resolver) -> Iterator[SharedAnswers]:
    with SharedAnswers(Answers, resolver, Target()) as helped:
        helped._second.is_available = True
        helped(MENTIONS[:1], [None])
        yield helped


@pytest.mark.parametrize("killed", [False, True])
def test_it_says_what_one_process_says(resolver: Resolver, helped: SharedAnswers, *, killed: bool) -> None:
    decisions = [None] * len(MENTIONS)
    expected = Answers(resolver, Target())(MENTIONS, decisions)
    assert helped(MENTIONS, decisions) == expected
    (process,) = multiprocessing.active_children()
    if killed:
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
    assert helped(MENTIONS, decisions) == expected
    assert helped._second.is_available != killed
    helped.__exit__(None, None, None)
    process.join(30)
    assert process.exitcode == (-signal.SIGKILL if killed else 0)


def _helper_of(process: int) -> int | None:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            if parent == process and b"spawn_main" in (stat.parent / "cmdline").read_bytes():
                return int(stat.parent.name)
        except OSError:
            continue
    return None


def _gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.skipif(not Path("/proc/self/stat").exists() or (os.cpu_count() or 1) < 2, reason="looks at processes")
@pytest.mark.parametrize("wait", [0.05, 1.0])
def test_an_interrupt_ends_both_in_one_line(tmp_path: Path, wait: float) -> None:
    rows = "".join(f"Xa Tan {number} Phu\n" for number in range(ENOUGH_ROWS))
    (tmp_path / "in.csv").write_text(f"place\n{rows}", encoding="utf-8")
    with subprocess.Popen(
        [*COMMAND, "normalize", "in.csv", "-c", "place", "-o", "out.csv"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # What a shell starts in the background ignores interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    ) as process:
        helper, deadline = None, time.monotonic() + 60
        while helper is None and process.poll() is None and time.monotonic() < deadline:
            helper = _helper_of(process.pid)
        assert helper is not None
        time.sleep(wait)
        os.killpg(process.pid, signal.SIGINT)
        assert process.stderr is not None
        assert process.stderr.read() == b"resolver: interrupted: no file was changed\n"
        assert process.wait(60) == 1
    deadline = time.monotonic() + 30
    while not _gone(helper) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _gone(helper)
    assert [file.name for file in tmp_path.iterdir()] == ["in.csv"]


def test_old_facts_are_told_once(tmp_path: Path) -> None:
    rows = "".join(f"Xa Tan {number} Phu\n" for number in range(ENOUGH_ROWS))
    (tmp_path / "in.csv").write_text(f"place\n{rows}", encoding="utf-8")
    done = subprocess.run(
        [*COMMAND, "normalize", "in.csv", "-c", "place", "-o", "out.csv", "--quiet"],
        cwd=tmp_path,
        env=os.environ | {"RESOLVER_TODAY": "2099-01-01"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr.count("\n") == 1


def test_a_pickled_resolver_is_opened_in_the_same_way(resolver: Resolver) -> None:
    assert pickle.loads(pickle.dumps(resolver)).compiled() == resolver.compiled()
    assert pickle.loads(pickle.dumps(Resolver(cache=False))).compiled() == []
