"""Sweeps: one kind of mention over all units that it can touch, each with what it must mean.

``python -m tests.eval.sweeps [KIND ...]`` prints how the mentions of each kind are answered, and lists the wrong ones.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from resolver import Resolver
from resolver.model import Match, Mention
from resolver.text import keys
from tests import samples
from tests.drawn_addresses import LAST_OLD_DAY, NEW_DAY, Address, standing
from tests.samples import Verdict

__all__ = ["SWEEPS", "Asked", "counts", "verdict"]

_SHOWN: tuple[Verdict, ...] = ("right", "ambiguous", "ambiguous without", "missed", "wrong")
_MOST_LISTED = 40

_HEADS = {
    "words": "Mai Trang",
    "company": "Công ty TNHH Minh Quân",
    "shop": "Cửa hàng Hải Đăng",
    "hamlet": "Thôn Đông Cao",
    "street": "Đường Lê Văn Lương",
    "house": "Số 7 ngõ 15",
    "market": "Chợ Mới",
    "elsewhere": "Tân Phú",
    "letter": "P",
    "estate": "Green City",
}
"""What stands before a district or province and is no part of it that the gazetteer has."""


class Asked(NamedTuple):
    """A mention, the ids one of which it must mean, and whether it must stay open, with all of them named."""

    mention: Mention
    expected: frozenset[str]
    is_open: bool = False


Sweep = Callable[[], Iterator[Asked]]


def verdict(asked: Asked, match: Match) -> Verdict:
    """Return how an answer is to be counted; what must stay open is right where all that it may mean is named."""
    named = {candidate.entity.id for candidate in match.candidates}
    if match.status == "matched":
        assert match.entity
        return "wrong" if asked.is_open or match.entity.id not in asked.expected else "right"
    if match.status == "unmatched":
        return "missed"
    if asked.is_open:
        return "right" if asked.expected <= named else "ambiguous without"
    return "ambiguous" if asked.expected & named else "ambiguous without"


def counts(resolver: Resolver, sweep: Sweep) -> tuple[Counter[Verdict], list[tuple[Asked, Match]]]:
    """Return how the mentions of a sweep are answered, counted, and the wrong answers."""
    asked = list(sweep())
    judged = [
        (one, match, verdict(one, match))
        for one, match in zip(asked, resolver.resolve_many([one.mention for one in asked]), strict=True)
    ]
    return Counter(found for *_, found in judged), [(one, match) for one, match, found in judged if found == "wrong"]


@cache
def _districts() -> tuple[Address, ...]:
    """Return the districts of the last day of three levels, with their provinces."""
    return tuple(standing(LAST_OLD_DAY, "district", levels=2))


@cache
def _provinces() -> tuple[Address, ...]:
    """Return the provinces of the last day of three levels and of the first day of two."""
    return tuple(one for day in (LAST_OLD_DAY, NEW_DAY) for one in standing(day, "province", levels=1))


@cache
def _namesakes() -> dict[str, frozenset[str]]:
    """Return the ids of the provinces by their names: one formed of others may bear the name of one of them."""
    found: dict[str, set[str]] = {}
    for one in _provinces():
        found.setdefault(one.parts[0][1], set()).add(one.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def _heads_of_districts(head: str) -> Sweep:
    def sweep() -> Iterator[Asked]:
        for one in _districts():
            if not _may_be_there(head, one.id):
                yield Asked(Mention(", ".join((head, *one.texts))), frozenset({one.id}))

    return sweep


def _heads_of_provinces(head: str) -> Sweep:
    def sweep() -> Iterator[Asked]:
        for name, ids in _namesakes().items():
            if not any(_may_be_there(head, one) for one in ids):
                yield Asked(Mention(f"{head}, {name}"), ids)

    return sweep


def _may_be_there(head: str, id_: str) -> bool:
    """Whether a name within one letter of some words lies in a place, or in its namesake of another type."""
    head = str(keys.key(head))
    return any(
        OSA.distance(name, head, score_cutoff=1) <= (len(head) > 1)
        for one in _so_called()[_last_name()[id_]]
        for name in _names_below()[one]
    )


@cache
def _last_name() -> dict[str, str]:
    rows = samples.tables().standing("versions")
    return {row["id"]: row["name"] for row in sorted(rows, key=lambda row: row["valid_from"])}


@cache
def _so_called() -> dict[str, set[str]]:
    """Return the places by their last names."""
    found: dict[str, set[str]] = {}
    for id_, name in _last_name().items():
        found.setdefault(name, set()).add(id_)
    return found


@cache
def _names_below() -> dict[str, set[str]]:
    """Return, by place, the keys of the names of all that lies in it, or lay in it."""
    above: dict[str, set[str]] = {}
    names: dict[str, set[str]] = {}
    for row in samples.tables().standing("versions"):
        above.setdefault(row["id"], set()).add(row["parent_id"])
        names.setdefault(row["id"], set()).add(str(keys.key(row["name"])))
    found: dict[str, set[str]] = {id_: set() for id_ in above}
    for id_, own in names.items():
        waiting, seen = [id_], {id_, ""}
        while waiting:
            for upper in above.get(waiting.pop(), set()) - seen:
                seen.add(upper)
                waiting.append(upper)
                found[upper] |= own
    return found


def _bare_province(*, inline: bool, folded: bool) -> Sweep:
    """Every district with its province's bare name, on a day on which both stood."""

    def sweep() -> Iterator[Asked]:
        for country in ("VN", "KH"):
            for one in standing(LAST_OLD_DAY, "district", levels=2, country=country):
                word, name = one.parts[0]
                full, upper = f"{word.capitalize()} {name}", one.parts[1][1]
                if folded:
                    full, upper = str(keys.fold(full)), str(keys.fold(upper))
                mention = Mention(f"{full}, {upper}") if inline else Mention(full, (), (), LAST_OLD_DAY, (upper,))
                yield Asked(mention, frozenset({one.id}))

    return sweep


