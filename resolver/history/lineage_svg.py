"""The picture of a lineage: time from left to right, a band for each unit, curves where units merge and split.

Plain SVG, 800 pixels wide, without scripts, style sheets or fonts of its own. Text is never broken inside a word, so
that the viewer can shape Khmer correctly.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from resolver.atomic import check_ending, check_files, replacing
from resolver.errors import UsageError
from resolver.history.history import History
from resolver.history.lineage import Band, Event, Lineage, Link, lineage_of
from resolver.model import PLACE_TYPES

__all__ = ["picture", "write_picture"]

_WIDTH = 800
_MARGIN = 24
_FONT = "Noto Sans, Noto Sans Khmer, Khmer OS, DejaVu Sans, Arial, sans-serif"
_INK, _PALE, _LINE = "#1f2328", "#57606a", "#c9d1d9"
_SUBJECT = "#b3261e"
_COLOURS = ("#3b6ea5", "#4f8f6b", "#8a6fb0", "#b07a2a", "#3d8f9d", "#7a7f35", "#a65a86", "#5b6b7f")

_TITLE, _NAME, _SMALL = 20, 14, 12
_BAND, _SUBJECT_BAND = 12, 16
_ROW = 19
"""Height of a line of names above a band."""
_FLAG, _FLAG_LINE = 150, 15
"""Room for the text of an event, and the height of its lines."""
_LEAST = 46.0
"""Least distance between two events, if there is room for it."""
_OPEN = 150
"""Least room for the time before the first event, and for the time after the last."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_KINDS = {
    "merged": "merger",
    "split": "split",
    "absorbed": "taken in",
    "renamed": "renamed",
    "retyped": "new status",
    "reparented": "moved",
    "recoded": "new code",
    "boundary": "new border",
    "abolished": "abolished",
    "created": "created",
}


def write_picture(history: History, file: Path, *, force: bool = False) -> None:
    """Write the picture to a file atomically. Raises UsageError and OutputError."""
    drawn = picture(history)
    check_ending(file, (".svg",))
    check_files([], [file], force=force)
    with replacing(file) as sink:
        sink.write(drawn)


def picture(history: History) -> str:
    """Return the lineage of a place as the text of an SVG file. Raises UsageError for any other entity."""
    if history.entity.type not in PLACE_TYPES:
        raise UsageError(f"{history.entity.id} is not a place: a picture shows how places joined and split")
    return _Picture(history, lineage_of(history)).text()


@dataclass(frozen=True, slots=True)
class _Lane:
    """A band with its position: the rows of names above it, and the middle of the band."""

    band: Band
    names: tuple[tuple[float, float, str], ...]
    middle: float
    colour: str


