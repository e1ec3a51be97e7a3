"""Sweeps over addresses that run on or say more than they should: no comma, a word twice, a former unit in brackets.

Houses, streets and hamlets stand in front of the unit as people write them; what it was before the reform of 2025 is in
brackets behind it.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

from resolver.model import Mention
from resolver.text import keys
from tests import samples
from tests.drawn_addresses import LAST_OLD_DAY, NEW_DAY, Address, addresses, new, standing
from tests.eval.sweeping import Case, Sweep
from tests.samples import SEED

__all__ = ["SWEEPS"]

_EVERY = 4
_HAMLETS = ("Tổ {n}, khu phố {k}", "Ấp {k}", "thôn {k}", "{n} đường số {k}", "KP {k}", "Lầu 2, {n} Quốc lộ 1A")
_NUMBERED = ("Khu {k}", "{n} đường số {k}", "ấp {k}", "{n} 3 tháng 2, khu phố {k}")
_FORMER = (
    "(cũ: {commune}, {district})", "({district}, {province} cũ)", "({province} cũ)", "(trước là {commune})",
    "(formerly {plain})",
)  # fmt: skip
_LETTERS_LEFT = 5


def _texts(one: Address) -> list[str]:
    return [f"{word.capitalize()} {name}" for word, name in one.parts]


def _slipped(name: str, random: Random) -> str:
    """Return a name without diacritics with two letters swapped; a short name or a number as it is."""
    plain = str(keys.fold(name)).title()
    at = random.randrange(1, max(len(plain) - 1, 2))
    if len(plain) < _LETTERS_LEFT or not plain[at : at + 2].isalpha() or plain[at] == plain[at + 1 : at + 2]:
        return plain
    return plain[:at] + plain[at + 1 : at + 2] + plain[at] + plain[at + 2 :]


def _head(heads: tuple[str, ...], random: Random) -> str:
    return random.choice(heads).format(n=random.randrange(1, 400), k=random.randrange(1, 13))


def run_on() -> Iterator[Case]:
    """Communes of both systems, misspelt and without diacritics, directly behind a hamlet or a street's number."""
    random = Random(SEED)
    for units, day in ((addresses(), LAST_OLD_DAY), (new(), NEW_DAY)):
        for one in units[::_EVERY]:
            (word, name), *uppers = one.parts
            if name.isdecimal():
                continue
            around = [f"{upper.capitalize()} {above}" for upper, above in uppers]
            written = f"{str(keys.fold(word)).capitalize()} {_slipped(name, random)}"
            text = " ".join((f"{_head(_HAMLETS, random)} {written}", *around))
            yield Case(Mention(text, date=day), frozenset({one.id}), around=_around(one))


@cache
def _districts() -> dict[tuple[tuple[str, str], ...], str]:
    return {one.parts: one.id for one in standing(LAST_OLD_DAY, "district", levels=2)}


def _around(one: Address) -> frozenset[str]:
    """Return the district of an old commune: too little of an answer, but not a wrong one."""
    district = _districts().get(one.parts[1:])
    return frozenset({district} if district else ())


def numbered_heads() -> Iterator[Case]:
    """Wards of today's cities whose districts had numbers, behind numbers of houses, streets and hamlets."""
    random = Random(SEED)
    for one in new():
        if one.parts[-1][0] == "thành phố":
            text = ", ".join((_head(_NUMBERED, random), *_texts(one)))
            yield Case(Mention(text, date=NEW_DAY), frozenset({one.id}))


def word_twice() -> Iterator[Case]:
    """Communes of today with a word of the name typed twice."""
    random = Random(SEED)
    for one in new()[::_EVERY]:
        words = one.parts[0][1].split()
        at = random.randrange(len(words))
        if words[at].isalpha():
            name = " ".join((*words[: at + 1], *words[at:]))
            texts = random.choice((_texts(one), [text for _, text in one.parts]))
            text = ", ".join((texts[0].replace(one.parts[0][1], name), *texts[1:]))
            yield Case(Mention(text, date=NEW_DAY), frozenset({one.id}))


@cache
def _before() -> dict[str, Address]:
    """Return a commune of the last old day that each of today's was formed of."""
    old = {one.id: one for one in addresses()}
    changes = samples.tables().standing("changes")
    formed = ((row["to_id"], row["from_id"]) for row in changes if row["date"] == NEW_DAY)
    return {after: old[before] for after, before in formed if after and before in old}


def former_aside() -> Iterator[Case]:
    """Communes of today with what they were before in brackets, behind them or behind their province."""
    random = Random(SEED)
    for one in new()[::_EVERY]:
        before = _before().get(one.id)
        if before is None or before.parts[-1][1] == one.parts[-1][1]:
            continue
        commune, district, province = _texts(before)
        plain = str(keys.fold(before.parts[-1][1])).title()
        aside = random.choice(_FORMER).format(commune=commune, district=district, province=province, plain=plain)
        texts = _texts(one)
        texts[random.randrange(2)] += f" {aside}"
        yield Case(Mention(", ".join(texts), date=NEW_DAY), frozenset({one.id}))


SWEEPS: dict[str, Sweep] = {
    "behind a hamlet, no comma": run_on,
    "numbers of streets and hamlets": numbered_heads,
    "a word typed twice": word_twice,
    "former units in brackets": former_aside,
}
