"""The compiled gazetteer: keys to names to entities, as arrays for the stages and records for the answers.

Compiled from the tables once, kept in one file under the user's cache folder, and found again by a digest of the
tables, the language tables and the versions of normaliser and index.
"""

from __future__ import annotations

import hashlib
import json
import os
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from resolver import gazetteer, store
from resolver.days import FIRST_DAY, LAST_DAY, day_range
from resolver.errors import GazetteerError
from resolver.gazetteer import Tables
from resolver.model import TYPES, Change, EntityType, Name, Tenure, Version
from resolver.segments import Segments
from resolver.text import keys

__all__ = ["WORDS", "Edge", "Index", "Record", "compile_index", "open_index"]

INDEX_VERSION = "1"
WORDS = "\x1f"  # marks keys made of sorted words, so that they never meet keys of letters

KINDS = ("official", "exonym", "transliteration", "historic", "alias", "abbreviation", "demonym", "misspelling")


@dataclass(frozen=True, slots=True)
class Edge:
    """A change that leads from one entity to another (``other`` is -1 where it leads nowhere)."""

    day: int
    other: int
    change: Change


@dataclass(frozen=True, slots=True)
class Record:
    """All that is told about one entity. Numbers refer to entities of the same index."""

    number: int
    id: str
    type: EntityType
    country: str
    distinction: str
    versions: tuple[Version, ...]
    days: tuple[tuple[int, int], ...]
    parents: tuple[int, ...]
    areas: tuple[int, ...]
    names: tuple[Name, ...]
    changes: tuple[Edge, ...]
    origins: tuple[Edge, ...]
    ended_with: tuple[int, ...]
    tenures: tuple[Tenure, ...]


class Index:
    """A compiled gazetteer, in memory or mapped from its file."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], about: Mapping[str, Any]) -> None:
        self.as_of: str = about["as_of"]
        self.as_of_day = day_range(self.as_of)[0]
        self.countries: list[str] = about["countries"]
        self.languages: list[str] = about["languages"]
        self.local_types: dict[str, dict[str, str]] = about["local_types"]
        self.local_type_bits: dict[str, int] = about["local_type_bits"]
        self._arrays = arrays
        self.entity_type = arrays["entity_type"]
        self.entity_country = arrays["entity_country"]
        self.entity_days = arrays["entity_days"]
        self.entity_local_types = arrays["entity_local_types"]
        self.entity_superseded = arrays["entity_superseded"]
        self.row_entity = arrays["row_entity"]
        self.row_kind = arrays["row_kind"]
        self.row_language = arrays["row_language"]
        self.row_weak = arrays["row_weak"]
        self.row_days = arrays["row_days"]
        self._key_start = arrays["key_start"]
        self._key_rows = arrays["key_rows"]
        self.record: Callable[[int], Record] = lru_cache(maxsize=200_000)(self._record)
        self.above: Callable[[int], frozenset[int]] = lru_cache(maxsize=200_000)(self._above)
        self.beside: Callable[[int], frozenset[int]] = lru_cache(maxsize=200_000)(self._beside)

    @cached_property
    def keys(self) -> list[str]:
        """All keys; the position is the key's number."""
        return _unpack(self._arrays["keys"])

    @cached_property
    def key_numbers(self) -> dict[str, int]:
        """The number of each key."""
        return {key: number for number, key in enumerate(self.keys)}

    @cached_property
    def texts(self) -> list[str]:
        """The spelling of each name row."""
        return _unpack(self._arrays["row_texts"])

    @cached_property
    def segments(self) -> Segments:
        """The fuzzy index over ``keys``."""
        return Segments.from_arrays(self._arrays)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each entity, by id."""
        return {id_: number for number, id_ in enumerate(_unpack(self._arrays["ids"]))}

    def rows(self, key: int) -> NDArray[np.int32]:
        """Return the name rows that share a key."""
        return cast("NDArray[np.int32]", self._key_rows[self._key_start[key] : self._key_start[key + 1]])

    def _above(self, entity: int) -> frozenset[int]:
        """Return what an entity has been part of at any time: parents, their parents, areas, offices held."""
        return self._members("above", entity)

    def _beside(self, entity: int) -> frozenset[int]:
        """Return what the entity's direct predecessors and successors were or are part of, and those themselves."""
        return self._members("beside", entity)

    def _members(self, name: str, entity: int) -> frozenset[int]:
        start, members = self._arrays[f"{name}_start"], self._arrays[f"{name}_members"]
        return frozenset(members[start[entity] : start[entity + 1]].tolist())

    def _record(self, number: int) -> Record:
        start = self._arrays["record_start"]
        raw = json.loads(self._arrays["records"][start[number] : start[number + 1]].tobytes())
        versions = tuple(Version(*cells) for cells in raw["versions"])
        return Record(
            number=number,
            id=raw["id"],
            type=raw["type"],
            country=raw["country"],
            distinction=raw["distinction"],
            versions=versions,
            days=tuple(_days(version.valid_from, version.valid_to) for version in versions),
            parents=tuple(self.numbers.get(version.parent_id, -1) for version in versions),
            areas=tuple(self.numbers.get(version.area_id, -1) for version in versions),
            names=tuple(Name(*cells) for cells in raw["names"]),
            changes=tuple(_edge(cells, self.numbers.get(cells[3], -1)) for cells in raw["changes"]),
            origins=tuple(_edge(cells, self.numbers.get(cells[2], -1)) for cells in raw["origins"]),
            ended_with=tuple(raw["ended_with"]),
            tenures=tuple(Tenure(*cells[:5], tuple(cells[5]), cells[6]) for cells in raw["tenures"]),
        )


