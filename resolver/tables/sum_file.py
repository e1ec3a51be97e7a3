"""The job behind ``resolver convert --sum``: from a table of statistics by unit to one by the units of another day.

The whole table is read before anything is written. If one value cannot be added up exactly, nothing is written, unless
the caller gives a file for such rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from resolver.atomic import check_ending, check_files, replacing
from resolver.dates import date_option
from resolver.engine.resolver import Resolver
from resolver.errors import InputError, UsageError
from resolver.filters import place_types_of
from resolver.model import Mention
from resolver.tables.aggregation import MOST_DIGITS, Aggregation, Entry, Refusal, Total, aggregate, is_addable
from resolver.tables.csvio import ENDINGS, Reader, Record, Writer, dialect_for
from resolver.tables.headers import column_position, listed, shown

__all__ = ["Outcome", "Sums", "sum_file"]

_APPENDED = ("id", "code", "name", "type", "province", "province_code")
_LAST = ("complete", "coverage")
_MOST_NAMED = 10

_LONGEST_NUMBER = 1_000
_POINT = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_THOUSANDS = {mark: re.compile(rf"[+-]?\d{{1,3}}(?:\{mark}\d{{3}})+(?!\d)", re.ASCII) for mark in ".,"}
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_BLANKS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Sums:
    """A request for a table of statistics.

    ``column`` has the units of the day ``date``, ``within`` are columns with their parents, both official codes if
    ``codes`` is true. ``values`` are the columns to add up, ``people`` those of them that count inhabitants, ``by``
    columns that distinguish several rows of one unit (a year, a sex). ``to`` is the day of the totals, ``level`` the
    type of their units, ``decimal`` the decimal sign in the numbers, a point or a comma.
    """

    column: str
    values: Sequence[str]
    date: str
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

    def __str__(self) -> str:
        """One line for a person."""
        return "; ".join([f"{self.rows} rows added up to {self.totals} totals", *self.warnings()])

    def warnings(self) -> list[str]:
        """Warnings that are shown even without a summary."""
        told = [
            (self.incomplete, "totals that are not complete, see their coverage"),
            (self.refused, "rows not added up"),
        ]
        return [f"{count} {what}" for count, what in told if count]


@dataclass(frozen=True, slots=True)
class _Plan:
    unit: int
    values: tuple[int, ...]
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
    delimiter: str | None = None,
    encoding: str | None = None,
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
        check_ending(path, ENDINGS)
    with ExitStack() as stack:
        table = stack.enter_context(Reader(source, encoding=encoding, delimiter=delimiter))
        plan = _plan(request, table.header, table.name)
        rest_sink = stack.enter_context(replacing(rest)) if rest is not None else None
        sink = stack.enter_context(replacing(output))
        records = [record for record in table if any(cell.strip() for cell in record.cells)]
        result = _added(request, plan, records, resolver or Resolver())
        if result.refused and rest_sink is None:
            raise _refusal(plan, request.level, records, result.refused)
        writer = Writer(sink, dialect_for(output, table.dialect))
        writer.write(_header(request))
        for total in result.totals:
            writer.write(_row(request, total))
        if rest_sink is not None and rest is not None:
            left = Writer(rest_sink, dialect_for(rest, table.dialect))
            left.write([*plan.header, *_rest_header(request)])
            for refusal in result.refused:
                left.write([*records[refusal.position].cells, "|".join(refusal.values), refusal.reason])
            rest_sink.finish()
        sink.finish()
    incomplete = sum(not total.complete for total in result.totals)
    return Outcome(len(records), len(result.totals), incomplete, len(result.refused))


def _plan(request: Sums, header: list[str], path: str) -> _Plan:
    if not request.values:
        raise UsageError(f"no column is to be added up; the columns of {path} are: {listed(header)}")
    for name in (*request.people, *request.by, request.column):
        if name in request.values and name not in request.people:
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
    # A unit is never its own parent.
    within = tuple(place for place in places(request.within) if place != unit)
    return _Plan(unit, places(request.values), places(request.by), within, header, path)


def _prefix(request: Sums) -> str:
    prefix = request.column if request.prefix is None else request.prefix.removesuffix("_")
    return f"{prefix}_" if prefix else ""


def _header(request: Sums) -> list[str]:
    prefix = _prefix(request)
    return [
        *(prefix + name for name in _APPENDED),
        *request.by,
        *request.values,
        *(prefix + name for name in _LAST),
    ]


def _rest_header(request: Sums) -> list[str]:
    prefix = _prefix(request)
    return [f"{prefix}refused", f"{prefix}reason"]


def _added(request: Sums, plan: _Plan, records: Sequence[Record], resolver: Resolver) -> Aggregation:
    types, countries = place_types_of(request.types), resolver.known_countries(request.countries)
    date = date_option(request.date, "the date")
    for record in records:
        if len(record.cells) != len(plan.header):
            raise InputError(
                f"the row has {len(record.cells)} cells, the header {len(plan.header)}",
                path=plan.path,
                line=record.line,
                remedy="fix the row",
            )
    columns = [list(_numbers(request, plan, records, place)) for place in plan.values]
    entries = [
        Entry(
            Mention(
                record.cells[plan.unit],
                types,
                countries,
                date,
                tuple(record.cells[place] for place in plan.within if record.cells[place].strip()),
            ),
            dict(zip(request.values, numbers, strict=True)),
            tuple(record.cells[place].strip() for place in plan.by),
        )
        for record, *numbers in zip(records, *columns, strict=True)
    ]
    return aggregate(
        entries,
        date=date,
        to=request.to,
        people=request.people,
        level=request.level,
        codes=request.codes,
        type=types,
        country=countries,
        resolver=resolver,
    )


def _numbers(request: Sums, plan: _Plan, records: Sequence[Record], place: int) -> Iterator[Decimal | None]:
    """Yield the numbers of a column, None for blank cells. Raises InputError for what is not clearly a number."""
    name = plan.header[place]
    texts = [_BLANKS.sub("", record.cells[place].strip()) for record in records]
    # A point before three digits separates thousands or is a decimal sign; another number of the column shows which.
    told = request.decimal or any(
        _POINT.fullmatch(text) and "." in text and not _EITHER.fullmatch(text) for text in texts
    )
    for record, text in zip(records, texts, strict=True):
        if not text:
            yield None
            continue
        number = _plain(text, request.decimal)
        if len(text) > _LONGEST_NUMBER or not _POINT.fullmatch(number):
            remedy = "give --decimal , or --decimal ." if "," in text or text.count(".") > 1 else "fix the cell"
            problem = f"{name} {record.cells[place][:40]!r} is not a number"
            raise InputError(problem, path=plan.path, line=record.line, remedy=f"{remedy}; leave it empty if missing")
        if not told and _EITHER.fullmatch(number):
            problem = f"{name} {text!r} may be thousands or have decimals"
            raise InputError(problem, path=plan.path, line=record.line, remedy="give --decimal , or --decimal .")
        yield _decimal(number, name, plan.path, record.line)


def _decimal(number: str, name: str, path: str, line: int) -> Decimal:
    """Return a number as it is written, without rounding."""
    try:
        value = Decimal(number)
    except InvalidOperation:  # an exponent out of range
        value = Decimal("inf")
    if not is_addable(value):
        problem = f"{name} {number[:40]!r} has more than {MOST_DIGITS} digits"
        raise InputError(problem, path=path, line=line, remedy="fix the cell; leave it empty if missing")
    return value


def _plain(text: str, decimal: str | None) -> str:
    """Return a number without thousands separators and with a decimal point, if the decimal sign is known."""
    if decimal is None:
        return text
    mark = "," if decimal == "." else "."
    found = _THOUSANDS[mark].match(text)
    whole = found[0].replace(mark, "") + text[found.end() :] if found else text
    return whole.replace(",", ".") if decimal == "," else whole


def _row(request: Sums, total: Total) -> list[str]:
    entity, province = total.place.entity, total.place.level("province")
    given = [total.values.get(name) for name in request.values]
    return [
        entity.id,
        entity.code,
        entity.path.partition(", ")[0],
        entity.type,
        province.path if province else "",
        province.code if province else "",
        *total.group,
        *("" if value is None else f"{value:f}".replace(".", request.decimal or ".") for value in given),
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
    """Return the error that names the units that cannot be added up, the first with its reason."""
    first = refused[0]
    names = list(dict.fromkeys(_named(plan, records[refusal.position], refusal) for refusal in refused))
    several = f"{len(refused)} of {len(records)} rows" if len(records) > 1 else "the row"
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    split = any(refusal.conversion.status == "split" for refusal in refused)
    by_province = "; --level province adds up by province" if split and level is None else ""
    return InputError(
        f"{several} can't be added up: {', '.join(names[:_MOST_NAMED])}{more} ({names[0]}: {first.reason.rstrip('.')})",
        path=plan.path,
        line=records[first.position].line,
        remedy="--rest FILE writes these to FILE and adds up the others" + by_province,
    )


def _named(plan: _Plan, record: Record, refusal: Refusal) -> str:
    if refusal.conversion.source:
        unit = refusal.conversion.source.entity
        return f"{unit.path.partition(', ')[0]} ({unit.code})"
    text = record.cells[plan.unit].strip()[:60]
    return repr(text) if text else f"line {record.line}"
