"""Facts implied by changes: parts that move with a smaller unit, and units formed from an unknown origin.

When a commune is moved to another district, both districts continue, and the sources record it only for the commune.
For the districts, a part of one has become a part of the other. When a commune was formed and no source says from
what, its neighbours have lost an unknown part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from resolver.days import LAST_DAY, day_range

__all__ = ["add_transfers"]

_PARENT, _FROM, _TO = 5, 2, 3


def add_transfers(records: Mapping[str, dict[str, Any]]) -> None:
    """Add to each record, by id, the parts that it ``handed`` over and ``received`` with smaller units.

    Also add the smaller units that were ``founded`` in it from an unrecorded origin.
    """
    for record in records.values():
        record["handed"], record["received"], record["founded"] = [], [], []
    for id_, record in records.items():
        for cells in record["origins"]:
            parent = _parent(record, day_range(cells[0])[0])
            if not cells[_FROM] and parent in records and records[parent]["type"] != "country":
                records[parent]["founded"].append([cells[0], id_])
    known = {(day_range(cells[0])[0], cells[_FROM], cells[_TO]) for r in records.values() for cells in r["changes"]}
    for id_, record in records.items():
        for before, after in zip(record["versions"], record["versions"][1:], strict=False):
            if before[_PARENT] != after[_PARENT] and before[1] == after[0] != "":
                for giver, taker in _apart(records, before[_PARENT], after[_PARENT], day_range(after[0])[0]):
                    if (day_range(after[0])[0], giver, taker) in known:
                        continue
                    cells = [*_cells(record, after, giver, taker), id_]
                    records[giver]["handed"].append(cells)
                    records[taker]["received"].append(cells)


def _apart(records: Mapping[str, dict[str, Any]], giver: str, taker: str, day: int) -> Iterator[tuple[str, str]]:
    """Yield the pairs of units, level by level, where one lost and the other got a part on a day, and both continue."""
    while giver in records and taker in records and giver != taker:
        if records[giver]["type"] == records[taker]["type"] and _ends(records[giver]) > day:
            yield giver, taker
        giver, taker = _parent(records[giver], day - 1), _parent(records[taker], day)


def _ends(record: Mapping[str, Any]) -> int:
    return max((day_range(cells[1])[0] if cells[1] else LAST_DAY for cells in record["versions"]), default=LAST_DAY)


def _parent(record: Mapping[str, Any], day: int) -> str:
    """Return the parent of an entity on a day."""
    for cells in record["versions"]:
        if (not cells[0] or day_range(cells[0])[0] <= day) and (not cells[1] or day < day_range(cells[1])[0]):
            return str(cells[_PARENT])
    return ""


def _cells(record: Mapping[str, Any], after: list[str], giver: str, taker: str) -> list[str]:
    """Return the change of the larger units, with the instrument that changed the smaller one."""
    own = [cells for cells in record["changes"] if cells[0] == after[0]]
    told = next((cells for cells in own if cells[1] == "reparented"), own[0] if own else [""] * 9)
    note = f"{after[2]} {after[3]}".strip()
    return [after[0], "boundary", giver, taker, "part", "part", told[6], note, told[8]]
