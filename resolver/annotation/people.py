"""The people of a document: short forms and titles after the full name, and people not in the gazetteer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from resolver.annotation.choice import Reading
from resolver.annotation.document_context import DocumentContext
from resolver.annotation.folding import UPPER
from resolver.annotation.growing import Bodies
from resolver.annotation.mentions import Annotation
from resolver.annotation.name_starts import is_followed_by_capital
from resolver.annotation.patterns import CALLING, ORGANISATION, ROLE, TITLE
from resolver.annotation.private_people import is_another
from resolver.annotation.reference_words import words_behind, words_stuck
from resolver.annotation.references import Bearing, References
from resolver.annotation.retelling import retold
from resolver.annotation.span import Span
from resolver.annotation.spotting import Spot
from resolver.annotation.titles import title_of_a_nation, titles_before
from resolver.matching.notes import note_of_stranger
from resolver.model import PLACE_TYPES, Evidence, Match, Mention
from resolver.people.name_comparison import compare_names
from resolver.people.partial_names import fit
from resolver.text import keys, khmer
from resolver.text.words import folded

__all__ = ["People"]

_CAPITALISED = re.compile(rf"(?<![^\W\d_])[{UPPER}][^\W\d_]*")
_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_])[^\W\d_]*[ -]$")
_BEHIND = re.compile(r"[ -]([^\W\d_])")
_LOWER_BEHIND = re.compile(r" [^\W\d_]+")
_FARTHEST = 20
_SHORTEST_ALONE = 3


@dataclass(slots=True, eq=False)
class _Person:
    """A person of the document: the names used for them, and the office that introduces them."""

    cluster: str
    match: Match
    names: list[str]
    office: str = ""


class People:
    """The people of one document, in the order in which they are named."""

    def __init__(self, found: Sequence[Spot], document: DocumentContext, bodies: Bodies) -> None:
        self._bodies_named = bodies
        self._plain = document.folded.plain
        self._document = document
        self._known: list[_Person] = []
        self._roles = {(spot.start, spot.end) for spot in found if spot.found & ROLE}
        self._bodies = sorted(spot.start for spot in found if spot.found & ORGANISATION)
        # Of several titles that end at a position, the longest.
        self._titles = {spot.end: spot.start for spot in reversed(found) if spot.found & (TITLE | ROLE | CALLING)}
        for end, start in tuple(self._titles.items()):
            self._titles.setdefault(title_of_a_nation(self._plain, end), start)
        self._references = References(found, document)
        self._told: dict[str, Match] = {}
        self._by_word: dict[str, list[_Person]] = {}

    def linked(self, chosen: Sequence[Reading]) -> list[Annotation]:
        """Return annotations for readings, and for later short forms and titles that mean one of their people."""
        people = [(str(folded(self._text(one.span))), one.match) for one in chosen if one.span.kind == "person"]
        self._told = {name: match for name, match in people if match.entity}
        marks: list[Annotation] = []
        done = 0
        for number, reading in enumerate(chosen):
            self._add(marks, self._short_forms(done, reading.span.start))
            done = reading.span.end
            if reading.span.kind == "person" or (reading.match.entity and reading.match.entity.type == "person"):
                marks.append(self._person(reading, chosen, number))
            elif not self._is_title(chosen, number):
                marks.append(_mark(reading))
        self._add(marks, self._short_forms(done, len(self._plain)))
        return self._with_references(marks, chosen)

    def _with_references(self, marks: list[Annotation], chosen: Sequence[Reading]) -> list[Annotation]:
        """Return annotations with those for titles and offices alone that mean one of the people."""
        if not self._known or not self._references.all:
            return marks
        people = {one.cluster: one for one in self._known}
        countries = {
            cluster: one.match.entity.country if one.match.entity else "" for cluster, one in people.items()
        }  # fmt: skip
        linked = list(self._references.linked(self._bearings(marks, chosen), countries))
        for reference, bearing in linked:
            within = [one for one in marks if one.start < reference.end and reference.start < one.end]
            if all(one.kind == "office" and reference.covers(one.start, one.end) for one in within):
                text = self._plain[reference.start : reference.end]
                match = _called(Mention(text, ("person",), (), self._document.date), people[bearing.who], bearing.title)
                made = Annotation(reference.start, reference.end, text, match, "person", bearing.who)
                marks = [*(one for one in marks if one not in within), made]
        return sorted(marks, key=lambda one: one.start)

    def _bearings(self, marks: Sequence[Annotation], chosen: Sequence[Reading]) -> Iterator[Bearing]:
        """Yield who has which title: from titles before a name, offices beside it, and offices that the person held."""
        people = [mark for mark in marks if mark.kind == "person"]
        for mark in people:
            for title in self._references.heads(titles_before(self._plain, mark.start, self._titles), mark.start):
                yield Bearing(mark.cluster, title, mark.start)
        first = {mark.cluster: mark.start for mark in reversed(people)}
        offices = [one for one in chosen if one.span.kind != "person" and _is_office(one.match)]
        clusters = {mark.start: mark.cluster for mark in people}
        named = [(one.span, clusters[one.span.start]) for one in chosen if one.span.start in clusters]
        beside = {
            office.span: {who for span, who in named if self._document.standing.are_beside(office.span, span)}
            for office in offices
        }
        held = {one.match.entity.id for one in offices if one.match.entity and beside[one.span]}
        for span, match in offices:
            holders = beside[span] or {one.person_id for one in match.holders if one.person_id in first}
            if not holders and match.entity and match.entity.id in held:
                continue
            for title in self._references.heads(span.start, span.end):
                for who in holders or {f"office at {span.start}"}:
                    yield Bearing(who, title, max(span.start, first.get(who, 0)))

    def _add(self, marks: list[Annotation], short_forms: Iterable[Annotation]) -> None:
        """Add short forms. An office directly before one is its title and is replaced: President Thuong."""
        for mark in short_forms:
            last = marks[-1] if marks else None
            if last and (last.start, last.end) in self._roles and self._plain[last.end : mark.start] == " ":
                marks.pop()
            marks.append(mark)

    def _text(self, span: Span) -> str:
        return self._plain[span.start : span.end]

    def _is_title(self, chosen: Sequence[Reading], number: int) -> bool:
        """Whether an office is only the title of the person named after it: Prime Minister Hun Manet."""
        span = chosen[number].span
        if number + 1 >= len(chosen) or chosen[number + 1].span.kind != "person":
            return False
        if span[:2] not in self._roles or self._names_body(span):
            return False
        return chosen[number + 1].span.titles[0] <= span.start < chosen[number + 1].span.start

    def _names_body(self, span: Span) -> bool:
        """Whether the words of an office name a body: Chủ tịch Quốc hội."""
        at = bisect_left(self._bodies, span.start)
        return at < len(self._bodies) and self._bodies[at] < span.end

    def _person(self, reading: Reading, chosen: Sequence[Reading], number: int) -> Annotation:
        span, match = reading
        name = self._text(span)
        if not match.entity and not is_another(match):
            match = self._told.get(str(folded(name)), match)
        if not match.entity and khmer.is_khmer(name):
            match = self._in_brackets(span, chosen[number + 1 : number + 2]) or match
        person = self._same(name, match)
        if person is None:
            cluster = match.entity.id if match.entity else f"person {1 + sum(not p.match.entity for p in self._known)}"
            person = _Person(cluster, match, [name])
            self._known.append(person)
        if name not in person.names or len(person.names) == 1:
            person.names.append(name)
            self._index(person)
        for office in self._offices(span, chosen, number):
            person.office = person.office or office
        told = match if match.entity else self._unknown(match, person)
        return Annotation(
            span.start, span.end, name, told, "person", person.cluster, "" if told.entity else person.office
        )

    def _in_brackets(self, span: Span, behind: Sequence[Reading]) -> Match | None:
        """Return the match of the name in Latin letters in brackets behind a Khmer name: វ៉ វ៉ាន់ធឿង (Vo Van Thuong)."""
        for other, match in behind:
            if other.kind != "person" or not match.entity:
                break
            if self._plain[span.end : other.start] == " (" and self._plain.startswith(")", other.end):
                return retold(match, Mention(self._text(span), ("person",), (), self._document.date))
        return None

    def _index(self, person: _Person) -> None:
        """Keep the words by which a person may be named later: the first and the last of each name."""
        for name in _names(person):
            words = str(folded(name)).split()
            for word in {words[0], words[-1]} if words else ():
                called = self._by_word.setdefault(word, [])
                if person not in called:
                    called.append(person)

    def _offices(self, span: Span, chosen: Sequence[Reading], number: int) -> Iterator[str]:
        """Yield the offices named beside a person."""
        for other in (*chosen[max(0, number - 1) : number], *chosen[number + 1 : number + 2]):
            entity = other.match.entity
            if not entity or entity.type != "office" or not self._document.standing.are_beside(other.span, span):
                continue
            if other.span.start < span.start or self._document.standing.is_apposed(other.span, span):
                yield entity.id

    def _same(self, name: str, match: Match) -> _Person | None:
        if match.entity:
            return next((one for one in self._known if one.cluster == match.entity.id), None)
        others = [one for one in self._known if not (one.match.entity and is_another(match))]
        # A word more may make another person of somebody known: Norodom Monineath Sihanouk is not the king.
        alike = [
            one
            for one in others
            if (not one.match.entity or len(one.names[0].split()) == len(name.split()))
            and compare_names(name, one.names[0]).match
        ]
        return alike[0] if len(alike) == 1 else None

    def _unknown(self, match: Match, person: _Person) -> Match:
        if person.match.entity:
            return _linked(match.mention, person)
        told = f"introduced as holder of {person.office}" if person.office else "introduced by a title"
        alone = not match.candidates
        note = f"{note_of_stranger(())} A person, {told}." if alone else f"A person, {told}."
        return retold(match, match.mention, note=note, alone=alone)

    def _short_forms(self, start: int, end: int) -> Iterator[Annotation]:
        """Yield the short forms of people named before, between two annotations."""
        if not self._known or start >= end:
            return
        yield from self._khmer_names(start, end)
        done = start
        for word in _CAPITALISED.finditer(self._plain, start, end):
            called = self._by_word.get(str(folded(word.group())))
            if called is None or word.start() < done:
                continue
            whole = self._whole(word.start(), end, called)
            if whole:
                done, person = whole
                yield self._short_form(word.start(), done, person)
                continue
            if self._is_compound(word):
                continue
            titled = self._is_titled(word.start())
            if not titled and self._is_any_word(word):
                continue
            bearer = self._bearer(word, titled=titled)
            if bearer:
                yield self._short_form(*word.span(), bearer)

    def _khmer_names(self, start: int, end: int) -> Iterator[Annotation]:
        """Yield the full names of unknown people in Khmer that stand between two annotations."""
        if not khmer.is_khmer(self._plain[start:end]):
            return
        found = self._khmer_given(start, end)
        for person in self._known:
            for name in set(person.names) if not person.match.entity else ():
                at = self._plain.find(name, start, end) if khmer.is_khmer(name) else -1
                while at >= 0:
                    last = at + len(name)
                    begins = not _is_khmer(self._plain, at - 1) or at in self._titles
                    if " " in name and begins and self._ends_in_khmer(last):
                        found[at] = last, person
                    at = self._plain.find(name, last, end)
        for at, (last, person) in sorted(found.items()):
            yield self._short_form(at, last, person)

    def _khmer_given(self, start: int, end: int) -> dict[int, tuple[int, _Person]]:
        """Return where given names stand behind a title between two positions, with their ends and whose they are.

        A word that is the given name of two people is nobody's: លោក ស្រេង.
        """
        bearers: dict[str, list[_Person]] = {}
        for person in self._known:
            names = {name.rpartition(" ")[2] for name in person.names if " " in name and khmer.is_khmer(name)}
            for given in names:
                bearers.setdefault(given, []).append(person)
        found: dict[int, tuple[int, _Person]] = {}
        for given, people in bearers.items():
            at = self._plain.find(given, start, end) if len(people) == 1 and len(given) >= _SHORTEST_ALONE else -1
            while at >= 0:
                last = at + len(given)
                titled = at in self._titles or (self._plain[at - 1 : at] == " " and at - 1 in self._titles)
                if titled and self._ends_in_khmer(last):
                    found[at] = last, people[0]
                at = self._plain.find(given, last, end)
        return found

    def _ends_in_khmer(self, at: int) -> bool:
        """Whether a Khmer name ends at a position: no letter follows, or a word that may be stuck to it."""
        stuck = (*words_behind(), *words_stuck())
        return not _is_khmer(self._plain, at) or self._plain.startswith(stuck, at)

    def _short_form(self, start: int, end: int, person: _Person) -> Annotation:
        text = self._plain[start:end]
        match = _linked(Mention(text, ("person",), (), self._document.date), person)
        return Annotation(start, end, text, match, "person", person.cluster)

    def _whole(self, start: int, last: int, called: Sequence[_Person]) -> tuple[int, _Person] | None:
        """Return where the full name of an unknown person ends that begins at a position, and the person."""
        for person in called:
            for name in person.names if not person.match.entity else ():
                end = start + len(name)
                if " " in name and end <= last and self._plain.startswith(name, start):
                    behind = _BEHIND.match(self._plain, end)
                    if not self._plain[end : end + 1].isalnum() and not (behind and behind[1].isupper()):
                        return end, person
        return None

    def _is_any_word(self, word: re.Match[str]) -> bool:
        """Whether a word has a capital only because it begins a sentence: most Vietnamese words are also names."""
        return self._document.language == "vi" and self._document.standing.begins_sentence(word.start())

    def _is_compound(self, word: re.Match[str]) -> bool:
        """Whether a word is the first syllable of one in names of bodies: Trung ương is nobody called Trung."""
        behind = _LOWER_BEHIND.match(self._plain, word.end())
        return behind is not None and word.group() + behind.group() in self._bodies_named.compounds

    def _is_titled(self, start: int) -> bool:
        """Whether a title ends directly before a position."""
        return any(
            end in self._titles and self._plain[end:start] in (" ", ". ", ".")
            for end in range(start, max(-1, start - 3), -1)
        )

    def _bearer(self, word: re.Match[str], *, titled: bool) -> _Person | None:
        """Return the only person named before whose short form a word can be."""
        text = word.group()
        if len(text) < (2 if titled else _SHORTEST_ALONE) or (not titled and self._is_crowded(word)):
            return None
        called = self._by_word.get(str(folded(text)), ())
        if titled and is_followed_by_capital(self._plain, word.end()):
            # King Norodom is the one named before, King Norodom Suramarit another one of the family.
            called = [one for one in called if not any(_begins(name, text) for name in _names(one))]
        found = [one for one in called if any(_may_stand(text, name, one) for name in _names(one))]
        return found[0] if len({one.cluster for one in found}) == 1 else None

    def _is_crowded(self, word: re.Match[str]) -> bool:
        before = _BEFORE.search(self._plain[max(0, word.start() - _FARTHEST) : word.start()])
        behind = _BEHIND.match(self._plain, word.end())
        return any(beside is not None and beside[1].isupper() for beside in (before, behind))


def _begins(name: str, word: str) -> bool:
    """Whether a name of several words begins with a word."""
    first, _, more = name.partition(" ")
    return bool(more) and folded(first) == folded(word)


def _is_khmer(plain: str, at: int) -> bool:
    """Whether a Khmer letter or mark stands at a position."""
    return "\u1780" <= plain[at : at + 1] <= "\u17d3" or plain[at : at + 1] == "\u17dd"


def _names(person: _Person) -> tuple[str, ...]:
    full = (person.match.entity.name,) if person.match.entity else ()
    return (*full, *person.names)


def _may_stand(word: str, name: str, person: _Person) -> bool:
    """Whether a word can be a short form of a name: its last word; for a Cambodian name also its first."""
    if khmer.is_khmer(name) or " " not in name:
        return False
    if fit(word, name) == "given":
        return True
    country = person.match.entity.country if person.match.entity else ""
    return country not in ("VN", "") and keys.fold(word) == keys.fold(name.split(maxsplit=1)[0]) and len(word) > 3


def _linked(mention: Mention, person: _Person) -> Match:
    """Return the match of a short form: that of the full name, and the reason in words."""
    return _linked_because(mention, person, "named before it", "named before it in the same document")


def _linked_because(mention: Mention, person: _Person, why: str, evidence: str) -> Match:
    """Return the match of a person of the document, for another mention of them; the note has the reason ``why``."""
    full = person.names[0]
    found = person.match
    note = f"Stands for “{full}”, {why}."
    if found.entity is None:
        return retold(found, mention, note=note, alone=True)
    link = Evidence("same document", 0.0, f"stands for “{full}”, {evidence}")
    return retold(found, mention, note=note, link=link)


def _is_office(match: Match) -> bool:
    """Whether a match is an office, even if it is ambiguous which one."""
    meant = match.entity or (match.candidates[0].entity if match.candidates else None)
    return meant is not None and meant.type == "office"


def _called(mention: Mention, person: _Person, title: str) -> Match:
    """Return the match of a title alone: that of the only person who has it, and the reason in words."""
    why = f"the only one called “{title}” in the same document"
    return _linked_because(mention, person, why, why)


def _mark(reading: Reading) -> Annotation:
    span, match = reading
    type_ = match.entity.type if match.entity else match.candidates[0].entity.type
    kind = "place" if type_ in PLACE_TYPES else type_
    cluster = match.entity.id if match.entity else ""
    return Annotation(span.start, span.end, span.query, match, kind, cluster)
