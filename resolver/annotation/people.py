"""People of a document: short forms after the full name, and people whom the gazetteer does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from resolver.annotation.choice import Reading
from resolver.annotation.context import Context
from resolver.annotation.folding import Folded
from resolver.annotation.mentions import Annotation
from resolver.annotation.patterns import ROLE, TITLE
from resolver.annotation.spotting import Spot
from resolver.model import PLACE_TYPES, Evidence, Match, Mention
from resolver.people.name_comparison import compare_names
from resolver.people.partial_names import fit
from resolver.text import keys, khmer
from resolver.text.name_words import is_borne
from resolver.text.persons import is_surname
from resolver.text.persons import parse as parse_name

__all__ = ["People"]

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_ALONE = 3
_ARTICLES = re.compile(r"(?:^|[\s(“\"«])(?P<article>(?:the|le|la|l['’]|vị) ?)$", re.IGNORECASE)


@dataclass(slots=True)
class _Person:
    """A person of the document: how they are called, and by which words they are introduced."""

    cluster: str
    match: Match
    names: list[str]
    titles: set[str] = field(default_factory=set)
    office: str = ""
    country: str = ""


class People:
    """The people of one document, in the order in which they come."""

    def __init__(self, folded: Folded, found: Sequence[Spot], context: Context) -> None:
        self._plain = folded.plain
        self._folded = folded
        self._found = found
        self._context = context
        self._known: list[_Person] = []

    def linked(self, chosen: Sequence[Reading]) -> list[Annotation]:
        """Return marks for readings, and for what stands for one of their people later on."""
        announced = {spot.end: spot for spot in self._found if spot.found & (TITLE | ROLE)}
        marks: list[Annotation] = []
        for number, reading in enumerate(chosen):
            span = reading.span
            start = chosen[number - 1].span.end if number else 0
            marks += self._short_forms(start, span.start, announced)
            if span.kind == "person" or (reading.match.entity and reading.match.entity.type == "person"):
                marks += self._person(reading, chosen, number)
            elif not self._is_title(chosen, number):
                marks.append(_mark(reading))
        marks += self._short_forms(chosen[-1].span.end if chosen else 0, len(self._plain), announced)
        return marks

    def _is_title(self, chosen: Sequence[Reading], number: int) -> bool:
        """Whether an office is no more than the title of the person named behind it: Prime Minister Hun Manet."""
        span = chosen[number].span
        if number + 1 >= len(chosen) or chosen[number + 1].span.kind != "person":
            return False
        following = chosen[number + 1].span
        bare = any((spot.start, spot.end) == span[:2] and spot.found & ROLE for spot in self._found)
        return bare and following.titles[0] <= span.start < following.start

    def _person(self, reading: Reading, chosen: Sequence[Reading], number: int) -> Iterator[Annotation]:
        span, match = reading
        name = self._plain[span.start : span.end]
        if match.entity is None and not _is_personal(name):
            return
        offices = [
            other
            for other in (*chosen[max(0, number - 1) : number], *chosen[number + 1 : number + 2])
            if other.match.entity and other.match.entity.type == "office" and self._context.are_beside(other.span, span)
        ]
        person = self._same(name, match)
        if person is None:
            cluster = match.entity.id if match.entity else f"person {1 + sum(not p.match.entity for p in self._known)}"
            person = _Person(cluster, match, [name])
            self._known.append(person)
        person.names.append(name)
        if span.announced:
            person.titles.add(str(keys.fold(self._plain[slice(*span.titles)])))
        for other in offices:
            person.titles.add(str(keys.fold(other.span.asked)))
            person.office = person.office or (other.match.entity.id if other.match.entity else "")
        told = match if match.entity else self._unknown(match, person)
        office = "" if match.entity else person.office
        yield Annotation(span.start, span.end, name, told, "person", person.cluster, office)

    def _same(self, name: str, match: Match) -> _Person | None:
        if match.entity:
            return next((one for one in self._known if one.cluster == match.entity.id), None)
        alike = [one for one in self._known if compare_names(name, one.names[0]).match]
        return alike[0] if len(alike) == 1 else None

    def _unknown(self, match: Match, person: _Person) -> Match:
        if person.match.entity:
            return _linked(match.mention, person)
        told = f"introduced as holder of {person.office}" if person.office else "introduced by a title"
        return replace(match, note=f"{match.note} A person, {told}.".strip())

    def _short_forms(self, start: int, end: int, announced: dict[int, Spot]) -> Iterator[Annotation]:
        """Yield what stands for one of the people named before, between two marks."""
        if not self._known or start >= end:
            return
        for word in _WORD.finditer(self._plain, start, end):
            if not word.group()[0].isupper():
                continue
            title = self._title_before(word.start(), announced)
            person = self._bearer(word, titled=title is not None)
            if person:
                match = _linked(Mention(word.group(), ("person",), (), self._context.date), person)
                yield Annotation(word.start(), word.end(), word.group(), match, "person", person.cluster)

    def _title_before(self, start: int, announced: dict[int, Spot]) -> Spot | None:
        for at in range(start, max(-1, start - 3), -1):
            if at in announced and self._plain[at:start] in (" ", ". ", "."):
                return announced[at]
        return None

    def _bearer(self, word: re.Match[str], *, titled: bool) -> _Person | None:
        """Return the one person named before whose name a word can stand for."""
        text = word.group()
        if len(text) < (2 if titled else _SHORTEST_ALONE) or (not titled and self._is_crowded(word)):
            return None
        found = [one for one in self._known if any(_may_stand(text, name, one) for name in _names(one))]
        return found[0] if len({one.cluster for one in found}) == 1 else None

    def _is_crowded(self, word: re.Match[str]) -> bool:
        before = re.search(r"([^\W\d_])[^\W\d_]*[ -]$", self._plain[max(0, word.start() - 20) : word.start()])
        behind = re.compile(r"[ -]([^\W\d_])").match(self._plain, word.end())
        return bool((before and before.group(1).isupper()) or (behind and behind.group(1).isupper()))


def _names(person: _Person) -> tuple[str, ...]:
    full = (person.match.entity.name,) if person.match.entity else ()
    return (*full, *person.names)


def _may_stand(word: str, name: str, person: _Person) -> bool:
    """Whether a word can stand for a name: its last word, of a name of Cambodia also its first."""
    if khmer.is_khmer(name) or " " not in name:
        return False
    if fit(word, name) == "given":
        return True
    country = person.match.entity.country if person.match.entity else ""
    return country not in ("VN", "") and keys.fold(word) == keys.fold(name.split(maxsplit=1)[0]) and len(word) > 3


def _linked(mention: Mention, person: _Person) -> Match:
    """Return the answer for a short form: that for the full name, and in words why."""
    full = person.names[0]
    link = Evidence("same document", 0.0, f"stands for “{full}”, named before it in the same document")
    found = person.match
    if found.entity is None:
        return replace(found, mention=mention, note=f"Stands for “{full}”, named before it.")
    return replace(
        found, mention=mention, method="document", evidence=(link, *found.evidence),
        note=f"{found.note} Stands for “{full}”, named before it.".strip(),
    )  # fmt: skip


def _is_personal(name: str) -> bool:
    """Whether words in capitals behind a title can be a name of a person."""
    parsed = parse_name(name)
    if not parsed:
        return False
    words = parsed[0].words
    if len(words) < 2 or any(word.initial for word in words):
        return False
    if parsed[0].style == "native":
        return is_surname(words[0], typed=True)
    return all(word.syllable is False or is_borne(word.text) or is_surname(words[0], typed=False) for word in words)


def _mark(reading: Reading) -> Annotation:
    span, match = reading
    type_ = match.entity.type if match.entity else match.candidates[0].entity.type
    kind = "place" if type_ in PLACE_TYPES else type_
    cluster = match.entity.id if match.entity else ""
    return Annotation(span.start, span.end, span.asked, match, kind, cluster)
