"""The command at the ends of pipes: signals that are ignored, streams that are closed, full or not UTF-8."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "resolver"]
ROWS = 60_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in.csv").write_text("place\nKampot\n", encoding="utf-8")
    (tmp_path / "people.csv").write_text("name\nPhạm Bình Minh\nPham Binh Minh\n", encoding="utf-8")
    return tmp_path


def shell(line: str, cwd: Path, **environment: str) -> tuple[int, str, str]:
    """Run a line of bash in which ``resolver`` is the command."""
    defined = f'resolver() {{ {shlex.join(COMMAND)} "$@"; }}; {line}'
    done = subprocess.run(
        ["bash", "-c", defined], cwd=cwd, capture_output=True, check=False, env=os.environ | environment
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


TO_A_FILE = "resolver normalize in.csv -o out.csv --column place --columns id"


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_do_not_matter_to_a_file(folder: Path, closed: str) -> None:
    assert shell(f"{TO_A_FILE} {closed}", folder) == (0, "", "")
    assert (folder / "out.csv").read_text() == "place,place_id\nKampot,kh-province-kampot\n"


def test_an_output_without_a_reader_does_not_matter_to_a_file(folder: Path) -> None:
    code, _, err = shell(f"set -o pipefail; {TO_A_FILE} | true", folder)
    assert (code, err) == (0, "")


UNWRITABLE = {
    "lookup": "resolver lookup Kampot",
    "as json": "resolver lookup Kampot --json",
    "history": "resolver history kh-province-kampot",
    "help": "resolver --help",
    "a table": "resolver normalize in.csv --column place",
    "groups": "resolver cluster people.csv --column name --no-gazetteer",
}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("line", UNWRITABLE.values(), ids=UNWRITABLE)
@pytest.mark.parametrize("where, words", [("> /dev/full", "no space left on device"), (">&-", "bad file descriptor")])
def test_an_output_that_cannot_be_written_is_one_line(folder: Path, line: str, where: str, words: str) -> None:
    code, out, err = shell(f"{line} {where}", folder)
    assert (code, out) == (1, "")
    assert err.startswith(f"resolver: standard output: {words}; ")
    assert err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_messages_that_cannot_be_written_change_no_exit_code(folder: Path) -> None:
    assert shell("resolver normalize no.csv --column place 2> /dev/full", folder)[0] == 1
    assert shell("resolver normalize in.csv 2> /dev/full", folder)[0] == 2


def test_a_closed_input_is_one_line(folder: Path) -> None:
    code, out, err = shell("resolver normalize - --column place <&-", folder)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("resolver: standard input: ")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16", ""])
def test_output_is_utf8_in_any_locale(folder: Path, encoding: str) -> None:
    locale = {"PYTHONIOENCODING": encoding} if encoding else {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    code, out, err = shell("resolver lookup 'ខេត្តកំពត'; resolver lookup 'Hà Tiên' --date 'thứ hai'", folder, **locale)
    assert code == 2
    assert "ខេត្តកំពត" in out
    assert "thứ hai" in err


def test_arguments_of_broken_bytes_are_shown(folder: Path) -> None:
    code, out, err = shell(r"resolver lookup $'H\xff' --json", folder)
    assert (code, err) == (0, "")
    assert r'"H\udcff"' in out


@pytest.mark.parametrize(
    "line",
    [
        "cat people.csv | resolver cluster - --column name --no-gazetteer",
        "resolver cluster <(cat people.csv) --column name --no-gazetteer",
        "mkfifo pipe; cat people.csv > pipe & resolver cluster pipe --column name --no-gazetteer",
        "resolver cluster /dev/stdin --column name --no-gazetteer < people.csv",
    ],
)
def test_groups_of_an_input_that_can_be_read_once(folder: Path, line: str) -> None:
    expected = shell("resolver cluster people.csv --column name --no-gazetteer", folder)
    assert expected[0] == 0
    assert expected[1].count("\n") == 3
    assert shell(line, folder) == expected


def test_tables_from_pipes(folder: Path) -> None:
    expected = (0, "place,place_id\nKampot,kh-province-kampot\n", "")
    for line in ("normalize <(cat in.csv)", "normalize /dev/stdin < in.csv"):
        command, _, rest = line.partition(" ")
        assert shell(f"resolver {command} --column place --columns id {rest}", folder) == expected


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_the_caller_ignores_stays_ignored(folder: Path, number: signal.Signals) -> None:
    with subprocess.Popen(
        [*COMMAND, "normalize", "-", "--column", "place", "-o", "out.csv", "--columns", "id"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(number, signal.SIG_IGN),  # noqa: PLW1509  (no threads here)
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"place\nKampot\n")
        process.stdin.flush()
        deadline = time.monotonic() + 60
        while not list(folder.glob(".*.part")) and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(number)
        time.sleep(0.2)
        process.stdin.write(b"Kep\n")
        process.stdin.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == b""
    assert (folder / "out.csv").read_text().splitlines()[1:] == ["Kampot,kh-province-kampot", "Kep,kh-province-kep"]


def test_a_second_process_starts_under_python_m(folder: Path) -> None:
    rows = "".join(f"Xa Tan {number} Phu\n" for number in range(ROWS // 2))
    (folder / "in.csv").write_text(f"place\n{rows}", encoding="utf-8")
    code, out, err = shell("resolver normalize in.csv --column place --columns status", folder)
    assert (code, err) == (0, "")
    assert out.count("\n") == ROWS // 2 + 1


def test_a_terminal_that_goes_away_ends_nothing(folder: Path) -> None:
    """Progress is drawn on a terminal; the job goes on where that is closed and the hangup ignored."""
    master, terminal = os.openpty()
    with subprocess.Popen(
        [*COMMAND, "normalize", "-", "--column", "place", "-o", "out.csv", "--columns", "id"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stderr=terminal,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),  # noqa: PLW1509  (no threads here)
    ) as process:
        os.close(terminal)
        reader = threading.Thread(target=os.read, args=(master, 1_000))
        reader.start()
        assert process.stdin is not None
        process.stdin.write(b"place\nKampot\n")
        process.stdin.flush()
        reader.join(60)
        os.close(master)
        process.stdin.write(b"Kep\n")
        process.stdin.close()
        assert process.wait(60) == 0
    assert (folder / "out.csv").read_text().splitlines()[1:] == ["Kampot,kh-province-kampot", "Kep,kh-province-kep"]
