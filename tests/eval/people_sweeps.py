"""Sweeps over all people that a kind of wording can touch: what is asked, and who would be right.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from resolver.model import EntityType, Mention
from resolver.people.name_comparison import compare_names, log_odds
from resolver.text import keys, khmer
from resolver.text.persons import PersonalName, parse
from tests.eval.sweeping import Case, Sweep
from tests.samples import tables

__all__ = ["PERSON", "SWEEPS", "Person", "kinds", "names", "namesakes", "people", "women"]

PERSON: tuple[EntityType, ...] = ("person",)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with all their names, and the offices they held, each with a day on which a source saw them in it."""

    id: str
    country: str
    names: tuple[str, ...]
    offices: tuple[tuple[str, str], ...]

    @property
    def latin(self) -> tuple[str, ...]:
        """The names in Latin letters."""
        return tuple(name for name in self.names if not khmer.is_khmer(name))

    @property
    def khmer(self) -> tuple[str, ...]:
        """The names in Khmer letters."""
        return tuple(name for name in self.names if khmer.is_khmer(name))


@cache
def kinds() -> dict[str, tuple[str, EntityType]]:
    """Return the country and the type of each entity."""
    return {row["id"]: (row["country"], cast("EntityType", row["type"])) for row in tables()["entities"]}


@cache
def names(*, weak: bool = False) -> dict[str, tuple[str, ...]]:
    """Return all names of each entity, those of its versions first; weak ones where asked for."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in tables().standing("versions"):
        found[row["id"]][row["name"]] = None
    for row in tables()["names"]:
        if weak or row["weak"] != "yes":
            found[row["id"]][row["text"]] = None
    return {id_: tuple(texts) for id_, texts in found.items()}


@cache
def people() -> tuple[Person, ...]:
    """Return everybody."""
    held: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in tables().standing("tenures"):
        days = [day for day in row["attested"].split("|") if len(day) == len("2025-07-01")]
        if days:
            held[row["person_id"]].append((row["office_id"], days[-1]))
    return tuple(
        Person(id_, country, names()[id_], tuple(held[id_]))
        for id_, (country, type_) in kinds().items()
        if type_ == "person"
    )


@cache
def _bearers() -> dict[str, frozenset[str]]:
    """Return who bears a name, by its letters."""
    found: dict[str, set[str]] = defaultdict(set)
    for person in people():
        for name in person.names:
            found[keys.key(name)].add(person.id)
    return {letters: frozenset(ids) for letters, ids in found.items()}


def _meant(person: Person, spelt: str) -> frozenset[str]:
    """Return whose name a respelling may be: whoever bears it as it stands, or the one it was made from."""
    return _bearers().get(keys.key(spelt)) or namesakes(person)


def namesakes(person: Person) -> frozenset[str]:
    """Return who bears one of somebody's names."""
    return frozenset(id_ for name in person.names for id_ in _bearers()[keys.key(name)])


# --- Names respelt ----------------------------------------------------------------------------------------------

_ROMANISED = (
    ("uo", "ou"),
    ("uo", "oua"),
    ("ou(?=[^aeiouy]|$)", "u"),
    ("oeu", "eu"),
    ("(?<!o)eu", "oeu"),
    ("oe(?!u)", "oeu"),
    ("ea(?=[^aeiouy]|$)", "ia"),
    ("ie(?=[^aeiouy])", "ea"),
    ("chh", "ch"),
    ("ch(?=[aeiouy])", "chh"),
    ("(?<=[aeiouy])t$", "th"),
    ("(?<=[aeiouy])th$", "t"),
    ("(?<=[aeiou])n$", "nn"),
    ("(?<=[aeiou])nn$", "n"),
    ("(?<=[aeiou])l$", "ll"),
    ("ai$", "ay"),
    ("ay$", "ai"),
    ("ei", "ey"),
    ("ey$", "ei"),
    ("(?<=[^aeiouy])y$", "i"),
    ("(?<=[^aeiouy])i$", "y"),
    ("ao$", "av"),
    ("av$", "ao"),
    ("aa", "a"),
    ("ee", "i"),
    ("v(?=[aeiou])", "w"),
    ("rith", "rit"),
    ("sovan", "sovann"),
)


def _respellings(name: str) -> Iterator[str]:
    """Yield a Cambodian name with one word spelt as another hand romanises it."""
    words = name.split()
    for place, word in enumerate(words):
        for pattern, other in _ROMANISED:
            spelt = re.sub(pattern, other, word.lower(), count=1)
            if spelt != word.lower() and len(word) > 2:
                yield " ".join((*words[:place], spelt.capitalize(), *words[place + 1 :]))


def respelt() -> Iterator[Case]:
    """Cambodian names with one word romanised otherwise."""
    for person in _cambodian():
        for name in person.latin:
            for spelt in _respellings(name):
                yield Case(Mention(spelt, PERSON), _meant(person, spelt))


