"""Measure how right the resolver is: labelled cases, and samples drawn from the gazetteer with a fixed seed.

    python -m tests.eval.run            # prints the table, writes record.csv and summary.csv beside this file
    python -m tests.eval.run --check    # writes nothing, exits 1 where they differ from what is committed; no sweeps

``record.csv`` has one line for each case of ``cases.csv`` and ``role_cases.csv``, so that a diff shows which flipped.
The role cases that are ``held out`` (drawn by lot, or written afterwards) are counted, but not shown, so that nobody
tunes to them.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from resolver import Resolver
from resolver.gazetteer.reader import bundled_path, read_tables
from resolver.model import PLACE_TYPES, EntityType, Match, Mention
from resolver.text import keys
from tests import drawn_addresses as addresses
from tests import samples
from tests.eval import clusters, field, pairs, passages, side_by_side, sweeping
from tests.samples import VERDICTS, Verdict

HERE = Path(__file__).parent
MISSPELT = 2_000
ADDRESSES = 1_000


@dataclass(frozen=True, slots=True)
class Case:
    """A mention, and the answer that a careful person would give."""

    id: str
    mention: Mention
    status: str
    ids: frozenset[str]
    group: str
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """How the answers of one group are to be counted."""

    name: str
    verdicts: Counter[Verdict]


def read_cases(path: Path = HERE / "cases.csv") -> list[Case]:
    """Read labelled cases; ``\\uXXXX`` stands for a character that an editor would hide or change."""
    return [
        Case(
            row["id"],
            Mention(
                re.sub(r"\\u([0-9A-F]{4})", lambda code: chr(int(code[1], 16)), row["mention"]),
                _types(row["type"]),
                _split(row["country"]),
                row["date"],
                _split(row["within"]),
            ),
            row["expected_status"],
            frozenset(_split(row["expected_id"])),
            row["group"],
            row["reason"],
        )
        for row in _read(path)
    ]


def verdict(case: Case, match: Match) -> Verdict:
    """Return how an answer is to be counted: a match that is not the expected one is wrong, whatever was expected."""
    if match.status == "matched":
        right = case.status == "matched" and match.entity is not None and match.entity.id in case.ids
        return "right" if right else "wrong"
    if match.status == "ambiguous":
        named = not case.ids or any(candidate.entity.id in case.ids for candidate in match.candidates)
        if not named:
            return "ambiguous without"
        return "right" if case.status == "ambiguous" else "ambiguous"
    return "right" if case.status == match.status else "missed"


def run_cases(resolver: Resolver, cases: list[Case]) -> list[tuple[Case, Match, Verdict]]:
    """Return the answers to labelled cases with their verdicts."""
    matches = resolver.resolve_many([case.mention for case in cases])
    return [(case, match, verdict(case, match)) for case, match in zip(cases, matches, strict=True)]


def every_name(resolver: Resolver, form: samples.Form, *, known: bool) -> Group:
    """Return how every name of the gazetteer is found in a form; ``known`` gives its type and a date."""
    rows = [(row, text) for row in samples.name_rows() if (text := samples.spelt(row, form))]
    asked = [samples.asked(row, text, typed=known, dated=known) for row, text in rows]
    matches = resolver.resolve_many(asked)
    counts = Counter(samples.judge(row, match) for (row, _), match in zip(rows, matches, strict=True))
    return Group(f"every name, {form}, {'type and date' if known else 'alone'}", counts)


def misspelt(resolver: Resolver, *, letters_only: bool, known: bool) -> Group:
    """Return how names with one edit are found."""
    drawn = list(samples.misspelt_rows(MISSPELT, letters_only=letters_only))
    matches = resolver.resolve_many([samples.asked(d.row, d.text, typed=known, dated=known) for d in drawn])
    counts = Counter(samples.judge(d.row, match) for d, match in zip(drawn, matches, strict=True))
    edit = "one letter" if letters_only else "one character"
    return Group(f"{edit} wrong, {'type and date' if known else 'alone'}", counts)


def addressed(resolver: Resolver, kind: str) -> Group:
    """Return how addresses of a kind, drawn from the gazetteer, are found: undated, of all types."""
    drawn = addresses.draw(kind, ADDRESSES)
    matches = resolver.resolve_many([one.mention for one in drawn])
    return Group(f"addresses, {kind}", addresses.counts(drawn, matches))


def cambodian(resolver: Resolver) -> Group:
    """Return how many Cambodian addresses are taken for Vietnamese ones."""
    offered = addresses.cambodian()
    matches = resolver.resolve_many([one.mention for one in offered])
    wrong = Counter[Verdict]("wrong" if match.status == "matched" else "right" for match in matches)
    return Group("addresses, Cambodian as Vietnamese", wrong)


def legacy(resolver: Resolver, path: Path) -> Iterator[Group]:
    """Yield how addresses labelled with the names of their parts are found, by the labels' groups and notes."""
    rows = list(_read(path))
    matches = resolver.resolve_many([row["text"] for row in rows])
    judged = [(row["note"], _legacy_verdict(row, match)) for row, match in zip(rows, matches, strict=True)]
    notes = Counter(note for note, _ in judged)
    for note in [note for note, count in notes.most_common() if count > 2]:
        yield Group(f"legacy, {note}", Counter(found for of, found in judged if of == note))
    yield Group("legacy", Counter(found for _, found in judged))


