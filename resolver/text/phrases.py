"""Places told in a phrase: ``Bavel district of Battambang province``, ``ស្រុកបវេលក្នុងខេត្តបាត់ដំបង``.

A phrase is put into the parts of an address, the smallest first, and what only says where a place is (``the northern
province of``) is left out. The words are data (``phrases.csv``): a ``link`` leads to the larger place, a ``bound`` one
only before a type word; ``where`` says in which part of the country. Nothing is looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from resolver.model import TYPES
from resolver.text import keys, khmer, role_words, terms
from resolver.text.words import rows

__all__ = ["in_parts", "without_whereabouts"]

_PIECES = re.compile(r"\s*[,;|\n\t()]\s*")
_WORD = re.compile(r"[dl]['’](?=\w)|[^\s,;|()'’]+(?:['’](?!s\b)[^\s,;|()'’]+)*", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\s+(?=\S)", re.IGNORECASE)
_LONGEST_NAME = 6
_SHORTEST_OWNER = 2
_LONGEST_TYPE = 3
_LONGEST_PHRASE = 5
_LONGEST_WORDED = 400


class _Word(NamedTuple):
    """A word of a piece, in lower case, and where it stands."""

    text: str
    start: int
    end: int


def in_parts(text: str) -> str:
    """Return a text with a comma between the parts of a phrase, the smallest first; any other text as it is.

    >>> in_parts("An Biên district in the Mekong Delta province of Kiên Giang")
    'An Biên district, province of Kiên Giang'
    >>> in_parts("Kampot province's Chhouk district"), in_parts("huyện An Biên của tỉnh Kiên Giang")
    ('Chhouk district, Kampot province', 'huyện An Biên, tỉnh Kiên Giang')
    >>> in_parts("Department of Education of Kampot province")
    'Department of Education of Kampot province'
    """
    if len(text) > _LONGEST_WORDED:
        return text
    if khmer.is_khmer(text):
        return _khmer_parts(khmer.normalise(text))
    if not _hints().search(text) or role_words.role_spans(text):
        return text
    pieces = [piece for piece in _PIECES.split(text) if piece]
    parts = [part for number, piece in enumerate(pieces) for part in _parted(piece, first=number == 0)]
    return text if parts == pieces else ", ".join(parts)


def without_whereabouts(text: str) -> str:
    """Return a text that is one place without what only says where it is.

    >>> without_whereabouts("the northern province of Lạng Sơn"), without_whereabouts("tỉnh miền núi Hà Giang")
    ('province of Lạng Sơn', 'tỉnh Hà Giang')
    """
    told = in_parts(text)
    return text if "," in told else told


def _parted(piece: str, *, first: bool) -> list[str]:
    """Return the parts of what stands between two commas, the smallest first."""
    possessives = list(_POSSESSIVE.finditer(piece))
    if possessives:
        owned = possessives[-1]
        owner, owning = piece[: owned.start()], piece[owned.end() :]
        words = _words(owning)
        if _is_complete(words) and len(owner) > _SHORTEST_OWNER and len(_words(owner)) <= _LONGEST_NAME:
            return [*_parted(owning, first=first), *_parted(_told(owner, first=first), first=False)]
        return [piece]
    words = _words(piece)
    for at in range(1, len(words)):
        size, bound = _link(words, at)
        # Trực thuộc leads on, Nam Trực is a name.
        written = piece[words[at].start : words[at + size - 1].end] if size else ""
        small = written.islower() or piece.isupper()
        if small and _is_complete(words[:at]) and _leads_on(words[at + size :], bound=bound):
            left, right = piece[: words[at - 1].end], piece[words[at + size].start :]
            return [_told(left, first=first), *_parted(right, first=False)]
    return [_told(piece, first=first)]


def _words(text: str) -> list[_Word]:
    return [_Word(found.group().lower(), found.start(), found.end()) for found in _WORD.finditer(text)]


def _type_at(words: Sequence[_Word], at: int) -> int:
    """Return how many words from a place on are a type word; 0 where there is none."""
    for count in range(min(_LONGEST_TYPE, len(words) - at), 0, -1):
        text = " ".join(word.text for word in words[at : at + count])
        if len(text) > 1 and terms.type_word(text):
            return count
    return 0


def _type_before(words: Sequence[_Word]) -> int:
    """Return how many words at the end are a type word that may stand after a name."""
    for count in range(min(_LONGEST_TYPE, len(words)), 0, -1):
        word = terms.type_word(" ".join(one.text for one in words[-count:]))
        if word and word.after:
            return count
    return 0


def _phrase_at(words: Sequence[_Word], at: int, kind: str) -> int:
    """Return how many words from a place on are a phrase of a kind; 0 where there is none."""
    for count in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
        if " ".join(word.text for word in words[at : at + count]).replace("' ", "'") in _phrases()[kind]:
            return count
    return 0


def _link(words: Sequence[_Word], at: int) -> tuple[int, bool]:
    """Return how many words from a place on lead to a larger place, and whether only to one with a type word."""
    bound = _phrase_at(words, at, "bound")
    size = _phrase_at(words, at, "link")
    return max(size, bound), bound > size


def _past(words: Sequence[_Word], at: int, *kinds: str) -> int:
    """Return the first place from one on where no phrase of some kinds begins."""
    while at < len(words) and (step := max(_phrase_at(words, at, kind) for kind in kinds)):
        at += step
    return at


def _is_complete(words: Sequence[_Word]) -> bool:
    """Whether some words are a place with its type word before or behind, and no more."""
    start = _past(words, 0, "article", "where")
    typed = _type_at(words, start)
    if typed:
        named = _past(words, start + typed, "where", "article", "bound", "link")
        return named < len(words) <= named + _LONGEST_NAME and not _has_link(words[named:])
    start = _past(words, 0, "the", "where")
    behind = _type_before(words[start:])
    name = words[start : len(words) - behind]
    return bool(behind) and 0 < len(name) <= _LONGEST_NAME and not _has_link(name)


def _has_link(words: Sequence[_Word]) -> bool:
    return any(_phrase_at(words, at, "link") for at in range(len(words)))


def _leads_on(words: Sequence[_Word], *, bound: bool) -> bool:
    """Whether a larger place follows: with a type word, or in few words where that is enough."""
    start = _past(words, 0, "article", "where")
    typed = _type_at(words, start)
    if typed and start + typed < len(words):
        return True
    rest = words[_past(words, 0, "the", "where") :]
    if not rest or (bound and not _type_before(rest)):
        return False
    return len(rest) <= _LONGEST_NAME


def _told(piece: str, *, first: bool) -> str:
    """Return a part without links before it and without the words that say where it is."""
    words = _words(piece)
    linked = max(_phrase_at(words, 0, "link"), _phrase_at(words, 0, "bound")) if words else 0
    start = linked if linked and (not first or _type_at(words, _past(words, linked, "article", "where"))) else 0
    telling = _past(words, start, "article", "where")
    typed = _type_at(words, telling)
    if not typed:
        telling = _past(words, start, "the", "where")
    if typed or (telling < len(words) and _type_before(words[telling:])):
        start = telling
    if start >= len(words):
        return piece
    following = _past(words, start + typed, "where") if typed else 0
    if typed and start + typed < following < len(words):
        return f"{piece[words[start].start : words[start + typed - 1].end]} {piece[words[following].start :]}"
    return piece[words[start].start :]


@cache
def _phrases() -> dict[str, frozenset[str]]:
    """Return the phrases of each kind, those of Vietnamese also without diacritics."""
    found: dict[str, set[str]] = {kind: set() for kind in ("link", "bound", "where", "article")}
    found["the"] = {"the"}  # An article of English; Le and La begin names.
    for row in rows("phrases.csv"):
        if row["language"] == "km":
            continue
        found[row["kind"]].add(row["words"])
        bare = str(keys.fold(row["words"]))
        if row["language"] == "vi" and len(bare) > 2:
            found["bound" if row["kind"] == "link" else row["kind"]].add(bare)
    return {kind: frozenset(phrases) for kind, phrases in found.items()}


@cache
def _hints() -> re.Pattern[str]:
    """Return what no text is a phrase without."""
    words = sorted(
        {phrase for kind in ("link", "bound", "where") for phrase in _phrases()[kind]}, key=len, reverse=True
    )
    return re.compile(rf"['’]s\s|(?<!\w)(?:{'|'.join(map(re.escape, words))})(?=\s|(?<='))", re.IGNORECASE)


def _khmer_parts(text: str) -> str:
    """Return a Khmer text cut before each word for a kind of place, house or street that follows a name.

    Such a word may end a name (the district Phnum Srok): the levels only rise, or only fall.
    """
    found = [(match.start(), match.end(), _khmer_words()[match["word"]]) for match in _khmer_marks().finditer(text)]
    # Of one word twice the first ends a name.
    found = [
        one for one, following in pairwise([*found, (len(text), 0, -1)]) if one[1:] != (following[0], following[2])
    ]
    if len(found) < 2:
        return text
    rising = found[0][2] < found[-1][2]
    cuts: list[int] = []
    level, named_from = found[0][2], found[0][1]
    if text[: found[0][0]].strip():
        cuts.append(found[0][0])
    for start, end, rank in found[1:]:
        if (rank > level) == rising and rank != level and text[named_from:start].strip():
            cuts.append(start)
            level, named_from = rank, end
    bounds = [0, *cuts, len(text)]
    parts = [_khmer_links().sub("", text[start:end].strip(" ,")) for start, end in pairwise(bounds)]
    return ", ".join(part for part in parts if part)


@cache
def _khmer_marks() -> re.Pattern[str]:
    words = sorted(_khmer_words(), key=len, reverse=True)
    links = "|".join(sorted(_links_in_khmer(), key=len, reverse=True))
    # A subscript is a part of the syllable before it.
    return re.compile(f"(?<!\u17d2)(?:(?:{links}) *)?(?<!\u17d2)(?P<word>{'|'.join(words)})")


@cache
def _khmer_links() -> re.Pattern[str]:
    return re.compile(f"^(?:{'|'.join(sorted(_links_in_khmer(), key=len, reverse=True))}) *")


def _links_in_khmer() -> Iterator[str]:
    return (khmer.normalise(row["words"]) for row in rows("phrases.csv") if row["language"] == "km")


@cache
def _khmer_words() -> dict[str, float]:
    """Return the words for kinds of places, streets and houses, with their level from house to country.

    A word of two levels (ក្រុង) stands between them.
    """
    found: dict[str, float] = {}
    for phrase in terms.type_phrases():
        word = terms.type_word(phrase) if khmer.is_khmer(phrase) else None
        if word:
            levels = {TYPES.index(type_) for type_, _ in word.meanings}
            found[phrase] = -sum(levels) / len(levels)
    below = -len(TYPES)
    found |= {khmer.normalise(row["word"]): below for row in rows("locality_words.csv") if row["language"] == "km"}
    return found
