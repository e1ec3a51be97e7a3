"""Jobs that share what is loaded, on all cores: processes forked after the gazetteer has been read."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

__all__ = ["run"]

T = TypeVar("T")

_jobs: Sequence[Callable[[], Any]] = ()


def run(jobs: Sequence[Callable[[], T]]) -> list[T]:
    """Return what each job returns, in the order of the jobs.

    A job need not be picklable, since the processes inherit it; what it returns must be. Where processes cannot be
    forked, and on one core, the jobs run one after the other.

    >>> run([lambda: 1, lambda: 2])
    [1, 2]
    """
    global _jobs  # noqa: PLW0603
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if cores == 1 or "fork" not in multiprocessing.get_all_start_methods():
        return [job() for job in jobs]
    _jobs = jobs
    with ProcessPoolExecutor(cores, multiprocessing.get_context("fork")) as pool:
        return list(pool.map(_run, range(len(jobs))))


def _run(place: int) -> Any:
    return _jobs[place]()
