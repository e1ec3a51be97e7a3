"""Compile the gazetteer's tables into the arrays of the index."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolver.days import FIRST_DAY, LAST_DAY, day_range
from resolver.errors import GazetteerError
from resolver.gazetteer import reader as gazetteer
from resolver.gazetteer.codes import Codes
from resolver.gazetteer.reader import Tables
from resolver.gazetteer.transfers import add_transfers
from resolver.index.name_rows import NameRow, name_rows
from resolver.index.person_names import PersonNames
from resolver.index.segments import Segments
from resolver.model import TYPES
from resolver.text import keys

__all__ = ["KINDS", "WORDS", "compile_tables", "span"]

WORDS = "\x1f"
"""Marks keys made of sorted words, so that they never equal keys of letters."""

KINDS = (
    "official",
    "exonym",
    "transliteration",
    "historic",
    "alias",
    "abbreviation",
    "demonym",
    "misspelling",
    "identifier",
)


_LISTED = frozenset({"district", "commune"})


def compile_tables(tables: Tables) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Return the arrays of the index and its metadata: dates, vocabularies, words.

    Raises GazetteerError, naming file and line, if a row refers to an entity that does not exist.
    """
    records = _records(tables)
    numbers = {record["id"]: number for number, record in enumerate(records)}
    rows = name_rows(tables, records, numbers)
    countries = sorted({record["country"] for record in records})
    languages = sorted({row.language for row in rows})
    local_types = {
        f"{row['country']}:{row['type']}:{row['local_type']}": {c: row[c] for c in ("official", "en", "fr", "km")}
        for row in tables["local_types"]
    }
    legal_types = sorted({version[2] for record in records for version in record["versions"]})
    above = _above(records, numbers)
    entity_keys = [frozenset(row_key for row_key in map(keys.key, _spellings(record))) for record in records]
    spellings = {text: number for number, text in enumerate(dict.fromkeys(row.name.text for row in rows))}
    arrays: dict[str, NDArray[Any]] = {
        "ids": _pack([record["id"] for record in records]),
        "entity_type": np.array([TYPES.index(record["type"]) for record in records], np.int8),
        "entity_country": np.array([countries.index(record["country"]) for record in records], np.int16),
        "entity_days": np.array([_life(record) for record in records], np.int32).reshape(-1, 2),
        "entity_versions": np.array([len(record["versions"]) for record in records], np.int16),
        "entity_superseded": np.array([_superseded(r, records, numbers, entity_keys) for r in records], np.bool_),
        "row_entity": np.array([row.entity for row in rows], np.int32),
        "row_kind": np.array([KINDS.index(row.name.kind) for row in rows], np.int8),
        "row_language": np.array([languages.index(row.language) for row in rows], np.int8),
        "row_vietnamese": np.array(
            [row.language == "vi" or records[row.entity]["country"] == "VN" for row in rows], np.bool_
        ),
        "row_weak": np.array([row.name.weak for row in rows], np.bool_),
        "row_days": np.array([span(row.name.valid_from, row.name.valid_to) for row in rows], np.int32).reshape(-1, 2),
        "row_text": np.array([spellings[row.name.text] for row in rows], np.int32),
        "texts": _pack(list(spellings)),
    }
    arrays |= _key_arrays(rows, list(spellings))
    arrays |= Codes.arrays(records, numbers, tables)
    arrays |= _version_arrays(records, numbers, legal_types)
    arrays |= _lists("above", above) | _lists("beside", _beside(records, numbers, above))
    arrays |= PersonNames.arrays((at, _all_names(one)) for at, one in enumerate(records) if one["type"] == "person")
    blobs = [json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() for record in records]
    arrays["records"] = np.frombuffer(b"".join(blobs), np.uint8)
    arrays["record_start"] = np.cumsum([0, *map(len, blobs)]).astype(np.int64)
    about = {
        "as_of": tables.as_of,
        "first_lists": _first_lists(tables, records),
        "countries": countries,
        "languages": languages,
        "local_types": local_types,
        "legal_types": legal_types,
        "replaced": {row["id"]: row["replaced_by"] for row in tables["replaced_ids"]},
    }
    return arrays, about