class _Picture:
    def __init__(self, history: History, lineage: Lineage) -> None:
        self._history = history
        self._lineage = lineage
        self._flags = [_flag(event) for event in lineage.events]
        self._x = _Scale(lineage, self._flags, dt.date.fromisoformat(history.date).toordinal())
        self._heading = 74.0
        tiers = _tiers([self._x(event.day) for event in lineage.events], self._flags)
        self._tops = [self._heading + tier for tier in tiers.tops]
        self._lanes = self._laid(self._heading + tiers.height + 14)
        self._bottom = max((lane.middle for lane in self._lanes), default=0) + 24

    def text(self) -> str:
        """Return the picture."""
        height = round(self._bottom + 46 + len(self._remarks) * _FLAG_LINE)
        root = ET.Element(
            "svg",
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {_WIDTH} {height}",
            width=str(_WIDTH),
            height=str(height),
            role="img",
            attrib={"font-family": _FONT, "aria-labelledby": "title description"},
        )
        ET.SubElement(root, "title", id="title").text = self._title
        ET.SubElement(root, "desc", id="description").text = self._history.to_text()
        ET.SubElement(root, "rect", width="100%", height="100%", fill="white")
        self._faded(root)
        self._head(root)
        for event, top in zip(self._lineage.events, self._tops, strict=True):
            _line(root, self._x(event.day), top + 2, self._bottom)
        for link in self._lineage.links:
            self._curve(root, link)
        for lane in self._lanes:
            self._band(root, lane)
        for lane in self._lanes:
            self._names(root, lane)
        for event, flag, top in zip(self._lineage.events, self._flags, self._tops, strict=True):
            for number, line in enumerate(flag):
                weight = "bold" if number == 0 else "normal"
                _text(root, self._x(event.day) + 5, top + 12 + number * _FLAG_LINE, line, _SMALL, weight=weight)
        self._axis(root)
        self._foot(root)
        ET.indent(root)
        return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"

    @property
    def _title(self) -> str:
        return self._history.units[0].titles[-1] if self._history.versions else self._history.entity.name

    def _head(self, root: ET.Element) -> None:
        _text(root, _MARGIN, 34, _fit(self._title, _TITLE, _WIDTH - 2 * _MARGIN), _TITLE, weight="bold")
        entity = self._history.entity
        within = self._history.units[0].paths[-1].partition(", ")[2] if self._history.versions else ""
        details = [within, entity.type, f"code {entity.code}" if entity.code else "", entity.id]
        told = _fit(" · ".join(detail for detail in details if detail), _SMALL, _WIDTH - 2 * _MARGIN)
        _text(root, _MARGIN, 54, told, _SMALL, colour=_PALE)

    def _axis(self, root: ET.Element) -> None:
        """Draw the arrow of time, with the years that fit, today's first."""
        y, end = self._bottom, self._x(self._x.last)
        ET.SubElement(root, "path", d=f"M {_MARGIN} {y:.1f} H {end:.1f}", stroke=_PALE)
        today = _date(self._history.date)
        taken = end - _width(today, _SMALL)
        _text(root, taken, y + 17, today, _SMALL, colour=_PALE)
        for event in reversed(self._lineage.events):
            x, year = self._x(event.day), event.date[:4]
            half = _width(year, _SMALL) / 2
            ET.SubElement(root, "path", d=f"M {x:.1f} {y - 4:.1f} V {y + 4:.1f}", stroke=_PALE)
            if x + half + 6 < taken:
                taken = x - half
                _text(root, taken, y + 17, year, _SMALL, colour=_PALE)

    def _foot(self, root: ET.Element) -> None:
        for number, line in enumerate(self._remarks):
            _text(root, _MARGIN, self._bottom + 46 + number * _FLAG_LINE, line, _SMALL, colour=_PALE)

    @property
    def _remarks(self) -> list[str]:
        """The lines of text that explain the picture."""
        told, bands, links = self._history, self._lineage.bands, self._lineage.links
        parts = [f"As of {_date(told.date)}.", "Distances along time are not to scale."]
        if any(link.part for link in links):
            parts.append("Thin curve: a part.")
        if any(band.start is None for band in bands):
            parts.append("Fading in: start not recorded.")
        if any(step.change.kind == "boundary" for step in (*told.before, *told.after)):
            parts.append("Shifts of borders are not drawn.")
        if told.entity.valid_to and not told.today:
            parts.append("Successor unknown.")
        return list(_wrapped(" ".join(parts), _WIDTH - 2 * _MARGIN))

    def _laid(self, top: float) -> list[_Lane]:
        """Return the lanes from top to bottom, each as high as its names need."""
        lanes = []
        others = 0
        for band in self._lineage.bands:
            colour = _SUBJECT if band.subject else _COLOURS[others % len(_COLOURS)]
            others += not band.subject
            rows: list[float] = []
            placed = []
            for label in band.labels:
                text = _fit(label.text, _NAME, _WIDTH - 2 * _MARGIN)
                width = _width(text, _NAME, bold=band.subject)
                begins = band.start if label.day is None else label.day
                start = self._x.begin(begins) if begins == band.start else self._x(begins or 0)
                x = max(min(start, _WIDTH - _MARGIN - width), _MARGIN)
                row = next((number for number, end in enumerate(rows) if end + 10 <= x), len(rows))
                rows[row : row + 1] = [x + width]
                placed.append((x, row, text))
            bottom = top + _ROW * len(rows)
            # Khmer letters reach lower below the line than Latin letters.
            lift = 9 if any("\u1780" <= letter <= "\u17ff" for _, _, text in placed for letter in text) else 5
            names = tuple((x, bottom - lift - _ROW * row, text) for x, row, text in placed)
            thick = _SUBJECT_BAND if band.subject else _BAND
            lanes.append(_Lane(band, names, bottom + thick / 2, colour))
            top = bottom + thick + 12
        return lanes

    def _lane(self, id_: str) -> _Lane:
        return next(lane for lane in self._lanes if lane.band.id == id_)

    def _faded(self, root: ET.Element) -> None:
        """Define the colours of bands with an unrecorded start."""
        definitions = ET.SubElement(root, "defs")
        for number, lane in enumerate(self._lanes):
            if lane.band.start is None:
                gradient = ET.SubElement(definitions, "linearGradient", id=f"fade{number}")
                ET.SubElement(gradient, "stop", attrib=_stop("0", lane.colour, "0.1"))
                ET.SubElement(gradient, "stop", attrib=_stop("0.35", lane.colour, "1"))

    def _band(self, root: ET.Element, lane: _Lane) -> None:
        band = lane.band
        thick = _SUBJECT_BAND if band.subject else _BAND
        begin, end = self._x.begin(band.start), self._x.end(band.end)
        fill = f"url(#fade{self._lanes.index(lane)})" if band.start is None else lane.colour
        box = {"x": begin, "y": lane.middle - thick / 2, "width": max(end - begin, 3), "height": thick}
        shape = ET.SubElement(root, "rect", {name: f"{value:.1f}" for name, value in box.items()}, fill=fill)
        if band.count > 1:
            shape.set("opacity", "0.6")
        for label in band.labels[1:]:
            x = self._x(label.day or 0)
            tick = {"x": x - 1, "y": lane.middle - thick / 2, "width": 2.0, "height": thick}
            ET.SubElement(root, "rect", {name: f"{value:.1f}" for name, value in tick.items()}, fill="white")
        if band.end is None:
            tip, half = end + 8, thick / 2 + 3
            points = (
                f"{end:.1f},{lane.middle - half:.1f} {tip:.1f},{lane.middle:.1f} {end:.1f},{lane.middle + half:.1f}"
            )
            ET.SubElement(root, "polygon", points=points, fill=lane.colour)

    def _names(self, root: ET.Element, lane: _Lane) -> None:
        weight = "bold" if lane.band.subject else "normal"
        for x, y, text in lane.names:
            halo = _text(root, x, y, text, _NAME, weight=weight, colour="white")
            halo.attrib |= {"stroke": "white", "stroke-width": "4", "stroke-linejoin": "round", "aria-hidden": "true"}
            _text(root, x, y, text, _NAME, weight=weight, colour=lane.colour if lane.band.subject else _INK)

    def _curve(self, root: ET.Element, link: Link) -> None:
        source, target = self._lane(link.source), self._lane(link.target)
        x, bend = self._x(link.day), self._x.bend
        path = (
            f"M {x - bend:.1f} {source.middle:.1f} "
            f"C {x:.1f} {source.middle:.1f} {x:.1f} {target.middle:.1f} {x + bend:.1f} {target.middle:.1f}"
        )
        # In the subject's own colour a curve could not be traced to another band.
        colour = target.colour if source.band.subject else source.colour
        thick = 4 if link.part else _BAND
        ET.SubElement(
            root,
            "path",
            attrib={"d": path, "stroke": colour, "stroke-width": str(thick), "fill": "none"},
            opacity="0.6",
        )


