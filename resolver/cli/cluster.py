"""``resolver cluster``: which mentions of a table stand for the same person or organisation."""

# Imports are inside the command, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from resolver.cli.console import tell
from resolver.cli.options import facts, files, is_own, reading_of, resolver_of
from resolver.cli.progress import progress_bar

__all__ = ["cluster"]


@click.command()
@files
@facts
@click.option("-c", "--column", required=True, metavar="NAME", help="Column with mentions.")
@click.option(
    "--type", "type_", type=click.Choice(["person", "organisation"]), default="person", help="Their type [person]."
)
@click.option(
    "--context",
    multiple=True,
    metavar="COLUMN",
    help="Column that distinguishes namesakes: organisation, place; repeatable.",
)
@click.option("--date-column", metavar="COLUMN", help="Column with the mention's date, the day before the month.")
@click.option(
    "--min-score", type=click.FloatRange(0, 1, min_open=True, max_open=True), help="Do not link below this probability."
)
@click.option("--no-gazetteer", is_flag=True, help="Do not use the gazetteer: only names and context decide.")
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

    All mentions of one person get the same id, with their number, their most informative spelling, and the mention to
    which each was linked and why. People need not be in the gazetteer; names may be in any order, spelling and script.
    If names alone cannot decide, mentions are not joined; columns of context help. Existing rows and cells do not
    change; - reads standard input or writes standard output.

    \b
    Example:
      resolver cluster reports.csv -o out.csv --column official --context organisation --date-column date
    """
    from resolver.clustering.cluster_file import ClusterRequest, cluster_file
    from resolver.engine.resolver import MIN_SCORE

    least = MIN_SCORE if min_score is None else min_score
    request = ClusterRequest(column, type_, context, date_column, least, prefix, not no_gazetteer)
    with progress_bar(quiet=quiet) as progress:
        resolver = resolver_of(options) if is_own(options) else None
        options = {name: value for name, value in options.items() if name not in ("facts", "aliases", "only")}
        summary = cluster_file(
            source, output, request, progress=progress, resolver=resolver, reading=reading_of(options), **options
        )
    tell(summary, progress=progress is not None, quiet=quiet)
