"""One self-contained page to read: the texts with their names marked, and a card for each entity.

It needs no script, no font and no other file. Kinds of names differ by the line below the name and by colour. A name is
a link to its card. On a screen a short form of the card appears beside the name; on paper the cards follow the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from importlib.resources import files

from resolver.annotation.mentions import Annotation
from resolver.atomic import Sink
from resolver.documents.sources import Document
from resolver.model import Match, Tenure

__all__ = ["Page"]

_KINDS = ("place", "person", "organisation", "office")
_DATING = {"in_force": "in force", "ended": "ended", "not_yet": "not yet in force"}


class Page:
    """Writes documents with their names as HTML; the text of a document is kept until the document ends."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._name = ""
        self._text: list[str] = []
        self._marks: list[Annotation] = []
        self._number = 0
        style = files("resolver.documents").joinpath("page.css").read_text("utf-8")
        sink.write(
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>Names in running text</title>\n<style>\n{style}</style>\n</head>\n<body>\n<header>\n"
            f"<h1>Names in running text</h1>\n<p class=legend>{''.join(map(_legend, _KINDS))}</p>\n</header>\n<main>\n"
        )

    def begin(self, document: Document) -> Document:
        """Begin a document, whose text is kept as it is read."""
        self._end()
        self._name = " · ".join(document.cells)
        return replace(document, lines=self._kept(document.lines))

    def _kept(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            self._text.append(line)
            yield line

    def add(self, document: Document, mark: Annotation) -> None:
        """Keep a name of the document."""
        self._marks.append(mark)

    def finish(self) -> None:
        """Write the last document and the end of the page."""
        self._end()
        self._sink.write("</main>\n</body>\n</html>\n")

    def _end(self) -> None:
        """Write the document that was begun, if any."""
        if not self._name:
            return
        self._number += 1
        anchors: dict[str, str] = {}
        for mark in self._marks:
            anchors.setdefault(_key(mark), f"d{self._number}c{len(anchors) + 1}")
        text = "".join(self._text)
        self._sink.write(f"<article>\n<h2>{escape(self._name)}</h2>\n<div class=text>")
        done = 0
        for mark in self._marks:
            self._sink.write(_plain(text[done : mark.start]) + _marked(mark, anchors[_key(mark)]))
            done = mark.end
        self._sink.write(f"{_plain(text[done:])}</div>\n{_cards(self._marks, anchors)}</article>\n")
        self._name, self._text, self._marks = "", [], []


def _legend(kind: str) -> str:
    return f'<span class="name {kind}">{kind}</span> '


def _plain(text: str) -> str:
    return escape(text, quote=False)


def _key(mark: Annotation) -> str:
    return mark.cluster or f"{mark.text}\0{mark.match.note}"


def _marked(mark: Annotation, anchor: str) -> str:
    """Return a name as a link to its card, with its meaning beside it."""
    entity = mark.match.entity
    shown = entity.path if entity else f"{mark.match.status}: {mark.match.note}"
    classes = f"name {mark.kind}" + ("" if entity else " open")
    return (
        f'<a class="{classes}" href="#{anchor}">{_plain(mark.text)}'
        f"<span class=tip aria-hidden=true>{_plain(shown)}{_plain(_state(mark.match))}</span></a>"
    )


def _state(match: Match) -> str:
    """Return in words whether the entity is in force, and what is there now."""
    told = _DATING.get(match.dating, "")
    if match.entity and match.changes and match.current_known:
        now = ", ".join(one.path for one in match.current if one.id != match.entity.id)
        told += f"; now {now}" if now else ""
    return f" ({told})" if told else ""


def _cards(marks: Sequence[Annotation], anchors: dict[str, str]) -> str:
    """Return the list of entities with their counts, a card for each."""
    counts = Counter(map(_key, marks))
    first = {_key(mark): mark for mark in reversed(marks)}
    cards: list[str] = []
    for kind in _KINDS:
        of_kind = [key for key in anchors if first[key].kind == kind]
        if not of_kind:
            continue
        items = "".join(_card(first[key], anchors[key], counts[key]) for key in of_kind)
        cards.append(f"<h3>{_PLURALS[kind]} ({len(of_kind)})</h3>\n<ul class=cards>\n{items}</ul>\n")
    return f"<section aria-label='Entities'>\n{''.join(cards)}</section>\n" if cards else "<p>No name was found.</p>\n"


_PLURALS = {"place": "Places", "person": "People", "organisation": "Organisations", "office": "Offices"}


def _card(mark: Annotation, anchor: str, count: int) -> str:
    entity, match = mark.match.entity, mark.match
    name = entity.name if entity else mark.text
    times = "once" if count == 1 else f"{count} times"
    lines = list(_facts(mark)) if entity else [match.note]
    told = "".join(f"<p>{_plain(line)}</p>" for line in lines if line)
    id_ = f"<p><code>{escape(entity.id)}</code></p>" if entity else ""
    shown = match.status if not entity else entity.local_type or entity.type
    return (
        f'<li id="{anchor}" class="card {mark.kind}" tabindex=-1><h4>{_plain(name)}</h4>'
        f"<p class=what>{_plain(shown)}, named {times}</p>{told}{id_}</li>\n"
    )


def _facts(mark: Annotation) -> Iterator[str]:
    """Yield the facts about an entity, one line each."""
    match, entity = mark.match, mark.match.entity
    if entity is None:
        return
    if entity.path != entity.name:
        yield entity.path
    day = match.mention.date
    told = _DATING.get(match.dating, "")
    yield f"On {day}: {told}." if day and told and entity.type != "person" else ""
    for change in match.changes:
        yield f"{change.date}: {change.kind}" + (f" by {change.instrument}" if change.instrument else "") + "."
    if match.changes and match.current_known:
        now = "; ".join(one.path for one in match.current if one.id != entity.id)
        yield f"Now: {now}." if now else ""
    for tenure in match.held:
        yield f"Holds: {tenure.office}{_since(tenure)}."
    for tenure in match.holders:
        yield f"Held by: {tenure.person}{_since(tenure)}."


def _since(tenure: Tenure) -> str:
    since = f" since {_day(tenure.valid_from)}" if tenure.valid_from else ""
    until = f" until {_day(tenure.valid_to)}" if tenure.valid_to else ""
    acting = ", acting" if tenure.acting else ""
    return f"{since}{until}{acting}"


def _day(date: str) -> str:
    """Return a date; in words, if it is only known to lie between two days."""
    first, _, last = date.partition("/")
    return f"a day from {first} to {last}" if last else date
