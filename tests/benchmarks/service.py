"""How fast the service answers mixed single requests at a steady rate, and how much memory it takes.

    python -m tests.benchmarks.service                                   # a minute at 200 requests a second
    python -m tests.benchmarks.service --seconds 3600 --workers 2        # an hour, with two processes

The load goes only to a server that this script starts on the loopback address, and ends after the time given.
"""

from __future__ import annotations

import argparse
import gc
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from random import Random
from statistics import quantiles
from urllib.parse import quote, urlsplit

from resolver import Resolver
from tests.benchmarks.serving import memory, serving

__all__ = ["RATE", "Report", "measured", "memory_of"]

CLIENTS = 16
RATE, SECONDS = 200.0, 60.0
BARE = 10.0
"""Seconds for which the server is asked what takes it no work."""

WAITING = "/healthz"
SLOWEST = 12


@dataclass(frozen=True, slots=True)
class Report:
    """What a load showed: seconds of each request from when it was due, memory in MB, what failed."""

    times: Sequence[float]
    bare: Sequence[float]
    before: float
    after: float
    failures: Sequence[str]
    slowest: Sequence[tuple[float, str]] = field(default=())

    def percentile(self, thousandths: int, times: Sequence[float] | None = None) -> float:
        """Return within how many milliseconds so many thousandths of the requests were answered."""
        return 1e3 * quantiles(self.times if times is None else times, n=1000)[thousandths - 1]


def asked(mentions: Sequence[str], ids: Sequence[str]) -> Iterator[str]:
    """Yield addresses in the mixture of a page and of programs: mostly names, some ids, pages and completions."""
    random = Random(7)
    while True:
        mention, id_ = random.choice(mentions), random.choice(ids)
        text = quote(mention)
        yield random.choices(
            [
                f"/resolve?text={text}&date=2024-11-27",
                f"/suggest?prefix={quote(mention[:5])}",
                f"/convert?text={text}&type=place&to=2025-07-01",
                f"/entities/{id_}",
                f"/history/{id_}",
                f"/{id_}?language=vi",
                f"/preview/{id_}",
            ],
            [60, 10, 10, 6, 5, 5, 4],
        )[0]


class Load:
    """Clients that ask at a steady rate, each over a connection of its own."""

    def __init__(self, address: str, rate: float, seconds: float, paths: Iterator[str]) -> None:
        self._netloc = urlsplit(address).netloc
        self._start, self._count, self._rate = time.perf_counter() + 0.5, int(rate * seconds), rate
        self._paths, self._lock, self._next = paths, threading.Lock(), 0
        self.times: list[float] = []
        self.failures: list[str] = []
        self.slowest: list[tuple[float, str]] = []

    def run(self) -> Load:
        """Ask until the time is over."""
        clients = [threading.Thread(target=self._client) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        return self

    def _client(self) -> None:
        connection = HTTPConnection(self._netloc, timeout=60)
        while True:
            with self._lock:
                number, self._next = self._next, self._next + 1
                if number >= self._count:
                    return
                path = next(self._paths)
            due = self._start + number / self._rate
            time.sleep(max(due - time.perf_counter(), 0))
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            # From when it was due: a server that falls behind doesn't look fast because fewer requests are sent.
            self._noted(time.perf_counter() - due, answer.status, path)

    def _noted(self, seconds: float, status: int, path: str) -> None:
        with self._lock:
            self.times.append(seconds)
            if status != 200:
                self.failures.append(f"{status} {path}")
            if len(self.slowest) < SLOWEST or seconds > self.slowest[-1][0]:
                self.slowest = sorted([*self.slowest, (seconds, path)], reverse=True)[:SLOWEST]


def measured(rate: float = RATE, seconds: float = SECONDS, workers: int = 1) -> Report:
    """Return what a server showed under a steady load: first with what takes it no work, then with the mixture."""
    resolver = Resolver()
    mentions = Random(11).sample(resolver.spellings("commune"), 10_000)
    ids = [place.id for place in resolver.places("district", date="2024")]
    resolver.compiled()  # so that no server compiles it and holds what that took
    del resolver
    gc.collect()
    gc.freeze()  # what this process holds is not to be searched for garbage while it asks
    with serving(workers) as (address, pid):
        Load(address, rate, BARE, asked(mentions, ids)).run()
        bare = Load(address, rate, BARE, iter(lambda: WAITING, "")).run()
        before = memory(pid)
        load = Load(address, rate, seconds, asked(mentions, ids)).run()
        return Report(load.times, bare.times, before, memory(pid), load.failures, load.slowest)


def memory_of(workers: int, requests: int = 400) -> float:
    """Return the memory in MB that a number of processes take together after some requests."""
    mentions = [f"Kien Giang {number}" for number in range(7)]
    with serving(workers) as (address, pid):
        time.sleep(2 * workers)  # until the last of them has started
        Load(address, RATE, requests / RATE, asked(mentions, ["kh-province-kampot"])).run()
        return memory(pid)


def main() -> None:
    """Print what a load showed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    report = measured(options.rate, options.seconds, options.workers)
    print(f"{len(report.times):,} requests at {options.rate:g} a second, {len(report.failures)} failed")
    for told, times in (("mixed", report.times), (WAITING, report.bare)):
        cuts = ", ".join(f"p{part / 10:g} {report.percentile(part, times):.1f} ms" for part in (500, 900, 990, 999))
        print(f"{told}: {cuts}")
    print(f"memory {report.before:.0f} MB before, {report.after:.0f} MB after")
    print("slowest: " + "; ".join(f"{1e3 * seconds:.0f} ms {path}" for seconds, path in report.slowest))
    print("failed: " + "; ".join(f"{count} x {what}" for what, count in Counter(report.failures).most_common(5)))


if __name__ == "__main__":
    main()
