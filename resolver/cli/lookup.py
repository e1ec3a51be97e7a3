"""``resolver lookup``: one mention, shown as a card or as JSON."""

# Imports are inside the command, so that `--help` and `lookup` start fast.
# ruff: noqa: PLC0415

from __future__ import annotations

from typing import Any

import click

from resolver.cli.console import print_json
from resolver.cli.options import asked, facts, resolver_of
from resolver.cli.progress import preparations_said

__all__ = ["lookup"]


@click.command()
@click.argument("mention")
@asked
@facts
@click.option("--within", multiple=True, metavar="TEXT", help="Parent of the mention; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def lookup(
    *,
    mention: str,
    types: tuple[str, ...],
    countries: tuple[str, ...],
    within: tuple[str, ...],
    as_json: bool,
    **options: Any,
) -> None:
    """Show what one mention means, why, and what became of it.

    \b
    Examples:
      resolver lookup "Kiên Giang" --type province
      resolver lookup "Phường Bình San" --within "Hà Tiên" --date 2024 --json
    """
    from resolver.filters import countries_of

    with preparations_said():
        resolver = resolver_of(options)
    match = resolver.resolve(mention, type=types, country=countries_of(countries), within=within, **options)
    if as_json:
        print_json(match)
        return
    from resolver.cli.card import show

    show(match)
