"""The job behind ``resolver convert --sum``: from statistics by unit to statistics by the units of another day.

The whole table is read before anything is written. If one value cannot be added up exactly, nothing is written, unless
the caller gives a file for such rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from resolver.atomic import check_files, replacing
from resolver.dates import date_option, parse_date
from resolver.engine.resolver import Resolver
from resolver.errors import InputError, UsageError
from resolver.filters import place_types_of
from resolver.model import Mention
from resolver.tables.aggregation import Aggregation, Entry, Refusal, Total, aggregate
from resolver.tables.counts import counted
from resolver.tables.formats import check_table_ending, header_sought, keeps_types, open_table, table_writer
from resolver.tables.headers import column_position, listed, shown
from resolver.tables.parents import parent_places
from resolver.tables.rows import Reading, Record
from resolver.tables.sum_values import SumValues

__all__ = ["Outcome", "Sums", "sum_file"]

_APPENDED = ("id", "code", "name", "type", "province", "province_code")
_LAST = ("complete", "coverage")
_MOST_NAMED = 10
_YEAR = 4


@dataclass(frozen=True, slots=True)
class Sums:
    """A request for a table of statistics.

    ``column`` has the units of the day ``date``, ``within`` are its parent columns; both have official codes if
    ``codes`` is true. ``values`` are the columns to add up, ``people`` those of them that count inhabitants, and ``by``
    columns that distinguish several rows of one unit (a year, a sex). ``to`` is the day of the totals, ``level`` their
    type, ``decimal`` the decimal sign, a point or a comma. Of the columns ``means`` the means are computed, weighted by
    the column ``weight``. ``date_column`` has the day of each row, for a table of several years; a year alone means its
    last day.
    """

    column: str
    values: Sequence[str]
    date: str
    means: Sequence[str] = ()
    weight: str | None = None
    date_column: str | None = None
    people: Sequence[str] = ()
    by: Sequence[str] = ()
    to: str | None = None
    level: str | None = None
    codes: bool = False
    types: Sequence[str] = ()
    countries: Sequence[str] = ()
    within: Sequence[str] = ()
    prefix: str | None = None
    decimal: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Counts: rows added up, totals, totals that lack units, rows refused."""

    rows: int
    totals: int
    incomplete: int
    refused: int
    likely_rates: tuple[str, ...] = ()

    def __str__(self) -> str:
        """One line for a person."""
        told = f"{counted(self.rows, 'row')} added up to {counted(self.totals, 'total')}"
        return "; ".join([told, *self.warnings()])

    def warnings(self) -> list[str]:
        """Warnings that are shown even without a summary."""
        told = [
            (self.incomplete, "total is not complete, see its coverage", "totals are not complete, see their coverage"),
            (self.refused, "row is not added up", "rows are not added up"),
        ]
        return [*(counted(count, one, several) for count, one, several in told if count), *self.likely_rates]


@dataclass(frozen=True, slots=True)
class _Plan:
    unit: int
    values: dict[str, int]
    means: dict[str, int]
    weight: int | None
    date: int | None
    by: tuple[int, ...]
    within: tuple[int, ...]
    header: list[str]
    path: str


def sum_file(
    source: str | Path,
    output: str | Path,
    request: Sums,
    *,
    rest: str | Path | None = None,
    resolver: Resolver | None = None,
    reading: Reading | None = None,
    force: bool = False,
) -> Outcome:
    """Add up a table of statistics for the units of another day; return the counts.

    ``rest`` is the file for the rows that cannot be added up, each with the reason; without it one such row is an
    ``InputError`` that names them. Raises ``UsageError``, ``InputError`` or ``OutputError``; then the outputs have not
    changed.
    """
    written = [path for path in (output, rest) if path is not None]
    check_files([source], written, force=force)
    for path in written:
        check_table_ending(path)
    with ExitStack() as stack:
        table = stack.enter_context(open_table(source, reading))
        with header_sought(table, [request.column]):
            plan = _plan(request, table.header, table.name)
        rest_sink = stack.enter_context(replacing(rest)) if rest is not None else None
        sink = stack.enter_context(replacing(output))
        records = [record for record in table if any(cell.strip() for cell in record.cells)]
        _check_widths(plan, records)
        values = _values(request, plan, records)
        result = _added(request, plan, records, values, resolver or Resolver())
        if result.refused and rest_sink is None:
            raise _refusal(plan, request.level, records, result.refused)
        with table_writer(output, sink, table, rows=False) as writer:
            made, decimal = _header(request), "." if keeps_types(output) else values.decimal
            writer.begin(made, frozenset(made.index(name) for name in (*request.values, *request.means)))
            for total in result.totals:
                writer.write(_row(total, values, decimal))
        if rest_sink is not None and rest is not None:
            with table_writer(rest, rest_sink, table) as left:
                left.begin([*plan.header, *_rest_header(request)])
                for refusal in result.refused:
                    told = ["|".join(values.named(refusal.values)), refusal.reason]
                    left.write([*records[refusal.position].cells, *told])
            rest_sink.finish()
        sink.finish()
    incomplete = sum(not total.complete for total in result.totals)
    rates = tuple(
        f"{shown(name)} is likely a rate, which cannot be added up: {why}: --mean forms its mean"
        for name, why in values.likely_rates.items()
    )
    return Outcome(len(records), len(result.totals), incomplete, len(result.refused), rates)


