"""A known name within a text that as a whole is none: what the note of the answer tells about it."""

from __future__ import annotations

from typing import NamedTuple

from resolver.index.index import Index
from resolver.model import TYPES
from resolver.text import keys, khmer, roles, vietnamese

__all__ = ["Contained", "known_within"]

_MOST_WORDS = 12
_LENGTHS = (5, 4, 3, 2)
_PUNCTUATION = " ,;:.()[]“”\"'"


class Contained(NamedTuple):
    """A known name within a text: whose it is, the other words, and whether those before it tell of somebody else."""

    name: str
    type: str
    rest: str
    is_another: bool


def known_within(index: Index, text: str) -> Contained | None:
    """Return the longest known name of two words or more within a text; None if there is none, or the text is long."""
    words = text.split()
    if len(words) > _MOST_WORDS:
        return None
    for count in _LENGTHS:
        for at in range(len(words) - count + 1) if count < len(words) else ():
            entity = _bearer(index, " ".join(words[at : at + count]).strip(_PUNCTUATION))
            if entity is not None and not _goes_on(words[at + count - 1], words[at + count :]):
                return _told(index, entity, words, at, count)
    return None


def _bearer(index: Index, name: str) -> int | None:
    """Return whose name something is, as it is typed; None if it is nobody's or that of several."""
    if not (name[:1].isupper() or khmer.is_khmer(name)):
        return None
    number = index.key_numbers.get(keys.key(name))
    if number is None:
        return None
    rows = index.key_rows[index.key_start[number] : index.key_start[number + 1]].tolist()
    strong = [row for row in rows if not index.row_weak[row] and _is_typed(name, index.texts[index.row_text[row]])]
    entities = {int(index.row_entity[row]) for row in strong}
    return entities.pop() if len(entities) == 1 else None


def _goes_on(last: str, behind: list[str]) -> bool:
    """Whether a name goes on with another word of a Vietnamese name: Trần Thắng is no part of Trần Thắng Lợi."""
    return bool(behind) and last[-1].isalpha() and behind[0][0].isupper() and vietnamese.is_syllable(behind[0])


def _is_typed(name: str, known: str) -> bool:
    """Whether a name is typed with the diacritics of a known one, or without any."""
    return name.isascii() or vietnamese.normalise(name).lower() == vietnamese.normalise(known).lower()


def _told(index: Index, entity: int, words: list[str], at: int, count: int) -> Contained:
    before, behind = words[:at], words[at + count :]
    kin = any(roles.tells_of_another(" ".join(before[:end])) for end in range(1, len(before) + 1))
    another = kin or roles.names_somebody(" ".join(words))
    rest = "” and “".join(" ".join(part).strip(_PUNCTUATION) for part in (before, behind) if part)
    type_ = TYPES[int(index.entity_type[entity])]
    return Contained(index.record(entity).versions[-1].name, type_, rest, another)
