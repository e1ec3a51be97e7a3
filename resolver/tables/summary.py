"""The summary of a table: counts in one line for a person, and as JSON for programs."""

from __future__ import annotations

import json
import platform
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from resolver.failures import METHOD as FAILED
from resolver.gazetteer.freshness import stale
from resolver.tables.counts import counted, dates_told, ragged_told
from resolver.tables.report import page
from resolver.tables.tally import Tally

__all__ = ["Summary"]

_MOST_LINES = 5


@dataclass(slots=True)
class Summary:
    """How many rows a table had, how many of the wrong length, and counts for each column.

    ``first_ragged`` is the line of the first of them, ``unreadable_date`` the first date that could not be read.
    ``told`` is what was found out about how it is written, as far as a person should know; ``open`` are the most
    frequent mentions that a person has to review.
    """

    rows: int = 0
    ragged_rows: int = 0
    first_ragged: int = 0
    empty_lines: int = 0
    unreadable_dates: int = 0
    unreadable_date: str = ""
    unused_overrides: list[int] = field(default_factory=list)
    one_column: bool = False
    told: list[str] = field(default_factory=list)
    columns: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    open: list[dict[str, Any]] = field(default_factory=list)

    def __str__(self) -> str:
        """One line for a person."""
        parts = [counted(self.rows, "row")]
        for name, counts in self.columns.items():
            for told in (counts["status"], counts.get("conversion")):
                if told is not None:
                    found = [f"{told[status]} {status}" for status in sorted(told)]
                    parts.append(f"{name}: {', '.join(found) or 'nothing'}")
        return "; ".join([*parts, *self.warnings()])

    def warnings(self) -> list[str]:
        """Warnings for a person, which are shown even without the summary."""
        told = list(self.told)
        told += ragged_told(self.ragged_rows, self.first_ragged, "resolved", one_column=self.one_column)
        told += dates_told(self.unreadable_dates, self.unreadable_date, "resolved", serial=True)
        failed = sum(counts["method"][FAILED] for counts in self.columns.values() if "method" in counts)
        if failed:
            told.append(f"{counted(failed, 'mention')} unmatched because of an error in the program: see their notes")
        if self.unused_overrides:
            more = "…" if len(self.unused_overrides) > _MOST_LINES else ""
            lines = ", ".join(map(str, self.unused_overrides[:_MOST_LINES])) + more
            line = "line" if len(self.unused_overrides) == 1 else "lines"
            decisions = counted(len(self.unused_overrides), "decision that applies", "decisions that apply")
            told.append(f"{decisions} to no row ({line} {lines})")
        return told

    def content(self, source: str, gazetteer_date: str) -> dict[str, Any]:
        """Return the counts as plain values, with the table's name and the versions of program and gazetteer."""
        from resolver import __version__  # noqa: PLC0415  (asks the installation, only here)

        return {
            "input": source,
            "gazetteer_date": gazetteer_date,
            "gazetteer_warning": stale(gazetteer_date),
            "versions": {"resolver": __version__, "python": platform.python_version()},
            "read_as": self.told,
            "rows": self.rows,
            "ragged_rows": self.ragged_rows,
            "empty_lines": self.empty_lines,
            "unreadable_dates": self.unreadable_dates,
            "unused_overrides": self.unused_overrides,
            "warnings": self.warnings(),
            "columns": self.columns,
            "tallies": {name: tally.to_dict() for name, tally in self.tallies.items()},
            "open": self.open,
        }

    def report(self, path: str | Path, source: str, gazetteer_date: str) -> str:
        """Return the report on a table: a page if its name ends in ``.html``, else JSON."""
        content = self.content(source, gazetteer_date)
        if Path(path).suffix.lower() == ".html":
            return page(content)
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
