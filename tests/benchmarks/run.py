"""Measure how fast the resolver is, each time beside a baseline of the same run, so that machines can be compared.

    python -m tests.benchmarks.run      # prints the table and writes record.csv beside this file

No time is asserted anywhere: a busy machine is no defect. One core is used but where two are named; what is timed of
one core is timed by its processor time. It takes about a quarter of an hour and 1 GB of disk.
"""

from __future__ import annotations

import csv
import gc
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from resolver import Resolver
from resolver.engine.engine import Engine
from resolver.engine.lexicon import Lexicon, open_lexicon
from resolver.gazetteer.reader import bundled_path, read_tables
from resolver.index.compiler import compile_tables
from resolver.index.index import open_index
from resolver.index.segments import edits_allowed
from resolver.model import PLACE_TYPES
from resolver.text import keys
from tests import samples
from tests.benchmarks import addresses, cluster, cold, long_cells, realistic, reconciling, service, tenfold

RECORD = Path(__file__).parent / "record.csv"
BASELINE_MENTIONS = 300
MISSPELT = 20_000
SEARCHED = 2_000
ROWS, TENFOLD_ROWS, DISTINCT, MISSPELT_SHARE = 1_000_000, 10_000_000, 50_000, 0.05
LOOKUPS = 5
BASELINE = "rapidfuzz.process.extractOne, fuzz.ratio"
BETWEEN = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
COMMAND = (sys.executable, "-c", "from resolver.cli.main import main; main()")


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


def well_spelt(*types: str) -> list[str]:
    """Return all names of some types in the forms people write them in, each once, shuffled."""
    rows = [row for row in samples.name_rows() if row.type in types]
    found = sorted({text for row in rows for form in samples.FORMS if (text := samples.spelt(row, form))})
    Random(samples.SEED).shuffle(found)
    return found


def misspelt(count: int, seed: int = samples.SEED) -> dict[str, str]:
    """Return names of places with one edit, or two where they are long, each with the name that is meant."""
    rng = Random(seed)
    rows = [row for row in samples.name_rows() if row.type in PLACE_TYPES]
    rows = [row for row in rows if sum(map(str.isalpha, row.text)) >= samples.MIN_LETTERS]
    taken = {str(keys.key(row.text)) for row in rows}
    found: dict[str, str] = {}
    while len(found) < count:
        name = rng.choice(rows).text
        text = samples.misspell(name, rng)
        if rng.random() < 0.5 and len(text) > 9:
            text = samples.misspell(text, rng)
        if str(keys.key(text)) not in taken:
            found[text] = name
    return found


def mentions() -> Iterator[Measure]:
    """Yield how many distinct mentions a second are resolved on one core, well and badly spelt."""
    names = sorted({row.text for row in samples.name_rows() if row.type in PLACE_TYPES})
    places, everything = well_spelt(*PLACE_TYPES), well_spelt(*PLACE_TYPES, "person", "organisation", "office")
    wrong = misspelt(MISSPELT)
    plain = {
        kind: BASELINE_MENTIONS / timed(partial(closest, texts[:BASELINE_MENTIONS], names), process_time)
        for kind, texts in (("exact", places), ("misspelt", list(wrong)))
    }
    resolver = opened(Resolver())
    for name, texts, resolve in (
        ("exact mentions of places, to records", places, partial(records, resolver)),
        ("exact mentions of places, to arrays", places, resolver.resolve_arrays),
        ("exact mentions of anything, to records", everything, partial(records, resolver)),
    ):
        speed = len(texts) / timed(partial(resolve, texts), process_time)
        yield Measure(name, speed, "mentions/s", BASELINE, plain["exact"])
    speed = len(wrong) / timed(partial(records, resolver, list(wrong)), process_time)
    yield Measure("misspelt mentions of places, to records", speed, "mentions/s", BASELINE, plain["misspelt"])
    found, expected = recall(resolver, wrong)
    yield Measure("right names among the closest", found, "mentions", "comparing with every key", expected)


def opened(resolver: Resolver) -> Resolver:
    """Return a resolver with all open that is opened on first use."""
    resolver.resolve_many([*misspelt(1_500, seed=1), "Kien Gaing"])
    # What the benchmark itself holds is not to be searched for garbage.
    gc.collect()
    gc.freeze()
    return resolver


def records(resolver: Resolver, texts: Sequence[str]) -> list[tuple[str, str, float]]:
    """Resolve texts and look at what every caller looks at."""
    matches = resolver.resolve_many(texts)
    return [(match.status, match.entity.id if match.entity else "", match.score) for match in matches]


