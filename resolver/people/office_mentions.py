"""Whether a text that should name a person names only an office: “Chủ tịch UBND tỉnh Kiên Giang”.

This is judged by words alone. The text next to the words of an office is a person's name only if it is in the
position of a name, begins with a family name or consists of words used in names, and is not a place.
"""

from __future__ import annotations

import re
from itertools import takewhile

from resolver.text import keys, khmer, legacy, role_words, terms, unicode, vietnamese
from resolver.text.name_counts import khmer_surnames
from resolver.text.name_words import is_borne, person_odds
from resolver.text.persons import LONGEST, is_surname, parse
from resolver.text.terms import Title

__all__ = ["names_office", "names_office_only"]

_LEAST_OF_NAME, _MOST_WORDS = 2, 4
_TWO_WORDS = 0.7
"""Least log-odds of two words that are a person's name: Tô Lâm reaches it, Hà Nội does not."""
_PARTS = re.compile(r"[,;()\n]")
_BEFORE_PLACES = frozenset("of in for the de du des la le d l của tại ở cua tai and et và va".split())  # noqa: SIM905


def names_office(text: str) -> bool:
    """Whether a text contains words that begin the name of an office."""
    return bool(role_words.role_spans(_cleaned(text)))


def names_office_only(text: str) -> bool:
    """Whether a text names an office and, judged by its words, no person who holds it.

    >>> names_office_only("Phó Chủ tịch UBND tỉnh Kiên Giang"), names_office_only("Chủ tịch Lâm Minh Thành")
    (True, False)
    """
    parts = [part.strip() for part in _PARTS.split(_cleaned(text)) if part.strip()]
    if not any(map(role_words.role_spans, parts)):
        return False
    return not any(
        _beside_role(part) if role_words.role_spans(part) else _alone(part, first=place == 0)
        for place, part in enumerate(parts)
    )


def _cleaned(text: str) -> str:
    return vietnamese.normalise(unicode.clean(legacy.repair(text[:LONGEST]).text).text)


def _alone(part: str, *, first: bool) -> bool:
    """Whether a part without words of an office may be a person's name: especially a part before an office."""
    if terms.leading_type(part) or _is_common(part):
        return False
    titled = terms.leading_title(part)
    words = (titled[1] if titled else part).split()
    if not words or titled:
        return bool(words)
    return not _is_place(words) and (first or _is_known(words) or _begins_with_surname(part))


def _beside_role(part: str) -> bool:
    """Whether a person's name comes before or after the words of an office."""
    ranked = terms.find_title(part)
    if ranked and _is_rank(ranked[1]):
        return True
    spans = role_words.role_spans(part)
    before, behind = part[: spans[0][0]].split(), part[spans[-1][1] :].split()
    if khmer.is_khmer(part) and not part[spans[-1][1] :].startswith(" "):
        behind = behind[1:]  # words directly after an office say what it is responsible for
    # Other words before it belong to the office (Interior Minister).
    if _are_alike(before) and (_is_known(before) or (khmer.is_khmer(part) and _is_full_name(_untitled(before)))):
        return True
    first = list(takewhile(lambda word: word.lower() not in _BEFORE_PLACES, behind))
    if _are_alike(first) and len(first) < len(behind) and _is_known(first):
        return True
    ends = range(max(len(behind) - _MOST_WORDS, 0), len(behind))
    return any(_may_follow(behind[at:], behind[at - 1] if at else "") for at in ends)


def _are_alike(words: list[str]) -> bool:
    """Whether words can be one name, judged by their capitals."""
    cases = {(word[0].isupper(), word.isupper() and len(word) > 1) for word in words}
    return len(words) <= _MOST_WORDS and len(cases) == 1 and all(word[0].isalpha() for word in words)


def _is_rank(text: str) -> bool:
    """Whether a text begins with the rank or title of a person, followed by more words."""
    titled = terms.leading_title(text)
    return bool(titled and titled[1].strip() and _is_personal(titled[0]) and not role_words.role_spans(titled[1]))


def _is_personal(titles: tuple[Title, ...]) -> bool:
    return all(title.kind in {"rank", "honorific"} for title in titles)


def _may_follow(words: list[str], before: str) -> bool:
    """Whether the last words after an office may be a name, given the word in between, if there is one."""
    name = " ".join(words)
    if before and (before in _BEFORE_PLACES or terms.leading_type(f"{before} {name}")):
        return False
    typed = any(terms.leading_type(" ".join(words[at:])) for at in range(len(words)))
    if typed or not _are_alike(words) or _is_common(name) or _is_place(words):
        return False
    if khmer.is_khmer(name):
        return not str(keys.word_key(name)).isascii()
    if not all(map(vietnamese.is_syllable, words)):
        return not before or _is_known(words)
    if len(words) == 1:
        return not before
    return _begins_with_surname(name) or (name.isascii() and _is_known(words))


def _begins_with_surname(name: str) -> bool:
    readings = parse(name)
    first = readings[0].words[0] if readings else None
    return first is not None and is_surname(first, typed=not name.isascii())


def _untitled(words: list[str]) -> list[str]:
    titled = terms.leading_title(" ".join(words))
    return titled[1].split() if titled else words


def _is_full_name(words: list[str]) -> bool:
    """Whether Khmer words are a name: they begin with a family name, or none of two or three is a word of offices."""
    if len(words) < _LEAST_OF_NAME or khmer.normalise(words[0]) in khmer_surnames():
        return len(words) >= _LEAST_OF_NAME
    return len(words) < _MOST_WORDS and not any(str(keys.word_key(word)).isascii() for word in words)


def _is_known(words: list[str]) -> bool:
    """Whether words are names of people, judged by the people in the gazetteer."""
    return len(words) > 1 and not _is_place(words) and all(map(is_borne, words))


def _is_place(words: list[str]) -> bool:
    """Whether words are more likely a place of Vietnam: two words often are, three with a family name rarely."""
    if not all(map(vietnamese.is_syllable, words)) or (len(words) > 2 and _begins_with_surname(" ".join(words))):
        return False
    return person_odds(words) < (_TWO_WORDS if len(words) == 2 else 0.0)


def _is_common(name: str) -> bool:
    return keys.key(name) in terms.common_nouns()
