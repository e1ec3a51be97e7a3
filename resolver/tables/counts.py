"""Counts as people write them: one row, two rows."""

from __future__ import annotations

from resolver.dates import serial_date

__all__ = ["counted", "dates_told", "ragged_told"]


def counted(count: int, one: str, several: str = "") -> str:
    """Return a count and what is counted: ``several``, or ``one`` with an s, unless there is exactly one.

    >>> counted(1, "row"), counted(2, "row"), counted(0, "total that lacks units", "totals that lack units")
    ('1 row', '2 rows', '0 totals that lack units')
    """
    return f"{count} {one if count == 1 else several or f'{one}s'}"


def ragged_told(count: int, line: int, done: str, *, one_column: bool) -> list[str]:
    """Return the warning about rows with too many or too few cells, the first of them on ``line``; none for none.

    ``done`` is what was not done with them. ``one_column`` says that the header has one cell only: then a comma in a
    cell is likely no delimiter.
    """
    if not count:
        return []
    remedy = "; if each line is one cell, give --delimiter \\t" if one_column else ""
    return [f"{counted(count, 'row')} with too many or too few cells, not {done}: the first is line {line}{remedy}"]


def dates_told(count: int, first: str, done: str, *, serial: bool) -> list[str]:
    """Return the warning about rows whose date can't be read, ``first`` being one of these dates; none for none.

    ``done`` is what was done with them, ``serial`` says that an option reads dates as a spreadsheet counts days.
    """
    if not count:
        return []
    remedy = "; --serial-dates reads such numbers as Excel counts days" if serial and serial_date(first) else ""
    rows = f"{counted(count, 'row')} with a date that cannot be read, such as {first[:40]!r}"
    return [f"{rows}, {done} without one{remedy}"]
