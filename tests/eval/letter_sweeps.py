"""Sweeps over addresses in which parents are their first letters: ``Hòa Vang, ĐN``; ``xã Mỹ Khánh, TPLX, AG``.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from resolver.model import Mention
from resolver.text import keys
from tests.drawn_addresses import LAST_OLD_DAY, Address, addresses
from tests.eval.sweeping import Case, Sweep
from tests.eval.sweeps import districts

__all__ = ["SWEEPS"]

_DRAWN, _SEED = 1_000, 18
_LONGEST = 4
_TAKEN = frozenset({"HN", "ST", "ĐT"})
"""Letters that everybody takes for one province, or for a street: ``St.``, ``đường tỉnh``."""


def _letters(name: str) -> str:
    """Return the first letters of a name of several words: ``ĐN``; nothing for a name of one."""
    words = name.replace("-", " ").split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _districts(written: Callable[[Address, str], str]) -> Sweep:
    def sweep() -> Iterator[Case]:
        for one in districts():
            letters = _letters(one.parts[1][1])
            if 1 < len(letters) < _LONGEST and letters not in _TAKEN:
                yield Case(Mention(written(one, letters), date=LAST_OLD_DAY), frozenset({one.id}))

    return sweep


def _communes(written: Callable[[Address, str], str], *, city: bool = False) -> Sweep:
    def sweep() -> Iterator[Case]:
        pool = [one for one in addresses() if one.parts[1][0] == "thành phố"] if city else list(addresses())
        for one in Random(_SEED).sample(pool, min(_DRAWN, len(pool))):
            letters = _letters(one.parts[1 if city else 2][1])
            if 1 < len(letters) < _LONGEST and letters not in _TAKEN:
                yield Case(Mention(written(one, letters), date=LAST_OLD_DAY), frozenset({one.id}))

    return sweep


def _of_another_province() -> Iterator[Case]:
    """Yield districts with the letters of a province that never held one of their name: which is wrong, is open."""
    letters_of = {one.parts[1]: _letters(one.parts[1][1]) for one in districts()}
    of_name: dict[str, set[str]] = {}
    for one in districts():
        of_name.setdefault(keys.key(one.parts[0][1]), set()).add(str(keys.fold(letters_of[one.parts[1]])))
    random = Random(_SEED)
    for one in districts():
        other = random.choice(
            [letters for letters in letters_of.values() if len(letters) > 1 and letters not in _TAKEN]
        )
        if str(keys.fold(other)) not in of_name[keys.key(one.parts[0][1])]:
            around = frozenset({one.id})
            yield Case(Mention(f"{one.texts[0]}, {other}", date=LAST_OLD_DAY), frozenset(), is_open=True, around=around)


SWEEPS: dict[str, Sweep] = {
    "province in letters": _districts(lambda one, letters: f"{one.texts[0]}, {letters}"),
    "province in letters, bare": _districts(lambda one, letters: f"{one.parts[0][1]}, {letters}"),
    "province in letters, folded": _districts(
        lambda one, letters: f"{keys.fold(one.texts[0])}, {keys.fold(letters).upper()}"
    ),
    "province in letters, small": _districts(lambda one, letters: f"{one.texts[0]}, {letters}".lower()),
    "commune, province in letters": _communes(lambda one, letters: f"{', '.join(one.texts[:2])}, {letters}"),
    "city in letters": _communes(lambda one, letters: f"{one.texts[0]}, TP{letters}, {one.parts[2][1]}", city=True),
    "city in letters, small": _communes(
        lambda one, letters: f"{one.texts[0]}, tp{letters}, {one.parts[2][1]}".lower(), city=True
    ),
    "city in letters alone": _communes(lambda one, letters: f"{one.texts[0]}, TP.{letters}", city=True),
    "letters of another province": _of_another_province,
}
"""The sweeps by kind."""
