"""Measure the service on this machine: mixed single requests at a steady rate, then a column reconciled in batches.

    python -m tests.benchmarks.service                      # a minute at 200 requests a second, 10,000 rows
    python -m tests.benchmarks.service --seconds 3600       # for an hour
    python -m tests.benchmarks.service --beside http://127.0.0.1:5000/reconcile   # the same rows asked elsewhere, too

The load goes only to a server that this script starts on the loopback address, and ends after the time given. What is
named with --beside is a reconciliation service that somebody started on this machine.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import quantiles
from urllib.parse import quote, urlencode, urlsplit

from resolver import Resolver

CLIENTS = 16
BATCH = 100
"""Rows of one reconciliation request; OpenRefine sends ten to some hundreds."""


def paths(mentions: Sequence[str], ids: Sequence[str]) -> Iterator[str]:
    """Yield addresses in the mixture of a page and of programs: mostly names, some ids, pages and completions."""
    random = Random(7)
    while True:
        mention, id_ = quote(random.choice(mentions)), random.choice(ids)
        yield random.choices(
            [
                f"/resolve?text={mention}&date=2024-11-27",
                f"/suggest?prefix={mention[:8].rpartition('%')[0] or 'ha'}",
                f"/convert?text={mention}&type=place&to=2025-07-01",
                f"/entities/{id_}",
                f"/history/{id_}",
                f"/{id_}?language=vi",
                f"/preview/{id_}",
            ],
            [60, 10, 10, 6, 5, 5, 4],
        )[0]


class Load:
    """Clients that ask at a steady rate, each over a connection of its own."""

    def __init__(self, address: str, rate: float, seconds: float, asked: Iterator[str]) -> None:
        self._netloc = urlsplit(address).netloc
        self._start, self._count, self._rate = time.perf_counter() + 0.5, int(rate * seconds), rate
        self._asked, self._lock, self._next = asked, threading.Lock(), 0
        self.times: list[float] = []
        self.failures: list[str] = []

    def run(self) -> None:
        """Ask until the time is over."""
        clients = [threading.Thread(target=self._client) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()

    def _client(self) -> None:
        connection = HTTPConnection(self._netloc, timeout=60)
        while True:
            with self._lock:
                number, self._next = self._next, self._next + 1
                if number >= self._count:
                    return
                path = next(self._asked)
            due = self._start + number / self._rate
            time.sleep(max(due - time.perf_counter(), 0))
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            # From when it was due: a server that falls behind doesn't look fast because fewer requests are sent.
            self.times.append(time.perf_counter() - due)
            if answer.status != 200:
                self.failures.append(f"{answer.status} {path}")


def reconciled(address: str, mentions: Sequence[str]) -> tuple[float, int]:
    """Return the seconds that a column takes in batches, one after the other, and how many rows got a match."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=600)
    matched, started = 0, time.perf_counter()
    for start in range(0, len(mentions), BATCH):
        queries = {f"q{at}": {"query": text} for at, text in enumerate(mentions[start : start + BATCH])}
        body = urlencode({"queries": json.dumps(queries)})
        connection.request("POST", parts.path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        found = json.loads(connection.getresponse().read())
        matched += sum(any(one.get("match") for one in result["result"]) for result in found.values())
    return time.perf_counter() - started, matched


@contextmanager
def serving(workers: int) -> Iterator[tuple[str, int]]:
    """Run the command for the length of a block; give its address and the id of its process."""
    command = [sys.executable, "-m", "resolver", "serve", "--port", "0", "--workers", str(workers)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        found = re.search(r"http://\S+?:\d+", process.stderr.readline())
        assert found is not None, "the command says where it listens"
        yield found.group(), process.pid
    finally:
        process.terminate()
        process.wait(30)


def resident(pid: int) -> float:
    """Return the memory of a process and those that it started, in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    text = Path(f"/proc/{pid}/status").read_text()
    own = re.search(r"VmRSS:\s+(\d+)", text)
    return (int(own.group(1)) / 1024 if own else 0.0) + sum(resident(int(child)) for child in children)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--rate", type=float, default=200)
    asked.add_argument("--rows", type=int, default=10_000)
    asked.add_argument("--workers", type=int, default=1)
    asked.add_argument("--beside", metavar="ADDRESS")
    options = asked.parse_args()
    resolver = Resolver()
    names = resolver.spellings("commune")
    mentions = Random(11).sample(names, min(options.rows, len(names)))
    ids = [place.id for place in resolver.places("district", date="2024")]
    with serving(options.workers) as (address, pid):
        Load(address, 20, 3, paths(mentions, ids)).run()  # the first requests wait until it has started
        before = resident(pid)
        load = Load(address, options.rate, options.seconds, paths(mentions, ids))
        load.run()
        after = resident(pid)
        cuts = quantiles(load.times, n=1000)
        print(f"{len(load.times):,} requests at {options.rate:g} a second, {len(load.failures)} failed")
        print(f"p50 {1e3 * cuts[499]:.1f} ms, p90 {1e3 * cuts[899]:.1f} ms, p99 {1e3 * cuts[989]:.1f} ms")
        print(f"memory {before:.0f} MB before, {after:.0f} MB after")
        seconds, matched = reconciled(f"{address}/reconcile", mentions)
        print(f"{len(mentions):,} rows reconciled in {seconds:.1f} s, {matched:,} matched")
    if options.beside:
        seconds, matched = reconciled(options.beside, mentions)
        print(f"beside: {seconds:.1f} s, {matched:,} matched")


if __name__ == "__main__":
    main()
