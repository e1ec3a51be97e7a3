"""The features of time: the years of an entity, its name and its type against the mention's date, or against none."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from resolver.days import FIRST_DAY, LAST_DAY, day_range
from resolver.history.tenures import held_on, standing
from resolver.index.compiler import KINDS
from resolver.index.index import Index
from resolver.matching.comparison import ACCENTS, LONG_BEFORE, Comparisons, Floats
from resolver.matching.misspelling import flag
from resolver.matching.prominence import PROMINENCE
from resolver.model import TYPES

__all__ = [
    "FIRST_LISTED",
    "Timed",
    "before_lists",
    "ended_long_before",
    "ended_since",
    "ended_then",
    "former",
    "long_before",
    "name_out_of_use",
    "namesakes_in_office",
    "not_former",
    "not_in_office_yet",
    "not_yet",
    "superseded",
]

_PERSON, _OFFICE, _DISTRICT, _COMMUNE = map(TYPES.index, ("person", "office", "district", "commune"))

FIRST_LISTED = day_range("1975-04-30")[0]
"""The day from which the provinces of the gazetteer are complete: the end of the Republic of Vietnam and its units."""


class Timed(Protocol):
    """Pairs of mention and name, with what the features of a date need to know about them."""

    def __len__(self) -> int:
        """Return the number of pairs."""

    @property
    def index(self) -> Index:
        """The gazetteer."""

    @property
    def row(self) -> NDArray[np.int32]:
        """The row of each name."""

    @property
    def entity(self) -> NDArray[np.int32]:
        """The entity of each name."""

    @property
    def days(self) -> NDArray[Any]:
        """First and last day of each mention; -1 where it is undated."""

    @property
    def dated(self) -> NDArray[np.bool_]:
        """Whether each mention has a date."""

    @property
    def any_dated(self) -> bool:
        """Whether any mention has a date."""

    @property
    def nothing(self) -> Floats:
        """Zero for each pair."""


def name_out_of_use(batch: Timed) -> Floats:
    """A name that was not in use at the mention's date, or in the entity's last days if there is no date."""
    days = batch.index.row_days[batch.row]
    last = batch.index.entity_days[batch.entity, 1] - 1
    first_day = np.where(batch.dated, batch.days[:, 0], last)
    last_day = np.where(batch.dated, batch.days[:, 1], last)
    return flag((days[:, 1] <= first_day) | (days[:, 0] > last_day))


def ended_then(batch: Timed) -> Floats:
    """The entity had ended by the mention's date."""
    if not batch.any_dated:
        return batch.nothing
    return flag(batch.dated & (batch.index.entity_days[batch.entity, 1] <= batch.days[:, 0]))


def ended_long_before(batch: Timed) -> Floats:
    """The entity had ended more than a year before the mention's date: of two that had, the later is meant.

    Not a province, unless a later one has its name: it is named so for decades.
    """
    if not batch.any_dated:
        return batch.nothing
    index, entity = batch.index, batch.entity
    long_before = batch.dated & (index.entity_days[entity, 1] + LONG_BEFORE < batch.days[:, 0])
    return flag(long_before & index.leaves_its_name[entity]) if long_before.any() else batch.nothing


def before_lists(batch: Timed) -> Floats:
    """A commune or district of unrecorded start, before the first provinces of the gazetteer: another may be meant.

    Many names of today were those of provinces then (Quảng Tín, Bình Long). Of a district only its official name: how
    it was called otherwise is known from that time (Ban Mê Thuột).
    """
    if not batch.any_dated:
        return batch.nothing
    early = batch.dated & (batch.days[:, 1] < FIRST_LISTED)
    if not early.any():
        return batch.nothing
    index, entity = batch.index, batch.entity
    doubtful = (index.entity_type[entity] == _DISTRICT) & (index.row_kind[batch.row] == KINDS.index("official"))
    doubtful |= index.entity_type[entity] == _COMMUNE
    return flag(early & doubtful & (index.entity_days[entity, 0] <= FIRST_DAY))


def not_yet(batch: Timed) -> Floats:
    """The entity did not exist yet at the mention's date, and the name was not in use for its area then."""
    if not batch.any_dated:
        return batch.nothing
    begins = batch.index.entity_days[batch.entity, 0]
    return flag(batch.dated & (begins > batch.days[:, 1]) & ~_in_use_then(batch))


