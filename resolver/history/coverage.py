"""The coverage of the gazetteer: units by country, level and date, names by language and kind, what is not known.

It is counted from the tables; successors of ended units come from the same graph that answers mentions.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from resolver.days import FIRST_DAY, LAST_DAY, day_range
from resolver.gazetteer.reader import Tables, bundled_path, read_tables
from resolver.history.changes import standing
from resolver.history.offices import COUNTRIES, GROUPS, Offices, offices
from resolver.index.compiler import KINDS
from resolver.index.index import Index, open_index
from resolver.model import PLACE_TYPES, TYPES

__all__ = ["DATES", "Ended", "Statistics", "Units", "statistics"]

DATES = (
    "1976-07-02", "1990-01-01", "1997-01-02", "2004-01-02", "2004-08-31", "2008-08-02",
    "2010-01-01", "2020-01-01", "2025-06-30", "2025-07-01",
)  # fmt: skip
"""Days for which units are counted, besides the gazetteer's own."""

_LEVELS = PLACE_TYPES[1:]
_PLURALS = {"province": "provinces", "district": "districts", "commune": "communes"}


@dataclass(frozen=True, slots=True)
class Units:
    """How many units of a level were in force on a day; the start of the ``undated`` ones is not recorded."""

    country: str
    level: str
    date: str
    count: int
    undated: int


