"""The rules of the gazetteer's facts, as named checks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from resolver.gazetteer.reader import bundled_path, read_tables
from resolver.gazetteer.rules import cells, changes, counts, instruments, licences, names, released, tenures, versions
from resolver.gazetteer.rules.facts import Facts, Rule

__all__ = ["RULES", "Problem", "check"]

#: Every rule by its name, in the order of checking; the docstring of each says what it requires.
RULES: dict[str, Rule] = {
    "nfc": cells.nfc,
    "invisible": cells.invisible,
    "blanks": cells.blanks,
    "confusable": cells.confusable,
    "sorted": cells.sorted_rows,
    "primary-key": cells.primary_key,
    "required": cells.required,
    "enum": cells.enum,
    "id-form": cells.id_form,
    "foreign-key": cells.foreign_key,
    "date-form": cells.date_form,
    "interval-order": versions.interval_order,
    "overruled": versions.overruled,
    "has-version": versions.has_version,
    "native-name": versions.native_name,
    "version-sequence": versions.version_sequence,
    "version-attested": versions.version_attested,
    "parent-in-force": versions.parent_in_force,
    "parent-level": versions.parent_level,
    "parent-country": versions.parent_country,
    "local-type": versions.local_type,
    "code-form": versions.code_form,
    "code-unique": versions.code_unique,
    "change-sides": changes.change_sides,
    "change-ends": changes.change_ends,
    "change-starts": changes.change_starts,
    "change-version": changes.change_version,
    "border-has-change": changes.border_has_change,
    "end-has-change": changes.end_has_change,
    "split-targets": changes.split_targets,
    "change-parts": changes.change_parts,
    "change-day": instruments.change_day,
    "change-unfounded": instruments.change_unfounded,
    "instrument-days": instruments.instrument_days,
    "instrument-once": instruments.instrument_once,
    "name-repeats": names.name_repeats,
    "language": names.language,
    "script": names.script,
    "identifier-form": names.identifier_form,
    "tenure-sides": tenures.tenure_sides,
    "tenure-in-office": tenures.tenure_in_office,
    "tenure-attested": tenures.tenure_attested,
    "tenure-once": tenures.tenure_once,
    "tenure-succeeded": tenures.tenure_succeeded,
    "tenure-of-government": tenures.tenure_of_government,
    "official-count": counts.official_count,
    "licence": licences.licence,
    "ids-kept": released.ids_kept,
    "ids-replaced": released.ids_replaced,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that breaks a rule: ``line`` is its line in the table's file, ``message`` ends with the remedy."""

    rule: str
    table: str
    line: int
    message: str


def check(path: Path | None = None) -> list[Problem]:
    """Return the problems of a gazetteer folder (default: the bundled one), rule by rule; empty if there are none.

    Raises GazetteerError, naming file and line, if a table cannot be read at all.
    """
    facts = Facts(read_tables(bundled_path() if path is None else path))
    return [
        Problem(name, finding.table, finding.line, finding.message)
        for name, rule in RULES.items()
        for finding in sorted(rule(facts))
    ]
