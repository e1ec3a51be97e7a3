"""Safe standard streams, even if they are closed, full, without a reader, or in any encoding.

Output is UTF-8 in any locale. A closed stream stays unusable, and its file number is not given to a file that is
opened later: otherwise messages could be written into a table.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TextIO, cast

__all__ = ["Tolerant", "prepare", "silence"]

_UNUSABLE = (os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)
"""How to open replacements of closed streams: input cannot be read, output not written, messages are dropped."""


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
            # A lone surrogate, which arguments may contain, is shown as its number.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _wrapped(raw: io.FileIO, buffered: type[io.BufferedReader] | type[io.BufferedWriter]) -> io.TextIOWrapper:
    return io.TextIOWrapper(buffered(raw), encoding="utf-8", line_buffering=True)


def silence(stream: TextIO) -> None:
    """Redirect a stream that cannot be written to to nowhere, including its buffer."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        stream.flush()


class Tolerant:
    """A stream whose reader may disappear: text that cannot be written is dropped."""

    def __init__(self, stream: TextIO) -> None:
        """Write to ``stream`` as long as that works."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write text if possible."""
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush the stream, if possible."""
        with suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> object:
        """Return any other attribute of the stream."""
        return getattr(self._stream, name)
