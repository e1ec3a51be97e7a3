"""Numbers in tables: with a decimal point or comma, with marks between thousands; nothing is rounded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from resolver.errors import InputError
from resolver.tables.aggregation import MOST_DIGITS, is_addable

__all__ = ["decimal_sign", "numbers"]

_LONGEST_NUMBER = 1_000
_POINT = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_THOUSANDS = {mark: re.compile(rf"[+-]?\d{{1,3}}(?:\{mark}\d{{3}})+(?!\d)", re.ASCII) for mark in ".,"}
_PROOFS = {
    decimal: re.compile(
        rf"[+-]?\d{{1,3}}(?:(?:\{mark}\d{{3}}){{2,}}(?:\{decimal}\d*)?|\{mark}\d{{3}}\{decimal}\d*)", re.ASCII
    )
    for decimal, mark in ((",", "."), (".", ","))
}
"""Numbers whose decimal sign is certain: with several marks between thousands, or with both signs."""

_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_BLANKS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")


def decimal_sign(cells: Iterable[str]) -> str | None:
    """Return the decimal sign that the numbers of a column prove; None if none proves it or they contradict each other.

    ``1.762.281`` and ``6.352,92`` prove a comma, ``2.5`` proves a point; ``1.234`` and ``1,5`` prove nothing.
    """
    proven = {sign for cell in cells for sign in _proven(_BLANKS.sub("", cell.strip()))}
    return proven.pop() if len(proven) == 1 else None


def _proven(text: str) -> Iterator[str]:
    if "." in text and _POINT.fullmatch(text) and not _EITHER.fullmatch(text):
        yield "."
    for sign, proof in _PROOFS.items():
        if proof.fullmatch(text):
            yield sign


def numbers(
    cells: Sequence[tuple[int, str]], name: str, decimal: str | None, path: str
) -> Iterator[tuple[int, Decimal | None]]:
    """Yield the line and the number of each cell of a column, None for blank ones.

    ``decimal`` is the decimal sign, None if it is not certain. Raises InputError for a cell that is not certainly a
    number.
    """
    texts = [_BLANKS.sub("", cell.strip()) for _, cell in cells]
    for (line, cell), text in zip(cells, texts, strict=True):
        if not text:
            yield line, None
            continue
        number = _plain(text, decimal)
        if len(text) > _LONGEST_NUMBER or not _POINT.fullmatch(number):
            remedy = "give --decimal , or --decimal ." if "," in text or text.count(".") > 1 else "fix the cell"
            problem = f"{name} {cell[:40]!r} is not a number"
            raise InputError(problem, path=path, line=line, remedy=f"{remedy}; leave it empty if missing")
        # A point before three digits may separate thousands or be the decimal sign.
        if not decimal and _EITHER.fullmatch(number):
            problem = f"{name} {text!r} may be thousands or have decimals"
            raise InputError(problem, path=path, line=line, remedy="give --decimal , or --decimal .")
        yield line, _decimal(number, name, path, line)


def _decimal(number: str, name: str, path: str, line: int) -> Decimal:
    """Return the exact number that a text has."""
    try:
        value = Decimal(number)
    except InvalidOperation:  # an impossible exponent
        value = Decimal("inf")
    if not is_addable(value):
        problem = f"{name} {number[:40]!r} has more than {MOST_DIGITS} digits"
        raise InputError(problem, path=path, line=line, remedy="fix the cell; leave it empty if missing")
    return value


def _plain(text: str, decimal: str | None) -> str:
    """Return a number without marks between thousands and with a decimal point, if the decimal sign is known."""
    if decimal is None:
        return text
    mark = "," if decimal == "." else "."
    found = _THOUSANDS[mark].match(text)
    whole = found[0].replace(mark, "") + text[found.end() :] if found else text
    return whole.replace(",", ".") if decimal == "," else whole
