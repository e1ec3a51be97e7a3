"""Sweeps: one kind of mention for all units that it can affect, each with what it must mean.

    python -m tests.eval.sweeping                     # all kinds of all sweeps
    python -m tests.eval.sweeping numbered "nobody"   # some
    python -m tests.eval.sweeping --list missed       # names these answers too, not only the wrong ones

The sweeps stand in ``sweeps``, ``joined_sweeps``, ``slip_sweeps``, ``typist_sweeps``, ``run_on_sweeps``,
``letter_sweeps``, ``listing_sweeps``, ``abroad_sweeps``, ``english_order_sweeps``, ``khmer_unit_sweeps`` and
``twice_misspelt_sweeps`` (addresses), ``name_sweeps``, ``phrase_sweeps`` and ``spelling_sweeps`` (places),
``people_sweeps``, ``bearer_sweeps`` (what is told beside a name), ``neighbour_sweeps`` (other people) and
``office_sweeps``. They are made from the tables, not by the code that reads mentions. A match with another unit than
those meant is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import NamedTuple, cast

from resolver import Resolver
from resolver.model import Match, Mention
from tests.samples import VERDICTS, Verdict

__all__ = ["Case", "Sweep", "answers", "every_sweep", "judge"]

MODULES = (
    "sweeps",
    "joined_sweeps",
    "lineage_sweeps",
    "name_sweeps",
    "phrase_sweeps",
    "spelling_sweeps",
    "slip_sweeps",
    "typist_sweeps",
    "run_on_sweeps",
    "people_sweeps",
    "bearer_sweeps",
    "beside_sweeps",
    "neighbour_sweeps",
    "office_sweeps",
    "letter_sweeps",
    "listing_sweeps",
    "form_sweeps",
    "abroad_sweeps",
    "english_order_sweeps",
    "twice_misspelt_sweeps",
    "khmer_unit_sweeps",
)
SHOWN = VERDICTS[:5]
_MOST_LISTED = 40


class Case(NamedTuple):
    """A mention and the ids any of which is right; without any, the right answer is no match.

    What ``is_open`` must stay open, with all of the ids among the candidates. What contains the unit, ``around`` it, is
    too little of an answer, so that the unit is missed.
    """

    mention: Mention
    ids: frozenset[str]
    is_open: bool = False
    around: frozenset[str] = frozenset()


Sweep = Callable[[], Iterable[Case]]


def judge(case: Case, match: Match) -> Verdict:
    """Return how an answer is to be counted."""
    named = {candidate.entity.id for candidate in match.candidates}
    if match.status == "matched" and match.entity:
        if match.entity.id in case.around:
            return "missed"
        return "right" if match.entity.id in case.ids and not case.is_open else "wrong"
    if case.is_open:
        return "right" if case.ids <= named else "ambiguous without" if match.status == "ambiguous" else "missed"
    if not case.ids:
        return "right"
    if match.status != "ambiguous":
        return "missed"
    return "ambiguous" if case.ids & named else "ambiguous without"


def every_sweep() -> dict[str, Sweep]:
    """Return all sweeps by the name of their kind."""
    found: dict[str, Sweep] = {}
    for name in MODULES:
        found |= cast("Mapping[str, Sweep]", import_module(f"tests.eval.{name}").SWEEPS)
    return found


def answers(resolver: Resolver, sweep: Sweep) -> list[tuple[Case, Match, Verdict]]:
    """Return the answers to the distinct mentions of a sweep, with their verdicts."""
    cases = list(dict.fromkeys(sweep()))
    matches = resolver.resolve_many([case.mention for case in cases])
    return [(case, match, judge(case, match)) for case, match in zip(cases, matches, strict=True)]


def told(kind: str, judged: tuple[Case, Match, Verdict]) -> str:
    """Return an answer in one line."""
    case, match, verdict = judged
    named = match.entity.id if match.entity else "; ".join(f"{c.entity.id} {c.score:.2f}" for c in match.candidates[:2])
    asked = " ".join((*case.mention.types[:2], case.mention.date, *case.mention.within)).strip()
    meant = "|".join(sorted(case.ids)[:3]) or "nothing"
    return f"{kind}: {verdict}: {case.mention.text!r} ({asked}): {match.score:.3f} {named}; meant {meant}"


def counted(resolver: Resolver, kinds: Iterable[str]) -> Iterator[tuple[str, list[tuple[Case, Match, Verdict]]]]:
    """Yield the answers to each of some kinds."""
    sweeps = every_sweep()
    for kind in kinds:
        yield kind, answers(resolver, sweeps[kind])


def main(arguments: list[str] | None = None) -> int:
    """Ask what the command line names, print the table and what is wrong; 1 where anything is."""
    kinds = every_sweep()
    parser = argparse.ArgumentParser(prog="python -m tests.eval.sweeping", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("kind", nargs="*", choices=[*kinds, []], help="which kinds; all without one")
    parser.add_argument("--list", action="append", default=["wrong"], choices=SHOWN, help="list these answers too")
    options = parser.parse_args(arguments)
    width = max(map(len, kinds))
    print(" " * width + "".join(f"{head:>19}" for head in ("total", *SHOWN)))
    listed: list[str] = []
    for kind, judged in counted(Resolver(), options.kind or kinds):
        counts = Counter(verdict for *_, verdict in judged)
        numbers = (len(judged), *(counts[one] for one in SHOWN))
        print(f"{kind:<{width}}" + "".join(f"{count:>19,}" for count in numbers), flush=True)
        listed += [told(kind, one) for one in judged if one[2] in options.list][:_MOST_LISTED]
    print(*listed, sep="\n")
    return int(any(": wrong: " in line for line in listed))


if __name__ == "__main__":
    sys.exit(main())
