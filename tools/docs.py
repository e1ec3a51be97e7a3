"""Regenerate what the documentation shows: commands with their output, tables of answers, coverage and weights.

``python -m tools.docs`` rewrites the files below where they lie; a test compares them with what this makes of them.
"""

from __future__ import annotations

import ast
import csv
import io
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from resolver import Match, Resolver
from resolver.gazetteer.export import export
from resolver.gazetteer.reader import bundled_path, read_tables
from resolver.history.coverage import statistics
from resolver.history.history import History
from resolver.matching.features import FEATURES
from tests.test_architecture import MODULES, PACKAGES, TIERS, exported, own_imports
from tools import doc_commands
from tools.doc_accuracy import accuracy, calibration
from tools.notebook import NOTEBOOK, executed

__all__ = ["COVERAGE", "FILES", "refresh"]

COVERAGE = "gazetteer/COVERAGE.md"
"""What ``resolver gazetteer stats`` prints."""

_ROOT = Path(__file__).resolve().parent.parent

FILES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    *(f"{folder}/README.md" for folder in ("examples", "gazetteer")),
    *sorted(file.relative_to(_ROOT).as_posix() for file in (_ROOT / "docs").rglob("*.md")),
)
"""Every page of the documentation."""

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
_EVE = "2025-06-30"
_ENTERED = "vn-30-2026-qh16"
_LANGUAGES = {"vi": "Vietnamese", "km": "Khmer", "km-Latn": "romanised Khmer", "en": "English", "fr": "French"}
_COUNTRIES = ("VN", "KH")
_LEVELS = {"province": "provinces", "district": "districts", "commune": "communes"}
_OTHERS = {"country": "countries", "person": "people", "organisation": "organisations", "office": "offices"}


def refresh(root: Path) -> None:
    """Rewrite the documentation under a folder, running its commands there."""
    for name in FILES:
        file = root / name
        with doc_commands.working_folder(file, root) as folder:
            text = doc_commands.ran(file.read_text(encoding="utf-8"), folder)
        for mark in re.findall(r"^<!-- (\w+) -->$", text, re.MULTILINE):
            text = _between(text, mark, _TABLES[mark]())
        file.write_text(text, encoding="utf-8", newline="\n")
    (root / NOTEBOOK).write_text(executed(root / NOTEBOOK), encoding="utf-8", newline="\n")
    (root / COVERAGE).write_text(f"{statistics()}\n", encoding="utf-8", newline="\n")


def _between(text: str, mark: str, table: str) -> str:
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    return text[: text.index(begin) + len(begin)] + f"\n{table}\n" + text[text.index(end) :]


def _markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in (header, ["---"] * len(header), *rows))


def _answers() -> str:
    resolver = Resolver()
    matches = [resolver.resolve(text, date=date) for text, date in _SHOWN]
    header = ("mention", "date", "answer", "id", "what stands there now")
    return _markdown(header, ((f"`{match.mention.text}`", match.mention.date, *_answer(match)) for match in matches))


def _answer(match: Match) -> tuple[str, str, str]:
    if match.entity is None:
        return f"*{match.status}*", "", f"one of {len(match.candidates)}" if match.candidates else ""
    now = "; ".join(entity.path for entity in match.current)
    since = f"{match.changes[0].kind} {match.changes[0].date}: {now}" if match.changes else ""
    return match.entity.path, f"`{match.entity.id}`", since


def _coverage() -> str:
    tables = read_tables(bundled_path())
    kinds = {row["id"]: row["type"] for row in tables["entities"]}
    countries = {row["id"]: row["country"] for row in tables["entities"]}
    in_force = {row["id"] for row in tables.standing("versions") if not row["valid_to"]}

    def counted(label: str, ids: Iterable[str]) -> tuple[str, ...]:
        counts = Counter(countries[id_] if countries[id_] in _COUNTRIES else "" for id_ in ids)
        return label, *(f"{counts[country]:,}" for country in (*_COUNTRIES, ""))

    rows = [counted(f"{label} in force", (i for i in in_force if kinds[i] == kind)) for kind, label in _LEVELS.items()]
    rows += [
        counted(f"{label} that ended", (i for i in kinds if kinds[i] == kind and i not in in_force))
        for kind, label in _LEVELS.items()
    ]
    rows += [counted(label, (i for i in kinds if kinds[i] == kind)) for kind, label in _OTHERS.items()]
    rows.append(counted("tenures", (row["person_id"] for row in tables.standing("tenures"))))
    rows.append(counted("dated changes", (row["from_id"] or row["to_id"] for row in tables.standing("changes"))))
    rows += [
        counted(f"further names in {label}", (row["id"] for row in tables["names"] if row["language"] == tag))
        for tag, label in _LANGUAGES.items()
    ]
    return _markdown((f"state of {tables.as_of}", "Vietnam", "Cambodia", "elsewhere"), rows)


