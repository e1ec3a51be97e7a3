"""Samples drawn from the gazetteer with a fixed seed: every name in the forms people write it in, and names misspelt.

Shared by the tests, the evaluation and the benchmarks. The names are read from the tables, not from the index, so
that a name the index lost is missed here.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from typing import Literal, cast, get_args

from resolver.days import FIRST_DAY, LAST_DAY, day_range
from resolver.gazetteer.reader import Row, Tables, bundled_path, read_tables
from resolver.model import PLACE_TYPES, EntityType, Match, Mention
from resolver.text import keys

__all__ = [
    "FORMS",
    "MIN_LETTERS",
    "SEED",
    "VERDICTS",
    "Drawn",
    "Form",
    "Known",
    "NameRow",
    "Verdict",
    "asked",
    "draw",
    "judge",
    "misspell",
    "misspelt_rows",
    "name_rows",
    "named",
    "spelt",
    "tables",
]

SEED = 20251201
MIN_LETTERS = 6
"""Letters a name must have before one wrong letter is asked to be forgiven."""

Form = Literal["as written", "folded", "capitals", "NFD", "type word"]
FORMS: tuple[Form, ...] = ("as written", "folded", "capitals", "NFD", "type word")

Verdict = Literal["right", "ambiguous", "ambiguous without", "missed", "wrong", "namesake", "successor"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_KHMER = "កខគឃងចឆជញដតថទធនបផពភមយរលវសហឡអ"
_VOWELS = tuple("aeiouyh")
_WORDLESS = ("abbreviation", "demonym")  # kinds of names that nobody writes a type word beside


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of one entity, with the type word it had and a day on which it was so called."""

    id: str
    type: EntityType
    text: str
    language: str
    kind: str
    weak: bool
    local_type: str
    country: str
    day: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A name and how it is misspelt."""

    row: NameRow
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """Which names entities bear, folded, and which entities took their place."""

    names: dict[str, frozenset[str]]
    successors: dict[str, frozenset[str]]


@cache
def tables() -> Tables:
    """Return the bundled tables."""
    return read_tables(bundled_path())


@cache
def name_rows() -> tuple[NameRow, ...]:
    """Return every distinct name of every entity."""
    types = {row["id"]: (cast("EntityType", row["type"]), row["country"]) for row in tables()["entities"]}
    last: dict[str, Row] = {}
    found: dict[tuple[str, str, str], NameRow] = {}
    for row in sorted(tables().standing("versions"), key=lambda row: (row["id"], row["valid_from"])):
        type_, country = types[row["id"]]
        last[row["id"]] = row
        day = _day_within(row["valid_from"], row["valid_to"])
        found[row["id"], row["name"], row["language"]] = NameRow(
            row["id"], type_, row["name"], row["language"], "official", False, row["local_type"], country, day
        )
    for row in tables()["names"]:
        version = last[row["id"]]
        type_, country = types[row["id"]]
        day = _day_of_name(row, version)
        weak, local_type = row["weak"] == "yes", version["local_type"]
        name = NameRow(row["id"], type_, row["text"], row["language"], row["kind"], weak, local_type, country, day)
        found.setdefault((row["id"], row["text"], row["language"]), name)
    return tuple(found[key] for key in sorted(found))


@cache
def known() -> Known:
    """Return what the judgement of answers needs to know."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in name_rows():
        names[row.id].add(_key(row))
    successors: dict[str, set[str]] = defaultdict(set)
    for change in tables().standing("changes"):
        if change["to_id"] and change["to_id"] != change["from_id"]:
            successors[change["from_id"]].add(change["to_id"])
    return Known(
        {id_: frozenset(texts) for id_, texts in names.items()},
        {id_: frozenset(ids) for id_, ids in successors.items()},
    )


def spelt(row: NameRow, form: Form) -> str:
    """Return a name in one of the forms; empty where it has none."""
    if form == "folded":
        return str(keys.fold(row.text))
    if form == "capitals":
        return row.text.upper()
    if form == "NFD":
        return unicodedata.normalize("NFD", row.text)
    return _with_type_word(row) if form == "type word" else row.text


def asked(row: NameRow, text: str, *, typed: bool, dated: bool) -> Mention:
    """Return the mention that asks for a name, with the entity's type and a day of its life, or without."""
    return Mention(text, (row.type,) if typed else (), (), row.day if dated else "")


