"""Sweeps over addresses with one letter wrong in a name: no surer than the name as it should be.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

from resolver.model import Mention
from resolver.text import keys
from tests import samples
from tests.drawn_addresses import LAST_OLD_DAY, Address, addresses, new, standing
from tests.eval.sweeping import Case, Sweep
from tests.samples import SEED

__all__ = ["SWEEPS"]

_LETTERS = "bcdghklmnprstvx"
_LEAST = 5
"""Letters of a name of which one may be wrong."""
_LOCALITIES = frozenset({"ban", "buon", "cau", "cho", "cua", "dong", "nha", "pho", "so", "thon", "xom", "lang", "ap"})
"""First words of names that are words for what lies below a commune too, or one letter off such a word."""


@cache
def _keys() -> frozenset[str]:
    """Return the keys of all names."""
    return frozenset(str(keys.key(row.text)) for row in samples.name_rows())


def _slips(name: str, random: Random) -> Iterator[str]:
    """Yield a name with a letter left out, replaced and doubled, where that is no other name."""
    places = [at for at, letter in enumerate(name) if letter.isalpha() and at]
    for kind in range(3):
        at = random.choice(places)
        middle = ("", random.choice(_LETTERS), name[at] * 2)[kind]
        text = name[:at] + middle + name[at + 1 :]
        if str(keys.key(text)) not in _keys():
            yield text


def misspelt_of_two_levels() -> Iterator[Case]:
    """Every district of the last day of three levels, bare, misspelt, in its province.

    Where a commune of today has the name in a province of that name, the two stay open, as they do if nothing is wrong.
    """
    random = Random(SEED)
    heirs = {(one.parts[0][1], keys.key(one.parts[1][1])) for one in new()}
    for one in standing(LAST_OLD_DAY, "district", levels=2):
        (_, name), (_, province) = one.parts
        if len(keys.key(name)) < _LEAST or any(map(str.isdecimal, name)):
            continue
        is_open = (name, keys.key(province)) in heirs
        for text in _slips(name, random):
            yield Case(Mention(f"{text}, {province}"), frozenset({one.id}), is_open=is_open)


def misspelt_like_a_locality() -> Iterator[Case]:
    """Every commune whose name begins like a hamlet, a street or a house, misspelt, before its district."""
    random = Random(SEED)
    for one in addresses():
        if _begins_like_a_locality(one):
            for text in _slips(one.parts[0][1], random):
                yield Case(Mention(f"{text}, {', '.join(one.texts[1:])}"), frozenset({one.id}))


def _begins_like_a_locality(one: Address) -> bool:
    name = one.parts[0][1]
    return keys.fold(name).split()[0] in _LOCALITIES and len(keys.key(name)) >= _LEAST


SWEEPS: dict[str, Sweep] = {
    "misspelt name of two levels": misspelt_of_two_levels,
    "misspelt name like a locality": misspelt_like_a_locality,
}
"""The sweeps by kind."""