def _plan(request: Sums, header: list[str], path: str) -> _Plan:
    if not request.values and not request.means:
        raise UsageError(f"no column is to be added up; the columns of {path} are: {listed(header)}")
    if bool(request.means) != bool(request.weight):
        raise UsageError(
            "--mean needs --weight, the column with the weights, such as inhabitants or area; and it --mean"
        )
    for name in (*request.by, request.column, *filter(None, [request.date_column])):
        if name in request.values or name in request.means:
            raise UsageError(f"the column {name!r} cannot be added up: the totals are grouped by it")
    if request.decimal not in (None, ".", ","):
        raise UsageError(f"the decimal sign is . or , and not {request.decimal!r}")

    def places(names: Iterable[str]) -> tuple[int, ...]:
        return tuple(column_position(header, name, path=path) for name in names)

    (unit,) = places([request.column])
    made = _header(request)
    for number, name in enumerate(made):
        if name in made[:number]:
            raise UsageError(f"two columns of the output would be named {name!r}: choose a --prefix, name columns once")
    for name in _rest_header(request):
        if name in header:
            raise UsageError(f"{path} has a column {shown(name)!r} already: choose another --prefix")
    (within,) = parent_places(request.within, [(request.column, place_types_of(request.types))], header, path)
    return _Plan(
        unit=unit,
        values=dict(zip(request.values, places(request.values), strict=True)),
        means=dict(zip(request.means, places(request.means), strict=True)),
        weight=places([request.weight])[0] if request.weight else None,
        date=places([request.date_column])[0] if request.date_column else None,
        by=places(request.by),
        within=within,
        header=header,
        path=path,
    )


def _prefix(request: Sums) -> str:
    prefix = request.column if request.prefix is None else request.prefix.removesuffix("_")
    return f"{prefix}_" if prefix else ""


def _header(request: Sums) -> list[str]:
    prefix = _prefix(request)
    return [
        *(prefix + name for name in _APPENDED),
        *filter(None, [request.date_column]),
        *request.by,
        *request.values,
        *request.means,
        *(prefix + name for name in _LAST),
    ]


def _rest_header(request: Sums) -> list[str]:
    prefix = _prefix(request)
    return [f"{prefix}refused", f"{prefix}reason"]


def _check_widths(plan: _Plan, records: Sequence[Record]) -> None:
    for record in records:
        if len(record.cells) != len(plan.header):
            raise InputError(
                f"the row has {len(record.cells)} cells, the header {len(plan.header)}",
                path=plan.path,
                line=record.line,
                remedy="fix the row",
            )


def _values(request: Sums, plan: _Plan, records: Sequence[Record]) -> SumValues:
    def column(place: int) -> list[tuple[int, str]]:
        return [(record.line, record.cells[place]) for record in records]

    return SumValues(
        {name: column(place) for name, place in plan.values.items()},
        {name: column(place) for name, place in plan.means.items()},
        None if request.weight is None or plan.weight is None else (request.weight, column(plan.weight)),
        decimal=request.decimal,
        path=plan.path,
    )


