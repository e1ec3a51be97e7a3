"""``resolver cluster``: which mentions of a table stand for the same person or organisation."""

# Imports stand in the command, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from resolver.cli.console import progress_bar, tell
from resolver.cli.options import files, reading_of

__all__ = ["cluster"]


@click.command()
@files
@click.option("-c", "--column", required=True, metavar="NAME", help="Column with mentions.")
@click.option(
    "--type", "type_", type=click.Choice(["person", "organisation"]), default="person", help="What they are [person]."
)
@click.option(
    "--context",
    multiple=True,
    metavar="COLUMN",
    help="Column that tells namesakes apart: organisation, place; repeatable.",
)
@click.option("--date-column", metavar="COLUMN", help="Column with the mention's date, the day before the month.")
@click.option(
    "--min-score", type=click.FloatRange(0, 1, min_open=True, max_open=True), help="Do not link below this probability."
)
@click.option("--no-gazetteer", is_flag=True, help="Match nothing in the gazetteer: names and context alone decide.")
@click.option("--prefix", metavar="TEXT", help="Prefix of appended columns [the column's name].")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@click.option("--quiet", is_flag=True, help="No progress and no summary on a terminal.")
def cluster(
    *,
    source: Path,
    output: Path,
    column: str,
    type_: str,
    context: tuple[str, ...],
    date_column: str | None,
    min_score: float | None,
    no_gazetteer: bool,
    prefix: str | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Append to a table which of its mentions stand for the same person or organisation.

    Mentions of one person get one id, their number, their most telling spelling, and to which other mention each was
    linked and why: in the gazetteer or not, in any order, spelling and script. Where names alone cannot tell,
    they stay apart; columns of context tell more. Every row and every cell stays as it is; - reads standard input or
    writes standard output.

    \b
    Example:
      resolver cluster reports.csv -o out.csv --column official --context organisation --date-column date
    """
    from resolver.clustering.cluster_file import ClusterRequest, cluster_file
    from resolver.engine.resolver import MIN_SCORE

    least = MIN_SCORE if min_score is None else min_score
    request = ClusterRequest(column, type_, context, date_column, least, prefix, not no_gazetteer)
    with progress_bar(quiet=quiet) as progress:
        summary = cluster_file(source, output, request, progress=progress, reading=reading_of(options), **options)
    tell(summary, progress=progress is not None, quiet=quiet)
