"""Names of offices and bodies: how many words of a text belong to one.

Words are added as long as each occurs in such names. The name may end where the words so far have the key of a name in
the gazetteer; keys are compared as for a cell of a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from resolver.annotation.folding import UPPER
from resolver.index.compiler import WORDS
from resolver.index.index import Index
from resolver.model import TYPES
from resolver.text import keys, khmer, terms
from resolver.text.words import rows

__all__ = ["Bodies", "BodiesInText"]

_MOST_WORDS = 18
_LONGEST = 160
_KEPT = 3
_TONED = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_COMPOUND = re.compile(rf"(?<![^\W\d_])[{UPPER}][^\W\d_A-Z]+ [^\W\d_A-Z]+")
_KHMER_WORD = re.compile("[\u1780-\u17d3\u17dd]+")
_GAP = re.compile(
    r"(?<![^\W\d_]{4})\. ?| ?\n(?!\n|(?:L[ea]s?|The|Une?) )| |, (?!(?:and|et|và|the|le|la) )|['’](?:s )?|-| - | & "
)
_LITTLE = frozenset("of the de du des la le les l d au aux and et và for at in s của thuộc force forces".split())  # noqa: SIM905
_JOINING = re.compile(r"[&,/-]|\b(?:and|et|và|kiêm)\b", re.IGNORECASE)
_OF_ARMIES = frozenset({"force", "forces"})
"""Words that keys leave out, but that may end a name: the Armed Forces."""
_CONJUNCTIONS = frozenset({"and", "et", "và", "kiêm"})
_OFFICE, _ORGANISATION = TYPES.index("office"), TYPES.index("organisation")


@cache
def _plurals() -> frozenset[str]:
    heads = {word for row in rows("common_nouns.csv") if row["language"] != "vi" for word in row["word"].split()}
    heads |= {str(keys.fold(row["text"])) for row in rows("titles.csv") if row["kind"] == "role"}
    single = {word for word in heads if word.isascii() and word.isalpha() and not word.endswith("s")}
    return frozenset({f"{word}s" for word in single} | {f"{word[:-1]}ies" for word in single if word.endswith("y")})


@cache
def _leading_types() -> frozenset[str]:
    """Return the last words of the Vietnamese type words and of party committees, which stand before the place."""
    toned = [phrase for phrase in terms.type_phrases() if _TONED.search(phrase)]
    parties = [row["word"] for row in rows("common_nouns.csv") if row["word"].endswith(("ủy", "uỷ"))]
    return frozenset(phrase.split()[-1].lower() for phrase in (*toned, *parties))


class _Word(NamedTuple):
    """A word of names of offices and bodies: whether a name may end with it, it joins two, or a place follows it."""

    telling: bool
    joins: bool
    leads: bool


class _Step(NamedTuple):
    """A word of a text, as part of the name of an office or a body, and the position of the next word (-1 if none).

    ``telling`` says that a name may end with it, ``parts`` that another name may begin after it.
    """

    end: int
    telling: bool
    after: int
    parts: bool


class BodiesInText:
    """The names of offices and bodies in one text. Names overlap, so each word is looked at once for all of them."""

    def __init__(
        self, plain: str, roles: Container[int], word: Callable[[str], _Word | None], kind: Callable[[str], str]
    ) -> None:
        self._plain = plain
        self._roles = roles
        self._word = word
        self._kind = kind
        self._steps: dict[int, _Step | None] = {}

    def ends(self, start: int) -> list[tuple[int, str]]:
        """Return where a name that begins at a position may end, the longest first, and of which kind it is."""
        plain, steps, kind_of = self._plain, self._steps, self._kind
        first = _WORD.match(plain, start)
        if not first or khmer.is_khmer(plain[start]) or first.group().lower() in _LITTLE:
            return []
        found: list[tuple[int, str]] = []
        at, last = start, start + _LONGEST
        alone = -1 if plain[start].isupper() else first.end()  # a word in lower case is no name alone
        parted = False
        for _ in range(_MOST_WORDS):
            step = steps[at] if at in steps else self._step(at)
            if step is None or step.end > last or (parted and at in self._roles):
                break
            end, telling, at, parted = step
            if telling and end > alone and (kind := kind_of(plain[start:end])):
                found.append((end, kind))
            if at < 0:
                break
        return found[: -_KEPT - 1 : -1]

    def _step(self, at: int) -> _Step | None:
        """Return the word at a position; None if names of offices and bodies do not have it."""
        plain = self._plain
        word = _WORD.match(plain, at)
        kind = self._word(word.group()) if word else None
        step = None
        if word and kind:
            end = word.end()
            comma = plain.startswith(",", end)
            if plain.startswith(" ", end) and not plain.startswith("\n", end + 1):
                after = end + 1
            elif comma and kind.leads:
                after = -1  # theo Chủ tịch UBND tỉnh, Vĩnh Long đã ...
            else:
                gap = _GAP.match(plain, end)
                after = gap.end() if gap else -1
            step = _Step(end, kind.telling, after, comma or kind.joins)
        self._steps[at] = step
        return step


class Bodies:
    """The names of offices and bodies of an index, by their words."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._kind = lru_cache(maxsize=200_000)(self._kind_of)
        self._may_belong = lru_cache(maxsize=100_000)(self._may)
        self._word = lru_cache(maxsize=100_000)(self._word_of)

    def in_text(self, plain: str, roles: Container[int]) -> BodiesInText:
        """Return what finds the names in one text.

        ``roles`` has the positions of words that begin an office: after a comma or "and" another office begins there.
        """
        return BodiesInText(plain, roles, self._word, self._kind)

    def kind(self, text: str) -> str:
        """Return ``office`` or ``organisation`` if a text has the key of one; else an empty text."""
        return self._kind(text)

    def knows(self, word: str, *, telling: bool = False) -> bool:
        """Return whether names of offices and bodies have a word; with ``telling`` it must be more than a link word."""
        return self._may_belong(word) and not (telling and word.lower() in _LITTLE)

    @cached_property
    def compounds(self) -> frozenset[str]:
        """The pairs of a capitalised and a lower-case syllable in Vietnamese names of bodies: Trung ương."""
        index = self._index
        bodies = np.isin(index.entity_type[index.row_entity], (_OFFICE, _ORGANISATION))
        texts = {index.texts[text] for text in set(index.row_text[bodies].tolist())}
        return frozenset(pair for text in texts for pair in _COMPOUND.findall(text) if _TONED.search(pair))

    def _word_of(self, text: str) -> _Word | None:
        """Return what a word is in names of offices and bodies; None if they do not have it."""
        if not self._may_belong(text):
            return None
        lower = text.lower()
        telling = lower not in _LITTLE or lower in _OF_ARMIES
        return _Word(telling, lower in _CONJUNCTIONS, lower in _leading_types())

    def _may(self, word: str) -> bool:
        """Whether a word may be in a name. Plurals may not: the two ministries."""
        if str(keys.fold(word)) in _plurals():
            return False
        if word.lower() in _LITTLE:
            return True
        return keys.may_all_tell(keys.fold(word), self._index.word_key_words)

    def _kind_of(self, text: str) -> str:
        """Return ``office`` or ``organisation`` if a text has the key of one; else an empty text."""
        number = self._index.key_numbers.get(WORDS + keys.word_key(text))
        if number is None:
            return ""
        start = self._index.key_start
        rows = self._index.key_rows[start[number] : start[number + 1]]
        names = self._index.row_text[rows].tolist()
        if (_TONED.search(text) and self._is_turned(text, names)) or self._is_cut_wrong(text, names):
            return ""
        types = set(self._index.entity_type[self._index.row_entity[rows]].tolist())
        return "office" if _OFFICE in types else "organisation" if _ORGANISATION in types else ""

    def _is_cut_wrong(self, text: str, names: list[int]) -> bool:
        """Whether a text has a word that keys leave out, and that no name has there.

        At the end (Công an tỉnh Thái Bình, dự), or "and" between two names (Minister and the Cambodian Prime).
        """
        words = _WORD.findall(text)
        last = str(keys.fold(words[-1]))
        joined = not _CONJUNCTIONS.isdisjoint(word.lower() for word in words)
        if last not in _LITTLE and not joined:
            return False
        spelt = [self._index.texts[name] for name in names]
        if last in _LITTLE and all(str(keys.fold(name)).split()[-1:] != [last] for name in spelt):
            return True
        return joined and not any(_JOINING.search(name) for name in spelt)

    def _is_turned(self, text: str, names: list[int]) -> bool:
        """Whether a Vietnamese text has the words of a name in another order: Vương quốc is not Quốc vương."""
        first = str(keys.fold(_WORD.findall(text)[0]))
        spelt = [str(keys.fold(self._index.texts[name])).split() for name in names]
        return not any(words[0] == first for words in spelt) and any(first in words for words in spelt)
