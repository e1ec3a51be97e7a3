"""Versions of an entity over time: their parents, types and codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from resolver.gazetteer.reader import Row
from resolver.gazetteer.rules.facts import Facts, Finding, days_of
from resolver.model import PLACE_TYPES

__all__ = ["code_form", "code_unique", "has_version", "interval_order", "local_type", "native_name", "overruled"]
__all__ += ["parent_country", "parent_in_force", "parent_level", "version_attested", "version_sequence"]

#: Digits of an official code, by country and type.
CODE_WIDTH = {
    ("VN", "province"): 2,
    ("VN", "district"): 3,
    ("VN", "commune"): 5,
    ("KH", "province"): 2,
    ("KH", "district"): 4,
    ("KH", "commune"): 6,
}

#: Types of possible parents of a type, nearest first; the first may not exist (communes without districts).
PARENT_TYPES: dict[str, tuple[str, ...]] = {
    "country": (),
    "province": ("country",),
    "district": ("province",),
    "commune": ("district", "province"),
    "person": (),
    "organisation": ("organisation",),
    "office": ("organisation",),
}

#: Language of the official names, by country.
NATIVE = {"VN": "vi", "KH": "km"}

_KEYS = {"versions": ("id",), "changes": ("from_id",), "tenures": ("person_id", "office_id")}


def has_version(facts: Facts) -> Iterator[Finding]:
    """Every entity has at least one valid version."""
    for row in facts["entities"]:
        if row["id"] not in facts.versions:
            yield Finding("entities", row.line, f"{row['id']} has no version; add one to versions.csv")


def native_name(facts: Facts) -> Iterator[Finding]:
    """Every place of Vietnam has an official name in Vietnamese, every place of Cambodia one in Khmer.

    The name is in a version, or in ``names`` as ``official`` (for countries, whose versions are in English,
    as any kind of name).
    """
    named = {(row["id"], row["language"]) for row in facts.tables.standing("versions")}
    named |= {
        (row["id"], row["language"])
        for row in facts["names"]
        if row["kind"] == "official" or facts.type(row["id"]) == "country"
    }
    for row in facts["entities"]:
        language = NATIVE.get(row["country"])
        if language and row["type"] in PLACE_TYPES and (row["id"], language) not in named:
            message = f"{row['id']} has no official name in language {language}; add it to names.csv"
            yield Finding("entities", row.line, message)


def interval_order(facts: Facts) -> Iterator[Finding]:
    """An end is after the start, if the start is known to the day."""
    for table in ("versions", "names", "identifiers", "tenures"):
        for row in facts[table]:
            span = facts.span(row)
            if row["valid_from"] and row["valid_to"] and span.start[0] >= span.end[1]:
                message = f"valid_to {row['valid_to']} is not after valid_from {row['valid_from']}; fix the dates"
                yield Finding(table, row.line, message)


def version_sequence(facts: Facts) -> Iterator[Finding]:
    """Each version of an entity starts on the end date of the one before, written the same: no gap, no overlap."""
    for entity, rows in facts.versions.items():
        for before, after in pairwise(rows):
            if before["valid_to"] == after["valid_from"]:
                continue
            ended, started = facts.span(before).end, facts.span(after).start
            if ended[1] < started[0]:
                what = "leaves a gap after"
            elif before["valid_to"] and ended[0] <= started[1]:
                what = "does not write its start the same as the end of"
            else:
                what = "overlaps"
            message = f"the version of {entity} from {after['valid_from'] or 'an unknown day'} {what} that of line "
            message += f"{before.line}, which ends {before['valid_to'] or 'never'}; fix one of the dates"
            yield Finding("versions", after.line, message)


def version_attested(facts: Facts) -> Iterator[Finding]:
    """A version is attested before it ends, and only if its start is not known to the day: by then it had begun."""
    for row in facts["versions"]:
        if not row["attested"]:
            continue
        start, end = (days_of(row[bound]) for bound in ("valid_from", "valid_to"))
        first, last = days_of(row["attested"])
        if row["valid_from"] and start[0] == start[1]:
            message = f"attested on {row['attested']}, although its start is known to the day; leave it empty"
            yield Finding("versions", row.line, message)
        elif (row["valid_to"] and first >= end[1]) or (row["valid_from"] and last < start[0]):
            message = f"attested on {row['attested']}, when it is not in force; fix one of the dates"
            yield Finding("versions", row.line, message)


def parent_in_force(facts: Facts) -> Iterator[Finding]:
    """The parent and the area of a version are in force all the time, from the day on which the version is first seen.

    A version that is not attested may have started with its parent, so only its last known day counts. Imprecise dates
    contradict a parent only if no possible day agrees.
    """
    for rows in facts.versions.values():
        for row in rows:
            span = facts.span(row)
            for column in ("parent_id", "area_id"):
                life = facts.lives.get(row[column])
                if life and (span.surely_starts_before(life) or span.surely_ends_after(life)):
                    message = f"{row['id']} has the {column} {row[column]} while that is not in force; fix one of them"
                    yield Finding("versions", row.line, message)


def parent_level(facts: Facts) -> Iterator[Finding]:
    """A place below a country belongs to a place above its level, an office to an organisation.

    An organisation may belong to another one; countries and persons belong to nothing; an area is a place.
    """
    for row in facts["versions"]:
        kind, parent = facts.type(row["id"]), facts.type(row["parent_id"])
        allowed = PARENT_TYPES.get(kind)
        if allowed is None or (row["parent_id"] and not parent):
            continue
        if parent not in allowed and (parent or kind in {"province", "district", "commune", "office"}):
            wanted = " or ".join(allowed) or "nothing"
            message = f"a {kind} belongs to {wanted}, not to {parent or 'nothing'}; fix parent_id"
            yield Finding("versions", row.line, message)
        area = facts.type(row["area_id"])
        if area and (area not in PLACE_TYPES or kind != "organisation"):
            message = "only an organisation covers an area, and the area is a place; fix area_id"
            yield Finding("versions", row.line, message)


def parent_country(facts: Facts) -> Iterator[Finding]:
    """A parent is in the same country, and so is the place that an organisation covers."""
    for row in facts["versions"]:
        country = facts.country(row["id"])
        for column in ("parent_id", "area_id"):
            other = facts.entities.get(row[column])
            if other and row["id"] in facts.entities and other["country"] != country:
                message = f"{row['id']} is of {country or 'no country'}, its {column} {row[column]} of "
                yield Finding("versions", row.line, f"{message}{other['country'] or 'none'}; fix one of them")


def local_type(facts: Facts) -> Iterator[Finding]:
    """The legal type is one of ``local_types`` for that country and type; countries and persons have none."""
    known = {(row["country"], row["type"], row["local_type"]) for row in facts["local_types"]}
    for row in facts["versions"]:
        kind, country = facts.type(row["id"]), facts.country(row["id"])
        expected = kind not in {"country", "person", ""}
        if (expected and (country, kind, row["local_type"]) not in known) or (
            row["local_type"] and not expected and kind
        ):
            message = (
                f"local_type {row['local_type']!r} is not in local_types for a {kind} of {country or 'no country'}"
            )
            yield Finding("versions", row.line, f"{message}; add it there or fix it")


def code_form(facts: Facts) -> Iterator[Finding]:
    """Official codes have the digits of their level: VN 2, 3, 5 and KH 2, 4, 6; a country's is its ISO code.

    A unit in force has a code; the code of an ended version may be unknown.
    """
    for row in facts["versions"]:
        kind, country = facts.type(row["id"]), facts.country(row["id"])
        width, code = CODE_WIDTH.get((country, kind)), row["code"]
        if width and (code or not row["valid_to"]) and not (len(code) == width and code.isascii() and code.isdigit()):
            message = f"code {code!r} of a {kind} of {country} does not have {width} digits; fix it"
            yield Finding("versions", row.line, message)
        if kind == "country" and code != country:
            yield Finding("versions", row.line, f"code {code!r} of a country is not {country}; fix it")


def code_unique(facts: Facts) -> Iterator[Finding]:
    """On no day do two units of one type and country have the same official code."""
    holders: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for rows in facts.versions.values():
        for row in rows:
            if row["code"]:
                holders[facts.country(row["id"]), facts.type(row["id"]), row["code"]].append(row)
    for (_, kind, code), rows in holders.items():
        for one, other in ((a, b) for i, a in enumerate(rows) for b in rows[i + 1 :]):
            if one["id"] != other["id"] and facts.span(one).surely_meets(facts.span(other)):
                message = (
                    f"{other['id']} has the code {code} of the {kind} {one['id']} (line {one.line}) at the same time"
                )
                yield Finding("versions", other.line, f"{message}; fix a code or a date")


def overruled(facts: Facts) -> Iterator[Finding]:
    """A row with ``preferred`` = ``no`` has another row that overrules it."""
    for table, columns in _KEYS.items():
        standing = {tuple(row[column] for column in columns) for row in facts.tables.standing(table)}
        for row in facts[table]:
            if row["preferred"] == "no" and tuple(row[column] for column in columns) not in standing:
                message = "the row is marked preferred=no, but no row replaces it; unmark it or add that row"
                yield Finding(table, row.line, message)
