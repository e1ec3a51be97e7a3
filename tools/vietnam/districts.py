"""Districts: the level ended on 2025-07-01; five island districts became special zones."""

from __future__ import annotations

from tools.vietnam.read import Unit
from tools.vietnam.rows import CATALOGUE, CONVERSION, REFORM, SNAPSHOTS, Facts, change, unit_id

# Cities of 2021 whose start the dated catalogues state; what they were before is another piece of history.
KNOWN_STARTS = {"769": "2021-01-01", "911": "2021-01-01"}


def add_districts(facts: Facts, districts: dict[str, Unit], province_ids: dict[str, str]) -> dict[str, str]:
    """Add the districts with their end; return their ids by code."""
    ids = {code: unit_id("district", unit) for code, unit in districts.items()}
    for code, unit in districts.items():
        since = KNOWN_STARTS.get(code, "")
        facts.add_entity(ids[code], "district", CATALOGUE)
        facts.add_version(
            ids[code],
            unit,
            province_ids[unit.parent],
            SNAPSHOTS if since else CATALOGUE,
            since=since,
            until=REFORM,
        )
    return ids


def add_abolition(facts: Facts, district_ids: dict[str, str], zones: dict[str, tuple[str, str, str]]) -> None:
    """End every district; ``zones`` gives for the island districts the zone, its resolution and the source."""
    for code, entity_id in district_ids.items():
        if code in zones:
            zone_id, instrument_id, source_id = zones[code]
            row = change(
                "abolished",
                REFORM,
                entity_id,
                zone_id,
                instrument_id=instrument_id,
                source_id=source_id,
                extent="whole",
                population="whole",
            )
        else:
            row = change("abolished", REFORM, entity_id, "", instrument_id="vn-203-2025-qh15", source_id=CONVERSION)
        facts.changes.append(row)
