"""A change agrees with the versions of the units it names, and the versions agree with the changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from resolver.gazetteer.reader import Row
from resolver.gazetteer.rules.facts import Facts, Finding, days_of
from resolver.text import key

__all__ = ["border_has_change", "change_ends", "change_sides", "change_starts", "change_version", "end_has_change"]
__all__ += ["change_parts", "split_targets"]

ENDING = frozenset({"merged", "split", "absorbed", "abolished"})

#: The column of versions that a kind of change modifies.
ATTRIBUTE = {"renamed": "name", "retyped": "local_type", "reparented": "parent_id", "recoded": "code"}

_PLACES = frozenset({"province", "district", "commune"})


def change_sides(facts: Facts) -> Iterator[Finding]:
    """A change names the units its kind needs: the same unit on both sides if it continues, else two different ones.

    Only ``created`` may have no recorded origin, and only ``abolished`` no successor.
    """
    for row in facts["changes"]:
        one, other, kind = row["from_id"], row["to_id"], row["kind"]
        if kind in ATTRIBUTE and (one != other or not one):
            yield Finding("changes", row.line, f"{kind} is about one unit; give it as from_id and as to_id")
        elif (not one and kind != "created") or (not other and kind != "abolished"):
            missing = "to_id" if one else "from_id"
            yield Finding("changes", row.line, f"{kind} has no {missing}; fill it in")
        elif one == other and kind in ENDING | {"created"}:
            yield Finding("changes", row.line, f"{kind} leads from {one} to itself; fix an id or the kind")


def change_ends(facts: Facts) -> Iterator[Finding]:
    """A unit that was merged, split, absorbed or abolished ends that day; after any other change it continues.

    The unit that absorbs another continues or starts; it is the ``to_id``.
    """
    for row in facts.changes:
        last = _last(facts, row["from_id"])
        if last is None or row["from_id"] == row["to_id"]:
            continue
        ended = last["valid_to"] or "never"
        if row["kind"] in ENDING and last["valid_to"] != row["date"]:
            message = f"{row['from_id']} is {row['kind']} on {row['date']} but ends {ended}; fix one of the dates"
            yield Finding("changes", row.line, message)
        elif row["kind"] not in ENDING and last["valid_to"] == row["date"]:
            message = f"{row['from_id']} ends on {ended}, which {row['kind']} does not say; call it split or merged"
            yield Finding("changes", row.line, message)


def change_starts(facts: Facts) -> Iterator[Finding]:
    """A unit that was created starts that day; one that absorbs another is in force from that day on."""
    for row in facts.changes:
        versions = facts.versions.get(row["to_id"])
        if not versions or row["from_id"] == row["to_id"]:
            continue
        started, life, days = versions[0]["valid_from"], facts.lives[row["to_id"]], days_of(row["date"])
        if row["kind"] == "created" and started != row["date"]:
            message = f"{row['to_id']} is created on {row['date']} but starts {started or 'on an unknown day'}"
            yield Finding("changes", row.line, f"{message}; fix one of the dates")
        elif life.start[0] > days[1] or life.end[1] <= days[0]:
            message = f"{row['to_id']} takes the place of {row['from_id']} on {row['date']} but is not in force then"
            yield Finding("changes", row.line, f"{message}; fix a date or the to_id")


def change_version(facts: Facts) -> Iterator[Finding]:
    """A unit that was renamed, retyped, reparented or recoded has from that day a version that differs in that."""
    for row in facts.changes:
        column, versions = ATTRIBUTE.get(row["kind"]), facts.versions.get(row["from_id"])
        if not column or not versions or row["from_id"] != row["to_id"]:
            continue
        border = next((pair for pair in pairwise(versions) if pair[1]["valid_from"] == row["date"]), None)
        if border is None or border[0][column] == border[1][column]:
            message = f"{row['from_id']} is {row['kind']} on {row['date']}, but no version changes its {column} then"
            yield Finding("changes", row.line, f"{message}; fix a date or versions.csv")


def border_has_change(facts: Facts) -> Iterator[Finding]:
    """Two consecutive versions of a place differ, and a change says how: renamed, retyped, reparented.

    A code that changes with the parent needs no change of its own. Two official lists that spell one name
    differently, in its marks or one letter (Đắk Long, Đăk Long; Tà Si Láng, Tà Xi Láng), are not a renaming.
    """
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in facts.changes:
        if row["from_id"] == row["to_id"]:
            told[row["from_id"], row["date"]].add(row["kind"])
    for entity, versions in facts.versions.items():
        if facts.type(entity) not in _PLACES:
            continue
        for before, after in pairwise(versions):
            changed = {kind for kind, column in ATTRIBUTE.items() if before[column] != after[column]}
            if _spelt_alike(before["name"], after["name"]):
                changed.discard("renamed")
            # If the code before is not known, it is not known whether it changed.
            if not before["code"] or "reparented" in changed:
                changed.discard("recoded")
            missing = changed - told[entity, after["valid_from"]]
            border = f"the version of {entity} from {after['valid_from']}"
            if missing:
                kinds = ", ".join(sorted(missing))
                yield Finding("versions", after.line, f"{border} was {kinds}, which changes.csv does not say; add it")
            elif all(before[column] == after[column] for column in ATTRIBUTE.values()):
                yield Finding("versions", after.line, f"{border} repeats that of line {before.line}; join them")


def end_has_change(facts: Facts) -> Iterator[Finding]:
    """A place that ended has a change on that day that says what became of it, even if it has no successor."""
    told = {(row["from_id"], row["date"]) for row in facts.changes if row["kind"] in ENDING}
    for entity, versions in facts.versions.items():
        last = versions[-1]
        if facts.type(entity) in _PLACES and last["valid_to"] and (entity, last["valid_to"]) not in told:
            message = f"{entity} ends on {last['valid_to']}, but no change says how; add it to changes.csv"
            yield Finding("versions", last.line, message)


def split_targets(facts: Facts) -> Iterator[Finding]:
    """A unit that was split has at least two successors, unless the rows say that only a part of it is recorded."""
    splits: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in facts.changes:
        if row["kind"] == "split":
            splits[row["from_id"], row["date"]].append(row)
    for (entity, date), rows in splits.items():
        partial = any("part" in (row["extent"], row["population"]) for row in rows)
        if len({row["to_id"] for row in rows}) < 2 and not partial:
            message = f"{entity} is split on {date} but has only one successor; call it merged or add the others"
            yield Finding("changes", rows[0].line, message)


def change_parts(facts: Facts) -> Iterator[Finding]:
    """A unit whose whole area or population went to one other on a day has no second row that gives some of it away."""
    told: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in facts.changes:
        if row["kind"] in ENDING and row["to_id"]:
            told[row["from_id"], row["date"]].append(row)
    for (entity, date), rows in told.items():
        for column in ("extent", "population"):
            given = [row for row in rows if row[column] in {"whole", "part"}]
            whole = next((row for row in given if row[column] == "whole"), None)
            if whole and len(given) > 1:
                message = (
                    f"the whole {column} of {entity} goes to {whole['to_id']} on {date}, but other rows give it too"
                )
                yield Finding("changes", whole.line, f"{message}; call them part or remove one")


def _spelt_alike(one: str, other: str) -> bool:
    """Return whether two names differ only in marks, case or spaces, in i for y, or in one letter of a longer name."""
    first, second = key(one).replace("y", "i"), key(other).replace("y", "i")
    if len(first) != len(second):
        return False
    letters = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return not letters or (len(letters) == 1 and len(first) > 5 and "".join(letters[0]).isalpha())


def _last(facts: Facts, entity: str) -> Row | None:
    versions = facts.versions.get(entity)
    return versions[-1] if versions else None
