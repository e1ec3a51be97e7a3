"""The ways a mention can be read: which part is the name, what its type words and titles say, what stands around it.

Nothing is decided here. A mention has several readings (``"Quan Hoa"`` is a name, or the quận Hoa); the gazetteer
tells later which of them names something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from resolver.text import keys, roles, terms, unicode, vietnamese
from resolver.text.keys import Key
from resolver.text.terms import Title, TypeWord

__all__ = ["Parsed", "Reading", "parts", "read"]

# A hyphen between blanks may part an address or belong to a name (Xuân Hương - Đà Lạt): both are tried.
# A slash parts words, not house numbers (12/3).
_SEPARATORS = (
    re.compile(r"\s*[,;|\n]\s*|\s*[()]\s*"),
    re.compile(r"\s*[,;|\n]\s*|\s+[-/]\s+|\s*[()]\s*|(?<=[^\W\d])/(?=[^\W\d])"),
)
_MOST_PARTS = 8
_LONGEST = 4 * unicode.MAX_LENGTH
_MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a mention.

    ``core`` is the name that is left, ``type_words`` and ``titles`` what was split off it, ``context`` the other
    parts of the mention. ``type_kept`` says that the core still begins or ends with what could be a type word,
    ``respelt`` that a word was replaced by its usual romanisation, ``dropped`` how many little words were taken off,
    ``former`` that it is called a former one, ``acting`` that it is an office held for the time being.
    """

    core: str
    key: Key
    words: Key
    type_words: tuple[TypeWord, ...]
    titles: tuple[Title, ...]
    context: tuple[str, ...]
    type_kept: bool
    respelt: bool
    dropped: int
    former: bool
    acting: bool = False

    @property
    def around(self) -> tuple[str, ...]:
        """All that may tell which namesake is meant: the context, and the roles among the titles."""
        return (*self.context, *(title.text for title in self.titles if title.kind == "role"))


@dataclass(frozen=True, slots=True)
class Parsed:
    """A cleaned mention, what was repaired in it, and its readings, the plainest first."""

    text: str
    notes: tuple[str, ...]
    readings: tuple[Reading, ...]


def read(mention: str) -> Parsed:
    """Return the readings of a mention.

    >>> [reading.core for reading in read("TX. Kinh Môn").readings]
    ['TX. Kinh Môn', 'Kinh Môn']
    """
    # Repair first: cleaning takes away the control characters and odd blanks that legacy text is known by.
    # Nothing beyond what cleaning keeps is looked at.
    repaired = vietnamese.repair(mention[:_LONGEST])
    cleaned = unicode.clean(repaired.text)
    text = cleaned.text
    readings = {
        (reading.key, reading.type_words, reading.titles, reading.context): reading for reading in _readings(text)
    }
    return Parsed(text, repaired.notes + cleaned.notes, tuple(readings.values()))


def parts(text: str) -> list[str]:
    """Return the parts of a text that names several places, one within the other.

    >>> parts("Quận 3, TP Hồ Chí Minh")
    ['Quận 3', 'TP Hồ Chí Minh']
    """
    return _cut(text, _SEPARATORS[0])


def _cut(text: str, separator: re.Pattern[str]) -> list[str]:
    return [part for whole in separator.split(text) for part in terms.split_at_types(whole) if part]


def _readings(text: str) -> Iterator[Reading]:
    office = bool(terms.role_spans(text))
    yield from _variants(text, (), office=office)
    split = terms.find_title(text)
    if split:
        yield from _variants(split[1], roles.offices(split[0]))
    if office:
        yield from _beside_offices(text, ())
    for separator in _SEPARATORS:
        # The places of a long address are its last parts.
        cut = _cut(text, separator)[-_MOST_PARTS:]
        if len(cut) > 1:
            for number, part in enumerate(cut):
                others = (*cut[:number], *cut[number + 1 :])
                context = tuple(one for other in others for one in roles.offices(other)) if office else others
                yield from _variants(part, context, office=office)
                if office:
                    yield from _beside_offices(part, context)


def _beside_offices(text: str, context: tuple[str, ...]) -> Iterator[Reading]:
    """Yield the readings of what may be a name beside an office: that of a person only."""
    for name, office in roles.split_name(text):
        marker = Title(office, "office", frozenset())
        yield from _variants(name, (*roles.offices(office), *context), titles=(marker,))


def _variants(
    text: str, context: tuple[str, ...], *, titles: tuple[Title, ...] = (), office: bool = False
) -> Iterator[Reading]:
    """Yield the readings of a text; ``office`` says that there are words in it which head one."""
    waiting = [_Step(text, (), titles, 0, 0)]
    while waiting:
        step = waiting.pop(0)
        core = step.core
        name = str(int(core)) if core.isdecimal() and core.isascii() else core
        splits = [split for split in (terms.leading_type(core), terms.trailing_type(core)) if split]
        yield from _named(name, step, context, kept=any(word.sure for word, _ in splits))
        if step.depth == _MOST_STEPS:
            continue
        deeper = step.depth + 1
        bare = terms.strip_function_word(core)
        if bare and bare != core:
            waiting.append(_Step(bare, step.type_words, step.titles, step.dropped + 1, deeper, step.former))
        waiting.extend(
            _Step(rest, (*step.type_words, word), step.titles, step.dropped, deeper, step.former)
            for word, rest in splits
        )
        ended = terms.strip_former(core)
        if ended:
            waiting.append(_Step(ended, step.type_words, step.titles, step.dropped, deeper, former=True))
        modified = roles.strip_modifier(core) if office else None
        if modified and modified.rest != ended:
            former, acting = step.former or modified.meaning == "former", modified.meaning == "acting"
            waiting.append(
                _Step(modified.rest, step.type_words, step.titles, step.dropped, deeper, former, acting=acting)
            )
        titled = None if step.titles != titles else terms.leading_title(core)
        if titled:
            both = (*titles, *titled[0])
            waiting.append(_Step(titled[1], step.type_words, both, step.dropped, deeper, step.former))


class _Step(NamedTuple):
    """What is left of a text, what was taken off it, and in how many steps."""

    core: str
    type_words: tuple[TypeWord, ...]
    titles: tuple[Title, ...]
    dropped: int
    depth: int
    former: bool = False
    acting: bool = False


def _named(name: str, step: _Step, context: tuple[str, ...], *, kept: bool) -> Iterator[Reading]:
    if not keys.key(name):
        return
    # A preposition before the name that a type word wanted (province d'An Giang) is no word too many.
    dropped = 0 if step.type_words or step.titles else step.dropped
    for spelling in dict.fromkeys((name, terms.usual_romanisation(name))):
        yield Reading(
            spelling,
            keys.key(spelling),
            keys.word_key(spelling),
            step.type_words,
            step.titles,
            context,
            type_kept=kept,
            respelt=spelling != name,
            dropped=dropped,
            former=step.former,
            acting=step.acting,
        )
