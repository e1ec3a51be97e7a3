"""Parser of mentions: the possible readings of a mention as name, type words, titles and context.

Nothing is decided here. A mention has several readings (``"Quan Hoa"`` is a name, or the quận Hoa). The gazetteer
decides later which reading names an entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from resolver.text import asides, keys, legacy, numerals, phrases, role_words, roles, terms, type_slips, unicode
from resolver.text.function_words import strip_function_word
from resolver.text.keys import FoldedText, Key
from resolver.text.labels import read_labels
from resolver.text.terms import Title, TypeWord

__all__ = ["Parsed", "Reading", "parts", "plain_words", "read"]

# A hyphen between spaces may separate parts or belong to a name (Xuân Hương - Đà Lạt): both are tried.
# A slash separates words, but not house numbers (12/3), nor the title Đ/c.
_BEFORE = r"(?:(?<!\s)\s+)?"  # all spaces from the first one on, so that a long run is scanned only once
_SEPARATORS = (
    re.compile(rf"{_BEFORE}[,;|\n()]\s*"),
    re.compile(rf"{_BEFORE}[,;|\n()]\s*|(?<!\s)\s+[-/]\s+|(?<=[^\W\d])(?<![Đđ])/(?=[^\W\d])"),
)
_MOST_PARTS = 8
_MOST_STEPS = 5


_PLAIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-\u024f\u1e00-\u1eff]+(?: [A-Za-zÀ-ÖØ-öø-\u024f\u1e00-\u1eff]+)*")
"""A text of Latin words with single spaces: it needs no cleaning."""

_word_key = lru_cache(maxsize=65_536)(keys.word_key)


_OF_A_PERSON = Title("", "office", frozenset())
"""Marks the readings that only a person's name can have."""


class Reading(NamedTuple):
    """One way to read a mention.

    ``core`` is the name that is left, ``type_words`` and ``titles`` were split off it, ``context`` has the other parts
    of the mention. ``type_kept`` says that the core still begins or ends with a possible type word, ``respelt`` that a
    word was replaced by its usual romanisation, ``dropped`` how many function words were removed, ``former`` that the
    mention says "former", ``acting`` that it says "acting", ``type_slip`` that its type word is written with a typing
    error.
    """

    core: str
    folded: FoldedText
    key: Key
    type_words: tuple[TypeWord, ...] = ()
    titles: tuple[Title, ...] = ()
    context: tuple[str, ...] = ()
    type_kept: bool = False
    respelt: bool = False
    dropped: int = 0
    former: bool = False
    acting: bool = False
    type_slip: bool = False

    @property
    def words(self) -> Key:
        """The key of its significant words."""
        return _word_key(self.core)

    @property
    def around(self) -> tuple[str, ...]:
        """Everything that may decide between namesakes: the context, and the roles among the titles."""
        return (*self.context, *(title.text for title in self.titles if title.kind == "role"))


class Parsed(NamedTuple):
    """A cleaned mention, notes on repairs, and its readings, the simplest first.

    ``office`` says that it contains words that begin an office.
    """

    text: str
    notes: tuple[str, ...]
    readings: tuple[Reading, ...]
    office: bool = False


def read(mention: str) -> Parsed:
    """Return the readings of a mention.

    >>> [reading.core for reading in read("TX. Kinh Môn").readings]
    ['TX. Kinh Môn', 'Kinh Môn']
    """
    # Repair first: cleaning removes the control characters and unusual spaces that identify legacy text.
    # Only the length that cleaning keeps is read.
    repaired = legacy.repair(unicode.cut(mention))
    cleaned = unicode.clean(repaired.text)
    labelled = read_labels(cleaned.text)
    text, notes = numerals.in_digits(labelled.text), (*repaired.notes, *cleaned.notes, *labelled.notes)
    told = phrases.without_whereabouts(text)
    plain = _read_plain(text) if told == text else None
    if plain:
        return Parsed(text, notes, (plain,))
    office = bool(role_words.role_spans(text))
    readings = {
        (reading.key, reading.type_words, reading.titles, reading.context): reading
        for one in dict.fromkeys((text, told))
        for reading in (_readings(one, office=office) if one == text else _read_anew(one, text, office=office))
    }
    slipped = type_slips.with_other_marks(text)
    for reading in _readings(slipped, office=office) if slipped else ():
        if reading.type_words:
            told_so = reading._replace(type_slip=True)
            readings.setdefault((told_so.key, told_so.type_words, told_so.titles, told_so.context), told_so)
    for reading in _read_without_asides(text, office=office):
        readings.setdefault((reading.key, reading.type_words, reading.titles, reading.context), reading)
    return Parsed(text, notes, tuple(readings.values()), office)


