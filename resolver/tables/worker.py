"""Mentions of a long table, half of them answered by a second process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType

from resolver.engine.resolver import Resolver
from resolver.model import Mention
from resolver.second_process import SecondProcess
from resolver.tables.distinct import Answer, Answers, Target
from resolver.text import keys

__all__ = ["SharedAnswers"]

_WORTH_SHARING = 2_000
"""Least number of mentions in one batch that are shared with a second process."""

Make = Callable[[Resolver, Target], Answers]
_Batch = tuple[Sequence[Mention], Sequence[str | None]]


class SharedAnswers:
    """Answers mentions with the help of a second process, if there are many and a second core exists.

    A context manager. The answers are those of ``make(resolver, target)``, in either process. ``early`` says that there
    will certainly be many mentions, so the process is started at once.
    """

    def __init__(self, make: Make, resolver: Resolver, target: Target, *, early: bool = False) -> None:
        self._own = make(resolver, target)
        self._second = SecondProcess(_answering, make, resolver, target)
        self._early = early
        self._asked = 0

    def __enter__(self) -> SharedAnswers:
        """Return itself; the process starts on first use, or early."""
        if self._early:
            self._second.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the second process."""
        self._second.__exit__(kind, error, trace)

    def __call__(self, mentions: Sequence[Mention], decisions: Sequence[str | None]) -> list[Answer]:
        """Return an answer for each mention, as ``Answers`` does."""
        # The first mentions of a table are answered in this process: most tables have no more.
        first, self._asked = self._asked == 0 and not self._second.has_started, self._asked + len(mentions)
        if first or not self._second.is_available or len(mentions) < _WORTH_SHARING:
            return self._own(mentions, decisions)
        # All spellings of one name go to the same process, so the data of an entity are computed only once.
        order = sorted(range(len(mentions)), key=[keys.fold(mention.text)[::-1] for mention in mentions].__getitem__)
        half = len(order) // 2
        mine, theirs = order[:half], order[half:]

        def picked(places: Sequence[int]) -> _Batch:
            return [mentions[at] for at in places], [decisions[at] for at in places]

        both = self._second.share(picked(theirs), lambda: self._own(*picked(mine)))
        if both is None:
            return self._own(mentions, decisions)
        answers = dict(zip(mine, both[0], strict=True)) | dict(zip(theirs, both[1], strict=True))
        return [answers[at] for at in range(len(mentions))]


def _answering(make: Make, resolver: Resolver, target: Target) -> Callable[[_Batch], list[Answer]]:
    answers = make(resolver, target)
    return lambda batch: answers(*batch)
