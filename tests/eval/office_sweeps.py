"""Sweeps over all bodies and offices: by what they belong to, by their names, by their country.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from resolver import Resolver
from resolver.model import PLACE_TYPES, Mention
from resolver.text import keys, khmer
from tests.eval.people_sweeps import kinds, names, namesakes, people, women
from tests.eval.sweeping import Case, Sweep
from tests.samples import tables

__all__ = ["SWEEPS"]

_STEP = 7


def paths() -> Iterator[Case]:
    """The path of every person, body and office as it is shown, typed and untyped."""
    yield from _paths(tuple(type_ for type_ in ("person", "organisation", "office")))


def place_paths() -> Iterator[Case]:
    """The path of every place as it is shown, typed and untyped."""
    yield from _paths(PLACE_TYPES)


def _paths(types: Sequence[str]) -> Iterator[Case]:
    resolver = Resolver()
    shown = {id_: resolver.entity(id_) for id_, (_, type_) in kinds().items() if type_ in types}
    same: dict[tuple[str, str], set[str]] = defaultdict(set)
    alike: dict[str, set[str]] = defaultdict(set)
    # The same path may have been another's at another time.
    started = [(row["id"], row["valid_from"]) for row in tables().standing("versions") if row["id"] in shown]
    once = [(id_, resolver.entity(id_, date=day)) for id_, day in started if len(day) == len("2025-07-01")]
    for id_, entity in (*shown.items(), *once):
        same[entity.type, keys.key(entity.path)].add(id_)
        alike[keys.key(entity.path)].add(id_)
    standing = tables().standing("versions")
    provinces = {keys.key(row["name"]) for row in standing if kinds()[row["id"]][1] == "province"}
    for entity in shown.values():
        letters = keys.key(entity.path)
        yield Case(Mention(entity.path, (entity.type,)), frozenset(same[entity.type, letters]))
        if entity.type != "person" or letters not in provinces:  # Hồ Chí Minh alone is the city.
            yield Case(Mention(entity.path), frozenset(alike[letters]))


def office_names() -> Iterator[Case]:
    """Every name of every office and body, beside its country and alone."""
    of_name: dict[str, set[str]] = defaultdict(set)
    for id_, texts in names(weak=True).items():
        if kinds()[id_][1] in {"office", "organisation"}:
            for text in texts:
                of_name[keys.word_key(text)].add(id_)
    for id_, texts in names().items():
        country, type_ = kinds()[id_]
        if type_ in {"office", "organisation"}:
            for text in texts:
                right = frozenset(of_name[keys.word_key(text)])
                yield Case(Mention(text, (type_,)), right)
                yield Case(Mention(text), right)
                if country:
                    yield Case(Mention(text, (type_,), (country,)), right)


_NATIONAL = {"VN": ("Vietnam", "Vietnamese", "Việt Nam", "vietnamien"), "KH": ("Cambodia", "Cambodian", "", "")}


def national() -> Iterator[Case]:
    """Ministries and ministers with the country in every usual form: Cambodia's, Cambodian, of Cambodia."""
    for id_, texts in names(weak=True).items():
        country, type_ = kinds()[id_]
        for text in texts if type_ in {"office", "organisation"} and country in _NATIONAL else ():
            if re.match(r"Minist(er|ry) of \w+", text):
                plain = re.sub(r" (of|in) (Vietnam|Viet Nam|Cambodia)$", "", text)
                name, people_of, *_ = _NATIONAL[country]
                for spelt in (f"{name}'s {plain}", f"{people_of} {plain}", f"{plain} of {name}", f"{plain}, {name}"):
                    yield Case(Mention(spelt, (type_,)), frozenset({id_}) | _worded(text, type_))


def _worded(text: str, type_: str) -> frozenset[str]:
    return frozenset(
        id_
        for id_, texts in names(weak=True).items()
        if kinds()[id_][1] == type_ and any(keys.word_key(one) == keys.word_key(text) for one in texts)
    )


_PLACE_ENDS = re.compile(r"(?:Tỉnh|Thành) ủy|tỉnh|thành phố|ខេត្ត|Công an tỉnh")
"""What stands directly before the name of the place that a local office ends with."""


_BESIDE = ("{name}, {office}", "{name} - {office}", "ông {name}, {office}")
_BESIDE_KHMER = ("{name} {office}", "{office} {name}", "លោក {name} {office}")


def without_place() -> Iterator[Case]:
    """Everybody beside a local office that they held, without its place: Bí thư Tỉnh ủy, អភិបាលខេត្ត."""
    for person in people():
        bare = {text for office, _ in person.offices for text in _without_place(names()[office])}
        for text in sorted(bare):
            in_khmer = khmer.is_khmer(text)
            for name in (person.khmer if in_khmer else person.latin)[:1]:
                forms = (
                    ("{name} {office}", "{office} {name}") if in_khmer else ("{name}, {office}", "{name} - {office}")
                )
                title = "bà" if person.id in women() else "ông"
                for form in (*forms, title + " {name}, {office}" if not in_khmer else "លោក {name} {office}"):
                    yield Case(Mention(form.format(name=name, office=text)), namesakes(person))


def _without_place(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        ends = [found.end() for found in _PLACE_ENDS.finditer(text)]
        if ends and ends[-1] < len(text):
            yield text[: ends[-1]]


def short_names() -> Iterator[Case]:
    """Ministers, party secretaries and chairmen as the press calls them, on a day on which a source saw them."""
    for person in people():
        for office, day in person.offices if person.country == "VN" else ():
            spelt = {short for text in names()[office] for short in _shortly(text)}
            for text in sorted(spelt):
                right = frozenset({person.id}) | _holders_of(text, day)
                yield Case(Mention(text, ("person",), (), day), right)
                yield Case(Mention(f"{text} {person.latin[0]}", ("person",), (), day), namesakes(person))


def _shortly(text: str) -> Iterator[str]:
    ministry = re.fullmatch(r"Bộ trưởng Bộ (.+?)(?: và | - |, ).+", text)
    if ministry:
        yield f"Bộ trưởng {ministry[1]}"
    place = re.fullmatch(r"(Bí thư|Chủ tịch) (?:Tỉnh ủy|UBND tỉnh) (.+)", text)
    if place:
        yield f"{place[1]} {place[2]}"


def _holders_of(short: str, day: str) -> frozenset[str]:
    """Return who was seen that day in an office that may be called so."""
    return frozenset(
        person.id
        for person in people()
        for office, seen in person.offices
        if seen == day and any(short in _shortly(text) for text in names()[office])
    )


def two_columns() -> Iterator[Case]:
    """The title in one column and its province in another, on a day on which a source saw somebody in the office."""
    for person in people():
        for office, day in person.offices[-1:]:
            for text in names()[office]:
                parted = re.fullmatch(r"(.+ (?:tỉnh|Tỉnh ủy)|Governor of) ([^,]+)", text)
                if parted and not parted[2].endswith((" Việt Nam", "Campuchia")):
                    title = parted[1].removesuffix(" of")
                    right = frozenset({person.id}) | _seen_in(office, day)
                    yield Case(Mention(title, ("person",), (), day, (parted[2],)), right)


def _seen_in(office: str, day: str) -> frozenset[str]:
    return frozenset(person.id for person in people() if (office, day) in person.offices)


SWEEPS: dict[str, Sweep] = {
    "without place": without_place,
    "paths": paths,
    "place paths": place_paths,
    "office names": office_names,
    "national": national,
    "short names": short_names,
    "two columns": two_columns,
}
