"""Sweeps over addresses as a careless typist writes them: several slips of several kinds, any separator, any case.

Slips are letters left out, doubled, swapped or of a neighbouring key, letters that sound alike in some region, a wrong
mark, and a space left out. Whoever reads the answers of a file sees such rows among the tidy ones.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from random import Random

from resolver.model import Mention
from resolver.text import keys
from tests.drawn_addresses import LAST_OLD_DAY, NEW_DAY, Address, addresses, new, standing
from tests.eval.sweeping import Case, Sweep
from tests.samples import SEED

__all__ = ["SWEEPS"]

_DRAWN = 3_000
_ROWS = "qwertyuiop", "asdfghjkl", "zxcvbnm"
_ALIKE = (
    ("ch", "tr"), ("s", "x"), ("gi", "d"), ("l", "n"), ("r", "g"), ("v", "d"), ("i", "y"), ("ng", "n"), ("c", "t"),
    ("ươ", "uô"), ("iê", "i"), ("ă", "â"), ("ô", "ơ"),
)  # fmt: skip
"""Letters that sound alike in one region or another."""
_MARKS = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_WORDS = {
    "xã": ("X.", "X.", "xã", "Xa"),
    "phường": ("P.", "P", "phường", "Phuong", "F."),
    "thị trấn": ("TT.", "TT", "thị trấn"),
    "đặc khu": ("Đặc khu", "ĐK"),
    "huyện": ("H.", "H", "huyện", "Huyen"),
    "quận": ("Q.", "Q", "quận", "Quan"),
    "thị xã": ("TX.", "Tx", "thị xã"),
    "thành phố": ("TP.", "TP", "Tp", "thành phố", "T.P"),
    "tỉnh": ("T.", "tỉnh", "Tinh"),
}
_HEADS = (
    "Số {n} đường {street}", "{n} {street}", "{n}/{m} {street}", "Thôn {street}", "Tổ {m}, khu phố {k}", "Ấp {k}",
    "{n} đường số {k}", "Xóm {k}", "Khu {k}", "Lô {n} KCN",
)  # fmt: skip
_STREETS = (
    "Trần Hưng Đạo", "Lê Lợi", "Nguyễn Huệ", "Quang Trung", "Hùng Vương", "Võ Thị Sáu", "Phan Bội Châu", "30/4",
    "Nguyễn Văn Cừ", "Hai Bà Trưng", "Đông", "Trung", "Mới", "Tân Lập",
)  # fmt: skip
_SEPARATORS = {", ": 12, ",": 4, " - ": 2, " ": 2, "; ": 1}
_COUNTRY = (", Việt Nam", ", VN", ", Vietnam", ".")


def _left_out(name: str, at: int, random: Random) -> str:
    return name[:at] + name[at + 1 :]


def _doubled(name: str, at: int, random: Random) -> str:
    return name[:at] + name[at] + name[at:]


def _swapped(name: str, at: int, random: Random) -> str:
    return name[:at] + name[at : at + 2][::-1].lower() + name[at + 2 :]


def _key_beside(name: str, at: int, random: Random) -> str:
    letter = str(keys.fold(name[at]))
    row = next((row for row in _ROWS if letter in row), letter)
    beside = [row[place] for place in (row.find(letter) - 1, row.find(letter) + 1) if 0 <= place < len(row)]
    return name[:at] + random.choice(beside or [letter]) + name[at + 1 :]


def _heard(name: str, at: int, random: Random) -> str:
    one, other = random.choice(_ALIKE)
    if random.random() < 0.5:
        one, other = other, one
    place = name.lower().find(one)
    return name if place < 0 else name[:place] + other + name[place + len(one) :]


def _marked(name: str, at: int, random: Random) -> str:
    letters = unicodedata.normalize("NFD", name)
    marks = [place for place, letter in enumerate(letters) if unicodedata.combining(letter)]
    if not marks:
        return name
    place = random.choice(marks)
    return unicodedata.normalize("NFC", letters[:place] + random.choice(_MARKS) + letters[place + 1 :])


def _closed_up(name: str, at: int, random: Random) -> str:
    return name.replace(" ", "", 1)


_SLIPS: dict[Callable[[str, int, Random], str], int] = {
    _left_out: 18, _doubled: 12, _swapped: 15, _key_beside: 17, _heard: 13, _marked: 12, _closed_up: 13,
}  # fmt: skip


def _slipped(name: str, random: Random) -> str:
    slip = random.choices(list(_SLIPS), list(_SLIPS.values()))[0]
    return slip(name, random.choice([at for at, letter in enumerate(name) if letter.isalpha()]), random)


@cache
def _beside() -> dict[tuple[tuple[str, str], ...], set[str]]:
    """Return the keys of the names in the same parents, of both days."""
    found: dict[tuple[tuple[str, str], ...], set[str]] = defaultdict(set)
    for one in (*addresses(), *new()):
        for at in range(len(one.parts)):
            found[one.parts[at + 1 :]].add(str(keys.key(one.parts[at][1])))
    return found


def _name(address: Address, at: int, random: Random) -> str:
    """Return a name with a slip that spells no neighbour's name; a number and a short name stay as they are."""
    name = address.parts[at][1]
    if sum(map(str.isalpha, name)) < 3:
        return name
    wrong = _slipped(name, random)
    return name if str(keys.key(wrong)) in _beside()[address.parts[at + 1 :]] else wrong


