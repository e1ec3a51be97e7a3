"""Run again what the documentation shows: commands with their output, tables of answers, coverage and weights.

``python -m tools.docs`` rewrites the files below where they lie; a test compares them with what this makes of them.
"""

from __future__ import annotations

import csv
import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from resolver import Resolver
from resolver.gazetteer import bundled_path, read_tables
from resolver.model import TYPES
from resolver.scoring import FEATURES

__all__ = ["FILES", "refresh"]

FILES = ("README.md", "CONTRIBUTING.md", "examples/README.md")

_SHOWN = (
    ("Ha Tien City", "2024-11-27"),
    ("quartier de Hà Tiên", "2025-12-01"),
    ("Kien Giang", "2024-11-27"),
    ("Kam Pốt", "2025-12-01"),
    ("Kien Giang Provincial Police", "2024-11-27"),
    ("Colonel Dao Hai Dang", "2024-11-27"),
    ("KiÃªn Giang", "2024-06-30"),
    ("Phú Mỹ", ""),
    ("Springfield, Illinois", ""),
)
_LANGUAGES = {"vi": "Vietnamese", "km": "Khmer", "km-Latn": "romanised Khmer", "en": "English", "fr": "French"}
_LEVELS = {"province": "provinces", "district": "districts", "commune": "communes"}
_OTHERS = {"country": "countries", "person": "people", "organisation": "organisations", "office": "offices"}


def refresh(root: Path) -> None:
    """Rewrite the documentation under a folder, running its commands there."""
    for name in FILES:
        file = root / name
        text = _ran(file.read_text(encoding="utf-8"), root)
        for mark, table in _TABLES.items():
            # Made only where it is shown: each costs a pass over the facts.
            if f"<!-- {mark} -->" in text:
                text = _between(text, mark, table())
        file.write_text(text, encoding="utf-8", newline="\n")


def _ran(text: str, folder: Path) -> str:
    """Replace the output in every ``console`` block by that of its command."""

    def output(block: re.Match[str]) -> str:
        program, *arguments = shlex.split(block["command"])
        ran = subprocess.run(
            [Path(sys.executable).with_name(program), *arguments],
            cwd=folder,
            env=os.environ | {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            check=True,
            encoding="utf-8",
        )
        lines = [line.rstrip() for line in ran.stdout.splitlines()]
        return "\n".join(["```console", f"$ {block['command']}", *lines, "```"])

    return re.sub(r"^```console\n\$ (?P<command>.+)\n(?:.*\n)*?```$", output, text, flags=re.MULTILINE)


def _between(text: str, mark: str, table: str) -> str:
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    return text[: text.index(begin) + len(begin)] + f"\n{table}\n" + text[text.index(end) :]


def _markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def _answers() -> str:
    resolver = Resolver()
    rows = []
    for text, date in _SHOWN:
        match = resolver.resolve(text, date=date)
        if match.entity is None:
            rows.append((f"`{text}`", date, match.status, f"{len(match.candidates)} candidates", ""))
            continue
        change = next(iter(match.changes), None)
        became = f"{change.kind} {change.date}" if change else ""
        now = " \\| ".join(entity.path for entity in match.current) if change else ""
        rows.append(
            (f"`{text}`", date, match.entity.path, f"`{match.entity.id}`", f"{became}: {now}" if became else "")
        )
    return _rows(("mention", "date", "means", "id", "since: what stands there now"), rows)


def _rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in (header, ["---"] * len(header), *rows))


def _coverage() -> str:
    tables = read_tables(bundled_path())
    ended = {
        id_: all(row["valid_to"] for row in rows) for id_, rows in _grouped(tables.standing("versions"), "id").items()
    }
    country = {row["id"]: row["country"] for row in tables["entities"]}
    kinds = {row["id"]: row["type"] for row in tables["entities"]}
    rows: list[tuple[str, Callable[[str], str]]] = []

    def column(id_: str) -> str:
        return country[id_] if country[id_] in {"VN", "KH"} else ""

    def line(label: str, ids: Iterable[str]) -> tuple[str, ...]:
        counts = Counter(column(id_) for id_ in ids)
        return label, *(f"{counts[where]:,}" if counts[where] else "–" for where in ("VN", "KH", ""))

    counted = [
        *(
            line(f"{label} in force", (i for i in kinds if kinds[i] == kind and not ended[i]))
            for kind, label in _LEVELS.items()
        ),
        *(
            line(f"{label} that ended", (i for i in kinds if kinds[i] == kind and ended[i]))
            for kind, label in _LEVELS.items()
        ),
        *(line(label, (i for i in kinds if kinds[i] == kind)) for kind, label in _OTHERS.items()),
        line("tenures of offices", (row["office_id"] for row in tables.standing("tenures"))),
        line("dated changes", (row["from_id"] or row["to_id"] for row in tables.standing("changes"))),
        *(
            line(
                f"names in {label}, beside the official one",
                (row["id"] for row in tables["names"] if row["language"] == tag),
            )
            for tag, label in _LANGUAGES.items()
        ),
    ]
    return _rows((f"as of {tables.as_of}", "Vietnam", "Cambodia", "elsewhere"), counted)
