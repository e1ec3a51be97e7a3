"""Sweeps over all units that a kind of wording can touch: what is asked, and which units would be right.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from resolver.days import day_range
from resolver.gazetteer.reader import Row
from resolver.model import EntityType, Mention
from resolver.text import keys, vietnamese
from tests.eval.sweeping import Case, Sweep
from tests.samples import tables

__all__ = ["SWEEPS", "Unit", "units"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A place in its last version, with all names and parents that it ever had."""

    id: str
    country: str
    type: EntityType
    local_type: str
    name: str
    code: str
    khmer: str
    ended: bool
    parent: str
    names: frozenset[str]
    parents: frozenset[str]


@cache
def units() -> dict[str, Unit]:
    """Return the provinces, districts and communes of both countries by id."""
    kinds = {row["id"]: (row["country"], row["type"]) for row in tables()["entities"]}
    versions: dict[str, list[Row]] = defaultdict(list)
    for row in tables().standing("versions"):
        if kinds[row["id"]][1] in {"province", "district", "commune"}:
            versions[row["id"]].append(row)
    khmer = {
        row["id"]: row["text"] for row in tables()["names"] if row["language"] == "km" and row["kind"] == "official"
    }
    found: dict[str, Unit] = {}
    for id_, rows in versions.items():
        last = max(rows, key=lambda row: day_range(row["valid_from"]) if row["valid_from"] else (0, 0))
        names, parents = frozenset(row["name"] for row in rows), frozenset(row["parent_id"] for row in rows)
        country, type_ = kinds[id_]
        found[id_] = Unit(
            id_,
            country,
            cast("EntityType", type_),
            last["local_type"],
            last["name"],
            last["code"],
            khmer.get(id_, ""),
            bool(last["valid_to"]),
            last["parent_id"],
            names,
            parents,
        )
    return found


@cache
def words_for(country: str, type_: str, local_type: str) -> Row:
    """Return the words for a local type in four languages."""
    rows = tables()["local_types"]
    return next(row for row in rows if (row["country"], row["type"], row["local_type"]) == (country, type_, local_type))


def spelt_alike(found: Iterable[Unit], type_: str = "") -> frozenset[str]:
    """Return the ids of all units with a name of one of some units, letters and all but diacritics."""
    wanted = {keys.key(name) for unit in found for name in unit.names}
    return frozenset(id_ for key in wanted for id_ in _by_key().get(key, ()) if type_ in ("", units()[id_].type))


@cache
def _by_key() -> dict[str, frozenset[str]]:
    by_key: dict[str, set[str]] = defaultdict(set)
    for unit in units().values():
        for name in unit.names:
            by_key[keys.key(name)].add(unit.id)
    return {key: frozenset(ids) for key, ids in by_key.items()}


# --- Numbered communes ------------------------------------------------------------------------------------------

_NUMBERS = {
    1: ("I", "Muoy", "១", "មួយ"),
    2: ("II", "Pir", "២", "ពីរ"),
    3: ("III", "Bei", "៣", "បី"),
    4: ("IV", "Buon", "៤", "បួន"),
    5: ("V", "Pram", "៥", "ប្រាំ"),
    6: ("VI", "Prammuoy", "៦", "ប្រាំមួយ"),
}
_OF_WORD = {word: number for number, words in _NUMBERS.items() for word in (str(number), *words)}


def _numbered(name: str) -> tuple[str, int] | None:
    """Return base and number of a name whose last word is a number."""
    *base, last = name.split()
    number = _OF_WORD.get(last)
    if number is None:
        return None
    if base and base[-1] in {"Ti", "Lek", "Lekh"}:
        base.pop()
    return " ".join(base), number


@cache
def _numbered_units() -> dict[tuple[str, str, int], list[Unit]]:
    found: dict[tuple[str, str, int], list[Unit]] = defaultdict(list)
    for unit in units().values():
        for name in unit.names:
            cut = _numbered(name)
            if cut and unit.type in {"commune", "district"}:
                found[unit.country, keys.key(cut[0]), cut[1]].append(unit)
    return found


