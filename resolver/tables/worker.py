"""A second process that answers half of the mentions of a long table."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from types import TracebackType

from resolver.engine.resolver import Resolver
from resolver.model import Mention
from resolver.tables.distinct import Answer, Answers, Target
from resolver.text import keys

__all__ = ["SecondProcess", "started"]

_WORTH_SHARING = 2_000
"""Least number of mentions in one batch that are shared with a second process."""

Make = Callable[[Resolver, Target], Answers]


class SecondProcess:
    """Answers mentions with the help of a second process, if there are many and a second core exists.

    A context manager. The answers are those of ``make(resolver, target)``, in either process. ``early`` says that there
    will certainly be many mentions, so the process is started at once.
    """

    def __init__(self, make: Make, resolver: Resolver, target: Target, *, early: bool = False) -> None:
        self._own = make(resolver, target)
        self._made_from = make, resolver, target
        self._helper: Connection | None = None
        self._alone = (os.cpu_count() or 1) < 2
        self._early = early
        self._asked = 0

    def __enter__(self) -> SecondProcess:
        """Return itself; the process starts on first use, or early."""
        if self._early and not self._alone:
            with suppress(OSError):
                self._helper = _start(*self._made_from)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the second process."""
        if self._helper:
            self._helper.close()

    def __call__(self, mentions: Sequence[Mention], decisions: Sequence[str | None]) -> list[Answer]:
        """Return an answer for each mention, as ``Answers`` does."""
        # The first mentions of a table are answered in this process: most tables have no more.
        first, self._asked = self._asked == 0 and not self._helper, self._asked + len(mentions)
        if first or self._alone or len(mentions) < _WORTH_SHARING:
            return self._own(mentions, decisions)
        # All spellings of one name go to the same process, so the data of an entity are computed only once.
        order = sorted(range(len(mentions)), key=[keys.fold(mention.text)[::-1] for mention in mentions].__getitem__)
        half = len(order) // 2
        mine, theirs = order[:half], order[half:]
        try:
            helper = self._helper = self._helper or _start(*self._made_from)
            helper.send(([mentions[at] for at in theirs], [decisions[at] for at in theirs]))
            answers = dict(
                zip(mine, self._own([mentions[at] for at in mine], [decisions[at] for at in mine]), strict=True)
            )
            answers |= zip(theirs, helper.recv(), strict=True)
        except (EOFError, OSError):
            # It could not be started, or has died from lack of memory: this process answers its mentions.
            self._alone = True
            return self._own(mentions, decisions)
        return [answers[at] for at in range(len(mentions))]


def _start(make: Make, resolver: Resolver, target: Target) -> Connection:
    return started(_serve, make, pickle.dumps(resolver), target)


def started(serve: Callable[..., None], *arguments: object) -> Connection:
    """Start a process that serves one end of a pipe, with more arguments, and return the other end.

    It is no fork of this process, which may have threads, and ends when this end of the pipe is closed for any reason.
    Raises OSError where none can be started.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    with _uninterrupted():
        context.Process(target=serve, args=(theirs, *arguments), daemon=True).start()
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


def _serve(questions: Connection, make: Make, resolver: bytes, target: Target) -> None:
    with warnings.catch_warnings():
        # The first process has reported it.
        warnings.simplefilter("ignore")
        answers = make(pickle.loads(resolver), target)
    try:
        while True:
            questions.send(answers(*questions.recv()))
    except (EOFError, OSError):
        return
