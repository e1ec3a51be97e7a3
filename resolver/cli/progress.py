"""Progress of a job on a terminal: rows, rate, time left, and what is being prepared."""

# Imports are in the functions, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import IO, cast

from resolver.cli.console import say
from resolver.cli.streams import Tolerant

__all__ = ["Progress", "preparations_said", "progress_bar", "status"]

Progress = Callable[[int, int, int | None], None]
"""A function called with the rows done, the bytes read and, if known, the total of bytes."""

_WORKING = "resolving"


@contextmanager
def progress_bar(*, quiet: bool, unit: str = "rows") -> Iterator[Progress | None]:
    """Give a callback that draws a progress bar, or None if the output is not a terminal.

    Until its first call, and whenever something is prepared, the bar says what is being done.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, ProgressColumn, Task, TextColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    started = monotonic()

    class Status(ProgressColumn):
        def render(self, task: Task) -> Text:
            total = None if task.total is None else int(task.total)
            return Text(status(task.fields["rows"], int(task.completed), total, monotonic() - started, unit))

    columns = (TextColumn("{task.description}"), BarColumn(), Status())
    console = Console(file=cast("IO[str]", Tolerant(sys.stderr)))
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_WORKING, total=None, rows=0)

        def progress(rows: int, done: int, total: int | None) -> None:
            bar.update(task, description=_WORKING, completed=done, total=total, rows=rows)

        with _heard(lambda message: bar.update(task, description=message, total=None)):
            yield progress


@contextmanager
def preparations_said() -> Iterator[None]:
    """Print on a terminal, one line each, what is being prepared."""
    if not sys.stderr.isatty():
        yield
        return
    with _heard(say):
        yield


def status(rows: int, done: int, total: int | None, seconds: float, unit: str = "rows") -> str:
    """Return the rows done, the rate, and the time left if the total is known.

    >>> status(12_000, 250, 1_000, 4.0)
    '12,000 rows, 3,000/s, 0:00:12 left'
    >>> status(0, 0, None, 0.4)
    '0 rows, 0/s'
    """
    told = f"{rows:,} {unit}, {rows / seconds if seconds else 0:,.0f}/s"
    if not total or not done:
        return told
    left = round(seconds * max(0, total - done) / done)
    return f"{told}, {left // 3600}:{left // 60 % 60:02}:{left % 60:02} left"


@contextmanager
def _heard(tell: Callable[[str], object]) -> Iterator[None]:
    """Pass on what the package logs while it prepares something."""
    import logging

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            tell(record.getMessage())

    logger, handler = logging.getLogger("resolver"), Handler()
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
