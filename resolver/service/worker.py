"""The thread that calls the resolver: one request after another, long ones in pieces so that short ones wait less."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from time import monotonic
from typing import TypeVar

__all__ = ["PIECE", "TookTooLongError", "Worker"]

T = TypeVar("T")
U = TypeVar("U")

PIECE = 64
"""Mentions of one request that are answered before it is the next request's turn."""


class TookTooLongError(Exception):
    """A request took longer than allowed."""


class Worker:
    """Runs calls of the library in one thread: the resolver's caches are not made for several threads."""

    def __init__(self, max_seconds: float) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="resolver")
        self._max_seconds = max_seconds

    async def warm(self, call: Callable[[], object]) -> None:
        """Wait for a call, however long it takes."""
        await asyncio.get_running_loop().run_in_executor(self._pool, call)

    async def run(self, call: Callable[[], T]) -> T:
        """Return the result of a call, or raise TookTooLongError; a call that has begun still runs to its end."""
        running = asyncio.get_running_loop().run_in_executor(self._pool, call)
        try:
            return await asyncio.wait_for(asyncio.shield(running), self._max_seconds)
        except TimeoutError:
            running.cancel()
            raise TookTooLongError from None

    async def pieces(
        self, call: Callable[[Sequence[T]], Sequence[U]], asked: Sequence[T], size: int = PIECE
    ) -> AsyncIterator[Sequence[U]]:
        """Yield the results of a call with many arguments, piece by piece, in their order."""
        ends, rest = monotonic() + self._max_seconds, iter(asked)
        while piece := list(islice(rest, size)):
            if monotonic() > ends:
                raise TookTooLongError
            yield await self.run(lambda some=piece: call(some))  # type: ignore[misc]

    def close(self) -> None:
        """End the thread when its present call is done."""
        self._pool.shutdown(wait=False, cancel_futures=True)