def recall(resolver: Resolver, wrong: dict[str, str]) -> tuple[int, int]:
    """Return for how many misspellings the name meant is among the closest: as found, and by comparing with all."""
    index = resolver._index
    letters = [key for key in index.keys if key.isalpha() and edits_allowed(len(key))]
    limits = np.array([edits_allowed(len(key)) for key in letters])
    drawn = Random(samples.SEED).sample(sorted(wrong), SEARCHED)
    queries = [str(keys.key(text)) for text in drawn]
    distance = process.cdist(queries, letters, scorer=OSA.distance, score_cutoff=3, dtype=np.int8)
    distance = np.where(distance <= limits, distance, 99)
    query, key = index.segments.probe(queries)
    near: dict[int, list[str]] = {}
    for of, number in zip(query.tolist(), key.tolist(), strict=True):
        near.setdefault(of, []).append(index.keys[number])
    found = expected = 0
    for number, (text, row) in enumerate(zip(drawn, distance, strict=True)):
        best, meant = int(row.min()), str(keys.key(wrong[text]))
        if best < 99 and meant in {letters[at] for at in np.flatnonzero(row == best)}:
            expected += 1
            reached = [one for one in near.get(number, []) if OSA.distance(queries[number], one) == best]
            found += meant in reached
    return found, expected


def closest(texts: Sequence[str], names: Sequence[str]) -> None:
    """Find the nearest name to each text by comparing it with all of them."""
    for text in texts:
        process.extractOne(text, names, scorer=fuzz.ratio)


def whole_addresses() -> Iterator[Measure]:
    """Yield how many whole addresses a second are resolved on one core, beside a peer where it is installed."""
    for speed in addresses.speeds():
        peer = f"PyPI {addresses.PEER}" if speed.peer_per_second else ""
        yield Measure(f"addresses, {speed.kind}", speed.per_second, "addresses/s", peer, speed.peer_per_second)
        yield Measure(f"addresses, {speed.kind}, communes right", speed.right, "share", peer, speed.peer_right)


def real_tables() -> Iterator[Measure]:
    """Yield how many mentions a second of real-shaped tables are resolved, beside an earlier build and the peer."""
    seconds, before = realistic.lookups()
    if before:
        yield Measure(f"lookup, beside commit {realistic.BEFORE[:7]}", seconds, "s", "that commit", before)
    for one in realistic.compared():
        other = one.other if one.other_per_second else ""
        yield Measure(f"{one.kind}, beside {one.other}", one.per_second, "mentions/s", other, one.other_per_second)


def table_of_rows(folder: Path) -> Iterator[Measure]:
    """Yield how long the command takes for a table, beside copying its output, and for ten times the rows."""
    source, output = folder / "in.csv", folder / "out.csv"
    write_rows(source, ROWS)
    command = [*COMMAND, "normalize", str(source), "--column", "place", "--force", "-o"]
    seconds, peak = in_child([*command, str(output)])
    plain = timed(lambda: copy(output, folder / "copy.csv"))
    _, bare_peak = in_child([sys.executable, "-c", "import numpy, rapidfuzz"])
    told = "csv module copies the same output"
    yield Measure("normalize, 1,000,000 rows of 8 columns, two cores", seconds, "s", told, plain)
    yield Measure("normalize, peak memory", peak, "MB", "python with numpy and rapidfuzz", bare_peak)
    (folder / "copy.csv").unlink()
    output.unlink()
    nowhere, _ = in_child([*command, "/dev/null"])
    write_rows(source, TENFOLD_ROWS)
    tenfold_seconds, tenfold_peak = in_child([*command, "/dev/null"])
    yield Measure("normalize, ten times the rows", tenfold_seconds, "s", "the rows once", nowhere)
    yield Measure("normalize, ten times the rows, peak memory", tenfold_peak, "MB", "the rows once", peak)
    source.unlink()


def long_cells_of_text(folder: Path) -> Iterator[Measure]:
    """Yield how long the command takes for few rows with much text in each, and how much memory."""
    source, output = folder / "in.csv", folder / "out.csv"
    long_cells.write_rows(source)
    command = [*COMMAND, "normalize", str(source), "--column", "place", "-o", str(output)]
    seconds, peak = in_child(command)
    plain = timed(lambda: copy(output, folder / "copy.csv"))
    _, bare_peak = in_child([sys.executable, "-c", "import numpy, rapidfuzz"])
    name = f"normalize, {long_cells.ROWS:,} rows of 381 MB"
    yield Measure(name, seconds, "s", "csv module copies the same output", plain)
    yield Measure(f"{name}, peak memory", peak, "MB", "python with numpy and rapidfuzz", bare_peak)


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


def write_rows(path: Path, count: int) -> None:
    """Write a table of places: many rows, few distinct mentions, some of them misspelt."""
    rng = Random(samples.SEED)
    distinct = rng.sample([text for text in well_spelt(*PLACE_TYPES) if len(text) >= samples.MIN_LETTERS], DISTINCT)
    for number in range(int(DISTINCT * MISSPELT_SHARE)):
        distinct[number] = samples.misspell(distinct[number], rng)
    rng.shuffle(distinct)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["id", "place", "date", "source", "language", "amount", "title", "note"])
        for number in range(count):
            place = distinct[number] if number < DISTINCT else rng.choice(distinct)
            writer.writerow([number, place, "2024-11-27", "press", "vi", number % 97, f"Record {number}", ""])


