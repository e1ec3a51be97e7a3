"""Sweeps over addresses that name a former province, or the former and the later address of one place.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

from resolver.model import Mention
from tests import drawn_addresses, samples
from tests.drawn_addresses import NEW_DAY, addresses
from tests.eval.sweeping import Case, Sweep
from tests.eval.sweeps import districts, last_names

__all__ = ["SWEEPS"]


def in_earlier_provinces() -> Iterator[Case]:
    """Districts in the provinces that theirs was formed of before districts are recorded, with and without words."""
    names = last_names()
    for one in districts():
        word, name = one.parts[0]
        alike = [other.id for other in districts() if other.parts[0][1] == name]
        for province in sorted(_formed_of(one.id)):
            ids = frozenset(id_ for id_ in alike if province in _formed_of(id_))
            yield Case(Mention(f"{word} {name}, tỉnh {names[province]}"), ids)
            yield Case(Mention(f"{name}, {names[province]}, Vietnam"), ids)


@cache
def _formed_of(district: str) -> frozenset[str]:
    """Return the provinces that had ended when a district's was formed of them, or of what was formed of them."""
    found: set[str] = set()
    waiting = list(_first_parents().get(district, ()))
    while waiting:
        new = _ended_provinces().get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return frozenset(found)


@cache
def _first_parents() -> dict[str, set[str]]:
    """Return the provinces of each district whose beginning is not recorded."""
    rows = samples.tables().standing("versions")
    return {row["id"]: {row["parent_id"]} for row in rows if not row["valid_from"] and row["parent_id"]}


@cache
def _ended_provinces() -> dict[str, set[str]]:
    """Return the provinces that ended on the day on which another was formed of them, if none has their name since."""
    rows = [row for row in samples.tables().standing("versions") if "-province-" in row["id"]]
    begun, ended = ({(row["id"], row[column]) for row in rows} for column in ("valid_from", "valid_to"))
    bearers = Counter(name for id_, name in last_names().items() if "-province-" in id_)
    found: dict[str, set[str]] = {}
    for row in samples.tables().standing("changes"):
        before, after, day = row["from_id"], row["to_id"], row["date"]
        if (before, day) in ended and (after, day) in begun and bearers[last_names()[before]] == 1:
            found.setdefault(after, set()).add(before)
    return found


def _both(written: Callable[[str, str], str], *, means_old: bool) -> Sweep:
    """Return addresses that tell the former and the later address of a place: every tenth commune merged in 2025."""

    def sweep() -> Iterator[Case]:
        old = {one.id: ", ".join(one.texts) for one in addresses()}
        new = {one.id: ", ".join(one.texts) for one in drawn_addresses.new()}
        rows = samples.tables().standing("changes")
        merged = [
            (row["from_id"], row["to_id"])
            for row in rows
            if row["date"] == NEW_DAY and row["from_id"] in old and row["to_id"] in new
        ]
        for before, after in merged[::10]:
            meant = frozenset({before if means_old else after})
            yield Case(Mention(f"12 Lê Lợi, {written(old[before], new[after])}"), meant)

    return sweep


SWEEPS: dict[str, Sweep] = {
    "district in an earlier province": in_earlier_provinces,
    "former address in brackets": _both(lambda old, new: f"{new} (địa chỉ cũ: {old})", means_old=False),
    "later address in brackets": _both(lambda old, new: f"{old} (nay là {new})", means_old=True),
    "later address behind a comma": _both(lambda old, new: f"{old}, nay là {new}", means_old=True),
}