def numbered() -> Iterator[Case]:
    """Numbered communes in every way to write the number, alone, with parents inline and as columns."""
    for (country, _, number), found in _numbered_units().items():
        for unit in found:
            base, _ = _numbered(next(name for name in unit.names if _numbered(name))) or ("", 0)
            above = units().get(unit.parent)
            same = frozenset(one.id for one in found)
            here = frozenset(one.id for one in found if above and one.parents & {above.id})
            for form in _number_forms(country, base, number):
                if base:
                    yield Case(Mention(form, ("commune", "district")), same)
                    yield Case(Mention(form), same)
                if not above:
                    continue
                typed = f"{words_for(unit.country, unit.type, unit.local_type)['official']} {form}"
                yield Case(Mention(f"{typed}, {above.name}"), here)
                yield Case(Mention(typed, (unit.type,), (), "", (above.name,)), here)
                if base:
                    yield Case(Mention(form, (), (), "", (above.name,)), here)
                    english = f"{form} {words_for(unit.country, unit.type, unit.local_type)['en']}"
                    yield Case(Mention(english, (unit.type,), (), "", (above.name,)), here)
                    if above.parent in units():
                        yield Case(Mention(f"{form}, {above.name}, {units()[above.parent].name}"), here)
            if unit.khmer and above and above.khmer:
                yield from _numbered_in_khmer(unit, above, number, here)


def _number_forms(country: str, base: str, number: int) -> Iterator[str]:
    roman, word, *_ = _NUMBERS[number]
    yield f"{base} {number}".strip()
    yield f"{base} {roman}".strip()
    if country == "KH":
        yield f"{base} {word}".strip()
        yield from (f"{base} Ti {form}".strip() for form in (number, roman, word))
        yield from (f"{base} Lek {form}".strip() for form in (number, roman, word))


def _numbered_in_khmer(unit: Unit, above: Unit, number: int, here: frozenset[str]) -> Iterator[Case]:
    _, _, digit, word = _NUMBERS[number]
    base = unit.khmer.replace(" ", "")
    for written in (digit, word):
        base = base.removesuffix(written)
    base = base.removesuffix("ទី").removesuffix("លេខ")
    commune, district = (words_for(one.country, one.type, one.local_type)["km"] for one in (unit, above))
    for marker in ("", "ទី", "លេខ"):
        for form in (digit, word):
            named = f"{commune}{base}{marker}{form}"
            yield Case(Mention(f"{named} {district}{above.khmer}"), here)
            yield Case(Mention(named, (), (), "", (district + above.khmer,)), here)


# --- Phrases ----------------------------------------------------------------------------------------------------

_WHERE = ("northern", "mountainous", "Mekong Delta", "Central Highlands", "southern coastal")


def phrases() -> Iterator[Case]:
    """Districts of provinces and provinces of a part of the country in the phrases of the press, in four languages."""
    for number, unit in enumerate(units().values()):
        words = words_for(unit.country, unit.type, unit.local_type)
        if unit.type == "province":
            ids = frozenset(id_ for id_ in spelt_alike([unit], "province") if units()[id_].country == unit.country)
            for form in (unit.name, keys.fold(unit.name).title()):
                where, typed = _WHERE[number % len(_WHERE)], words["en"].lower()
                yield Case(Mention(f"the {where} {typed} of {form}"), ids)
                yield Case(Mention(f"{where} {form} {typed}"), ids)
                yield Case(Mention(f"la {words['fr']} septentrionale de {form}"), ids)
                yield Case(Mention(f"{words['official']} miền núi {form}"), ids)
        above = units().get(unit.parent)
        if unit.type != "district" or not above:
            continue
        ids = frozenset(id_ for id_ in spelt_alike([unit], "district") if units()[id_].parents & {above.id})
        for form, upper in (
            (unit.name, above.name),
            (str(keys.fold(unit.name)).title(), str(keys.fold(above.name)).title()),
        ):
            yield from (Case(Mention(text), ids) for text in _phrases(unit, above, form, upper))
        if unit.khmer and above.khmer:
            yield from (Case(Mention(text), ids) for text in _phrases_in_khmer(unit, above))


def _phrases(unit: Unit, above: Unit, form: str, upper: str) -> Iterator[str]:
    words, over = (words_for(one.country, one.type, one.local_type) for one in (unit, above))
    english, french = words["en"].lower(), words["fr"]
    named = f"District {form}" if form.isdecimal() else f"{form} {english}"
    yield f"{named} of {upper} {over['en'].lower()}"
    yield f"{named} in {upper} {over['en'].lower()}"
    yield f"{named} in the northern {over['en'].lower()} of {upper}"
    yield f"{upper} {over['en'].lower()}'s {named}"
    yield f"{upper}'s {named}"
    yield f"{french} de {form} dans la {over['fr']} de {upper}"
    yield f"le {french} de {form} de la {over['fr']} de {upper}"
    yield f"{words['official']} {form} thuộc {over['official'].lower()} {upper}"
    yield f"{words['official']} {form} của {over['official'].lower()} {upper}"
    yield f"{words['official']} {form} ở {over['official'].lower()} {upper}"