def copy(source: Path, target: Path) -> None:
    """Read and write a table with nothing done to it."""
    with source.open(encoding="utf-8", newline="") as old, target.open("w", encoding="utf-8", newline="") as new:
        csv.writer(new, lineterminator="\n").writerows(csv.reader(old))


def index() -> Iterator[Measure]:
    """Yield how long the index and the lexicon take to compile and to load."""
    read = timed(lambda: read_tables(bundled_path()))
    compiled = timed(lambda: compile_tables(read_tables(bundled_path())))
    opened = open_index()  # leaves the index in the cache
    engine = Engine(opened, cached=True)
    by = engine._matcher, engine._asked
    forms = timed(lambda: Lexicon.compile(*by))
    open_lexicon(*by)
    yield Measure("index and lexicon, compile", compiled + forms, "s", "reading the tables", read)
    yield Measure("index, load", timed(open_index), "s", "reading the tables", read)
    yield Measure("lexicon, load", timed(partial(open_lexicon, *by)), "s", "reading the tables", read)


def requests() -> Iterator[Measure]:
    """Yield how fast the service answers under a steady load, what memory it takes, and how fast it reconciles."""
    report = service.measured()
    name = f"service, mixed requests at {service.RATE:g} a second"
    bare = "the same server asked for nothing"
    for part in (500, 990):
        told = f"{name}, p{part / 10:g}"
        yield Measure(told, report.percentile(part), "ms", bare, report.percentile(part, report.bare))
    yield Measure("service, memory after the load", report.after, "MB", "before it", report.before)
    yield Measure("service, four processes", service.memory_of(4), "MB", "one process", service.memory_of(1))
    for one in reconciling.columns():
        other = one.other if one.other_per_second else ""
        yield Measure(f"reconciled, {one.kind}", one.per_second, "rows/s", other, one.other_per_second)


def names_tenfold(folder: Path) -> Iterator[Measure]:
    """Yield what ten times the names cost: the speed of the same mentions, beside that with the names there are.

    Without a lexicon, which looks mentions up at one speed however many names there are.
    """
    few, many = Resolver(cache=False), Resolver(tenfold.write(folder / "gazetteer"), cache=False)
    places, wrong = well_spelt(*PLACE_TYPES)[: MISSPELT // 4], list(misspelt(MISSPELT // 4))
    for name, texts in (("exact", places), ("misspelt", wrong)):
        speeds = []
        for resolver in (few, many):
            opened(resolver)
            speeds.append(len(texts) / timed(partial(resolver.resolve_arrays, texts), process_time))
        yield Measure(f"{name} mentions, ten times the names", speeds[1], "mentions/s", "the names once", speeds[0])


def lookup() -> Measure:
    """Return how long one lookup takes as a whole process, once the index is in the cache."""
    asked = median(in_child([*COMMAND, "lookup", "Kien Giang"])[0] for _ in range(LOOKUPS))
    bare = median(in_child([sys.executable, "-c", "pass"])[0] for _ in range(LOOKUPS))
    return Measure("lookup, whole process", asked, "s", "an empty python process", bare)


def timed(action: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """Return how many seconds an action takes, by the clock on the wall or that of the processor."""
    start = clock()
    action()
    return clock() - start


def in_child(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; return its seconds and its peak memory in MB. Raises CalledProcessError where it fails.

    A small process stands between, because a process is charged with the peak of the one that started it.
    """
    told = subprocess.run([sys.executable, "-c", BETWEEN, *command], check=True, stdout=subprocess.PIPE, text=True)
    seconds, peak = map(float, told.stdout.split()[-2:])
    return seconds, peak * (1 if sys.platform == "darwin" else 1024) / 1e6


def main() -> None:
    """Run every benchmark, or those named, print the figures as they come and put them into the record."""
    benchmarks: dict[str, Callable[[Path], Iterator[Measure]]] = {
        "index": lambda _: index(),
        "lookup": lambda _: iter([lookup()]),
        "cold": lambda _: (
            Measure(one.name, one.seconds, "s", one.baseline, one.baseline_seconds) for one in cold.figures()
        ),
        "mentions": lambda _: mentions(),
        "addresses": lambda _: whole_addresses(),
        "realistic": lambda _: real_tables(),
        "tenfold": names_tenfold,
        "table": table_of_rows,
        "long": long_cells_of_text,
        "people": groups_of_people,
        "service": lambda _: requests(),
    }
    header = ["measure", "value", "unit", "baseline", "baseline_value", "ratio"]
    lines = [header]
    wanted = sys.argv[1:] or list(benchmarks)
    for name in wanted:
        with tempfile.TemporaryDirectory() as folder:
            for measure in benchmarks[name](Path(folder)):
                lines.append(measure.cells())
                print(" | ".join(lines[-1]), flush=True)
    with RECORD.open(encoding="utf-8", newline="") as handle:
        known = {line[0]: line for line in csv.reader(handle)}
    if wanted == list(benchmarks):
        known = {}
    with RECORD.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows((known | {line[0]: line for line in lines}).values())


if __name__ == "__main__":
    main()
