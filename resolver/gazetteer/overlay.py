"""Names and entities that a user adds to the tables of a gazetteer.

An overlay is a folder with some of the tables, each with the rows to add. Aliases are names for existing entities. Both
are joined with the gazetteer's tables in a folder of the cache, whose name has a digest of all of them. This folder is
read like any other gazetteer. Errors name the file and line of the wrong row.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from resolver.atomic import part_in, reason, take_place, writing
from resolver.dates import parse_date
from resolver.errors import InputError
from resolver.gazetteer.description import PACKAGE_FILE, read_bytes
from resolver.gazetteer.reader import bundled_path, digest, read_tables
from resolver.gazetteer.rules.facts import Facts
from resolver.gazetteer.validate import RULES, Problem, check
from resolver.text import is_khmer

__all__ = ["Alias", "aliases_of", "is_overlay", "joined_folder", "problems_of"]

_SOURCE = "own"
_SOURCE_ROW = {
    "id": _SOURCE,
    "title": "names and facts of the user's own",
    "publisher": "the user",
    "licence": "the user's",
}
_ALIAS_COLUMNS = ("text", "id", "language", "valid_from", "valid_to")
_LANGUAGES = {"vn": "vi", "kh": "km-Latn"}
_LONGEST_NAME = 300
_MOST_BYTES = 64 * 1024 * 1024
_MOST_PROBLEMS = 3
_NOT_ASKED = ("sorted", "official-count", "ids-kept", "native-name", "licence", "code-form", "parent-level")
"""Rules that added rows need not obey: about whole tables, official codes and official levels."""


class Alias(NamedTuple):
    """An additional name for an entity; ``path`` and ``line`` say where it was read."""

    text: str
    id: str
    language: str = ""
    valid_from: str = ""
    valid_to: str = ""
    path: str = "aliases"
    line: int = 0


def aliases_of(given: str | Path | Mapping[str, str] | Iterable[Sequence[str]]) -> list[Alias]:
    """Return aliases from a CSV file, from a mapping of texts to ids, or from rows of text, id, language, interval.

    A file has the columns ``text`` and ``id``, and may have ``language``, ``valid_from`` and ``valid_to`` (the first
    day on which the name is no longer in use). Raises ``InputError``, naming file and line, if it cannot be read.
    """
    if isinstance(given, (str, Path)):
        return list(_from_file(Path(given)))
    rows: Iterable[Sequence[str]] = given.items() if isinstance(given, Mapping) else given
    return [
        _checked(dict(zip(_ALIAS_COLUMNS, row, strict=False)), "aliases", number)
        for number, row in enumerate(rows, start=1)
    ]


def is_overlay(folder: Path, base: Path) -> bool:
    """Return whether a folder has some of a gazetteer's tables without being a gazetteer itself."""
    names = set(_table_files(base))
    return not (folder / PACKAGE_FILE).exists() and any((folder / name).is_file() for name in names)


def joined_folder(base: Path, overlay: Path | None, aliases: Sequence[Alias], root: Path) -> Path:
    """Return the folder, below ``root``, in which the tables of a gazetteer are joined with added rows.

    It is created if it does not exist. Raises ``InputError`` if a row is wrong.
    """
    own = _overlay_bytes(overlay, base)
    hasher = hashlib.blake2b(digest(base).encode(), digest_size=16)
    for name, content in sorted(own.items()):
        hasher.update(name.encode() + b"\0" + content)
    hasher.update(json.dumps([alias[:5] for alias in aliases], ensure_ascii=False).encode())
    target = root / f"own-{hasher.hexdigest()}"
    if (target / PACKAGE_FILE).is_file():
        return target
    with writing(root):
        root.mkdir(parents=True, exist_ok=True)
        with part_in(root) as part:
            part.mkdir()
            _check(part, _join(base, part, own, aliases, overlay))
            take_place(part, target)
    return target


def _table_files(base: Path) -> dict[str, dict[str, Any]]:
    """Return the description of each table by its file."""
    package = json.loads(read_bytes(base, PACKAGE_FILE))
    return {resource["path"]: resource for resource in package["resources"]}


def problems_of(folder: Path | None) -> list[Problem]:
    """Return the problems of a gazetteer's folder (default: the bundled one), or of the rows of an overlay on that.

    Raises ``GazetteerError`` and ``InputError``, naming file and line, where a table cannot be read at all.
    """
    base = bundled_path()
    if folder is None or not is_overlay(folder, base):
        return check(folder)
    with tempfile.TemporaryDirectory() as part:
        places = _join(base, Path(part), _overlay_bytes(folder, base), (), folder)
        return [
            Problem(rule, Path(path).stem, line, message) for (path, line), message, rule in _found(Path(part), places)
        ]


def _overlay_bytes(overlay: Path | None, base: Path) -> dict[str, bytes]:
    known = _table_files(base)
    found: dict[str, bytes] = {}
    for file in sorted(overlay.glob("*.csv")) if overlay else ():
        if file.name not in known:
            remedy = f"the tables are {', '.join(sorted(known))}"
            raise InputError("this is no table of the gazetteer", path=file, remedy=remedy)
        found[file.name] = _content(file)
    return found


_Place = tuple[str, int]
"""A file and a line in it."""