@dataclass(frozen=True, slots=True)
class Ended:
    """How many units of a level ended in a year: with a ``known`` successor (``today`` of them followed to today) and
    with an ``unknown`` one.
    """

    country: str
    level: str
    year: str
    known: int
    today: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The coverage of a gazetteer on its own ``date``.

    ``rows`` are counted by table, ``entities`` by country ("" for all others) and type, ``names`` by language and
    kind (official names from versions among them, one for each entity and spelling), ``named`` are the units in
    force with a name in a language, by country, level and language. ``changes`` are counted by kind, ``instrumented``
    those that name their instrument. ``offices`` are those of the governments, provinces and police since 2015.
    """

    date: str
    rows: dict[str, int]
    entities: dict[str, dict[str, int]]
    units: tuple[Units, ...]
    ended: tuple[Ended, ...]
    names: dict[str, dict[str, int]]
    named: dict[str, dict[str, dict[str, int]]]
    changes: dict[str, int]
    instrumented: dict[str, int]
    offices: tuple[Offices, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the statistics as plain values."""
        return asdict(self)

    def to_json(self) -> str:
        """Return the statistics as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def __str__(self) -> str:
        """Return the statistics as tables in Markdown."""
        return "\n".join(_pages(self))


def statistics(path: Path | None = None) -> Statistics:
    """Return what a gazetteer folder (default: the bundled one) covers.

    Raises GazetteerError, naming file and line, if a table cannot be read.
    """
    tables = read_tables(bundled_path() if path is None else path)
    index = open_index(path, cache=path is None)
    return Statistics(
        date=tables.as_of,
        rows={name: len(rows) for name, rows in tables.rows.items()},
        entities=_entities(tables),
        units=tuple(_units(index)),
        ended=tuple(_ended(index)),
        names=_names(tables),
        named=_named(index),
        changes=dict(sorted(Counter(row["kind"] for row in tables.standing("changes")).items())),
        instrumented=dict(
            sorted(Counter(row["kind"] for row in tables.standing("changes") if row["instrument_id"]).items())
        ),
        offices=tuple(offices(index)),
    )


def _entities(tables: Tables) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {country: Counter() for country in (*COUNTRIES, "")}
    for row in tables["entities"]:
        found[row["country"] if row["country"] in COUNTRIES else ""][row["type"]] += 1
    return {country: {type_: counts[type_] for type_ in TYPES} for country, counts in found.items()}


def _of(index: Index, country: str, level: str) -> list[int]:
    """Return the numbers of the units of a country and level."""
    if country not in index.countries:
        return []
    fits = (index.entity_country == index.countries.index(country)) & (index.entity_type == TYPES.index(level))
    return [int(number) for number in fits.nonzero()[0]]


def _lives(index: Index, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    for number in numbers:
        first, end = index.entity_days[number].tolist()
        yield first, end


def _units(index: Index) -> Iterator[Units]:
    for country in COUNTRIES:
        for date in (*DATES, index.as_of):
            day = day_range(date)[0]
            for level in _LEVELS:
                starts = [first for first, end in _lives(index, _of(index, country, level)) if first <= day < end]
                yield Units(country, level, date, len(starts), starts.count(FIRST_DAY))


def _ended(index: Index) -> Iterator[Ended]:
    for country in COUNTRIES:
        for level in _LEVELS:
            years: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
            for number in _of(index, country, level):
                end = int(index.entity_days[number][1])
                if end != LAST_DAY and end <= index.as_of_day:
                    year = max(version.valid_to for version in index.record(number).versions)[:4]
                    found = bool(standing(index, number, end)), bool(standing(index, number, index.as_of_day))
                    years[year].append(found)
            for year, units in sorted(years.items()):
                known, today = sum(then for then, _ in units), sum(now for _, now in units)
                yield Ended(country, level, year, known, today, len(units) - known)


def _names(tables: Tables) -> dict[str, dict[str, int]]:
    official = {(row["id"], row["language"], row["name"]) for row in tables.standing("versions")}
    counts = Counter((language, "official") for _, language, _ in official)
    counts.update((row["language"], row["kind"]) for row in tables["names"])
    languages = sorted({language for language, _ in counts})
    return {language: {kind: counts[language, kind] for kind in KINDS} for language in languages}


def _named(index: Index) -> dict[str, dict[str, dict[str, int]]]:
    found: dict[str, dict[str, dict[str, int]]] = {}
    for country in COUNTRIES:
        found[country] = {}
        for level in _LEVELS:
            counts = Counter({"": 0})
            for number in _of(index, country, level):
                if index.entity_days[number][1] > index.as_of_day:
                    record = index.record(number)
                    counts[""] += 1
                    official = {version.language for version in record.versions}
                    counts.update(official | {name.language for name in record.names})
            found[country][level] = {language: counts[language] for language in ("", "vi", "en", "fr", "km", "km-Latn")}
    return found


def _pages(told: Statistics) -> Iterator[str]:
    yield f"# Coverage on {told.date}"
    yield ""
    yield "Units in force on a day. In brackets: how many of them have no recorded start. These are counted from the"
    yield "beginning; on an early day they may not have existed yet."
    for country, name in zip(COUNTRIES, ("Vietnam", "Cambodia"), strict=True):
        yield from ("", f"## {name}", "")
        yield from _table(("date", *(_PLURALS[level] for level in _LEVELS)), _by_date(told, country))
        yield from (
            "",
            "Units that ended, by year. “a + b”: a with a known successor, b without. In brackets: how many of",
        )
        yield from ("a can be followed to what stands there today; without brackets all can.", "")
        yield from _table(("year", *(_PLURALS[level] for level in _LEVELS)), _by_year(told, country))
        yield from ("", "Units in force that have a name in a language:", "")
        languages = ("vi", "en", "fr", "km", "km-Latn")
        yield from _table(
            ("level", "units", *languages),
            (
                (_PLURALS[level], *(f"{counts[language]:,}" for language in ("", *languages)))
                for level, counts in told.named[country].items()
            ),
        )
        yield from (
            "",
            "Heads of the government's ministries, of the provinces' bodies and of the police. “a of b (c)”: of b",
        )
        yield from (
            "offices a have a recorded holder; for c of these no source saw the holder then or later.",
            "",
        )
        yield from _table(("date", *GROUPS), _offices(told, country))
    yield from ("", "## Names, by language and kind", "")
    yield from _table(
        ("language", *KINDS, "all"),
        (
            (language, *(f"{kinds[kind]:,}" for kind in KINDS), f"{sum(kinds.values()):,}")
            for language, kinds in told.names.items()
        ),
    )
    yield from ("", "## Changes, by kind", "")
    yield from _table(
        ("kind", "changes", "with their instrument"),
        ((kind, f"{count:,}", f"{told.instrumented.get(kind, 0):,}") for kind, count in told.changes.items()),
    )
    yield from ("", "## Entities", "")
    yield from _table(
        ("type", "Vietnam", "Cambodia", "elsewhere"),
        ((type_, *(f"{told.entities[country][type_]:,}" for country in (*COUNTRIES, ""))) for type_ in TYPES),
    )
    yield from ("", "## Rows, by table", "")
    yield from _table(("table", "rows"), ((name, f"{count:,}") for name, count in told.rows.items()))


def _by_date(told: Statistics, country: str) -> Iterator[tuple[str, ...]]:
    units = {(one.date, one.level): one for one in told.units if one.country == country}
    for date in dict.fromkeys(date for date, _ in units):
        yield date, *(_bracketed(units[date, level].count, units[date, level].undated) for level in _LEVELS)


def _by_year(told: Statistics, country: str) -> Iterator[tuple[str, ...]]:
    ended = {(one.year, one.level): one for one in told.ended if one.country == country}
    for year in sorted({year for year, _ in ended}):
        yield year, *(_fates(ended.get((year, level))) for level in _LEVELS)


def _offices(told: Statistics, country: str) -> Iterator[tuple[str, ...]]:
    ours = {(one.date, one.group): one for one in told.offices if one.country == country}
    for date in dict.fromkeys(date for date, _ in ours):
        counts = (ours[date, group] for group in GROUPS)
        yield date, *(f"{one.held:,} of {_bracketed(one.count, one.unseen)}" for one in counts)


def _fates(ended: Ended | None) -> str:
    if ended is None:
        return ""
    fates = f"{ended.known:,} + {ended.unknown:,}" if ended.unknown else f"{ended.known:,}"
    return f"{fates} ({ended.today:,})" if ended.today != ended.known else fates


def _bracketed(count: int, among: int) -> str:
    return f"{count:,} ({among:,})" if among else f"{count:,}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table in Markdown whose columns are aligned for a terminal too."""
    cells = [header, *rows]
    widths = [max(3, *(len(row[column]) for row in cells)) for column in range(len(header))]
    for number, row in enumerate(cells):
        first, *others = zip(row, widths, strict=True)
        words = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
        yield f"| {' | '.join(words)} |"
        if number == 0:
            rules = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
            yield f"| {' | '.join(rules)} |"
