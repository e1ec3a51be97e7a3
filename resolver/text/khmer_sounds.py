"""The sounds of Cambodian names in any script: one notation, so that different spellings can be compared.

Khmer letters have their sounds in ``khmer_letters.csv``, Latin letters in ``latin_sounds.csv``. A few words whose
romanisation does not follow from the letters are in ``khmer_name_words.csv``. Sounds that are confused with each other
are in ``name_sounds.csv``. A sound followed by ``?`` is written but usually silent.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from resolver.text import khmer
from resolver.text.keys import fold

__all__ = ["CONSONANTS", "MOST_APART", "VOWELS", "SoundTree", "cost", "difference", "heard", "sounds"]

_FOLDER = Path(__file__).parent
_SILENT = "?"
VOWELS = frozenset("AEIiZVXxYOoQaUufW@")
CONSONANTS = frozenset("kctDdBbpmnJNyrlvwsh")
_CLUSTER = re.compile(
    "(?P<base>[\u1780-\u17b3])(?P<feet>(?:\u17d2[\u1780-\u17b3])*)(?P<signs>[\u17b4-\u17d1\u17d3\u17dd]*)"
)
_FIRST, _SECOND = "\u17c9", "\u17ca"  # muusikatoan, triisap
_SHORT, _KILLED, _SHORT_A, _M, _H, _A_H = "\u17cb", "\u17cd", "\u17d0", "\u17c6", "\u17c7", "\u17c8"
_N_H = re.compile("(?<=[aeiouy])nh(?=[aeiouy])")
_AV = re.compile("(?<=[^aeiouy])av$")  # may stand for ao: Sav, Sao
_HUSHED = re.compile("ti[oue]")  # French spelling of ch at the beginning: Tioulong, Chhoulong
_WEAK = frozenset("NJnmyrlv")
_FAINT = frozenset("\u17b7\u17bb")  # short i and u, which are silent at the end of many Pali words
MOST_APART = 2.0
"""The difference of two words that are known to be two words."""

_UNLIKE, _LEFT_OUT, _LEFT_OUT_SILENT = MOST_APART, 0.8, 0.03
_UNRELATED = (1.3, _UNLIKE, 0.9)
"""The cost of sounds that are in no table, by how many of the two are vowels."""
_DECIMALS = 4

_Part = tuple[str, float]
"""A sound, and the cost of leaving it out."""


@lru_cache(maxsize=65_536)
def sounds(word: str) -> tuple[str, ...]:
    """Return the possible sounds of a word of a name, the most likely first; empty for a word without letters.

    >>> sounds("Kheng"), sounds("ខេង")
    (('kEN',), ('kEN',))
    """
    if khmer.is_khmer(word):
        normal = khmer.normalise(word)
        known = tuple(_latin(latin) for latin in _words().get(normal, ()))
        return tuple(dict.fromkeys((*known, _khmer(normal))))
    folded = str(fold(word)).replace(" ", "")
    # An n before an h may end a syllable: Bunhor.
    parted = _latin(_N_H.sub("n|h", folded)) if "nh" in folded[1:] else ""
    hushed = (_latin(f"ch{folded[1:]}"), _latin(f"ch{folded[2:]}")) if _HUSHED.match(folded) else ()
    rounded = _latin(f"{folded[:-1]}o") if _AV.search(folded) else ""
    return tuple(dict.fromkeys(filter(None, (_latin(folded), parted, rounded, *hushed))))


def difference(one: str, other: str) -> float:
    """Return the distance of two words' sounds: 0 the same, about 0.3 two spellings of one word, from 1 on two words.

    >>> difference("tXBAJ", "tXBAJ"), difference("kEN", "kEn") > 0.5
    (0.0, True)
    """
    if one == other:
        return 0.0
    if frozenset((one, other)) in _known_apart():
        return _UNLIKE
    return _difference(*sorted((one, other)))


@lru_cache(maxsize=262_144)
def _difference(one: str, other: str) -> float:
    """Return the least cost of turning one into the other (edit distance, Wagner and Fischer 1974)."""
    theirs = _parts(other)
    row = _first_row(theirs)
    for our in _parts(one):
        row = _next_row(row, our, theirs)
    return round(row[-1], _DECIMALS)


def _first_row(theirs: tuple[_Part, ...]) -> list[float]:
    """Return the cost of leaving out all sounds up to each position."""
    row = [0.0]
    for _, cost in theirs:
        row.append(row[-1] + cost)
    return row


def _next_row(before: list[float], our: _Part, theirs: tuple[_Part, ...]) -> list[float]:
    """Return the costs up to each position of another word after one more sound."""
    sound, left_out = our
    costs, vowel = _costs(), sound in VOWELS
    last = before[0] + left_out
    row = [last]
    for place, (their, cost) in enumerate(theirs):
        if sound == their:
            taken = before[place]
        else:
            known = costs.get((sound, their))
            taken = before[place] + (_UNRELATED[vowel + (their in VOWELS)] if known is None else known)
        dropped, added = before[place + 1] + left_out, last + cost
        last = min(taken, dropped, added)
        row.append(last)
    return row


@lru_cache(maxsize=65_536)
def _parts(text: str) -> tuple[_Part, ...]:
    """Return each sound with the cost of leaving it out."""
    parts: list[_Part] = []
    for symbol in text:
        if symbol == _SILENT:
            parts[-1] = (parts[-1][0], _LEFT_OUT_SILENT)
        else:
            parts.append((symbol, _costs().get((symbol, "-"), _LEFT_OUT)))
    return tuple(parts)


def heard(text: str) -> list[tuple[str, bool]]:
    """Return each sound of a text, and whether it is usually silent.

    >>> heard("nArinD?")[-2:]
    [('n', False), ('D', True)]
    """
    return [(symbol, left_out == _LEFT_OUT_SILENT) for symbol, left_out in _parts(text)]


def cost(one: str, other: str) -> float:
    """Return what it costs to replace one sound by another, or to leave it out if the other is empty.

    >>> cost("k", "h"), cost("k", "")
    (0.7, 1.2)
    """
    if one == other:
        return 0.0
    if not other:
        return _costs().get((one, "-"), _LEFT_OUT)
    return _costs().get((one, other), _UNRELATED[(one in VOWELS) + (other in VOWELS)])


class SoundTree:
    """Words in a prefix tree of sounds: finds those that sound nearly alike without comparing all words."""

    def __init__(self, words: Iterable[str]) -> None:
        """Add words, each with all its possible sounds."""
        self._root = _Node({}, [])
        for word in words:
            for heard in sounds(word):
                node = self._root
                for part in _parts(heard):
                    node = node.further.setdefault(part, _Node({}, []))
                node.ends.append((heard, word))

    def near(self, heard: str, most: float) -> Iterator[tuple[str, str]]:
        """Yield the words whose ``difference`` from a sound is no more than ``most``, each with its sound."""
        theirs = _parts(heard)
        waiting = [(self._root, _first_row(theirs))]
        while waiting:
            node, row = waiting.pop()
            if node.ends and round(row[-1], _DECIMALS) <= most:
                yield from (end for end in node.ends if end[0] == heard or difference(end[0], heard) <= most)
            for part, further in node.further.items():
                reached = _next_row(row, part, theirs)
                if round(min(reached), _DECIMALS) <= most:
                    waiting.append((further, reached))


class _Node(NamedTuple):
    """A prefix of sounds: the sounds that may follow, and the words that end here."""

    further: dict[_Part, _Node]
    ends: list[tuple[str, str]]


# --- Latin -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=65_536)
def _latin(word: str) -> str:
    """Return the sounds of a folded Latin word."""
    found: list[str] = []
    sounds_of, end, place = _latin_sounds(), len(word), 0
    while place < end:
        for letters, length, before_vowel, otherwise in sounds_of.get(word[place], ()):
            if word.startswith(letters, place):
                after = place + length
                sound = before_vowel if after < end and word[after] in "aeiouy" else otherwise
                if sound is not None:
                    found.append(sound)
                    place = after
                    break
        else:
            place += 1
    return _once("".join(found))


# --- Khmer -----------------------------------------------------------------------------------------------------


def _khmer(word: str) -> str:
    """Return the sounds of a Khmer word, syllable by syllable; sounds that may be silent are marked."""
    clusters = list(_CLUSTER.finditer(word))
    parts: list[str] = []
    open_vowel = False  # whether the previous syllable has a vowel and no final consonant yet
    for number, cluster in enumerate(clusters):
        last = number == len(clusters) - 1
        consonants, vowel = _read(cluster)
        signs = cluster["signs"]
        if _KILLED in signs:
            parts.extend(consonant + _SILENT for consonant in consonants)
        elif vowel:
            faint = last and number > 0 and bool(_FAINT & set(signs))
            parts.extend(consonants)
            parts.append(vowel + _SILENT * faint)
            open_vowel = not set(signs) & {_M, _H}
            if _M in signs:
                parts.append("m")
        elif open_vowel and (last or _SHORT in signs):
            parts.extend(_ending(consonants))
            open_vowel = False
        elif open_vowel:
            parts.extend(_ending(consonants) if len(consonants) > 1 else consonants)
            parts.append("@" + _SILENT * (not _closes(clusters[number + 1])))
        else:
            parts.extend(consonants)
            parts.append("@")
            open_vowel = True
    text = "".join(parts)
    text = re.sub(r"([Ax@])y(?![A-Zaiouxf@])", "V", text)
    return _once(re.sub(r"r(?=\?|$)\??", "", text))


def _once(text: str) -> str:
    """Return sounds with doubled consonants reduced to one: tt, td, ddh, nn."""
    return re.sub(r"([b-npr-zBJN])\1+", r"\1", re.sub(r"[tdD]\??(?:[tdD]\??)+", "D", text))


def _closes(cluster: re.Match[str]) -> bool:
    """Whether a cluster without its own vowel ends the previous syllable."""
    return not _read(cluster)[1] and (_SHORT in cluster["signs"] or cluster.end() == len(cluster.string))


def _ending(consonants: list[str]) -> Iterator[str]:
    """Yield the end of a syllable: of several consonants only the first is pronounced, and a v is a half-vowel."""
    for place, consonant in enumerate(consonants):
        heard = {"v": "w", "D": "t", "B": "p"}.get(consonant, consonant)
        yield heard + _SILENT * (place > 0)


def _read(cluster: re.Match[str]) -> tuple[list[str], str]:
    """Return the consonants of a cluster and its written vowel, according to its series."""
    base, feet, signs = cluster["base"], cluster["feet"][1::2], cluster["signs"]
    letters = _khmer_letters()
    kind, series, sound, _ = letters.get(base, ("", 1, "", ""))
    if kind == "independent":
        return [sound[:-1]] if sound[:-1] else [], sound[-1:]
    consonants = [sound] if sound else []
    for foot in feet:
        _, foot_series, foot_sound, _ = letters.get(foot, ("", series, "", ""))
        if foot_sound:
            consonants.append(foot_sound)
            if foot_sound not in _WEAK:
                series = foot_series
    if _FIRST in signs:
        series = 1
        consonants = ["p" if consonant == "B" else consonant for consonant in consonants]
    elif _SECOND in signs:
        series = 2
    vowel = next((sign for sign in signs if sign in letters), "")
    if vowel:
        _, _, first, second = letters[vowel]
        return consonants, first if series == 1 else second
    if _A_H in signs:
        return consonants, "A"
    return consonants, "@" if set(signs) & {_SHORT_A, _M, _H} else ""


# --- Tables ----------------------------------------------------------------------------------------------------


@cache
def _khmer_letters() -> dict[str, tuple[str, int, str, str]]:
    return {
        row["letter"]: (row["kind"], int(row["series"] or 1), row["first"], row["second"])
        for row in _rows("khmer_letters.csv")
    }


@cache
def _latin_sounds() -> dict[str, tuple[tuple[str, int, str | None, str | None], ...]]:
    """Return by first letter the groups of letters, the longest first: length, sound before a vowel, and otherwise."""
    always: dict[tuple[str, str], str] = {}
    confined: dict[tuple[str, str], str] = {}
    for row in _rows("latin_sounds.csv"):
        if row["before"]:
            confined[row["letters"], row["before"]] = row["sounds"]
        else:
            always |= dict.fromkeys(((row["letters"], "v"), (row["letters"], "c")), row["sounds"])
    known = always | confined
    groups = sorted({letters for letters, _ in known}, key=lambda letters: (-len(letters), letters))
    return {
        first: tuple(
            (letters, len(letters), known.get((letters, "v")), known.get((letters, "c")))
            for letters in groups
            if letters[0] == first
        )
        for first in {letters[0] for letters in groups}
    }


@cache
def _costs() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}
    for row in _rows("name_sounds.csv"):
        costs[row["one"], row["other"]] = costs[row["other"], row["one"]] = float(row["cost"])
    return costs


@cache
def _words() -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for row in _rows("khmer_name_words.csv"):
        khmer_word = khmer.normalise(row["khmer"])
        words[khmer_word] = (*words.get(khmer_word, ()), str(fold(row["latin"])).replace(" ", ""))
    return words


@cache
def _known_apart() -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset((one, other))
        for row in _rows("khmer_names_apart.csv")
        for one in sounds(row["one"])
        for other in sounds(row["other"])
    )


def _rows(file: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table; its first lines, after ``#``, give its source."""
    with (_FOLDER / file).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(line for line in handle if not line.startswith("#"))
