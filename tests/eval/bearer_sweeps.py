"""Sweeps over all people with what may be told beside a name: sex, rank, work, birth, home, seats of the party.

Run them by ``python -m tests.eval.sweeping``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from resolver.model import Mention
from tests.eval.people_sweeps import PERSON, Person, kinds, names, namesakes, people, women
from tests.eval.sweeping import Case, Sweep
from tests.samples import tables

__all__ = ["SWEEPS"]

_OF_WOMEN = {
    "VN": ("bà {}", "Mrs. {}", "Ms {}", "Mme {}", "Madame {}"),
    "KH": ("Lok Chumteav {}", "Mrs. {}", "Ms {}", "Mme {}", "bà {}"),
}
_OF_MEN = ("ông {}", "Mr. {}", "M. {}")
_KHMER_OF_WOMEN = ("លោកជំទាវ {}", "លោកស្រី {}")
_LOWLY = ("Trung úy {}", "Thượng úy {}", "Captain {}", "luật sư {}", "bác sĩ {}", "kỹ sư {}", "LS {}")
_PRIVATE = (
    "{name} (SN 1996, ngụ {place})",
    "{name}, SN 1997, trú tại {place}",
    "{name} (25 tuổi, ở {place})",
    "{name}, trú {place}",
    "{name}, 32, from {place}",
    "{name}, a resident of {place}",
    "{name}, giáo viên, {place}",
)
_DATES = ("{name} ({year})", "{name}, {year}-", "{name} (b. {year})", "{name} (sinh ngày 1/2/{year})", "{name} (H.E.)")
_SEATS = (
    "{name}, Ủy viên Ban Thường vụ Tỉnh ủy, {office}",
    "{name}, Tỉnh ủy viên, {office}",
    "{name}, đại biểu Quốc hội khóa XIV, {office}",
    "Ủy viên Trung ương Đảng, {office} {name}",
    "{office}, ĐBQH {name}",
)


_RUN_ON = {
    "vi": (
        "{office} {name}",
        "{name} {office}",
        "{name} nguyên {office}",
        "{name}, cựu {office}",
        "nguyên {office} {name}",
    ),
    "en": ("{office} {name}", "{name} former {office}", "{name}, ex-{office}", "former {office} {name}"),
    "fr": ("{office} {name}", "{name} ancien {office}", "{name}, ancien {office}", "l'ancien {office} {name}"),
    "km": ("{office} {name}", "{name} {office}", "អតីត{office} {name}"),
}


def wives() -> Iterator[Case]:
    """A title for women before the name of somebody not known as a woman: his wife; and a man's before a woman's."""
    for person in people():
        bearers = namesakes(person)
        if not bearers & women():
            for name in person.latin[:1]:
                for title in _OF_WOMEN.get(person.country, ()):
                    yield Case(Mention(title.format(name), PERSON), frozenset())
            for name in person.khmer[:1]:
                for title in _KHMER_OF_WOMEN:
                    yield Case(Mention(title.format(name), PERSON), frozenset())
        elif bearers <= women():
            for name in person.latin[:1]:
                for title in _OF_MEN:
                    yield Case(Mention(title.format(name), PERSON), frozenset())


def called_women() -> Iterator[Case]:
    """Women with their titles."""
    for person in people():
        if person.id in women():
            for name in person.latin:
                for title in _OF_WOMEN[person.country]:
                    yield Case(Mention(title.format(name), PERSON), namesakes(person) & women())
            for name in person.khmer:
                for title in _KHMER_OF_WOMEN:
                    yield Case(Mention(title.format(name), PERSON), namesakes(person) & women())


def lowly() -> Iterator[Case]:
    """A rank below colonel, or another work, before the name: somebody else."""
    for person in people():
        for name in person.latin[:1]:
            for title in _LOWLY:
                yield Case(Mention(title.format(name), PERSON), frozenset())


def private() -> Iterator[Case]:
    """The formula for private people with the place of an office that the official held: somebody else."""
    for person in people():
        for place in _places(person)[:1]:
            for name in person.latin[:1]:
                for form in _PRIVATE:
                    yield Case(Mention(form.format(name=name, place=place), PERSON), frozenset())


def _places(person: Person) -> list[str]:
    """Return provinces that the offices of a person are named after."""
    told = {text: None for office, _ in person.offices for text in names()[office]}
    return [place for place in _provinces() if any(text.endswith(f" {place}") for text in told)]


@cache
def _provinces() -> tuple[str, ...]:
    types = {row["id"]: row["type"] for row in tables()["entities"]}
    return tuple(dict.fromkeys(row["name"] for row in tables().standing("versions") if types[row["id"]] == "province"))


def dated() -> Iterator[Case]:
    """Names with the true year of birth, and with another one, which makes somebody else of them."""
    born = {row["id"]: int(row["value"]) for row in tables()["identifiers"] if row["scheme"] == "birth-year"}
    for person in people():
        for name in person.latin[:1] if person.id in born else ():
            year = born[person.id]
            for form in _DATES:
                yield Case(Mention(form.format(name=name, year=year), PERSON), namesakes(person))
            for form in _DATES[:4] if namesakes(person) == {person.id} else ():
                yield Case(Mention(form.format(name=name, year=year + 22), PERSON), frozenset())


def seated() -> Iterator[Case]:
    """Vietnamese officials in their office, with seats and honours beside it."""
    for person in people():
        if person.country == "VN":
            for office, day in person.offices[-1:]:
                for form in _SEATS:
                    text = form.format(name=person.latin[0], office=names()[office][0])
                    yield Case(Mention(text, PERSON, (), day), namesakes(person))


def run_on() -> Iterator[Case]:
    """Names beside an office that they held without a comma between, also as a former one; no day, no type."""
    told = _office_texts()
    for person in people():
        for language, text in (one for office, _ in person.offices[-1:] for one in told[office]):
            for name in (person.khmer if language == "km" else person.latin)[:1]:
                for form in _RUN_ON[language]:
                    yield Case(Mention(form.format(name=name, office=text)), namesakes(person))


@cache
def _office_texts() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the first name of each office in each language, with its language."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    named = [(row["id"], row["language"], row["name"]) for row in tables().standing("versions")]
    named += [(row["id"], row["language"], row["text"]) for row in tables()["names"] if row["weak"] != "yes"]
    for id_, language, text in named:
        if kinds()[id_][1] == "office" and language in _RUN_ON:
            found[id_].setdefault(language, text)
    return defaultdict(tuple, {id_: tuple(texts.items()) for id_, texts in found.items()})


SWEEPS: dict[str, Sweep] = {
    "wives": wives,
    "called women": called_women,
    "lowly titles": lowly,
    "private people": private,
    "dates of life": dated,
    "seats": seated,
    "run on": run_on,
}
