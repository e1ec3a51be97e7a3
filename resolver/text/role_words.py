"""The words that begin the name of an office, in any language: their positions in a text, and their meanings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from resolver.text import keys, khmer
from resolver.text.words import TOKEN, folded, phrased, rows

__all__ = ["Role", "by_first_word", "heads", "role_concepts", "role_spans"]

_APOSTROPHE = re.compile("['’]")


def role_spans(text: str) -> list[tuple[int, int]]:
    """Return the positions, from and to, of the words in a text that begin an office, in text order.

    >>> role_spans("Vietnamese Deputy Minister of Public Security")
    [(11, 26)]
    """
    return [(start, end) for start, end, _ in _roles_in(text)]


@lru_cache(maxsize=4096)
def heads(text: str) -> frozenset[str]:
    """Return the words that begin the offices in a text, each as a word key: equal in English, French and Khmer.

    >>> heads("vice-ministre de la Sécurité publique") == heads("Deputy Minister of Public Security")
    True
    """
    return frozenset(keys.word_key(text[start:end]) for start, end in role_spans(text))


@lru_cache(maxsize=4096)
def role_concepts(text: str) -> frozenset[str]:
    """Return the possible meanings of the words that begin the offices in a text, in any language.

    >>> sorted(role_concepts("Thủ tướng") & role_concepts("Premier ministre du Vietnam"))
    ['kh-prime-minister', 'vn-thu-tuong']
    """
    return frozenset(concept for _, _, role in _roles_in(text) for concept in role.concepts)


@dataclass(slots=True)
class Role:
    """Words that begin an office, folded, with their spellings and all their possible meanings."""

    words: tuple[str, ...]
    spellings: set[tuple[str, ...]]
    concepts: set[str]

    def stands(self, words: list[str], tokens: list[str], at: int) -> bool:
        """Whether the words are at a position: typed diacritics must be theirs (``Tỉnh Trường`` is not a role)."""
        end = at + len(self.words)
        if tuple(words[at:end]) != self.words:
            return False
        typed = tokens[at:end]
        return any(
            all(token in (word, plain) for token, word, plain in zip(typed, spelt, self.words, strict=True))
            for spelt in self.spellings
        )


@lru_cache(maxsize=65_536)
def _roles_in(text: str) -> list[tuple[int, int, Role]]:
    if khmer.is_khmer(text):
        return _khmer_roles_in(text)
    roles = by_first_word()
    known = {"", *keys.fold(_APOSTROPHE.sub(" ", text)).split()}
    if known.isdisjoint(roles) or not any(
        (*role.words, "")[1] in known for word in known & roles.keys() for role in roles[word]
    ):
        return []
    tokens = list(TOKEN.finditer(text))
    words = [str(folded(token.group())) for token in tokens]
    typed = [phrased((token.group(),)) for token in tokens]
    found: list[tuple[int, int, Role]] = []
    at = 0
    while at < len(words):
        standing = [role for role in roles.get(words[at], ()) if role.stands(words, typed, at)]
        longest = max(standing, key=lambda role: len(role.words), default=None)
        if longest:
            found.append((tokens[at].start(), tokens[at + len(longest.words) - 1].end(), longest))
        at += len(longest.words) if longest else 1
    return found


def _khmer_roles_in(text: str) -> list[tuple[int, int, Role]]:
    found: list[tuple[int, int, Role]] = []
    for role in sorted(_khmerby_first_word(), key=lambda role: -len(role.words[0])):
        at = text.find(role.words[0])
        if at >= 0 and not any(start <= at < end for start, end, _ in found):
            found.append((at, at + len(role.words[0]), role))
    return sorted(found, key=lambda one: one[0])


@cache
def _allby_first_word() -> tuple[Role, ...]:
    found: dict[tuple[str, ...], Role] = {}
    for row in rows("titles.csv"):
        if row["kind"] == "role":
            tokens = row["text"].split() if row["language"] == "km" else TOKEN.findall(row["text"])
            words = tuple(str(folded(token)) for token in tokens)
            role = found.setdefault(words, Role(words, set(), set()))
            role.spellings.add(tuple(phrased((token,)) for token in tokens))
            role.concepts.add(row["concept"])
    return tuple(found.values())


@cache
def _khmerby_first_word() -> tuple[Role, ...]:
    return tuple(role for role in _allby_first_word() if khmer.is_khmer(role.words[0]))


@cache
def by_first_word() -> dict[str, list[Role]]:
    """Return the words that begin an office in Latin script, by the first word."""
    found: dict[str, list[Role]] = {}
    for role in _allby_first_word():
        if "".join(role.words).isascii():
            found.setdefault(role.words[0], []).append(role)
    return found
