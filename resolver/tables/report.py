"""The report about a table as one page: it needs no network, no script and no other file.

It has the same content as the report in JSON: counts, the most frequent open mentions, scores, what became of the
units, and a table by province.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

__all__ = ["page"]

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1d2329; background: #fff; margin: 2rem auto; max-width: 62rem;
  padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin-top: 2.2rem; border-bottom: 1px solid #d5dbe1 }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem }
table { border-collapse: collapse; margin: .4rem 0 } th, td { text-align: left; padding: .2rem .8rem .2rem 0;
  border-bottom: 1px solid #eceff2; vertical-align: top } td.n, th.n { text-align: right }
.bar { display: inline-block; height: .7rem; background: #3b7dbd; vertical-align: middle }
.side { display: flex; flex-wrap: wrap; gap: 0 3rem } .note { color: #5b6671 } .warn { color: #9a3412 }
h1, h2, p { overflow-wrap: anywhere } td { overflow-wrap: break-word } .wide { overflow-x: auto } svg { display: block }
.open { width: 100% } .open td:first-child { max-width: 16rem } .open td:nth-child(4) { width: 45% }
.open ol { margin: 0; padding-left: 1.4rem } .open li span { color: #5b6671; font-size: .85em }
svg text { font: 12px system-ui, sans-serif; fill: #1d2329 }
@media (max-width: 48rem) { body { margin: 1rem auto } .open tr.head { display: none }
  .open, .open tbody, .open tr, .open td { display: block; text-align: left; padding: 0 }
  .open td:nth-child(n) { width: auto; max-width: none }
  .open td { border: 0; margin: .15rem 0 } .open tr { border-bottom: 1px solid #d5dbe1; padding: .5rem 0 }
  .open td:first-child { font-weight: 600 } .open td.n::after { content: " rows" }
  .open td.one::after { content: " row" } }
@media (prefers-color-scheme: dark) { body { background: #15191d; color: #dfe5ea } svg text { fill: #dfe5ea }
  th, td { border-color: #2a3138 } h2 { border-color: #3a444d } .note, .open li span { color: #9aa6b1 }
  .warn { color: #f0a36b } .open tr { border-color: #3a444d } }
"""
_COLOURS = {"matched": "#2f855a", "ambiguous": "#c98a10", "unmatched": "#b83232", "blank": "#8a939c"}
_CANDIDATE = re.compile(r"\d+\. (?P<id>\S+) \((?P<name>.*); (?P<score>[\d.]+)\)", re.DOTALL)
_MOST_FLOWS = 14
_MOST_ROWS = 25
_LONGEST = 44
_TITLES = {
    "status": "Status",
    "conversion": "Conversion",
    "type": "Type",
    "method": "Method",
    "change": "Change",
    "dating": "At the mention's date",
}


def page(content: Mapping[str, Any]) -> str:
    """Return the report as HTML, given the result of ``Summary.content``."""
    title = f"Report on {content['input']}"
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{_rows(content['rows'])}; facts up to {escape(content['gazetteer_date'])}; "
        f"resolver {escape(content['versions']['resolver'])}.</p>",
        *(f'<p class="warn">{escape(text)}</p>' for text in _warnings(content)),
    ]
    for name, counts in content["columns"].items():
        parts += _column(name, counts, content["tallies"].get(name, {}), content["open"])
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style></head>\n<body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def _warnings(content: Mapping[str, Any]) -> Iterable[str]:
    if content["gazetteer_warning"]:
        yield content["gazetteer_warning"]
    yield from content["warnings"]


def _column(
    name: str, counts: Mapping[str, Mapping[str, int]], tally: Mapping[str, Any], open_: Sequence[Mapping[str, Any]]
) -> Iterable[str]:
    yield f"<h2>{escape(name)}</h2>"
    tables = [_counts(_TITLES.get(what, what), found) for what, found in counts.items() if found]
    yield f'<div class="side">{"".join(tables)}</div>'
    mine = [one for one in open_ if one["column"] == name]
    if mine:
        yield "<h3>The most frequent open mentions</h3>"
        yield _open_table(mine[:_MOST_ROWS])
    if any(tally.get("scores", ())):
        yield f"<h3>Scores</h3>{_histogram(tally['scores'])}"
    if tally.get("passages"):
        yield f"<h3>From which province to which</h3>{_flows(tally['passages'])}"
    if tally.get("successions"):
        yield f"<h3>What became of the units</h3>{_flows(tally['successions'][:_MOST_FLOWS])}"
        more = len(tally["successions"]) - _MOST_FLOWS
        if more > 0:
            yield f'<p class="note">The {_MOST_FLOWS} most frequent; the report in JSON has more.</p>'
    if tally.get("provinces"):
        rows = sorted(tally["provinces"].items(), key=lambda one: -one[1]["rows"])
        yield "<h3>By province</h3>"
        yield _table(
            ("province of the mention", "rows", "of a unit that changed"),
            [(province, found["rows"], found.get("changed", 0)) for province, found in rows],
        )


def _counts(title: str, found: Mapping[str, int]) -> str:
    most, rows = max(found.values()), []
    for value, count in sorted(found.items(), key=lambda one: -one[1]):
        colour = f";background:{_COLOURS[value]}" if value in _COLOURS else ""
        bar = f'<span class="bar" style="width:{max(1, round(90 * count / most))}px{colour}"></span>'
        rows.append(f'<tr><td>{escape(value)}</td><td class="n">{count:,}</td><td>{bar}</td></tr>')
    return f"<div><h3>{escape(title)}</h3><table>{''.join(rows)}</table></div>"


