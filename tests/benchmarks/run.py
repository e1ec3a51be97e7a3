"""Measure how fast the resolver is, each time beside a baseline of the same run, so that machines can be compared.

    python -m tests.benchmarks.run      # prints the table and writes record.csv beside this file

No time is asserted anywhere: a busy machine is no defect.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from rapidfuzz import fuzz, process

from resolver import Resolver
from resolver.compiler import compile_tables
from resolver.gazetteer import bundled_path, read_tables
from resolver.index import open_index
from tests import samples
from tests.benchmarks import cluster

RECORD = Path(__file__).parent / "record.csv"
BASELINE_MENTIONS = 1_000
MISSPELT = 5_000
ROWS, DISTINCT, MISSPELT_SHARE = 100_000, 50_000, 0.05
LOOKUPS = 5
BETWEEN = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
COMMAND = (sys.executable, "-c", "from resolver.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure beside that of a baseline; the ratio is what can be compared between machines."""

    name: str
    value: float
    unit: str
    baseline: str = ""
    baseline_value: float = 0.0

    @property
    def ratio(self) -> str:
        """The figure in multiples of the baseline's, empty where there is none."""
        return f"{self.value / self.baseline_value:.3g}" if self.baseline_value else ""

    def cells(self) -> list[str]:
        """Return the line of the record."""
        baseline = f"{self.baseline_value:.4g}" if self.baseline else ""
        return [self.name, f"{self.value:.4g}", self.unit, self.baseline, baseline, self.ratio]


def mentions() -> Iterator[Measure]:
    """Yield how many distinct mentions a second are resolved, well and badly spelt."""
    names = sorted({row.text for row in samples.name_rows()})
    wrong = sorted({drawn.text for drawn in samples.misspelt_rows(MISSPELT, letters_only=True)})
    resolver = Resolver()
    resolver.resolve_many(["Kien Giang", "Kien Gaing"])  # opens what is opened on first use
    for kind, texts in (("exact", names), ("misspelt", wrong)):
        sample = Random(samples.SEED).sample(texts, BASELINE_MENTIONS)
        resolved = len(texts) / timed(partial(resolver.resolve_many, texts))
        plain = len(sample) / timed(partial(closest, sample, names))
        yield Measure(f"{kind} mentions", resolved, "mentions/s", "rapidfuzz.process.extractOne, fuzz.ratio", plain)


def closest(texts: Sequence[str], names: Sequence[str]) -> None:
    """Find the nearest name to each text by comparing it with all of them."""
    for text in texts:
        process.extractOne(text, names, scorer=fuzz.ratio)


def table_of_rows(folder: Path) -> Iterator[Measure]:
    """Yield how many rows a second the command normalises, and how much memory it takes at most."""
    source = folder / "in.csv"
    write_rows(source)
    command = [*COMMAND, "normalize", str(source), "-o", str(folder / "out.csv"), "--column", "place"]
    seconds, peak = in_child([*command, "--date-column", "date"])
    plain_seconds = timed(lambda: copy(source, folder / "copy.csv"))
    _, bare_peak = in_child([sys.executable, "-c", "import numpy, rapidfuzz"])
    yield Measure("normalize, 8 columns", ROWS / seconds, "rows/s", "plain csv copy", ROWS / plain_seconds)
    yield Measure("normalize, peak memory", peak, "MB", "python with numpy and rapidfuzz", bare_peak)


def groups_of_people(folder: Path) -> Iterator[Measure]:
    """Yield how many rows a second the command groups, and how much memory it takes at most."""
    source = folder / "people.csv"
    cluster.write_rows(source)
    command = [*COMMAND, "cluster", str(source), "-o", str(folder / "groups.csv"), "--column", "official"]
    seconds, peak = in_child([*command, "--context", "organisation", "--date-column", "date"])
    plain_seconds = timed(lambda: copy(source, folder / "people_copy.csv"))
    _, bare_peak = in_child([sys.executable, "-c", "import numpy, rapidfuzz"])
    yield Measure(
        "cluster, 5 columns", cluster.ROWS / seconds, "rows/s", "plain csv copy", cluster.ROWS / plain_seconds
    )
    yield Measure("cluster, peak memory", peak, "MB", "python with numpy and rapidfuzz", bare_peak)


def write_rows(path: Path) -> None:
    """Write a table of places: many rows, half as many distinct mentions, some of them misspelt."""
    rng = Random(samples.SEED)
    pool = {
        (text, row.day)
        for row in samples.name_rows()
        for form in samples.FORMS
        if (text := samples.spelt(row, form)) and len(text) >= samples.MIN_LETTERS
    }
    distinct = rng.sample(sorted(pool), DISTINCT)
    for number in range(int(DISTINCT * MISSPELT_SHARE)):
        text, day = distinct[number]
        distinct[number] = samples.misspell(text, rng), day
    rows = [*distinct, *(rng.choice(distinct) for _ in range(ROWS - DISTINCT))]
    rng.shuffle(rows)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["id", "place", "date", "source", "language", "amount", "title", "note"])
        for number, (place, day) in enumerate(rows):
            writer.writerow([number, place, day, "press", "vi", number % 97, f"Record {number}", ""])


def copy(source: Path, target: Path) -> None:
    """Read and write a table with nothing done to it."""
    with source.open(encoding="utf-8", newline="") as old, target.open("w", encoding="utf-8", newline="") as new:
        csv.writer(new, lineterminator="\n").writerows(csv.reader(old))


def index() -> Iterator[Measure]:
    """Yield how long the index takes to compile and to load."""
    read = timed(lambda: read_tables(bundled_path()))
    compiled = timed(lambda: compile_tables(read_tables(bundled_path())))
    yield Measure("index, compile", compiled, "s", "reading the tables", read)
    open_index()  # leaves the index in the cache
    yield Measure("index, load", timed(open_index), "s", "reading the tables", read)


def lookup() -> Measure:
    """Return how long one lookup takes as a whole process, once the index is in the cache."""
    asked = median(in_child([*COMMAND, "lookup", "Kien Giang"])[0] for _ in range(LOOKUPS))
    bare = median(in_child([sys.executable, "-c", "pass"])[0] for _ in range(LOOKUPS))
    return Measure("lookup, whole process", asked, "s", "an empty python process", bare)


def timed(action: Callable[[], object]) -> float:
    """Return how many seconds an action takes."""
    start = perf_counter()
    action()
    return perf_counter() - start


def in_child(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; return its seconds and its peak memory in MB. Raises CalledProcessError where it fails.

    A small process stands between, because a process is charged with the peak of the one that started it.
    """
    told = subprocess.run([sys.executable, "-c", BETWEEN, *command], check=True, stdout=subprocess.PIPE, text=True)
    seconds, peak = map(float, told.stdout.split()[-2:])
    return seconds, peak * (1 if sys.platform == "darwin" else 1024) / 1e6


def main() -> None:
    """Run every benchmark, print the figures and write the record."""
    with tempfile.TemporaryDirectory() as folder:
        measures = [*index(), lookup(), *mentions(), *table_of_rows(Path(folder)), *groups_of_people(Path(folder))]
    header = ["measure", "value", "unit", "baseline", "baseline_value", "ratio"]
    lines = [header, *(measure.cells() for measure in measures)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    with RECORD.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(lines)


if __name__ == "__main__":
    main()
