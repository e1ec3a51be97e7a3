"""Communes since the reform: 3,321, and which of the 10,035 of before went into which."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tools.vietnam.read import Edge, Unit
from tools.vietnam.rows import (
    AMENDMENTS,
    COMMUNE_CODES,
    CONVERSION,
    REFORM,
    Facts,
    change,
    instrument_of_resolution,
    source_of_resolution,
    unit_id,
)
from tools.vietnam.spelling import clean, tone_key

DISTRICT_MARK = "district:"

# NSO's notes on communes that were left whole and alone, and what else happened to them.
KEPT = {
    "Giữ nguyên": "",
    "Đổi tên": "renamed",
    "Đổi loại hình": "retyped",
    "Sắp xếp toàn bộ xã Thổ Châu thành đặc khu Thổ Châu": "retyped",
    "Phần còn lại sau khi tách một phần vào xã Canh Vinh": "",
}
# What the notes say of area and population; an empty extent means that people move and land does not.
SHARES = {
    "Nhập toàn bộ": ("whole", "whole"),
    "Nhập toàn bộ diện tích": ("whole", "none"),
    "Nhập một phần": ("part", "part"),
    "Nhập một phần diện tích": ("part", "none"),
    "Nhâp một phần diện tích": ("part", "none"),
    "Nhập một phần diện tích, toàn bộ dân số": ("part", "whole"),
    "Nhập một phần dân số": ("", "part"),
    "Đổi tên từ một phần Phường 15": ("part", "part"),
    "Đổi tên, đổi loại hình từ một phần thị trấn Lai Uyên": ("part", "part"),
    "Phần còn lại sau khi tách một phần vào xã Canh Vinh": ("part", "part"),
}
# Resolution 1671, items 46 and 51: a part of Hòa Thắng's area went elsewhere, so NSO's "whole" is the rest.
SHARE_CORRECTIONS = {("23053", "23053"): ("part", "whole")}


@dataclass(frozen=True, slots=True)
class CommuneIds:
    """The ids of the communes of before and after the reform, by code."""

    old: dict[str, str]
    new: dict[str, str]


def add_communes(
    facts: Facts,
    old_ids: dict[str, str],
    new: dict[str, Unit],
    edges: list[Edge],
    province_ids: dict[str, str],
) -> CommuneIds:
    """Add the communes of after the reform with their versions; return their ids and those of before."""
    kept = kept_codes(edges)
    new_ids = {
        code: old_ids[code] if code in kept else unit_id("commune", unit, formed_2025=True)
        for code, unit in new.items()
    }
    for code, unit in new.items():
        # The list of codes misprints Ia Mơ's; the conversion table has it.
        source_id = CONVERSION if code == "23938" else COMMUNE_CODES
        if code not in kept:
            facts.add_entity(new_ids[code], "commune", source_id)
        facts.add_version(new_ids[code], unit, province_ids[unit.parent], source_id, since=REFORM)
    return CommuneIds(old_ids, new_ids)


def kept_codes(edges: list[Edge]) -> set[str]:
    """Return the codes of the communes that go on as the same entity."""
    kept = {edge.old for edge in edges if edge.note in KEPT}
    sources = Counter(edge.new for edge in edges)
    if any(sources[code] != 1 for code in kept) or not kept <= {e.old for e in edges if e.old == e.new}:
        raise ValueError("a commune noted as kept took something in or changed its code")
    return kept


def add_conversion(facts: Facts, edges: list[Edge], ids: CommuneIds) -> None:
    """Add what became of each commune on 2025-07-01."""
    targets = Counter(edge.old for edge in edges)
    kept = kept_codes(edges)
    for edge in edges:
        if edge.old.startswith(DISTRICT_MARK):
            continue
        extent, population = SHARE_CORRECTIONS.get((edge.old, edge.new)) or SHARES.get(edge.note, ("whole", "whole"))
        for kind in _kinds(edge, targets[edge.old], edge.old in kept):
            facts.changes.append(
                change(
                    kind,
                    REFORM,
                    ids.old[edge.old],
                    ids.new[edge.new],
                    instrument_id=instrument_of_resolution(edge.resolution),
                    source_id=CONVERSION if edge.in_nso else source_of_resolution(edge.resolution),
                    extent=extent,
                    population=population,
                    note=edge.note,
                )
            )


def special_zones(edges: list[Edge], ids: CommuneIds) -> dict[str, tuple[str, str, str]]:
    """Return by district code the special zone made of a whole island district, its resolution and source."""
    return {
        edge.old.removeprefix(DISTRICT_MARK): (
            ids.new[edge.new],
            instrument_of_resolution(edge.resolution),
            source_of_resolution(edge.resolution),
        )
        for edge in edges
        if edge.old.startswith(DISTRICT_MARK)
    }


def add_wards_2026(facts: Facts, rows: dict[str, list[str]], ids: CommuneIds) -> None:
    """Add the communes that became wards in 2026."""
    for heading, communes in rows.items():
        number, date = heading.split()[:2]
        for commune in communes:
            code, name = commune.split(" ", 1)
            entity_id = ids.new[code]
            if tone_key(facts.current_name(entity_id)) != tone_key(clean(name)):
                raise ValueError(f"the amendments call commune {code} {name}")
            facts.retype(entity_id, date, "phường", instrument_of_resolution(number), AMENDMENTS)


def _kinds(edge: Edge, targets: int, kept: bool) -> list[str]:
    if not kept:
        return ["merged" if targets == 1 else "split"]
    if edge.note not in KEPT:
        return ["boundary"]
    # Its district ended, so every commune that goes on now belongs to the province.
    return ["reparented", *filter(None, [KEPT[edge.note]])]
