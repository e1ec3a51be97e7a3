"""The card: the text output of ``resolver lookup``."""

# rich is imported only for colours and tables: loading it takes as long as finding the answer.
# ruff: noqa: PLC0415

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from resolver.model import Candidate, Change, Entity, Match

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["show"]

_Part = tuple[str, str]
"""A text and its style on a terminal."""

_Line = tuple[_Part, ...]

_COLOURS = {"matched": "green", "ambiguous": "yellow", "unmatched": "red", "blank": "dim"}
_DATING = {
    "in_force": "in force at the mention's date",
    "ended": "no longer in force at the mention's date",
    "not_yet": "not yet in force at the mention's date",
}
_MOST = 10


def show(match: Match) -> None:
    """Print a match: the entity, the evidence, later changes, what stands there now, and other candidates."""
    candidates = match.candidates[:_MOST] if match.status != "matched" else ()
    lines = [*_head(match), *_since(match)]
    last = [*_if(match.note), _styled(f"  as of {match.gazetteer_date}", "dim")]
    if candidates or sys.stdout.isatty() or os.environ.get("FORCE_COLOR"):
        _print_richly(lines, candidates, last)
    else:
        click.echo("\n".join("".join(text for text, _ in line) for line in (*lines, *last)))


def _print_richly(lines: list[_Line], candidates: tuple[Candidate, ...], last: list[_Line]) -> None:
    from rich.console import Console, Group
    from rich.text import Text

    table = [_table(candidates)] if candidates else []
    shown = (Text.assemble(*line) for line in lines), table, (Text.assemble(*line) for line in last)
    Console(highlight=False).print(Group(*(one for part in shown for one in part)), soft_wrap=True)


def _head(match: Match) -> Iterator[_Line]:
    yield _line(
        (match.status, f"bold {_COLOURS[match.status]}"),
        (f"{match.mention.text!r}", ""),
        (f"score {match.score:.3f}, {match.method}" if match.method else f"score {match.score:.3f}", "dim"),
    )
    if match.entity is not None:
        yield from _entity(match.entity)
        yield from _if(_DATING.get(match.dating, ""))
    for evidence in match.evidence:
        sign, colour = ("+", "green") if evidence.weight >= 0 else ("−", "red")
        yield _line((f"  {sign} {evidence.text}", colour), (f"{evidence.weight:+.2f}", "dim"))
    for tenure in match.held:
        held = f"{tenure.valid_from or '?'} – {tenure.valid_to or ''}".strip()
        yield _line((f"  held {tenure.office}", ""), (held, "dim"))
    for tenure in match.holders:
        held = f"{tenure.valid_from or '?'} – {tenure.valid_to or ''}".strip()
        yield _line((f"  held by {tenure.person}", ""), (held, "dim"))


def _line(*parts: _Part) -> _Line:
    return tuple(one for part in parts for one in (("  ", ""), part))[1:]


def _styled(text: str, style: str = "") -> _Line:
    return ((text, style),)


def _if(text: str) -> Iterator[_Line]:
    if text:
        yield _styled(f"  {text}")


def _entity(entity: Entity) -> Iterator[_Line]:
    yield _styled(f"  {entity.path or entity.name}", "bold")
    details = [entity.id, entity.type, entity.local_type, f"code {entity.code}" if entity.code else "", entity.country]
    yield _styled("  " + " · ".join(detail for detail in details if detail), "cyan")
    yield from _if(_interval(entity))


def _interval(entity: Entity) -> str:
    begins = f"from {entity.valid_from}" if entity.valid_from else ""
    ends = f"until {entity.valid_to} (first day no longer in force)" if entity.valid_to else ""
    return " ".join(part for part in (begins, ends) if part)


def _since(match: Match) -> Iterator[_Line]:
    if match.changes:
        yield _styled("  What happened since", "bold")
    for change in match.changes:
        yield _change(change)
    itself = [match.entity.id] if match.entity else []
    if match.entity is not None and not match.current_known:
        yield _styled("  What stands there now is not recorded.", "yellow")
    elif match.current and [entity.id for entity in match.current] != itself:
        yield _styled("  What stands there now", "bold")
        for entity in match.current:
            code = f", code {entity.code}" if entity.code else ""
            yield _line((f"    {entity.path or entity.name}{code}", ""), (entity.id, "cyan"))


def _change(change: Change) -> _Line:
    part = " in part" if change.extent == "part" else ""
    target = f" into {change.to_id}" if change.to_id and change.to_id != change.from_id else ""
    text = f"    {change.date}  {change.from_id} {change.kind}{part}{target}"
    return _line((text, ""), (change.instrument, "dim"))


def _table(candidates: tuple[Candidate, ...]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=True, header_style="bold")
    for heading in ("score", "id", "candidate", "type"):
        # A cut id is useless: in a narrow terminal it continues on the next line.
        table.add_column(heading, justify="right" if heading == "score" else "left", overflow="fold")
    for candidate in candidates:
        entity = candidate.entity
        table.add_row(f"{candidate.score:.3f}", Text(entity.id, style="cyan"), Text(entity.path), entity.type)
    return table
