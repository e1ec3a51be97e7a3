"""``resolver history``: what became of a place or an office over time."""

# Imports are inside the command, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from resolver.cli.options import FILE, TYPE_HELP, facts, resolver_of

__all__ = ["history"]


@click.command()
@click.argument("mention", metavar="MENTION_OR_ID")
@click.option("--type", "types", multiple=True, metavar="TYPE", help=TYPE_HELP)
@click.option("--country", "countries", multiple=True, metavar="CC", help="Only these countries: VN,KH.")
@click.option("--date", metavar="DATE", help="When the mention was made: 2025-07-01, 2025, 01/07/2025.")
@click.option("--within", multiple=True, metavar="TEXT", help="Parent of the mention; repeatable.")
@click.option("--language", metavar="TAG", help="Language of names in the answer: vi, en, fr, km.")
@facts
@click.option("--all", "every", is_flag=True, help="Show all branches of a wide tree, not only twelve.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--svg", metavar="FILE", type=FILE, help="Write only a picture of a place's lineage, to FILE.")
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
def history(
    *,
    mention: str,
    types: tuple[str, ...],
    countries: tuple[str, ...],
    every: bool,
    as_json: bool,
    svg: Path | None,
    force: bool,
    **options: Any,
) -> None:
    """Show what became of a place or an office over time, with dates and instruments.

    \b
    Examples:
      resolver history "Kien Giang"
      resolver history "Thành phố Hà Tiên" --type district --json
      resolver history vn-province-an-giang-2025 --svg an-giang.svg
    """
    from resolver.filters import countries_of
    from resolver.history.history import WIDEST

    resolver = resolver_of(options)
    told = resolver.history(mention, type=types, country=countries_of(countries), **options)
    if svg is not None:
        from resolver.history.lineage_svg import write_picture

        write_picture(told, svg, force=force)
    if as_json:
        click.echo(told.to_json())
    elif svg is None:
        click.echo(told.to_text(widest=None if every else WIDEST))
