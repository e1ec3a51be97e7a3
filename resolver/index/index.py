"""The compiled gazetteer: from keys to names to entities, as arrays for matching and records for the answers.

It is compiled from the tables once: for the bundled gazetteer when the wheel is built, for other gazetteers at their
first use (``compiled_files``). The file name has a digest of the tables and of the code that compiles and normalises
them.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolver.days import day_range
from resolver.errors import GazetteerError, UsageError
from resolver.gazetteer import reader as gazetteer
from resolver.gazetteer.codes import Codes
from resolver.index import compiled_files
from resolver.index.compiler import compile_tables, span
from resolver.index.person_names import PersonNames
from resolver.index.segments import Segments
from resolver.model import TYPES, Change, EntityType, Identifier, Name, Tenure, Version

_COMPILED_BY = ("days.py", "gazetteer/codes.py", "gazetteer/reader.py", "gazetteer/transfers.py")
_COMPILED_BY_ALL = ("index/*.py", "text/*.py", "text/*.csv")

__all__ = ["Edge", "Index", "Record", "Transfer", "open_index"]


@dataclass(frozen=True, slots=True)
class Edge:
    """A change that leads from one entity to another (``other`` is -1 if there is none)."""

    day: int
    other: int
    change: Change


@dataclass(frozen=True, slots=True)
class Transfer:
    """A smaller unit that moved from one entity to another while both continued: part of one is now in the other."""

    day: int
    other: int
    unit: int
    change: Change


@dataclass(frozen=True, slots=True)
class Record:
    """All data about one entity. Numbers refer to entities of the same index."""

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
    identifiers: tuple[Identifier, ...]
    changes: tuple[Edge, ...]
    origins: tuple[Edge, ...]
    handed: tuple[Transfer, ...]
    received: tuple[Transfer, ...]
    founded: tuple[tuple[int, int], ...]
    ended_with: tuple[int, ...]
    tenures: tuple[Tenure, ...]


class Index:
    """A compiled gazetteer, in memory or mapped from its ``file``; ``content`` is the checksum of the content.

    ``fresh`` says that it was compiled just now.
    """

    def __init__(
        self,
        arrays: Mapping[str, NDArray[Any]],
        about: Mapping[str, Any],
        content: str = "",
        *,
        file: Path | None = None,
        fresh: bool = False,
    ) -> None:
        self.file = file
        self.content = content
        self.fresh = fresh
        self.as_of: str = about["as_of"]
        self.as_of_day = day_range(self.as_of)[0]
        self.first_lists = {country: day_range(date)[0] for country, date in about["first_lists"].items()}
        self.countries: list[str] = about["countries"]
        self.languages: list[str] = about["languages"]
        self.local_types: dict[str, dict[str, str]] = about["local_types"]
        self.legal_types: list[str] = about["legal_types"]
        self._replaced: dict[str, str] = about["replaced"]
        self._arrays = arrays
        self.entity_type = arrays["entity_type"]
        self.entity_country = arrays["entity_country"]
        self.entity_days = arrays["entity_days"]
        self.entity_superseded = arrays["entity_superseded"]
        self.entity_versions = arrays["entity_versions"]
        self.row_entity = arrays["row_entity"]
        self.row_text = arrays["row_text"]
        self.text_key = arrays["text_key"]
        self.key_start = arrays["key_start"]
        self.key_rows = arrays["key_rows"]
        self.row_kind = arrays["row_kind"]
        self.row_language = arrays["row_language"]
        self.row_weak = arrays["row_weak"]
        self.row_vietnamese = arrays["row_vietnamese"]
        self.row_days = arrays["row_days"]
        self.version_start = arrays["version_start"]
        self.version_days = arrays["version_days"]
        self.version_parent = arrays["version_parent"]
        self.version_type = arrays["version_type"]
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
        """All spellings of names, each once; ``row_text`` has the number of the spelling of each name row."""
        return _unpack(self._arrays["texts"])

    @cached_property
    def type_ends(self) -> dict[tuple[int, str], int]:
        """The first day without a place of a legal type, by level and legal type, for each that places have had."""
        levels = np.repeat(self.entity_type, np.diff(self.version_start))
        ends: dict[tuple[int, str], int] = {}
        for level, number in {*zip(levels.tolist(), self.version_type.tolist(), strict=True)}:
            borne = (levels == level) & (self.version_type == number)
            ends[level, self.legal_types[number]] = int(self.version_days[borne, 1].max())
        return ends

    @cached_property
    def leaves_its_name(self) -> NDArray[np.bool_]:
        """Whether each entity is soon no longer meant by its name after its end.

        A province still is: people name what lay in it so for decades. But not if another province had its name later.
        """
        leaves = self.entity_type != TYPES.index("province")
        ends = self.entity_days[:, 1].tolist()
        rows = np.flatnonzero(~leaves[self.row_entity])
        latest: dict[int, int] = {}
        borne = [*zip(self.text_key[self.row_text[rows]].tolist(), self.row_entity[rows].tolist(), strict=True)]
        for key, entity in borne:
            latest[key] = max(latest.get(key, 0), ends[entity])
        for key, entity in borne:
            leaves[entity] |= ends[entity] < latest[key]
        return np.asarray(leaves, np.bool_)

    @cached_property
    def word_key_words(self) -> frozenset[str]:
        """All words of the keys made of words."""
        return frozenset(_unpack(self._arrays["key_words"]))

    @cached_property
    def segments(self) -> Segments:
        """The fuzzy index over ``keys``."""
        return Segments.from_arrays(self._arrays)

    @cached_property
    def person_names(self) -> PersonNames:
        """The names of people, by what they share with other spellings."""
        return PersonNames(self._arrays)

    @cached_property
    def codes(self) -> Codes:
        """The official codes of places."""
        return Codes(self._arrays)

    @cached_property
    def ids(self) -> NDArray[Any]:
        """The id of each entity."""
        return np.asarray(np.array(_unpack(self._arrays["ids"]), object))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each entity, by id."""
        return {id_: number for number, id_ in enumerate(self.ids.tolist())}

    def number(self, id_: str) -> int | None:
        """Return the number of the entity with an id, or of the entity that replaces it; None if the id is unknown."""
        return self.numbers.get(self._replaced.get(id_, id_))

    def _above(self, entity: int) -> frozenset[int]:
        """Return all that an entity has been part of at any time: parents, their parents, areas, offices held."""
        return self._members("above", entity)

    def _beside(self, entity: int) -> frozenset[int]:
        """Return the entity's direct predecessors and successors, and everything that they were or are part of."""
        return self._members("beside", entity)

    def _members(self, name: str, entity: int) -> frozenset[int]:
        start, members = self._arrays[f"{name}_start"], self._arrays[f"{name}_members"]
        return frozenset(members[start[entity] : start[entity + 1]].tolist())

    def _record(self, number: int) -> Record:
        start = self._arrays["record_start"]
        raw = json.loads(self._arrays["records"][start[number] : start[number + 1]].tobytes().decode())
        versions = tuple(Version(*cells) for cells in raw["versions"])
        return Record(
            number=number,
            id=raw["id"],
            type=raw["type"],
            country=raw["country"],
            distinction=raw["distinction"],
            versions=versions,
            days=tuple(span(version.valid_from, version.valid_to) for version in versions),
            parents=tuple(self.numbers.get(version.parent_id, -1) for version in versions),
            areas=tuple(self.numbers.get(version.area_id, -1) for version in versions),
            names=tuple(Name(*cells) for cells in raw["names"]),
            identifiers=tuple(Identifier(*cells) for cells in raw["identifiers"]),
            changes=tuple(_edge(cells, self.numbers.get(cells[3], -1)) for cells in raw["changes"]),
            origins=tuple(_edge(cells, self.numbers.get(cells[2], -1)) for cells in raw["origins"]),
            handed=tuple(_transfer(cells, self.numbers[cells[3]], self.numbers) for cells in raw["handed"]),
            received=tuple(_transfer(cells, self.numbers[cells[2]], self.numbers) for cells in raw["received"]),
            founded=tuple((day_range(date)[0], self.numbers[unit]) for date, unit in raw["founded"]),
            ended_with=tuple(raw["ended_with"]),
            tenures=tuple(_tenure(cells) for cells in raw["tenures"]),
        )


