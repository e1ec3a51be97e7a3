"""Places described in a Khmer phrase: ``ស្រុកបវេលក្នុងខេត្តបាត់ដំបង``, whose words are not parted.

The words that link are data (``phrases.csv``). Nothing is looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from resolver.model import TYPES
from resolver.text import khmer, terms
from resolver.text.words import rows

__all__ = ["in_parts"]

_BELOW = float(-len(TYPES))
"""The level of streets and hamlets."""


def in_parts(text: str) -> str:
    """Return a Khmer text cut before each word for a kind of place, house or street that follows a name.

    Such a word may also end a name (the district Phnum Srok), so the levels must only rise or only fall. A text of only
    type words and names is split without this rule.
    """
    normal, words = khmer.normalise(text), _words()
    found = [_Mark(match.start(), match.end(), *words[match["word"]]) for match in _marks().finditer(normal)]
    # If a word occurs twice, the first one ends a name; so does a word with nothing after it.
    followed = pairwise([*found, _Mark(len(normal), 0, 0.0, typed=True)])
    found = [a for a, b in followed if a.end < len(normal) and (a.end, a.level) != (b.start, b.level)]
    # Streets and hamlets come first, or not at all.
    typed_from = next((number for number, one in enumerate(found) if one.typed), len(found))
    found = [one for number, one in enumerate(found) if number < typed_from or one.level > _BELOW]
    linked = any(_link().match(normal[one.start : one.end]) for one in found)
    if len(found) < 2 or (all(one.typed for one in found) and not linked):
        return text
    rising = found[0].level < found[-1].level
    cuts = [found[0].start] if normal[: found[0].start].strip() else []
    last = found[0]
    for one in found[1:]:
        if (one.level > last.level) == rising and one.level != last.level and normal[last.end : one.start].strip():
            cuts.append(one.start)
            last = one
    if not cuts:
        return text
    bounds = [0, *cuts, len(normal)]
    parts = [_link().sub("", normal[start:end].strip(" ,")) for start, end in pairwise(bounds)]
    return ", ".join(part for part in parts if part)


class _Mark(NamedTuple):
    """A word for a kind of place, with its level from house to country; ``typed`` if the gazetteer has such places."""

    start: int
    end: int
    level: float
    typed: bool


@cache
def _marks() -> re.Pattern[str]:
    words = sorted(_words(), key=len, reverse=True)
    links = "|".join(sorted(_links(), key=len, reverse=True))
    # A subscript belongs to the syllable before it.
    return re.compile(f"(?<!\u17d2)(?:(?:{links}) *)?(?<!\u17d2)(?P<word>{'|'.join(words)})")


@cache
def _link() -> re.Pattern[str]:
    return re.compile(f"^(?:{'|'.join(sorted(_links(), key=len, reverse=True))}) *")


def _links() -> Iterator[str]:
    table = rows("phrases.csv")
    return (khmer.normalise(row["words"]) for row in table if (row["language"], row["kind"]) == ("km", "link"))


@cache
def _words() -> dict[str, tuple[float, bool]]:
    """Return the words for kinds of places, streets and houses: their level, and whether they are type words.

    A word of two levels (ក្រុង) gets a level between them.
    """
    found: dict[str, tuple[float, bool]] = {}
    for phrase in terms.type_phrases():
        word = terms.type_word(phrase) if khmer.is_khmer(phrase) else None
        if word:
            levels = {TYPES.index(type_) for type_, _ in word.meanings}
            found[phrase] = -sum(levels) / len(levels), 0 not in levels
    for row in rows("locality_words.csv"):
        if row["language"] == "km":
            found[khmer.normalise(row["word"])] = _BELOW, False
    return found