def crosswalk(resolver: Resolver, path: Path) -> Iterator[Group]:
    """Yield how addresses of before 2025-07-01 are found, by form, and how often what stands there now is right."""
    rows = list(_read(path))
    for form in ("clean", "nodiac", "abbr", "short", "nocomma", "reverse", "typo", "street", "typo1"):
        matches = resolver.resolve_many([row[form] for row in rows], date="2025-06-30")
        pairs = list(zip(rows, matches, strict=True))
        yield Group(f"crosswalk, {form}, unit", Counter(_unit_verdict(row, match) for row, match in pairs))
        yield Group(f"crosswalk, {form}, current", Counter(_current_verdict(row, match) for row, match in pairs))


def _legacy_verdict(row: dict[str, str], match: Match) -> Verdict:
    labels = [row[part] for part in ("commune", "district", "province") if row[part]]

    def agrees(name: str, path: str) -> bool:
        parts = {str(keys.key(part)) for part in path.split(",")}
        wanted = [str(keys.key(label)) for label in labels]
        return str(keys.key(name)).endswith(wanted[0]) and all(
            any(part.endswith(label) for part in parts) for label in wanted
        )

    if match.status == "matched" and match.entity:
        return "right" if agrees(match.entity.name, match.entity.path) else "wrong"
    if match.status == "ambiguous":
        named = any(agrees(candidate.entity.name, candidate.entity.path) for candidate in match.candidates)
        return "ambiguous" if named else "ambiguous without"
    return "missed"


def _unit_verdict(row: dict[str, str], match: Match) -> Verdict:
    if match.status == "matched" and match.entity:
        return "right" if (match.entity.type, match.entity.code) == ("commune", row["legacy_ward"]) else "wrong"
    if match.status == "ambiguous":
        named = any(candidate.entity.code == row["legacy_ward"] for candidate in match.candidates)
        return "ambiguous" if named else "ambiguous without"
    return "missed"


def _current_verdict(row: dict[str, str], match: Match) -> Verdict:
    if match.status != "matched":
        return "ambiguous" if match.status == "ambiguous" else "missed"
    wanted = set(re.findall(r"\d{5}", row["new_wards"]))
    return "right" if {entity.code for entity in match.current} == wanted else "wrong"


