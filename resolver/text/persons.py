"""Parser of personal names: titles are split off, words kept in order, and the style of diacritics is detected.

Frequencies of words come from ``name_counts.csv`` (the gazetteer's own names) and ``vietnamese_surnames.csv``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from resolver.text import keys, khmer, khmer_sounds, legacy, name_counts, terms, unicode, vietnamese
from resolver.text.terms import Title
from resolver.text.words import folded

__all__ = [
    "LONGEST",
    "MOST_TELLING",
    "PersonalName",
    "Word",
    "gender",
    "is_surname",
    "parse",
    "rarity",
    "within",
]

Style = Literal["bare", "half", "native", "khmer"]

LONGEST = 300
"""Most characters of a text that are read, including titles and offices next to the name."""

_MOST_WORDS = 8
_LONGEST_WORD = 60
_LONGEST_NAME = 4
_MOST_READINGS = 3
_GAP = re.compile(r"[\s\-‐,;/·•]+|(?<=\w)\.(?=\w)|\.(?=\s|$)")
_SYLLABLES = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_ASIDE = re.compile(r"\(([^()]*)\)")
_INITIAL = re.compile(r"(?:[a-z]|ch|gi|kh|ng|nh|ph|qu|th|tr)", re.IGNORECASE)
_STOPPED = re.compile(r"[^\W\d_]*(?:[cpt]|ch)")
_FRENCH = frozenset({"", "^", "'", "`"})
_FOREIGN = str.maketrans("", "", '",')
_SAID_TO = {"f": frozenset({"vn-ba", "kh-lok-srey", "kh-lok-chumteav"}), "m": frozenset({"vn-ong", "kh-lok"})}
_RARE_SHARE = 0.03
_INITIAL_RARITY = 2.0
_COMMONEST = 0.9
MOST_TELLING = 5.5
"""The greatest ``rarity`` of a word."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name: as typed in lower case, folded, and the diacritics of each folded letter.

    ``rarity`` says how telling it is, in nats: see ``rarity``.
    """

    text: str
    fold: str
    marks: tuple[str, ...]
    initial: bool
    syllable: bool
    lossy: bool
    sounds: tuple[str, ...] = field(repr=False)
    rarity: float = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PersonalName:
    """A personal name: its words, the titles before it, how it is written.

    ``style``: ``bare`` without any diacritic, ``half`` with those of a French keyboard instead of the correct ones,
    ``native``, or ``khmer``. ``vietnamese`` says that the name must be Vietnamese. ``plain`` are the words as they are
    compared, ``folds`` and ``joined`` their folded forms.
    """

    text: str
    words: tuple[Word, ...]
    titles: tuple[Title, ...]
    style: Style
    vietnamese: bool
    plain: str
    folds: frozenset[str] = field(repr=False)
    joined: str = field(repr=False)


def parse(text: str) -> tuple[PersonalName, ...]:
    """Return the readings of a text as a personal name, the most likely first; none if it has no letters.

    Only the first ``LONGEST`` characters are read.

    >>> [(name.plain, [title.text for title in name.titles]) for name in parse("Thượng tướng Lương Tam Quang")]
    [('lương tam quang', ['Thượng tướng'])]
    """
    return _parse(text[:LONGEST])


@lru_cache(maxsize=65_536)
def _parse(text: str) -> tuple[PersonalName, ...]:
    cleaned = _without_office(vietnamese.normalise(unicode.clean(legacy.repair(text).text).text))
    asides = [aside for aside in _ASIDE.findall(cleaned) if len(aside.split()) > 1]
    # As in lists: Lam, To.
    family, comma, given = cleaned.partition(",")
    if comma and _listed(family, given):
        asides.append(f"{given.strip()} {family.strip()}")
    readings: dict[str, PersonalName] = {}
    outside = _ASIDE.sub(" ", cleaned) if "(" in cleaned else cleaned
    for part in (outside.strip() or cleaned, *asides):
        for titles, rest in _untitled(part):
            name = _name(rest, titles)
            if name.words:
                readings.setdefault(name.plain, name)
    return tuple(readings.values())[:_MOST_READINGS]


def _listed(family: str, given: str) -> bool:
    """Whether a text may be a name as in lists, with the family name, or the last name, before a comma."""
    words = given.split()
    return len(family.split()) == 1 and 0 < len(words) < _LONGEST_NAME and all(map(_is_word, (family, *words)))


def _is_word(text: str) -> bool:
    return text.replace(".", "").replace("-", "").strip().isalpha()


def _without_office(text: str) -> str:
    """Leave out an office or rank after a name: Sar Kheng, Minister of Interior."""
    name, *others = text.split(",")
    kept = [other for other in others if not _names_office(other)]
    return ",".join((name, *kept)) if name.strip() else text


def _names_office(text: str) -> bool:
    split = terms.leading_title(f"{text.strip()} x")
    return split is not None and split[0][0].kind in {"role", "rank"}


def is_surname(word: Word, *, typed: bool) -> bool:
    """Return whether a word is a family name of Vietnam; without ``typed`` diacritics equal letters are enough."""
    return word.text in name_counts.typed_surnames() if typed else word.fold in name_counts.surnames()


def gender(titles: tuple[Title, ...]) -> str:
    """Return ``f`` or ``m`` if a title is used only for women or only for men, else an empty text."""
    said = {gender for title in titles for gender, concepts in _SAID_TO.items() if title.concepts <= concepts}
    return said.pop() if len(said) == 1 else ""


@lru_cache(maxsize=65_536)
def rarity(word: str, *, family: bool = False) -> float:
    """Return the information of a word of a name, in nats: more if it is rare. Family names use their published share.

    >>> rarity("Nguyễn", family=True) < rarity("Hùng") < rarity("Lềnh")
    True
    """
    folded = str(keys.fold(word))
    share = name_counts.surname_shares().get(folded) if family else None
    if share is None:
        count, total = _counted(word, folded)
        share = (count + 0.3) / (total + 60)
    return min(MOST_TELLING, max(_COMMONEST, -math.log(share)))


def _counted(word: str, folded: str) -> tuple[int, int]:
    """Return how often a word occurs among the people of the gazetteer, and how many words of names these have."""
    counts, total = name_counts.counts()
    if khmer.is_khmer(word):
        counts, total = name_counts.sound_counts()
        return max((counts[sound] for sound in khmer_sounds.sounds(word)), default=0), total
    return counts[folded], total


def _untitled(text: str) -> Iterator[tuple[tuple[Title, ...], str]]:
    """Yield a text without its titles, and also with them if they may be names (Ba, Lok)."""
    split = terms.leading_title(text)
    if split is None or all(title.kind == "role" for title in split[0]):
        split = _after_office(text) or split
    if split is None:
        yield (), text
        return
    titles, rest = split
    ends = list(_ends_of(rest)) if any(title.kind == "role" for title in titles) else []
    if ends:
        yield from ((titles, end) for end in ends)
        return
    taken = text[: len(text) - len(rest)]
    if len(_words(rest)) > 1 or khmer.is_khmer(rest):
        yield split
        if _is_typed(taken, titles):
            return
    yield (), text
    yield split


def _after_office(text: str) -> tuple[tuple[Title, ...], str] | None:
    """Split off an office before a rank: ``Deputy Minister of Public Security Sen. Lt. Gen. Luong Tam Quang``."""
    ranked = terms.find_title(text)
    if ranked is None:
        return None
    split = terms.leading_title(ranked[1])
    # One word inside a name may be a part of it (Lok); a rank of several words or with a dot is not.
    sure = split and (len(split[0]) > 1 or len(split[0][0].text.split()) > 1 or "." in ranked[1].split()[0])
    return split if sure else None


def _ends_of(rest: str) -> Iterator[str]:
    """Yield the last words after a role, if it is followed by more of the office: of Public Security To Lam."""
    words = rest.split()
    if len(words) <= _LONGEST_NAME or khmer.is_khmer(rest):
        return
    ends = [words[-count:] for count in (3, 2, 4)]
    named = [
        end
        for end in ends
        if vietnamese.normalise(end[0]).lower() in name_counts.typed_surnames()
        or end[0].lower() in name_counts.surnames()
    ]
    yield from (" ".join(end) for end in named or ends[:2])


def _is_typed(taken: str, titles: tuple[Title, ...]) -> bool:
    """Whether the words read as titles are written exactly as titles, including diacritics."""
    meant = " ".join(title.text for title in titles)
    return len(keys.fold(taken).split()) > 1 or _letters(taken) == _letters(meant) or "." in taken


def _letters(text: str) -> str:
    return "".join(letter for letter in vietnamese.normalise(text).lower() if letter.isalpha())


def _words(text: str) -> list[str]:
    return [word for word in _GAP.split(text) if any(letter.isalpha() for letter in word)]


def _name(text: str, titles: tuple[Title, ...]) -> PersonalName:
    raw = [_written(word[:_LONGEST_WORD]) for word in _words(_joined_syllables(text))[:_MOST_WORDS]]
    raw = [one for one in raw if one.fold]
    is_khmer = any(one.khmer for one in raw)
    bare = not any(one.marks for one in raw)
    french = not bare and all(one.french for one in raw)
    lossy = [not is_khmer and not bare and _is_lossy(raw, place, french=french) for place in range(len(raw))]
    style: Style = "khmer" if is_khmer else "bare" if bare else "half" if french and any(lossy) else "native"
    at = _family_place([one.fold if bare else one.text for one in raw])
    words = tuple(
        [
            _word(one, text, lossy=lost, family=place == at and not is_khmer)
            for place, (one, lost) in enumerate(zip(raw, lossy, strict=True))
        ]
    )
    folds = [one.fold for one in raw]
    return PersonalName(
        text,
        words,
        titles,
        style,
        not is_khmer and _is_vietnamese(words, bare=bare, french=french),
        " ".join([one.text for one in raw]),
        frozenset(folds),
        "".join(folds),
    )


def _word(one: _Written, text: str, *, lossy: bool, family: bool) -> Word:
    """Return a word of a name that is a part of a text."""
    initial = len(one.text) <= 2 and _is_initial(one.text, text)
    telling = _INITIAL_RARITY if initial else rarity(one.text, family=family)
    return Word(one.text, one.fold, one.marks, initial, one.syllable, lossy, one.sounds, telling)


def _family_place(words: list[str]) -> int:
    """Return the position of the family name: last, if that word is a much more common family name than the first."""
    if len(words) < 2 or not (words[-1].isascii() or words[-1] in name_counts.typed_surnames()):
        return 0
    shares = name_counts.surname_shares()
    first, last = (shares.get(str(folded(word)), 0.0) for word in (words[0], words[-1]))
    return len(words) - 1 if last > 3 * first else 0


def _joined_syllables(text: str) -> str:
    """Join words that Vietnamese splits into syllables (Xi-ha-mô-ni); these continue in lower case."""
    return _SYLLABLES.sub(lambda gap: "" if text[gap.end()].islower() else "-", text)


class _Written(NamedTuple):
    """A word by itself: what of a ``Word`` does not depend on the words beside it.

    ``french`` says that a French keyboard has all its marked letters.
    """

    text: str
    fold: str
    marks: tuple[str, ...]
    khmer: bool
    french: bool
    syllable: bool
    sounds: tuple[str, ...]


@lru_cache(maxsize=65_536)
def _written(word: str) -> _Written:
    """Return a word by itself; it is cached, since syllables recur."""
    is_khmer = khmer.is_khmer(word)
    text, fold = khmer.normalise(word) if is_khmer else word.lower(), str(keys.key(word))
    marks = tuple(mark.translate(_FOREIGN) for mark in vietnamese.marks(text)) if not word.isascii() else ()
    return _Written(
        text,
        fold,
        marks if any(marks) else (),
        is_khmer or khmer.is_khmer(text),
        all(mark in _FRENCH for mark in marks),
        vietnamese.is_syllable(fold),
        khmer_sounds.sounds(text) or (fold,),
    )


def _is_initial(word: str, text: str) -> bool:
    """Whether a word is an initial: one letter, or two for one sound, followed by a dot or in capitals."""
    if not _INITIAL.fullmatch(word):
        return False
    dotted = re.search(rf"(?<!\w){re.escape(word)}\.", text, re.IGNORECASE) is not None
    return dotted or (len(word) == 1 and word not in "aeoyuiâôê")


def _is_lossy(raw: list[_Written], place: int, *, french: bool) -> bool:
    """Whether a word as typed cannot be Vietnamese, in a name that has diacritics: Duc, Van, Toi, Nguyên."""
    word, folded, marks = raw[place][:3]
    toned = any(set(mark) & set("'.") for mark in marks)
    if _STOPPED.fullmatch(folded) and not toned and vietnamese.is_syllable(folded):
        return True
    if not french:
        return False
    if place == 0:
        return word not in name_counts.typed_surnames() and folded in name_counts.surname_shares()
    if folded in ("van", "thi") and place < len(raw) - 1:
        return not marks
    if any(mark not in ("", "^") for one in raw for mark in one.marks):
        return False
    forms = name_counts.forms().get(folded, Counter())
    fuller = [form for form in forms if form != word and within(marks, vietnamese.marks(form))]
    most = max((forms[form] for form in fuller), default=0)
    return forms[word] <= _RARE_SHARE * most


def within(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Return whether every diacritic of one word is also on the other, letter by letter; ``()`` has none."""
    return all(set(our) <= set(their) for our, their in zip(ours or ("",) * len(theirs), theirs, strict=False))


def _is_vietnamese(words: tuple[Word, ...], *, bare: bool, french: bool) -> bool:
    if not bare and not french and all(word.syllable for word in words if word.marks):
        return True
    # Men of the Central Highlands: Y Thanh Hà Niê Kđăm.
    if not bare and words and words[0].text == "y":
        return True
    if not words or not all(word.syllable or word.initial for word in words):
        return False
    return is_surname(words[0], typed=False) or is_surname(words[-1], typed=False)
