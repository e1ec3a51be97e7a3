"""One tree of exceptions: every failure that a user can cause or fix.

A message says what was wrong, where (file, line, column) and what to do about it.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["GazetteerError", "InputError", "OutputError", "ResolverError", "StaleGazetteerWarning", "UsageError"]


class StaleGazetteerWarning(UserWarning):
    """The gazetteer is over a year old; later changes are not in it."""


_LONGEST_MESSAGE = 1_200
"""Most characters of a message: names, headers and cells in it may be of any length."""


class ResolverError(Exception):
    """Base of all errors raised on purpose by this package. The middle of a long message is left out."""

    def __init__(self, message: str = "") -> None:
        super().__init__(_readable(message))


def _readable(message: str) -> str:
    if len(message) <= _LONGEST_MESSAGE:
        return message
    begun, ended = message[: _LONGEST_MESSAGE * 2 // 3], message[-_LONGEST_MESSAGE // 3 :]
    return f"{begun} … {ended}"


class UsageError(ResolverError):
    """An invalid call or command: an unknown type, a bad date, a missing column."""


class _FileError(ResolverError):
    """An error at a place in a file."""

    def __init__(self, problem: str, *, path: str | Path, line: int | None = None, remedy: str = "") -> None:
        self.problem = problem
        self.path = str(path)
        self.line = line
        self.remedy = remedy
        where = self.path if line is None else f"{self.path}, line {line}"
        super().__init__(f"{where}: {problem}" + (f"; {remedy}" if remedy else ""))


class InputError(_FileError):
    """A table that cannot be read: encoding, header, quoting, binary content."""


class OutputError(_FileError):
    """A file that cannot be written: exists already, no permission, full disk."""


class GazetteerError(_FileError):
    """A gazetteer table that is missing, damaged or breaks a rule."""
