"""Python's search for garbage, put off where much is made and none of it is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["gc_paused", "gc_relaxed"]

_MANY = 1_000
"""Elements up to which a batch is made without ado."""

_SELDOM = 500_000
"""New objects after which Python searches, where it should seldom do so."""


@contextmanager
def gc_paused(size: int) -> Iterator[None]:
    """Search for no garbage while a large batch is made: a search goes through all that is kept, again and again."""
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
    """Search for garbage seldom while a table is under way, however long it is."""
    before = gc.get_threshold()
    if gc.isenabled():
        gc.set_threshold(max(before[0], _SELDOM), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
