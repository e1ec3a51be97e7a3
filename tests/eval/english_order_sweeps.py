"""Sweeps over addresses in the order of English, with each type word behind its name and no comma between the parts.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, partial

from resolver.model import Mention
from resolver.text import keys
from tests.drawn_addresses import LAST_OLD_DAY, Address, addresses
from tests.eval.name_sweeps import words_for
from tests.eval.sweeping import Case, Sweep

__all__ = ["SWEEPS"]

_EVERY = 5
_HOUSES = (
    "12 Le Loi Street",
    "25/7 Alley 12",
    "Sunrise Business Center 360 Kim Ma Street",
    "No. 8 Hung Vuong Road",
    "Villa 4",
    "Room 503 Thang Long Building 3 Tran Phu Street",
)
_LEVELS = ("commune", "district", "province")


def _english(level: str, word: str, name: str) -> str:
    """Return a name with the English word for its type: behind the name, but before a number."""
    english = "City" if word == "thành phố" else words_for("VN", level, word)["en"].title()
    return f"{english} {name}" if name.isdecimal() else f"{name} {english}"


def _written(one: Address, *, province: bool) -> str:
    parts = [_english(level, *part) for level, part in zip(_LEVELS, one.parts, strict=True)]
    return " ".join(parts if province else (*parts[:-1], one.parts[-1][1]))


def _key(one: Address) -> tuple[str, ...]:
    return tuple(str(keys.key(name)) for _, name in one.parts)


@cache
def _ids() -> dict[tuple[str, ...], frozenset[str]]:
    """Return the communes by the letters of their names and of their parents'."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in addresses():
        found[_key(one)].add(one.id)
    return {key: frozenset(ids) for key, ids in found.items()}


def _communes(*, house: bool, date: str, types: tuple[str, ...] = (), province: bool = False) -> Iterator[Case]:
    for number, one in enumerate(addresses()[::_EVERY]):
        text = _written(one, province=province)
        if house:
            text = f"{_HOUSES[number % len(_HOUSES)]} {text}"
        text = text if number % 3 else str(keys.fold(text)).title()
        yield Case(Mention(text, types, (), date), _ids()[_key(one)])  # type: ignore[arg-type]


def _unknown() -> Iterator[Case]:
    """A ward that nobody knows in each city or district, which is then all that is told, if anything is."""
    seen: set[tuple[tuple[str, str], ...]] = set()
    for one in addresses():
        if one.parts[1:] not in seen:
            seen.add(one.parts[1:])
            upper = [_english(level, *part) for level, part in zip(_LEVELS[1:], one.parts[1:], strict=True)]
            yield Case(Mention(f"Zuot Khoeng Ward {upper[0]} {one.parts[-1][1]}", (), (), LAST_OLD_DAY), frozenset())


_PLACE = ("province", "district", "commune")

SWEEPS: dict[str, Sweep] = {
    "English order": partial(_communes, house=False, date=""),
    "English order, dated, place": partial(_communes, house=False, date=LAST_OLD_DAY, types=_PLACE),
    "English order behind a house": partial(_communes, house=True, date=""),
    "English order behind a house, place": partial(_communes, house=True, date="", types=_PLACE),
    "English order to the province": partial(_communes, house=True, date="", province=True),
    "English order, unknown ward": _unknown,
}
"""Sweeps by the name of their kind."""
