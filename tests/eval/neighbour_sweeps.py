"""Sweeps over people of one name, and over names that differ in one step from a person's name and belong to nobody.

Of two namesakes the one in office is meant while the other was not yet seen in any; what is nobody's is not matched.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from resolver.model import Mention
from resolver.text import keys, vietnamese
from tests.eval.people_sweeps import PERSON, Person, people
from tests.eval.sweeping import Case, Sweep
from tests.samples import tables

__all__ = ["SWEEPS"]

_INITIALS = {
    "VN": ("b", "c", "d", "g", "h", "l", "m", "n", "ph", "s", "th", "tr", "v"),
    "KH": ("b", "ch", "k", "l", "m", "n", "ph", "r", "s", "t", "v"),
}
_FAR = {"VN": 5, "KH": 4}
"""How far away in the list the other consonant is: neighbours may be spellings of each other."""
_MIDDLE = {"VN": ("Văn", "Đức", "Hữu", "Quốc", "Minh"), "KH": ("Sam", "Kim", "Bun", "Sok", "Chan")}


def other_initials() -> Iterator[Case]:
    """Names without diacritics with another consonant at the beginning of one word."""
    for person in people():
        for name in person.latin[:1]:
            words = keys.fold(name).title().split()
            for place, word in enumerate(words):
                for other in _begun_otherwise(word, person.country):
                    yield from _nobody(person, (*words[:place], other, *words[place + 1 :]))


def _begun_otherwise(word: str, country: str) -> Iterator[str]:
    lower = word.lower()
    ordered = sorted(_INITIALS.get(country, ()), key=len, reverse=True)
    for at, initial in enumerate(ordered):
        rest = lower.removeprefix(initial)
        if rest == lower or rest[:1] not in "aeiouy":
            continue
        far = _FAR[country]
        others = [ordered[(at + step) % len(ordered)] + rest for step in range(far, len(ordered), far)]
        good = [one for one in others if country != "VN" or vietnamese.is_syllable(one)]
        yield from (one.capitalize() for one in good[:2])
        return


def other_middles() -> Iterator[Case]:
    """Names with another middle name, with a word more, or with two words swapped behind the family name."""
    for person in people():
        for name in person.latin[:1]:
            family, *given = name.split()
            if not given:
                continue
            for middle in _MIDDLE.get(person.country, ()):
                if len(given) > 1 and given[-2] != middle:
                    yield from _nobody(person, (family, *given[:-2], middle, given[-1]))
                if middle not in given and name != keys.fold(name):
                    yield from _nobody(person, (family, middle, *given))
            if len(given) > 1:
                yield from _nobody(person, (family, *given[:-2], given[-1], given[-2]))


def other_short_words() -> Iterator[Case]:
    """Cambodian names with a and ea confused in one short word: Sean is hardly San."""
    for person in people():
        for name in person.latin[:1] if person.country == "KH" else ():
            words = name.split()
            for place, word in enumerate(words):
                for spelt in _other_vowel(word):
                    yield from _nobody(person, (*words[:place], spelt, *words[place + 1 :]))


def _other_vowel(word: str) -> Iterator[str]:
    found = re.fullmatch("([^aeiouy]{1,2}|Ch)(ea|a)([^aeiouyrvw]{1,2})", word, re.IGNORECASE)
    if found:
        yield f"{found[1]}{'a' if found[2] == 'ea' else 'ea'}{found[3]}"


def other_families() -> Iterator[Case]:
    """Names with the family name of another person of the country."""
    for country in ("VN", "KH"):
        of_country = [person for person in people() if person.country == country and person.latin]
        families = sorted({person.latin[0].split()[0] for person in of_country})
        for at, person in enumerate(of_country):
            family, *given = person.latin[0].split()
            for step in (3, 11):
                other = families[(at + step) % len(families)]
                if given and other.replace("h", "") != family.replace("h", ""):  # Chay and Chhay may be one word.
                    yield from _nobody(person, (other, *given))


def _nobody(person: Person, words: tuple[str, ...]) -> Iterator[Case]:
    """Yield a name that is nobody's, as it stands and without diacritics."""
    text = " ".join(words)
    for spelt in dict.fromkeys((text, keys.fold(text).title())):
        if keys.key(spelt) not in _letters():
            yield Case(Mention(spelt, PERSON, (person.country,)), frozenset())


@cache
def _letters() -> frozenset[str]:
    """Return the letters of all names of people, in any order of the words."""
    found = {keys.key(name) for person in people() for name in person.names}
    turned = {keys.key(" ".join((*words[1:], words[0]))) for words in (n.split() for p in people() for n in p.names)}
    return frozenset(found | turned)


def before_the_namesake() -> Iterator[Case]:
    """Names of two people, on every day on which one of them was seen in office a year before the other was in any."""
    seen: dict[str, list[str]] = {}
    for row in tables().standing("tenures"):
        days = [row["valid_from"], row["valid_to"], *row["attested"].split("|")]
        seen.setdefault(row["person_id"], []).extend(day[:10] for day in days if day)
    attested = {person.id: {day for _, day in person.offices} for person in people()}
    for person in people():
        for other in people():
            if person.id == other.id or keys.key(person.names[0]) != keys.key(other.names[0]):
                continue
            first = min(seen.get(other.id, [""]))
            days = [day for day in attested[person.id] if int(day[:4]) + 1 < int(first[:4] or 0)]
            for name in person.names[:1]:
                yield from (Case(Mention(name, PERSON, (), day), frozenset({person.id})) for day in days)


SWEEPS: dict[str, Sweep] = {
    "before the namesake": before_the_namesake,
    "other initial": other_initials,
    "other middle": other_middles,
    "other family": other_families,
    "other short word": other_short_words,
}