def _keys() -> str:
    """Count the places in force on the eve of the reform that have each key of ``gazetteer export keys.csv``."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "keys.csv"
        export(file)
        with file.open(encoding="utf-8", newline="") as lines:
            rows = [row for row in csv.DictReader(lines) if row["first_day"] <= _EVE < row["end_day"]]
    columns = ("code", "pcode", "iso_3166_2", "wikidata", "geonames")
    table = []
    for country, type_ in ((country, level) for country in _COUNTRIES for level in _LEVELS):
        units = [row for row in rows if (row["country"], row["type"]) == (country, type_)]
        counts = (f"{sum(bool(row[column]) for row in units):,}" for column in columns)
        table.append((f"{_LEVELS[type_]} of {country}", f"{len(units):,}", *counts))
    return _markdown(("", "places", *(f"`{column}`" for column in columns)), table)


def _licences() -> str:
    tables = read_tables(bundled_path())
    licence = {row["id"]: row["licence"] for row in tables["sources"]}
    sources = Counter(licence.values())
    rows = Counter(
        licence[row["source_id"]] for name, table in tables.rows.items() if name != "sources" for row in table
    )
    ranked = sorted(sources, key=lambda name: (-rows[name], name))
    counts = ((name, f"{sources[name]:,}", f"{rows[name]:,}") for name in ranked)
    return _markdown(("licence or basis", "sources", "rows"), counts)


def _weights() -> str:
    rows = ((f"`{feature.name}`", f"{feature.weight:+.1f}", feature.says) for feature in FEATURES)
    return _markdown(("feature", "weight", "what it says"), rows)


def _modules() -> str:
    rows = []
    for name in (name for tier in TIERS for name in tier if name):
        rows.append((f"`{name}`", _purpose(name)))
    return _markdown(("module", "what it is for"), rows)


def _packages() -> str:
    """Return the packages in order: the purpose of each, what it exports, and which others it uses."""
    rows = []
    for package in PACKAGES:
        purpose = _purpose(package).removesuffix(".")
        modules = [name for name in MODULES if name == package or name.startswith(f"{package}.")]
        used = {one.split(".")[0] for name in modules for one in own_imports(name)} & set(PACKAGES) - {package}
        offered = "" if package == "text" else ", ".join(sorted(f"`{one.split('.')[1]}`" for one in exported(package)))
        rows.append((f"`{package}/`", purpose, offered, ", ".join(one for one in PACKAGES if one in used)))
    return _markdown(("package", "what it is for", "modules that others use", "uses"), rows)


def _purpose(module: str) -> str:
    return (ast.get_docstring(ast.parse(MODULES[module].read_text(encoding="utf-8"))) or "").splitlines()[0]


_MATCH = {
    "mention": "the query: `text`, `types`, `countries`, `date`, `within`",
    "status": "`matched`, `ambiguous`, `unmatched`, `blank`",
    "entity": "the entity meant, `null` unless matched: `id`, `type`, `country`, `name`, `path`, `code`, `local_type`, "
    "`valid_from`, `valid_to`",
    "score": "probability, 0 to 1",
    "method": "as in the column of that name",
    "dating": "as in the column of that name",
    "evidence": "evidence for and against: `feature`, `weight` (log-odds), `text`",
    "candidates": "all likely entities, best first: `entity`, `score`, `method`, `dating`, `evidence`",
    "changes": "what happened since: `date`, `kind`, `from_id`, `to_id`, `extent`, `population`, `instrument`, `note`, "
    "`source_id`",
    "current": "what stands there at the target date: entities",
    "current_known": "`false` if that is not known",
    "held": "offices a person held then: `person_id`, `office_id`, `office`, `valid_from`, `valid_to`, `attested`, "
    "`acting`, `person`",
    "holders": "who held an office then, with the same fields",
    "note": "one sentence for a reader",
    "gazetteer_date": "the day up to which the facts are complete",
    "remainder": "the words of an address that name no place: house, street, hamlet",
    "common": "for an ambiguous mention the smallest place that contains all candidates, else `null`",
    "common_current": "what stands there at the target date, if it is the same for all candidates: entities",
}
_HISTORY = {
    "date": "the day up to which the facts are complete",
    "entity": "the entity in its current or last version",
    "versions": "its names, types, parents and codes: `valid_from`, `valid_to`, `local_type`, `name`, `language`, "
    "`parent_id`, `area_id`, `code`",
    "names": "other names: `text`, `language`, `kind`, `valid_from`, `valid_to`, `weak`",
    "before": "tree of its predecessors",
    "own": "changes after which it continued as the same entity",
    "after": "tree of its successors",
    "beside": "changes by which others went, on the same day, into what it became as a whole: its partners in a merger",
    "parts": "successors of the units of a dissolved unit: `date`, `entity`, `taken` (the units in it), `instruments`",
    "today": "what stands there now; empty if that is not known",
    "tenures": "who held the office, or which offices the person held",
    "units": "every entity of the trees, itself first: `id`, `versions`, and for each of these its wording in `titles` "
    "and `paths`, and its own `changes`",
}


def _fields(record: type, told: Mapping[str, str]) -> str:
    """Return a table of a record's fields, each of which must be described."""
    return _markdown(("field", "content"), ((f"`{field.name}`", told[field.name]) for field in fields(record)))


def _resolution() -> str:
    """Return the rows that enter one resolution."""
    tables = read_tables(bundled_path())
    keys = {"instruments": "id", "changes": "instrument_id"}
    rows = {table: [row for row in tables[table] if row[key] == _ENTERED] for table, key in keys.items()}
    retyped = {row["from_id"] for row in rows["changes"]}
    rows["versions"] = [row for row in tables["versions"] if row["id"] in retyped]
    cited = {row["source_id"] for row in rows["changes"]}
    rows["sources"] = [row for row in tables["sources"] if row["id"] in cited]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for table in ("sources", "instruments", "versions", "changes"):
        text.write(f"# {table}.csv\n")
        writer.writerows(row.cells.values() for row in rows[table])
    return f"```text\n{text.getvalue()}```"


_TABLES: dict[str, Callable[[], str]] = {
    "accuracy": accuracy,
    "answers": _answers,
    "calibration": calibration,
    "coverage": _coverage,
    "keys": _keys,
    "history": lambda: _fields(History, _HISTORY),
    "licences": _licences,
    "match": lambda: _fields(Match, _MATCH),
    "modules": _modules,
    "packages": _packages,
    "resolution": _resolution,
    "weights": _weights,
}


if __name__ == "__main__":
    refresh(_ROOT)
