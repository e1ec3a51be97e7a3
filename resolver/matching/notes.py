"""The note of an answer: one sentence for a human reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from resolver.history.tenures import ended_between, last_seen
from resolver.model import PLACE_TYPES, Candidate, Change, Dating, Entity, Evidence, Status, Tenure
from resolver.text import callings

__all__ = [
    "Fate",
    "note_of_body",
    "note_of_columns",
    "note_of_contained",
    "note_of_matched",
    "note_of_open",
    "note_of_stranger",
    "telling_change",
]

_TELLING = (
    "split",
    "merged",
    "absorbed",
    "abolished",
    "renamed",
    "retyped",
    "reparented",
    "recoded",
    "boundary",
    "created",
)
_PARTING = _TELLING[:4]
"""Changes that give the area of a unit, or a part of it, to others."""
_DATING = {"ended": "no longer in force at the date", "not_yet": "not yet in force at the date"}
_SEEN = re.compile(r" \(known as of [^)]*\)|, known as of [^)]*(?=\))")
_SOMEBODY_ELSE = frozenset({"other_sex", "lowly_title", "private_person", "another"})
_NOT_USED, _SUPPORTING = ("apart", "not_understood"), ("role", "role_word", "role_past", "within")
"""Features of what stands beside a person's name: what does not fit them, and what does."""
_MOST_NAMED = 3
_MOST_HOLDERS = 5
_NEGLIGIBLE = 0.005


def telling_change(changes: Sequence[Change]) -> Change | None:
    """Return the most important change of an entity: the most far-reaching, then the latest.

    Of the changes that give its area to others, the last one is: a unit outlived the splits before its end.
    """
    last = max([change.date for change in changes if change.kind in _PARTING], default="")
    left = [change for change in changes if change.kind not in _PARTING or change.date == last]
    return min(left, key=lambda change: (_reach(change), _reversed(change.date)), default=None)


def _reach(change: Change) -> float:
    """Return a sort key, most far-reaching change first: people moved to another unit matter more than a new name."""
    handed = change.kind == "boundary" and change.to_id not in ("", change.from_id) and change.population != "none"
    return _TELLING.index("renamed") - 0.5 if handed else _TELLING.index(change.kind)


class Fate(Protocol):
    """The fields of a match about the entity that a mention means."""

    @property
    def entity(self) -> Entity:
        """The entity in the version meant."""

    @property
    def dating(self) -> Dating:
        """Whether it was in force at the mention's date."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """What happened to it."""

    @property
    def current(self) -> tuple[Entity, ...]:
        """The entities that are there at the target date."""

    @property
    def current_known(self) -> bool:
        """Whether that is known."""

    @property
    def holders(self) -> tuple[Tenure, ...]:
        """Who held it, if it is an office."""


def note_of_matched(fate: Fate) -> str:
    """Return one sentence about the entity that a mention means."""
    told = [fate.entity.path or fate.entity.name]
    if fate.dating in _DATING:
        told.append(_DATING[fate.dating])
    change = telling_change(fate.changes)
    if change:
        by = f" by {change.instrument}" if change.instrument else ""
        told.append(f"{change.kind} {change.date}{by}")
    if fate.entity.type == "office":
        told.append(_held_by(fate.holders))
    if change or fate.dating == "ended" or fate.entity.type == "person":
        told.append(_now(fate))
    return "; ".join(part for part in told if part) + "."


def note_of_open(status: Status, candidates: Sequence[Candidate]) -> str:
    """Return one sentence about a mention that is not matched; an empty text for a blank one."""
    if status == "blank":
        return ""
    return f"{_ambiguous(candidates) if status == 'ambiguous' else _unmatched(candidates)}."


def note_of_body(word: str, candidates: Sequence[Candidate]) -> str:
    """Return one sentence about a mention that begins with the word for a body or office that is not in the gazetteer.

    Empty if the nearest candidate is no place: the body itself may be meant.
    """
    if not candidates or candidates[0].entity.type not in PLACE_TYPES:
        return ""
    return f"no body or office with this name is in the gazetteer (“{word}”); the nearest is {_named(candidates[0])}."


def note_of_columns(columns: Sequence[str], evidence: Sequence[Evidence]) -> str:
    """Return what the parent columns of a person say that did not count; empty if all of it did.

    >>> note_of_columns(["Male", "Kampot"], [Evidence("within", 4.0, "it lies in what the context names")])
    'Not counted: “Male”.'
    """
    told = [f"But {one.text}." for one in evidence if one.feature in _NOT_USED]
    supported = any(one.feature in _SUPPORTING for one in evidence)
    idle = [one for one in columns if callings.tells_nothing(one) or (callings.is_post(one) and not supported)]
    return " ".join((*told, *([f"Not counted: {', '.join(f'“{one}”' for one in idle)}."] if idle else [])))


def note_of_stranger(candidates: Sequence[Candidate]) -> str:
    """Return one sentence about a mention that names somebody who is not in the gazetteer."""
    if candidates and _is_somebody_else(candidates[0]):
        return f"{_unmatched(candidates)}."
    nearest = f"; the nearest is {_named(candidates[0])}{_doubt(candidates[0])}" if candidates else ""
    return f"names a person, as it seems, who is not in the gazetteer{nearest}."


def note_of_contained(name: str, type_: str, rest: str, *, is_another: bool) -> str:
    """Return one sentence about a mention in which a known name stands beside words that make something else of it."""
    why = f"“{rest}” beside it tells of somebody else" if is_another else f"“{rest}” beside it was not understood"
    return f"not found as a whole; it contains the name of {name} ({type_}), but {why}."


def _now(fate: Fate) -> str:
    entity = fate.entity
    if not fate.current_known:
        return "what stands there now is not known"
    if entity.type == "person":
        return _office_now(fate.current, entity)
    others = [current for current in fate.current if current.id != entity.id]
    if not others:
        return f"now {fate.current[0].path}" if fate.current and fate.current[0].path != entity.path else ""
    shown = " | ".join(current.path for current in fate.current[:_MOST_NAMED])
    more = f" and {len(fate.current) - _MOST_NAMED} more" if len(fate.current) > _MOST_NAMED else ""
    return f"now {shown}{more}"


def _office_now(current: Sequence[Entity], entity: Entity) -> str:
    """Return the offices of a person at the target date, if they differ from those at the mention's date."""
    then, now = (_offices(one) for one in (entity, current[0] if current else entity))
    if _SEEN.sub("", then) == _SEEN.sub("", now):
        return ""
    return f"now {now}" if now else "now in no recorded office"


