"""The arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from resolver.engine.resolver import Resolver
    from resolver.tables.rows import Reading

__all__ = [
    "FILE",
    "TYPE_HELP",
    "asked",
    "facts",
    "files",
    "is_own",
    "reading_of",
    "reading_options",
    "resolver_of",
    "table_options",
]

TYPE_HELP = "country, province, district, commune, person, organisation, office, or place for all levels; repeatable."
FILE = click.Path(path_type=Path)


def asked(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of every query."""
    for option in reversed(
        (
            click.option("--type", "types", multiple=True, metavar="TYPE", help=TYPE_HELP),
            click.option("--country", "countries", multiple=True, metavar="CC", help="Only these countries: VN,KH."),
            click.option("--date", metavar="DATE", help="When the mention was made: 2025-07-01, 2025, 01/07/2025."),
            click.option("--to", metavar="DATE", help="Show what stands there at this date [gazetteer's own date]."),
            click.option("--language", metavar="TAG", help="Language of names in the answer: vi, en, fr, km."),
            click.option("--min-score", type=click.FloatRange(0, 1), help="Do not match below this probability."),
        )
    ):
        command = option(command)
    return command


def table_options(what: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator with the arguments and options of a command that appends columns to a table."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        column = click.option(
            "-c", "--column", "columns", multiple=True, required=True, metavar="NAME[:TYPE]", help=what
        )
        for option in reversed((files, column, asked, facts, *_TABLE_OPTIONS)):
            command = option(command)
        return command

    return add


def facts(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that choose the gazetteer, its entities and additional names."""
    for option in reversed(_FACTS):
        command = option(command)
    return command


def is_own(options: dict[str, Any]) -> bool:
    """Return whether the options choose anything but the unchanged bundled gazetteer."""
    return any(options[name] is not None for name in ("facts", "aliases", "only"))


def resolver_of(options: dict[str, Any]) -> Resolver:
    """Remove the options of ``facts`` from the others, and return the resolver for them."""
    from resolver.engine.resolver import Resolver  # noqa: PLC0415  (slow, and not needed for --help)

    return Resolver(options.pop("facts"), aliases=options.pop("aliases"), only=options.pop("only"))


def files(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options for the table to read, the way to read it, and the output."""
    for option in (_OUTPUT, _SOURCE):
        command = option(reading_options(command) if option is _OUTPUT else command)
    return command


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options for reading a table."""
    for option in reversed(_READING):
        command = option(command)
    return command


def reading_of(options: dict[str, Any]) -> Reading:
    """Remove the options for reading a table from the others, and return them."""
    from resolver.tables.rows import Reading  # noqa: PLC0415  (only where a table is read)

    taken = {name: options.pop(name) for name in ("delimiter", "encoding", "skip_lines", "sheet")}
    return Reading(**taken, header=not options.pop("no_header"))


_SOURCE = click.argument("source", metavar="IN", type=FILE)
_OUTPUT = click.option(
    "-o",
    "--output",
    metavar="OUT",
    type=FILE,
    default="-",
    help="Where to write: .csv .tsv .jsonl (also .gz .zst) .xlsx .parquet [standard output, CSV].",
)
_FACTS = (
    click.option(
        "--gazetteer",
        "facts",
        metavar="FOLDER",
        type=FILE,
        help="Gazetteer, or tables with rows to add to the bundled one.",
    ),
    click.option(
        "--aliases", metavar="FILE", type=FILE, help="Names of your own: a CSV table with the columns text, id."
    ),
    click.option("--only", metavar="FILE", type=FILE, help="Allow only the ids in FILE, one on each line."),
)
_READING = (
    click.option("--sheet", metavar="NAME", help="Sheet of a workbook [the first]."),
    click.option("--skip-lines", type=click.IntRange(0), default=0, metavar="N", help="Lines above the header [0]."),
    click.option("--no-header", is_flag=True, help="There is no header: columns are called 1, 2, 3."),
    click.option("--delimiter", metavar="CHAR", help=r"Delimiter of CSV, \t for a tab [found in its header]."),
    click.option("--encoding", metavar="NAME", help="Encoding: utf-8, windows-1258, tcvn3, vni [detected]."),
)
_TABLE_OPTIONS = (
    click.option(
        "--within",
        multiple=True,
        metavar="COLUMN",
        help="Column that names what mentions lie in; commune=district,province for one --column; repeatable.",
    ),
    click.option("--date-column", metavar="COLUMN", help="Column with the mention's date, the day before the month."),
    click.option("--serial-dates", is_flag=True, help="Dates may be Excel's numbers, such as 45623 [only in .xlsx]."),
    click.option(
        "--prefix", metavar="TEXT", help="Prefix of appended columns [the column's name]; before it if several."
    ),
    click.option(
        "--columns", "appended", metavar="NAMES", help="Which columns to append: status,id,name [usual ones]."
    ),
    click.option("--long", is_flag=True, help="Write a row for each successor of a unit."),
    click.option("--review", metavar="FILE", type=FILE, help="Write the mentions that need a person to FILE."),
    click.option(
        "--overrides", metavar="FILE", type=FILE, help="Apply the decisions in FILE, a completed review file."
    ),
    click.option("--report", metavar="FILE", type=FILE, help="Write a report to FILE: .html or .json."),
    click.option("--resume", is_flag=True, help="Keep answers beside OUT, and go on with those of a killed run."),
    click.option("--excel-safe", is_flag=True, help="Write CSV for Excel, and guard cells that it would run."),
    click.option("--force", is_flag=True, help="Replace files that exist."),
    click.option("--quiet", is_flag=True, help="No progress and no summary on a terminal."),
)