def not_in_office_yet(batch: Comparisons) -> Floats:
    """A person first seen in any office after the mention's date, where a namesake was in office on that date."""
    if not batch.any_dated or _PERSON not in batch.types:
        return batch.nothing
    values = np.zeros(len(batch))
    for mention in np.flatnonzero(namesakes_in_office(batch)).tolist():
        pairs = np.flatnonzero((batch.pairs.mention == mention) & (batch.type == _PERSON)).tolist()
        days = batch.queries[mention].days
        tenures = {pair: batch.index.record(int(batch.entity[pair])).tenures for pair in pairs}
        if days and any(held_on(tenures[pair], days) for pair in pairs if _is_as_written(batch, pair)):
            for pair in pairs:
                values[pair] = bool(tenures[pair]) and standing(tenures[pair], days, or_seen=True) == "ahead"
    return values


def namesakes_in_office(batch: Comparisons) -> NDArray[np.bool_]:
    """Return which mentions have a date and may mean several people: who was in office then may decide."""
    if not batch.any_dated or _PERSON not in batch.types:
        return np.zeros(len(batch.queries), np.bool_)
    people = (batch.type == _PERSON) & batch.dated
    who = np.unique(batch.pairs.mention[people].astype(np.int64) << 32 | batch.entity[people])
    return np.asarray(np.bincount(who >> 32, minlength=len(batch.queries)) > 1, np.bool_)


def _is_as_written(batch: Comparisons, pair: int) -> bool:
    return not batch.edits[pair] and ACCENTS[batch.accents[pair]] in ("same", "bare")


def former(batch: Comparisons) -> Floats:
    """The mention says "former" (cũ, ancien), and the entity has ended: by the mention's date, or soon after it."""
    said = batch.of_readings(lambda reading: reading.former)
    if said is batch.nothing:
        return said
    return said * flag(batch.index.entity_days[batch.entity, 1] <= _called_former_until(batch))


def _called_former_until(batch: Comparisons) -> NDArray[Any]:
    """Return for each pair the last day on which what is called former ended: a law is known before it is in force."""
    return np.where(batch.dated, batch.days[:, 1] + LONG_BEFORE, batch.index.as_of_day)


def not_former(batch: Comparisons) -> Floats:
    """The mention says "former", and the entity is in force. Not for offices: there it describes the holder."""
    said = batch.of_readings(lambda reading: reading.former)
    if said is batch.nothing:
        return said
    in_force = batch.index.entity_days[batch.entity, 1] > _called_former_until(batch)
    return said * flag(in_force & (batch.type != _OFFICE))


def long_before(batch: Timed) -> Floats:
    """The entity began more than a year after the mention's date: nobody could mention it yet."""
    if not batch.any_dated:
        return batch.nothing
    begins = batch.index.entity_days[batch.entity, 0]
    return flag(batch.dated & (begins > batch.days[:, 1] + LONG_BEFORE) & ~_in_use_then(batch))


def _in_use_then(batch: Timed) -> NDArray[np.bool_]:
    """Whether a name is recorded as in use at the mention's date, with a known first and last day."""
    days = batch.index.row_days[batch.row]
    in_use = (days[:, 0] <= batch.days[:, 1]) & (batch.days[:, 0] < days[:, 1]) & (days[:, 1] < LAST_DAY)
    return np.asarray(in_use, np.bool_)


def ended_since(batch: Comparisons) -> Floats:
    """The entity is no longer in force, and neither a date nor a type word of its time says that it is meant."""
    if batch.all_dated:
        return batch.nothing
    ended = ~batch.dated & (batch.index.entity_days[batch.entity, 1] <= batch.index.as_of_day)
    if not ended.any():
        return batch.nothing
    return flag(~batch.dated & ended & ~_has_outdated_type(batch))


def _has_outdated_type(batch: Comparisons) -> NDArray[np.bool_]:
    """Return for each pair whether its type words mean only types that no place has any more: ``thị trấn``."""
    if not batch.any_typed:
        return batch.typed
    ends, today = batch.index.type_ends, batch.index.as_of_day
    gone = batch.of_readings(
        lambda reading: any(
            all(ends.get((TYPES.index(type_), local), LAST_DAY) <= today for type_, local in word.meanings)
            for word in reading.type_words
        )
    )
    return gone > 0


def superseded(batch: Comparisons) -> Floats:
    """The entity became one of the same name and type that is in force, and the mention has no date.

    Not for a misspelt name of a district or commune: that is doubtful already. An island means today's island.
    """
    if batch.all_dated:
        return batch.nothing
    ended = batch.index.entity_days[batch.entity, 1] <= batch.index.as_of_day
    island = ended & (batch.of_readings(lambda reading: any(word.strict for word in reading.type_words)) > 0)
    taken = flag(~batch.dated & ~_has_outdated_type(batch) & (batch.index.entity_superseded[batch.entity] | island))
    return taken * np.where((batch.edits > 0) & (PROMINENCE[batch.type] < 4), 0.0, 1.0)