def _read_without_asides(text: str, *, office: bool) -> Iterator[Reading]:
    """Yield the readings of a text without dates of life, seats, titles behind the name: only a person's."""
    left = asides.without(text)
    for reading in _readings(left.text, office=office) if left else ():
        if left and not reading.type_words:
            yield reading._replace(titles=(_OF_A_PERSON, *left.titles, *reading.titles))


def _read_anew(told: str, text: str, *, office: bool) -> Iterator[Reading]:
    """Yield the readings of a text told otherwise, marked where their type word has a typing error in the text."""
    slip = type_slips.mended(text) != text
    lowered = text.lower()
    for reading in _readings(told, office=office):
        mended = slip and any(word.word not in lowered for word in reading.type_words)
        yield reading._replace(type_slip=True) if mended else reading


@lru_cache(maxsize=65_536)
def plain_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text if none is a type word, a title or similar; empty for any other text.

    >>> plain_words("Hà Tiên"), plain_words("TX. Hà Tiên")
    (('ha', 'tien'), ())
    """
    if not _PLAIN.fullmatch(text):
        return ()
    words = tuple(keys.fold(text).split(" "))
    return words if terms.is_bare(words) else ()


def _read_plain(text: str) -> Reading | None:
    """Return the only reading of a text of plain words."""
    words = plain_words(text)
    return Reading(text, FoldedText(" ".join(words)), Key("".join(words))) if words else None


def parts(text: str) -> list[str]:
    """Return the parts of a text that names several places, one within the other; only the last ones if very many.

    Another address of the same place stays with the last part, so that it is read as such.

    >>> parts("Quận 3, TP Hồ Chí Minh"), parts("Quận 1 (nay là phường Sài Gòn), TP.HCM")
    (['Quận 3', 'TP Hồ Chí Minh'], ['Quận 1', 'TP.HCM (nay là phường Sài Gòn)'])
    """
    labelled = read_labels(unicode.cut(text))
    found = _cut(labelled.text, _SEPARATORS[0])[-_MOST_PARTS:]
    return [*found[:-1], f"{found[-1]} ({labelled.aside})"] if found and labelled.aside else found


def _cut(text: str, separator: re.Pattern[str]) -> list[str]:
    return [part for whole in separator.split(text) for part in _cut_at_types(whole) if part]


_cut_at_types = lru_cache(maxsize=65_536)(terms.split_at_types)
"""The parts of a text before each type word: such texts recur."""


def _readings(text: str, *, office: bool) -> Iterator[Reading]:
    yield from _read_variants(text, (), office=office)
    split = terms.find_title(text)
    if split and not roles.tells_of_another(split[0]):
        yield from _variants(split[1], roles.offices(split[0]))
    if office:
        yield from _beside_offices(text, ())
    # The places of a long address are in its last parts.
    cuts = [_cut(text, separator) for separator in _SEPARATORS]
    if office:  # the name of an office may contain a type word: Bí thư Tỉnh ủy Sóc Trăng
        cuts.append([part for part in _SEPARATORS[0].split(text) if part])
    for cut in dict.fromkeys(tuple(one[-_MOST_PARTS:]) for one in cuts):
        if len(cut) > 1:
            for number, part in enumerate(cut):
                others = cut[:number] + cut[number + 1 :]
                context = tuple(one for other in others for one in roles.offices(other)) if office else others
                yield from _variants(part, context, office=office)
                if office:
                    yield from _beside_offices(part, context)


def _beside_offices(text: str, context: tuple[str, ...]) -> Iterator[Reading]:
    """Yield the readings of a possible name next to an office: only a person's."""
    for name, office in roles.split_name(text):
        marker = Title(office, "office", frozenset())
        yield from _variants(name, (*roles.offices(office), *context), titles=(marker,))


