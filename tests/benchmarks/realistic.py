"""How fast real-shaped tables are resolved, beside an earlier build and the peer: see ``workloads`` for what they hold.

    python -m tests.benchmarks.realistic

The earlier build is a commit of this repository, unpacked into a folder and run with the same libraries. Both builds
get the same mentions and are timed by the processor time of one core, all open that is opened on first use.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from resolver.model import Mention
from tests import samples
from tests.benchmarks import addresses, workloads

__all__ = ["BEFORE", "Compared", "compared", "lookups"]

BEFORE = "f76d0e0fa699a012396016924021342246e86d35"
"""The commit to compare with: the last before addresses and dated names were made faster."""

ROOT = Path(__file__).resolve().parents[2]
ADDRESSES, TYPOS, NAMES, PARENTS = 100_000, 5_000, 200_000, 20_000
SHARE_BEFORE = 10
"""The earlier build gets one mention in so many: it is timed by the second, not by the table."""
PEER_ADDRESSES = 2_000
LOOKUPS = 15

CHILD = """
import json, sys, time
from resolver import Mention, Resolver
file, share = sys.argv[1], int(sys.argv[2])
asked = [Mention(*map(lambda one: tuple(one) if isinstance(one, list) else one, row)) for row in json.load(open(file))]
resolver = Resolver()
resolver.resolve_many([f"Kien Giang {number}" for number in range(1_000)])
resolver.resolve_many(asked[::97][:900])
some = asked[: len(asked) // share]
start = time.process_time()
for match in resolver.resolve_many(some):
    match.status, match.entity and match.entity.id, match.score
print(len(some) / (time.process_time() - start))
"""


@dataclass(frozen=True, slots=True)
class Compared:
    """Mentions resolved a second, and how many the other does; 0 where the other is not at hand."""

    kind: str
    per_second: float
    other: str
    other_per_second: float


def kinds() -> dict[str, Callable[[], Sequence[Mention]]]:
    """Return what is resolved, by name."""
    return {
        "real-shaped addresses": lambda: [Mention(text) for text in workloads.real_addresses(ADDRESSES)],
        "addresses, a typo in each part": lambda: [Mention(text) for text in workloads.typo_in_each_part(TYPOS)],
        "dated names": lambda: workloads.dated(NAMES),
        "the same names undated": lambda: workloads.undated(workloads.dated(NAMES)),
        "names with parent columns": lambda: workloads.with_parents()[:PARENTS],
    }


def compared() -> Iterator[Compared]:
    """Yield the figures for each kind beside the earlier build, and for addresses beside the peer."""
    with tempfile.TemporaryDirectory() as folder:
        before = unpacked(BEFORE, Path(folder) / "before")
        for kind, mentions in kinds().items():
            asked = mentions()
            file = Path(folder) / "mentions.json"
            file.write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
            now = speed(ROOT, file)
            yield Compared(kind, now, f"commit {BEFORE[:7]}", speed(before, file, SHARE_BEFORE) if before else 0.0)
            parse = addresses.peer() if "addresses" in kind else None
            if parse:
                yield Compared(kind, now, f"PyPI {addresses.PEER}", _peer_speed(parse, asked[:PEER_ADDRESSES]))


def lookups() -> tuple[float, float]:
    """Return the seconds of a lookup as a whole process, in this build and the earlier one; 0 where that is missing."""
    with tempfile.TemporaryDirectory() as folder:
        before = unpacked(BEFORE, Path(folder) / "before")
        builds = [ROOT, *([before] if before else [])]
        for build in builds:
            _looked_up(build)  # puts its index into the cache
        # Turn by turn, so that what else the machine does is in both.
        rounds = [[_looked_up(build) for build in builds] for _ in range(LOOKUPS)]
    now, *earlier = (median(one) for one in zip(*rounds, strict=True))
    return now, earlier[0] if earlier else 0.0


def _looked_up(build: Path) -> float:
    """Return the seconds of one lookup."""
    start = perf_counter()
    command = [sys.executable, "-m", "resolver", "lookup", "Kien Giang"]
    environment = os.environ | {"PYTHONPATH": str(build)}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=build, env=environment)
    return perf_counter() - start


def unpacked(commit: str, folder: Path) -> Path | None:
    """Unpack a commit of this repository into a folder; None where it is not in the repository at hand."""
    folder.mkdir()
    archive = folder / "all.tar"
    got = subprocess.run(
        ["git", "-C", str(ROOT), "archive", "-o", str(archive), commit, "resolver", "gazetteer"],
        check=False,
        stderr=subprocess.DEVNULL,
    )
    if got.returncode:
        return None
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder


def speed(build: Path, file: Path, share: int = 1) -> float:
    """Return how many mentions of a file a build resolves in a second, of those the first part that is its share."""
    told = subprocess.run(
        [sys.executable, "-c", CHILD, str(file), str(share)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=build,
        env=os.environ | {"PYTHONPATH": str(build)},
    )
    return float(told.stdout)


def _peer_speed(parse: Callable[[str], str], asked: Sequence[Mention]) -> float:
    start = process_time()
    for mention in asked:
        try:
            parse(mention.text)
        except Exception:
            continue
    return len(asked) / (process_time() - start)


def main() -> None:
    """Print the figures."""
    print(f"seed {samples.SEED}")
    for one in compared():
        ratio = f", {one.per_second / one.other_per_second:.3g} times" if one.other_per_second else ""
        print(f"{one.kind}: {one.per_second:,.0f}/s; {one.other}: {one.other_per_second:,.0f}/s{ratio}", flush=True)


if __name__ == "__main__":
    main()
