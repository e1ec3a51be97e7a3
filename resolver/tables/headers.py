"""Columns by name: the position of each in a header, and the error if there is no such column.

Headers are data, too, and may be a million letters long. Equality is tested for any length; more expensive comparisons,
and names shown to a person, are limited.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from resolver.errors import InputError, OutputError, UsageError

__all__ = ["MissingColumnError", "check_names", "check_unique", "column_position", "listed", "shown"]

_LONGEST_NAME = 200
"""Letters of the longest name that is compared other than for equality."""

_MOST_COMPARED = 2_000
_MOST_LISTED = 20
_LONGEST_SHOWN = 60


class MissingColumnError(UsageError):
    """A header has no column with a name."""


def check_unique(header: Sequence[str], path: str | Path) -> None:
    """Raise ``OutputError`` if two columns have the same name, for files that identify columns only by name."""
    taken: set[str] = set()
    for name in header:
        if name in taken:
            raise OutputError(f"two columns are named {shown(name)!r}", path=path, remedy="rename one, or write .csv")
        taken.add(name)


def check_names(names: Iterable[object]) -> None:
    """Raise ``UsageError`` where a column of a frame is named by anything but one text, as by a number or a list."""
    for name in names:
        if not isinstance(name, str):
            raise UsageError(f"a column is named by one text, not by {name!r}: name one, or rename the columns")


def column_position(header: Sequence[str], column: str, *, path: str) -> int:
    """Return the position of a column in the header.

    The name is compared exactly, then ignoring spaces around it and the composition of accents.
    Raises ``UsageError`` if it is missing and ``InputError`` if two columns have this name.
    """
    for form in (str, _plain):
        wanted = form(column)
        places = [place for place, name in enumerate(header) if form(name) == wanted]
        if len(places) > 1:
            which = " and ".join(str(place + 1) for place in places[:_MOST_LISTED])
            raise InputError(
                f"several columns are named {shown(column)!r}: {which}",
                path=path,
                line=1,
                remedy="rename all but one, or count columns instead: --skip-lines 1 --no-header --column 1",
            )
        if places:
            return places[0]
    hint = f"did you mean {' or '.join(close)}? " if (close := _close(header, column)) else ""
    raise MissingColumnError(f"{path} has no column {shown(column)!r}; {hint}its columns are: {listed(header)}")


def listed(header: Sequence[str]) -> str:
    """Return the names of columns to show a person; only the first ones if there are very many."""
    more = f" and {len(header) - _MOST_LISTED:,} more" if len(header) > _MOST_LISTED else ""
    return ", ".join(map(shown, header[:_MOST_LISTED])) + more


def shown(name: str) -> str:
    """Return the name of a column to show a person, cut if it is very long."""
    return name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]}…"


def _close(header: Sequence[str], column: str) -> list[str]:
    if len(column) > _LONGEST_NAME:
        return []
    names = [_plain(name) for name in header[:_MOST_COMPARED] if len(name) <= _LONGEST_NAME]
    return list(map(shown, difflib.get_close_matches(_plain(column), names, n=3)))


def _plain(name: str) -> str:
    return name if len(name) > _LONGEST_NAME else unicodedata.normalize("NFC", name.strip())
