"""Sweeps over names that mean something else: abroad, in another time, another name; and over what tells that.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from resolver.model import Mention
from resolver.text import keys, vietnamese
from tests.drawn_addresses import LAST_OLD_DAY, standing
from tests.eval.name_sweeps import Unit, spelt_alike, units
from tests.eval.sweeping import Case, Sweep
from tests.samples import tables

__all__ = ["SWEEPS"]

_COUNTRIES = ("Norway", "South Korea", "Hoa Kỳ", "Trung Quốc", "Japan", "Pháp", "Malaysia", "États-Unis", "USA")
_ELSEWHERE = ("Gyeonggi", "Virginia", "Saga", "Skåne", "Pays de la Loire")
_REGIONS = {"VN": ("Mekong Delta", "Tây Nguyên", "Northern", "Bắc Trung Bộ"), "KH": ("Tonle Sap", "Coastal", "Plains")}
_CONSONANTS = ("b", "c", "ch", "d", "g", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "r", "s", "t", "th", "tr", "v")
_SHORT = 2
_APPOSITIONS = ("{}, une province du sud", "{}, a northern province", "{}, province côtière", "{}, một tỉnh miền núi")
_OF_DISTRICTS = ("{}, a rural district of {}", "{}, un district de la province de {}", "{}, một huyện miền núi của {}")
_FORMER = ("the former province of {}", "l'ancienne province de {}", "tỉnh {} cũ", "{}, a former province")
_NEW = ("the new province of {}", "the newly formed {} province", "la nouvelle province de {}", "{}, the new province")


@cache
def _provinces() -> tuple[Unit, ...]:
    return tuple(unit for unit in units().values() if unit.type == "province")


def _ends() -> dict[str, date]:
    """Return the last day of each province that has ended."""
    last: dict[str, date] = {}
    for row in tables().standing("versions"):
        if row["id"] in units() and units()[row["id"]].type == "province" and len(row["valid_to"]) == len("2025-07-01"):
            last[row["id"]] = max(last.get(row["id"], date.min), date.fromisoformat(row["valid_to"]))
    return {id_: day for id_, day in last.items() if units()[id_].ended}


def _abroad_in_a_column() -> Iterator[Case]:
    """Provinces and districts with another country as their parent: not these."""
    for number, unit in enumerate(unit for unit in units().values() if unit.type in ("province", "district")):
        if not unit.name.isdecimal():
            yield Case(Mention(unit.name, within=(_COUNTRIES[number % len(_COUNTRIES)],)), frozenset())


def _elsewhere_in_a_column() -> Iterator[Case]:
    """Bare provinces with a place that no table knows as their parent: nobody knows which is meant."""
    for number, unit in enumerate(_provinces()):
        yield Case(Mention(unit.name, within=(_ELSEWHERE[number % len(_ELSEWHERE)],)), frozenset(), is_open=True)


def _region_in_a_column() -> Iterator[Case]:
    """Provinces with a part of their country as their parent."""
    for unit in _provinces():
        for region in _REGIONS.get(unit.country, ()):
            yield Case(Mention(unit.name, within=(region,)), spelt_alike([unit], "province"))


def _long_after_the_end() -> Iterator[Case]:
    """Provinces by their bare name, years after their end: them, a later one of their name, or an open answer."""
    for id_, end in _ends().items():
        for years in (1, 2, 5):
            day = (end + timedelta(days=366 * years + 30)).isoformat()
            yield Case(Mention(units()[id_].name, date=day), spelt_alike([units()[id_]], "province"))


def _former_long_after() -> Iterator[Case]:
    """The same where the mention says that the province is a former one."""
    for id_, end in _ends().items():
        day = (end + timedelta(days=366 * 3)).isoformat()
        name, ids = units()[id_].name, spelt_alike([units()[id_]], "province")
        for text in (f"{name} cũ", f"former {keys.fold(name).title()}", *(form.format(name) for form in _FORMER)):
            yield Case(Mention(text, date=day), ids)


def _another_consonant() -> Iterator[Case]:
    """Provinces of Viet Nam with another consonant before one rhyme, if that is correct Vietnamese: another name."""
    for unit in _provinces():
        words = unit.name.split()
        # In a longer name a wrong consonant leaves nothing else that may be meant.
        if unit.country != "VN" or len(words) > _SHORT:
            continue
        for at, word in enumerate(words):
            rhyme = word.lower().lstrip("bcdđghklmnpqrstvx")
            for onset in _CONSONANTS:
                other = f"{onset}{rhyme}".capitalize()
                text = " ".join((*words[:at], other, *words[at + 1 :]))
                if rhyme and keys.key(other) != keys.key(word) and vietnamese.is_vietnamese(text):
                    ids = _so_called(text)
                    # Where nothing is called so, nobody knows what is meant.
                    yield Case(Mention(text), ids, is_open=not ids)


@cache
def _by_key() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for unit in units().values():
        for name in unit.names:
            found.setdefault(keys.key(name), set()).add(unit.id)
    return {key: frozenset(ids) for key, ids in found.items()}


def _so_called(text: str) -> frozenset[str]:
    """Return the units whose name has the letters of a text."""
    return _by_key().get(keys.key(text), frozenset())


def _other_i() -> Iterator[Case]:
    """Communes of 2025 whose name ends a syllable in i or y, with the other letter, beside their parents."""
    for one in standing(LAST_OLD_DAY, "commune", levels=3):
        name = one.parts[0][1]
        for other in vietnamese.with_other_i(name):
            # Another commune there may be spelt so: Hồng Sĩ beside Hồng Sỹ.
            text, ids = one.texts[0].removesuffix(name) + other, _so_called(other) | {one.id}
            yield Case(Mention(f"{text}, {one.texts[1]}, {one.texts[2]}", date=LAST_OLD_DAY), ids)
            yield Case(Mention(text, within=tuple(one.texts[1:]), date=LAST_OLD_DAY), ids)


def _appositions() -> Iterator[Case]:
    """Provinces and districts with what they are and where they lie told behind their name."""
    for number, unit in enumerate(_provinces()):
        text = _APPOSITIONS[number % len(_APPOSITIONS)].format(unit.name)
        yield Case(Mention(text), spelt_alike([unit], "province"))
    for number, one in enumerate(standing(LAST_OLD_DAY, "district", levels=2)):
        name, province = one.parts[0][1], one.parts[1][1]
        if not name.isdecimal() and one.texts[0].startswith("Huyện"):
            text = _OF_DISTRICTS[number % len(_OF_DISTRICTS)].format(name, province)
            yield Case(Mention(text), frozenset({one.id}))


def _new_and_former() -> Iterator[Case]:
    """Provinces that are called new or former before the word for province."""
    for number, unit in enumerate(_provinces()):
        if unit.country in ("VN", "KH"):
            forms = _FORMER if unit.ended else _NEW
            yield Case(Mention(forms[number % len(forms)].format(unit.name)), spelt_alike([unit], "province"))


SWEEPS: dict[str, Sweep] = {
    "country in a column": _abroad_in_a_column,
    "unknown place in a column": _elsewhere_in_a_column,
    "region in a column": _region_in_a_column,
    "long after the end": _long_after_the_end,
    "former, long after the end": _former_long_after,
    "another consonant": _another_consonant,
    "other i": _other_i,
    "appositions": _appositions,
    "new and former provinces": _new_and_former,
}
