"""What a person at a terminal sees while a job runs, in a terminal of its own."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.small_gazetteer import small_gazetteer, write

BAR = """
import sys, time
from resolver import Resolver
from resolver.cli.progress import progress_bar
with progress_bar(quiet=False) as progress:
    time.sleep(0.3)
    resolver = Resolver(sys.argv[1])
    time.sleep(0.3)
    progress(1_234, 500, 1_000)
    time.sleep(0.3)
"""
SAID = """
import sys
from resolver import Resolver
from resolver.cli.progress import preparations_said
with preparations_said():
    Resolver(sys.argv[1])
"""


def at_a_terminal(code: str, gazetteer: Path, cache: Path) -> str:
    """Return what a program writes to a terminal that is its standard error."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"RESOLVER_CACHE_DIR": str(cache), "TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen([sys.executable, "-c", code, str(gazetteer)], stderr=theirs, env=environment) as process:
        os.close(theirs)
        told = b""
        while True:
            try:
                block = os.read(ours, 65_536)
            except OSError:  # nobody has the terminal open any longer
                break
            if not block:
                break
            told += block
    os.close(ours)
    assert process.returncode == 0, told.decode()
    return told.decode()


def test_the_bar_has_rows_rate_and_time_left_and_says_what_is_prepared(tmp_path: Path) -> None:
    (tmp_path / "gazetteer").mkdir()
    gazetteer = write(tmp_path / "gazetteer", small_gazetteer())
    told = at_a_terminal(BAR, gazetteer, tmp_path / "cache")
    first, prepared, rows = (told.find(text) for text in ("0 rows, 0/s", "preparing the index, once", "1,234 rows, "))
    assert -1 < first < prepared < rows
    assert "/s, 0:00:0" in told[rows:]
    assert " left" in told[rows:]
    again = at_a_terminal(BAR, gazetteer, tmp_path / "cache")
    assert "preparing" not in again
    assert "1,234 rows, " in again


def test_without_a_bar_one_line_says_what_is_prepared(tmp_path: Path) -> None:
    (tmp_path / "gazetteer").mkdir()
    gazetteer = write(tmp_path / "gazetteer", small_gazetteer())
    assert at_a_terminal(SAID, gazetteer, tmp_path / "cache") == "resolver: preparing the index, once\r\n"
    assert at_a_terminal(SAID, gazetteer, tmp_path / "cache") == ""
