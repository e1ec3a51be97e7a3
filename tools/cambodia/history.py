"""What happened to the units: changes, and the versions between them.

Read backwards from today: the tables say what was different before each event. Before the first known event a unit's
start is left unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.cambodia.read import HISTORY, PUMI, Row, facts, read_csv
from tools.cambodia.spelling import is_khmer, key
from tools.cambodia.units import Step, Unit, parent


def change(date: str, kind: str, between: tuple[str, str], instrument: str, source: str) -> Row:
    """Return a row of changes ``between`` the id changed and the id that took its place."""
    from_id, to_id = between
    extent = "part" if kind in {"created", "split"} and from_id else "whole"
    row = {"date": date, "kind": kind, "from_id": from_id, "to_id": to_id, "source_id": source}
    return row | {"extent": extent, "instrument_id": instrument}


def created(units: dict[str, Unit]) -> Iterator[Row]:
    """Date the units that were cut from others and yield the changes.

    A unit that ended by it was ``split``; one that went on gave a part to what was ``created``.
    """
    for row in facts("created"):
        unit, origin = units[row["code"]], units.get(row["origin"])
        unit.starts = row["date"]
        kind = "split" if origin and origin.ends == row["date"] else "created"
        between = (origin.id if origin else "", unit.id)
        yield change(row["date"], kind, between, row["instrument_id"], row["source_id"])
        for other in facts("overruled"):
            if other["code"] == row["code"]:
                overruled = change(other["date"], kind, between, row["instrument_id"], other["source_id"])
                yield overruled | {"preferred": "no"}


def old_codes(folder: Path, units: dict[str, Unit]) -> dict[str, str]:
    """Return the code that each moved commune had before, found by its Khmer name in the history."""
    removed: dict[tuple[str, str], tuple[str, str]] = {}
    for row in read_csv(folder / "pumi_history_no_villages.csv"):
        if row["level"] == "communes" and row["change"] == "removed" and row["code"] not in units:
            name = row["code"][:2], key(row["old_km"])
            # A few codes were renumbered in the snapshots first: the last one removed is the old one.
            removed[name] = max(removed.get(name, ("", "")), (row["date"], row["code"]))
    found: dict[str, str] = {}
    for code, unit in units.items():
        name = code[:2], key(unit.khmer)
        if unit.level == "commune" and name in removed and any(code.startswith(row["code"]) for row in facts("moved")):
            found[code] = removed[name][1]
    return found


def altered(units: dict[str, Unit]) -> None:
    """Give the units what was different about them before each event; ``?`` for a code that is not recorded."""
    for row in facts("altered"):
        before = {column: row[column] for column in ("local_type", "name", "source_id") if row[column]}
        if row["name"]:
            before["language"] = "km" if is_khmer(row["name"]) else "km-Latn"
        if row["parent"]:
            before["parent_id"] = units[row["parent"]].id
        if row["old_code"]:
            before["code"] = row["old_code"].strip("?")
        units[row["code"]].steps.append(Step(row["date"], row["instrument_id"], row["source_id"], before))


def moved(units: dict[str, Unit], codes: dict[str, str]) -> None:
    """Give the communes that went to another district with a new code what they were before."""
    for row in facts("moved"):
        for code in [c for c in units if c.startswith(row["code"]) and c in codes]:
            old = codes[code]
            # Sroks consist of khums, krongs and khans of sangkats.
            old_type = "khum" if units[old[:4]].local_type == "srok" else "sangkat"
            before = {"local_type": old_type, "parent_id": units[old[:4]].id, "code": old, "source_id": HISTORY}
            note = f"code {old} became {code}"
            units[code].steps.append(Step(row["date"], row["instrument_id"], row["source_id"], before, note))


def lives(units: dict[str, Unit]) -> tuple[list[Row], list[Row]]:
    """Return the versions of all units and the changes between those of one unit.

    Read backwards from today: before each event a unit was what it was after it but for what the event changed.
    """
    rows: list[Row] = []
    changes: list[Row] = []
    for code, unit in units.items():
        state = {
            "id": unit.id,
            "valid_to": unit.ends,
            "local_type": unit.local_type,
            "name": unit.latin,
            "language": "km-Latn",
            "parent_id": parent(units, code),
            "code": code,
            "source_id": unit.source,
        }
        if code.startswith("0509") and unit.level == "commune":
            # NCDD still lists the five communes of the krong as khum; pumi corrects the record.
            start = max(step.date for step in unit.steps)
            rows.append(state | {"valid_from": start, "local_type": "khum", "preferred": "no"})
            state["source_id"] = PUMI
        for step in sorted(unit.steps, key=lambda step: step.date, reverse=True):
            before = state | step.before | {"valid_to": step.date}
            rows.append(state | {"valid_from": step.date})
            changes += told(step, before, state)
            state = before
        rows.append(state | {"valid_from": unit.starts})
        rows += [
            state | {"valid_from": row["date"], "preferred": "no", "source_id": row["source_id"]}
            for row in facts("overruled")
            if row["code"] == code
        ]
    return rows, changes


def told(step: Step, before: Row, after: Row) -> Iterator[Row]:
    """Yield a change for each column in which two versions of a unit differ."""
    columns = {"retyped": "local_type", "renamed": "name", "reparented": "parent_id"}
    for kind, column in columns.items():
        if before[column] != after[column]:
            row = change(step.date, kind, (after["id"], after["id"]), step.instrument, step.source)
            yield row | {"note": step.note if kind == "reparented" else ""}
    # A code that changes with the parent, or was not recorded, needs no change of its own.
    if before["parent_id"] == after["parent_id"] and before["code"] and before["code"] != after["code"]:
        yield change(step.date, "recoded", (after["id"], after["id"]), step.instrument, step.source)
