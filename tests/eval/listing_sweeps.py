"""Sweeps over addresses as lists of shops, forms and messages have them.

An institution named after the province before its address; hyphens and codes between units; a space in the wrong place;
streets that are called like a unit; a district's name before another province; and in Cambodia numbered communes
without the number, and a commune that is called like its district in Khmer, but is romanised in another way.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from random import Random

from rapidfuzz import process
from rapidfuzz.distance import OSA

from resolver.model import Mention
from resolver.text import keys
from resolver.text.localities import nouns
from resolver.text.name_counts import surname_shares
from tests import samples
from tests.drawn_addresses import LAST_OLD_DAY, NEW_DAY, Address, addresses, standing
from tests.eval.name_sweeps import units
from tests.eval.people_sweeps import names
from tests.eval.sweeping import Case, Sweep
from tests.eval.sweeps import districts, last_names, names_below
from tests.samples import SEED

__all__ = ["SWEEPS"]

_DRAWN = 1_000
_COMMON_FAMILY = 0.01
_NUMBER = re.compile(r"(?: Ti)? (?:Muoy|Pir|Bei|Buon|Pram|[1-9])$")
_STREETS = ("Phố ", "Đường ")
_HEADS = ("Số 5 {}", "ngõ 34 {}", "Số 12 ngõ 7 {}", "nhà ở ngõ 34 {}")


def _drawn() -> list[Address]:
    pool = list(addresses())
    return Random(SEED).sample(pool, min(_DRAWN, len(pool)))


def _of_the_province() -> Iterator[Case]:
    """Institutions named after the province, before a commune and its district."""
    for number, one in enumerate(_drawn()):
        head = ("Siêu thị", "Bệnh viện Đa khoa tỉnh", "Công ty Cấp nước", "Trường THPT chuyên")[number % 4]
        text = f"{head} {one.parts[2][1]}, {one.texts[0]}, {one.texts[1]}"
        yield Case(Mention(text, date=LAST_OLD_DAY), frozenset({one.id}))


def _hyphenated() -> Iterator[Case]:
    for number, one in enumerate(_drawn()):
        head = ("", "Ấp 3-", "Tổ 5-Thôn Đông-", "Số 12 Lê Lợi-")[number % 4]
        yield Case(Mention(head + "-".join(one.texts), date=LAST_OLD_DAY), frozenset({one.id}))


def _with_codes() -> Iterator[Case]:
    """Districts and provinces behind a code or a number of a list."""
    named = defaultdict[str, set[str]](set)
    cities = {one.parts[0][1] for one in districts()}
    for one in districts():
        named[one.texts[0]].add(one.id)
    for day in (LAST_OLD_DAY, NEW_DAY):
        for one in standing(day, "province", levels=1):
            if one.parts[0][1] not in cities:
                named[one.parts[0][1]].add(one.id)
    for number, (name, ids) in enumerate(sorted(named.items())):
        mark = ("-", " - ", ". ", "_")[number % 4]
        yield Case(Mention(f"{number + 1:02}{mark}{name}"), frozenset(ids))


def _space_moved() -> Iterator[Case]:
    """Communes in a province, with the last space of the name one letter too late or too early."""
    bearers = Counter((str(keys.key(one.parts[0][1])), one.parts[2]) for one in addresses())
    larger = {(str(keys.key(one.parts[0][1])), one.parts[1]) for one in districts()}
    provinces = {str(keys.key(row["text"])) for row in samples.tables()["names"] if "-province-" in row["id"]}
    for number, one in enumerate(_drawn()):
        first, _, last = str(keys.fold(one.parts[0][1])).title().rpartition(" ")
        key = str(keys.key(one.parts[0][1])), one.parts[2]
        like_larger = OSA.distance(key[0], str(keys.key(one.parts[2][1]))) == 1 or key[0] in provinces
        if bearers[key] > 1 or key in larger or like_larger or len(first) < 3 or len(last) < 3:
            continue
        moved = f"{first}{last[0]} {last[1:]}" if number % 2 else f"{first[:-1]} {first[-1]}{last}"
        yield Case(Mention(f"{moved}, {one.parts[2][1]}", date=LAST_OLD_DAY), frozenset({one.id}))


def _streets_like_units() -> Iterator[Case]:
    """Streets that begin like a commune's name, or like a unit: what they lie in is all that they tell."""
    ids = {one.parts: one.id for one in districts()}
    for one in addresses():
        if one.parts[0][1].startswith(_STREETS) and one.parts[1:] in ids:
            street = one.parts[0][1][0].lower() + one.parts[0][1][1:]
            for head in _HEADS:
                text = ", ".join((head.format(street), *one.texts[1:]))
                yield Case(Mention(text, date=LAST_OLD_DAY), frozenset({ids[one.parts[1:]]}))
    for number, one in enumerate(districts()):
        text = ", ".join(((("ngõ 12", "số 7", "12", "phố")[number % 4]) + " Xã Đàn", *one.texts))
        yield Case(Mention(text, date=LAST_OLD_DAY), frozenset({one.id}))


