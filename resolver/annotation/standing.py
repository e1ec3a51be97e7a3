"""A name and the words beside it: part of a longer name, after a title, at the start of a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from resolver.annotation.ages import Age, age_behind, begins_dwelling, is_of_relative
from resolver.annotation.apposed import is_of_envoy
from resolver.annotation.dateline import follows_agency, is_agency
from resolver.annotation.folding import UPPER, Folded
from resolver.annotation.name_starts import (
    begins_foreign_name,
    begins_person,
    begins_with_surname,
    is_cambodian_family,
)
from resolver.annotation.patterns import (
    CALLING,
    COUNTRY,
    NAME,
    OFFICE,
    ORGANISATION,
    PERSON,
    PLACE,
    PROVINCE,
    ROLE,
    TITLE,
    TYPE,
)
from resolver.annotation.person_spans import DAYS
from resolver.annotation.span import Span
from resolver.annotation.spotting import Spot
from resolver.annotation.type_words import is_plural_type
from resolver.annotation.words_beside import (
    begins_office,
    continues_body,
    ends_compound,
    follows_credit,
    in_headline,
    in_list_of_features,
    is_in_title_case,
    is_opening,
    names_feature,
    names_people,
    names_post,
    names_street,
    tells_place,
    words_of,
)
from resolver.model import PLACE_TYPES
from resolver.text import khmer, vietnamese
from resolver.text.about_people import is_private
from resolver.text.name_words import is_borne

__all__ = ["NEAR", "Standing"]

_PLACES = frozenset(PLACE_TYPES)
_SENTENCE_END = re.compile(rf"[.!?…។៕:]['\"”»)]*\s+(?=['\"“«(]*[{UPPER}\u1780-\u17b3])|\n")
_FARTHEST = 800
_LONG_WORD = 3
_SHORT_COUNTRY = 4
"""Letters of a country that may be somebody's name: Thủ tướng Pháp."""
_LONG_FAMILY = 5
"""Letters of a family name that is no other word."""
_FULL_NAME = 3
"""Words of a full Vietnamese name."""

_NAME_AHEAD, _WORDS_AHEAD = 20, 2
"""Characters and words before a name that may be part of a longer name."""

_BESIDE = re.compile(
    r"[ ,\n(]{0,3}(?:[-–—] ?)?(?:(?:the|le|la|les|l['’]|ông|bà|et|and|và) ?)?", re.IGNORECASE
)  # fmt: skip
_OF_COUNTRY = re.compile(
    r",? (?:\(|(?:vương quốc|nước|chdcnd|royaume|république|the|kingdom|of|du|de la|de) |l['’]|d['’]"
    r"|(?:đảng|nhân dân|cách mạng|populaire|révolutionnaire|people['’]s|revolutionary|party) )*",
    re.IGNORECASE,
)
"""What may be between an office or a body and its country, the name of its ruling party included."""
_OF_KHMER = re.compile(" ?(?:នៃ)?")
NEAR, _OWNING = 30, 3
"""Most characters between a body and the country behind it, and before it."""
_PARENT_GAP = re.compile(r"(?:, ?| \(| - | )(?:(?:của|thuộc|of|in|de la|de|du|dans la|dans le) |d['’])?", re.IGNORECASE)
_APPOSED = re.compile(r",? (?:[-–—] )?(?:(?:the|le|la) |l['’])?|, ?", re.IGNORECASE)
_APPOSED_TEXT = re.compile(r"(?:, | [-–—] )([^\W\d_][^,.;:()\n]{2,60})")
"""What follows a person: an office in any words."""
_BRACKET = re.compile(r" \(([^.;:()\n]{4,90})")
_SENTENCE_MARKS, _LONGEST_PHRASE = ".;:!?()\n,", 100
"""What is not within an office that stands before a person: le vice-président du Front de la ville, Pham Anh Tuan."""
_FIRST_WORDS, _LONGEST_OFFICE = re.compile(r"[^\W\d_]+"), 30
_OF_BODY = re.compile(r" (?:of (?:the )?|d[eu] (?:la |l['’])?|des |của |thuộc )")
_JOINED = re.compile(r",? (?:and|et|và|kiêm) (?:(?:the|le|la) )?", re.IGNORECASE)
_SHORT_WORD = 3
_WORDS_BEHIND = re.compile(r"(?: [a-z]+(?![^\W\d_])){1,3}")
_BEHIND = re.compile(r" ([^\W\d_]+)")
_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]+) $")
_ADJECTIVES = ("Provincial", "Municipal")
"""Words with which no name of a body ends before another word."""
_CONTINUED = re.compile(r" ([^\W\d_]+)")
_KHMER_FAMILY = re.compile(" ?[\u1780-\u17d3\u17dd]{1,12} $")
_LIST_BEHIND = re.compile(
    rf"(?:,|;| -| –| (?:[^{UPPER},;.:\n]|[.,](?=\d)){{1,40}};)? "
    r"(?:(?:and|et|và) )?(?:(?:(?<=, )|(?<=et ))(?:de |du |d['’]))?"
)
"""What is between the items of a list, perhaps with a remark: huyện Lệ Thủy có 20 xã; Quảng Ninh có 6 xã."""
_LIST_BEFORE = re.compile(r"(?:,|;| -| –)? (?:(?:and|et|và) )?$")
_LONGEST_LINK = 7


