"""What people really have in their tables, drawn with a fixed seed: addresses with houses, dated names, parents.

Tables of addresses have a house and street of its own in each row, before a few thousand tails, of which some are in
every tenth row; newspapers' tables a date in every row; tables of units a column for each level.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from random import Random

from resolver.model import PLACE_TYPES, Mention
from tests import drawn_addresses, samples
from tests.drawn_addresses import LAST_OLD_DAY, NEW_DAY, Address

__all__ = ["dated", "real_addresses", "street", "typo_in_each_part", "undated", "with_parents"]

TAILS = 4_000
TYPOS = 0.05
FIRST_DAY, LAST_DAY = date(1995, 1, 1), date(2026, 6, 30)
_WAYS = ("clean", "no diacritics", "abbreviated", "no type words")
_STREETS = (
    "Lê Lợi",
    "Trần Hưng Đạo",
    "Nguyễn Trãi",
    "Phạm Ngọc Thạch",
    "Điện Biên Phủ",
    "Quang Trung",
    "Hùng Vương",
    "Lý Thường Kiệt",
    "Võ Văn Tần",
    "30 Tháng 4",
    "Cách Mạng Tháng Tám",
    "Nguyễn Thị Minh Khai",
    "Hàng Bạc",
    "Tân Lập",
)


def real_addresses(count: int, *, seed: int = samples.SEED) -> list[str]:
    """Return distinct addresses: houses of their own, tails drawn by Zipf's law, in four spellings, some misspelt."""
    rng = Random(f"{seed} real")
    pool = rng.sample([*drawn_addresses.addresses(), *drawn_addresses.new()], TAILS)
    weights = list(accumulate(1 / rank for rank in range(1, TAILS + 1)))
    found: dict[str, None] = {}
    while len(found) < count:
        (address,) = rng.choices(pool, cum_weights=weights)
        tail = drawn_addresses.KINDS[rng.choice(_WAYS)][1](address, rng)
        if rng.random() < TYPOS:
            tail = samples.misspell(tail, rng)
        found[f"{street(rng)}, {tail}"] = None
    return list(found)


def street(rng: Random) -> str:
    """Return a house in a street as people write it."""
    house, name = str(rng.randrange(1, 2_000)), rng.choice(_STREETS)
    ways = (
        f"{house} {name}",
        f"Số {house} đường {name}",
        f"{house}/{rng.randrange(1, 90)} {name}",
        f"{house}{rng.choice('ABC')} phố {name}",
        f"Số nhà {house}, ngõ {rng.randrange(1, 300)} {name}",
        f"{house} {name}, tổ {rng.randrange(1, 40)}",
    )
    return rng.choice(ways)


def typo_in_each_part(count: int, *, seed: int = samples.SEED) -> list[str]:
    """Return distinct addresses with an edit in each of their parts."""
    return [one.mention.text for one in drawn_addresses.draw("a typo in each part", count, seed=seed)]


def dated(count: int, *, names: int = 50_000, seed: int = samples.SEED) -> list[Mention]:
    """Return distinct pairs of a well-spelt name of anything and a day."""
    rng = Random(f"{seed} dated")
    rows = samples.name_rows()
    texts = sorted({text for row in rows for form in samples.FORMS if (text := samples.spelt(row, form))})
    texts = rng.sample(texts, min(names, len(texts)))
    first, last = FIRST_DAY.toordinal(), LAST_DAY.toordinal()
    found: dict[Mention, None] = {}
    while len(found) < count:
        day = date.fromordinal(rng.randint(first, last)).isoformat()
        found[Mention(rng.choice(texts), date=day)] = None
    return list(found)


def undated(mentions: list[Mention]) -> list[Mention]:
    """Return the distinct mentions that are left without dates."""
    return list(dict.fromkeys(mention._replace(date="") for mention in mentions))


def with_parents() -> list[Mention]:
    """Return the units of both countries with those they lie in as parent columns: one column, and two, each once."""
    return list(dict.fromkeys(_with_parents()))


def _with_parents() -> Iterator[Mention]:
    for day, levels, country in ((LAST_OLD_DAY, 3, "VN"), (NEW_DAY, 2, "VN"), (NEW_DAY, 3, "KH")):
        for address in drawn_addresses.standing(day, "commune", levels=levels, country=country):
            yield from _columns(address)


def _columns(address: Address) -> Iterator[Mention]:
    texts, names = address.texts, [name for _, name in address.parts]
    for parts in (texts, names):
        for at in range(len(parts) - 1):
            yield Mention(parts[at], within=tuple(parts[at + 1 :]))
        yield Mention(parts[0], PLACE_TYPES, within=(parts[-1],))
