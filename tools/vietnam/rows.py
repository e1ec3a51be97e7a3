"""Rows of the gazetteer's tables while they are made, and the words they share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tools.tables import slug
from tools.vietnam.read import Unit

Row = dict[str, str]

REFORM = "2025-07-01"
COUNTRY_ID = "vn-country-viet-nam"

CATALOGUE = "vn-gso-2025-06"
PROVINCE_CODES = "vn-nso-915-2025"
COMMUNE_CODES = "vn-nso-1027-2025"
CONVERSION = "vn-nso-conversion-2025-10-23"
SNAPSHOTS = "vn-gso-snapshots-2004-2025"
AMENDMENTS = "vn-address-kit-2026"
BAMBOO = "vn-bamboo-districts"
WOF = "vn-wof-2024-03"
CLDR = "vn-cldr-48-subdivisions"
PROVINCE_ITEMS = "vn-bamboo-province-items"


@dataclass(slots=True)
class Facts:
    """The rows made so far, by table."""

    sources: list[Row] = field(default_factory=list)
    instruments: list[Row] = field(default_factory=list)
    local_types: list[Row] = field(default_factory=list)
    entities: list[Row] = field(default_factory=list)
    versions: list[Row] = field(default_factory=list)
    names: list[Row] = field(default_factory=list)
    identifiers: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)
    official_counts: list[Row] = field(default_factory=list)

    def add_entity(self, entity_id: str, level: str, source_id: str) -> None:
        """Add a Vietnamese place."""
        self.entities.append({"id": entity_id, "type": level, "country": "VN", "source_id": source_id})

    def add_version(
        self,
        entity_id: str,
        unit: Unit,
        parent_id: str,
        source_id: str,
        *,
        since: str = "",
        until: str = "",
        attested: str = "",
    ) -> None:
        """Add what an entity is from ``since`` until the day before ``until``; ``attested``: first seen then."""
        self.versions.append(
            {
                "id": entity_id,
                "valid_from": since,
                "valid_to": until,
                "attested": attested,
                "local_type": unit.local_type,
                "name": unit.name,
                "language": "vi",
                "parent_id": parent_id,
                "code": unit.code,
                "source_id": source_id,
            }
        )

    def retype(self, entity_id: str, date: str, local_type: str, instrument_id: str, source_id: str) -> None:
        """Close the entity's last version on ``date`` and go on with another legal type."""
        last = max((row for row in self.versions if row["id"] == entity_id), key=lambda row: row["valid_from"])
        self.versions.append(
            {**last, "valid_from": date, "attested": "", "local_type": local_type, "source_id": source_id}
        )
        last["valid_to"] = date
        self.changes.append(
            change("retyped", date, entity_id, entity_id, instrument_id=instrument_id, source_id=source_id)
        )

    def current_name(self, entity_id: str) -> str:
        """Return the name of the entity's last version."""
        versions = (row for row in self.versions if row["id"] == entity_id)
        return max(versions, key=lambda row: row["valid_from"])["name"]


def change(kind: str, date: str, from_id: str, to_id: str, *, instrument_id: str, source_id: str, **more: str) -> Row:
    """Return a row of changes; ``more`` are extent, population and note."""
    return {
        "date": date,
        "kind": kind,
        "from_id": from_id,
        "to_id": to_id,
        "instrument_id": instrument_id,
        "source_id": source_id,
        **more,
    }


def unit_id(level: str, unit: Unit, *, formed_2025: bool = False) -> str:
    """Return the permanent id of a unit; a number keeps its type word so that the id can be read."""
    words = slug(f"{unit.local_type} {unit.name}" if unit.name.isdigit() else unit.name)
    parts = ["vn", level, words, *([unit.code] if level != "province" else []), *(["2025"] if formed_2025 else [])]
    return "-".join(parts)


def source_of_resolution(number: str) -> str:
    """Return the source id of the text of a resolution such as ``1654/NQ-UBTVQH15``."""
    return f"vn-nq-{number.partition('/')[0]}-2025"


def instrument_of_resolution(number: str) -> str:
    """Return the instrument id of a resolution such as ``1654/NQ-UBTVQH15``."""
    return f"vn-{number.replace('/', '-').lower()}"


def owned(rows: Iterable[Row]) -> set[str]:
    """Return the ids of source rows."""
    return {row["id"] for row in rows}
