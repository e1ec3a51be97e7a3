"""Counts for the report about a table: scores, successions, provinces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["BINS", "Tally"]

BINS = 10
"""Bars of the histogram of scores, each a tenth wide."""

_MOST_LISTED = 50


@dataclass(slots=True)
class Tally:
    """Counts of the rows of one column of mentions.

    ``scores`` has a count for each tenth of the scores. ``successions`` counts pairs of a unit and what is there at the
    target date, ``passages`` the same by province. ``provinces`` counts rows, and rows whose unit changed, by the
    largest parent.
    """

    scores: Counter[int] = field(default_factory=Counter)
    successions: Counter[tuple[str, str]] = field(default_factory=Counter)
    passages: Counter[tuple[str, str]] = field(default_factory=Counter)
    provinces: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, cells: Mapping[str, str], rows: int) -> None:
        """Count rows that got the same cells, given by the names of their columns."""
        if cells["status"] == "blank":
            return
        if cells["score"]:
            self.scores[min(BINS - 1, int(float(cells["score"]) * BINS))] += rows
        if cells["status"] != "matched":
            return
        before, after = _place(cells, "from"), _place(cells, "to")
        if not before:
            return
        province = self.provinces.setdefault(before.rpartition(", ")[2], Counter())
        province["rows"] += rows
        if after and after != before:
            self.successions[before, after] += rows
            now = dict.fromkeys(one.rpartition(", ")[2] for one in after.split("|"))
            self.passages[before.rpartition(", ")[2], " | ".join(now)] += rows
            province["changed"] += rows

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain values, the most frequent successions only."""
        return {
            "scores": [self.scores[place] for place in range(BINS)],
            "successions": _listed(self.successions),
            "passages": _listed(self.passages),
            "provinces": self.provinces,
        }


def _listed(counts: Counter[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"from": before, "to": after, "rows": rows} for (before, after), rows in counts.most_common(_MOST_LISTED)]


def _place(cells: Mapping[str, str], side: str) -> str:
    """Return a unit with its parents, before or after the change, from the columns of either job."""
    if "path" in cells:
        return cells["path" if side == "from" else "current_path"]
    levels: Sequence[list[str]] = [
        cells[f"{side}_{level}"].split("|") for level in ("commune", "district", "province") if cells[f"{side}_{level}"]
    ]
    count = max(map(len, levels), default=0)
    return "|".join(", ".join(dict.fromkeys(one[min(at, len(one) - 1)] for one in levels)) for at in range(count))