def draw(count: int, *, seed: int = SEED) -> list[NameRow]:
    """Return names long enough to be misspelt, drawn at random."""
    long = [row for row in name_rows() if sum(letter.isalpha() for letter in row.text) >= MIN_LETTERS]
    return Random(seed).sample(long, count)


def misspelt_rows(count: int, *, letters_only: bool, seed: int = SEED) -> Iterator[Drawn]:
    """Yield names with one edit. What an edit makes another's name is not a misspelling and isn't drawn."""
    rng = Random(seed + letters_only)
    taken = {str(keys.key(row.text)) for row in name_rows()}
    for row in draw(count, seed=seed + letters_only):
        own, text = known().names[row.id], row.text
        while text == row.text or (str(keys.key(text)) in taken and str(keys.key(text)) not in own):
            text = misspell(row.text, rng, letters_only=letters_only)
        yield Drawn(row, text)


def misspell(name: str, rng: Random, *, letters_only: bool = True) -> str:
    """Return a name with one edit: a character left out, doubled in by mistake, replaced, or swapped with the next.

    With ``letters_only`` the edit falls on a letter, else on any character, blanks and hyphens included.
    """
    alphabet = _KHMER if any("\u1780" <= letter <= "\u17ff" for letter in name) else _LATIN
    places = [place for place, letter in enumerate(name) if letter.isalpha() or not letters_only]
    at = rng.choice(places)
    edit = rng.choice(("drop", "insert", "replace", "swap"))
    if edit == "swap" and at + 1 in places and name[at] != name[at + 1]:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if edit == "drop":
        return name[:at] + name[at + 1 :]
    letter = rng.choice(alphabet)
    if name[at].isupper():
        letter = letter.upper()
    return name[:at] + letter + name[at + (edit != "insert") :]


def judge(row: NameRow, match: Match) -> Verdict:
    """Return how an answer to a name is to be counted.

    Matched to another entity it is ``wrong``, unless that one bears the name too: then it is a ``namesake``, or the
    ``successor`` that took the entity's place. ``ambiguous without`` doesn't name the entity among the candidates.
    """
    if match.status == "matched" and match.entity:
        if match.entity.id == row.id:
            return "right"
        if _key(row) not in known().names[match.entity.id]:
            return "wrong"
        return "successor" if match.entity.id in known().successors.get(row.id, frozenset()) else "namesake"
    if match.status == "ambiguous":
        return "ambiguous" if named(row.id, match) else "ambiguous without"
    return "missed"


def _key(row: NameRow) -> str:
    """Return the key by which names are the same: of organisations and offices that of words, in any language."""
    return str(keys.word_key(row.text) if row.type in {"organisation", "office"} else keys.key(row.text))


def named(id_: str, match: Match) -> bool:
    """Return whether an entity is among an answer's candidates."""
    return any(candidate.entity.id == id_ for candidate in match.candidates)


def _with_type_word(row: NameRow) -> str:
    if row.type not in PLACE_TYPES or not row.local_type or row.kind in _WORDLESS:
        return ""
    words = _type_words()[row.country, row.type, row.local_type]
    if row.language == "en":
        return f"{row.text} {words['en']}"
    if row.language == "fr":
        return f"{words['fr']} d'{row.text}" if row.text.lower().startswith(_VOWELS) else f"{words['fr']} de {row.text}"
    if row.language == "km":
        return words["km"] + row.text
    return f"{words['official']} {row.text}"


@cache
def _type_words() -> dict[tuple[str, str, str], Row]:
    return {(row["country"], row["type"], row["local_type"]): row for row in tables()["local_types"]}


def _day_of_name(name: Row, version: Row) -> str:
    """Return a day on which a name was in use: within its own interval, else within the entity's last version."""
    if name["valid_from"] or name["valid_to"]:
        return _day_within(name["valid_from"], name["valid_to"] or version["valid_to"])
    return _day_within(version["valid_from"], version["valid_to"])


def _day_within(valid_from: str, valid_to: str) -> str:
    """Return the last day surely inside an interval, the gazetteer's own date at the latest."""
    start = day_range(valid_from)[1] if valid_from else FIRST_DAY
    end = day_range(valid_to)[0] - 1 if valid_to else LAST_DAY
    as_of = day_range(tables().as_of)[0]
    return date.fromordinal(max(start, min(end, as_of))).isoformat()