def _added(request: Sums, plan: _Plan, records: Sequence[Record], values: SumValues, resolver: Resolver) -> Aggregation:
    """Return the totals of all days in the table; the units of each row are those of its day."""
    types, countries = place_types_of(request.types), resolver.known_countries(request.countries)
    totals: list[Total] = []
    refused: list[Refusal] = []
    for (written, date), rows in _by_date(request, plan, records).items():
        entries = [
            Entry(
                Mention(
                    str(records[row].cells[plan.unit]),
                    types,
                    countries,
                    date,
                    tuple(str(cell) for place in plan.within if (cell := records[row].cells[place]).strip()),
                ),
                values.of_row(row),
                (*written, *(records[row].cells[place].strip() for place in plan.by)),
            )
            for row in rows
        ]
        found = aggregate(
            entries,
            date=date,
            to=request.to,
            people=values.people(request.people, weight=request.weight),
            level=request.level,
            codes=request.codes,
            type=types,
            country=countries,
            resolver=resolver,
        )
        totals += found.totals
        refused += [replace(refusal, position=rows[refusal.position]) for refusal in found.refused]
    return Aggregation(tuple(totals), tuple(sorted(refused, key=lambda refusal: refusal.position)))


def _by_date(request: Sums, plan: _Plan, records: Sequence[Record]) -> dict[tuple[tuple[str, ...], str], list[int]]:
    """Return the rows of each day, by the text in the date column (if there is one) and the day that it means."""
    default = date_option(request.date, "the date")
    if plan.date is None:
        return {((), default): list(range(len(records)))}
    found: dict[tuple[tuple[str, ...], str], list[int]] = {}
    for row, record in enumerate(records):
        cell = record.cells[plan.date].strip()
        date = parse_date(cell)
        if date is None or not (date or default):
            problem = f"the date {cell[:40]!r} cannot be read" if cell else "the row has no date"
            raise InputError(problem, path=plan.path, line=record.line, remedy="write 2024-12-31, or give --date")
        found.setdefault(((cell,), _day(date) or default), []).append(row)
    return found


def _day(date: str) -> str:
    """Return a day; for a year its last day, since most statistics of a year are of its end."""
    return f"{date}-12-31" if len(date) == _YEAR else date


def _row(total: Total, values: SumValues, decimal: str) -> list[str]:
    entity, province = total.place.entity, total.place.level("province")
    return [
        entity.id,
        entity.code,
        entity.path.partition(", ")[0],
        entity.type,
        province.path if province else "",
        province.code if province else "",
        *total.group,
        *values.totals(total.values, decimal),
        "yes" if total.complete else "no",
        _coverage(total),
    ]


def _coverage(total: Total) -> str:
    missing = [unit.id for unit in total.missing]
    whole = [unit for unit in total.units if unit.id not in missing]
    every = len(whole) + len(missing)
    named = "; ".join(f"{unit.path.partition(', ')[0]} ({unit.code or unit.id})" for unit in total.missing)
    doubtful = "; ".join(unit.path.partition(", ")[0] for unit in total.doubtful)
    told = [f"{len(whole)} of {every} units", f"missing: {named}" if named else ""]
    told.append(f"origin not recorded: {doubtful}" if doubtful else "")
    return "; ".join(part for part in told if part)


def _refusal(plan: _Plan, level: str | None, records: Sequence[Record], refused: Sequence[Refusal]) -> InputError:
    """Return an error with the names of the units that cannot be added up, and the reason for the first."""
    first = refused[0]
    names = list(dict.fromkeys(_named(plan, records[refusal.position], refusal) for refusal in refused))
    several = f"{len(refused)} of {len(records)} rows" if len(records) > 1 else "the row"
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    split = any(refusal.conversion.status == "split" for refusal in refused)
    more_ways = "; --level province adds up by province" if split and level is None else ""
    if any(refusal.repeated for refusal in refused):
        more_ways += "; --by or --date-column COLUMN tells rows of one unit apart, such as by year"
    reason = first.reason.rstrip(".") if len(names) == 1 else f"{names[0]}: {first.reason.rstrip('.')}"
    return InputError(
        f"{several} can't be added up: {', '.join(names[:_MOST_NAMED])}{more} ({reason})",
        path=plan.path,
        line=records[first.position].line,
        remedy="--rest FILE writes these to FILE and adds up the others" + more_ways,
    )


def _named(plan: _Plan, record: Record, refusal: Refusal) -> str:
    if refusal.conversion.source:
        unit = refusal.conversion.source.entity
        return f"{unit.path.partition(', ')[0]} ({unit.code})"
    text = record.cells[plan.unit].strip()[:60]
    return repr(text) if text else f"line {record.line}"
