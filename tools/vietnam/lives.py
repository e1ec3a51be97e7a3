"""Identify units through time: which spells of which codes are one unit, and where one ends and another starts.

A code is not an identity, and the snapshots do not say which units are new. The same rules apply everywhere:

* A code that continues with the same name is one unit, even if its type or parent changes. Other units that went into
  it were absorbed.
* A unit that ends on the day on which another code of its district takes exactly its name and type continues with that
  code; the unit that had the code before was absorbed.
* A code whose name changes on a day on which other units went into it means a unit formed that day by a merger;
  the unit that had the code before was merged into it too.
* If a new code takes exactly the name and type that another code of its parent loses that day, the unit continues with
  the new code, and the old code means a unit formed that day.
* A code whose name changes without any of these is one unit, renamed. A code used again after a gap is another unit.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from tools.vietnam.snapshots import Spell
from tools.vietnam.spelling import bare_key


@dataclass(slots=True, eq=False)
class Life:
    """One unit: its spells, oldest first, each starting where the one before ends."""

    spells: list[Spell]

    @property
    def since(self) -> str:
        """First day in force; empty where it was before the first snapshot."""
        return self.spells[0].since

    @property
    def until(self) -> str:
        """First day no longer in force; empty where it was in force in the last snapshot."""
        return self.spells[-1].until

    def at(self, day: str) -> Spell | None:
        """Return what it was on a day."""
        return next((spell for spell in self.spells if spell.covers(day)), None)

    def before(self, day: str) -> Spell | None:
        """Return what it was until that day, if one of its spells ends then."""
        return next((spell for spell in self.spells if spell.until == day), None)

    def changes_name_on(self, day: str) -> bool:
        """Return whether its name, not only the spelling, is another from that day on."""
        before, after = self.before(day), self.at(day)
        return bool(before and after) and name_key(before.name) != name_key(after.name)  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class Edge:
    """What became of ``old`` on a day: all of it, or a part, went to ``new``; ``kind`` is empty until it is known."""

    date: str
    old: Life
    new: Life
    kind: str
    source_id: str
    note: str = ""
    instrument: str = ""


def name_key(name: str) -> str:
    """Return a key that is equal for names that differ in marks, case, blanks or i for y only."""
    return bare_key(name).replace("y", "i")


def continued(lives: list[Life], barred: set[str]) -> tuple[list[Life], list[tuple[str, Life, Life]]]:
    """Join the units that go on under another code; return all units, and who absorbed whom on which day.

    ``barred`` are the codes of units that a source sends elsewhere.
    """
    starting: dict[tuple[str, tuple[str, str]], list[Life]] = defaultdict(list)
    for life in lives:
        for place, spell in enumerate(life.spells):
            if spell.since and (place == 0 or life.spells[place - 1].key != spell.key):
                starting[spell.since, spell.key].append(life)
    absorbed = []
    gone: set[Life] = set()
    for life in sorted((life for life in lives if life.until), key=lambda life: life.until):
        while life.until and life.spells[-1].code not in barred and life not in gone:
            day, last = life.until, life.spells[-1]
            found = [
                other
                for other in starting[day, last.key]
                if other is not life and other not in gone and _same_district(last, other, day)
            ]
            if len(found) != 1:
                break
            other = found[0]
            place = next(number for number, spell in enumerate(other.spells) if spell.since == day)
            life.spells += other.spells[place:]
            del other.spells[place:]
            for spell in life.spells:
                starting[spell.since, spell.key] = [
                    life if one is other and life.at(spell.since) else one for one in starting[spell.since, spell.key]
                ]
            if other.spells:
                absorbed.append((day, other, life))
            else:
                gone.add(other)
    return [life for life in lives if life not in gone], absorbed


def exchanged(lives: list[Life]) -> None:
    """Give what a code was to the new code that takes its name and type on the day it gives them up."""
    new = {(life.since, life.spells[0].parent, life.spells[0].key): life for life in lives if life.since}
    for life in lives:
        for spell in life.spells[:-1]:
            other = new.get((spell.until, spell.parent, spell.key))
            if other and other is not life:
                other.spells[:0] = parted(life, spell.until).spells
                break


def parted(life: Life, day: str) -> Life:
    """Cut off what a unit was until a day, as a unit of its own, and return that."""
    place = next(number for number, spell in enumerate(life.spells) if spell.since == day)
    before = Life(life.spells[:place])
    del life.spells[:place]
    return before


def _same_district(last: Spell, other: Life, day: str) -> bool:
    after, before = other.at(day), other.before(day)
    return last.parent in {spell.parent for spell in (after, before) if spell}