def groups_of(judged: Iterable[tuple[Case, Match, Verdict]], name: str = "cases") -> list[Group]:
    """Return the verdicts on labelled cases by group, in the cases' order, and all together."""
    found: dict[str, Counter[Verdict]] = {}
    for case, _, one in judged:
        found.setdefault(case.group, Counter())[one] += 1
    together: Counter[Verdict] = sum(found.values(), Counter())
    return [*(Group(f"{name}, {group}", counts) for group, counts in found.items()), Group(name, together)]


def role_groups(judged: list[tuple[Case, Match, Verdict]]) -> list[Group]:
    """Return the verdicts on people meant by office: of the half tuned on, the half held out, and by what is asked."""
    held_out = _held_out()
    halves = (("tuned on", False), ("held out", True))
    by_half = [
        Group(f"roles, {name}", Counter(one for case, _, one in judged if (case.id in held_out) == out))
        for name, out in halves
    ]
    return [*by_half, *groups_of(judged, "roles")]


def every_office(resolver: Resolver) -> Group:
    """Return how every name of an office is found as its holder, on a day on which a source saw somebody in it."""
    tables = read_tables(bundled_path())
    names: dict[str, list[str]] = {}
    for row in tables["names"]:
        if row["weak"] != "yes":
            names.setdefault(row["id"], []).append(row["text"])
    held: dict[tuple[str, str], set[str]] = {}
    for row in tables.standing("tenures"):
        for day in row["attested"].split("|"):
            if len(day) == len("2025-07-01"):
                held.setdefault((row["office_id"], day), set()).add(row["person_id"])
    asked = [
        (Mention(name, ("person",), (), day), people)
        for (office, day), people in held.items()
        for name in names.get(office, ())
    ]
    matches = resolver.resolve_many([mention for mention, _ in asked])
    verdicts = (_holder_verdict(people, match) for (_, people), match in zip(asked, matches, strict=True))
    return Group("every office, its holder", Counter(verdicts))


def _holder_verdict(people: set[str], match: Match) -> Verdict:
    if match.entity:
        return "right" if match.entity.id in people else "wrong"
    if match.status == "ambiguous":
        named = people & {candidate.entity.id for candidate in match.candidates}
        return "ambiguous" if named else "ambiguous without"
    return "missed"


def _held_out() -> frozenset[str]:
    return frozenset(row["id"] for row in _read(HERE / "role_cases.csv") if row["half"] == "held out")


def record(judged: Iterable[tuple[Case, Match, Verdict]]) -> str:
    """Return the record of labelled cases as CSV."""
    rows = (
        [case.id, match.status, match.entity.id if match.entity else "", f"{match.score:.3f}", one]
        for case, match, one in judged
    )
    return _csv([["id", "status", "entity_id", "score", "verdict"], *rows])


def summary(groups: Iterable[Group]) -> str:
    """Return the counts of all groups as CSV."""
    rows = ([group.name, group.verdicts.total(), *(group.verdicts[one] for one in VERDICTS)] for group in groups)
    return _csv([["group", "total", *VERDICTS], *rows])


def table(groups: Iterable[Group]) -> str:
    """Return the counts of groups for the eye."""
    groups = list(groups)
    width = max(len(group.name) for group in groups)
    lines = [" " * width + "".join(f"{head:>19}" for head in ("total", *VERDICTS))]
    for group in groups:
        counts = "".join(f"{group.verdicts[one]:>19,}" for one in VERDICTS)
        lines.append(f"{group.name:<{width}}{group.verdicts.total():>19,}{counts}")
    return "\n".join(lines)


def misses(judged: Iterable[tuple[Case, Match, Verdict]]) -> Iterator[str]:
    """Yield a line for each labelled case that was not answered as expected."""
    for case, match, one in judged:
        if one != "right":
            asked = (*case.mention.types, *case.mention.countries, case.mention.date, *case.mention.within)
            expected = f"{case.status} {'|'.join(sorted(case.ids))}".strip()
            named = [f"{c.entity.id} {c.score:.2f}" for c in match.candidates[:3]]
            about = " ".join(part for part in asked if part)
            yield f"{one}: {case.id} {case.mention.text!r} ({about}): expected {expected}; {match.status} {named}"


