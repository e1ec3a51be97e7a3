"""The card: the text output of ``resolver lookup``."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from resolver.model import Candidate, Change, Entity, Match

__all__ = ["show"]

_COLOURS = {"matched": "green", "ambiguous": "yellow", "unmatched": "red", "blank": "dim"}
_DATING = {
    "in_force": "in force at the mention's date",
    "ended": "no longer in force at the mention's date",
    "not_yet": "not yet in force at the mention's date",
}
_MOST = 10


def show(match: Match, console: Console) -> None:
    """Print a match: the entity, the evidence, later changes, what stands there now, and other candidates."""
    console.print(Group(*_parts(match)), soft_wrap=True)


def _parts(match: Match) -> Iterator[RenderableType]:
    yield _line(
        Text(match.status, style=f"bold {_COLOURS[match.status]}"),
        Text(f"{match.mention.text!r}"),
        Text(f"score {match.score:.3f}, {match.method}" if match.method else f"score {match.score:.3f}", style="dim"),
    )
    if match.entity is not None:
        yield from _entity(match.entity)
        yield from _if(_DATING.get(match.dating, ""))
    for evidence in match.evidence:
        sign, colour = ("+", "green") if evidence.weight >= 0 else ("−", "red")
        yield _line(Text(f"  {sign} {evidence.text}", style=colour), Text(f"{evidence.weight:+.2f}", style="dim"))
    for tenure in match.held:
        held = f"{tenure.valid_from or '?'} – {tenure.valid_to or ''}".strip()
        yield _line(Text(f"  held {tenure.office}"), Text(held, style="dim"))
    for tenure in match.holders:
        held = f"{tenure.valid_from or '?'} – {tenure.valid_to or ''}".strip()
        yield _line(Text(f"  held by {tenure.person}"), Text(held, style="dim"))
    yield from _since(match)
    if match.status != "matched" and match.candidates:
        yield _candidates(match.candidates[:_MOST])
    yield from _if(match.note)
    yield Text(f"  as of {match.gazetteer_date}", style="dim")


def _line(*texts: Text) -> Text:
    return Text("  ").join(texts)


def _if(text: str) -> Iterator[Text]:
    if text:
        yield Text(f"  {text}")


def _entity(entity: Entity) -> Iterator[Text]:
    yield _line(Text(f"  {entity.path or entity.name}", style="bold"))
    details = [entity.id, entity.type, entity.local_type, f"code {entity.code}" if entity.code else "", entity.country]
    yield Text("  " + " · ".join(detail for detail in details if detail), style="cyan")
    yield from _if(_interval(entity))


def _interval(entity: Entity) -> str:
    begins = f"from {entity.valid_from}" if entity.valid_from else ""
    ends = f"until {entity.valid_to} (first day no longer in force)" if entity.valid_to else ""
    return " ".join(part for part in (begins, ends) if part)


def _since(match: Match) -> Iterator[Text]:
    if match.changes:
        yield Text("  What happened since", style="bold")
    for change in match.changes:
        yield _change(change)
    itself = [match.entity.id] if match.entity else []
    if match.entity is not None and not match.current_known:
        yield Text("  What stands there now is not recorded.", style="yellow")
    elif match.current and [entity.id for entity in match.current] != itself:
        yield Text("  What stands there now", style="bold")
        for entity in match.current:
            code = f", code {entity.code}" if entity.code else ""
            yield _line(Text(f"    {entity.path or entity.name}{code}"), Text(entity.id, style="cyan"))


def _change(change: Change) -> Text:
    part = " in part" if change.extent == "part" else ""
    target = f" into {change.to_id}" if change.to_id and change.to_id != change.from_id else ""
    text = f"    {change.date}  {change.from_id} {change.kind}{part}{target}"
    return _line(Text(text), Text(change.instrument, style="dim"))


def _candidates(candidates: tuple[Candidate, ...]) -> Table:
    table = Table(box=None, pad_edge=True, header_style="bold")
    for heading in ("score", "id", "candidate", "type"):
        # An id that is cut is of no use: in a narrow terminal it goes on in the next line.
        table.add_column(heading, justify="right" if heading == "score" else "left", overflow="fold")
    for candidate in candidates:
        entity = candidate.entity
        table.add_row(f"{candidate.score:.3f}", Text(entity.id, style="cyan"), Text(entity.path), entity.type)
    return table
