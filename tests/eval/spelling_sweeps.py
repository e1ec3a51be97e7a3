"""Sweeps over names spelt otherwise: type words with slips, tones, keystrokes, wrong encodings, romanisations, codes.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from resolver.model import PLACE_TYPES, Mention
from resolver.text import keys, vietnamese
from tests.eval.name_sweeps import Unit, spelt_alike, units, words_for
from tests.eval.people_sweeps import kinds, names
from tests.eval.sweeping import Case, Sweep
from tests.samples import tables

__all__ = ["SWEEPS"]

# --- Type words ---------------------------------------------------------------------------------------------------

_TYPE_SLIPS = {
    "province": ("Provience", "Provnce", "Porvince"),
    "district": ("Distict", "Districk", "Distrct"),
    "commune": ("Commun", "Communne"),
    "municipality": ("Minicipality", "Muncipality"),
    "tỉnh": ("Tinhr", "Tỉhn"),
    "huyện": ("Huyênj", "Huỵện"),
    "thành phố": ("Thành phô", "Thanh phố", "Thànhh phố"),
    "thị xã": ("Thị xả", "Thij xã"),
    "thị trấn": ("Thị trân", "Thị tran"),
    "phường": ("Phuờng", "Phưòng", "Phươngf"),
}


def type_slips() -> Iterator[Case]:
    """All units with their type word misspelt, in front in Vietnamese, behind in English; and names left alone."""
    for unit in units().values():
        if unit.name.isdecimal():
            continue
        words = words_for(unit.country, unit.type, unit.local_type)
        ids = frozenset(id_ for id_ in spelt_alike([unit]) if units()[id_].type == unit.type)
        for slip in _TYPE_SLIPS.get(words["official"].lower(), ()):
            yield Case(Mention(f"{slip} {unit.name}", (unit.type,)), ids)
        for slip in _TYPE_SLIPS.get(words["en"].lower(), ()):
            yield Case(Mention(f"{unit.name} {slip}", (unit.type,)), ids)


# --- Tones, other scripts, codes ----------------------------------------------------------------------------------

_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")


def tones() -> Iterator[Case]:
    """Provinces with the tone of one syllable changed: the province, or what really bears the other name."""
    for unit in units().values():
        if unit.type != "province" or unit.country != "VN":
            continue
        same = spelt_alike([unit], "province")
        for text in dict.fromkeys(_with_other_tones(unit.name)):
            ids = same | _by_spelling().get(text.lower(), frozenset())
            yield Case(Mention(text), ids)
            yield Case(Mention(text, ("province",)), same)
            word = words_for(unit.country, unit.type, unit.local_type)["official"]
            yield Case(Mention(f"{word} {text}"), ids)


def _with_other_tones(name: str) -> Iterator[str]:
    """Yield a name with each of its toned or bare vowels in each other tone, if that is a Vietnamese syllable."""
    letters = unicodedata.normalize("NFC", name)
    for at, letter in enumerate(letters):
        bare = "".join(part for part in unicodedata.normalize("NFD", letter) if part not in _TONES)
        for tone in _TONES:
            other = letters[:at] + unicodedata.normalize("NFC", bare + tone) + letters[at + 1 :]
            if keys.fold(letter) in {*"aeiouy"} and other != letters and vietnamese.is_vietnamese(other):
                yield other


@cache
def _by_spelling() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for unit in units().values():
        for name in unit.names:
            found[name.lower()].add(unit.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def codes() -> Iterator[Case]:
    """Every code of ISO 3166-2 of the tables typed as a name, in capitals and small; and codes that are none."""
    known: dict[str, set[str]] = defaultdict(set)
    for row in tables()["identifiers"]:
        if row["scheme"] == "iso3166-2":
            known[row["value"]].add(row["id"])
    for value, ids in known.items():
        yield Case(Mention(value), frozenset(ids))
        yield Case(Mention(value.lower(), ("province",)), frozenset(ids))
    for country in ("VN", "KH"):
        yield from (
            Case(Mention(code), frozenset())
            for code in (*(f"{country}-{number:02}" for number in range(100)), f"{country}-XX", f"{country}-CG")
            if code not in known
        )


def han() -> Iterator[Case]:
    """Names of Vietnam in Han characters, which no row has."""
    yield from (
        Case(Mention(text), frozenset())
        for text in ("海陽", "河內", "清化", "承天順化", "嘉萊", "安江", "海防", "金邊", "胡志明市")
    )


# --- Keystrokes and encodings -------------------------------------------------------------------------------------

_TONE_KEYS = {
    "\u0300": ("f", "2"),
    "\u0301": ("s", "1"),
    "\u0309": ("r", "3"),
    "\u0303": ("x", "4"),
    "\u0323": ("j", "5"),
}
_MARK_KEYS = {
    "â": ("aa", "a6"),
    "ê": ("ee", "e6"),
    "ô": ("oo", "o6"),
    "ơ": ("ow", "o7"),
    "ư": ("uw", "u7"),
    "ă": ("aw", "a8"),
}
_MARK_KEYS |= {"đ": ("dd", "d9")}
_STEP = 5
"""Of all units every fifth is asked for: the search for what a strange word may be takes its time."""
_WRONG_CODECS = ("mac_roman", "cp437", "cp850", "cp1252")


def _keyed(word: str, way: int) -> str:
    """Return a word by its keys, the tone at its end: 0 Telex, 1 VNI."""
    keyed, tone = "", ""
    for letter in unicodedata.normalize("NFC", word):
        parts = unicodedata.normalize("NFD", letter)
        tone = next((_TONE_KEYS[part][way] for part in parts if part in _TONE_KEYS), tone)
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONE_KEYS))
        written = _MARK_KEYS.get(bare.lower(), (bare, bare))[way]
        keyed += written.capitalize() if bare.isupper() else written
    return keyed + tone


def keystrokes() -> Iterator[Case]:
    """Communes and districts with type word and parent by the keys of Telex and VNI, where all are Vietnamese."""
    for number, unit in enumerate(list(units().values())[::_STEP]):
        above = units().get(unit.parent)
        words = f"{unit.name} {above.name if above else ''}".split()
        if unit.country != "VN" or not above or not all(map(vietnamese.is_syllable, words)):
            continue
        word, over = (words_for(one.country, one.type, one.local_type)["official"] for one in (unit, above))
        text = f"{word} {unit.name}, {over} {above.name}"
        keyed = " ".join(_keyed(part, number % 2) for part in text.replace(",", " ,").split()).replace(" ,", ",")
        if keyed != text:
            yield Case(Mention(keyed), _there(unit, above))


def wrong_encodings() -> Iterator[Case]:
    """Communes and districts with their parent, as UTF-8 is read by a Macintosh, by DOS and by Windows."""
    for number, unit in enumerate(list(units().values())[::_STEP]):
        above = units().get(unit.parent)
        text = f"{unit.name}, {above.name}" if above else ""
        if unit.country != "VN" or not above or unit.type == "province" or unit.name.isdecimal() or text.isascii():
            continue
        word, over = (words_for(one.country, one.type, one.local_type)["official"] for one in (unit, above))
        sent = f"{word} {unit.name}, {over} {above.name}".encode()
        try:
            yield Case(Mention(sent.decode(_WRONG_CODECS[number % len(_WRONG_CODECS)])), _there(unit, above))
        except UnicodeDecodeError:
            continue


def _there(unit: Unit, above: Unit) -> frozenset[str]:
    """Return the units of a type and name that lay in another of a name."""
    upper = spelt_alike([above], above.type) | {
        # A city of a province and a city that is one: Bắc Ninh.
        id_
        for id_ in spelt_alike([above], "province")
        if units()[id_].local_type == above.local_type
    }
    return frozenset(id_ for id_ in spelt_alike([unit], unit.type) if units()[id_].parents & upper)


# --- Romanisations of Khmer ---------------------------------------------------------------------------------------

_ISO_NAMES = {
    "KH-3": "Kampong Chaam",
    "KH-5": "Kampong Spueu",
    "KH-8": "Kandaal",
    "KH-14": "Prey Veaeng",
    "KH-19": "Stueng Traeng",
    "KH-20": "Svaay Rieng",
    "KH-21": "Taakaev",
}
"""Names of provinces in lists made from ISO 3166-2 that are in no table."""


def iso_names() -> Iterator[Case]:
    """Provinces of Cambodia by the names of ISO 3166-2, as a province, with its word and with its code's country."""
    ids = {row["value"]: row["id"] for row in tables()["identifiers"] if row["scheme"] == "iso3166-2"}
    for code, name in _ISO_NAMES.items():
        right = frozenset({ids[code]})
        yield Case(Mention(name, ("province",)), right)
        yield Case(Mention(f"{name} Province"), right)
        yield Case(Mention(f"Khaet {name}"), right)