def _before_another_province() -> Iterator[Case]:
    """Districts whose name nothing else has, before a province in which nothing is called nearly so."""
    bearers = Counter(str(keys.key(name)) for name in last_names().values())
    provinces = [one for one in standing(LAST_OLD_DAY, "province", levels=1) if one.id in names_below()]
    called_so = {one.parts[0][1] for one in provinces}
    for number, one in enumerate(districts()):
        name = one.parts[0][1]
        first = str(keys.fold(name)).split()[0]
        is_telling = bearers[str(keys.key(name))] <= 2 and " " in name and first not in _begins_of_localities()
        if not is_telling or name in called_so:
            continue
        if surname_shares().get(first, 0.0) >= _COMMON_FAMILY:
            continue
        for step in range(len(provinces)):
            other = provinces[(number + step) % len(provinces)]
            near = process.extractOne(str(keys.key(name)), names_below()[other.id], scorer=OSA.distance, score_cutoff=2)
            if other.parts != one.parts[1:] and not near:
                text = f"{name}, {other.parts[0][1]}"
                yield Case(Mention(text, date=LAST_OLD_DAY), frozenset({one.id}), is_open=True)
                break


@cache
def _begins_of_localities() -> frozenset[str]:
    return frozenset(noun.split()[0] for noun in nouns())


def _without_number() -> Iterator[Case]:
    """Numbered communes of Cambodia without the number: any of them may be meant."""
    of_base = defaultdict[tuple[tuple[tuple[str, str], ...], str, str], set[str]](set)
    names = {(one.parts[0][1], one.parts[1:]) for one in standing(NEW_DAY, "commune", levels=3, country="KH")}
    for one in standing(NEW_DAY, "commune", levels=3, country="KH"):
        word, name = one.parts[0]
        base = _NUMBER.sub("", name)
        if base not in ("", name) and (base, one.parts[1:]) not in names and base not in _ended():
            of_base[one.parts[1:], word, base].add(one.id)
    for (above, word, base), ids in of_base.items():
        if len(ids) > 1:
            parts = [f"{one.title()} {name}" for one, name in ((word, base), *above)]
            yield Case(Mention(", ".join(parts)), frozenset(ids), is_open=True)
            yield Case(Mention(f"#12, St. 63, {parts[0]}, {parts[1]}"), frozenset(ids), is_open=True)


@cache
def _ended() -> frozenset[str]:
    """Return the names of communes of Cambodia that have ended."""
    rows = samples.tables().standing("versions")
    return frozenset(row["name"] for row in rows if row["id"].startswith("kh-commune") and row["valid_to"])


def _called_like_district() -> Iterator[Case]:
    """Communes of Cambodia with the same name as their district in Khmer, written with the district's letters."""
    native = {
        row["id"]: row["text"]
        for row in samples.tables()["names"]
        if (row["language"], row["kind"]) == ("km", "official")
    }
    ids = {one.parts: one.id for one in standing(NEW_DAY, "district", levels=2, country="KH")}
    for one in standing(NEW_DAY, "commune", levels=3, country="KH"):
        district = ids.get(one.parts[1:], "")
        if native.get(one.id) and native[one.id] == native.get(district):
            word, name = one.parts[0][0], one.parts[1][1]
            yield Case(Mention(f"{word.title()} {name}, {', '.join(one.texts[1:])}"), frozenset({one.id}))


def _not_called_like_district() -> Iterator[Case]:
    """Communes of Cambodia that do not exist, called like their district: the district is too little of an answer."""
    inside: dict[str, set[str]] = defaultdict(set)
    for unit in units().values():
        if unit.type == "commune":
            for parent in unit.parents:
                inside[parent] |= {keys.key(name) for name in (*names()[unit.id], unit.khmer)}
    for one in standing(NEW_DAY, "district", levels=2, country="KH"):
        known = {str(keys.key(name)) for name in names()[one.id]} | {str(keys.key(units()[one.id].khmer))}
        if known.isdisjoint(inside[one.id]) and not one.parts[0][1].isdecimal():
            word = "Khum" if one.parts[0][0] == "srok" else "Sangkat"
            name = one.parts[0][1]
            for text in (f"{word} {name}, {one.texts[0]}", f"{word} {name}, {', '.join(one.texts)}"):
                yield Case(Mention(text), frozenset(), around=frozenset({one.id}))


SWEEPS: dict[str, Sweep] = {
    "not called like its district": _not_called_like_district,
    "institution of the province": _of_the_province,
    "hyphens between units": _hyphenated,
    "code before a unit": _with_codes,
    "space moved": _space_moved,
    "street like a unit": _streets_like_units,
    "district before another province": _before_another_province,
    "numbered, without the number": _without_number,
    "called like its district": _called_like_district,
}
"""The sweeps by kind."""
