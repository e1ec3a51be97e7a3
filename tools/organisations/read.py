"""The tables beside this module, and what their cells mean.

* ``organisations.csv``: organisations whose life is known, one row for each version; ``office_from`` is the start of
  their heads' offices where that is not the organisation's own (``-``: not recorded);
* ``portfolios.csv``: what each ministry is for, in several languages; from it come the names of ministry and minister;
* ``bodies.csv`` and ``forms.csv``: the bodies that every province has with their offices, and the forms of their names.
  The first form of a body, role and scope is the official one. What is in braces is filled in for each province;
* ``offices.csv``, ``names.csv``, ``changes.csv``: what is written out one by one.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Row = dict[str, str]

FACTS = Path(__file__).resolve().parent


@cache
def facts(table: str) -> tuple[Row, ...]:
    """Return the rows of one of this import's own tables."""
    with (FACTS / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


@dataclass(frozen=True)
class Form:
    """A form of names: of which body, role and scope, with braces for what differs."""

    language: str
    text: str
    kind: str
    source: str


@cache
def forms(body: str, role: str, scope: str) -> tuple[Form, ...]:
    """Return the forms of the names of a body or of its head or deputy, the official one first."""
    wanted = (body, role, scope)
    return tuple(
        Form(row["language"], row["text"], row["kind"], row["source_id"])
        for row in facts("forms")
        if (row["body"], row["role"], row["scope"]) == wanted
    )


def portfolios() -> dict[str, list[Row]]:
    """Return the rows of ``portfolios.csv`` by ministry."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in facts("portfolios"):
        found[row["organisation_id"]].append(row)
    return found


def country_of(entity: str) -> str:
    """Return the country whose prefix an id made here has."""
    return {"vn": "VN", "kh": "KH"}.get(entity.partition("-")[0], "")


def interval(valid: str) -> dict[str, str]:
    """Return the two dates of a ``valid`` cell, ``from/to``."""
    start, _, end = valid.partition("/")
    return {"valid_from": start, "valid_to": end} if valid else {}


def covers(valid: str, day: str) -> bool:
    """Return whether a ``valid`` cell covers the first day of a version."""
    start, _, end = valid.partition("/")
    return start <= day and (not end or day < end)