# --- Former names of what is numbered -----------------------------------------------------------------------------


def unnumbered() -> Iterator[Case]:
    """Communes that were formed of one whose name they bear with a number, without the number: open, with all."""
    numbered: dict[tuple[str, str, str], list[Unit]] = defaultdict(list)
    for unit in units().values():
        if unit.type == "commune" and re.fullmatch(r".+ \d", unit.name):
            numbered[unit.name[:-2], unit.local_type, unit.parent].append(unit)
    for (name, local_type, upper), of_one in numbered.items():
        above = units().get(upper)
        # Where the unit that ended lay in the same place, it is a fair answer; what was formed since is none yet.
        so_called = [unit for unit in units().values() if unit.name == name and upper in unit.parents]
        if so_called or any(one.id.endswith("-2025") for one in of_one):
            continue
        if len(of_one) > 1 and above and any(name in one.names or (name, one.id) in _went_into() for one in of_one):
            word = words_for(above.country, "commune", local_type)["official"]
            text = f"{word} {name}, {words_for(above.country, above.type, above.local_type)['official']} {above.name}"
            yield Case(Mention(text, (), (), "2022-01-01"), frozenset(one.id for one in of_one), is_open=True)


@cache
def _went_into() -> frozenset[tuple[str, str]]:
    """Return the names of units with the ids of those that they went into."""
    return frozenset(
        (name, row["to_id"])
        for row in tables().standing("changes")
        if row["from_id"] in units()
        for name in units()[row["from_id"]].names
    )


def weak_names() -> Iterator[Case]:
    """The names of places that could mean many things, alone: no place is meant that is only spelt like it."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for id_, texts in names(weak=True).items():
        for text in texts:
            bearers[keys.key(text)].add(id_)
    for row in tables()["names"]:
        if row["weak"] == "yes" and kinds()[row["id"]][1] in PLACE_TYPES:
            yield Case(Mention(row["text"]), frozenset(bearers[keys.key(row["text"])]))


SWEEPS: dict[str, Sweep] = {
    "weak names": weak_names,
    "type slips": type_slips,
    "tones": tones,
    "codes": codes,
    "han": han,
    "keystrokes": keystrokes,
    "wrong encodings": wrong_encodings,
    "names of ISO": iso_names,
    "former name of numbered": unnumbered,
}
