"""The provinces since the mergers of 1976: those that have ended, and the origins of today's.

The events are in a table next to this module, each with its instrument and source. The start and end of a province
follow from them: it begins with the event that forms it and ends with the one that divides or merges it. A province
out of which another was formed, or that lost a part, continues; so does one that the law divides into itself and
another (Đắk Lắk, Lai Châu and Cần Thơ in 2004).
"""

from __future__ import annotations

from tools.vietnam.law import table
from tools.vietnam.read import Unit
from tools.vietnam.rows import COUNTRY_ID, REFORM, Facts, Row, change

FORMING = frozenset({"created", "split", "merged"})
ENDING = frozenset({"split", "merged", "absorbed"})
FIRST_LIST = "2004-08-31"
ATTRIBUTE = {"renamed": "name", "retyped": "local_type"}


def add_history(facts: Facts) -> None:
    """Add the provinces that ended before 2025 with their changes, and the start of the others."""
    facts.sources += table("provinces_history_sources")
    facts.instruments += table("provinces_history_instruments")
    events = table("provinces_history_events")
    standing = [event for event in events if event["preferred"] != "no"]
    starts = {event["to_id"]: event for event in standing if event["kind"] in FORMING}
    ends = {event["from_id"]: event for event in standing if event["kind"] in ENDING}
    for row in table("provinces_history_units"):
        _add_ended(facts, row, starts[row["id"]], ends[row["id"]])
    _set_starts(facts, starts)
    for event in standing:
        if event["kind"] in ATTRIBUTE:
            _add_version_before(facts, event)
    facts.changes += [_change(event) for event in events]
    _attest(facts)


def _add_ended(facts: Facts, row: Row, start: Row, end: Row) -> None:
    unit = Unit(row["code"], row["local_type"], row["name"], "")
    facts.add_entity(row["id"], "province", end["source_id"])
    facts.add_version(row["id"], unit, COUNTRY_ID, end["source_id"], since=start["date"], until=end["date"])


def _set_starts(facts: Facts, starts: dict[str, Row]) -> None:
    """Give the first version of every province the day on which it was formed, where that is known."""
    for version in facts.versions:
        if version["id"] in starts and not version["valid_from"]:
            start = starts[version["id"]]
            version.update(valid_from=start["date"], source_id=start["source_id"])


def _attest(facts: Facts) -> None:
    """Say since when the provinces are seen whose start is not recorded: an event tells of them, or the first list."""
    told = sorted((change["date"], change[side]) for change in facts.changes for side in ("from_id", "to_id"))
    first = {entity_id: date for date, entity_id in reversed(told)}
    for version in facts.versions:
        seen = min(first.get(version["id"], FIRST_LIST), FIRST_LIST)
        if not version["valid_from"] and seen < (version["valid_to"] or REFORM):
            version["attested"] = seen


def _add_version_before(facts: Facts, event: Row) -> None:
    """Divide the version in which a province was renamed or retyped, and give the earlier one what it was before."""
    date = event["date"]
    later = next(
        version
        for version in facts.versions
        if version["id"] == event["to_id"] and version["valid_from"] < date < (version["valid_to"] or "9999")
    )
    earlier = {**later, "valid_to": date, ATTRIBUTE[event["kind"]]: event["before"], "code": ""}
    facts.versions.append(earlier)
    later.update(valid_from=date, source_id=event["source_id"])


def _change(event: Row) -> Row:
    parts = {column: event[column] for column in ("extent", "population", "note", "preferred")}
    return change(
        event["kind"],
        event["date"],
        event["from_id"],
        event["to_id"],
        instrument_id=event["instrument_id"],
        source_id=event["source_id"],
        **parts,
    )