class _Scale:
    """From days to positions: in proportion to the square root of time, but never too close."""

    def __init__(self, lineage: Lineage, flags: Sequence[Sequence[str]], today: int) -> None:
        days = [event.day for event in lineage.events]
        # A law may be passed before the day on which it takes effect.
        self.last = max([today, *(day + 30 for day in days[-1:])])
        unknown = any(band.start is None or band.start < days[0] for band in lineage.bands) if days else True
        flag = max((_width(line, _SMALL, bold=True) for line in flags[-1]), default=0) + 20 if flags else 0
        widths = _shared(days, self.last, before=_OPEN if unknown else 30, after=max(_OPEN, flag))
        places = accumulate(widths, initial=float(_MARGIN))
        next(places)
        self._points = list(zip([*days, self.last], places, strict=True))
        closest = min((right[1] - left[1] for left, right in pairwise(self._points)), default=_LEAST)
        self.bend = min(24.0, closest * 0.42)

    def __call__(self, day: int) -> float:
        """Return the position of a day."""
        first, last = self._points[0], self._points[-1]
        if day <= first[0]:
            return first[1] if day == first[0] else max(_MARGIN, first[1] - _LEAST)
        for left, right in pairwise(self._points):
            if day <= right[0]:
                return left[1] + (right[1] - left[1]) * (day - left[0]) / (right[0] - left[0])
        return last[1]

    def begin(self, day: int | None) -> float:
        """Return the position where a band that starts on a day begins: right of the curves that lead into it."""
        return float(_MARGIN) if day is None else self(day) + self.bend

    def end(self, day: int | None) -> float:
        """Return the position where a band ends: left of the curves that lead out of it."""
        return self(self.last) if day is None or day > self.last else self(day) - self.bend


