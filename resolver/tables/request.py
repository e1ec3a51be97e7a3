"""The request of a job that appends columns, with every name looked up in the table's header."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import cast

from resolver.dates import date_option, mention_date
from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.filters import countries_of, types_of, unknown
from resolver.model import TYPES, EntityType, Mention
from resolver.tables.columns import COLUMNS, JOINED, column_names, pick_columns
from resolver.tables.distinct import Answers, Target
from resolver.tables.headers import column_position, listed, shown
from resolver.tables.parents import parent_places

__all__ = ["NORMALIZING", "Kind", "MentionColumn", "Plan", "Request"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: its columns (status first, note last), which are counted, and the function that fills them.

    ``types`` converts the names of types to the types that a mention may have.
    """

    columns: tuple[str, ...]
    counted: tuple[str, ...]
    answers: Callable[[Resolver, Target], Answers]
    types: Callable[[str | Iterable[str]], tuple[EntityType, ...]] = types_of
    joined: tuple[str, ...] = JOINED


NORMALIZING = Kind(COLUMNS, ("status", "method", "type", "change", "dating"), Answers)
"""What ``resolver normalize`` appends."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request for a table.

    ``columns`` are names of columns with mentions. After a colon a name may have its own types, if they differ from
    ``types``: ``place``, ``official:person``. ``within`` are columns of larger places that contain the mentions, or
    entries like ``commune=district,province`` for one column of mentions. ``date_column`` has the date of each mention;
    with ``serial_dates`` days may be numbers, as in spreadsheets; ``date`` is the day for rows without one. The names
    of the appended columns begin with the column's name or with ``prefix``; if there are several columns, ``prefix``
    comes before the column's name. ``appended`` selects the appended columns, all by default.
    """

    columns: Sequence[str]
    types: Sequence[str] = ()
    countries: Sequence[str] = ()
    within: Sequence[str] = ()
    date_column: str | None = None
    date: str | None = None
    serial_dates: bool = False
    target: Target = field(default_factory=Target)
    prefix: str | None = None
    appended: Sequence[str] | None = None
    long: bool = False


@dataclass(frozen=True, slots=True)
class MentionColumn:
    """A column with mentions: its name, its position in the header, and the types that its mentions may have.

    ``within`` are the positions of its parent columns.
    """

    name: str
    place: int
    types: tuple[EntityType, ...]
    within: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A request, with every name looked up in the table's header.

    ``numbers`` are the positions, in the output, of appended columns with numbers. ``serial_dates`` says that days may
    be numbers, as in spreadsheets. ``parted`` are the positions, among the appended cells, of those that are divided
    into one row for each successor.
    """

    columns: tuple[MentionColumn, ...]
    countries: tuple[str, ...]
    date_place: int | None
    date: str
    picked: tuple[int, ...]
    width: int
    appended: tuple[str, ...]
    numbers: frozenset[int]
    serial_dates: bool = False
    parted: tuple[int, ...] = ()

    @classmethod
    def of(cls, request: Request, kind: Kind, header: Sequence[str], path: str, *, serial_dates: bool = False) -> Plan:
        """Look up a request in a header. Raises ``UsageError`` for missing columns and invalid options."""
        if not request.columns:
            raise UsageError(f"no column is named; the columns of {path} are: {listed(header)}")
        columns = tuple(_column(spec, request.types, kind, header, path) for spec in request.columns)
        parents = parent_places(request.within, [(one.name, one.types) for one in columns], header, path)
        if request.long and len(columns) > 1:
            raise UsageError("--long writes a row for each successor of one column: name one --column")
        picked = pick_columns(request.appended, kind.columns)
        date_column = request.date_column
        return cls(
            columns=tuple(replace(one, within=within) for one, within in zip(columns, parents, strict=True)),
            countries=countries_of(request.countries),
            date_place=None if date_column is None else column_position(header, date_column, path=path),
            date=date_option(request.date, "the date"),
            picked=picked,
            width=len(header),
            appended=_appended(request, [column.name for column in columns], picked, kind, header, path),
            numbers=_numbers(len(header), len(columns), [kind.columns[place] for place in picked]),
            serial_dates=serial_dates or request.serial_dates,
            parted=tuple(at for at, place in enumerate(picked) if request.long and kind.columns[place] in kind.joined),
        )

    def around(self, column: MentionColumn) -> Callable[[Sequence[str]], tuple[str, ...]]:
        """Return a function that picks the cells of a mention from a row: text, date, parents."""
        dates = () if self.date_place is None else (self.date_place,)
        places = (column.place, *dates, *column.within)
        if len(places) == 1:
            return lambda cells: (cells[places[0]],)
        return cast("Callable[[Sequence[str]], tuple[str, ...]]", itemgetter(*places))

    def mention(self, column: MentionColumn, taken: tuple[str, ...]) -> tuple[Mention, str]:
        """Return the mention made of cells that were picked from a row, and a note about it."""
        cell = "" if self.date_place is None else taken[1]
        date, note = mention_date(cell, self.date, serial=self.serial_dates)
        within = tuple(str(text) for text in taken[1 if self.date_place is None else 2 :] if text.strip())
        return Mention(str(taken[0]), column.types, self.countries, date, within), note


def _numbers(width: int, columns: int, names: Sequence[str]) -> frozenset[int]:
    """Return the positions of the scores among the cells of an output row."""
    scores = [place for place, name in enumerate(names) if name == "score"]
    return frozenset(width + column * len(names) + place for column in range(columns) for place in scores)


def _appended(
    request: Request, columns: Sequence[str], picked: Sequence[int], kind: Kind, header: Sequence[str], path: str
) -> tuple[str, ...]:
    """Return the names of the appended columns. Raises ``UsageError`` for a name given twice."""
    several, taken = len(columns) > 1, set(header)
    appended: dict[str, None] = {}
    for column in columns:
        for name in column_names(_prefix(request.prefix, column, several=several), picked, kind.columns):
            if name in appended:
                raise UsageError(f"two appended columns would be named {shown(name)!r}: name each column once")
            if name in taken:
                what = f"{path} has a column {shown(name)!r} already"
                raise UsageError(f"{what}: choose another --prefix for new columns")
            appended[name] = None
    return tuple(appended)


def _column(spec: str, types: Sequence[str], job: Kind, header: Sequence[str], path: str) -> MentionColumn:
    name, colon, kind = spec.rpartition(":")
    if colon and spec not in header and name in header and kind not in ("place", *TYPES):
        raise UsageError(unknown("type", kind, ("place", *TYPES)))
    # A header may have colons of its own: its exact name goes first.
    if spec in header or not colon or kind not in ("place", *TYPES):
        return MentionColumn(spec, column_position(header, spec, path=path), job.types(types))
    return MentionColumn(name, column_position(header, name, path=path), job.types(kind))


def _prefix(prefix: str | None, column: str, *, several: bool) -> str:
    if prefix is None:
        return column
    prefix = prefix.removesuffix("_")
    return f"{prefix}_{column}" if several and prefix else column if several else prefix