def _written(address: Address, random: Random) -> str:
    """Return an address with none to all of its names misspelt."""
    size = len(address.parts)
    wrong = random.sample(range(size), min(size, random.choices((0, 1, 2, size), (2, 5, 3, 2))[0]))
    names = [_name(address, at, random) if at in wrong else one[1] for at, one in enumerate(address.parts)]
    style = random.choice(("in full", "short", "short", "bare"))
    texts: list[str] = []
    for (word, _), name in zip(address.parts, names, strict=True):
        typed = word.capitalize() if style == "in full" or name.isdecimal() else random.choice(_WORDS[word])
        glue = "" if typed.endswith(".") and random.random() < 0.5 else " "
        texts.append(name if style == "bare" and not name.isdecimal() else typed + glue + name)
    if random.random() < 0.6:
        head = random.choice(_HEADS).format(
            n=random.randrange(1, 400),
            m=random.randrange(1, 60),
            k=random.randrange(1, 9),
            street=random.choice(_STREETS),
        )
        texts.insert(0, head)
    text = random.choices(list(_SEPARATORS), list(_SEPARATORS.values()))[0].join(texts)
    if random.random() < 0.35:
        text = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
        text = text.replace("đ", "d").replace("Đ", "D")
    case = random.choices((str, str.upper, str.lower), (15, 3, 2))[0]
    return case(text) + (random.choice(_COUNTRY) if random.random() < 0.15 else "")


def _districts() -> dict[tuple[tuple[str, str], ...], str]:
    return {one.parts: one.id for one in standing(LAST_OLD_DAY, "district", levels=2)}


def three_levels() -> Iterator[Case]:
    """Communes of the last day of three levels; a district is too little of an answer, but not a wrong one."""
    random, districts = Random(SEED), _districts()
    for one in random.sample(addresses(), _DRAWN):
        around = frozenset({districts[one.parts[1:]]})
        yield Case(Mention(_written(one, random), date=LAST_OLD_DAY), frozenset({one.id}), around=around)


def two_levels() -> Iterator[Case]:
    """Communes of today."""
    random = Random(SEED)
    for one in random.sample(new(), _DRAWN):
        yield Case(Mention(_written(one, random), date=NEW_DAY), frozenset({one.id}))


SWEEPS: dict[str, Sweep] = {"careless, three levels": three_levels, "careless, two levels": two_levels}
