"""Offices and bodies: how far the words reach that together name one.

From a word on, words are added as long as each can be a word of such a name. Where what has been gathered has the key
of a name in the gazetteer, the name may end: equal keys, as for a cell of a table.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from resolver.index.compiler import WORDS
from resolver.index.index import Index
from resolver.model import TYPES
from resolver.text import keys, khmer
from resolver.text.words import rows

__all__ = ["Bodies"]

_MOST_WORDS = 18
_LONGEST = 160
_KEPT = 3
_WORD = re.compile(r"[^\W\d_]+|\d+")
_KHMER_WORD = re.compile("[\u1780-\u17d3\u17dd]+")
_GAP = re.compile(r"\.? |, (?!\n)|['’](?:s )?|-| - |\.| & | \n?|\n")
_LITTLE = frozenset("of the de du des la le l d and et và for at in s của thuộc".split())  # noqa: SIM905
_OFFICE, _ORGANISATION = TYPES.index("office"), TYPES.index("organisation")


@cache
def _plurals() -> frozenset[str]:
    heads = {word for row in rows("common_nouns.csv") if row["language"] != "vi" for word in row["word"].split()}
    heads |= {str(keys.fold(row["text"])) for row in rows("titles.csv") if row["kind"] == "role"}
    single = {word for word in heads if word.isascii() and word.isalpha() and not word.endswith("s")}
    return frozenset({f"{word}s" for word in single} | {f"{word[:-1]}ies" for word in single if word.endswith("y")})


class Bodies:
    """The names of offices and bodies of an index, by their words."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._kind = lru_cache(maxsize=200_000)(self._kind_of)
        self._may_belong = lru_cache(maxsize=100_000)(self._may)

    def ends(self, plain: str, start: int) -> list[tuple[int, str]]:
        """Return where a name that begins at a place may end, the longest first, and of which kind it is."""
        if khmer.is_khmer(plain[start]):
            return []
        first = _WORD.match(plain, start)
        if not first or first.group().lower() in _LITTLE:
            return []
        found: list[tuple[int, str]] = []
        at, last = start, min(len(plain), start + _LONGEST)
        for _ in range(_MOST_WORDS):
            word = _WORD.match(plain, at, last)
            if not word or not self._may_belong(word.group()) or self._is_plural(word.group()):
                break
            if word.group().lower() not in _LITTLE and (word.end() > first.end() or first.group()[0].isupper()):
                kind = self._kind(plain[start : word.end()])
                if kind:
                    found.append((word.end(), kind))
            gap = _GAP.match(plain, word.end(), last)
            if not gap:
                break
            at = gap.end()
        return found[: -_KEPT - 1 : -1]

    @staticmethod
    def _is_plural(word: str) -> bool:
        """Whether a word stands for several offices or bodies: the two ministries, defence ministers."""
        bare = str(keys.fold(word))
        return bare in _plurals()

    def _may(self, word: str) -> bool:
        if word.lower() in _LITTLE:
            return True
        return keys.may_all_tell(keys.fold(word), self._index.word_key_words)

    def _kind_of(self, text: str) -> str:
        """Return whether a text has the key of an office or a body; empty where it has neither."""
        number = self._index.key_numbers.get(WORDS + keys.word_key(text))
        if number is None:
            return ""
        start = self._index.key_start
        rows = self._index.key_rows[start[number] : start[number + 1]]
        types = set(self._index.entity_type[self._index.row_entity[rows]].tolist())
        return "office" if _OFFICE in types else "organisation" if _ORGANISATION in types else ""