def open_index(path: Path | None = None, *, cache: bool = True) -> Index:
    """Return the index of a gazetteer folder: from the package or the cache, or else compiled and cached.

    Warns if a compiled file is not valid and is compiled again, and if the cache folder cannot be written, so the index
    is only in memory.
    """
    folder = path or gazetteer.bundled_path()
    if not cache:
        return Index(*_compiled(folder))
    bundled = path is None or path.resolve() == gazetteer.bundled_path()
    fingerprint = _fingerprint(folder, bundled=bundled)
    name = f"{fingerprint}.idx"
    found = compiled_files.find(name, made_from=fingerprint)
    if found:
        return Index(*found.stored, file=found.file)
    compiled_files.announce("index")
    arrays, about = _compiled(folder)
    kept = compiled_files.keep(name, arrays, about, made_from=fingerprint)
    return Index(*kept.stored, file=kept.file, fresh=True) if kept else Index(arrays, about, fresh=True)


def _compiled(folder: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    try:
        return compile_tables(gazetteer.read_tables(folder))
    except (UsageError, ValueError, KeyError) as error:
        # A date or word that breaks a rule of the tables; the check can name file and line.
        remedy = f"run `resolver gazetteer check {folder}`"
        raise GazetteerError(f"the tables break their rules ({error})", path=folder, remedy=remedy) from error


def _fingerprint(folder: Path, *, bundled: bool) -> str:
    """Return a digest of everything an index is made from: the tables, and the code that compiles and normalises.

    Python's version of Unicode is part of it, but not for the bundled tables: every supported Python knows all their
    letters, so a wheel built by one serves all.
    """
    hasher = hashlib.blake2b(gazetteer.digest(folder).encode(), digest_size=16)
    hasher.update(b"" if bundled else unicodedata.unidata_version.encode())
    package = Path(__file__).parent.parent
    compilers = sorted(file for kind in _COMPILED_BY_ALL for file in package.glob(kind))
    for source in (*map(package.joinpath, _COMPILED_BY), *compilers):
        hasher.update(source.read_bytes())
    return hasher.hexdigest()


def _tenure(cells: list[Any]) -> Tenure:
    person_id, office_id, office, valid_from, valid_to, attested, acting, person = cells
    return Tenure(person_id, office_id, office, valid_from, valid_to, tuple(attested), acting, person)


def _edge(cells: list[str], other: int) -> Edge:
    return Edge(day_range(cells[0])[0], other, Change(*cells))


def _transfer(cells: list[str], other: int, numbers: Mapping[str, int]) -> Transfer:
    *change, unit = cells
    return Transfer(day_range(change[0])[0], other, numbers[unit], Change(*change))


def _unpack(array: NDArray[Any]) -> list[str]:
    return array.tobytes().decode().split("\n")
