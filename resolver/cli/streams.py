"""The standard streams as a command finds them: closed, full, without a reader, in any encoding.

What is printed is UTF-8, whatever the locale. A stream that was closed stays unusable, and its number is not given to
a file that is opened later: what is printed must not end in a table.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TextIO, cast

__all__ = ["Tolerant", "prepare", "silence"]

_UNUSABLE = (os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)
"""How to open what stands for closed streams: input can't be read, output can't be written, messages go nowhere."""


def prepare() -> None:
    """Make the three streams safe to use."""
    for number, flags in enumerate(_UNUSABLE):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # the lowest free number, which is this one
    if cast("TextIO | None", sys.stdin) is None:
        sys.stdin = _wrapped(io.FileIO(0, "rb", closefd=False), io.BufferedReader)
    if cast("TextIO | None", sys.stdout) is None:
        sys.stdout = _wrapped(io.FileIO(1, "wb", closefd=False), io.BufferedWriter)
    if cast("TextIO | None", sys.stderr) is None:
        sys.stderr = _wrapped(io.FileIO(2, "wb", closefd=False), io.BufferedWriter)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A lone surrogate, as arguments may have, is shown as its number.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _wrapped(raw: io.FileIO, buffered: type[io.BufferedReader] | type[io.BufferedWriter]) -> io.TextIOWrapper:
    return io.TextIOWrapper(buffered(raw), encoding="utf-8", line_buffering=True)


def silence(stream: TextIO) -> None:
    """Let a stream that can't be written to lead nowhere, what it still holds too."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        stream.flush()


class Tolerant:
    """A stream whose reader may go away: what can't be written is let go."""

    def __init__(self, stream: TextIO) -> None:
        """Write to ``stream`` as long as that works."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write text if that can be done."""
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Hand on what was written, if that can be done."""
        with suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> object:
        """Return whatever else the stream has."""
        return getattr(self._stream, name)