def respelt_untyped() -> Iterator[Case]:
    """The same where anything may be meant."""
    yield from (case._replace(mention=case.mention._replace(types=())) for case in respelt())


def slips() -> Iterator[Case]:
    """Long romanised words with a neighbouring key, or two letters in the wrong order."""
    for person in _cambodian():
        for name in person.latin:
            words = name.split()
            for place, word in enumerate(words):
                for spelt in _slipped(word) if len(word) > 6 else ():
                    text = " ".join((*words[:place], spelt, *words[place + 1 :]))
                    yield Case(Mention(text, PERSON), _meant(person, text))


_NEIGHBOURS = {"e": "r", "a": "q", "s": "d", "t": "r", "h": "j", "k": "l", "c": "v", "o": "p", "v": "b"}


def _slipped(word: str) -> Iterator[str]:
    lower = word.lower()
    for at in range(2, len(lower) - 1):
        if lower[at] in _NEIGHBOURS:
            yield (lower[:at] + _NEIGHBOURS[lower[at]] + lower[at + 1 :]).capitalize()
        if at + 1 < len(lower) - 1 and lower[at] != lower[at + 1]:
            yield (lower[:at] + lower[at + 1] + lower[at] + lower[at + 2 :]).capitalize()


def _cambodian() -> Iterator[Person]:
    return (person for person in people() if person.country == "KH")


# --- Other dress ------------------------------------------------------------------------------------------------

_TITLES = {
    "KH": ("H.E. {}", "Mr {}", "Gen. {}", "Samdech {}", "S.E. M. {}", "His Excellency Dr {}", "ông {}", "General {}"),
    "VN": ("ông {}", "đồng chí {}", "Mr {}", "M. {}", "Đại tướng {}", "Gen. {}", "H.E. Mr {}", "TS. {}"),
}
_KHMER_TITLES = ("ឯកឧត្តម {}", "ឯកឧត្តម បណ្ឌិត {}", "សម្តេច {}", "នាយឧត្តមសេនីយ៍ {}")
_OF_MEN = re.compile(r"(?:Mr|M\.|ông|លោក) ?")


@cache
def women() -> frozenset[str]:
    """Return who is known as a woman: a source calls them so, or the middle name says it."""
    called = {row["id"] for row in tables()["identifiers"] if row["scheme"] == "sex"}
    return frozenset(called | {person.id for person in people() if any(" Thị " in name for name in person.names)})


def titled() -> Iterator[Case]:
    """Names behind titles."""
    for person in people():
        for name in person.latin[:1]:
            for title in _TITLES.get(person.country, ()):
                if person.id in women() and _OF_MEN.search(title):
                    continue
                yield Case(Mention(title.format(name), PERSON), namesakes(person))


def native() -> Iterator[Case]:
    """Names in Khmer letters: with titles, run together, with blanks within."""
    for person in _cambodian():
        for name in person.khmer:
            titles = (*_KHMER_TITLES, "លោកជំទាវ {}" if person.id in women() else "លោក {}")
            forms = [name.replace(" ", ""), name.replace(" ", "\u200b"), *(one.format(name) for one in titles)]
            forms += [title.format(name).replace(" ", "") for title in titles]
            for spelt in forms:
                yield Case(Mention(spelt, PERSON), namesakes(person))


def romanised_to_native() -> Iterator[Case]:
    """Names in Khmer letters of people of whom the gazetteer knows the Latin ones, and the other way, by comparison."""
    for person in _cambodian():
        for native_name in person.khmer:
            for spelt in (one for latin in person.latin for one in _respellings(latin)):
                if compare_names(native_name, spelt).match:
                    yield Case(Mention(f"{spelt} ({native_name})", PERSON), _meant(person, spelt))


def ordered() -> Iterator[Case]:
    """The family name last, behind a comma, in capitals."""
    for person in people():
        for name in person.latin[:1]:
            family, *given = name.split()
            if given:
                rest = " ".join(given)
                for spelt in (f"{family}, {rest}", f"{family.upper()}, {rest}", f"{family.upper()} {rest}"):
                    yield Case(Mention(spelt, PERSON), _meant(person, name))
                bare = keys.fold(f"{family}, {rest}").split()
                listed = f"{bare[0].capitalize()}, {' '.join(word.capitalize() for word in bare[1:])}"
                yield Case(Mention(listed, PERSON), _meant(person, name))


_WITH_OFFICE = (
    "{name}, {office}",
    "{office} {name}",
    "{name} ({office})",
    "{office}, {name}",
    "{name} - {office}",
    "former {office} {name}",
    "{name}, {office}, said on Monday",
)


def beside_office() -> Iterator[Case]:
    """Names beside an office, on a day on which a source saw them in it; asked for a person, and for anything."""
    for person in people():
        for office, day in person.offices[-2:]:
            for text in _latin(names()[office])[:2]:
                for form in _WITH_OFFICE:
                    spelt = form.format(name=person.latin[0] if person.latin else person.names[0], office=text)
                    yield Case(Mention(spelt, PERSON, (), day), namesakes(person))
                    yield Case(Mention(spelt, (), (), day), namesakes(person))