def _bare_district_within() -> Iterator[Asked]:
    """Every district's bare name, asked for as a district, with its province's as parent."""
    for country in ("VN", "KH"):
        for one in standing(LAST_OLD_DAY, "district", levels=2, country=country):
            (_, name), (_, upper) = one.parts
            yield Asked(Mention(name, ("district",), (), LAST_OLD_DAY, (upper,)), frozenset({one.id}))


SWEEPS: dict[str, Sweep] = {
    **{f"{kind} before a district": _heads_of_districts(head) for kind, head in _HEADS.items()},
    **{f"{kind} before a province": _heads_of_provinces(head) for kind, head in _HEADS.items()},
    "district, bare province": _bare_province(inline=True, folded=False),
    "district, bare province, folded": _bare_province(inline=True, folded=True),
    "district within bare province": _bare_province(inline=False, folded=False),
    "district within bare province, folded": _bare_province(inline=False, folded=True),
    "bare district within bare province": _bare_district_within,
}
"""The sweeps by kind."""


def main(kinds: list[str]) -> None:
    """Print the counts of some kinds (those whose names begin so; all without any), and what is wrong."""
    resolver = Resolver()
    chosen = [name for name in SWEEPS if not kinds or any(kind in name for kind in kinds)]
    print(f"{'':<44}", *(f"{head:>18}" for head in _SHOWN), sep="")
    for name in chosen:
        found, wrong = counts(resolver, SWEEPS[name])
        print(f"{name:<44}", *(f"{found[head]:>18,}" for head in _SHOWN), sep="", flush=True)
        for one, match in wrong[:_MOST_LISTED]:
            meant = f"{match.entity.path} {match.score:.3f}" if match.entity else match.status
            parents = f" within {'|'.join(one.mention.within)}" if one.mention.within else ""
            print(f"  {one.mention.text!r}{parents} {one.mention.date}: {meant}, not {'|'.join(sorted(one.expected))}")


if __name__ == "__main__":
    main(sys.argv[1:])
