"""Other output of the commands: one line on standard error, progress on a terminal, JSON."""

# Imports are inside the functions, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, cast

import click

from resolver.cli.streams import Tolerant, silence

__all__ = ["Progress", "print_json", "progress_bar", "say", "tell"]

Progress = Callable[[int, int | None], None]


def say(message: str) -> None:
    """Print one line on standard error, for any characters in the message."""
    line = " ".join(message.split())
    # A header or a path may contain anything, also control sequences of a terminal.
    safe = "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in line)
    try:
        click.echo(f"resolver: {safe}", err=True)
    except OSError:
        silence(sys.stderr)


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress | None]:
    """Give a callback that draws a progress bar, or None if the output is not a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    told = (TextColumn("resolving"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    console = Console(file=cast("IO[str]", Tolerant(sys.stderr)))
    with Bar(*told, console=console, transient=True) as bar:
        task = bar.add_task("resolving", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def tell(summary: Any, *, progress: bool, quiet: bool) -> None:
    """Print the summary of a job on a terminal; elsewhere only its warnings."""
    if progress:
        Tolerant(sys.stderr).write(f"{summary}\n")
    elif not quiet:
        for warning in summary.warnings():
            say(warning)


def print_json(record: Any) -> None:
    """Print a record as JSON."""
    import json
    from dataclasses import asdict

    click.echo(json.dumps(asdict(record), ensure_ascii=False, indent=2))
