"""The dialect of a CSV table, found in its first lines: the delimiter, and the lines above the header."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from resolver.errors import InputError, UsageError

__all__ = ["MAX_RECORD_LINES", "Head", "Quotes", "checked_delimiter", "head_of"]

_DELIMITERS = (",", ";", "\t", "|")
MAX_RECORD_LINES = 10_000
_DIRECTIVE = re.compile(r'"?sep=(.|\\t)"?[,;\t|]*[\r\n]*', re.IGNORECASE)
"""A line before the header in which Excel names the delimiter; a program may have added delimiters to it."""


class Head(NamedTuple):
    """The start of a table: how many lines come before it, which of them to keep, and the lines of its first row."""

    skipped: int
    title: str
    directive: str
    lines: list[str]
    delimiter: str


def head_of(lines: Iterator[str], skip_lines: int, name: str) -> Head:
    """Take the first row of a table from its lines: several lines, if a quoted cell has line breaks.

    ``skip_lines`` lines are skipped, then empty lines, and a line in which Excel names the delimiter.
    """
    kept = list(islice(lines, skip_lines))
    skipped, told, row, quotes = len(kept), "", list[str](), Quotes(_DELIMITERS)
    for line in lines:
        if not row and not line.strip("\r\n"):
            skipped += 1
            continue
        if not row and not told and _DIRECTIVE.fullmatch(line):
            skipped, told = skipped + 1, line
            continue
        row.append(line)
        quotes.feed(line)
        if not quotes.inside or len(row) > MAX_RECORD_LINES:
            break
    if not row:
        if skip_lines:
            raise InputError(f"it has no more than {skipped} lines", path=name, remedy="give a smaller --skip-lines")
        raise InputError("the file is empty", path=name, remedy="give a CSV table with a header")
    delimiter = _told_delimiter(told) or max(_DELIMITERS, key=quotes.outside.__getitem__)
    return Head(skipped, "".join(kept), told, row, delimiter)


def checked_delimiter(delimiter: str | None) -> str | None:
    """Return a delimiter that a caller gave. Raises ``UsageError`` if it cannot be one."""
    delimiter = {"\\t": "\t", "tab": "\t"}.get(delimiter or "", delimiter)
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n\0 '):
        raise UsageError(f"a delimiter is one character such as , ; | or \\t, not {delimiter!r}")
    return delimiter


def _told_delimiter(directive: str) -> str:
    """Return the delimiter that a line before the header names, if it is a possible one."""
    found = _DIRECTIVE.fullmatch(directive)
    told = found[1].replace("\\t", "\t") if found else ""
    return "" if told in '"\r\n\0 ' else told


class Quotes:
    """Follows the quotes through the lines of a record, as ``csv`` does.

    ``inside`` says whether a quote is open, and ``opened`` on which line the last one opened (counted from 0).
    ``outside`` counts each delimiter outside quotes; one with a space after it, as in prose, counts half.
    """

    def __init__(self, delimiters: Sequence[str]) -> None:
        self.inside = False
        self.opened = 0
        self.outside = dict.fromkeys(delimiters, 0)
        self._marks = re.compile(f'["{re.escape("".join(delimiters))}]')
        self._lines = 0

    def feed(self, line: str) -> None:
        """Read one more line."""
        cell_start, closed = -1 if self.inside else 0, -1
        for found in self._marks.finditer(line):
            mark, place = found[0], found.start()
            if mark != '"':
                if not self.inside:
                    self.outside[mark] += 1 if line.startswith(" ", place + 1) else 2
                    cell_start = place + 1
            elif self.inside:
                self.inside, closed = False, place
            elif place == closed + 1 and closed >= 0:
                self.inside = True  # two quotes within quotes mean one quote
            elif place == cell_start:
                self.inside, self.opened = True, self._lines
        self._lines += 1
