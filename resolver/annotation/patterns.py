"""The patterns to find in a text: every name of the gazetteer, and the words that announce a name.

The announcing words come from the tables in ``resolver.text``: type words, titles, and words that begin the name of an
office or a body. One automaton (Aho and Corasick, 1975) finds all patterns in one pass over the folded text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import ahocorasick

from resolver.annotation.folding import fold, folded_name
from resolver.index.compiler import KINDS
from resolver.index.index import Index
from resolver.model import TYPES
from resolver.text import about_people, khmer, terms, vietnamese
from resolver.text.words import rows

__all__ = [
    "ABBREVIATION",
    "ANNOUNCING",
    "BODY",
    "CALLING",
    "COMMUNE",
    "COUNTRY",
    "DEMONYM",
    "DISTRICT",
    "NAME",
    "OFFICE",
    "ORGANISATION",
    "PERSON",
    "PLACE",
    "PROVINCE",
    "ROLE",
    "TITLE",
    "TYPE",
    "WEAK",
    "Patterns",
]

_LETTERS = re.compile(r"[^\W_]+")
_HYPHEN = re.compile(r" ?[-–] ?")
_KAMPONG, _KOMPONG = "kampong ", "kompong "
"""A frequent first word of Cambodian places, and its older spelling."""
_SHORTEST_JOINED = 5
_SHORTEST_TYPE = 2


COUNTRY, PROVINCE, DISTRICT, COMMUNE, PERSON, ORGANISATION, OFFICE = (1 << number for number in range(len(TYPES)))
_FLAGS = 8
WEAK, DEMONYM, ABBREVIATION, TYPE, TITLE, ROLE, BODY, CALLING = (
    1 << number for number in range(len(TYPES), len(TYPES) + _FLAGS)
)
"""What a span of text can be, as bits: the name of an entity of some type, or a word that announces one.

A ``WEAK`` name could mean many things, a ``DEMONYM`` names a people, an ``ABBREVIATION`` is written in capitals.
"""
PLACE = COUNTRY | PROVINCE | DISTRICT | COMMUNE
NAME = PLACE | PERSON | ORGANISATION | OFFICE
ANNOUNCING = TYPE | TITLE | ROLE | BODY | CALLING
_DEMONYM, _ABBREVIATION = KINDS.index("demonym"), KINDS.index("abbreviation")


class Patterns:
    """An automaton over all patterns; ``find`` goes through a folded text once."""

    def __init__(self, index: Index) -> None:
        found: dict[str, int] = defaultdict(int)
        self._named: set[str] = set()
        self._strong: set[str] = set()
        for text, flags in _names(index):
            for pattern in _spellings(text, flags):
                found[pattern] |= flags
            if flags & COUNTRY and not flags & DEMONYM:
                self._named.add(text.lower())
            if not flags & WEAK and not text.isascii():
                self._strong.add(text.lower())
        self._spelt: dict[str, set[str]] = defaultdict(set)
        for text, flags in _announcing():
            for pattern in _spellings(text, flags):
                found[pattern] |= flags
                self._spelt[pattern.strip(" ")].add(_spelt(text))
        self.count = len(found)
        self.written: dict[str, int] = {}
        """What texts can be as written, cached: the same names recur."""
        self._automaton = ahocorasick.Automaton()
        for pattern, flags in found.items():
            self._automaton.add_word(pattern, (len(pattern.strip(" ")), flags, pattern[0] == " "))
        self._automaton.make_automaton()

    def announces(self, folded: str, plain: str) -> bool:
        """Whether an announcing word is spelt as in the tables, or without diacritics: tính is not tỉnh."""
        return plain.isascii() or _spelt(plain) in self._spelt[folded]

    def names_country(self, plain: str) -> bool:
        """Whether a text is spelt like a country, which without diacritics may be its people: Lào, Lao."""
        return not plain.isascii() and plain.lower() in self._named

    def is_strong(self, plain: str) -> bool:
        """Whether a text is spelt like a name that is not weak, as it may be without diacritics: Cửu Long, Cuu Long."""
        return not plain.isascii() and plain.lower() in self._strong

    def find(self, folded: str) -> Iterator[tuple[int, int, int]]:
        """Yield each pattern in a folded text that begins and ends at word borders, in order of their ends."""
        for last, (length, flags, bordered) in self._automaton.iter(f" {folded} "):
            end = last - 1 if bordered else last
            yield end - length, end, flags


def _names(index: Index) -> Iterator[tuple[str, int]]:
    """Yield the names of the gazetteer with what each can be."""
    flags: dict[int, int] = defaultdict(int)
    strong: set[int] = set()
    named: set[int] = set()
    types = index.entity_type[index.row_entity].tolist()
    rows_ = zip(index.row_text.tolist(), types, index.row_weak.tolist(), index.row_kind.tolist(), strict=True)
    for text, type_, weak, kind in rows_:
        flags[text] |= (1 << type_) | (ABBREVIATION if kind == _ABBREVIATION else 0)
        if not weak:
            strong.add(text)
        if kind != _DEMONYM:
            named.add(text)
    for text, found in flags.items():
        weak = 0 if text in strong else WEAK
        yield index.texts[text], found | weak | (0 if text in named else DEMONYM)


@lru_cache(maxsize=65_536)
def _spelt(text: str) -> str:
    """Return an announcing word in the form for comparison: lower case, tone marks in one place, only letters."""
    return " ".join(_LETTERS.findall(vietnamese.normalise(text).lower()))


def _announcing() -> Iterator[tuple[str, int]]:
    """Yield type words, titles, callings, and the words that begin the name of an office or a body."""
    for phrase in terms.type_phrases():
        if len(phrase) >= _SHORTEST_TYPE:
            yield phrase, TYPE
    for row in rows("titles.csv"):
        yield row["text"], ROLE if row["kind"] == "role" else TITLE
    for row in rows("common_nouns.csv"):
        yield row["word"], BODY
    for word in about_people.words("calling", "address"):
        yield word.text, CALLING


def _spellings(text: str, flags: int) -> Iterator[str]:
    """Yield the forms of a name in a folded text: words between blanks; Khmer is unchanged."""
    if khmer.is_khmer(text):
        normal = fold(text).folded.strip()
        yield normal
        yield normal.replace(" ", "")
        return
    bare = folded_name(text)
    if (len(bare) < 2 and not (flags & TITLE and text.endswith("."))) or not any(letter.isalpha() for letter in bare):
        return
    yield f" {bare} "
    yield f" {fold(text).folded.strip()} "
    if flags & PLACE and bare.startswith(_KAMPONG):
        yield f" {_KOMPONG}{bare.removeprefix(_KAMPONG)} "
    if flags & PLACE and _HYPHEN.search(text):
        for hyphen in (" - ", "- ", " -"):  # Thừa Thiên - Huế
            yield f" {fold(_HYPHEN.sub(hyphen, text)).folded.strip()} "
    joined = bare.replace(" ", "")
    if flags & (COUNTRY | PROVINCE | DISTRICT) and len(joined) >= _SHORTEST_JOINED:
        yield f" {joined} "
