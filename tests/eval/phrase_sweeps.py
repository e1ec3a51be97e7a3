"""Sweeps over places told in phrases, in four languages: within another, on islands, several at once.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from resolver.model import Mention
from resolver.text import keys
from tests.eval.name_sweeps import Unit, spelt_alike, units, words_for
from tests.eval.sweeping import Case, Sweep
from tests.samples import tables

__all__ = ["SWEEPS"]

_LONGEST_BARE = 3
_WHERE = ("northern", "mountainous", "Mekong Delta", "Central Highlands", "southern coastal")


def phrases() -> Iterator[Case]:
    """Districts of provinces and provinces of a part of the country in the phrases of the press, in four languages."""
    for number, unit in enumerate(units().values()):
        words = words_for(unit.country, unit.type, unit.local_type)
        if unit.type == "province":
            ids = frozenset(id_ for id_ in spelt_alike([unit], "province") if units()[id_].country == unit.country)
            for form in (unit.name, keys.fold(unit.name).title()):
                where, typed = _WHERE[number % len(_WHERE)], words["en"].lower()
                yield Case(Mention(f"the {where} {typed} of {form}"), ids)
                yield Case(Mention(f"{where} {form} {typed}"), ids)
                yield Case(Mention(f"la {words['fr']} septentrionale de {form}"), ids)
                yield Case(Mention(f"{words['official']} miền núi {form}"), ids)
        above = units().get(unit.parent)
        if unit.type != "district" or not above:
            continue
        ids = frozenset(id_ for id_ in spelt_alike([unit], "district") if units()[id_].parents & {above.id})
        for form, upper in (
            (unit.name, above.name),
            (str(keys.fold(unit.name)).title(), str(keys.fold(above.name)).title()),
        ):
            yield from (Case(Mention(text), ids) for text in _phrases(unit, above, form, upper))
        if unit.khmer and above.khmer:
            yield from (Case(Mention(text), ids) for text in _phrases_in_khmer(unit, above))


def _phrases(unit: Unit, above: Unit, form: str, upper: str) -> Iterator[str]:
    words, over = (words_for(one.country, one.type, one.local_type) for one in (unit, above))
    english, french = words["en"].lower(), words["fr"]
    named = f"District {form}" if form.isdecimal() else f"{form} {english}"
    yield f"{named} of {upper} {over['en'].lower()}"
    yield f"{named} in {upper} {over['en'].lower()}"
    yield f"{named} in the northern {over['en'].lower()} of {upper}"
    yield f"{upper} {over['en'].lower()}'s {named}"
    yield f"{upper}'s {named}"
    yield f"{french} de {form} dans la {over['fr']} de {upper}"
    yield f"le {french} de {form} de la {over['fr']} de {upper}"
    yield f"{words['official']} {form} thuộc {over['official'].lower()} {upper}"
    yield f"{words['official']} {form} của {over['official'].lower()} {upper}"
    yield f"{words['official']} {form} ở {over['official'].lower()} {upper}"


def _phrases_in_khmer(unit: Unit, above: Unit) -> Iterator[str]:
    words, over = (words_for(one.country, one.type, one.local_type)["km"] for one in (unit, above))
    yield f"{words}{unit.khmer}{over}{above.khmer}"
    yield f"{words}{unit.khmer}នៃ{over}{above.khmer}"
    yield f"{words}{unit.khmer} ក្នុង{over}{above.khmer}"
    yield f"{words}{unit.khmer}{over}{above.khmer}ប្រទេសកម្ពុជា"


def bare_in_province() -> Iterator[Case]:
    """Names without type words in a province, in phrases of the press; and what nobody knows there."""
    for unit in units().values():
        above = units().get(unit.parent)
        upper = units().get(above.parent) if above and above.type == "district" else above
        alone = not unit.name.replace(" ", "").isalpha() or len(unit.name.split()) > _LONGEST_BARE
        if unit.type == "province" or not upper or upper.type != "province" or alone:
            continue
        over = words_for(upper.country, upper.type, upper.local_type)
        ids = frozenset(one for one in spelt_alike([unit]) if upper.id in _lies_in(one))
        # A commune may be romanised as its district is, too: Siem Reab, Siem Reap.
        ids |= _lies_in(unit.id) - {upper.id}
        if unit.type == "district" or (unit.country == "KH" and int(unit.code or 0) % 3 == 0):
            yield Case(Mention(f"{unit.name} in {upper.name} {over['en'].lower()}"), ids)
            yield Case(Mention(f"{upper.name} {over['en'].lower()}'s {unit.name}"), ids)
            yield Case(Mention(f"Dara Sok in {upper.name} {over['en'].lower()}"), frozenset())


def _lies_in(id_: str) -> frozenset[str]:
    """Return what a unit ever belonged to, at any level."""
    parents = units()[id_].parents - {""}
    return parents.union(*(_lies_in(one) for one in parents if one in units()))


def run_together() -> Iterator[Case]:
    """Communes of Cambodia in Khmer with house, village, district, province and country, all run together."""
    for unit in units().values():
        above = units().get(unit.parent)
        over = units().get(above.parent) if above else None
        if unit.type != "commune" or not (above and over and unit.khmer and above.khmer and over.khmer):
            continue
        ids = frozenset(
            one.id
            for one in units().values()
            if one.khmer.replace(" ", "") == unit.khmer.replace(" ", "") and one.parents & {above.id}
        )
        names = "".join(
            words_for(one.country, one.type, one.local_type)["km"] + one.khmer for one in (unit, above, over)
        )
        yield Case(Mention(f"ភូមិថ្មី{names}"), ids)
        yield Case(Mention(f"ផ្ទះលេខ១២ភូមិកណ្តាល{names}ប្រទេសកម្ពុជា"), ids)
        yield Case(Mention(f"ភូមិ៣{names}ព្រះរាជាណាចក្រកម្ពុជា"), ids)


def owned_hamlets() -> Iterator[Case]:
    """Communes of Cambodia as owners of a hamlet, with district and province: ``Kraya commune’s O’Thom village``."""
    for unit in units().values():
        above = units().get(unit.parent)
        over = units().get(above.parent) if above else None
        if unit.country == "KH" and unit.type == "commune" and above and over and not unit.name.isdecimal():
            kinds = [words_for(one.country, one.type, one.local_type)["en"].lower() for one in (unit, above)]
            ids = frozenset(id_ for id_ in spelt_alike([unit], "commune") if units()[id_].parents & {above.id})
            place = f"{above.name} {kinds[1]}, {over.name}"
            yield Case(Mention(f"{unit.name} {kinds[0]}’s O’Thom village, {place}"), ids)


# --- Islands, type words behind names, misspelt type words --------------------------------------------------------


def islands() -> Iterator[Case]:
    """Island districts, and the special zones they became, with words for islands in three languages."""
    zones = [unit for unit in units().values() if unit.local_type == "đặc khu" and unit.type == "commune"]
    for zone in zones:
        ids = spelt_alike([zone])
        for form in (zone.name, str(keys.fold(zone.name)).title()):
            for text in (f"{form} island", f"{form} islands", f"{form} archipelago", f"île de {form}"):
                yield Case(Mention(text), ids)
        for text in (f"đảo {zone.name}", f"quần đảo {zone.name}", f"Huyện đảo {zone.name}", f"đặc khu {zone.name}"):
            yield Case(Mention(text), ids)
    for unit in units().values():
        # A commune or district on land is no island.
        if unit.country == "VN" and unit.type == "commune" and unit.local_type in {"phường", "thị trấn"}:
            yield Case(Mention(f"đảo {unit.name}"), spelt_alike(zones) & spelt_alike([unit]) | _once_islands(unit))


def _once_islands(unit: Unit) -> frozenset[str]:
    """Return the districts that bear a unit's name: who says island means one of them, if anything."""
    return spelt_alike([unit], "district") | _further_names_of_districts().get(keys.key(unit.name), frozenset())


