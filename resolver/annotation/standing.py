"""How a name stands among the words beside it: within a longer one, behind a title, at the start of a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from resolver.annotation.folding import UPPER, Folded
from resolver.annotation.patterns import NAME, ROLE, TITLE, TYPE
from resolver.annotation.spans import Span
from resolver.annotation.spotting import Spot
from resolver.text import khmer, persons

__all__ = ["Standing"]

_SENTENCE_END = re.compile(rf"[.!?…។៕:]['\"”»)]*\s+(?=['\"“«(]*[{UPPER}\u1780-\u17b3])|\n")
_FARTHEST = 800
_TWO = 2
_BESIDE = re.compile(
    r"[ ,\n(]{0,3}(?:[-–—] ?)?(?:(?:the|le|la|les|l['’]|ông|bà|et|and|và) ?)?", re.IGNORECASE
)  # fmt: skip
_BEHIND = re.compile(r" ([^\W\d_]+)")
_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]+) $")


class Standing:
    """The words beside the names of a text."""

    def __init__(self, folded: Folded, found: Sequence[Spot]) -> None:
        self._plain = folded.plain
        self._starts = {spot.start for spot in found}
        self._ends = {spot.end for spot in found if spot.found & NAME}
        self._titles = {spot.end for spot in found if spot.found & TITLE and not spot.found & TYPE}
        self._roles = {spot.end for spot in found if spot.found & ROLE}

    def is_crowded(self, span: Span) -> bool:
        """Whether a bare name is a part of a longer one that is not known: words in capitals stand beside it."""
        plain = self._plain
        if khmer.is_khmer(plain[span.start]):
            return False
        behind = _BEHIND.match(plain, span.end)
        alone = not plain[span.start : span.end].isupper() or len(span.asked) < 4
        if behind and behind[1][0].isupper() and behind.start(1) not in self._starts and alone:
            return True
        head = plain[max(0, span.start - 20) : span.start]
        before = _BEFORE.search(head)
        if not before or not before[1][0].isupper() or span.start - 1 in self._ends:
            return False
        at = span.start - len(head) + before.start(1)
        if at in self._starts or before[1].isupper() or self.begins_sentence(at):
            return at not in self._starts and len(before[1]) > 3 and _is_surname(before[1])
        return True

    def is_titled(self, span: Span) -> bool:
        """Whether a bare name stands behind a title, so that it is a person's: M. Lâm, Chủ tịch Hồ Chí Minh."""
        words = span.asked.split()
        personal = len(words) == 1 or (len(words) > _TWO and _is_surname(words[0]))
        ends = self._titles | self._roles if personal else self._titles
        return any(
            end in ends and self._plain[end : span.start] in (" ", ". ", ".")
            for end in range(span.start, max(-1, span.start - 3), -1)
        )

    def begins_sentence(self, at: int) -> bool:
        """Whether a sentence begins at a place."""
        head = self._plain[max(0, at - 3) : at]
        return not head.strip() or head.rstrip(" \"“«('")[-1:] in tuple(".!?:…\n។") or "\n" in head

    def are_beside(self, one: Span, other: Span) -> bool:
        """Whether two stretches stand beside each other, with no more than a comma, a dash or a title between them."""
        first, second = (one, other) if one.start <= other.start else (other, one)
        if first.end > second.start or second.start - first.end > 60:
            return False
        begin = second.titles[0] if second.titles[1] and second.titles[0] >= first.end else second.start
        return any(_BESIDE.fullmatch(self._plain, first.end, at) is not None for at in {begin, second.start})

    def sentence(self, span: Span) -> tuple[int, int]:
        """Return where the sentence of a stretch begins and ends."""
        start = max(0, span.start - _FARTHEST)
        for found in _SENTENCE_END.finditer(self._plain, start, span.start):
            start = found.end()
        following = _SENTENCE_END.search(self._plain, span.end, min(len(self._plain), span.end + _FARTHEST))
        return start, following.start() if following else min(len(self._plain), span.end + _FARTHEST)


def _is_surname(word: str) -> bool:
    names = persons.parse(word)
    return bool(names) and persons.is_surname(names[0].words[0], typed=names[0].style == "native")
