"""The service as a process of its own on this machine, and the memory that its processes take."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

__all__ = ["answering", "memory", "serving"]

STARTING = 300
"""Seconds that a server may take until it answers: the gazetteer may have to be compiled first."""


@contextmanager
def serving(workers: int = 1) -> Iterator[tuple[str, int]]:
    """Run ``resolver serve`` for the length of a block; give its address and the id of its process."""
    command = [sys.executable, "-m", "resolver", "serve", "--port", "0", "--workers", str(workers)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        found = re.search(r"http://\S+?:\d+", process.stderr.readline())
        assert found is not None, "the command says where it listens"
        answering(f"{found.group()}/healthz")
        yield found.group(), process.pid
    finally:
        process.terminate()
        process.wait(30)


def answering(address: str) -> None:
    """Wait until a server answers. Raises TimeoutError where it does not."""
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=STARTING):
                return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(address)


def memory(pid: int) -> float:
    """Return the memory of a process and of those that it started, in MB; what several share counts once (Linux)."""
    return sum(_rolled_up(one, "Pss") for one in _family(pid)) / 1024


def _family(pid: int) -> Iterator[int]:
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from _family(int(child))


def _rolled_up(pid: int, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found.group(1)) if found else 0
