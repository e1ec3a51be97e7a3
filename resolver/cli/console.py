"""Other output of the commands: one line on standard error, progress on a terminal, JSON."""

# Imports are inside the functions, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from typing import Any

import click

from resolver.cli.streams import Tolerant, silence

__all__ = ["print_json", "say", "tell"]


def say(message: str) -> None:
    """Print one line on standard error, for any characters in the message."""
    line = " ".join(message.split())
    # A header or a path may contain anything, also control sequences of a terminal.
    safe = "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in line)
    try:
        click.echo(f"resolver: {safe}", err=True)
    except OSError:
        silence(sys.stderr)


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

    click.echo(json.dumps(record.to_dict(), ensure_ascii=False, indent=2))
