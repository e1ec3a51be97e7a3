"""Addresses made from the gazetteer with noise of our own, each with the place it means: for evaluation and benchmarks.

The parts are those that stood on 2025-06-30 (three levels) and those that stand now (two). Drawn with a fixed seed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from resolver.model import EntityType, Match, Mention
from resolver.text import keys
from tests import samples
from tests.samples import SEED, Verdict

__all__ = [
    "KINDS",
    "LAST_OLD_DAY",
    "NEW_DAY",
    "Address",
    "Drawn",
    "addresses",
    "cambodian",
    "counts",
    "draw",
    "new",
    "split",
    "standing",
]

LAST_OLD_DAY = "2025-06-30"
NEW_DAY = "2025-07-01"
_ABBREVIATED = {
    "xã": ("X.", "X. ", "x."),
    "phường": ("P.", "P. ", "F.", "p "),
    "thị trấn": ("TT.", "TT ", "T.T. "),
    "đặc khu": ("ĐK ",),
    "huyện": ("H.", "H. ", "h."),
    "quận": ("Q.", "Q. ", "q."),
    "thị xã": ("TX.", "TX ", "T.X. "),
    "thành phố": ("TP.", "TP ", "T.P. ", "Tp. "),
    "tỉnh": ("T.", "T. ", "t."),
}
_STREETS = (
    "12 Lê Lợi",
    "Số 5 đường Trần Hưng Đạo",
    "123/45/6A Nguyễn Trãi",
    "Tổ 3, Khu phố 2",
    "Ấp Bình Hòa",
    "Thôn 4",
    "Số nhà 17, ngõ 82 Phạm Ngọc Thạch",
    "Km 9 Quốc lộ 1A",
    "Trường THPT Nguyễn Huệ, đường Hùng Vương",
    "Lô B2, KCN Tân Bình",
    "45B Lý Thường Kiệt",
    "Xóm Đông, thôn Trung",
)


@dataclass(frozen=True, slots=True)
class Address:
    """A place with the places above it, smallest first: pairs of type word and name."""

    id: str
    parts: tuple[tuple[str, str], ...]
    current: frozenset[str]

    @property
    def texts(self) -> list[str]:
        """The parts in official wording."""
        return [f"{word.capitalize()} {name}" for word, name in self.parts]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A mention of an address, and the address."""

    address: Address
    mention: Mention


@cache
def addresses() -> tuple[Address, ...]:
    """Return all communes of 2025-06-30 with district and province, and what became of them."""
    return tuple(standing(LAST_OLD_DAY, "commune", levels=3))


@cache
def new() -> tuple[Address, ...]:
    """Return all communes that stand since 2025-07-01 with their provinces, as of that day."""
    return tuple(standing(NEW_DAY, "commune", levels=2))


@cache
def split() -> tuple[Address, ...]:
    """Return the communes whose area went to several."""
    return tuple(address for address in addresses() if len(address.current) > 1)


def cambodian() -> list[Drawn]:
    """Return the communes of Cambodia with their parents, offered as Vietnamese."""
    return [
        Drawn(address, Mention(", ".join(name for _, name in address.parts), ("commune",), ("VN",)))
        for address in standing(NEW_DAY, "commune", levels=3, country="KH")
    ]


def draw(kind: str, count: int, *, seed: int = SEED) -> list[Drawn]:
    """Return distinct addresses of a kind (one of ``KINDS``), at most ``count``."""
    source, write = KINDS[kind]
    pool = source()
    rng = Random(f"{seed} {kind}")
    return [Drawn(address, Mention(write(address, rng))) for address in rng.sample(pool, min(count, len(pool)))]


def counts(drawn: Iterable[Drawn], matches: Iterable[Match]) -> Counter[Verdict]:
    """Count how addresses were answered."""
    return Counter(_verdict(one, match) for one, match in zip(drawn, matches, strict=True))


def _verdict(drawn: Drawn, match: Match) -> Verdict:
    """Return how an answer is to be counted; of a split commune all successors must be told."""
    if match.status == "matched" and match.entity:
        told = {entity.id for entity in match.current}
        whole = len(drawn.address.current) < 2 or told == drawn.address.current
        return "right" if match.entity.id == drawn.address.id and whole else "wrong"
    if match.status == "ambiguous":
        return "ambiguous" if samples.named(drawn.address.id, match) else "ambiguous without"
    return "missed"


