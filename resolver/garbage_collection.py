"""Control of Python's garbage collector: paused while many objects are made and none of them is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["gc_paused", "gc_relaxed"]

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


@contextmanager
def gc_relaxed() -> Iterator[None]:
    """Collect garbage rarely while a table of any length is processed."""
    before = gc.get_threshold()
    if gc.isenabled():
        gc.set_threshold(max(before[0], _SELDOM), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
