"""Run the commands that the documentation shows, and put what they print below them.

A block that begins with three backticks and ``console`` has lines that begin with ``$``, each followed by what that
command prints. The commands of a page run one after the other, in one folder: those of ``tutorials/NAME.md`` in a copy
of the folder ``tutorials/NAME`` beside it, so that they may read its files and write others; those of any other page
in the folder that is given.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["blocks", "commands", "ran", "working_folder"]

_BLOCK = re.compile(r"^```console\n(?P<lines>(?:.*\n)*?)```$", re.MULTILINE)
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COLUMNS = "100"


def blocks(text: str) -> str:
    """Return the Python of a page, its blocks one after the other."""
    return "\n".join(_PYTHON.findall(text))


def commands(text: str) -> list[str]:
    """Return the commands of a page that are run."""
    return [command for block in _BLOCK.finditer(text) for command in _commands(block["lines"])]


def ran(text: str, folder: Path) -> str:
    """Replace the output in every ``console`` block by that of its commands, which run in a folder."""

    def printed(block: re.Match[str]) -> str:
        lines = []
        for command in _commands(block["lines"]):
            lines += [f"$ {command}", *_output(command, folder)]
        return "\n".join(["```console", *lines, "```"])

    return _BLOCK.sub(printed, text)


@contextmanager
def working_folder(page: Path, root: Path) -> Iterator[Path]:
    """Yield the folder in which the commands and the Python of a page run."""
    files = page.with_suffix("")
    if not files.is_dir():
        yield root
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copytree(files, Path(folder) / files.name))


def _commands(lines: str) -> list[str]:
    return [line.removeprefix("$ ") for line in lines.splitlines() if line.startswith("$ ")]


def _output(command: str, folder: Path) -> list[str]:
    """Return what a command prints to standard output, line by line."""
    programs = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    settings = {"PATH": programs, "COLUMNS": _COLUMNS, "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    return [line.rstrip() for line in done.stdout.splitlines()]