def _open_table(mentions: Sequence[Mapping[str, Any]]) -> str:
    """Return the table of open mentions; on a narrow screen each of its rows is a block."""
    rows = []
    for one in mentions:
        count = f'<td class="n{" one" if one["rows"] == 1 else ""}">{one["rows"]:,}</td>'
        told = "".join(map(_candidate, filter(None, one["candidates"].split(" | "))))
        candidates = f"<ol>{told}</ol>" if told else ""
        rows.append(
            f"<tr><td>{escape(one['mention'])}</td>{count}<td>{escape(one['status'])}</td>"
            f"<td>{candidates}</td><td>{escape(one['reason'])}</td></tr>"
        )
    names = ("mention", "rows", "status", "candidates", "reason")
    head = "".join(f"<th{' class=n' if name == 'rows' else ''}>{name}</th>" for name in names)
    return f'<table class="open"><tr class="head">{head}</tr>{"".join(rows)}</table>'


def _candidate(text: str) -> str:
    """Return a numbered candidate of a review file, such as ``1. ID (name; 0.5)``, with its name first."""
    found = _CANDIDATE.fullmatch(text)
    if found is None:
        return f"<li>{escape(text)}</li>"
    return f"<li>{escape(found['name'])} <span>{escape(found['id'])}; {escape(found['score'])}</span></li>"


def _table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    def cell(value: object, tag: str) -> str:
        if isinstance(value, int):
            return f'<{tag} class="n">{value:,}</{tag}>'
        return f"<{tag}>{escape(str(value))}</{tag}>"

    body = "".join(f"<tr>{''.join(cell(value, 'td') for value in row)}</tr>" for row in rows)
    return f"<table><tr>{''.join(cell(name, 'th') for name in header)}</tr>{body}</table>"


def _histogram(scores: Sequence[int]) -> str:
    most, height, width = max(scores), 120, 46
    bars = []
    for at, count in enumerate(scores):
        tall = round(height * count / most)
        x = at * width
        bars.append(
            f'<rect x="{x + 3}" y="{height + 16 - tall}" width="{width - 6}" height="{tall}" fill="#3b7dbd"/>'
            f'<text x="{x + width / 2}" y="{height + 12 - tall}" text-anchor="middle">{count:,}</text>'
            f'<text x="{x}" y="{height + 32}" text-anchor="middle">{at / 10:g}</text>'
        )
    bars.append(f'<text x="{len(scores) * width}" y="{height + 32}" text-anchor="middle">1</text>')
    size = f'viewBox="-14 0 {len(scores) * width + 28} {height + 40}" width="{len(scores) * width + 28}"'
    return f'<div class="wide"><svg {size} role="img" aria-label="Rows by score">{"".join(bars)}</svg></div>'


def _flows(successions: Sequence[Mapping[str, Any]]) -> str:
    """Return bands from former units to the units there now; the width of a band is its number of rows."""
    every = sum(one["rows"] for one in successions)
    unit = max(180, 24 * len(successions)) / every
    left, right = _ends(successions, "from", unit), _ends(successions, "to", unit)
    begun, ended = {name: top for name, (top, _) in left.items()}, {name: top for name, (top, _) in right.items()}
    bands = []
    for one in successions:
        wide = max(1.0, one["rows"] * unit)
        y, z = begun[one["from"]] + wide / 2, ended[one["to"]] + wide / 2
        begun[one["from"]] += wide
        ended[one["to"]] += wide
        told = escape(f"{one['from']} → {one['to']}: {_rows(one['rows'])}")
        bands.append(
            f'<path d="M330 {y:.1f} C430 {y:.1f} 470 {z:.1f} 570 {z:.1f}" fill="none" stroke="#3b7dbd" '
            f'stroke-opacity=".45" stroke-width="{wide:.1f}"><title>{told}</title></path>'
        )
    labels = [
        f'<text x="{x}" y="{top + tall / 2 + 4:.1f}" text-anchor="{anchor}">{escape(_cut(name))}</text>'
        for ends, x, anchor in ((left, 322, "end"), (right, 578, "start"))
        for name, (top, tall) in ends.items()
    ]
    height = max(top + tall for ends in (left, right) for top, tall in ends.values()) + 10
    size = f'viewBox="0 0 900 {height:.0f}" width="900"'
    drawn = f'<svg {size} role="img" aria-label="Old units and new ones">{"".join(bands + labels)}</svg>'
    return f'<div class="wide">{drawn}</div>'


def _ends(successions: Sequence[Mapping[str, Any]], side: str, unit: float) -> dict[str, tuple[float, float]]:
    """Return start and height of each unit on one side."""
    tall: dict[str, float] = {}
    for one in successions:
        tall[one[side]] = tall.get(one[side], 0.0) + max(1.0, one["rows"] * unit)
    top, found = 4.0, {}
    for name, height in tall.items():
        found[name] = (top, height)
        top += max(height, 14.0) + 6.0
    return found


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def _cut(name: str) -> str:
    shown = name.replace("|", " | ")
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
