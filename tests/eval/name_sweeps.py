"""The units that sweeps go over, and the sweep over numbered ones.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import cast

from resolver.days import day_range
from resolver.gazetteer.reader import Row
from resolver.model import EntityType, Mention
from resolver.text import keys
from tests.drawn_addresses import LAST_OLD_DAY, addresses, standing
from tests.eval.sweeping import Case, Sweep
from tests.samples import tables

__all__ = ["SWEEPS", "Unit", "spelt_alike", "units", "words_for"]


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


# --- Towns, as they were called until there were none -----------------------------------------------------------------


def _towns(*, within: bool, folded: bool) -> Iterator[Case]:
    """Yield every name of a town, with its type word and no date: no unit formed since is a town."""
    kinds = {row["id"]: row["type"] for row in tables()["entities"]}
    towns = [
        row
        for row in tables().standing("versions")
        if row["local_type"] == "thị trấn" and kinds[row["id"]] == "commune"
    ]
    so_called: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in towns:
        for province in _provinces_of(row["parent_id"]):
            name = row["name"] if not folded else keys.fold(row["name"])
            so_called[name, province if within else ""].add(row["id"])
    for (name, province), ids in so_called.items():
        text = ", ".join(
            ["thi tran " + name if folded else "thị trấn " + name, *([units()[province].name] if within else [])]
        )
        yield Case(Mention(keys.fold(text) if folded else text), frozenset(ids))


def _provinces_of(parent: str) -> Iterator[str]:
    """Yield the province that a district was in, or that a parent is itself."""
    if units()[parent].type == "province":
        yield parent
    else:
        yield from (
            upper for upper in units()[parent].parents if upper in units() and units()[upper].type == "province"
        )


# --- Communes that have ended, in the province of today --------------------------------------------------------------


def _in_todays_province(*, folded: bool) -> Iterator[Case]:
    """Yield the communes of the last day of three levels in the province that theirs became part of, with no date.

    Right is whatever has ever borne the name, by its letters, and the type in what is that province today.
    """
    so_called: dict[str, set[str]] = defaultdict(set)
    for row in tables().standing("versions"):
        if row["id"] in units() and units()[row["id"]].type == "commune" and row["parent_id"] in units():
            for province in _provinces_of(row["parent_id"]):
                text = f"{row['local_type']} {row['name']}, {_todays().get(province, province)}"
                so_called[keys.key(text)].add(row["id"])
    for one in addresses():
        upper = units()[_todays()[_province_ids()[one.parts[-1]]]]
        (word, name) = one.parts[0]
        text = f"{word} {name}, {upper.local_type} {upper.name}"
        yield Case(
            Mention(", ".join(map(keys.fold, text.split(", "))) if folded else text),
            frozenset(so_called[keys.key(f"{word} {name}, {upper.id}")]),
        )


@cache
def _province_ids() -> dict[tuple[str, str], str]:
    """Return the ids of the provinces of the last day of three levels by type and name."""
    return {one.parts[0]: one.id for one in standing(LAST_OLD_DAY, "province", levels=1)}


@cache
def _todays() -> dict[str, str]:
    """Return what each province of the last day of three levels became part of, or itself."""
    return {one.id: next(iter(one.current), one.id) for one in standing(LAST_OLD_DAY, "province", levels=1)}


SWEEPS: dict[str, Sweep] = {
    "numbered": numbered,
    "ended, province of today": partial(_in_todays_province, folded=False),
    "ended, province of today, folded": partial(_in_todays_province, folded=True),
    "town": partial(_towns, within=False, folded=False),
    "town, folded": partial(_towns, within=False, folded=True),
    "town, province": partial(_towns, within=True, folded=False),
    "town, province, folded": partial(_towns, within=True, folded=True),
}
