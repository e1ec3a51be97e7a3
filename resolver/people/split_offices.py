"""Offices told in two columns: the title in one, the place or the body in another (Chủ tịch UBND tỉnh | Điện Biên)."""

from __future__ import annotations

from collections.abc import Sequence

from resolver.text import khmer
from resolver.text.words import folded

__all__ = ["joined"]

_STEM = 6
"""Letters that the words for a minister and a ministry have in common, in English and French."""


def joined(office: str, within: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the names that an office may have together with each of some places or bodies, and the others of these.

    Words that end the one and begin the other are written once.

    >>> joined("Giám đốc Công an tỉnh", ["Công an tỉnh Thái Nguyên"])
    [('Giám đốc Công an tỉnh Thái Nguyên', ())]
    >>> joined("Minister", ["Ministry of Interior"])
    [('Minister of Interior', ())]
    >>> [name for name, _ in joined("Governor", ["Kandal"])]
    ['Governor Kandal', 'Governor of Kandal']
    """
    found: dict[str, tuple[str, ...]] = {}
    for at, parent in enumerate(within):
        others = (*within[:at], *within[at + 1 :])
        ours, theirs = office.split(), parent.split()
        if not ours or not theirs or khmer.is_khmer(office + parent):
            continue
        common = _common(ours, theirs)
        found[" ".join((*ours, *theirs[common:]))] = others
        if not common and office.isascii():
            found[f"{office} of {parent}"] = others
    return list(found.items())


def _common(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Return how many words at the end of one text are those at the beginning of another."""
    ends, begins = [[str(folded(word)) for word in words] for words in (ours, theirs)]
    for count in range(min(len(ends), len(begins)), 0, -1):
        if ends[-count:] == begins[:count]:
            return count
    return int(len(ends[-1]) > _STEM and ends[-1][:_STEM] == begins[0][:_STEM])