def open_index(path: Path | None = None, *, cache: bool = True) -> Index:
    """Return the index of a gazetteer folder: from the cache, else compiled and put there.

    Where the cache folder can't be written the index is compiled in memory, with a warning.
    """
    folder = path or gazetteer.bundled_path()
    if not cache:
        return compile_index(gazetteer.read_tables(folder))
    file = cache_folder() / f"{_fingerprint(folder)}.idx"
    try:
        return Index(*store.load(file))
    except (OSError, store.Damaged):
        arrays, about = _compile(gazetteer.read_tables(folder))
    try:
        store.save(file, arrays, about)
    except OSError as error:
        warnings.warn(
            f"the index could not be kept at {file} ({error.strerror}), so every start compiles it anew; "
            f"set RESOLVER_CACHE_DIR to a folder that can be written",
            RuntimeWarning,
            stacklevel=2,
        )
    return Index(arrays, about)


def cache_folder() -> Path:
    """Return where compiled indexes are kept: ``RESOLVER_CACHE_DIR`` or the user's cache folder."""
    chosen = os.environ.get("RESOLVER_CACHE_DIR")
    return Path(chosen) if chosen else user_cache_path("resolver-vnkh", appauthor=False)


def compile_index(tables: Tables) -> Index:
    """Compile tables in memory."""
    return Index(*_compile(tables))


def _fingerprint(folder: Path) -> str:
    hasher = hashlib.blake2b(digest_size=16)
    hasher.update(f"{gazetteer.digest(folder)} {INDEX_VERSION} {keys.NORMALISER_VERSION}".encode())
    return hasher.hexdigest()