def _offices(person: Entity) -> str:
    """Return the offices in the path of a person: everything after the name."""
    return person.path[len(person.name) :].removeprefix(", ")


def _held_by(holders: Sequence[Tenure]) -> str:
    if not holders:
        return "who held it is not recorded"
    named = list(dict.fromkeys(f"{one.person}{_as_far_as_seen(one)}" for one in holders))
    more = f" and {len(named) - _MOST_HOLDERS} more" if len(named) > _MOST_HOLDERS else ""
    return f"held by {', '.join(named[:_MOST_HOLDERS])}{more}"


def _as_far_as_seen(tenure: Tenure) -> str:
    """Return what sources say about the end of a tenure. Never a day that no source states."""
    seen, (earliest, latest) = last_seen(tenure), ended_between(tenure)
    told = ["acting"] if tenure.acting else []
    if latest:
        told += [f"last seen on {seen}"] if seen else []
        told.append(f"ended between {earliest} and {latest}" if earliest else f"ended by {latest}")
    elif tenure.valid_to:
        told.append(f"until {tenure.valid_to}")
    elif seen:
        told.append(f"known as of {seen}")
    return f" ({', '.join(told)})" if told else ""


def _ambiguous(candidates: Sequence[Candidate]) -> str:
    likely = [candidate for candidate in candidates if candidate.score >= _NEGLIGIBLE] or candidates[:1]
    if len(likely) == 1:
        return f"may be {_named(likely[0])}, but not certainly{_doubt(likely[0])}"
    shown = "; ".join(_named(candidate) for candidate in likely[:_MOST_NAMED])
    more = f"; {len(likely) - _MOST_NAMED} more" if len(likely) > _MOST_NAMED else ""
    telling = "title, office" if {candidate.entity.type for candidate in likely} == {"person"} else "parent, type"
    return f"may be any of {len(likely)}: {shown}{more}; a {telling} or date would decide"


def _unmatched(candidates: Sequence[Candidate]) -> str:
    if not candidates:
        return "not found in the gazetteer, as written or with a few letters changed"
    if _is_somebody_else(candidates[0]):
        return f"contains the name of {_named(candidates[0])}, but somebody else is meant{_doubt(candidates[0])}"
    return f"not found in the gazetteer; the nearest is {_named(candidates[0])}{_doubt(candidates[0])}"


def _is_somebody_else(candidate: Candidate) -> bool:
    """Whether the best that can be said against a candidate is that the words beside the name tell of another."""
    against = min(candidate.evidence, key=lambda evidence: evidence.weight, default=None)
    return against is not None and against.weight < 0 and against.feature in _SOMEBODY_ELSE


def _named(candidate: Candidate) -> str:
    entity = candidate.entity
    ended = f" until {entity.valid_to}" if entity.valid_to else ""
    return f"{entity.path or entity.name} ({entity.type}{ended})"


def _doubt(candidate: Candidate) -> str:
    against = min(candidate.evidence, key=lambda evidence: evidence.weight, default=None)
    return f": {against.text}" if against and against.weight < 0 else ""


def _reversed(date: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in date)