def _join(
    base: Path, part: Path, own: Mapping[str, bytes], aliases: Sequence[Alias], overlay: Path | None
) -> dict[tuple[str, int], _Place]:
    """Write the joined tables; return for each row of an overlay's table and line where it was written first."""
    tables = read_tables(base)
    places: dict[tuple[str, int], _Place] = {}
    known = {row["id"] for row in tables["entities"]}
    named = {(row["id"], row["text"]) for row in tables["names"]}
    for file, resource in _table_files(base).items():
        columns = [field["name"] for field in resource["schema"]["fields"]]
        added: list[tuple[dict[str, str], tuple[str, int]]] = []
        if file in own and overlay is not None:
            added += _overlay_rows(overlay / file, own[file], columns)
        if resource["name"] == "entities":
            known |= {row["id"] for row, _ in added}
        if resource["name"] == "sources":
            added.append((_SOURCE_ROW, ("", 0)))
        if resource["name"] == "names":
            added += [
                (_name_row(alias, known), (alias.path, alias.line))
                for alias in aliases
                if (alias.id, alias.text) not in named
            ]
        content = read_bytes(base, file).decode("utf-8")
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([row.get(name, "") for name in columns] for row, _ in added)
        (part / file).write_text(content + out.getvalue(), encoding="utf-8", newline="")
        first = content.count("\n") + 1
        places |= {(resource["name"], first + number): place for number, (_, place) in enumerate(added)}
    (part / PACKAGE_FILE).write_bytes(read_bytes(base, PACKAGE_FILE))
    return places if own else {}


def _found(folder: Path, places: Mapping[tuple[str, int], _Place]) -> list[tuple[_Place, str, str]]:
    """Return where a row that was added breaks a rule of the gazetteer, with the message and the rule."""
    if not places:
        return []
    facts = Facts(read_tables(folder))
    return [
        (places[finding.table, finding.line], finding.message, name)
        for name, rule in RULES.items()
        if name not in _NOT_ASKED
        for finding in rule(facts)
        if (finding.table, finding.line) in places
    ]


def _check(folder: Path, places: Mapping[tuple[str, int], _Place]) -> None:
    """Raise ``InputError`` where a row that was added breaks a rule of the gazetteer."""
    found = _found(folder, places)
    if not found:
        return
    (path, line), message, rule_name = found[0]
    told = "; ".join(
        f"{Path(other).name}, line {number}: {more}" for (other, number), more, _ in found[1:_MOST_PROBLEMS]
    )
    more = f"; also {told}" if told else ""
    rest = f" and {len(found) - _MOST_PROBLEMS} more" if len(found) > _MOST_PROBLEMS else ""
    raise InputError(f"{message} [{rule_name}]{more}{rest}", path=path, line=line)


def _overlay_rows(
    file: Path, content: bytes, columns: Sequence[str]
) -> Iterator[tuple[dict[str, str], tuple[str, int]]]:
    """Yield the rows of a table of an overlay, each with its file and line; columns that are left out are empty."""
    for line, row in _rows(file, content, columns):
        if "source_id" in columns and not row.get("source_id"):
            row["source_id"] = _SOURCE
        yield row, (str(file), line)


def _from_file(file: Path) -> Iterator[Alias]:
    for line, row in _rows(file, _content(file), _ALIAS_COLUMNS, needed=("text", "id")):
        yield _checked(row, str(file), line)


def _checked(row: Mapping[str, str], path: str, line: int) -> Alias:
    text = unicodedata.normalize("NFC", " ".join(row.get("text", "").split()))
    if not text or len(text) > _LONGEST_NAME:
        problem = "the text is empty" if not text else f"a text of more than {_LONGEST_NAME} letters"
        raise InputError(problem, path=path, line=line, remedy="write the name as it stands in your tables")
    dates = []
    for name in ("valid_from", "valid_to"):
        date = parse_date(row.get(name, ""))
        if date is None:
            problem = f"{name} {row[name][:40]!r} is no date"
            raise InputError(problem, path=path, line=line, remedy="write 2025-07-01, or leave it empty")
        dates.append(date)
    begins, ends = dates
    return Alias(text, row.get("id", "").strip(), row.get("language", "").strip(), begins, ends, path, line)


def _name_row(alias: Alias, known: set[str]) -> dict[str, str]:
    if alias.id not in known:
        problem = f"there is no entity {alias.id!r} in the gazetteer"
        raise InputError(problem, path=alias.path, line=alias.line, remedy="give an id, such as vn-province-an-giang")
    usual = "km" if is_khmer(alias.text) else _LANGUAGES.get(alias.id[:2], "und")
    return {
        "id": alias.id,
        "text": alias.text,
        "language": alias.language or usual,
        "kind": "alias",
        "valid_from": alias.valid_from,
        "valid_to": alias.valid_to,
        "source_id": _SOURCE,
    }


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InputError(f"more than {_MOST_BYTES:,} bytes", path=file, remedy="give fewer rows")
        return file.read_bytes()
    except OSError as error:
        raise InputError(reason(error), path=file, remedy="check the path and its permissions") from None


def _rows(
    file: Path, content: bytes, columns: Sequence[str], needed: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and the cells of each row of a small CSV table whose header has some of the columns."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError("this is not UTF-8", path=file, line=line, remedy="save it as CSV UTF-8") from None
    lines = text.splitlines(keepends=True)
    delimiter = max(",;\t", key=(lines[0] if lines else "").count)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        wrong = [name for name in header if name not in columns]
        missing = [name for name in needed if name not in header]
        if wrong or missing or not header:
            told = (
                f"there is no column {missing[0]!r}"
                if missing
                else f"unknown column {wrong[0]!r}"
                if wrong
                else "it is empty"
            )
            raise InputError(told, path=file, line=1, remedy=f"the columns are {', '.join(columns)}")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                told = f"the row has {len(cells)} cells, the header {len(header)}"
                raise InputError(told, path=file, line=reader.line_num, remedy="fix the row")
            yield reader.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise InputError(str(error), path=file, line=reader.line_num, remedy="fix the quoting") from None
