"""Type words and personal titles: the words around a name that say what kind of entity it names.

The words are data: ``type_words.csv`` and ``titles.csv`` in this folder; ``romanisations.csv`` holds words of Khmer
names that are romanised in several ways.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from resolver.text import keys, khmer
from resolver.text.function_words import folded_function_words, strip_function_words
from resolver.text.role_words import by_first_word
from resolver.text.words import FOLDER, TOKEN, folded, phrased, rows

__all__ = [
    "Title",
    "TypeWord",
    "common_nouns",
    "find_title",
    "is_bare",
    "leading_title",
    "leading_type",
    "split_at_types",
    "strip_former",
    "trailing_type",
    "type_phrases",
    "type_word",
    "usual_romanisation",
]

_FORMER = re.compile(
    r"^(?:former|ex-?|anciens?|anciennes?|the former)\s+|\s+\(?(?:cũ|trước đây|former)\)?$|\s+\(old\)$", re.IGNORECASE
)
_FORMER_WORDS = ("former", "ex", "ancien", "anciens", "ancienne", "anciennes", "cũ", "trước đây", "old")
_STRICT = frozenset({"island", "islands", "archipelago", "đặc khu", "dac khu", "đk", "dk"})
"""Type words of few units, which nobody writes before another: islands, and the special zones of Vietnam."""
_LONGEST_TYPE = 3
_LONGEST_TITLE = 6


@dataclass(frozen=True, slots=True)
class TypeWord:
    """A word that says the type of the named entity: ``meanings`` are pairs (type, local type).

    ``sure`` says that it was written in full; without diacritics it may be a part of a name (``phuong``: phường or
    Phương). ``after`` says that it may come after the name, ``strict`` that it fits only its local types.
    """

    word: str
    meanings: frozenset[tuple[str, str]]
    sure: bool
    after: bool
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A rank, honorific, academic title, occupation or role before a name; ``concepts`` are all its meanings."""

    text: str
    kind: str
    concepts: frozenset[str]


def is_bare(words: Sequence[str]) -> bool:
    """Return whether none of some folded words can be a type word, a title, a function word or similar.

    Such words are only a name: they have one reading.

    >>> is_bare(["ha", "tien"]), is_bare(["thanh", "hoa"]), is_bare(["thanh", "pho", "hue"])
    (True, True, False)
    """
    if words[0] in folded_function_words():
        return False
    telling = _telling_phrases()
    if telling.keys().isdisjoint(words):
        return True
    for place, word in enumerate(words):
        phrases = telling.get(word)
        if phrases is None:
            continue
        following = tuple(words[place + 1 : place + _LONGEST_TITLE])
        if any(following[: len(rest)] == rest and (place == 0 or anywhere) for rest, anywhere in phrases):
            return False
    return True


@cache
def _telling_phrases() -> dict[str, tuple[tuple[tuple[str, ...], bool], ...]]:
    """Return, by first word, the rest of each phrase that is not part of a name, and whether that holds anywhere."""
    found: dict[str, dict[tuple[str, ...], bool]] = {}

    def note(phrase: Iterable[str], *, anywhere: bool) -> None:
        first, *rest = phrase
        known = found.setdefault(first, {})
        known[tuple(rest)] = known.get(tuple(rest), False) or anywhere

    for phrase in _type_words():
        if not khmer.is_khmer(phrase):
            note(keys.fold(phrase).split(), anywhere=True)
    for words, title in _titles().items():
        # Inside a text only ranks, honorifics and offices count, but no ranks or honorifics that may be a syllable.
        note(words, anywhere=title.kind in {"rank", "honorific"} and len(words[0]) > 2)
    for roles in by_first_word().values():
        for role in roles:
            note(role.words, anywhere=True)
    seats = (row["word"] for row in rows("party_seats.csv"))
    for word in (*_FORMER_WORDS, *_romanisations(), *seats):
        note(keys.fold(word).split(), anywhere=True)
    return {first: tuple(rests.items()) for first, rests in found.items()}


def leading_type(text: str) -> tuple[TypeWord, str] | None:
    """Split a type word off the front: ``"TX. Kinh Môn"`` gives the word and ``"Kinh Môn"``.

    A single letter counts only before a dot, a space or a number (``Q1``, ``P. Bến Nghé``).
    """
    if khmer.is_khmer(text[:1]):
        return _khmer_type(text)
    first = TOKEN.match(text)
    if not first or phrased((first.group()[:80],)) not in _first_words_of_types():
        return None
    tokens = list(TOKEN.finditer(text[:80]))
    found = _type_at(text, tokens, 0)
    if not found:
        return None
    word, count = found
    rest = text[tokens[count - 1].end() :].lstrip(" .:-'")
    return (word, rest) if rest else None


