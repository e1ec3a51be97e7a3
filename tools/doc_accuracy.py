"""Tables of how right the answers and their scores are, made from the last committed runs of the evaluation."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

__all__ = ["accuracy", "calibration"]

_RECORDS = Path(__file__).resolve().parent.parent / "tests" / "eval"
_KINDS = {
    "cases": "Labelled mentions: one row for each kind, then all",
    "roles": "People and offices in phrases of the press",
    "field": "Mentions from reports, press and tables, collected after the rules were written",
    "addresses": "Addresses drawn from the gazetteer, spelt in many ways",
    "one letter wrong": "Names with one wrong letter, any Latin name",
    "one character wrong": "Names with one wrong character, any script",
    "every name": "Every name of the gazetteer",
    "every office": "Every office, asked for its holder",
    "annotate": "Names in running text",
    "sweep": "Sweeps: one kind of spelling over all units that it concerns",
}
_COUNTED = {
    "right": ("right",),
    "left open": ("ambiguous",),
    "not found": ("ambiguous without", "missed"),
    "wrong": ("wrong",),
    "namesake": ("namesake",),
    "successor": ("successor",),
}
"""The columns of the tables, and what of the record each of them adds up."""


def accuracy() -> str:
    """Return a section with a table for each kind of evaluation."""
    rows = _read("summary.csv")
    unknown = {row["group"] for row in rows if _kind(row["group"]) not in _KINDS}
    if unknown:
        raise ValueError(f"no title for {', '.join(sorted(unknown))}: add it to _KINDS in {Path(__file__).name}")
    parts = []
    for kind, title in _KINDS.items():
        parts += [f"### {title}", "", _table(row for row in rows if _kind(row["group"]) == kind), ""]
    return "\n".join(parts).rstrip()


def calibration() -> str:
    """Return a table of scores, and how often the best candidate with such a score was right."""
    rows = [row for row in _read("reliability.csv") if row["kind"] == "all"]
    table = ["| score from | mentions | mean score | right |", "| ---: | ---: | ---: | ---: |"]
    table += [f"| {row['from']} | {int(row['mentions']):,} | {row['score']} | {row['right']} |" for row in rows]
    return "\n".join(table)


def _read(name: str) -> list[dict[str, str]]:
    with (_RECORDS / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _kind(group: str) -> str:
    return group.partition(",")[0]


def _table(rows: Iterable[dict[str, str]]) -> str:
    lines = [f"| group | mentions | {' | '.join(_COUNTED)} |", "| --- |" + " ---: |" * (1 + len(_COUNTED))]
    for row in rows:
        group = row["group"].partition(", ")[2] or "all"
        total = int(row["total"])
        counts = (_share(sum(int(row[name]) for name in names), total) for names in _COUNTED.values())
        lines.append(f"| {group} | {total:,} | {' | '.join(counts)} |")
    return "\n".join(lines)


def _share(count: int, total: int) -> str:
    """Return a count with its share; nothing is rounded to none or all."""
    if count in (0, total):
        return "0" if not count else f"{count:,} (100%)"
    return f"{count:,} ({min(max(100 * count / total, 0.1), 99.9):.1f}%)"
