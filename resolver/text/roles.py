"""Parser of offices: an office next to a name, several offices joined, former and acting holders.

The words that begin the name of an office are the roles of ``titles.csv``; the words that may come before or after them
are in ``role_modifiers.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from resolver.text import about_people, khmer, name_counts, role_words, terms
from resolver.text.words import TOKEN, rows

__all__ = ["Modifier", "is_assistant", "names_somebody", "offices", "split_name", "strip_modifier", "tells_of_another"]

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?|\d+|[^\s,;]+")
_KHMER_WORD = re.compile(r"\S+")
_CONJUNCTION = re.compile(r"(?<!\s)\s+(?:and|et|và|kiêm|kiem|concurrently|cum|និង|&|\+)\s+", re.IGNORECASE)
_LITTLE_WORDS = frozenset({"of", "the", "de", "du", "des", "la", "le", "d", "l", "cua", "in", "and", "et", "va", "for"})
_NAME_LENGTHS = (1, 2, 3, 4, 5)
_KHMER_NAME_LENGTHS = (1, 2, 3)
_MOST = 300
_LONGEST_NAME = 5
_CALLING_LENGTHS = (4, 3, 2, 1)


class Modifier(NamedTuple):
    """A word next to an office that says how it was held: ``former``, ``acting`` or nothing important."""

    meaning: str
    rest: str


def offices(text: str) -> tuple[str, ...]:
    """Return the offices that a text joins: each part must have a word that begins an office.

    >>> offices("vice-Premier ministre et ministre de l'Intérieur du Cambodge")
    ('vice-Premier ministre', "ministre de l'Intérieur du Cambodge")
    >>> offices("Minister of Foreign Affairs and International Cooperation")
    ('Minister of Foreign Affairs and International Cooperation',)
    """
    spans = role_words.role_spans(text[:_MOST])
    joints = [joint for joint in _CONJUNCTION.finditer(text[:_MOST]) if any(end <= joint.start() for _, end in spans)]
    found, start = [], 0
    for joint, stop in zip(joints, [*(joint.start() for joint in joints[1:]), len(text)], strict=False):
        if any(joint.end() <= begin < stop for begin, _ in spans):
            found.append(text[start : joint.start()])
            start = joint.end()
    return (*found, text[start:])


def split_name(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to split a text without commas into the name of a person and the office before or after it.

    >>> list(split_name("Interior Minister Sar Sokha"))
    [('Sokha', 'Interior Minister Sar'), ('Sar Sokha', 'Interior Minister')]
    """
    spans = role_words.role_spans(text[:_MOST])
    if not spans:
        return
    in_khmer = khmer.is_khmer(text)
    words = list((_KHMER_WORD if in_khmer else _WORD).finditer(text[:_MOST]))
    first, last = spans[0][0], spans[-1][1]
    for count in _KHMER_NAME_LENGTHS if in_khmer else _NAME_LENGTHS:
        if count < len(words):
            at, before = words[-count].start(), words[-count - 1]
            if at >= last and _is_name(words[-count:]) and not _little(before):
                yield text[at:], text[:at].rstrip(" ,-:")
            end = words[count - 1].end()
            if count > 1 and end <= first and _begins_office(text[end:first]) and _is_name(words[:count]):
                yield text[:end], text[end:].lstrip(" ,-:")


def tells_of_another(before: str) -> bool:
    """Whether the text before a title says that another person is meant, or not only the person named after it.

    >>> tells_of_another("con trai"), tells_of_another("Trợ lý Bộ trưởng"), tells_of_another("ông Tô Lâm và")
    (True, False, True)
    >>> tells_of_another("ភរិយាលោក")
    True
    """
    words = before.casefold().split()
    if words and before.startswith(tuple(_others()["begins"])):
        return True
    whole = " ".join(words)
    return bool(words) and (whole in _others()["alone"] | _others()["serves"] or words[-1] in _others()["last"])


def is_assistant(before: str) -> bool:
    """Whether the text before a title is the word for somebody's assistant.

    >>> is_assistant("Trợ lý"), is_assistant("vợ")
    (True, False)
    """
    return before.casefold() in _others()["serves"]


