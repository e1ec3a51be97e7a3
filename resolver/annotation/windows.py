"""A long text in parts, which are annotated one after the other: memory and time grow no faster than the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["windows"]

_ENOUGH = 40_000
"""Characters after which a part ends at the next empty line."""
_MOST = 80_000
"""Characters after which a part ends at any line, or in a longer line between two words."""


def windows(lines: Iterable[str]) -> Iterator[str]:
    """Yield the parts of a text, which is given in lines with their ends; together they are the text.

    >>> [len(part) for part in windows(["word " * 60_000, "end"])]
    [80000, 80000, 140003]
    """
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size > _MOST or (size > _ENOUGH and not line.strip()):
            *whole, rest = _cut("".join(held))
            if size <= _MOST or line.endswith("\n"):
                whole, rest = [*whole, rest], ""
            yield from whole
            held, size = [rest] if rest else [], len(rest)
    if held:
        yield from _cut("".join(held))


def _cut(text: str) -> Iterator[str]:
    """Yield pieces of a text, none much longer than a part may be."""
    at = 0
    while len(text) - at > 2 * _MOST:
        blank = text.rfind(" ", at + _ENOUGH, at + _MOST)
        end = blank + 1 if blank > 0 else at + _MOST
        yield text[at:end]
        at = end
    yield text[at:]
