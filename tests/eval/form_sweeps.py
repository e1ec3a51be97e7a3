"""Sweeps over forms of addresses: one unit behind a house, letters for units, postal codes, shops called like a ward.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from rapidfuzz import process
from rapidfuzz.distance import OSA

from resolver.model import Mention
from resolver.text import keys
from tests import samples
from tests.drawn_addresses import LAST_OLD_DAY, NEW_DAY, Address, addresses, standing
from tests.eval.name_sweeps import spelt_alike, units
from tests.eval.sweeping import Case, Sweep
from tests.eval.sweeps import districts
from tests.samples import SEED

__all__ = ["SWEEPS"]

_BEFORE_NUMBERED_WARDS_WENT = "2024-06-01"
_HOUSES = ("15 Nguyễn Trãi {}", "Số 186 Đường 30/4 {}", "khu phố 3 {}", "22 đường 19/8 {}", "Ấp 4 {}")
_SHOPS = ("Chợ", "Trường Tiểu học", "Bưu điện", "Khách sạn", "Siêu thị")
_OTHER_MARKS = {"tỉnh": "Tĩnh", "huyện": "Huyên", "quận": "Quân", "phường": "Phương", "xã": "Xả", "thị xã": "Thi xả"}
_BODIES = ("Công an", "UBND", "Tòa án nhân dân")
_DRAWN, _INVENTED = 700, 2_000


def _house_in_one_unit() -> Iterator[Case]:
    """Districts of a name that no other has, behind a house without a comma."""
    bearers = Counter(one.texts[0] for one in districts())
    for number, one in enumerate(districts()):
        if bearers[one.texts[0]] == 1 and not one.parts[0][1].isdecimal():
            text = _HOUSES[number % len(_HOUSES)].format(one.texts[0])
            yield Case(Mention(text, date=LAST_OLD_DAY), frozenset({one.id}))


def _letters_of_units() -> Iterator[Case]:
    """Numbered wards and districts of Ho Chi Minh City in the letters that English addresses have."""
    for one in standing(_BEFORE_NUMBERED_WARDS_WENT, "commune", levels=3):
        (_, ward), (_, district), (_, city) = one.parts
        if city == "Hồ Chí Minh" and ward.isdecimal():
            upper = f"D{int(district)}" if district.isdecimal() else f"{keys.fold(district).title()} Dist."
            for text in (f"W.{int(ward)}, {upper}, HCMC", f"45 Le Loi, W{int(ward)}, {upper}, Ho Chi Minh City"):
                yield Case(Mention(text, date=_BEFORE_NUMBERED_WARDS_WENT), frozenset({one.id}))
    for one in districts():
        if one.parts[1][1] == "Hồ Chí Minh" and one.parts[0][1].isdecimal():
            for text in (f"D.{one.parts[0][1]}, HCMC", f"10 Hai Ba Trung, D{one.parts[0][1]}, Ho Chi Minh City"):
                yield Case(Mention(text, date=LAST_OLD_DAY), frozenset({one.id}))


def _postal_codes() -> Iterator[Case]:
    """Provinces of today with a postal code before and behind them, alone and before the country."""
    for one in standing(NEW_DAY, "province", levels=1):
        name = str(keys.fold(one.parts[0][1])).title()
        for text in (f"{one.texts[0]} 92000", f"100000 {one.texts[0]}", f"{name} 550000, Vietnam"):
            yield Case(Mention(text, date=NEW_DAY), frozenset({one.id}))


def _called_like_a_ward() -> Iterator[Case]:
    """Shops and schools called like a commune of their district: they are somewhere in the district."""
    ids = {one.parts: one.id for one in districts()}
    for number, one in enumerate(_drawn()):
        if one.parts[1:] in ids and not one.parts[0][1].isdecimal():
            text = f"{_SHOPS[number % len(_SHOPS)]} {one.parts[0][1]}, {one.texts[1]}, {one.parts[2][1]}"
            yield Case(Mention(text, date=LAST_OLD_DAY), frozenset({ids[one.parts[1:]]}))


def _bodies_of_units() -> Iterator[Case]:
    """The police, committee or court of a district, without its type word: neither the district nor the province.

    Where both have one name, the province's may be meant.
    """
    for number, one in enumerate(districts()):
        if not one.parts[0][1].isdecimal() and keys.key(one.parts[0][1]) != keys.key(one.parts[1][1]):
            text = f"{_BODIES[number % len(_BODIES)]} {one.parts[0][1]}, {one.parts[1][1]}"
            yield Case(Mention(text, date=LAST_OLD_DAY), frozenset())


def _beside_its_city() -> Iterator[Case]:
    """Communes of a province, beside the city of the province's name, in which they never lay."""
    in_cities = {(one.parts[1], str(keys.key(one.parts[0][1]))) for one in addresses()}
    cities = {
        one.parts[1]: one for one in districts() if one.parts[0][1] == one.parts[1][1] and one.texts[0] != one.texts[1]
    }
    for one in _drawn():
        city = cities.get(one.parts[2])
        if not city or one.parts[0][0] != "xã":
            continue
        if one.parts[1] != city.parts[0] and (city.parts[0], str(keys.key(one.parts[0][1]))) not in in_cities:
            ids = frozenset({one.id})
            yield Case(Mention(f"{one.texts[0]}, {city.texts[0]}", date="2020-06-01"), ids, is_open=True)
            yield Case(Mention(one.texts[0], date="2020-06-01", within=(city.texts[0],)), ids, is_open=True)


def _other_marks_of_type() -> Iterator[Case]:
    """Units whose type word has other diacritics, which is a word of its own: ``Huyên Củ Chi``."""
    named: dict[str, set[str]] = {}
    for unit in units().values():
        named.setdefault(str(keys.key(unit.name)), set()).add(unit.id)
    for number, unit in enumerate(units().values()):
        slip = _OTHER_MARKS.get(unit.local_type) if unit.country == "VN" else None
        if slip and not unit.name.isdecimal() and (unit.type != "commune" or number % 10 == 0):
            text = f"{slip} {unit.name}"
            alike = {id_ for id_ in spelt_alike([unit]) if units()[id_].type == unit.type}
            yield Case(Mention(text), frozenset(alike | named.get(str(keys.key(text)), set())))


def _nowhere() -> Iterator[Case]:
    """Names of two syllables that no place has, nor anything with a letter less or more."""
    random = Random(SEED)
    first, last = zip(*(one.parts[0][1].split() for one in addresses() if one.parts[0][1].count(" ") == 1), strict=True)
    known = {str(keys.key(row["text"])) for row in samples.tables()["names"]}
    known |= {str(keys.key(row["name"])) for row in samples.tables().standing("versions")}
    for _ in range(_INVENTED):
        name = f"{random.choice(first)} {random.choice(last)}"
        if process.extractOne(str(keys.key(name)), known, scorer=OSA.distance, score_cutoff=1) is None:
            yield Case(Mention(name), frozenset())


def _drawn() -> list[Address]:
    pool = list(addresses())
    return Random(SEED).sample(pool, min(_DRAWN, len(pool)))


SWEEPS: dict[str, Sweep] = {
    "house in one unit, no comma": _house_in_one_unit,
    "letters for wards and districts": _letters_of_units,
    "postal code": _postal_codes,
    "shop called like a ward": _called_like_a_ward,
    "body of a district, bare": _bodies_of_units,
    "beside the province's city": _beside_its_city,
    "type word with other marks": _other_marks_of_type,
    "nowhere": _nowhere,
}
"""The sweeps by kind."""