def names_somebody(text: str) -> bool:
    """Whether a text is a name behind a title or an occupation, or begins like a full Vietnamese name.

    >>> names_somebody("HLV Park Hang-seo"), names_somebody("Bà Lê Thị Ba"), names_somebody("Nguyễn Văn Bảy")
    (True, True, True)
    >>> names_somebody("Bà Rịa"), names_somebody("Lê Lợi"), names_somebody("HLV")
    (False, False, False)
    """
    titled = terms.leading_title(text)
    personal = titled is not None and all(title.kind != "role" for title in titled[0])
    pattern = _KHMER_WORD if khmer.is_khmer(text) else _WORD
    name = list(pattern.finditer(titled[1][:_MOST] if titled else text[:_MOST]))
    before = next((count for count in _CALLING_LENGTHS if _is_occupation(name[:count])), 0)
    if (personal or before) and len(name) - before > 1:
        return _is_name(name[before:]) and len(name) - before <= _LONGEST_NAME
    words = [word.group() for word in name]
    return titled is None and _is_full(words) and _is_name(name)


def _is_full(words: list[str]) -> bool:
    return len(words) in (3, 4) and name_counts.begins_personal_name(words[:2])


def _is_occupation(words: list[re.Match[str]]) -> bool:
    return " ".join(word.group() for word in words).casefold() in _others()["occupation"]


@cache
def _others() -> dict[str, frozenset[str]]:
    kin = about_people.words("kin", "staff")
    callings = about_people.words("calling")
    return {
        "alone": _texts(tuple(word for word in kin if word.language != "km")),
        "begins": _texts(tuple(word for word in kin if word.language == "km")),
        "serves": _texts(about_people.words("assistant")),
        "last": _texts(about_people.words("of", "joins")),
        "occupation": _texts(callings),
    }


def _texts(words: tuple[about_people.Word, ...]) -> frozenset[str]:
    return frozenset(word.text.casefold() for word in words)


def strip_modifier(text: str) -> Modifier | None:
    """Return an office without a word such as "former" or "acting", and the meaning of the word.

    >>> strip_modifier("cựu Bộ trưởng Công an")
    Modifier(meaning='former', rest='Bộ trưởng Công an')
    >>> strip_modifier("Nguyên Bình") is None
    True
    """
    if _has_no_modifier(text) or not _any_modifier().search(text):
        return None
    for pattern, meaning in _modifiers():
        found = pattern.search(text)
        if found:
            rest = (text[: found.start()] + text[found.end() :]).strip(" ,-()")
            if rest and role_words.role_spans(rest):
                return Modifier(meaning, rest)
    return None


def _is_name(words: list[re.Match[str]]) -> bool:
    """Whether words can be a personal name, judged by their capitals."""
    texts = [word.group() for word in words]
    # Le may be the family name Lê, but only at the front.
    if any(_little(word) for word in words[texts[0].lower() == "le" :]) or not all(text[0].isalpha() for text in texts):
        return False
    return all(text[0].isupper() for text in texts) or all(text.islower() or khmer.is_khmer(text) for text in texts)


def _little(word: re.Match[str]) -> bool:
    """Whether a word only links others. With a capital it is a syllable: Sơn La, Nguyễn Văn Du."""
    return word.group() in _LITTLE_WORDS


def _has_no_modifier(text: str) -> bool:
    """Whether no modifier can be in a text, judged by its words: faster than the patterns."""
    if khmer.is_khmer(text):
        return False
    words = TOKEN.findall(text.lower())
    before, after = _first_words()
    return not words or (words[0] not in before and after.isdisjoint(words))


def _begins_office(between: str) -> bool:
    """Whether nothing stands between a name and an office, or what begins with a word like former."""
    told = between.strip(" ,-").lower()
    return not told or any(told == word or told.startswith(f"{word} ") for word in _before())


@cache
def _before() -> frozenset[str]:
    return frozenset(row["word"].lower() for row in rows("role_modifiers.csv") if row["place"] == "before")


@cache
def _first_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the first words of the modifiers that come before an office, and of those that come after it."""
    before, after = (
        frozenset(TOKEN.findall(row["word"].lower())[0] for row in rows("role_modifiers.csv") if row["place"] == place)
        for place in ("before", "after")
    )
    return before, after


@cache
def _any_modifier() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for pattern, _ in _modifiers()), re.IGNORECASE)


@cache
def _modifiers() -> list[tuple[re.Pattern[str], str]]:
    found = []
    for row in sorted(rows("role_modifiers.csv"), key=lambda row: -len(row["word"])):
        word, apart = re.escape(row["word"]), "" if khmer.is_khmer(row["word"]) else r"[\s(-]+"
        pattern = rf"^{word}{apart}" if row["place"] == "before" else rf"(?<![\s(-]){apart}{word}(?!\w)\)?"
        found.append((re.compile(pattern, re.IGNORECASE), row["meaning"]))
    return found
