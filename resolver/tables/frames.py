"""From columns of a table in memory to appended columns: shared by dataframes, Arrow and Spark."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from resolver.dates import date_option, mention_date
from resolver.engine.resolver import Resolver
from resolver.errors import UsageError
from resolver.filters import countries_of
from resolver.model import EntityType, Mention
from resolver.tables.columns import Cells, column_names, pick_columns, with_note
from resolver.tables.distinct import Target
from resolver.tables.headers import check_names, listed
from resolver.tables.request import NORMALIZING, Kind

__all__ = ["Appended", "FrameRequest"]

_SCORE = "score"
"""The one column that holds numbers."""


@dataclass(frozen=True, slots=True)
class Appended:
    """The columns to append: the cells of each distinct mention by column name, and the mention of each row."""

    cells: dict[str, list[str]]
    scores: str
    of_row: NDArray[np.intp]

    def values(self, name: str) -> list[Any]:
        """Return a column for the distinct mentions: texts; for the score numbers or None."""
        if name != self.scores:
            return list(self.cells[name])
        return [float(cell) if cell else None for cell in self.cells[name]]


@dataclass(frozen=True, slots=True)
class FrameRequest:
    """A request for a frame: its columns by name, and the options of ``Resolver.resolve``."""

    column: str
    date_column: str | None
    within: tuple[str, ...]
    types: tuple[EntityType, ...]
    countries: tuple[str, ...]
    date: str
    target: Target
    names: dict[str, int]
    kind: Kind = NORMALIZING

    @classmethod
    def of(
        cls,
        column: str,
        *,
        kind: Kind = NORMALIZING,
        type: str | Iterable[str] | None = None,
        country: str | Iterable[str] | None = None,
        date: str | dt.date | None = None,
        date_column: str | None = None,
        within: str | Iterable[str] = (),
        to: str | dt.date | None = None,
        language: str | None = None,
        min_score: float | None = None,
        prefix: str | None = None,
        columns: Iterable[str] | None = None,
    ) -> FrameRequest:
        """Check options as callers give them. Raises ``UsageError`` for invalid ones."""
        around = tuple([within] if isinstance(within, str) else within)
        check_names([column, *around, *([] if date_column is None else [date_column])])
        picked = pick_columns([columns] if isinstance(columns, str) else columns, kind.columns)
        names = column_names(column if prefix is None else prefix.removesuffix("_"), picked, kind.columns)
        return cls(
            column,
            date_column,
            # A mention is never its own parent.
            tuple(name for name in around if name != column),
            kind.types(type or ()),
            countries_of(country),
            date_option(date, "the date"),
            Target(date_option(to, "the target date") or None, language, min_score),
            dict(zip(names, picked, strict=True)),
            kind,
        )

    @property
    def scores(self) -> str:
        """The name of the appended column with scores; empty if it is not wanted."""
        return next((name for name, place in self.names.items() if self.kind.columns[place] == _SCORE), "")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read: those of mentions, of dates and of parents; each once."""
        dates = [self.date_column] if self.date_column else []
        return tuple(dict.fromkeys((self.column, *dates, *self.within)))

    def check(self, columns: Sequence[object]) -> None:
        """Raise ``UsageError`` if a frame lacks a column, or already has one that would be appended."""
        for name in self.columns:
            if name not in columns:
                raise UsageError(f"the frame has no column {name!r}; its columns are: {listed([*map(str, columns)])}")
        for name in self.names:
            if name in columns:
                raise UsageError(f"the frame has a column {name!r} already: choose another prefix for new columns")

    def append(
        self, resolver: Resolver, texts: Sequence[str], dates: Sequence[str] | None, parents: Sequence[Sequence[str]]
    ) -> Appended:
        """Return the columns to append, given the columns of mentions, of dates and of parents."""
        rows = list(zip(texts, dates or [""] * len(texts), *parents, strict=True))
        distinct = {row: number for number, row in enumerate(dict.fromkeys(rows))}
        cells = self._cells(resolver, list(distinct))
        return Appended(
            {name: [row[place] for row in cells] for name, place in self.names.items()},
            self.scores,
            np.fromiter(map(distinct.__getitem__, rows), np.intp, len(rows)),
        )

    def _cells(self, resolver: Resolver, rows: Sequence[tuple[str, ...]]) -> list[Cells]:
        resolver.known_countries(self.countries)
        dated = [mention_date(date, self.date) for _, date, *_ in rows]
        mentions = [
            Mention(text, self.types, self.countries, when, tuple(parent for parent in around if parent.strip()))
            for (text, _, *around), (when, _) in zip(rows, dated, strict=True)
        ]
        answers = self.kind.answers(resolver, self.target)(mentions)
        return [
            with_note(answer.cells, note) if note and answer.cells[0] != "blank" else answer.cells
            for answer, (_, note) in zip(answers, dated, strict=True)
        ]