def _compile(tables: Tables) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    records = _records(tables)
    numbers = {record["id"]: number for number, record in enumerate(records)}
    rows = [row for number, record in enumerate(records) for row in _name_rows(number, record)]
    countries = sorted({record["country"] for record in records})
    languages = sorted({row.language for row in rows})
    local_types = {
        f"{row['country']}:{row['type']}:{row['local_type']}": {c: row[c] for c in ("official", "en", "fr", "km")}
        for row in tables["local_types"]
    }
    words = sorted({version[2] for record in records for version in record["versions"]})
    if len(words) > 62:
        raise GazetteerError("more than 62 local types", path=tables.path / "versions.csv", remedy="widen the index")
    bits = {word: 1 << place for place, word in enumerate(words)}
    above = _above(records, numbers)
    entity_keys = [frozenset(row_key for row_key in map(keys.key, _spellings(record))) for record in records]
    arrays: dict[str, NDArray[Any]] = {
        "ids": _pack([record["id"] for record in records]),
        "entity_type": np.array([TYPES.index(record["type"]) for record in records], np.int8),
        "entity_country": np.array([countries.index(record["country"]) for record in records], np.int16),
        "entity_days": np.array([_life(record) for record in records], np.int32).reshape(-1, 2),
        "entity_local_types": np.array([_local_type_mask(record, bits) for record in records], np.int64),
        "entity_superseded": np.array([_superseded(r, records, numbers, entity_keys) for r in records], np.bool_),
        "row_entity": np.array([row.entity for row in rows], np.int32),
        "row_kind": np.array([KINDS.index(row.name.kind) for row in rows], np.int8),
        "row_language": np.array([languages.index(row.language) for row in rows], np.int8),
        "row_weak": np.array([row.name.weak for row in rows], np.bool_),
        "row_days": np.array([_days(row.name.valid_from, row.name.valid_to) for row in rows], np.int32).reshape(-1, 2),
        "row_texts": _pack([row.name.text for row in rows]),
    }
    arrays |= _key_arrays(rows)
    arrays |= _lists("above", above) | _lists("beside", _beside(records, numbers, above))
    blobs = [json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() for record in records]
    arrays["records"] = np.frombuffer(b"".join(blobs), np.uint8)
    arrays["record_start"] = np.cumsum([0, *map(len, blobs)]).astype(np.int64)
    about = {
        "as_of": tables.as_of,
        "countries": countries,
        "languages": languages,
        "local_types": local_types,
        "local_type_bits": bits,
    }
    return arrays, about


@dataclass(frozen=True, slots=True)
class _NameRow:
    entity: int
    type: str
    name: Name

    @property
    def language(self) -> str:
        return self.name.language


