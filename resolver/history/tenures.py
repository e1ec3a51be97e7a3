"""Who held which office when, according to the sources."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Literal

from resolver.days import FIRST_DAY, LAST_DAY, day_range
from resolver.index.index import Record
from resolver.model import Tenure

__all__ = [
    "Standing",
    "certainty",
    "ended_between",
    "held_by_one",
    "held_on",
    "holders",
    "last_seen",
    "latest",
    "one_at_a_time",
    "spoken_of",
    "standing",
    "unseen_since",
]

Standing = Literal["now", "past", "ahead"]

_BEFORE_TAKING_OFFICE = 62
"""Days before taking office on which people may already be called by it."""

_SURE = 0.97
_UNSURE_OF_BOUND = 0.6
_LEAST = 0.3
"""Probability that someone is in office on the last possible day."""

_LONG_UNSEEN = 5 * 366
"""Days since the last sighting in an office after which a person with another office is not called by it."""

_MEAN_TENURE = 3 * 365.25
"""Days without a sighting after which an office has probably passed to another: certainty decays at this rate."""


def held_on(tenures: Iterable[Tenure], days: tuple[int, int]) -> tuple[Tenure, ...]:
    """Return the tenures that cover a day (given as the range of days it may be), in the order given.

    A tenure with a known start and no end continues, even if it was not attested again (``last_seen``). One with an
    unknown start covers the days from the first to the last sighting in a source, or to its end if that is known.
    """
    return tuple(tenure for tenure in tenures if _covers(tenure, days))


def last_seen(tenure: Tenure) -> str:
    """Return the last date a source saw a tenure whose end is not recorded to the day; empty if it is recorded.

    An end between two dates is only a bound: no source saw the tenure until then. Where nothing was seen in between,
    it is the first of the two.
    """
    if not _ends_unknown(tenure):
        return ""
    return max(tenure.attested, default="") or ended_between(tenure)[0]


def ended_between(tenure: Tenure) -> tuple[str, str]:
    """Return the two dates between which a tenure ended, if no more is known about its end; else two empty ones."""
    earliest, between, latest = tenure.valid_to.partition("/")
    return (earliest, latest) if between else ("", "")


def unseen_since(tenure: Tenure, day: int) -> str:
    """Return the last sighting before a day of a tenure that may continue; empty if there is a later sighting."""
    seen = last_seen(tenure)
    return seen if seen and day_range(seen)[1] < day else ""


def spoken_of(tenures: Sequence[Tenure], day: int) -> tuple[Tenure, ...]:
    """Return the offices to describe a person with on a day, each once: those held, or held shortly before."""
    held = held_on(tenures, (day, day))
    fresh = tuple(tenure for tenure in held if not _long_unseen(tenure, day))
    of_office = {one.office_id: one for one in sorted(fresh or held, key=_last_known)}
    told = tuple(one for one in fresh or held if of_office[one.office_id] is one)
    return told or _seen_shortly_before(tenures, (day, day))


def _last_known(tenure: Tenure) -> str:
    return max(tenure.valid_from, *tenure.attested, "")


def _long_unseen(tenure: Tenure, day: int) -> bool:
    open_ended = _ends_unknown(tenure)
    known = _last_known(tenure)
    return open_ended and bool(known) and day_range(known)[1] < day - _LONG_UNSEEN


def latest(tenures: Iterable[Tenure]) -> tuple[Tenure, ...]:
    """Return the latest tenures: the last known facts about a person or an office."""
    known = [(max(tenure.valid_to, tenure.valid_from, *tenure.attested, ""), tenure) for tenure in tenures]
    farthest = max((date for date, _ in known), default="")
    return tuple(tenure for date, tenure in known if date == farthest and farthest)


def standing(tenures: Collection[Tenure], days: tuple[int, int] | None, *, or_seen: bool = False) -> Standing:
    """Return whether someone is in office on a day, was, or certainly was not yet; undated, ``now``.

    With ``or_seen`` someone whose start is not recorded was not yet in office before the first sighting.
    """
    if days is None or held_on(tenures, days):
        return "now"
    soon = days[1] + _BEFORE_TAKING_OFFICE
    return "ahead" if all((or_seen or t.valid_from) and _first_seen(t) > soon for t in tenures) else "past"


def certainty(tenure: Tenure, days: tuple[int, int]) -> float:
    """Return the probability that a tenure which may cover a day (``held_on``) does so.

    It is lower if the day lies within the precision of the bounds. It decays after the last sighting in a source, and
    faster if the end is known to be before some later day.
    """
    seen = [day_range(date) for date in (tenure.valid_from, *tenure.attested) if date]
    if days in (day_range(date) for date in tenure.attested):
        return _SURE
    first_seen = min((last for _, last in seen), default=LAST_DAY)
    if days[0] < first_seen:
        return _UNSURE_OF_BOUND
    unseen = max(days[1] - max((first for first, _ in seen), default=days[1]), 0)
    fading = _SURE * math.exp(-unseen / _MEAN_TENURE)
    if not tenure.valid_to:
        return fading
    earliest, latest = day_range(tenure.valid_to)
    if days[1] < earliest:
        return _SURE
    return max(fading * (latest - days[1]) / (latest - earliest + 1), _LEAST)


def holders(
    tenures: Sequence[Tenure],
    days: tuple[int, int],
    *,
    former: bool = False,
    acting: bool = False,
    of_one: bool = False,
) -> tuple[Tenure, ...]:
    """Return who held an office on a day, given its tenures, or was last seen in it shortly before.

    With ``former`` those who held it before that, the latest first.

    With ``acting`` only acting holders, if there are any. In an office ``of_one`` person, a holder not seen since
    another one began has been succeeded.
    """
    now = held_on(tenures, days)
    if of_one:
        now = tuple(tenure for tenure in now if not any(_succeeded(tenure, by, days) for by in now))
    if former:
        still = {tenure.person_id for tenure in now}
        before = [t for t in tenures if t.person_id not in still and _first_seen(t) < days[0]]
        return tuple(sorted(before, key=lambda t: max(t.valid_to, t.valid_from, *t.attested, ""), reverse=True))
    if acting and any(tenure.acting for tenure in now):
        return tuple(tenure for tenure in now if tenure.acting)
    return now or _seen_shortly_before(tenures, days)


def _succeeded(tenure: Tenure, by: Tenure, days: tuple[int, int]) -> bool:
    """Whether someone else took an office by a day, after the last sighting of a tenure without a recorded end."""
    if by.person_id == tenure.person_id or by.acting or not by.valid_from or not _ends_unknown(tenure):
        return False
    began = day_range(by.valid_from)[0]
    known = [day_range(date)[1] for date in (tenure.valid_from, *tenure.attested) if date]
    return began <= days[0] and max(known, default=FIRST_DAY) < began


def _ends_unknown(tenure: Tenure) -> bool:
    return not tenure.valid_to or "/" in tenure.valid_to


def _first_seen(tenure: Tenure) -> int:
    known = (tenure.valid_from, *tenure.attested, tenure.valid_to)
    return min((day_range(date)[0] for date in known if date), default=LAST_DAY)


def _seen_shortly_before(tenures: Iterable[Tenure], days: tuple[int, int]) -> tuple[Tenure, ...]:
    """Return the tenures known only from a sighting in the year before a day."""
    seen = ((max((day_range(date)[1] for date in t.attested), default=FIRST_DAY), t) for t in tenures if not t.valid_to)
    return tuple(tenure for last, tenure in seen if days[0] - 366 <= last <= days[0])


def held_by_one(office: Record) -> bool:
    """Whether one person at a time holds an office: it heads a body, or always passed from one to the next."""
    heads = bool(office.versions) and office.versions[-1].local_type == "head"
    return heads or one_at_a_time(office.tenures)


def one_at_a_time(tenures: Sequence[Tenure]) -> bool:
    """Whether an office had three or more holders, one after the other, and never two at once."""
    known = sorted((tenure for tenure in tenures if tenure.valid_from), key=lambda tenure: tenure.valid_from)
    handed_on = all(
        former.valid_to and day_range(former.valid_to)[0] <= day_range(later.valid_from)[1]
        for former, later in pairwise(known)
    )
    return len({tenure.person_id for tenure in known}) > 2 and len(known) == len(tenures) and handed_on


def _covers(tenure: Tenure, days: tuple[int, int]) -> bool:
    seen = [day_range(date) for date in tenure.attested]
    first_seen = min((first for first, _ in seen), default=LAST_DAY)
    start = day_range(tenure.valid_from)[0] if tenure.valid_from else first_seen
    end = max((last for _, last in seen), default=FIRST_DAY)
    if tenure.valid_from:
        end = LAST_DAY
    if tenure.valid_to:
        end = day_range(tenure.valid_to)[1]
    return start <= days[1] and days[0] <= end
