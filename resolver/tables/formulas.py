"""Formulas of a workbook that no spreadsheet has computed: their cells hold no value, only the formula.

Programs write such workbooks; a spreadsheet computes them when it opens and saves them.
"""

from __future__ import annotations

import re
from typing import IO, NamedTuple

__all__ = ["Uncomputed", "uncomputed"]

_BLOCK = 1 << 20
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_VALUE = re.compile(rb"<(?:\w+:)?v>[^<]")
_TEXT_VALUE = re.compile(rb'\st="str"[^>]*>.*<(?:\w+:)?v[\s>/]', re.DOTALL)
"""A formula whose value is a text, which may be empty."""
_PLACE = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3}\d{1,7})"')


class Uncomputed(NamedTuple):
    """How many cells have a formula and no value, and the first of them, such as ``B2``."""

    cells: int
    first: str


def uncomputed(sheet: IO[bytes]) -> Uncomputed:
    """Return the number of cells of a sheet, given as XML, that have a formula without a value, and the first."""
    count, first, rest = 0, "", b""
    while block := sheet.read(_BLOCK):
        *cells, rest = _CELL_END.split(rest + block)
        rest = rest[-_BLOCK:]
        for cell in cells:
            if _FORMULA.search(cell) and not _VALUE.search(cell) and not _TEXT_VALUE.search(_last(cell)):
                count += 1
                first = first or _named(cell)
    return Uncomputed(count, first)


def _last(text: bytes) -> bytes:
    """Return the last cell that begins in a text: cells before it may be empty elements, which have no end tag."""
    return text[max(text.rfind(b"<c "), text.rfind(b":c "), 0) :]


def _named(cell: bytes) -> str:
    places = _PLACE.findall(cell)
    return places[-1].decode() if places else ""
