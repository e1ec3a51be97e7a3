"""``resolver normalize``, and code shared with ``resolver convert``: a job that appends columns to a table."""

# Imports are inside the command, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from resolver.cli.console import tell
from resolver.cli.options import is_own, reading_of, resolver_of, table_options
from resolver.cli.progress import progress_bar

__all__ = ["append_columns", "normalize"]


@click.command()
@table_options("Column with mentions; repeatable.")
def normalize(*, quiet: bool, **options: Any) -> None:
    """Append to a table what its mentions resolve to.

    A table is .csv, .tsv or .jsonl (also .gz, .zst), .xlsx or .parquet. Every row and cell stays as it is;
    - reads standard input or writes standard output. In rows with more or
    fewer cells than the header nothing is resolved; surplus cells follow after the appended columns.

    \b
    Examples:
      resolver normalize reports.csv -o out.csv --column place --date-column date --within province
      resolver normalize people.csv -o out.csv --column place:province --column official:person
      resolver normalize units.csv -o out.csv -c commune -c official:person --within commune=district,province
      resolver normalize survey.xlsx -o out.xlsx --sheet 2024 --skip-lines 2 --column "Tỉnh"
      resolver normalize camps.csv -o out.csv --column place --aliases our-names.csv --only our-ids.txt
      resolver normalize reports.csv -o out.csv --column place --review todo.csv
      resolver normalize huge.csv.gz -o out.parquet --column place --resume
      resolver normalize reports.csv -o out.csv --column place --overrides todo.csv --force
    """
    from resolver.tables.normalize import normalize_file

    append_columns(normalize_file, quiet=quiet, **options)


def append_columns(
    job: Callable[..., Any],
    *,
    source: Path,
    output: Path,
    columns: tuple[str, ...],
    within: tuple[str, ...],
    date_column: str | None,
    prefix: str | None,
    appended: str | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Run a job that appends columns to a table, and print the summary."""
    from resolver.tables.distinct import Target
    from resolver.tables.request import Request

    request = Request(
        columns,
        options["types"],
        options["countries"],
        within,
        date_column,
        options["date"],
        options["serial_dates"],
        Target(options["to"], options["language"], options["min_score"]),
        prefix,
        None if appended is None else appended.split(","),
        options["long"],
    )
    files = {name: options[name] for name in ("review", "overrides", "report", "force", "excel_safe", "resume")}
    files["reading"] = reading_of(options)
    with progress_bar(quiet=quiet) as progress:
        resolver = resolver_of(options) if is_own(options) else None
        summary = job(source, output, request, share=True, progress=progress, resolver=resolver, **files)
    tell(summary, progress=progress is not None, quiet=quiet)
