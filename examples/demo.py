"""Resolve the mentions of mentions.csv and show what each means, what happened to it and what stands there now.

At the end stands an article with its names marked.

Run it with `make demo`, or `python examples/demo.py` if the package is installed.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from resolver import Annotation, Candidate, Change, Match, Resolver

MENTIONS = Path(__file__).with_name("mentions.csv")
ARTICLE = Path(__file__).with_name("article.txt")
COLOURS = {"place": "green", "person": "red", "organisation": "blue", "office": "magenta"}
PIPED_WIDTH = 80
NAMED = 3
MARKS = {"matched": ("✓", "green"), "ambiguous": ("?", "yellow"), "unmatched": ("✗", "red")}
GROUPS = (
    "Places that have changed since the mention",
    "Places that have not changed",
    "People and offices",
    "Police and other organisations",
    "Ambiguous, not guessed: a parent, a type or a date would decide",
    "Not in the gazetteer: unmatched is the right answer",
)
NEXT = (
    ('resolver lookup "Kien Giang" --date 2024-11-27', "one mention, with the evidence for the answer"),
    ('resolver history "Kien Giang"', "what became of it, with dates and resolutions"),
    ("resolver normalize IN.csv -o OUT.csv --column place", "a whole table"),
    ("resolver annotate FILE --format html -o page.html", "names in running text, as a page to read"),
    ("examples/pipeline.py, examples/README.md", "the library in a pipeline; a table before and after"),
)


def main() -> None:
    """Resolve all mentions and print them group by group."""
    began = time.perf_counter()
    resolver = Resolver()
    with MENTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    matches = [
        resolver.resolve(
            row["mention"], type=row["type"] or None, date=row["date"] or None, within=row["within"] or None
        )
        for row in rows
    ]
    seconds = time.perf_counter() - began
    console = _console()
    for number, title in enumerate(GROUPS):
        members = [(match, row["source"]) for match, row in zip(matches, rows, strict=True) if _group(match) == number]
        if members:
            console.print(_table(title, members), "")
    _article(console, resolver)
    _close(console, matches, resolver.date, seconds)


def _console() -> Console:
    """Return a console as wide as the terminal, or of a fixed width if the output is not a terminal."""
    fixed = None if sys.stdout.isatty() or "COLUMNS" in os.environ else PIPED_WIDTH
    return Console(width=fixed, highlight=False)


def _group(match: Match) -> int:
    if match.entity is None:
        return 4 if match.status == "ambiguous" else 5
    if match.entity.type in {"person", "office"}:
        return 2
    if match.entity.type == "organisation":
        return 3
    return 0 if match.changes else 1


def _table(title: str, members: list[tuple[Match, str]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, expand=True, padding=(0, 1))
    table.add_column("", width=1)
    for name, ratio in (("mention", 34), ("date", None), ("means", 35), ("since, and now", 42)):
        table.add_column(name, ratio=ratio, min_width=10, header_style="dim", overflow="fold")
    for match, source in members:
        mark, colour = MARKS[match.status]
        dated = Text(match.mention.date, style="dim")
        table.add_row(Text(mark, style=colour), _mention(match, source), dated, _means(match), _since(match))
    return table


def _article(console: Console, resolver: Resolver) -> None:
    """Print an article with its names marked, and what they mean, each entity once."""
    article = ARTICLE.read_text(encoding="utf-8")
    marks = resolver.annotate(article)
    text = Text(article.strip())
    for mark in marks:
        text.stylize(f"bold {COLOURS[mark.kind]} underline", mark.start, mark.end)
    listed = Table("", "", "", box=None, show_header=False, padding=(0, 2, 0, 0))
    listed.columns[2].overflow = "fold"
    first: dict[str, Annotation] = {}
    for mark in marks:
        first.setdefault(mark.cluster or mark.text, mark)
    for mark in first.values():
        listed.add_row(Text(mark.kind, style=COLOURS[mark.kind]), Text(mark.text, style="bold"), _names(mark))
    console.print("[bold]Names in running text[/]", "", text, "", listed, "", sep="\n")


def _names(mark: Annotation) -> Text:
    entity = mark.match.entity
    if entity is None:
        return Text(f"not in the gazetteer; introduced by {mark.office or 'a title'}", style="yellow")
    return Text(f"{entity.path}  ").append(entity.id, style="cyan").append(_changed(mark.match), style="magenta")


def _changed(match: Match) -> str:
    change = next(iter(match.changes), None)
    return f"  {_event(change)}" if change else ""


def _mention(match: Match, source: str) -> Text:
    text = Text(match.mention.text, style="bold")
    if match.mention.within:
        text.append(f" in {', '.join(match.mention.within)}", style="")
    return text.append(f" · {source}", style="dim")


def _means(match: Match) -> Text:
    if match.entity is None:
        return Text("\n").join(_candidate(candidate) for candidate in match.candidates[:NAMED])
    text = Text(match.entity.path)
    if match.dating in {"ended", "not_yet"}:
        text.append(
            " · no longer in force then" if match.dating == "ended" else " · not yet in force then", style="yellow"
        )
    return text


def _candidate(candidate: Candidate) -> Text:
    return Text(f"{candidate.score:4.0%} ", style="dim").append(candidate.entity.path, style="not dim")


def _since(match: Match) -> Text:
    if match.entity is None:
        more = len(match.candidates) - NAMED
        return Text(f"and {more} more" if more > 0 else "", style="dim")
    change = next(iter(match.changes), None)
    if change is None:
        return Text(match.entity.id, style="cyan")
    text = Text(_event(change), style="magenta")
    current = [entity for entity in match.current if entity != match.entity]
    for entity in current[:NAMED]:
        text.append(f"\n→ {entity.path}", style="default")
    return text.append(f"\n→ and {len(current) - NAMED} more" if len(current) > NAMED else "", style="dim")


def _event(change: Change) -> str:
    by = f" by {change.instrument}" if change.instrument else ""
    return f"{change.kind} {change.date}{by}"


def _close(console: Console, matches: list[Match], date: str, seconds: float) -> None:
    counts = Counter[str](match.status for match in matches)
    changed = sum(bool(match.changes) for match in matches)
    told = ", ".join(f"{counts[status]} {status}" for status in MARKS)
    console.print(f"[bold]{len(matches)} mentions[/]: {told}; {changed} name an entity that has changed since then.")
    console.print(f"The facts are complete up to {date}. Read, resolved and looked up in {seconds:.1f} s.", style="dim")
    console.print("\nWhere to go next:")
    listed = Table.grid(padding=(0, 3))
    for command, purpose in NEXT:
        listed.add_row(Text(f"  {command}", style="cyan"), purpose)
    console.print(listed)


if __name__ == "__main__":
    main()
