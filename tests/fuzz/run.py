"""Run the checks over generated input for some time: ``python -m tests.fuzz.run --seconds 600``.

Each check gets its turn with a fresh seed until the time is up. What is found is printed with the seed to find it again
(``--seed N --only CHECK --shrink``); put it into ``tests/cases/fuzz.csv`` under a name. Exit code 1 where something
was found.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from types import FrameType

from hypothesis import HealthCheck, Phase, seed, settings

EXAMPLES = 40
MOST_SHOWN = 6_000


class TooSlowError(Exception):
    """An example has taken more work than it may."""


def bounded(check: Callable[..., None], limit: float, counts: Counter[str], name: str) -> Callable[..., None]:
    """Return a check whose every example may take so many seconds of this process."""

    def give_up(number: int, frame: FrameType | None) -> None:
        raise TooSlowError(f"over {limit} s of work")

    def timed(*arguments: object, **keywords: object) -> None:
        counts[name] += 1
        signal.signal(signal.SIGVTALRM, give_up)
        signal.setitimer(signal.ITIMER_VIRTUAL, limit)
        try:
            check(*arguments, **keywords)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    return timed


def run(seconds: float, first: int, only: str | None, *, shrink: bool) -> int:
    """Run the checks; return how many of them failed."""
    os.environ["RESOLVER_DEBUG"] = "1"
    from tests.fuzz.checks import CHECKS  # noqa: PLC0415  (opens the gazetteer)

    chosen = {name: check for name, check in CHECKS.items() if only in (None, name)}
    if not chosen:
        raise SystemExit(f"there is no check {only!r}: {', '.join(CHECKS)}")
    counts: Counter[str] = Counter()
    for name, (check, limit) in chosen.items():
        inner = check.hypothesis.inner_test  # type: ignore[attr-defined]
        check.hypothesis.inner_test = bounded(inner, limit, counts, name)  # type: ignore[attr-defined]
        settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )(check)
    failed: set[str] = set()
    end = time.monotonic() + seconds
    for number in itertools.count(first):
        if len(failed) == len(chosen):
            break
        for name, (check, _) in chosen.items():
            if name in failed:
                continue
            if time.monotonic() > end:
                print(f"{sum(counts.values())} examples: " + ", ".join(f"{n} {c}" for n, c in sorted(counts.items())))
                return len(failed)
            try:
                seed(number)(check)()
            except Exception as error:
                failed.add(name)
                print(f"\n=== {name}, --seed {number} --only {name}")
                text = "".join(traceback.format_exception(error, limit=-4)) + "\n".join(getattr(error, "__notes__", ()))
                print(text if len(text) < MOST_SHOWN else f"{text[:MOST_SHOWN]} …")
                sys.stdout.flush()
    return len(failed)


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--only", default=None)
    parser.add_argument(
        "--shrink", action="store_true", help="make what is found small: takes minutes where it is slow"
    )
    asked = parser.parse_args()
    first = random.SystemRandom().randrange(1_000_000) if asked.seed is None else asked.seed
    print(f"from seed {first}, for {asked.seconds:.0f} s")
    raise SystemExit(bool(run(asked.seconds, first, asked.only, shrink=asked.shrink)))


if __name__ == "__main__":
    main()