def _first_lists(tables: Tables, records: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the day of the first list of districts and communes, by country: before it no start is recorded."""
    units = {record["id"]: record["country"] for record in records if record["type"] in _LISTED}
    found: dict[str, str] = {}
    for row in tables.standing("versions"):
        first = row["attested"].split("|")[0]
        if first and not row["valid_from"] and row["id"] in units:
            country = units[row["id"]]
            found[country] = min(first, found.get(country, first))
    return found


def _records(tables: Tables) -> list[dict[str, Any]]:
    """Collect the rows of all tables by entity, in the order of ids."""
    records: dict[str, dict[str, Any]] = {}
    for row in sorted(tables["entities"], key=lambda row: row["id"]):
        empty: dict[str, Any] = {
            part: [] for part in ("versions", "names", "identifiers", "changes", "origins", "ended_with", "tenures")
        }
        records[row["id"]] = {c: row[c] for c in ("id", "type", "country", "distinction")} | empty

    def record(row: gazetteer.Row, column: str, table: str) -> dict[str, Any]:
        try:
            return records[row[column]]
        except KeyError:
            raise GazetteerError(
                f"{row[column]!r} is not in entities.csv",
                path=tables.path / f"{table}.csv",
                line=row.line,
                remedy="run `resolver gazetteer check`",
            ) from None

    version_columns = ("valid_from", "valid_to", "local_type", "name", "language", "parent_id", "area_id", "code")
    for row in tables.standing("versions"):
        record(row, "id", "versions")["versions"].append([row[column] for column in version_columns])
    for row in tables["names"]:
        cells = [row[c] for c in ("text", "language", "kind", "valid_from", "valid_to")] + [row["weak"] == "yes"]
        record(row, "id", "names")["names"].append(cells)
    for row in tables["identifiers"]:
        if row["id"] in records:
            cells = [row[c] for c in ("scheme", "value", "valid_from", "valid_to")]
            records[row["id"]]["identifiers"].append(cells)
    for row in tables.standing("changes"):
        number = tables.instrument_numbers.get(row["instrument_id"], "")
        cells = [row[c] for c in ("date", "kind", "from_id", "to_id", "extent", "population")]
        cells += [number, row["note"], row["source_id"]]
        if row["from_id"]:
            record(row, "from_id", "changes")["changes"].append(cells)
        if row["to_id"] and row["to_id"] != row["from_id"]:
            record(row, "to_id", "changes")["origins"].append(cells)
    for row in tables.standing("tenures"):
        office = record(row, "office_id", "tenures")
        title = _called_then(office["versions"], row) or office["id"]
        cells = [row["person_id"], row["office_id"], title, row["valid_from"], row["valid_to"]]
        person = record(row, "person_id", "tenures")
        called = max(person["versions"], key=lambda cells: cells[0])[3] if person["versions"] else person["id"]
        tenure = [*cells, [date for date in row["attested"].split("|") if date], row["acting"] == "yes", called]
        person["tenures"].append(tenure)
        office["tenures"].append(tenure)
    for entity in records.values():
        entity["versions"].sort(key=lambda cells: span(cells[0], cells[1]))
        entity["changes"].sort(
            key=lambda cells: (day_range(cells[0]), cells[5] == "none", cells[5] != "whole", cells[3])
        )
        entity["origins"].sort(key=lambda cells: (day_range(cells[0]), cells[2]))
        entity["tenures"].sort(key=lambda cells: (cells[3] or min(cells[5], default=""), cells[1], cells[0]))
    _note_ended_with(records)
    add_transfers(records)
    return list(records.values())


def _called_then(versions: Sequence[Sequence[str]], tenure: gazetteer.Row) -> str:
    """Return the name of an office when a tenure was last known; the latest name if the tenure continues."""
    dates = [tenure["valid_from"], *tenure["attested"].split("|"), tenure["valid_to"].partition("/")[0]]
    last = max((day_range(date)[0] - (date == tenure["valid_to"]) for date in dates if date), default=LAST_DAY)
    latest_first = sorted(versions, key=lambda cells: cells[0], reverse=True)
    begun = [cells for cells in latest_first if not cells[0] or day_range(cells[0])[0] <= last]
    return (begun or latest_first)[0][3] if versions else ""


def _note_ended_with(records: Mapping[str, dict[str, Any]]) -> None:
    """List, for each ended entity, the children whose version under it ended on the same day."""
    numbers = {id_: number for number, id_ in enumerate(records)}
    for id_, entity in records.items():
        for version in entity["versions"]:
            valid_to, parent = version[1], records.get(version[5])
            if parent and valid_to and parent["versions"] and parent["versions"][-1][1] == valid_to:
                parent["ended_with"].append(numbers[id_])


def _all_names(record: Mapping[str, Any]) -> list[str]:
    return [*(version[3] for version in record["versions"]), *(name[0] for name in record["names"])]


def _spellings(record: Mapping[str, Any]) -> set[str]:
    return {version[3] for version in record["versions"]}


def _key_arrays(rows: list[NameRow], texts: list[str]) -> dict[str, NDArray[Any]]:
    postings: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        postings[keys.key(row.name.text)].append(number)
        if row.type in {"organisation", "office"}:
            postings[WORDS + keys.word_key(row.name.text)].append(number)
    postings.pop("", None)
    ordered = sorted(postings)
    numbers = {key: number for number, key in enumerate(ordered)}
    coded = {keys.key(row.name.text) for row in rows if row.name.kind == "identifier"}
    letters = [key if not key.startswith(WORDS) and not key.isdecimal() and key not in coded else "" for key in ordered]
    return {
        "keys": _pack(ordered),
        "key_words": _pack(sorted({word for key in ordered if key.startswith(WORDS) for word in key[1:].split(" ")})),
        "text_key": np.array([numbers.get(keys.key(text), -1) for text in texts], np.int32),
        "key_start": np.cumsum([0, *(len(postings[key]) for key in ordered)]).astype(np.int32),
        "key_rows": np.array([row for key in ordered for row in postings[key]], np.int32),
        **Segments.build(letters).arrays(),
    }


def _version_arrays(
    records: list[dict[str, Any]], numbers: Mapping[str, int], legal_types: list[str]
) -> dict[str, NDArray[Any]]:
    """Return the data of versions that are read without their records: days, parent, legal type."""
    versions = [version for record in records for version in record["versions"]]
    return {
        "version_start": np.cumsum([0, *(len(record["versions"]) for record in records)]).astype(np.int32),
        "version_days": np.array([span(one[0], one[1]) for one in versions], np.int32).reshape(-1, 2),
        "version_parent": np.array([numbers.get(one[5], -1) for one in versions], np.int32),
        "version_type": np.array([legal_types.index(one[2]) for one in versions], np.int16),
    }


def _above(records: list[dict[str, Any]], numbers: Mapping[str, int]) -> list[set[int]]:
    known: dict[tuple[str, int, int], frozenset[int]] = {}

    def climb(id_: str, first: int, end: int, depth: int = 0) -> frozenset[int]:
        """Return all parents, direct and indirect, of an entity between two days."""
        asked = (id_, first, end)
        if asked not in known and depth < 12:
            found: set[int] = set()
            for version in records[numbers[id_]]["versions"]:
                start, stop = span(version[0], version[1])
                if start < end and first < stop:
                    for upper in (version[5], version[6]):
                        if upper in numbers:
                            found.add(numbers[upper])
                            found |= climb(upper, max(first, start), min(end, stop), depth + 1)
            known[asked] = frozenset(found)
        return known.get(asked, frozenset())

    above = [set(climb(record["id"], FIRST_DAY, LAST_DAY)) for record in records]
    for record in records:
        if record["type"] == "person":
            for tenure in record["tenures"]:
                office = numbers[tenure[1]]
                above[numbers[record["id"]]] |= {office} | above[office]
    return above


def _beside(records: list[dict[str, Any]], numbers: Mapping[str, int], above: list[set[int]]) -> list[set[int]]:
    beside: list[set[int]] = [set() for _ in records]
    for record in records:
        number = numbers[record["id"]]
        for cells in (*record["changes"], *record["origins"]):
            for id_ in (cells[2], cells[3]):
                other = numbers.get(id_, number)
                if other != number:
                    beside[number] |= {other} | above[other]
        beside[number] -= above[number]
    return beside


def _superseded(
    record: Mapping[str, Any],
    records: list[dict[str, Any]],
    numbers: Mapping[str, int],
    entity_keys: list[frozenset[keys.Key]],
) -> bool:
    """Whether the entity has ended and became one of the same name and type that is still in force."""
    if _life(record)[1] == LAST_DAY:
        return False
    own = entity_keys[numbers[record["id"]]]
    for cells in record["changes"]:
        to = numbers.get(cells[3])
        if to is None or records[to]["type"] != record["type"] or _life(records[to])[1] != LAST_DAY:
            continue
        if own & entity_keys[to]:
            return True
    return False


def _life(record: Mapping[str, Any]) -> tuple[int, int]:
    spans = [span(version[0], version[1]) for version in record["versions"]]
    if not spans:
        return FIRST_DAY, LAST_DAY
    return min(first for first, _ in spans), max(end for _, end in spans)


def span(valid_from: str, valid_to: str) -> tuple[int, int]:
    """Return the first day in force and the first no longer in force; open ends become the extreme days."""
    return (
        day_range(valid_from)[0] if valid_from else FIRST_DAY,
        day_range(valid_to)[0] if valid_to else LAST_DAY,
    )


def _lists(name: str, members: list[set[int]]) -> dict[str, NDArray[Any]]:
    return {
        f"{name}_start": np.cumsum([0, *map(len, members)]).astype(np.int32),
        f"{name}_members": np.array([member for group in members for member in sorted(group)], np.int32),
    }


def _pack(texts: list[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)
