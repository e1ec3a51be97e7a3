"""Whether a score of 0.9 is right nine times in ten: labelled mentions of every kind, by score.

    python -m tests.eval.reliability          # prints the table, writes reliability.csv beside this file
    python -m tests.eval.reliability --fit    # fits resolver/matching/calibration.csv on the other half of the units

The best candidate of each mention is held against what the mention means, whatever its status. Units are split by a
digest of what is asked for, so that no unit is on both sides: what is printed is of the half that nothing is fitted to.
The maps are fitted on the other half of all of them: mentions as people write them, which are nearly all in the
gazetteer, and the sweeps, in which many names are not.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import isotonic_regression
from scipy.stats import beta

from resolver import Resolver
from resolver.matching import calibration
from resolver.model import Mention
from tests import drawn_addresses, samples
from tests.eval import field, run, side_by_side, sweeping

__all__ = ["BINS", "Asked", "Scored", "as_people_write", "hardest", "reliability", "scored"]

HERE = Path(__file__).parent
BINS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 1.0)
"""Lower ends of the bins of scores; the last has the scores of exactly 1."""

_PER_KIND = 4_000
_PER_SWEEP = 800
_AT_ONCE = 4_000
_MISSPELT = ("misspelt name", "misspelt person")
_POOL = 30
"""Least mentions of a knot of a map."""

_EDGES = (0.02, *np.arange(0.05, 0.95, 0.05).tolist(), 0.93, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99)
"""Probabilities between which mentions are pooled, as far as there are enough of them."""

_GREATEST = 0.985
"""Greatest rate of a misspelt name: from 0.99 on, at most 1 in 500 is wrong, and the maps are not that good."""

_PARTLY = 0.95
"""Greatest rate that others are raised to: what is drawn has fewer streets called like a ward than the world has."""

_DOUBT = 0.05
"""Chance that the rate of what is matched is lower than a map says."""

_NEGLIGIBLE = 0.003
"""Least score of a candidate that counts as one."""


class Scored(NamedTuple):
    """A mention's best candidate: the way it matched, the score, and whether it is right.

    ``together`` is the sum of the scores of all candidates, ``among`` says that one of them is right.
    """

    kind: str
    unit: str
    group: str
    score: float
    right: bool
    together: float
    among: bool

    @property
    def held_out(self) -> bool:
        """Whether the unit is of the half that nothing is fitted to."""
        return hashlib.blake2b(self.unit.encode(), digest_size=1).digest()[0] % 2 == 1


class Asked(NamedTuple):
    kind: str
    unit: str
    mention: Mention
    ids: frozenset[str]


def scored(resolver: Resolver, asked: Sequence[Asked]) -> list[Scored]:
    """Return the best candidate of each labelled mention that has one."""
    parts = [asked[start : start + _AT_ONCE] for start in range(0, len(asked), _AT_ONCE)]
    found = side_by_side.run([partial(_answered, resolver, part) for part in parts])
    return [one for part in found for one in part]


def _answered(resolver: Resolver, asked: Sequence[Asked]) -> list[Scored]:
    found = []
    for one, match in zip(asked, resolver.resolve_many([one.mention for one in asked]), strict=True):
        if match.candidates and match.candidates[0].method != "role":
            best = match.candidates[0]
            group = calibration.group_of(best.method, person=best.entity.type == "person")
            meant = sum(other.entity.id in one.ids for other in match.candidates if other.score >= _NEGLIGIBLE)
            if meant > 1:
                # Any of several is right: that says nothing of how probable one of them is.
                continue
            right = best.entity.id in one.ids
            among = right or meant > 0
            together = sum(candidate.score for candidate in match.candidates)
            found.append(Scored(one.kind, one.unit, group, best.score, right, together, among))
    return found


def calibrated(found: Iterable[Scored]) -> Iterator[Scored]:
    """Yield what was scored without a map as it is scored with one."""
    for one in found:
        factors = calibration.calibrate_one(one.group, one.score, min(one.together, 1.0))
        yield one._replace(score=one.score * factors.best)


def as_people_write() -> tuple[Asked, ...]:
    """Return labelled mentions, addresses and names: as they are written, misspelt, shortened."""
    return (*_labelled(), *_drawn())


def hardest() -> Iterator[Asked]:
    """Yield mentions of all sweeps: each sweep has only mentions of one difficult kind, unlike any real table."""
    for kind, sweep in sweeping.every_sweep().items():
        swept = [case for case in sweep() if not case.is_open]
        for case in swept[:: max(1, len(swept) // _PER_SWEEP)]:
            yield Asked(f"sweep, {kind}", _unit(case.ids, case.mention), case.mention, case.ids)


def _labelled() -> Iterator[Asked]:
    for kind, cases in (("cases", run.read_cases()), ("roles", run.read_cases(HERE / "role_cases.csv"))):
        for case in cases:
            if case.status != "ambiguous":
                yield Asked(kind, _unit(case.ids, case.mention), case.mention, case.ids)
    for one in field.read():
        if not one.excluded:
            yield Asked("field", _unit(one.ids, one.mention), one.mention, one.ids)


def _drawn() -> Iterator[Asked]:
    for kind in drawn_addresses.KINDS:
        for one in drawn_addresses.draw(kind, run.ADDRESSES):
            yield Asked("addresses", one.address.id, one.mention, frozenset({one.address.id}))
    for letters_only in (True, False):
        for known in (True, False):
            for drawn in samples.misspelt_rows(run.MISSPELT, letters_only=letters_only):
                mention = samples.asked(drawn.row, drawn.text, typed=known, dated=known)
                yield Asked("misspelt names", drawn.row.id, mention, frozenset({drawn.row.id}))
    for row in samples.name_rows()[:: max(1, len(samples.name_rows()) // _PER_KIND)]:
        mention = samples.asked(row, row.text, typed=True, dated=True)
        yield Asked("names as written", row.id, mention, frozenset({row.id}))


def _unit(ids: frozenset[str], mention: Mention) -> str:
    """Return what a case is about: its entities, or its words where it means nothing here."""
    return "|".join(sorted(ids)) or mention.text


def reliability(found: Iterable[Scored]) -> list[tuple[str, float, int, float, float]]:
    """Return for each kind and bin of scores: the lower end, how many, the mean score, the share that is right."""
    bins: dict[tuple[str, float], list[Scored]] = defaultdict(list)
    for one in found:
        lower = max(end for end in BINS if one.score >= end)
        bins[one.kind, lower].append(one)
        bins["all", lower].append(one)
    return [
        (kind, lower, len(ones), float(np.mean([o.score for o in ones])), float(np.mean([o.right for o in ones])))
        for (kind, lower), ones in sorted(bins.items())
    ]


def expected_error(rows: Sequence[tuple[str, float, int, float, float]]) -> dict[str, float]:
    """Return the expected calibration error of each kind: the mean gap of score and share right over its mentions."""
    gaps: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for kind, _, count, score, right in rows:
        gaps[kind].append((count, abs(score - right)))
    return {kind: sum(n * gap for n, gap in of) / sum(n for n, _ in of) for kind, of in gaps.items()}


def fit(found: Iterable[Scored]) -> Iterator[calibration.Knot]:
    """Yield the knots of the maps. The scores have to be as computed, with empty maps."""
    known = list(found)
    for group in calibration.GROUPS:
        ones = [one for one in known if one.group == group]
        matched = [one for one in ones if one.score >= calibration.MIN_SCORE]
        of_map = {"together": [(one.together, one.among) for one in ones], "best": [one[3:5] for one in matched]}
        if group == "address":
            # What stays open contradicts itself, mostly: half and half by design, and no label says which is right.
            del of_map["together"]
        for map, labelled in of_map.items():
            for computed, share in _levels(labelled, at_least=map == "best"):
                most = _GREATEST if group in _MISSPELT else max(_PARTLY, computed)
                yield calibration.Knot(group, map, computed, min(share, most))
            if group not in _MISSPELT:
                yield calibration.Knot(group, map, 1.0, 1.0)


def _levels(labelled: Sequence[tuple[float, bool]], *, at_least: bool) -> Iterator[tuple[float, float]]:
    """Yield pools of probabilities with the rate that is right in each, or with the least rate that is likely."""
    ones = sorted(labelled)
    ends = [bisect_left(ones, (edge,)) for edge in _EDGES]
    pools: list[Sequence[tuple[float, bool]]] = []
    start = 0
    for end in (*ends, len(ones)):
        if end - start >= _POOL:
            pools.append(ones[start:end])
            start = end
    rates = [_rate(pool, at_least=at_least) for pool in pools]
    smooth = isotonic_regression(rates, weights=[len(pool) for pool in pools]).x if pools else []
    for pool, share in zip(pools, smooth, strict=True):
        yield float(np.mean([computed for computed, _ in pool])), float(share)


def _rate(pool: Sequence[tuple[float, bool]], *, at_least: bool) -> float:
    right = sum(of for _, of in pool)
    return float(beta.ppf(_DOUBT, right, len(pool) - right + 1)) if at_least else right / len(pool)


def table(rows: Sequence[tuple[str, float, int, float, float]]) -> str:
    """Return the table as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["kind", "from", "mentions", "score", "right"])
    writer.writerows([kind, lower, count, f"{score:.3f}", f"{right:.3f}"] for kind, lower, count, score, right in rows)
    return text.getvalue()


def main() -> None:
    """Print how reliable the scores are."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval.reliability")
    parser.add_argument("--fit", action="store_true", help="fit the maps of scores on the half that is not printed")
    options = parser.parse_args()
    known = calibration.read()
    if options.fit:
        calibration.write([])
    try:
        found = scored(Resolver(), (*as_people_write(), *hardest()))
    finally:
        if options.fit:
            calibration.write(known)
    if options.fit:
        calibration.write(fit(one for one in found if not one.held_out))
        found = list(calibrated(found))
    rows = reliability(one for one in found if one.held_out)
    (HERE / "reliability.csv").write_text(table(rows), encoding="utf-8", newline="")
    print(table(rows))
    for kind, error in expected_error(rows).items():
        print(f"{kind}: expected calibration error {100 * error:.1f} points")


if __name__ == "__main__":
    main()