class Told(NamedTuple):
    """What stands behind a person: where the office in it begins, -1 if there is none, and their age."""

    at: int
    text: str
    age: Age | None = None


class Standing:
    """The words beside the names of a text."""

    def __init__(self, folded: Folded, found: Sequence[Spot]) -> None:
        self._callings = {spot.end: spot.start for spot in reversed(found) if spot.found & CALLING}
        found = [spot for spot in found if spot.found != CALLING]
        self._plain = folded.plain
        self._starts = {spot.start for spot in found}
        self._named = {spot.end: spot.start for spot in reversed(found) if spot.found & PERSON}
        self._ends = {spot.end for spot in found if spot.found & NAME}
        self._all_ends = {spot.end for spot in found}
        self._places_from, self._places_to = ({spot[at] for spot in found if spot.found & PLACE} for at in (0, 1))
        self._no_people = {spot[:2] for spot in found if spot.found & (COUNTRY | PROVINCE | ORGANISATION | OFFICE)}
        self._countries = {spot[:2] for spot in found if spot.found & COUNTRY}
        # Cambodia-China Friendship Hospital
        self._partners = {at: end for at, end in self._countries if folded.plain.startswith("-", at - 1)}
        self._title_case: dict[int, bool] = {}
        self._titles = {spot.end for spot in found if spot.found & TITLE and not spot.found & TYPE}
        self._roles = {spot.end for spot in found if spot.found & ROLE}
        self._ranks = self._titles - self._roles
        self._role_starts = {spot.start for spot in found if spot.found & ROLE}

    @cached_property
    def _sentences(self) -> list[int]:
        return [0, *(found.end() for found in _SENTENCE_END.finditer(self._plain))]

    def is_crowded(self, span: Span) -> bool:
        """Whether a bare name is part of a longer, unknown name: capitalised words are beside it."""
        plain = self._plain
        if not _PLACES.isdisjoint(span.types) and self._is_of_something_else(span):
            return True
        if khmer.is_khmer(plain[span.start]):
            return self._is_given_name(span)
        behind = _BEHIND.match(plain, self._partners.get(span.end + 1, span.end))
        upper = plain[span.start : span.end].isupper()
        alone = not upper or len(span.query) < 4 or self._is_caps_among_lower(behind)
        capital = behind is not None and behind[1][0].isupper() and behind.start(1) not in self._starts
        if behind and capital and alone and not self._may_stand_behind(span, behind):
            return True
        return self.is_after_word_of_name(span) or ends_compound(plain, span.start, span.end)

    def _is_caps_among_lower(self, word: re.Match[str] | None) -> bool:
        """Whether a word behind a name in capitals is in capitals, too, but not their line: THE PHNOM PENH POST."""
        if word is None or not word[1].isupper() or len(word[1]) < _LONG_WORD:
            return False
        if word[1].lower() in words_of("paper"):
            return True
        start, end = self._plain.rfind("\n", 0, word.start()) + 1, self._plain.find("\n", word.end())
        line = self._plain[max(start, word.start() - _FARTHEST) : end if end >= 0 else len(self._plain)][:_FARTHEST]
        return sum(map(str.islower, line)) > sum(map(str.isupper, line))

    def _is_of_something_else(self, span: Span) -> bool:
        """Whether a bare name of a place is that of a bridge, a school or the like, or of who took a photo."""
        if follows_credit(self._plain, span.start) or names_post(self._plain, span.start, span.end):
            return True
        if khmer.is_khmer(span.query) and names_people(self._plain, span.start):
            return True
        if "country" in span.types:
            return False
        if in_list_of_features(self._plain, span.start, span.end):
            return True
        local = "province" not in span.types
        return names_feature(self._plain, span.start, span.end) or (local and names_street(self._plain, span.start))

    def _is_given_name(self, span: Span) -> bool:
        """Whether a Khmer name is the last word of a person's name: one word is between a title and it."""
        family = _KHMER_FAMILY.search(self._plain, max(0, span.start - _NAME_AHEAD), span.start)
        return family is not None and family.start() in self._ranks

    def _may_stand_behind(self, span: Span, word: re.Match[str]) -> bool:
        """Whether the capitalised word behind a name does not belong to it."""
        if is_plural_type(word[1]) or self._is_headline_word(word[1], word.start(1)):
            return True
        if span[:2] not in self._countries:
            return False
        at = word.start(1)
        # Thủ tướng Malaysia Anwar Ibrahim; the ambassador to Cambodia Devyani Khobragade
        led = span.start - 1 in self._roles or is_of_envoy(self._plain, span.start)
        return begins_person(self._plain, at) or (led and begins_foreign_name(self._plain, at))

    def _is_headline_word(self, word: str, at: int) -> bool:
        """Whether a word has its capital only because it is in a headline: Kampong Thom Hit by Floods."""
        if not in_headline(word):
            return False
        start = 1 + max(self._plain.rfind("\n", 0, at), self._plain.rfind("|", 0, at))
        if start not in self._title_case:
            self._title_case[start] = is_in_title_case(self._plain, at)
        return self._title_case[start]

    def is_like_person(self, span: Span) -> bool:
        """Whether a place named like a person is none here: đường Hồ Chí Minh is no road in the city."""
        named = len(span.query.split()) == _FULL_NAME and "-" not in span.query
        return named and begins_with_surname(span.query) and not self._is_placed(span)

    def next_listed(self, end: int) -> int:
        """Return where the next item of a list would begin, behind an item that ends at a position; else -1."""
        gap = _LIST_BEHIND.match(self._plain, end)
        return gap.end() if gap and gap.end() > end + 1 else -1

    def _is_placed(self, span: Span) -> bool:
        """Whether a name is one of a list of places, or behind a word that stands before places."""
        plain = self._plain
        listed = _LIST_BEHIND.match(plain, span.end)
        heads = plain.startswith((":", " ("), span.end) or (listed is not None and listed.end() in self._places_from)
        if heads and self.begins_sentence(span.start):
            return True
        before = _LIST_BEFORE.search(plain, max(0, span.start - _LONGEST_LINK), span.start)
        return (before is not None and before.start() in self._places_to) or tells_place(plain, span.start)

    def is_after_word_of_name(self, span: Span) -> bool:
        """Whether a capitalised word before a span belongs to the same, unknown name: Khok Sung District."""
        plain = self._plain
        head = plain[max(0, span.start - 20) : span.start]
        before = _BEFORE.search(head, head.rfind(" ", 0, -1) + 1) if head.endswith(" ") else None
        if not before or not before[1][0].isupper() or span.start - 1 in self._ends:
            return False
        at = span.start - len(head) + before.start(1)
        if len(before[1]) >= _LONG_FAMILY and before[1].istitle() and is_cambodian_family(before[1]):
            return True  # Norodom Sihanouk, also where a sentence begins
        if self._is_headline_word(before[1], at) or is_opening(before[1]):
            return False
        if at in self._starts or before[1].isupper() or self.begins_sentence(at):
            if not all(map(vietnamese.is_syllable, span.query.split())):
                return False  # in capitals, too, no Vietnamese is called Đoàn Takeo
            return at not in self._starts and len(before[1]) > 3 and begins_with_surname(before[1])
        return True

    def is_english_word(self, span: Span) -> bool:
        """Whether a short Vietnamese name of a country without its accents is a word of another language: My wife."""
        if len(span.query) > _SHORT_WORD or not span.query.istitle() or not vietnamese.is_syllable(span.query):
            return False
        behind = _WORDS_BEHIND.match(self._plain, span.end)
        return behind is not None and not all(map(vietnamese.is_syllable, behind.group().split()))

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
        if span.start - 1 not in self._ranks and self._names_no_person(span):
            return False
        words = span.query.split()
        personal = len(words) == 1 or (len(words) >= _FULL_NAME and begins_with_surname(words[0]))
        ends = self._titles | self._roles if personal else self._titles
        return any(
            end in ends and self._plain[end : span.start] in (" ", ". ", ".")
            for end in range(span.start, max(-1, span.start - 3), -1)
        )

    def _names_no_person(self, span: Span) -> bool:
        """Whether a name is no person's even behind a word for an office: Đại sứ Campuchia, នាយករដ្ឋមន្ត្រី វៀតណាម."""
        if khmer.is_khmer(span.query):
            return span[:2] in self._no_people  # a name of a person has two words
        return span[:2] in self._countries and len(span.query) > _SHORT_COUNTRY

    def begins_sentence(self, at: int) -> bool:
        """Whether a sentence begins at a position, perhaps behind the head of a text: Hanoï (AVI) –."""
        head = self._plain[max(0, at - 6) : at]
        before = head.rstrip(" \"“«('\n")
        return not before or before[-1] in ".!?:…។" or "\n" in head[-3:] or follows_agency(head)

    def are_beside(self, one: Span, other: Span) -> bool:
        """Whether two spans are beside each other, with at most a comma, a dash or a title between them."""
        first, second = (one, other) if one.start <= other.start else (other, one)
        if first.end > second.start or second.start - first.end > 60:
            return False
        begin = second.titles[0] if second.titles[1] and second.titles[0] >= first.end else second.start
        return any(_BESIDE.fullmatch(self._plain, first.end, at) is not None for at in {begin, second.start})

    def told_behind(self, person: Span) -> Told | None:
        """Return what stands behind a person and may tell of somebody else: an office, an age, or where they live."""
        age = age_behind(self._plain, person.end)
        if age and not is_of_relative(self._plain, person.titles[0] if person.titles[1] else person.start):
            return Told(-1, self._plain[age.start : age.end], age)
        if bracket := _BRACKET.match(self._plain, person.end):
            at = next((at for at in range(bracket.start(1), bracket.end()) if at in self._role_starts), -1)
            told = at >= 0 or begins_dwelling(self._plain, bracket.start(1))
            told = told or any(begins_office(self._plain, end) for end in self._first_words(bracket.start(1)))
            return Told(at, f", {bracket[1]}") if told else None
        apposed = _APPOSED_TEXT.match(self._plain, person.end)
        if apposed and begins_dwelling(self._plain, apposed.start(1)):
            return Told(-1, apposed.group())
        if apposed and (apposed.start(1) in self._role_starts or self._is_low_rank(person, apposed.start(1))):
            return Told(apposed.start(1), apposed.group())
        return None

    def _is_low_rank(self, person: Span, at: int) -> bool:
        """Whether somebody with a rank has an office that is not in the tables: đại úy X, Phó trạm trưởng."""
        ends = self._first_words(at)
        return person.titles[1] - 1 in self._ranks and any(begins_office(self._plain, end) for end in ends)

    def _first_words(self, at: int) -> list[int]:
        """Return the ends of the first two words behind a position."""
        return [word.end() for word in _FIRST_WORDS.finditer(self._plain, at, at + _LONGEST_OFFICE)][:2]

    def told_before(self, person: Span) -> str:
        """Return an office in any words that stands before a person and a comma; empty if there is none."""
        plain, end = self._plain, person.start - 2
        if not plain.startswith(", ", end):
            return ""
        first = max(0, end - _LONGEST_PHRASE)
        begins = max(first, 1 + max(plain.rfind(mark, first, end) for mark in _SENTENCE_MARKS))
        roles = [at for at in range(begins, end) if at in self._role_starts]
        return plain[max(roles) : end] if roles else ""

    def private_calling(self, person: Span) -> str:
        """Return what somebody is by calling before their name if no office-holder is called so; else an empty text."""
        for end in {person.start, person.titles[0] if person.titles[1] else person.start}:
            at = self._callings.get(end - 1)
            if at is not None and self._plain[end - 1] == " " and is_private(self._plain[at : end - 1]):
                return self._plain[at : end - 1]
        return ""

    def is_in_dateline(self, span: Span) -> bool:
        """Whether a name stands in brackets between the place at the head of a line and a dash: Hanoï (AVI) –."""
        return is_agency(self._plain, span.start, span.end)

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
        if khmer.is_khmer(self._plain[at]):
            return span.end <= at <= span.end + NEAR and _OF_KHMER.fullmatch(self._plain, span.end, at) is not None
        if not span.end < at <= span.end + NEAR or not _OF_COUNTRY.fullmatch(self._plain, span.end, at):
            return False
        return listed or self._plain[span.end] != ","

    def is_continued(self, span: Span) -> bool:
        """Whether the name of a body goes on: Vietnam Fatherland Front Committee of Hai Duong."""
        behind = _CONTINUED.match(self._plain, span.end)
        if behind is None or not behind[1][0].isupper():
            return False
        return continues_body(behind[1]) or span.query.endswith(_ADJECTIVES)

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