def respelt_beside_office() -> Iterator[Case]:
    """Cambodian names respelt beside their office."""
    for person in _cambodian():
        for office, day in person.offices[-1:]:
            for text in _latin(names()[office])[:1]:
                for spelt in (one for name in person.latin for one in list(_respellings(name))[:4]):
                    yield Case(Mention(f"{spelt}, {text}", PERSON, (), day), _meant(person, spelt))
                    yield Case(Mention(f"{text} {spelt}", (), (), day), _meant(person, spelt))


def _latin(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if not khmer.is_khmer(text)]


# --- Other people -----------------------------------------------------------------------------------------------


def others() -> Iterator[Case]:
    """Names made of the words of two people, which are nobody's."""
    for country in ("KH", "VN"):
        known = [name.split() for person in people() if person.country == country for name in person.latin[:1]]
        for at, words in enumerate(known):
            other = known[(at + _STEP) % len(known)]
            for spelt in (f"{words[0]} {' '.join(other[1:])}", " ".join((*words[:-1], other[-1]))):
                if not _said_of_anybody(spelt):
                    yield Case(Mention(spelt, PERSON), frozenset())
                    if keys.key(spelt) not in _of_anything():
                        yield Case(Mention(spelt), frozenset())


@cache
def _of_anything() -> frozenset[str]:
    return frozenset(keys.key(name) for texts in names(weak=True).values() for name in texts)


def other_marks() -> Iterator[Case]:
    """Vietnamese names with another tone, or without their middle name: other people's, or nobody's."""
    for person in people():
        for name in person.latin if person.country == "VN" else ():
            words = name.split()
            toned = [(word, _TONED.sub(lambda mark: _NEXT[mark.group()], word, count=1)) for word in words]
            for place, (word, other) in enumerate(toned):
                spelt = " ".join((*words[:place], other, *words[place + 1 :]))
                if other != word and not _exactly_anybody(spelt):
                    yield Case(Mention(spelt, PERSON), frozenset())
            if len(words) > 2 and not name.isascii():
                spelt = f"{words[0]} {words[-1]}"
                if not _exactly_anybody(spelt):
                    yield Case(Mention(spelt, PERSON), frozenset())


_NEXT = dict(zip("áàảãạếềểễệốồổỗộớờởỡợ", "àảãạáềểễệếồổỗộốờởỡợớ", strict=True))
_TONED = re.compile(f"[{''.join(_NEXT)}]")


def final_vowel() -> Iterator[Case]:
    """Cambodian names with a vowel more or less at the end of a word, in both scripts: another name."""
    for person in _cambodian():
        for name in person.names:
            words = name.split()
            for place, word in enumerate(words):
                for other in _other_ends(word):
                    spelt = " ".join((*words[:place], other, *words[place + 1 :]))
                    if not _exactly_anybody(spelt) and keys.key(spelt) not in _bearers():
                        yield Case(Mention(spelt, PERSON), frozenset())


_KHMER_A = "\u17b6"


def _other_ends(word: str) -> Iterator[str]:
    """Yield a word with a vowel more or less at its end."""
    if khmer.is_khmer(word):
        if len(word) > 2 and "\u1780" <= word[-1] <= "\u17a2" and word[-2] != "\u17d2":
            yield word + _KHMER_A
        elif word[-1] == _KHMER_A and len(word) > 3 and word[-3] not in "\u17d2\u17cb":
            yield word[:-1]
    elif len(word) > 2 and word[-1] in "aiy" and word[-2] not in "aeiouy":
        yield word[:-1]
    elif len(word) > 2 and keys.fold(word)[-1] not in "aeiouyw" and not re.search("[aeiouy]h$", word):
        yield from (word + vowel for vowel in "aio")


def _exactly_anybody(spelt: str) -> bool:
    return any(spelt.lower() == name.lower() for person in people() for name in person.names)


def _said_of_anybody(spelt: str) -> bool:
    """Whether a name is somebody's who is known, as names are compared."""
    (ours,) = parse(spelt)[:1]
    return any(log_odds(ours, theirs) > _DOUBT for theirs in _parsed())


@cache
def _parsed() -> tuple[PersonalName, ...]:
    return tuple(dict.fromkeys(parse(name)[0] for person in people() for name in person.names))


_DOUBT = -2.0
_STEP = 7


SWEEPS: dict[str, Sweep] = {
    "respelt": respelt,
    "respelt untyped": respelt_untyped,
    "slips": slips,
    "titled": titled,
    "native": native,
    "native beside latin": romanised_to_native,
    "ordered": ordered,
    "beside office": beside_office,
    "respelt beside office": respelt_beside_office,
    "nobody": others,
    "other marks": other_marks,
    "final vowel": final_vowel,
}
