"""Cambodia: provinces, districts and communes with NCDD codes, their names, identifiers and dated changes.

Units, types and Khmer names are pumi's (state of 2026-06-01), official Latin forms are NCDD's. Facts from other sources
are in the tables of ``tools/cambodia/``.

Run as ``python -m tools.import_cambodia SOURCES``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from tools.cambodia import history, names, wof
from tools.cambodia.read import Row, facts
from tools.cambodia.units import read_units
from tools.tables import replace

COPIED = ("instruments", "local_types", "official_counts")


def main(sources: Path) -> None:
    """Replace the rows of Cambodian places in the gazetteer."""
    folder = sources / "kh"
    units = read_units(folder)
    changes = list(history.created(units))
    history.altered(units)
    history.moved(units, history.old_codes(folder, units))
    versions, events = history.lives(units)

    named = names.Names(units)
    records = wof.wof_units(folder)
    counties = wof.match_counties(records, units)
    names.official_names(named)
    names.cldr_names(named, folder)
    seen = list(names.printed_names(named, folder))
    wof.wof_names(named, records, counties)
    names.linked_names(named, folder)

    listed = [*facts("sources"), *seen]
    tables: dict[str, Iterable[Row]] = {
        "sources": listed,
        "entities": (
            {"id": unit.id, "type": unit.level, "country": "KH", "source_id": unit.source} for unit in units.values()
        ),
        "versions": versions,
        "names": named.rows,
        "identifiers": wof.identifiers(units, records, counties),
        "changes": [*changes, *events],
        **{table: facts(table) for table in COPIED},
    }
    owned = [source["id"] for source in listed]
    for table, rows in tables.items():
        replace(table, rows, owned=owned)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
