"""Sweeps over addresses made of columns: they contradict each other, repeat a name, or are empty.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

from resolver.model import Mention
from resolver.text import keys
from tests.drawn_addresses import LAST_OLD_DAY, Address, addresses
from tests.eval.sweeping import Case, Sweep
from tests.eval.sweeps import districts

__all__ = ["SWEEPS"]

_NAMED = ("Xã ", "Phường ", "Thị trấn ")
"""Type words of communes, at the beginning of their texts."""


@cache
def _neighbours() -> tuple[tuple[Address, Address], ...]:
    """Return two communes of each district, with names that no letter or number alone tells apart."""
    within: dict[tuple[str, ...], list[Address]] = {}
    for one in addresses():
        if one.texts[0].startswith(_NAMED):
            within.setdefault(tuple(one.texts[1:]), []).append(one)
    return tuple(pair for communes in within.values() for pair in list(pairwise(communes))[:1])


def _two_communes(written: Callable[[Address, Address], str]) -> Sweep:
    def sweep() -> Iterator[Case]:
        for one, other in _neighbours():
            yield Case(Mention(written(one, other), date=LAST_OLD_DAY), frozenset({one.id, other.id}), is_open=True)

    return sweep


def _empty_commune(written: str) -> Sweep:
    """Return addresses of districts with a commune's type word and no name."""

    def sweep() -> Iterator[Case]:
        for one in districts():
            yield Case(Mention(", ".join((written, *one.texts)), date=LAST_OLD_DAY), frozenset({one.id}))

    return sweep


def _behind_a_hyphen() -> Iterator[Case]:
    for one, other in _neighbours():
        for address in (one, other):
            text = f"Tổ 3 - {address.texts[0]} - {address.texts[1]}, {address.texts[2]}"
            yield Case(Mention(text, date=LAST_OLD_DAY), frozenset({address.id}))


@cache
def _communes_so_called() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one in addresses():
        found.setdefault(str(keys.key(" ".join((one.parts[0][1], *one.texts[1:])))), set()).add(one.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def _district_twice(*, inline: bool) -> Sweep:
    """Return districts named twice by their bare name: a commune of that name in them is right as well."""

    def sweep() -> Iterator[Case]:
        for one in districts():
            name, province = one.parts[0][1], one.parts[1][1]
            namesakes = _communes_so_called().get(str(keys.key(" ".join((name, *one.texts)))), frozenset())
            ids = frozenset({one.id, *namesakes})
            if inline:
                yield Case(Mention(f"{name}, {name}, {province}", date=LAST_OLD_DAY), ids)
            else:
                yield Case(Mention(name, date=LAST_OLD_DAY, within=(name, province)), ids)

    return sweep


def _named_after_its_district(head: str) -> Sweep:
    """Return bare communes behind a market or street that has the name of their district."""

    def sweep() -> Iterator[Case]:
        for one, other in _neighbours():
            for address in (one, other):
                text = ", ".join((f"{head} {address.parts[1][1]}", address.parts[0][1], *address.texts[1:]))
                yield Case(Mention(text, date=LAST_OLD_DAY), frozenset({address.id}))

    return sweep


def _tower(*, typed: bool) -> Sweep:
    """Return districts behind a tower that has the name of their province."""

    def sweep() -> Iterator[Case]:
        for one in districts():
            district, province = one.texts if typed else (name for _, name in one.parts)
            text = f"Floor 5, {keys.fold(one.parts[1][1]).title()} Tower, 12 Le Loi, {district}, {province}"
            yield Case(Mention(text, date=LAST_OLD_DAY), frozenset({one.id}))

    return sweep


def _body_of(words: str) -> Sweep:
    """Return bodies of districts, none of which is in the tables and none of which is the district itself."""

    def sweep() -> Iterator[Case]:
        for one in districts():
            ids = frozenset({one.id})
            yield Case(Mention(f"{words} {', '.join(one.texts)}", date=LAST_OLD_DAY), ids, is_open=True)
            yield Case(Mention(f"{words} {one.texts[0]}, {one.parts[1][1]}"), ids, is_open=True)

    return sweep


SWEEPS: dict[str, Sweep] = {
    "two communes": _two_communes(lambda one, other: ", ".join((one.texts[0], *other.texts))),
    "two communes, folded": _two_communes(
        lambda one, other: ", ".join(str(keys.fold(text)) for text in (one.texts[0], *other.texts))
    ),
    "two communes, district twice": _two_communes(lambda one, other: ", ".join((*one.texts[:2], *other.texts))),
    "commune left empty": _empty_commune("12 Lê Lợi, Phường"),
    "commune left empty, hamlet": _empty_commune("Thôn 3, xã"),
    "hamlet and commune with hyphens": _behind_a_hyphen,
    "market named after its district": _named_after_its_district("Chợ"),
    "street named after its district": _named_after_its_district("12 đường"),
    "tower named after its province": _tower(typed=True),
    "tower named after its province, bare": _tower(typed=False),
    "police of a district": _body_of("Công an"),
    "committee of a district": _body_of("UBND"),
    "district twice": _district_twice(inline=True),
    "district twice, within": _district_twice(inline=False),
}
"""The sweeps by kind."""
