"""The wheel in an environment of its own, with a home that cannot be written: the first runs beside the second.

A wheel of another commit may be named, too, to compare a lookup as a whole process: ``BESIDE=/path/to/other.whl``.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from tests.drawn_addresses import draw

ROOT = Path(__file__).resolve().parents[2]
BESIDE = "BESIDE"
ROWS = 2_000
LOOKUPS = 9


class Figure(NamedTuple):
    """Seconds of something, beside those of a baseline."""

    name: str
    seconds: float
    baseline: str
    baseline_seconds: float


def figures() -> Iterator[Figure]:
    """Build the wheel, install it and yield the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        command = installed(next(folder.glob("*.whl")), folder / "new")
        lookups = [seconds(command, "lookup", "Kien Giang") for _ in range(LOOKUPS)]
        yield Figure("first lookup after the installation", lookups[0], "the second", lookups[1])
        table = folder / "in.csv"
        write_rows(table)
        told = ("normalize", table, "--column", "address", "--force", "-o", folder / "out.csv")
        tables = [seconds(command, *told) for _ in range(2)]
        yield Figure(f"first table of {ROWS:,} addresses after the installation", tables[0], "the second", tables[1])
        other = os.environ.get(BESIDE)
        if other:
            before = installed(Path(other), folder / "old", home=folder)
            seconds(before, "lookup", "Kien Giang")  # puts its index into the cache
            pairs = [
                (seconds(command, "lookup", "Kien Giang"), seconds(before, "lookup", "Kien Giang")) for _ in lookups
            ]
            ours, theirs = (median(one) for one in zip(*pairs, strict=True))
            yield Figure("lookup, whole process", ours, Path(other).name, theirs)


def installed(wheel: Path, folder: Path, *, home: Path | None = None) -> Sequence[str | Path]:
    """Install a wheel with what it depends on; return the command that runs it, without a home if none is given."""
    subprocess.run((sys.executable, "-m", "venv", folder), check=True)
    pip = (folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel)
    subprocess.run(pip, check=True)
    nowhere = home or Path(os.devnull) / "home"
    kept = {f"{name}={nowhere}" for name in ("HOME", "XDG_CACHE_HOME")}
    return ("env", "-u", "RESOLVER_CACHE_DIR", "-u", "PYTHONPATH", *sorted(kept), folder / "bin" / "resolver")


def seconds(command: Sequence[str | Path], *arguments: str | Path) -> float:
    """Return how long a command takes as a whole process."""
    start = perf_counter()
    subprocess.run((*command, *arguments), check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def write_rows(path: Path) -> None:
    """Write a table of addresses."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["address"])
        writer.writerows([one.mention.text] for one in draw("clean", ROWS))