@lru_cache(maxsize=4096)
def type_word(text: str) -> TypeWord | None:
    """Return the type word if a text is one: ``"Thị xã"``, ``"TP"``."""
    return _type_words().get(khmer.normalise(text) if khmer.is_khmer(text) else phrased(tuple(TOKEN.findall(text))))


def type_phrases() -> frozenset[str]:
    """Return all type words in lower case, also without diacritics."""
    return frozenset(_type_words())


def trailing_type(text: str) -> tuple[TypeWord, str] | None:
    """Split a type word off the end: ``"Ha Tien City"`` gives the word and ``"Ha Tien"``."""
    tokens = list(TOKEN.finditer(text))
    if not tokens or phrased((tokens[-1].group(),)) not in _last_words_of_types():
        return None
    for count in range(min(_LONGEST_TYPE, len(tokens) - 1), 0, -1):
        words = tuple(token.group() for token in tokens[-count:])
        word = _type_words().get(phrased(words))
        if word and word.after and text[tokens[-1].end() :].strip(" .") == "":
            rest = text[: tokens[-count].start()].rstrip(" .-")
            return (word, rest) if rest else None
    return None


def leading_title(text: str) -> tuple[tuple[Title, ...], str] | None:
    """Split all titles off the front: ``"le général Luong Tam Quang"`` gives the rank and the name."""
    titles: list[Title] = []
    rest = text
    while found := _next_title(rest):
        title, following = found
        titles.append(title)
        rest = following
    return (tuple(titles), rest) if titles else None


def _next_title(text: str) -> tuple[Title, str] | None:
    """Return the title at the beginning of a text, with or without an article before it, and the text after it, if any.

    Articles after the title are kept: ``Le`` is a family name.
    """
    for start in dict.fromkeys((text, strip_function_words(text))):
        found = _title_at(start)
        following = start[found[1] :].lstrip(" .:-") if found else ""
        if found and following:
            return found[0], following
    return None


