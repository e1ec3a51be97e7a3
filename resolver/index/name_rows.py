"""The names of all entities: those of the tables, and the spellings that follow from them by rule.

Made by rule are the other ways to write a number, short names of bodies and offices, romanised Khmer names, and the
other spelling of a final *i* or *y* in Vietnamese.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from resolver.gazetteer.reader import Tables
from resolver.index.short_names import shortened
from resolver.model import PLACE_TYPES, Name
from resolver.text import keys, khmer_romanisation, numerals, vietnamese
from resolver.text.localities import is_like_hamlet

__all__ = ["NameRow", "name_rows"]

_SHORTEST_ROMANISED = 5
"""Least letters of a romanised name made by rule: shorter ones may be other words."""

_TYPED_AS_NAMES = "iso3166-2"


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name of an entity, which is given by its number, and the type of the entity."""

    entity: int
    type: str
    name: Name

    @property
    def language(self) -> str:
        """The language of the name."""
        return self.name.language


def name_rows(tables: Tables, records: Sequence[Mapping[str, Any]], numbers: Mapping[str, int]) -> list[NameRow]:
    """Return the names of records, in their order, then those made by rules that look at all names."""
    rows = [row for number, record in enumerate(records) for row in _names(number, record)]
    rows += _identifiers(tables, records, numbers)
    rows += _romanised(rows)
    return [*rows, *_with_other_i(rows)]


def _names(number: int, record: Mapping[str, Any]) -> Iterable[NameRow]:
    found: dict[tuple[str, str], Name] = {}
    for valid_from, valid_to, _type, text, language, *_ in record["versions"]:
        known = found.get((text, language))
        start = known.valid_from if known else valid_from
        found[text, language] = Name(text, language, "official", start, valid_to, text.isdecimal())
    for text, language, kind, valid_from, valid_to, weak in record["names"]:
        found.setdefault((text, language), Name(text, language, kind, valid_from, valid_to, weak or text.isdecimal()))
    if record["type"] in PLACE_TYPES:
        found = {key: replace(one, weak=one.weak or is_like_hamlet(one.text)) for key, one in found.items()}
        for name in list(found.values()):
            for form in numerals.otherwise_written(name.text, record["country"]):
                weak = name.weak or numerals.is_number(form)
                found.setdefault((form, name.language), replace(name, text=form, weak=weak))
    elif record["type"] != "person":
        for name in list(found.values()):
            for form, weak in shortened(name.text, name.language):
                short = replace(name, text=form, kind="alias", weak=name.weak or weak)
                found.setdefault((form, name.language), short)
    return (NameRow(number, record["type"], name) for name in found.values())


def _identifiers(tables: Tables, records: Sequence[Mapping[str, Any]], numbers: Mapping[str, int]) -> Iterable[NameRow]:
    """Yield the codes of ISO 3166-2 as names: people write them instead of names."""
    for row in tables["identifiers"]:
        if row["scheme"] == _TYPED_AS_NAMES and row["id"] in numbers:
            number = numbers[row["id"]]
            name = Name(row["value"], "und", "identifier", row["valid_from"], row["valid_to"], False)
            yield NameRow(number, records[number]["type"], name)


def _romanised(rows: Sequence[NameRow]) -> list[NameRow]:
    """Return romanised Khmer names of places, without those that a place of the same type already has."""
    known = {(row.type, keys.key(row.name.text)) for row in rows}
    official = {row.entity: row.name.text for row in rows if row.name.kind == "official" and row.name.text.isascii()}
    found: dict[tuple[int, str], NameRow] = {}
    for row in rows:
        if row.language == "km" and row.type in PLACE_TYPES:
            text = khmer_romanisation.romanised(row.name.text)
            if len(text) >= _SHORTEST_ROMANISED and (row.type, keys.key(text)) not in known:
                text = khmer_romanisation.spaced(text, official.get(row.entity, "")).title()
                name = replace(row.name, text=text, language="km-Latn", kind="transliteration")
                found.setdefault((row.entity, text), replace(row, name=name))
    return list(found.values())


def _with_other_i(rows: Sequence[NameRow]) -> Iterator[NameRow]:
    """Yield Vietnamese names of places with the other spelling of *i* or *y*: Lí Sơn, Qui Nhơn.

    None where another place of the same type, or one that was called so earlier, is spelt so: the spelling tells it. If
    one of another type was called so later (Phú Quý, in Phú Quí), it is only an alias.
    """
    spelt: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        spelt.setdefault(row.name.text, []).append((row.type, row.name.valid_from))
    for row in rows:
        if row.language == "vi" and row.type in PLACE_TYPES:
            for text in vietnamese.with_other_i(row.name.text):
                others = spelt.get(text, ())
                if all(type_ != row.type and start > row.name.valid_from for type_, start in others):
                    kind = "alias" if others else row.name.kind
                    yield replace(row, name=replace(row.name, text=text, kind=kind))
