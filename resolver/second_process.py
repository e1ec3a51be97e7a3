"""A second process that takes over half of a long piece of work, if there is a second core."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, TypeVar

__all__ = ["SecondProcess", "started"]

_Own = TypeVar("_Own")

Make = Callable[..., Callable[[Any], Any]]
"""Makes, from some arguments, the function that answers questions."""


class SecondProcess:
    """A process that answers questions by the function that ``make(*arguments)`` returns; it starts with the first one.

    A context manager, which ends the process. ``is_available`` is false on one core, and after the process has died.
    """

    def __init__(self, make: Make, *arguments: object) -> None:
        self.is_available = (os.cpu_count() or 1) > 1
        self._made_by = make, arguments
        self._pipe: Connection | None = None

    def __enter__(self) -> SecondProcess:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        if self._pipe:
            self._pipe.close()

    @property
    def has_started(self) -> bool:
        """Whether the process was started."""
        return self._pipe is not None

    def start(self) -> None:
        """Start the process before its first question, if it is available."""
        if self.is_available and not self._pipe:
            make, arguments = self._made_by
            try:
                self._pipe = started(make, *arguments)
            except OSError:
                self.is_available = False

    def share(self, question: object, own: Callable[[], _Own]) -> tuple[_Own, Any] | None:
        """Return what ``own`` returns, and the answer of the process, which works meanwhile; None without a process."""
        self.start()
        if not self.is_available or not self._pipe:
            return None
        try:
            self._pipe.send(question)
            return own(), self._pipe.recv()
        except (EOFError, OSError):
            # The process has died, perhaps from lack of memory.
            self.is_available = False
            return None


def started(make: Make, *arguments: object) -> Connection:
    """Start a process that answers what is sent to it, and return the end of the pipe to send it to.

    It is no fork of this process, which may have threads. It ends when this end of the pipe is closed for any reason.
    Raises OSError if it cannot be started.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    with _uninterrupted():
        context.Process(target=_serve, args=(theirs, pickle.dumps((make, arguments))), daemon=True).start()
    theirs.close()
    return ours


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start a process that ignores interrupts from the start: Ctrl-C is for the parent, which will end it."""
    # multiprocessing's own helper process, if started meanwhile, would allow interrupts again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(questions: Connection, made_by: bytes) -> None:
    with warnings.catch_warnings():
        # The first process has reported it.
        warnings.simplefilter("ignore")
        make, arguments = pickle.loads(made_by)
        answer = make(*arguments)
    try:
        while True:
            questions.send(answer(questions.recv()))
    except (EOFError, OSError):
        return