@cache
def common_nouns() -> frozenset[str]:
    """Return the keys of words for a body or an office in general, without a place or state.

    >>> keys.key("Công an") in common_nouns()
    True
    """
    with (FOLDER / "common_nouns.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return frozenset(str(keys.key(row["word"])) for row in rows)


def find_title(text: str) -> tuple[str, str] | None:
    """Split at a rank or honorific inside a text: the text before it, and the title with the text after it.

    ``"Vice-Minister of Public Security Sen. Lt. Gen. Luong Tam Quang"`` splits before ``Sen.``.
    """
    first_words = _first_words_of_titles()
    within = 0  # Another title ends here: a Thủ tướng is not a Tướng.
    for token in TOKEN.finditer(text[:400]):
        at = token.start()
        if at < within or len(token.group()) < 3 or folded(token.group()) not in first_words:
            continue
        found = _title_at(text[at:])
        if at and found and found[0].kind in {"rank", "honorific"} and len(keys.fold(text[at:]).split()) > 2:
            return text[:at].strip(" ,-"), text[at:]
        within = at + found[1] if found else within
    return None


def split_at_types(text: str) -> list[str]:
    """Cut a text before each type word that is before its name: ``P. Bến Nghé Q.1 TP HCM`` is three parts."""
    if khmer.is_khmer(text[:1]):
        return _split_khmer(text)
    cuts = [0]
    tokens = list(TOKEN.finditer(text[:400]))
    at = 0
    while at < len(tokens):
        found = _type_at(text, tokens, at)
        start = tokens[at].start()
        if found and start > cuts[-1] and text[start - 1].isspace() and not _continues(text[cuts[-1] : start]):
            cuts.append(start)
        at += found[1] if found else 1
    return [text[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _split_khmer(text: str) -> list[str]:
    """Cut a Khmer text at the spaces before type words."""
    parts: list[str] = []
    for word in text.split():
        if parts and not _khmer_type(word):
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    return parts


def _type_at(text: str, tokens: list[re.Match[str]], at: int) -> tuple[TypeWord, int] | None:
    """Return the longest type word that begins at a token and has a name after it, and its number of tokens."""
    if phrased((tokens[at].group(),)) not in _first_words_of_types():
        return None
    for count in range(min(_LONGEST_TYPE, len(tokens) - at - 1), 0, -1):
        word = _type_words().get(phrased(tuple(token.group() for token in tokens[at : at + count])))
        if word and _separated(tokens[at + count - 1], tokens[at + count], text, first=at == 0):
            return word, count
    return None


def _continues(part: str) -> bool:
    """Whether a part is only a type word or function words, so that the name must follow."""
    words = phrased(tuple(TOKEN.findall(part)))
    return not words or words in _type_words() or not strip_function_words(part + " x").strip(" x")


def usual_romanisation(name: str) -> str:
    """Return a name with its words in the official romanisation of Khmer: ``Kompong Cham`` as ``Kampong Cham``."""
    words = name.replace(".", ". ").split()
    usual = [_romanisations().get(folded(word), word) for word in words]
    return " ".join(usual) if usual != words else name


def strip_former(text: str) -> str:
    """Return a text without a word for "former" (``Kiên Giang cũ``, ``former Kien Giang``); empty if there is none.

    *Old* is one only in brackets: Hoi An Old Town is no former town.
    """
    rest = _FORMER.sub("", text).strip(" ()-")
    return rest if rest != text else ""


def _separated(word: re.Match[str], following: re.Match[str], text: str, *, first: bool) -> bool:
    """Whether a type word is separated from the name; a letter inside a text only by a dot or number (``H' Drai``)."""
    gap = text[word.end() : following.start()]
    if following.group().isdigit() or "." in gap:
        return True
    return bool(gap) and "'" not in gap and (first or len(word.group()) > 1)


@cache
def _first_words_of_types() -> frozenset[str]:
    return frozenset(phrase.split(" ")[0] for phrase in _type_words())


@cache
def _last_words_of_types() -> frozenset[str]:
    return frozenset(phrase.rpartition(" ")[2] for phrase, word in _type_words().items() if word.after)


@cache
def _type_words() -> dict[str, TypeWord]:
    meanings: dict[str, set[tuple[str, str]]] = {}
    spellings: dict[str, str] = {}
    written: set[str] = set()
    after: set[str] = set()
    for row in rows("type_words.csv"):
        word = row["word"].replace(".", " ")
        written.add(word)
        # Without diacritics a word may equal a word of another language: then it has all meanings.
        for phrase in {word, str(keys.fold(word))}:
            spellings.setdefault(phrase, row["word"])
            meanings.setdefault(phrase, set()).update((row["type"], local) for local in row["local_types"].split("|"))
            if row["language"] == "en":
                after.add(phrase)
    return {
        phrase: TypeWord(spellings[phrase], frozenset(meant), phrase in written, phrase in after, phrase in _STRICT)
        for phrase, meant in meanings.items()
    }


def _khmer_type(text: str) -> tuple[TypeWord, str] | None:
    normal = khmer.normalise(text)
    for phrase, word in _type_words().items():
        if khmer.is_khmer(phrase) and normal.startswith(phrase):
            rest = normal[len(phrase) :].strip()
            return (word, rest) if rest else None
    return None


@cache
def _romanisations() -> dict[str, str]:
    return {row["variant"]: row["usual"] for row in rows("romanisations.csv")}


@cache
def _titles() -> dict[tuple[str, ...], Title]:
    meant: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows("titles.csv"):
        # Split like texts, so that elided words are separate words: général d'armée.
        latin = not khmer.is_khmer(row["text"])
        words = map(keys.fold, TOKEN.findall(row["text"])) if latin else keys.fold(row["text"]).split()
        meant.setdefault(tuple(map(str, words)), []).append(row)
    return {
        words: Title(rows[0]["text"], rows[0]["kind"], frozenset(row["concept"] for row in rows))
        for words, rows in meant.items()
        if words
    }


@cache
def _khmer_titles() -> list[tuple[str, Title]]:
    found = [(" ".join(words), title) for words, title in _titles().items() if khmer.is_khmer("".join(words))]
    written = {(text.replace(" ", ""), title) for text, title in found}
    written |= {(khmer.normalise(title.text).rstrip("."), title) for _, title in found}
    return sorted(written, key=lambda pair: (-len(pair[0]), pair[0]))


def _title_at(text: str) -> tuple[Title, int] | None:
    if khmer.is_khmer(text[:1]):
        normal = khmer.normalise(text)
        return next(((title, len(word)) for word, title in _khmer_titles() if normal.startswith(word)), None)
    begins = TOKEN.match(text)
    if not begins or folded(begins.group()) not in _first_words_of_titles():
        return None
    tokens = list(TOKEN.finditer(text[:120]))
    words = [folded(token.group()) for token in tokens[: _LONGEST_TITLE + 1]]
    for count in range(min(_LONGEST_TITLE, len(words) - 1), 0, -1):
        title = _titles().get(tuple(words[:count]))
        end = tokens[count - 1].end()
        # A single letter is a title only if it is marked as one: M. Sar Sokha, Đ/c Tô Lâm.
        dotted = text[end : end + 1] == "." or (count > 1 and text[tokens[count - 2].end()] in "./")
        if title and (dotted or len(tokens[count - 1].group()) > 1) and _spelt_out(title, tokens[:count]):
            return title, end
    return None


def _spelt_out(title: Title, tokens: list[re.Match[str]]) -> bool:
    """Whether a rank of one syllable has its diacritics: Tường and Tuong are names, Tướng is not."""
    if len(tokens) > 1 or title.kind != "rank" or title.text.isascii():
        return True
    return tokens[0].group().lower() == title.text.lower()


@cache
def _first_words_of_titles() -> frozenset[str]:
    return frozenset(words[0].split(" ")[0] for words in _titles())
