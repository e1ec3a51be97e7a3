"""Provinces: 63 until 2025-06-30, 34 since; eleven of them go on, 52 ended and 23 were formed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tools.vietnam.read import Unit
from tools.vietnam.rows import (
    AMENDMENTS,
    CATALOGUE,
    CONVERSION,
    COUNTRY_ID,
    PROVINCE_CODES,
    REFORM,
    SNAPSHOTS,
    Facts,
    change,
    unit_id,
)

HUE = "46"
HUE_CITY = "2025-01-01"


def add_provinces(
    facts: Facts, old: dict[str, Unit], new: dict[str, Unit], successor: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Add the provinces; return the ids of the old and of the new ones by their codes."""
    merged = Counter(successor.values())
    old_ids = {code: unit_id("province", unit) for code, unit in old.items()}
    going_on = {successor[code]: old_ids[code] for code in old if merged[successor[code]] == 1}
    new_ids = {code: going_on.get(code) or unit_id("province", new[code], formed_2025=True) for code in new}
    for code, unit in old.items():
        entity_id = old_ids[code]
        ended = successor[code] not in going_on
        facts.add_entity(entity_id, "province", CATALOGUE)
        since = _add_hue_before_it_was_a_city(facts, entity_id, unit) if code == HUE else ""
        source_id = SNAPSHOTS if since else CATALOGUE
        until = REFORM if ended else ""
        facts.add_version(entity_id, unit, COUNTRY_ID, source_id, since=since, until=until)
        if ended:
            to_id = new_ids[successor[code]]
            facts.changes.append(
                change(
                    "merged",
                    REFORM,
                    entity_id,
                    to_id,
                    instrument_id="vn-202-2025-qh15",
                    source_id=CONVERSION,
                    extent="whole",
                    population="whole",
                )
            )
    for code in new.keys() - going_on.keys():
        facts.add_entity(new_ids[code], "province", PROVINCE_CODES)
        facts.add_version(new_ids[code], new[code], COUNTRY_ID, PROVINCE_CODES, since=REFORM)
    return old_ids, new_ids


def add_cities_2026(facts: Facts, rows: list[list[str]], new_ids: dict[str, str]) -> None:
    """Add the provinces that became centrally run cities in 2026."""
    for code, name, date, number in rows:
        entity_id = new_ids[code]
        if facts.current_name(entity_id) != name:
            raise ValueError(f"the amendments call province {code} {name}")
        facts.retype(entity_id, date, "thành phố", f"vn-{number.replace('/', '-').lower()}", AMENDMENTS)


def _add_hue_before_it_was_a_city(facts: Facts, entity_id: str, city: Unit) -> str:
    province = replace(city, local_type="tỉnh", name="Thừa Thiên Huế")
    facts.add_version(entity_id, province, COUNTRY_ID, SNAPSHOTS, until=HUE_CITY)
    for kind in ("renamed", "retyped"):
        facts.changes.append(
            change(kind, HUE_CITY, entity_id, entity_id, instrument_id="vn-175-2024-qh15", source_id=SNAPSHOTS)
        )
    return HUE_CITY
