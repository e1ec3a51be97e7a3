"""A match told again for another mention of the same thing: on another day, or by a short form.

What is read of a match is computed on first access, and so are the changes made here: most matches are read in part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from resolver.matching.features import FEATURES
from resolver.model import Candidate, Evidence, Match, Mention

__all__ = ["retold"]

_DATED = {feature.name: feature.says for feature in FEATURES if "{date}" in feature.says}
"""The texts of evidence that have the date of the mention."""


def retold(
    match: Match, mention: Mention, *, note: str = "", alone: bool = False, link: Evidence | None = None
) -> Match:
    """Return a match for another mention of what it means, which may be of another day.

    ``note`` is added to its note; with ``alone`` it is the whole note. ``link`` is the evidence that the mention is one
    of the same thing: it comes first, and the method is ``document``.
    """
    copy: Match = Match.computed_once(_Retold(match, mention, note, alone, link), 0)
    Match.fill([copy], "status", [match.status])
    return copy


@dataclass(frozen=True, slots=True)
class _Retold:
    """Computes the fields of a match that is told again."""

    match: Match
    mention: Mention
    note: str
    alone: bool
    link: Evidence | None

    def compute(self, _place: int, field: str, _record: object) -> dict[str, Any]:
        """Return one field."""
        match = self.match
        if field == "mention":
            return {field: self.mention}
        if field == "note":
            before = "" if self.alone else _note_on(match, self.mention.date)
            return {field: f"{before} {self.note}".strip()}
        if field == "method" and self.link:
            return {field: "document"}
        if field == "evidence":
            evidence = _on(match.evidence, match.mention.date, self.mention.date)
            return {field: (self.link, *evidence) if self.link else evidence}
        if field == "candidates" and match.mention.date != self.mention.date:
            source = _RetoldCandidate(match.mention.date, self.mention.date)
            return {field: tuple(Candidate.computed_once(source, one) for one in match.candidates)}
        return {field: getattr(match, field)}


@dataclass(frozen=True, slots=True)
class _RetoldCandidate:
    """Computes the fields of a candidate on another day."""

    before: str
    date: str

    def compute(self, candidate: Candidate, field: str, _record: object) -> dict[str, Any]:
        """Return one field."""
        if field == "evidence":
            return {field: _on(candidate.evidence, self.before, self.date)}
        return {field: getattr(candidate, field)}


def _on(evidence: Iterable[Evidence], before: str, date: str) -> tuple[Evidence, ...]:
    """Return the evidence on another day of the same period."""
    if before == date:
        return tuple(evidence)
    return tuple(
        Evidence(one.feature, one.weight, _DATED[one.feature].format(date=date)) if one.feature in _DATED else one
        for one in evidence
    )


def _note_on(match: Match, date: str) -> str:
    """Return the note of a match on another day of the same period: it may have the evidence against a candidate."""
    note, before = match.note, match.mention.date
    if before and before != date and before in note:
        for says in _DATED.values():
            note = note.replace(says.format(date=before), says.format(date=date))
    return note