def _phrases_in_khmer(unit: Unit, above: Unit) -> Iterator[str]:
    words, over = (words_for(one.country, one.type, one.local_type)["km"] for one in (unit, above))
    yield f"{words}{unit.khmer}{over}{above.khmer}"
    yield f"{words}{unit.khmer}នៃ{over}{above.khmer}"
    yield f"{words}{unit.khmer} ក្នុង{over}{above.khmer}"
    yield f"{words}{unit.khmer}{over}{above.khmer}ប្រទេសកម្ពុជា"


def run_together() -> Iterator[Case]:
    """Communes of Cambodia in Khmer with house, village, district, province and country, all run together."""
    for unit in units().values():
        above = units().get(unit.parent)
        over = units().get(above.parent) if above else None
        if unit.type != "commune" or not (above and over and unit.khmer and above.khmer and over.khmer):
            continue
        ids = frozenset(
            one.id
            for one in units().values()
            if one.khmer.replace(" ", "") == unit.khmer.replace(" ", "") and one.parents & {above.id}
        )
        names = "".join(
            words_for(one.country, one.type, one.local_type)["km"] + one.khmer for one in (unit, above, over)
        )
        yield Case(Mention(f"ភូមិថ្មី{names}"), ids)
        yield Case(Mention(f"ផ្ទះលេខ១២ភូមិកណ្តាល{names}ប្រទេសកម្ពុជា"), ids)
        yield Case(Mention(f"ភូមិ៣{names}ព្រះរាជាណាចក្រកម្ពុជា"), ids)


# --- Islands, type words behind names, misspelt type words --------------------------------------------------------


def islands() -> Iterator[Case]:
    """Island districts, and the special zones they became, with words for islands in three languages."""
    zones = [unit for unit in units().values() if unit.local_type == "đặc khu" and unit.type == "commune"]
    for zone in zones:
        ids = spelt_alike([zone])
        for form in (zone.name, str(keys.fold(zone.name)).title()):
            for text in (f"{form} island", f"{form} islands", f"{form} archipelago", f"île de {form}"):
                yield Case(Mention(text), ids)
        for text in (f"đảo {zone.name}", f"quần đảo {zone.name}", f"Huyện đảo {zone.name}", f"đặc khu {zone.name}"):
            yield Case(Mention(text), ids)
    for unit in units().values():
        # A commune or district on land is no island.
        if unit.country == "VN" and unit.type == "commune" and unit.local_type in {"phường", "thị trấn"}:
            yield Case(Mention(f"đảo {unit.name}"), spelt_alike(zones) & spelt_alike([unit]) | _once_islands(unit))


def _once_islands(unit: Unit) -> frozenset[str]:
    """Return the districts that bear a unit's name: who says island means one of them, if anything."""
    key = keys.key(unit.name)
    named = frozenset(row["id"] for row in tables()["names"] if keys.key(row["text"]) == key)
    return spelt_alike([unit], "district") | {
        id_ for id_ in named if id_ in units() and units()[id_].type == "district"
    }


def type_behind() -> Iterator[Case]:
    """Provinces and districts as libraries and old lists of ISO have them: ``Cần Thơ, thành phố``."""
    for unit in units().values():
        if unit.type == "commune":
            continue
        words = words_for(unit.country, unit.type, unit.local_type)
        ids = frozenset(id_ for id_ in spelt_alike([unit]) if units()[id_].country == unit.country)
        for form in (unit.name, str(keys.fold(unit.name)).title()):
            word = words["official"].lower() if form == unit.name else str(keys.fold(words["official"]))
            yield Case(Mention(f"{form}, {word}"), ids)
            yield Case(Mention(f"{form} ({word})"), ids)
            yield Case(Mention(f"{form}, {words['en'].lower()}"), ids)
            yield Case(Mention(f"{form} ({words['fr']})"), ids)


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


SWEEPS: dict[str, Sweep] = {
    "numbered": numbered,
    "phrases": phrases,
    "run together": run_together,
    "islands": islands,
    "type behind": type_behind,
    "type slips": type_slips,
    "tones": tones,
    "codes": codes,
    "han": han,
}