def swept(resolver: Resolver, kind: str) -> Group:
    """Return how the mentions of a sweep are answered."""
    answers = sweeping.answers(resolver, sweeping.every_sweep()[kind])
    return Group(f"sweep, {kind}", Counter(verdict for *_, verdict in answers))


def drawn(resolver: Resolver, *, sweeps: bool) -> list[Group]:
    """Return the groups of mentions that are drawn or made from the gazetteer, measured on all cores."""
    both = (True, False)
    return side_by_side.run(
        [
            partial(every_office, resolver),
            *(partial(addressed, resolver, kind) for kind in addresses.KINDS),
            partial(cambodian, resolver),
            *(partial(misspelt, resolver, letters_only=only, known=known) for only in both for known in both),
            *(partial(every_name, resolver, form, known=known) for known in both for form in samples.FORMS),
            *(partial(swept, resolver, kind) for kind in (sweeping.every_sweep() if sweeps else ())),
        ]
    )


def parted(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """Return the groups that are no sweeps, and those that are."""
    return [g for g in groups if not g.name.startswith("sweep, ")], [g for g in groups if g.name.startswith("sweep, ")]


def main() -> int:
    """Run the evaluation and return the exit code."""
    options = _options()
    resolver = Resolver()
    judged = run_cases(resolver, read_cases())
    by_role = run_cases(resolver, read_cases(HERE / "role_cases.csv"))
    in_the_field = field.answer(resolver, field.read())
    in_texts = {half: passages.judged(resolver, half) for half in passages.HALVES}
    held_out = _held_out()
    of_all_units, of_sweeps = parted(drawn(resolver, sweeps=not options.check))
    groups = [
        *groups_of(judged),
        *role_groups(by_role),
        *of_all_units,
        *(Group(name, counts) for name, counts in field.tabulate(in_the_field)),
        *(Group(name, counts) for name, counts in passages.tabulate(in_texts)),
        *of_sweeps,
    ]
    print(table(groups))
    print(
        *misses((*judged, *(one for one in by_role if one[0].id not in held_out))),
        *field.misses(in_the_field),
        *(f"names in running text, {half}: {passages.measures(found)}" for half, found in in_texts.items()),
        *passages.misses(in_texts["tuned on"]),
        sep="\n",
    )
    for measure, path in ((legacy, options.legacy), (crosswalk, options.crosswalk)):
        if path:
            print(table(measure(resolver, path)))
    named = pairs.read()
    print(pairs.table(named), pairs.baselines(named), sep="\n\n")
    print(clusters.table(list(clusters.measures(resolver))))
    kept = pairs.keep(named, check=options.check)
    files = {
        HERE / "record.csv": record((*judged, *by_role)),
        HERE / "field_record.csv": field.record(in_the_field),
        HERE / "summary.csv": summary(groups),
    }
    if options.check:
        differing = [path.name for path, text in files.items() if not path.exists() or _unswept(path) != text]
        if differing:
            print(f"{' and '.join(differing)} differ from what is committed; run `make eval`", file=sys.stderr)
        return int(bool(differing) or bool(kept))
    for path, text in files.items():
        path.write_text(text, encoding="utf-8", newline="")
    return 0


def _unswept(path: Path) -> str:
    """Return what is committed but for the sweeps, which take too long to be checked each time."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(("sweep, ", '"sweep, ')))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.eval.run", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="exit 1 where the committed record differs")
    parser.add_argument("--legacy", type=Path, help="CSV of text, province, district, commune, group, note")
    parser.add_argument("--crosswalk", type=Path, help="CSV of old and new codes and addresses in several forms")
    return parser.parse_args()


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def _csv(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _types(cell: str) -> tuple[EntityType, ...]:
    return PLACE_TYPES if cell == "place" else cast("tuple[EntityType, ...]", _split(cell))


if __name__ == "__main__":
    sys.exit(main())
