"""What the changes do not tell of themselves: parts that pass with a smaller unit, and units formed of what is unknown.

When a commune is put under another district, both districts go on, and the sources tell it of the commune alone. For
whoever follows the districts, a part of the one has become a part of the other. When a commune was formed and no
source says of what, its neighbours have lost something that nobody can name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from resolver.days import LAST_DAY, day_range

__all__ = ["add_transfers"]

_PARENT, _FROM, _TO = 5, 2, 3


def add_transfers(records: Mapping[str, dict[str, Any]]) -> None:
    """Add to each record, by id, the parts that it ``handed`` over and ``received`` with smaller units.

    And those smaller units that were ``founded`` in it of what is not recorded.
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
    """Yield the units, level by level, of which the one lost on a day what the other got and which both go on."""
    while giver in records and taker in records and giver != taker:
        if records[giver]["type"] == records[taker]["type"] and _ends(records[giver]) > day:
            yield giver, taker
        giver, taker = _parent(records[giver], day - 1), _parent(records[taker], day)


def _ends(record: Mapping[str, Any]) -> int:
    return max((day_range(cells[1])[0] if cells[1] else LAST_DAY for cells in record["versions"]), default=LAST_DAY)


def _parent(record: Mapping[str, Any], day: int) -> str:
    """Return what an entity was part of on a day."""
    for cells in record["versions"]:
        if (not cells[0] or day_range(cells[0])[0] <= day) and (not cells[1] or day < day_range(cells[1])[0]):
            return str(cells[_PARENT])
    return ""


def _cells(record: Mapping[str, Any], after: list[str], giver: str, taker: str) -> list[str]:
    """Return the change of the larger units, by the instrument by which the smaller one changed."""
    own = [cells for cells in record["changes"] if cells[0] == after[0]]
    told = next((cells for cells in own if cells[1] == "reparented"), own[0] if own else [""] * 9)
    note = f"{after[2]} {after[3]}".strip()
    return [after[0], "boundary", giver, taker, "part", "part", told[6], note, told[8]]