def _variants(
    text: str, context: tuple[str, ...], *, titles: tuple[Title, ...] = (), office: bool = False
) -> Iterator[Reading]:
    """Return the readings of a part of a text, with its context; ``office`` says that an office begins in the text."""
    alone = _variants_alone(text, titles, office)
    return (one._replace(context=context) for one in alone) if context else iter(alone)


@lru_cache(maxsize=32_768)
def _variants_alone(text: str, titles: tuple[Title, ...], office: bool) -> tuple[Reading, ...]:
    """Return the readings of a text without its context: the parts of addresses recur."""
    return tuple(_read_variants(text, titles, office=office))


def _read_variants(text: str, titles: tuple[Title, ...], *, office: bool) -> Iterator[Reading]:
    """Yield the readings of a text; ``office`` says that it contains words that begin an office."""
    waiting = [_Step(text, (), titles, 0, 0)]
    while waiting:
        step = waiting.pop(0)
        core = step.core
        name = _in_figures(core, typed=bool(step.type_words))
        splits, bare, ended, titled = _taken_off(core)
        yield from _named(name, step, kept=any(word.sure for word, _ in splits))
        if step.depth == _MOST_STEPS:
            continue
        deeper = step.depth + 1
        if bare:
            waiting.append(step._replace(core=bare, dropped=step.dropped + 1, depth=deeper))
        waiting.extend(
            step._replace(core=rest, type_words=(*step.type_words, word), depth=deeper) for word, rest in splits
        )
        if ended:
            waiting.append(step._replace(core=ended, former=True, depth=deeper))
        modified = roles.strip_modifier(core) if office else None
        if modified and modified.rest != ended:
            former, acting = step.former or modified.meaning == "former", step.acting or modified.meaning == "acting"
            waiting.append(step._replace(core=modified.rest, former=former, acting=acting, depth=deeper))
        if titled and step.titles == titles:
            waiting.append(step._replace(core=titled[1], titles=(*titles, *titled[0]), depth=deeper))


def _in_figures(core: str, *, typed: bool) -> str:
    """Return a number as written in names: ``03`` as ``3``, and after a type word ``II`` as ``2``."""
    if core.isdecimal() and core.isascii():
        return str(int(core))
    return numerals.ROMAN.get(core.lower(), core) if typed and core.lower() not in _SYLLABLES else core


_SYLLABLES = frozenset({"vi", "xi"})
"""Roman numbers that are syllables too."""


class _TakenOff(NamedTuple):
    """The possible results of removing a part of a text: see ``_taken_off``."""

    splits: tuple[tuple[TypeWord, str], ...]
    bare: str
    ended: str
    titled: tuple[tuple[Title, ...], str] | None


class _Step(NamedTuple):
    """The rest of a text, what was removed from it, and in how many steps."""

    core: str
    type_words: tuple[TypeWord, ...]
    titles: tuple[Title, ...]
    dropped: int
    depth: int
    former: bool = False
    acting: bool = False


@lru_cache(maxsize=65_536)
def _taken_off(core: str) -> _TakenOff:
    """Return a text without a type word at either end, without a function word, a word for "former", or titles."""
    splits = tuple(split for split in (terms.leading_type(core), terms.trailing_type(core)) if split)
    bare = strip_function_word(core)
    return _TakenOff(splits, bare if bare != core else "", terms.strip_former(core), terms.leading_title(core))


@lru_cache(maxsize=65_536)
def _spelt(name: str) -> tuple[tuple[str, FoldedText, Key], ...]:
    """Return the spellings of a name, as written and in the usual romanisation, with their keys."""
    spellings = dict.fromkeys((name, terms.usual_romanisation(name))) if keys.key(name) else ()
    folded = [(spelling, keys.fold(spelling)) for spelling in spellings]
    return tuple((spelling, fold, keys.joined(fold)) for spelling, fold in folded)


def _named(name: str, step: _Step, *, kept: bool) -> Iterator[Reading]:
    # A preposition after a type word (province d'An Giang) does not count as a dropped word.
    dropped = 0 if step.type_words or step.titles else step.dropped
    for spelling, folded, letters in _spelt(name):
        yield Reading(
            spelling,
            folded,
            letters,
            step.type_words,
            step.titles,
            type_kept=kept,
            respelt=spelling != name,
            dropped=dropped,
            former=step.former,
            acting=step.acting,
        )
