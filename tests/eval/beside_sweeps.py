"""Sweeps over all people with work, employers and places beside the name: those of others, and their own.

python -m tests.eval.sweeping "others' work in columns" "own in columns"   # cells and columns
python -m tests.eval.beside_sweeps                                         # sentences in four languages
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from resolver import Resolver
from resolver.model import Mention
from tests.eval.people_sweeps import PERSON, Person, kinds, names, namesakes, people
from tests.eval.sweeping import Case, Sweep
from tests.samples import tables

__all__ = ["SWEEPS", "Sentence", "others_sentences", "own_sentences", "wrong"]

_WORK = (
    "beekeeper",
    "Piano tuner",
    "crane operator",
    "rice farmer",
    "Real estate agent",
    "wedding photographer",
    "palm-sugar maker",
    "thợ nề",
    "Chủ vựa ve chai",
    "người nuôi ong",
    "nhân viên thu ngân",
    "bảo mẫu",
    "apiculteur",
    "chauffeur routier",
    "vendeuse de fleurs",
    "អ្នកចិញ្ចឹមឃ្មុំ",
    "ជាងដែក",
    "គ្រូយូហ្គា",
)
_EMPLOYERS = (
    "Thanh Long Seafood JSC",
    "Công ty TNHH Minh Quân",
    "Angkor Rice Mill Co., Ltd",
    "Trường THPT Chu Văn An",
    "Ngân hàng TMCP Sao Mai",
    "Société des eaux du Mékong",
    "ក្រុមហ៊ុន អង្គរ ត្រេឌីង",
    "Blue Lotus Group",
)
_ELSEWHERE = ("Norway", "Seoul", "Melbourne, Australia", "Xã Tân Phú, Huyện Đức Huệ", "Khum Chrouy Snaeng")
_NOTHING = {"VN": ("Việt Nam", "nam", "politician", "2019"), "KH": ("Cambodia", "CPP", "male", "lawmaker")}

_EN = (
    "{}, a beekeeper in Pursat, said prices had fallen.",
    "{}, 43, a crane operator from Kampot, was hurt in the fall.",
    "According to {}, an upholsterer in Kep, business was slow.",
    "{} (farmer, Takeo) told reporters about the flood.",
    "{}, owner of Angkor Rice Mill Co., Ltd, declined to comment.",
)
_VI = (
    "Ông {}, thợ nề ở Cà Mau, kể lại vụ việc.",
    "Ông {}, chủ vựa ve chai, cho biết buôn bán ế ẩm.",
    "{} (người nuôi ong, Gia Lai) kể lại vụ việc.",
    "Ông {} là nhân viên thu ngân ở Cà Mau.",
    "Ông {}, xã Đất Mũi, huyện Ngọc Hiển, được vinh danh.",
    "Ông {}, giám đốc Công ty TNHH Minh Quân, cho biết giá tăng.",
)
_FR = (
    "{}, apiculteur à Pursat, raconte la crue.",
    "{}, 43 ans, un ferronnier de Kep, a été blessé.",
    "{}, vendeuse de fleurs à Kampot, raconte la crue.",
)
_KM = ("លោក {} ជាអ្នកចិញ្ចឹមឃ្មុំនៅខេត្តកំពត បានថ្លែងថា ទឹកជំនន់កើនឡើង។", "លោក {} ជាជាងដែក បានថ្លែងថា ទឹកជំនន់កើនឡើង។")

_OWN = {
    "VN": (
        "{name}, {office}, phát biểu tại hội nghị.",
        "Ông {name}, nguyên {office}, cho biết.",
        "{office} {name} phát biểu tại hội nghị.",
        "{office} {name}, người từng là giáo viên, phát biểu.",
    ),
    "KH": (
        "{name}, {office}, said on Monday.",
        "{office} {name}, a father of five, said on Monday.",
        "{name}, a former {office}, said on Monday.",
    ),
}
_GENERAL = (
    "{}, a retired general, said on Monday.",
    "{}, the veteran politician, said on Monday.",
    "{}, a lawmaker, said on Monday.",
    "Gen. {}, a teacher's son, said on Monday.",
    "{}, một chính trị gia kỳ cựu, phát biểu.",
    "{}, un homme politique, a parlé lundi.",
)


class Sentence(NamedTuple):
    """A sentence with the day it is from, and who may be named in it; nobody known without."""

    text: str
    date: str
    ids: frozenset[str]


def _others(texts: tuple[str, ...], *, columns: bool, count: int) -> Sweep:
    """Return a sweep: for each person some of the texts, in turn, in a column or behind a comma."""

    def sweep() -> Iterator[Case]:
        for number, person in enumerate(people()):
            date = person.offices[-1][1] if person.offices else ""
            for name in person.latin[:1]:
                for at in range(count):
                    text = texts[(number * count + at) % len(texts)]
                    mention = (
                        Mention(name, PERSON, (), date, (text,)) if columns else Mention(f"{name}, {text}", PERSON)
                    )
                    # What is told is made up: nobody knows who is meant.
                    yield Case(mention, frozenset(), is_open=True)

    return sweep


def own() -> Iterator[Case]:
    """Everybody with a column for their office, the body they served, its province, or what tells nothing of them."""
    for person in people():
        for name in person.latin[:1]:
            for office, day in person.offices[-1:]:
                for column in (names()[office][0], *_above(office)):
                    yield Case(Mention(name, PERSON, (), day, (column,)), namesakes(person))


def neutral() -> Iterator[Case]:
    """People of rare names with a column that tells nothing of them: as without it."""
    for number, person in enumerate(people()):
        texts = _NOTHING.get(person.country, ())
        if texts and person.country == "KH" and namesakes(person) == {person.id}:
            for name in person.latin[:1]:
                text = texts[number % len(texts)]
                yield Case(Mention(name, PERSON, (), "", (text,)), namesakes(person))


@cache
def _parents() -> dict[str, str]:
    return {row["id"]: row["parent_id"] for row in tables().standing("versions") if row["parent_id"]}


def _above(office: str) -> Iterator[str]:
    """Yield the body of an office and its province."""
    at = office
    while at := _parents().get(at, ""):
        if kinds()[at][1] in ("organisation", "province"):
            yield names()[at][0]


def others_sentences(every: int = 1) -> Iterator[Sentence]:
    """Yield sentences in which somebody of a known name is told to be nobody in office."""
    for number, person in enumerate(people()[::every]):
        day = person.offices[-1][1] if person.offices else "2020-05-05"
        forms = (_EN, _FR, _VI if person.country == "VN" else _EN)
        for name in person.latin[:1]:
            for texts in forms:
                yield Sentence(texts[number % len(texts)].format(name), day, frozenset())
        for name in person.khmer[:1]:
            yield Sentence(_KM[number % len(_KM)].format(name), day, frozenset())


def own_sentences(every: int = 1) -> Iterator[Sentence]:
    """Yield sentences in which people stand beside their own office, or what may be said of any of them."""
    for number, person in enumerate(people()[::every]):
        for office, day in person.offices[-1:]:
            forms = _OWN.get(person.country, ())
            told = _told(person, office)
            for name in person.latin[:1] if forms and told else ():
                yield Sentence(forms[number % len(forms)].format(name=name, office=told), day, namesakes(person))
        rare = person.country == "KH" and namesakes(person) == {person.id}
        for name in person.latin[:1] if rare else ():
            yield Sentence(_GENERAL[number % len(_GENERAL)].format(name), "", namesakes(person))


def _told(person: Person, office: str) -> str:
    """Return an office as texts in the language of the sentences for a country write it."""
    texts = names()[office]
    return texts[0] if person.country == "VN" else next((one for one in texts if one.isascii()), "")


def wrong(resolver: Resolver, sentences: Iterator[Sentence]) -> Iterator[tuple[Sentence, str, str]]:
    """Yield each sentence with its verdict (right, wrong or missed) and who was found."""
    for sentence in sentences:
        found = {
            one.match.entity.id
            for one in resolver.annotate(sentence.text, date=sentence.date)
            if one.match.status == "matched" and one.match.entity and one.match.entity.type == "person"
        }
        fitting = "right" if found or not sentence.ids else "missed"
        verdict = "wrong" if found - sentence.ids else fitting
        yield sentence, verdict, " ".join(sorted(found))


SWEEPS: dict[str, Sweep] = {
    "others' work in columns": _others(_WORK, columns=True, count=3),
    "others' employers in columns": _others(_EMPLOYERS, columns=True, count=2),
    "others' places in columns": _others(_ELSEWHERE, columns=True, count=1),
    "others' work in a cell": _others(_WORK, columns=False, count=2),
    "others' employers in a cell": _others(_EMPLOYERS, columns=False, count=1),
    "own in columns": own,
    "nothing told in columns": neutral,
}


def main() -> int:
    """Annotate all sentences, print the counts and some that are not right; 1 where anything is wrong."""
    resolver, told = Resolver(), 0
    for kind, sentences in (("others", others_sentences()), ("own", own_sentences())):
        counts: Counter[str] = Counter()
        for sentence, verdict, found in wrong(resolver, sentences):
            counts[verdict] += 1
            if verdict != "right" and counts[verdict] <= 40:
                print(f"{kind}: {verdict}: {sentence.text!r} ({sentence.date}): {found}")
        print(kind, dict(counts))
        told += counts["wrong"]
    return int(told > 0)


if __name__ == "__main__":
    sys.exit(main())
