"""The request of a job that appends columns, with every name looked up in the table's header."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import cast

from resolver.dates import date_option, mention_date
from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.filters import countries_of, types_of, unknown
from resolver.model import TYPES, EntityType, Mention
from resolver.tables.columns import column_names, pick_columns
from resolver.tables.distinct import Answers, Target
from resolver.tables.headers import column_position, listed, shown

__all__ = ["Kind", "MentionColumn", "Plan", "Request"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a job appends: its columns, status first and note last, which ones are counted, and what fills them.

    ``types`` converts the names of types to the types that mentions are restricted to.
    """

    columns: tuple[str, ...]
    counted: tuple[str, ...]
    answers: Callable[[Resolver, Target], Answers]
    types: Callable[[str | Iterable[str]], tuple[EntityType, ...]] = types_of


@dataclass(frozen=True, slots=True)
class Request:
    """A request for a table.

    ``columns`` are names of columns with mentions. A colon and types after the name restrict one column, if they
    differ from ``types``: ``place``, ``official:person``. ``within`` are columns that name the parents of the mention;
    a column is never its own parent. ``date_column`` says when the mention was made, ``date`` is the day for rows
    without one. The names of appended columns begin with the column's name or with ``prefix``; with several columns
    ``prefix`` goes before the name. ``appended`` selects the columns, all by default.
    """

    columns: Sequence[str]
    types: Sequence[str] = ()
    countries: Sequence[str] = ()
    within: Sequence[str] = ()
    date_column: str | None = None
    date: str | None = None
    target: Target = field(default_factory=Target)
    prefix: str | None = None
    appended: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class MentionColumn:
    """A column with mentions: its name, its position in the header and the types it is restricted to."""

    name: str
    place: int
    types: tuple[EntityType, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A request, with every name looked up in the table's header."""

    columns: tuple[MentionColumn, ...]
    countries: tuple[str, ...]
    within: tuple[int, ...]
    date_place: int | None
    date: str
    picked: tuple[int, ...]
    width: int
    appended: tuple[str, ...]

    @classmethod
    def of(cls, request: Request, kind: Kind, header: Sequence[str], path: str) -> Plan:
        """Look up a request in a header. Raises ``UsageError`` for missing columns and invalid options."""
        if not request.columns:
            raise UsageError(f"no column is named; the columns of {path} are: {listed(header)}")
        columns = tuple(_column(spec, request.types, kind, header, path) for spec in request.columns)
        picked = pick_columns(request.appended, kind.columns)
        date_column = request.date_column
        return cls(
            columns=columns,
            countries=countries_of(request.countries),
            within=tuple(column_position(header, name, path=path) for name in request.within),
            date_place=None if date_column is None else column_position(header, date_column, path=path),
            date=date_option(request.date, "the date"),
            picked=picked,
            width=len(header),
            appended=_appended(request, [column.name for column in columns], picked, kind, header, path),
        )

    def around(self, column: MentionColumn) -> Callable[[Sequence[str]], tuple[str, ...]]:
        """Return a function that takes from a row the cells of a mention: text, date, parents."""
        dates = () if self.date_place is None else (self.date_place,)
        # A mention is never its own parent.
        places = (column.place, *dates, *(place for place in self.within if place != column.place))
        if len(places) == 1:
            return lambda cells: (cells[places[0]],)
        return cast("Callable[[Sequence[str]], tuple[str, ...]]", itemgetter(*places))

    def mention(self, column: MentionColumn, taken: tuple[str, ...]) -> tuple[Mention, str]:
        """Return the mention made from the cells taken from a row, and a note about it."""
        date, note = mention_date("" if self.date_place is None else taken[1], self.date)
        within = tuple(text for text in taken[1 if self.date_place is None else 2 :] if text.strip())
        return Mention(taken[0], column.types, self.countries, date, within), note


def _appended(
    request: Request, columns: Sequence[str], picked: Sequence[int], kind: Kind, header: Sequence[str], path: str
) -> tuple[str, ...]:
    """Return the names of the appended columns, none of them given twice."""
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
    if spec not in header and name in header and kind not in ("place", *TYPES):
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
