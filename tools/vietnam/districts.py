"""Districts: the level ended on 2025-07-01; five island districts became special zones."""

from __future__ import annotations

from tools.vietnam.rows import CONVERSION, REFORM, Facts, change


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