def standing(day: str, type_: EntityType, *, levels: int, country: str = "VN") -> Iterator[Address]:
    """Yield the places of a type that stood on a day, with those above them: as many levels as there have to be."""
    tables = samples.tables()
    places = {row["id"]: row for row in tables["entities"] if row["country"] == country}
    versions = {
        row["id"]: row
        for row in tables.standing("versions")
        if row["id"] in places and row["valid_from"] <= day and (not row["valid_to"] or day < row["valid_to"])
    }
    became: dict[str, set[str]] = defaultdict(set)
    for change in tables.standing("changes"):
        if change["date"] == NEW_DAY and change["to_id"] and change["kind"] in ("merged", "split", "absorbed"):
            became[change["from_id"]].add(change["to_id"])
    for id_, row in sorted(versions.items()):
        if places[id_]["type"] != type_:
            continue
        parts: list[tuple[str, str]] = []
        upper = row
        while len(parts) < levels:
            parts.append((upper["local_type"], upper["name"]))
            if upper["parent_id"] not in versions:
                break
            upper = versions[upper["parent_id"]]
        if len(parts) == levels:
            yield Address(id_, tuple(parts), frozenset(became[id_]))


def _clean(address: Address, rng: Random) -> str:
    return ", ".join(address.texts)


def _folded(address: Address, rng: Random) -> str:
    return ", ".join(keys.fold(text) for text in address.texts)


def _abbreviated(address: Address, rng: Random) -> str:
    return ", ".join(rng.choice(_ABBREVIATED[word]) + name for word, name in address.parts)


def _bare(address: Address, rng: Random) -> str:
    """Names alone; a number keeps its type word, as nobody leaves it out."""
    return ", ".join(f"{word.capitalize()} {name}" if name.isdecimal() else name for word, name in address.parts)


def _blanks(address: Address, rng: Random) -> str:
    return " ".join(address.texts)


def _folded_blanks(address: Address, rng: Random) -> str:
    return " ".join(keys.fold(text) for text in address.texts)


def _reversed(address: Address, rng: Random) -> str:
    return rng.choice((", ", " - ", " / ")).join(address.texts[::-1])


def _street(address: Address, rng: Random) -> str:
    return ", ".join((rng.choice(_STREETS), *address.texts))


def _one_typo(address: Address, rng: Random) -> str:
    texts = address.texts
    at = rng.randrange(len(texts))
    texts[at] = _misspelt(address, at, rng)
    return ", ".join(texts)


def _typo_each(address: Address, rng: Random) -> str:
    return ", ".join(_misspelt(address, at, rng) for at in range(len(address.parts)))


def _misspelt(address: Address, at: int, rng: Random) -> str:
    """Return a part with one edit that does not spell a neighbour's name, nor touch a number."""
    word, name = address.parts[at]
    text = f"{word.capitalize()} {name}"
    for _ in range(20):
        wrong = samples.misspell(text, rng)
        if wrong != text and str(keys.key(wrong)) not in _neighbours()[address.parts[at + 1 :]]:
            return wrong
    return text


@cache
def _neighbours() -> dict[tuple[tuple[str, str], ...], set[str]]:
    """Return the keys of the places that lie in the same parents, with their type words."""
    found: dict[tuple[tuple[str, str], ...], set[str]] = defaultdict(set)
    for address in addresses():
        for at, (word, name) in enumerate(address.parts):
            found[address.parts[at + 1 :]].add(str(keys.key(f"{word} {name}")))
    return found


KINDS: dict[str, tuple[Callable[[], tuple[Address, ...]], Callable[[Address, Random], str]]] = {
    "clean": (addresses, _clean),
    "no diacritics": (addresses, _folded),
    "abbreviated": (addresses, _abbreviated),
    "no type words": (addresses, _bare),
    "no commas": (addresses, _blanks),
    "no commas, no diacritics": (addresses, _folded_blanks),
    "reversed": (addresses, _reversed),
    "street in front": (addresses, _street),
    "one typo": (addresses, _one_typo),
    "a typo in each part": (addresses, _typo_each),
    "split commune": (split, _clean),
    "new, two levels": (new, _clean),
    "new, no diacritics": (new, _folded),
    "new, no type words": (new, _bare),
}
"""Kinds of addresses: of which places, and how they are written."""
