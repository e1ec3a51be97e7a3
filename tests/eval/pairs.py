"""Measure how well names of people are compared: the labelled pairs of ``name_pairs.csv``, kind by kind.

    python -m tests.eval.pairs            # prints the tables and writes pairs_record.csv beside this file
    python -m tests.eval.pairs --misses   # names the pairs of the development half that were judged wrongly
    python -m tests.eval.pairs --check    # writes nothing; exit code 1 where the committed record differs

Half of the pairs, chosen by a digest of their letters, is held out: weights and tables were tuned on the other half.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import itertools
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import jellyfish
from rapidfuzz import fuzz

from resolver.gazetteer.reader import bundled_path
from resolver.people.name_comparison import MATCH, compare_names, log_odds
from resolver.text.keys import fold
from resolver.text.persons import parse

HERE = Path(__file__).parent
RECORD = HERE / "pairs_record.csv"
_MARGIN = 0.01
"""Log-odds by which a score may be rounded."""
SEED = "2026"
BASELINES: dict[str, Callable[[str, str], float]] = {
    "Jaro-Winkler": jellyfish.jaro_winkler_similarity,
    "token sort ratio": lambda a, b: fuzz.token_sort_ratio(a, b) / 100,
    "equal metaphones": lambda a, b: float(jellyfish.metaphone(a) == jellyfish.metaphone(b)),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, whether they are one person's, and the score they get."""

    a: str
    b: str
    same: bool
    kind: str
    held_out: bool
    score: float

    @property
    def match(self) -> bool:
        """Whether they are taken for one person's."""
        return self.score >= MATCH


def read() -> list[Pair]:
    """Return the labelled pairs with their scores."""
    with (HERE / "name_pairs.csv").open(encoding="utf-8", newline="") as handle:
        return [
            Pair(
                row["a"],
                row["b"],
                row["same"] == "yes",
                row["kind"],
                _held_out(row["a"], row["b"]),
                compare_names(row["a"], row["b"]).score,
            )
            for row in csv.DictReader(handle)
        ]


def _held_out(a: str, b: str) -> bool:
    return bool(hashlib.sha256("|".join((SEED, *sorted((a, b)))).encode()).digest()[0] % 2)


def table(pairs: Iterable[Pair]) -> str:
    """Return, for each kind and half, how many true pairs were found and how many false ones accepted."""
    pairs = list(pairs)
    lines = [f"{'':<26}{'pairs':>8}{'true':>8}{'found':>8}{'false':>8}{'accepted':>10}"]
    kinds = sorted({pair.kind for pair in pairs})
    groups = [(kind, [pair for pair in pairs if pair.kind == kind]) for kind in kinds]
    groups += [
        (half, [pair for pair in pairs if pair.held_out == (half == "held out")]) for half in ("tuned on", "held out")
    ]
    for name, group in (*groups, ("all", pairs)):
        true, false = [pair for pair in group if pair.same], [pair for pair in group if not pair.same]
        found, accepted = sum(pair.match for pair in true), sum(pair.match for pair in false)
        lines.append(f"{name:<26}{len(group):>8}{len(true):>8}{found:>8}{len(false):>8}{accepted:>10}")
    return "\n".join(lines)


def baselines(pairs: Iterable[Pair]) -> str:
    """Return what measures of letters and sounds alone make of the same pairs, each with the threshold best for it.

    Best is the greatest difference between the shares of true and of false pairs accepted (Youden 1950).
    """
    pairs = list(pairs)
    lines = [f"{'for comparison':<26}{'threshold':>10}{'true':>8}{'found':>8}{'false':>8}{'accepted':>10}"]
    for name, score in BASELINES.items():
        scored = [(score(str(fold(pair.a)), str(fold(pair.b))), pair) for pair in pairs]
        tuned = [(value, pair) for value, pair in scored if not pair.held_out]
        of = {same: sum(pair.same == same for _, pair in tuned) for same in (True, False)}
        best = max(
            sorted({value for value, _ in tuned}),
            key=lambda least: sum((1 if pair.same else -1) / of[pair.same] for value, pair in tuned if value >= least),
        )
        true = [value >= best for value, pair in scored if pair.same]
        false = [value >= best for value, pair in scored if not pair.same]
        lines.append(f"{name:<26}{best:>10.2f}{len(true):>8}{sum(true):>8}{len(false):>8}{sum(false):>10}")
    return "\n".join(lines)


def record(pairs: Iterable[Pair]) -> str:
    """Return the scores as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["kind", "half", "a", "b", "same", "score", "verdict"])
    for pair in pairs:
        verdict = ("found" if pair.match else "missed") if pair.same else ("accepted" if pair.match else "rejected")
        half = "held out" if pair.held_out else "tuned on"
        writer.writerow([pair.kind, half, pair.a, pair.b, "yes" if pair.same else "no", f"{pair.score:.3f}", verdict])
    return text.getvalue()


def people() -> dict[str, list[str]]:
    """Return the names of every person of the gazetteer by id."""
    names: dict[str, list[str]] = {}
    for table_name, column in (("versions.csv", "name"), ("names.csv", "text")):
        with (bundled_path() / table_name).open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                if row["id"].split("-")[1] == "person":
                    names.setdefault(row["id"], []).append(row[column])
    return names


def namesakes() -> Iterator[tuple[str, str, str, str, float]]:
    """Yield the people of the gazetteer whose names are taken for one person's, with the names and the score."""
    everybody = people()
    parsed = {name: parse(name) for names in everybody.values() for name in names}
    # Nearly all comparisons end early: their score is far below.
    least = math.log(MATCH / (1 - MATCH)) - _MARGIN
    for one, other in itertools.combinations(sorted(everybody), 2):
        scored = [
            (compare_names(a, b).score, a, b)
            for a in everybody[one]
            for b in everybody[other]
            if any(log_odds(p, q, least) >= least for p in parsed[a] for q in parsed[b])
        ]
        score, a, b = max(scored, default=(0.0, "", ""))
        if score >= MATCH:
            yield one, other, a, b, score


def main() -> int:
    """Compare all pairs and return the exit code."""
    options = _options()
    pairs = read()
    print(table(pairs), baselines(pairs), sep="\n\n")
    if options.misses:
        wrong = (pair for pair in pairs if pair.match != pair.same and not pair.held_out)
        print(*(f"{pair.kind}: {pair.a} | {pair.b} {pair.score:.3f}" for pair in wrong), sep="\n")
    return keep(pairs, check=options.check)


def keep(pairs: Iterable[Pair], *, check: bool) -> int:
    """Write the record, or say with the exit code whether it is as committed."""
    text = record(pairs)
    if check:
        if RECORD.exists() and RECORD.read_text("utf-8") == text:
            return 0
        print(f"{RECORD.name} differs from what is committed; run `make eval`", file=sys.stderr)
        return 1
    RECORD.write_text(text, encoding="utf-8", newline="")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.eval.pairs", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--misses", action="store_true", help="name the wrong judgements of the half tuned on")
    parser.add_argument("--check", action="store_true", help="exit 1 where the committed record differs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
