"""``resolver annotate``: the names in running text."""

# Imports are inside the command, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from resolver.cli.console import tell
from resolver.cli.options import FILE, facts, is_own, reading_of, reading_options, resolver_of
from resolver.cli.progress import progress_bar

__all__ = ["annotate"]


@click.command()
@click.argument("sources", metavar="[FILE ...]", nargs=-1, type=FILE)
@click.option("-o", "--output", metavar="OUT", type=FILE, default="-", help="Where to write [standard output].")
@click.option("--date", metavar="DATE", help="The day of the texts [date at the head of a text].")
@click.option("--language", metavar="TAG", help="Language of names in the answer: vi, en, fr, km.")
@click.option("--format", "format_", metavar="FORMAT", default="csv", help="csv, jsonl or html, a page to read [csv].")
@click.option(
    "--summary", metavar="FILE", type=FILE, help="Write entities with their counts; a graph if it ends in .graphml."
)
@click.option("-c", "--column", metavar="NAME", help="FILE is a table: the column with the texts.")
@click.option("--key", metavar="NAME", help="Column of the table that identifies its rows.")
@click.option("--date-column", metavar="NAME", help="Column of the table with the day of the text.")
@reading_options
@facts
@click.option("--force", is_flag=True, help="Replace files that exist.")
@click.option("--quiet", is_flag=True, help="No progress and no summary on a terminal.")
def annotate(
    *,
    sources: tuple[Path, ...],
    output: Path,
    date: str | None,
    language: str | None,
    format_: str,
    column: str | None,
    key: str | None,
    date_column: str | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Find the names of places, people, offices and organisations in running text.

    One row for each name: its position (start and end in characters of the text, the end exclusive) and what it means,
    in the columns of normalize. Without FILE, or for -, standard input is read.

    \b
    Examples:
      resolver annotate article.txt --date 2024-11-27 -o names.csv
      resolver annotate *.txt --format html -o page.html --summary entities.csv
      resolver annotate news.csv --column body --key url --date-column published -o names.csv
    """
    from resolver.documents.annotate import AnnotateRequest, annotate_documents

    request = AnnotateRequest(date, language, format_, column, key, date_column)
    options["reading"] = reading_of(options)
    with progress_bar(quiet=quiet, unit="documents") as progress:
        resolver = resolver_of(options) if is_own(options) else None
        options = {name: value for name, value in options.items() if name not in ("facts", "aliases", "only")}
        summary = annotate_documents(
            sources or (Path("-"),), output, request, resolver=resolver, share=True, progress=progress, **options
        )
    tell(summary, progress=progress is not None, quiet=quiet)
