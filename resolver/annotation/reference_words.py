"""The words beside a title that stands alone: articles before it, and words with which a sentence continues.

The words are data: ``reference_words.csv`` beside the other tables of words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import chain

from resolver.text import keys, khmer
from resolver.text.words import rows

__all__ = [
    "ARTICLE_LENGTH",
    "article_before",
    "compared",
    "goes_on",
    "is_lowered",
    "is_other",
    "is_rank",
    "may_stand",
    "opens",
    "words_behind",
    "words_linking",
    "words_stuck",
]

ARTICLE_LENGTH = 16
"""Characters before a title in which its article, or the word before it, is searched for."""
_STANDING = frozenset({"rank", "role"})
_LATIN = ("en", "fr", "vi")
_WORD = re.compile(r" ([^\W\d_]+['’]?)")
_OWNING = re.compile(r"['’]s\b")
_ENDED = re.compile(r"\s*(?:$|[.,;:!?)\]\"”»…\n–—]|- )")
_OPENING, _CLOSING = ' "“«(', ".!?…,;:–—\n"
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]+) $")
_PAST = re.compile(r"[a-z]{3,}ed")
_KHMER_WORD = 12


@cache
def _words() -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the words beside titles, by language and place; Vietnamese also without diacritics."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("reference_words.csv"):
        found[row["language"], row["place"]].add(row["word"])
        if row["language"] == "vi":
            found["bare", row["place"]].add(str(keys.fold(row["word"])))
    return {place: frozenset(words) for place, words in found.items()}


@cache
def _titles() -> Mapping[str, frozenset[tuple[str, str]]]:
    """Return languages and kinds of the titles that can mean a person without a name."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows("titles.csv"):
        if row["kind"] in _STANDING:
            found[compared(row["text"])].add((row["language"], row["kind"]))
    return {title: frozenset(kinds) for title, kinds in found.items()}


@lru_cache(maxsize=16_384)
def compared(title: str) -> str:
    """Return a title in the form for comparison."""
    return khmer.normalise(title) if khmer.is_khmer(title) else str(keys.fold(title))


def may_stand(title: str) -> bool:
    """Return whether a title can mean a person without a name: the colonel, the minister, but not Mr.

    >>> may_stand("Colonel"), may_stand("Bộ trưởng"), may_stand("Mr.")
    (True, True, False)
    """
    return compared(title) in _titles()


def is_rank(title: str) -> bool:
    """Return whether a title is a rank."""
    return any(kind == "rank" for _, kind in _titles().get(compared(title), ()))


def words_stuck() -> frozenset[str]:
    """Return the Khmer words that may be stuck to a name, and are in none."""
    return _words()["km", "stuck"]


@cache
def _articles() -> re.Pattern[str]:
    spelt = sorted(chain.from_iterable(_words()[language, "article"] for language in _LATIN), key=len, reverse=True)
    latin = "|".join(re.escape(word).replace("'", "['’]") if word.endswith("'") else f"{word} " for word in spelt)
    return re.compile(rf"(?:(?<![^\W\d_])(?:{latin})|(?:{'|'.join(_words()['km', 'article'])}))$", re.IGNORECASE)


def article_before(head: str) -> str:
    """Return the article at the end of the text before a title; empty if there is none.

    >>> article_before("said the "), article_before("Vị "), article_before("in ")
    ('the ', 'Vị ', '')
    """
    found = _articles().search(head)
    return found.group() if found else ""


@cache
def _lowering() -> re.Pattern[str]:
    latin = "|".join(re.escape(word) for language in _LATIN for word in _words()[language, "below"])
    return re.compile(rf"(?:(?<![^\W\d_])(?:{latin})[ -]|(?:{'|'.join(_words()['km', 'below'])}))$", re.IGNORECASE)


def is_lowered(head: str) -> bool:
    """Return whether the text before an office makes it one below: Deputy Prime Minister, Phó Chủ tịch.

    >>> is_lowered("the Deputy "), is_lowered("the new ")
    (True, False)
    """
    return _lowering().search(head) is not None


def is_other(head: str) -> bool:
    """Return whether the text before a body makes it another one: the military police.

    >>> is_other("of the military "), is_other("of the ")
    (True, False)
    """
    word = _WORD_BEFORE.search(head)
    return word is not None and word[1].lower() in _words()["en", "other"]


def words_behind() -> frozenset[str]:
    """Return the Khmer words that follow a title, so that they are no name there."""
    return _words()["km", "after"]


def words_linking() -> frozenset[str]:
    """Return the Khmer words that follow a whole name and are no verbs: from, and."""
    return _words()["km", "linking"]


def opens(head: str, title: str) -> bool:
    """Return whether a Vietnamese title without an article can mean a person, given the text before it.

    >>> opens("Theo ", "Bộ trưởng"), opens("làm ", "Bộ trưởng"), opens("", "bộ trưởng")
    (True, False, False)
    """
    if not title[0].isupper() or ("vi", "rank") in (kinds := _titles().get(compared(title), frozenset())):
        return False
    if ("vi", "role") not in kinds:
        return False
    before = head.rstrip(_OPENING)
    if not before or before[-1] in _CLOSING or head[len(before) :].strip(" "):
        return True
    word = _WORD_BEFORE.search(head)
    return word is not None and word[1].lower() in _words()[_spelling(title), "before"]


def goes_on(rest: str, title: str, article: str) -> bool:
    """Return whether the text after a title continues the sentence, not with a name or a longer title.

    >>> goes_on(" said so", "general", "the "), goes_on(" To Lam", "ministre", "le ")
    (True, False)
    """
    if khmer.is_khmer(title):
        return bool(article) and rest.lstrip(" ").startswith(tuple(_words()["km", "after"]))
    if _ENDED.match(rest):
        return bool(article) or rest.startswith(",")
    article = article.strip().lower().replace("’", "'")
    if article in _words()["en", "article"] and _OWNING.match(rest):
        return True
    word = _WORD.match(rest)
    return word is not None and word[1][0].islower() and _may_follow(word[1].replace("’", "'"), title, article)


def _may_follow(word: str, title: str, article: str) -> bool:
    words = _words()
    if article in words["fr", "article"]:
        return word not in words["fr", "not_after"]
    if article in words["en", "article"]:
        return word in words["en", "after"] or _PAST.fullmatch(word) is not None
    return word in words[_spelling(title), "after"]


def _spelling(title: str) -> str:
    """Return the key of the Vietnamese words: with diacritics, or without any like the title."""
    return "bare" if title.isascii() else "vi"
