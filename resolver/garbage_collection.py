"""Control of Python's garbage collector: rare while many objects are made and few of them are garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

__all__ = ["gc_of_a_server", "gc_paused", "gc_relaxed"]

_MANY = 1_000
"""Batches up to this size are made without pausing the collector."""

_SELDOM = 500_000
"""New objects before the next collection, while collections should be rare."""


@contextmanager
def gc_paused(size: int) -> Iterator[None]:
    """Pause garbage collection while a large batch is made: each collection would scan all kept objects again."""
    if size <= _MANY:
        yield
        return
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


_SHORT = (2_000, 5, 1_000)
"""Collections of a server: young objects often, a millisecond or two each; all of them after ten million more."""


class _Relaxed:
    """How many callers relax the collector at the moment, and its setting before the first of them."""

    lock = Lock()
    count = 0
    before = (0, 0, 0)


@contextmanager
def gc_relaxed() -> Iterator[None]:
    """Collect garbage rarely while a table of any length is processed; several threads may use it at once."""
    with _Relaxed.lock:
        if not _Relaxed.count:
            _Relaxed.before = gc.get_threshold()
            if gc.isenabled():
                gc.set_threshold(max(_Relaxed.before[0], _SELDOM), *_Relaxed.before[1:])
        _Relaxed.count += 1
    try:
        yield
    finally:
        with _Relaxed.lock:
            _Relaxed.count -= 1
            if not _Relaxed.count:
                gc.set_threshold(*_Relaxed.before)


@contextmanager
def gc_of_a_server() -> Iterator[None]:
    """Keep the pauses of a server short: what is open already is not searched again, and all of the rest seldom.

    A search of everything takes longer the more is remembered, some tenths of a second, and finds next to nothing.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SHORT)
    try:
        yield
    finally:
        gc.set_threshold(*before)
