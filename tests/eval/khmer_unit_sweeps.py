"""Sweeps over units of Cambodia in Khmer: what is named after them, and communes that bear the name of a larger unit.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from resolver.model import Mention
from tests.eval.name_sweeps import Unit, spelt_alike, units, words_for
from tests.eval.sweeping import Case, Sweep

__all__ = ["SWEEPS"]

_BODIES = ("សាលាដំបូង", "អយ្យការអមសាលាដំបូង", "តុលាការ", "ពន្ធនាគារ", "មន្ទីរពេទ្យបង្អែក", "ធនាគារកាណាឌីយ៉ា សាខា")
_KHAN = ("ខ័ណ្ឌ", "ខន្ឌ")


def _larger() -> Iterator[Unit]:
    for unit in units().values():
        if unit.country == "KH" and unit.type in ("province", "district") and unit.khmer:
            yield unit


@cache
def _communes() -> dict[str, frozenset[str]]:
    """Return the communes by their Khmer names without spaces."""
    found: dict[str, set[str]] = defaultdict(set)
    for unit in units().values():
        if unit.country == "KH" and unit.type == "commune":
            found[unit.khmer.replace(" ", "")].add(unit.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def _commune_of_that_name() -> Iterator[Case]:
    """A commune said to bear the name of a province or district: that commune or none, never another or the unit."""
    for unit in _larger():
        native = _communes().get(unit.khmer.replace(" ", ""), frozenset())
        ids = native | spelt_alike([unit], "commune") | _sounding(native) | _in_province(unit.name)
        yield Case(Mention(f"ភូមិ{unit.khmer} ឃុំ{unit.khmer}"), ids)
        yield Case(Mention(f"ឃុំ{unit.khmer}"), ids)
        yield Case(Mention(f"Phum {unit.name}, Khum {unit.name}"), ids)
        yield Case(Mention(f"{unit.name} village, {unit.name} commune"), ids)


def _sounding(ids: frozenset[str]) -> frozenset[str]:
    return spelt_alike([units()[one] for one in ids], "commune")


def _in_province(name: str) -> frozenset[str]:
    """Return the communes of the province that the last word of a name is: Khum Sithor in Kandal."""
    first, _, last = name.rpartition(" ")
    provinces = {unit.id for unit in _larger() if unit.type == "province" and unit.name == last}
    found = (unit for unit in units().values() if unit.type == "commune" and first in unit.names)
    return frozenset(unit.id for unit in found if any(units()[one].parent in provinces for one in unit.parents - {""}))


def _bodies() -> Iterator[Case]:
    """Courts, prisons, hospitals and branches of banks named after each unit: they are not that unit."""
    for number, unit in enumerate(_larger()):
        word = words_for(unit.country, unit.type, unit.local_type)["km"]
        yield Case(Mention(f"{_BODIES[number % len(_BODIES)]}{word}{unit.khmer}"), frozenset())
        yield Case(Mention(f"{_BODIES[(number + 3) % len(_BODIES)]} {word}{unit.khmer}"), frozenset())


def _khans() -> Iterator[Case]:
    """Each khan with its type word in the other spellings that people write."""
    for unit in _larger():
        if unit.local_type == "khan":
            for word in _KHAN:
                yield Case(Mention(f"{word}{unit.khmer}"), frozenset({unit.id}))
                yield Case(Mention(f"{word}{unit.khmer} រាជធានីភ្នំពេញ"), frozenset({unit.id}))


SWEEPS: dict[str, Sweep] = {
    "commune named like a larger unit": _commune_of_that_name,
    "Khmer bodies of units": _bodies,
    "khan, spelt otherwise": _khans,
}
"""Sweeps by the name of their kind."""
