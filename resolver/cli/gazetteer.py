"""``resolver gazetteer``: check, count and export the facts."""

# Imports are inside the commands, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path

import click

from resolver.cli.options import FILE

__all__ = ["gazetteer"]


@click.group(invoke_without_command=True)
@click.pass_context
def gazetteer(context: click.Context) -> None:
    """Check, count and export the facts.

    \b
    Example:
      resolver gazetteer check
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@gazetteer.command()
@click.argument("path", required=False, type=FILE)
def check(path: Path | None) -> int:
    """Check the gazetteer's tables against its rules: one line for each problem, exit code 1 if there are any.

    PATH is a gazetteer, or a folder with rows of your own to add to the bundled one.

    \b
    Examples:
      resolver gazetteer check ./gazetteer
      resolver gazetteer check ./own
    """
    from resolver.gazetteer.overlay import problems_of

    problems = problems_of(path)
    for problem in problems:
        click.echo(f"{problem.table}, line {problem.line}: {problem.message} [{problem.rule}]")
    return 1 if problems else 0


@gazetteer.command()
@click.argument("path", required=False, type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
def stats(path: Path | None, as_json: bool) -> None:
    """Count what the gazetteer covers: units by country, level and date, names by language, unknown successors.

    \b
    Examples:
      resolver gazetteer stats ./gazetteer
      resolver gazetteer stats --json
    """
    from resolver.history.coverage import statistics

    told = statistics(path)
    click.echo(told.to_json() if as_json else str(told))


@gazetteer.command()
@click.argument("target", metavar="FILE.sqlite|FILE.csv|FOLDER", type=FILE)
@click.option(
    "--format", "format_", type=click.Choice(["sqlite", "csv", "keys"]), help="Format [by the name's ending]."
)
@click.option("--from", "path", metavar="PATH", type=FILE, help="Export the tables of this folder [the bundled ones].")
@click.option("--force", is_flag=True, help="Replace an earlier export.")
def export(target: Path, format_: str | None, path: Path | None, force: bool) -> None:
    """Write the whole gazetteer as one SQLite file, or as a folder of CSV tables that is a Data Package.

    FILE.csv is one table of places with their keys in other data, to join maps and statistics by: official codes, ISO
    3166-2, P-codes, Wikidata, GeoNames.

    In the SQLite file the view `units` has the first day and the first day no longer in force of every version:
    SELECT * FROM units WHERE first_day <= '2004-08-31' AND '2004-08-31' < end_day.

    \b
    Examples:
      resolver gazetteer export gazetteer.sqlite
      resolver gazetteer export ./tables --format csv
      resolver gazetteer export keys.csv
    """
    from resolver.gazetteer import export as exporter

    exporter.export(target, format=format_, path=path, force=force)
