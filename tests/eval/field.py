"""How right the answers are on mentions from other people's files and reports: ``field.csv``, by kind and by half.

    python -m tests.eval.field            # prints counts by kind, writes field_record.csv beside this file
    python -m tests.eval.field --misses   # names those not right, of the half that is tuned on only

Half of the cases are held out by a digest of their text: they are counted, but not shown, so that nobody tunes to them.

``expected`` is one of: ids joined by ``|``, any of which is right; ``not:ID``, anything but a match to that entity;
``open``, anything but a match.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from resolver import Resolver
from resolver.model import PLACE_TYPES, EntityType, Match, Mention
from tests.samples import VERDICTS, Verdict

__all__ = ["HERE", "FieldCase", "held_out", "judge", "read", "record", "tabulate"]

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class FieldCase:
    """A mention as somebody wrote it, and what it means."""

    kind: str
    mention: Mention
    expected: str
    source: str

    @property
    def ids(self) -> frozenset[str]:
        """The entities any of which is a right match; none where the right answer is not to match."""
        return frozenset() if self.expected == "open" or self.excluded else frozenset(self.expected.split("|"))

    @property
    def excluded(self) -> str:
        """The entity that must not be matched, where that is all that is known."""
        return self.expected.removeprefix("not:") if self.expected.startswith("not:") else ""


def read(path: Path = HERE / "field.csv") -> list[FieldCase]:
    """Return the cases of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            FieldCase(
                row["kind"],
                Mention(
                    row["mention"], _types(row["type"]), _split(row["country"]), row["date"], _split(row["within"])
                ),
                row["expected"],
                row["source"],
            )
            for row in csv.DictReader(file)
        ]


def held_out(case: FieldCase) -> bool:
    """Whether a case is of the half that nobody tunes to."""
    told = "\n".join((case.mention.text, *case.mention.within, case.mention.date))
    return hashlib.blake2b(told.encode(), digest_size=1).digest()[0] % 2 == 1


def judge(case: FieldCase, match: Match) -> Verdict:
    """Return how an answer is to be counted: a match that is not right is wrong, whatever was expected."""
    if match.status == "matched" and match.entity:
        wrong = match.entity.id == case.excluded if case.excluded else match.entity.id not in case.ids
        return "wrong" if wrong else "right"
    if not case.ids:
        return "right"
    if match.status != "ambiguous":
        return "missed"
    named = any(candidate.entity.id in case.ids for candidate in match.candidates)
    return "ambiguous" if named else "ambiguous without"


def answer(resolver: Resolver, cases: list[FieldCase]) -> list[tuple[FieldCase, Match, Verdict]]:
    """Return the answers to cases with their verdicts."""
    matches = resolver.resolve_many([case.mention for case in cases])
    return [(case, match, judge(case, match)) for case, match in zip(cases, matches, strict=True)]


def tabulate(judged: Iterable[tuple[FieldCase, Match, Verdict]]) -> Iterator[tuple[str, Counter[Verdict]]]:
    """Yield the name and the verdicts of each group: the kinds in their order, the halves, all."""
    groups: dict[str, Counter[Verdict]] = {}
    halves: dict[str, Counter[Verdict]] = {"field, tuned on": Counter(), "field, held out": Counter()}
    for case, _, verdict in judged:
        groups.setdefault(f"field, {case.kind}", Counter())[verdict] += 1
        halves["field, held out" if held_out(case) else "field, tuned on"][verdict] += 1
    yield from groups.items()
    yield from halves.items()
    yield "field", sum(halves.values(), Counter())


def misses(judged: Iterable[tuple[FieldCase, Match, Verdict]]) -> Iterator[str]:
    """Yield a line for each case of the half tuned on that was not answered as expected."""
    for case, match, verdict in judged:
        if verdict != "right" and not held_out(case):
            asked = " ".join((*case.mention.types[:2], *case.mention.within, case.mention.date)).strip()
            got = match.entity.id if match.entity else [f"{c.entity.id} {c.score:.2f}" for c in match.candidates[:3]]
            line = f"{verdict}: {case.mention.text!r} ({asked}): expected {case.expected}; {match.status}"
            yield f"{case.kind}: {line} {match.score:.3f} {got}"


def record(judged: Iterable[tuple[FieldCase, Match, Verdict]]) -> str:
    """Return the record of all cases as CSV: a diff shows which flipped."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["kind", "mention", "within", "date", "status", "entity_id", "score", "verdict"])
    for case, match, verdict in judged:
        found = match.entity.id if match.entity else ""
        within = "|".join(case.mention.within)
        writer.writerow(
            [
                case.kind,
                case.mention.text,
                within,
                case.mention.date,
                match.status,
                found,
                f"{match.score:.2f}",
                verdict,
            ]
        )
    return text.getvalue()


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _types(cell: str) -> tuple[EntityType, ...]:
    return PLACE_TYPES if cell == "place" else cast("tuple[EntityType, ...]", _split(cell))


def main() -> None:
    """Print how right the answers are."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.field", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--misses", action="store_true", help="name the cases not right, of the half tuned on")
    parser.add_argument("--cases", type=Path, default=HERE / "field.csv", help="another table of cases")
    options = parser.parse_args()
    judged = answer(Resolver(), read(options.cases))
    if options.misses:
        print(*misses(judged), sep="\n")
    width = max(len(case.kind) for case, _, _ in judged) + len("field, ")
    print(" " * width + "".join(f"{head:>19}" for head in ("total", *VERDICTS[:5])))
    for name, counts in tabulate(judged):
        print(f"{name:<{width}}{counts.total():>19}" + "".join(f"{counts[one]:>19}" for one in VERDICTS[:5]))
    if options.cases == HERE / "field.csv":
        (HERE / "field_record.csv").write_text(record(judged), encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