def _records(tables: Tables) -> list[dict[str, Any]]:
    """Gather the rows of all tables by entity, in the order of ids."""
    records: dict[str, dict[str, Any]] = {}
    for row in sorted(tables["entities"], key=lambda row: row["id"]):
        empty: dict[str, Any] = {
            part: [] for part in ("versions", "names", "changes", "origins", "ended_with", "tenures")
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
        title = max(office["versions"], key=lambda cells: cells[0])[3] if office["versions"] else office["id"]
        cells = [row["person_id"], row["office_id"], title, row["valid_from"], row["valid_to"]]
        tenure = [*cells, [date for date in row["attested"].split("|") if date], row["acting"] == "yes"]
        record(row, "person_id", "tenures")["tenures"].append(tenure)
        office["tenures"].append(tenure)
    for entity in records.values():
        entity["versions"].sort(key=lambda cells: _days(cells[0], cells[1]))
        entity["changes"].sort(
            key=lambda cells: (day_range(cells[0]), cells[5] == "none", cells[5] != "whole", cells[3])
        )
        entity["origins"].sort(key=lambda cells: (day_range(cells[0]), cells[2]))
        entity["tenures"].sort(key=lambda cells: (cells[3] or min(cells[5], default=""), cells[1], cells[0]))
    _note_ended_with(records)
    return list(records.values())


def _note_ended_with(records: Mapping[str, dict[str, Any]]) -> None:
    """List, for each ended entity, the children whose version under it ended on the same day."""
    numbers = {id_: number for number, id_ in enumerate(records)}
    for id_, entity in records.items():
        for valid_from, valid_to, *_, parent_id, _area, _code in entity["versions"]:
            parent = records.get(parent_id)
            if parent and valid_to and parent["versions"] and parent["versions"][-1][1] == valid_to:
                parent["ended_with"].append(numbers[id_])
            _ = valid_from


def _name_rows(number: int, record: Mapping[str, Any]) -> Iterable[_NameRow]:
    found: dict[tuple[str, str], Name] = {}
    for valid_from, valid_to, _type, text, language, *_ in record["versions"]:
        known = found.get((text, language))
        start = known.valid_from if known else valid_from
        found[text, language] = Name(text, language, "official", start, valid_to, text.isdecimal())
    for text, language, kind, valid_from, valid_to, weak in record["names"]:
        found.setdefault((text, language), Name(text, language, kind, valid_from, valid_to, weak))
    return (_NameRow(number, record["type"], name) for name in found.values())


def _spellings(record: Mapping[str, Any]) -> set[str]:
    return {version[3] for version in record["versions"]}


def _key_arrays(rows: list[_NameRow]) -> dict[str, NDArray[Any]]:
    postings: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        postings[keys.key(row.name.text)].append(number)
        if row.type in {"organisation", "office"}:
            postings[WORDS + keys.word_key(row.name.text)].append(number)
    postings.pop("", None)
    ordered = sorted(postings)
    letters = [key if not key.startswith(WORDS) and not key.isdecimal() else "" for key in ordered]
    return {
        "keys": _pack(ordered),
        "key_start": np.cumsum([0, *(len(postings[key]) for key in ordered)]).astype(np.int32),
        "key_rows": np.array([row for key in ordered for row in postings[key]], np.int32),
        **Segments.build(letters).arrays(),
    }


def _above(records: list[dict[str, Any]], numbers: Mapping[str, int]) -> list[set[int]]:
    known: dict[tuple[str, int, int], frozenset[int]] = {}

    def climb(id_: str, first: int, end: int, depth: int = 0) -> frozenset[int]:
        """Return what an entity was part of between two days."""
        asked = (id_, first, end)
        if asked not in known and depth < 12:
            found: set[int] = set()
            for version in records[numbers[id_]]["versions"]:
                start, stop = _days(version[0], version[1])
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
    """Whether the entity has ended and went into one of its own name and type that is still in force."""
    if _life(record)[1] == LAST_DAY:
        return False
    own = entity_keys[numbers[record["id"]]]
    for cells in record["changes"]:
        to = numbers.get(cells[3])
        if to is not None and records[to]["type"] == record["type"] and _life(records[to])[1] == LAST_DAY:
            if own & entity_keys[to]:
                return True
    return False


def _life(record: Mapping[str, Any]) -> tuple[int, int]:
    spans = [_days(version[0], version[1]) for version in record["versions"]]
    if not spans:
        return FIRST_DAY, LAST_DAY
    return min(first for first, _ in spans), max(end for _, end in spans)


def _local_type_mask(record: Mapping[str, Any], bits: Mapping[str, int]) -> int:
    mask = 0
    for version in record["versions"]:
        mask |= bits[version[2]]
    return mask


def _days(valid_from: str, valid_to: str) -> tuple[int, int]:
    """Return the first day in force and the first no longer in force, open ends as far as days go."""
    return (
        day_range(valid_from)[0] if valid_from else FIRST_DAY,
        day_range(valid_to)[0] if valid_to else LAST_DAY,
    )


def _edge(cells: list[str], other: int) -> Edge:
    return Edge(day_range(cells[0])[0], other, Change(*cells))


def _lists(name: str, members: list[set[int]]) -> dict[str, NDArray[Any]]:
    return {
        f"{name}_start": np.cumsum([0, *map(len, members)]).astype(np.int32),
        f"{name}_members": np.array([member for group in members for member in sorted(group)], np.int32),
    }


def _pack(texts: list[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def _unpack(array: NDArray[Any]) -> list[str]:
    return array.tobytes().decode().split("\n")
