"""The arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

__all__ = ["FILE", "TYPE_HELP", "asked", "table_options"]

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
    """Return what adds the arguments and options of a command that appends columns to a table."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        column = click.option(
            "-c", "--column", "columns", multiple=True, required=True, metavar="NAME[:TYPE]", help=what
        )
        for option in reversed((_SOURCE, _OUTPUT, column, asked, *_TABLE_OPTIONS)):
            command = option(command)
        return command

    return add


_SOURCE = click.argument("source", metavar="IN.csv", type=FILE)
_OUTPUT = click.option(
    "-o", "--output", metavar="OUT.csv", type=FILE, default="-", help="Where to write [standard output]."
)
_TABLE_OPTIONS = (
    click.option(
        "--within", multiple=True, metavar="COLUMN", help="Column that names the parent of the mention; repeatable."
    ),
    click.option("--date-column", metavar="COLUMN", help="Column with the mention's date, the day before the month."),
    click.option(
        "--prefix", metavar="TEXT", help="Prefix of appended columns [the column's name]; before it if several."
    ),
    click.option("--columns", "appended", metavar="NAMES", help="Which columns to append: status,id,name [all]."),
    click.option("--delimiter", metavar="CHAR", help=r"Delimiter of IN.csv, \t for a tab [found in its header]."),
    click.option("--encoding", metavar="NAME", help="Encoding of IN.csv [UTF-8, or UTF-16 by its byte order mark]."),
    click.option("--review", metavar="FILE", type=FILE, help="Write the mentions that a person must review to FILE."),
    click.option(
        "--overrides", metavar="FILE", type=FILE, help="Apply the decisions in FILE, a completed review file."
    ),
    click.option("--report", metavar="FILE", type=FILE, help="Write counts as JSON to FILE."),
    click.option("--force", is_flag=True, help="Replace files that exist."),
    click.option("--quiet", is_flag=True, help="No progress and no summary on a terminal."),
)
