"""``resolver convert``: places of one day and those of another, appended or added up."""

# Imports are inside the command, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from resolver.cli.console import say
from resolver.cli.normalize import append_columns
from resolver.cli.options import FILE, reading_of, resolver_of, table_options
from resolver.errors import UsageError

__all__ = ["convert"]


@click.command()
@table_options("Column with places: names or, with --from-codes, official codes; repeatable.")
@click.option("--from-codes", "codes", is_flag=True, help="The columns, also those of --within, have official codes.")
@click.option(
    "--sum",
    "sums",
    multiple=True,
    metavar="COLUMN",
    help="Add up COLUMN for the units of --to, instead of appending; repeatable.",
)
@click.option("--people", multiple=True, metavar="COLUMN", help="The same for a count of inhabitants; repeatable.")
@click.option("--mean", "means", multiple=True, metavar="COLUMN", help="The mean of COLUMN by --weight; repeatable.")
@click.option("--weight", metavar="COLUMN", help="Column with the weights of --mean, such as inhabitants or area.")
@click.option(
    "--by", multiple=True, metavar="COLUMN", help="Separate totals by value of COLUMN, such as a year; repeatable."
)
@click.option("--level", metavar="TYPE", help="Add up for units of this type: province, district, commune.")
@click.option("--decimal", metavar="SIGN", help="Decimal sign in the numbers, . or , [. if it is certain].")
@click.option("--rest", metavar="FILE", type=FILE, help="Write rows that cannot be added up to FILE, sum the others.")
def convert(*, quiet: bool, codes: bool, sums: tuple[str, ...], people: tuple[str, ...], **options: Any) -> None:
    """Append to a table what its places are on another day, --to: today's units for old ones, old for today's.

    Gives communes, districts and provinces with their codes; for a split unit all parts, joined by |. The meaning of a
    code depends on the day and the level: give --date and --type. Existing rows and cells do not change.

    With --sum or --people it writes another table, of totals for the units of --to. A unit that was split can't be
    added up: that is one error that names all such units, or --rest takes their rows. A count of people can where
    the law left the whole population with one unit. Of rates and shares --mean forms the weighted means. With
    --date-column each row's units are those of its day, or of the last day of its year.

    \b
    Examples:
      resolver convert customers.csv -o out.csv --column address
      resolver convert wards.csv -o out.csv --column ward_code --from-codes --type commune --date 2024-12-31
      resolver convert new.csv -o old.csv --column commune --date 2025-07-01 --to 2025-06-30
      resolver convert stats.csv -o new.csv --column unit --date 2024-12-31 --people population --sum area
      resolver convert rates.csv -o new.csv --column unit --date-column year --mean poverty --weight households
    """
    from functools import partial

    from resolver.tables.convert import convert_file

    own = {name: options.pop(name) for name in ("by", "level", "decimal", "rest", "means", "weight")}
    if sums or people or own["means"]:
        _sum(quiet=quiet, codes=codes, sums=sums, people=people, **own, **options)
        return
    _refuse({"mean" if one == "means" else one: value for one, value in own.items()}, "needs --sum, --people or --mean")
    append_columns(partial(convert_file, codes=codes), quiet=quiet, **options)


_SUMMING = ("by", "to", "level", "codes", "within", "prefix", "decimal", "means", "weight", "date_column")


def _refuse(options: dict[str, Any], why: str) -> None:
    """Refuse options that cannot be used here."""
    for name, value in options.items():
        if value:
            raise UsageError(f"--{name.replace('_', '-')} {why}")


def _sum(
    *,
    source: Path,
    output: Path,
    columns: tuple[str, ...],
    sums: tuple[str, ...],
    people: tuple[str, ...],
    quiet: bool,
    **options: Any,
) -> None:
    """Add up a table of statistics, and print the summary."""
    from resolver.tables.sum_file import Sums, sum_file

    unusable = ("resume", "long", "excel_safe", "appended", "language", "min_score", "review", "overrides", "report")
    _refuse({"columns" if one == "appended" else one: options[one] for one in unusable}, "cannot be used with --sum")
    if len(columns) > 1:
        raise UsageError("only one --column can have the units that --sum is about; the others may be --within")
    if not options["date"] and not options["date_column"]:
        raise UsageError("--sum needs --date or --date-column: the day whose units the table has, such as 2024-12-31")
    request = Sums(
        columns[0],
        tuple(dict.fromkeys((*sums, *people))),
        options["date"] or "",
        people=people,
        types=options["types"],
        countries=options["countries"],
        **{name: options[name] for name in _SUMMING},
    )
    files = {name: options[name] for name in ("rest", "force")}
    files |= {"reading": reading_of(options), "resolver": resolver_of(options)}
    outcome = sum_file(source, output, request, **files)
    if not quiet:
        for told in [str(outcome)] if sys.stderr.isatty() else outcome.warnings():
            say(told)
