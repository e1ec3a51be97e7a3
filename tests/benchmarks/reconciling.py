"""How fast a column is reconciled over HTTP, beside PyPI `csv-reconcile` where its command is found.

    python -m venv peer && peer/bin/pip install csv-reconcile
    CSV_RECONCILE=peer/bin/csv-reconcile python -m tests.benchmarks.reconciling

Names are asked as a client of the Reconciliation Service API asks them, one batch after the other, by the clock on the
wall. The peer has the same names in its table, and is asked the first of the same queries.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode, urlsplit

from resolver import Mention, Resolver
from tests import drawn_addresses
from tests.benchmarks.serving import answering, serving

__all__ = ["PEER", "ROWS", "Column", "columns"]

PEER = "csv-reconcile"
ROWS = 10_000
PEER_ROWS = 200
FEW, MANY = 10, 1_000
"""Queries of one request: as OpenRefine sends them to a service that names no number, and as it may send them here."""

Query = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """Rows reconciled a second and the share that got a match, beside another; 0 where that is not at hand."""

    kind: str
    per_second: float
    matched: float
    other: str = ""
    other_per_second: float = 0.0
    other_matched: float = 0.0

    @property
    def seconds(self) -> float:
        """How long all rows take."""
        return ROWS / self.per_second


def columns() -> Iterator[Column]:
    """Yield the figures: names alone beside the peer, with dates and provinces beside the library without HTTP."""
    resolver = Resolver()
    every = resolver.spellings("commune")
    names: list[Query] = [{"query": text} for text in Random(11).sample(every, ROWS)]
    rows = list(_dated_with_province(ROWS))
    with serving() as (address, _):
        service = f"{address}/reconcile"
        reconciled(service, [*names[:500], *rows[:500]], FEW)
        alone = reconciled(service, names, FEW)
        few, many = (reconciled(service, rows, size) for size in (FEW, MANY))
    yield Column(f"names, {FEW} a request", *alone, f"PyPI {PEER}", *_of_the_peer(every, names[:PEER_ROWS]))
    library = _without_http(resolver, rows)
    for size, found in ((FEW, few), (MANY, many)):
        yield Column(f"with dates and provinces, {size:,} a request", *found, "resolve_many in one call", *library)


def reconciled(service: str, queries: Sequence[Query], size: int) -> tuple[float, float]:
    """Return how many rows a second are reconciled in requests of a size, and the share that got a match."""
    parts, matched, started = urlsplit(service), 0, time.perf_counter()
    connection = HTTPConnection(parts.netloc, timeout=600)
    for start in range(0, len(queries), size):
        some = {f"q{at}": one for at, one in enumerate(queries[start : start + size])}
        body = urlencode({"queries": json.dumps(some)})
        connection.request("POST", parts.path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        found = json.loads(connection.getresponse().read())
        matched += sum(any(one.get("match") for one in result["result"]) for result in found.values())
    return len(queries) / (time.perf_counter() - started), matched / len(queries)


def _dated_with_province(count: int) -> Iterator[Query]:
    """Yield communes of 2024 with a day of that year and their province beside, as tables of events have them."""
    random = Random(5)
    standing = list(drawn_addresses.standing("2024-12-31", "commune", levels=3, country="VN"))
    for address in random.sample(standing, count):
        day = f"{random.randint(1, 28):02d}/{random.randint(1, 12):02d}/2024"
        properties = [{"pid": "within", "v": address.texts[-1]}, {"pid": "date", "v": day}]
        yield {"query": address.texts[0], "type": "commune", "type_strict": "should", "properties": properties}


def _without_http(resolver: Resolver, queries: Sequence[Query]) -> tuple[float, float]:
    mentions = [
        Mention(one["query"], ("commune",), (), one["properties"][1]["v"], (one["properties"][0]["v"],))
        for one in queries
    ]
    resolver.resolve_many(mentions[:500])
    started = time.perf_counter()
    matched = sum(match.status == "matched" for match in resolver.resolve_many(mentions))
    return len(mentions) / (time.perf_counter() - started), matched / len(mentions)


def _of_the_peer(names: Sequence[str], queries: Sequence[Query]) -> tuple[float, float]:
    command = os.environ.get("CSV_RECONCILE") or shutil.which(PEER)
    if not command:
        return 0.0, 0.0
    with _peer(command, names) as service:
        return reconciled(service, queries, FEW)


@contextmanager
def _peer(command: str, names: Sequence[str]) -> Iterator[str]:
    """Run the peer with a table of names on a free port for the length of a block; give its address."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        netloc = f"127.0.0.1:{free.getsockname()[1]}"
        table, settings = Path(folder) / "names.tsv", Path(folder) / "settings.py"
        with table.open("w", encoding="utf-8", newline="") as sink:
            csv.writer(sink, delimiter="\t").writerows(
                [("id", "name"), *((f"n{at}", name) for at, name in enumerate(names))]
            )
        settings.write_text(f"SERVER_NAME = {netloc!r}\n", encoding="utf-8")
        command = str(Path(command).absolute())
        prepared = [command, "init", "--config", str(settings), "--scorer", "dice", str(table), "id", "name"]
        quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(prepared, check=True, **quiet)  # type: ignore[call-overload]
        free.close()
        process = subprocess.Popen([command, "serve"], **quiet)  # type: ignore[call-overload]
        try:
            answering(f"http://{netloc}/reconcile")
            yield f"http://{netloc}/reconcile"
        finally:
            process.terminate()
            process.wait(30)


def main() -> None:
    """Print the figures."""
    for one in columns():
        told = f"{one.kind}: {one.seconds:.1f} s for {ROWS:,} rows, {one.per_second:,.0f}/s, {one.matched:.1%} matched"
        if one.other_per_second:
            ratio = one.per_second / one.other_per_second
            told += f"; {one.other}: {one.other_per_second:,.1f}/s, {one.other_matched:.1%} matched, {ratio:.3g} times"
        print(told, flush=True)


if __name__ == "__main__":
    main()
