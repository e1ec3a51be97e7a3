"""Sweeps over addresses that name a former province, or the former and the later address of one place.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product

from resolver.model import Mention
from tests import drawn_addresses, samples
from tests.drawn_addresses import LAST_OLD_DAY, NEW_DAY, Address, addresses
from tests.eval.name_sweeps import Unit, units, words_for
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
        for before, after in _merged()[::10]:
            meant = frozenset({before.id if means_old else after.id})
            old, new = ", ".join(before.texts), ", ".join(after.texts)
            yield Case(Mention(f"12 Lê Lợi, {written(old, new)}"), meant)

    return sweep


@cache
def _merged() -> tuple[tuple[Address, Address], ...]:
    """Return the communes of three levels, each with one of 2025 that has a part of it."""
    old = {one.id: one for one in addresses()}
    new = {one.id: one for one in drawn_addresses.new()}
    return tuple(
        (old[row["from_id"]], new[row["to_id"]])
        for row in samples.tables().standing("changes")
        if row["date"] == NEW_DAY and row["from_id"] in old and row["to_id"] in new
    )


def _in_former(written: Callable[[Address, str], str]) -> Sweep:
    """Return the communes of 2025 with the district that was there: what is called former is not the commune."""

    def sweep() -> Iterator[Case]:
        meant: dict[str, set[str]] = {}
        for before, after in _merged():
            meant.setdefault(written(after, before.texts[1]), set()).add(after.id)
        for text, ids in meant.items():
            yield Case(Mention(text), frozenset(ids))

    return sweep


def former_commune_in_brackets() -> Iterator[Case]:
    """Communes of 2025 with one that they were formed of: what is outside the brackets is meant."""
    for before, after in _merged()[::5]:
        if before.texts[0] != after.texts[0]:
            text = f"{after.texts[0]} ({before.texts[0]} cũ), {after.texts[1]}"
            yield Case(Mention(text, date=NEW_DAY), frozenset({after.id}))


def parents_other_address() -> Iterator[Case]:
    """Communes beside the column of a district that also says what is there today."""
    for before, after in _merged()[::10]:
        within = (f"{before.texts[1]} (nay là {after.texts[0]})", before.texts[2])
        yield Case(Mention(before.texts[0], within=within, date=LAST_OLD_DAY), frozenset({before.id}))


def former_province_in_brackets() -> Iterator[Case]:
    """Provinces of 2025 with every province of 2024: with one that is no part of them, they contradict themselves.

    Not those that ever had land from each other, and not where a district of one's name lay in the other.
    """
    changes = samples.tables()["changes"]
    became = {(row["from_id"], row["to_id"]) for row in changes if row["date"] == NEW_DAY}
    near: dict[str, set[str]] = {unit.id: {unit.id} for unit in _provinces()}
    for row in changes:
        if row["from_id"] in near and row["to_id"] in near:
            near[row["from_id"]].add(row["to_id"])
            near[row["to_id"]].add(row["from_id"])
    districts_of = {(one.name, up) for one in units().values() if one.type == "district" for up in one.parents}
    named = {(name, units()[one].name) for name, up in districts_of if up in near for one in near[up]}
    merged = {before for before, _ in became}
    old = [unit for unit in _provinces() if unit.id in merged or not (unit.ended or unit.id.endswith("-2025"))]
    for new, before in product([unit for unit in _provinces() if not unit.ended], old):
        is_open = (before.id, new.id) not in became
        so_called = not named.isdisjoint(((new.name, before.name), (before.name, new.name)))
        doubtful = is_open and (near[before.id] & near[new.id] or so_called)
        if before.name != new.name and not doubtful:
            word, former = (words_for("VN", "province", one.local_type)["official"] for one in (new, before))
            yield Case(Mention(f"{word} {new.name} ({former} {before.name} cũ)"), frozenset({new.id}), is_open=is_open)


def _provinces() -> list[Unit]:
    return [unit for unit in units().values() if unit.country == "VN" and unit.type == "province"]


SWEEPS: dict[str, Sweep] = {
    "former province in brackets": former_province_in_brackets,
    "district in an earlier province": in_earlier_provinces,
    "former address in brackets": _both(lambda old, new: f"{new} (địa chỉ cũ: {old})", means_old=False),
    "later address in brackets": _both(lambda old, new: f"{old} (nay là {new})", means_old=True),
    "later address behind a comma": _both(lambda old, new: f"{old}, nay là {new}", means_old=True),
    "former district in brackets": _in_former(lambda new, district: f"{new.texts[0]} ({district} cũ), {new.texts[1]}"),
    "former district in brackets, no province": _in_former(lambda new, district: f"{new.texts[0]} ({district} cũ)"),
    "what a commune lay in": _in_former(lambda new, old: f"{new.texts[0]} (trước đây thuộc {old}), {new.texts[1]}"),
    "former commune in brackets": former_commune_in_brackets,
    "other address of a parent": parents_other_address,
}
