"""Names of people in a text that go on: Nguyễn Thị Hồng Lan is not the Nguyễn Thị Hồng whom the gazetteer knows."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from resolver.annotation.folding import UPPER
from resolver.annotation.name_starts import begins_with_surname
from resolver.annotation.patterns import ANNOUNCING, CALLING, PERSON, WEAK
from resolver.annotation.person_spans import CAPITALISED
from resolver.annotation.spotting import Spot
from resolver.annotation.words_beside import in_headline
from resolver.text import vietnamese
from resolver.text.name_words import is_borne

__all__ = ["without_longer"]

_ANOTHER_WORD = re.compile(rf" ([{UPPER}][^\W\d_]*)(?![^\W\d_])( [{UPPER}])?")


def without_longer(plain: str, found: Sequence[Spot]) -> list[Spot]:
    """Return spots without the people whose name goes on: Nguyễn Thị Hồng Lan is not Nguyễn Thị Hồng."""
    reached: dict[int, int] = {}
    for spot in found:
        if spot.found & PERSON:
            reached[spot.start] = max(reached.get(spot.start, 0), spot.end)
    starts = {spot.start for spot in found if spot.found & ANNOUNCING & ~CALLING or " " in plain[spot.start : spot.end]}
    longer = {start for start, end in reached.items() if _goes_on(plain, start, end, starts)}
    if not longer:
        return list(found)
    stripped = (
        spot._replace(found=spot.found & ~PERSON) if spot.start in longer and spot.found & PERSON else spot
        for spot in found
    )
    return [spot for spot in stripped if spot.found & ~WEAK]


def _goes_on(plain: str, start: int, end: int, starts: Container[int]) -> bool:
    """Whether another word of a Vietnamese name is behind a name, and not a name that begins there."""
    behind = _ANOTHER_WORD.match(plain, end)
    if not behind or behind.start(1) in starts or not is_borne(behind[1]) or not vietnamese.is_syllable(behind[1]):
        return False
    if behind[2] and begins_with_surname(behind[1]):
        return False
    first = CAPITALISED.match(plain, start)
    return first is not None and begins_with_surname(first.group()) and not in_headline(behind[1])