@cache
def _further_names_of_districts() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables()["names"]:
        if row["id"] in units() and units()[row["id"]].type == "district":
            found[keys.key(row["text"])].add(row["id"])
    return {key: frozenset(ids) for key, ids in found.items()}


def type_behind() -> Iterator[Case]:
    """Provinces and districts as libraries and old lists of ISO have them: ``Cần Thơ, thành phố``."""
    for unit in units().values():
        if unit.type == "commune":
            continue
        words = words_for(unit.country, unit.type, unit.local_type)
        ids = frozenset(id_ for id_ in spelt_alike([unit]) if units()[id_].country == unit.country)
        for form in (unit.name, str(keys.fold(unit.name)).title()):
            word = words["official"].lower() if form == unit.name else str(keys.fold(words["official"]))
            yield Case(Mention(f"{form}, {word}"), ids)
            yield Case(Mention(f"{form} ({word})"), ids)
            yield Case(Mention(f"{form}, {words['en'].lower()}"), ids)
            yield Case(Mention(f"{form} ({words['fr']})"), ids)


# --- Several units at once ----------------------------------------------------------------------------------------


def lists() -> Iterator[Case]:
    """The first two or three communes of every district that are alike in type, in lists: open, with all of them."""
    inside: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units().values():
        # Of two of a name in one place either is a fair answer.
        if unit.type == "commune" and unit.parent in units() and len(_called_so_in(unit, unit.parent)) == 1:
            inside[unit.parent, unit.local_type].append(unit)
    for number, ((upper, _), found) in enumerate(inside.items()):
        some = found[: 2 + number % 2]
        if len(some) > 1:
            yield from (
                Case(Mention(text), frozenset(map(_id, some)), is_open=True) for text in _lists(some, units()[upper])
            )


def _called_so_in(unit: Unit, upper: str) -> frozenset[str]:
    return frozenset(id_ for id_ in spelt_alike([unit], unit.type) if upper in units()[id_].parents)


def _id(unit: Unit) -> str:
    return unit.id


def _lists(some: list[Unit], above: Unit) -> Iterator[str]:
    words, over = (words_for(one.country, one.type, one.local_type) for one in (some[0], above))
    first, last = ", ".join(one.name for one in some[:-1]), some[-1].name
    upper = f"{over['official']} {above.name}"
    english = f"{words['en'].lower()}s"
    if some[0].country == "VN":
        word = words["official"].lower()
        yield f"các {word} {first} và {last}, {upper}"
        yield f"{', '.join(f'{word} {one.name}' for one in some[:-1])} và {word} {last}, {upper}"
    elif all(one.khmer for one in (*some, above)) and len(some) == 2:
        yield f"{words['km']}{some[0].khmer} និង{words['km']}{some[1].khmer} {over['km']}{above.khmer}"
    if not last.isdecimal():
        yield f"{first} and {last} {english} of {above.name} {over['en'].lower()}"
        if " " not in words["fr"]:
            yield f"les {words['fr']}s de {first} et {last}, {over['fr']} de {above.name}"


SWEEPS: dict[str, Sweep] = {
    "phrases": phrases,
    "bare names in a province": bare_in_province,
    "run together": run_together,
    "hamlets of communes": owned_hamlets,
    "islands": islands,
    "type behind": type_behind,
    "lists": lists,
}
