"""Hyphens between the parts of an address: ``12 Lê Lợi - Phường 5 - Vũng Tàu``, but ``Bà Rịa - Vũng Tàu`` is a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import pairwise

from resolver.text import keys
from resolver.text.address import TOKEN, cut

__all__ = ["Hyphens"]

_HYPHEN = re.compile(r"(?<!\s)\s+-\s+")
_LEAST = 2
"""Hyphens of a text without other separators that are separators themselves: one may as well join two names."""


class Hyphens:
    """Cuts texts at hyphens that belong to no name."""

    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        """Keep the hyphens of ``names``, which are read only if they are needed."""
        self._names = names

    def cut(self, text: str) -> list[str]:
        """Return the parts of an address, cut at all separators: at hyphens with spaces if there are several in a row.

        >>> Hyphens(lambda: ["Bà Rịa - Vũng Tàu"]).cut("12 Lê Lợi - P5 - Vũng Tàu - Bà Rịa - Vũng Tàu")
        ['12 Lê Lợi', 'P5', 'Vũng Tàu', 'Bà Rịa - Vũng Tàu']
        """
        return [part for piece in cut(text) for part in self._apart(piece)]

    @cached_property
    def _joined(self) -> frozenset[tuple[str, str]]:
        """The words before and after the hyphens of names."""
        halves = (name.split("-") for name in self._names() if "-" in name)
        return frozenset((_word(ours, -1), _word(theirs, 0)) for parts in halves for ours, theirs in pairwise(parts))

    def _apart(self, text: str) -> list[str]:
        pieces = _HYPHEN.split(text) if " - " in text else [text]
        if len(pieces) <= _LEAST:
            return [text]
        found = pieces[:1]
        for piece in pieces[1:]:
            if (_word(found[-1], -1), _word(piece, 0)) in self._joined:
                found[-1] += f" - {piece}"
            else:
                found.append(piece)
        return found


def _word(text: str, at: int) -> str:
    """Return a word of a text, folded; nothing if it has none."""
    words = TOKEN.findall(text)
    return str(keys.fold(words[at])) if words else ""
