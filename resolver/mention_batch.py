"""Many mentions with the same context, and the answers to many mentions as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, overload

import numpy as np
from numpy.typing import NDArray

from resolver.model import EntityType, Match, Mention, Status

__all__ = ["STATUSES", "MentionBatch", "ResolvedArrays"]

STATUSES: tuple[Status, ...] = get_args(Status)


class MentionBatch(Sequence[Mention]):
    """Texts that share the same context; each becomes a ``Mention`` on access."""

    def __init__(
        self,
        texts: list[str],
        types: tuple[EntityType, ...],
        countries: tuple[str, ...],
        date: str,
        within: tuple[str, ...],
    ) -> None:
        self.texts = texts
        self._around = types, countries, date, within

    def with_texts(self, texts: list[str]) -> MentionBatch:
        """Return other texts with the same context."""
        return MentionBatch(texts, *self._around)

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, place: int) -> Mention: ...

    @overload
    def __getitem__(self, place: slice) -> MentionBatch: ...

    def __getitem__(self, place: int | slice) -> Mention | MentionBatch:
        if isinstance(place, slice):
            return MentionBatch(self.texts[place], *self._around)
        return Mention(self.texts[place], *self._around)


@dataclass(frozen=True, slots=True)
class ResolvedArrays:
    """Answers as arrays, one element for each mention.

    ``status`` holds positions in ``STATUSES``, ``entity`` positions in ``known`` (all canonical ids), -1 if nothing is
    matched, ``score`` the probability (0 to 1) of the best candidate.
    """

    status: NDArray[np.int8]
    entity: NDArray[np.int32]
    score: NDArray[np.float64]
    known: NDArray[Any]

    @classmethod
    def of(cls, matches: Sequence[Match], numbers: Mapping[str, int], known: NDArray[Any]) -> ResolvedArrays:
        """Return matches as arrays, given the position of each id in ``known``."""
        return cls(
            np.array([STATUSES.index(match.status) for match in matches], np.int8),
            np.array([numbers[match.entity.id] if match.entity else -1 for match in matches], np.int32),
            np.array([match.score for match in matches], np.float64),
            known,
        )

    @property
    def statuses(self) -> NDArray[Any]:
        """The statuses as text."""
        return np.array(STATUSES, object)[self.status]

    @property
    def ids(self) -> NDArray[Any]:
        """The canonical ids, empty if nothing is matched."""
        return np.where(self.entity >= 0, self.known[self.entity], "")
