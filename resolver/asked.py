"""Many mentions that are asked about in the same way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from resolver.model import EntityType, Mention

__all__ = ["Alike"]


class Alike(Sequence[Mention]):
    """Texts that share all that is known around them; each becomes a ``Mention`` when it is looked at."""

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

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, place: int) -> Mention: ...

    @overload
    def __getitem__(self, place: slice) -> Alike: ...

    def __getitem__(self, place: int | slice) -> Mention | Alike:
        if isinstance(place, slice):
            return Alike(self.texts[place], *self._around)
        return Mention(self.texts[place], *self._around)