def _shared(days: Sequence[int], last: int, *, before: float, after: float) -> list[float]:
    """Return how much room there is before each day and after the last one."""
    room = _WIDTH - 2 * _MARGIN - 8
    if not days:
        return [room]
    gaps = len(days) - 1
    spare = room - before - after - gaps * _LEAST
    least = [before, *[_LEAST + min(spare / max(gaps, 1), 0)] * gaps, after]
    shares = [((end - start) / 365) ** 0.5 for start, end in pairwise([*days, last])]
    # The time before the first event has no length of its own.
    shares = [max(shares) if before == _OPEN else 0.0, *shares]
    return [width + max(spare, 0) * share / sum(shares) for width, share in zip(least, shares, strict=True)]


@dataclass(frozen=True, slots=True)
class _Tiers:
    tops: list[float]
    height: float


def _tiers(places: Sequence[float], flags: Sequence[Sequence[str]]) -> _Tiers:
    """Return the tiers of flags, so that neither text nor pole of one overlaps the text of another."""
    levels = [0] * len(flags)
    for number in reversed(range(len(flags))):
        end = places[number] + 9 + max((_width(line, _SMALL, bold=True) for line in flags[number]), default=0)
        covered = [levels[later] for later in range(number + 1, len(flags)) if places[later] < end]
        levels[number] = max(covered, default=-1) + 1
    heights = [
        max((len(flag) for flag, own in zip(flags, levels, strict=True) if own == level), default=0) * _FLAG_LINE + 6
        for level in range(max(levels, default=-1) + 1)
    ]
    total = float(sum(heights))
    return _Tiers([total - sum(heights[: level + 1]) for level in levels], total)


def _flag(event: Event) -> list[str]:
    """Return the text of an event: its date, what happened, by which instruments."""
    kinds = ", ".join(_KINDS[kind] for kind in event.kinds[:2]) + (" …" if len(event.kinds) > 2 else "")
    by = list(event.instruments[:1])
    if len(event.instruments) > 1:
        by.append(f"and {len(event.instruments) - 1} more")
    return [line for text in (_date(event.date), kinds, *by) for line in _wrapped(text, _FLAG)]


def _wrapped(text: str, room: float) -> Iterator[str]:
    """Yield a text in lines that fit, broken between words."""
    line = ""
    for word in text.split():
        if line and _width(f"{line} {word}", _SMALL, bold=True) > room:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line


def _date(text: str) -> str:
    """Return a date in everyday form, with its known precision."""
    if "/" in text:
        return " – ".join(_date(part) for part in text.split("/"))
    year, *rest = text.split("-")
    parts = [_MONTHS[int(rest[0]) - 1]] if rest else []
    days = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*days, *parts, year])


def _line(root: ET.Element, x: float, top: float, bottom: float) -> None:
    ends = {"x1": x, "y1": top, "x2": x, "y2": bottom}
    ET.SubElement(root, "line", {name: f"{value:.1f}" for name, value in ends.items()}, stroke=_LINE)


def _text(
    root: ET.Element, x: float, y: float, text: str, size: int, *, weight: str = "normal", colour: str = _INK
) -> ET.Element:
    attributes = {"x": f"{x:.1f}", "y": f"{y:.1f}", "font-size": str(size), "font-weight": weight, "fill": colour}
    element = ET.SubElement(root, "text", attributes)
    element.text = text
    return element


def _stop(offset: str, colour: str, opacity: str) -> dict[str, str]:
    return {"offset": offset, "stop-color": colour, "stop-opacity": opacity}


def _fit(text: str, size: int, room: float) -> str:
    """Return a text cut after a word so that it fits."""
    if _width(text, size, bold=True) <= room:
        return text
    words = text.split()
    while len(words) > 1 and _width(" ".join(words) + " …", size, bold=True) > room:
        words.pop()
    return " ".join(words) + " …"


def _width(text: str, size: int, *, bold: bool = False) -> float:
    """Return the greatest width of a text in the usual fonts; combining marks have no width."""
    letters = [letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter) != "Mn"]
    em = sum(
        0.34 if letter in " .,·/-()ijltI" else 0.86 if letter in "MWmw" or letter >= "\u1780" else 0.66
        for letter in letters
    )
    return em * size * (1.06 if bold else 1.0)
