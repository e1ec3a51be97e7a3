"""A name and the words beside it: part of a longer name, after a title, at the start of a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from resolver.annotation.folding import UPPER, Folded
from resolver.annotation.patterns import NAME, PERSON, ROLE, TITLE, TYPE
from resolver.annotation.person_spans import DAYS
from resolver.annotation.span import Span
from resolver.annotation.spotting import Spot
from resolver.annotation.type_words import is_plural_type
from resolver.text import khmer, persons, vietnamese
from resolver.text.name_words import is_borne

__all__ = ["NEAR", "Standing"]

_SENTENCE_END = re.compile(rf"[.!?…។៕:]['\"”»)]*\s+(?=['\"“«(]*[{UPPER}\u1780-\u17b3])|\n")
_FARTHEST = 800
_FULL_NAME = 3
"""Words of a full Vietnamese name."""

_NAME_AHEAD, _WORDS_AHEAD = 20, 2
"""Characters and words before a name that may be part of a longer name."""

_BESIDE = re.compile(
    r"[ ,\n(]{0,3}(?:[-–—] ?)?(?:(?:the|le|la|les|l['’]|ông|bà|et|and|và) ?)?", re.IGNORECASE
)  # fmt: skip
_OF_COUNTRY = re.compile(
    r",? (?:\(|(?:vương quốc|nước|chdcnd|royaume|république|the|kingdom|of|du|de la|de) |l['’]|d['’])*",
    re.IGNORECASE,
)
_OF_KHMER = re.compile("(?:នៃ)?")
NEAR, _OWNING = 30, 3
"""Most characters between a body and the country behind it, and before it."""
_PARENT_GAP = re.compile(r"(?:, ?| \(| - | )(?:(?:của|thuộc|of|in|de la|de|du|dans la|dans le) |d['’])?", re.IGNORECASE)
_APPOSED = re.compile(r",? (?:[-–—] )?(?:(?:the|le|la) |l['’])?|, ?", re.IGNORECASE)
_OF_BODY = re.compile(r" (?:of (?:the )?|d[eu] (?:la |l['’])?|des |của |thuộc )")
_JOINED = re.compile(r",? (?:and|et|và|kiêm) (?:(?:the|le|la) )?", re.IGNORECASE)
_BEHIND = re.compile(r" ([^\W\d_]+)")
_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]+) $")


class Standing:
    """The words beside the names of a text."""

    def __init__(self, folded: Folded, found: Sequence[Spot]) -> None:
        self._plain = folded.plain
        self._starts = {spot.start for spot in found}
        self._named = {spot.end: spot.start for spot in reversed(found) if spot.found & PERSON}
        self._ends = {spot.end for spot in found if spot.found & NAME}
        self._all_ends = {spot.end for spot in found}
        self._titles = {spot.end for spot in found if spot.found & TITLE and not spot.found & TYPE}
        self._roles = {spot.end for spot in found if spot.found & ROLE}

    @cached_property
    def _sentences(self) -> list[int]:
        return [0, *(found.end() for found in _SENTENCE_END.finditer(self._plain))]

    def is_crowded(self, span: Span) -> bool:
        """Whether a bare name is part of a longer, unknown name: capitalised words are beside it."""
        plain = self._plain
        if khmer.is_khmer(plain[span.start]):
            return False
        behind = _BEHIND.match(plain, span.end)
        alone = not plain[span.start : span.end].isupper() or len(span.query) < 4
        if behind and behind[1][0].isupper() and behind.start(1) not in self._starts and alone:
            return not is_plural_type(behind[1])
        return self.is_after_word_of_name(span)

    def is_after_word_of_name(self, span: Span) -> bool:
        """Whether a capitalised word before a span belongs to the same, unknown name: Khok Sung District."""
        plain = self._plain
        head = plain[max(0, span.start - 20) : span.start]
        before = _BEFORE.search(head, head.rfind(" ", 0, -1) + 1) if head.endswith(" ") else None
        if not before or not before[1][0].isupper() or span.start - 1 in self._ends:
            return False
        at = span.start - len(head) + before.start(1)
        if at in self._starts or before[1].isupper() or self.begins_sentence(at):
            if not all(map(vietnamese.is_syllable, span.query.split())):
                return False  # in capitals, too, no Vietnamese is called Đoàn Takeo
            return at not in self._starts and len(before[1]) > 3 and _is_surname(before[1])
        return True

    def ends_person(self, span: Span) -> bool:
        """Whether a name is the end of the name of a known person: Nguyen Thanh Binh."""
        return self._named.get(span.end, span.end) < span.start

    def is_within_name(self, span: Span) -> bool:
        """Whether a person's name is the end of a longer name: Bun Rany Hun Sen."""
        at = span.start
        for _ in range(_WORDS_AHEAD):
            before = _BEFORE.search(self._plain, max(0, at - _NAME_AHEAD), at)
            if not before or at - 1 in self._all_ends or not before[1][0].isupper() or before[1].isupper():
                return False
            if before[1] in DAYS:
                return False
            if is_borne(before[1]):
                return True
            at = before.start(1)
        return False

    def is_titled(self, span: Span) -> bool:
        """Whether a bare name is after a title, so that it is a person's: M. Lâm, Chủ tịch Hồ Chí Minh."""
        words = span.query.split()
        personal = len(words) == 1 or (len(words) >= _FULL_NAME and _is_surname(words[0]))
        ends = self._titles | self._roles if personal else self._titles
        return any(
            end in ends and self._plain[end : span.start] in (" ", ". ", ".")
            for end in range(span.start, max(-1, span.start - 3), -1)
        )

    def begins_sentence(self, at: int) -> bool:
        """Whether a sentence begins at a position."""
        head = self._plain[max(0, at - 3) : at]
        return not head.strip() or head.rstrip(" \"“«('")[-1:] in tuple(".!?:…\n។") or "\n" in head

    def are_beside(self, one: Span, other: Span) -> bool:
        """Whether two spans are beside each other, with at most a comma, a dash or a title between them."""
        first, second = (one, other) if one.start <= other.start else (other, one)
        if first.end > second.start or second.start - first.end > 60:
            return False
        begin = second.titles[0] if second.titles[1] and second.titles[0] >= first.end else second.start
        return any(_BESIDE.fullmatch(self._plain, first.end, at) is not None for at in {begin, second.start})

    def is_apposed(self, office: Span, person: Span) -> bool:
        """Whether an office is that of the person named directly before it: Dao Hai Dang - Deputy Director of ..."""
        return _APPOSED.fullmatch(self._plain, person.end, office.start) is not None

    def is_right_before(self, span: Span, end: int) -> bool:
        """Whether a country that ends at a position belongs to the body after it: the US Senate, Laos's army."""
        return 0 < span.start - end <= _OWNING and self._plain[end : span.start] in (" ", "'s ", "’s ")

    def is_right_behind(self, span: Span, at: int, *, listed: bool) -> bool:
        """Whether a country at a position belongs to the body before it: Bộ Nội vụ, Vương quốc Campuchia.

        ``listed`` says that there may be a comma between them.
        """
        if span.end <= at <= span.end + _OWNING and _OF_KHMER.fullmatch(self._plain, span.end, at):
            return khmer.is_khmer(self._plain[at])
        if not span.end < at <= span.end + NEAR or not _OF_COUNTRY.fullmatch(self._plain, span.end, at):
            return False
        return listed or self._plain[span.end] != ","

    def body_behind(self, span: Span) -> int:
        """Return where a body would begin that the office before it belongs to: president of the Assembly; else -1."""
        of = _OF_BODY.match(self._plain, span.end)
        return of.end() if of else -1

    def is_joined(self, end: int, span: Span) -> bool:
        """Whether only "and" is between the end of an office and another office of the same person."""
        return _JOINED.fullmatch(self._plain, end, span.start) is not None

    def next_place(self, end: int) -> int:
        """Return where the parent of a place would begin if it followed directly."""
        gap = _PARENT_GAP.match(self._plain, end)
        return gap.end() if gap else end

    def sentence(self, span: Span) -> tuple[int, int]:
        """Return start and end of the sentence of a span."""
        last = max(0, bisect_left(self._sentences, span.start) - 1)
        start = max(self._sentences[last], span.start - _FARTHEST)
        following = _SENTENCE_END.search(self._plain, span.end, min(len(self._plain), span.end + _FARTHEST))
        return start, following.start() if following else min(len(self._plain), span.end + _FARTHEST)


def _is_surname(word: str) -> bool:
    names = persons.parse(word)
    return bool(names) and persons.is_surname(names[0].words[0], typed=names[0].style == "native")
