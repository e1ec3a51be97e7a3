"""Mentions that are official codes: codes in, matches out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from resolver.days import FIRST_DAY, LAST_DAY, day_range
from resolver.gazetteer.codes import Holder, written
from resolver.history.changes import version_at
from resolver.index.index import Index, Record
from resolver.matching.decision import Decider, MatchOptions
from resolver.model import PLACE_TYPES, Candidate, Match, Mention

__all__ = ["CodeReader"]

_ALWAYS = (FIRST_DAY, LAST_DAY)
_MOST_NAMED = 4


class _NoneError(Exception):
    """The reason why a code has no meaning."""


class CodeReader:
    """Finds the meaning of official codes in one index."""

    def __init__(self, index: Index, decider: Decider) -> None:
        self._index = index
        self._decider = decider

    def match(self, mention: Mention, wanted: MatchOptions) -> Match:
        """Return the match of a mention whose text, like its parents, is an official code.

        It is ambiguous if several units of the types and countries in the query had the code on the days in the query.
        """
        if not mention.text.strip():
            return Match(mention, "blank", gazetteer_date=self._index.as_of)
        days = day_range(mention.date) if mention.date else None
        try:
            fitting = self._fitting(mention, days or _ALWAYS)
        except _NoneError as problem:
            return Match(mention, "unmatched", note=f"{problem}.", gazetteer_date=self._index.as_of)
        if len({holder.entity for holder in fitting}) > 1:
            return self._several(mention, fitting, wanted)
        return self._decider.settle(mention, fitting[0].entity, days, wanted, "code")

    def _fitting(self, mention: Mention, days: tuple[int, int]) -> list[Holder]:
        """Return the units that had a mention's code. Raises _NoneError with the reason if there are none."""
        code = written(mention.text)
        if not code:
            raise _NoneError(f"{_cut(mention.text)!r} is not an official code")
        for parent in mention.within:
            if not written(parent):
                raise _NoneError(f"{_cut(parent)!r}, given as a parent, is not an official code")
        known = [holder for holder in self._index.codes.holders(code) if self._allowed(holder, mention)]
        if not known:
            raise _NoneError(f"no {_asked(mention)} has or had the code {code}")
        then = [holder for holder in known if _meets(holder, days)]
        if not then:
            raise _NoneError(f"no {_asked(mention)} had the code {code} on {mention.date}: {self._told(known)}")
        fitting = [holder for holder in then if self._lies_within(holder, mention, days)]
        if not fitting:
            parents = " and ".join(written(parent) for parent in mention.within)
            raise _NoneError(f"{self._told(then)}: no part of it lies in {parents}")
        return fitting

    def _allowed(self, holder: Holder, mention: Mention) -> bool:
        record = self._index.record(holder.entity)
        of_type = not mention.types or record.type in mention.types
        return of_type and (not mention.countries or record.country in mention.countries)

    def _lies_within(self, holder: Holder, mention: Mention, days: tuple[int, int]) -> bool:
        """Whether all codes of parents belonged to units above a unit while it had its code."""
        wanted = {code.lstrip("0") for code in map(written, mention.within)}
        first, last = max(holder.first, days[0]), min(holder.end - 1, days[1])
        return any(wanted <= self._codes_above(holder.entity, day) for day in (first, last))

    def _codes_above(self, entity: int, day: int) -> set[str]:
        found = set[str]()
        record = self._index.record(entity)
        while record.versions:
            parent = record.parents[version_at(record, day)]
            if parent < 0:
                break
            record = self._index.record(parent)
            if record.versions:
                found.add(record.versions[version_at(record, day)].code.lstrip("0"))
        return found

    def _several(self, mention: Mention, holders: Sequence[Holder], wanted: MatchOptions) -> Match:
        days = day_range(mention.date) if mention.date else None
        describer = self._decider.describer(wanted.language)
        latest = {holder.entity: holder for holder in sorted(holders, key=lambda holder: holder.end)}
        newest = sorted(latest.values(), key=lambda holder: (-holder.end, holder.entity))
        candidates = tuple(
            Candidate(
                describer.at(holder.entity, holder.end - 1),
                1 / len(newest),
                "code",
                self._decider.dating(holder.entity, days),
                (),
            )
            for holder in newest
        )
        records = [self._index.record(holder.entity) for holder in newest]
        note = f"{self._told(holders)}; {_remedy(records)} would decide."
        return Match(
            mention,
            "ambiguous",
            score=1 / len(newest),
            candidates=candidates,
            note=note,
            gazetteer_date=self._index.as_of,
        )

    def _told(self, holders: Sequence[Holder]) -> str:
        """Return the units of a code with their days, latest first: ``91 is Tỉnh An Giang since ...``."""
        spans: dict[int, tuple[int, int, str]] = {}
        for holder in holders:
            first, end, _ = spans.get(holder.entity, (holder.first, holder.end, ""))
            spans[holder.entity] = min(first, holder.first), max(end, holder.end), holder.code
        ordered = sorted(spans.items(), key=lambda item: (-item[1][1], item[0]))
        told = [self._one(entity, *span) for entity, span in ordered[:_MOST_NAMED]]
        more = [f"and {len(ordered) - _MOST_NAMED} more"] if len(ordered) > _MOST_NAMED else []
        return "; ".join([*told, *more])

    def _one(self, entity: int, first: int, end: int, code: str) -> str:
        path = self._decider.describer("").at(entity, end - 1).path
        what = f"{path} ({self._index.record(entity).type})"
        if end <= self._index.as_of_day:
            return f"{code} was {what} until {_iso(end - 1)}"
        return f"{code} is {what}" + (f" since {_iso(first)}" if first > FIRST_DAY else "")


def _remedy(records: Sequence[Record]) -> str:
    """Return what to give to distinguish entities that share a code."""
    countries, types = {record.country for record in records}, {record.type for record in records}
    named = [what for what, several in (("country", countries), ("type", types)) if len(several) > 1]
    if len({(record.country, record.type) for record in records}) < len(records):
        named.append("date")
    return " and ".join(f"a {what}" for what in named)


def _meets(holder: Holder, days: tuple[int, int]) -> bool:
    return holder.first <= days[1] and days[0] < holder.end


def _asked(mention: Mention) -> str:
    what = " or ".join(mention.types) if 0 < len(mention.types) < len(PLACE_TYPES) else "place"
    return f"{what} of {' or '.join(mention.countries)}" if mention.countries else what


def _cut(text: str) -> str:
    return text.strip()[:40]


def _iso(day: int) -> str:
    return dt.date.fromordinal(max(day, 1)).isoformat()
