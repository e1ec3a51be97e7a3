"""Rules for every cell and row of every table: characters, order, keys, and the schema."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from resolver.gazetteer.reader import Row
from resolver.gazetteer.rules.facts import Facts, Finding, is_date

__all__ = ["blanks", "confusable", "date_form", "enum", "foreign_key", "id_form", "invisible", "nfc"]
__all__ += ["primary_key", "required", "sorted_rows"]

DATE_COLUMNS = frozenset({"date", "adopted", "in_force", "valid_from", "valid_to", "attested"})

_ENTITY_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Sources and instruments may have the number of a release: pumi-0.43.0.
_OTHER_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def nfc(facts: Facts) -> Iterator[Finding]:
    """Text is in Unicode normalisation form NFC, so that one name has one spelling."""
    for table, row, column, cell in _not_ascii(facts):
        if not unicodedata.is_normalized("NFC", cell):
            yield Finding(table, row.line, f"{column} {cell!r} is not NFC; normalise it")


def invisible(facts: Facts) -> Iterator[Finding]:
    """No cell holds control, bidi or zero-width characters, line breaks or spaces other than the plain one.

    Khmer is no exception: zero-width spaces only mark words. Names are stored without them, and the keys that are
    compared ignore them in mentions.
    """
    for table, row, column, cell in _cells(facts):
        if not cell.isascii() or not cell.isprintable():
            odd = _invisible_in(cell)
            if odd:
                yield Finding(table, row.line, f"{column} {cell!r} holds {odd}; remove it")


def blanks(facts: Facts) -> Iterator[Finding]:
    """No cell begins or ends with a space or has two spaces in a row."""
    for table, row, column, cell in _cells(facts):
        if cell and (cell[0] == " " or cell[-1] == " " or "  " in cell):
            yield Finding(table, row.line, f"{column} {cell!r} has an extra space; remove it")


def confusable(facts: Facts) -> Iterator[Finding]:
    """No word mixes Latin letters with Cyrillic or Greek ones that look like them."""
    for table, row, column, cell in _not_ascii(facts):
        if _FOREIGN.search(cell):
            for word in _WORD.findall(cell):
                if _FOREIGN.search(word) and _LATIN.search(word):
                    message = f"{column}: {word!r} mixes scripts ({word!a}); write it in Latin letters"
                    yield Finding(table, row.line, message)


def sorted_rows(facts: Facts) -> Iterator[Finding]:
    """Rows are sorted by primary key, then by the whole row, so that a table does not depend on who wrote it."""
    for table, schema in _schemas(facts):
        order = [([row[column] for column in schema["primaryKey"]], list(row.cells.values())) for row in facts[table]]
        for (before, after), row in zip(pairwise(order), facts[table][1:], strict=False):
            if after < before:
                yield Finding(table, row.line, f"{after[0]} comes after {before[0]}; sort the table")


def primary_key(facts: Facts) -> Iterator[Finding]:
    """No two rows of a table have the same primary key."""
    for table, schema in _schemas(facts):
        seen: dict[tuple[str, ...], int] = {}
        for row in facts[table]:
            key = tuple(row[column] for column in schema["primaryKey"])
            if key in seen:
                yield Finding(table, row.line, f"{'|'.join(key)} is already in line {seen[key]}; keep one of them")
            seen.setdefault(key, row.line)


def required(facts: Facts) -> Iterator[Finding]:
    """Required cells are filled; every source gives the licence or legal basis for using its facts."""
    for table, row, field in _constrained(facts, "required"):
        if not row[field["name"]]:
            yield Finding(table, row.line, f"{field['name']} is empty; fill it in")


def enum(facts: Facts) -> Iterator[Finding]:
    """Values are among those that the schema lists, if it lists any."""
    for table, row, field in _constrained(facts, "enum"):
        if row[field["name"]] and row[field["name"]] not in field["constraints"]["enum"]:
            listed = ", ".join(repr(value) for value in field["constraints"]["enum"])
            yield Finding(
                table, row.line, f"{field['name']} {row[field['name']]!r} is not one of {listed}; use one of them"
            )


def id_form(facts: Facts) -> Iterator[Finding]:
    """Ids are lower-case ASCII words and numbers joined by hyphens (or, for sources and instruments, by dots)."""
    for table in ("sources", "instruments", "entities"):
        form = _ENTITY_ID if table == "entities" else _OTHER_ID
        for row in facts[table]:
            if not form.fullmatch(row["id"]):
                yield Finding(table, row.line, f"id {row['id']!r} is not of the form vn-province-an-giang; rename it")


def foreign_key(facts: Facts) -> Iterator[Finding]:
    """Every id of a source, instrument or entity is one of its table."""
    ids = {table: {row["id"] for row in facts[table]} for table in ("sources", "instruments", "entities")}
    for table, schema in _schemas(facts):
        for key in schema.get("foreignKeys", ()):
            column, target = key["fields"], key["reference"]["resource"]
            for row in facts[table]:
                if row[column] and row[column] not in ids[target]:
                    message = f"{column} {row[column]!r} is not in {target}; add it there or fix the id"
                    yield Finding(table, row.line, message)


def date_form(facts: Facts) -> Iterator[Finding]:
    """Dates are days, months or years of the calendar, or two of them in order: 2018-07-26/2019-12-12."""
    for table, schema in _schemas(facts):
        columns = [field["name"] for field in schema["fields"] if field["name"] in DATE_COLUMNS]
        for row in facts[table]:
            for column in columns:
                # Only sightings can be a list.
                parts = row[column].split("|") if column == "attested" else [row[column]]
                if row[column] and not all(map(is_date, parts)):
                    message = f"{column} {row[column]!r} is not a date; write 2025-07-01, 2025-07, 2025 or A/B in order"
                    yield Finding(table, row.line, message)


def _schemas(facts: Facts) -> Iterator[tuple[str, dict[str, Any]]]:
    for resource in facts.tables.package["resources"]:
        yield resource["name"], resource["schema"]


def _constrained(facts: Facts, constraint: str) -> Iterator[tuple[str, Row, dict[str, Any]]]:
    for table, schema in _schemas(facts):
        fields = [field for field in schema["fields"] if field.get("constraints", {}).get(constraint)]
        for row in facts[table]:
            for field in fields:
                yield table, row, field


def _cells(facts: Facts) -> Iterator[tuple[str, Row, str, str]]:
    for table, rows in facts.tables.rows.items():
        for row in rows:
            for column, cell in row.cells.items():
                yield table, row, column, cell


def _not_ascii(facts: Facts) -> Iterator[tuple[str, Row, str, str]]:
    return (found for found in _cells(facts) if not found[3].isascii())


@lru_cache(maxsize=65_536)
def _invisible_in(cell: str) -> str:
    """Return the name of the first invisible character, or an empty text."""
    for letter in cell:
        category = unicodedata.category(letter)
        # The two inherent vowels of Khmer have the category of a mark but are not visible.
        if category[0] == "C" or category in {"Zl", "Zp"} or _SPACES.match(letter) or letter in "\u17b4\u17b5\u034f":
            return unicodedata.name(letter, f"U+{ord(letter):04X}")
    return ""
